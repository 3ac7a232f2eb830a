//! What another program does between the last look at a post and its replacement.

use super::*;
use crate::files::Call;
use crate::files::faults::{Fault, beside, during};
use crate::testing::put;

/// What another program does to a file.
type Deed = fn(&Path);

const IN_PLACE: Deed = |file| put(file, "남의 글".as_bytes());
const EMPTY: Deed = |file| drop(File::create(file).unwrap());
const RENAMED_OVER: Deed = |file| {
    let other = file.with_file_name("other.tmp");
    put(&other, "나중 글".as_bytes());
    fs::rename(&other, file).unwrap();
};
const GONE: Deed = |file| fs::remove_file(file).unwrap();
const A_FOLDER: Deed = |file| {
    fs::remove_file(file).unwrap();
    fs::create_dir(file).unwrap();
};
const A_LINK: Deed = |file| {
    fs::remove_file(file).unwrap();
    std::os::unix::fs::symlink("b.md", file).unwrap();
};
const NOTHING: Deed = |_| {};

/// Saves [`NEW`] over [`OLD`], with `deeds` done right before each exchange in turn. Returns the
/// folder and the outcome's message.
fn save_beside(deeds: &'static [Deed]) -> (Folder, String) {
    let folder = Folder::with(&[("a.md", OLD), ("b.md", "딴 글")]);
    let library = folder.library();
    let mut next = deeds.iter();
    let meanwhile = move |file: &Path| {
        if let Some(deed) = next.next() {
            deed(file);
        }
    };
    let outcome =
        beside(Call::Replace, meanwhile, || library.save(&post("a.md"), NEW, &Revision::of(OLD)));
    let message = match outcome {
        Ok(revision) => {
            assert_eq!(revision, Revision::of(NEW));
            "saved".to_owned()
        }
        Err(error) => error.to_string(),
    };
    assert!(folder.names().iter().all(|name| !name.ends_with(".tmp")), "{:?}", folder.names());
    (folder, message)
}

#[track_caller]
fn check(deeds: &'static [Deed], expect: &str, kept: &[&str]) {
    let (folder, message) = save_beside(deeds);
    if expect == NEW {
        assert_eq!(message, "saved");
    } else {
        let disk = Revision::of(expect);
        let conflict = format!("cannot save a.md: it has changed on disk to revision {disk}");
        assert_eq!(message, conflict);
    }
    assert_eq!(folder.text("a.md"), expect);
    let library = folder.library();
    for text in kept {
        assert_eq!(library.version(&Revision::of(text)).unwrap(), text.as_bytes(), "{text}");
    }
}

#[test]
fn what_was_written_in_between_stays_and_is_kept() {
    check(&[NOTHING], NEW, &[OLD]);
    check(&[IN_PLACE], "남의 글", &[OLD, NEW, "남의 글"]);
    check(&[EMPTY], "", &[OLD, NEW, ""]);
    check(&[RENAMED_OVER], "나중 글", &[OLD, NEW, "나중 글"]);
    // Again before it is back: the newest stays, and the other is in the history.
    check(&[IN_PLACE, RENAMED_OVER], "나중 글", &[OLD, NEW, "남의 글", "나중 글"]);
    check(&[RENAMED_OVER, IN_PLACE, EMPTY], "", &[OLD, NEW, "남의 글", "나중 글"]);
}

#[test]
fn what_is_no_post_any_more_is_not_replaced() {
    let (folder, message) = save_beside(&[GONE]);
    assert_eq!(message, "cannot save a.md: the file or its folder is gone");
    assert_eq!(folder.names(), ["b.md"]);

    let (folder, message) = save_beside(&[A_FOLDER]);
    assert_eq!(message, "cannot save a.md");
    assert!(folder.root().join("a.md").is_dir());

    let (folder, message) = save_beside(&[A_LINK]);
    assert_eq!(message, "cannot save a.md");
    assert_eq!(fs::read_link(folder.root().join("a.md")).unwrap(), Path::new("b.md"));
    assert_eq!(folder.text("b.md"), "딴 글");
}

/// As on a network file system: the new file is renamed over the old one.
#[test]
fn without_an_exchange_it_is_renamed() {
    let saved = |fault| {
        let folder = Folder::with(&[("a.md", OLD)]);
        let library = folder.library();
        let save = || library.save(&post("a.md"), NEW, &Revision::of(OLD));
        let (outcome, made) = during(fault, save);
        assert_eq!(outcome.unwrap(), Revision::of(NEW));
        assert_eq!(folder.text("a.md"), NEW);
        made.iter().position(|(call, path)| *call == Call::Replace && path.ends_with("a.md"))
    };
    let exchange = saved(None).unwrap();
    // EINVAL, ENOSYS and EOPNOTSUPP: what file systems answer that know no exchange.
    for error in [22, 38, 95] {
        saved(Some((exchange, Fault::Once(error))));
    }
}
