use super::*;
use crate::testing::Folder;

/// Compares the scan of a folder: posts, then unreadable ones as `path: reason`.
#[track_caller]
fn check(folder: &Folder, posts: &[&str], unreadable: &[&str]) {
    check_by(ScanRules::default(), folder, posts, unreadable);
}

#[track_caller]
fn check_by(rules: ScanRules, folder: &Folder, posts: &[&str], unreadable: &[&str]) {
    let library = folder.library();
    library.set_scan_rules(rules);
    let scan = library.scan();
    let found: Vec<&str> = scan.posts.iter().map(|post| post.as_str()).collect();
    assert_eq!(found, posts);
    let refused: Vec<String> = scan
        .unreadable
        .iter()
        .map(|refused| format!("{}: {}", refused.path, refused.reason))
        .collect();
    assert_eq!(refused, unreadable);
}

#[test]
fn finds_posts_by_their_extension() {
    let folder = Folder::with(&[
        ("a.md", ""),
        ("b.markdown", ""),
        ("c.mdown", ""),
        ("d.mdx", ""),
        ("E.MD", ""),
        ("x.txt", ""),
        ("md", ""),
        ("x.md.bak", ""),
        ("_posts/2025/a.md", ""),
        ("folder.md/b.md", ""),
    ]);
    check(
        &folder,
        &["E.MD", "_posts/2025/a.md", "a.md", "b.markdown", "c.mdown", "d.mdx", "folder.md/b.md"],
        &[],
    );
}

#[test]
fn takes_names_as_they_are() {
    let long = format!("{}.md", "가".repeat(65));
    let names = [
        "#%&+.md",
        "2025-04-09-면접 질문.md",
        "[a] (b) {c}.md",
        "a  b .md",
        "\u{1106}\u{1167}\u{11ab}\u{110c}\u{1165}\u{11b8}.md",
        "면접.md",
        &long,
    ];
    let folder = Folder::empty();
    for name in names {
        folder.put(name, name);
    }
    let library = folder.library();
    let scan = library.scan();
    assert_eq!(scan.posts.len(), names.len(), "decomposed and composed names are two files");
    for post in &scan.posts {
        let read = library.read(post).unwrap();
        assert_eq!(read.text, post.as_str());
        library.save(post, "고친 글", &read.revision).unwrap();
        assert_eq!(folder.text(post.as_str()), "고친 글");
    }
    assert_eq!(library.scan().posts, scan.posts);
}

#[test]
fn leaves_out_what_holds_no_posts() {
    let folder = Folder::with(&[
        (".dapanji/a.md", ""),
        (".dapanji-x.tmp", ""),
        (".hidden.md", ""),
        (".obsidian/a.md", ""),
        ("_site/a.md", ""),
        ("b/_site/a.md", ""),
        ("b/node_modules/x/readme.md", ""),
        ("b/c.md", ""),
    ]);
    check(&folder, &["b/c.md"], &[]);
}

#[test]
fn leaves_out_what_git_ignores() {
    let files = [
        (".gitignore", "ignored/\n*.draft.md\n!kept.draft.md\n"),
        ("a.draft.md", ""),
        ("a.md", ""),
        ("b/.gitignore", "/only-here.md\n"),
        ("b/ignored/x.md", ""),
        ("b/kept.draft.md", ""),
        ("b/only-here.md", ""),
        ("only-here.md", ""),
    ];
    let expect = ["a.md", "b/kept.draft.md", "only-here.md"];
    let folder = Folder::with(&files);
    check(&folder, &expect, &[]);
    folder.put(".git/HEAD", "");
    check(&folder, &expect, &[]);
}

