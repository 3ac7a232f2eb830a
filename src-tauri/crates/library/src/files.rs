//! The operations on files that saves, the history and locks are made of.
//!
//! All of them reach the disk through here, so that a test can let any one fail, or the process
//! end at it (`faults`). Files are replaced whole: new content beside the old one, synced, then
//! renamed over it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

/// Begins the names of our temporary files; hidden, so that no scan and no Jekyll sees them.
pub(crate) const TEMPORARY_PREFIX: &str = ".dapanji-";

/// Ends the names of our temporary files.
pub(crate) const TEMPORARY_SUFFIX: &str = ".tmp";

/// Age from which a temporary file can't belong to a save that is still under way.
const LEFTOVER_AGE: Duration = Duration::from_secs(60 * 60);

/// What is asked of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// Following links to where a file really is.
    Resolve,
    /// Asking about a file, and opening one to read it.
    Look,
    /// Reading.
    Read,
    /// Opening an existing file to write, without a change to it.
    Open,
    /// Making a file.
    Create,
    /// Making folders.
    MakeFolder,
    /// Writing or appending.
    Write,
    /// Setting permissions or owner.
    Permit,
    /// Waiting until a file is on the disk.
    Sync,
    /// Waiting until names in a folder are on the disk.
    SyncFolder,
    /// Putting a file in the place of another one.
    Replace,
    /// Putting a file where there must be none.
    Place,
    /// Deleting.
    Remove,
    /// Waiting until no other process holds a lock.
    Lock,
}

/// An open file that knows its name.
#[derive(Debug)]
pub(crate) struct Opened {
    file: File,
    path: PathBuf,
}

/// A content that lies beside the file it is meant for, complete and on the disk, or what it changed
/// places with. Deleted if it is dropped before it is put in place.
#[derive(Debug)]
pub(crate) struct Staged {
    temporary: NamedTempFile,
}

/// Makes a call, again if a signal came in between.
fn call<T>(what: Call, path: &Path, mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match before(what, path).and_then(|()| act()) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(not(test))]
fn before(_what: Call, _path: &Path) -> io::Result<()> {
    Ok(())
}

/// How a content is handed to the system: in one piece, so that two processes that append to one
/// file don't mix.
#[cfg(not(test))]
fn pieces(bytes: &[u8]) -> [&[u8]; 1] {
    [bytes]
}

#[cfg(target_os = "linux")]
mod attributes;

#[cfg(test)]
pub(crate) mod faults;
#[cfg(test)]
use faults::{before, pieces};

/// As [`fs::canonicalize`].
pub(crate) fn resolve(path: &Path) -> io::Result<PathBuf> {
    call(Call::Resolve, path, || fs::canonicalize(path))
}

/// As [`fs::metadata`].
pub(crate) fn metadata(path: &Path) -> io::Result<Metadata> {
    call(Call::Look, path, || fs::metadata(path))
}

/// As [`fs::symlink_metadata`].
pub(crate) fn link_metadata(path: &Path) -> io::Result<Metadata> {
    call(Call::Look, path, || fs::symlink_metadata(path))
}

/// Lists the names in a folder, as far as they are UTF-8.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in call(Call::Look, folder, || fs::read_dir(folder))? {
        names.extend(entry?.file_name().into_string().ok());
    }
    Ok(names)
}

/// Deletes a file.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    call(Call::Remove, path, || fs::remove_file(path))
}

/// Opens a file to read it.
pub(crate) fn open(path: &Path) -> io::Result<Opened> {
    let file = call(Call::Look, path, || File::open(path))?;
    Ok(Opened { file, path: path.to_owned() })
}

/// Opens a file to append to it and read it, and makes it if there is none.
pub(crate) fn open_log(path: &Path) -> io::Result<Opened> {
    let mut options = OpenOptions::new();
    options.create(true).append(true).read(true);
    let file = call(Call::Create, path, || options.open(path))?;
    Ok(Opened { file, path: path.to_owned() })
}

/// Checks that a file may be written by this user, and leaves it alone.
pub(crate) fn check_writable(path: &Path) -> io::Result<()> {
    call(Call::Open, path, || OpenOptions::new().write(true).open(path)).map(drop)
}

