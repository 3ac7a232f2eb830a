//! Syllables taken apart into the letters people type, put together again, and compared by them.
//!
//! The letters are those of the two-set keyboard, so `ㅘ` is `ㅗㅏ` and the final `ㄳ` is `ㄱㅅ`: one
//! slip of a finger is one letter, wherever in a syllable it happens.

use crate::letters::{
    INITIALS, final_of, final_with, final_without_last, initial_of, medial_of, medial_with,
    syllable, vowel,
};
pub use crate::letters::{Letters, letters};

/// Replaces every syllable and jamo of `text` by its letters: `값과` is `ㄱㅏㅂㅅㄱㅗㅏ`.
///
/// Other characters stay. For matching only: lengths change.
pub fn decompose_all(text: &str) -> String {
    letters(text).collect()
}

/// Puts letters together to syllables, as a two-set keyboard does: `ㄱㅏㅂㅅㄱㅗㅏ` is `값과`.
///
/// A text of whole syllables, taken apart by [`decompose_all`], comes back as it was. A jamo that
/// stood alone may find a syllable to join (`도ㅇ` is `동`), vowels alone join each other (`ㅗㅏ` is
/// `ㅘ`), and consonants alone don't.
pub fn compose(text: &str) -> String {
    compose_letters(letters(text), text.len())
}

pub(crate) fn compose_letters(letters: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut composer = Composer { out: String::with_capacity(capacity), open: Open::Nothing };
    letters.for_each(|letter| composer.push(letter));
    composer.flush();
    composer.out
}

/// Tells whether at most one letter makes the difference between two texts: one too many, one
/// missing, another one in its place, or two neighbours that changed places.
///
/// So `동시송` is near `동시성`, and so is `redsi` to `redis`. The same texts are near each other.
/// Case counts; fold the texts first. Nothing is allocated.
///
/// This is "optimal string alignment" (Damerau 1964) asked for a distance of one, for which it is
/// enough to look past the first difference in each of the four ways.
pub fn distance_at_most_one(one: &str, other: &str) -> bool {
    let (mut one, mut other) = past_common_start(one, other);
    loop {
        return match (one.next(), other.next()) {
            (None, None) => true,
            (Some(_), None) => one.next().is_none(),
            (None, Some(_)) => other.next().is_none(),
            (Some(first), Some(second)) if first == second => continue,
            (Some(first), Some(second)) => differ_by_one(first, one, second, other),
        };
    }
}

/// Returns the letters from the first character on that differs.
fn past_common_start<'a>(one: &'a str, other: &'a str) -> (Letters<'a>, Letters<'a>) {
    let mut bytes = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    while !(one.is_char_boundary(bytes) && other.is_char_boundary(bytes)) {
        bytes -= 1;
    }
    let rest = |text: &'a str| letters(text.get(bytes..).unwrap_or(""));
    (rest(one), rest(other))
}

/// Tells whether `first` and what follows it differs from `second` and what follows that, which is
/// another letter, by one letter only.
fn differ_by_one(first: char, one: Letters<'_>, second: char, other: Letters<'_>) -> bool {
    let replaced = || one.clone().eq(other.clone());
    let surplus = || one.clone().eq(std::iter::once(second).chain(other.clone()));
    let missing = || std::iter::once(first).chain(one.clone()).eq(other.clone());
    let swapped = || {
        let (mut one, mut other) = (one.clone(), other.clone());
        one.next() == Some(second) && other.next() == Some(first) && one.eq(other)
    };
    replaced() || surplus() || missing() || swapped()
}

/// Writes letters as syllables, like an input method.
struct Composer {
    out: String,
    open: Open,
}

/// The syllable that is being written, by the numbers of its parts.
#[derive(Clone, Copy)]
enum Open {
    Nothing,
    Initial(u8),
    /// A vowel without a consonant before it.
    Vowel(u8),
    /// Initial and medial.
    Two(u8, u8),
    /// Initial, medial and final.
    Three(u8, u8, u8),
}

