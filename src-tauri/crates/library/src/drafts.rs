//! The journal of texts that are being written and are in no post yet: a file each, in the data
//! folder of the user.
//!
//! A file is named after what its text is of and after the process that wrote it, so that two
//! processes never replace each other's texts. A process holds a lock as long as it lives; its files
//! are its own business until then, and everybody's afterwards.
//! Knows nothing of what stands in a file.
//!
//! Invariant: a file is the old or the new one whole at every moment, and on the disk when
//! [`DraftFolder::keep`] returns.
//! Invariant: no file is deleted that the caller has not named; what is not named by us is not even
//! looked into.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

use crate::files;
use crate::library::{Library, lock};
use crate::revision::Revision;

/// The largest draft that is read, in bytes: more than any post may have, written as JSON.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Ends the names of drafts.
const DRAFT_SUFFIX: &str = ".json";

/// Ends the names of locks.
const LOCK_SUFFIX: &str = ".lock";

/// Letters and digits that name a process.
const SESSION_LENGTH: usize = 12;

/// Digits that say what a text is of.
const SUBJECT_LENGTH: usize = 32;

/// How often a lock is made anew where another process took the new file for a leftover.
const LOCK_ATTEMPTS: usize = 20;

/// The drafts of one library.
///
/// May be shared between threads.
#[derive(Debug)]
pub struct DraftFolder {
    folder: PathBuf,
    /// What marks this process as alive; made with the first draft.
    session: Mutex<Option<Session>>,
}

/// The name of a draft's file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DraftName(String);

/// A draft as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Its file's name.
    pub name: DraftName,
    /// Its content, whatever it is.
    pub bytes: Vec<u8>,
}

/// Tells why drafts could not be kept or read.
#[derive(Debug, thiserror::Error)]
#[error("cannot use {}", file.display())]
pub struct DraftError {
    /// The file or folder.
    pub file: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

#[derive(Debug)]
struct Session {
    name: String,
    /// Locked; its file is deleted when the session ends.
    lock: NamedTempFile,
}

impl Library {
    /// The drafts of texts for this library.
    pub fn drafts(&self) -> DraftFolder {
        DraftFolder { folder: self.places().drafts_dir(&self.key()), session: Mutex::default() }
    }
}

impl DraftName {
    /// Reads a name; none if no draft can have it.
    pub fn parse(name: &str) -> Option<DraftName> {
        let (subject, rest) = name.split_once('-')?;
        let session = rest.strip_suffix(DRAFT_SUFFIX)?;
        let is_subject = subject.len() == SUBJECT_LENGTH
            && subject.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (is_subject && is_session(session)).then(|| DraftName(name.to_owned()))
    }

    /// The name as it is on the disk.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn session(&self) -> &str {
        let session = self.0.split_once('-').and_then(|(_, rest)| rest.strip_suffix(DRAFT_SUFFIX));
        session.unwrap_or_default()
    }
}

impl DraftFolder {
    /// Keeps a draft, in the place of the one this process has kept of the same subject, and waits
    /// until it is on the disk. `subject` says what the text is of, in any words.
    ///
    /// # Errors
    /// If it cannot be written; then what was kept before is still there.
    pub fn keep(&self, subject: &str, bytes: &[u8]) -> Result<DraftName, DraftError> {
        // Held while writing: of two calls the later one is to win.
        let mut session = lock(&self.session);
        // Where its lock was tidied away, others take this process for one that has ended.
        if session.as_ref().is_none_or(|session| !session.lock.path().exists()) {
            *session = Some(self.begin_session()?);
        }
        let session = session.as_ref().map(|session| session.name.as_str()).unwrap_or_default();
        let name = DraftName(format!("{}-{session}{DRAFT_SUFFIX}", Revision::of(subject)));
        let file = self.folder.join(name.as_str());
        let write = || {
            // The folder may have been tidied away while the process ran.
            fs::create_dir_all(&self.folder)?;
            files::stage(&self.folder, bytes, None)?.persist(&file)?;
            Ok(())
        };
        write().map_err(|source| DraftError { file: file.clone(), source })?;
        files::sync_folder(&self.folder);
        Ok(name)
    }

