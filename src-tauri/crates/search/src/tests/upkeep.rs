//! What an index comes to over thousands of saves, on a full disk, and beside other readers.

use std::fs;
use std::path::Path;

use super::fixture::{ENTRIES, fill, names, search, section};
use super::keep::only_generation;
use crate::{SearchError, SearchIndex};

/// Bytes of all files in a folder.
fn size(dir: &Path) -> u64 {
    fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len()).sum()
}

fn segments(index: &SearchIndex) -> usize {
    index.current().reader.searcher().segment_readers().len()
}

#[test]
fn many_saves_leave_few_pieces() {
    let dir = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    fill(&index);
    let generation = only_generation(dir.path());
    let before = size(&generation);
    let (mut most, mut largest) = (0, 0);
    for save in 0..60 {
        let mut writer = index.writer().unwrap();
        let entry = &ENTRIES[save % ENTRIES.len()];
        let path = format!("_posts/{}-{}.md", entry.date, entry.key);
        writer.replace_post(&path, &format!("r{save}"), &entry.documents());
        writer.finish().unwrap();
        most = most.max(segments(&index));
        largest = largest.max(size(&generation));
    }
    assert!(most <= 9, "{most} pieces");
    assert!(largest < before * 9, "{largest} bytes at most, {before} at first");
    assert_eq!(index.indexed().unwrap().len(), ENTRIES.len() + 1);
    assert_eq!(search(&index, "데드락").total, 1, "and nothing stale");
}

#[test]
fn removed_posts_give_their_room_back() {
    let dir = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for post in 0..3000 {
        let text = format!("낱말{post} 그리고 {} 글", post * 7919);
        writer.replace_post(&format!("{post}.md"), "r1", &[section("제목", &text)]);
    }
    writer.finish().unwrap();
    let generation = only_generation(dir.path());
    let full = size(&generation);
    let mut writer = index.writer().unwrap();
    for post in 0..2000 {
        writer.remove_post(&format!("{post}.md"));
    }
    writer.finish().unwrap();
    assert_eq!(index.indexed().unwrap().len(), 1000);
    let left = size(&generation);
    assert!(left < full * 2 / 3, "{left} bytes of {full}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_lets_go_of_what_others_removed() {
    let dir = tempfile::tempdir().unwrap();
    let reader = SearchIndex::open(dir.path()).unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    fill(&index);
    reader.refresh().unwrap();
    assert_eq!(search(&reader, "데드락").total, 1);
    for save in 0..10 {
        let mut writer = index.writer().unwrap();
        let entry = &ENTRIES[save % ENTRIES.len()];
        let path = format!("_posts/{}-{}.md", entry.date, entry.key);
        writer.replace_post(&path, &format!("r{save}"), &entry.documents());
        writer.finish().unwrap();
    }
    let removed_but_mapped = || {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let folder = dir.path().to_str().unwrap();
        maps.lines().filter(|line| line.contains(folder) && line.ends_with("(deleted)")).count()
    };
    assert!(removed_but_mapped() > 0, "the reader still has the old files");
    reader.refresh().unwrap();
    assert_eq!(removed_but_mapped(), 0);
    assert_eq!(search(&reader, "데드락").total, 1);
}

#[test]
fn a_full_disk_costs_only_what_was_not_committed() {
    let dir = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    fill(&index);
    let fault = &index.current().disk().unwrap().fault;
    for room in [0, 1, 10, 100, 500, 1000, 2000, 4000, 8000, 16_000] {
        fault.leave(room);
        let write = || -> Result<(), SearchError> {
            let mut writer = index.writer()?;
            writer.replace_post("a.md", "r1", &[section("하나", "새로운낱말")]);
            writer.finish()
        };
        let written = write();
        fault.end();
        let (total, known) =
            (search(&index, "새로운낱말").total, index.indexed().unwrap().contains_key("a.md"));
        assert!(!matches!(written, Err(SearchError::Damaged { .. })), "{room}: {written:?}");
        if written.is_ok() {
            assert_eq!((total, known), (1, true), "with room for {room} bytes");
        }
        assert_eq!(total == 1, known, "with room for {room} bytes");
        assert_eq!(names(&search(&index, "데드락")), ["locking/Answer"]);
        let mut writer = index.writer().unwrap();
        writer.remove_post("a.md");
        writer.finish().unwrap();
    }
    drop(index);
    let index = SearchIndex::open(dir.path()).unwrap();
    assert_eq!(search(&index, "데드락").total, 1);
}

#[test]
fn what_cannot_be_written_goes_on_in_memory() {
    let dir = tempfile::tempdir().unwrap();
    let stored = SearchIndex::open(dir.path()).unwrap();
    fill(&stored);
    stored.set_built();
    let index = stored.in_memory_instead().unwrap();
    drop(stored);
    assert_eq!(search(&index, "데드락").total, 1, "of what is on the disk");
    let mut writer = index.writer().unwrap();
    writer.replace_post("a.md", "r1", &[section("하나", "새로운낱말")]);
    writer.finish().unwrap();
    index.set_built();
    assert_eq!(search(&index, "데드락").total, 0);
    assert_eq!(search(&index, "새로운낱말").total, 1);
}
