//! Reads a query.

use std::ops::Range;

use dapanji_korean::{Script, fold, is_particle, possible_noun, strip_particles, words};

use super::problem::{Problem, ProblemKind};
use super::token::{Token, tokens};
use super::{Clause, Filter, Leaf, Operator, Query, Term};

/// More words, phrases and filters than this are not read: a whole page pasted in is searched by
/// its start.
const MOST_CONDITIONS: usize = 48;
/// Characters of a query that are read.
const MOST_CHARACTERS: usize = 2_000;
/// Characters of a word that are read. The index holds no longer ones worth finding.
const MOST_OF_A_WORD: usize = 64;

/// Reads `text` as a query. Any text is one; what is odd in it is among its
/// [problems](Query::problems).
///
/// The last word may be unfinished unless white space follows it.
pub fn parse(text: &str) -> Query {
    let mut parser = Parser::default();
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let read = text.get(..end).unwrap_or("");
    for token in tokens(read) {
        if parser.conditions >= MOST_CONDITIONS {
            parser.problem(ProblemKind::TooManyWords, token.span.start..end);
            break;
        }
        parser.take(&token);
    }
    if end < text.len() {
        parser.problem(ProblemKind::TooLong, end..text.len());
    }
    parser.finish(text)
}

/// What the token before made of itself, for an `OR` behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Last {
    /// Nothing to choose from: the start of the query, or an exclusion.
    #[default]
    Nothing,
    Text,
    Filter,
}

#[derive(Default)]
struct Parser {
    clauses: Vec<Clause>,
    problems: Vec<Problem>,
    /// Words, phrases and filters so far.
    conditions: usize,
    /// An `OR` was read here, and joins what comes to what was before.
    or: Option<Range<usize>>,
    last: Last,
    /// Whether the last thing read may be unfinished.
    last_is_word: bool,
}

impl Parser {
    fn problem(&mut self, kind: ProblemKind, span: Range<usize>) {
        self.problems.push(Problem { span, kind });
    }

    fn take(&mut self, token: &Token<'_>) {
        self.last_is_word = false;
        if token.open {
            self.problem(ProblemKind::UnclosedQuote, token.value_start..token.span.end);
        }
        if let Some(name) = token.name {
            if let Some(operator) = Operator::of(name) {
                self.take_filter(operator, token);
                return;
            }
            // No filter: both sides are words, as in `http://host`.
            if !token.quoted {
                self.take_words(name, token.body(), token.not);
            }
        }
        let bare = token.name.is_none() && !token.not;
        if token.quoted {
            self.take_phrase(token);
        } else if bare && matches!(token.value, "OR" | "|" | "||") {
            if self.last == Last::Nothing || self.or.is_some() {
                self.problem(ProblemKind::DanglingOr, token.span.clone());
            } else {
                self.or = Some(token.span.clone());
            }
        } else if !(bare && matches!(token.value, "AND" | "&&")) {
            self.take_words(token.value, token.value_span.start, token.not);
        }
    }

    fn take_filter(&mut self, operator: Operator, token: &Token<'_>) {
        let filter = match Filter::read(operator, token.value) {
            Ok(filter) => filter,
            Err(kind) => {
                let empty = kind == ProblemKind::EmptyOperator;
                let span = if empty { token.span.clone() } else { token.value_span.clone() };
                // A quote that is just opened is told once.
                if !(empty && token.open) {
                    self.problem(kind, span);
                }
                self.or = None;
                self.last = Last::Nothing;
                return;
            }
        };
        self.conditions += 1;
        let (wanted, span) = (!token.not, token.value_span.clone());
        if let Some(or) = self.or.take() {
            match self.clauses.pop() {
                Some(Clause::Filter { filter: before, wanted: true, span: start })
                    if wanted && self.last == Last::Filter =>
                {
                    let (filter, span) = (before.or(filter), start.start..span.end);
                    self.clauses.push(Clause::Filter { filter, wanted, span });
                    return;
                }
                other => {
                    self.clauses.extend(other);
                    self.problem(ProblemKind::MixedOr, or);
                }
            }
        }
        self.last = if wanted { Last::Filter } else { Last::Nothing };
        self.clauses.push(Clause::Filter { filter, wanted, span });
    }

