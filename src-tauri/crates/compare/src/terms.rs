//! The key terms of each text, and what the other text has of them.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::candidates::{Candidate, Candidates, select};
use crate::lexicon::lexicon;
use crate::matching::{Links, disjoint, places, span};
use crate::numbers::Quantity;
use crate::squeezed::Fit;
use crate::token::{Class, Token};
use crate::{Term, TermState, Weigh};

/// Most key terms of a model answer.
const MOST_TERMS: usize = 12;
/// Most key terms of an answer that the model answer lacks.
const MOST_EXTRA: usize = 8;
/// Returns the key terms of `model` with what `answer` has of them, and the key terms of `answer`
/// that `model` has nothing of; best first.
pub(crate) fn terms(
    model: &Analysis,
    answer: &Analysis,
    weigh: &dyn Weigh,
) -> (Vec<Term>, Vec<String>) {
    let (theirs, ours) = (Links::of(model, answer), Links::of(answer, model));
    let model = Source { text: model, found: Candidates::of(model, &theirs, weigh), links: theirs };
    let answer = Source { text: answer, found: Candidates::of(answer, &ours, weigh), links: ours };
    let terms = select(&model.found.all, MOST_TERMS)
        .into_iter()
        .map(|candidate| match candidate.quantity {
            Some(at) => number_term(model.text, answer.text, at),
            None => word_term(&model, &answer, candidate),
        })
        .collect();
    let extra = select(&answer.found.all, MOST_TERMS)
        .into_iter()
        .filter(|candidate| candidate.quantity.is_none() && !candidate.general)
        .map(|candidate| word_term(&answer, &model, candidate))
        .filter(|term| term.state == TermState::Missing)
        .map(|term| term.term)
        .take(MOST_EXTRA)
        .collect();
    (terms, extra)
}

/// One of the two texts with its candidates.
struct Source<'a> {
    text: &'a Analysis,
    found: Candidates,
    links: Links,
}

/// Looks up a number in both texts.
fn number_term(model: &Analysis, answer: &Analysis, at: usize) -> Term {
    let wanted = model.quantities.get(at);
    let same = |text: &Analysis| -> Vec<Range<usize>> {
        let same = |quantity: &&Quantity| wanted.is_some_and(|wanted| wanted.is_same(quantity));
        let found = text.quantities.iter().filter(same);
        disjoint(found.map(|quantity| text.visible.source(&quantity.span)).collect())
    };
    let in_answer = same(answer);
    let state = if in_answer.is_empty() { TermState::Missing } else { TermState::Said };
    let term =
        wanted.map(|wanted| model.visible.slice(&wanted.span).to_owned()).unwrap_or_default();
    Term { term, aliases: Vec::new(), state, in_answer, in_model: same(model) }
}

/// Looks up a term of `from` in both texts.
fn word_term(from: &Source<'_>, other: &Source<'_>, candidate: &Candidate) -> Term {
    let keys = from.links.keys(&candidate.key);
    let term = candidate.term(from.text);
    let source = |text: &Analysis, spans: &[Range<usize>]| -> Vec<Range<usize>> {
        // Places that differ in what is seen may be one in the source.
        disjoint(spans.iter().map(|span| text.visible.source(span)).collect())
    };
    let representative = from.links.representative(&candidate.key);
    let whole = |source: &Source<'_>| -> Vec<Range<usize>> {
        let mut spans = places(source.text, &keys, Fit::Whole);
        let known = source.found.by_key.get(&representative);
        let known = known.and_then(|&at| source.found.all.get(at));
        let runs = known.map_or(&[][..], |known| &known.runs);
        spans.extend(runs.iter().filter_map(|run| span(source.text, run)));
        disjoint(spans)
    };
    let in_other = whole(other);
    let (state, spans) = if in_other.is_empty() {
        partly(from.text, other.text, &keys, candidate, &from.links)
    } else {
        (TermState::Said, in_other)
    };
    Term {
        aliases: aliases(from.text, other.text, &from.links, &keys, &term),
        term,
        state,
        in_answer: source(other.text, &spans),
        in_model: source(from.text, &whole(from)),
    }
}

