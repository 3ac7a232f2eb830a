use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use super::*;
use crate::revision::Revision;
use crate::testing::{Folder, post};

mod git;
mod modes;

/// Longer than any change takes to be told on a busy machine.
const LONG: Duration = Duration::from_secs(20);

struct Watched {
    folder: Folder,
    library: Arc<Library>,
    watch: Watch,
    changes: Receiver<FileChange>,
}

impl Watched {
    fn new(files: &[(&str, &str)]) -> Watched {
        Watched::of(Folder::with(files), false)
    }

    fn of(folder: Folder, polling: bool) -> Watched {
        let library = Arc::new(folder.library());
        Watched::with(folder, library, polling)
    }

    fn with(folder: Folder, library: Arc<Library>, polling: bool) -> Watched {
        let (sender, changes) = mpsc::channel();
        let timing = Timing { poll: Duration::from_millis(100), ..Timing::default() };
        let forced = polling.then(|| WhyPolling::FileSystem("nfs4".into()));
        let tell = move |news| match news {
            News::Change(change) => drop(sender.send(change)),
            News::Watching(_) | News::Folder(_) => {}
        };
        let watch = library.watch_with(timing, forced, tell).unwrap();
        assert_eq!(watch.watching() != Watching::Events, polling);
        Watched { folder, library, watch, changes }
    }

    /// Waits for the next change and compares it.
    #[track_caller]
    fn expect(&self, changed: &[&str], removed: &[&str]) {
        let change = self.changes.recv_timeout(LONG).expect("a change is told");
        let posts = |paths: &[&str]| paths.iter().map(|path| post(path)).collect::<Vec<_>>();
        assert_eq!(
            change,
            FileChange {
                changed: posts(changed),
                removed: posts(removed),
                ..FileChange::default()
            }
        );
    }

    /// Makes a change of a file of its own and waits for it: whatever was done before and is not
    /// told by then is not told at all.
    #[track_caller]
    fn expect_silence(&self) {
        self.folder.put("zz.md", format!("{:?}", std::time::Instant::now()));
        self.expect(&["zz.md"], &[]);
    }
}

#[test]
fn watch_tells_a_new_post() {
    let watched = Watched::new(&[]);
    watched.folder.put("a.md", "가");
    watched.expect(&["a.md"], &[]);
    watched.folder.put("b c.txt", "no post");
    watched.expect_silence();
}

#[test]
fn watch_tells_an_edit_once() {
    let watched = Watched::new(&[("a.md", "가"), ("b.md", "")]);
    watched.folder.put("a.md", "나");
    watched.expect(&["a.md"], &[]);
    watched.folder.put("a.md", "나");
    watched.expect_silence();
}

#[test]
fn watch_tells_an_edit_of_the_same_length_and_time() {
    let watched = Watched::new(&[("a.md", "가")]);
    let file = watched.folder.root().join("a.md");
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    watched.folder.put("a.md", "나");
    fs::File::options().write(true).open(file).unwrap().set_modified(modified).unwrap();
    watched.expect(&["a.md"], &[]);
}

#[test]
fn watch_tells_an_atomic_replacement_as_an_edit() {
    let watched = Watched::new(&[("a.md", "가")]);
    for text in ["나", "다"] {
        watched.folder.put(".a.md.swp", text);
        fs::rename(watched.folder.root().join(".a.md.swp"), watched.folder.root().join("a.md"))
            .unwrap();
        watched.expect(&["a.md"], &[]);
    }
}

#[test]
fn watch_tells_a_backup_and_rewrite_as_an_edit() {
    let watched = Watched::new(&[("a.md", "가")]);
    let file = watched.folder.root().join("a.md");
    fs::rename(&file, watched.folder.root().join("a.md~")).unwrap();
    watched.folder.put("a.md", "나");
    watched.expect(&["a.md"], &[]);
}

#[test]
fn watch_tells_a_replacement_that_is_deleted_at_once() {
    let watched = Watched::new(&[("a.md", "가")]);
    watched.folder.put("b.tmp", "나");
    fs::rename(watched.folder.root().join("b.tmp"), watched.folder.root().join("a.md")).unwrap();
    fs::remove_file(watched.folder.root().join("a.md")).unwrap();
    watched.expect(&[], &["a.md"]);
}

#[test]
fn watch_tells_a_deletion() {
    let watched = Watched::new(&[("a.md", "가"), ("b.md", "")]);
    fs::remove_file(watched.folder.root().join("a.md")).unwrap();
    watched.expect(&[], &["a.md"]);
    watched.folder.put("a.md", "가");
    watched.expect(&["a.md"], &[]);
}

