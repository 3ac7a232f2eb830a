use std::fs::{self, File};
use std::sync::Arc;
use std::thread;

use super::*;
use crate::testing::{Folder, post};

const OLD: &str = "---\r\ntitle: 가\r\n---\r\n\r\n### 답변  \r\n";
const NEW: &str = "---\r\ntitle: 가\r\n---\r\n\r\n### 답변  \r\n동시성을 낮춘다.\r\n";

/// Saves [`NEW`] at `path` where [`OLD`] is the base, and compares the outcome's message.
#[track_caller]
fn check(folder: &Folder, path: &str, expect: &str) {
    let outcome = folder.library().save(&post(path), NEW, &Revision::of(OLD));
    match outcome {
        Ok(revision) => {
            assert_eq!("saved", expect);
            assert_eq!(revision, Revision::of(NEW));
            assert_eq!(folder.text(path), NEW);
        }
        Err(error) => assert_eq!(error.to_string(), expect),
    }
    let names = folder.names();
    assert!(names.iter().all(|name| !name.starts_with(".dapanji")), "leftovers: {names:?}");
}

#[test]
fn replaces_the_text_and_keeps_the_old_one() {
    let folder = Folder::with(&[("글/a b.md", OLD)]);
    check(&folder, "글/a b.md", "saved");
    let library = folder.library();
    let versions = library.history(&post("글/a b.md")).unwrap();
    assert_eq!(
        versions.iter().map(|version| version.revision).collect::<Vec<_>>(),
        [Revision::of(OLD)]
    );
    assert_eq!(library.version(&Revision::of(OLD)).unwrap(), OLD.as_bytes());
}

#[test]
fn refuses_to_overwrite_what_it_has_not_seen() {
    let folder = Folder::with(&[("a.md", "남의 글")]);
    let disk = Revision::of("남의 글");
    let message = format!("cannot save a.md: it has changed on disk to revision {disk}");
    check(&folder, "a.md", &message);
    assert_eq!(folder.text("a.md"), "남의 글");
    assert_eq!(folder.library().history(&post("a.md")).unwrap(), []);
}

#[test]
fn sees_a_change_of_the_same_length_and_time() {
    let folder = Folder::with(&[("a.md", "가")]);
    let library = folder.library();
    let base = library.read(&post("a.md")).unwrap().revision;
    let times = fs::metadata(folder.root().join("a.md")).unwrap().modified().unwrap();
    folder.put("a.md", "나");
    File::options()
        .write(true)
        .open(folder.root().join("a.md"))
        .unwrap()
        .set_modified(times)
        .unwrap();
    let error = library.save(&post("a.md"), "다", &base).unwrap_err();
    assert!(matches!(error, SaveError::Conflict { disk, .. } if disk == Revision::of("나")));
}

#[test]
fn an_identical_text_is_not_written_again() {
    let folder = Folder::with(&[("a.md", NEW)]);
    let file = folder.root().join("a.md");
    let before = fs::metadata(&file).unwrap();
    check(&folder, "a.md", "saved");
    let after = fs::metadata(&file).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        assert_eq!(before.ino(), after.ino());
    }
    assert!(!folder.library().history_dir().exists());
}

#[test]
fn does_not_make_a_vanished_file_or_folder_again() {
    let message = |path| format!("cannot save {path}: the file or its folder is gone");
    let folder = Folder::with(&[("a/b.md", OLD), ("c.md", OLD)]);
    fs::remove_dir_all(folder.root().join("a")).unwrap();
    check(&folder, "a/b.md", &message("a/b.md"));
    fs::remove_file(folder.root().join("c.md")).unwrap();
    check(&folder, "c.md", &message("c.md"));
    assert_eq!(folder.names(), [""; 0]);

    let library = folder.library();
    fs::remove_dir_all(folder.root()).unwrap();
    let gone = format!("cannot save c.md: the folder {} is gone", folder.root().display());
    for error in [
        library.save(&post("c.md"), NEW, &Revision::of(OLD)).unwrap_err(),
        library.create(&post("c.md"), NEW).unwrap_err(),
    ] {
        assert_eq!(error.to_string(), gone);
    }
    assert!(!folder.root().exists(), "the root may be a drive that comes back");
}

#[test]
fn a_read_only_file_stays() {
    let folder = Folder::with(&[("a.md", OLD)]);
    let file = folder.root().join("a.md");
    let mut permissions = fs::metadata(&file).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file, permissions).unwrap();
    check(&folder, "a.md", "cannot save a.md: the file is read-only");
    assert_eq!(folder.text("a.md"), OLD);
}

