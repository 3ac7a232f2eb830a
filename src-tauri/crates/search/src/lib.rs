//! Full-text search over the parts of posts, with Tantivy.
//!
//! A part (question, answer, model answer, hint, section) is a document. Its text is indexed twice:
//! as syllable bigrams with positions, which find a word inside a compound and across spaces, and
//! as words without particles. Knows no files of the user and no post structure: whoever calls says
//! what the parts are.

mod best;
mod disk;
mod document;
mod error;
mod feedback;
mod generation;
mod generations;
mod index;
mod merging;
mod query;
mod records;
mod run;
mod schema;
mod scores;
mod snippet;
#[cfg(test)]
mod tests;
pub mod tokenizer;
mod weights;
mod writer;

pub use document::{AnswerState, Document, PartKind};
pub use error::SearchError;
pub use index::SearchIndex;
pub use query::{Query, parse};
pub use run::{Found, Hit, SOME_WORDS};
pub use weights::Weights;
pub use writer::Writer;
