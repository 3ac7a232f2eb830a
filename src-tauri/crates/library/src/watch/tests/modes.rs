//! How a watch hears of changes, and what it does where no event comes.

use super::*;
use crate::ScanRules;

const QUICK: Timing = Timing {
    quiet: Duration::from_millis(50),
    patience: Duration::from_millis(500),
    settle: Duration::from_millis(50),
    poll: Duration::from_millis(100),
    stamps: Duration::from_secs(3600),
    comparison: Duration::from_secs(3600),
    git: Duration::from_secs(30),
    late: Duration::from_millis(300),
    clock: SYSTEM_CLOCK,
};

/// Watches a folder and passes on all news.
fn watch(library: &Arc<Library>, timing: Timing) -> (Watch, Receiver<News>) {
    let (sender, news) = mpsc::channel();
    let watch = library.watch_with(timing, None, move |news| drop(sender.send(news))).unwrap();
    (watch, news)
}

fn next(news: &Receiver<News>) -> News {
    news.recv_timeout(LONG).expect("there is news")
}

fn edited(path: &str) -> News {
    News::Change(FileChange { changed: vec![post(path)], ..FileChange::default() })
}

/// A post in the folder that is also a file outside it: writing to that one gives no event here.
#[cfg(unix)]
fn with_a_hard_link() -> (Folder, std::path::PathBuf) {
    let folder = Folder::with(&[("a.md", "가"), ("b.md", "나")]);
    let outside = folder.root().with_file_name("outside.md");
    fs::hard_link(folder.root().join("a.md"), &outside).unwrap();
    (folder, outside)
}

#[cfg(unix)]
#[test]
fn watch_finds_without_an_event_what_a_stamp_shows() {
    let (folder, outside) = with_a_hard_link();
    let timing = Timing { stamps: Duration::from_millis(300), ..QUICK };
    let (_watch, news) = watch(&Arc::new(folder.library()), timing);
    crate::testing::put(&outside, "다".as_bytes());
    assert_eq!(next(&news), edited("a.md"), "the timer has it looked for");
}

#[cfg(unix)]
#[test]
fn watch_polls_after_changes_without_events() {
    let (folder, outside) = with_a_hard_link();
    let (watch, news) = watch(&Arc::new(folder.library()), QUICK);
    assert_eq!(watch.watching(), Watching::Events);
    let polling = Watching::Polling { every: QUICK.poll, why: WhyPolling::Silent };
    for round in 0.. {
        crate::testing::put(&outside, format!("{round}").as_bytes());
        watch.rescan();
        // A rescan finds it; the second time that no event has come either, all is said.
        match next(&news) {
            News::Watching(now) => {
                assert_eq!(now, polling, "the owner is told");
                assert!(round > 1, "once may be an accident");
                break;
            }
            change => assert_eq!(change, edited("a.md")),
        }
    }
    assert_eq!(watch.watching(), polling);
    crate::testing::put(&outside, "끝".as_bytes());
    assert_eq!(next(&news), edited("a.md"), "nobody has to ask any more");
}

#[test]
fn watch_compares_contents_at_long_intervals() {
    let folder = Folder::with(&[("a.md", "가"), ("b.md", "나")]);
    let library = Arc::new(folder.library());
    let timing = Timing { comparison: Duration::from_millis(200), ..QUICK };
    let (_watch, news) = watch(&library, timing);
    // What the library takes for known is not what is there: as after an edit that left no trace.
    library.record(&post("b.md"), Revision::of("다른 것"));
    assert_eq!(next(&news), edited("b.md"));
}

/// Set in a process that has few watches to give.
#[cfg(target_os = "linux")]
const LIMITED: &str = "DAPANJI_TEST_WATCHES";