impl Composer {
    fn push(&mut self, letter: char) {
        if let Some(initial) = initial_of(letter) {
            self.push_consonant(letter, initial);
        } else if let Some(medial) = medial_of(letter) {
            self.push_vowel(letter, medial);
        } else {
            self.flush();
            self.out.push(letter);
        }
    }

    fn push_consonant(&mut self, letter: char, initial: u8) {
        let closed = match self.open {
            Open::Two(first, medial) => final_of(letter).map(|last| (first, medial, last)),
            Open::Three(first, medial, last) => {
                final_with(last, letter).map(|last| (first, medial, last))
            }
            Open::Nothing | Open::Initial(_) | Open::Vowel(_) => None,
        };
        match closed {
            Some((first, medial, last)) => self.open = Open::Three(first, medial, last),
            None => self.start(Open::Initial(initial)),
        }
    }

    fn push_vowel(&mut self, letter: char, medial: u8) {
        match self.open {
            Open::Nothing => self.open = Open::Vowel(medial),
            Open::Initial(initial) => self.open = Open::Two(initial, medial),
            Open::Vowel(before) => match medial_with(before, letter) {
                Some(joined) => self.open = Open::Vowel(joined),
                None => self.start(Open::Vowel(medial)),
            },
            Open::Two(initial, before) => match medial_with(before, letter) {
                Some(joined) => self.open = Open::Two(initial, joined),
                None => self.start(Open::Vowel(medial)),
            },
            // The last consonant turns out to begin the next syllable.
            Open::Three(initial, before, last) => match final_without_last(last) {
                Some((kept, moved)) => {
                    self.out.extend(syllable(initial, before, kept));
                    self.open = Open::Two(moved, medial);
                }
                None => self.start(Open::Vowel(medial)),
            },
        }
    }

    fn start(&mut self, open: Open) {
        self.flush();
        self.open = open;
    }

