//! What the user decided about key terms, and which of their names mean one thing: the log
//! `.dapanji/terms.jsonl`, of which the last word about a term counts.
//!
//! Every line stands by itself and says when it was written, so that git may merge two copies by
//! taking the lines of both in any order, and a line that makes no sense costs only itself.

use std::collections::{BTreeSet, HashMap};
use std::sync::{MutexGuard, PoisonError};

use dapanji_compare::{Wishes, term_key};
use dapanji_library::{SIDECAR_FOLDER, Sidecar};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::convert::moment_text;
use crate::dto::{DecisionView, SynonymsRequest, TermDecision, TermRequest, TermsView};
use crate::error::{ApiError, Code, chain};
use crate::notebook::Notebook;

/// Most characters of a term or name.
const LONGEST_TERM: usize = 80;
/// Most names in a line.
const MOST_NAMES: usize = 12;

/// The log of decisions as it was last read.
#[derive(Debug, Default)]
pub(crate) struct TermLog {
    bytes: Vec<u8>,
    // Invariant: by time, each about one term of an entry or one group of names.
    lines: Vec<Line>,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// When, in UTC, to the millisecond.
    at: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum What {
    /// About a term of an entry.
    Term { entry: String, term: String, decision: TermDecision },
    /// Whether names mean one thing.
    Names { names: Vec<String>, same: bool },
}

impl Line {
    fn makes_sense(&self) -> bool {
        match &self.what {
            What::Term { entry, term, .. } => !entry.is_empty() && is_term(term),
            What::Names { names, .. } => {
                (2..=MOST_NAMES).contains(&names.len()) && names.iter().all(|name| is_term(name))
            }
        }
    }
}

fn is_term(text: &str) -> bool {
    text.trim() == text
        && !text.contains(char::is_control)
        && text.chars().count() <= LONGEST_TERM
        && !term_key(text).is_empty()
}

impl TermLog {
    fn read(bytes: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter_map(|line| serde_json::from_str::<Line>(line.trim()).ok());
        let mut lines: Vec<Line> = lines.filter(Line::makes_sense).collect();
        // Two copies may have been merged in any order.
        lines.sort_by(|a, b| a.at.cmp(&b.at));
        Self { bytes, lines }
    }

    /// The decisions that hold about the terms of entries, in the order they were made; `id` gives
    /// the id an entry goes by now.
    fn decisions(&self, id: impl Fn(&str) -> String) -> Vec<DecisionView> {
        let mut out: Vec<(String, DecisionView)> = Vec::new();
        for line in &self.lines {
            let What::Term { entry, term, decision } = &line.what else { continue };
            let (entry, key) = (id(entry), term_key(term));
            out.retain(|(other, known)| *other != key || known.entry != entry);
            if *decision != TermDecision::Reset {
                let (term, decision) = (term.clone(), *decision);
                out.push((key, DecisionView { entry, term, decision }));
            }
        }
        out.into_iter().map(|(_, decision)| decision).collect()
    }

    /// Groups of names that mean one thing.
    fn synonyms(&self) -> Vec<Vec<String>> {
        let mut groups: Vec<Vec<String>> = Vec::new();
        for line in &self.lines {
            let What::Names { names, same } = &line.what else { continue };
            let keys: BTreeSet<String> = names.iter().map(|name| term_key(name)).collect();
            let has = |group: &Vec<String>| group.iter().any(|name| keys.contains(&term_key(name)));
            if *same {
                // Groups that share a name are one.
                let mut joined: Vec<String> = Vec::new();
                for name in groups.extract_if(.., |group| has(group)).flatten().chain(names.clone())
                {
                    if !joined.iter().any(|known| term_key(known) == term_key(&name)) {
                        joined.push(name);
                    }
                }
                if joined.len() > 1 {
                    groups.push(joined);
                }
            } else {
                // The first name stays with the rest of its group; the others leave it.
                let first = names.first().map(|name| term_key(name)).unwrap_or_default();
                for group in groups.iter_mut().filter(|group| has(group)) {
                    group.retain(|name| {
                        let key = term_key(name);
                        key == first || !keys.contains(&key)
                    });
                }
                groups.retain(|group| group.len() > 1);
            }
        }
        groups
    }
}

/// What holds for all entries.
pub(crate) struct Decided {
    synonyms: Vec<Vec<String>>,
    by_entry: HashMap<String, Wishes>,
}

impl Decided {
    /// What holds for one entry.
    pub(crate) fn of(&self, id: &str) -> Wishes {
        let own = self.by_entry.get(id).cloned().unwrap_or_default();
        Wishes { synonyms: self.synonyms.clone(), ..own }
    }
}

/// The file of decisions, as a change names it.
pub(crate) fn path() -> String {
    format!("{SIDECAR_FOLDER}/{}", Sidecar::Terms.file_name())
}

impl Notebook {
    /// Decides about a key term of an entry.
    ///
    /// # Errors
    /// `InvalidRequest` for a term that is none; `WriteFailed`; errors of [`Self::show`].
    pub fn decide_term(&self, request: &TermRequest) -> Result<(), ApiError> {
        let entry = self.resolve(&request.entry)?;
        let (term, decision) = (tidy(&request.term)?, request.decision);
        self.append_decision(What::Term { entry, term, decision })
    }

