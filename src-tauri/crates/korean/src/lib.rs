//! Hangul: syllables and jamo, initial consonants, keyboard layouts, particles, words.
//!
//! Pure functions over text, for matching. Knows no dictionary: what it says about a word it says
//! from the word's own syllables and from the short tables in `assets/korean`.
//!
//! | to find | ask |
//! |---|---|
//! | `동시성을` by `동시성` | [`strip_particles`], and [`possible_noun`] where that is unsure |
//! | `Redis는` by `redis` | [`words()`], [`fold()`] |
//! | `동시성` by `ㄷㅅㅅ` | [`initials::matches`] |
//! | `동시성` by `ehdtltjd`, `redis` by `ㄱㄷ야ㄴ` | [`layout::to_hangul`], [`layout::to_latin`] |
//! | `동시성` by `동싯` | [`unfinished::readings`] |
//! | `동시성` by `동시송` | [`jamo::distance_at_most_one`] |
//! | `분산 락` by `분산락` | [`spacing`] |
//!
//! Texts may be composed or decomposed (NFD) where nothing else is said.
//!
//! # Why no crate for this
//!
//! Those on crates.io were read for it (2026). `hangul` 0.1, `hangeul` 0.4, `korean` 0.3, `hanmo` 0.1
//! and `rusty_hangul` 0.1 take syllables apart and put them together, which is three lines of
//! arithmetic here; what they return is allocated or fallible for each character, and `hangul` and
//! `korean` have not moved since 2020. `yuru-ko` 0.2 makes initials and keys of a whole text for its own
//! fuzzy finder, one way only; it writes `ㄲ` as `r` and `ㅆ` as `t`, so keys don't lead back. None
//! strips particles, reads keys as Hangul with finals that move on, or compares by letters.
//! `unicode-normalization` and `unicode-segmentation` are used.

pub mod initials;
pub mod jamo;
pub mod layout;
pub mod spacing;
pub mod unfinished;

mod fold;
mod letters;
mod particles;
mod syllable;
mod words;

pub use fold::{fold, fold_char};
pub use particles::{is_particle, possible_noun, strip_particles};
pub use syllable::{decompose, has_final, is_hangul, is_syllable};
pub use words::{Script, Word, Words, joins, words};
