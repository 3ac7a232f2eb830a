//! Locks that keep our processes from writing one file at once.
//!
//! A lock is named after the file, not after the library, since one process may have opened the
//! folder and another one a folder in it or the post alone. The system lets go of the locks of a
//! process that ends, however it ends.

use std::io;
use std::path::{Path, PathBuf};

use crate::files::{self, Opened};
use crate::revision::Revision;

/// A file held against our other processes, until this is dropped.
///
/// Holds nothing where the file system of the data folder knows no locks: then the revisions alone
/// keep two writers apart, with the moment between the last look and the rename left open.
#[derive(Debug)]
pub(crate) struct FileLock {
    _held: Option<Opened>,
}

/// Waits until no other process writes `file`, which is absolute with its links resolved. On an
/// error, tells which file it was.
pub(crate) fn hold(folder: &Path, file: &Path) -> Result<FileLock, (PathBuf, io::Error)> {
    let digits = Revision::of(file.as_os_str().as_encoded_bytes()).to_string();
    // A few hundred names for all files there are: two that share one only wait for each other.
    let place = folder.join(digits.get(..2).unwrap_or_default());
    files::make_folders(folder).map_err(|error| (folder.to_owned(), error))?;
    let lock = files::open_log(&place).map_err(|error| (place.clone(), error))?;
    match lock.lock() {
        Ok(()) => Ok(FileLock { _held: Some(lock) }),
        Err(error) if knows_no_locks(&error) => {
            tracing::warn!(%error, place = %place.display(), "no locks here: saving without one");
            Ok(FileLock { _held: None })
        }
        Err(error) => Err((place, error)),
    }
}

/// Tells whether a lock could not be had because the file system has none.
pub(crate) fn knows_no_locks(error: &io::Error) -> bool {
    // ENOLCK: a network file system whose lock service is not there.
    #[cfg(target_os = "linux")]
    let no_service = error.raw_os_error() == Some(37);
    #[cfg(not(target_os = "linux"))]
    let no_service = false;
    no_service || error.kind() == io::ErrorKind::Unsupported
}
