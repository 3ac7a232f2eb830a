//! Reads a query.

use dapanji_korean::{Script, fold, is_particle, possible_noun, strip_particles, words};

use super::{Clause, Filter, Leaf, Query, Term};

/// More clauses than this are not read: a whole page pasted in is searched by its start.
const MOST_CLAUSES: usize = 48;
/// Characters of a query that are read.
const MOST_CHARACTERS: usize = 2_000;

/// Reads `text` as a query. Any text is one.
///
/// The last word may be unfinished unless white space follows it.
pub fn parse(text: &str) -> Query {
    let mut parser = Parser::default();
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let mut rest = text.get(..end).unwrap_or("");
    while let Some(token) = next_token(&mut rest) {
        if parser.clauses.len() >= MOST_CLAUSES {
            parser.notes.push("the start of the query only".to_owned());
            break;
        }
        parser.take(&token);
    }
    parser.finish(text.ends_with(char::is_whitespace))
}

/// A stretch of a query up to white space outside quotes.
struct Token<'a> {
    not: bool,
    /// Before the colon, if there is one.
    name: Option<&'a str>,
    value: &'a str,
    quoted: bool,
    /// The closing quote is missing.
    open: bool,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}')
}

fn next_token<'a>(rest: &mut &'a str) -> Option<Token<'a>> {
    *rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let mut at = *rest;
    let not = at
        .strip_prefix('-')
        .filter(|tail| tail.starts_with(|c: char| !c.is_whitespace() && c != '-'));
    at = not.unwrap_or(at);
    let mut name = None;
    if let Some((before, after)) = at.split_once(':')
        && !before.is_empty()
        && before.chars().all(char::is_alphabetic)
        && !after.is_empty()
    {
        name = Some(before);
        at = after;
    }
    let token = |value, quoted, open| Token { not: not.is_some(), name, value, quoted, open };
    if let Some(inside) = at.strip_prefix(is_quote) {
        let (value, tail) = inside.split_once(is_quote).unwrap_or((inside, ""));
        *rest = tail;
        return Some(token(value, true, value.len() == inside.len()));
    }
    let end = at.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(at.len());
    let (value, tail) = at.split_at_checked(end)?;
    *rest = tail;
    Some(token(value, false, false))
}

#[derive(Default)]
struct Parser {
    clauses: Vec<Clause>,
    notes: Vec<String>,
    /// `OR` was read, and joins the next word to the one before.
    or: bool,
    /// Whether the last thing read may be unfinished.
    last_is_word: bool,
}

impl Parser {
    fn take(&mut self, token: &Token<'_>) {
        self.last_is_word = false;
        if let Some(name) = token.name {
            if let Some(filter) = Filter::read(name, token.value) {
                self.or = false;
                self.clauses.push(Clause::Filter { filter, wanted: !token.not });
                return;
            }
            // No filter: both sides are words, as in `http://host`.
            if !token.quoted {
                self.take_words(name, token.not);
            }
        }
        if token.quoted {
            if words(token.value).next().is_some() {
                let text = token.value.trim().to_owned();
                self.push(Leaf::Phrase { text, open: token.open }, token.not);
            }
        } else if token.name.is_none() && !token.not && matches!(token.value, "OR" | "|") {
            self.or = true;
        } else if !(token.name.is_none() && !token.not && token.value == "AND") {
            self.take_words(token.value, token.not);
        }
    }

    fn take_words(&mut self, text: &str, not: bool) {
        let text = fold(text);
        let mut first = true;
        for word in words(&text) {
            let hangul = word.script == Script::Hangul;
            if hangul && !first && is_particle(word.text) {
                continue;
            }
            first = false;
            let stem = if hangul { strip_particles(word.text) } else { word.text };
            let noun = if hangul && stem == word.text { possible_noun(stem) } else { None };
            let term = Term {
                text: stem.to_owned(),
                hangul,
                noun: noun.map(str::to_owned),
                prefix: false,
            };
            self.last_is_word = true;
            self.push(Leaf::Word(term), not);
        }
    }

    fn push(&mut self, leaf: Leaf, not: bool) {
        let or = std::mem::take(&mut self.or);
        if not {
            self.clauses.push(Clause::None(leaf));
            return;
        }
        if or {
            match self.clauses.pop() {
                Some(Clause::All(before)) => {
                    self.clauses.push(Clause::Any(vec![before, leaf]));
                    return;
                }
                Some(Clause::Any(mut leaves)) => {
                    leaves.push(leaf);
                    self.clauses.push(Clause::Any(leaves));
                    return;
                }
                Some(other) => self.clauses.push(other),
                None => {}
            }
        }
        let clause = Clause::All(leaf);
        if !self.clauses.contains(&clause) {
            self.clauses.push(clause);
        }
    }

    fn finish(mut self, closed: bool) -> Query {
        if self.last_is_word && !closed {
            let last = match self.clauses.last_mut() {
                Some(Clause::All(leaf)) => Some(leaf),
                Some(Clause::Any(leaves)) => leaves.last_mut(),
                _ => None,
            };
            if let Some(Leaf::Word(term)) = last {
                term.prefix = true;
            }
        }
        Query { clauses: self.clauses, notes: self.notes }
    }
}
