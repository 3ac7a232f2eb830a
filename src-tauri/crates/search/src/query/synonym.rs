//! Other names of what a query asks for, as the notes give them.

use std::ops::Range;

use dapanji_korean::{Script, fold, strip_particles, words};

use super::build::beyond;
use super::forgive::Pairs;
use super::found::Index;
use super::{Alternative, Clause, Leaf, Query, Term, wanted};
use crate::ask::{Interpretation, InterpretationKind};
use crate::error::SearchError;
use crate::pairs::name_key;
use crate::run::SENTENCE;

/// Words of a query that are one name, at most.
const LONGEST: usize = 4;
/// Other names that are looked for, at most, for each name.
const MOST_NAMES: usize = 3;
/// What another name counts beside the one asked for, in percent.
const PERCENT: u8 = 80;
/// The same in a sentence, where the words around a name say what is meant: with more than this,
/// headings find their text less often (`make bench-search`).
const PERCENT_IN_SENTENCE: u8 = 10;

/// Looks for other names.
pub(super) struct Names<'a> {
    pub(super) index: Index<'a>,
    pub(super) pairs: &'a Pairs,
    pub(super) refused: &'a [String],
}

impl Names<'_> {
    /// Adds other names to the words of `query`, where they find more.
    pub(super) fn add(&self, query: &mut Query) -> Result<Vec<Interpretation>, SearchError> {
        let percent = if wanted(query) < SENTENCE { PERCENT } else { PERCENT_IN_SENTENCE };
        let mut interpretations = Vec::new();
        if self.pairs.iter().all(|pairs| pairs.is_empty()) {
            return Ok(interpretations);
        }
        let mut at = 0;
        while at < query.clauses.len() {
            let mut taken = 1;
            for count in (1..=LONGEST).rev() {
                let Some((from, span)) = name(query.clauses.get(at..at + count)) else { continue };
                let id = InterpretationKind::Synonym.id(&from);
                if self.refused.contains(&id) {
                    continue;
                }
                let asked: Vec<&Leaf> = leaves(query.clauses.get(at..at + count)).collect();
                let others = self.others(&name_key(&from), &span, &asked)?;
                if others.is_empty() {
                    continue;
                }
                for clause in query.clauses.get_mut(at..at + count).unwrap_or(&mut []) {
                    let Clause::All(Leaf::Word(term)) = clause else { continue };
                    let leaves = others.iter().map(|(_, leaf)| leaf.clone());
                    let alternatives = leaves.map(|leaf| Alternative { leaf, percent });
                    term.alternatives.extend(alternatives);
                }
                let to = others.into_iter().map(|(name, _)| name).collect();
                let kind = InterpretationKind::Synonym;
                interpretations.push(Interpretation { id, kind, span, from, to });
                taken = count;
                break;
            }
            at += taken;
        }
        Ok(interpretations)
    }

    /// Returns the other names for a key, the most frequent first, without those that are found only
    /// where `asked` is.
    fn others(
        &self,
        key: &str,
        span: &Range<usize>,
        asked: &[&Leaf],
    ) -> Result<Vec<(String, Leaf)>, SearchError> {
        let mut found: Vec<(String, String, u64)> = Vec::new();
        for pairs in self.pairs {
            let start = pairs.partition_point(|pair| pair.key.as_str() < key);
            let alike = pairs.get(start..).unwrap_or(&[]).iter().take_while(|pair| pair.key == key);
            for pair in alike {
                let other = name_key(&pair.other);
                match found.iter_mut().find(|(known, ..)| *known == other) {
                    Some((.., count)) => *count += u64::from(pair.count),
                    None if other != key => {
                        found.push((other, pair.other.clone(), u64::from(pair.count)));
                    }
                    None => {}
                }
            }
        }
        found.sort_by_key(|&(.., count)| std::cmp::Reverse(count));
        let mut others = Vec::new();
        for (_, name, _) in found {
            let leaf = leaf_of(&name, span);
            let more = beyond(&leaf, asked, self.index.fields);
            if others.len() < MOST_NAMES && self.index.matches(&*more)? {
                others.push((name, leaf));
            }
        }
        Ok(others)
    }
}

/// Returns the texts of clauses that must match.
fn leaves(clauses: Option<&[Clause]>) -> impl Iterator<Item = &Leaf> {
    clauses.unwrap_or(&[]).iter().filter_map(|clause| match clause {
        Clause::All(leaf) => Some(leaf),
        _ => None,
    })
}

/// Returns the words of clauses as one name, and where it stands; none if they are no words that
/// must all match.
fn name(clauses: Option<&[Clause]>) -> Option<(String, Range<usize>)> {
    let mut text = String::new();
    let mut span: Option<Range<usize>> = None;
    for clause in clauses? {
        let Clause::All(Leaf::Word(term)) = clause else { return None };
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&term.text);
        span = Some(span.map_or(term.span.start, |span| span.start)..term.span.end);
    }
    span.map(|span| (text, span))
}

/// Returns what a name is looked for as: a word, or a phrase of several.
fn leaf_of(name: &str, span: &Range<usize>) -> Leaf {
    let folded = fold(name);
    let mut found = words(&folded);
    if let (Some(word), None) = (found.next(), found.next()) {
        let hangul = word.script == Script::Hangul;
        let stem = if hangul { strip_particles(word.text) } else { word.text };
        return Leaf::Word(Term::new(stem, false, span));
    }
    Leaf::Phrase { text: name.to_owned(), open: false, span: span.clone() }
}
