//! Stems of words met before.

use std::fmt;

use dapanji_korean::{possible_noun, strip_particles};

/// Longer words than this many bytes are not remembered; it is nine syllables.
const LONGEST: usize = 27;
/// Words that are remembered; a power of two.
const WORDS: usize = 2048;

/// How much of a word is its stem, in bytes from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stem {
    pub(super) length: usize,
    /// The noun it may be with a particle, where the word is a stem as it is; 0 for none.
    pub(super) noun: usize,
}

/// Finds the stems of words. Few words make up most of any text, and looking one up takes a fraction
/// of the time that taking its particles off does.
#[derive(Clone, Default)]
pub(super) struct Stems {
    /// Each word is at the place that its bytes lead to, or nowhere; empty before the first.
    known: Vec<Known>,
}

/// A word and its stem. No word is all zeros.
#[derive(Clone, Copy, Default)]
struct Known {
    word: Key,
    length: u8,
    noun: u8,
}

/// The bytes of a word, its length behind them.
type Key = [u64; 4];

impl Stems {
    /// Returns the stem of a word of Hangul.
    pub(super) fn of(&mut self, word: &str) -> Stem {
        let Some(key) = key(word) else { return find(word) };
        if self.known.is_empty() {
            self.known.resize(WORDS, Known::default());
        }
        let Some(known) = self.known.get_mut(place(key)) else { return find(word) };
        if known.word != key {
            let stem = find(word);
            let short = |length: usize| u8::try_from(length).unwrap_or(u8::MAX);
            *known = Known { word: key, length: short(stem.length), noun: short(stem.noun) };
        }
        Stem { length: usize::from(known.length), noun: usize::from(known.noun) }
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stems").finish_non_exhaustive()
    }
}

fn find(word: &str) -> Stem {
    let length = strip_particles(word).len();
    let noun = if length == word.len() { possible_noun(word).map_or(0, str::len) } else { 0 };
    Stem { length, noun }
}

fn key(word: &str) -> Option<Key> {
    let mut bytes = [0_u8; 32];
    bytes.get_mut(..word.len()).filter(|_| word.len() <= LONGEST)?.copy_from_slice(word.as_bytes());
    bytes[31] = u8::try_from(word.len()).unwrap_or(0);
    let mut key = [0; 4];
    for (eight, part) in bytes.as_chunks::<8>().0.iter().zip(&mut key) {
        *part = u64::from_le_bytes(*eight);
    }
    Some(key)
}

/// Mixes a key to a place (multiply and rotate, as FxHash does).
fn place(key: Key) -> usize {
    let mixed = key.iter().fold(0_u64, |mixed, part| {
        (mixed.rotate_left(5) ^ part).wrapping_mul(0x517C_C1B7_2722_0A95)
    });
    usize::try_from(mixed >> 40).unwrap_or(0) % WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_met_again_has_the_same_stem() {
        let mut stems = Stems::default();
        for _ in 0..2 {
            assert_eq!(stems.of("동시성을"), Stem { length: 9, noun: 0 });
            assert_eq!(stems.of("락이"), Stem { length: 6, noun: 3 });
            assert_eq!(stems.of("데이터베이스를사용하는것을"), find("데이터베이스를사용하는것을"));
        }
    }

    proptest! {
        #[test]
        fn stems_are_those_of_the_word(words in prop::collection::vec("[가나락이을는동시성하고의]{1,12}", 0..50)) {
            let mut stems = Stems::default();
            for word in words.iter().chain(&words) {
                prop_assert_eq!(stems.of(word), find(word));
            }
        }
    }
}
