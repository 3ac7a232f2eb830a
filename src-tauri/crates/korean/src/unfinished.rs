//! Words that end in the middle of a syllable, as they do while being typed: `동싯` on the way to
//! `동시성`.
//!
//! A consonant that is typed behind a syllable joins it, until the next vowel shows that it began
//! the next one. So the last syllable of an unfinished word may turn out otherwise than it looks.

use std::ops::RangeInclusive;

use crate::letters::{
    final_of, final_with, final_without_last, initial_of, letters, medial_with, syllable,
};
use crate::syllable::{decompose, is_syllable};

/// One way in which an unfinished word may go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The syllables that are settled.
    pub settled: &'a str,
    /// One more settled syllable, where the last one gave a consonant to the next: the `시` of `동싯`.
    pub given: Option<char>,
    /// What the next character may be: syllables that stand in a row in Unicode.
    pub next: RangeInclusive<char>,
}

impl Reading<'_> {
    /// Returns the settled syllables as one text.
    pub fn start(&self) -> String {
        self.settled.chars().chain(self.given).collect()
    }

    /// Tells whether `word` goes on in this way.
    pub fn fits(&self, word: &str) -> bool {
        let Some(rest) = word.strip_prefix(self.settled) else { return false };
        let mut rest = rest.chars();
        self.given.is_none_or(|given| rest.next() == Some(given))
            && rest.next().is_some_and(|c| self.next.contains(&c))
    }
}

/// Returns the ways in which `word`, which is composed, may go on; none if it does not end in Hangul
/// under way.
///
/// | word | readings |
/// |---|---|
/// | `동싯` | `동` and `싯`; `동시` and `사` to `싷` |
/// | `동시ㅅ` | the same, as these are the same keys |
/// | `고` | `고` to `굏`, as `과` begins with `고` |
/// | `값` | `값`; `갑` and `사` to `싷` |
pub fn readings(word: &str) -> impl Iterator<Item = Reading<'_>> {
    ways(word).into_iter().flatten()
}

fn ways(word: &str) -> [Option<Reading<'_>>; 3] {
    let mut chars = word.chars();
    let Some(last) = chars.next_back() else { return [None, None, None] };
    let before = chars.as_str();
    if let Some((initial, medial, closing)) = decompose(last) {
        return match closing {
            0 => [open(before, initial, medial), None, None],
            closing => closed(before, initial, medial, closing),
        };
    }
    let Some(begun) = initial_of(last) else { return [None, None, None] };
    // A consonant behind an open syllable is its final to the keyboard.
    let joined = chars.next_back().and_then(decompose).and_then(|(initial, medial, closing)| {
        let closing = if closing == 0 { final_of(last) } else { final_with(closing, last) }?;
        Some(closed(chars.as_str(), initial, medial, closing))
    });
    joined.unwrap_or_else(|| [next_syllable(before, None, begun), None, None])
}

/// The readings of an open syllable: with any final, and with the vowels that begin with its own.
fn open(settled: &str, initial: u8, medial: u8) -> Option<Reading<'_>> {
    let further = ['ㅏ', 'ㅓ', 'ㅐ', 'ㅔ', 'ㅣ'];
    let widest = further.into_iter().filter_map(|letter| medial_with(medial, letter)).max();
    let next = syllable(initial, medial, 0)?..=syllable(initial, widest.unwrap_or(medial), 27)?;
    Some(Reading { settled, given: None, next })
}

/// The readings of a syllable with a final: as it is, with a longer final, and with the last
/// consonant given to the next syllable.
fn closed(settled: &str, initial: u8, medial: u8, closing: u8) -> [Option<Reading<'_>>; 3] {
    let exact = |closing| {
        let c = syllable(initial, medial, closing)?;
        Some(Reading { settled, given: None, next: c..=c })
    };
    let mut longer = ['ㄱ', 'ㅁ', 'ㅂ', 'ㅅ', 'ㅈ', 'ㅌ', 'ㅍ', 'ㅎ']
        .into_iter()
        .filter_map(|letter| final_with(closing, letter));
    let longest = longer.clone().max();
    // Finals that begin with another one follow it in a row, but for `ㄳ`, which follows `ㄲ`.
    let longer = longer.next().and_then(|first| {
        let next = syllable(initial, medial, first)?..=syllable(initial, medial, longest?)?;
        Some(Reading { settled, given: None, next })
    });
    let given = final_without_last(closing)
        .and_then(|(kept, begun)| next_syllable(settled, syllable(initial, medial, kept), begun));
    [exact(closing), longer, given]
}

