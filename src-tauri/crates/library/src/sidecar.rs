//! What is kept beside posts: in the hidden folder `.dapanji` of the notebook, which travels with
//! it, and in the user's data folder, which does not.
//!
//! The hidden folder is made when there is something to keep, never for a look. No file in it is
//! ever rewritten by us: logs only grow, so that git can merge two copies by taking the lines of
//! both.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::files;
use crate::library::Library;
use crate::lock;

/// The name of the hidden folder in a notebook.
pub const SIDECAR_FOLDER: &str = ".dapanji";

/// What the hidden folder says to git.
const MERGE: &str = "*.jsonl merge=union\n";

/// The largest file that is read from beside the posts, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Files in the hidden folder of a notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sidecar {
    /// The log of keys that entries had before they were reworded or moved: a line each, only
    /// appended to.
    Keys,
    /// What the user set for this notebook. Never written by us.
    Settings,
    /// The log of what the user decided about key terms and synonyms: a line each, only appended to.
    Terms,
}

impl Sidecar {
    /// All of them.
    pub(crate) const ALL: [Sidecar; 3] = [Sidecar::Keys, Sidecar::Settings, Sidecar::Terms];

    /// The file's name inside the hidden folder.
    pub fn file_name(self) -> &'static str {
        match self {
            Sidecar::Keys => "keys.jsonl",
            Sidecar::Settings => "settings.yml",
            Sidecar::Terms => "terms.jsonl",
        }
    }
}

/// Files about a notebook in the user's data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// Keys of entries that were reworded by other programs, as far as that could be guessed: a line
    /// each, only appended to.
    GuessedKeys,
    /// The entries of each post when it was last seen.
    Known,
    /// Whom the model answer was for that the user looked at last.
    Audience,
}

impl Local {
    fn file_name(self) -> &'static str {
        match self {
            Local::GuessedKeys => "guessed-keys.jsonl",
            Local::Known => "known",
            Local::Audience => "audience",
        }
    }
}

