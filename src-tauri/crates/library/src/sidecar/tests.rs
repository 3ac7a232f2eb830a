use std::io;

use super::*;
use crate::testing::Folder;

#[test]
fn a_log_is_made_when_there_is_something_to_keep() {
    let folder = Folder::with(&[("a.md", "가")]);
    let library = folder.library();
    assert_eq!(library.read_sidecar(Sidecar::Keys).unwrap(), None);
    assert_eq!(folder.names(), ["a.md"], "a look makes nothing");
    library.append_sidecar(Sidecar::Keys, "{\"하나\":1}\n").unwrap();
    library.append_sidecar(Sidecar::Keys, "둘\n셋\n").unwrap();
    assert_eq!(folder.text(".dapanji/keys.jsonl"), "{\"하나\":1}\n둘\n셋\n");
    assert_eq!(
        library.read_sidecar(Sidecar::Keys).unwrap().unwrap(),
        "{\"하나\":1}\n둘\n셋\n".as_bytes()
    );
    assert_eq!(library.scan().posts.len(), 1, "it is no post");
}

#[test]
fn a_torn_line_swallows_no_other() {
    let folder = Folder::with(&[(".dapanji/keys.jsonl", "하나\n{\"to")]);
    folder.library().append_sidecar(Sidecar::Keys, "둘\n").unwrap();
    assert_eq!(folder.text(".dapanji/keys.jsonl"), "하나\n{\"to\n둘\n");
}

#[test]
fn a_torn_guess_swallows_no_other() {
    let folder = Folder::empty();
    let library = folder.library();
    library.append_local(Local::GuessedKeys, "하나\n{\"to").unwrap();
    library.append_local(Local::GuessedKeys, "둘\n").unwrap();
    let log = library.read_local(Local::GuessedKeys).unwrap().unwrap();
    assert_eq!(String::from_utf8(log).unwrap(), "하나\n{\"to\n둘\n");
}

#[test]
fn git_is_told_to_keep_the_lines_of_both_sides() {
    let folder = Folder::empty();
    folder.library().append_sidecar(Sidecar::Keys, "하나\n").unwrap();
    assert_eq!(folder.text(".dapanji/.gitattributes"), "*.jsonl merge=union\n");
    let own = Folder::with(&[(".dapanji/.gitattributes", "*.jsonl text\n")]);
    own.library().append_sidecar(Sidecar::Keys, "하나\n").unwrap();
    assert_eq!(own.text(".dapanji/.gitattributes"), "*.jsonl text\n", "the user's own stays");
}

/// Two computers append to a log whose last line may be torn, and git merges both.
#[test]
fn a_merge_keeps_the_lines_of_both_sides() {
    let git = |folder: &Folder, arguments: &[&str]| {
        let who = ["-c", "user.name=me", "-c", "user.email=me@example.org"];
        let output = std::process::Command::new("git")
            .args(who)
            .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .current_dir(folder.root())
            .output()
            .unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
    };
    let commit = |folder: &Folder| {
        git(folder, &["add", "-A"]);
        git(folder, &["commit", "-q", "-m", "기록"]);
    };
    for torn in ["", "{\"to"] {
        let folder = Folder::empty();
        let append = |line: &str| {
            folder.library().append_sidecar(Sidecar::Keys, line).unwrap();
            if !torn.is_empty() {
                let log = folder.text(".dapanji/keys.jsonl");
                folder.put(".dapanji/keys.jsonl", format!("{log}{torn}"));
            }
            commit(&folder);
        };
        git(&folder, &["init", "-q"]);
        append("{\"처음\":1}\n");
        git(&folder, &["checkout", "-q", "-b", "other"]);
        append("{\"저기\":1}\n");
        append("{\"저기\":2}\n");
        git(&folder, &["checkout", "-q", "main"]);
        append("{\"여기\":1}\n");
        git(&folder, &["merge", "-q", "--no-edit", "other"]);
        folder.library().append_sidecar(Sidecar::Keys, "{\"다음\":1}\n").unwrap();
        let log = folder.text(".dapanji/keys.jsonl");
        let mut whole: Vec<&str> = log.lines().filter(|line| line.ends_with('}')).collect();
        whole.sort_unstable();
        let expect =
            ["{\"다음\":1}", "{\"여기\":1}", "{\"저기\":1}", "{\"저기\":2}", "{\"처음\":1}"];
        assert_eq!(whole, expect, "{log}");
    }
}

