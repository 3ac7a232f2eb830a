//! Words by the initial consonants of their syllables (초성): `ㄷㅅㅅ` for `동시성`.

use std::ops::Range;

use crate::letters::{INITIALS, initial_of, letters, syllable};
use crate::syllable::decompose;

/// Replaces every syllable by its initial consonant and keeps the other characters.
///
/// Decomposed (NFD) syllables count as one.
pub fn initials(text: &str) -> String {
    units(text).map(|unit| unit.initial().unwrap_or(unit.c)).collect()
}

/// Tells whether `word` is nothing but initial consonants, two at least: `ㄷㅅㅅ`.
///
/// Some keyboards join two consonants while they are typed, so `ㅄㄹ` is `ㅂㅅㄹ`.
pub fn is_initials(word: &str) -> bool {
    let mut count = 0_usize;
    let only = letters(word).inspect(|_| count += 1).all(|letter| initial_of(letter).is_some());
    only && count >= 2
}

/// Finds syllables in `word` that begin with the consonants of `pattern` in their order, and
/// returns their bytes in `word`. The first place that fits is returned.
///
/// Other characters of the pattern stand for themselves, so `동ㅅㅅ` and `redisㄹ` are patterns too;
/// case counts. White space within `word` is passed over (`ㅂㅅㄹ` is in `분산 락`), but none is
/// before or behind what is found. An empty pattern is nowhere. Nothing is allocated.
pub fn matches(pattern: &str, word: &str) -> Option<Range<usize>> {
    let first = Wanted::of(first_wanted(units(pattern).next()?.c));
    let mut rest = units(word);
    loop {
        let from = rest.clone();
        let unit = rest.next()?;
        if first.is(unit.c)
            && let Some(end) = matches_here(pattern, from)
        {
            return Some(unit.start..end);
        }
    }
}

/// Returns where the match of `pattern` ends, if one begins right at the next of `found`.
fn matches_here(pattern: &str, mut found: Units<'_>) -> Option<usize> {
    let mut end = None;
    for Unit { c, .. } in units(pattern) {
        if decompose(c).is_some() {
            end = Some(matches_one(c, end, &mut found)?);
            continue;
        }
        for wanted in letters_of(c) {
            end = Some(matches_one(wanted, end, &mut found)?);
        }
    }
    end
}

fn matches_one(wanted: char, before: Option<usize>, units: &mut Units<'_>) -> Option<usize> {
    let mut unit = units.next()?;
    while before.is_some() && unit.c.is_whitespace() && !wanted.is_whitespace() {
        unit = units.next()?;
    }
    Wanted::of(wanted).is(unit.c).then_some(unit.end)
}

fn first_wanted(c: char) -> char {
    if decompose(c).is_some() { c } else { letters_of(c).next().unwrap_or(c) }
}

/// Returns the letters of one character, as typed.
fn letters_of(c: char) -> impl Iterator<Item = char> {
    let mut bytes = [0; 4];
    let mut found = letters(c.encode_utf8(&mut bytes));
    let pair = [found.next(), found.next()];
    pair.into_iter().flatten()
}

/// A syllable or any other character.
#[derive(Debug, Clone, Copy)]
struct Unit {
    /// The composed syllable or the character.
    c: char,
    start: usize,
    end: usize,
}

impl Unit {
    fn initial(self) -> Option<char> {
        let (initial, ..) = decompose(self.c)?;
        INITIALS.get(usize::from(initial)).copied()
    }
}

/// A character of a pattern, and the syllables it stands for.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    c: char,
    /// The first and the last: those with one initial stand in a row in Unicode. Any other
    /// character stands for itself.
    syllables: (char, char),
}

impl Wanted {
    fn of(c: char) -> Self {
        let row = initial_of(c)
            .and_then(|initial| Some((syllable(initial, 0, 0)?, syllable(initial, 20, 27)?)));
        Self { c, syllables: row.unwrap_or((c, c)) }
    }

    #[inline]
    fn is(self, c: char) -> bool {
        c == self.c || (self.syllables.0 <= c && c <= self.syllables.1)
    }
}

fn units(text: &str) -> Units<'_> {
    Units { rest: text, at: 0 }
}

/// Goes through a text syllable by syllable, decomposed ones included.
#[derive(Debug, Clone)]
struct Units<'a> {
    rest: &'a str,
    /// Bytes before `rest`.
    at: usize,
}

impl Iterator for Units<'_> {
    type Item = Unit;

    #[inline]
    fn next(&mut self) -> Option<Unit> {
        let mut chars = self.rest.chars();
        let mut c = chars.next()?;
        if matches!(c, '\u{1100}'..='\u{1112}') {
            c = self.compose(c, &mut chars);
        }
        let length = self.rest.len() - chars.as_str().len();
        let start = self.at;
        self.at += length;
        self.rest = chars.as_str();
        Some(Unit { c, start, end: self.at })
    }
}

