//! Posts whole: their days, entries and what is odd in them.

use serde::Serialize;
use specta::Type;

use super::entry::EntryView;
use super::watching::WatchingView;

/// The days of a post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayView {
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// In the order of the file.
    pub entries: Vec<EntryView>,
}

/// Something odd in a post that is shown all the same.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DiagnosticView {
    /// Line, from 1.
    pub line: u32,
    /// A word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// One markdown file.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PostView {
    /// Relative to the folder, with `/`.
    pub path: String,
    /// Content hash; empty where the file could not be read.
    pub revision: String,
    /// From the front matter, else the first heading, else the file name.
    pub title: String,
    /// `YYYY-MM-DD`, from the front matter, else the file name.
    pub date: Option<String>,
    /// Its days.
    pub days: Vec<DayView>,
    /// Number of headed parts outside entries.
    pub sections: u32,
    /// What is odd in it.
    pub diagnostics: Vec<DiagnosticView>,
    /// The encoding it is in, such as `CP949`, where that is not UTF-8: then it is shown and not
    /// written before it is converted.
    pub read_only: Option<String>,
}

/// Answer to `list`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ListView {
    /// By path.
    pub posts: Vec<PostView>,
}

/// Answer to `check`: what is odd, by post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CheckView {
    /// Number of posts looked at.
    pub posts: u32,
    /// By path and line.
    pub diagnostics: Vec<PlacedDiagnosticView>,
}

/// A [`DiagnosticView`] with its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PlacedDiagnosticView {
    /// The file, relative to the folder.
    pub path: String,
    /// Line, from 1; 1 where the file as a whole is meant.
    pub line: u32,
    /// A word for programs.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// What became stale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct Change {
    /// Posts read anew, relative to the folder.
    pub changed: Vec<String>,
    /// Posts that are gone.
    pub removed: Vec<String>,
}

/// A folder that was opened.
#[derive(Debug, Clone, Serialize, Type)]
pub struct OpenedView {
    /// The folder's name.
    pub name: String,
    /// Its path.
    pub folder: String,
    /// Whether it is the sample notebook.
    pub sample: bool,
    /// How changes by others are heard of.
    pub watching: WatchingView,
}