fn next_syllable(settled: &str, given: Option<char>, initial: u8) -> Option<Reading<'_>> {
    let next = syllable(initial, 0, 0)?..=syllable(initial, 20, 27)?;
    Some(Reading { settled, given, next })
}

/// Tells whether `word` may be what comes of `begun`: whether its keys begin with those.
///
/// So `동싯`, `동시ㅅ`, `도` and `동시성` are all the beginning of `동시성`. In any form, composed or
/// not; case counts. Nothing is allocated.
pub fn may_become(begun: &str, word: &str) -> bool {
    let mut keys = letters(word);
    letters(begun).all(|letter| keys.next() == Some(letter))
}

/// Tells whether the last syllable of `word` may still change, so that it is worth trying
/// [`readings`] beyond the word itself: a final, or a consonant alone behind syllables.
pub fn may_change(word: &str) -> bool {
    let mut chars = word.chars();
    match chars.next_back() {
        Some(last) if is_syllable(last) => decompose(last).is_some_and(|(.., closing)| closing > 0),
        Some(last) => initial_of(last).is_some() && chars.next_back().is_some_and(is_syllable),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jamo::{compose, decompose_all};
    use proptest::prelude::*;

    fn check(word: &str, expect: &str) {
        let found: Vec<String> = readings(word)
            .map(|reading| {
                let (first, last) = (reading.next.start(), reading.next.end());
                match first == last {
                    true => format!("{}[{first}]", reading.start()),
                    false => format!("{}[{first}-{last}]", reading.start()),
                }
            })
            .collect();
        assert_eq!(found.join(" "), expect, "{word}");
    }

    #[test]
    fn how_words_may_go_on() {
        check("동싯", "동[싯] 동시[사-싷]");
        check("동시ㅅ", "동[싯] 동시[사-싷]");
        check("동시", "동[시-싷]");
        check("도", "[도-됳]");
        check("고", "[고-굏]");
        check("그", "[그-긯]");
        check("과", "[과-괗]");
        check("동", "[동] 도[아-잏]");
        check("값", "[값] 갑[사-싷]");
        check("갑", "[갑] [값] 가[바-빟]");
        check("각", "[각] [갃] 가[가-깋]");
        check("갈", "[갈] [갉-갏] 가[라-맇]");
        check("갑ㅅ", "[값] 갑[사-싷]");
        check("갑ㄷ", "갑[다-딯]");
        check("가ㄸ", "가[따-띻]");
        check("있", "[있] 이[싸-앃]");
        check("ㄷ", "[다-딯]");
        check("ㄷㅅ", "ㄷ[사-싷]");
        check("redis", "");
        check("ㅏ", "");
        check("", "");
    }

    #[test]
    fn what_may_become_of_a_word() {
        for begun in ["", "ㄷ", "도", "동", "동ㅅ", "동시", "동싯", "동시ㅅ", "동시서", "동시성"]
        {
            assert!(may_become(begun, "동시성"), "{begun}");
        }
        for begun in ["동사", "동시성을", "시", "a"] {
            assert!(!may_become(begun, "동시성"), "{begun}");
        }
        assert!(may_become("갃", "각사") && may_become("고", "과정") && may_become("red", "redis"));
    }

    #[test]
    fn which_words_may_change() {
        for word in ["동싯", "동시ㅅ", "락", "값"] {
            assert!(may_change(word), "{word}");
        }
        for word in ["동시", "", "ㄷㅅ", "ㄷ", "redis", "동시ㅏ"] {
            assert!(!may_change(word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn every_beginning_of_the_keys_leads_to_the_word(word in "[가-힣]{1,5}", keys in any::<prop::sample::Index>()) {
            let typed: Vec<char> = decompose_all(&word).chars().collect();
            let typed: String = typed.iter().take(keys.index(typed.len()) + 1).collect();
            let begun = compose(&typed);
            prop_assert!(may_become(&begun, &word));
            prop_assert!(readings(&begun).any(|reading| reading.fits(&word)), "{} {}", begun, word);
        }

        #[test]
        fn a_reading_is_what_may_become_of_it(begun in "[가-힣]{0,2}[가-힣ㄱㅅㅎ]", word in "[가-힣]{1,4}") {
            let fits = readings(&begun).any(|reading| reading.fits(&word));
            prop_assert_eq!(fits, may_become(&begun, &word), "{} {}", begun, word);
        }

        #[test]
        fn any_text_is_taken(word in any::<String>()) {
            prop_assert!(readings(&word).all(|reading| word.starts_with(reading.settled)));
            may_change(&word);
        }
    }
}
