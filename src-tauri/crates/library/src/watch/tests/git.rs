//! What git does to the folder, with a real git.

use std::process::Command;

use super::*;

fn git(folder: &Folder, arguments: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=me",
            "-c",
            "user.email=me@example.org",
            "-c",
            "core.autocrlf=false",
        ])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .current_dir(folder.root())
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
}

fn commit(folder: &Folder, message: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", message]);
}

/// A repository on the branch `main`, with `files` in it.
fn repository(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::with(files);
    git(&folder, &["init", "-q"]);
    commit(&folder, "처음");
    folder
}

#[test]
fn watch_tells_a_checkout_of_a_thousand_files_as_one_change() {
    let name = |n: usize| format!("_posts/{}/{n:04}.md", n % 10);
    let names: Vec<String> = (0..1000).map(name).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "가")).collect();
    let folder = repository(&files);
    git(&folder, &["checkout", "-q", "-b", "other"]);
    // 800 others, 100 gone, 100 new, one folder renamed: of 100 files, 80 of which are others.
    for name in names.iter().skip(200) {
        folder.put(name, format!("나 {name}"));
    }
    for name in names.iter().take(100) {
        fs::remove_file(folder.root().join(name)).unwrap();
    }
    for n in 0..100 {
        folder.put(&format!("새 글/{n:02}.md"), "새");
    }
    fs::rename(folder.root().join("_posts/7"), folder.root().join("_posts/일곱")).unwrap();
    commit(&folder, "다른 가지");
    git(&folder, &["checkout", "-q", "main"]);

    let watched = Watched::of(folder, false);
    let on_disk = || -> BTreeMap<PostPath, Revision> {
        let posts = watched.folder.library().scan().posts;
        let texts = watched.folder.library().read_all(&posts);
        posts.into_iter().zip(texts).map(|(post, text)| (post, text.unwrap().revision)).collect()
    };
    let mut known = on_disk();
    for branch in ["other", "main"] {
        git(&watched.folder, &["checkout", "-q", branch]);
        let now = on_disk();
        let change = watched.changes.recv_timeout(LONG).expect("a change is told");
        let changed: Vec<PostPath> = now
            .iter()
            .filter(|(post, revision)| known.get(post) != Some(revision))
            .map(|(post, _)| post.clone())
            .collect();
        let removed: Vec<PostPath> =
            known.keys().filter(|post| !now.contains_key(post)).cloned().collect();
        assert!(changed.len() + removed.len() > 1000, "{} {}", changed.len(), removed.len());
        assert_eq!(change, FileChange { changed, removed, ..FileChange::default() });
        known = now;
    }
    watched.expect_silence();
}

#[test]
fn watch_tells_what_git_brings_and_takes() {
    let watched = Watched::of(
        repository(&[("a.md", "하나\n둘\n셋\n"), ("b/c.md", "가\n"), ("b/d.md", "나\n")]),
        false,
    );
    let folder = &watched.folder;
    folder.put("a.md", "하나\n둘\n셋 고침\n");
    watched.expect(&["a.md"], &[]);
    git(folder, &["stash", "-q"]);
    watched.expect(&["a.md"], &[]);
    git(folder, &["stash", "pop", "-q"]);
    watched.expect(&["a.md"], &[]);
    commit(folder, "여기");
    git(folder, &["checkout", "-q", "-b", "other", "HEAD~1"]);
    watched.expect(&["a.md"], &[]);
    git(folder, &["mv", "b", "다른 폴더"]);
    watched.expect(&["다른 폴더/c.md", "다른 폴더/d.md"], &["b/c.md", "b/d.md"]);
    folder.put("a.md", "하나 고침\n둘\n셋\n");
    watched.expect(&["a.md"], &[]);
    commit(folder, "저기");
    git(folder, &["checkout", "-q", "main"]);
    watched.expect(&["a.md", "b/c.md", "b/d.md"], &["다른 폴더/c.md", "다른 폴더/d.md"]);
    git(folder, &["merge", "-q", "--no-edit", "other"]);
    watched.expect(&["a.md", "다른 폴더/c.md", "다른 폴더/d.md"], &["b/c.md", "b/d.md"]);
    git(folder, &["reset", "-q", "--hard", "HEAD~1"]);
    watched.expect(&["a.md", "b/c.md", "b/d.md"], &["다른 폴더/c.md", "다른 폴더/d.md"]);
    git(folder, &["rebase", "-q", "other"]);
    watched.expect(&["a.md", "다른 폴더/c.md", "다른 폴더/d.md"], &["b/c.md", "b/d.md"]);
    git(folder, &["rm", "-q", "다른 폴더/c.md"]);
    watched.expect(&[], &["다른 폴더/c.md"]);
    git(folder, &["clean", "-fdq"]);
    git(folder, &["gc", "-q"]);
    watched.expect_silence();
}

#[test]
fn watch_waits_for_git_and_not_for_ever() {
    let folder = Folder::with(&[(".git/HEAD", ""), ("a.md", "가"), ("b.md", "나")]);
    let library = Arc::new(folder.library());
    let (sender, changes) = mpsc::channel();
    let timing = Timing { git: Duration::from_secs(2), ..Timing::default() };
    let tell = move |news| drop(sender.send(news));
    let _watch = library.watch_with(timing, None, tell).unwrap();
    let expect = |changed: &[&str]| {
        let changed = changed.iter().map(|path| post(path)).collect();
        let change = FileChange { changed, ..FileChange::default() };
        assert_eq!(changes.recv_timeout(LONG).expect("told"), News::Change(change));
    };
    folder.put(".git/index.lock", "");
    folder.put("a.md", "다");
    assert!(changes.recv_timeout(Duration::from_millis(600)).is_err(), "git is at work");
    folder.put("b.md", "라");
    fs::remove_file(folder.root().join(".git/index.lock")).unwrap();
    expect(&["a.md", "b.md"]);

    // One that a killed git has left.
    folder.put(".git/index.lock", "");
    folder.put("a.md", "마");
    expect(&["a.md"]);
    let asked = std::time::Instant::now();
    folder.put("a.md", "바");
    expect(&["a.md"]);
    assert!(asked.elapsed() < timing.git, "it is not waited for again");
}
