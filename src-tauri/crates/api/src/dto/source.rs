//! A post edited whole, as a text.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A post as a text: its lines end with `\n`, whatever they end with in the file, and a byte order mark
/// is left out. `save_source` puts both back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SourceView {
    /// The post, relative to the folder.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its date, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its revision.
    pub revision: String,
    /// The encoding that keeps it from being changed.
    pub read_only: Option<String>,
    /// The whole text.
    pub text: String,
    /// The entries, in the order of the file.
    pub entries: Vec<SourceEntry>,
}

/// Where an entry stands in the text of its post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SourceEntry {
    /// Its key.
    pub id: String,
    /// The whole entry, `[start, end)`.
    pub span: [u32; 2],
    /// Its answer with the margins of its lines, but for that of the first, `[start, end)`; empty, where
    /// the text would go, if there is none.
    pub answer: [u32; 2],
}

/// What `save_source` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SaveSourceRequest {
    /// The post, relative to the folder.
    pub path: String,
    /// Its new text. How lines end that stay is kept; new ones end as the others do.
    pub text: String,
    /// Revision of the post the text was written against; unchecked if none.
    pub base: Option<String>,
}
