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
    /// One post; one without questions is printed section by section, and so are all where nothing
    /// is asked for and there is no question.
    pub post: Option<String>,
}

/// How a book is printed. What is not given is as in the default, so options that were kept by an
/// older version stay readable: the whole of every entry, in one column, on A4.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct ExportOptions {
    /// The size of the pages.
    pub paper: PaperView,
    /// Own answer and model answer one under the other, or side by side.
    pub columns: ColumnsView,
    /// Size of the text in points, 7 to 16; usually 10.
    #[specta(type = u32)]
    pub text_size: f32,
    /// Print the hints.
    pub hints: bool,
    /// What stands in the place of own answers.
    pub answers: AnswersView,
    /// Ruled lines for each answer, where those are ruled; at most 100, usually 12.
    pub ruled_lines: u32,
    /// Print the model answers.
    pub models: bool,
    /// Of the model answers only the one for this audience; an entry that has none for it keeps all
    /// it has. Those for all audiences if none is given.
    pub audience: Option<String>,
    /// Print the other headed parts.
    pub sections: bool,
    /// Print pictures; else their descriptions stand in their places.
    pub pictures: bool,
    /// Begin with a cover.
    pub cover: bool,
    /// Put a table of contents in front of the entries.
    pub contents: bool,
    /// Use no colour.
    pub grey: bool,
    /// Conform to PDF/A-2b besides PDF/UA-1.
    pub archive: bool,
    /// Title of the book; made from the posts if none or blank.
    pub title: Option<String>,
    /// Who wrote the answers; taken from the posts if none, left out if blank.
    pub author: Option<String>,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            paper: PaperView::A4,
            columns: ColumnsView::One,
            text_size: 10.0,
            hints: true,
            answers: AnswersView::Printed,
            ruled_lines: dapanji_export::RULED_LINES,
            models: true,
            audience: None,
            sections: true,
            pictures: true,
            cover: true,
            contents: true,
            grey: false,
            archive: false,
            title: None,
            author: None,
        }
    }
}

/// The size of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaperView {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
    /// 148 × 210 mm.
    A5,
}

/// How own answer and model answer stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ColumnsView {
    /// One under the other.
    One,
    /// Side by side.
    Two,
}

/// What stands in the place of own answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswersView {
    /// The answers.
    Printed,
    /// Ruled lines to write on: a practice sheet.
    Ruled,
    /// Nothing.
    Left,
    /// The answers compared with the model answer, terms marked in both.
    Compared,
}

/// What `export` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct ExportRequest {
    /// Which entries.
    pub selection: SelectionRequest,
    /// How they are printed.
    #[serde(default)]
    pub options: ExportOptions,
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
    /// Number of posts without questions.
    pub articles: u32,
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
    /// Number of entries, or of posts without questions, that are laid out.
    pub shown: u32,
    /// Number of entries of the whole book. The pages are those of the file only if all are shown.
    pub entries: u32,
    /// Number of posts without questions of the whole book.
    pub articles: u32,
    /// The audiences for whom those that are laid out have model answers, each once.
    pub audiences: Vec<String>,
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
