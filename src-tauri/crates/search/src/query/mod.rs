//! The query language.
//!
//! Words, `"an exact phrase"`, `-not`, `A OR B`, and filters such as `category:backend`. Every text
//! is a query: what cannot be read as an operator is read as words.

mod build;
mod exclude;
mod filter;
mod parse;
mod phrase;
mod row;
#[cfg(test)]
mod tests;

pub use parse::parse;

pub(crate) use build::{Match, Matching, build, pieces, wanted};
pub(crate) use filter::Filter;

/// A query as it was understood. Made by [`parse()`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All of these must match.
    pub(crate) clauses: Vec<Clause>,
    /// How it was read where that is not word for word.
    pub(crate) notes: Vec<String>,
}

impl Query {
    /// Tells whether it asks for nothing, and so finds nothing.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Calls `see` with every text that a hit may be marked for.
    pub(crate) fn for_each_wanted<'q>(&'q self, see: &mut dyn FnMut(&'q Leaf)) {
        for clause in &self.clauses {
            match clause {
                Clause::All(leaf) => see(leaf),
                Clause::Any(leaves) => leaves.iter().for_each(&mut *see),
                Clause::None(_) | Clause::Filter { .. } => {}
            }
        }
    }
}

/// One condition of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// It must match.
    All(Leaf),
    /// One of them must match: `A OR B`. At least two.
    Any(Vec<Leaf>),
    /// It must not match.
    None(Leaf),
    /// A property of the part or its entry.
    Filter { filter: Filter, wanted: bool },
}

/// A text to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leaf {
    Word(Term),
    /// An exact phrase; `open` while its closing quote is not typed.
    Phrase {
        text: String,
        open: bool,
    },
}

/// A word to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// Folded, without particles.
    pub(crate) text: String,
    pub(crate) hangul: bool,
    /// Another reading of the word: the `락` in `락이`.
    pub(crate) noun: Option<String>,
    /// Whether it may be the start of a longer word: the last word of a query.
    pub(crate) prefix: bool,
}
