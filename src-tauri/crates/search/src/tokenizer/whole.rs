//! A value as one token.

use dapanji_korean::fold;
use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

/// Keeps a text whole, trimmed and folded: for categories.
#[derive(Debug, Clone, Default)]
pub struct WholeTokenizer {
    token: Token,
}

impl Tokenizer for WholeTokenizer {
    type TokenStream<'a> = WholeStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WholeStream<'a> {
        self.token.reset();
        self.token.text = fold(text.trim());
        self.token.offset_to = text.len();
        WholeStream { token: &mut self.token, done: false }
    }
}

/// The token of [`WholeTokenizer`].
pub struct WholeStream<'a> {
    token: &'a mut Token,
    done: bool,
}

impl TokenStream for WholeStream<'_> {
    fn advance(&mut self) -> bool {
        let first = !self.done && !self.token.text.is_empty();
        self.done = true;
        self.token.position = 0;
        first
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
