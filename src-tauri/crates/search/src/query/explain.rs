//! How a query was read, and what each word adds to the score of a hit.

use std::ops::Range;

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet as _, Searcher};

use super::build::{Boxed, Match, build, each_way};
use super::{Clause, Leaf, Query};
use crate::error::SearchError;
use crate::run::paths_with;
use crate::schema::Fields;

/// How a query was read, and how its hits were scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Conditions, all of which must hold.
    pub clauses: Vec<ReadClause>,
    /// The hits in their order.
    pub hits: Vec<Scoring>,
}

/// A condition of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadClause {
    /// The text must be there.
    All(Wanted),
    /// One of the texts must be there.
    Any(Vec<Wanted>),
    /// The text must not be there.
    None(Wanted),
    /// The part or its entry must be so, or must not.
    Filter {
        /// In the words of the query language.
        filter: String,
        /// Whether it must.
        wanted: bool,
    },
}

/// A text that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Folded, without particles; a phrase in quotes.
    pub text: String,
    /// Bytes of the query.
    pub span: Range<usize>,
    /// Whether longer words that begin so are meant, too.
    pub unfinished: bool,
    /// What it stands for beside itself, and what that counts in percent.
    pub alternatives: Vec<(String, u8)>,
}

/// How much of a query a hit has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matched {
    /// All of it, in the part itself.
    All,
    /// All of it, in the part or the question over it.
    AllWithQuestion,
    /// Some of the words.
    Some,
    /// Pieces of words.
    Pieces,
}

/// How a hit was scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoring {
    /// What its text scores; the hit's score is this by a factor for its part and date.
    pub text_score: f32,
    /// How much of the query it has.
    pub matched: Matched,
    /// What each word adds in each field, the most first.
    pub contributions: Vec<Contribution>,
}

/// What a word adds to a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The word, as [`Wanted::text`]; empty for what words add by standing side by side.
    pub text: String,
    /// The field of the index; empty for words side by side.
    pub field: String,
    /// What was looked up in it.
    pub terms: Vec<String>,
    /// Points.
    pub score: f32,
}

/// Explains `query` and its hits at `hits`.
pub(crate) fn explain(
    searcher: &Searcher,
    fields: Fields,
    query: &Query,
    hits: impl Iterator<Item = DocAddress>,
) -> Result<Explanation, SearchError> {
    let paths = |text: &str| paths_with(searcher, fields, text);
    let mut stages: Vec<(Matched, Boxed)> = Vec::new();
    for (matched, how) in [
        (Matched::All, Match::All),
        (Matched::AllWithQuestion, Match::AllWithQuestion),
        (Matched::Some, Match::Some),
        (Matched::Pieces, Match::Pieces),
    ] {
        stages.extend(build(query, fields, how, &paths)?.map(|query| (matched, query)));
    }
    let mut ways: Vec<(String, Boxed)> = Vec::new();
    query.for_each_wanted(&mut |leaf| {
        ways.extend(each_way(leaf, fields).into_iter().map(|way| (shown(leaf), way)));
    });
    let mut scored = Vec::new();
    for at in hits {
        scored.push(scoring(searcher, &stages, &ways, at)?);
    }
    Ok(Explanation { clauses: query.clauses.iter().map(read).collect(), hits: scored })
}

fn scoring(
    searcher: &Searcher,
    stages: &[(Matched, Boxed)],
    ways: &[(String, Boxed)],
    at: DocAddress,
) -> Result<Scoring, SearchError> {
    let mut found = (Matched::Pieces, 0.0);
    for (matched, query) in stages {
        if let Some(score) = score_at(searcher, query, at)? {
            found = (*matched, score);
            break;
        }
    }
    let (matched, text_score) = found;
    let mut contributions = Vec::new();
    for (text, way) in ways {
        let Some(score) = score_at(searcher, way, at)? else { continue };
        let (field, terms) = looked_up(searcher, text, way);
        contributions.push(Contribution { text: text.clone(), field, terms, score });
    }
    let sum: f32 = contributions.iter().map(|one| one.score).sum();
    if matched != Matched::Pieces && text_score - sum > 0.01 {
        let (text, field) = (String::new(), String::new());
        contributions.push(Contribution {
            text,
            field,
            terms: Vec::new(),
            score: text_score - sum,
        });
    }
    contributions.sort_by(|one, other| other.score.total_cmp(&one.score));
    Ok(Scoring { text_score, matched, contributions })
}

/// Returns what a query scores for a document; none if it does not match.
fn score_at(
    searcher: &Searcher,
    query: &Boxed,
    at: DocAddress,
) -> Result<Option<f32>, SearchError> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(searcher.segment_reader(at.segment_ord), 1.0)?;
    while scorer.doc() < at.doc_id {
        scorer.advance();
    }
    Ok((scorer.doc() == at.doc_id).then(|| scorer.score()))
}

/// Returns the field and the terms a way to match `text` looks up.
fn looked_up(searcher: &Searcher, text: &str, query: &Boxed) -> (String, Vec<String>) {
    let (mut field, mut terms) = (String::new(), Vec::new());
    query.query_terms(&mut |term, _| {
        field = searcher.schema().get_field_name(term.field()).to_owned();
        terms.push(term.value().as_str().unwrap_or_default().to_owned());
    });
    if terms.is_empty() {
        // Tantivy names no terms where only the start of them is known.
        return ("words".to_owned(), vec![format!("{text}*")]);
    }
    (field, terms)
}

fn read(clause: &Clause) -> ReadClause {
    match clause {
        Clause::All(leaf) => ReadClause::All(wanted(leaf)),
        Clause::Any(leaves) => ReadClause::Any(leaves.iter().map(wanted).collect()),
        Clause::None(leaf) => ReadClause::None(wanted(leaf)),
        Clause::Filter { filter, wanted, .. } => {
            ReadClause::Filter { filter: filter.to_string(), wanted: *wanted }
        }
    }
}

fn wanted(leaf: &Leaf) -> Wanted {
    let (span, unfinished, alternatives) = match leaf {
        Leaf::Word(term) => (&term.span, term.prefix, term.alternatives.as_slice()),
        Leaf::Phrase { span, open, .. } => (span, *open, &[][..]),
    };
    let alternatives = alternatives.iter().map(|other| (shown(&other.leaf), other.percent));
    Wanted {
        text: shown(leaf),
        span: span.clone(),
        unfinished,
        alternatives: alternatives.collect(),
    }
}

fn shown(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Word(term) => term.text.clone(),
        Leaf::Phrase { text, .. } => format!("\"{text}\""),
    }
}