/// Returns the other names of a term: those a text gives, then known ones that occur.
fn aliases(
    model: &Analysis,
    answer: &Analysis,
    links: &Links,
    keys: &[String],
    term: &str,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = keys.first().cloned().into_iter().collect();
    for name in keys.iter().flat_map(|key| links.partners(key)) {
        if name != term && seen.insert(crate::squeezed::key(name)) {
            out.push(name.clone());
        }
    }
    for key in keys.iter().skip(1) {
        for text in [model, answer] {
            let Some(span) = places(text, std::slice::from_ref(key), Fit::Whole).into_iter().next()
            else {
                continue;
            };
            if seen.insert(key.clone()) {
                out.push(text.visible.slice(&span).to_owned());
            }
        }
    }
    out
}

/// Finds parts of a term that is not there as a whole.
fn partly(
    model: &Analysis,
    answer: &Analysis,
    keys: &[String],
    candidate: &Candidate,
    links: &Links,
) -> (TermState, Vec<Range<usize>>) {
    let derived = places(answer, keys, Fit::Derived);
    let run = candidate.runs.first().cloned().unwrap_or(0..0);
    let words = model.tokens.get(run).unwrap_or_default();
    let mut parts: Vec<Vec<Range<usize>>> = Vec::new();
    if words.len() > 1 {
        for word in words {
            parts.push(places(answer, &links.keys(&word.key), Fit::Whole));
        }
        // `분산 락` is said of `분산 락 시스템`: the last word adds nothing.
        let needed = |word: &Token| !(word.is_general() && word.class == Class::Noun);
        let needed: Vec<Vec<Range<usize>>> = parts
            .iter()
            .zip(words)
            .filter(|(_, word)| needed(word))
            .map(|(spans, _)| spans.clone())
            .collect();
        if let Some(spans) = together(answer, &needed) {
            return (TermState::Said, spans);
        }
        // `데이터` alone says nothing about `데이터 정합성`.
        for (part, word) in parts.iter_mut().zip(words) {
            if !word.is_special() {
                part.clear();
            }
        }
    } else {
        parts.extend(halves(model, answer, &candidate.key));
    }
    // `확장` is a part of `확장성`.
    let stem = candidate.key.strip_suffix(['성', '화']).filter(|stem| stem.chars().count() >= 2);
    parts.extend(stem.map(|stem| places(answer, &[stem.to_owned()], Fit::Whole)));
    let mut found: Vec<Range<usize>> = parts.into_iter().flatten().collect();
    found.extend(derived);
    let found = disjoint(found);
    if found.is_empty() { (TermState::Missing, found) } else { (TermState::Partly, found) }
}

/// Returns the places where all parts stand side by side, particles aside: `데이터의 정합성`.
fn together(answer: &Analysis, parts: &[Vec<Range<usize>>]) -> Option<Vec<Range<usize>>> {
    let mut out = Vec::new();
    for first in parts.first()? {
        let mut end = first.end;
        let all = parts.iter().skip(1).all(|part| {
            let next = part.iter().find(|span| span.start >= end);
            let near = next.filter(|span| answer.is_near(end, span.start));
            near.inspect(|span| end = span.end).is_some()
        });
        if all {
            out.push(first.start..end);
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Returns the places of one half of a compound written as one word, if the other half is a word
/// too.
fn halves(model: &Analysis, answer: &Analysis, key: &str) -> Vec<Vec<Range<usize>>> {
    let syllables: Vec<usize> = key.char_indices().map(|(at, _)| at).collect();
    let latin = key.split('/').filter(|part| part.len() > 1);
    if key.contains('/') {
        return latin.map(|part| places(answer, &[part.to_owned()], Fit::Whole)).collect();
    }
    let known = |part: &str| {
        model.knows(part) || answer.knows(part) || !lexicon().spellings(part).is_empty()
    };
    let mut out = Vec::new();
    for at in syllables.iter().skip(2).take(syllables.len().saturating_sub(3)) {
        let (Some(head), Some(tail)) = (key.get(..*at), key.get(*at..)) else { continue };
        if known(head) && known(tail) {
            for part in [head, tail].into_iter().filter(|part| !lexicon().is_general(part)) {
                out.push(places(answer, &[part.to_owned()], Fit::Whole));
            }
        }
    }
    out
}
