//! Bigrams in a row: words of Hangul, and exact phrases.

use dapanji_korean::{fold, is_hangul};
use tantivy::Term as IndexTerm;
use tantivy::query::{
    PhrasePrefixQuery, PhraseQuery, RegexPhraseQuery, wildcard_query_to_regex_str,
};
use tantivy::schema::Field;
use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};

use super::build::{Boxed, EXPANSIONS, term_query};
use super::row::Row;
use crate::schema::Fields;
use crate::tokenizer::BigramTokenizer;

/// Finds a word by its bigrams in a row; none for a single syllable.
pub(super) fn syllables(text: &str, fields: Fields) -> Option<Boxed> {
    let mut pairs: Vec<IndexTerm> =
        pairs(text).map(|pair| IndexTerm::from_field_text(fields.bigrams, &pair)).collect();
    match pairs.len() {
        0 => None,
        1 => pairs.pop().map(term_query),
        _ => {
            let word = IndexTerm::from_field_text(fields.words, text);
            Some(Box::new(Row { pairs, word }))
        }
    }
}

/// Returns the bigrams of a word.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = String> {
    text.chars().zip(text.chars().skip(1)).map(|(first, second)| [first, second].iter().collect())
}

/// Evens out that a longer word has more bigrams to score with.
#[expect(clippy::cast_precision_loss, reason = "a few bigrams")]
pub(super) fn evened(pairs: usize) -> f32 {
    1.0 / (pairs.max(1) as f32).sqrt()
}

/// Returns the query for an exact phrase, whatever its spacing; none if it has no word.
pub(super) fn phrase(text: &str, open: bool, field: Field) -> Option<Boxed> {
    let folded = fold(text);
    let mut tokenizer = BigramTokenizer::default();
    let mut stream = tokenizer.token_stream(&folded);
    let mut terms: Vec<(usize, String)> = Vec::new();
    while stream.advance() {
        let token = stream.token();
        let syllable = is_syllable_alone(&token.text);
        match terms.last() {
            // A syllable that is also in the pair before it.
            Some((position, last))
                if syllable && *position + 1 == token.position && is_pair(last) => {}
            // A technical word and its parts, or a syllable and the pair it begins.
            Some((position, _)) if *position == token.position => {
                terms.pop();
                terms.push((token.position, token.text.clone()));
            }
            _ => terms.push((token.position, token.text.clone())),
        }
    }
    let unfinished = terms
        .last()
        .is_some_and(|(_, last)| is_syllable_alone(last) || (open && !last.chars().all(is_hangul)));
    if let [.., (before, _), (last, _)] = terms.as_slice()
        && unfinished
        && before + 1 != *last
    {
        return Some(with_gap(terms, field));
    }
    let terms: Vec<(usize, IndexTerm)> = terms
        .into_iter()
        .map(|(position, text)| (position, IndexTerm::from_field_text(field, &text)))
        .collect();
    match terms.len() {
        0 => None,
        _ if unfinished => {
            let mut query = PhrasePrefixQuery::new_with_offset(terms);
            query.set_max_expansions(EXPANSIONS);
            Some(Box::new(query))
        }
        1 => terms.into_iter().next().map(|(_, term)| term_query(term)),
        _ => Some(Box::new(PhraseQuery::new_with_offset(terms))),
    }
}

/// Finds terms in a row, the last of which is only begun and does not stand at the next position:
/// Tantivy's query for prefixes takes it to stand there.
fn with_gap(mut terms: Vec<(usize, String)>, field: Field) -> Boxed {
    let count = terms.len();
    for (at, (_, text)) in terms.iter_mut().enumerate() {
        let rest = if at + 1 == count { ".*" } else { "" };
        // It escapes all but the star.
        let escaped = wildcard_query_to_regex_str(text).replace(".*", r"\*");
        *text = format!("{escaped}{rest}");
    }
    Box::new(RegexPhraseQuery::new_with_offset(field, terms))
}

fn is_pair(text: &str) -> bool {
    text.chars().count() == 2 && text.chars().all(is_hangul)
}

fn is_syllable_alone(text: &str) -> bool {
    text.chars().count() == 1 && text.chars().all(is_hangul)
}
