//! What lasts: reopening, replacing, damage, locks.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

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
fn damage_of_any_file_costs_at_most_the_index() {
    let whole = tempfile::tempdir().unwrap();
    built(whole.path());
    for file in files(&only_generation(whole.path())) {
        for breakage in BREAKAGES {
            let dir = copy_of(whole.path());
            let broken = only_generation(dir.path()).join(&file);
            breakage(&broken);
            recovers(dir.path(), &broken);
        }
    }
}

#[test]
fn damage_of_any_file_while_it_is_open_costs_at_most_the_index() {
    let whole = tempfile::tempdir().unwrap();
    built(whole.path());
    for file in files(&only_generation(whole.path())) {
        for breakage in BREAKAGES {
            let dir = copy_of(whole.path());
            let index = SearchIndex::open(dir.path()).unwrap();
            assert_eq!(names(&search(&index, "데드락")), ["locking/Answer"]);
            let broken = only_generation(dir.path()).join(&file);
            breakage(&broken);
            for query in ["분산 락", "동시성 is:answered", "category:backend", "\"데이터 일관성\""]
            {
                damaged_at_most(index.search(&crate::parse(query), 20).err(), &broken);
            }
            damaged_at_most(index.indexed().err(), &broken);
            if let Ok(mut writer) = index.writer() {
                writer.replace_post("a.md", "r1", &[section("하나", "동시성")]);
                // Merging reads everything, as the next commits do.
                let _may_fail = writer.finish();
            }
            drop(index);
            recovers(dir.path(), &broken);
        }
    }
}

/// What may happen to a file.
const BREAKAGES: [fn(&Path); 4] = [
    |path| {
        let bytes = fs::read(path).unwrap();
        overwrite(path, &bytes[..bytes.len() / 2]);
    },
    |path| overwrite(path, b""),
    |path| {
        let bytes: Vec<u8> = fs::read(path).unwrap().iter().map(|byte| !byte).collect();
        overwrite(path, &bytes);
    },
    |path| fs::remove_file(path).unwrap(),
];

/// Makes an index in `dir` that holds all there is.
pub(super) fn built(dir: &Path) {
    let index = SearchIndex::open(dir).unwrap();
    fill(&index);
    index.set_built();
}

/// The folder of the one generation in the folder of an index.
pub(super) fn only_generation(dir: &Path) -> PathBuf {
    let mut found: Vec<PathBuf> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.pop().unwrap()
}

fn files(dir: &Path) -> Vec<OsString> {
    let mut names: Vec<_> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

fn copy_of(dir: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    let generation = only_generation(dir);
    let to = copy.path().join(generation.file_name().unwrap());
    fs::create_dir(&to).unwrap();
    for file in files(&generation) {
        fs::copy(generation.join(&file), to.join(&file)).unwrap();
    }
    copy
}

fn damaged_at_most(error: Option<SearchError>, broken: &Path) -> bool {
    match error {
        None => false,
        Some(SearchError::Damaged { .. }) => true,
        Some(error) => panic!("{broken:?}: {error:?}"),
    }
}

/// Opening works, and once damage has shown itself the next opening is clean.
fn recovers(dir: &Path, broken: &Path) {
    for _ in 0..3 {
        let index = SearchIndex::open(dir).unwrap_or_else(|error| panic!("{broken:?}: {error:?}"));
        let query = crate::parse("분산 락 is:answered category:backend");
        let damaged = damaged_at_most(index.indexed().err(), broken)
            | damaged_at_most(index.search(&query, 20).err(), broken);
        if !damaged {
            fill(&index);
            index.set_built();
            assert_eq!(names(&search(&index, "데드락")), ["locking/Answer"], "{broken:?}");
            drop(index);
            only_generation(dir);
            return;
        }
    }
    panic!("{broken:?} is never rebuilt");
}

#[expect(clippy::disallowed_methods, reason = "a test damages files of an index, not posts")]
pub(super) fn overwrite(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}