#[cfg(unix)]
#[test]
fn rules_that_are_no_file_are_not_waited_for() {
    let rest = [("_posts/b.md", ""), ("c/d.md", ""), ("c/e/f.md", ""), ("c/e/.gitignore", "g.md")];
    let all = ["_posts/b.md", "a.md", "c/d.md", "c/e/f.md"];
    let reason = "not a regular file";
    for at in ["", "_posts/", "c/"] {
        let folder = Folder::with(&[("a.md", "")]);
        rest.iter().for_each(|(path, text)| folder.put(path, text));
        folder.pipe(&format!("{at}.gitignore"));
        check(&folder, &all, &[&format!("{at}.gitignore: {reason}")]);
        folder.library().create(&crate::testing::post(&format!("{at}new.md")), "").unwrap();
    }
    let folder = Folder::with(&[("a.md", "")]);
    folder.link("/dev/zero", ".gitignore");
    check(&folder, &["a.md"], &[&format!(".gitignore: {reason}")]);
    let folder = Folder::with(&[("a.md", "")]);
    folder.put_sparse(".gitignore", MOST_RULES + 1);
    check(&folder, &["a.md"], &[&format!(".gitignore: {reason}")]);
    let folder = Folder::with(&[("a.md", ""), ("b.md", ""), ("rules", "b.md\n")]);
    folder.link("rules", ".gitignore");
    check(&folder, &["a.md"], &[]);
}

#[test]
fn a_rule_above_the_folder_hides_nothing_in_it() {
    let folder = Folder::with(&[("notes/a.md", ""), ("notes/b.md", ""), ("notes/c/d.md", "")]);
    folder.put(".gitignore", "notes/*\n*.md\n");
    folder.put("notes/.gitignore", "b.md\n");
    let library = crate::Library::open_in(&folder.root().join("notes"), folder.places()).unwrap();
    let names = || library.scan().posts.iter().map(|post| post.to_string()).collect::<Vec<_>>();
    assert_eq!(names(), ["a.md", "c/d.md"]);
    folder.put(".git/HEAD", "");
    assert_eq!(names(), ["a.md", "c/d.md"], "nor does it in a repository");
}

/// One of each kind that is left out by default.
fn with_what_is_left_out() -> Folder {
    Folder::with(&[
        (".dapanji/a.md", ""),
        (".git/a.md", ""),
        (".gitignore", "private/\n_drafts/*.md\n"),
        (".notes/a.md", ""),
        (".notes/.b.md", ""),
        (".notes/면접/c.md", ""),
        ("_drafts/d.md", ""),
        ("_site/e.md", ""),
        ("f.md", ""),
        ("node_modules/g.md", ""),
        ("private/.gitignore", "*\n"),
        ("private/h.md", ""),
        ("private/node_modules/i.md", ""),
        ("private/가/j.md", ""),
    ])
}

#[test]
fn takes_what_git_ignores_if_that_is_set() {
    let rules = ScanRules::default().with_ignored(true);
    let expect = ["_drafts/d.md", "f.md", "private/h.md", "private/가/j.md"];
    check_by(rules, &with_what_is_left_out(), &expect, &[]);
}

#[test]
fn takes_what_is_hidden_if_that_is_set() {
    let rules = ScanRules::default().with_hidden(true);
    let expect = [".notes/.b.md", ".notes/a.md", ".notes/면접/c.md", "f.md"];
    check_by(rules, &with_what_is_left_out(), &expect, &[]);
}

#[test]
fn takes_a_folder_that_is_named() {
    let folder = with_what_is_left_out();
    let check = |names: &[&str], expect: &[&str]| {
        let named = |rules: ScanRules, name: &&str| rules.including(name).unwrap();
        check_by(names.iter().fold(ScanRules::default(), named), &folder, expect, &[]);
    };
    check(&["private"], &["f.md", "private/h.md", "private/가/j.md"]);
    check(&["private/가"], &["f.md", "private/가/j.md"]);
    check(&[".notes", "_site"], &[".notes/a.md", ".notes/면접/c.md", "_site/e.md", "f.md"]);
    check(&[".notes/면접", ".notes"], &[".notes/a.md", ".notes/면접/c.md", "f.md"]);
    check(&["_drafts", "gone"], &["_drafts/d.md", "f.md"]);
    check(&["f.md"], &["f.md"]);
}

