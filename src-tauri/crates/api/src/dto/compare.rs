//! Comparing an answer with a model answer.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::entry::{AnswerStateView, ModelStateView};
use super::history::{CauseView, DiffSpanView};

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
    /// Offsets into `model_text`; none only for a term that the user added.
    pub in_model: Vec<[u32; 2]>,
    /// Whether the user wants it in the list.
    pub wish: Option<WishView>,
    /// Other names that the user gave it.
    pub own_names: Vec<String>,
}

/// How a term came into the list, where it was not found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WishView {
    /// Kept at the head of the list.
    Pinned,
    /// Added.
    Added,
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
    /// The model answer as compared: what stands before the first audience and what is for the one
    /// chosen.
    pub model_text: String,
    /// Best first.
    pub terms: Vec<TermView>,
    /// Key terms of the answer that the model answer lacks.
    pub extra_terms: Vec<String>,
    /// Terms that the user took out of the list.
    pub removed_terms: Vec<String>,
    /// Whom the model answer has versions for, in its order; none if it is for all.
    pub audiences: Vec<String>,
    /// In the order of the model answer.
    pub sentences: Vec<SentenceView>,
    /// Differences that change the meaning.
    pub flags: Vec<FlagView>,
}

/// How many key terms an answer has. Counts, and deliberately no score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
pub struct CoverageView {
    /// Terms it has.
    pub said: u32,
    /// Terms it has a part of.
    pub partly: u32,
    /// Terms it has nothing of.
    pub missing: u32,
}

/// What `compare_all` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct CompareAllRequest {
    /// Whose version of each model answer; the first one where there is none for them.
    pub audience: Option<String>,
    /// Most entries wanted; all if none.
    pub limit: Option<u32>,
}

/// Answer to `compare_all`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CompareAllView {
    /// Entries with a written model answer, the least covered first.
    pub entries: Vec<CoveredEntry>,
    /// How many such entries there are.
    pub compared: u32,
    /// How many entries have no written model answer, or one without key terms.
    pub without_model: u32,
}

/// An entry with what its answer has of its model answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CoveredEntry {
    /// The entry's key.
    pub entry: String,
    /// The question.
    pub question: String,
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The post, relative to the folder.
    pub path: String,
    /// The variant compared with.
    pub audience: Option<String>,
    /// State of the answer.
    pub answer_state: AnswerStateView,
    /// Its terms in counts.
    pub terms: CoverageView,
    /// The terms that are missing, best first.
    pub missing_terms: Vec<String>,
    /// The terms that are said partly, best first.
    pub partly_terms: Vec<String>,
    /// How many numbers, negations and opposites differ.
    pub flags: u32,
}

/// What the user decides about a term of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TermDecision {
    /// It stays at the head of the list.
    Pin,
    /// It is in the list, whether or not the model answer has it.
    Add,
    /// It is never in the list.
    Remove,
    /// It is in the list if it is found; takes any other decision back.
    Reset,
}

/// What `decide_term` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct TermRequest {
    /// The entry's key.
    pub entry: String,
    /// The term, as it is to be shown.
    pub term: String,
    /// What becomes of it.
    pub decision: TermDecision,
}

/// What `set_synonyms` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SynonymsRequest {
    /// Two names or more.
    pub names: Vec<String>,
    /// Whether they mean one thing; else that is taken back.
    pub same: bool,
}

/// What the user decided about terms.
#[derive(Debug, Clone, Serialize, Type)]
pub struct TermsView {
    /// Of the entry that was asked for, or of all.
    pub decisions: Vec<DecisionView>,
    /// Groups of names for one thing, in the whole notebook.
    pub synonyms: Vec<Vec<String>>,
}

/// A decision that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DecisionView {
    /// The entry's key.
    pub entry: String,
    /// The term.
    pub term: String,
    /// What was decided; never `reset`.
    pub decision: TermDecision,
}

/// What `answer_versions` is asked: two versions of an answer side by side.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct AnswerVersionsRequest {
    /// The entry's key.
    pub entry: String,
    /// The variant of the model answer that coverage is counted by; the first if none.
    pub audience: Option<String>,
    /// Id of the older version; the newest one before now if none.
    pub older: Option<String>,
    /// Id of the newer version; the answer as it is now if none.
    pub newer: Option<String>,
    /// The answer as it stands in an editor; the saved one if none.
    pub answer: Option<String>,
}

/// A version of an answer.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AnswerVersionView {
    /// As in the history; none for the answer as it is now.
    pub id: Option<String>,
    /// Since when it was the answer, as far as is known: RFC 3339, UTC.
    pub since: Option<String>,
    /// Until when; none for the answer as it is now.
    pub until: Option<String>,
    /// What replaced it.
    pub cause: Option<CauseView>,
    /// Its state.
    pub state: AnswerStateView,
    /// Its characters.
    pub chars: u32,
    /// What it had of the model answer as that is now; none if there is none to compare with.
    pub coverage: Option<CoverageView>,
}

/// A term whose state differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TermChangeView {
    /// The term.
    pub term: String,
    /// Its state in the older version.
    pub older: TermStateView,
    /// Its state in the newer version.
    pub newer: TermStateView,
}

/// Answer to `answer_versions`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct AnswerVersionsView {
    /// All versions, the newest first; the first is the answer as it is now.
    pub versions: Vec<AnswerVersionView>,
    /// Place of the older one of the two in `versions`; none if there is only one version.
    pub older: Option<u32>,
    /// Place of the newer one.
    pub newer: u32,
    /// Both, word by word.
    pub spans: Vec<DiffSpanView>,
    /// Terms whose state differs, the model answer's best first.
    pub changes: Vec<TermChangeView>,
}