#[test]
fn watch_tells_an_emptied_post_after_a_second_look() {
    let watched = Watched::new(&[("a.md", "가")]);
    watched.folder.put("a.md", "");
    watched.expect(&["a.md"], &[]);
}

#[test]
fn watch_tells_a_rename_as_one_change() {
    let watched = Watched::new(&[("a.md", "가")]);
    fs::rename(watched.folder.root().join("a.md"), watched.folder.root().join("나.md")).unwrap();
    watched.expect(&["나.md"], &["a.md"]);
}

#[test]
fn watch_tells_a_moved_folder_and_what_happens_in_it_later() {
    let watched = Watched::new(&[("a/b.md", "가"), ("a/c/d.md", "나"), ("e.md", "")]);
    fs::rename(watched.folder.root().join("a"), watched.folder.root().join("x")).unwrap();
    watched.expect(&["x/b.md", "x/c/d.md"], &["a/b.md", "a/c/d.md"]);
    watched.folder.put("x/c/d.md", "다");
    watched.expect(&["x/c/d.md"], &[]);
    watched.folder.put("a/b.md", "새");
    watched.expect(&["a/b.md"], &[]);
    fs::remove_dir_all(watched.folder.root().join("x")).unwrap();
    watched.expect(&[], &["x/b.md", "x/c/d.md"]);
}

#[test]
fn watch_tells_posts_in_new_folders() {
    let watched = Watched::new(&[]);
    watched.folder.put("a/b/c/d.md", "가");
    watched.expect(&["a/b/c/d.md"], &[]);
    watched.folder.put("a/b/c/d.md", "나");
    watched.expect(&["a/b/c/d.md"], &[]);
}

#[test]
fn watch_tells_nothing_of_what_a_scan_leaves_out() {
    let watched = Watched::new(&[(".gitignore", "draft/\n*.tmp.md\n"), ("a.md", "")]);
    for path in
        [".git/x.md", "_site/a.md", "node_modules/b/c.md", "draft/d.md", "e.tmp.md", ".f.md"]
    {
        watched.folder.put(path, "x");
    }
    watched.expect_silence();
    watched.folder.put("a.tmp.md", "x");
    watched.expect_silence();
    watched.folder.put(".gitignore", "a.md\n");
    watched.expect(&["a.tmp.md", "draft/d.md", "e.tmp.md"], &["a.md"]);
}

#[test]
fn watch_tells_a_thousand_files_at_once() {
    let names: Vec<String> = (0..1000).map(|n| format!("d{}/{n:04}.md", n % 7)).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "가")).collect();
    let watched = Watched::new(&files);
    for name in &names {
        watched.folder.put(name, "나");
    }
    let mut told = Vec::new();
    while told.len() < names.len() {
        let change = watched.changes.recv_timeout(LONG).expect("all are told");
        assert_eq!(change.removed, []);
        told.extend(change.changed);
    }
    told.sort();
    told.dedup();
    assert_eq!(told.len(), names.len(), "each one once");
    watched.expect_silence();
}

#[test]
fn watch_does_not_echo_own_saves() {
    let watched = Watched::new(&[("a.md", "가")]);
    let mut base = watched.library.read(&post("a.md")).unwrap().revision;
    for n in 0..20 {
        base = watched.library.save(&post("a.md"), &format!("{n}"), &base).unwrap();
    }
    watched.library.create(&post("new/b.md"), "나").unwrap();
    watched.expect_silence();
    watched.folder.put("a.md", "남의 글");
    watched.expect(&["a.md"], &[]);
    watched.folder.put("new/b.md", "남의 글");
    watched.expect(&["new/b.md"], &[]);
}

#[test]
fn watch_echoes_saves_of_another_window() {
    let watched = Watched::new(&[("a.md", "가")]);
    let other = watched.folder.library();
    other.save(&post("a.md"), "나", &Revision::of("가")).unwrap();
    watched.expect(&["a.md"], &[]);
}

#[test]
fn watch_tells_what_changed_after_it_was_read_or_scanned() {
    let folder = Folder::with(&[("a.md", "가"), ("b.md", "나"), ("c.md", "다")]);
    let library = Arc::new(folder.library());
    let posts = library.scan().posts;
    assert!(library.read_all(&posts).iter().all(Result::is_ok));
    folder.put("a.md", "바뀜");
    folder.put("new.md", "새 글");
    fs::remove_file(folder.root().join("c.md")).unwrap();
    library.read(&post("a.md")).unwrap();
    let watched = Watched::with(folder, library, false);
    watched.expect(&["a.md", "new.md"], &["c.md"]);
    watched.expect_silence();
}

