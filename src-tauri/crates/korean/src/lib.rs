//! Hangul: syllables and jamo, initial consonants, particles, word splitting.
//!
//! Pure functions over text. Knows no dictionary: what it says about a word it says from the
//! word's own syllables.

mod fold;
mod particles;
mod syllable;
mod words;

pub use fold::{fold, fold_char};
pub use particles::{is_particle, possible_noun, strip_particles};
pub use syllable::{decompose, has_final, initials, is_hangul, is_syllable};
pub use words::{Script, Word, Words, words};
