//! A text in composed form (NFC) with the way back to its own offsets.

use dapanji_korean::is_syllable;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use unicode_segmentation::UnicodeSegmentation as _;

/// Room for the composed form of a text, used again for the next one.
#[derive(Debug, Clone, Default)]
pub(super) struct Buffer {
    text: String,
    /// Where each grapheme starts: in `text`, and in the text as given. Empty if they are the same.
    // Invariant: both rise strictly; a last pair holds the two lengths.
    starts: Vec<(usize, usize)>,
}

impl Buffer {
    /// Composes `text`, and returns the composed form and the map of its offsets.
    pub(super) fn compose<'a>(&'a mut self, text: &'a str) -> (&'a str, Offsets<'a>) {
        self.starts.clear();
        if is_plainly_composed(text) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
            return (text, Offsets { starts: &self.starts });
        }
        self.text.clear();
        for (at, grapheme) in text.grapheme_indices(true) {
            self.starts.push((self.text.len(), at));
            self.text.extend(grapheme.nfc());
        }
        self.starts.push((self.text.len(), text.len()));
        (&self.text, Offsets { starts: &self.starts })
    }
}

/// Tells of nearly all Korean and English texts that they are composed already.
fn is_plainly_composed(text: &str) -> bool {
    let mut rest = text;
    loop {
        // Up to U+02FF, and most syllables, whole planes of which have a first byte of their own.
        let known = |byte: u8| matches!(byte, 0..=0xCB | 0xEB | 0xEC);
        let Some(at) = rest.bytes().position(|byte| !known(byte)) else { return true };
        let Some(other) = rest.get(at..) else { return false };
        let mut chars = other.chars();
        if !chars.next().is_some_and(is_plain) {
            return false;
        }
        rest = chars.as_str();
    }
}

/// Tells of nearly all characters of Korean and English texts that they are composed already, more
/// cheaply than Unicode's tables do.
fn is_plain(c: char) -> bool {
    c < '\u{300}'
        || is_syllable(c)
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3131}'..='\u{318E}' | '\u{4E00}'..='\u{9FFF}')
}

/// Leads from offsets in a composed text to offsets in the text as given, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offsets<'a> {
    starts: &'a [(usize, usize)],
}

impl Offsets<'_> {
    /// Returns where the grapheme at `at` starts.
    pub(super) fn start(self, at: usize) -> usize {
        if self.starts.is_empty() {
            return at;
        }
        let next = self.starts.partition_point(|&(composed, _)| composed <= at);
        next.checked_sub(1).and_then(|i| self.starts.get(i)).map_or(at, |&(_, given)| given)
    }

    /// Returns where the grapheme that `at` ends in ends.
    pub(super) fn end(self, at: usize) -> usize {
        if self.starts.is_empty() {
            return at;
        }
        let next = self.starts.partition_point(|&(composed, _)| composed < at);
        self.starts.get(next).map_or(at, |&(_, given)| given)
    }
}
