//! Whether something is in the index at all.

use dapanji_korean::is_hangul;
use tantivy::query::{EnableScoring, PhraseQuery, Query};
use tantivy::schema::Field;
use tantivy::{DocSet as _, Searcher, TERMINATED, TantivyError, Term as IndexTerm};

use super::build::Boxed;
use super::phrase::{pairs, phrase};
use super::{Filter, Term};
use crate::error::SearchError;
use crate::run::paths_with;
use crate::schema::Fields;
use crate::tokenizer::parts;

/// An index to look things up in, whatever they count.
#[derive(Clone, Copy)]
pub(super) struct Index<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: Fields,
}

impl Index<'_> {
    /// Tells whether a word is in the notes, in any of the ways it is looked for.
    pub(super) fn occurs(&self, term: &Term) -> Result<bool, SearchError> {
        if term.hangul {
            if let Some(noun) = &term.noun
                && self.count(self.fields.words, noun)? > 0
            {
                return Ok(true);
            }
            if self.has_hangul(&term.text)? {
                return Ok(true);
            }
            let single = term.text.chars().nth(1).is_none();
            return Ok(single && term.prefix && self.begins_a_word(&term.text)?);
        }
        if self.count(self.fields.bigrams, &term.text)? > 0 {
            return Ok(true);
        }
        let mut apart = parts(&term.text).map(|(_, part)| part).peekable();
        let compound = apart.peek().is_some_and(|first| *first != term.text);
        if compound {
            for part in apart {
                if self.count(self.fields.bigrams, part)? == 0 {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        Ok(term.prefix && self.begins_a_word(&term.text)?)
    }

    /// Tells whether a run of syllables is in the notes, inside words and over spaces too; a single
    /// one as a word.
    pub(super) fn has_hangul(&self, text: &str) -> Result<bool, SearchError> {
        let pairs: Vec<String> = pairs(text).collect();
        if pairs.is_empty() {
            return Ok(self.count(self.fields.words, text)? > 0);
        }
        for pair in &pairs {
            if self.count(self.fields.bigrams, pair)? == 0 {
                return Ok(false);
            }
        }
        if pairs.len() == 1 || self.count(self.fields.words, text)? > 0 {
            return Ok(true);
        }
        let terms = pairs.iter().map(|pair| IndexTerm::from_field_text(self.fields.bigrams, pair));
        self.matches(&PhraseQuery::new(terms.collect()))
    }

    /// Tells whether words stand side by side somewhere.
    pub(super) fn has_phrase(&self, text: &str) -> Result<bool, SearchError> {
        let query: Option<Boxed> = phrase(text, false, self.fields.bigrams);
        query.map_or(Ok(false), |query| self.matches(&*query))
    }

    /// Tells whether a word of the notes begins so, or is this.
    pub(super) fn begins_a_word(&self, text: &str) -> Result<bool, SearchError> {
        self.begins(self.fields.words, text)
    }

    /// Tells whether a term of a field begins so.
    pub(super) fn begins(&self, field: Field, text: &str) -> Result<bool, SearchError> {
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let terms = inverted.terms().range().ge(text.as_bytes());
            let mut terms = terms.into_stream().map_err(TantivyError::from)?;
            if terms.advance() && terms.key().starts_with(text.as_bytes()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the number of documents with a term.
    pub(super) fn count(&self, field: Field, text: &str) -> Result<u64, SearchError> {
        Ok(self.searcher.doc_freq(&IndexTerm::from_field_text(field, text))?)
    }

    /// Tells whether there is anything a filter may pass, as far as its value goes.
    pub(super) fn has_value(&self, filter: &Filter) -> Result<bool, SearchError> {
        Ok(match filter {
            Filter::Category(start) => self.begins(self.fields.category, start)?,
            Filter::Topic(text) => match phrase(text, true, self.fields.topic) {
                Some(query) => self.matches(&*query)?,
                None => false,
            },
            Filter::Post(text) => !paths_with(self.searcher, self.fields, text)?.is_empty(),
            Filter::In(_) | Filter::Is(_) | Filter::Date { .. } => true,
            Filter::OneOf(filters) => {
                for filter in filters {
                    if self.has_value(filter)? {
                        return Ok(true);
                    }
                }
                false
            }
        })
    }

    /// Tells whether anything matches.
    pub(super) fn matches(&self, query: &dyn Query) -> Result<bool, SearchError> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for segment in self.searcher.segment_readers() {
            let mut scorer = weight.scorer(segment, 1.0)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    return Ok(true);
                }
                doc = scorer.advance();
            }
        }
        Ok(false)
    }
}

/// Tells whether a word is written in Hangul.
pub(super) fn is_hangul_word(text: &str) -> bool {
    text.chars().all(is_hangul)
}
