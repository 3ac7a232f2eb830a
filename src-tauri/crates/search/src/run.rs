//! Asks the index and makes hits of what it finds.

use std::collections::HashSet;
use std::ops::Range;

use dapanji_korean::fold;
use jiff::civil::Date;
use tantivy::collector::{Count, TopDocs};
use tantivy::schema::{Field, Value as _};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader, TantivyDocument};

use crate::document::{AnswerState, PartKind, date_from_code};
use crate::error::SearchError;
use crate::query::{Match, Query, build, wanted};
use crate::records;
use crate::schema::{Fields, column};
use crate::snippet;

/// A query of this many words is more likely a sentence than a list of conditions.
const SENTENCE: usize = 3;

/// If no more parts than this have all the words, parts with some of them follow.
const FEW: usize = 5;

/// Parts that match pieces only need this share of the best one's score.
const SHARE: f32 = 0.25;

/// Hits that are fetched at most, whatever the limit.
const MOST_HITS: usize = 10_000;

/// What came of a query.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Run {
    /// Number of matching parts; of those with some of the words only, the ones in `hits`.
    pub(crate) total: usize,
    /// Whether parts with some of the words are among the hits. Those with all come first.
    pub(crate) relaxed: bool,
    /// The best parts, best first.
    pub(crate) hits: Vec<Hit>,
}

/// A part that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The post.
    pub path: String,
    /// The key of the entry; none for a section outside entries.
    pub entry: Option<String>,
    /// Which part it is.
    pub part: PartKind,
    /// Line of the part in its post, from 1.
    pub line: u32,
    /// The entry's day.
    pub date: Option<Date>,
    /// The entry's question, or the title of the section.
    pub question: String,
    /// The entry's categories.
    pub categories: Vec<String>,
    /// State of the entry's answer; none outside entries.
    pub answer_state: Option<AnswerState>,
    /// Comparable within one answer only.
    pub score: f32,
    /// Plain text around the matches.
    pub snippet: String,
    /// Bytes of `snippet` that match: rising, disjoint, on character bounds.
    pub highlights: Vec<Range<usize>>,
    /// How many places of the part match, as far as it is looked through.
    pub occurrences: usize,
    /// Where it is in the index.
    pub(crate) at: DocAddress,
}

/// Finds the best parts. Where few have all the words and `relax` is set, parts with some follow.
pub(crate) fn search(
    searcher: &Searcher,
    fields: Fields,
    query: &Query,
    limit: usize,
    relax: bool,
) -> Result<Run, SearchError> {
    let limit = limit.min(MOST_HITS);
    let asked = Asked { searcher, fields, query, limit };
    let words = wanted(query);
    let (mut total, mut ranked) = asked.all(Match::All)?;
    if words > 1 && total < limit {
        let (with_question, further) = asked.all(Match::AllWithQuestion)?;
        append(&mut ranked, further, limit);
        total = total.max(with_question);
    }
    let few = if words >= SENTENCE { ranked.len() < limit } else { words > 1 && total <= FEW };
    let mut relaxed = false;
    if few && relax {
        let strict = ranked.len();
        if words < SENTENCE {
            append(&mut ranked, asked.all(Match::Some)?.1, limit);
        }
        append(&mut ranked, asked.best_pieces()?, limit);
        if ranked.len() > strict {
            total += ranked.len() - strict;
            relaxed = true;
        }
    }
    let needles = snippet::Needles::of(query);
    let hits = ranked
        .into_iter()
        .map(|(score, at)| hit(&searcher.doc(at)?, fields, (score, at), &needles))
        .collect::<Result<Vec<Hit>, SearchError>>()?;
    Ok(Run { total, relaxed, hits })
}

type Ranked = Vec<(Score, DocAddress)>;

/// Appends what is not there yet, up to `limit`: what matches better stays in front.
fn append(ranked: &mut Ranked, further: Ranked, limit: usize) {
    let known: HashSet<DocAddress> = ranked.iter().map(|&(_, at)| at).collect();
    let room = limit.saturating_sub(ranked.len());
    ranked.extend(further.into_iter().filter(|(_, at)| !known.contains(at)).take(room));
}

