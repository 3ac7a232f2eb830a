//! Extended attributes of a replaced file, which its replacement takes over: what programs and users
//! noted at it, and its access control list.
//!
//! As far as the file system goes along: a save does not fail for them.

use std::fs::File;
use std::io;
use std::path::Path;

use rustix::buffer::spare_capacity;
use rustix::fs::{XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query};
use rustix::fs::{fremovexattr, fsetxattr};

use super::{Call, call};

/// What programs of the user note.
const USER: &[u8] = b"user.";

/// Who may do what, beyond the permissions.
const ACCESS: &[u8] = b"system.posix_acl_access";

/// What a security module says of it.
const LABEL: &[u8] = b"security.selinux";

/// Gives the new `file` at `path` the attributes of the file at `replaced`. Called after its
/// permissions are set, which are a part of the list.
pub(super) fn keep(file: &File, path: &Path, replaced: &Path) {
    let kept = call(Call::Look, replaced, || of(&File::open(replaced)?));
    let kept = kept.unwrap_or_else(|error| {
        tracing::debug!(%error, "the attributes of a replaced file are not kept");
        Vec::new()
    });
    for (name, value) in &kept {
        let set = || Ok(fsetxattr(file, name.as_slice(), value, XattrFlags::empty())?);
        if let Err(error) = call(Call::Permit, path, set) {
            let name = String::from_utf8_lossy(name);
            tracing::debug!(%error, %name, "an attribute of a replaced file is not kept");
        }
    }
    // A folder may give new files a list that the replaced one did not have.
    if kept.iter().all(|(name, _)| name != ACCESS) && fgetxattr_query(file, ACCESS).is_ok() {
        let remove = || Ok(fremovexattr(file, ACCESS)?);
        if let Err(error) = call(Call::Permit, path, remove) {
            tracing::warn!(%error, "a post may be read by more than could read it");
        }
    }
}

/// The attributes of a file that belong to its content: names and values.
fn of(file: &File) -> io::Result<Vec<(Vec<u8>, Vec<u8>)>> {
    let mut found = Vec::new();
    let mut names = Vec::with_capacity(flistxattr_query(file)?);
    if names.capacity() == 0 {
        return Ok(found);
    }
    flistxattr(file, spare_capacity(&mut names))?;
    for name in names.split(|&byte| byte == 0) {
        if !(name.starts_with(USER) || name == ACCESS || name == LABEL) {
            continue;
        }
        let mut value = Vec::with_capacity(fgetxattr_query(file, name)?);
        if value.capacity() > 0 {
            fgetxattr(file, name, spare_capacity(&mut value))?;
        }
        found.push((name.to_owned(), value));
    }
    Ok(found)
}