impl Units<'_> {
    /// Composes a conjoining initial with what follows it; alone it becomes the letter people type.
    fn compose(&self, initial: char, chars: &mut std::str::Chars<'_>) -> char {
        let number = |c: char, first: u32| u8::try_from(u32::from(c) - first).unwrap_or(u8::MAX);
        let first = number(initial, 0x1100);
        let mut ahead = chars.clone();
        let Some(medial @ '\u{1161}'..='\u{1175}') = ahead.next() else {
            return INITIALS.get(usize::from(first)).copied().unwrap_or(initial);
        };
        *chars = ahead.clone();
        let medial = number(medial, 0x1161);
        let last = match ahead.next() {
            Some(last @ '\u{11A8}'..='\u{11C2}') => {
                *chars = ahead;
                number(last, 0x11A7)
            }
            _ => 0,
        };
        syllable(first, medial, last).unwrap_or(initial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    #[test]
    fn initials_keep_what_is_no_syllable() {
        assert_eq!(initials("동시성 문제"), "ㄷㅅㅅ ㅁㅈ");
        assert_eq!(initials("Redis는 ㄱ🔥"), "Redisㄴ ㄱ🔥");
        assert_eq!(initials("\u{1112}\u{1161}\u{11AB}\u{1100}"), "ㅎㄱ");
    }

    #[test]
    fn only_consonants_are_initials() {
        for word in ["ㄷㅅㅅ", "ㄱㄱ", "ㅄ", "ㅄㄹ", "ㄲㅆ", "\u{1103}\u{1109}"] {
            assert!(is_initials(word), "{word}");
        }
        for word in ["", "ㄷ", "동ㅅ", "ㄷㅏ", "ㄷ ㅅ", "ㄷa", "동시", "ㅏㅏ", "ㆆㅿ"]
        {
            assert!(!is_initials(word), "{word}");
        }
    }

    #[test]
    fn words_are_found_by_their_initials() {
        for (pattern, word, expect) in [
            ("ㄷㅅㅅ", "동시성", Some("동시성")),
            ("ㄷㅅ", "동시성", Some("동시")),
            ("ㅅㅅ", "동시성을", Some("시성")),
            ("ㅂㅅㄹ", "분산 락", Some("분산 락")),
            ("ㅄㄹ", "분산락", Some("분산락")),
            ("ㄷㄷㄹ", "데데드락", Some("데드락")),
            ("동ㅅㅅ", "동시성", Some("동시성")),
            ("ㅅㅅ", "쓰시", None),
            ("ㄲㄹ", "끄라", Some("끄라")),
            ("ㄷㅅㅅ", "동시", None),
            ("redisㄹ", "redis락", Some("redis락")),
            ("ㄱㄴ", "ㄱ나", Some("ㄱ나")),
            ("", "동시성", None),
            ("ㄱ", "", None),
        ] {
            let found = matches(pattern, word).and_then(|span| word.get(span));
            assert_eq!(found, expect, "{pattern} in {word}");
        }
        assert_eq!(matches(&"동ㅅ".nfd().to_string(), "동시"), Some(0..6));
        let word = "x 동시성".nfd().to_string();
        assert_eq!(matches("ㄷㅅㅅ", &word), Some(2..word.len()));
    }

    proptest! {
        #[test]
        fn a_word_is_found_by_its_own_initials(word in "[가-힣]{1,8}") {
            prop_assert_eq!(matches(&initials(&word), &word), Some(0..word.len()));
            prop_assert_eq!(initials(&word).chars().count(), word.chars().count());
            prop_assert_eq!(is_initials(&initials(&word)), word.chars().count() > 1);
            prop_assert_eq!(initials(&word.nfd().to_string()), initials(&word));
        }

        #[test]
        fn what_is_found_has_those_initials(pattern in "[ㄱㄷㅅㅆㅄ]{1,3}", word in "[가-힣 ㄱㅅ]{0,10}") {
            if let Some(span) = matches(&pattern, &word) {
                let found: String = initials(word.get(span).unwrap()).split_whitespace().collect();
                let typed: String = letters(&pattern).collect();
                prop_assert_eq!(found, typed);
            }
        }

        #[test]
        fn any_text_is_taken(pattern in any::<String>(), word in any::<String>()) {
            if let Some(span) = matches(&pattern, &word) {
                prop_assert!(word.get(span).is_some_and(|found| !found.is_empty()));
            }
            is_initials(&pattern);
            initials(&word);
        }
    }
}
