//! What a query may mean that is not word for word.
//!
//! A word that is in the notes means itself. For one that is not, the first of these that is met in
//! the notes takes its place: the word it is the beginning of, what its keys give in the other
//! layout, the same word spaced otherwise, a word one letter away. Initial consonants are always
//! asked for what they stand for, and a name always for its other names.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use dapanji_korean::jamo::{distance_at_most_one, letters};
use dapanji_korean::{fold, initials, layout, spacing, strip_particles};
use tantivy::Searcher;

use super::found::Index;
use super::synonym;
use super::{Alternative, Clause, Leaf, Problem, ProblemKind, Query, Term};
use crate::ask::{Interpretation, InterpretationKind};
use crate::error::SearchError;
use crate::schema::Fields;
use crate::vocabulary::{Kept, Vocabulary};

/// Words of a query that are compared with those of the notes, at most.
const MOST_FORGIVEN: usize = 8;
/// What a word may stand for at most.
const MOST_READINGS: usize = 5;
/// Words one letter away that are taken for a typo's.
const MOST_CORRECTIONS: usize = 3;
/// A word may have a typo if it has so many letters: of Hangul, of another script.
const TYPO_LETTERS: (usize, usize) = (6, 5);
/// What a further reading counts beside the first, in percent.
const FURTHER: u8 = 80;
/// What the meaning of initial consonants counts, in percent, where these are words themselves.
const MEANT: u8 = 90;

/// A query as it is looked for, and how it came to be read so.
pub(crate) struct Understood {
    pub(crate) query: Query,
    pub(crate) interpretations: Vec<Interpretation>,
}

/// Reads `query` by what is in the notes. Readings whose ids are `refused` are not tried.
pub(crate) fn understand(
    searcher: &Searcher,
    fields: Fields,
    kept: &Kept,
    query: &Query,
    refused: &[String],
) -> Result<Understood, SearchError> {
    let mut reader = Reader {
        index: Index { searcher, fields },
        kept,
        words: OnceCell::new(),
        refused,
        forgiven: 0,
        interpretations: Vec::new(),
    };
    let mut query = query.clone();
    for clause in &mut query.clauses {
        match clause {
            Clause::All(leaf) => reader.read(leaf)?,
            Clause::Any(leaves) => {
                for leaf in leaves {
                    reader.read(leaf)?;
                }
            }
            Clause::Filter { filter, span, .. } => {
                if !reader.index.has_value(filter)? {
                    query
                        .problems
                        .push(Problem { span: span.clone(), kind: ProblemKind::NoSuchValue });
                }
            }
            Clause::None(_) => {}
        }
    }
    query.problems.sort_by_key(|problem| problem.span.start);
    reader.join(&mut query)?;
    let pairs = kept.pairs(searcher, fields)?;
    let names = synonym::Names { index: reader.index, pairs: &pairs, refused };
    reader.interpretations.extend(names.add(&mut query)?);
    reader.interpretations.sort_by_key(|one| one.span.start);
    Ok(Understood { query, interpretations: reader.interpretations })
}

struct Reader<'a> {
    index: Index<'a>,
    kept: &'a Kept,
    /// Read when a word needs them.
    words: OnceCell<Vocabulary>,
    refused: &'a [String],
    forgiven: usize,
    interpretations: Vec<Interpretation>,
}

/// What a word is read as.
enum Reading {
    Word(String),
    /// Words side by side.
    Phrase(String),
}

impl Reading {
    fn text(&self) -> &str {
        let (Self::Word(text) | Self::Phrase(text)) = self;
        text
    }

    fn leaf(&self, span: &Range<usize>, prefix: bool) -> Leaf {
        match self {
            Self::Word(text) => Leaf::Word(Term::new(text, prefix, span)),
            Self::Phrase(text) => {
                Leaf::Phrase { text: text.clone(), open: false, span: span.clone() }
            }
        }
    }
}