/// Makes a folder and those it lies in, waits until they are on the disk, and returns those it
/// made, the outermost first. On an error it has made none.
pub(crate) fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut made = Vec::new();
    match make_missing(folder, &mut made) {
        Ok(()) => Ok(made),
        Err(error) => {
            remove_folders(&made);
            Err(error)
        }
    }
}

fn make_missing(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|folder| metadata(folder).is_err()).collect();
    for folder in missing.into_iter().rev() {
        match call(Call::MakeFolder, folder, || fs::create_dir(folder)) {
            Ok(()) => made.push(folder.to_owned()),
            // Another process was faster; a file of that name is told by what comes next.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        if let Some(parent) = folder.parent() {
            sync_folder(parent);
        }
    }
    Ok(())
}

/// Deletes folders that [`make_folders`] made, as far as they are empty.
pub(crate) fn remove_folders(made: &[PathBuf]) {
    for folder in made.iter().rev() {
        if let Err(error) = call(Call::Remove, folder, || fs::remove_dir(folder)) {
            tracing::debug!(%error, folder = %folder.display(), "a new folder stays");
        }
    }
}

impl Opened {
    /// As [`File::metadata`].
    pub(crate) fn metadata(&self) -> io::Result<Metadata> {
        call(Call::Look, &self.path, || self.file.metadata())
    }

    /// Reads on to the end, but `limit` bytes at most.
    pub(crate) fn read_to_end(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let Opened { file, path } = self;
        call(Call::Read, path, || file.take(limit).read_to_end(&mut bytes))?;
        Ok(bytes)
    }

    /// Reads the last byte; `None` in an empty file.
    pub(crate) fn last_byte(&mut self) -> io::Result<Option<u8>> {
        if self.metadata()?.len() == 0 {
            return Ok(None);
        }
        let mut last = [0];
        let Opened { file, path } = self;
        call(Call::Read, path, || {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)
        })?;
        Ok(Some(last[0]))
    }

    /// Writes all of it, or appends it.
    pub(crate) fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        write(&mut self.file, &self.path, bytes)
    }

    /// Waits until the content is on the disk.
    pub(crate) fn sync(&self) -> io::Result<()> {
        call(Call::Sync, &self.path, || self.file.sync_data())
    }

    /// Cuts it off, to take back what was appended in part.
    pub(crate) fn truncate(&self, bytes: u64) -> io::Result<()> {
        call(Call::Write, &self.path, || self.file.set_len(bytes))
    }

    /// Takes the lock of this file, and tells whether it could: no other process may hold it. It is
    /// let go with the file.
    pub(crate) fn try_lock(&self) -> io::Result<bool> {
        call(Call::Lock, &self.path, || taken(self.file.try_lock()))
    }

    /// Takes the lock of this file together with others, and tells whether it could: no other process
    /// may hold it alone.
    pub(crate) fn try_lock_shared(&self) -> io::Result<bool> {
        call(Call::Lock, &self.path, || taken(self.file.try_lock_shared()))
    }

    /// Waits until no other process holds the lock of this file. It is let go with the file.
    pub(crate) fn lock(&self) -> io::Result<()> {
        call(Call::Lock, &self.path, || self.file.lock())
    }
}

