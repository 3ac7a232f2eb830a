//! The local history: what our saves replaced, outside the folder.
//!
//! `objects/ab/cdef…` holds contents under the digits of their [`Revision`], each written once;
//! `log` has a line for each replaced version: seconds since 1970, revision and path, separated by
//! tabs. Lines that make no sense are passed over, so a torn one costs only itself.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::files;
use crate::library::Library;
use crate::path::PostPath;
use crate::revision::Revision;

/// A replaced version of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The post it was the content of.
    pub path: PostPath,
    /// Its content's hash.
    pub revision: Revision,
    /// When it was replaced, to the millisecond.
    pub replaced: SystemTime,
    /// What replaced it.
    pub cause: Cause,
    /// What took its place.
    pub after: After,
}

/// What replaced a version of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cause {
    /// An edit made with this program.
    #[default]
    Saved,
    /// Another program.
    Outside,
    /// A deletion made with this program.
    Deleted,
    /// An older version that was put back.
    Restored,
    /// The conversion to UTF-8.
    Converted,
}

/// What took the place of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Not noted: the next version of the post, or what it is now.
    Next,
    /// Nothing: the post was removed.
    Nothing,
    /// This content.
    Content(Revision),
}

impl Library {
    /// Lists the versions of a post that saves have replaced, the oldest first.
    pub fn history(&self, path: &PostPath) -> io::Result<Vec<Version>> {
        let mut versions = self.versions()?;
        versions.retain(|version| version.path == *path);
        Ok(versions)
    }

    /// Lists all versions of posts that were replaced, the oldest first.
    pub fn versions(&self) -> io::Result<Vec<Version>> {
        let log = match fs::read(log_file(&self.history_dir())) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            log => log?,
        };
        Ok(String::from_utf8_lossy(&log).lines().filter_map(version).collect())
    }

    /// Reads the content of a replaced version; a damaged one is an error.
    pub fn version(&self, revision: &Revision) -> io::Result<Vec<u8>> {
        let bytes = fs::read(object_file(&self.history_dir(), revision))?;
        if Revision::of(&bytes) != *revision {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the kept version is damaged"));
        }
        Ok(bytes)
    }

    /// Reads the text of a replaced version, decoded; a damaged one is an error.
    pub fn version_text(&self, revision: &Revision) -> io::Result<String> {
        let (text, _) = crate::encoding::decode(self.version(revision)?)
            .map_err(|reason| io::Error::new(io::ErrorKind::InvalidData, reason.to_string()))?;
        Ok(text)
    }

    pub(crate) fn history_dir(&self) -> PathBuf {
        self.places().history_dir(&self.key())
    }
}

/// Keeps a version that is about to be replaced. On an error, tells which file it was.
pub(crate) fn keep(
    folder: &Path,
    path: &PostPath,
    bytes: &[u8],
    now: SystemTime,
    _cause: Cause,
    _after: After,
) -> Result<(), (PathBuf, io::Error)> {
    let revision = Revision::of(bytes);
    let object = object_file(folder, &revision);
    keep_object(&object, bytes).map_err(|error| (object, error))?;
    let log = log_file(folder);
    append(&log, &revision, path, now).map_err(|error| (log, error))
}

fn keep_object(object: &Path, bytes: &[u8]) -> io::Result<()> {
    if files::metadata(object).is_ok_and(|kept| u64::try_from(bytes.len()) == Ok(kept.len())) {
        return Ok(());
    }
    let folder = object.parent().ok_or(io::ErrorKind::InvalidInput)?;
    files::make_folders(folder)?;
    files::stage(folder, bytes, None)?.persist(object)?;
    files::sync_folder(folder);
    Ok(())
}

fn append(log: &Path, revision: &Revision, path: &PostPath, now: SystemTime) -> io::Result<()> {
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let mut file = files::open_log(log)?;
    // In one piece, so that two processes don't mix; with a line end in front, so that a line torn
    // by a crash doesn't swallow this one.
    file.write_all(format!("\n{seconds}\t{revision}\t{path}\n").as_bytes())?;
    file.sync()
}

fn version(line: &str) -> Option<Version> {
    let mut fields = line.splitn(3, '\t');
    let seconds = fields.next()?.parse().ok()?;
    let revision = fields.next()?.parse().ok()?;
    let replaced = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    let path = PostPath::new(fields.next()?).ok()?;
    Some(Version { path, revision, replaced, cause: Cause::Saved, after: After::Next })
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("log")
}

fn object_file(folder: &Path, revision: &Revision) -> PathBuf {
    let digits = revision.to_string();
    let (first, rest) = digits.split_at_checked(2).unwrap_or((&digits, ""));
    folder.join("objects").join(first).join(rest)
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;
    use std::io::Write as _;

    use super::*;
    use crate::testing::{Folder, post};

    #[test]
    fn keeps_each_content_once_and_each_replacement() {
        let folder = Folder::empty();
        let library = folder.library();
        let path = post("a\u{3000}b [1].md");
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        assert_eq!(library.history(&path).unwrap(), []);
        for (second, bytes) in [(1, "가"), (2, "나"), (3, "가")] {
            keep(
                &library.history_dir(),
                &path,
                bytes.as_bytes(),
                at(second),
                Cause::Saved,
                After::Next,
            )
            .unwrap();
        }
        keep(&library.history_dir(), &post("other.md"), b"x", at(4), Cause::Saved, After::Next)
            .unwrap();
        let versions = library.history(&path).unwrap();
        let expect = [(1, "가"), (2, "나"), (3, "가")]
            .map(|(second, text)| (Revision::of(text), at(second)));
        let versions: Vec<_> = versions.iter().map(|v| (v.revision, v.replaced)).collect();
        assert_eq!(versions, expect);
        assert_eq!(library.version(&Revision::of("가")).unwrap(), "가".as_bytes());
        assert!(library.version(&Revision::of("없다")).is_err());
    }

    #[test]
    fn a_torn_line_costs_only_itself() {
        let folder = Folder::empty();
        let library = folder.library();
        let (path, dir) = (post("a.md"), library.history_dir());
        keep(&dir, &path, b"1", SystemTime::UNIX_EPOCH, Cause::Saved, After::Next).unwrap();
        let mut log = OpenOptions::new().append(true).open(log_file(&dir)).unwrap();
        log.write_all(b"1700000000\tab\xff").unwrap();
        keep(&dir, &path, b"2", SystemTime::UNIX_EPOCH, Cause::Saved, After::Next).unwrap();
        let revisions: Vec<Revision> =
            library.history(&path).unwrap().into_iter().map(|version| version.revision).collect();
        assert_eq!(revisions, [Revision::of("1"), Revision::of("2")]);
    }

    #[test]
    fn a_damaged_object_is_written_again() {
        let folder = Folder::empty();
        let library = folder.library();
        let (path, dir) = (post("a.md"), library.history_dir());
        keep(&dir, &path, "긴 답변".as_bytes(), SystemTime::UNIX_EPOCH, Cause::Saved, After::Next)
            .unwrap();
        let object = object_file(&dir, &Revision::of("긴 답변"));
        OpenOptions::new().write(true).truncate(true).open(object).unwrap();
        keep(&dir, &path, "긴 답변".as_bytes(), SystemTime::UNIX_EPOCH, Cause::Saved, After::Next)
            .unwrap();
        assert_eq!(library.version(&Revision::of("긴 답변")).unwrap(), "긴 답변".as_bytes());
    }
}
