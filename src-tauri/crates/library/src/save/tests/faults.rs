//! What becomes of a save when the system refuses any one of its calls, or the process ends there.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use super::*;
use crate::Sidecar;
use crate::files::Call;
use crate::files::faults::{Fault, Made, during};

const ENOSPC: i32 = 28;
const EIO: i32 = 5;
const EACCES: i32 = 13;
const EROFS: i32 = 30;
const EINTR: i32 = 4;

/// Tells the test process that is to end in the middle of something what that is.
const CRASH_VARIABLE: &str = "DAPANJI_TEST_CRASH";

/// What is written, and what a notebook is like before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// A save of a post of a notebook that has no history yet.
    FirstSave,
    /// A save of a post that was saved before, beside the leftover of a crash.
    LaterSave,
    /// A new post in folders that are not there.
    Create,
    /// A line in the notebook's log.
    Log,
}

const WORKS: [(Work, &str); 4] = [
    (Work::FirstSave, "first"),
    (Work::LaterSave, "later"),
    (Work::Create, "create"),
    (Work::Log, "log"),
];

impl Work {
    fn path(self) -> &'static str {
        match self {
            Work::FirstSave | Work::LaterSave => "글/a b.md",
            Work::Create => "새/폴더/c.md",
            Work::Log => ".dapanji/keys.jsonl",
        }
    }

    fn result(self) -> &'static str {
        match self {
            Work::Log => "{\"하나\":1}\n{\"둘\":2}\n",
            _ => NEW,
        }
    }

    fn set_up(self) -> Folder {
        let folder = Folder::in_memory();
        folder.put("글/a b.md", OLD);
        folder.put("b.md", "딴 글");
        let mode = fs::Permissions::from_mode(0o640);
        fs::set_permissions(folder.root().join("글/a b.md"), mode).unwrap();
        let library = folder.library();
        match self {
            Work::LaterSave => {
                let path = post(self.path());
                let first = library.save(&path, "처음", &Revision::of(OLD)).unwrap();
                library.save(&path, OLD, &first).unwrap();
                folder.put("글/.dapanji-old.tmp", "남은 것");
                let left = folder.root().join("글/.dapanji-old.tmp");
                let left = File::options().write(true).open(left).unwrap();
                let long_ago = std::time::Duration::from_secs(7200);
                left.set_modified(left.metadata().unwrap().modified().unwrap() - long_ago).unwrap();
            }
            Work::Log => library.append_sidecar(Sidecar::Keys, "{\"하나\":1}\n").unwrap(),
            Work::FirstSave | Work::Create => {}
        }
        folder
    }

    fn run(self, library: &Library) -> Result<(), String> {
        let path = || post(self.path());
        match self {
            Work::FirstSave | Work::LaterSave => {
                library.save(&path(), NEW, &Revision::of(OLD)).map(drop).map_err(about)
            }
            Work::Create => library.create(&path(), NEW).map(drop).map_err(about),
            Work::Log => library.append_sidecar(Sidecar::Keys, "{\"둘\":2}\n").map_err(about),
        }
    }
}

fn about(error: impl std::error::Error) -> String {
    let source = error.source().map(|source| format!(": {source}")).unwrap_or_default();
    format!("{error}{source}")
}

