//! Writes posts, and exported files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::encoding::{self, Encoding};
use crate::error::{ReadError, SaveError, WriteError};
use crate::files;
use crate::history;
use crate::library::{Library, MAX_POST_BYTES};
use crate::path::PostPath;
use crate::revision::Revision;

impl Library {
    /// Replaces the text of a post that was read at `base`, and returns the new revision.
    ///
    /// The file is the old or the new one whole at every moment; the old one is in the history
    /// before it goes. A text that is on disk already is not written again. A file that is not UTF-8
    /// is refused. Permissions and symbolic links stay; other hard links to the file keep the old
    /// text.
    pub fn save(
        &self,
        path: &PostPath,
        text: &str,
        base: &Revision,
    ) -> Result<Revision, SaveError> {
        check_size(path, text)?;
        self.replace(path, base, |old| {
            if old == text.as_bytes() {
                return Ok(None);
            }
            check_base(path, old, base)?;
            match encoding::recognise(old) {
                Ok(Encoding::Utf8) => Ok(Some(text.to_owned())),
                Ok(encoding) => Err(SaveError::NotUtf8 { path: path.clone(), encoding }),
                Err(reason) => Err(SaveError::NoText { path: path.clone(), reason }),
            }
        })
    }

    /// Rewrites a post that was read at `base` as UTF-8, and returns the new revision.
    ///
    /// The new bytes are exactly those of [`PostText::text`](crate::PostText::text); the old ones are
    /// in the history. A post in UTF-8 is left as it is. Otherwise as [`Library::save`].
    pub fn convert(&self, path: &PostPath, base: &Revision) -> Result<Revision, SaveError> {
        self.replace(path, base, |old| {
            check_base(path, old, base)?;
            let (text, encoding) = encoding::decode(old.to_vec())
                .map_err(|reason| SaveError::NoText { path: path.clone(), reason })?;
            check_size(path, &text)?;
            Ok((encoding != Encoding::Utf8).then_some(text))
        })
    }

    /// Replaces the content of a post by what `new` makes of it; leaves the file alone on `None`.
    ///
    /// Invariant: where `new` gives a text, it has checked that the content is that of `base`.
    fn replace(
        &self,
        path: &PostPath,
        base: &Revision,
        new: impl FnOnce(&[u8]) -> Result<Option<String>, SaveError>,
    ) -> Result<Revision, SaveError> {
        let _writing = self.writing();
        let file = self.locate(path).map_err(SaveError::from)?;
        let _lock = self.lock_file(path, &file)?;
        let io = |source| SaveError::Io { path: path.clone(), source };

        let old = self.load(path).map_err(SaveError::from)?;
        let Some(text) = new(&old.bytes)? else { return Ok(Revision::of(&old.bytes)) };
        let metadata = fs::metadata(&old.file).map_err(io)?;
        if metadata.permissions().readonly() {
            return Err(SaveError::ReadOnly { path: path.clone() });
        }
        let folder = folder_of(&old.file).map_err(io)?;
        let staged = files::stage(folder, text.as_bytes(), Some(&metadata)).map_err(io)?;
        // The file's own clock: the moment it was written, and no other clock to ask.
        let now = staged.as_file().metadata().and_then(|new| new.modified()).map_err(io)?;
        if self.is_first_sweep(folder) {
            files::sweep(folder, now);
        }
        history::keep(&self.history_dir(), path, &old.bytes, now)
            .map_err(|(place, source)| SaveError::Place { path: path.clone(), place, source })?;
        // Writing took its time; an outside change in between must not be overwritten.
        let again = self.load(path).map_err(SaveError::from)?;
        check_base(path, &again.bytes, base)?;
        staged.persist(&again.file).map_err(|error| io(error.error))?;
        let revision = Revision::of(&text);
        self.record(path, revision);
        files::sync_folder(folder);
        Ok(revision)
    }

