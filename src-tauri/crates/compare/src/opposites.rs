//! Words of opposite meaning, as listed in `assets/korean/opposites.txt`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::analysis::{Analysis, Sentence};
use crate::lexicon::{OPPOSITES, lines, spelling};
use crate::predicate::{After, forms};
use crate::token::{Class, Gap};

/// A word of a sentence that has an opposite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Number of the pair.
    pub(crate) pair: usize,
    /// Which of the two words it is.
    pub(crate) side: Side,
    /// Bytes of the visible text.
    pub(crate) span: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Left,
    Right,
}

/// Words of the longest spelling.
const LONGEST: usize = 3;

/// Syllables of the longest form of a verb before its ending.
const LONGEST_FORM: usize = 6;

struct Index {
    /// Nouns and foreign words, by key.
    nouns: HashMap<String, Vec<(usize, Side)>>,
    /// Forms of Korean verbs and adjectives.
    forms: HashMap<String, Vec<(After, usize, Side)>>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index { nouns: HashMap::new(), forms: HashMap::new() };
    let pairs = lines(OPPOSITES).filter_map(|line| line.split_once('|'));
    for (pair, (left, right)) in pairs.enumerate() {
        for (side, words) in [(Side::Left, left), (Side::Right, right)] {
            for word in words.split_whitespace() {
                match word.strip_suffix('다') {
                    Some(stem) => {
                        for (form, after) in forms(stem) {
                            index.forms.entry(form).or_default().push((after, pair, side));
                        }
                    }
                    None => index.nouns.entry(spelling(word)).or_default().push((pair, side)),
                }
            }
        }
    }
    index
});

/// Returns the words of `sentence` that have an opposite, in their order.
pub(crate) fn marks(text: &Analysis, sentence: &Sentence) -> Vec<Mark> {
    let tokens = text.tokens_of(sentence);
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = tokens.get(at) {
        let mut key = String::new();
        let mut found = None;
        for (more, token) in tokens.iter().enumerate().skip(at).take(LONGEST) {
            if more > at && token.gap == Gap::Break {
                break;
            }
            key.push_str(&token.key);
            if let Some(pairs) = INDEX.nouns.get(&key) {
                // The longest wins: `연결 해제` is no `연결`.
                // `증가한다` is shown whole, like any other verb.
                let verbal = token.class == Class::Verbal;
                let end = if verbal { token.span.end } else { token.stem.end };
                found = Some((more, end, pairs));
            }
        }
        if let Some((last, end, pairs)) = found {
            let span = first.span.start..end;
            out.extend(pairs.iter().map(|&(pair, side)| Mark { pair, side, span: span.clone() }));
            at = last + 1;
            continue;
        }
        let word = text.visible.slice(&first.span);
        // `는` behind a foreign word is a particle and no form of `늘다`.
        let single = word.chars().nth(1).is_none();
        if matches!(first.class, Class::Predicate | Class::Noun | Class::Function) && !single {
            out.extend(inflected(word).map(|(pair, side)| Mark {
                pair,
                side,
                span: first.span.clone(),
            }));
        }
        at += 1;
    }
    out
}

/// Returns the pairs that `word` is a form of.
fn inflected(word: &str) -> impl Iterator<Item = (usize, Side)> + '_ {
    let ends = word.char_indices().take(LONGEST_FORM).map(|(at, c)| at + c.len_utf8());
    ends.filter_map(|end| Some((INDEX.forms.get(word.get(..end)?)?, word.get(end..)?))).flat_map(
        |(forms, rest)| {
            let fitting = forms.iter().filter(move |(after, ..)| after.takes(rest, LONGEST));
            fitting.map(|&(_, pair, side)| (pair, side))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Side)]) {
        let analysis = Analysis::of(text);
        let found: Vec<Mark> =
            analysis.sentences.iter().flat_map(|sentence| marks(&analysis, sentence)).collect();
        let found: Vec<(&str, Side)> =
            found.iter().map(|mark| (analysis.visible.slice(&mark.span), mark.side)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn nouns_and_forms_of_verbs() {
        check("비동기로 보낸다", &[("비동기", Side::Right)]);
        check("동기로 보낸다", &[("동기", Side::Left)]);
        check("충돌이 많으면", &[("많으면", Side::Left)]);
        check("충돌이 적을 때", &[("적을", Side::Right)]);
        check("캐시를 적용한다", &[]);
        check("부하가 줄어든다", &[("줄어든다", Side::Right)]);
        check("처리량이 증가한다", &[("증가한다", Side::Left)]);
        check("scale-up으로 늘린다", &[("scale-up", Side::Right), ("늘린다", Side::Left)]);
        check("stateless 서버", &[("stateless", Side::Right)]);
        check("Major GC는 힙을 비운다", &[]);
    }

    #[test]
    fn every_pair_has_two_sides() {
        for line in lines(OPPOSITES) {
            let (left, right) = line.split_once('|').unwrap();
            let words = |side: &str| side.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let (left, right) = (words(left), words(right));
            assert!(!left.is_empty() && !right.is_empty(), "{line} lacks a side");
            assert!(!left.iter().any(|word| right.contains(word)), "{line} has a word twice");
        }
    }
}
