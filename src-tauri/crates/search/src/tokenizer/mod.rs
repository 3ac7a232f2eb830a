//! Cuts texts into what is indexed and asked.
//!
//! Matching text is composed (NFC) and in lower case; offsets are bytes of the text as it was given.

mod bigrams;
mod normal;
mod pieces;
mod stems;
#[cfg(test)]
mod tests;
mod whole;
mod words;

pub use bigrams::{BigramStream, BigramTokenizer};
pub use whole::{WholeStream, WholeTokenizer};
pub use words::{WordStream, WordTokenizer};

pub(crate) use pieces::parts;
