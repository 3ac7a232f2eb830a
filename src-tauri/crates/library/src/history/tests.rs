use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::time::Duration;

use super::*;
use crate::testing::{Folder, post, put};

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn day(day: u64) -> SystemTime {
    at(day * 86_400)
}

#[track_caller]
fn keep(library: &Library, path: &str, old: &str, new: &str, now: SystemTime) {
    let _writing = library.writing();
    let kept =
        library.keep_replaced(&post(path), old.as_bytes(), new.as_bytes(), now, Cause::Saved);
    kept.unwrap();
}

fn texts(library: &Library, path: &str) -> Vec<String> {
    let versions = library.history(&post(path)).unwrap();
    versions.iter().map(|version| library.version_text(&version.revision).unwrap()).collect()
}

/// The one pack there is.
fn pack(library: &Library) -> PathBuf {
    let packs = pack::list(&library.history_dir()).unwrap();
    assert_eq!(packs.len(), 1, "{packs:?}");
    pack::file(&library.history_dir(), packs[0].0)
}

#[test]
fn keeps_each_content_once_and_each_replacement() {
    let folder = Folder::empty();
    let library = folder.library();
    let path = "a\u{3000}b [1].md";
    assert_eq!(library.history(&post(path)).unwrap(), []);
    for (second, old, new) in [(1, "가", "나"), (2, "나", "가"), (3, "가", "다")] {
        keep(&library, path, old, new, at(second));
    }
    keep(&library, "other.md", "x", "y", at(4));
    for library in [library, folder.library()] {
        let versions = library.history(&post(path)).unwrap();
        let expect =
            [(1, "가", "나"), (2, "나", "가"), (3, "가", "다")].map(|(second, old, new)| Version {
                path: post(path),
                revision: Revision::of(old),
                replaced: at(second),
                cause: Cause::Saved,
                after: After::Content(Revision::of(new)),
            });
        assert_eq!(versions, expect);
        assert_eq!(texts(&library, path), ["가", "나", "가"]);
        assert_eq!(library.version(&Revision::of("다")).unwrap(), "다".as_bytes());
        assert!(library.version(&Revision::of("없다")).is_err());
    }
}

#[test]
fn a_torn_record_costs_only_itself() {
    let folder = Folder::empty();
    for (nth, torn) in [1, 10, 16, 17, 30].into_iter().enumerate() {
        let library = folder.library();
        let nth = nth.to_string();
        keep(&library, "a.md", &format!("{nth} 앞"), &format!("{nth} 뒤"), at(1));
        let file = pack(&library);
        drop(library);
        let whole = fs::read(&file).unwrap();
        // What a crash leaves of a record: its beginning.
        OpenOptions::new().append(true).open(&file).unwrap().write_all(&whole[..torn]).unwrap();
    }
    let library = folder.library();
    keep(&library, "a.md", "끝", "새", at(9));
    let expect: Vec<String> = (0..5)
        .flat_map(|nth| {
            let before = (nth > 0).then(|| format!("{} 뒤", nth - 1));
            before.into_iter().chain([format!("{nth} 앞")])
        })
        .chain(["4 뒤".into(), "끝".into()])
        .collect();
    assert_eq!(texts(&library, "a.md"), expect);
    assert_eq!(texts(&folder.library(), "a.md"), expect, "read anew");
}

#[test]
fn a_damaged_content_is_told_and_kept_again() {
    let folder = Folder::empty();
    let library = folder.library();
    keep(&library, "a.md", "긴 답변", "더 긴 답변", at(1));
    let file = pack(&library);
    let mut bytes = fs::read(&file).unwrap();
    // The first record's content: behind its header and the content's own head.
    bytes[record::HEADER + 21 + 12] ^= 1;
    fs::File::create(&file).unwrap().write_all(&bytes).unwrap();
    let library = folder.library();
    let revision = Revision::of("긴 답변");
    assert!(library.version(&revision).is_err());
    keep(&library, "a.md", "긴 답변", "다른 답변", at(2));
    assert_eq!(library.version(&revision).unwrap(), "긴 답변".as_bytes());
}

#[test]
fn two_processes_write_packs_of_their_own_and_read_both() {
    let folder = Folder::empty();
    let (one, two) = (folder.library(), folder.library());
    keep(&one, "a.md", "1", "2", at(1));
    keep(&two, "a.md", "2", "3", at(2));
    keep(&one, "a.md", "3", "4", at(3));
    assert_eq!(pack::list(&one.history_dir()).unwrap().len(), 2);
    for library in [&one, &two] {
        assert_eq!(texts(library, "a.md"), ["1", "2", "3"]);
    }
    drop((one, two));
    keep(&folder.library(), "a.md", "4", "5", at(4));
    assert_eq!(pack::list(&folder.library().history_dir()).unwrap().len(), 2, "one is taken over");
}

