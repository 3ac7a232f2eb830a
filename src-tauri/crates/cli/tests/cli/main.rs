//! The command line as a person or a script uses it.

#![expect(clippy::disallowed_methods, reason = "a test writes files as other programs do")]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod history;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use dapanji_api::dto::{DraftPart, DraftRequest};
use dapanji_api::{Notebook, NotebookOptions, Places};
use serde_json::Value;
use tempfile::TempDir;

const POST: &str = "---
title: 매일 답하기
---

# 2025.05.02
## 큐와 스택의 차이를 설명해주세요.
> 카테고리: 자료구조, 큐와 스택

> 힌트: 꺼내는 순서

### 답변
큐는 먼저 넣은 것을 먼저 꺼냅니다.

> ##### 모범 답안
> 큐는 FIFO, 스택은 LIFO입니다.
{: .block-tip }

# 2025.05.01
## TCP란 무엇인가요?
### 답변
";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(TempDir::new().unwrap());
        fs::create_dir(folder.posts()).unwrap();
        folder.put(POST);
        folder
    }

    fn put(&self, text: &str) {
        fs::write(self.posts().join("가.md"), text).unwrap();
    }

    fn posts(&self) -> PathBuf {
        self.0.path().join("글")
    }

    fn post(&self) -> String {
        fs::read_to_string(self.posts().join("가.md")).unwrap()
    }

    fn run(&self, args: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dapanji"))
            .args(args)
            .current_dir(self.0.path())
            .env("DAPANJI_HOME", self.0.path().join("home"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that fails before it reads closes the pipe.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        child.wait_with_output().unwrap()
    }

    fn prints(&self, args: &[&str]) -> String {
        let output = self.run(args, "");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.prints(args)).unwrap()
    }

    fn key(&self, nth: usize) -> String {
        let list = self.json(&["list", "글", "--json"]);
        list["posts"][0]["days"][nth]["entries"][0]["id"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    fn fails(&self, args: &[&str], input: &str, code: i32, says: &str) {
        let output = self.run(args, input);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{message}");
        assert!(message.contains(says), "{message}");
        assert!(output.stdout.is_empty(), "messages go to standard error");
    }
}

/// Leaves a draft behind, as a window does that was killed.
fn leave_draft(folder: &Folder, entry: &str, text: &str) {
    let places = Places::under(&folder.0.path().join("home"));
    let options = NotebookOptions { places, ..NotebookOptions::default() };
    let notebook = Notebook::open(&folder.posts(), options).unwrap();
    let draft = DraftRequest {
        entry: Some(entry.to_owned()),
        part: DraftPart::Answer,
        audience: None,
        text: text.to_owned(),
        base: "큐는 먼저 넣은 것을 먼저 꺼냅니다.".to_owned(),
        revision: None,
        replaces: None,
        question: None,
        path: None,
        date: None,
    };
    notebook.keep_draft(&draft).unwrap();
}

#[test]
fn a_text_that_got_into_no_post_is_listed_shown_taken_up_and_dropped() {
    let folder = Folder::new();
    assert_eq!(folder.prints(&["drafts", "글"]), "");
    let entry = folder.key(0);
    leave_draft(&folder, &entry, "쓰다 꺼진 글\n둘째 줄");
    let listed = folder.prints(&["drafts", "글"]);
    for part in [&*entry, "가.md", "큐와 스택의 차이", "쓰다 꺼진 글"] {
        assert!(listed.contains(part), "{part} in {listed}");
    }
    let json = folder.json(&["drafts", "글", "--json"]);
    let draft = &json["drafts"][0];
    assert_eq!((&draft["state"], &draft["part"]), (&"unsaved".into(), &"answer".into()));
    assert_eq!(draft["entry"], *entry);
    let key = draft["key"].as_str().unwrap();

    let text = folder.prints(&["drafts", "글", "--show", key.get(..8).unwrap()]);
    assert_eq!(text, "쓰다 꺼진 글\n둘째 줄\n");
    folder.fails(&["drafts", "글", "--show", "zz"], "", 2, "no draft");
    assert!(folder.run(&["answer", "글", &entry], &text).status.success());
    assert_eq!(folder.prints(&["drafts", "글"]), "", "its post has it");

    leave_draft(&folder, &entry, "버릴 글");
    let key = folder.json(&["drafts", "글", "--json"])["drafts"][0]["key"].clone();
    folder.prints(&["drafts", "글", "--drop", key.as_str().unwrap()]);
    assert_eq!(folder.json(&["drafts", "글", "--json"])["drafts"], serde_json::json!([]));
}

#[test]
fn list_has_the_fields_scripts_read() {
    let folder = Folder::new();
    let list = folder.json(&["list", "글", "--json"]);
    let post = &list["posts"][0];
    assert_eq!(post["path"], "가.md");
    assert_eq!(post["title"], "매일 답하기");
    assert_eq!(post["sections"], 0);
    assert_eq!(post["diagnostics"], serde_json::json!([]));
    let entry = &post["days"][0]["entries"][0];
    assert_eq!(post["days"][0]["date"], "2025-05-02");
    assert_eq!(entry["categories"], serde_json::json!(["자료구조"]));
    assert_eq!(entry["topic"], "큐와 스택");
    assert_eq!(entry["hint"], "꺼내는 순서");
    assert_eq!(entry["line"], 6);
    assert_eq!(entry["answer"]["state"], "written");
    assert_eq!(entry["answer"]["text"], "큐는 먼저 넣은 것을 먼저 꺼냅니다.");
    assert_eq!(entry["model_answer"]["state"], "written");
    assert_eq!(entry["model_answer"]["variants"][0]["audience"], Value::Null);
    assert_eq!(entry["model_answer"]["variants"][0]["text"], "큐는 FIFO, 스택은 LIFO입니다.");
    assert_eq!(post["days"][1]["entries"][0]["answer"]["state"], "empty");
}

#[test]
fn a_single_post_is_a_folder_too() {
    let folder = Folder::new();
    let list = folder.json(&["list", "글/가.md", "--json"]);
    assert_eq!(list["posts"].as_array().unwrap().len(), 1);
}

#[test]
fn a_post_is_shown_section_by_section() {
    let folder = Folder::new();
    let note = "---\ntitle: 읽은 책\n---\n\n덮고 적는다.\n\n## 1장\n이름은 뜻을 드러낸다.\n";
    fs::write(folder.posts().join("책.md"), note).unwrap();
    let page = folder.json(&["show", "글", "책.md", "--json"]);
    assert_eq!((&page["title"], &page["entries"]), (&"읽은 책".into(), &Value::Array(vec![])));
    assert_eq!(page["sections"][1]["title"], "1장");
    assert_eq!(page["sections"][1]["line"], 7);
    let text = folder.prints(&["show", "글", "책.md"]);
    assert_eq!(text, "읽은 책\n책.md\n\n덮고 적는다.\n\n## 1장\n이름은 뜻을 드러낸다.\n");
    let text = folder.prints(&["show", "글", "가.md"]);
    assert!(text.contains("TCP란 무엇인가요?"), "{text}");
    folder.fails(&["show", "글", "없는 글.md"], "", 1, "없는 글.md");
}

#[test]
fn search_compare_and_show_print_json() {
    let folder = Folder::new();
    let found = folder.json(&["search", "글", "스택은", "--json"]);
    assert_eq!(found["query"], "스택은");
    assert!(found["hits"][0]["highlights"][0][1].is_u64());
    let key = folder.key(0);
    assert_eq!(folder.json(&["show", "글", &key, "--json"])["id"], key);
    let compared = folder.json(&["compare", "글", &key, "--json"]);
    assert_eq!(compared["model_state"], "written");
    assert!(!compared["terms"].as_array().unwrap().is_empty());
}

#[test]
fn a_query_may_begin_with_an_exclusion() {
    let folder = Folder::new();
    let found = folder.json(&["search", "글", "-스택은", "--limit", "1", "--json"]);
    assert_eq!(found["hits"].as_array().unwrap().len(), 1);
    assert_eq!(found["problems"][0]["code"], "only_exclusions");
}

#[test]
fn answer_replaces_the_answer_and_nothing_else() {
    let folder = Folder::new();
    let output = folder.run(&["answer", "글", &folder.key(0)], "새 답\n");
    assert!(output.status.success());
    assert_eq!(folder.post(), POST.replace("큐는 먼저 넣은 것을 먼저 꺼냅니다.", "새 답"));
    let list = folder.json(&["list", "글", "--json"]);
    let revision = list["posts"][0]["revision"].as_str().unwrap();
    let output = folder.run(&["answer", "글", &folder.key(0), "--base", revision], "또 새 답\n");
    assert!(output.status.success());
    folder.fails(
        &["answer", "글", &folder.key(0), "--base", revision],
        "늦은 답",
        3,
        "has changed",
    );
    assert!(folder.post().contains("또 새 답"));
}

#[test]
fn source_replaces_the_whole_text_and_keeps_line_endings() {
    let folder = Folder::new();
    let list = folder.json(&["list", "글", "--json"]);
    let revision = list["posts"][0]["revision"].as_str().unwrap().to_owned();
    let path = list["posts"][0]["path"].as_str().unwrap().to_owned();
    let edited = POST.replace("먼저 넣은 것", "먼저 온 것");
    let output = folder.run(&["source", "글", &path, "--base", &revision], &edited);
    assert!(output.status.success());
    assert_eq!(folder.post(), edited);
    folder.fails(&["source", "글", &path, "--base", &revision], "늦은 글", 3, "has changed");
    folder.fails(&["source", "글", "없음.md"], "글", 1, "no post");
    assert_eq!(folder.post(), edited);
}

#[test]
fn add_writes_in_the_files_own_layout() {
    let folder = Folder::new();
    let args =
        ["add", "글", "--question", "새 질문?", "--category", "공통", "--date", "2025-05-03"];
    assert!(folder.run(&args, "").status.success());
    let added = "# 2025.05.03\n## 새 질문?\n> 카테고리: 공통\n\n### 답변\n";
    assert!(folder.post().contains(added), "{}", folder.post());
}

#[test]
fn edit_changes_parts_and_keeps_the_key() {
    let folder = Folder::new();
    let key = folder.key(0);
    let args = ["edit", "글", &key, "--question", "선입선출이란?", "--hint", "순서", "--json"];
    let saved = folder.json(&args);
    assert_eq!((saved["entry"].as_str(), saved["path"].as_str()), (Some(&*key), Some("가.md")));
    let expect = POST
        .replace("큐와 스택의 차이를 설명해주세요.", "선입선출이란?")
        .replace("꺼내는 순서", "순서");
    assert_eq!(folder.post(), expect);
    assert_eq!(folder.key(0), key);
    let output = folder.run(&["edit", "글", &key, "--model-answer", "줄과 더미"], "");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with(&format!("{key}  가.md  ")), "{printed}");
    assert!(folder.post().contains("> 줄과 더미\n{: .block-tip }"), "{}", folder.post());
}

#[test]
fn move_and_delete_say_what_they_wrote() {
    let folder = Folder::new();
    let key = folder.key(0);
    let saved = folder.json(&["move", "글", &key, "--date", "2025-05-01", "--json"]);
    assert_eq!(saved["entry"], key);
    assert_eq!(folder.json(&["show", "글", &key, "--json"])["date"], "2025-05-01");
    fs::write(folder.posts().join("나.md"), "# 2025.04.30\n").unwrap();
    let args = ["move", "글", &key, "--date", "2025-05-04", "--post", "나.md", "--json"];
    let saved = folder.json(&args);
    assert_eq!((&saved["path"], &saved["also"][0]), (&"나.md".into(), &"가.md".into()));
    assert!(fs::read_to_string(folder.posts().join("나.md")).unwrap().contains("큐와 스택"));
    assert!(folder.run(&["delete", "글", &key], "").status.success());
    folder.fails(&["show", "글", &key], "", 1, "no entry");
}

#[test]
fn add_makes_days_and_posts() {
    let folder = Folder::new();
    assert!(folder.run(&["add", "글", "--date", "2025-05-03"], "").status.success());
    assert!(folder.post().contains("# 2025.05.03\n"), "{}", folder.post());
    let args = ["add", "글", "--new-post", "--title", "새 글", "--date", "2025-05-04"];
    let output = folder.run(&args, "");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with("2025-05-04-새-글.md  "), "{printed}");
    let args = [
        "add",
        "글",
        "--new-post",
        "--title",
        "또 글",
        "--date",
        "2025-05-05",
        "--question",
        "새?",
        "--json",
    ];
    let saved = folder.json(&args);
    assert_eq!(saved["path"], "2025-05-05-또-글.md");
    let entry = saved["entry"].as_str().unwrap();
    assert_eq!(folder.json(&["show", "글", entry, "--json"])["question"], "새?");
}

