//! Turns a query into Tantivy's.

use std::collections::HashSet;
use std::ops::Bound;
use std::sync::LazyLock;

use tantivy::Term as IndexTerm;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query as IndexQuery,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::exclude::Excluded;
use super::phrase::{evened, pairs, phrase, syllables};
use super::{Clause, Filter, Leaf, Query, Term};
use crate::document::{FREE_SECTION, POST_RECORD, PartKind};
use crate::error::SearchError;
use crate::schema::Fields;
use crate::scores::{Piece, What};
use crate::tokenizer::parts;

/// What a word counts beside its bigrams.
const WORD: f32 = 0.5;
/// What a longer word counts that only starts like an unfinished one.
const PREFIX: f32 = 0.3;
/// What two words count that stand side by side as in the query.
const PAIR: f32 = 0.5;
/// What a word counts in the question over a part.
const HEADING: f32 = 0.4;
/// The share that a word with a grammatical job only counts.
const FUNCTION: f32 = 0.5;
/// Longer words an unfinished one stands for, at most.
pub(super) const EXPANSIONS: u32 = 1024;

/// How many of the words must match, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// All of them, in the part itself.
    All,
    /// All of them, in the part or the question over it, and one at least in the part.
    AllWithQuestion,
    /// One at least.
    Some,
    /// None: any part will do that has a piece of a word. For whole sentences, of which the best is
    /// wanted, not all.
    Pieces,
}

/// Which parts match, whatever they score.
#[derive(Debug)]
pub(crate) enum Matching {
    /// Nothing is asked for.
    Nothing,
    /// All do.
    Anything,
    /// Those that this finds; it is not made for scores.
    Found(Boxed),
}

pub(super) type Boxed = Box<dyn IndexQuery>;
/// Returns the paths of posts that contain a text.
type Paths<'a> = &'a dyn Fn(&str) -> Result<Vec<String>, SearchError>;

/// Builds what parts must match.
pub(crate) fn build(
    query: &Query,
    fields: Fields,
    how: Match,
    paths: Paths<'_>,
) -> Result<Matching, SearchError> {
    if query.is_empty() {
        return Ok(Matching::Nothing);
    }
    let wanted = groups(query, fields);
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    match how {
        _ if wanted.is_empty() => clauses.push(must(everything(query, fields))),
        // Whatever has a piece of such a word has the word.
        Match::All if is_one_piece(query) => {}
        Match::All => clauses.extend(wanted.into_iter().map(|group| must(union(group.inside)))),
        Match::AllWithQuestion => {
            let anywhere = wanted.iter().flat_map(|group| &group.inside).map(|way| way.box_clone());
            clauses.push(must(union(anywhere.collect())));
            clauses.extend(
                wanted.into_iter().map(|group| {
                    must(union(group.inside.into_iter().chain(group.above).collect()))
                }),
            );
        }
        Match::Some => {
            clauses.push(must(union(wanted.into_iter().flat_map(|group| group.inside).collect())));
        }
        Match::Pieces => {}
    }
    for clause in &query.clauses {
        match clause {
            Clause::None(leaf) => clauses.push(except(union(ways(leaf, fields).inside))),
            Clause::Filter { filter, wanted, .. } => {
                let condition = filter_query(filter, fields, paths)?;
                clauses.push(if *wanted { must(condition) } else { except(condition) });
            }
            Clause::All(_) | Clause::Any(_) => {}
        }
    }
    if clauses.is_empty() {
        return Ok(Matching::Anything);
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push(must(Box::new(AllQuery)));
    }
    Ok(Matching::Found(Box::new(BooleanQuery::new(clauses))))
}

/// Returns the number of words and phrases of which each must match.
pub(crate) fn wanted(query: &Query) -> usize {
    query.clauses.iter().filter(|clause| matches!(clause, Clause::All(_) | Clause::Any(_))).count()
}

/// Tells whether all that scores for `query` also matches it: a phrase, or one word that has no
/// pieces smaller than itself.
fn is_one_piece(query: &Query) -> bool {
    let mut only = true;
    let mut count = 0;
    query.for_each_wanted(&mut |leaf| {
        count += 1;
        only &= match leaf {
            Leaf::Phrase { .. } => true,
            Leaf::Word(term) if term.tight || !term.alternatives.is_empty() => false,
            Leaf::Word(term) if term.hangul => term.text.chars().count() <= 2,
            Leaf::Word(term) => parts(&term.text).nth(1).is_none(),
        };
    });
    only && count == 1
}

/// The ways in which one clause matches. One of them is enough.
#[derive(Default)]
struct Ways {
    /// In the part itself.
    inside: Vec<Boxed>,
    /// In the question over it.
    above: Vec<Boxed>,
}

impl Ways {
    fn add(&mut self, other: Self) {
        self.inside.extend(other.inside);
        self.above.extend(other.above);
    }
}