#[test]
fn small_changes_of_a_large_post_take_little_room() {
    let folder = Folder::empty();
    let library = folder.library();
    let text = |nth: usize| -> String {
        let lines = (0..3000).map(|line| format!("{line}번째 줄: {}\n", line * 7919));
        lines.chain([format!("{nth}번째로 고친 답변\n")]).collect()
    };
    for nth in 0..100 {
        keep(&library, "a.md", &text(nth), &text(nth + 1), at(nth as u64));
    }
    let whole = text(0).len() as u64;
    let bytes = fs::metadata(pack(&library)).unwrap().len();
    assert!(bytes < 3 * whole, "{bytes} for a hundred versions of {whole}");
    let expect: Vec<Revision> = (0..100).map(|nth| Revision::of(text(nth))).collect();
    let kept = texts(&folder.library(), "a.md");
    assert_eq!(kept.iter().map(Revision::of).collect::<Vec<_>>(), expect);
}

#[test]
fn what_earlier_versions_kept_is_read() {
    let folder = Folder::empty();
    let library = folder.library();
    let dir = library.history_dir();
    let revision = Revision::of("옛 글").to_string();
    let (first, rest) = revision.split_at(2);
    put(&dir.join("objects").join(first).join(rest), "옛 글".as_bytes());
    put(&dir.join("log"), format!("\n7\t{revision}\ta.md\n1700000000\tab\u{fffd}\n").as_bytes());
    keep(&library, "a.md", "새 글", "더 새 글", at(9));
    assert_eq!(texts(&library, "a.md"), ["옛 글", "새 글"]);
    let versions = library.history(&post("a.md")).unwrap();
    assert_eq!(versions[0].after, After::Next);
}

#[test]
fn a_change_nobody_saw_is_a_version_once_the_next_one_is_seen() {
    let folder = Folder::with(&[("a.md", "1")]);
    let observe = |text: Option<&str>, now| {
        let library = folder.library();
        let _writing = library.writing();
        let revision = text.map(Revision::of);
        if let (Some(text), Some(revision)) = (text, revision) {
            library.keep_content(&post("a.md"), text.as_bytes(), &revision, Room::Spare);
        }
        library.observe(&post("a.md"), revision, now).unwrap();
    };
    observe(Some("1"), at(1));
    observe(Some("1"), at(2));
    observe(Some("2"), at(3));
    keep(&folder.library(), "a.md", "3", "4", at(4));
    observe(Some("4"), at(5));
    observe(None, at(6));
    observe(None, at(7));
    let told: Vec<(String, Cause)> = folder
        .library()
        .versions()
        .unwrap()
        .into_iter()
        .map(|version| (folder.library().version_text(&version.revision).unwrap(), version.cause))
        .collect();
    let expect =
        [("1", Cause::Outside), ("2", Cause::Outside), ("3", Cause::Saved), ("4", Cause::Outside)];
    assert_eq!(told, expect.map(|(text, cause)| (text.to_owned(), cause)));
}

#[test]
fn old_versions_go_and_what_is_there_stays() {
    let folder = Folder::empty();
    let text = |nth: u64| format!("{nth} {}", "가나다라 ".repeat(400));
    let fill = |library: &Library| {
        for nth in 1..=20 {
            keep(library, "a.md", &text(nth), &text(nth + 1), day(nth));
        }
    };
    let library = folder.library();
    fill(&library);
    library.limit_history(HistoryLimits { days: 10, megabytes: 512 });
    assert!(library.prune_history(day(21)).unwrap());
    let expect: Vec<String> = (11..=20).map(text).collect();
    assert_eq!(texts(&library, "a.md"), expect);
    assert!(!library.prune_history(day(21) + Duration::from_secs(3600)).unwrap(), "once a day");
    assert_eq!(library.version_text(&Revision::of(text(21))).unwrap(), text(21), "what is now");
    keep(&library, "a.md", &text(21), &text(22), day(21) + Duration::from_secs(60));

    library.limit_history(HistoryLimits { days: 365, megabytes: 0 });
    assert!(library.prune_history(day(22)).unwrap());
    assert_eq!(texts(&folder.library(), "a.md"), [text(21)], "younger than a day");
    assert!(library.prune_history(day(24)).unwrap());
    assert_eq!(texts(&folder.library(), "a.md"), [""; 0]);
    assert_eq!(library.version_text(&Revision::of(text(22))).unwrap(), text(22), "what is now");
}

#[test]
fn versions_from_a_wrong_clock_are_not_kept_for_ever() {
    let folder = Folder::empty();
    let text = |nth: u64| format!("{nth} {}", "가나다라 ".repeat(400));
    let library = folder.library();
    keep(&library, "a.md", &text(1), &text(2), day(30_000));
    library.limit_history(HistoryLimits { days: 365, megabytes: 512 });
    assert!(library.prune_history(day(20_000)).unwrap());
    assert_eq!(texts(&library, "a.md"), [text(1)], "there is room");
    keep(&library, "b.md", &text(3), &text(4), day(20_000) + Duration::from_secs(60));
    library.limit_history(HistoryLimits { days: 365, megabytes: 0 });
    assert!(library.prune_history(day(20_001)).unwrap());
    assert_eq!(texts(&library, "a.md"), [""; 0]);
    assert_eq!(texts(&library, "b.md"), [text(3)], "younger than a day");
}

