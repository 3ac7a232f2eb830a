//! The best parts, by score and preference.

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
    let (mut count, mut ranked) = (0, Vec::new());
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut best = BestOfSegment::new(ordinal, segment, limit);
        let scores = scores.map(|scores| scores.get(ordinal as usize).map_or(&[][..], |all| all));
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
        count += best.count;
        ranked.extend(best.best);
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
    preference: Preference,
    count: usize,
    /// A score that is not among the best whatever the preference.
    least: Score,
    /// Up to twice the limit, as they came.
    best: Ranked,
}

impl<'a> BestOfSegment<'a> {
    fn new(ordinal: SegmentOrdinal, segment: &'a SegmentReader, limit: usize) -> Self {
        let (alive, preference) = (segment.alive_bitset(), Preference::of(segment));
        Self { alive, limit, ordinal, preference, count: 0, least: 0.0, best: Vec::new() }
    }

    /// Sees all parts of the segment, most of which score nothing or too little.
    fn see_all(&mut self, scores: &[Score]) {
        for (first, stretch) in (0..).step_by(STRETCH).zip(scores.chunks(STRETCH)) {
            // Without a branch for each part, which compilers make quick.
            let least = if self.alive.is_none() { self.least } else { 0.0 };
            if stretch.iter().fold(false, |any, &score| any | (score > least)) {
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
        if score > self.least && self.limit > 0 {
            self.add(doc, score);
        }
    }

    fn add(&mut self, doc: DocId, score: Score) {
        let address = DocAddress::new(self.ordinal, doc);
        self.best.push((score * self.preference.factor(doc), address));
        if self.best.len() >= self.limit.saturating_mul(2) {
            self.best.select_nth_unstable_by(self.limit - 1, order);
            self.best.truncate(self.limit);
            let last = self.best.last().map_or(0.0, |&(score, _)| score);
            self.least = last / Preference::MOST;
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

/// What turns the score of a part into its rank: questions before the rest, own answers before model
/// answers, the newer before the older. All slight, but for questions.
struct Preference {
    parts: Option<Column<u64>>,
    dates: Option<Column<i64>>,
}

impl Preference {
    /// No factor is larger: that of a question in 2100.
    const MOST: f32 = 1.25 * 1.1;

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
