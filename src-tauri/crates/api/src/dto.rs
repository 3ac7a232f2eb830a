//! Wire types: what a front end sends and gets, as JSON.
//!
//! Domain types are not serializable by design; the conversions live beside these types.
//! Fields are never renamed, only added. Offsets are in the unit the notebook was opened with
//! ([`OffsetUnit`]); everywhere else in the Rust code they are bytes.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The unit of offsets on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OffsetUnit {
    /// Unicode scalar values, for scripts.
    #[default]
    Chars,
    /// UTF-16 code units, for CodeMirror and the DOM.
    Utf16,
}

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

/// What `search` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SearchRequest {
    /// As typed.
    pub query: String,
    /// Most hits wanted.
    pub limit: u32,
}

/// Which part of an entry a hit is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PartView {
    /// The heading.
    Question,
    /// The user's own.
    Answer,
    /// The model answer.
    ModelAnswer,
    /// The hint.
    Hint,
    /// Any other headed part.
    Section,
}

/// One place that matches.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HitView {
    /// The entry's key; none for a section of a post without questions.
    pub entry: Option<String>,
    /// The post.
    pub path: String,
    /// Line of the part, from 1.
    pub line: u32,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The question, or the section's title.
    pub question: String,
    /// Categories of the entry.
    pub categories: Vec<String>,
    /// State of the entry's answer; none outside entries.
    pub state: Option<AnswerStateView>,
    /// Where in the entry.
    pub part: PartView,
    /// BM25 with boosts, finite; comparable inside one answer only.
    #[specta(type = u32)]
    pub score: f32,
    /// Plain text around the matches.
    pub snippet: String,
    /// Offsets into `snippet`: `[start, end]`, ascending, disjoint.
    pub highlights: Vec<[u32; 2]>,
}

/// Answer to `search`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SearchView {
    /// As asked.
    pub query: String,
    /// How the query was read where that is not word for word, such as `some words only`.
    pub interpreted: Vec<String>,
    /// Number of matching parts.
    pub total: u32,
    /// Microseconds inside the search.
    pub took_us: u32,
    /// Best first.
    pub hits: Vec<HitView>,
}

/// What `compare` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct CompareRequest {
    /// The entry's key.
    pub entry: String,
    /// The variant; the first if none.
    pub audience: Option<String>,
    /// The answer as it stands in an editor; the saved one if none.
    pub answer: Option<String>,
}

/// Whether the answer has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TermStateView {
    /// It has the term or an alias.
    Said,
    /// It has a part of the term.
    Partly,
    /// It does not.
    Missing,
}

/// A key term of the model answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TermView {
    /// As it first stands in the model answer, without particles.
    pub term: String,
    /// Other names, as in `데드락(deadlock)`.
    pub aliases: Vec<String>,
    /// Whether the answer has it.
    pub state: TermStateView,
    /// Offsets into `answer_text`.
    pub in_answer: Vec<[u32; 2]>,
    /// Offsets into `model_text`.
    pub in_model: Vec<[u32; 2]>,
}

/// A sentence of the model answer and its closest counterpart.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SentenceView {
    /// Of the model answer.
    pub model: String,
    /// Of the answer; none if nothing is close.
    pub answer: Option<String>,
    /// 0 to 1: how much wording they share.
    #[specta(type = u32)]
    pub similarity: f32,
    /// Offsets of `model` into `model_text`.
    pub in_model: [u32; 2],
    /// Offsets of `answer` into `answer_text`.
    pub in_answer: Option<[u32; 2]>,
}

/// What differs between two sentences that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FlagKindView {
    /// A number or its unit.
    Number,
    /// One denies what the other says.
    Negation,
    /// Words of opposite meaning.
    Opposite,
}

/// A difference that changes the meaning.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FlagView {
    /// What kind.
    pub kind: FlagKindView,
    /// As the model answer says it.
    pub model: String,
    /// As the answer says it.
    pub answer: String,
}

/// Answer to `compare`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CompareView {
    /// The entry's key.
    pub entry: String,
    /// The variant compared with.
    pub audience: Option<String>,
    /// A placeholder or absent model answer compares nothing.
    pub model_state: ModelStateView,
    /// State of the answer that was compared.
    pub answer_state: AnswerStateView,
    /// The answer as compared.
    pub answer_text: String,
    /// The model answer as compared.
    pub model_text: String,
    /// Best first.
    pub terms: Vec<TermView>,
    /// Key terms of the answer that the model answer lacks.
    pub extra_terms: Vec<String>,
    /// In the order of the model answer.
    pub sentences: Vec<SentenceView>,
    /// Differences that change the meaning.
    pub flags: Vec<FlagView>,
}

