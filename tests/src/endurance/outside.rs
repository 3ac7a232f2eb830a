//! The ways in which other programs write a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Over the old bytes, then cut to the new length.
    InPlace,
    /// Emptied first, then filled.
    Truncate,
    /// Beside it, then renamed over it.
    RenameOver,
    /// Deleted first, then made anew.
    DeleteAndMake,
    /// With the time of the file before; where the length is the same too, nothing but the content
    /// tells.
    SameTime,
}

pub(crate) const WAYS: [Way; 5] =
    [Way::InPlace, Way::Truncate, Way::RenameOver, Way::DeleteAndMake, Way::SameTime];

/// Writes `text` to `file`.
pub(crate) fn write(way: Way, file: &Path, text: &str) -> io::Result<()> {
    let bytes = text.as_bytes();
    match way {
        Way::InPlace => in_place(file, bytes).map(drop),
        Way::Truncate => File::create(file)?.write_all(bytes),
        Way::RenameOver => {
            // As editors name it: visible, and no post.
            let beside = file.with_extension("md~");
            File::create(&beside)?.write_all(bytes)?;
            fs::rename(&beside, file)
        }
        Way::DeleteAndMake => {
            match fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            File::create(file)?.write_all(bytes)
        }
        Way::SameTime => {
            let time = fs::metadata(file).and_then(|metadata| metadata.modified());
            let written = in_place(file, bytes)?;
            time.map_or(Ok(()), |time| written.set_modified(time))
        }
    }
}

fn in_place(file: &Path, bytes: &[u8]) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let mut opened = options.write(true).create(true).truncate(false).open(file)?;
    opened.write_all(bytes)?;
    opened.set_len(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    Ok(opened)
}