/// Returns the paths of posts that contain a folded text.
pub(crate) fn paths_with(
    searcher: &Searcher,
    fields: Fields,
    text: &str,
) -> Result<Vec<String>, SearchError> {
    let records = records::read(searcher, fields)?;
    let paths = records.into_iter().map(|record| record.path);
    Ok(paths.filter(|path| fold(path).contains(text)).collect())
}

struct Asked<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    query: &'a Query,
    limit: usize,
}

impl Asked<'_> {
    fn build(&self, how: Match) -> Result<Option<Box<dyn tantivy::query::Query>>, SearchError> {
        build(self.query, self.fields, how, &|text| paths_with(self.searcher, self.fields, text))
    }

    /// Returns how many parts match, and the best.
    fn all(&self, how: Match) -> Result<(usize, Ranked), SearchError> {
        let Some(query) = self.build(how)? else { return Ok((0, Vec::new())) };
        // Tantivy's collector of the best takes no limit of nothing.
        let best = TopDocs::with_limit(self.limit.max(1)).tweak_score(preference);
        let (total, mut ranked) = self.searcher.search(&query, &(Count, best))?;
        ranked.truncate(self.limit);
        Ok((total, ranked))
    }

    /// Returns the best parts for a sentence. Which they are is settled before the preferences, so
    /// that most parts need not be looked at.
    fn best_pieces(&self) -> Result<Ranked, SearchError> {
        let Some(query) = self.build(Match::Pieces)? else { return Ok(Vec::new()) };
        let best = TopDocs::with_limit(self.limit.max(1) * 2).order_by_score();
        let mut ranked = self.searcher.search(&query, &best)?;
        for (score, at) in &mut ranked {
            *score = preference(self.searcher.segment_reader(at.segment_ord))(at.doc_id, *score);
        }
        ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let least = ranked.first().map_or(0.0, |&(best, _)| best * SHARE);
        ranked.retain(|&(score, _)| score >= least);
        ranked.truncate(self.limit);
        Ok(ranked)
    }
}

/// Returns what turns the score of a part into its rank: questions before the rest, own answers
/// before model answers, the newer before the older. All slight, but for questions.
fn preference(segment: &SegmentReader) -> impl Fn(DocId, Score) -> Score + use<> {
    let columns = segment.fast_fields();
    let parts = columns.u64(column::PART).ok();
    let dates = columns.i64(column::DATE).ok();
    move |doc, score| {
        let part = parts.as_ref().and_then(|parts| parts.first(doc)).and_then(PartKind::from_code);
        let date = dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(0);
        score * weight(part) * (1.0 + recency(date))
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

fn hit(
    document: &TantivyDocument,
    fields: Fields,
    (score, at): (Score, DocAddress),
    needles: &snippet::Needles,
) -> Result<Hit, SearchError> {
    let text = |field| texts(document, field).next().unwrap_or("");
    let number = |field| document.get_first(field).and_then(|value| value.as_u64());
    let part = number(fields.part).and_then(PartKind::from_code);
    let part =
        part.ok_or_else(|| SearchError::Damaged { detail: "a part has no kind".to_owned() })?;
    let date = document.get_first(fields.date).and_then(|value| value.as_i64());
    let shown = needles.snippet(text(fields.text));
    Ok(Hit {
        path: text(fields.path).to_owned(),
        entry: texts(document, fields.entry).next().map(str::to_owned),
        part,
        line: number(fields.line).and_then(|line| u32::try_from(line).ok()).unwrap_or(0),
        date: date.and_then(date_from_code),
        question: text(fields.question).to_owned(),
        categories: texts(document, fields.category).map(str::to_owned).collect(),
        answer_state: number(fields.state).and_then(AnswerState::from_code),
        score,
        snippet: shown.text,
        highlights: shown.highlights,
        occurrences: shown.occurrences,
        at,
    })
}

fn texts(document: &TantivyDocument, field: Field) -> impl Iterator<Item = &str> {
    document.get_all(field).filter_map(|value| value.as_str())
}
