//! What else the best parts for a sentence speak of.
//!
//! Pseudo-relevance feedback (Rocchio 1971; the weights are those of Lavrenko and Croft, "Relevance
//! based language models", 2001, with rarity): the words that mark the best parts lead to others that
//! say the same in other words.

use std::collections::HashMap;

use rayon::prelude::*;
use tantivy::schema::Value as _;
use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};
use tantivy::{Score, Searcher, TantivyDocument, Term};

use crate::best::Ranked;
use crate::error::SearchError;
use crate::schema::Fields;
use crate::scores::{Piece, Scores, What};
use crate::tokenizer::WordTokenizer;

/// Parts that are taken to be about what is asked.
pub(crate) const PARTS: usize = 5;
/// Words that are taken from them.
const WORDS: usize = 20;
/// Words whose rarity is looked up.
const CANDIDATES: usize = 80;
/// Words in more parts than this mark none, and adding them up would take long.
const COMMON: u64 = 2_000;
/// What all these words count together, beside the query's own.
const BOOST: Score = 0.4;
/// Bytes of a part that are looked at.
const MOST_BYTES: usize = 8 * 1024;

/// Returns the words that mark `best`, the best parts so far, for others that score already.
pub(crate) fn pieces(
    searcher: &Searcher,
    fields: Fields,
    scores: &Scores<'_>,
    best: &Ranked,
) -> Result<Vec<Piece>, SearchError> {
    let mut shares: HashMap<String, Score> = HashMap::new();
    let total: Score = best.iter().map(|(score, _)| score).sum();
    let mut tokenizer = WordTokenizer::default();
    for &(score, at) in best {
        let document: TantivyDocument = searcher.doc(at)?;
        let text = document.get_first(fields.text).and_then(|text| text.as_str()).unwrap_or("");
        let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or("");
        let mut words = Vec::new();
        tokenizer.token_stream(text).process(&mut |token| words.push(token.text.clone()));
        #[expect(clippy::cast_precision_loss, reason = "words of a part, for a share")]
        let share = score / total / words.len().max(1) as Score;
        for word in words {
            if word.chars().nth(1).is_some() {
                *shares.entry(word).or_default() += share;
            }
        }
    }
    let mut words: Vec<(String, Score)> = shares.into_iter().collect();
    keep_most(&mut words, CANDIDATES);
    let having = |word: &str| searcher.doc_freq(&Term::from_field_text(fields.words, word));
    let marks = words.into_par_iter().map(|(word, share)| -> Result<_, SearchError> {
        let having = having(&word)?;
        Ok((having <= COMMON).then(|| (word, share * scores.rarity(having))))
    });
    let marks = marks.collect::<Result<Vec<_>, SearchError>>()?;
    let mut marks: Vec<(String, Score)> = marks.into_iter().flatten().collect();
    keep_most(&mut marks, WORDS);
    let all: Score = marks.iter().map(|(_, mark)| mark).sum();
    let piece = |(word, mark): (String, Score)| Piece {
        what: What::Beside(Term::from_field_text(fields.words, &word)),
        boost: BOOST * mark / all.max(Score::MIN_POSITIVE),
    };
    Ok(marks.into_iter().map(piece).collect())
}

/// Keeps the `count` words with the largest figures, the largest first.
fn keep_most(words: &mut Vec<(String, Score)>, count: usize) {
    // The word decides between equals, so that an answer is the same each time.
    words
        .sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    words.truncate(count);
}
