//! Comparing an answer with a model answer.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::entry::{AnswerStateView, ModelStateView};

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
