//! What tells files and folders from later ones at the same path without reading them.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

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

/// What of a file changes with almost every write.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    inode: (u64, i64, i64),
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            inode: {
                use std::os::unix::fs::MetadataExt as _;
                (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
            },
        }
    }
}
