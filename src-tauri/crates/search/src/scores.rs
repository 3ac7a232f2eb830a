//! What each part scores for the pieces of a query.
//!
//! BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009),
//! term by term over dense sums (Turtle and Flood, "Query evaluation: strategies and optimizations",
//! 1995): a query has few terms, and adding up whole postings is quicker than looking parts up.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Score, Searcher, SegmentReader, TantivyError, Term};

use crate::document::POST_RECORD;
use crate::error::SearchError;
use crate::schema::Fields;

/// How soon further occurrences of a term count less.
const K1: Score = 1.2;
/// How much the length of a part counts.
const B: Score = 0.75;

/// A piece of a query: what of it scores for itself.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) what: What,
    /// What it counts.
    pub(crate) boost: Score,
}

#[derive(Debug)]
pub(crate) enum What {
    Term(Term),
    /// Anything that scores by itself.
    Query(Box<dyn Query>),
    /// A term that counts only for parts that score already.
    Beside(Term),
}

/// The scores of all parts of an index.
pub(crate) struct Scores<'a> {
    parts: Parts<'a>,
    /// Those of each segment, by the numbers of the parts; 0 for those without any piece.
    by_segment: Vec<Vec<Score>>,
}

impl<'a> Scores<'a> {
    /// Returns the scores where nothing scores yet.
    pub(crate) fn new(searcher: &'a Searcher, fields: Fields) -> Result<Self, SearchError> {
        let segments = searcher.segment_readers().iter();
        let by_segment = segments.map(|segment| vec![0.0; segment.max_doc() as usize]).collect();
        Ok(Self { parts: Parts::of(searcher, fields)?, by_segment })
    }

    /// Adds what `pieces` score.
    pub(crate) fn add(&mut self, pieces: &[Piece]) -> Result<(), SearchError> {
        for (segment, scores) in
            self.parts.searcher.segment_readers().iter().zip(&mut self.by_segment)
        {
            for piece in pieces {
                match &piece.what {
                    What::Term(term) => {
                        self.parts.each(segment, term, piece.boost, |doc, score| {
                            if let Some(sum) = scores.get_mut(doc) {
                                *sum += score;
                            }
                        })?;
                    }
                    What::Query(query) => {
                        let scoring = EnableScoring::enabled_from_statistics_provider(
                            &self.parts,
                            self.parts.searcher,
                        );
                        query.weight(scoring)?.for_each(segment, &mut |doc, score| {
                            if let Some(sum) = scores.get_mut(doc as usize) {
                                *sum += piece.boost * score;
                            }
                        })?;
                    }
                    What::Beside(_) => {}
                }
            }
            for piece in pieces {
                if let What::Beside(term) = &piece.what {
                    self.parts.each(segment, term, piece.boost, |doc, score| {
                        if let Some(sum) = scores.get_mut(doc).filter(|sum| **sum > 0.0) {
                            *sum += score;
                        }
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Returns those of each segment.
    pub(crate) fn by_segment(&self) -> &[Vec<Score>] {
        &self.by_segment
    }

    /// Returns that of one part.
    pub(crate) fn at(&self, at: DocAddress) -> Score {
        let segment = self.by_segment.get(at.segment_ord as usize);
        segment.and_then(|scores| scores.get(at.doc_id as usize)).copied().unwrap_or_default()
    }

    /// Returns how rare a term is, as BM25 has it.
    pub(crate) fn rarity(&self, term: &Term) -> Result<Score, SearchError> {
        self.parts.rarity(term)
    }
}

/// What BM25 is to know of the index: the parts alone, without the records of posts, which have no
/// text and would halve the mean length where posts are short.
struct Parts<'a> {
    searcher: &'a Searcher,
    count: u64,
}

impl<'a> Parts<'a> {
    fn of(searcher: &'a Searcher, fields: Fields) -> Result<Self, SearchError> {
        let records = searcher.doc_freq(&Term::from_field_u64(fields.part, POST_RECORD))?;
        let count = searcher.total_num_docs()?.saturating_sub(records).max(1);
        Ok(Self { searcher, count })
    }

    #[expect(clippy::cast_precision_loss, reason = "counts, for a logarithm")]
    fn rarity(&self, term: &Term) -> Result<Score, SearchError> {
        let having = self.searcher.doc_freq(term)?.min(self.count) as Score;
        Ok((1.0 + (self.count as Score - having + 0.5) / (having + 0.5)).ln())
    }

    /// Calls `add` with each part of `segment` that has `term`, and what it scores for that.
    #[expect(clippy::cast_precision_loss, reason = "occurrences are few")]
    fn each(
        &self,
        segment: &SegmentReader,
        term: &Term,
        boost: Score,
        mut add: impl FnMut(usize, Score),
    ) -> Result<(), SearchError> {
        let index = segment.inverted_index(term.field())?;
        let postings = index.read_block_postings(term, IndexRecordOption::WithFreqs);
        let Some(mut postings) = postings.map_err(TantivyError::from)? else { return Ok(()) };
        let most = boost * self.rarity(term)? * (K1 + 1.0);
        let damping = self.damping(term.field())?;
        let lengths = segment.get_fieldnorms_reader(term.field())?;
        loop {
            let docs = postings.docs();
            if docs.is_empty() {
                return Ok(());
            }
            for (&doc, &count) in docs.iter().zip(postings.freqs()) {
                let count = count as Score;
                let length = usize::from(lengths.fieldnorm_id(doc));
                let damping = damping.get(length).copied().unwrap_or(K1);
                add(doc as usize, most * count / (count + damping));
            }
            postings.advance();
        }
    }

    /// Returns what occurrences are weighed against, for each class of lengths that the index keeps.
    #[expect(clippy::cast_precision_loss, reason = "lengths, which are kept roughly anyway")]
    fn damping(&self, field: Field) -> Result<[Score; 256], SearchError> {
        let mean = self.searcher.total_num_tokens(field)? as Score / self.count as Score;
        let mut damping = [K1; 256];
        for (class, damping) in (0_u8..=255).zip(&mut damping) {
            // The index keeps the least length of a class; in its middle is what to expect.
            let least = FieldNormReader::id_to_fieldnorm(class);
            let next = FieldNormReader::id_to_fieldnorm(class.saturating_add(1));
            let middle = (least as Score + next.saturating_sub(1).max(least) as Score) / 2.0;
            *damping = K1 * (1.0 - B + B * middle / mean.max(1.0));
        }
        Ok(damping)
    }
}

impl Bm25StatisticsProvider for Parts<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.count)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}