impl Reader<'_> {
    fn words(&self) -> Result<&Vocabulary, SearchError> {
        if let Some(words) = self.words.get() {
            return Ok(words);
        }
        let words = self.kept.words(self.index.searcher, self.index.fields)?;
        Ok(self.words.get_or_init(|| words))
    }

    fn is_refused(&self, kind: InterpretationKind, from: &str) -> bool {
        self.refused.contains(&kind.id(from))
    }

    fn note(&mut self, kind: InterpretationKind, from: &str, span: &Range<usize>, to: Vec<String>) {
        let id = kind.id(from);
        if self.interpretations.iter().any(|one| one.id == id && one.span == *span) {
            return;
        }
        let from = from.to_owned();
        self.interpretations.push(Interpretation { id, kind, span: span.clone(), from, to });
    }

    /// Puts what a word stands for in its place, or beside it.
    fn read(&mut self, leaf: &mut Leaf) -> Result<(), SearchError> {
        let Leaf::Word(term) = leaf else { return Ok(()) };
        let asked = initials::is_initials(&term.text);
        let occurs = self.index.occurs(term)?;
        if occurs && !asked {
            return self.spaced(term);
        }
        // A single letter begins too many words.
        if letters(&term.text).nth(1).is_none() || self.forgiven >= MOST_FORGIVEN {
            return Ok(());
        }
        self.forgiven += 1;
        let term = term.clone();
        let kinds: &[InterpretationKind] = match (term.hangul, asked) {
            (true, true) if occurs => &[InterpretationKind::Initials],
            (true, true) => &[InterpretationKind::Initials, InterpretationKind::Layout],
            (true, false) => &[
                InterpretationKind::Unfinished,
                InterpretationKind::Layout,
                InterpretationKind::Typo,
            ],
            (false, _) => {
                &[InterpretationKind::Layout, InterpretationKind::Spacing, InterpretationKind::Typo]
            }
        };
        for &kind in kinds {
            if self.is_refused(kind, &term.text) {
                continue;
            }
            let readings = match kind {
                InterpretationKind::Initials => self.initials(&term.text)?,
                InterpretationKind::Unfinished => self.unfinished(&term.text)?,
                InterpretationKind::Layout => self.other_layout(&term)?,
                InterpretationKind::Spacing => self.apart(&term.text)?,
                InterpretationKind::Typo => self.corrections(&term.text)?,
                InterpretationKind::Synonym | InterpretationKind::SomeWords => Vec::new(),
            };
            if readings.is_empty() {
                continue;
            }
            let to = readings.iter().map(|reading| reading.text().to_owned()).collect();
            self.note(kind, &term.text, &term.span, to);
            *leaf = read_as(&term, &readings, occurs);
            break;
        }
        Ok(())
    }

    /// Notes that a word is found with spaces in it only.
    fn spaced(&mut self, term: &mut Term) -> Result<(), SearchError> {
        if !term.hangul || term.text.chars().count() < 3 || self.index.begins_a_word(&term.text)? {
            return Ok(());
        }
        if self.is_refused(InterpretationKind::Spacing, &term.text) {
            term.tight = true;
            return Ok(());
        }
        let words = self.words()?;
        let parts = spacing::split_known(&term.text, |part| words.count(part) > 0);
        if let Some(parts) = parts {
            let to = vec![parts.join(" ")];
            self.note(InterpretationKind::Spacing, &term.text.clone(), &term.span.clone(), to);
        }
        Ok(())
    }

    /// The words of which the keys of `typed` are the beginning.
    fn unfinished(&self, typed: &str) -> Result<Vec<Reading>, SearchError> {
        let words = self.words()?;
        let wanted = letters(typed).count();
        let mut starts: BTreeMap<&str, u32> = BTreeMap::new();
        words.starting_with(typed, &mut |word, count| {
            *starts.entry(first_letters(word, wanted)).or_default() += count;
        });
        let mut found = most_frequent(starts, MOST_READINGS);
        if found.is_empty() {
            // A compound that is spaced in the notes: `분산라` on the way to `분산 락`.
            for (first, second) in spacing::splits(typed) {
                if words.count(first) == 0 {
                    continue;
                }
                let wanted = letters(second).count();
                let mut starts: BTreeMap<&str, u32> = BTreeMap::new();
                words.starting_with(second, &mut |word, count| {
                    *starts.entry(first_letters(word, wanted)).or_default() += count;
                });
                for second in most_frequent(starts, MOST_READINGS) {
                    let whole = format!("{first}{second}");
                    if self.index.has_hangul(&whole)? {
                        found.push(whole);
                    }
                }
            }
            found.truncate(MOST_READINGS);
        }
        if found.is_empty() {
            // A particle under way: `동시성ㅇ` on the way to `동시성을`.
            let finished = typed.trim_end_matches(|c: char| matches!(c, 'ㄱ'..='ㅎ'));
            if finished != typed && !finished.is_empty() && self.index.has_hangul(finished)? {
                found.push(finished.to_owned());
            }
        }
        Ok(found.into_iter().map(Reading::Word).collect())
    }

    /// The words and compounds whose initial consonants are `typed`.
    fn initials(&self, typed: &str) -> Result<Vec<Reading>, SearchError> {
        let words = self.words()?;
        let mut starts: BTreeMap<&str, u32> = BTreeMap::new();
        let first: String = letters(typed).take(1).collect();
        words.starting_with(&first, &mut |word, count| {
            let at = initials::matches(typed, word).filter(|at| at.start == 0);
            if let Some(start) = at.and_then(|at| word.get(at)) {
                *starts.entry(start).or_default() += count;
            }
        });
        let mut found = most_frequent(starts, MOST_READINGS);
        if found.is_empty() {
            found = self.compounds(typed, words)?;
        }
        if found.is_empty() {
            let mut inside: BTreeMap<&str, u32> = BTreeMap::new();
            words.each(&mut |word, count| {
                if let Some(part) = initials::matches(typed, word).and_then(|at| word.get(at)) {
                    *inside.entry(part).or_default() += count;
                }
            });
            found = most_frequent(inside, MOST_READINGS);
        }
        Ok(found.into_iter().map(Reading::Word).collect())
    }

    /// Two words side by side whose initial consonants are `typed`: `ㅂㅅㄹ` for `분산 락`.
    fn compounds(&self, typed: &str, words: &Vocabulary) -> Result<Vec<String>, SearchError> {
        let mut found = Vec::new();
        for (first, second) in spacing::splits(typed) {
            let (ones, others) = (whole_words(first, words), whole_words(second, words));
            for one in &ones {
                for other in &others {
                    let whole = format!("{one}{other}");
                    if found.len() < MOST_READINGS && self.index.has_hangul(&whole)? {
                        found.push(whole);
                    }
                }
            }
        }
        Ok(found)
    }

    /// What the keys of a word give in the other layout.
    fn other_layout(&self, term: &Term) -> Result<Vec<Reading>, SearchError> {
        if term.hangul {
            for typed in [&term.typed, &term.text] {
                let keys = fold(&layout::to_latin(typed));
                let long = keys.len() > 2 || layout::looks_mistyped_latin(typed);
                let read = Term::new(&keys, term.prefix, &term.span);
                if long && keys.is_ascii() && !read.hangul && self.index.occurs(&read)? {
                    return Ok(vec![Reading::Word(keys)]);
                }
            }
            return Ok(Vec::new());
        }
        if !layout::looks_mistyped_hangul(&term.typed) {
            return Ok(Vec::new());
        }
        let keys = fold(&layout::to_hangul(&term.typed));
        for typed in [strip_particles(&keys), &keys] {
            if self.index.occurs(&Term::new(typed, term.prefix, &term.span))? {
                return Ok(vec![Reading::Word(typed.to_owned())]);
            }
        }
        self.unfinished(&keys)
    }

    /// The words of the notes that stand in a row in `typed`: `spring boot` in `springboot`.
    fn apart(&self, typed: &str) -> Result<Vec<Reading>, SearchError> {
        let words = self.words()?;
        let known = |part: &str| part.len() > 1 && words.count(part) > 0;
        let parts = spacing::split_known(typed, known).map(|parts| parts.join(" "));
        match parts {
            Some(parts) if self.index.has_phrase(&parts)? => Ok(vec![Reading::Phrase(parts)]),
            _ => Ok(Vec::new()),
        }
    }

    /// The words of the notes that are one letter away.
    fn corrections(&self, typed: &str) -> Result<Vec<Reading>, SearchError> {
        let least = if typed.is_ascii() { TYPO_LETTERS.1 } else { TYPO_LETTERS.0 };
        if letters(typed).count() < least || typed.chars().any(|c| c.is_ascii_digit()) {
            return Ok(Vec::new());
        }
        let mut near: BTreeMap<&str, u32> = BTreeMap::new();
        self.words()?.near(typed, &mut |word, count| {
            if distance_at_most_one(word, typed) {
                *near.entry(word).or_default() += count;
            }
        });
        Ok(most_frequent(near, MOST_CORRECTIONS).into_iter().map(Reading::Word).collect())
    }

    /// Adds to two words of Latin letters side by side what they are as one: `dead lock`.
    fn join(&mut self, query: &mut Query) -> Result<(), SearchError> {
        for second in 1..query.clauses.len() {
            let [Clause::All(Leaf::Word(one)), Clause::All(Leaf::Word(other))] =
                query.clauses.get(second - 1..=second).unwrap_or(&[])
            else {
                continue;
            };
            if one.hangul || other.hangul || other.prefix && other.text.len() < 2 {
                continue;
            }
            let (from, whole) =
                (format!("{} {}", one.text, other.text), format!("{}{}", one.text, other.text));
            let span = one.span.start..other.span.end;
            let joined = Term::new(&whole, false, &span);
            if joined.hangul
                || self.is_refused(InterpretationKind::Spacing, &from)
                || !self.index.occurs(&joined)?
            {
                continue;
            }
            for clause in query.clauses.get_mut(second - 1..=second).unwrap_or(&mut []) {
                if let Clause::All(Leaf::Word(term)) = clause {
                    let leaf = Leaf::Word(joined.clone());
                    term.alternatives.push(Alternative { leaf, percent: MEANT });
                }
            }
            self.note(InterpretationKind::Spacing, &from, &span, vec![whole]);
        }
        Ok(())
    }
}

