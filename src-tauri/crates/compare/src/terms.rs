//! The key terms of each text, and what the other text has of them.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::candidates::{Candidate, Candidates, select};
use crate::lexicon::lexicon;
use crate::matching::{Links, disjoint, places, span};
use crate::numbers::Quantity;
use crate::squeezed::{Fit, key};
use crate::token::{Class, Token};
use crate::wishes::{Names, Wish, Wishes};
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
    names: &Names,
    wishes: &Wishes,
) -> (Vec<Term>, Vec<String>) {
    let (theirs, ours) = (Links::of(model, answer, names), Links::of(answer, model, names));
    let model = Source { text: model, found: Candidates::of(model, &theirs, weigh), links: theirs };
    let answer = Source { text: answer, found: Candidates::of(answer, &ours, weigh), links: ours };
    let (mut terms, listed) = wanted(&model, &answer, wishes);
    let told: HashSet<String> = {
        let listed = terms.iter().map(|term| &term.term).chain(&wishes.removed);
        listed.map(|term| model.links.representative(&key(term))).collect()
    };
    let free = model.found.all.iter().filter(|candidate| {
        let wanted = match candidate.quantity.and_then(|at| model.text.quantities.get(at)) {
            Some(quantity) => key(model.text.visible.slice(&quantity.span)),
            None => model.links.representative(&candidate.key),
        };
        !told.contains(&wanted)
    });
    let most = MOST_TERMS.saturating_sub(terms.len());
    terms.extend(select(free, &listed, most).into_iter().map(|candidate| {
        let quantity = candidate.quantity.and_then(|at| model.text.quantities.get(at));
        match quantity {
            Some(wanted) => number_term(model.text, answer.text, model.text, wanted),
            None => word_term(&model, &answer, candidate),
        }
    }));
    let extra = select(answer.found.all.iter(), &[], MOST_TERMS)
        .into_iter()
        .filter(|candidate| candidate.quantity.is_none() && !candidate.general)
        .filter(|candidate| !told.contains(&answer.links.representative(&candidate.key)))
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
    links: Links<'a>,
}

/// Looks up the terms that the user wants in the list, each once, and returns the candidates among
/// them that the model answer has.
fn wanted<'a>(
    model: &'a Source<'a>,
    answer: &Source<'_>,
    wishes: &Wishes,
) -> (Vec<Term>, Vec<&'a Candidate>) {
    let pinned = wishes.pinned.iter().map(|term| (term, Wish::Pinned));
    let added = wishes.added.iter().map(|term| (term, Wish::Added));
    let (mut terms, mut listed) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for (term, wish) in pinned.chain(added) {
        let representative = model.links.representative(&key(term));
        if representative.is_empty() || !seen.insert(representative.clone()) {
            continue;
        }
        let asked = Analysis::of(term);
        let quantity = asked.quantities.first().filter(|_| asked.quantities.len() == 1);
        let number = quantity.filter(|quantity| asked.visible.slice(&quantity.span) == term);
        let known = model.found.by_key.get(&representative);
        let known = known.and_then(|&at| model.found.all.get(at));
        let found = match (number, known) {
            (Some(number), _) => number_term(model.text, answer.text, &asked, number),
            (None, Some(candidate)) => {
                listed.push(candidate);
                Term { term: term.clone(), ..word_term(model, answer, candidate) }
            }
            (None, None) => asked_term(model, answer, term, &asked),
        };
        terms.push(Term { wish: Some(wish), ..found });
    }
    (terms, listed)
}

/// Looks up a term that is none of the model answer's candidates.
fn asked_term(model: &Source<'_>, answer: &Source<'_>, term: &str, asked: &Analysis) -> Term {
    let key = key(term);
    let keys = model.links.keys(&key);
    let source = |text: &Analysis, spans: &[Range<usize>]| -> Vec<Range<usize>> {
        disjoint(spans.iter().map(|span| text.visible.source(span)).collect())
    };
    let whole = places(answer.text, &keys, Fit::Whole);
    let (state, spans) = if whole.is_empty() {
        let sought = Sought { keys: &keys, words: &asked.tokens, key: &key };
        partly(model.text, answer.text, &sought, &model.links)
    } else {
        (TermState::Said, whole)
    };
    Term {
        term: term.to_owned(),
        aliases: aliases(model.text, answer.text, &model.links, &keys, term),
        state,
        in_answer: source(answer.text, &spans),
        in_model: source(model.text, &places(model.text, &keys, Fit::Whole)),
        wish: None,
    }
}

/// Looks up a number of the text `from` in both texts.
fn number_term(model: &Analysis, answer: &Analysis, from: &Analysis, wanted: &Quantity) -> Term {
    let same = |text: &Analysis| -> Vec<Range<usize>> {
        let found = text.quantities.iter().filter(|quantity| wanted.is_same(quantity));
        disjoint(found.map(|quantity| text.visible.source(&quantity.span)).collect())
    };
    let in_answer = same(answer);
    let state = if in_answer.is_empty() { TermState::Missing } else { TermState::Said };
    let term = from.visible.slice(&wanted.span).to_owned();
    Term { term, aliases: Vec::new(), state, in_answer, in_model: same(model), wish: None }
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
        let run = candidate.runs.first().cloned().unwrap_or(0..0);
        let words = from.text.tokens.get(run).unwrap_or_default();
        let sought = Sought { keys: &keys, words, key: &candidate.key };
        partly(from.text, other.text, &sought, &from.links)
    } else {
        (TermState::Said, in_other)
    };
    Term {
        aliases: aliases(from.text, other.text, &from.links, &keys, &term),
        term,
        state,
        in_answer: source(other.text, &spans),
        in_model: source(from.text, &whole(from)),
        wish: None,
    }
}

/// Returns the other names of a term: those a text gives, then known ones that occur.
fn aliases(
    model: &Analysis,
    answer: &Analysis,
    links: &Links<'_>,
    keys: &[String],
    term: &str,
) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut seen: HashSet<String> = keys.first().cloned().into_iter().collect();
    for name in keys.iter().flat_map(|key| links.partners(key)) {
        if name != term && seen.insert(key(name)) {
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

/// A term that is looked for by its parts.
struct Sought<'a> {
    /// Of all its names.
    keys: &'a [String],
    words: &'a [Token],
    /// Of the name that was found first.
    key: &'a str,
}

/// Finds parts of a term that is not there as a whole.
fn partly(
    model: &Analysis,
    answer: &Analysis,
    sought: &Sought<'_>,
    links: &Links<'_>,
) -> (TermState, Vec<Range<usize>>) {
    let derived = places(answer, sought.keys, Fit::Derived);
    let words = sought.words;
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
        parts.extend(halves(model, answer, sought.key));
    }
    // `확장` is a part of `확장성`.
    let stem = sought.key.strip_suffix(['성', '화']).filter(|stem| stem.chars().count() >= 2);
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