/// What a scan leaves out can't be made either: it would vanish at the next look.
#[test]
fn a_post_is_left_out_by_its_name_just_as_a_scan_does() {
    let named = |name| ScanRules::default().including(name).unwrap();
    for rules in [
        ScanRules::default(),
        ScanRules::default().with_ignored(true),
        ScanRules::default().with_hidden(true),
        named("private"),
        named("private/가"),
        named("_site").including("_drafts").unwrap(),
    ] {
        let folder = with_what_is_left_out();
        folder.put("b/.gitignore", "*.md\n!keep.md\n/only/\n");
        let more = ["b/a.md", "b/keep.md", "b/c/d.md", "b/c/keep.md", "b/only/keep.md"];
        more.iter().for_each(|path| folder.put(path, ""));
        let library = folder.library();
        library.set_scan_rules(rules.clone());
        let found = library.scan().posts;
        let all = [
            ".dapanji/a.md",
            ".git/a.md",
            ".notes/a.md",
            ".notes/.b.md",
            ".notes/면접/c.md",
            "_drafts/d.md",
            "_site/e.md",
            "f.md",
            "node_modules/g.md",
            "private/h.md",
            "private/node_modules/i.md",
            "private/가/j.md",
        ];
        for path in all.iter().chain(&more) {
            let post = crate::testing::post(path);
            assert_eq!(leaves_out(&library, &post), !found.contains(&post), "{path} {rules:?}");
            let made = library.create(&post, "새 글");
            let left_out = matches!(made, Err(crate::SaveError::LeftOut { .. }));
            assert_eq!(left_out, !found.contains(&post), "{path} {made:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn no_folder_that_is_named_leads_out() {
    let outside = Folder::with(&[("secret.md", "")]);
    let folder = Folder::with(&[("a.md", ""), (".notes/b.md", "")]);
    folder.link(outside.root(), ".out");
    folder.link(".notes", ".in");
    let named = ScanRules::default().including(".out").unwrap().including(".in").unwrap();
    let reason = ".out: a link that leads out of the folder";
    check_by(named, &folder, &[".in/b.md", "a.md"], &[reason]);
}

#[test]
fn an_empty_folder_has_no_posts() {
    check(&Folder::empty(), &[], &[]);
}

#[cfg(unix)]
#[test]
fn follows_links_inside_and_survives_loops() {
    let outside = Folder::with(&[("secret.md", ""), ("x.txt", "")]);
    let folder = Folder::with(&[("a/b.md", ""), ("a/.hidden/h.md", "")]);
    folder.link("..", "a/up");
    folder.link("a", "again");
    folder.link("b.md", "a/link.md");
    folder.link("a/.hidden", "shown");
    folder.link(outside.root(), "out");
    folder.link(outside.root().join("secret.md"), "out.md");
    folder.link(outside.root().join("x.txt"), "x.txt");
    folder.link("gone.md", "dangling.md");
    folder.link("gone", "dangling");
    let scan = folder.library().scan();
    for expect in ["a/b.md", "a/link.md", "again/b.md", "shown/h.md"] {
        assert!(scan.posts.iter().any(|post| post.as_str() == expect), "{expect}");
    }
    assert!(scan.posts.iter().all(|post| !post.as_str().contains("out")));
    let refused: Vec<String> = scan.unreadable.iter().map(|refused| refused.path.clone()).collect();
    assert_eq!(refused, ["dangling.md", "out", "out.md"]);
    assert!(scan.posts.len() < 20, "a loop ends where it began: {:?}", scan.posts);
}

#[cfg(target_os = "linux")]
#[test]
fn lists_what_it_cannot_take_with_the_reason() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = Folder::with(&[("line\nend.md", ""), ("ok.md", "")]);
    folder.pipe("pipe.md");
    let name = OsStr::from_bytes(b"\xb0\xa1.md");
    crate::testing::put(&folder.root().join(name), b"");
    check(
        &folder,
        &["ok.md"],
        &[
            "line\nend.md: \"line\\nend.md\" holds a character that a post's name cannot have",
            "pipe.md: not a regular file",
            "\u{fffd}\u{fffd}.md: the name is not UTF-8",
        ],
    );
}
