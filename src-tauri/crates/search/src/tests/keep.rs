//! What lasts: reopening, replacing, damage, locks.

use std::fs;

use super::fixture::{ENTRIES, fill, names, search, section};
use crate::{SearchError, SearchIndex};

#[test]
fn an_index_is_there_when_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    fill(&SearchIndex::open(dir.path()).unwrap());
    let index = SearchIndex::open(dir.path()).unwrap();
    assert_eq!(index.indexed().unwrap().len(), ENTRIES.len() + 1);
    assert_eq!(names(&search(&index, "\"분산 락\"")).len(), 2);
}

#[test]
fn a_post_is_replaced_and_removed() {
    let index = SearchIndex::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.replace_post("a.md", "r1", &[section("하나", "동시성")]);
    writer.replace_post("b.md", "r1", &[section("둘", "동시성")]);
    writer.commit().unwrap();
    writer.replace_post("a.md", "r2", &[section("하나", "정합성")]);
    writer.remove_post("b.md");
    assert_eq!(search(&index, "동시성").total, 2, "nothing changes before the commit");
    writer.commit().unwrap();
    assert_eq!(search(&index, "동시성").total, 0);
    assert_eq!(search(&index, "정합성").total, 1);
    let indexed: Vec<_> = index.indexed().unwrap().into_iter().collect();
    assert_eq!(indexed, [("a.md".to_owned(), "r2".to_owned())]);
    writer.replace_post("empty.md", "r1", &[]);
    writer.finish().unwrap();
    assert!(index.indexed().unwrap().contains_key("empty.md"), "a post without parts is known too");
}

#[test]
fn only_one_writes_and_all_may_read() {
    let dir = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    let other = SearchIndex::open(dir.path()).unwrap();
    assert!(matches!(other.writer(), Err(SearchError::Locked)));
    writer.replace_post("a.md", "r1", &[section("하나", "동시성")]);
    writer.commit().unwrap();
    assert_eq!(search(&other, "동시성").total, 0);
    other.reload().unwrap();
    assert_eq!(search(&other, "동시성").total, 1);
    drop(writer);
    assert!(other.writer().is_ok());
}

#[test]
fn another_version_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    fill(&SearchIndex::open(dir.path()).unwrap());
    overwrite(&dir.path().join("dapanji-version"), b"0\n");
    let index = SearchIndex::open(dir.path()).unwrap();
    assert!(index.indexed().unwrap().is_empty());
    fill(&index);
    drop(index);
    assert!(!SearchIndex::open(dir.path()).unwrap().indexed().unwrap().is_empty());
}

#[test]
fn a_rebuild_waits_for_the_writer() {
    let dir = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    let writer = index.writer().unwrap();
    overwrite(&dir.path().join("dapanji-version"), b"0\n");
    assert!(matches!(SearchIndex::open(dir.path()), Err(SearchError::Locked)));
    drop(writer);
    assert!(SearchIndex::open(dir.path()).is_ok());
}

#[test]
fn damage_of_any_file_costs_at_most_the_index() {
    let whole = tempfile::tempdir().unwrap();
    fill(&SearchIndex::open(whole.path()).unwrap());
    let mut files: Vec<_> =
        fs::read_dir(whole.path()).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let breakages: [Breakage; 3] = [
        |bytes| bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec(),
        |_| Vec::new(),
        |bytes| bytes.iter().map(|byte| !byte).collect(),
    ];
    for file in &files {
        for breakage in breakages {
            let dir = tempfile::tempdir().unwrap();
            for file in &files {
                fs::copy(file, dir.path().join(file.file_name().unwrap())).unwrap();
            }
            let broken = dir.path().join(file.file_name().unwrap());
            overwrite(&broken, &breakage(&fs::read(file).unwrap()));
            recovers(dir.path(), &broken);
        }
        let dir = tempfile::tempdir().unwrap();
        for file in &files {
            fs::copy(file, dir.path().join(file.file_name().unwrap())).unwrap();
        }
        let missing = dir.path().join(file.file_name().unwrap());
        fs::remove_file(&missing).unwrap();
        recovers(dir.path(), &missing);
    }
}

type Breakage = fn(&[u8]) -> Vec<u8>;

/// Opening works, and once damage has shown itself the next opening is clean.
fn recovers(dir: &std::path::Path, broken: &std::path::Path) {
    for _ in 0..3 {
        let index = SearchIndex::open(dir).unwrap_or_else(|error| panic!("{broken:?}: {error:?}"));
        let results = [
            index.indexed().err(),
            index.search(&crate::parse("분산 락 is:answered category:backend"), 20).err(),
        ];
        let mut damaged = false;
        for error in results.into_iter().flatten() {
            assert!(matches!(error, SearchError::Damaged { .. }), "{broken:?}: {error:?}");
            damaged = true;
        }
        if !damaged {
            fill(&index);
            assert_eq!(names(&search(&index, "데드락")), ["locking/Answer"], "{broken:?}");
            return;
        }
    }
    panic!("{broken:?} is never rebuilt");
}

#[expect(clippy::disallowed_methods, reason = "a test damages files of an index, not posts")]
fn overwrite(path: &std::path::Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}
