//! A text without case and spacing, in which terms are found as they are written anyhow.

use std::ops::Range;

use dapanji_korean::{fold, fold_char, is_syllable};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::ending::{Follow, follows};
use crate::visible::Visible;

/// Visible text folded, without white space and hyphens.
#[derive(Debug)]
pub(crate) struct Squeezed {
    text: String,
    // Invariant: one entry for each byte of `text`, ascending.
    /// Start in the visible text of the character each byte belongs to.
    starts: Vec<usize>,
    /// End of that character.
    ends: Vec<usize>,
}

/// How a term stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// As a word, under any particle, or as a whole part of a compound.
    Whole,
    /// Inside a word derived from it, as `확장` in `확장성`.
    Derived,
}

/// Returns the form in which a term is matched: folded, without white space and hyphens, and
/// without the ending of a plural.
pub(crate) fn key(term: &str) -> String {
    // Nearly all terms are folded letter by letter; composing them anew would take most of the time.
    let mut key: String = if term.chars().all(is_plain) {
        term.chars().filter(|&c| !is_gap(c)).flat_map(fold_char).collect()
    } else {
        fold(term).chars().filter(|&c| !is_gap(c)).collect()
    };
    let plural = key.len() > 3
        && key.ends_with('s')
        && key.chars().all(|c| c.is_ascii_alphabetic())
        && !["ss", "us", "is", "os"].iter().any(|end| key.ends_with(end));
    if plural {
        key.pop();
    }
    key
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{200B}' | '\u{FEFF}')
}

/// Tells whether `c` is folded by itself, whatever stands beside it.
fn is_plain(c: char) -> bool {
    c.is_ascii() || is_syllable(c) || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3020}')
}

/// Stands where a block ends, so that nothing is found across.
const WALL: char = '\u{1}';

impl Squeezed {
    pub(crate) fn of(visible: &Visible) -> Squeezed {
        let room = visible.text.len();
        let mut out = Squeezed {
            text: String::with_capacity(room),
            starts: Vec::with_capacity(room),
            ends: Vec::with_capacity(room),
        };
        for block in &visible.blocks {
            let text = visible.slice(&block.span);
            if text.chars().all(is_plain) {
                for (at, c) in text.char_indices().filter(|&(_, c)| !is_gap(c)) {
                    let at = block.span.start + at;
                    fold_char(c).for_each(|folded| out.push(folded, at..at + c.len_utf8()));
                }
            } else {
                // Marks and conjoining jamo belong to the letter before them.
                for (at, cluster) in text.grapheme_indices(true) {
                    let at = block.span.start + at;
                    let folded = fold(cluster);
                    for c in folded.chars().filter(|&c| !is_gap(c)) {
                        out.push(c, at..at + cluster.len());
                    }
                }
            }
            out.push(WALL, block.span.end..block.span.end);
        }
        out
    }

    fn push(&mut self, c: char, span: Range<usize>) {
        self.text.push(c);
        self.starts.resize(self.text.len(), span.start);
        self.ends.resize(self.text.len(), span.end);
    }

    /// Returns where `key` stands in the visible text, ascending.
    pub(crate) fn find(&self, visible: &Visible, key: &str) -> Vec<(Range<usize>, Fit)> {
        if key.is_empty() {
            return Vec::new();
        }
        self.text
            .match_indices(key)
            .filter_map(|(at, found)| {
                let start = *self.starts.get(at)?;
                let end = *self.ends.get(at + found.len() - 1)?;
                fit(&visible.text, start..end)
            })
            .collect()
    }
}

/// Tells whether the characters around `span` let it be a term, and returns it with a plural
/// ending if there is one.
fn fit(text: &str, span: Range<usize>) -> Option<(Range<usize>, Fit)> {
    let before = text.get(..span.start)?;
    let found = text.get(span.clone())?;
    let after = text.get(span.end..)?;
    let first = found.chars().next()?;
    let last = found.chars().next_back()?;
    let hangul = found.chars().filter(|&c| is_syllable(c)).count();
    let gaps = found.chars().any(is_gap);
    let whole = is_syllable(first) && is_syllable(last);

    if is_syllable(first) {
        let run = before.chars().rev().take_while(|&c| is_syllable(c)).count();
        // `비동기` is no `동기`; `분산트랜잭션` is a `트랜잭션`.
        if run == 1 || (run > 1 && (hangul < 2 || gaps)) {
            return None;
        }
    } else if before.chars().next_back().is_some_and(joins) {
        return None;
    }

    if is_syllable(last) {
        let end = after.find(|c| !is_syllable(c)).unwrap_or(after.len());
        let rest = after.get(..end)?;
        return match follows(found, rest, whole && hangul < 2) {
            Follow::Ends => Some((span, Fit::Whole)),
            Follow::Derives => Some((span, Fit::Derived)),
            Follow::Differs => None,
        };
    }
    let end = after.find(|c: char| !joins(c)).unwrap_or(after.len());
    let rest = after.get(..end)?;
    let sign = after.get(end..)?;
    let goes_on = (sign.starts_with("++") || sign.starts_with('#') && last.is_alphabetic())
        || sign.starts_with('.') && sign.chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric());
    if rest.is_empty() {
        return (!goes_on).then_some((span, Fit::Whole));
    }
    let rest = rest.to_lowercase();
    let rest = rest.as_str();
    let plural = matches!(rest, "s" | "es") && last.is_alphabetic();
    let inflected = matches!(rest, "ed" | "d" | "ing") && found.len() > 3;
    let derived = matches!(rest, "er" | "ers" | "ion" | "able") && found.len() > 3;
    if plural {
        Some((span.start..span.end + rest.len(), Fit::Whole))
    } else if inflected {
        Some((span, Fit::Whole))
    } else {
        derived.then_some((span, Fit::Derived))
    }
}

/// Tells whether `c` goes on a word of letters and digits.
fn joins(c: char) -> bool {
    c.is_alphanumeric() && !is_syllable(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(term: &str, text: &str, expected: &[&str]) {
        let visible = Visible::of(text);
        let found: Vec<&str> = Squeezed::of(&visible)
            .find(&visible, &key(term))
            .into_iter()
            .filter(|(_, fit)| *fit == Fit::Whole)
            .map(|(span, _)| visible.text.get(span).unwrap())
            .collect();
        assert_eq!(found, expected, "{term} in {text}");
    }

    #[test]
    fn any_particle_spacing_and_case() {
        check("동시성", "동시성을, 동시성에서는 동시성입니다.", &["동시성"; 3]);
        check("분산 락", "분산락을 쓰고 분산 락이 좋다", &["분산락", "분산 락"]);
        check(
            "Read Committed",
            "read-committed와 READ COMMITTED",
            &["read-committed", "READ COMMITTED"],
        );
        check("Redis", "redis는 Redis로", &["redis", "Redis"]);
        check("thread", "Threads 두 개, thread", &["Threads", "thread"]);
        check("락", "락을 걸고 락이 풀린다", &["락", "락"]);
        check("검증", "검증했습니다. 검증되는", &["검증", "검증"]);
    }

    #[test]
    fn other_words_are_not_found() {
        check("동기", "비동기로 처리", &[]);
        check("정규화", "비정규화", &[]);
        check("락", "블락 락커 하락", &[]);
        check("Java", "JavaScript와 Java", &["Java"]);
        check("C", "C++과 C#", &[]);
        check("Node", "Node.js", &[]);
        check("관리", "관리자", &[]);
    }
}
