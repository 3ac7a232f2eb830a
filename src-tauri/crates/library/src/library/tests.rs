use super::*;
use crate::testing::{Folder, post};

#[test]
fn opens_a_folder_or_a_post() {
    let folder = Folder::with(&[("_posts/a.md", "가"), ("_posts/b.md", "나"), ("c.txt", "")]);
    let whole = folder.library();
    assert_eq!(whole.root(), folder.root());
    assert_eq!(whole.single_post(), None);
    assert_eq!(whole.key(), folder.library().key(), "the same at each start");

    let one = Library::open_in(&folder.root().join("_posts/a.md"), folder.places()).unwrap();
    assert_eq!(one.root(), folder.root().join("_posts"));
    assert_eq!(one.name(), "a.md");
    assert_eq!(one.scan().posts, [post("a.md")]);
    assert_ne!(one.key(), whole.key(), "its index holds other posts than the folder's");
    assert_eq!(one.read(&post("a.md")).unwrap().text, "가");
    assert!(matches!(one.read(&post("b.md")), Err(ReadError::Outside { .. })));
}

#[test]
fn says_why_it_cannot_open() {
    let folder = Folder::with(&[("c.txt", "")]);
    let check = |name: &str, expect: &str| {
        let path = folder.root().join(name);
        let error = Library::open_in(&path, folder.places()).unwrap_err().to_string();
        assert_eq!(error.replace(&path.display().to_string(), "X"), expect);
    };
    check("d", "cannot open X: there is no such folder or file");
    check("c.txt/d", "cannot open X: there is no such folder or file");
    check("c.txt", "cannot open X: it is neither a folder nor a markdown file");
}

#[test]
fn reads_every_byte() {
    let check = |text: &str| {
        let folder = Folder::with(&[("a.md", text)]);
        let read = folder.library().read(&post("a.md")).unwrap();
        assert_eq!((read.text.as_str(), read.encoding), (text, Encoding::Utf8));
        assert_eq!(read.revision, Revision::of(text));
    };
    check("");
    check("\u{feff}---\r\ntitle: 가\r\n---  \r\n\u{200b}\u{a0}끝 ");
    check("\u{1100}\u{1161}\0\u{1b}");
}

#[test]
fn says_why_it_cannot_read() {
    let folder = Folder::with(&[("a.md", "x"), ("folder.md/b.md", "")]);
    folder.put("latin.md", b"caf\xe9");
    folder.put_sparse("large.md", MAX_POST_BYTES + 1);
    folder.put_sparse("limit.md", MAX_POST_BYTES);
    let library = folder.library();
    let check = |name: &str, expect: &str| match library.read(&post(name)) {
        Ok(_) => assert_eq!("read", expect, "{name}"),
        Err(error) => assert_eq!(error.to_string(), expect),
    };
    check("gone.md", "cannot read gone.md: there is no such file");
    check("a.md/b.md", "cannot read a.md/b.md: there is no such file");
    check(
        "latin.md",
        "cannot read latin.md: it is not UTF-8 from byte 3 on, and not CP949 or UTF-16 either",
    );
    check("large.md", "cannot read large.md: 20971521 bytes are more than 20971520");
    check("limit.md", "read");
    check("folder.md", "cannot read folder.md");
}

#[test]
fn reads_many_in_their_order() {
    let folder = Folder::empty();
    let paths: Vec<PostPath> = (0..200).map(|n| post(&format!("{n}.md"))).collect();
    for path in &paths {
        folder.put(path.as_str(), path.as_str());
    }
    let texts = folder.library().read_all(&paths);
    for (path, text) in paths.iter().zip(texts) {
        assert_eq!(text.unwrap().text, path.as_str());
    }
}

#[cfg(unix)]
#[test]
fn follows_links_inside_the_folder_only() {
    let outside = Folder::with(&[("secret.md", "비밀")]);
    let folder = Folder::with(&[("a/b.md", "안")]);
    folder.link("a", "inside");
    folder.link(outside.root(), "out");
    folder.link(outside.root().join("secret.md"), "out.md");
    folder.link("loop.md", "loop.md");
    folder.put(".git/config", "[core]");
    folder.put(".git/notes.md", "안");
    folder.put(".dapanji/settings.yml", "");
    folder.link(".git/config", "config.md");
    folder.link(".git", "git");
    folder.link(".dapanji/settings.yml", "settings.md");
    let library = folder.library();
    assert_eq!(library.read(&post("inside/b.md")).unwrap().text, "안");
    for name in
        ["out/secret.md", "out.md", ".git/notes.md", "config.md", "git/notes.md", "settings.md"]
    {
        assert!(matches!(library.read(&post(name)), Err(ReadError::Outside { .. })), "{name}");
    }
    assert!(matches!(library.read(&post("loop.md")), Err(ReadError::Io { .. })));
}

#[cfg(unix)]
#[test]
fn does_not_wait_for_a_pipe() {
    let folder = Folder::empty();
    folder.pipe("a.md");
    assert!(matches!(folder.library().read(&post("a.md")), Err(ReadError::Io { .. })));
}
