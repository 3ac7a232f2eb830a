//! Words and compounds of a text that may be its key terms, and the choice among them.
//!
//! A candidate is a run of nouns and foreign words as written. Its score is how rare its words
//! are in the library, how often it stands in the text, and where: a heading, a code span, a pair
//! `X(Y)` and the first sentence count more. Words of interview prose in general sink.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use dapanji_korean::fold;

use crate::Weigh;
use crate::analysis::Analysis;
use crate::lexicon::lexicon;
use crate::matching::{Links, name};
use crate::numbers::Quantity;
use crate::squeezed::key;
use crate::token::{Class, Gap, Token};
use crate::visible::BlockKind;

/// Words of the longest name before a bracket, and one more.
const LONGEST_NAME: usize = 6;
/// Most numbers among the key terms.
const MOST_NUMBERS: usize = 3;
/// Terms below the bar that are still taken if there are few others.
const FEWEST_TERMS: usize = 5;
/// The same for words that say little by themselves.
const FEWEST_GENERAL: usize = 3;
/// A term's least score, as a part of the third-best one's.
const BAR: f32 = 0.45;

/// All candidates of a text, in the order they first stand in it.
#[derive(Debug)]
pub(crate) struct Candidates {
    pub(crate) all: Vec<Candidate>,
    /// Places in `all` by the key that stands for all names of the term.
    pub(crate) by_key: HashMap<String, usize>,
}

/// A run of words that may be a key term.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) key: String,
    /// Where it stands, as ranges of token indices; the first one gives its spelling.
    pub(crate) runs: Vec<Range<usize>>,
    /// For each of `runs`, whether a longer candidate holds it.
    nested: Vec<bool>,
    /// Index of the number, if it is one.
    pub(crate) quantity: Option<usize>,
    weight: f32,
    place: f32,
    /// Times it stands inside a verb.
    verbal: usize,
    /// Whether it is a lone word that says little by itself.
    pub(crate) general: bool,
}

impl Candidate {
    /// Returns the term as it first stands in `text`, without particles.
    pub(crate) fn term(&self, text: &Analysis) -> String {
        self.runs.first().map(|run| name(text, run)).unwrap_or_default()
    }

    /// Returns the score of a candidate that stands `alone` times by itself, and `inside` times as
    /// a part of longer candidates.
    fn score(&self, alone: usize, inside: usize) -> f32 {
        let times = alone as f32 + 0.35 * inside as f32 + 0.5 * self.verbal as f32;
        let often = if times < 1.0 { times.max(0.5) } else { 1.0 + times.ln() };
        self.weight * self.place * often
    }
}

impl Candidates {
    pub(crate) fn of(text: &Analysis, links: &Links<'_>, weigh: &dyn Weigh) -> Candidates {
        let (all, by_key) = candidates(text, links, weigh);
        Candidates { all, by_key }
    }
}