#[test]
fn lines_of_many_threads_stay_whole() {
    let folder = Folder::empty();
    let line = "긴 줄 ".repeat(200);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let library = folder.library();
                for _ in 0..20 {
                    library.append_sidecar(Sidecar::Keys, &format!("{line}\n")).unwrap();
                }
            });
        }
    });
    let text = folder.text(".dapanji/keys.jsonl");
    assert_eq!(text.lines().count(), 80);
    assert!(text.lines().all(|other| other == line));
}

#[test]
fn a_notebook_that_is_gone_is_not_made_again() {
    let folder = Folder::empty();
    let library = folder.library();
    fs::remove_dir(folder.root()).unwrap();
    assert!(library.append_sidecar(Sidecar::Keys, "하나\n").is_err());
    assert!(!folder.root().exists());
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_folder() {
    let outside = Folder::with(&[("keys.jsonl", "밖\n")]);
    let is_outside =
        |result: Result<_, SidecarError>| matches!(result, Err(SidecarError::Outside { .. }));
    let check = |link: &str, to: PathBuf| {
        let folder = Folder::empty();
        if link.contains('/') {
            fs::create_dir(folder.root().join(SIDECAR_FOLDER)).unwrap();
        }
        folder.put("a.md", "글");
        folder.link(to, link);
        let library = folder.library();
        assert!(is_outside(library.append_sidecar(Sidecar::Keys, "안\n")), "{link}");
        assert!(!matches!(library.read_sidecar(Sidecar::Keys), Ok(Some(_))), "{link}");
        assert_eq!(folder.text("a.md"), "글");
    };
    check(".dapanji", outside.root().to_owned());
    check(".dapanji/keys.jsonl", outside.root().join("keys.jsonl"));
    check(".dapanji/keys.jsonl", outside.root().join("none.jsonl"));
    check(".dapanji/keys.jsonl", PathBuf::from("../a.md"));
    assert_eq!(outside.text("keys.jsonl"), "밖\n");
    assert_eq!(outside.names(), ["keys.jsonl"]);

    let inside = Folder::empty();
    fs::create_dir(inside.root().join("notes")).unwrap();
    inside.link("notes", ".dapanji");
    inside.library().append_sidecar(Sidecar::Keys, "안\n").unwrap();
    assert_eq!(inside.text("notes/keys.jsonl"), "안\n");
}

#[cfg(unix)]
#[test]
fn does_not_wait_for_a_pipe() {
    let folder = Folder::empty();
    fs::create_dir(folder.root().join(SIDECAR_FOLDER)).unwrap();
    folder.pipe(".dapanji/settings.yml");
    let read = folder.library().read_sidecar(Sidecar::Settings);
    assert!(
        matches!(read, Err(SidecarError::Io { source, .. }) if source.kind() == io::ErrorKind::InvalidInput)
    );
}

#[test]
fn a_single_post_uses_the_sidecar_of_its_repository() {
    let folder =
        Folder::with(&[(".git/HEAD", ""), (".dapanji/keys.jsonl", "위\n"), ("_posts/a.md", "")]);
    let open = |folder: &Folder| {
        Library::open_in(&folder.root().join("_posts/a.md"), folder.places()).unwrap()
    };
    let read = open(&folder).read_sidecar(Sidecar::Keys).unwrap();
    assert_eq!(read.unwrap(), "위\n".as_bytes());
    let no_repository = Folder::with(&[(".dapanji/keys.jsonl", "위\n"), ("_posts/a.md", "")]);
    assert_eq!(open(&no_repository).read_sidecar(Sidecar::Keys).unwrap(), None);
}

#[test]
fn files_of_the_data_folder() {
    let folder = Folder::empty();
    let library = folder.library();
    assert_eq!(library.read_local(Local::Known).unwrap(), None);
    library.append_local(Local::Known, "1\n").unwrap();
    library.append_local(Local::Known, "2\n").unwrap();
    library.append_local(Local::GuessedKeys, "x\n").unwrap();
    assert_eq!(library.read_local(Local::Known).unwrap().unwrap(), b"1\n2\n");
    library.replace_local(Local::Known, b"3\n").unwrap();
    assert_eq!(library.read_local(Local::Known).unwrap().unwrap(), b"3\n");
    assert_eq!(folder.names(), Vec::<String>::new(), "nothing goes into the notebook");
}
