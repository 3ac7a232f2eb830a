//! A text taken apart: what is visible, its sentences, its words.

use std::collections::HashSet;
use std::ops::Range;

use dapanji_korean::is_syllable;

use crate::numbers::{Quantity, quantities};
use crate::sentence::sentences;
use crate::squeezed::Squeezed;
use crate::token::{Token, tokens};
use crate::visible::{BlockKind, Visible};

/// One of the two texts.
#[derive(Debug)]
pub(crate) struct Analysis {
    pub(crate) visible: Visible,
    pub(crate) squeezed: Squeezed,
    // Invariant: ascending and disjoint.
    pub(crate) sentences: Vec<Sentence>,
    // Invariant: ascending and disjoint.
    pub(crate) tokens: Vec<Token>,
    pub(crate) quantities: Vec<Quantity>,
    /// Keys of all words, for asking whether a word is known.
    keys: HashSet<String>,
    /// Whether the text is Korean, so that foreign words in it are technical.
    pub(crate) korean: bool,
}

/// A sentence in the visible text.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Bytes of the visible text.
    pub(crate) span: Range<usize>,
    pub(crate) kind: BlockKind,
    /// Its words, as indices.
    pub(crate) tokens: Range<usize>,
}

impl Analysis {
    pub(crate) fn of(source: &str) -> Analysis {
        let visible = Visible::of(source);
        let tokens = tokens(&visible);
        let mut found = Vec::new();
        for block in visible.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
            let inside =
                |span: &&Range<usize>| span.start >= block.span.start && span.end <= block.span.end;
            let whole: Vec<Range<usize>> = visible
                .code
                .iter()
                .filter(inside)
                .map(|span| span.start - block.span.start..span.end - block.span.start)
                .collect();
            for span in sentences(visible.slice(&block.span), &whole) {
                let span = block.span.start + span.start..block.span.start + span.end;
                let first = tokens.partition_point(|token| token.span.start < span.start);
                let last = tokens.partition_point(|token| token.span.start < span.end);
                found.push(Sentence { span, kind: block.kind, tokens: first..last });
            }
        }
        let squeezed = Squeezed::of(&visible);
        let quantities = quantities(&visible.text);
        let keys = tokens.iter().map(|token| token.key.clone()).collect();
        let hangul = visible.text.chars().filter(|&c| is_syllable(c)).count();
        let letters = visible.text.chars().filter(char::is_ascii_alphabetic).count();
        let korean = hangul * 4 >= letters;
        Analysis { visible, squeezed, sentences: found, tokens, quantities, keys, korean }
    }

    /// Tells whether a word of the text has this key.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Returns where sentence number `at` stands in `source`, the text that was analysed.
    pub(crate) fn sentence_source(&self, source: &str, at: usize) -> Range<usize> {
        let sentence = self.sentences.get(at);
        sentence.map_or(0..0, |sentence| self.visible.source_with_marks(source, &sentence.span))
    }

    /// Returns the words of `sentence`.
    pub(crate) fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }
}

impl Analysis {
    /// Tells whether the visible text from `end` to `start` is at most a particle and a space.
    pub(crate) fn is_near(&self, end: usize, start: usize) -> bool {
        let Some(between) = self.visible.text.get(end..start) else { return false };
        let particle = between.trim();
        !between.contains('\n') && (particle.is_empty() || dapanji_korean::is_particle(particle))
    }
}