/// Finds all candidates of `text`.
fn candidates(
    text: &Analysis,
    links: &Links<'_>,
    weigh: &dyn Weigh,
) -> (Vec<Candidate>, HashMap<String, usize>) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut scale = Scale { text, weigh, cache: HashMap::new() };
    // By their ends, of which each bracket has one.
    let paired: HashMap<usize, Range<usize>> =
        links.pairs().iter().map(|pair| (pair.tokens.end, pair.tokens.clone())).collect();
    let enclosed = enclosed(text);
    let aliases: Vec<Range<usize>> =
        links.pairs().iter().map(|pair| tokens_in(text, &pair.alias)).collect();
    for (number, sentence) in text.sentences.iter().enumerate() {
        let place = place(number, sentence.kind);
        for run in runs(text, &sentence.tokens, &paired) {
            let mut parts = parts(text, &run, &paired);
            // Inside the brackets of a pair only the whole name counts.
            parts.retain(|part| !aliases.iter().any(|alias| within(part, alias) && part != alias));
            for part in parts.iter().cloned() {
                let nested = parts.iter().any(|other| *other != part && within(&part, other));
                let Some(tokens) = text.tokens.get(part.clone()) else { continue };
                let bracketed = enclosed.get(part.start).copied().unwrap_or_default();
                let place = place
                    * inner_place(text, tokens, paired.get(&part.end) == Some(&part))
                    * if bracketed { 0.75 } else { 1.0 };
                let key = key(&name(text, &part));
                let slot = *by_key.entry(links.representative(&key)).or_insert_with(|| {
                    found.push(Candidate {
                        key,
                        runs: Vec::new(),
                        nested: Vec::new(),
                        quantity: None,
                        weight: scale.compound(tokens),
                        place,
                        verbal: 0,
                        general: !tokens.iter().any(Token::is_special) && tokens.len() < 2,
                    });
                    found.len() - 1
                });
                if let Some(candidate) = found.get_mut(slot) {
                    candidate.runs.push(part);
                    candidate.nested.push(nested);
                    candidate.place = candidate.place.max(place);
                }
            }
        }
    }
    for token in text.tokens.iter().filter(|token| token.class == Class::Verbal) {
        let slot = by_key.get(&links.representative(&token.key));
        if let Some(candidate) = slot.and_then(|&slot| found.get_mut(slot)) {
            candidate.verbal += 1;
        }
    }
    found.extend(numbers(text));
    (found, by_key)
}

fn within(part: &Range<usize>, whole: &Range<usize>) -> bool {
    whole.start <= part.start && part.end <= whole.end
}

/// Returns the tokens of a range of the visible text.
fn tokens_in(text: &Analysis, span: &Range<usize>) -> Range<usize> {
    let first = text.tokens.partition_point(|token| token.span.start < span.start);
    first..text.tokens.partition_point(|token| token.span.start < span.end)
}

/// Returns for each token whether it stands in brackets, as examples and remarks do.
fn enclosed(text: &Analysis) -> Vec<bool> {
    let mut from = 0;
    let mut inside = false;
    let mut out = Vec::with_capacity(text.tokens.len());
    for token in &text.tokens {
        for c in text.visible.slice(&(from..token.span.start)).chars() {
            inside = c == '(' || inside && !matches!(c, ')' | '\n');
        }
        from = token.span.end;
        out.push(inside);
    }
    out
}

/// Returns the technical numbers of `text` as candidates.
fn numbers(text: &Analysis) -> impl Iterator<Item = Candidate> + '_ {
    let technical = |quantity: &Quantity| quantity.measure.is_technical();
    text.quantities.iter().enumerate().filter(move |(_, quantity)| technical(quantity)).map(
        |(at, quantity)| Candidate {
            key: text.visible.slice(&quantity.span).to_owned(),
            runs: Vec::new(),
            nested: Vec::new(),
            quantity: Some(at),
            weight: 0.9,
            place: 1.0,
            verbal: 0,
            general: false,
        },
    )
}

/// Returns what a sentence's place adds to the terms in it.
fn place(number: usize, kind: BlockKind) -> f32 {
    match kind {
        BlockKind::Heading => 1.4,
        BlockKind::Item => 1.1,
        _ if number == 0 => 1.15,
        _ => 1.0,
    }
}

/// Returns what marks on the words themselves add.
fn inner_place(text: &Analysis, tokens: &[Token], paired: bool) -> f32 {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return 1.0 };
    let inside = |spans: &[Range<usize>]| {
        spans.iter().any(|span| span.start <= first.span.start && last.stem.end <= span.end)
    };
    let code = if inside(&text.visible.code) { 1.3 } else { 1.0 };
    let strong = if inside(&text.visible.strong) { 1.3 } else { 1.0 };
    let tail = text.visible.slice(&(last.stem.end..last.span.end));
    let defined = if matches!(tail, "란" | "이란") { 1.2 } else { 1.0 };
    code * strong * defined * if paired { 1.35 } else { 1.0 }
}

