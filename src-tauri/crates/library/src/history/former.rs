//! What earlier versions of this program kept, which is only read.
//!
//! `objects/ab/cdef…` holds contents under the digits of their [`Revision`]; `log` has a line for
//! each replaced version: seconds since 1970, revision and path, separated by tabs. Lines that make
//! no sense are passed over.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::record::damaged;
use super::{After, Cause, Version};
use crate::path::PostPath;
use crate::revision::Revision;

pub(super) fn versions(history: &Path) -> io::Result<Vec<Version>> {
    let log = match fs::read(history.join("log")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        log => log?,
    };
    let mut versions: Vec<Version> =
        String::from_utf8_lossy(&log).lines().filter_map(version).collect();
    versions.retain(|version| object_file(history, &version.revision).exists());
    Ok(versions)
}

fn version(line: &str) -> Option<Version> {
    let mut fields = line.splitn(3, '\t');
    let seconds = fields.next()?.parse().ok()?;
    let revision = fields.next()?.parse().ok()?;
    let replaced = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    let path = PostPath::new(fields.next()?).ok()?;
    Some(Version { path, revision, replaced, cause: Cause::Saved, after: After::Next })
}

pub(super) fn content(history: &Path, revision: &Revision) -> io::Result<Vec<u8>> {
    let bytes = fs::read(object_file(history, revision))?;
    if Revision::of(&bytes) == *revision { Ok(bytes) } else { Err(damaged()) }
}

fn object_file(history: &Path, revision: &Revision) -> PathBuf {
    let digits = revision.to_string();
    let (first, rest) = digits.split_at_checked(2).unwrap_or((&digits, ""));
    history.join("objects").join(first).join(rest)
}

/// Bytes of all contents kept so.
pub(super) fn bytes(history: &Path) -> u64 {
    let folders = fs::read_dir(history.join("objects")).into_iter().flatten().flatten();
    let files = folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten());
    files.flatten().filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

/// Deletes all of it.
pub(super) fn delete(history: &Path) -> io::Result<()> {
    // The log goes first: without it the contents are nobody's.
    fs::remove_file(history.join("log"))?;
    fs::remove_dir_all(history.join("objects"))
}
