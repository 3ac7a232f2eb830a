//! What the window is started with: `dapanji-window [--sample] [FOLDER [ENTRY]]`, or a link.
//!
//! A start while a window is open hands this over to it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tauri::Url;

use crate::deep_link::SCHEME;

/// What to show first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Start {
    /// The user's sample notebook.
    pub(crate) sample: bool,
    /// A folder, or a single post.
    pub(crate) folder: Option<PathBuf>,
    /// Key of an entry, or its beginning.
    pub(crate) entry: Option<String>,
    /// A link of ours, as it came: nobody has looked at it yet.
    pub(crate) link: Option<String>,
}

impl Start {
    /// Reads the arguments of a program that was started in the folder `from`.
    pub(crate) fn from_args(args: impl Iterator<Item = OsString>, from: &Path) -> Self {
        let mut start = Self::default();
        for arg in args {
            if arg == "--sample" {
                start.sample = true;
            } else if let Some(link) = as_link(&arg) {
                start.link = Some(link);
            } else if start.folder.is_none() && !start.sample {
                start.folder = Some(from.join(as_path(arg)));
            } else if start.entry.is_none() {
                start.entry = arg.into_string().ok();
            }
        }
        start
    }

    /// Reads an address that the system hands over: a link, or a file or folder to open.
    #[cfg(any(test, target_os = "macos"))]
    pub(crate) fn from_url(url: &Url) -> Self {
        match url.to_file_path() {
            Ok(path) if url.scheme() == "file" => Self { folder: Some(path), ..Self::default() },
            _ => Self { link: Some(url.to_string()), ..Self::default() },
        }
    }

    /// Tells whether it only asks for the window.
    pub(crate) fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

fn as_link(arg: &OsStr) -> Option<String> {
    let text = arg.to_str()?;
    let (scheme, _) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case(SCHEME).then(|| text.to_owned())
}

/// A path as the shell writes it, or as a desktop does: `file:///home/…`.
fn as_path(arg: OsString) -> PathBuf {
    let address = arg.to_str().filter(|text| text.starts_with("file://"));
    let path = address.and_then(|text| Url::parse(text).ok()?.to_file_path().ok());
    path.unwrap_or_else(|| arg.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let of = |args: &[&str]| {
            Start::from_args(args.iter().map(OsString::from), Path::new("/home/나"))
        };
        assert_eq!(of(&[]), Start::default());
        assert!(of(&[]).is_plain());
        assert_eq!(of(&["--sample"]), Start { sample: true, ..Start::default() });
        let start = of(&["내 글", "20250409-abc"]);
        assert_eq!(start.folder, Some(PathBuf::from("/home/나/내 글")));
        assert_eq!(start.entry.as_deref(), Some("20250409-abc"));
        assert_eq!(of(&["/srv/글"]).folder, Some(PathBuf::from("/srv/글")));
        let link = of(&["dapanji://entry/a"]);
        assert_eq!(link.link.as_deref(), Some("dapanji://entry/a"));
        assert_eq!(link.folder, None);
        if cfg!(unix) {
            let start = of(&["file:///srv/%EA%B8%80/a.md"]);
            assert_eq!(start.folder, Some(PathBuf::from("/srv/글/a.md")));
            let from_system = Start::from_url(&"file:///srv/a%20b".parse().unwrap());
            assert_eq!(from_system.folder, Some(PathBuf::from("/srv/a b")));
        }
        let from_system = Start::from_url(&"dapanji://entry/a".parse().unwrap());
        assert_eq!(from_system.link.as_deref(), Some("dapanji://entry/a"));
    }
}
