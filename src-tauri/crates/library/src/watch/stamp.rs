//! What tells the root from another folder at the same path.

use std::fs::{self, Metadata};
use std::path::Path;

/// Tells one folder at the root's path from another one made later.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RootId(u64, u64);

impl RootId {
    pub(crate) fn of(root: &Path) -> Option<RootId> {
        let metadata = fs::metadata(root).ok().filter(Metadata::is_dir)?;
        #[cfg(unix)]
        let id = {
            use std::os::unix::fs::MetadataExt as _;
            RootId(metadata.dev(), metadata.ino())
        };
        #[cfg(not(unix))]
        let id = {
            drop(metadata);
            RootId(0, 0)
        };
        Some(id)
    }
}
