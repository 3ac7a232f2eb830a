//! Syllables in a row: the bigrams of a word, one after the other.

use tantivy::postings::{Postings as _, SegmentPostings};
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Finds a word by its bigrams, wherever it stands; as a phrase of them does, but without scores and
/// without a look at positions where the index knows the word as it is.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its bigrams; at least one.
    pub(super) pairs: Vec<Term>,
    /// The word itself. Wherever that is, the bigrams stand in a row.
    pub(super) word: Term,
}

impl Query for Row {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Row {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut pairs = Vec::with_capacity(self.pairs.len());
        for (at, pair) in (0..).zip(&self.pairs) {
            let index = segment.inverted_index(pair.field())?;
            match index.read_postings(pair, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => pairs.push((at, postings)),
                None => return Ok(Box::new(EmptyScorer)),
            }
        }
        // The rarest leads.
        pairs.sort_by_key(|(_, postings)| postings.size_hint());
        let index = segment.inverted_index(self.word.field())?;
        let word = index.read_postings(&self.word, IndexRecordOption::Basic)?;
        let mut docs = RowDocs { pairs, word, places: Vec::new(), others: Vec::new() };
        let first = docs.doc();
        docs.settle(first);
        Ok(Box::new(ConstScorer::new(docs, boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(segment, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("syllables in a row", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("Document #({doc}) does not match")))
    }
}

/// The documents that have the row.
struct RowDocs {
    /// The bigrams with their places in the word, the rarest first.
    // Invariant: outside of `settle` all are at the same document, which has the row, or at the end.
    pairs: Vec<(u32, SegmentPostings)>,
    word: Option<SegmentPostings>,
    /// Room for positions.
    places: Vec<u32>,
    others: Vec<u32>,
}

impl RowDocs {
    /// Goes to the first document from `at` on, where the first bigram is, that has the row.
    fn settle(&mut self, mut at: DocId) -> DocId {
        loop {
            at = self.align(at);
            if at == TERMINATED || self.is_here(at) {
                return at;
            }
            at = self.pairs.first_mut().map_or(TERMINATED, |(_, first)| first.advance());
        }
    }

    /// Goes to the first document from `at` on that has all bigrams.
    fn align(&mut self, mut at: DocId) -> DocId {
        let Some(((_, first), rest)) = self.pairs.split_first_mut() else { return TERMINATED };
        'again: loop {
            if at == TERMINATED {
                return at;
            }
            for (_, other) in rest.iter_mut() {
                let there = if other.doc() < at { other.seek(at) } else { other.doc() };
                if there > at {
                    at = first.seek(there);
                    continue 'again;
                }
            }
            return at;
        }
    }

    /// Tells whether the bigrams stand in a row in document `at`, which has them all.
    fn is_here(&mut self, at: DocId) -> bool {
        if self.pairs.len() < 2 {
            return true;
        }
        if let Some(word) = &mut self.word {
            let there = if word.doc() < at { word.seek(at) } else { word.doc() };
            if there == at {
                return true;
            }
        }
        let Self { pairs, places, others, .. } = self;
        let Some(((before, first), rest)) = pairs.split_first_mut() else { return false };
        first.positions(places);
        for (behind, other) in rest {
            other.positions(others);
            places.retain(|&place| {
                let wanted = (place + *behind).checked_sub(*before);
                wanted.is_some_and(|wanted| others.binary_search(&wanted).is_ok())
            });
            if places.is_empty() {
                return false;
            }
        }
        true
    }
}

impl DocSet for RowDocs {
    fn advance(&mut self) -> DocId {
        let next = self.pairs.first_mut().map_or(TERMINATED, |(_, first)| first.advance());
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        let next = self.pairs.first_mut().map_or(TERMINATED, |(_, first)| first.seek(target));
        self.settle(next)
    }

    fn doc(&self) -> DocId {
        self.pairs.first().map_or(TERMINATED, |(_, first)| first.doc())
    }

    fn size_hint(&self) -> u32 {
        self.pairs.first().map_or(0, |(_, first)| first.size_hint())
    }
}