#[test]
fn edits_fail_as_agreed() {
    let folder = Folder::new();
    let key = folder.key(0);
    let list = folder.json(&["list", "글", "--json"]);
    let revision = list["posts"][0]["revision"].as_str().unwrap();
    let stale = "0".repeat(32);
    folder.fails(&["edit", "글", &key], "", 2, "nothing to change");
    folder.fails(&["edit", "글", &key, "--question", " "], "", 2, "empty");
    folder.fails(&["edit", "글", &key, "--audience", "누구"], "", 2, "--model-answer");
    folder.fails(&["edit", "글", "zzzz", "--hint", "가"], "", 1, "zzzz");
    folder.fails(&["edit", "글", &key, "--hint", "가", "--base", &stale], "", 3, "has changed");
    folder.fails(&["move", "글", &key, "--date", "5월"], "", 2, "5월");
    folder.fails(&["move", "글", &key], "", 2, "--date");
    folder.fails(&["delete", "글", &key, "--base", &stale], "", 3, "has changed");
    folder.fails(&["add", "글"], "", 2, "--question");
    folder.fails(&["add", "글", "--title", "제목", "--date", "2025-05-03"], "", 2, "--new-post");
    folder.fails(&["add", "글", "--hint", "가", "--date", "2025-05-03"], "", 2, "--question");
    assert_eq!(folder.post(), POST, "nothing was written");
    let args = ["edit", "글", &key, "--hint", "가", "--base", revision];
    assert!(folder.run(&args, "").status.success());
    folder.fails(&["edit", "글", &key, "--hint", "나", "--base", revision], "", 3, "has changed");
    let args = ["edit", "글", &key, "--topic", "줄", "--base", revision];
    assert!(folder.run(&args, "").status.success(), "another part");
}

