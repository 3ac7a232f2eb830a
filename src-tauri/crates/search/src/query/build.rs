//! Turns a query into Tantivy's.

use std::ops::Bound;

use tantivy::Term as IndexTerm;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhrasePrefixQuery,
    PhraseQuery, Query as IndexQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::exclude::Excluded;
use super::phrase::{evened, pairs, phrase, syllables};
use super::{Clause, Filter, Leaf, Query, Term};
use crate::document::{FREE_SECTION, POST_RECORD, PartKind};
use crate::error::SearchError;
use crate::schema::Fields;
use crate::tokenizer::parts;

/// What a word counts beside its bigrams.
const WORD: f32 = 0.5;
/// What a longer word counts that only starts like an unfinished one.
const PREFIX: f32 = 0.3;
/// What two words count that stand side by side as in the query.
const PAIR: f32 = 0.5;
/// What a word counts in the question over a part.
const HEADING: f32 = 0.4;
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
    /// Any piece of any word: for whole sentences, of which the best is wanted, not all.
    Pieces,
}

pub(super) type Boxed = Box<dyn IndexQuery>;
/// Returns the paths of posts that contain a text.
type Paths<'a> = &'a dyn Fn(&str) -> Result<Vec<String>, SearchError>;

/// Builds the query over the index; none if `query` asks for nothing.
pub(crate) fn build(
    query: &Query,
    fields: Fields,
    how: Match,
    paths: Paths<'_>,
) -> Result<Option<Boxed>, SearchError> {
    if query.is_empty() {
        return Ok(None);
    }
    let wanted = groups(query, fields);
    let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
    match how {
        _ if wanted.is_empty() => clauses.push((Occur::Must, everything(query, fields))),
        Match::All => {
            for group in wanted {
                clauses.push((Occur::Must, union(group.needed)));
                clauses.extend(group.extra.into_iter().chain(group.heading).map(should));
            }
        }
        Match::AllWithQuestion => {
            let anywhere = wanted.iter().flat_map(|group| &group.needed).map(|way| way.box_clone());
            clauses.push((Occur::Must, silent(union(anywhere.collect()))));
            for group in wanted {
                let ways = group.needed.into_iter().chain(group.heading).collect();
                clauses.push((Occur::Must, union(ways)));
                clauses.extend(group.extra.into_iter().map(should));
            }
        }
        Match::Some => {
            let mut ways = Vec::new();
            for group in wanted {
                ways.extend(group.needed);
                clauses.extend(group.extra.into_iter().chain(group.heading).map(should));
            }
            clauses.push((Occur::Must, union(ways)));
        }
        Match::Pieces => clauses.extend(pieces(query, fields).into_iter().map(should)),
    }
    let mut conditions = Vec::new();
    for clause in &query.clauses {
        match clause {
            Clause::None(leaf) => conditions.push(except(union(ways(leaf, fields).needed))),
            Clause::Filter { filter, wanted, .. } => {
                let condition = filter_query(filter, fields, paths)?;
                conditions.push(if *wanted {
                    (Occur::Must, silent(condition))
                } else {
                    except(condition)
                });
            }
            Clause::All(_) | Clause::Any(_) => {}
        }
    }
    if how == Match::Pieces && !conditions.is_empty() {
        // Conditions make the pieces optional unless one of them is asked for.
        clauses = vec![(Occur::Must, Box::new(BooleanQuery::new(clauses)))];
    }
    clauses.extend(conditions);
    Ok(Some(Box::new(BooleanQuery::new(clauses))))
}

/// Returns the number of words and phrases of which each must match.
pub(crate) fn wanted(query: &Query) -> usize {
    query.clauses.iter().filter(|clause| matches!(clause, Clause::All(_) | Clause::Any(_))).count()
}

/// The ways in which one clause matches.
#[derive(Default)]
struct Ways {
    /// One of these must.
    needed: Vec<Boxed>,
    /// These count if one of the others matches.
    extra: Vec<Boxed>,
    heading: Vec<Boxed>,
}

impl Ways {
    fn add(&mut self, other: Self) {
        self.needed.extend(other.needed);
        self.extra.extend(other.extra);
        self.heading.extend(other.heading);
    }
}

