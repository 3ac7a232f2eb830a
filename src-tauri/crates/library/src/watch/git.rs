//! Tells whether git is at work on the folder's files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::stamp::Stamp;

/// The largest `.git` that is read, in bytes: it names a folder.
const MOST_BYTES: u64 = 64 * 1024;

/// The lock file that git holds while it changes many files, as in a checkout or a merge.
#[derive(Debug, Default)]
pub(super) struct GitLock {
    file: Option<PathBuf>,
    // A lock that has been waited for in vain: a git that was killed left it.
    stale: Option<Stamp>,
}

impl GitLock {
    /// Finds the lock file of the repository around a folder; there may be none.
    pub(super) fn around(root: &Path) -> GitLock {
        let file = root.ancestors().find_map(|folder| {
            let git = folder.join(".git");
            let metadata = fs::metadata(&git).ok()?;
            if metadata.is_dir() {
                return Some(git.join("index.lock"));
            }
            if !metadata.is_file() || metadata.len() > MOST_BYTES {
                return None;
            }
            // A work tree beside the repository, or a submodule.
            let text = fs::read_to_string(git).ok()?;
            let to = text.strip_prefix("gitdir:")?.trim();
            Some(folder.join(to).join("index.lock"))
        });
        GitLock { file, stale: None }
    }

    /// Tells whether git is changing files now.
    pub(super) fn is_held(&self) -> bool {
        let held = self.stamp();
        held.is_some() && held != self.stale
    }

    /// Waits for this lock no more.
    pub(super) fn give_up(&mut self) {
        self.stale = self.stamp();
    }

    fn stamp(&self) -> Option<Stamp> {
        let metadata = fs::metadata(self.file.as_ref()?).ok()?;
        Some(Stamp::of(&metadata))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Folder;

    #[test]
    fn a_lock_is_found_around_the_folder() {
        let check = |files: &[(&str, &str)], root: &str, held: bool| {
            let folder = Folder::with(files);
            fs::create_dir_all(folder.root().join(root)).unwrap();
            let lock = GitLock::around(&folder.root().join(root));
            assert_eq!(lock.is_held(), held, "{files:?} {root}");
        };
        check(&[], "", false);
        check(&[(".git/HEAD", "")], "", false);
        check(&[(".git/index.lock", "")], "", true);
        check(&[(".git/index.lock", "")], "_posts/가", true);
        check(&[(".git", "gitdir: ../repository\n"), ("a.md", "")], "", false);
        let linked =
            [("x/.git", "gitdir: ../git/worktrees/x\n"), ("git/worktrees/x/index.lock", "")];
        check(&linked, "x/_posts", true);
        check(&[(".git", "something else"), ("index.lock", "")], "", false);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_a_device_is_not_waited_for() {
        let folder = Folder::empty();
        folder.pipe(".git");
        assert!(!GitLock::around(folder.root()).is_held());
        let folder = Folder::empty();
        folder.link("/dev/zero", ".git");
        assert!(!GitLock::around(folder.root()).is_held());
    }

    #[test]
    fn a_lock_that_was_left_is_not_waited_for_twice() {
        let folder = Folder::with(&[(".git/index.lock", "")]);
        let mut lock = GitLock::around(folder.root());
        lock.give_up();
        assert!(!lock.is_held());
        fs::remove_file(folder.root().join(".git/index.lock")).unwrap();
        folder.put(".git/index.lock", "another");
        assert!(lock.is_held());
    }
}