    /// Says that names mean one thing in this notebook, or that they do not.
    ///
    /// # Errors
    /// `InvalidRequest` unless there are two names or more; `WriteFailed`.
    pub fn set_synonyms(&self, request: &SynonymsRequest) -> Result<(), ApiError> {
        let names = request.names.iter().map(|name| tidy(name)).collect::<Result<Vec<_>, _>>()?;
        let keys: BTreeSet<String> = names.iter().map(|name| term_key(name)).collect();
        if keys.len() < 2 || names.len() > MOST_NAMES {
            let message = format!("two different names are needed, and {MOST_NAMES} at the most");
            return Err(ApiError::new(Code::InvalidRequest, message));
        }
        self.append_decision(What::Names { names, same: request.same })
    }

    /// Returns what was decided about the terms of an entry, or of all, and the synonyms.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`.
    pub fn terms(&self, entry: Option<&str>) -> Result<TermsView, ApiError> {
        let entry = entry.map(|entry| self.resolve(entry)).transpose()?;
        let log = self.term_log();
        let mut decisions = log.decisions(|id| self.known_id(id));
        decisions.retain(|decision| entry.as_ref().is_none_or(|entry| *entry == decision.entry));
        Ok(TermsView { decisions, synonyms: log.synonyms() })
    }

    /// What the user decided, as comparisons are told it.
    pub(crate) fn decided(&self) -> Decided {
        let log = self.term_log();
        let mut decided = Decided { synonyms: log.synonyms(), by_entry: HashMap::new() };
        for DecisionView { entry, term, decision } in log.decisions(|id| self.known_id(id)) {
            let wishes = decided.by_entry.entry(entry).or_default();
            match decision {
                TermDecision::Pin => wishes.pinned.push(term),
                TermDecision::Add => wishes.added.push(term),
                TermDecision::Remove => wishes.removed.push(term),
                TermDecision::Reset => {}
            }
        }
        decided
    }

    /// Reads the log anew if the file is another; tells whether it was.
    pub(crate) fn reload_terms(&self) -> bool {
        let mut log = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        match self.library.read_sidecar(Sidecar::Terms) {
            Ok(bytes) => {
                let bytes = bytes.unwrap_or_default();
                let changed = bytes != log.bytes;
                if changed {
                    *log = TermLog::read(bytes);
                }
                changed
            }
            // What cannot be read now counts as it was read last.
            Err(error) => {
                tracing::warn!(error = chain(&error), "decisions about key terms are not known");
                false
            }
        }
    }

    fn term_log(&self) -> MutexGuard<'_, TermLog> {
        // Another process may have appended to it; to read a small file costs less than to be wrong.
        self.reload_terms();
        self.terms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known_id(&self, id: &str) -> String {
        self.read().id_of(id).unwrap_or(id).to_owned()
    }

