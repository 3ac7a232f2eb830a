//! Replaces files whole: new content beside the old one, synced, then renamed over it.

use std::fs::{self, File, Metadata};
use std::io::{self, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

/// Begins the names of our temporary files; hidden, so that no scan and no Jekyll sees them.
pub(crate) const TEMPORARY_PREFIX: &str = ".dapanji-";

/// Ends the names of our temporary files.
pub(crate) const TEMPORARY_SUFFIX: &str = ".tmp";

/// Age from which a temporary file can't belong to a save that is still under way.
const LEFTOVER_AGE: Duration = Duration::from_secs(60 * 60);

/// Writes a temporary file in `folder` and waits until it is on the disk.
///
/// Takes over permissions, and the owner where the system lets us, of the file it is to replace;
/// a new file gets what the user's mask leaves.
pub(crate) fn stage(
    folder: &Path,
    bytes: &[u8],
    replaced: Option<&Metadata>,
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY_PREFIX).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    if replaced.is_none() {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    if let Some(replaced) = replaced {
        keep_owner(temporary.as_file(), replaced);
        temporary.as_file().set_permissions(replaced.permissions())?;
    }
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

#[cfg(unix)]
fn keep_owner(file: &File, replaced: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let Ok(own) = file.metadata() else { return };
    let uid = (own.uid() != replaced.uid()).then(|| replaced.uid());
    let gid = (own.gid() != replaced.gid()).then(|| replaced.gid());
    // Only an administrator may give a file away; the group often can be kept all the same.
    for (uid, gid) in [(uid, None), (None, gid)] {
        if (uid, gid) != (None, None)
            && let Err(error) = fchown(file, uid, gid)
        {
            tracing::debug!(%error, "the owner of a replaced file is not kept");
        }
    }
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _replaced: &Metadata) {}

/// Waits until a rename in `folder` is on the disk.
///
/// Some file systems can't; the file is in place by then, so that is no failure.
pub(crate) fn sync_folder(folder: &Path) {
    #[cfg(unix)]
    if let Err(error) = File::open(folder).and_then(|folder| folder.sync_all()) {
        tracing::warn!(%error, folder = %folder.display(), "cannot sync a folder");
    }
    #[cfg(not(unix))]
    let _ = folder;
}

/// Deletes temporary files that a killed process left in `folder`. What can't be deleted stays.
pub(crate) fn sweep(folder: &Path, now: SystemTime) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| {
            name.starts_with(TEMPORARY_PREFIX) && name.ends_with(TEMPORARY_SUFFIX)
        });
        let age = || now.duration_since(entry.metadata().ok()?.modified().ok()?).ok();
        if is_ours
            && age().is_some_and(|age| age > LEFTOVER_AGE)
            && let Err(error) = fs::remove_file(entry.path())
        {
            tracing::debug!(%error, "cannot delete a leftover");
        }
    }
}
