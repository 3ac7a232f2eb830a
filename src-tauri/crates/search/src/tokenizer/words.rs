//! Words without their particles.

use dapanji_korean::{Script, Words, is_particle, words};
use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

use super::normal::{Buffer, Offsets};
use super::pieces::{Content, LONGEST, Piece, is_compound, parts};
use super::stems::Stems;

/// Cuts a text into words, without the particles behind them.
///
/// Where a particle is not sure (`락이`), the word and its possible noun stand at the same position.
/// A particle right behind a word of another script (`Redis는`) or a closing mark is dropped.
#[derive(Debug, Clone, Default)]
pub struct WordTokenizer {
    buffer: Buffer,
    pieces: Vec<Piece>,
    stems: Stems,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        self.pieces.clear();
        let (text, offsets) = self.buffer.compose(text);
        WordStream {
            text,
            offsets,
            words: words(text),
            pieces: &mut self.pieces,
            stems: &mut self.stems,
            next: 0,
            position: 0,
            token: &mut self.token,
        }
    }
}

/// The tokens of [`WordTokenizer`].
pub struct WordStream<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    words: Words<'a>,
    /// The tokens of the word at hand; those before `next` are out.
    pieces: &'a mut Vec<Piece>,
    stems: &'a mut Stems,
    next: usize,
    position: usize,
    token: &'a mut Token,
}

impl WordStream<'_> {
    fn fill(&mut self) -> bool {
        self.pieces.clear();
        self.next = 0;
        let Some(word) = self.words.next() else { return false };
        let start = word.span.start;
        let position = self.position;
        let mut push = |content, at: usize, length: usize, position| {
            if length <= LONGEST {
                let (start, end) = (start + at, start + at + length);
                self.pieces.push(Piece { content, start, end, position });
            }
        };
        match word.script {
            Script::Hangul => {
                if !behind_space(self.text, start) && is_particle(word.text) {
                    return true;
                }
                let stem = self.stems.of(word.text);
                push(Content::Hangul, 0, stem.length, position);
                if stem.noun > 0 {
                    push(Content::Hangul, 0, stem.noun, position);
                }
                self.position += 1;
            }
            Script::Latin | Script::Digit | Script::Other => {
                push(Content::Stretch, 0, word.text.len(), position);
                if is_compound(word.text) {
                    for (at, part) in parts(word.text) {
                        push(Content::Stretch, at, part.len(), self.position);
                        self.position += 1;
                    }
                } else {
                    self.position += 1;
                }
            }
        }
        true
    }
}

/// Tells whether a word at `start` begins the text or follows white space.
fn behind_space(text: &str, start: usize) -> bool {
    text.get(..start).and_then(|before| before.chars().next_back()).is_none_or(char::is_whitespace)
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(piece) = self.pieces.get(self.next) {
                piece.write(self.text, self.offsets, self.token);
                self.next += 1;
                return true;
            }
            if !self.fill() {
                return false;
            }
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