fn groups(query: &Query, fields: Fields) -> Vec<Ways> {
    let mut groups: Vec<Ways> = Vec::new();
    let mut before: Option<&Term> = None;
    for clause in &query.clauses {
        let leaves = match clause {
            Clause::All(leaf) => std::slice::from_ref(leaf),
            Clause::Any(leaves) => leaves.as_slice(),
            Clause::None(_) | Clause::Filter { .. } => {
                before = None;
                continue;
            }
        };
        let mut group = Ways::default();
        for leaf in leaves {
            group.add(ways(leaf, fields));
        }
        let term = match leaves {
            [Leaf::Word(term)] if term.hangul => Some(term),
            _ => None,
        };
        // A pair holds both words (`분산 락` finds `분산락`), but the index does not know a single
        // syllable inside a longer word.
        if let (Some(one), Some(other)) = (before, term)
            && (one.is_single() || other.is_single())
            && let Some(pair) = syllables(&format!("{}{}", one.text, other.text), fields)
        {
            if let (Some(last), true) = (groups.last_mut(), one.is_single()) {
                last.inside.push(pair.box_clone());
            }
            if other.is_single() {
                group.inside.push(pair);
            }
        }
        before = term;
        groups.push(group);
    }
    groups
}

impl Term {
    fn is_single(&self) -> bool {
        self.hangul && self.text.chars().count() == 1
    }
}

/// The ways in which a leaf matches.
fn ways(leaf: &Leaf, fields: Fields) -> Ways {
    match leaf {
        Leaf::Phrase { text, open, .. } => Ways {
            inside: phrase(text, *open, fields.bigrams).into_iter().collect(),
            ..Ways::default()
        },
        Leaf::Word(term) => {
            let inside = if term.hangul { hangul(term, fields) } else { technical(term, fields) };
            let mut ways = Ways { inside, above: vec![word(fields.heading, &term.text)] };
            for other in &term.alternatives {
                ways.add(self::ways(&other.leaf, fields));
            }
            ways
        }
    }
}

/// Returns what has `other` without all of `asked`.
pub(super) fn beyond(other: &Leaf, asked: &[&Leaf], fields: Fields) -> Boxed {
    let all = asked.iter().map(|leaf| must(union(ways(leaf, fields).inside)));
    Box::new(BooleanQuery::new(vec![
        must(union(ways(other, fields).inside)),
        except(Box::new(BooleanQuery::new(all.collect()))),
    ]))
}

fn hangul(term: &Term, fields: Fields) -> Vec<Boxed> {
    // Wherever the word is, its bigrams are; so are longer words that start with it.
    let mut ways = vec![match syllables(&term.text, fields).filter(|_| !term.tight) {
        Some(row) => row,
        None if term.prefix => starting_with(fields.words, &term.text),
        None => word(fields.words, &term.text),
    }];
    ways.extend(term.noun.as_ref().map(|noun| word(fields.words, noun)));
    ways
}

fn technical(term: &Term, fields: Fields) -> Vec<Boxed> {
    // The parts of a word stand in a row wherever it does.
    let mut ways = vec![in_parts(term, fields).unwrap_or_else(|| word(fields.bigrams, &term.text))];
    if term.prefix {
        ways.push(starting_with(fields.words, &term.text));
    }
    ways
}

/// Returns the parts of a technical word in a row; none if it has just one.
fn in_parts(term: &Term, fields: Fields) -> Option<Boxed> {
    let parts: Vec<IndexTerm> = parts(&term.text)
        .map(|(_, part)| IndexTerm::from_field_text(fields.bigrams, part))
        .collect();
    (parts.len() > 1).then(|| -> Boxed { Box::new(PhraseQuery::new(parts)) })
}

/// Returns what of `query` scores, piece by piece: bigrams and words.
pub(crate) fn pieces(query: &Query, fields: Fields) -> Vec<Piece> {
    pieces_of_words(query, fields).into_iter().map(|(_, piece)| piece).collect()
}

/// Returns what of `query` scores, with the text each piece is of; none for what two words add by
/// standing side by side.
pub(super) fn pieces_of_words(query: &Query, fields: Fields) -> Vec<(Option<&Leaf>, Piece)> {
    let mut pieces = Vec::new();
    let mut before: Option<char> = None;
    query.for_each_wanted(&mut |leaf| {
        let (mut own, mut first, mut last, mut share) = (Vec::new(), None, None, 1.0);
        if let Leaf::Word(term) = leaf {
            if is_function(&term.text) {
                share = FUNCTION;
            }
            first = term.text.chars().next().filter(|_| term.hangul);
            last = term.text.chars().next_back().filter(|_| term.hangul);
        }
        leaf_pieces(leaf, share, fields, &mut own);
        pieces.extend(own.into_iter().map(|piece| (Some(leaf), piece)));
        if let (Some(before), Some(first)) = (before, first) {
            let across: String = [before, first].iter().collect();
            pieces.push((None, piece(fields.bigrams, &across, share * PAIR)));
        }
        before = last;
    });
    pieces
}