#[test]
fn a_history_that_cannot_be_kept_stops_the_save() {
    let folder = Folder::with(&[("a.md", OLD)]);
    // A file where the history's folder should be fails for everybody, administrators included.
    let history = folder.library().history_dir();
    crate::testing::put(history.parent().unwrap(), b"");
    let error = folder.library().save(&post("a.md"), NEW, &Revision::of(OLD)).unwrap_err();
    assert!(
        matches!(&error, SaveError::Place { place, .. } if place.starts_with(&history)),
        "{error}"
    );
    assert_eq!(folder.text("a.md"), OLD);
    assert_eq!(folder.names(), ["a.md"]);
}

#[test]
fn a_text_too_large_to_be_read_again_is_not_written() {
    let folder = Folder::with(&[("a.md", OLD)]);
    let text = "x".repeat(usize::try_from(MAX_POST_BYTES).unwrap() + 1);
    for error in [
        folder.library().save(&post("a.md"), &text, &Revision::of(OLD)).unwrap_err(),
        folder.library().create(&post("b.md"), &text).unwrap_err(),
    ] {
        assert!(matches!(error, SaveError::TooLarge { bytes, .. } if bytes == MAX_POST_BYTES + 1));
    }
    assert_eq!(folder.names(), ["a.md"]);
}

#[cfg(unix)]
#[test]
fn keeps_permissions_owner_and_links() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

    let folder = Folder::with(&[("real/a.md", OLD)]);
    let file = folder.root().join("real/a.md");
    for mode in [0o600, 0o640, 0o664, 0o777] {
        folder.put("real/a.md", OLD);
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        check(&folder, "real/a.md", "saved");
        assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, mode, "{mode:o}");
    }
    // Only an administrator can make a file of somebody else for this test.
    folder.put("real/a.md", OLD);
    if std::os::unix::fs::chown(&file, Some(12345), Some(12345)).is_ok() {
        check(&folder, "real/a.md", "saved");
        let after = fs::metadata(&file).unwrap();
        assert_eq!((after.uid(), after.gid()), (12345, 12345));
    }

    folder.put("real/a.md", OLD);
    folder.link("real/a.md", "link.md");
    folder.link("real", "folder");
    check(&folder, "link.md", "saved");
    assert_eq!(fs::read_link(folder.root().join("link.md")).unwrap(), Path::new("real/a.md"));
    assert_eq!(folder.text("real/a.md"), NEW);
    folder.put("real/a.md", OLD);
    check(&folder, "folder/a.md", "saved");
    assert_eq!(folder.text("real/a.md"), NEW);
}