#[test]
fn check_names_broken_settings() {
    let folder = Folder::new();
    fs::create_dir(folder.posts().join(".dapanji")).unwrap();
    fs::write(folder.posts().join(".dapanji/settings.yml"), "labels:\n  answer: {a: b}\n").unwrap();
    let output = folder.run(&["check", "글"], "");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.starts_with(".dapanji/settings.yml:2: "), "{printed}");
}

#[test]
fn export_writes_a_pdf_and_says_how_much() {
    let folder = Folder::new();
    let written =
        folder.json(&["export", "글", "--out", "책.pdf", "--date", "2025-05-02", "--json"]);
    assert_eq!(written["entries"], 1);
    assert!(fs::read(folder.0.path().join("책.pdf")).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn export_takes_how_the_pages_look() {
    let folder = Folder::new();
    let pages = |options: &[&str]| {
        let asked = [&["export", "글", "--out", "책.pdf", "--json"][..], options].concat();
        folder.json(&asked)["pages"].as_u64().unwrap()
    };
    let whole = pages(&[]);
    assert_eq!(pages(&["--without", "cover,contents"]), whole - 2);
    assert!(pages(&["--practice", "100"]) > whole, "there is room to write");
    let looks = ["--paper", "A5", "--side-by-side", "--text-size", "14", "--grey", "--archive"];
    assert!(pages(&looks) >= whole, "smaller pages are more");
    pages(&[
        "--compare",
        "--audience",
        "아무개",
        "--title",
        "책",
        "--author",
        "",
        "--language",
        "en",
    ]);
    let out = ["export", "글", "--out", "책.pdf"];
    folder.fails(&[&out[..], &["--text-size", "99"]].concat(), "", 2, "7 to 16");
    folder.fails(&[&out[..], &["--paper", "b5"]].concat(), "", 2, "a4");
    folder.fails(&[&out[..], &["--practice", "--compare"]].concat(), "", 2, "--compare");
}

#[test]
fn failures_name_the_file_and_exit_as_agreed() {
    let folder = Folder::new();
    let key = folder.key(0);
    folder.fails(&["list", "없음"], "", 1, "없음");
    folder.fails(&["show", "글", "zzzz"], "", 1, "zzzz");
    folder.fails(&["answer", "글", &key], "# 2025.05.09\n", 1, "line 1");
    folder.fails(&["export", "글", "--out", "없음/책.pdf"], "", 1, "없음/책.pdf");
    folder.fails(
        &["export", "글", "--out", "책.pdf", "--category", "없음"],
        "",
        1,
        "nothing to export",
    );
    folder.fails(&["add", "글", "--question", " "], "", 2, "empty");
    folder.fails(&["add", "글", "--question", "가?", "--date", "5월"], "", 2, "5월");
    folder.fails(&["add", "글", "--question", "가?", "--post", "../밖.md"], "", 2, "../밖.md");
    folder.fails(&["nonsense"], "", 2, "nonsense");
    assert_eq!(folder.post(), POST, "nothing was written");
}

#[test]
fn an_answer_that_cannot_be_saved_is_kept_as_a_draft() {
    let folder = Folder::new();
    let key = folder.key(0);
    let stale = "0".repeat(32);
    for _ in 0..2 {
        folder.fails(
            &["answer", "글", &key, "--base", &stale],
            "손으로 친 답",
            3,
            "drafts FOLDER --show",
        );
    }
    folder.fails(&["answer", "글", &key, "--base", &stale], "", 3, "has changed");
    let drafts = folder.json(&["drafts", "글", "--json"])["drafts"].clone();
    assert_eq!(drafts.as_array().map(Vec::len), Some(1), "{drafts}");
    assert_eq!(
        (&drafts[0]["text"], &drafts[0]["state"]),
        (&"손으로 친 답".into(), &"moved_on".into())
    );
    folder.fails(&["answer", "글", &key], "# 2025.05.09\n", 1, "drafts FOLDER --show");
    let state =
        |folder: &Folder| folder.json(&["drafts", "글", "--json"])["drafts"][0]["state"].clone();
    assert_eq!(state(&folder), "unsaved");
    assert_eq!(folder.post(), POST);
    assert!(folder.run(&["answer", "글", &key], "손으로 친 답").status.success());
    let drafts = folder.json(&["drafts", "글", "--json"])["drafts"].clone();
    assert_eq!(drafts[0]["text"], "# 2025.05.09\n", "its post has the other");
}

#[test]
fn a_post_in_cp949_is_read_refused_and_converted() {
    let folder = Folder::new();
    let bytes = encoding_rs::EUC_KR.encode(POST).0;
    fs::write(folder.posts().join("가.md"), &bytes).unwrap();
    let key = folder.key(0);
    let shown = folder.json(&["show", "글", &key, "--json"]);
    assert_eq!(shown["read_only"], "CP949");
    assert_eq!(shown["answer"]["text"], "큐는 먼저 넣은 것을 먼저 꺼냅니다.");
    let check = folder.json(&["check", "글", "--json"]);
    assert_eq!(check["diagnostics"][0]["code"], "not-utf8");

    folder.fails(&["answer", "글", &key], "새 답변", 1, "dapanji convert FOLDER '가.md'");
    folder.fails(&["add", "글", "--question", "가?", "--post", "가.md"], "", 1, "dapanji convert");
    assert_eq!(fs::read(folder.posts().join("가.md")).unwrap(), *bytes);

    folder.fails(&["convert", "글", "없음.md"], "", 1, "없음.md");
    folder.fails(&["convert", "글", "../가.md"], "", 2, "../가.md");
    let output = folder.run(&["convert", "글", "가.md"], "");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("가.md  "));
    assert_eq!(folder.post(), POST);
    assert!(folder.run(&["answer", "글", &key], "새 답변").status.success());
    assert!(folder.post().contains("### 답변\n새 답변\n"));
}

#[test]
fn a_folder_without_posts_says_so() {
    let folder = Folder::new();
    fs::create_dir(folder.0.path().join("빈")).unwrap();
    let output = folder.run(&["list", "빈"], "");
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("빈 holds no posts"));
}

#[test]
fn the_history_has_what_another_program_replaced_since() {
    let folder = Folder::new();
    let key = folder.key(0);
    assert!(folder.run(&["answer", "글", &key], "내가 쓴 답").status.success());
    fs::write(folder.posts().join("가.md"), POST).unwrap();
    let listed = folder.prints(&["history", "글", &key]);
    assert!(listed.contains("내가 쓴 답"), "{listed}");
    fs::remove_file(folder.posts().join("가.md")).unwrap();
    let listed = folder.prints(&["history", "글", "--deleted"]);
    assert!(listed.contains("큐와 스택의 차이"), "{listed}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_messages_does_not_stop_a_save() {
    let folder = Folder::new();
    let key = folder.key(0);
    fs::write(folder.posts().join("나.md"), b"caf\xe9").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dapanji"))
        .args(["answer", "글", &key])
        .current_dir(folder.0.path())
        .env("DAPANJI_HOME", folder.0.path().join("home"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(fs::OpenOptions::new().write(true).open("/dev/full").unwrap())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("새 답".as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(folder.post().contains("새 답"), "{}", folder.post());
}
