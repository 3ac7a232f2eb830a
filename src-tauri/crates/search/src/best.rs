//! The best parts, by score and preference.

use std::sync::Arc;

use rayon::prelude::*;
use tantivy::columnar::Column;
use tantivy::fastfield::AliveBitSet;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::document::PartKind;
use crate::error::SearchError;
use crate::query::Matching;
use crate::schema::column;

/// Parts with their scores.
pub(crate) type Ranked = Vec<(Score, DocAddress)>;

/// Returns how many parts match, and the best `limit` of them.
///
/// `scores` has those of each segment, and what scores nothing does not match; without scores all
/// that match are alike but for preference.
pub(crate) fn best(
    searcher: &Searcher,
    preferences: &[Arc<Preferences>],
    matching: &Matching,
    scores: Option<&[Vec<Score>]>,
    limit: usize,
) -> Result<(usize, Ranked), SearchError> {
    let weight = match matching {
        Matching::Nothing => return Ok((0, Vec::new())),
        Matching::Anything => None,
        Matching::Found(query) => {
            Some(query.weight(EnableScoring::disabled_from_searcher(searcher))?)
        }
    };
    let of_segment = |(nth, segment): (usize, &SegmentReader)| -> Result<_, SearchError> {
        let Some(preferences) = preferences.get(nth) else { return Ok((0, Vec::new())) };
        let ordinal = SegmentOrdinal::try_from(nth).unwrap_or(SegmentOrdinal::MAX);
        let mut best = BestOfSegment::new(ordinal, segment, preferences, limit);
        let scores = scores.map(|scores| scores.get(nth).map_or(&[][..], |all| all));
        match (&weight, scores) {
            (Some(weight), scores) => weight.for_each_no_score(segment, &mut |docs| {
                for &doc in docs {
                    let score = scores.map_or(1.0, |scores| {
                        scores.get(doc as usize).copied().unwrap_or_default()
                    });
                    best.see(doc, score);
                }
            })?,
            (None, Some(scores)) => best.see_all(scores),
            (None, None) => (0..segment.max_doc()).for_each(|doc| best.see(doc, 1.0)),
        }
        Ok((best.count, best.best))
    };
    let segments = searcher.segment_readers().par_iter().enumerate().map(of_segment);
    let (mut count, mut ranked) = (0, Vec::new());
    for (matching, best) in segments.collect::<Result<Vec<_>, SearchError>>()? {
        count += matching;
        ranked.extend(best);
    }
    ranked.sort_unstable_by(order);
    ranked.truncate(limit);
    Ok((count, ranked))
}

/// Parts that are looked at together.
const STRETCH: usize = 16;

/// The best parts of a segment so far.
struct BestOfSegment<'a> {
    alive: Option<&'a AliveBitSet>,
    limit: usize,
    ordinal: SegmentOrdinal,
    preferences: &'a [f32],
    count: usize,
    /// What ranks no higher is not among the best.
    least: Score,
    /// Up to twice the limit, as they came.
    best: Ranked,
}

impl<'a> BestOfSegment<'a> {
    fn new(
        ordinal: SegmentOrdinal,
        segment: &'a SegmentReader,
        preferences: &'a Preferences,
        limit: usize,
    ) -> Self {
        let alive = segment.alive_bitset();
        let preferences = &preferences.0;
        Self { alive, limit, ordinal, preferences, count: 0, least: 0.0, best: Vec::new() }
    }

    /// Sees all parts of the segment, most of which score nothing or too little.
    fn see_all(&mut self, scores: &[Score]) {
        let preferences = self.preferences.chunks(STRETCH);
        let stretches = scores.chunks(STRETCH).zip(preferences);
        for (first, (stretch, preferences)) in (0..).step_by(STRETCH).zip(stretches) {
            // Without a branch for each part, which compilers make quick.
            let least = if self.alive.is_none() { self.least } else { 0.0 };
            let ranks = stretch.iter().zip(preferences).map(|(score, factor)| score * factor);
            if ranks.fold(false, |any, rank| any | (rank > least)) {
                for (doc, &score) in (first..).zip(stretch) {
                    self.see(doc, score);
                }
            } else {
                self.count += stretch.iter().filter(|&&score| score > 0.0).count();
            }
        }
    }

    #[inline]
    fn see(&mut self, doc: DocId, score: Score) {
        if score <= 0.0 || self.alive.is_some_and(|alive| alive.is_deleted(doc)) {
            return;
        }
        self.count += 1;
        let rank = score * self.preferences.get(doc as usize).copied().unwrap_or(1.0);
        // Of equals the first is kept, and parts come in their order.
        if rank > self.least && self.limit > 0 {
            self.add(doc, rank);
        }
    }

    fn add(&mut self, doc: DocId, rank: Score) {
        self.best.push((rank, DocAddress::new(self.ordinal, doc)));
        if self.best.len() >= self.limit.saturating_mul(2) {
            self.best.select_nth_unstable_by(self.limit - 1, order);
            self.best.truncate(self.limit);
            self.least = self.best.last().map_or(0.0, |&(rank, _)| rank);
        }
    }
}

/// The better first, and among equals the one that was indexed before.
fn order(one: &(Score, DocAddress), other: &(Score, DocAddress)) -> std::cmp::Ordering {
    other.0.total_cmp(&one.0).then(one.1.cmp(&other.1))
}

/// Returns what the score of a part is multiplied by to become its rank.
pub(crate) fn preference(searcher: &Searcher, at: DocAddress) -> f32 {
    Preference::of(searcher.segment_reader(at.segment_ord)).factor(at.doc_id)
}

/// The [preference] of each part of a segment.
pub(crate) struct Preferences(Vec<f32>);

impl Preferences {
    pub(crate) fn read(segment: &SegmentReader) -> Self {
        let preference = Preference::of(segment);
        Self((0..segment.max_doc()).map(|doc| preference.factor(doc)).collect())
    }
}

/// What turns the score of a part into its rank: questions before the rest, own answers before model
/// answers, the newer before the older. All slight, but for questions.
struct Preference {
    parts: Option<Column<u64>>,
    dates: Option<Column<i64>>,
}

impl Preference {
    fn of(segment: &SegmentReader) -> Self {
        let columns = segment.fast_fields();
        Self { parts: columns.u64(column::PART).ok(), dates: columns.i64(column::DATE).ok() }
    }

    /// Returns what the score of a part is multiplied by.
    fn factor(&self, doc: DocId) -> f32 {
        let part = self.parts.as_ref().and_then(|parts| parts.first(doc));
        let date = self.dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(0);
        weight(part.and_then(PartKind::from_code)) * (1.0 + recency(date))
    }
}

fn weight(part: Option<PartKind>) -> f32 {
    match part {
        Some(PartKind::Question) => 1.25,
        Some(PartKind::Answer) => 1.0,
        Some(PartKind::ModelAnswer) => 0.95,
        Some(PartKind::Hint | PartKind::Section) | None => 0.9,
    }
}

/// Returns a part in a thousand for each year since 2000, rising by days.
#[expect(clippy::cast_precision_loss, reason = "days since 2000 are few")]
fn recency(date: i64) -> f32 {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let days = ((year - 2000) * 12 + month) * 31 + day;
    days.clamp(0, 372 * 100) as f32 / 372_000.0
}
