//! Where to look.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::path::PostPath;

/// What may have changed since the last look.
#[derive(Debug, Default)]
pub(crate) struct Touched {
    /// Every post is to be read.
    pub(crate) all: bool,
    /// Every post is to be read whose stamp is another, or tells nothing yet.
    pub(crate) stamps: bool,
    /// The folder is to be scanned, since posts may have come or gone.
    pub(crate) scan: bool,
    /// Posts to be read.
    pub(crate) posts: BTreeSet<PostPath>,
    /// Every post below one of these is to be read; absolute.
    pub(crate) folders: BTreeSet<PathBuf>,
}

impl Touched {
    pub(crate) fn is_empty(&self) -> bool {
        !self.all && !self.stamps && !self.scan && self.posts.is_empty() && self.folders.is_empty()
    }

    pub(crate) fn needs_scan(&self) -> bool {
        self.all || self.stamps || self.scan || !self.folders.is_empty()
    }
}