/// Returns the longest runs of words that may form a compound.
fn runs(
    text: &Analysis,
    tokens: &Range<usize>,
    paired: &HashMap<usize, Range<usize>>,
) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut bare = false;
    for at in tokens.clone() {
        let part = |token: &&Token| token.is_term_part() && !is_amount(text, token);
        let Some(token) = text.tokens.get(at).filter(part) else {
            bare = false;
            continue;
        };
        // `제어의 역전(IoC)` is one name over its particle.
        let named = (at + 1..at + LONGEST_NAME)
            .any(|end| paired.get(&end).is_some_and(|pair| pair.start < at));
        let goes_on = named || bare && token.gap != Gap::Break;
        match out.last_mut().filter(|run| goes_on && run.end == at) {
            Some(run) => run.end = at + 1,
            None => out.push(at..at + 1),
        }
        bare = token.is_bare();
    }
    out
}

/// Tells whether `token` is a number with its unit, such as `500ms`.
fn is_amount(text: &Analysis, token: &Token) -> bool {
    let at = text.quantities.partition_point(|quantity| quantity.span.end <= token.span.start);
    text.quantities.get(at).is_some_and(|quantity| quantity.span.start < token.span.end)
}

/// Returns the parts of a run that may be terms: up to three words, four in other letters.
fn parts(
    text: &Analysis,
    run: &Range<usize>,
    paired: &HashMap<usize, Range<usize>>,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for start in run.clone() {
        for end in start + 1..=run.end.min(start + 4) {
            let Some(tokens) = text.tokens.get(start..end) else { continue };
            let pair = paired.get(&end).is_some_and(|pair| *pair == (start..end));
            if pair || is_part(tokens, text.korean) && !has_subject(text, tokens) {
                out.push(start..end);
            }
        }
    }
    // A compound that is known as a term is not looked for a longer one around it.
    let known: Vec<Range<usize>> =
        out.iter().filter(|part| is_known(text, part)).cloned().collect();
    out.retain(|part| {
        let pair = paired.get(&part.end) == Some(part);
        let around = |known: &Range<usize>| known != part && within(known, part);
        pair || !known.iter().any(around)
    });
    out
}

/// Tells whether a run of several words is a spelling from the list.
fn is_known(text: &Analysis, part: &Range<usize>) -> bool {
    part.len() > 1 && !lexicon().spellings(&key(&name(text, part))).is_empty()
}

fn is_part(tokens: &[Token], korean: bool) -> bool {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
    let latin = tokens.iter().all(|token| token.class == Class::Latin);
    let most = if latin && korean { 4 } else { 3 };
    let alone = tokens.len() == 1;
    last.class != Class::Attribute
        && tokens.len() <= most
        && (alone || latin && korean || !first.is_general() && !last.is_general())
        && !(alone && is_weak_latin(last))
}

/// Tells whether a plural stands before other words, as no English compound has it: `threads wait`
/// is a sentence.
fn has_subject(text: &Analysis, tokens: &[Token]) -> bool {
    let plural = |token: &Token| {
        let word = text.visible.slice(&token.stem);
        token.class == Class::Latin
            && word.len() == token.key.len() + 1
            && word.chars().all(|c| c.is_ascii_lowercase())
    };
    !text.korean && tokens.split_last().is_some_and(|(_, before)| before.iter().any(plural))
}

/// Tells whether a lone foreign word is an adverb or a number in letters.
fn is_weak_latin(token: &Token) -> bool {
    token.class == Class::Latin
        && (token.key.ends_with("ly") && token.key.len() > 4
            || token.key.chars().count() < 2 && token.key != "c")
}

/// Weights of words, asked once each.
struct Scale<'a> {
    text: &'a Analysis,
    weigh: &'a dyn Weigh,
    cache: HashMap<String, f32>,
}

