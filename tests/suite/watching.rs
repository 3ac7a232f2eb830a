//! What others write shows by itself.

use std::sync::mpsc::Receiver;

use dapanji_api::dto::{Change, WatchingMode};

use crate::support::{PATIENCE, TestLibrary, answer, search, watched};

/// Waits for the next change and compares it.
#[track_caller]
fn expect(changes: &Receiver<Change>, changed: &[&str], removed: &[&str]) {
    let paths = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
    let change = Change { changed: paths(changed), removed: paths(removed) };
    assert_eq!(changes.recv_timeout(PATIENCE), Ok(change));
}

#[test]
fn watch_takes_over_what_others_write_and_stays_silent_on_own_saves() {
    let library =
        TestLibrary::new(&[("가.md", "# 2025.05.01\n## 락이란?\n### 답변\n잠금입니다.\n")]);
    let notebook = library.open();
    notebook.search(&search("잠금")).unwrap();
    let (_watch, changes) = watched(&notebook);

    let id = notebook.rows(&Default::default(), 0, 1)[0].id.clone();
    notebook.answer(&answer(&id, "스스로 고친 답")).unwrap();
    library.put("나.md", "# 2025.05.02\n## 큐란?\n### 답변\n기린입니다.\n".as_bytes());
    // The own save is no news.
    expect(&changes, &["나.md"], &[]);
    assert_eq!(notebook.search(&search("기린")).unwrap().hits.len(), 1);
    assert_eq!(notebook.overview(&Default::default()).total, 2);

    std::fs::remove_file(library.path("나.md")).unwrap();
    expect(&changes, &[], &["나.md"]);
    assert_eq!(notebook.search(&search("기린")).unwrap().hits.len(), 0);
}

#[test]
fn watch_follows_the_settings_of_what_counts() {
    let library = TestLibrary::new(&[
        (".gitignore", "비공개/\n"),
        ("가.md", "# 2025.05.01\n## 락이란?\n### 답변\n잠금입니다.\n"),
        ("비공개/나.md", "# 2025.05.02\n## 큐란?\n### 답변\n기린입니다.\n"),
    ]);
    let notebook = library.open();
    let entries = || notebook.overview(&Default::default()).total;
    assert_eq!(entries(), 1);
    let (watch, changes) = watched(&notebook);
    assert_eq!(watch.watching().mode, WatchingMode::Events);

    library.put(".dapanji/settings.yml", "include: [비공개, ../밖]\n".as_bytes());
    expect(&changes, &[".dapanji/settings.yml"], &[]);
    expect(&changes, &["비공개/나.md"], &[]);
    assert_eq!(entries(), 2);
    assert_eq!(notebook.search(&search("기린")).unwrap().hits.len(), 1);
    let odd = notebook.check().diagnostics;
    assert_eq!(odd.len(), 1, "{odd:?}");
    assert_eq!(odd[0].message, "`../밖` is not a folder below the notebook's");
    assert_eq!(library.open().overview(&Default::default()).total, 2, "also at the next start");

    std::fs::remove_file(library.path(".dapanji/settings.yml")).unwrap();
    expect(&changes, &[".dapanji/settings.yml"], &[]);
    expect(&changes, &[], &["비공개/나.md"]);
    assert_eq!(entries(), 1);
    assert_eq!(notebook.search(&search("기린")).unwrap().hits.len(), 0);
}

#[cfg(unix)]
#[test]
fn watch_names_what_cannot_be_looked_at() {
    use std::os::unix::fs::symlink;

    let library = TestLibrary::new(&[("가.md", "글\n")]);
    symlink("없는 글.md", library.path("고리.md")).unwrap();
    symlink("/", library.path("밖")).unwrap();
    let notebook = library.open();
    let told = || -> Vec<String> {
        let odd = notebook.check().diagnostics.into_iter();
        odd.map(|odd| format!("{} {} {}", odd.path, odd.code, odd.message)).collect()
    };
    let outside = "밖 unreadable cannot read 밖: a link that leads out of the folder";
    let dangling = "고리.md unreadable cannot read 고리.md: No such file or directory (os error 2)";
    assert_eq!(told(), [outside, dangling]);

    let (_watch, changes) = watched(&notebook);
    symlink("/etc/hostname", library.path("비밀.md")).unwrap();
    expect(&changes, &["비밀.md"], &[]);
    let secret = "비밀.md unreadable cannot read 비밀.md: a link that leads out of the folder";
    assert_eq!(told(), [outside, dangling, secret]);
    library.put("없는 글.md", b"# \xea\xb8\x80\n");
    expect(&changes, &["고리.md", "없는 글.md"], &[]);
    assert_eq!(told(), [outside, secret]);
    std::fs::remove_file(library.path("밖")).unwrap();
    expect(&changes, &["밖"], &[]);
    std::fs::remove_file(library.path("비밀.md")).unwrap();
    expect(&changes, &[], &["비밀.md"]);
    assert_eq!(told(), Vec::<String>::new());
}