#[test]
fn a_pack_that_another_process_writes_is_left_alone() {
    let folder = Folder::empty();
    let (one, two) = (folder.library(), folder.library());
    keep(&one, "a.md", "1", "2", day(1));
    let text = (0..2000).map(|n: u64| format!("{:x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    keep(&two, "b.md", &text.collect::<String>(), "2 b", day(1));
    two.limit_history(HistoryLimits { days: 1, megabytes: 1 });
    assert!(two.prune_history(day(9)).unwrap());
    keep(&one, "a.md", "2", "3", day(10));
    assert_eq!(texts(&one, "b.md").len(), 0);
    assert_eq!(texts(&one, "a.md"), ["1", "2"]);
}

#[test]
fn what_is_kept_after_others_were_at_the_pack_is_kept_all_the_same() {
    type Harm<'a> = (&'a str, &'a dyn Fn(&Library));
    let whole = |library: &Library| fs::read(pack(library)).unwrap();
    let harms: [Harm<'_>; 5] = [
        ("all deleted", &|library| fs::remove_dir_all(library.history_dir()).unwrap()),
        ("the pack deleted", &|library| fs::remove_file(pack(library)).unwrap()),
        ("emptied", &|library| put(&pack(library), b"")),
        ("cut off", &|library| {
            let bytes = whole(library);
            put(&pack(library), &bytes[..bytes.len() - 5]);
        }),
        ("replaced by a copy", &|library| {
            let (pack, bytes) = (pack(library), whole(library));
            fs::remove_file(&pack).unwrap();
            put(&pack, &bytes);
        }),
    ];
    for (what, harm) in harms {
        for outside in [false, true] {
            let folder = Folder::empty();
            let library = folder.library();
            keep(&library, "a.md", "가", "나", at(1));
            harm(&library);
            if outside {
                for text in ["나", "다", "라"] {
                    let _writing = library.writing();
                    let revision = Revision::of(text);
                    library.keep_content(&post("a.md"), text.as_bytes(), &revision, Room::Any);
                    library.keep_outside(&post("a.md"), Some(Seen::Content(revision)));
                }
            } else {
                keep(&library, "a.md", "나", "다", at(2));
                keep(&library, "a.md", "다", "라", at(3));
            }
            for library in [library, folder.library()] {
                let texts = texts(&library, "a.md");
                assert!(texts.ends_with(&["나".into(), "다".into()]), "{what}: {texts:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_a_pack_or_be_written_is_passed_over() {
    let folder = Folder::empty();
    let library = folder.library();
    keep(&library, "a.md", "가", "나", at(1));
    let history = library.history_dir();
    drop(library);
    fs::create_dir(pack::file(&history, 7)).unwrap();
    let lock = pack::file(&history, 1).with_extension("lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let library = folder.library();
    keep(&library, "a.md", "나", "다", at(2));
    for library in [library, folder.library()] {
        assert_eq!(texts(&library, "a.md"), ["가", "나"]);
    }
}

#[test]
fn what_others_made_while_nothing_watched_can_be_caught_up_with() {
    let folder = Folder::with(&[("a.md", "나"), ("b.md", "나"), ("c.md", "나")]);
    let library = folder.library();
    for path in ["a.md", "b.md", "c.md"] {
        keep(&library, path, "가", "나", at(1));
    }
    folder.put("a.md", "밖에서");
    fs::remove_file(folder.root().join("b.md")).unwrap();
    let library = folder.library();
    library.catch_up_history(|path| library.read(path).ok().map(|read| read.revision));
    assert_eq!(texts(&library, "a.md"), ["가", "나"]);
    assert_eq!(texts(&library, "b.md"), ["가", "나"]);
    assert_eq!(texts(&library, "c.md"), ["가"]);
    let after = |path: &str| library.history(&post(path)).unwrap().last().map(|last| last.after);
    assert_eq!(after("a.md"), Some(After::Content(Revision::of("밖에서"))));
    assert_eq!(after("b.md"), Some(After::Nothing));
    assert_eq!(library.version_text(&Revision::of("밖에서")).unwrap(), "밖에서");

    // A folder that is gone may come back: nothing is told of its posts.
    folder.put("a.md", "또 밖에서");
    fs::rename(folder.root(), folder.root().with_extension("gone")).unwrap();
    library.catch_up_history(|_| None);
    assert_eq!(texts(&library, "a.md"), ["가", "나"]);
}