    fn append_decision(&self, what: What) -> Result<(), ApiError> {
        let mut line = Line { at: moment_text(Timestamp::now()), what };
        // The last word counts, also where the clock stands still or went back.
        let last = self.term_log().lines.last().map(|line| line.at.clone());
        if let Some(after) = last.filter(|last| *last >= line.at).as_deref().and_then(just_after) {
            line.at = after;
        }
        let text = serde_json::to_string(&line).unwrap_or_default() + "\n";
        self.library.append_sidecar(Sidecar::Terms, &text).map_err(|error| {
            let message = format!("cannot keep what was decided: {}", chain(&error));
            ApiError::new(Code::WriteFailed, message).at(path())
        })
    }
}

/// A millisecond after a moment; none if that is none, or lies beyond any plausible clock.
fn just_after(at: &str) -> Option<String> {
    let at: Timestamp = at.parse().ok()?;
    Timestamp::from_millisecond(at.as_millisecond() + 1).ok().map(moment_text)
}

/// A term as it is kept: on one line, with single spaces.
fn tidy(term: &str) -> Result<String, ApiError> {
    let term = term.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_term(&term) {
        return Ok(term);
    }
    let message = format!("`{term}` is no term of 1 to {LONGEST_TERM} characters");
    Err(ApiError::new(Code::InvalidRequest, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(at: u32, term: &str, decision: &str) -> String {
        format!(
            r#"{{"at":"2025-04-10T00:00:00.{at:03}Z","entry":"e","term":"{term}","decision":"{decision}"}}"#
        )
    }

    fn names(at: u32, names: &str, same: bool) -> String {
        format!(r#"{{"at":"2025-04-10T00:00:00.{at:03}Z","names":{names},"same":{same}}}"#)
    }

    fn log(lines: &[String]) -> TermLog {
        TermLog::read(lines.join("\n").into_bytes())
    }

    #[track_caller]
    fn check(lines: &[String], expect: &str) {
        let decisions = log(lines).decisions(str::to_owned).into_iter();
        let told: Vec<String> = decisions
            .map(|decision| format!("{} {:?}", decision.term, decision.decision))
            .collect();
        assert_eq!(told.join(", "), expect);
    }

    #[test]
    fn the_last_word_counts_in_whatever_order_lines_stand() {
        let lines = [
            term(1, "분산 락", "add"),
            term(2, "TTL", "pin"),
            term(3, "분산락", "remove"),
            term(4, "ttl", "reset"),
            term(5, "큐", "pin"),
        ];
        check(&lines, "분산락 Remove, 큐 Pin");
        let mut turned = lines.to_vec();
        turned.reverse();
        check(&turned, "분산락 Remove, 큐 Pin");
        let twice = [lines.to_vec(), lines.to_vec()].concat();
        check(&twice, "분산락 Remove, 큐 Pin");
    }

    #[test]
    fn lines_that_make_no_sense_cost_only_themselves() {
        let lines = [
            "<<<<<<< ours".to_owned(),
            r#"{"at":"2025","entry":"e","term":"#.to_owned(),
            r#"{"at":"2025","entry":"e","term":"","decision":"pin"}"#.to_owned(),
            r#"{"at":"2025","entry":"e","term":"락","decision":"burn"}"#.to_owned(),
            r#"{"at":"2025","entry":"e","term":"락\n락","decision":"pin"}"#.to_owned(),
            format!(r#"{{"at":"2025","entry":"e","term":"{}","decision":"pin"}}"#, "긴".repeat(81)),
            r#"{"at":"2025","names":["하나"],"same":true}"#.to_owned(),
            term(1, "락", "pin"),
            "\u{0}".to_owned(),
        ];
        check(&lines, "락 Pin");
        assert!(log(&lines).synonyms().is_empty(), "a name alone means nothing else");
        assert!(TermLog::read(vec![0xff, 0xfe, b'\n']).lines.is_empty(), "bytes are no text");
    }

    #[test]
    fn synonyms_join_and_part() {
        let joined = log(&[
            names(1, r#"["락","자물쇠"]"#, true),
            names(2, r#"["큐","대기열"]"#, true),
            names(3, r#"["자물쇠","mutex"]"#, true),
        ]);
        assert_eq!(joined.synonyms(), [vec!["큐", "대기열"], vec!["락", "자물쇠", "mutex"]]);
        let parted = log(&[
            names(1, r#"["락","자물쇠","mutex"]"#, true),
            names(2, r#"["락","mutex"]"#, false),
        ]);
        assert_eq!(parted.synonyms(), [["락", "자물쇠"]]);
        let gone = log(&[names(1, r#"["가","나"]"#, true), names(2, r#"["나","가"]"#, false)]);
        assert!(gone.synonyms().is_empty(), "nothing is left of the group");
    }

    #[test]
    fn a_term_is_kept_tidy() {
        assert_eq!(tidy("  분산\n 락 ").unwrap(), "분산 락");
        for odd in ["", " - ", "\u{7}"] {
            assert_eq!(tidy(odd).unwrap_err().code, Code::InvalidRequest, "{odd:?}");
        }
        assert!(tidy(&"긴".repeat(81)).is_err(), "a sentence is no term");
    }

    #[test]
    fn a_decision_comes_after_those_before() {
        assert_eq!(
            just_after("2025-04-10T00:00:00.999Z").as_deref(),
            Some("2025-04-10T00:00:01.000Z")
        );
        assert_eq!(just_after("2025"), None);
    }
}