    /// Deletes a draft; one that is gone already is no error.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub fn drop_draft(&self, name: &DraftName) -> Result<(), DraftError> {
        let _session = lock(&self.session);
        self.delete(name)
    }

    fn delete(&self, name: &DraftName) -> Result<(), DraftError> {
        let file = self.folder.join(name.as_str());
        match fs::remove_file(&file) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(DraftError { file, source })
            }
            Err(_) => Ok(()),
            Ok(()) => {
                files::sync_folder(&self.folder);
                Ok(())
            }
        }
    }

    /// Deletes a draft that still is as it was read, and tells whether it was: one that was kept anew
    /// meanwhile stays.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub fn drop_read(&self, draft: &KeptDraft) -> Result<bool, DraftError> {
        // Held until it is gone, so that nothing is kept in between.
        let _session = lock(&self.session);
        let is_it = read(&self.folder.join(draft.name.as_str())).is_ok_and(|is| is == draft.bytes);
        if is_it {
            self.delete(&draft.name)?;
        }
        Ok(is_it)
    }

    /// Reads the drafts of this process and of those that have ended. A file that cannot be read is
    /// passed over, and so is what other programs put there.
    ///
    /// # Errors
    /// If the folder cannot be listed; one that is not there has no drafts.
    pub fn list(&self) -> Result<Vec<KeptDraft>, DraftError> {
        let session = lock(&self.session);
        let own = session.as_ref().map(|session| session.name.as_str());
        let at = |source| DraftError { file: self.folder.clone(), source };
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(at)?,
        };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<DraftName> = names.filter_map(|name| DraftName::parse(&name)).collect();
        names.sort_by(|a, b| a.0.cmp(&b.0));
        let mut alive: HashMap<String, bool> = HashMap::new();
        let mut drafts = Vec::new();
        for name in names {
            let other = name.session();
            if own != Some(other) {
                let alive =
                    alive.entry(other.to_owned()).or_insert_with(|| is_alive(&self.folder, other));
                if *alive {
                    continue;
                }
            }
            match read(&self.folder.join(name.as_str())) {
                Ok(bytes) => drafts.push(KeptDraft { name, bytes }),
                Err(error) => {
                    tracing::warn!(%error, draft = name.as_str(), "a draft cannot be read");
                }
            }
        }
        Ok(drafts)
    }

    /// Gives the drafts away to whoever opens the library next, as when the process ended.
    pub fn leave(&self) {
        lock(&self.session).take();
    }

    fn begin_session(&self) -> Result<Session, DraftError> {
        let begin = || {
            fs::create_dir_all(&self.folder)?;
            for _ in 0..LOCK_ATTEMPTS {
                let mut builder = tempfile::Builder::new();
                builder.prefix("").suffix(LOCK_SUFFIX).rand_bytes(SESSION_LENGTH);
                let lock = builder.tempfile_in(&self.folder)?;
                if let Err(error) = lock.as_file().lock() {
                    // Without locks every other process is taken for one that has ended.
                    tracing::warn!(%error, "drafts of two windows are not kept apart");
                }
                // Before it was locked, another process may have taken it for a leftover.
                if lock.path().exists() {
                    return Ok(lock);
                }
            }
            Err(io::ErrorKind::WouldBlock.into())
        };
        let lock = begin().map_err(|source| DraftError { file: self.folder.clone(), source })?;
        if let Ok(now) = lock.as_file().metadata().and_then(|made| made.modified()) {
            files::sweep(&self.folder, now);
        }
        let name = lock.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = name.strip_suffix(LOCK_SUFFIX).unwrap_or_default().to_owned();
        Ok(Session { name, lock })
    }
}

