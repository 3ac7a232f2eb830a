//! Writes posts, and exported files.

mod pictures;
mod place;

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::encoding::{self, Encoding};
use crate::error::{ReadError, SaveError, WriteError};
use crate::files::{self, Staged};
use crate::history::Cause;
use crate::library::{Library, MAX_POST_BYTES};
use crate::lock::{self, FileLock};
use crate::path::PostPath;
use crate::revision::Revision;
use crate::scan;

impl Library {
    /// Replaces the text of a post that was read at `base`, and returns the new revision.
    ///
    /// The file is the old or the new one whole at every moment; the old one is in the history
    /// before it goes. A text that is on disk already is not written again. A file that is not UTF-8
    /// is refused. Permissions, extended attributes and symbolic links stay; other hard links to the file keep the old
    /// text.
    pub fn save(
        &self,
        path: &PostPath,
        text: &str,
        base: &Revision,
    ) -> Result<Revision, SaveError> {
        self.save_for(path, text, base, Cause::Saved)
    }

    /// Saves like [`Library::save`], for a reason that the history tells.
    pub fn save_for(
        &self,
        path: &PostPath,
        text: &str,
        base: &Revision,
        cause: Cause,
    ) -> Result<Revision, SaveError> {
        check_size(path, text.len())?;
        self.replace(path, base, cause, |old| {
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
        self.replace(path, base, Cause::Converted, |old| {
            check_base(path, old, base)?;
            let (text, encoding) = encoding::decode(old.to_vec())
                .map_err(|reason| SaveError::NoText { path: path.clone(), reason })?;
            check_size(path, text.len())?;
            Ok((encoding != Encoding::Utf8).then_some(text))
        })
    }

    /// Keeps a text that a post at `base` might have become and does not: the history tells it as a
    /// version that this content took the place of. The post is not touched.
    pub fn keep_aside(
        &self,
        path: &PostPath,
        text: &str,
        base: &Revision,
    ) -> Result<(), SaveError> {
        check_size(path, text.len())?;
        let _writing = self.writing();
        let file = self.locate(path).map_err(SaveError::from)?;
        let _lock = self.lock_file(path, &file)?;
        let held = self.load(path).map_err(SaveError::from)?;
        check_base(path, &held.bytes, base)?;
        if held.bytes == text.as_bytes() {
            return Ok(());
        }
        self.keep_beside(path, &held.bytes, text.as_bytes())
            .map_err(|(place, source)| SaveError::Place { path: path.clone(), place, source })
    }

    /// Replaces the content of a post by what `new` makes of it; leaves the file alone on `None`.
    ///
    /// Invariant: where `new` gives a text, it has checked that the content is that of `base`.
    fn replace(
        &self,
        path: &PostPath,
        base: &Revision,
        cause: Cause,
        new: impl FnOnce(&[u8]) -> Result<Option<String>, SaveError>,
    ) -> Result<Revision, SaveError> {
        let _writing = self.writing();
        let file = self.locate(path).map_err(SaveError::from)?;
        let _lock = self.lock_file(path, &file)?;
        let io = |source| SaveError::Io { path: path.clone(), source };

        let old = self.load(path).map_err(SaveError::from)?;
        let Some(text) = new(&old.bytes)? else { return Ok(Revision::of(&old.bytes)) };
        let metadata = files::metadata(&old.file).map_err(io)?;
        if metadata.permissions().readonly() {
            return Err(SaveError::ReadOnly { path: path.clone() });
        }
        // A rename asks for rights on the folder only.
        files::check_writable(&old.file).map_err(|source| match source.kind() {
            io::ErrorKind::PermissionDenied => SaveError::ReadOnly { path: path.clone() },
            _ => io(source),
        })?;
        let folder = folder_of(&old.file).map_err(io)?;
        let staged = stage(path, folder, text.as_bytes(), Some((&old.file, &metadata)))?;
        // The file's own clock: the moment it was written, and no other clock to ask.
        let now = staged.modified().map_err(io)?;
        if self.is_first_sweep(folder) {
            files::sweep(folder, now);
        }
        self.keep_replaced(path, &old.bytes, text.as_bytes(), now, cause)
            .map_err(|(place, source)| SaveError::Place { path: path.clone(), place, source })?;
        // Writing took its time; an outside change in between must not be overwritten.
        let again = self.load(path).map_err(SaveError::from)?;
        check_base(path, &again.bytes, base)?;
        let revision = Revision::of(&text);
        self.put_in_place(path, staged, &again.file, base, revision)?;
        self.record(path, revision);
        files::sync_folder(folder);
        Ok(revision)
    }

    /// Writes a new post, with the folders it needs below the root, and returns its revision.
    pub fn create(&self, path: &PostPath, text: &str) -> Result<Revision, SaveError> {
        self.make(path, text.as_bytes())
    }

    /// Writes a post that is gone anew, with a content that the history keeps, byte by byte, and
    /// returns its revision.
    pub fn put_back(&self, path: &PostPath, version: &Revision) -> Result<Revision, SaveError> {
        let bytes = self.version(version).map_err(|source| SaveError::Place {
            path: path.clone(),
            place: self.history_dir(),
            source,
        })?;
        self.make(path, &bytes)
    }

    fn make(&self, path: &PostPath, bytes: &[u8]) -> Result<Revision, SaveError> {
        check_size(path, bytes.len())?;
        if scan::leaves_out(self, path) {
            return Err(SaveError::LeftOut { path: path.clone() });
        }
        let _writing = self.writing();
        let io = |source| SaveError::Io { path: path.clone(), source };
        let file = path.under(self.root());
        match files::link_metadata(&file) {
            Ok(_) => return Err(SaveError::Exists { path: path.clone() }),
            // A file where a folder should be is told when the folder is made.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) => {}
            Err(source) => return Err(io(source)),
        }
        self.check_new(path, &file)?;
        let _lock = self.lock_file(path, &file)?;
        let folder = folder_of(&file).map_err(io)?;
        let made = files::make_folders(folder).map_err(|error| refused(path, folder, error))?;
        let revision = Revision::of(bytes);
        let created = stage(path, folder, bytes, None).and_then(|staged| {
            staged.persist_noclobber(&file).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => SaveError::Exists { path: path.clone() },
                _ => refused(path, folder, error),
            })
        });
        if let Err(error) = created {
            files::remove_folders(&made);
            return Err(error);
        }
        self.record(path, revision);
        self.keep_made(path, bytes);
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
            match files::resolve(folder) {
                Ok(real) if self.holds(&real) => return Ok(()),
                Ok(_) => break,
                // A root that is gone is not made again: it may be a drive that comes back.
                Err(error)
                    if error.kind() == io::ErrorKind::NotFound
                        && folder != self.root()
                        && files::link_metadata(folder).is_err() => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Err(self.missing(path).into());
                }
                Err(source) => return Err(SaveError::Io { path: path.clone(), source }),
            }
        }
        Err(SaveError::Outside { path: path.clone() })
    }

    /// Waits until no other process writes this file; free again when the result is dropped.
    fn lock_file(&self, path: &PostPath, file: &Path) -> Result<FileLock, SaveError> {
        lock::hold(&self.places().locks_dir(), file).map_err(|(place, source)| SaveError::Place {
            path: path.clone(),
            place,
            source,
        })
    }
}