/// Tells why a file beside the posts could not be read or written. Posts are not concerned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SidecarError {
    /// A symbolic link leads out of the folder.
    #[error("cannot use {}: it leads out of the folder", file.display())]
    Outside {
        /// The file.
        file: PathBuf,
    },
    /// Larger than anything we would keep there.
    #[error("cannot read {}: {bytes} bytes are too many", file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
        /// Its size in bytes.
        bytes: u64,
    },
    /// The system refused.
    #[error("cannot use {}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Library {
    /// Reads a file of the hidden folder; `None` if there is none.
    ///
    /// # Errors
    /// If there is one that cannot be read, or that lies outside the notebook.
    pub fn read_sidecar(&self, which: Sidecar) -> Result<Option<Vec<u8>>, SidecarError> {
        let file = self.sidecar_file(which);
        match self.inside(&file)? {
            Some(real) => read(&real, MAX_BYTES).map_err(|error| error.about(&file)),
            None => Ok(None),
        }
    }

    /// Appends lines to a log of the hidden folder, in one piece, and waits until they are on the
    /// disk. The folder and the file are made if need be. `lines` ends with a line end.
    ///
    /// A line that a crash has torn stays as it is; the new ones begin on a line of their own.
    ///
    /// # Errors
    /// If it cannot be written, or lies outside the notebook. Then nothing was appended.
    pub fn append_sidecar(&self, which: Sidecar, lines: &str) -> Result<(), SidecarError> {
        let _writing = self.writing();
        let file = self.sidecar_file(which);
        let real = match self.inside(&file)? {
            Some(real) => real,
            None => {
                let real = self.make_sidecar_folder(&file)?;
                // Without it only the merging of two copies is left to the user.
                drop(say_how_to_merge(&real));
                real
            }
        };
        let _lock = lock::hold(&self.places().locks_dir(), &real)
            .map_err(|(place, source)| Failed::Io(source).about(&place))?;
        append(&real, lines, true).map_err(|error| Failed::Io(error).about(&file))
    }

    /// Reads a file about this notebook in the data folder; `None` if there is none.
    ///
    /// # Errors
    /// If there is one that cannot be read.
    pub fn read_local(&self, which: Local) -> Result<Option<Vec<u8>>, SidecarError> {
        let file = self.local_file(which);
        read(&file, MAX_BYTES).map_err(|error| error.about(&file))
    }

    /// Appends lines to a file about this notebook in the data folder, in one piece. A line that a
    /// crash has torn stays as it is; the new ones begin on a line of their own.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn append_local(&self, which: Local, lines: &str) -> Result<(), SidecarError> {
        let file = self.local_file(which);
        make_folder_of(&file)
            .and_then(|()| append(&file, lines, false))
            .map_err(|error| Failed::Io(error).about(&file))
    }

    /// Replaces a file about this notebook in the data folder, whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written; then it is as it was.
    pub fn replace_local(&self, which: Local, bytes: &[u8]) -> Result<(), SidecarError> {
        let file = self.local_file(which);
        let replace = || {
            make_folder_of(&file)?;
            let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
            files::stage(folder, bytes, None)?.persist(&file)?;
            Ok(())
        };
        replace().map_err(|error| Failed::Io(error).about(&file))
    }

    /// Where a file of the hidden folder is looked for. For a single post that is the folder that
    /// the notebook around it keeps, if there is one: up to the root of its git repository.
    pub(crate) fn sidecar_file(&self, which: Sidecar) -> PathBuf {
        self.sidecar_root().join(SIDECAR_FOLDER).join(which.file_name())
    }

    fn sidecar_root(&self) -> &Path {
        if self.single_post().is_none() {
            return self.root();
        }
        let mut around = Vec::new();
        for folder in self.root().ancestors() {
            around.push(folder);
            if folder.join(".git").exists() {
                let kept = around.into_iter().find(|folder| folder.join(SIDECAR_FOLDER).is_dir());
                return kept.unwrap_or_else(|| self.root());
            }
        }
        self.root()
    }

    /// The file itself, links resolved, if there is one and it lies inside the notebook.
    fn inside(&self, file: &Path) -> Result<Option<PathBuf>, SidecarError> {
        match fs::canonicalize(file) {
            // A log is a log: a link may not make a post of it, or a hook of git.
            Ok(real)
                if real.starts_with(self.sidecar_root())
                    && real.extension() == file.extension() =>
            {
                Ok(Some(real))
            }
            Ok(_) => Err(SidecarError::Outside { file: file.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // A link to nowhere would be followed when the file is made.
                if file.symlink_metadata().is_ok() {
                    return Err(SidecarError::Outside { file: file.to_owned() });
                }
                Ok(None)
            }
            Err(source) => Err(Failed::Io(source).about(file)),
        }
    }

    /// Makes the hidden folder and returns where the new file goes, links resolved.
    fn make_sidecar_folder(&self, file: &Path) -> Result<PathBuf, SidecarError> {
        let made = || {
            let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
            // Its parent is never made: a notebook that is gone may be a drive that comes back.
            match fs::create_dir(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
            let name = file.file_name().ok_or(io::ErrorKind::InvalidInput)?;
            Ok(fs::canonicalize(folder)?.join(name))
        };
        let real = made().map_err(|source| Failed::Io(source).about(file))?;
        if real.starts_with(self.sidecar_root()) {
            Ok(real)
        } else {
            Err(SidecarError::Outside { file: file.to_owned() })
        }
    }

    fn local_file(&self, which: Local) -> PathBuf {
        self.places().entries_dir(&self.key()).join(which.file_name())
    }
}

pub(crate) enum Failed {
    Io(io::Error),
    TooLarge(u64),
}

impl Failed {
    pub(crate) fn about(self, file: &Path) -> SidecarError {
        let file = file.to_owned();
        match self {
            Failed::Io(source) => SidecarError::Io { file, source },
            Failed::TooLarge(bytes) => SidecarError::TooLarge { file, bytes },
        }
    }
}

/// Reads a file of at most so many bytes, if there is one.
pub(crate) fn read(file: &Path, max_bytes: u64) -> Result<Option<Vec<u8>>, Failed> {
    let metadata = match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(Failed::Io)?,
    };
    // Asked before opening: to open a pipe would wait for a writer.
    if !metadata.is_file() {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
        return Err(Failed::Io(error));
    }
    if metadata.len() > max_bytes {
        return Err(Failed::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    let opened = File::open(file).map_err(Failed::Io)?;
    // It may grow while it is read.
    opened.take(max_bytes).read_to_end(&mut bytes).map_err(Failed::Io)?;
    Ok(Some(bytes))
}

/// Tells git to take the lines of both sides where two copies of a log are merged.
fn say_how_to_merge(log: &Path) -> io::Result<()> {
    let folder = log.parent().ok_or(io::ErrorKind::InvalidInput)?;
    files::stage(folder, MERGE.as_bytes(), None)?.persist_noclobber(&folder.join(".gitattributes"))
}

fn append(file: &Path, lines: &str, durably: bool) -> io::Result<()> {
    let is_new = files::metadata(file).is_err();
    let mut log = files::open_log(file)?;
    let mut text = String::with_capacity(lines.len() + 1);
    if log.last_byte()?.is_some_and(|last| last != b'\n') {
        text.push('\n');
    }
    text.push_str(lines);
    log.write_all(text.as_bytes())?;
    if durably {
        log.sync()?;
        if let Some(folder) = file.parent().filter(|_| is_new) {
            files::sync_folder(folder);
        }
    }
    Ok(())
}

fn make_folder_of(file: &Path) -> io::Result<()> {
    fs::create_dir_all(file.parent().ok_or(io::ErrorKind::InvalidInput)?)
}

#[cfg(test)]
mod tests;
