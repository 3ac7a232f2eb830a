//! Files about a notebook that can be made again at any time, in the user's cache folder.
//!
//! They are replaced whole and never waited for: whoever reads one has to tell by itself whether it is
//! whole, and to do without where it is not.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::library::Library;
use crate::sidecar::{self, SidecarError};

/// The largest file that is kept, in bytes.
pub(crate) const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Files about a notebook in the user's cache folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cached {
    /// What was last read of the posts.
    Summaries,
}

impl Library {
    /// Reads a file of the cache folder; `None` if there is none.
    ///
    /// # Errors
    /// If there is one that cannot be read.
    pub fn read_cached(&self, which: Cached) -> Result<Option<Vec<u8>>, SidecarError> {
        let file = self.cached_file(which);
        sidecar::read(&file, MAX_BYTES).map_err(|error| error.about(&file))
    }

    /// Replaces a file of the cache folder. After a crash it may be torn.
    ///
    /// # Errors
    /// If it cannot be written, or is too large to be kept; then it is as it was.
    pub fn replace_cached(&self, which: Cached, bytes: &[u8]) -> Result<(), SidecarError> {
        let file = self.cached_file(which);
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > MAX_BYTES {
            return Err(SidecarError::TooLarge { file, bytes: size });
        }
        let replace = || {
            let folder = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
            fs::create_dir_all(folder)?;
            // Not synced: what is in it is worth less than the wait.
            let mut new = tempfile::NamedTempFile::new_in(folder)?;
            new.write_all(bytes)?;
            new.persist(&file).map_err(|error| error.error)?;
            Ok(())
        };
        replace().map_err(|source| SidecarError::Io { file: file.clone(), source })
    }

    fn cached_file(&self, which: Cached) -> PathBuf {
        match which {
            Cached::Summaries => self.places().summaries_file(&self.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Folder;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = Folder::empty();
        let library = folder.library();
        assert_eq!(library.read_cached(Cached::Summaries).unwrap(), None);
        assert!(!folder.places().cache.exists(), "a look makes nothing");
        for bytes in [&b"long ago"[..], b"now"] {
            library.replace_cached(Cached::Summaries, bytes).unwrap();
            assert_eq!(library.read_cached(Cached::Summaries).unwrap().unwrap(), bytes);
        }
        assert_eq!(folder.names(), Vec::<String>::new(), "nothing goes into the notebook");
    }

    #[test]
    fn a_place_that_cannot_be_used_is_told() {
        let folder = Folder::with(&[("a.md", "")]);
        let places = crate::Places { cache: folder.root().join("a.md"), ..folder.places() };
        let library = Library::open_in(folder.root(), places).unwrap();
        let error = library.replace_cached(Cached::Summaries, b"x").unwrap_err();
        assert!(error.to_string().contains("summaries"), "{error}");
    }
}
