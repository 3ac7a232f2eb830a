//! The log of renames, and what it says of the names that entries have now.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::convert::moment_text;

/// The longest key that is taken from a log, in bytes: a date, a fingerprint, a number.
const LONGEST_KEY: usize = 40;

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Rename {
    /// When, in UTC, to the millisecond. Tells two renames alike apart, and where among them a guess
    /// belongs.
    at: String,
    /// The name before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// The entry's id, where the name before does not lead to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// The name now.
    to: String,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alias {
    pub(crate) id: String,
    /// Which of two entries that lay claim to one id has it: the one named last.
    pub(crate) rank: usize,
    /// Whether a guess is part of the chain.
    pub(crate) guessed: bool,
}

/// What names stand for that are not ids themselves.
///
/// Made by reading the log from its beginning; each line that makes sense counts, whatever stands
/// around it, so a torn line or the marks of a merge conflict cost nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Aliases {
    by_name: HashMap<String, Alias>,
    lines: usize,
}

impl Rename {
    /// A rename that happens now.
    pub(crate) fn now(aliases: &Aliases, name: &str, id: &str, to: &str) -> Self {
        let at = moment_text(Timestamp::now());
        let leads_to = aliases.get(name).map_or(name, |alias| &alias.id);
        let (from, id) = if leads_to == id {
            (Some(name.to_owned()), None)
        } else {
            (None, Some(id.to_owned()))
        };
        Self { at, from, id, to: to.to_owned() }
    }

    /// As a line of the log, line end included.
    pub(crate) fn line(&self) -> String {
        // Strings alone cannot fail to be written.
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }

    fn makes_sense(&self) -> bool {
        let is_key = |key: &str| {
            (1..=LONGEST_KEY).contains(&key.len())
                && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        is_key(&self.to)
            && match (&self.from, &self.id) {
                (Some(key), None) | (None, Some(key)) => is_key(key),
                _ => false,
            }
    }
}

impl Aliases {
    /// Reads the notebook's log, and the guesses of this computer.
    pub(crate) fn read(log: &[u8], guesses: &[u8]) -> Self {
        let mut aliases = Self::default();
        let guesses = lines(guesses);
        let mut guesses = guesses.iter().peekable();
        for line in lines(log) {
            while let Some(guess) = guesses.next_if(|guess| guess.at < line.at) {
                aliases.apply(guess, true);
            }
            aliases.apply(&line, false);
        }
        guesses.for_each(|guess| aliases.apply(guess, true));
        aliases
    }