impl Scale<'_> {
    fn word(&mut self, token: &Token, alone: bool) -> f32 {
        let (weigh, text) = (self.weigh, self.text);
        let rarity =
            *self.cache.entry(token.key.clone()).or_insert_with(|| rarity(weigh, text, token));
        // `Read Committed` in a Korean text is a name, whatever its words are.
        let name = !alone && self.text.korean && token.class == Class::Latin;
        let prior = if alone && !token.is_special() || token.is_general() && !name {
            0.25
        } else if !token.is_special() || token.class == Class::Attribute {
            0.7
        } else if token.class == Class::Latin && self.text.korean {
            1.35
        } else if token.class == Class::Latin
            && (token.key.ends_with("ing") || token.key.ends_with("ed"))
        {
            0.6
        } else {
            1.0
        };
        rarity * prior
    }

    fn compound(&mut self, tokens: &[Token]) -> f32 {
        let sum: f32 = tokens.iter().map(|token| self.word(token, tokens.len() == 1)).sum();
        sum / (tokens.len() as f32).powf(0.6)
    }
}

/// Returns the weight of one word, tamed: a word that is met once must not outweigh all others.
pub(crate) fn rarity(weigh: &dyn Weigh, text: &Analysis, token: &Token) -> f32 {
    let weight = weigh.weight(&fold(text.visible.slice(&token.stem)));
    if weight.is_finite() { weight.clamp(0.05, 20.0).sqrt() } else { 1.0 }
}

/// Picks the best candidates beside those that are in the list already. A word inside a compound
/// that was picked counts only where it stands alone.
pub(crate) fn select<'a>(
    candidates: impl Iterator<Item = &'a Candidate>,
    listed: &[&Candidate],
    most: usize,
) -> Vec<&'a Candidate> {
    let mut rest: Vec<&Candidate> = candidates.collect();
    let mut taken = Taken::default();
    listed.iter().for_each(|candidate| taken.take(candidate));
    let mut picked: Vec<(f32, &Candidate)> = Vec::new();
    let mut values: HashSet<String> = HashSet::new();
    while picked.len() < most {
        let best = rest
            .iter()
            .enumerate()
            .map(|(at, candidate)| (at, value(candidate, &taken)))
            .max_by(|(a, x), (b, y)| x.total_cmp(y).then(b.cmp(a)));
        let Some((at, score)) = best.filter(|&(_, score)| score > 0.0) else { break };
        let candidate = rest.remove(at);
        let bar =
            picked.get(2.min(picked.len().saturating_sub(1))).map_or(0.0, |(score, _)| score * BAR);
        let weak = score < bar || candidate.general;
        let fewest = if candidate.general { FEWEST_GENERAL } else { FEWEST_TERMS };
        if weak && score < bar * 0.4 {
            break;
        }
        if weak && picked.len() >= fewest {
            if candidate.general { continue } else { break }
        }
        let number = candidate.quantity.is_some();
        if number && (values.len() >= MOST_NUMBERS || !values.insert(candidate.key.clone())) {
            continue;
        }
        taken.take(candidate);
        picked.push((score, candidate));
    }
    picked.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The tokens of those that were picked, each with the run it is in.
#[derive(Default)]
struct Taken(Vec<Option<Range<usize>>>);

impl Taken {
    fn take(&mut self, candidate: &Candidate) {
        for run in &candidate.runs {
            if self.0.len() < run.end {
                self.0.resize(run.end, None);
            }
            for place in self.0.get_mut(run.clone()).into_iter().flatten() {
                *place = Some(run.clone());
            }
        }
    }

    fn get(&self, token: usize) -> Option<&Range<usize>> {
        self.0.get(token)?.as_ref()
    }
}

/// Returns the score of what is left of a candidate beside those that were picked.
fn value(candidate: &Candidate, taken: &Taken) -> f32 {
    if candidate.quantity.is_some() {
        return candidate.score(1, 0);
    }
    let (mut free, mut inside, mut over) = (0, 0, 0);
    for (run, nested) in candidate.runs.iter().zip(&candidate.nested) {
        let mut others = run.clone().filter_map(|token| taken.get(token)).peekable();
        if others.peek().is_none() {
            if *nested { inside += 1 } else { free += 1 }
        } else if others.all(|other| {
            other.start >= run.start && other.end <= run.end && other.len() < run.len()
        }) {
            over += 1;
        }
    }
    if free + inside + over == 0 {
        return 0.0;
    }
    let score = candidate.score(free + over, inside);
    if over > 0 { score * 0.7 } else { score }
}
