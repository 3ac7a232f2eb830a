//! The name of a post inside its library.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// File name extensions of posts, lower case; matched without regard to ASCII case.
const EXTENSIONS: [&str; 4] = ["md", "markdown", "mdown", "mdx"];

/// Names a post relative to the library's root, with `/` between the parts on every system.
///
/// Invariant: not empty, not absolute, no part is empty, `.` or `..`, no control characters, ends
/// in a post's extension. So joining it to a folder never leaves that folder except by a symbolic
/// link, which is checked when the file is opened. The text is exactly the file system's: Hangul
/// may be composed (NFC) or decomposed (NFD).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostPath(String);

/// Tells why a text is no [`PostPath`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// Absolute, or with a `.`, `..` or empty part: it could lead out of the folder.
    #[error("{path:?} is not a path below the folder")]
    NotBelow {
        /// As it was given.
        path: String,
    },
    /// Holds a control character, or one that means something else on this system.
    #[error("{path:?} holds a character that a post's name cannot have")]
    Character {
        /// As it was given.
        path: String,
    },
    /// Does not end in `.md`, `.markdown`, `.mdown` or `.mdx`.
    #[error("{path:?} does not end in .md, .markdown, .mdown or .mdx")]
    Extension {
        /// As it was given.
        path: String,
    },
}

impl PostPath {
    /// Checks a relative path written with `/`.
    pub fn new(path: impl Into<String>) -> Result<PostPath, PathError> {
        let path = path.into();
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(PathError::NotBelow { path });
        }
        let forbidden = |c: char| c.is_control() || (cfg!(windows) && matches!(c, '\\' | ':'));
        if path.contains(forbidden) {
            return Err(PathError::Character { path });
        }
        if !has_post_extension(Path::new(&path)) {
            return Err(PathError::Extension { path });
        }
        Ok(PostPath(path))
    }

    /// Returns the path as text, parts separated by `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last part: the file's own name.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Joins the path to a folder, in the form of this system.
    pub fn under(&self, folder: &Path) -> PathBuf {
        folder.join(self.0.split('/').collect::<PathBuf>())
    }

    /// Names the file at `absolute` relative to `root`; `None` where its name is not UTF-8.
    pub(crate) fn relative(root: &Path, absolute: &Path) -> Option<Result<PostPath, PathError>> {
        let parts: Option<Vec<&str>> =
            absolute.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
        Some(PostPath::new(parts?.join("/")))
    }
}

/// Tells whether the name ends as a post's does.
pub(crate) fn has_post_extension(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| EXTENSIONS.iter().any(|post| extension.eq_ignore_ascii_case(post)))
}

impl fmt::Display for PostPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PostPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for PostPath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<PostPath, PathError> {
        PostPath::new(text)
    }
}

impl TryFrom<&str> for PostPath {
    type Error = PathError;

    fn try_from(text: &str) -> Result<PostPath, PathError> {
        PostPath::new(text)
    }
}

impl TryFrom<String> for PostPath {
    type Error = PathError;

    fn try_from(text: String) -> Result<PostPath, PathError> {
        PostPath::new(text)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_a_post_path() {
        let check = |text: &str, is_post: bool| {
            assert_eq!(PostPath::new(text).is_ok(), is_post, "{text:?}");
        };
        for good in [
            "a.md",
            "_posts/2025-04-09-daily_interview.md",
            "면접/질문 [1] #%&+.MARKDOWN",
            "\u{1106}\u{1167}\u{11ab}.mdx",
            "...md",
            "a..b/c.mdown",
            ".hidden/a.md",
            "~/a.md",
        ] {
            check(good, true);
        }
        for bad in [
            "",
            ".",
            "..",
            "/",
            "/a.md",
            "a//b.md",
            "a/../b.md",
            "../a.md",
            "./a.md",
            "a/./b.md",
            "a.md/",
            "a.md/..",
            "a.txt",
            "md",
            ".md",
            "a/.md",
            "a\nb.md",
            "a\0.md",
        ] {
            check(bad, false);
        }
    }

    proptest! {
        #[test]
        fn never_leads_out_of_the_folder(text in r"[./\\a가 ~:\x00-\x1f]{0,12}(\.md)?") {
            if let Ok(path) = PostPath::new(text.clone()) {
                prop_assert_eq!(path.as_str(), &text, "the text is taken as it is");
                let joined = path.under(Path::new("/root"));
                let below = joined.strip_prefix("/root").expect("below the root");
                prop_assert!(below.components().all(|part| matches!(part, Component::Normal(_))));
                prop_assert!(below.components().count() > 0);
                prop_assert_eq!(PostPath::relative(Path::new("/root"), &joined), Some(Ok(path)));
            }
        }

        #[test]
        fn survives_any_text(text in any::<String>()) {
            if let Ok(path) = PostPath::new(text) {
                prop_assert!(has_post_extension(Path::new(path.file_name())));
            }
        }
    }
}
