//! Tokens on their way out of a stream.

use dapanji_korean::fold_char;
use tantivy_tokenizer_api::Token;

use super::normal::Offsets;

/// Longer Latin words than this many bytes are data (hashes, encoded files) and not indexed.
pub(super) const LONGEST: usize = 255;

/// What a token is made of: two syllables that may stand apart, or a stretch of the text, which may be
/// in a script without upper and lower case.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    Pair(char, char),
    Hangul,
    Stretch,
}

/// A token, in offsets of the composed text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) content: Content,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) position: usize,
}

impl Piece {
    /// Writes this piece of `text` into `token`.
    pub(super) fn write(&self, text: &str, offsets: Offsets<'_>, token: &mut Token) {
        token.text.clear();
        match self.content {
            Content::Pair(first, second) => {
                token.text.push(first);
                token.text.push(second);
            }
            Content::Hangul => {
                token.text.push_str(text.get(self.start..self.end).unwrap_or(""));
            }
            Content::Stretch => {
                fold_into(text.get(self.start..self.end).unwrap_or(""), &mut token.text);
            }
        }
        token.offset_from = offsets.start(self.start);
        token.offset_to = offsets.end(self.end);
        token.position = self.position;
        token.position_length = 1;
    }
}

/// Appends composed `text` in lower case.
pub(super) fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        out.extend(text.chars().flat_map(fold_char));
    }
}

/// Returns the parts of a technical word (`CI/CD`, `node.js`) with their offsets in it, in bytes;
/// one part for a plain word.
pub(crate) fn parts(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    word.split(['.', '-', '_', '/']).filter_map(move |part| {
        let start = at;
        at += part.len() + 1;
        (!part.is_empty()).then_some((start, part))
    })
}

/// Tells whether [`parts`] gives more than the word itself.
pub(super) fn is_compound(word: &str) -> bool {
    word.bytes().any(|byte| matches!(byte, b'.' | b'-' | b'_' | b'/'))
}