    /// Takes a line in.
    pub(crate) fn apply(&mut self, rename: &Rename, guessed: bool) {
        let (id, chained) = match (&rename.id, &rename.from) {
            (Some(id), _) => (id.clone(), false),
            (None, Some(from)) => self
                .by_name
                .get(from)
                .map_or_else(|| (from.clone(), false), |alias| (alias.id.clone(), alias.guessed)),
            (None, None) => return,
        };
        self.lines += 1;
        let alias = Alias { id, rank: self.lines, guessed: guessed || chained };
        self.by_name.insert(rename.to.clone(), alias);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Alias> {
        self.by_name.get(name)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The ids of names that begin with `prefix`, or whose part after the date does.
    pub(crate) fn ids_with_prefix(&self, prefix: &str) -> HashSet<&str> {
        let begins = |name: &str| {
            name.starts_with(prefix)
                || name.split_once('-').is_some_and(|(_, rest)| rest.starts_with(prefix))
        };
        let fitting = self.by_name.iter().filter(|(name, _)| begins(name));
        fitting.map(|(_, alias)| alias.id.as_str()).collect()
    }
}

/// The lines that make sense, in their order, each once.
fn lines(log: &[u8]) -> Vec<Rename> {
    let mut seen = HashSet::new();
    let renames = log.split(|byte| *byte == b'\n').filter_map(|line| {
        let rename: Rename = serde_json::from_slice(line).ok()?;
        rename.makes_sense().then_some(rename)
    });
    renames.filter(|rename| seen.insert(rename.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(log: &str, guesses: &str, expect: &[(&str, &str)]) {
        let aliases = Aliases::read(log.as_bytes(), guesses.as_bytes());
        for (name, id) in expect {
            assert_eq!(aliases.get(name).map_or(*name, |alias| &alias.id), *id, "{name} in {log}");
        }
    }

    #[test]
    fn chains_lead_to_their_root() {
        let log = r#"{"at":"1","from":"a","to":"b"}
{"at":"2","from":"b","to":"c"}
{"at":"3","from":"x","to":"y"}"#;
        check(log, "", &[("a", "a"), ("b", "a"), ("c", "a"), ("y", "x"), ("z", "z")]);
    }

    #[test]
    fn a_rewording_and_back_again_is_no_loop() {
        let log = r#"{"at":"1","from":"a","to":"b"}
{"at":"2","from":"b","to":"a"}
{"at":"3","from":"a","to":"a"}
{"at":"4","from":"a","to":"b"}"#;
        check(log, "", &[("a", "a"), ("b", "a")]);
    }

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        let log = "\u{feff}\n<<<<<<< HEAD\n{\"at\":\"1\",\"from\":\"a\",\"to\":\"b\"}\r\n=======\n\
            {\"at\":\"2\",\"from\":\"a\",\"to\":\"c\"}\n>>>>>>> other\n\
            {\"at\":\"3\",\"from\":\"c\",\"to\":\"d\",\"by\":\"a later version\"}\n\
            {\"at\":\"4\",\"from\":\"A B\",\"to\":\"e\"}\n{\"at\":\"5\",\"to\":\"f\"}\n\
            {\"at\":\"6\",\"from\":\"a\",\"id\":\"b\",\"to\":\"g\"}\n[]\n{\"at\":\"7\",\"fro";
        check(log, "", &[("b", "a"), ("c", "a"), ("d", "a"), ("e", "e"), ("f", "f"), ("g", "g")]);
    }

    #[test]
    fn a_line_counts_once() {
        let line = r#"{"at":"1","from":"a","to":"b"}"#;
        let other = r#"{"at":"2","id":"c","to":"b"}"#;
        check(&format!("{line}\n{other}\n{line}\n"), "", &[("b", "c")]);
    }

    #[test]
    fn guesses_stand_where_they_were_made() {
        let log = r#"{"at":"1","from":"a","to":"b"}
{"at":"3","from":"c","to":"d"}"#;
        let guesses = r#"{"at":"2","from":"b","to":"c"}
{"at":"4","from":"d","to":"e"}"#;
        check(log, guesses, &[("b", "a"), ("c", "a"), ("d", "a"), ("e", "a")]);
        check(log, "", &[("c", "c"), ("d", "c"), ("e", "e")]);
        let aliases = Aliases::read(log.as_bytes(), guesses.as_bytes());
        let guessed = |name| aliases.get(name).is_some_and(|alias| alias.guessed);
        assert!(!guessed("b") && guessed("c") && guessed("d") && guessed("e"));
    }

    #[test]
    fn a_line_says_where_the_chain_does_not() {
        let mut aliases = Aliases::default();
        let chained = Rename::now(&aliases, "a", "a", "b");
        aliases.apply(&chained, false);
        assert!(chained.line().contains(r#""from":"a","to":"b"}"#), "{}", chained.line());
        // Another entry asks `b` now and is called `b-2`: its chain would lead to `a`.
        let literal = Rename::now(&aliases, "b", "b-2", "c");
        assert!(literal.line().contains(r#""id":"b-2","to":"c"}"#), "{}", literal.line());
        aliases.apply(&literal, false);
        let read = Aliases::read((chained.line() + &literal.line()).as_bytes(), b"");
        assert_eq!(read, aliases);
        assert_eq!(read.get("c").unwrap().id, "b-2");
    }
}