#[test]
fn watch_tells_what_differs_from_what_was_taken_as_read() {
    let folder = Folder::with(&[("a.md", "가"), ("b.md", "나"), ("c.md", "다")]);
    let library = Arc::new(folder.library());
    let known = ["a.md", "b.md", "gone.md"].map(post);
    let revisions = ["가", "전에는 이랬다", "있었다"].map(Revision::of);
    assert_eq!(library.scan().posts.len(), 3);
    library.take_as_read(known.iter().zip(revisions));
    let watched = Watched::with(folder, library, false);
    watched.expect(&["b.md"], &["gone.md"]);
    watched.expect_silence();
}

#[test]
fn watch_waits_for_a_root_that_is_made_anew() {
    let watched = Watched::new(&[("a.md", "가"), ("b/c.md", "나")]);
    let (root, away) = (watched.folder.root(), watched.folder.root().with_file_name("away"));
    fs::rename(root, &away).unwrap();
    // Meanwhile nothing is told: the folder may be a drive that comes back.
    assert_eq!(
        watched.changes.recv_timeout(Duration::from_millis(700)),
        Err(RecvTimeoutError::Timeout)
    );
    watched.folder.put("a.md", "다");
    watched.expect(&["a.md"], &["b/c.md"]);
    watched.folder.put("b/c.md", "라");
    watched.expect(&["b/c.md"], &[]);

    fs::remove_dir_all(root).unwrap();
    watched.folder.put("a.md", "마");
    watched.expect(&["a.md"], &["b/c.md"]);
    watched.expect_silence();
}

#[test]
fn watch_of_a_single_post_tells_that_post_only() {
    let folder = Folder::with(&[("a.md", "가"), ("b.md", "")]);
    let one = folder.root().join("a.md");
    let library = Arc::new(Library::open_in(&one, folder.places()).unwrap());
    let watched = Watched::with(folder, library, false);
    watched.folder.put("b.md", "나");
    watched.folder.put("c.md", "나");
    watched.folder.put("a.md", "나");
    watched.expect(&["a.md"], &[]);
    fs::remove_file(one).unwrap();
    watched.expect(&[], &["a.md"]);
}

#[cfg(unix)]
#[test]
fn watch_tells_links_with_what_they_lead_to() {
    let folder = Folder::with(&[("a.md", "가"), (".hidden/b.md", "나")]);
    folder.link("a.md", "link.md");
    folder.link(".hidden", "shown");
    let watched = Watched::of(folder, false);
    watched.folder.put("a.md", "다");
    watched.expect(&["a.md", "link.md"], &[]);
    watched.folder.put(".hidden/b.md", "라");
    watched.expect(&["shown/b.md"], &[]);
}

#[test]
fn watch_rescans_when_asked() {
    let watched = Watched::new(&[("a.md", "가")]);
    watched.watch.rescan();
    watched.expect_silence();
    watched.folder.put("a.md", "나");
    watched.watch.rescan();
    watched.expect(&["a.md"], &[]);
    watched.expect_silence();
}

#[test]
fn watch_polls_where_there_are_no_events() {
    let watched = Watched::of(Folder::with(&[("a.md", "가"), ("b/c.md", "나")]), true);
    watched.folder.put("a.md", "다");
    watched.expect(&["a.md"], &[]);
    watched.folder.put("d/e.md", "라");
    watched.expect(&["d/e.md"], &[]);
    fs::remove_file(watched.folder.root().join("b/c.md")).unwrap();
    watched.expect(&[], &["b/c.md"]);
    let saved = watched.library.save(&post("a.md"), "우리 글", &Revision::of("다")).unwrap();
    assert_eq!(saved, Revision::of("우리 글"));
    watched.expect_silence();
}

#[test]
fn watch_goes_over_to_polling_at_the_limit_of_the_system() {
    let watched = Watched::new(&[("a.md", "가")]);
    let limit = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
    watched.watch.messages.send(Message::Event(Err(limit))).unwrap();
    watched.folder.put("a.md", "나");
    watched.expect(&["a.md"], &[]);
    assert!(matches!(watched.watch.watching(), Watching::Polling { why: WhyPolling::Limit, .. }));
    watched.folder.put("b/c.md", "다");
    watched.expect(&["b/c.md"], &[]);
}

#[test]
fn watch_ends_with_a_drop() {
    let Watched { folder, watch, changes, .. } = Watched::new(&[("a.md", "가")]);
    drop(watch);
    folder.put("a.md", "나");
    assert_eq!(changes.recv_timeout(LONG), Err(RecvTimeoutError::Disconnected));
}

#[test]
fn watch_needs_a_folder() {
    let folder = Folder::empty();
    let library = Arc::new(folder.library());
    fs::remove_dir_all(folder.root()).unwrap();
    assert!(matches!(library.watch(|_| {}), Err(WatchError::Missing { .. })));
}

