//! The letters of the two-set keyboard, and how syllables are made of them.
//!
//! A letter is what one key types: the 19 consonants and 14 vowels among the compatibility jamo
//! (`ㄱ` U+3131 to `ㅣ` U+3163). The other vowels (`ㅘ`) and finals (`ㄳ`) are two letters each.

use std::str::Chars;

use crate::syllable::{FINALS, FIRST, PER_INITIAL, decompose};

/// The initial consonants in the order of their numbers.
pub(crate) const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];

/// Stands where there is no second letter, or none at all.
const NONE: char = '\0';

/// One or two letters.
type Pair = [char; 2];

/// The letters of the medials in the order of their numbers.
const MEDIALS: [Pair; 21] = [
    ['ㅏ', NONE],
    ['ㅐ', NONE],
    ['ㅑ', NONE],
    ['ㅒ', NONE],
    ['ㅓ', NONE],
    ['ㅔ', NONE],
    ['ㅕ', NONE],
    ['ㅖ', NONE],
    ['ㅗ', NONE],
    ['ㅗ', 'ㅏ'],
    ['ㅗ', 'ㅐ'],
    ['ㅗ', 'ㅣ'],
    ['ㅛ', NONE],
    ['ㅜ', NONE],
    ['ㅜ', 'ㅓ'],
    ['ㅜ', 'ㅔ'],
    ['ㅜ', 'ㅣ'],
    ['ㅠ', NONE],
    ['ㅡ', NONE],
    ['ㅡ', 'ㅣ'],
    ['ㅣ', NONE],
];

/// The letters of the finals in the order of their numbers, none first.
const FINAL_LETTERS: [Pair; 28] = [
    [NONE, NONE],
    ['ㄱ', NONE],
    ['ㄲ', NONE],
    ['ㄱ', 'ㅅ'],
    ['ㄴ', NONE],
    ['ㄴ', 'ㅈ'],
    ['ㄴ', 'ㅎ'],
    ['ㄷ', NONE],
    ['ㄹ', NONE],
    ['ㄹ', 'ㄱ'],
    ['ㄹ', 'ㅁ'],
    ['ㄹ', 'ㅂ'],
    ['ㄹ', 'ㅅ'],
    ['ㄹ', 'ㅌ'],
    ['ㄹ', 'ㅍ'],
    ['ㄹ', 'ㅎ'],
    ['ㅁ', NONE],
    ['ㅂ', NONE],
    ['ㅂ', 'ㅅ'],
    ['ㅅ', NONE],
    ['ㅆ', NONE],
    ['ㅇ', NONE],
    ['ㅈ', NONE],
    ['ㅊ', NONE],
    ['ㅋ', NONE],
    ['ㅌ', NONE],
    ['ㅍ', NONE],
    ['ㅎ', NONE],
];

/// The compatibility jamo `ㅏ`, the first of the vowels, which stand in the order of the medials.
const FIRST_VOWEL: u32 = 0x314F;

/// Returns the letters of `text`: those of its syllables and jamo, in any form, and every other
/// character as it is.
///
/// Composed and decomposed (NFD) syllables and compatibility jamo give the same letters.
/// Nothing is allocated.
pub fn letters(text: &str) -> Letters<'_> {
    Letters { chars: text.chars(), ahead: [NONE; 4], next: 0, count: 0 }
}

/// The iterator of [`letters`].
#[derive(Debug, Clone)]
pub struct Letters<'a> {
    chars: Chars<'a>,
    /// Letters of the last character that are still to come: `next..count`.
    ahead: [char; 4],
    next: u8,
    count: u8,
}

impl Letters<'_> {
    #[inline]
    fn put(&mut self, letter: char) {
        if letter != NONE
            && let Some(place) = self.ahead.get_mut(usize::from(self.count))
        {
            *place = letter;
            self.count += 1;
        }
    }

    #[inline]
    fn put_pair(&mut self, pair: Pair) {
        self.put(pair[0]);
        self.put(pair[1]);
    }
}

impl Iterator for Letters<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        if self.next < self.count {
            let letter = self.ahead.get(usize::from(self.next)).copied();
            self.next += 1;
            return letter;
        }
        let c = self.chars.next()?;
        (self.next, self.count) = (0, 0);
        if let Some((initial, medial, last)) = decompose(c) {
            self.put_pair(pair(&MEDIALS, medial));
            self.put_pair(pair(&FINAL_LETTERS, last));
            return INITIALS.get(usize::from(initial)).copied();
        }
        let [first, second] = jamo(c);
        self.put(second);
        Some(first)
    }
}

