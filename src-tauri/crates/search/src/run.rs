//! Asks the index and makes hits of what it finds.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use dapanji_korean::fold;
use jiff::civil::Date;
use rayon::prelude::*;
use tantivy::{DocAddress, Score, Searcher};

use crate::best::{Preferences, Ranked, best};
use crate::document::{AnswerState, PartKind, date_from_code};
use crate::error::SearchError;
use crate::query::{Match, Matching, Query, build, pieces, wanted};
use crate::records;
use crate::schema::Fields;
use crate::scores::Scores;
use crate::stored::StoredPart;
use crate::vocabulary::Kept;
use crate::{feedback, snippet};

/// A query of this many words is more likely a sentence than a list of conditions.
pub(crate) const SENTENCE: usize = 3;

/// If no more parts than this have all the words, parts with some of them follow.
const FEW: usize = 5;

/// Parts that match pieces only need this share of the best one's score.
const SHARE: f32 = 0.1;

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
    kept: &Kept,
    query: &Query,
    limit: usize,
    relax: bool,
) -> Result<Run, SearchError> {
    let limit = limit.min(MOST_HITS);
    let mut asked = Asked::new(searcher, fields, kept, query, limit)?;
    let words = wanted(query);
    let (mut total, mut ranked) = asked.best(Match::All)?;
    if words > 1 && total < limit {
        let (with_question, further) = asked.best(Match::AllWithQuestion)?;
        append(&mut ranked, further, limit);
        total = total.max(with_question);
    }
    let few = if words >= SENTENCE { ranked.len() < limit } else { words > 1 && total <= FEW };
    let mut relaxed = false;
    if few && relax {
        let strict = ranked.len();
        if words < SENTENCE {
            append(&mut ranked, asked.best(Match::Some)?.1, limit);
        }
        append(&mut ranked, asked.best_pieces()?, limit);
        if ranked.len() > strict {
            total += ranked.len() - strict;
            relaxed = true;
        }
    }
    let needles = snippet::Needles::of(query);
    let hits = ranked
        .into_par_iter()
        .map(|(score, at)| hit(searcher.doc(at)?, fields, (score, at), &needles))
        .collect::<Result<Vec<Hit>, SearchError>>()?;
    Ok(Run { total, relaxed, hits })
}

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
    preferences: Vec<Arc<Preferences>>,
    query: &'a Query,
    limit: usize,
    /// None if the query has only conditions.
    scores: Option<Scores<'a>>,
}

impl<'a> Asked<'a> {
    fn new(
        searcher: &'a Searcher,
        fields: Fields,
        kept: &Kept,
        query: &'a Query,
        limit: usize,
    ) -> Result<Self, SearchError> {
        let preferences = kept.preferences(searcher)?;
        let mut asked = Self { searcher, fields, preferences, query, limit, scores: None };
        if wanted(query) > 0 {
            let scores = asked.scores.insert(Scores::new(searcher, fields)?);
            scores.add(&pieces(query, fields))?;
        }
        Ok(asked)
    }

    fn matching(&self, how: Match) -> Result<Matching, SearchError> {
        build(self.query, self.fields, how, &|text| paths_with(self.searcher, self.fields, text))
    }

    /// Returns how many parts match, and the best.
    fn best(&self, how: Match) -> Result<(usize, Ranked), SearchError> {
        let scores = self.scores.as_ref().map(Scores::by_segment);
        best(self.searcher, &self.preferences, &self.matching(how)?, scores, self.limit)
    }

    /// Returns the best parts for a sentence.
    fn best_pieces(&mut self) -> Result<Ranked, SearchError> {
        let matching = self.matching(Match::Pieces)?;
        let Some(scores) = &mut self.scores else { return Ok(Vec::new()) };
        let best = |scores: &Scores<'_>, limit| {
            best(self.searcher, &self.preferences, &matching, Some(scores.by_segment()), limit)
        };
        let (_, first) = best(scores, feedback::PARTS)?;
        scores.add(&feedback::pieces(self.searcher, self.fields, scores, &first)?)?;
        let (_, mut ranked) = best(scores, self.limit)?;
        let least = ranked.first().map_or(0.0, |&(best, _)| best * SHARE);
        ranked.retain(|&(score, _)| score >= least);
        Ok(ranked)
    }
}

fn hit(
    mut document: StoredPart,
    fields: Fields,
    (score, at): (Score, DocAddress),
    needles: &snippet::Needles,
) -> Result<Hit, SearchError> {
    let part = document.number(fields.part).and_then(PartKind::from_code);
    let part =
        part.ok_or_else(|| SearchError::Damaged { detail: "a part has no kind".to_owned() })?;
    let line = document.number(fields.line).and_then(|line| u32::try_from(line).ok());
    let shown = needles.snippet(&document.text(fields.text).unwrap_or_default());
    Ok(Hit {
        path: document.text(fields.path).unwrap_or_default(),
        entry: document.text(fields.entry),
        part,
        line: line.unwrap_or(0),
        date: document.signed(fields.date).and_then(date_from_code),
        question: document.text(fields.question).unwrap_or_default(),
        categories: std::iter::from_fn(|| document.text(fields.category)).collect(),
        answer_state: document.number(fields.state).and_then(AnswerState::from_code),
        score,
        snippet: shown.text,
        highlights: shown.highlights,
        occurrences: shown.occurrences,
        at,
    })
}