fn leaf_pieces(leaf: &Leaf, share: f32, fields: Fields, pieces: &mut Vec<Piece>) {
    match leaf {
        Leaf::Phrase { text, open, .. } => {
            pieces.extend(phrase(text, *open, fields.bigrams).map(|query| scoring(query, share)));
        }
        Leaf::Word(term) => {
            word_pieces(term, share, fields, pieces);
            for other in &term.alternatives {
                leaf_pieces(&other.leaf, share * f32::from(other.percent) / 100.0, fields, pieces);
            }
        }
    }
}

fn word_pieces(term: &Term, share: f32, fields: Fields, pieces: &mut Vec<Piece>) {
    if term.hangul {
        let count = term.text.chars().count().saturating_sub(1);
        let even = share * evened(count);
        pieces.extend(pairs(&term.text).map(|pair| piece(fields.bigrams, &pair, even)));
        pieces.push(piece(fields.words, &term.text, share * if count == 0 { 1.0 } else { WORD }));
        pieces.extend(term.noun.iter().map(|noun| piece(fields.words, noun, share * WORD)));
    } else {
        pieces.push(piece(fields.bigrams, &term.text, share * (1.0 + WORD)));
        let parts: Vec<&str> = parts(&term.text).map(|(_, part)| part).collect();
        if parts.len() > 1 {
            let even = share * (1.0 + WORD) * evened(parts.len());
            pieces.extend(parts.iter().map(|part| piece(fields.bigrams, part, even)));
        }
    }
    if term.prefix && (!term.hangul || term.is_single()) {
        pieces.push(scoring(starting_with(fields.words, &term.text), share * PREFIX));
    }
    let above = IndexTerm::from_field_text(fields.heading, &term.text);
    pieces.push(Piece { what: What::Beside(above), boost: share * HEADING });
}

fn piece(field: Field, text: &str, boost: f32) -> Piece {
    Piece { what: What::Term(IndexTerm::from_field_text(field, text)), boost }
}

fn scoring(query: Boxed, boost: f32) -> Piece {
    Piece { what: What::Query(query), boost }
}

/// Tells whether a word has a grammatical job only, such as `어떻게` or `때`, and so says little about
/// what is sought.
fn is_function(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("../../../../../assets/korean/function.txt").lines();
        lines.filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
    });
    WORDS.contains(word)
}

fn filter_query(filter: &Filter, fields: Fields, paths: Paths<'_>) -> Result<Boxed, SearchError> {
    Ok(match filter {
        Filter::Category(start) => starting_with(fields.category, start),
        Filter::Topic(text) => {
            phrase(text, true, fields.topic).unwrap_or_else(|| Box::new(EmptyQuery))
        }
        Filter::Post(text) => Box::new(TermSetQuery::new(
            paths(text)?.iter().map(|path| IndexTerm::from_field_text(fields.path, path)),
        )),
        Filter::In(PartKind::Section) => union(vec![
            number(fields.part, PartKind::Section.code()),
            number(fields.part, FREE_SECTION),
        ]),
        Filter::In(part) => number(fields.part, part.code()),
        Filter::Is(state) => number(fields.state, state.code()),
        Filter::Date { from, to } => Box::new(RangeQuery::new(
            Bound::Included(IndexTerm::from_field_i64(fields.date, *from)),
            Bound::Included(IndexTerm::from_field_i64(fields.date, *to)),
        )),
        Filter::OneOf(filters) => {
            let each = filters.iter().map(|filter| filter_query(filter, fields, paths));
            union(each.collect::<Result<_, _>>()?)
        }
    })
}

/// Returns what a query without words is asked of: an entry once, by its question, unless the query
/// names the part.
fn everything(query: &Query, fields: Fields) -> Boxed {
    let names_part = query
        .clauses
        .iter()
        .any(|clause| matches!(clause, Clause::Filter { filter, wanted: true, .. } if filter.names_parts()));
    if names_part {
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery)),
            except(number(fields.part, POST_RECORD)),
        ]))
    } else {
        union(vec![
            number(fields.part, PartKind::Question.code()),
            number(fields.part, FREE_SECTION),
        ])
    }
}

fn word(field: Field, text: &str) -> Boxed {
    term_query(IndexTerm::from_field_text(field, text))
}

pub(super) fn term_query(term: IndexTerm) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn number(field: Field, value: u64) -> Boxed {
    Box::new(TermQuery::new(IndexTerm::from_field_u64(field, value), IndexRecordOption::Basic))
}

fn starting_with(field: Field, text: &str) -> Boxed {
    let mut query = PhrasePrefixQuery::new(vec![IndexTerm::from_field_text(field, text)]);
    query.set_max_expansions(EXPANSIONS);
    Box::new(query)
}

fn must(query: Boxed) -> (Occur, Boxed) {
    (Occur::Must, query)
}

fn except(query: Boxed) -> (Occur, Boxed) {
    (Occur::MustNot, Box::new(Excluded(query)))
}

fn union(mut queries: Vec<Boxed>) -> Boxed {
    match queries.pop() {
        Some(only) if queries.is_empty() => only,
        Some(last) => {
            queries.push(last);
            Box::new(BooleanQuery::union(queries))
        }
        None => Box::new(EmptyQuery),
    }
}