fn taken(lock: Result<(), fs::TryLockError>) -> io::Result<bool> {
    match lock {
        Ok(()) => Ok(true),
        Err(fs::TryLockError::WouldBlock) => Ok(false),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    for piece in pieces(bytes) {
        call(Call::Write, path, || file.write_all(piece))?;
    }
    Ok(())
}

/// Writes a temporary file in `folder` and waits until it is on the disk.
///
/// Takes over permissions, and owner and extended attributes where the system lets us, of the file it
/// is to replace; a new file gets what the user's mask leaves.
pub(crate) fn stage(
    folder: &Path,
    bytes: &[u8],
    replaced: Option<(&Path, &Metadata)>,
) -> io::Result<Staged> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    if replaced.is_none() {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = call(Call::Create, folder, || builder.tempfile_in(folder))?;
    let path = temporary.path().to_owned();
    write(temporary.as_file_mut(), &path, bytes)?;
    let file = temporary.as_file();
    if let Some((replaced, metadata)) = replaced {
        keep_owner(file, &path, metadata);
        call(Call::Permit, &path, || file.set_permissions(metadata.permissions()))?;
        #[cfg(target_os = "linux")]
        attributes::keep(file, &path, replaced);
        #[cfg(not(target_os = "linux"))]
        let _ = replaced;
    }
    call(Call::Sync, &path, || file.sync_all())?;
    Ok(Staged { temporary })
}

impl Staged {
    /// Returns when the content was written, by the clock of the file system.
    pub(crate) fn modified(&self) -> io::Result<SystemTime> {
        call(Call::Look, self.temporary.path(), || self.temporary.as_file().metadata()?.modified())
    }

    /// Lets it and the file at `target` change places in one step: from then on this is what was
    /// there, whoever wrote it last. `Unsupported` where the file system can't.
    pub(crate) fn exchange(&self, target: &Path) -> io::Result<()> {
        call(Call::Replace, target, || swap(self.temporary.path(), target)).map_err(|error| {
            match error.kind() {
                io::ErrorKind::InvalidInput => io::ErrorKind::Unsupported.into(),
                _ => error,
            }
        })
    }

    /// Reads what it is now, but `limit` bytes at most; an error if that is no regular file.
    pub(crate) fn read(&self, limit: u64) -> io::Result<Vec<u8>> {
        let path = self.temporary.path();
        if !link_metadata(path)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        open(path)?.read_to_end(limit)
    }

    /// Leaves it where it is.
    pub(crate) fn leave(self) {
        if let Err(error) = self.temporary.keep() {
            tracing::debug!(%error, "a temporary file is not left");
        }
    }

    /// Puts it in the place of `target`, which is the old or the new file at every moment.
    pub(crate) fn persist(self, target: &Path) -> io::Result<()> {
        put_in_place(self.temporary, Call::Replace, target, NamedTempFile::persist)
    }

    /// Puts it at `target`, where there must be no file.
    pub(crate) fn persist_noclobber(self, target: &Path) -> io::Result<()> {
        put_in_place(self.temporary, Call::Place, target, NamedTempFile::persist_noclobber)
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|error| match error {
        Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
        error => error.into(),
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn put_in_place(
    temporary: NamedTempFile,
    what: Call,
    target: &Path,
    put: impl Fn(NamedTempFile, PathBuf) -> Result<File, tempfile::PersistError>,
) -> io::Result<()> {
    let mut temporary = Some(temporary);
    call(what, target, || {
        let Some(staged) = temporary.take() else { return Ok(()) };
        match put(staged, target.to_owned()) {
            Ok(_) => Ok(()),
            Err(failed) => {
                temporary = Some(failed.file);
                Err(failed.error)
            }
        }
    })
}

#[cfg(unix)]
fn keep_owner(file: &File, path: &Path, replaced: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let Ok(own) = file.metadata() else { return };
    let uid = (own.uid() != replaced.uid()).then(|| replaced.uid());
    let gid = (own.gid() != replaced.gid()).then(|| replaced.gid());
    // Only an administrator may give a file away; the group often can be kept all the same.
    for (uid, gid) in [(uid, None), (None, gid)] {
        if (uid, gid) != (None, None)
            && let Err(error) = call(Call::Permit, path, || fchown(file, uid, gid))
        {
            tracing::debug!(%error, "the owner of a replaced file is not kept");
        }
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _path: &Path, _replaced: &Metadata) {}

/// Waits until a rename in `folder` is on the disk.
///
/// Some file systems can't; the file is in place by then, so that is no failure.
pub(crate) fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Err(error) = call(Call::SyncFolder, folder, || File::open(folder)?.sync_all()) {
        tracing::warn!(%error, folder = %folder.display(), "cannot sync a folder");
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Deletes temporary files that a killed process left in `folder`. What can't be deleted stays.
pub(crate) fn sweep(folder: &Path, now: SystemTime) {
    let listed = call(Call::Look, folder, || fs::read_dir(folder));
    for entry in listed.into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| {
            name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX)
        });
        let age = || now.duration_since(entry.metadata().ok()?.modified().ok()?).ok();
        if is_ours
            && age().is_some_and(|age| age > LEFTOVER_AGE)
            && let Err(error) = call(Call::Remove, &entry.path(), || fs::remove_file(entry.path()))
        {
            tracing::debug!(%error, "cannot delete a leftover");
        }
    }
}
