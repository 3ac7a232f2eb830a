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