/// What `answer` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SaveAnswerRequest {
    /// The entry's key.
    pub entry: String,
    /// The new text, source markdown.
    pub text: String,
    /// Revision of the post the text was written against; unchecked if none.
    pub base: Option<String>,
    /// The answer the text was written against. With it, a post that changed elsewhere is no
    /// conflict as long as this answer did not.
    pub base_answer: Option<String>,
}

/// Answer to everything that writes.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SavedView {
    /// The entry's key; empty where a whole post was written.
    pub entry: String,
    /// The post.
    pub path: String,
    /// The post's new revision.
    pub revision: String,
}

/// What `convert` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct ConvertRequest {
    /// The post.
    pub path: String,
    /// Revision the post was seen at; unchecked if none.
    pub base: Option<String>,
}

/// What `add` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct AddRequest {
    /// The question.
    pub question: String,
    /// The post to add to; the newest with questions if none.
    pub post: Option<String>,
    /// `YYYY-MM-DD`; today if none.
    pub date: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Hint.
    pub hint: Option<String>,
    /// Model answer; the file's placeholder if none.
    pub model_answer: Option<String>,
}

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

/// Answer to `check`: what is odd, by post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CheckView {
    /// Number of posts looked at.
    pub posts: u32,
    /// By path and line.
    pub diagnostics: Vec<PlacedDiagnosticView>,
}

/// A [`DiagnosticView`] with its file.
#[derive(Debug, Clone, Serialize, Type)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Change {
    /// Posts read anew, relative to the folder.
    pub changed: Vec<String>,
    /// Posts that are gone.
    pub removed: Vec<String>,
}

// ------------------------------------------------------------------ for the window alone

/// Which entries the day list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
pub struct ListFilter {
    /// Only answers in this state.
    pub state: Option<AnswerFilter>,
    /// Only this category.
    pub category: Option<String>,
}

/// Filters of the day list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnswerFilter {
    /// No answer yet.
    Empty,
    /// A draft.
    Draft,
    /// No written model answer.
    NoModel,
}

/// A day of the day list.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayHead {
    /// `YYYY-MM-DD`; none for entries without a date, which come last.
    pub date: Option<String>,
    /// Number of entries that pass the filter.
    pub shown: u32,
    /// Number of entries.
    pub total: u32,
    /// Number of entries with a written answer.
    pub answered: u32,
}

/// A category and how far it has come.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CategoryCount {
    /// The category.
    pub category: String,
    /// Number of entries.
    pub total: u32,
    /// Number of entries with a written answer.
    pub answered: u32,
}

/// A post in the list of posts.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PostRow {
    /// Relative to the folder.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Number of entries.
    pub entries: u32,
    /// Why it cannot be read; none if it can.
    pub unreadable: Option<String>,
    /// The encoding it is in, such as `CP949`, where that is not UTF-8: then it is shown and not
    /// written before it is converted.
    pub read_only: Option<String>,
}

/// The day list and the counts beside it.
#[derive(Debug, Clone, Serialize, Type)]
pub struct Overview {
    /// Newest first.
    pub days: Vec<DayHead>,
    /// Number of entries that pass the filter.
    pub shown: u32,
    /// Number of entries.
    pub total: u32,
    /// Number of entries without an answer.
    pub empty: u32,
    /// Number of drafts.
    pub drafts: u32,
    /// Number of entries without a written model answer.
    pub no_model: u32,
    /// Most entries first.
    pub categories: Vec<CategoryCount>,
    /// By path.
    pub posts: Vec<PostRow>,
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
}

/// What the start page shows.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TodayView {
    /// `YYYY-MM-DD`, the day it is for the user.
    pub today: String,
    /// Today's entries, or those of the newest day if today has none.
    pub entries: Vec<EntryRow>,
    /// The day `entries` are of.
    pub entries_date: Option<String>,
    /// Newest unfinished drafts, ten at the most.
    pub drafts: Vec<EntryRow>,
    /// Days in a row with a written answer, up to today or yesterday.
    pub streak_days: u32,
    /// The seven days of this week from Monday: number of written answers.
    pub week: Vec<DayCount>,
    /// The last 53 weeks: days with written answers, ascending; days without are left out.
    pub heat: Vec<DayCount>,
    /// Most entries first.
    pub categories: Vec<CategoryCount>,
}

/// Written answers on a day.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DayCount {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Number of written answers.
    pub count: u32,
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
}
