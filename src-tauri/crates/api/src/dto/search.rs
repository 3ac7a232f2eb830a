//! Searching: what is asked and what is found.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::entry::AnswerStateView;

/// What `search` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SearchRequest {
    /// As typed.
    pub query: String,
    /// Most hits wanted.
    pub limit: u32,
    /// Ids of the interpretations that the user undid.
    #[serde(default)]
    pub refused: Vec<String>,
    /// Whether the answer says how the query was read and how each hit was scored.
    #[serde(default)]
    pub explain: bool,
}

impl SearchRequest {
    /// Asks for `query` with nothing refused and nothing explained.
    pub fn new(query: impl Into<String>, limit: u32) -> Self {
        Self { query: query.into(), limit, refused: Vec::new(), explain: false }
    }
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
    /// How many places of the part match; the highlights are those in the snippet.
    pub occurrences: u32,
}

/// Answer to `search`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct SearchView {
    /// As asked.
    pub query: String,
    /// What is odd in the query, by place. The rest of it was answered.
    pub problems: Vec<ProblemView>,
    /// How the query was read where that is not word for word.
    pub interpretations: Vec<InterpretationView>,
    /// Number of matching parts.
    pub total: u32,
    /// Microseconds inside the search.
    pub took_us: u32,
    /// Best first.
    pub hits: Vec<HitView>,
    /// How the query was read and the hits were scored, if that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[specta(optional)]
    pub explanation: Option<ExplanationView>,
    /// Set while so many posts are being indexed that the search did not wait for it: then posts may
    /// be missing, or found as they were before.
    #[specta(optional)]
    pub indexing: Option<IndexingView>,
}

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct IndexingView {
    /// Posts that are in the index as they are.
    pub done: u32,
    /// Posts in all.
    pub of: u32,
}

/// A part of a query that could not be read as it was meant.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ProblemView {
    /// Offsets into the query: `[start, end]`.
    pub range: [u32; 2],
    /// `unclosed_quote`, `empty_phrase`, `empty_operator`, `unknown_value`, `no_such_value`,
    /// `impossible_date`, `unreadable_date`, `nothing_scheduled`, `dangling_or`, `mixed_or`,
    /// `only_exclusions`, `nothing_to_find`, `too_long`, `too_many_words`.
    pub code: String,
}

/// Of what kind an interpretation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum InterpretationKindView {
    /// The last syllable is not finished.
    Unfinished,
    /// Initial consonants.
    Initials,
    /// Typed with the other keyboard layout.
    Layout,
    /// Spaced otherwise.
    Spacing,
    /// A typo.
    Typo,
    /// Another name of the same thing, as met in the notes.
    Synonym,
    /// Few parts have all the words, so parts with some of them follow.
    SomeWords,
}

/// A reading of a part of the query that is not word for word.
#[derive(Debug, Clone, Serialize, Type)]
pub struct InterpretationView {
    /// What undoes it, put into [`SearchRequest::refused`].
    pub id: String,
    /// Of what kind it is.
    pub kind: InterpretationKindView,
    /// Offsets into the query: `[start, end]`.
    pub range: [u32; 2],
    /// What was asked for.
    pub from: String,
    /// What was looked for; empty for `some_words`.
    pub to: Vec<String>,
}

/// What `complete_query` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct CompletionRequest {
    /// As typed.
    pub query: String,
    /// Offset of the caret in it.
    pub cursor: u32,
}

/// Of what kind a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CompletionKind {
    /// An operator without its value.
    Operator,
    /// `category:`
    Category,
    /// `topic:`
    Topic,
    /// `date:`
    Date,
    /// `is:`
    State,
    /// `in:`
    Part,
    /// `post:`
    Post,
}

/// One way to complete a query.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CompletionItem {
    /// What replaces the range. An operator ends in its colon.
    pub insert: String,
    /// What tells it from the others.
    pub label: String,
    /// Of what kind it is.
    pub kind: CompletionKind,
    /// How many entries there are; none where that is not known.
    pub count: Option<u32>,
}

/// Answer to `complete_query`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CompletionView {
    /// Offsets into the query of what an item replaces: `[start, end]`. A sign before it stays.
    pub range: [u32; 2],
    /// The likeliest first; few.
    pub items: Vec<CompletionItem>,
}

/// What `find_matches` is asked: of an entry, or of a post's sections outside its entries.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct MatchesRequest {
    /// As typed.
    pub query: String,
    /// As in [`SearchRequest::refused`].
    pub refused: Vec<String>,
    /// The entry's key.
    pub entry: Option<String>,
    /// What is in the answer's place now, where that is not saved yet.
    pub answer: Option<String>,
    /// The post; for an entry it need not be given.
    pub post: Option<String>,
    /// Line of the section, as [`HitView::line`]; all sections of the post if none.
    pub line: Option<u32>,
}

/// A place that matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MatchView {
    /// Which part it is in.
    pub part: PartView,
    /// Which of the model answer's versions, or of the sections of the entry or post, from 0; 0 for
    /// the other parts.
    pub nth: u32,
    /// Offsets into the part's own source markdown: `[start, end]`.
    pub range: [u32; 2],
}

/// How a query was read, and how its hits were scored.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ExplanationView {
    /// Conditions of the query, all of which must hold.
    pub clauses: Vec<ClauseView>,
    /// The hits, in their order.
    pub hits: Vec<ScoringView>,
}

/// What a condition of a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKindView {
    /// The text must be there.
    All,
    /// One of the texts must be there.
    Any,
    /// The text must not be there.
    None,
    /// The part or its entry must be so.
    Filter,
    /// The part or its entry must not be so.
    ExcludedFilter,
}

/// A condition of a query.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ClauseView {
    /// What it asks for.
    pub kind: ClauseKindView,
    /// The filter, in the words of the query language; none for texts.
    pub filter: Option<String>,
    /// The texts; none for a filter.
    pub texts: Vec<WantedView>,
}

/// A text that is looked for.
#[derive(Debug, Clone, Serialize, Type)]
pub struct WantedView {
    /// Folded, without particles; a phrase in quotes.
    pub text: String,
    /// Offsets into the query: `[start, end]`.
    pub range: [u32; 2],
    /// Whether longer words that begin so are meant, too.
    pub unfinished: bool,
    /// What it stands for beside itself.
    pub alternatives: Vec<AlternativeView>,
}

/// What a word stands for beside itself.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AlternativeView {
    /// As [`WantedView::text`].
    pub text: String,
    /// What it counts beside the word itself, in percent.
    pub percent: u32,
}

/// How much of the query a hit has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MatchedView {
    /// All of it, in the part itself.
    All,
    /// All of it, in the part or the question over it.
    AllWithQuestion,
    /// Some of the words.
    Some,
    /// Pieces of words.
    Pieces,
}

/// How a hit was scored.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ScoringView {
    /// As in the hit: `text_score` × `preference`.
    #[specta(type = u32)]
    pub score: f32,
    /// What its text scores.
    #[specta(type = u32)]
    pub text_score: f32,
    /// The factor for its part (questions first, own answers before model answers) and its date.
    #[specta(type = u32)]
    pub preference: f32,
    /// How much of the query it has.
    pub matched: MatchedView,
    /// What each word adds in each field, the most first.
    pub contributions: Vec<ContributionView>,
}

/// What a word of the query adds to a score.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ContributionView {
    /// The word, as [`WantedView::text`].
    pub text: String,
    /// The field of the index.
    pub field: String,
    /// What was looked up in it.
    pub terms: Vec<String>,
    /// Points.
    #[specta(type = u32)]
    pub score: f32,
}
