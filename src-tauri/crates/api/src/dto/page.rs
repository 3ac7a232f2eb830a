//! A post as a page to read: its sections, and its questions as lines to open.

use serde::Serialize;
use specta::Type;

use super::conflict::MergeConflictView;
use super::entry::EntryRow;
use super::posts::DiagnosticView;

/// A post with all that its page shows.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PostPage {
    /// Relative to the folder, with `/`.
    pub path: String,
    /// From the front matter, else the first heading, else the file name.
    pub title: String,
    /// `YYYY-MM-DD`, from the front matter, else the file name.
    pub date: Option<String>,
    /// Content hash.
    pub revision: String,
    /// The encoding it is in, such as `CP949`, where that is not UTF-8: then it is shown and not
    /// written before it is converted.
    pub read_only: Option<String>,
    /// What is odd in it.
    pub diagnostics: Vec<DiagnosticView>,
    /// Conflicts that git has left in it, in the order of the file.
    #[specta(optional)]
    pub conflicts: Vec<MergeConflictView>,
    /// Its questions, in the order of the file.
    pub entries: Vec<PostEntry>,
    /// What stands outside its questions, in the order of the file.
    pub sections: Vec<PostSection>,
}

/// A question of a post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PostEntry {
    /// Line of its heading, from 1.
    pub line: u32,
    /// The question as lists show it.
    pub row: EntryRow,
}

/// A headed part of a post outside its questions.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PostSection {
    /// The heading's text; empty for text before any heading.
    pub title: String,
    /// The heading's level, 1 to 6; 0 for text before any heading.
    pub level: u8,
    /// Line of the heading, from 1; of the text where there is none.
    pub line: u32,
    /// The text under it as sanitized HTML.
    pub html: String,
    /// The same as source markdown.
    pub text: String,
}
