//! How a query was read, and what each word adds to the score of a hit.

use std::ops::Range;

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocSet as _, Score, Searcher, Term};

use super::build::{Match, Matching, build, pieces_of_words};
use super::{Clause, Leaf, Query};
use crate::best::preference;
use crate::error::SearchError;
use crate::run::paths_with;
use crate::schema::Fields;
use crate::scores::{Piece, Scores, What};

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
    /// The word, as [`Wanted::text`]; empty for what words add by standing side by side, and for
    /// what the part has in common with the best ones.
    pub text: String,
    /// The field of the index; empty for what is in common with the best parts.
    pub field: String,
    /// What was looked up in it.
    pub terms: Vec<String>,
    /// Points.
    pub score: f32,
}

/// Explains `query` and its hits, given with their scores.
pub(crate) fn explain(
    searcher: &Searcher,
    fields: Fields,
    query: &Query,
    hits: &[(Score, DocAddress)],
) -> Result<Explanation, SearchError> {
    let paths = |text: &str| paths_with(searcher, fields, text);
    let mut stages: Vec<(Matched, Matching)> = Vec::new();
    for (matched, how) in [
        (Matched::All, Match::All),
        (Matched::AllWithQuestion, Match::AllWithQuestion),
        (Matched::Some, Match::Some),
    ] {
        stages.push((matched, build(query, fields, how, &paths)?));
    }
    let mut scored = Vec::with_capacity(hits.len());
    for &(score, at) in hits {
        let mut matched = Matched::Pieces;
        for (stage, matching) in &stages {
            if matches_at(searcher, matching, at)? {
                matched = *stage;
                break;
            }
        }
        let text_score = score / preference(searcher, at);
        scored.push(Scoring { text_score, matched, contributions: Vec::new() });
    }
    for (leaf, piece) in pieces_of_words(query, fields) {
        let text = leaf.map(shown).unwrap_or_default();
        let (field, terms) = looked_up(searcher, &text, &piece);
        let piece = match piece.what {
            // By itself it scores for nothing.
            What::Beside(term) => Piece { what: What::Term(term), ..piece },
            what => Piece { what, ..piece },
        };
        let mut scores = Scores::new(searcher, fields)?;
        scores.add(&[piece])?;
        for (&(_, at), scoring) in hits.iter().zip(&mut scored) {
            let score = scores.at(at);
            if score > 0.0 {
                let (text, field, terms) = (text.clone(), field.clone(), terms.clone());
                scoring.contributions.push(Contribution { text, field, terms, score });
            }
        }
    }
    for scoring in &mut scored {
        let sum: Score = scoring.contributions.iter().map(|one| one.score).sum();
        let rest = scoring.text_score - sum;
        if super::wanted(query) > 0 && rest > scoring.text_score * 0.01 {
            let (text, field, terms) = Default::default();
            scoring.contributions.push(Contribution { text, field, terms, score: rest });
        }
        scoring.contributions.sort_by(|one, other| other.score.total_cmp(&one.score));
    }
    Ok(Explanation { clauses: query.clauses.iter().map(read).collect(), hits: scored })
}

fn matches_at(
    searcher: &Searcher,
    matching: &Matching,
    at: DocAddress,
) -> Result<bool, SearchError> {
    let Matching::Found(query) = matching else {
        return Ok(matches!(matching, Matching::Anything));
    };
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut scorer = weight.scorer(searcher.segment_reader(at.segment_ord), 1.0)?;
    while scorer.doc() < at.doc_id {
        scorer.advance();
    }
    Ok(scorer.doc() == at.doc_id)
}

/// Returns the field and the terms that a piece of `text` looks up.
fn looked_up(searcher: &Searcher, text: &str, piece: &Piece) -> (String, Vec<String>) {
    let (mut field, mut terms) = (String::new(), Vec::new());
    let mut see = |term: &Term| {
        field = searcher.schema().get_field_name(term.field()).to_owned();
        terms.push(term.value().as_str().unwrap_or_default().to_owned());
    };
    match &piece.what {
        What::Term(term) | What::Beside(term) => see(term),
        What::Query(query) => query.query_terms(&mut |term, _| see(term)),
    }
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
