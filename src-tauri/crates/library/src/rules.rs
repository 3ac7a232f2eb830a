//! What a scan takes for posts, and what the user set about it.

use std::path::Path;

use crate::path::PostPath;
use crate::sidecar::SIDECAR_FOLDER;

/// Folders that never hold posts unless they are named; hidden ones are left out besides.
const SKIPPED_FOLDERS: [&str; 2] = ["_site", "node_modules"];

/// Folders that are never looked into, whatever is set: they are not the user's texts.
const NEVER: [&str; 2] = [".git", SIDECAR_FOLDER];

/// Which files below the folder count as posts. By default hidden ones don't, nor what `.gitignore`
/// files name, nor anything in `_site` and `node_modules`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScanRules {
    pub(crate) ignored: bool,
    hidden: bool,
    // Invariant: relative, parts separated by `/`, none of them empty, `.`, `..` or in `NEVER`.
    folders: Vec<String>,
}

/// Tells why a folder cannot be included.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IncludeError {
    /// Absolute, or with a part that could lead out of the folder.
    #[error("`{folder}` is not a folder below the notebook's")]
    NotBelow {
        /// As it was given.
        folder: String,
    },
    /// It never holds the user's texts.
    #[error("`{folder}` never holds posts")]
    Never {
        /// As it was given.
        folder: String,
    },
}

impl ScanRules {
    /// Sets whether posts count that a `.gitignore` names.
    pub fn with_ignored(self, ignored: bool) -> ScanRules {
        ScanRules { ignored, ..self }
    }

    /// Sets whether hidden posts and folders count.
    pub fn with_hidden(self, hidden: bool) -> ScanRules {
        ScanRules { hidden, ..self }
    }

    /// Includes a folder with everything in it that is not hidden, whatever leaves it out otherwise.
    /// Written with `/`, relative to the notebook's folder; one that is not there yet may come.
    ///
    /// # Errors
    /// If it could lie outside the folder, or never holds posts.
    pub fn including(mut self, folder: &str) -> Result<ScanRules, IncludeError> {
        let given = || folder.to_owned();
        let folder = folder.strip_prefix("./").unwrap_or(folder);
        let folder = folder.strip_suffix('/').unwrap_or(folder);
        let odd = |c: char| c.is_control() || matches!(c, '\\') || (cfg!(windows) && c == ':');
        if folder.split('/').any(|part| matches!(part, "" | "." | "..")) || folder.contains(odd) {
            return Err(IncludeError::NotBelow { folder: given() });
        }
        if folder.split('/').any(is_never) {
            return Err(IncludeError::Never { folder: given() });
        }
        if !self.folders.iter().any(|known| known == folder) {
            self.folders.push(folder.to_owned());
        }
        Ok(self)
    }

    /// The folders that are included by name, relative to the root, as they were given.
    pub(crate) fn included(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(String::as_str)
    }

    /// Tells whether a post is left out by its name alone. What `.gitignore` files say is not asked.
    pub fn leaves_out(&self, post: &PostPath) -> bool {
        let parts: Vec<&str> = post.as_str().split('/').collect();
        let Some((name, folders)) = parts.split_last() else { return true };
        self.leaves_out_file(name) || self.leaves_out_folders(folders)
    }

    /// Tells whether nothing in a folder concerns a scan, given its path relative to the root:
    /// neither posts in it nor a folder below it that is included by name.
    pub(crate) fn has_nothing_in(&self, below: &Path) -> bool {
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else { return false };
        let leads = |folder: &str| Path::new(folder).starts_with(below);
        self.leaves_out_folders(&parts) && !self.included().any(leads)
    }

    /// Tells whether a folder of this name is passed over where it is found.
    pub(crate) fn passes_over(&self, name: &str) -> bool {
        is_never(name) || SKIPPED_FOLDERS.contains(&name) || !self.hidden && name.starts_with('.')
    }

    /// Tells whether a file of this name is no post, however it ends.
    pub(crate) fn leaves_out_file(&self, name: &str) -> bool {
        // `.#a.md` is how Emacs locks `a.md`.
        name.starts_with('.') && (!self.hidden || name.starts_with(".#"))
    }

    fn leaves_out_folders(&self, parts: &[&str]) -> bool {
        let is_inside = |folder: &&str| {
            let mut of_folder = folder.split('/');
            let mut parts = parts.iter();
            of_folder.all(|part| parts.next() == Some(&part))
        };
        let included = self.included().filter(is_inside).map(|folder| folder.split('/').count());
        let rest = parts.get(included.max().unwrap_or_default()..).unwrap_or_default();
        rest.iter().any(|part| self.passes_over(part))
    }
}

/// Tells whether a folder of this name never holds posts, whatever is set.
pub(crate) fn is_never(name: &str) -> bool {
    NEVER.iter().any(|never| name.eq_ignore_ascii_case(never))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::post;

    #[test]
    fn what_is_left_out_by_its_name() {
        let usual = ScanRules::default();
        let hidden = ScanRules::default().with_hidden(true);
        let named = ScanRules::default().including(".notes/면접").unwrap();
        let named = named.including("_site").unwrap();
        let check = |rules: &ScanRules, path: &str, expect: bool| {
            assert_eq!(rules.leaves_out(&post(path)), expect, "{path} by {rules:?}");
        };
        for rules in [&usual, &hidden, &named] {
            check(rules, "_posts/a.md", false);
            check(rules, "_site.md", false);
            check(rules, "node_modules/x/readme.md", true);
            check(rules, ".git/a.md", true);
            check(rules, ".GIT/a.md", true);
            check(rules, "a/.git/b.md", true);
            check(rules, ".dapanji/a.md", true);
            check(rules, "a/.#b.md", true);
        }
        for rules in [&usual, &hidden] {
            check(rules, "a/_site/b.md", true);
            check(rules, "_site/b.md", true);
        }
        for (path, by_hidden, by_named) in [
            ("a/.b.md", false, true),
            (".notes/a.md", false, true),
            (".notes/면접/a.md", false, false),
            (".notes/면접/가/a.md", false, false),
            (".notes/면접/.나/a.md", false, true),
            (".notes/면접관/a.md", false, true),
        ] {
            check(&usual, path, true);
            check(&hidden, path, by_hidden);
            check(&named, path, by_named);
        }
        check(&named, "_site/a.md", false);
        check(&named, "_site/node_modules/a.md", true);
        check(&named, "b/_site/a.md", true);
    }

    #[test]
    fn folders_that_concern_no_scan() {
        let rules = ScanRules::default().including(".notes/면접").unwrap();
        let check = |folder: &str, expect: bool| {
            assert_eq!(rules.has_nothing_in(Path::new(folder)), expect, "{folder}");
        };
        check("_posts", false);
        check(".git", true);
        check(".notes", false);
        check(".notes/다른 것", true);
        check(".notes/면접", false);
        check(".notes/면접/2025", false);
    }

    #[test]
    fn which_folders_can_be_included() {
        let check = |folder: &str, expect: &str| match ScanRules::default().including(folder) {
            Ok(rules) => assert_eq!(rules.included().collect::<Vec<_>>(), [expect]),
            Err(error) => assert_eq!(error.to_string(), expect),
        };
        check("_drafts", "_drafts");
        check("./private/면접/", "private/면접");
        for bad in ["", ".", "..", "/", "/etc", "../other", "a/../b", "a//b", "a/..", "a\\b", "a\0"]
        {
            check(bad, &format!("`{bad}` is not a folder below the notebook's"));
        }
        for never in [".git", "a/.git/b", ".dapanji", ".Git"] {
            check(never, &format!("`{never}` never holds posts"));
        }
    }
}