impl Ways {
    /// Lets all of them count `percent` of what they do.
    fn weighed(self, percent: u8) -> Self {
        let weigh = |ways: Vec<Boxed>| {
            ways.into_iter().map(|way| boost(way, f32::from(percent) / 100.0)).collect()
        };
        Self { needed: weigh(self.needed), extra: weigh(self.extra), heading: weigh(self.heading) }
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
        if let (Some(one), Some(other)) = (before, term)
            && let Some(pair) = syllables(&format!("{}{}", one.text, other.text), fields)
        {
            let pair = boost(pair, PAIR);
            // The pair holds both words (`분산 락` finds `분산락`), but the index does not know a
            // single syllable inside a longer word.
            if let (Some(last), true) = (groups.last_mut(), one.is_single()) {
                last.needed.push(pair.box_clone());
            }
            if other.is_single() {
                group.needed.push(pair);
            } else {
                group.extra.push(pair);
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
            needed: phrase(text, *open, fields.bigrams).into_iter().collect(),
            ..Ways::default()
        },
        Leaf::Word(term) => {
            let mut ways = if term.hangul { hangul(term, fields) } else { technical(term, fields) };
            ways.heading.push(boost(word(fields.heading, &term.text), HEADING));
            for other in &term.alternatives {
                ways.add(self::ways(&other.leaf, fields).weighed(other.percent));
            }
            ways
        }
    }
}

/// Returns every way in which a leaf adds to a score.
pub(super) fn each_way(leaf: &Leaf, fields: Fields) -> Vec<Boxed> {
    let ways = ways(leaf, fields);
    ways.needed.into_iter().chain(ways.extra).chain(ways.heading).collect()
}

/// Returns what has `other` without all of `asked`.
pub(super) fn beyond(other: &Leaf, asked: &[&Leaf], fields: Fields) -> Boxed {
    let all = asked.iter().map(|leaf| (Occur::Must, union(ways(leaf, fields).needed)));
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, union(ways(other, fields).needed)),
        except(Box::new(BooleanQuery::new(all.collect()))),
    ]))
}

fn hangul(term: &Term, fields: Fields) -> Ways {
    let mut ways = Ways::default();
    let whole = word(fields.words, &term.text);
    match syllables(&term.text, fields).filter(|_| !term.tight) {
        // Wherever the word is, its bigrams are, so the word only adds to the score. So do longer
        // words that start with it.
        Some(pairs) => {
            ways.needed.push(pairs);
            ways.extra.push(boost(whole, WORD));
        }
        None => {
            ways.needed.push(whole);
            if term.prefix {
                ways.needed.push(boost(starting_with(fields.words, &term.text), PREFIX));
            }
        }
    }
    if let Some(noun) = &term.noun {
        ways.needed.push(boost(word(fields.words, noun), WORD));
    }
    ways
}

fn technical(term: &Term, fields: Fields) -> Ways {
    let mut ways = Ways::default();
    let whole = boost(word(fields.bigrams, &term.text), 1.0 + WORD);
    let apart: Vec<IndexTerm> = parts(&term.text)
        .map(|(_, part)| IndexTerm::from_field_text(fields.bigrams, part))
        .collect();
    if apart.len() > 1 {
        // The parts of the word stand in a row wherever it does.
        ways.needed.push(boost(Box::new(PhraseQuery::new(apart)), WORD));
        ways.extra.push(whole);
    } else {
        ways.needed.push(whole);
    }
    if term.prefix {
        ways.needed.push(boost(starting_with(fields.words, &term.text), PREFIX));
    }
    ways
}

/// Returns the bigrams and words of a query one by one.
///
/// Terms only: Tantivy passes over what cannot be among the best of a union of terms.
fn pieces(query: &Query, fields: Fields) -> Vec<Boxed> {
    let mut pieces = Vec::new();
    let mut before: Option<char> = None;
    query.for_each_wanted(&mut |leaf| {
        let Leaf::Word(term) = leaf else {
            before = None;
            pieces.extend(ways(leaf, fields).needed);
            return;
        };
        for other in &term.alternatives {
            pieces.extend(ways(&other.leaf, fields).weighed(other.percent).needed);
        }
        if !term.hangul {
            before = None;
            pieces.push(boost(word(fields.bigrams, &term.text), 1.0 + WORD));
            return;
        }
        let count = term.text.chars().count().saturating_sub(1);
        for pair in pairs(&term.text) {
            pieces.push(boost(word(fields.bigrams, &pair), evened(count)));
        }
        pieces.push(boost(word(fields.words, &term.text), if count == 0 { 1.0 } else { WORD }));
        if let (Some(before), Some(first)) = (before, term.text.chars().next()) {
            let across: String = [before, first].iter().collect();
            pieces.push(boost(word(fields.bigrams, &across), PAIR));
        }
        before = term.text.chars().next_back();
    });
    pieces
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
    let parts: Boxed = if names_part {
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(AllQuery)),
            except(number(fields.part, POST_RECORD)),
        ]))
    } else {
        union(vec![
            number(fields.part, PartKind::Question.code()),
            number(fields.part, FREE_SECTION),
        ])
    };
    Box::new(ConstScoreQuery::new(parts, 1.0))
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

pub(super) fn boost(query: Boxed, by: f32) -> Boxed {
    Box::new(BoostQuery::new(query, by))
}

/// Makes a condition of a query: it must match, and counts nothing.
fn silent(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn should(query: Boxed) -> (Occur, Boxed) {
    (Occur::Should, query)
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