fn is_session(name: &str) -> bool {
    name.len() == SESSION_LENGTH && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Tells whether another process runs that writes drafts; removes the lock of one that has ended.
fn is_alive(folder: &Path, session: &str) -> bool {
    let place = folder.join(format!("{session}{LOCK_SUFFIX}"));
    let Ok(file) = OpenOptions::new().append(true).open(&place) else { return false };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(_)) => false,
        Ok(()) => {
            // Still locked while it goes, so that nobody can have begun to use it.
            if let Err(error) = fs::remove_file(&place) {
                tracing::debug!(%error, "a lock of drafts is left over");
            }
            false
        }
    }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    // Asked before opening: to open a pipe would wait for a writer.
    if !fs::symlink_metadata(file)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size <= MAX_BYTES) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::FileTooLarge.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Folder, put};

    fn texts(drafts: &DraftFolder) -> Vec<String> {
        let kept = drafts.list().unwrap().into_iter();
        let mut texts: Vec<String> =
            kept.map(|draft| String::from_utf8(draft.bytes).unwrap()).collect();
        texts.sort();
        texts
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_draft_is_replaced_by_the_next_of_its_subject() {
        let folder = Folder::empty();
        let drafts = folder.library().drafts();
        assert_eq!(texts(&drafts), Vec::<String>::new(), "a look makes nothing");
        assert!(!drafts.folder.exists());
        drafts.keep("문제 1\0answer", "가".as_bytes()).unwrap();
        let name = drafts.keep("문제 1\0answer", "가나".as_bytes()).unwrap();
        drafts.keep("문제 1\0hint", "다".as_bytes()).unwrap();
        assert_eq!(texts(&drafts), ["가나", "다"]);
        drafts.drop_draft(&name).unwrap();
        drafts.drop_draft(&name).unwrap();
        assert_eq!(texts(&drafts), ["다"]);
        assert_eq!(folder.names(), Vec::<String>::new(), "nothing goes into the notebook");
    }

    #[test]
    fn drafts_of_who_still_writes_are_left_to_them() {
        let folder = Folder::empty();
        let first = folder.library().drafts();
        let second = folder.library().drafts();
        first.keep("a", b"first").unwrap();
        second.keep("a", b"second").unwrap();
        assert_eq!(texts(&first), ["first"]);
        assert_eq!(texts(&second), ["second"]);
        first.leave();
        assert_eq!(texts(&second), ["first", "second"], "who has left gives theirs away");
        drop(first);
        let third = folder.library().drafts();
        assert_eq!(texts(&third), ["first"]);
        drop(second);
        let all = third.list().unwrap();
        assert_eq!(all.len(), 2);
        all.iter().for_each(|draft| third.drop_draft(&draft.name).unwrap());
        assert_eq!(names(&third.folder), Vec::<String>::new());
    }

    #[test]
    fn the_lock_of_a_killed_process_is_no_lock() {
        let folder = Folder::empty();
        let drafts = folder.library().drafts();
        let session = "a1B2c3D4e5F6";
        let name = format!("{}-{session}{DRAFT_SUFFIX}", Revision::of("a"));
        put(&drafts.folder.join(format!("{session}{LOCK_SUFFIX}")), b"");
        put(&drafts.folder.join(&name), b"left");
        assert_eq!(texts(&drafts), ["left"]);
        assert_eq!(names(&drafts.folder), [name]);
    }

    #[test]
    fn what_is_no_draft_is_passed_over_and_stays() {
        let folder = Folder::empty();
        let drafts = folder.library().drafts();
        drafts.keep("a", b"kept").unwrap();
        let hash = Revision::of("a").to_string();
        let foreign = [
            "notes.txt".to_owned(),
            format!("{hash}.json"),
            format!("{hash}-short.json"),
            format!("{}-a1B2c3D4e5F6.json", hash.to_uppercase()),
            format!("{hash}-a1B2c3D4e5F6.json.bak"),
        ];
        for name in &foreign {
            put(&drafts.folder.join(name), b"foreign");
        }
        let is_folder = format!("{hash}-a1B2c3D4e5F6.json");
        fs::create_dir(drafts.folder.join(&is_folder)).unwrap();
        assert_eq!(texts(&drafts), ["kept"]);
        let left = names(&drafts.folder);
        assert!(foreign.iter().chain([&is_folder]).all(|name| left.contains(name)), "{left:?}");
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let hash = Revision::of("a").to_string();
        for name in ["", "..", "../x", "a/b", &format!("{hash}-../../../x.json"), &hash] {
            assert_eq!(DraftName::parse(name), None, "{name}");
        }
        let name = format!("{hash}-a1B2c3D4e5F6.json");
        assert_eq!(DraftName::parse(&name).unwrap().as_str(), name);
    }

    #[test]
    fn a_folder_that_was_tidied_away_is_made_again() {
        let folder = Folder::empty();
        let drafts = folder.library().drafts();
        drafts.keep("a", b"1").unwrap();
        fs::remove_dir_all(&drafts.folder).unwrap();
        assert_eq!(texts(&drafts), Vec::<String>::new());
        drafts.keep("a", b"2").unwrap();
        assert_eq!(texts(&drafts), ["2"]);
    }

    #[test]
    fn a_lock_that_was_tidied_away_is_made_again() {
        let folder = Folder::empty();
        let (first, second) = (folder.library().drafts(), folder.library().drafts());
        let before = first.keep("a", b"1").unwrap();
        for name in names(&first.folder).iter().filter(|name| name.ends_with(LOCK_SUFFIX)) {
            fs::remove_file(first.folder.join(name)).unwrap();
        }
        let after = first.keep("a", b"2").unwrap();
        first.drop_draft(&before).unwrap();
        assert_ne!(before, after);
        assert_eq!(texts(&first), ["2"]);
        assert_eq!(texts(&second), Vec::<String>::new(), "it is still being written");
    }

    #[test]
    fn a_draft_that_was_kept_anew_since_it_was_read_stays() {
        let folder = Folder::empty();
        let drafts = folder.library().drafts();
        drafts.keep("a", b"saved").unwrap();
        let [read] = drafts.list().unwrap().try_into().unwrap();
        drafts.keep("a", b"typed since").unwrap();
        assert!(!drafts.drop_read(&read).unwrap());
        assert_eq!(texts(&drafts), ["typed since"]);
        let [read] = drafts.list().unwrap().try_into().unwrap();
        assert!(drafts.drop_read(&read).unwrap());
        assert_eq!(texts(&drafts), Vec::<String>::new());
        assert!(!drafts.drop_read(&read).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_place_that_cannot_be_written_is_named() {
        let folder = Folder::empty();
        let library = folder.library();
        put(&library.places().data, b"a file where a folder should be");
        let error = library.drafts().keep("a", b"1").unwrap_err();
        assert!(error.to_string().contains(&library.key()), "{error}");
    }

    #[test]
    fn of_many_threads_the_last_wins_whole() {
        let folder = Folder::empty();
        let drafts = folder.library().drafts();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let drafts = &drafts;
                scope.spawn(move || {
                    for round in 0..10 {
                        let text = format!("{thread} {round} ").repeat(500);
                        drafts.keep("a", text.as_bytes()).unwrap();
                    }
                });
            }
        });
        let [text] = texts(&drafts).try_into().unwrap();
        let line = text.get(..4).unwrap();
        assert!(line.ends_with("9 "), "{line}");
        assert_eq!(text, line.repeat(500));
    }
}
