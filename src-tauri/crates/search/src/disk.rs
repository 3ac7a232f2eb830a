//! The folder of an index as Tantivy sees it: its own, made careful.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tantivy::TantivyError;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use crate::error::SearchError;

/// How long another process may take to open or tidy its files before this one gives up for now.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two looks whether a lock is free.
const PAUSE: Duration = Duration::from_millis(2);

/// Maps files into memory, as Tantivy's own folder does. Besides,
///
/// - it knows which files have become shorter than they were when they were mapped: the system ends
///   a process that reads beyond the end of such a file;
/// - it waits for a lock for a moment, not for ever: who holds it may hang;
/// - it can be read where nothing can be written.
#[derive(Debug, Clone)]
pub(crate) struct Disk {
    inner: MmapDirectory,
    root: Arc<Path>,
    /// The length in bytes at which each file was mapped.
    mapped: Arc<Mutex<HashMap<PathBuf, usize>>>,
    #[cfg(test)]
    pub(crate) fault: Arc<crate::tests::fault::Fault>,
}

impl Disk {
    pub(crate) fn open(root: &Path) -> Result<Self, SearchError> {
        Ok(Self {
            inner: MmapDirectory::open(root).map_err(TantivyError::from)?,
            root: Arc::from(root),
            mapped: Arc::default(),
            #[cfg(test)]
            fault: Arc::default(),
        })
    }

    /// Returns an error if a file that is mapped has become shorter. Files that are gone are safe:
    /// what is mapped of them stays.
    pub(crate) fn check_lengths(&self) -> Result<(), SearchError> {
        let mut mapped = self.mapped.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shorter = None;
        mapped.retain(|path, length| {
            let Ok(file) = fs::metadata(self.root.join(path)) else { return false };
            if file.len() < u64::try_from(*length).unwrap_or(u64::MAX) {
                shorter = Some(path.clone());
            }
            true
        });
        match shorter {
            Some(path) => Err(SearchError::Damaged {
                detail: format!("{} has become shorter", path.display()),
            }),
            None => Ok(()),
        }
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let handle = self.inner.get_file_handle(path)?;
        let mut mapped = self.mapped.lock().unwrap_or_else(PoisonError::into_inner);
        mapped.insert(path.to_owned(), handle.len());
        Ok(handle)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        #[cfg(test)]
        let failed = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        #[cfg(test)]
        self.fault.write(0).map_err(failed)?;
        let file = self.inner.open_write(path)?;
        #[cfg(test)]
        let file = self.fault.watch(file);
        Ok(file)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        #[cfg(test)]
        self.fault.write(data.len())?;
        self.inner.atomic_write(path, data)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let once = Lock { filepath: lock.filepath.clone(), is_blocking: false };
        let until = Instant::now() + PATIENCE;
        loop {
            match self.inner.acquire_lock(&once) {
                Err(LockError::LockBusy) if lock.is_blocking && Instant::now() < until => {
                    thread::sleep(PAUSE);
                }
                // Reading takes a lock only so that nobody tidies away what is being opened, and
                // nobody does where nothing can be written.
                Err(LockError::IoError(error)) if lock.is_blocking && is_read_only(&error) => {
                    return Ok(DirectoryLock::from(Box::new(())));
                }
                result => return result,
            }
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}