/// Does a few hundred things to a few files, ours and others', and follows the changes told: what
/// they say in the end is what is on the disk.
#[test]
fn watch_keeps_up_with_random_changes() {
    let mut random = Random(20250409);
    let names = ["a.md", "b.md", "가/a.md", "가/나/c.md", "d/a.md", "d/b.md"];
    let folders = ["가", "가/나", "d", "e"];
    let watched = Watched::new(&[]);
    let (folder, library) = (&watched.folder, &watched.library);
    let mut known = BTreeMap::new();
    for round in 0..400 {
        let name = names[random.below(names.len())];
        let (file, text) = (folder.root().join(name), format!("{round}"));
        match random.below(9) {
            0 | 1 => folder.put(name, text),
            2 => {
                folder.put("x.tmp", text);
                if file.parent().is_some_and(Path::is_dir) {
                    fs::rename(folder.root().join("x.tmp"), file).unwrap();
                }
            }
            3 => drop(fs::remove_file(file)),
            4 => drop(fs::rename(file, folder.root().join(names[random.below(names.len())]))),
            5 => {
                let to = folder.root().join(folders[random.below(folders.len())]);
                drop(fs::rename(folder.root().join(folders[random.below(folders.len())]), to));
            }
            6 => drop(fs::remove_dir_all(folder.root().join(folders[random.below(folders.len())]))),
            7 => {
                // Ours: not told, so known at once. Nobody else writes at this moment.
                if let Ok(read) = library.read(&post(name))
                    && let Ok(saved) = library.save(&post(name), &text, &read.revision)
                {
                    known.insert(post(name), saved);
                }
            }
            _ => {
                // Lets the watch come between, as often as not.
                if let Ok(change) = watched.changes.recv_timeout(Duration::from_millis(20)) {
                    follow(library, &mut known, change);
                }
            }
        }
    }
    let on_disk = |library: &Library| -> BTreeMap<PostPath, Revision> {
        let posts = library.scan().posts;
        let texts = library.read_all(&posts);
        posts.into_iter().zip(texts).map(|(post, text)| (post, text.unwrap().revision)).collect()
    };
    while known != on_disk(library) {
        let change = watched.changes.recv_timeout(LONG).expect("the rest is told");
        follow(library, &mut known, change);
    }
}

fn follow(library: &Library, known: &mut BTreeMap<PostPath, Revision>, change: FileChange) {
    for post in change.removed {
        known.remove(&post);
    }
    for post in change.changed {
        match library.read(&post) {
            Ok(text) => drop(known.insert(post, text.revision)),
            Err(_) => drop(known.remove(&post)),
        }
    }
}

/// A small generator of numbers, the same at each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn watch_tells_a_change_of_the_sidecar() {
    for polling in [false, true] {
        let watched = Watched::of(Folder::with(&[("a.md", "가")]), polling);
        let sidecar = || FileChange { sidecar: true, ..FileChange::default() };
        let expect = || watched.changes.recv_timeout(LONG).expect("a change is told");
        watched.folder.put(".dapanji/settings.yml", "labels:");
        assert_eq!(expect(), sidecar(), "made");
        watched.folder.put(".dapanji/settings.yml", "labels: {}");
        assert_eq!(expect(), sidecar(), "changed");
        watched.library.append_sidecar(crate::Sidecar::Keys, "{}\n").unwrap();
        assert_eq!(expect(), sidecar(), "a log that grew");
        fs::remove_dir_all(watched.folder.root().join(".dapanji")).unwrap();
        assert_eq!(expect(), sidecar(), "gone");
        watched.expect_silence();
    }
}

#[test]
fn a_folder_that_vanishes_and_returns_is_told_and_nothing_else() {
    for polling in [false, true] {
        let folder = Folder::with(&[("a.md", "가"), ("하위/b.md", "나")]);
        let library = Arc::new(folder.library());
        let (sender, news) = mpsc::channel();
        let timing = Timing { poll: Duration::from_millis(100), ..Timing::default() };
        let forced = polling.then(|| WhyPolling::FileSystem("nfs4".into()));
        let watch =
            library.watch_with(timing, forced, move |news| drop(sender.send(news))).unwrap();
        let aside = folder.root().with_extension("aside");
        fs::rename(folder.root(), &aside).unwrap();
        assert_eq!(news.recv_timeout(LONG).unwrap(), News::Folder(Presence::Gone));
        fs::rename(&aside, folder.root()).unwrap();
        assert_eq!(news.recv_timeout(LONG).unwrap(), News::Folder(Presence::There));
        // What is there as before is no change; what is written now is one, and told as always.
        folder.put("a.md", "다");
        let change = FileChange { changed: vec![post("a.md")], ..FileChange::default() };
        assert_eq!(news.recv_timeout(LONG).unwrap(), News::Change(change));
        drop(watch);
    }
}
