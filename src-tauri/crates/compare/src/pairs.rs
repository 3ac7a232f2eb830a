//! The pairs of answers in `pairs/`, written for this project, with what a careful reader would mark
//! in them, and how well a comparison agrees with that reader.
//!
//! Shared by the tests and the bench, each of which has the crate's names at its root. What the
//! reader marked is written before it is compared and never changed to fit a result.

use crate::{Comparison, FlagKind, TermState, term_key};

const FILES: [&str; 2] = [include_str!("../pairs/first.txt"), include_str!("../pairs/second.txt")];

/// An answer, a model answer, and what a careful reader marks.
pub(crate) struct Pair {
    pub(crate) name: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) model: &'static str,
    /// Terms a reader would mark, and terms a reader would not object to.
    pub(crate) terms: Vec<Gold>,
    pub(crate) flags: Vec<(FlagKind, &'static str, &'static str)>,
}

/// A term as a reader marks it.
pub(crate) struct Gold {
    /// Keys of the ways it may be cut out of the text.
    keys: Vec<String>,
    pub(crate) state: TermState,
    /// Whether a list without it lacks something.
    pub(crate) needed: bool,
}

impl Pair {
    /// Whether the answer is a good one, so that any flag on it is a false alarm.
    pub(crate) fn is_good(&self) -> bool {
        self.name.contains("good:") || self.name.contains("copied:")
    }
}

/// Returns all pairs.
pub(crate) fn pairs() -> Vec<Pair> {
    FILES.iter().flat_map(|file| file.split("=== ").skip(1)).map(pair).collect()
}

fn pair(text: &'static str) -> Pair {
    let (name, rest) = text.split_once('\n').unwrap_or((text, ""));
    let part = |from: &str, to: &str| -> &'static str {
        let rest = rest.split_once(from).map_or("", |(_, rest)| rest);
        rest.split_once(to).map_or(rest, |(part, _)| part).trim()
    };
    let lines = |text: &'static str| text.lines().filter_map(|line| line.split_once(": "));
    let mut terms = Vec::new();
    for (label, list) in lines(part("--- terms\n", "--- flags")) {
        let state = match label.trim_start_matches("also ") {
            "said" => TermState::Said,
            "partly" => TermState::Partly,
            _ => TermState::Missing,
        };
        terms.extend(list.split(" | ").map(|names| Gold {
            keys: names.split(" = ").map(term_key).collect(),
            state,
            needed: !label.starts_with("also"),
        }));
    }
    let flags = lines(part("--- flags", "=== ")).filter_map(|(label, sides)| {
        let (model, answer) = sides.split_once(" | ")?;
        let kind = match label {
            "number" => FlagKind::Number,
            "negation" => FlagKind::Negation,
            _ => FlagKind::Opposite,
        };
        Some((kind, model.trim(), answer.trim()))
    });
    Pair {
        name,
        answer: part("--- answer\n", "--- model"),
        model: part("--- model\n", "--- terms"),
        flags: flags.collect(),
        terms,
    }
}

/// How far comparisons agree with a careful reader, in counts.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Agreement {
    /// Terms in the lists, and those of them a reader accepts.
    pub(crate) listed: (usize, usize),
    /// Terms a reader marks, and those of them in the lists.
    pub(crate) needed: (usize, usize),
    /// Terms whose state a reader is sure of, and those with that state.
    pub(crate) states: (usize, usize),
    /// The same, of those a reader calls said or missing.
    pub(crate) clear: (usize, usize),
    /// Flags a reader sets, and those found.
    pub(crate) flags: (usize, usize),
    /// Flags nobody would set, and those of them on good answers.
    pub(crate) false_flags: (usize, usize),
}

impl Agreement {
    /// Adds what `found` says of `pair`, and returns each disagreement in words.
    pub(crate) fn take(&mut self, pair: &Pair, found: &Comparison) -> Vec<String> {
        let mut told = Vec::new();
        let mut met = vec![false; pair.terms.len()];
        for term in &found.terms {
            let own = term_key(&term.term);
            let aliases: Vec<String> = term.aliases.iter().map(|alias| term_key(alias)).collect();
            let named = |gold: &Gold| gold.keys.contains(&own);
            let called = |gold: &Gold| gold.keys.iter().any(|key| aliases.contains(key));
            let by_name = pair.terms.iter().any(named);
            let of_term = |gold: &Gold| if by_name { named(gold) } else { called(gold) };
            let golds = || pair.terms.iter().filter(|gold| of_term(gold));
            for (gold, met) in pair.terms.iter().zip(&mut met) {
                *met |= named(gold) || called(gold);
            }
            self.listed.0 += 1;
            let Some(first) = golds().next() else {
                told.push(format!("{} is no key term ({:?})", term.term, term.state));
                continue;
            };
            self.listed.1 += 1;
            // What a reader may mark one way or the other proves nothing.
            if golds().any(|gold| gold.state != first.state) {
                continue;
            }
            let right = first.state == term.state;
            self.states.0 += 1;
            self.states.1 += usize::from(right);
            if first.state != TermState::Partly {
                self.clear.0 += 1;
                self.clear.1 += usize::from(right);
            }
            if !right {
                told.push(format!("{} is {:?}, not {:?}", term.term, first.state, term.state));
            }
        }
        for (gold, met) in pair.terms.iter().zip(met).filter(|(gold, _)| gold.needed) {
            self.needed.0 += 1;
            self.needed.1 += usize::from(met);
            if !met {
                told.push(format!("{} is not listed", gold.keys.join(" = ")));
            }
        }
        self.flags.0 += pair.flags.len();
        for flag in &found.flags {
            if pair.flags.contains(&(flag.kind, &*flag.model, &*flag.answer)) {
                self.flags.1 += 1;
            } else {
                self.false_flags.0 += 1;
                self.false_flags.1 += usize::from(pair.is_good());
                told.push(format!("no reader flags {} <> {}", flag.model, flag.answer));
            }
        }
        for (kind, model, answer) in &pair.flags {
            let found = found
                .flags
                .iter()
                .any(|flag| (flag.kind, &*flag.model, &*flag.answer) == (*kind, *model, *answer));
            if !found {
                told.push(format!("{kind:?} {model} <> {answer} is not flagged"));
            }
        }
        told
    }
}

/// Returns the second of two counts as a share of the first: 1 if there is nothing to share.
pub(crate) fn share((of, part): (usize, usize)) -> f32 {
    if of == 0 { 1.0 } else { part as f32 / of as f32 }
}
