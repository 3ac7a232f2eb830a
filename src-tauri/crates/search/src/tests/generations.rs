//! One index gives way to another: which answers, and what stays on the disk.

use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use tantivy::schema::{STORED, Schema, TEXT};

use super::fixture::{ENTRIES, fill, names, search, section};
use super::keep::{built, only_generation, overwrite};
use crate::SearchIndex;
use crate::generations::{State, list};
use crate::schema::VERSION;

const OTHER: u32 = VERSION + 1;

/// Makes an index of another version, with the same fields, that holds all there is.
fn of_other_version(dir: &Path) -> PathBuf {
    built(dir);
    let other = dir.join(format!("{OTHER}-1"));
    fs::rename(only_generation(dir), &other).unwrap();
    other
}

fn folders(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Makes as if the file had been written so much later than the other.
fn write_later(file: &Path, than: &Path, by: Duration) {
    let time = fs::metadata(than).unwrap().modified().unwrap() + by;
    let file = File::options().write(true).open(file).unwrap();
    file.set_times(FileTimes::new().set_modified(time)).unwrap();
}

#[test]
fn another_version_answers_until_the_new_one_is_complete() {
    let dir = tempfile::tempdir().unwrap();
    of_other_version(dir.path());
    let index = SearchIndex::open(dir.path()).unwrap();
    assert!(index.indexed().unwrap().is_empty());
    assert_eq!(index.indexed_earlier().unwrap().len(), ENTRIES.len() + 1);
    assert_eq!(names(&search(&index, "데드락")), ["locking/Answer"]);
    let mut writer = index.writer().unwrap();
    writer.replace_post("a.md", "r1", &[section("하나", "새로운낱말")]);
    writer.finish().unwrap();
    assert_eq!(search(&index, "새로운낱말").total, 0, "the old one answers");
    assert_eq!(search(&index, "데드락").total, 1);
    assert!(!index.is_built());
    fill(&index);
    index.set_built();
    assert_eq!(search(&index, "새로운낱말").total, 1);
    assert_eq!(search(&index, "데드락").total, 1);
    assert_eq!(folders(dir.path()), [format!("{VERSION}-1")]);
    assert!(index.indexed_earlier().is_none());
    drop(index);
    assert!(SearchIndex::open(dir.path()).unwrap().is_built());
}

#[test]
fn a_build_that_was_cut_short_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    of_other_version(dir.path());
    let index = SearchIndex::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.replace_post("a.md", "r1", &[section("하나", "새로운낱말")]);
    writer.commit().unwrap();
    writer.replace_post("b.md", "r1", &[section("둘", "새로운낱말")]);
    drop(writer);
    drop(index);
    let index = SearchIndex::open(dir.path()).unwrap();
    assert_eq!(index.indexed().unwrap().len(), 1, "what was committed is there");
    assert_eq!(search(&index, "데드락").total, 1, "and the old one answers");
    index.serve_current();
    assert_eq!(search(&index, "새로운낱말").total, 1);
}

#[test]
fn another_version_that_cannot_be_asked_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let other = dir.path().join(format!("{OTHER}-1"));
    fs::create_dir(&other).unwrap();
    let mut schema = Schema::builder();
    schema.add_text_field("text", TEXT | STORED);
    tantivy::Index::create_in_dir(&other, schema.build()).unwrap();
    overwrite(&other.join("dapanji-state"), b"built");
    let index = SearchIndex::open(dir.path()).unwrap();
    assert!(index.indexed_earlier().is_none());
    assert_eq!(search(&index, "데드락").total, 0);
    fill(&index);
    assert_eq!(search(&index, "데드락").total, 1);
    assert_eq!(list(dir.path()).unwrap()[1].state(), State::Built, "it is sound for others");
}

#[test]
fn an_older_one_that_is_damaged_gives_way() {
    let dir = tempfile::tempdir().unwrap();
    let other = of_other_version(dir.path());
    let index = SearchIndex::open(dir.path()).unwrap();
    fill(&index);
    for entry in fs::read_dir(&other).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "store" || kind == "term") {
            overwrite(&path, b"");
        }
    }
    assert_eq!(names(&search(&index, "데드락")), ["locking/Answer"], "of the new one");
}

#[test]
fn what_is_open_elsewhere_stays() {
    let dir = tempfile::tempdir().unwrap();
    built(dir.path());
    let reader = SearchIndex::open(dir.path()).unwrap();
    let first = only_generation(dir.path());
    overwrite(&first.join("dapanji-state"), b"damaged");
    let index = SearchIndex::open(dir.path()).unwrap();
    fill(&index);
    index.set_built();
    assert_eq!(folders(dir.path()).len(), 2);
    assert_eq!(search(&reader, "데드락").total, 1);
    drop((reader, index));
    SearchIndex::open(dir.path()).unwrap().set_built();
    assert_eq!(folders(dir.path()), [format!("{VERSION}-2")]);
}

#[test]
fn two_versions_in_turns_keep_both() {
    let dir = tempfile::tempdir().unwrap();
    let other = of_other_version(dir.path());
    built(dir.path());
    assert_eq!(folders(dir.path()), [format!("{VERSION}-1")], "nobody uses the other any more");
    let own = only_generation(dir.path());
    let copy = tempfile::tempdir().unwrap();
    of_other_version(copy.path());
    fs::rename(copy.path().join(format!("{OTHER}-1")), &other).unwrap();
    let (used, begun) = (other.join("dapanji-used"), own.join("dapanji-begun"));
    write_later(&used, &begun, Duration::from_secs(60));
    SearchIndex::open(dir.path()).unwrap().set_built();
    assert_eq!(folders(dir.path()).len(), 2, "it was used since this one was begun");
    write_later(&begun, &begun, Duration::ZERO);
    for file in [&used, &begun] {
        let week = Duration::from_secs(8 * 24 * 60 * 60);
        let time = fs::metadata(file).unwrap().modified().unwrap() - week;
        let file = File::options().write(true).open(file).unwrap();
        file.set_times(FileTimes::new().set_modified(time)).unwrap();
    }
    SearchIndex::open(dir.path()).unwrap().set_built();
    assert_eq!(folders(dir.path()), [format!("{VERSION}-1")], "not for a week");
}

#[test]
fn all_who_open_at_once_get_the_same() {
    let dir = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| SearchIndex::open(dir.path()).unwrap());
        }
    });
    assert_eq!(folders(dir.path()), [format!("{VERSION}-1")]);
}

#[test]
fn what_was_never_finished_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join(".new-1-0"), dir.path().join(".new-2-0"));
    fs::create_dir(&old).unwrap();
    fs::create_dir(&new).unwrap();
    overwrite(&dir.path().join("meta.json"), b"of before there were generations");
    let day = Duration::from_secs(24 * 60 * 60);
    let time = fs::metadata(&old).unwrap().modified().unwrap() - day;
    File::open(&old).unwrap().set_times(FileTimes::new().set_modified(time)).unwrap();
    built(dir.path());
    assert_eq!(folders(dir.path()), [".new-2-0".to_owned(), format!("{VERSION}-1")]);
}

#[test]
fn a_damaged_one_is_replaced_while_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(dir.path()).unwrap();
    let _writer = index.writer().unwrap();
    overwrite(&only_generation(dir.path()).join("dapanji-state"), b"damaged");
    let other = SearchIndex::open(dir.path()).unwrap();
    fill(&other);
    assert_eq!(search(&other, "데드락").total, 1);
}