#[cfg(target_os = "linux")]
#[test]
fn keeps_extended_attributes_and_access_lists() {
    use rustix::buffer::spare_capacity;
    use rustix::fs::{XattrFlags, getxattr, removexattr, setxattr};

    const ACCESS: &str = "system.posix_acl_access";
    let set = |path: &Path, name: &str, value: &[u8]| {
        setxattr(path, name, value, XattrFlags::empty()).is_ok()
    };
    let get = |path: &Path, name: &str| {
        let mut value = Vec::with_capacity(1000);
        getxattr(path, name, spare_capacity(&mut value)).ok().map(|_| value)
    };
    let folder = Folder::with(&[("a.md", OLD)]);
    let file = folder.root().join("a.md");
    // Not every file system has them.
    if set(&file, "user.comment", "내 것".as_bytes()) {
        assert!(set(&file, "user.nothing", b""));
        check(&folder, "a.md", "saved");
        assert_eq!(get(&file, "user.comment").as_deref(), Some("내 것".as_bytes()));
        assert_eq!(get(&file, "user.nothing").as_deref(), Some(&b""[..]));
    }

    // rw for the owner, r for user 12345, nothing for the group, r at the most, nothing for others.
    let entries =
        [(1, 6, u32::MAX), (2, 4, 12345), (4, 0, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, rights, who) in entries {
        list.extend(u16::to_le_bytes(tag));
        list.extend(u16::to_le_bytes(rights));
        list.extend(u32::to_le_bytes(who));
    }
    if set(&file, ACCESS, &list) {
        folder.put("a.md", OLD);
        check(&folder, "a.md", "saved");
        assert_eq!(get(&file, ACCESS), Some(list.clone()));

        // What the folder gives to new files is not given to one that was there before.
        removexattr(&file, ACCESS).unwrap();
        folder.put("a.md", OLD);
        assert!(set(folder.root(), "system.posix_acl_default", &list));
        check(&folder, "a.md", "saved");
        assert_eq!(get(&file, ACCESS), None);
    }
}

#[cfg(unix)]
#[test]
fn never_writes_outside_the_folder() {
    let outside = Folder::with(&[("secret.md", OLD)]);
    let folder = Folder::empty();
    folder.link(outside.root(), "out");
    folder.link(outside.root().join("secret.md"), "out.md");
    folder.link(outside.root().join("new.md"), "new.md");
    for path in ["out/secret.md", "out.md"] {
        check(&folder, path, &format!("cannot save {path}: it leads out of the folder"));
    }
    let library = folder.library();
    let error = library.create(&post("out/new.md"), NEW).unwrap_err();
    assert_eq!(error.to_string(), "cannot save out/new.md: it leads out of the folder");
    let error = library.create(&post("out/a/b/new.md"), NEW).unwrap_err();
    assert_eq!(error.to_string(), "cannot save out/a/b/new.md: it leads out of the folder");
    let error = library.create(&post("new.md"), NEW).unwrap_err();
    assert_eq!(error.to_string(), "cannot create new.md: it exists already");
    assert_eq!(outside.names(), ["secret.md"]);
    assert_eq!(outside.text("secret.md"), OLD);
}

#[test]
fn leftovers_of_a_killed_process_are_deleted_when_old() {
    let folder = Folder::with(&[("a.md", OLD), (".dapanji-old.tmp", ""), (".dapanji-new.tmp", "")]);
    let old = File::options().write(true).open(folder.root().join(".dapanji-old.tmp")).unwrap();
    let modified = old.metadata().unwrap().modified().unwrap();
    old.set_modified(modified - std::time::Duration::from_secs(7200)).unwrap();
    folder.library().save(&post("a.md"), NEW, &Revision::of(OLD)).unwrap();
    assert_eq!(folder.names(), [".dapanji-new.tmp", "a.md"]);
}

#[test]
fn creates_a_post_once() {
    let folder = Folder::with(&[("a.md", OLD)]);
    let library = folder.library();
    let check = |path: &str, expect: &str| match library.create(&post(path), NEW) {
        Ok(revision) => {
            assert_eq!("created", expect);
            assert_eq!(revision, Revision::of(folder.text(path)));
        }
        Err(error) => assert_eq!(error.to_string(), expect),
    };
    check("_posts/2025/새 글.md", "created");
    check("_posts/2025/새 글.md", "cannot create _posts/2025/새 글.md: it exists already");
    check("a.md", "cannot create a.md: it exists already");
    check("a.md/b.md", "cannot save a.md/b.md");
    check(".hidden/a.md", "cannot create .hidden/a.md: posts are not looked for there");
    check("_site/a.md", "cannot create _site/a.md: posts are not looked for there");
    assert_eq!(folder.text("a.md"), OLD);
    assert_eq!(folder.names(), ["_posts", "a.md"]);
}

#[cfg(unix)]
#[test]
fn a_new_post_can_be_read_by_those_who_read_other_files() {
    use std::os::unix::fs::MetadataExt as _;

    let folder = Folder::with(&[("a.md", OLD)]);
    folder.library().create(&post("b.md"), NEW).unwrap();
    let mode = |name: &str| fs::metadata(folder.root().join(name)).unwrap().mode();
    assert_eq!(mode("b.md"), mode("a.md"));
}

#[test]
fn a_single_post_can_be_saved_and_nothing_else_made() {
    let folder = Folder::with(&[("a.md", OLD), ("b.md", OLD)]);
    let one = Library::open_in(&folder.root().join("a.md"), folder.places()).unwrap();
    one.save(&post("a.md"), NEW, &Revision::of(OLD)).unwrap();
    let outside = |error| matches!(error, SaveError::Outside { .. });
    assert!(outside(one.save(&post("b.md"), NEW, &Revision::of(OLD)).unwrap_err()));
    assert!(outside(one.create(&post("c.md"), NEW).unwrap_err()));
}

/// Two windows, and a third one that has opened a folder inside, add lines to one post.
#[test]
fn writers_at_once_lose_nothing() {
    const EACH: usize = 20;
    let folder = Arc::new(Folder::with(&[("in/a.md", "")]));
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let folder = Arc::clone(&folder);
            thread::spawn(move || {
                let (root, path) = match writer % 2 {
                    0 => (folder.root().to_owned(), post("in/a.md")),
                    _ => (folder.root().join("in"), post("a.md")),
                };
                let library = Library::open_in(&root, folder.places()).unwrap();
                for line in 0..EACH {
                    loop {
                        let read = library.read(&path).unwrap();
                        let text = format!("{}{writer} {line}\n", read.text);
                        match library.save(&path, &text, &read.revision) {
                            Ok(_) => break,
                            Err(SaveError::Conflict { .. }) => {}
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let text = folder.text("in/a.md");
    assert_eq!(text.lines().count(), 4 * EACH, "every accepted save is in the file");
}

#[test]
fn exports_replace_files_whole() {
    let folder = Folder::with(&[("old.pdf", "old"), ("folder/x", "")]);
    let check = |name: &str, works: bool| {
        let file = folder.root().join(name);
        let outcome = Library::write_export(&file, b"%PDF");
        assert_eq!(outcome.is_ok(), works, "{name}: {outcome:?}");
        if works {
            assert_eq!(folder.text(name), "%PDF");
        }
    };
    check("new.pdf", true);
    check("old.pdf", true);
    check("folder", false);
    check("gone/new.pdf", false);
    assert_eq!(folder.names(), ["folder", "new.pdf", "old.pdf"]);
}

#[cfg(target_os = "linux")]
#[test]
fn exports_go_through_links_and_into_devices() {
    let folder = Folder::with(&[("real.pdf", "old")]);
    folder.link("real.pdf", "link.pdf");
    Library::write_export(&folder.root().join("link.pdf"), b"new").unwrap();
    assert_eq!(folder.text("real.pdf"), "new");
    assert!(folder.root().join("link.pdf").is_symlink());

    Library::write_export(Path::new("/dev/null"), b"new").unwrap();
    let error = Library::write_export(Path::new("/dev/full"), b"new").unwrap_err();
    assert_eq!(error.to_string(), "cannot write /dev/full");
    assert_eq!(error.source.kind(), std::io::ErrorKind::StorageFull);
}

/// A post as old Korean editors wrote it, in CP949.
fn cp949(text: &str) -> Vec<u8> {
    encoding_rs::EUC_KR.encode(text).0.into_owned()
}

#[test]
fn does_not_write_into_a_post_that_is_not_utf8() {
    let folder = Folder::with(&[("a.md", "")]);
    let library = folder.library();
    let check = |bytes: &[u8], expect: &str| {
        folder.put("a.md", bytes);
        let error = library.save(&post("a.md"), NEW, &Revision::of(bytes)).unwrap_err();
        assert_eq!(error.to_string(), expect);
        assert_eq!(fs::read(folder.root().join("a.md")).unwrap(), bytes);
    };
    let only = "and a post is only saved in UTF-8";
    check(&cp949(OLD), &format!("cannot save a.md: it is in CP949, {only}"));
    check(b"\xff\xfea\0", &format!("cannot save a.md: it is in UTF-16LE, {only}"));
    check(
        b"caf\xe9",
        "cannot save a.md: it is not UTF-8 from byte 3 on, and not CP949 or UTF-16 either",
    );
    assert_eq!(library.history(&post("a.md")).unwrap(), []);
}

#[test]
fn converts_to_utf8_and_keeps_the_old_bytes() {
    let folder = Folder::with(&[("a.md", "")]);
    let bytes = cp949(NEW);
    folder.put("a.md", &bytes);
    let library = folder.library();
    let base = library.read(&post("a.md")).unwrap().revision;
    assert_eq!(base, Revision::of(&bytes));
    assert_eq!(library.convert(&post("a.md"), &base).unwrap(), Revision::of(NEW));
    assert_eq!(folder.text("a.md"), NEW);
    assert_eq!(library.version(&base).unwrap(), bytes);
    let kept: Vec<_> = library.history(&post("a.md")).unwrap();
    assert_eq!(kept.iter().map(|version| version.revision).collect::<Vec<_>>(), [base]);

    let error = library.convert(&post("a.md"), &base).unwrap_err();
    assert!(matches!(error, SaveError::Conflict { .. }), "the base is no more: {error}");
    let again = library.convert(&post("a.md"), &Revision::of(NEW)).unwrap();
    assert_eq!(again, Revision::of(NEW), "nothing to do is no failure");
    assert_eq!(library.history(&post("a.md")).unwrap().len(), 1);
}

#[test]
fn does_not_convert_what_it_has_not_seen_or_cannot_read() {
    let folder = Folder::with(&[("a.md", "")]);
    let library = folder.library();
    folder.put("a.md", cp949(OLD));
    let base = library.read(&post("a.md")).unwrap().revision;
    folder.put("a.md", cp949(NEW));
    let error = library.convert(&post("a.md"), &base).unwrap_err();
    assert!(matches!(error, SaveError::Conflict { disk, .. } if disk == Revision::of(cp949(NEW))));

    folder.put("a.md", b"caf\xe9");
    let error = library.convert(&post("a.md"), &Revision::of(b"caf\xe9")).unwrap_err();
    assert!(matches!(error, SaveError::NoText { .. }));
    assert_eq!(fs::read(folder.root().join("a.md")).unwrap(), b"caf\xe9");
    assert_eq!(library.history(&post("a.md")).unwrap(), []);
}

#[cfg(target_os = "linux")]
mod between;
#[cfg(unix)]
mod faults;