/// Everything others see of a notebook: names, permissions and contents, but for our hidden
/// temporary files.
fn seen(folder: &Folder) -> BTreeMap<String, (u32, Vec<u8>)> {
    fn walk(root: &Path, folder: &Path, seen: &mut BTreeMap<String, (u32, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let name = file.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            let metadata = fs::symlink_metadata(&file).unwrap();
            if metadata.is_dir() {
                walk(root, &file, seen);
                seen.insert(name, (metadata.permissions().mode(), Vec::new()));
            } else if !(name.contains("/.dapanji-") || name.starts_with(".dapanji-")) {
                seen.insert(name, (metadata.permissions().mode(), fs::read(&file).unwrap()));
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(folder.root(), folder.root(), &mut all);
    all
}

/// The names of temporary files in the notebook that are not older than the test.
fn leftovers(folder: &Folder) -> Vec<PathBuf> {
    ["", "글", "새", "새/폴더"]
        .iter()
        .flat_map(|name| fs::read_dir(folder.root().join(name)).into_iter().flatten())
        .map(|entry| entry.unwrap().path())
        .filter(|file| {
            let name = file.file_name().unwrap().to_str().unwrap();
            name.starts_with(".dapanji-") && name != ".dapanji-old.tmp"
        })
        .collect()
}

/// Does the work with no fault and tells which calls it makes.
fn calls_of(work: Work) -> Vec<Made> {
    let folder = work.set_up();
    let library = folder.library();
    let (outcome, calls) = during(None, || work.run(&library));
    assert_eq!(outcome, Ok(()));
    calls
}

/// The work is done or not, and nothing else is different; returns whether it is done.
#[track_caller]
fn check_whole(
    work: Work,
    folder: &Folder,
    before: &BTreeMap<String, (u32, Vec<u8>)>,
    what: &str,
) -> bool {
    let after = seen(folder);
    if after == *before {
        return false;
    }
    let mut done = before.clone();
    let mode = done.get(work.path()).map_or(0o100_644, |(mode, _)| *mode);
    done.insert(work.path().to_owned(), (mode, work.result().into()));
    if work == Work::Create {
        for folder in ["새", "새/폴더"] {
            done.insert(folder.to_owned(), after.get(folder).cloned().unwrap_or_default());
        }
    }
    assert_eq!(after, done, "{what}: neither the old nor the new notebook");
    true
}

/// The version that a done save replaced is kept, and what was kept before still is.
#[track_caller]
fn check_history(work: Work, folder: &Folder, done: bool, what: &str) {
    if matches!(work, Work::Create | Work::Log) {
        return;
    }
    let library = folder.library();
    let kept = library.history(&post(work.path())).unwrap();
    let has = |text: &str| kept.iter().any(|version| version.revision == Revision::of(text));
    let expect: &[&str] = if work == Work::LaterSave { &[OLD, "처음"] } else { &[OLD] };
    for text in expect.iter().filter(|_| done || work == Work::LaterSave) {
        assert!(has(text), "{what}: not in the history");
        assert_eq!(library.version(&Revision::of(text)).unwrap(), text.as_bytes(), "{what}");
    }
}

/// The same work, later and with nothing in its way, is done.
#[track_caller]
fn check_again(work: Work, folder: &Folder, done: bool, what: &str) {
    let library = folder.library();
    if !done || work != Work::Log {
        match (work.run(&library), done) {
            (Ok(()), _) => {}
            (Err(error), true) if work == Work::Create => assert!(error.contains("exists already")),
            (Err(error), _) => panic!("{what}: cannot be done again: {error}"),
        }
    }
    assert_eq!(folder.text(work.path()), work.result(), "{what}: done again");
    if matches!(work, Work::FirstSave | Work::LaterSave) {
        assert_eq!(library.version(&Revision::of(OLD)).unwrap(), OLD.as_bytes(), "{what}");
    }
}

/// Lets every call of the work fail in turn.
fn check_faults(work: Work, fault: impl Fn(i32) -> Fault, errors: &[i32]) {
    let calls = calls_of(work);
    for (at, call) in calls.iter().enumerate() {
        for &error in errors {
            let what = format!("{work:?}, {call:?} fails with {error}");
            let folder = work.set_up();
            let library = folder.library();
            let before = seen(&folder);
            let (outcome, _) = during(Some((at, fault(error))), || work.run(&library));
            let done = check_whole(work, &folder, &before, &what);
            match &outcome {
                Ok(()) => assert!(done, "{what}: told as done, and is not"),
                Err(message) => {
                    assert!(!done, "{what}: told as failed, and is not: {message}");
                    let named = message.contains(work.path())
                        || message.contains(&folder.places().data.display().to_string());
                    assert!(named, "{what}: names no file: {message}");
                }
            }
            let left = leftovers(&folder);
            assert!(left.is_empty(), "{what}: leaves {left:?}");
            check_history(work, &folder, done, &what);
            check_again(work, &folder, done, &what);
        }
    }
}

#[test]
fn any_call_may_fail_once() {
    for (work, _) in [WORKS[0], WORKS[1], WORKS[2]] {
        check_faults(work, Fault::Once, &[ENOSPC, EIO, EACCES, EROFS]);
    }
}

#[test]
fn a_disk_may_be_full_or_read_only_from_any_call_on() {
    for (work, _) in [WORKS[0], WORKS[1], WORKS[2]] {
        check_faults(work, Fault::FromThen, &[ENOSPC, EIO, EROFS]);
    }
}

#[test]
fn a_signal_at_any_call_is_no_failure() {
    for (work, _) in WORKS {
        for (at, call) in calls_of(work).iter().enumerate() {
            let folder = work.set_up();
            let library = folder.library();
            let (outcome, _) = during(Some((at, Fault::Once(EINTR))), || work.run(&library));
            assert_eq!(outcome, Ok(()), "{work:?}, {call:?}");
            assert_eq!(folder.text(work.path()), work.result());
        }
    }
}

/// The process ends before any one call; what it leaves is whole, hidden, and no hindrance.
#[test]
fn the_process_may_end_at_any_call() {
    for (work, name) in WORKS {
        for (at, call) in calls_of(work).iter().enumerate() {
            let what = format!("{work:?}, ends before {call:?}");
            let folder = work.set_up();
            let before = seen(&folder);
            let child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "save::tests::faults::ends_where_it_is_told_to"])
                .env(CRASH_VARIABLE, format!("{name} {at}"))
                .env("DAPANJI_TEST_ROOT", folder.root())
                .env(crate::places::HOME_VARIABLE, folder.places().data.parent().unwrap())
                .output()
                .unwrap();
            assert!(!child.status.success(), "{what}: {child:?}");
            if work == Work::Log {
                let text = folder.text(work.path());
                assert!(work.result().starts_with(&text), "{what}: {text}");
                folder.library().append_sidecar(Sidecar::Keys, "{\"셋\":3}\n").unwrap();
                let text = folder.text(work.path());
                let lines: Vec<&str> = text.lines().collect();
                assert_eq!(lines.first(), Some(&"{\"하나\":1}"), "{what}");
                assert_eq!(lines.last(), Some(&"{\"셋\":3}"), "{what}: a torn line swallows none");
                continue;
            }
            let mut before = before;
            let mut after = seen(&folder);
            // Folders without a post are no harm: no git keeps them and no Jekyll shows them.
            for folder in ["새", "새/폴더"].iter().filter(|_| work == Work::Create) {
                if let Some(made) = after.get(*folder).filter(|_| !after.contains_key(work.path()))
                {
                    before.insert((*folder).to_owned(), made.clone());
                }
            }
            after.retain(|name, _| !name.contains(".dapanji-"));
            let done = check_whole(work, &folder, &before, &what);
            check_history(work, &folder, done, &what);
            check_again(work, &folder, done, &what);
        }
    }
}

/// Does its work only where another test has started it as a process of its own.
#[test]
fn ends_where_it_is_told_to() {
    let Ok(told) = std::env::var(CRASH_VARIABLE) else { return };
    let (name, at) = told.split_once(' ').unwrap();
    let (work, _) = WORKS.into_iter().find(|(_, other)| *other == name).unwrap();
    let root = PathBuf::from(std::env::var_os("DAPANJI_TEST_ROOT").unwrap());
    let library = Library::open(&root).unwrap();
    let (outcome, _) = during(Some((at.parse().unwrap(), Fault::Crash)), || work.run(&library));
    panic!("came to an end: {outcome:?}");
}

/// A power cut may undo what was not waited for: so everything is waited for in its order.
#[test]
fn what_is_relied_on_is_on_the_disk_before() {
    for work in [Work::FirstSave, Work::LaterSave] {
        let calls = calls_of(work);
        let folder_of = |(_, path): &Made| path.parent().unwrap().to_owned();
        let replaced = calls.iter().rposition(|(call, _)| *call == Call::Replace).unwrap();
        let target = folder_of(&calls[replaced]);
        let (before, after) = calls.split_at(replaced);
        let dirty: Vec<&Made> = before
            .iter()
            .enumerate()
            .filter(|(at, (call, path))| {
                *call == Call::Write
                    && !before[*at..].iter().any(|made| *made == (Call::Sync, path.clone()))
            })
            .map(|(_, made)| made)
            .collect();
        assert!(dirty.is_empty(), "{work:?}: written and not waited for: {dirty:?}");
        let kept: Vec<&Made> = before.iter().filter(|(call, _)| *call == Call::Replace).collect();
        for made in &kept {
            let synced = (Call::SyncFolder, folder_of(made));
            assert!(before.contains(&synced), "{work:?}: the name {made:?} is not waited for");
        }
        assert!(after.contains(&(Call::SyncFolder, target)), "{work:?}: nor is the post's own");
    }
}
