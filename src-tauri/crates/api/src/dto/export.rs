//! Exporting a PDF.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What of the notebook goes into a PDF. Conditions that are given must all hold.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct SelectionRequest {
    /// Keys of entries; all if empty.
    pub entries: Vec<String>,
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Entries a search finds.
    pub search: Option<String>,
    /// One post.
    pub post: Option<String>,
}

/// What `export` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct ExportRequest {
    /// Which entries.
    pub selection: SelectionRequest,
    /// Leave hints out.
    pub without_hint: bool,
    /// Leave answers out; ruled space stands in their place.
    pub without_answer: bool,
    /// Leave model answers out.
    pub without_model: bool,
    /// Own answer and model answer side by side.
    pub side_by_side: bool,
    /// The file to write.
    pub out: String,
}

/// Answer to `export`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ExportView {
    /// The file written.
    pub out: String,
    /// Number of pages.
    pub pages: u32,
    /// Number of entries.
    pub entries: u32,
    /// Size of the file in bytes.
    pub bytes: u32,
    /// What could not be shown, as sentences that name the entry.
    pub omissions: Vec<String>,
}

/// What `preview` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct PreviewRequest {
    /// What would be exported. `out` is not looked at.
    pub export: ExportRequest,
    /// Most entries that are laid out, from the beginning of the book.
    pub most: u32,
}

/// Answer to `preview`: pages that can be looked at.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviewView {
    /// The pages in their order.
    pub pages: Vec<PreviewPage>,
    /// Number of entries that are laid out.
    pub shown: u32,
    /// Number of entries of the whole book. The pages are those of the file only if all are shown.
    pub entries: u32,
    /// What could not be shown, as sentences that name the entry.
    pub omissions: Vec<String>,
}

/// A page that can be looked at.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PreviewPage {
    /// Width in points.
    pub width: u32,
    /// Height in points.
    pub height: u32,
    /// The days and questions that begin on it.
    pub headings: Vec<String>,
}
