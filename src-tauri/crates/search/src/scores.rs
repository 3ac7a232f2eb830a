//! What each part scores for the pieces of a query.
//!
//! BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009),
//! term by term over dense sums (Turtle and Flood, "Query evaluation: strategies and optimizations",
//! 1995): a query has few terms, and adding up whole postings is quicker than looking parts up.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Query, Weight};
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

impl What {
    fn term(&self) -> Option<&Term> {
        match self {
            Self::Term(term) | Self::Beside(term) => Some(term),
            Self::Query(_) => None,
        }
    }
}

/// A piece as it is added to the scores of each segment: what is the same in all of them is looked up
/// once.
enum Adding {
    Term {
        field: Field,
        /// Where it is in each segment.
        found: Vec<Option<TermInfo>>,
        /// What more and more occurrences come near to.
        most: Score,
        /// Whether it counts only for parts that score already.
        beside: bool,
    },
    Query {
        weight: Box<dyn Weight>,
        boost: Score,
    },
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
        let adding = pieces.iter().map(|piece| self.parts.adding(piece));
        let mut adding = adding.collect::<Result<Vec<_>, SearchError>>()?;
        // What counts only for parts that score already, when all of them do.
        adding.sort_by_key(Adding::is_beside);
        let mut damping = BTreeMap::new();
        for field in pieces.iter().filter_map(|piece| piece.what.term()).map(Term::field) {
            if let Entry::Vacant(free) = damping.entry(field) {
                free.insert(self.parts.damping(field)?);
            }
        }
        let segments = self.parts.searcher.segment_readers().par_iter();
        segments.zip(&mut self.by_segment).enumerate().try_for_each(|(nth, (segment, scores))| {
            for one in &adding {
                one.add_to(nth, segment, &damping, scores)?;
            }
            Ok(())
        })
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

    /// Returns how rare a term is that is in so many documents, as BM25 has it.
    pub(crate) fn rarity(&self, having: u64) -> Score {
        self.parts.rarity(having)
    }
}

impl Adding {
    fn is_beside(&self) -> bool {
        matches!(self, Self::Term { beside: true, .. })
    }

    /// Adds to `scores`, those of the parts of `segment`, which is the `nth`.
    #[expect(clippy::cast_precision_loss, reason = "occurrences are few")]
    fn add_to(
        &self,
        nth: usize,
        segment: &SegmentReader,
        damping: &BTreeMap<Field, Damping>,
        scores: &mut [Score],
    ) -> Result<(), SearchError> {
        let (field, info, most, beside) = match self {
            Self::Term { field, found, most, beside } => match found.get(nth) {
                Some(Some(info)) => (*field, info, *most, *beside),
                _ => return Ok(()),
            },
            Self::Query { weight, boost } => {
                return Ok(weight.for_each(segment, &mut |doc, score| {
                    if let Some(sum) = scores.get_mut(doc as usize) {
                        *sum += boost * score;
                    }
                })?);
            }
        };
        let Some(damping) = damping.get(&field) else { return Ok(()) };
        let index = segment.inverted_index(field)?;
        let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        let mut postings = postings.map_err(TantivyError::from)?;
        let lengths = segment.get_fieldnorms_reader(field)?;
        loop {
            let docs = postings.docs();
            if docs.is_empty() {
                return Ok(());
            }
            for (&doc, &count) in docs.iter().zip(postings.freqs()) {
                let Some(sum) = scores.get_mut(doc as usize) else { continue };
                if beside && *sum <= 0.0 {
                    continue;
                }
                let count = count as Score;
                let length = usize::from(lengths.fieldnorm_id(doc));
                let damping = damping.get(length).copied().unwrap_or(K1);
                *sum += most * count / (count + damping);
            }
            postings.advance();
        }
    }
}

/// What occurrences are weighed against, for each class of lengths that the index keeps.
type Damping = [Score; 256];

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
    fn rarity(&self, having: u64) -> Score {
        let having = having.min(self.count) as Score;
        (1.0 + (self.count as Score - having + 0.5) / (having + 0.5)).ln()
    }

    fn adding(&self, piece: &Piece) -> Result<Adding, SearchError> {
        let term = match &piece.what {
            What::Term(term) | What::Beside(term) => term,
            What::Query(query) => {
                let scoring = EnableScoring::enabled_from_statistics_provider(self, self.searcher);
                return Ok(Adding::Query { weight: query.weight(scoring)?, boost: piece.boost });
            }
        };
        let mut having = 0;
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(term.field())?;
            let info = index.get_term_info(term).map_err(TantivyError::from)?;
            having += info.as_ref().map_or(0, |info| u64::from(info.doc_freq));
            found.push(info);
        }
        Ok(Adding::Term {
            field: term.field(),
            found,
            most: piece.boost * self.rarity(having) * (K1 + 1.0),
            beside: matches!(piece.what, What::Beside(_)),
        })
    }

    /// Returns what occurrences are weighed against, for each class of lengths that the index keeps.
    #[expect(clippy::cast_precision_loss, reason = "lengths, which are kept roughly anyway")]
    fn damping(&self, field: Field) -> Result<Damping, SearchError> {
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