    fn take_phrase(&mut self, token: &Token<'_>) {
        if words(token.value).next().is_none() {
            if !token.open {
                self.problem(ProblemKind::EmptyPhrase, token.span.clone());
            }
            return;
        }
        let text = token.value.trim().to_owned();
        let span = token.value_span.clone();
        self.push(Leaf::Phrase { text, open: token.open, span }, token.not);
    }

    /// Takes the words of a text that starts at byte `at` of the query.
    fn take_words(&mut self, text: &str, at: usize, not: bool) {
        let mut first = true;
        for word in words(text) {
            let hangul = word.script == Script::Hangul;
            let typed: String = fold(word.text).chars().take(MOST_OF_A_WORD).collect();
            if hangul && !first && is_particle(&typed) {
                continue;
            }
            first = false;
            let stem = if hangul { strip_particles(&typed) } else { &typed };
            let noun = if hangul && stem == typed { possible_noun(stem) } else { None };
            let start = at + word.span.start;
            // Where folding changes lengths, the place of the stem is not known.
            let length = if typed.len() == word.text.len() { stem.len() } else { word.text.len() };
            let term = Term {
                text: stem.to_owned(),
                hangul,
                noun: noun.map(str::to_owned),
                prefix: false,
                span: start..start + length,
                typed: word.text.chars().take(MOST_OF_A_WORD).collect(),
                tight: false,
                alternatives: Vec::new(),
            };
            self.last_is_word = true;
            self.push(Leaf::Word(term), not);
        }
    }

    fn push(&mut self, leaf: Leaf, not: bool) {
        if self.conditions >= MOST_CONDITIONS {
            return;
        }
        self.conditions += 1;
        let or = self.or.take();
        if not {
            if let Some(or) = or {
                self.problem(ProblemKind::MixedOr, or);
            }
            self.last = Last::Nothing;
            self.clauses.push(Clause::None(leaf));
            return;
        }
        let joined = self.last == Last::Text;
        self.last = Last::Text;
        if let Some(or) = or {
            match self.clauses.pop() {
                Some(Clause::All(before)) if joined => {
                    self.clauses.push(Clause::Any(vec![before, leaf]));
                    return;
                }
                Some(Clause::Any(mut leaves)) if joined => {
                    leaves.push(leaf);
                    self.clauses.push(Clause::Any(leaves));
                    return;
                }
                other => {
                    self.clauses.extend(other);
                    self.problem(ProblemKind::MixedOr, or);
                }
            }
        }
        let same = |clause: &Clause| matches!(clause, Clause::All(other) if other.asks_as(&leaf));
        // A word asked for twice is asked for once: the last time, which may be unfinished.
        if let Some(before) = self.clauses.iter().position(same) {
            self.clauses.remove(before);
        }
        self.clauses.push(Clause::All(leaf));
    }

    fn finish(mut self, text: &str) -> Query {
        if let Some(or) = self.or.take() {
            self.problem(ProblemKind::DanglingOr, or);
        }
        if self.last_is_word && !text.ends_with(char::is_whitespace) {
            let last = match self.clauses.last_mut() {
                Some(Clause::All(leaf)) => Some(leaf),
                Some(Clause::Any(leaves)) => leaves.last_mut(),
                _ => None,
            };
            if let Some(Leaf::Word(term)) = last {
                term.prefix = true;
            }
        }
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        let whole = start..start + trimmed.len();
        let excluded = |clause: &Clause| match clause {
            Clause::None(_) => true,
            Clause::Filter { wanted, .. } => !wanted,
            Clause::All(_) | Clause::Any(_) => false,
        };
        if self.clauses.iter().any(|clause| matches!(clause, Clause::None(_)))
            && self.clauses.iter().all(excluded)
        {
            self.problem(ProblemKind::OnlyExclusions, whole);
        } else if self.clauses.is_empty() && self.problems.is_empty() && !trimmed.is_empty() {
            self.problem(ProblemKind::NothingToFind, whole);
        }
        self.problems.sort_by_key(|problem| problem.span.start);
        Query { clauses: self.clauses, problems: self.problems, length: text.len() }
    }
}
