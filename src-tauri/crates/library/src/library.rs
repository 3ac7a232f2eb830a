//! The opened folder, and reading from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use rayon::prelude::*;

use crate::encoding::{self, Encoding};
use crate::error::{OpenError, ReadError};
use crate::files;
use crate::history::{self, HistoryLimits};
use crate::path::PostPath;
use crate::places::Places;
use crate::revision::Revision;
use crate::rules::{self, ScanRules};
use crate::scan::{self, Scan};
use crate::stamp::Stamp;
use crate::watch::silent_file_system;

/// The largest post that is read or written, in bytes.
///
/// The largest one found among thousands of real posts has half a megabyte; beyond 20 MB a text
/// editor is the wrong tool and an indexer would only waste memory.
pub const MAX_POST_BYTES: u64 = 20 * 1024 * 1024;

/// A folder of posts, or a single post.
///
/// May be shared between threads; writes of one library take turns.
#[derive(Debug)]
pub struct Library {
    // Invariant: canonical, so that a canonical path is inside exactly if it starts with it.
    root: PathBuf,
    name: String,
    key: String,
    only: Option<PostPath>,
    places: Places,
    rules: Mutex<Arc<ScanRules>>,
    // Held from the check of the base revision until the new file is in the ledgers. Whoever
    // compares the disk with a ledger under this lock sees a save whole or not at all.
    writing: Mutex<()>,
    read: Ledger,
    scanned: Mutex<Option<Arc<BTreeSet<PostPath>>>>,
    unreadable: Mutex<Arc<Vec<(String, String)>>>,
    swept: Mutex<BTreeSet<PathBuf>>,
    watching: Mutex<Vec<Weak<Ledger>>>,
    // Locked after `writing` where both are.
    pub(crate) history: Mutex<history::Store>,
    pub(crate) history_limits: Mutex<HistoryLimits>,
}

/// What was last handed out or reported of each post.
pub(crate) type Ledger = Mutex<BTreeMap<PostPath, Seen>>;

/// What was seen of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Its content, whatever its encoding.
    Content(Revision),
    /// Something that could not be read, or too large.
    Unreadable,
}

/// The content of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostText {
    /// The file's text: for UTF-8 its very bytes, a byte order mark included; else decoded, without
    /// the mark.
    pub text: String,
    /// What a save of an edit of this text has to be based on: the hash of the file's bytes.
    pub revision: Revision,
    /// What the file's bytes are. Only a post in UTF-8 can be saved; others can be converted.
    pub encoding: Encoding,
    /// What the file was known by when it was opened.
    pub stamp: Stamp,
}

impl Library {
    /// Opens a folder, or a single post: then the root is its folder, and only that post is in it.
    pub fn open(folder_or_post: &Path) -> Result<Library, OpenError> {
        Library::open_in(folder_or_post, Places::of_user())
    }

