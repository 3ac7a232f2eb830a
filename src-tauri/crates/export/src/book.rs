//! What is to be printed, as plain data.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
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
    /// Posts without questions, printed after the days.
    pub articles: Vec<BookArticle>,
}

/// A post without questions, section by section.
#[derive(Debug, Clone)]
pub struct BookArticle {
    /// Stands over it.
    pub title: String,
    /// The post's day, if it names one.
    pub date: Option<Date>,
    /// Title and markdown of each section; a title may be empty.
    pub sections: Vec<(String, String)>,
    /// As in [`BookEntry::folder`].
    pub folder: PathBuf,
    /// As in [`BookEntry::post`].
    pub post: String,
}

/// The entries of one day.
#[derive(Debug, Clone)]
pub struct BookDay {
    /// Title of the post, where the book has several: a heading before the first of its days.
    pub post: Option<String>,
    /// The day; `None` for entries of a post that names none.
    pub date: Option<Date>,
    /// The questions with everything under them.
    pub entries: Vec<BookEntry>,
}

impl BookDay {
    /// Bytes of its texts.
    pub(crate) fn bytes(&self) -> usize {
        self.entries.iter().map(BookEntry::bytes).sum()
    }
}

impl BookArticle {
    /// Bytes of its texts.
    pub(crate) fn bytes(&self) -> usize {
        self.sections.iter().map(|(_, text)| text.len()).sum()
    }
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
    /// What comparing the answer with a model answer came to.
    pub comparison: Option<BookComparison>,
    /// Relative pictures are looked up from here, never outside [`Options::root`].
    pub folder: PathBuf,
    /// The post's path, to name it where something is left out.
    pub post: String,
}

impl BookEntry {
    fn bytes(&self) -> usize {
        let models: usize = self.variants.iter().map(|(_, text)| text.len()).sum();
        let sections: usize = self.sections.iter().map(|(_, text)| text.len()).sum();
        let hint = self.hint.as_ref().map_or(0, String::len);
        self.question.len() + hint + self.answer.len() + models + sections
    }
}

/// An answer beside one model answer. Ranges are bytes of the texts as [`BookEntry`] has them.
#[derive(Debug, Clone, Default)]
pub struct BookComparison {
    /// Which of [`BookEntry::variants`] the answer was compared with, from zero.
    pub variant: usize,
    /// The terms of the model answer.
    pub terms: Vec<BookTerm>,
    /// Sentences of the model answer that have no counterpart in the answer.
    pub unsaid: Vec<Range<usize>>,
    /// Numbers, negations and opposites that differ: model answer and answer.
    pub differences: Vec<(String, String)>,
}

/// A term of a model answer.
#[derive(Debug, Clone)]
pub struct BookTerm {
    /// The term as the model answer has it.
    pub term: String,
    /// Whether the answer says it.
    pub said: Said,
    /// Where it stands in the answer.
    pub in_answer: Vec<Range<usize>>,
    /// Where it stands in the model answer.
    pub in_model: Vec<Range<usize>>,
}

/// Whether an answer says a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It does.
    Said,
    /// Part of it.
    Partly,
    /// It doesn't.
    Missing,
}

/// How a book is printed. The default is the whole of every entry in one column on A4.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The folder pictures may come from.
    pub root: PathBuf,
    /// The language of labels and dates, and of the document as a whole.
    pub language: Language,
    /// The size of the pages.
    pub paper: Paper,
    /// How own answer and model answer stand to each other.
    pub columns: Columns,
    /// Size of the text in points; brought into [`TEXT_SIZES`].
    pub text_size: f64,
    /// Prints the hints.
    pub hints: bool,
    /// What stands in the place of own answers.
    pub answers: Answers,
    /// Which model answers are printed.
    pub models: Models,
    /// Prints the other headed parts.
    pub sections: bool,
    /// Prints pictures; else their descriptions stand in their places.
    pub pictures: bool,
    /// Begins with a cover.
    pub cover: bool,
    /// Has a table of contents in front of the entries.
    pub contents: bool,
    /// Uses no colour, so that nothing depends on one when the pages are printed in black.
    pub grey: bool,
    /// Conforms to PDF/A-2b besides PDF/UA-1.
    pub archive: bool,
    /// What the cover tells of, where the book is only the beginning of a larger one.
    pub totals: Option<Totals>,
}

/// What the cover tells of a book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// The first and the last day; none where no day is named.
    pub dates: Option<(Date, Date)>,
    /// The number of days that have entries.
    pub days: usize,
    /// The number of entries.
    pub entries: usize,
    /// How many of them have an answer.
    pub answered: usize,
    /// The number of posts without questions.
    pub articles: usize,
    /// The categories, each once, in the order they come in.
    pub categories: Vec<String>,
}

impl Totals {
    /// Counts the entries of a book.
    pub fn of(book: &Book) -> Self {
        let days = || book.days.iter().filter(|day| !day.entries.is_empty());
        // Posts may share a day.
        let dates: BTreeSet<_> = days().map(|day| day.date).collect();
        let mut totals = Self { days: dates.len(), ..Self::default() };
        for article in &book.articles {
            totals.add_article(article.date);
        }
        for day in days() {
            for entry in &day.entries {
                totals.add(day.date, &entry.categories, !entry.answer.trim().is_empty());
            }
        }
        totals
    }

    /// Counts one more entry, but not its day.
    pub fn add(&mut self, date: Option<Date>, categories: &[String], answered: bool) {
        self.reach(date);
        self.entries += 1;
        self.answered += usize::from(answered);
        for category in categories {
            if !self.categories.contains(category) {
                self.categories.push(category.clone());
            }
        }
    }

    /// Counts one more post without questions.
    pub fn add_article(&mut self, date: Option<Date>) {
        self.reach(date);
        self.articles += 1;
    }

    fn reach(&mut self, date: Option<Date>) {
        if let Some(date) = date {
            let (first, last) = self.dates.unwrap_or((date, date));
            self.dates = Some((first.min(date), last.max(date)));
        }
    }
}

impl Options {
    /// Returns the default options for a book whose pictures are in `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            language: Language::default(),
            paper: Paper::default(),
            columns: Columns::default(),
            text_size: TEXT_SIZE,
            hints: true,
            answers: Answers::default(),
            models: Models::default(),
            sections: true,
            pictures: true,
            cover: true,
            contents: true,
            grey: false,
            archive: false,
            totals: None,
        }
    }
}

/// The usual size of the text, in points.
pub const TEXT_SIZE: f64 = 10.0;
/// The smallest and the largest size of the text, in points.
pub const TEXT_SIZES: RangeInclusive<f64> = 7.0..=16.0;
/// The usual number of ruled lines for an answer.
pub const RULED_LINES: u32 = 12;
/// The most ruled lines for an answer.
pub const MOST_RULED_LINES: u32 = 100;

/// The size of pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
    /// 148 × 210 mm.
    A5,
}

/// How own answer and model answer stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Columns {
    /// One under the other.
    #[default]
    One,
    /// Side by side.
    Two,
}

/// What stands in the place of own answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answers {
    /// The answers.
    #[default]
    Printed,
    /// As many ruled lines to write on, at most [`MOST_RULED_LINES`]: a practice sheet.
    Ruled(u32),
    /// Nothing.
    Left,
    /// The answers with the terms of the model answer marked; entries without a
    /// [`BookEntry::comparison`] are as in [`Answers::Printed`].
    Compared,
}

/// Which model answers are printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Models {
    /// Those for all audiences.
    #[default]
    All,
    /// The one for this audience; an entry that has none for it keeps all it has.
    For(String),
    /// None.
    Left,
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