/// Runs a test again in a namespace of its own, where the system gives so many watches.
#[cfg(target_os = "linux")]
fn again_with_limit(test: &str, watches: u32) {
    let program = std::env::current_exe().unwrap();
    let limit = format!("echo {watches} > /proc/sys/user/max_inotify_watches");
    let run = |script: String, arguments: &[&str]| {
        let mut command = std::process::Command::new("unshare");
        command.args(["-Ur", "sh", "-c", &script]).arg(&program).args(arguments);
        command.env(LIMITED, watches.to_string()).output()
    };
    if !run(limit.clone(), &[]).is_ok_and(|output| output.status.success()) {
        // Not allowed on this machine: an error made by hand stands for the limit elsewhere.
        return;
    }
    let output = run(format!("{limit} && exec \"$0\" \"$@\""), &["--exact", test]).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn watch_polls_at_the_real_limit_and_goes_back_when_it_is_raised() {
    if std::env::var_os(LIMITED).is_none() {
        let module = module_path!().split_once("::").unwrap().1;
        let name = "watch_polls_at_the_real_limit_and_goes_back_when_it_is_raised";
        again_with_limit(&format!("{module}::{name}"), 3);
        return;
    }
    let folder = Folder::with(&[("1/a.md", ""), ("2/a.md", ""), ("3/a.md", ""), ("4/a.md", "")]);
    let timing = Timing { stamps: Duration::from_millis(300), ..QUICK };
    let (watch, news) = watch(&Arc::new(folder.library()), timing);
    let limit = Watching::Polling { every: QUICK.poll, why: WhyPolling::Limit };
    assert_eq!(watch.watching(), limit);
    folder.put("4/a.md", "가");
    assert_eq!(next(&news), edited("4/a.md"));
    folder.put("5/a.md", "나");
    assert_eq!(next(&news), edited("5/a.md"));
    crate::testing::put(Path::new("/proc/sys/user/max_inotify_watches"), b"100\n");
    assert_eq!(next(&news), News::Watching(Watching::Events));
    folder.put("4/a.md", "다");
    assert_eq!(next(&news), edited("4/a.md"));
}

#[test]
fn watch_polls_all_kinds_of_changes() {
    let watched = Watched::of(
        Folder::with(&[("a.md", "가"), ("b/c.md", "나"), ("b/d.md", "다"), ("e.md", "라")]),
        true,
    );
    let root = watched.folder.root();
    fs::rename(root.join("b"), root.join("x")).unwrap();
    watched.expect(&["x/c.md", "x/d.md"], &["b/c.md", "b/d.md"]);
    fs::rename(root.join("a.md"), root.join("z.md")).unwrap();
    watched.expect(&["z.md"], &["a.md"]);
    let file = root.join("e.md");
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    watched.folder.put("e.md", "마");
    fs::File::options().write(true).open(file).unwrap().set_modified(modified).unwrap();
    watched.expect(&["e.md"], &[]);
    watched.folder.put(".gitignore", "x/\n");
    watched.expect(&[], &["x/c.md", "x/d.md"]);
    fs::remove_dir_all(root).unwrap();
    watched.folder.put("z.md", "새로");
    watched.expect(&["z.md"], &["e.md"]);
}

#[test]
fn watch_follows_the_rules_of_what_counts() {
    for polling in [false, true] {
        let watched = Watched::of(
            Folder::with(&[
                (".gitignore", "_drafts/\n"),
                ("a.md", "가"),
                ("_drafts/b.md", "나"),
                (".notes/c.md", "다"),
            ]),
            polling,
        );
        watched.expect_silence();
        let rules = ScanRules::default().including("_drafts").unwrap();
        let rules = rules.including(".notes").unwrap().including(".later/면접").unwrap();
        watched.library.set_scan_rules(rules);
        watched.expect(&[".notes/c.md", "_drafts/b.md"], &[]);
        watched.folder.put(".notes/새/d.md", "라");
        watched.expect(&[".notes/새/d.md"], &[]);
        watched.folder.put("_drafts/b.md", "마");
        watched.expect(&["_drafts/b.md"], &[]);
        // A folder that comes after it was named.
        watched.folder.put(".later/다른/f.md", "바");
        watched.folder.put(".later/면접/e.md", "바");
        watched.expect(&[".later/면접/e.md"], &[]);
        watched.library.set_scan_rules(ScanRules::default());
        watched.expect(&[], &[".later/면접/e.md", ".notes/c.md", ".notes/새/d.md", "_drafts/b.md"]);
    }
}

#[cfg(unix)]
#[test]
fn watch_tells_what_cannot_be_looked_at() {
    let folder = Folder::with(&[("a.md", "가")]);
    folder.link("gone.md", "link.md");
    let library = Arc::new(folder.library());
    assert_eq!(library.scan().unreadable.len(), 1);
    let (_watch, news) = watch(&library, QUICK);
    let unreadable = |paths: &[&str]| FileChange {
        unreadable: paths.iter().map(|path| (*path).to_owned()).collect(),
        ..FileChange::default()
    };
    folder.pipe("pipe.md");
    assert_eq!(next(&news), News::Change(unreadable(&["pipe.md"])));
    assert_eq!(library.out_of_reach()[1].1, "not a regular file");
    folder.put("gone.md", "이제 있다");
    let both =
        FileChange { changed: vec![post("gone.md"), post("link.md")], ..unreadable(&["link.md"]) };
    assert_eq!(next(&news), News::Change(both));
    fs::remove_file(folder.root().join("pipe.md")).unwrap();
    assert_eq!(next(&news), News::Change(unreadable(&["pipe.md"])));
    assert!(library.out_of_reach().is_empty());
}
