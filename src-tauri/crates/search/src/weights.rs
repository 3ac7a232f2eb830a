//! How rare a word is in the library.

use std::fmt;

use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};
use tantivy::{Searcher, Term};

use crate::schema::Fields;
use crate::tokenizer::WordTokenizer;

/// The weight of words by the parts they occur in, as of when it was taken from the index.
#[derive(Clone)]
pub struct Weights {
    searcher: Searcher,
    fields: Fields,
    documents: f32,
}

impl Weights {
    #[expect(clippy::cast_precision_loss, reason = "a count of documents, for a logarithm")]
    pub(crate) fn new(searcher: Searcher, fields: Fields) -> Self {
        let documents = searcher.num_docs() as f32;
        Self { searcher, fields, documents }
    }

    /// Returns how rare `term` is: 1 for one that occurs nowhere, near 0 for one that occurs
    /// everywhere. The mean over its words, read without particles.
    pub fn weight(&self, term: &str) -> f32 {
        let mut tokenizer = WordTokenizer::default();
        let mut stream = tokenizer.token_stream(term);
        let (mut sum, mut count) = (0.0, 0.0);
        let mut position = None;
        while stream.advance() {
            let token = stream.token();
            // Further tokens at a position are other readings of the same word.
            if position.replace(token.position) != Some(token.position) {
                sum += self.rarity(&token.text);
                count += 1.0;
            }
        }
        if count > 0.0 { sum / count } else { 1.0 }
    }

    /// The inverse document frequency, as a share of what it is for a word that never occurs.
    #[expect(clippy::cast_precision_loss, reason = "a count of documents, for a logarithm")]
    fn rarity(&self, word: &str) -> f32 {
        let term = Term::from_field_text(self.fields.words, word);
        // A weight is no reason to fail: a word that cannot be looked up counts as unknown.
        let occurs =
            self.searcher.doc_freq(&term).unwrap_or(0).min(self.searcher.num_docs()) as f32;
        let inverse = |occurs: f32| (1.0 + (self.documents - occurs + 0.5) / (occurs + 0.5)).ln();
        inverse(occurs) / inverse(0.0)
    }
}

impl fmt::Debug for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Weights").field("documents", &self.documents).finish_non_exhaustive()
    }
}
