//! One entry: its texts, its page, its line in a list.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::conflict::MergeConflictView;

/// `empty`, `draft` or `written`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStateView {
    /// No text.
    Empty,
    /// Ends unfinished or holds a TODO mark.
    Draft,
    /// A text.
    Written,
}

/// `none`, `placeholder` or `written`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum ModelStateView {
    /// Nothing marked as model answer.
    None,
    /// Marked, and the text only keeps the place.
    Placeholder,
    /// A model answer.
    Written,
}

/// The user's own answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AnswerView {
    /// How far it has come.
    pub state: AnswerStateView,
    /// Source markdown.
    pub text: String,
}

/// One version of a model answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct VariantView {
    /// Whom it is for.
    pub audience: Option<String>,
    /// Source markdown, without quote prefixes.
    pub text: String,
}

/// The model answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ModelAnswerView {
    /// Whether there is one.
    pub state: ModelStateView,
    /// By audience, in the order of the file.
    pub variants: Vec<VariantView>,
}

/// A headed part.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SectionView {
    /// The heading's text.
    pub title: String,
    /// Source markdown.
    pub text: String,
}

/// One question block whole.
#[derive(Debug, Clone, Serialize, Type)]
pub struct EntryView {
    /// The entry's key (ADR 0001).
    pub id: String,
    /// The question.
    pub question: String,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// The rest of the category line.
    pub topic: Option<String>,
    /// Source markdown, without label and quote prefixes.
    pub hint: Option<String>,
    /// Line of the heading in its post, from 1.
    pub line: u32,
    /// The user's own answer.
    pub answer: AnswerView,
    /// The model answer.
    pub model_answer: ModelAnswerView,
    /// Other headed parts.
    pub sections: Vec<SectionView>,
    /// The encoding its post is in, such as `CP949`, where that is not UTF-8: then it is shown and not
    /// written before it is converted.
    pub read_only: Option<String>,
}

/// A line of the day list. Days newest first; inside a day, the order of the file.
#[derive(Debug, Clone, Serialize, Type)]
pub struct EntryRow {
    /// The entry's key.
    pub id: String,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Its place among the entries of its day, from 1 (the 2 of `문 2`).
    pub number: u32,
    /// The question.
    pub question: String,
    /// Categories.
    pub categories: Vec<String>,
    /// Topic.
    pub topic: Option<String>,
    /// State of the answer.
    pub state: AnswerStateView,
    /// State of the model answer.
    pub model_state: ModelStateView,
    /// The post.
    pub path: String,
    /// The encoding its post is in, such as `CP949`, where that is not UTF-8: then it is shown and not
    /// written before it is converted.
    pub read_only: Option<String>,
}

/// An entry with all that its page shows.
#[derive(Debug, Clone, Serialize, Type)]
pub struct EntryPage {
    /// The entry.
    pub entry: EntryView,
    /// The post.
    pub path: String,
    /// The post's title.
    pub post_title: String,
    /// The post's revision.
    pub revision: String,
    /// Its place among the entries of its day, from 1.
    pub number: u32,
    /// The hint as sanitized HTML.
    pub hint_html: Option<String>,
    /// The variants of the model answer as sanitized HTML, in the order of `entry`.
    pub model_html: Vec<String>,
    /// Other parts as sanitized HTML, in the order of `entry`.
    pub sections_html: Vec<String>,
    /// Key of the entry before it in the unfiltered day list.
    pub previous: Option<String>,
    /// Key of the entry after it in the unfiltered day list.
    pub next: Option<String>,
    /// Conflicts that git has left in it: it cannot be changed before they are settled.
    #[specta(optional)]
    pub conflicts: Vec<MergeConflictView>,
    /// Whom the model answer was for that was looked at last, in this notebook.
    #[specta(optional)]
    pub last_audience: Option<String>,
}
