//! Folders for tests.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::{Library, Places, PostPath};

/// A temporary folder of posts, and places beside it.
pub(crate) struct Folder {
    temporary: TempDir,
    root: PathBuf,
}

impl Folder {
    pub(crate) fn empty() -> Folder {
        Folder::at(TempDir::new().unwrap())
    }

    /// In memory where the system has such a place: nothing there waits for a disk.
    #[cfg(unix)]
    pub(crate) fn in_memory() -> Folder {
        let memory = TempDir::new_in("/dev/shm");
        Folder::at(memory.or_else(|_| TempDir::new()).unwrap())
    }

    fn at(temporary: TempDir) -> Folder {
        let root = fs::canonicalize(temporary.path()).unwrap().join("글 모음");
        fs::create_dir(&root).unwrap();
        Folder { temporary, root }
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::empty();
        for (path, text) in files {
            folder.put(path, text);
        }
        folder
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn places(&self) -> Places {
        Places::under(&self.temporary.path().join("places"))
    }

    pub(crate) fn library(&self) -> Library {
        Library::open_in(&self.root, self.places()).unwrap()
    }

    /// Writes in place, as an editor outside may do.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        put(&self.root.join(path), bytes.as_ref());
    }

    pub(crate) fn put_sparse(&self, path: &str, bytes: u64) {
        File::create(self.root.join(path)).unwrap().set_len(bytes).unwrap();
    }

    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// Lists the names in the root, hidden ones too.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[cfg(unix)]
    pub(crate) fn link(&self, to: impl AsRef<Path>, path: &str) {
        std::os::unix::fs::symlink(to, self.root.join(path)).unwrap();
    }

    #[cfg(unix)]
    pub(crate) fn pipe(&self, path: &str) {
        let made = std::process::Command::new("mkfifo").arg(self.root.join(path)).status();
        assert!(made.unwrap().success());
    }
}

/// Writes a file in place, with the folders it needs.
pub(crate) fn put(file: &Path, bytes: &[u8]) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    File::create(file).unwrap().write_all(bytes).unwrap();
}

pub(crate) fn post(path: &str) -> PostPath {
    PostPath::new(path).unwrap()
}