fn stage(
    path: &PostPath,
    folder: &Path,
    bytes: &[u8],
    replaced: Option<(&Path, &fs::Metadata)>,
) -> Result<Staged, SaveError> {
    files::stage(folder, bytes, replaced).map_err(|error| refused(path, folder, error))
}

/// Tells why nothing could be put into the folder of a post.
fn refused(path: &PostPath, folder: &Path, source: io::Error) -> SaveError {
    let path = path.clone();
    match source.kind() {
        io::ErrorKind::PermissionDenied => {
            SaveError::ReadOnlyFolder { path, folder: folder.to_owned(), source }
        }
        _ => SaveError::Io { path, source },
    }
}

fn check_base(path: &PostPath, bytes: &[u8], base: &Revision) -> Result<(), SaveError> {
    match Revision::of(bytes) {
        disk if disk == *base => Ok(()),
        disk => Err(SaveError::Conflict { path: path.clone(), disk }),
    }
}

fn check_size(path: &PostPath, bytes: usize) -> Result<(), SaveError> {
    match u64::try_from(bytes) {
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
    files::stage(folder, bytes, metadata.as_ref().map(|replaced| (target.as_path(), replaced)))?
        .persist(&target)?;
    files::sync_folder(folder);
    Ok(())
}

impl From<ReadError> for SaveError {
    fn from(error: ReadError) -> SaveError {
        match error {
            ReadError::Missing { path } => SaveError::Missing { path },
            ReadError::FolderGone { path, root } => SaveError::FolderGone { path, root },
            ReadError::Outside { path } => SaveError::Outside { path },
            ReadError::TooLarge { path, bytes } => SaveError::TooLarge { path, bytes },
            ReadError::Io { path, source } => SaveError::Unreadable { path, source },
            ReadError::NoText { path, reason } => SaveError::NoText { path, reason },
        }
    }
}

#[cfg(test)]
mod tests;
