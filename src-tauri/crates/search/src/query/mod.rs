//! The query language.
//!
//! Words, `"an exact phrase"`, `-not`, `A OR B`, and filters such as `category:backend`. Every text
//! is a query: what cannot be read as an operator is read as words, and what is odd is told with its
//! place while the rest is answered.

mod build;
mod complete;
mod exclude;
mod explain;
mod filter;
mod forgive;
mod found;
mod parse;
mod phrase;
mod problem;
mod row;
mod synonym;
#[cfg(test)]
mod tests;
mod token;

use std::ops::Range;

pub use complete::{Begun, Completing, completing};
pub use explain::{Contribution, Explanation, Matched, ReadClause, Scoring, Wanted};
pub use filter::Operator;
pub use parse::parse;
pub use problem::{Problem, ProblemKind};

pub(crate) use build::{Match, Matching, build, pieces, wanted};
pub(crate) use explain::explain;
pub(crate) use filter::Filter;
pub(crate) use forgive::{Understood, understand};

use crate::document::PartKind;

/// A query as it was understood. Made by [`parse()`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// All of these must match.
    pub(crate) clauses: Vec<Clause>,
    /// What is odd in it, by place.
    pub(crate) problems: Vec<Problem>,
    /// Bytes of the text it was read from.
    pub(crate) length: usize,
}

impl Query {
    /// Tells whether it asks for nothing, and so finds nothing.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// Returns what is odd in it, by place.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Tells whether hits may be in `part`, going by `in:` alone.
    pub fn allows(&self, part: PartKind) -> bool {
        self.clauses.iter().all(|clause| match clause {
            Clause::Filter { filter, wanted: true, .. } => filter.allows(part),
            Clause::Filter { filter, wanted: false, .. } => {
                !filter.names_parts() || !filter.allows(part)
            }
            Clause::All(_) | Clause::Any(_) | Clause::None(_) => true,
        })
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
    /// A property of the part or its entry; the span is that of its value.
    Filter { filter: Filter, wanted: bool, span: Range<usize> },
}

/// A text to look for. Spans are bytes of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leaf {
    Word(Term),
    /// An exact phrase; `open` while its closing quote is not typed.
    Phrase {
        text: String,
        open: bool,
        span: Range<usize>,
    },
}

impl Leaf {
    /// Tells whether it asks for the same as `other`, wherever each stands.
    fn asks_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(one), Self::Word(other)) => {
                (&one.text, &one.noun) == (&other.text, &other.noun)
            }
            (
                Self::Phrase { text: one, open, .. },
                Self::Phrase { text: other, open: other_open, .. },
            ) => (one, open) == (other, other_open),
            _ => false,
        }
    }
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
    /// Bytes of the query, without particles.
    pub(crate) span: Range<usize>,
    /// As it stands in the query.
    pub(crate) typed: String,
    /// Whether it must be without spaces, as it is written.
    pub(crate) tight: bool,
    /// What else it stands for.
    pub(crate) alternatives: Vec<Alternative>,
}

impl Term {
    /// A word that is not typed but meant at `span`. Folded, and of one script.
    pub(crate) fn new(text: &str, prefix: bool, span: &Range<usize>) -> Self {
        Self {
            text: text.to_owned(),
            hangul: found::is_hangul_word(text),
            noun: None,
            prefix,
            span: span.clone(),
            typed: text.to_owned(),
            tight: false,
            alternatives: Vec::new(),
        }
    }
}

/// What a word stands for beside itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    pub(crate) leaf: Leaf,
    /// What it counts beside the word itself, in percent.
    pub(crate) percent: u8,
}
