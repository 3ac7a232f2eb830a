//! What is to be printed, as plain data.

use std::path::PathBuf;

use jiff::civil::Date;

/// A selection of entries, in the order they are printed.
#[derive(Debug, Clone)]
pub struct Book {
    /// Stands on the cover, in the running heads and in the metadata.
    pub title: String,
    /// Who wrote the answers.
    pub author: Option<String>,
    /// The day of the export. Printed and written as the creation date, so that the same input
    /// gives the same bytes.
    pub date: Date,
    /// The days; those without entries are passed over.
    pub days: Vec<BookDay>,
}

/// The entries of one day.
#[derive(Debug, Clone)]
pub struct BookDay {
    /// The day; `None` for entries of a post that names none.
    pub date: Option<Date>,
    /// The questions with everything under them.
    pub entries: Vec<BookEntry>,
}

/// One question with everything under it. All texts are markdown.
#[derive(Debug, Clone)]
pub struct BookEntry {
    /// The printed number, from one.
    pub number: u32,
    /// The heading's text.
    pub question: String,
    /// As in `> 카테고리: Backend, …`.
    pub categories: Vec<String>,
    /// The rest of that line.
    pub topic: Option<String>,
    /// The hint without its label.
    pub hint: Option<String>,
    /// The user's own answer; may be empty.
    pub answer: String,
    /// The model answers, each with its audience; empty if there is none.
    pub variants: Vec<(Option<String>, String)>,
    /// Other headed parts: title and text.
    pub sections: Vec<(String, String)>,
    /// Relative pictures are looked up from here, never outside [`Options::root`].
    pub folder: PathBuf,
    /// The post's path, to name it where something is left out.
    pub post: String,
}

/// How a book is printed.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder pictures may come from.
    pub root: PathBuf,
    /// Prints the hints.
    pub hints: bool,
    /// Prints the own answers; without them there is ruled space to write on (a practice sheet).
    pub answers: bool,
    /// Prints the model answers.
    pub models: bool,
    /// Prints the other headed parts.
    pub sections: bool,
    /// Puts own answer and model answer beside each other.
    pub side_by_side: bool,
    /// The language of labels and dates, and of the document as a whole.
    pub language: Language,
}

/// The language of labels, dates and messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Korean.
    #[default]
    Ko,
    /// English.
    En,
}
