//! Syllable bigrams with positions.

use dapanji_korean::{Script, Words, is_hangul, words};
use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

use super::normal::{Buffer, Offsets};
use super::pieces::{Content, LONGEST, Piece, is_compound, parts};

/// Cuts Hangul into pairs of syllables, and keeps words of other scripts whole.
///
/// Every syllable is a position, and a pair has the position of its first, so that the pairs of a
/// word in a row are that word. A pair also reaches over white space (`분산 락` holds `산락`), so that
/// a compound is found however it is spaced; not where a particle closes the first word. A single syllable is a token of its own as well.
/// The parts of a technical word (`CI/CD`) follow it at rising positions.
#[derive(Debug, Clone, Default)]
pub struct BigramTokenizer {
    buffer: Buffer,
    pieces: Vec<Piece>,
    token: Token,
}

impl Tokenizer for BigramTokenizer {
    type TokenStream<'a> = BigramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BigramStream<'a> {
        self.token.reset();
        self.pieces.clear();
        let (text, offsets) = self.buffer.compose(text);
        BigramStream {
            text,
            offsets,
            words: words(text),
            pieces: &mut self.pieces,
            next: 0,
            position: 0,
            last: None,
            token: &mut self.token,
        }
    }
}

/// The tokens of [`BigramTokenizer`].
pub struct BigramStream<'a> {
    text: &'a str,
    offsets: Offsets<'a>,
    words: Words<'a>,
    /// The tokens of the word at hand; those before `next` are out.
    pieces: &'a mut Vec<Piece>,
    next: usize,
    /// Of the next syllable or word.
    position: usize,
    /// The last syllable of the word before, if that was Hangul.
    last: Option<Syllable>,
    token: &'a mut Token,
}

#[derive(Clone, Copy)]
struct Syllable {
    c: char,
    start: usize,
    end: usize,
}

impl BigramStream<'_> {
    /// Puts the tokens of the next word into `pieces`.
    fn fill(&mut self) -> bool {
        self.pieces.clear();
        self.next = 0;
        let Some(word) = self.words.next() else { return false };
        match word.script {
            Script::Hangul => self.fill_hangul(word.text, word.span.start),
            Script::Latin | Script::Digit | Script::Other => {
                self.fill_whole(word.text, word.span.start);
            }
        }
        true
    }

    fn fill_hangul(&mut self, word: &str, start: usize) {
        let mut before = self.last.take().filter(|last| {
            !is_ending(last.c)
                && self
                    .text
                    .get(last.end..start)
                    .is_some_and(|gap| gap.chars().all(char::is_whitespace))
        });
        let mut count = 0;
        let mut syllable = Syllable { c: ' ', start, end: start };
        for (at, c) in word.char_indices().filter(|&(_, c)| is_hangul(c)) {
            syllable = Syllable { c, start: start + at, end: start + at + c.len_utf8() };
            if let Some(before) = before {
                self.pieces.push(Piece {
                    content: Content::Pair(before.c, c),
                    start: before.start,
                    end: syllable.end,
                    position: self.position.saturating_sub(1),
                });
            }
            before = Some(syllable);
            self.position += 1;
            count += 1;
        }
        if count == 1 {
            self.pieces.push(Piece {
                content: Content::Hangul,
                start: syllable.start,
                end: syllable.end,
                position: self.position - 1,
            });
        }
        self.last = before;
    }

    fn fill_whole(&mut self, word: &str, start: usize) {
        self.last = None;
        let mut push = |at: usize, word: &str, position| {
            if word.len() <= LONGEST {
                let (start, end) = (start + at, start + at + word.len());
                self.pieces.push(Piece { content: Content::Stretch, start, end, position });
            }
        };
        push(0, word, self.position);
        if is_compound(word) {
            for (at, part) in parts(word) {
                push(at, part, self.position);
                self.position += 1;
            }
        } else {
            self.position += 1;
        }
    }
}

/// Tells whether a word that ends in `c` is hardly the first part of a compound.
fn is_ending(c: char) -> bool {
    matches!(c, '을' | '를' | '은' | '는' | '에' | '된' | '될' | '다' | '며' | '면' | '른')
}

impl TokenStream for BigramStream<'_> {
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
