//! What others write shows by itself.

use std::sync::mpsc;
use std::time::Duration;

use dapanji_api::dto::Change;

use crate::support::{TestLibrary, answer, search};

/// Far longer than a change takes, so that only a missing one fails.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn watch_takes_over_what_others_write_and_stays_silent_on_own_saves() {
    let library =
        TestLibrary::new(&[("가.md", "# 2025.05.01\n## 락이란?\n### 답변\n잠금입니다.\n")]);
    let notebook = library.open();
    notebook.search(&search("잠금")).unwrap();
    let (sender, changes) = mpsc::channel();
    let _watch = notebook.watch(move |change| drop(sender.send(change))).unwrap();

    let id = notebook.rows(&Default::default(), 0, 1)[0].id.clone();
    notebook.answer(&answer(&id, "스스로 고친 답")).unwrap();
    library.put("나.md", "# 2025.05.02\n## 큐란?\n### 답변\n기린입니다.\n".as_bytes());
    let changed = |path: &str| Change { changed: vec![path.to_owned()], removed: Vec::new() };
    assert_eq!(
        changes.recv_timeout(PATIENCE).unwrap(),
        changed("나.md"),
        "the own save is no news"
    );
    assert_eq!(notebook.search(&search("기린")).unwrap().hits.len(), 1);
    assert_eq!(notebook.overview(&Default::default()).total, 2);

    std::fs::remove_file(library.path("나.md")).unwrap();
    let removed = Change { changed: Vec::new(), removed: vec!["나.md".to_owned()] };
    assert_eq!(changes.recv_timeout(PATIENCE).unwrap(), removed);
    assert_eq!(notebook.search(&search("기린")).unwrap().hits.len(), 0);
}