    /// Writes a new post, with the folders it needs below the root, and returns its revision.
    pub fn create(&self, path: &PostPath, text: &str) -> Result<Revision, SaveError> {
        check_size(path, text)?;
        if path.is_left_out() {
            return Err(SaveError::LeftOut { path: path.clone() });
        }
        let _writing = self.writing();
        let io = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => SaveError::Exists { path: path.clone() },
            _ => SaveError::Io { path: path.clone(), source },
        };
        let file = path.under(self.root());
        if file.symlink_metadata().is_ok() {
            return Err(SaveError::Exists { path: path.clone() });
        }
        self.check_new(path, &file)?;
        let _lock = self.lock_file(path, &file)?;
        let folder = folder_of(&file).map_err(io)?;
        fs::create_dir_all(folder)
            .map_err(|source| SaveError::Io { path: path.clone(), source })?;
        let staged = files::stage(folder, text.as_bytes(), None).map_err(io)?;
        staged.persist_noclobber(&file).map_err(|error| io(error.error))?;
        let revision = Revision::of(text);
        self.record(path, revision);
        files::sync_folder(folder);
        Ok(revision)
    }

    /// Writes an exported file anywhere, replacing what is there.
    ///
    /// A regular file is replaced whole or not at all; a device or pipe is written into.
    pub fn write_export(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
        export(path, bytes).map_err(|source| WriteError { path: path.to_owned(), source })
    }

    /// Checks that a new file would lie inside the root, links in its folders followed.
    fn check_new(&self, path: &PostPath, file: &Path) -> Result<(), SaveError> {
        if self.single_post().is_some_and(|only| only != path) {
            return Err(SaveError::Outside { path: path.clone() });
        }
        for folder in file.ancestors().skip(1) {
            match fs::canonicalize(folder) {
                Ok(real) if self.holds(&real) => return Ok(()),
                Ok(_) => break,
                // A root that is gone is not made again: it may be a drive that comes back.
                Err(error)
                    if error.kind() == io::ErrorKind::NotFound
                        && folder != self.root()
                        && folder.symlink_metadata().is_err() => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(SaveError::Missing { path: path.clone() });
                }
                Err(source) => return Err(SaveError::Io { path: path.clone(), source }),
            }
        }
        Err(SaveError::Outside { path: path.clone() })
    }

    /// Waits until no other process writes this file; free again when the result is dropped.
    ///
    /// The lock is named after the file, not after the library, since one process may have opened
    /// the folder and another one a folder in it or the post alone.
    fn lock_file(&self, path: &PostPath, file: &Path) -> Result<File, SaveError> {
        let folder = self.places().locks_dir();
        let digits = Revision::of(file.as_os_str().as_encoded_bytes()).to_string();
        // A few hundred names for all files there are: two that share one only wait for each other.
        let place = folder.join(digits.get(..2).unwrap_or_default());
        let lock = || {
            fs::create_dir_all(&folder)?;
            let lock = OpenOptions::new().create(true).append(true).open(&place)?;
            lock.lock()?;
            Ok(lock)
        };
        lock().map_err(|source| SaveError::Place {
            path: path.clone(),
            place: place.clone(),
            source,
        })
    }
}

fn check_base(path: &PostPath, bytes: &[u8], base: &Revision) -> Result<(), SaveError> {
    match Revision::of(bytes) {
        disk if disk == *base => Ok(()),
        disk => Err(SaveError::Conflict { path: path.clone(), disk }),
    }
}

fn check_size(path: &PostPath, text: &str) -> Result<(), SaveError> {
    match u64::try_from(text.len()) {
        Ok(bytes) if bytes > MAX_POST_BYTES => {
            Err(SaveError::TooLarge { path: path.clone(), bytes })
        }
        _ => Ok(()),
    }
}

fn folder_of(file: &Path) -> io::Result<&Path> {
    file.parent().ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

fn export(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // A relative name without a folder lies in the current one.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
            folder.join(path.file_name().ok_or(io::ErrorKind::InvalidInput)?)
        }
        Err(error) => return Err(error),
    };
    let metadata = fs::metadata(&target).ok();
    if let Some(metadata) = metadata.as_ref().filter(|metadata| !metadata.is_file()) {
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let mut device = OpenOptions::new().write(true).open(&target)?;
        device.write_all(bytes)?;
        return device.flush();
    }
    let folder = folder_of(&target)?;
    files::stage(folder, bytes, metadata.as_ref())?.persist(&target)?;
    files::sync_folder(folder);
    Ok(())
}

impl From<ReadError> for SaveError {
    fn from(error: ReadError) -> SaveError {
        match error {
            ReadError::Missing { path } => SaveError::Missing { path },
            ReadError::Outside { path } => SaveError::Outside { path },
            ReadError::TooLarge { path, bytes } => SaveError::TooLarge { path, bytes },
            ReadError::Io { path, source } => SaveError::Io { path, source },
            ReadError::NoText { path, reason } => SaveError::NoText { path, reason },
        }
    }
}

#[cfg(test)]
mod tests;
