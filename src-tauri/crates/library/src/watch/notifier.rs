//! The system's watches on folders.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Watches folders, each one by itself where the system counts them one by one anyway, so that
/// `.git` and `node_modules` cost nothing; the root with all below it elsewhere.
///
/// Files are never watched: such a watch dies when an editor renames a new file over the old one.
pub(crate) struct Notifier {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

/// Says that the system gives no more watches.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no more watches on folders")]
pub(crate) struct Exhausted(#[source] pub(crate) notify::Error);

impl Notifier {
    pub(crate) fn new(
        handler: impl Fn(notify::Result<notify::Event>) + Send + 'static,
    ) -> notify::Result<Notifier> {
        let watcher = RecommendedWatcher::new(handler, Config::default())?;
        Ok(Notifier { watcher, folders: BTreeSet::new() })
    }

    /// Watches those of `folders` that are not watched yet; returns whether there were any.
    pub(crate) fn add(
        &mut self,
        root: &Path,
        folders: &BTreeSet<PathBuf>,
    ) -> Result<bool, Exhausted> {
        if !cfg!(any(target_os = "linux", target_os = "android")) {
            let new = !self.folders.contains(root);
            if new {
                self.watch(root, RecursiveMode::Recursive)?;
            }
            self.folders.extend(folders.iter().cloned());
            return Ok(new);
        }
        let new: Vec<PathBuf> = folders.difference(&self.folders).cloned().collect();
        for folder in &new {
            self.watch(folder, RecursiveMode::NonRecursive)?;
        }
        Ok(!new.is_empty())
    }

    /// Forgets the watches on a folder and all below it, as they end with the folder.
    pub(crate) fn forget(&mut self, folder: &Path) {
        let gone: Vec<PathBuf> = self
            .folders
            .range(folder.to_owned()..)
            .take_while(|below| below.starts_with(folder))
            .cloned()
            .collect();
        for folder in gone {
            self.folders.remove(&folder);
        }
    }

    /// Tells whether events of this very folder reach us.
    pub(crate) fn watches(&self, folder: &Path) -> bool {
        self.folders.contains(folder)
    }

    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), Exhausted> {
        match self.watcher.watch(folder, mode) {
            Ok(()) => {
                self.folders.insert(folder.to_owned());
                Ok(())
            }
            Err(error) if is_exhausted(&error) => Err(Exhausted(error)),
            Err(error) => {
                // Gone again, or not ours to read: the scan lists what can't be read.
                tracing::debug!(%error, folder = %folder.display(), "cannot watch a folder");
                Ok(())
            }
        }
    }
}

/// Tells whether an error means that the system's limit is reached.
pub(crate) fn is_exhausted(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // Too many open files, of the process or of the system.
        ErrorKind::Io(error) => cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24 | 28)),
        _ => false,
    }
}