    fn flush(&mut self) {
        self.out.extend(match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => None,
            Open::Initial(initial) => INITIALS.get(usize::from(initial)).copied(),
            Open::Vowel(medial) => vowel(medial),
            Open::Two(initial, medial) => syllable(initial, medial, 0),
            Open::Three(initial, medial, last) => syllable(initial, medial, last),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    #[test]
    fn syllables_come_apart_into_letters() {
        for (text, expect) in [
            ("동시성", "ㄷㅗㅇㅅㅣㅅㅓㅇ"),
            ("값과", "ㄱㅏㅂㅅㄱㅗㅏ"),
            ("꽑", "ㄲㅗㅏㄹㄱ"),
            ("ㄳㅘㄲ", "ㄱㅅㅗㅏㄲ"),
            ("\u{1112}\u{1161}\u{11AB}", "ㅎㅏㄴ"),
            ("\u{1100}\u{11B9}", "ㄱㅂㅅ"),
            ("Redis는 🔥", "Redisㄴㅡㄴ 🔥"),
            // Letters no keyboard has any more stay as they are.
            ("ㆍㅿ\u{1140}", "ㆍㅿ\u{1140}"),
            ("", ""),
        ] {
            assert_eq!(decompose_all(text), expect, "{text}");
        }
    }

    #[test]
    fn letters_come_together_as_on_a_keyboard() {
        for (letters, expect) in [
            ("ㄷㅗㅇㅅㅣㅅㅓㅇ", "동시성"),
            ("ㄱㅏㅂㅅㅣ", "갑시"),
            ("ㄱㅏㅂㅅ", "값"),
            ("ㄱㅏㅂㅅㅅ", "값ㅅ"),
            ("ㄱㅏㄸㅏ", "가따"),
            ("ㅇㅣㅆㄷㅏ", "있다"),
            ("ㄷㅗㅏ", "돠"),
            ("ㄷㅏㅗ", "다ㅗ"),
            ("ㅗㅏㅣ", "ㅘㅣ"),
            ("ㄱㅅㄱ", "ㄱㅅㄱ"),
            ("도ㅇ", "동"),
            ("동싯ㅓ", "동시서"),
            ("ㄱ1ㅏ", "ㄱ1ㅏ"),
        ] {
            assert_eq!(compose(letters), expect, "{letters}");
        }
    }

    #[test]
    fn every_syllable_comes_back() {
        for c in '가'..='힣' {
            let one = c.to_string();
            assert_eq!(compose(&decompose_all(&one)), one);
            assert_eq!(decompose_all(&one.nfd().to_string()), decompose_all(&one));
        }
    }

    #[test]
    fn one_slip_is_near() {
        for (one, other) in [
            ("동시성", "동시송"),
            ("동시성", "동시서"),
            ("동시성", "동시성ㅇ"),
            ("동시성", "동싯엉"),
            ("동시성", "똥시성"),
            ("트랜잭션", "트랜젝션"),
            ("데드락", "데드랑"),
            ("과", "고"),
            ("값", "갑"),
            ("redis", "redsi"),
            ("redis", "rdis"),
            ("", "a"),
            ("", ""),
        ] {
            assert!(distance_at_most_one(one, other), "{one} {other}");
            assert!(distance_at_most_one(other, one), "{other} {one}");
        }
        for (one, other) in [
            ("동시성", "동기성ㅇ"),
            ("동시성", "동기송"),
            ("과", "가나"),
            ("동시", "동시성"),
            ("redis", "reids2"),
            ("", "ab"),
            ("ab", "cd"),
        ] {
            assert!(!distance_at_most_one(one, other), "{one} {other}");
            assert!(!distance_at_most_one(other, one), "{other} {one}");
        }
    }

    /// The distance by its definition, with the whole table.
    fn distance(one: &str, other: &str) -> usize {
        let (one, other): (Vec<char>, Vec<char>) =
            (letters(one).collect(), letters(other).collect());
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(one[i - 1] != other[j - 1]);
                    let mut least = (table[i - 1][j - 1] + same)
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[one.len()][other.len()]
    }

    proptest! {
        #[test]
        fn syllables_taken_apart_come_back(text in "[가-힣 a-z]{0,12}") {
            prop_assert_eq!(compose(&decompose_all(&text)), text);
        }

        #[test]
        fn composing_keeps_the_letters(text in "[ㄱ-ㅣ가-힣ᄀ-ᇂ a]{0,12}") {
            prop_assert_eq!(decompose_all(&compose(&text)), decompose_all(&text));
        }

        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            prop_assert_eq!(decompose_all(&compose(&text)), decompose_all(&text));
        }

        #[test]
        fn near_is_what_the_definition_says(one in "[동시성송ㅅㅇa]{0,4}", other in "[동시성송ㅅㅇa]{0,4}") {
            prop_assert_eq!(distance_at_most_one(&one, &other), distance(&one, &other) <= 1);
            prop_assert_eq!(distance_at_most_one(&one, &other), distance_at_most_one(&other, &one));
        }

        #[test]
        fn a_slip_anywhere_is_near(
            word in "[가-힣]{1,8}",
            at in any::<prop::sample::Index>(),
            slip in prop::sample::select(vec!['ㄱ', 'ㅆ', 'ㅏ', 'ㅗ', 'ㅣ']),
            kind in 0..4,
        ) {
            let mut typed: Vec<char> = letters(&word).collect();
            // A swap needs a neighbour.
            let at = at.index(typed.len() - usize::from(kind == 3));
            match kind {
                0 => typed.insert(at, slip),
                1 => drop(typed.remove(at)),
                2 => typed[at] = slip,
                _ => typed.swap(at, at + 1),
            }
            let typed: String = typed.into_iter().collect();
            prop_assert!(distance_at_most_one(&word, &compose(&typed)));
        }
    }
}
