//! `dapanji history`: versions listed, compared, put back.

use serde_json::{Value, json};

use crate::{Folder, POST};

const ANSWER: &str = "큐는 먼저 넣은 것을 먼저 꺼냅니다.";

impl Folder {
    /// The versions that `dapanji history` lists, the newest first.
    fn versions(&self, args: &[&str]) -> Vec<Value> {
        let listed = self.json(&[&["history", "글", "--json"], args].concat());
        listed["versions"].as_array().unwrap().clone()
    }

    /// The name of the newest version.
    fn newest(&self, args: &[&str]) -> String {
        self.versions(args)[0]["id"].as_str().unwrap().to_owned()
    }

    fn answers(&self, text: &str) {
        let output = self.run(&["answer", "글", &self.key(0)], text);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn versions_are_listed_by_entry_post_and_folder() {
    let folder = Folder::new();
    let entry = folder.key(0);
    assert_eq!(folder.prints(&["history", "글"]), "");
    folder.answers("둘째 답");
    folder.answers("셋째 답");
    for args in [vec![&*entry], vec!["--post", "가.md"], vec![]] {
        let versions = folder.versions(&args);
        assert_eq!(versions.len(), 2, "{args:?}");
        for version in &versions {
            assert_eq!((&version["cause"], &version["path"]), (&json!("saved"), &json!("가.md")));
            assert_eq!(version["parts"], json!(["answer"]), "{args:?}");
        }
    }
    let told: Vec<Value> =
        folder.versions(&[&entry]).iter().map(|version| version["excerpt"].clone()).collect();
    assert_eq!(told, ["둘째 답", ANSWER]);
    assert_eq!(folder.versions(&["--limit", "1"]).len(), 1);
    assert_eq!(folder.versions(&["--deleted"]), Vec::<Value>::new());

    let newest = folder.newest(&[&entry]);
    let printed = folder.prints(&["history", "글", &entry]);
    let first = printed.lines().next().unwrap();
    assert!(first.starts_with(&newest), "{printed}");
    for part in ["saved  answer  가.md", "큐와 스택의 차이"] {
        assert!(first.contains(part), "{part} in {printed}");
    }
    assert_eq!(printed.lines().nth(1), Some("    둘째 답"));
}

#[test]
fn a_version_is_shown_beside_what_there_is_now() {
    let folder = Folder::new();
    folder.answers("큐는 먼저 넣은 것을 나중에 꺼냅니다.");
    let id = folder.newest(&[&folder.key(0)]);
    let shown = folder.prints(&["history", "글", "--show", &id]);
    assert!(
        shown.ends_with("\nanswer:\n큐는 먼저 넣은 것을 [-먼저-]{+나중에+} 꺼냅니다.\n"),
        "{shown}"
    );
    let detail = folder.json(&["history", "글", "--show", &id, "--json"]);
    let part = &detail["parts"][0];
    assert_eq!((&detail["exists"], &part["part"]), (&json!(true), &json!("answer")));
    assert_eq!(part["then"], ANSWER);
    assert_eq!(part["now"], "큐는 먼저 넣은 것을 나중에 꺼냅니다.");

    folder.answers(ANSWER);
    let shown = folder.prints(&["history", "글", "--show", &id]);
    assert!(shown.ends_with("it is now as it was then\n"), "{shown}");
}

#[test]
fn what_is_put_back_is_as_it_was_to_the_byte() {
    let windows = POST.replace('\n', "\r\n");
    for before in [POST, &windows, POST.trim_end()] {
        let folder = Folder::new();
        folder.put(before);
        let entry = folder.key(0);
        folder.answers("둘째 답");
        let after = folder.post();
        assert_ne!(after, before);
        let of_entry = folder.newest(&[&entry]);
        let saved = folder.json(&["history", "글", "--restore", &of_entry, "--json"]);
        assert_eq!((&saved["entry"], &saved["path"]), (&json!(entry), &json!("가.md")));
        assert_eq!(folder.post(), before, "the entry");

        // What was replaced by that is in the history, too: putting it back undoes it.
        let of_post = folder.newest(&["--post", "가.md"]);
        let printed = folder.prints(&["history", "글", "--restore", &of_post]);
        assert!(printed.starts_with("가.md  "), "{printed}");
        assert_eq!(folder.post(), after, "the post");

        folder.prints(&["history", "글", "--restore", &of_entry, "--part", "answer"]);
        assert_eq!(folder.post(), before, "the answer");
    }
}

#[test]
fn with_an_entry_the_beginning_of_a_version_will_do() {
    let folder = Folder::new();
    let entry = folder.key(0);
    folder.answers("둘째 답");
    folder.answers("셋째 답");
    let id = folder.newest(&[&entry]);
    let short = id.get(..6).unwrap();
    let shown = folder.prints(&["history", "글", &entry, "--show", short]);
    assert!(shown.starts_with(&id), "{shown}");
    folder.prints(&["history", "글", &entry, "--restore", short]);
    assert!(folder.post().contains("둘째 답"), "{}", folder.post());

    let other = folder.key(1);
    let said = format!("no version `{short}` of `{other}`");
    folder.fails(&["history", "글", &other, "--restore", short], "", 2, &said);
    folder.fails(&["history", "글", &entry, "--restore", ""], "", 2, "more than one version");
}

#[test]
fn what_was_deleted_comes_back_where_it_was() {
    let folder = Folder::new();
    let entry = folder.key(0);
    assert!(folder.run(&["delete", "글", &entry], "").status.success());
    let deleted = folder.versions(&["--deleted"]);
    assert_eq!((deleted.len(), &deleted[0]["entry"]), (1, &json!(entry)));
    let id = deleted[0]["id"].as_str().unwrap();
    let shown = folder.prints(&["history", "글", "--show", id]);
    assert!(shown.contains("it is not in the folder any more"), "{shown}");
    folder.prints(&["history", "글", "--restore", id]);
    assert_eq!(folder.post(), POST);
    assert_eq!(folder.key(0), entry);
    assert_eq!(folder.versions(&["--deleted"]), Vec::<Value>::new());
}

#[test]
fn versions_fail_as_agreed() {
    let folder = Folder::new();
    let entry = folder.key(0);
    let list = folder.json(&["list", "글", "--json"]);
    let stale = list["posts"][0]["revision"].as_str().unwrap();
    folder.answers("둘째 답");
    let id = folder.newest(&[&entry]);
    let now = folder.post();
    folder.fails(&["history", "글", "--show", "zz"], "", 2, "no version `zz`");
    folder.fails(&["history", "글", "--restore", "zz"], "", 2, "no version `zz`");
    folder.fails(&["history", "글", "--post", "../밖.md"], "", 2, "../밖.md");
    folder.fails(&["history", "글", "--part", "answer"], "", 2, "--restore");
    folder.fails(&["history", "글", "--restore", &id, "--part", "모두"], "", 2, "모두");
    folder.answers("셋째 답");
    let post = folder.newest(&["--post", "가.md"]);
    folder.fails(&["history", "글", "--restore", &post, "--base", stale], "", 3, "has changed");
    assert_eq!(folder.post(), now.replace("둘째 답", "셋째 답"), "nothing was put back");
}
