//! What is odd in a query, with its place.

use std::ops::Range;

/// A part of a query that cannot be read as it is meant. The rest of the query is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Bytes of the query.
    pub span: Range<usize>,
    /// What is odd there.
    pub kind: ProblemKind,
}

/// What is odd in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// A quote is opened and never closed; what follows it is read as the phrase.
    UnclosedQuote,
    /// There is no word between two quotes.
    EmptyPhrase,
    /// An operator without a value.
    EmptyOperator,
    /// The operator has no such value. It is not applied.
    UnknownValue,
    /// Nothing in the notes has this category, topic or path.
    NoSuchValue,
    /// A day or month no calendar has. It is not applied.
    ImpossibleDate,
    /// The value of `date:` is no date. It is not applied.
    UnreadableDate,
    /// `is:due`, and no review is scheduled. It is not applied.
    NothingScheduled,
    /// `OR` without something to choose from on both sides.
    DanglingOr,
    /// `OR` between things that cannot be chosen from, such as a word and an operator. Both must
    /// match.
    MixedOr,
    /// There are only exclusions; what is left of everything is found.
    OnlyExclusions,
    /// There is neither a word nor an operator.
    NothingToFind,
    /// The query is longer than what is read; the span is the rest.
    TooLong,
    /// There are more conditions than are read; the span is the rest.
    TooManyWords,
}

impl ProblemKind {
    /// Returns the name front ends branch on, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "unclosed_quote",
            Self::EmptyPhrase => "empty_phrase",
            Self::EmptyOperator => "empty_operator",
            Self::UnknownValue => "unknown_value",
            Self::NoSuchValue => "no_such_value",
            Self::ImpossibleDate => "impossible_date",
            Self::UnreadableDate => "unreadable_date",
            Self::NothingScheduled => "nothing_scheduled",
            Self::DanglingOr => "dangling_or",
            Self::MixedOr => "mixed_or",
            Self::OnlyExclusions => "only_exclusions",
            Self::NothingToFind => "nothing_to_find",
            Self::TooLong => "too_long",
            Self::TooManyWords => "too_many_words",
        }
    }
}
