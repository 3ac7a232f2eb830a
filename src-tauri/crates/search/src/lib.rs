//! Full-text search over the parts of posts, with Tantivy.
//!
//! A part (question, answer, model answer, hint, section) is a document. Its text is indexed twice:
//! as syllable bigrams with positions, which find a word inside a compound and across spaces, and
//! as words without particles. Knows no files of the user and no post structure: whoever calls says
//! what the parts are.

mod ask;
mod best;
mod disk;
mod document;
mod error;
mod feedback;
mod generation;
mod generations;
mod index;
mod merging;
mod pairs;
mod query;
mod records;
mod run;
mod schema;
mod scores;
mod snippet;
mod stored;
#[cfg(test)]
mod tests;
pub mod tokenizer;
mod vocabulary;
mod weights;
mod writer;

pub use ask::{Ask, Found, Interpretation, InterpretationKind, Matcher};
pub use document::{AnswerState, Document, PartKind};
pub use error::SearchError;
pub use index::SearchIndex;
pub use query::{
    Begun, Completing, Contribution, Explanation, Matched, Operator, Problem, ProblemKind, Query,
    ReadClause, Scoring, Wanted, completing, parse,
};
pub use run::Hit;
pub use weights::Weights;
pub use writer::Writer;