fn pair(table: &[Pair], number: u8) -> Pair {
    table.get(usize::from(number)).copied().unwrap_or([NONE; 2])
}

/// Returns the letters of a jamo, conjoining or not; any other character is itself.
#[inline]
fn jamo(c: char) -> Pair {
    if !matches!(c, '\u{1100}'..='\u{11C2}' | '\u{3131}'..='\u{3163}') {
        return [c, NONE];
    }
    let place = |first: u32| u8::try_from(u32::from(c) - first).unwrap_or(u8::MAX);
    match c {
        '\u{1100}'..='\u{1112}' => {
            [INITIALS.get(usize::from(place(0x1100))).copied().unwrap_or(c), NONE]
        }
        '\u{1161}'..='\u{1175}' => pair(&MEDIALS, place(0x1161)),
        '\u{11A8}'..='\u{11C2}' => pair(&FINAL_LETTERS, place(0x11A7)),
        '\u{314F}'..='\u{3163}' => pair(&MEDIALS, place(FIRST_VOWEL)),
        'ㄳ' => ['ㄱ', 'ㅅ'],
        'ㄵ' => ['ㄴ', 'ㅈ'],
        'ㄶ' => ['ㄴ', 'ㅎ'],
        'ㄺ' => ['ㄹ', 'ㄱ'],
        'ㄻ' => ['ㄹ', 'ㅁ'],
        'ㄼ' => ['ㄹ', 'ㅂ'],
        'ㄽ' => ['ㄹ', 'ㅅ'],
        'ㄾ' => ['ㄹ', 'ㅌ'],
        'ㄿ' => ['ㄹ', 'ㅍ'],
        'ㅀ' => ['ㄹ', 'ㅎ'],
        'ㅄ' => ['ㅂ', 'ㅅ'],
        _ => [c, NONE],
    }
}

/// Returns the number of an initial consonant.
#[inline]
pub(crate) fn initial_of(letter: char) -> Option<u8> {
    numbered(INITIALS.iter().position(|&known| known == letter))
}

/// Returns the number of a medial that is one letter.
pub(crate) fn medial_of(letter: char) -> Option<u8> {
    medial_of_pair([letter, NONE])
}

/// Returns the number of a final that is one letter.
pub(crate) fn final_of(letter: char) -> Option<u8> {
    final_of_pair([letter, NONE])
}

/// Returns the number of the medial that `letter` makes of medial `number`: `ㅗ` and `ㅏ` are `ㅘ`.
pub(crate) fn medial_with(number: u8, letter: char) -> Option<u8> {
    let [first, second] = pair(&MEDIALS, number);
    if second == NONE { medial_of_pair([first, letter]) } else { None }
}

/// Returns the number of the final that `letter` makes of final `number`: `ㄱ` and `ㅅ` are `ㄳ`.
pub(crate) fn final_with(number: u8, letter: char) -> Option<u8> {
    let [first, second] = pair(&FINAL_LETTERS, number);
    if second == NONE { final_of_pair([first, letter]) } else { None }
}

/// Takes the last letter off final `number`: what stays, and the number of the letter as an
/// initial. So `값` and `이` become `갑` and `시`.
pub(crate) fn final_without_last(number: u8) -> Option<(u8, u8)> {
    match pair(&FINAL_LETTERS, number) {
        [NONE, _] => None,
        [only, NONE] => Some((0, initial_of(only)?)),
        [first, second] => Some((final_of(first)?, initial_of(second)?)),
    }
}

/// Returns the letter of medial `number`, joined (`ㅘ`) if it is two.
pub(crate) fn vowel(number: u8) -> Option<char> {
    char::from_u32(FIRST_VOWEL + u32::from(number)).filter(|_| number < 21)
}

/// Returns the syllable of these numbers, as [`decompose`] gives them.
pub(crate) fn syllable(initial: u8, medial: u8, last: u8) -> Option<char> {
    let index = u32::from(initial) * PER_INITIAL + u32::from(medial) * FINALS + u32::from(last);
    (initial < 19 && medial < 21 && last < 28).then(|| char::from_u32(FIRST + index))?
}

fn medial_of_pair(wanted: Pair) -> Option<u8> {
    numbered(MEDIALS.iter().position(|&known| known == wanted))
}

fn final_of_pair(wanted: Pair) -> Option<u8> {
    numbered(FINAL_LETTERS.iter().skip(1).position(|&known| known == wanted)).map(|at| at + 1)
}

fn numbered(place: Option<usize>) -> Option<u8> {
    place.and_then(|place| u8::try_from(place).ok())
}
