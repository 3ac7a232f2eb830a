//! What the window is started with: `dapanji-window [--sample] [FOLDER [ENTRY]]`.

use std::ffi::OsString;
use std::path::PathBuf;

/// What to show first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Start {
    /// The user's sample notebook.
    pub(crate) sample: bool,
    /// A folder, or a single post.
    pub(crate) folder: Option<PathBuf>,
    /// Key of an entry, or its beginning.
    pub(crate) entry: Option<String>,
}

impl Start {
    pub(crate) fn from_args(args: impl Iterator<Item = OsString>) -> Self {
        let mut start = Self::default();
        for arg in args {
            if arg == "--sample" {
                start.sample = true;
            } else if start.folder.is_none() && !start.sample {
                start.folder = Some(arg.into());
            } else if start.entry.is_none() {
                start.entry = arg.into_string().ok();
            }
        }
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let of = |args: &[&str]| Start::from_args(args.iter().map(OsString::from));
        assert_eq!(of(&[]), Start::default());
        assert_eq!(of(&["--sample"]), Start { sample: true, ..Start::default() });
        let start = of(&["내 글", "20250409-abc"]);
        assert_eq!(start.folder, Some(PathBuf::from("내 글")));
        assert_eq!(start.entry.as_deref(), Some("20250409-abc"));
    }
}
