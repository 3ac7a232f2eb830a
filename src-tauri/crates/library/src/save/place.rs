//! Puts a new content in the place of the old one, and notices what came in between.

use std::io;
use std::path::Path;

use super::{folder_of, refused};
use crate::error::SaveError;
use crate::files::Staged;
use crate::history::Room;
use crate::library::{Library, MAX_POST_BYTES, Seen};
use crate::path::PostPath;
use crate::revision::Revision;

/// How often files change places in one save at most: each time but the second, another program has
/// written within microseconds.
const EXCHANGES: usize = 16;

impl Library {
    /// Puts the staged content `new` where the content of `base` is, at `file`.
    ///
    /// Both change places in one step, so what was replaced can be looked at. If another program
    /// wrote it after the last look, it is kept and goes back, and that is a conflict. Where the file
    /// system can't exchange files, the new one is renamed over the old one.
    ///
    /// Invariant: called with [`Library::writing`] held, and `base` in the history.
    pub(super) fn put_in_place(
        &self,
        path: &PostPath,
        staged: Staged,
        file: &Path,
        base: &Revision,
        new: Revision,
    ) -> Result<(), SaveError> {
        let conflict = |disk| Err(SaveError::Conflict { path: path.clone(), disk });
        // What is given to `file`, and what should come out of it.
        let (mut put, mut expected) = (Some(new), *base);
        for round in 0..EXCHANGES {
            match staged.exchange(file) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Unsupported && round == 0 => {
                    let renamed = staged.persist(file);
                    return renamed.or_else(|error| self.unless_done(path, file, new, error));
                }
                Err(error) if round == 0 => return self.unless_done(path, file, new, error),
                // It stays as it is: what came in between is in the history.
                Err(_) if expected == new => return Ok(()),
                Err(_) => return conflict(expected),
            }
            let out = match staged.read(MAX_POST_BYTES + 1) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => None,
                // The old content: it was read a moment ago, and is in the history.
                Err(_) => return if put == Some(new) { Ok(()) } else { conflict(expected) },
            };
            let revision = out.as_ref().map(Revision::of);
            if revision == Some(expected) {
                return match put {
                    Some(put) if put == new => Ok(()),
                    Some(disk) => conflict(disk),
                    None => Err(self.refusal(path, file, not_regular())),
                };
            }
            if let (Some(bytes), Some(revision)) = (out, revision) {
                self.keep_content(path, &bytes, &revision, Room::Any);
                self.keep_outside(path, Some(Seen::Content(revision)));
                self.sync_history();
            }
            let Some(there) = put else {
                // Not a file, twice: what came out now is not ours to delete.
                staged.leave();
                return Err(self.refusal(path, file, not_regular()));
            };
            (put, expected) = (revision, there);
        }
        conflict(expected)
    }

    /// A file system over a network may have done what it says has failed: its answer was lost.
    fn unless_done(
        &self,
        path: &PostPath,
        file: &Path,
        new: Revision,
        error: io::Error,
    ) -> Result<(), SaveError> {
        match self.load(path) {
            Ok(there) if Revision::of(&there.bytes) == new => Ok(()),
            Err(gone) if error.kind() == io::ErrorKind::NotFound => Err(gone.into()),
            _ => Err(self.refusal(path, file, error)),
        }
    }

    fn refusal(&self, path: &PostPath, file: &Path, error: io::Error) -> SaveError {
        match folder_of(file) {
            Ok(folder) => refused(path, folder, error),
            Err(source) => SaveError::Io { path: path.clone(), source },
        }
    }
}

fn not_regular() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}