    /// Opens like [`Library::open`], with history and locks in the given places.
    pub fn open_in(folder_or_post: &Path, places: Places) -> Result<Library, OpenError> {
        let path = || folder_or_post.to_owned();
        let error = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                OpenError::Missing { path: path() }
            }
            _ => OpenError::Unreadable { path: path(), source },
        };
        let opened = fs::canonicalize(folder_or_post).map_err(error)?;
        let kind = fs::metadata(&opened).map_err(error)?;
        let (root, only) = if kind.is_dir() {
            drop(fs::read_dir(&opened).map_err(error)?);
            (opened.clone(), None)
        } else {
            let no_post = || OpenError::NotAFolderOrPost { path: path() };
            let root = opened.parent().ok_or_else(no_post)?.to_owned();
            let post = PostPath::relative(&root, &opened).and_then(Result::ok);
            let post = post.filter(|_| kind.is_file()).ok_or_else(no_post)?;
            (root, Some(post))
        };
        let name = opened.file_name().unwrap_or(opened.as_os_str()).to_string_lossy().into_owned();
        Ok(Library {
            name,
            key: Revision::of(opened.as_os_str().as_encoded_bytes()).to_string(),
            root,
            only,
            places,
            rules: Mutex::default(),
            writing: Mutex::default(),
            read: Ledger::default(),
            scanned: Mutex::default(),
            unreadable: Mutex::default(),
            swept: Mutex::default(),
            watching: Mutex::default(),
            history: Mutex::default(),
            history_limits: Mutex::default(),
        })
    }

    /// Returns the folder, absolute and without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folder's own name, or that of the single post.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the post if the library is a single one.
    pub fn single_post(&self) -> Option<&PostPath> {
        self.only.as_ref()
    }

    /// Returns an id of the opened folder or post, the same at each start: 32 hexadecimal digits
    /// of a hash of its path.
    pub fn key(&self) -> String {
        self.key.clone()
    }

    /// Returns where history and locks are kept.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Sets which files count as posts from now on. A watch tells of those that come and go by it
    /// at its next look.
    pub fn set_scan_rules(&self, rules: ScanRules) {
        let mut known = lock(&self.rules);
        if **known != rules {
            *known = Arc::new(rules);
        }
    }

    /// Returns which files count as posts.
    pub fn scan_rules(&self) -> Arc<ScanRules> {
        Arc::clone(&lock(&self.rules))
    }

    /// Finds the posts by their names; opens none.
    pub fn scan(&self) -> Scan {
        let scan = scan::survey(self).scan;
        *lock(&self.scanned) = Some(Arc::new(scan.posts.iter().cloned().collect()));
        self.set_out_of_reach(&Arc::new(scan.unreadable_with_reasons()));
        scan
    }

    /// Reads a post, also one that is not UTF-8 where its encoding is recognised.
    pub fn read(&self, path: &PostPath) -> Result<PostText, ReadError> {
        let loaded = self.load(path);
        let seen = Seen::of(&loaded);
        if let Some(seen) = seen {
            // The first reading stays: should the file change before a watch begins, whoever read
            // it then still has to be told.
            lock(&self.read).entry(path.clone()).or_insert(seen);
        }
        let Loaded { bytes, stamp, .. } = loaded?;
        let revision = match seen {
            Some(Seen::Content(revision)) => revision,
            Some(Seen::Unreadable) | None => Revision::of(&bytes),
        };
        let (text, encoding) = encoding::decode(bytes)
            .map_err(|reason| ReadError::NoText { path: path.clone(), reason })?;
        Ok(PostText { text, revision, encoding, stamp })
    }

    /// Reads many posts at once on all cores; results in the order of `paths`.
    pub fn read_all(&self, paths: &[PostPath]) -> Vec<Result<PostText, ReadError>> {
        paths.par_iter().map(|path| self.read(path)).collect()
    }

    /// Looks at the file of a post without reading it; `None` if there is none.
    pub fn stamp(&self, path: &PostPath) -> Option<Stamp> {
        let metadata = fs::metadata(path.under(&self.root)).ok()?;
        metadata.is_file().then(|| Stamp::of(&metadata))
    }

    /// Tells whether stamps say anything of the folder's posts from one start to the next: not so where
    /// others write past this system, whose times come late then and from another clock.
    pub fn stamps_tell(&self) -> bool {
        silent_file_system(&self.root).is_none()
    }

    /// Takes contents that are known from an earlier reading for read: a watch compares them with the
    /// disk and tells of every post that is another by now, as it does for those that were read.
    pub fn take_as_read<'a>(&self, posts: impl IntoIterator<Item = (&'a PostPath, Revision)>) {
        let mut read = lock(&self.read);
        for (path, revision) in posts {
            read.entry(path.clone()).or_insert(Seen::Content(revision));
        }
    }

    /// Reads the bytes of a post, whatever they are.
    pub(crate) fn load(&self, path: &PostPath) -> Result<Loaded, ReadError> {
        let file = self.locate(path)?;
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => ReadError::Missing { path: path.clone() },
            _ => ReadError::Io { path: path.clone(), source },
        };
        // Asked before opening: to open a pipe would wait for a writer.
        if !files::metadata(&file).map_err(io)?.is_file() {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
            return Err(ReadError::Io { path: path.clone(), source });
        }
        let mut opened = files::open(&file).map_err(io)?;
        // Of the opened file, and before it is read: whatever is written meanwhile gives it another.
        let metadata = opened.metadata().map_err(io)?;
        let (size, stamp) = (metadata.len(), Stamp::of(&metadata));
        let mut bytes = Vec::new();
        if size <= MAX_POST_BYTES {
            // It may grow while it is read.
            bytes = opened.read_to_end(MAX_POST_BYTES + 1).map_err(io)?;
        }
        let size = size.max(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if size > MAX_POST_BYTES {
            return Err(ReadError::TooLarge { path: path.clone(), bytes: size });
        }
        Ok(Loaded { file, bytes, stamp })
    }

    /// Finds the file of a post: absolute, links resolved, where posts may be.
    pub(crate) fn locate(&self, path: &PostPath) -> Result<PathBuf, ReadError> {
        if self.only.as_ref().is_some_and(|only| only != path) {
            return Err(ReadError::Outside { path: path.clone() });
        }
        let file =
            files::resolve(&path.under(&self.root)).map_err(|source| match source.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => self.missing(path),
                _ => ReadError::Io { path: path.clone(), source },
            })?;
        if self.holds(&file) { Ok(file) } else { Err(ReadError::Outside { path: path.clone() }) }
    }

    /// Tells whether a file or folder, links resolved, is one that posts may be in: below the root, and
    /// in none of the folders that git and we keep there.
    pub(crate) fn holds(&self, real: &Path) -> bool {
        let is_kept = |part: &OsStr| part.to_str().is_some_and(rules::is_never);
        real.strip_prefix(&self.root).is_ok_and(|below| !below.iter().any(is_kept))
    }

    /// Tells what is gone: a post, or the whole folder.
    pub(crate) fn missing(&self, path: &PostPath) -> ReadError {
        let path = path.clone();
        match files::metadata(&self.root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                ReadError::FolderGone { path, root: self.root.clone() }
            }
            _ => ReadError::Missing { path },
        }
    }

    /// Waits until no other thread writes in this library.
    pub(crate) fn writing(&self) -> MutexGuard<'_, ()> {
        lock(&self.writing)
    }

    /// Notes a revision of our own making, so that no watch reports it.
    ///
    /// Invariant: called with [`Library::writing`] held.
    pub(crate) fn record(&self, path: &PostPath, revision: Revision) {
        let seen = Seen::Content(revision);
        lock(&self.read).insert(path.clone(), seen);
        let mut watching = lock(&self.watching);
        watching.retain(|ledger| ledger.strong_count() > 0);
        for ledger in watching.iter().filter_map(Weak::upgrade) {
            lock(&ledger).insert(path.clone(), seen);
        }
    }

    /// Returns the files and folders that could not be looked at when the folder was last scanned, by
    /// a watch or on request: path relative to the root and reason, in the order of the paths.
    pub fn out_of_reach(&self) -> Arc<Vec<(String, String)>> {
        Arc::clone(&lock(&self.unreadable))
    }

    pub(crate) fn set_out_of_reach(&self, unreadable: &Arc<Vec<(String, String)>>) {
        *lock(&self.unreadable) = Arc::clone(unreadable);
    }

    /// Returns the posts that the last scan told, if there was one.
    pub(crate) fn last_scan(&self) -> Option<Arc<BTreeSet<PostPath>>> {
        lock(&self.scanned).clone()
    }

    /// Tells whether `folder` is looked at for leftovers for the first time.
    pub(crate) fn is_first_sweep(&self, folder: &Path) -> bool {
        lock(&self.swept).insert(folder.to_owned())
    }

    /// Opens a ledger for a watch, with what has been read so far.
    pub(crate) fn new_ledger(&self) -> Arc<Ledger> {
        let _writing = self.writing();
        let ledger = Arc::new(Mutex::new(lock(&self.read).clone()));
        lock(&self.watching).push(Arc::downgrade(&ledger));
        ledger
    }
}

/// The bytes of a post and the file they came from.
pub(crate) struct Loaded {
    /// Absolute, links resolved, inside the root.
    pub(crate) file: PathBuf,
    /// All of them.
    pub(crate) bytes: Vec<u8>,
    /// Of the file before it was read.
    pub(crate) stamp: Stamp,
}

impl Seen {
    /// Tells what a reading showed; `None` if there is nothing inside the folder.
    pub(crate) fn of(loaded: &Result<Loaded, ReadError>) -> Option<Seen> {
        match loaded {
            Ok(loaded) => Some(Seen::Content(Revision::of(&loaded.bytes))),
            Err(
                ReadError::Missing { .. }
                | ReadError::FolderGone { .. }
                | ReadError::Outside { .. },
            ) => None,
            Err(ReadError::Io { .. } | ReadError::TooLarge { .. } | ReadError::NoText { .. }) => {
                Some(Seen::Unreadable)
            }
        }
    }
}

/// Locks, also after a panic of another thread: what we guard is whole between any two statements.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