/// Puts readings in the place of a word, or beside one that `occurs` itself.
fn read_as(term: &Term, readings: &[Reading], occurs: bool) -> Leaf {
    let leaves = readings.iter().map(|reading| reading.leaf(&term.span, term.prefix));
    let mut leaves: Vec<Leaf> = leaves.collect();
    if occurs {
        let mut term = term.clone();
        let others = leaves.into_iter().map(|leaf| Alternative { leaf, percent: MEANT });
        term.alternatives.extend(others);
        return Leaf::Word(term);
    }
    let mut first = leaves.remove(0);
    if let Leaf::Word(term) = &mut first {
        let others = leaves.into_iter().map(|leaf| Alternative { leaf, percent: FURTHER });
        term.alternatives.extend(others);
    }
    first
}

/// Returns the start of a word that has `count` letters, with the whole of its last syllable.
fn first_letters(word: &str, count: usize) -> &str {
    let mut left = count;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        let of_this = letters(word.get(at..end).unwrap_or("")).count();
        if of_this >= left {
            return word.get(..end).unwrap_or(word);
        }
        left -= of_this;
    }
    word
}

/// Returns the most frequent words whose initial consonants are just `typed`.
fn whole_words(typed: &str, words: &Vocabulary) -> Vec<String> {
    let mut found: BTreeMap<&str, u32> = BTreeMap::new();
    let first: String = letters(typed).take(1).collect();
    words.starting_with(&first, &mut |word, count| {
        if initials::matches(typed, word) == Some(0..word.len()) {
            *found.entry(word).or_default() += count;
        }
    });
    most_frequent(found, 2 * MOST_READINGS)
}

fn most_frequent(counts: BTreeMap<&str, u32>, most: usize) -> Vec<String> {
    let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    counts.into_iter().take(most).map(|(word, _)| word.to_owned()).collect()
}

/// The pairs of names of all segments.
pub(super) type Pairs = [Arc<Vec<crate::pairs::Pair>>];
