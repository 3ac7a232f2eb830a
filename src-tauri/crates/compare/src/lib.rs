//! Compares an answer with a model answer, and an answer with its own past.
//!
//! Wording is compared, not meaning: which key terms and sentences of the model answer have a
//! counterpart, and where numbers, negations and opposites differ between sentences that belong
//! together. There is deliberately no score. Pure: no files, no clock, same input, same output.
//!
//! All ranges are bytes of the markdown source that was given, from zero; only text that a reader
//! would see is compared.

mod align;
mod amounts;
mod analysis;
mod candidates;
mod ending;
mod english;
mod flags;
mod lexicon;
mod matching;
mod numbers;
mod opposites;
mod predicate;
mod sentence;
mod squeezed;
mod terms;
mod token;
mod versions;
mod visible;
mod wishes;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod pairs;

use std::ops::Range;

pub use self::versions::{DiffKind, DiffSpan, word_diff};
pub use self::wishes::{Wish, Wishes, term_key};

/// Tells how rare a term is in the library.
pub trait Weigh {
    /// Returns the weight of `term`: higher is rarer, about 1 if nothing is known.
    fn weight(&self, term: &str) -> f32;
}

/// Takes all terms as equally rare, for when there is no library.
#[derive(Debug, Clone, Copy, Default)]
pub struct EqualWeights;

impl Weigh for EqualWeights {
    fn weight(&self, _term: &str) -> f32 {
        1.0
    }
}

/// What an answer has of a model answer, and what it lacks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Key terms of the model answer: those the user wants first, then the best, at most a dozen
    /// unless the user wants more.
    pub terms: Vec<Term>,
    /// Key terms of the answer that the model answer lacks, best first, at most eight.
    pub extra_terms: Vec<String>,
    /// The model answer's sentences in their order, each with its closest counterpart.
    pub sentences: Vec<SentencePair>,
    /// Differences inside aligned sentences that change the meaning.
    pub flags: Vec<Flag>,
}

/// A key term of the model answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As it first stands in the model answer, without particles.
    pub term: String,
    /// Other names: from `X(Y)` pairs in either text, and known spellings that occur in them.
    pub aliases: Vec<String>,
    /// Whether the answer has it.
    pub state: TermState,
    /// Where the answer has the term, an alias or, if partly, its parts. Ascending and disjoint.
    pub in_answer: Vec<Range<usize>>,
    /// Where the model answer has the term or an alias. Ascending and disjoint; empty only for one
    /// that the user added.
    pub in_model: Vec<Range<usize>>,
    /// Whether the user wants it in the list.
    pub wish: Option<Wish>,
}

/// Whether the answer has a key term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermState {
    /// It has the term or an alias, under any particle, spacing or case.
    Said,
    /// It has a part of a compound only.
    Partly,
    /// It has nothing of it.
    Missing,
}

/// A sentence of the model answer and its closest counterpart in the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SentencePair {
    /// Where it stands in the model answer.
    pub model: Range<usize>,
    /// Where its counterpart stands in the answer, if anything is close enough.
    pub answer: Option<Range<usize>>,
    /// How much wording the two share: 0 to 1, and 0 without a counterpart.
    pub similarity: f32,
}

/// A difference that changes the meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Flag {
    /// What differs.
    pub kind: FlagKind,
    /// As the model answer says it.
    pub model: String,
    /// As the answer says it.
    pub answer: String,
}

/// What differs between two sentences that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagKind {
    /// A number, or its unit.
    Number,
    /// One side denies what the other says.
    Negation,
    /// Words of opposite meaning.
    Opposite,
}

/// Compares `answer` with `model`, both markdown.
///
/// `model` is one variant alone, without the line that says whom it is for. Where either text
/// only keeps a place (`TODO`, `...`), there is nothing to compare and the caller says so.
/// `weigh` tells how rare a term is in the library, so that words that stand everywhere sink.
pub fn compare(answer: &str, model: &str, weigh: &dyn Weigh) -> Comparison {
    compare_with(answer, model, weigh, &Wishes::default())
}

/// The same by what the user decided about terms.
pub fn compare_with(answer: &str, model: &str, weigh: &dyn Weigh, wishes: &Wishes) -> Comparison {
    let (answer_source, model_source) = (answer, model);
    let answer = analysis::Analysis::of(answer);
    let model = analysis::Analysis::of(model);
    let names = wishes::Names::of(&wishes.synonyms);
    let (terms, extra_terms) = terms::terms(&model, &answer, weigh, &names, wishes);
    let aligned = align::align(&model, &answer, weigh, &names);
    let flags = flags::flags(&model, &answer, &aligned, &names);
    let sentences = aligned
        .iter()
        .map(|pair| SentencePair {
            model: model.sentence_source(model_source, pair.model),
            answer: pair.answer.map(|at| answer.sentence_source(answer_source, at)),
            similarity: pair.similarity,
        })
        .collect();
    Comparison { terms, extra_terms, sentences, flags }
}
