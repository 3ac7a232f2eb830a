//! Asks the search index.

use dapanji_library::PostPath;
use dapanji_search::{Hit, PartKind, SearchError};
use jiff::Timestamp;

use crate::convert::{Offsets, count, date_text};
use crate::dto::{AnswerStateView, HitView, PartView, SearchRequest, SearchView};
use crate::error::ApiError;
use crate::indexing::REPLACEMENTS;
use crate::notebook::Notebook;
use crate::snapshot::Snapshot;

impl Notebook {
    /// Finds parts of posts. The index is first brought up to date with the posts as they are known;
    /// while a large part of them is being indexed, an earlier index or what is indexed so far is
    /// searched, and `indexing` tells how far it is.
    ///
    /// # Errors
    /// `Internal` if the index cannot be read. Any query has an answer.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchView, ApiError> {
        let started = Timestamp::now();
        let query = dapanji_search::parse(&request.query);
        let limit = request.limit as usize;
        let mut failures = 0;
        let found = loop {
            self.usable_index()?;
            let index = self.index()?;
            match index.search(&query, limit) {
                Err(error @ SearchError::Damaged { .. }) if failures < REPLACEMENTS => {
                    self.replace_index(&index, &error, failures)?;
                    failures += 1;
                }
                found => break found?,
            }
        };
        let snapshot = self.read();
        // An index that is behind may know posts that are gone.
        let there =
            |hit: &Hit| PostPath::new(&*hit.path).is_ok_and(|path| snapshot.post(&path).is_some());
        let hits = found.hits.into_iter().filter(there);
        let hits = hits.map(|hit| self.hit_view(hit, &snapshot)).collect();
        drop(snapshot);
        let took = Timestamp::now().duration_since(started).as_micros();
        Ok(SearchView {
            query: request.query.clone(),
            interpreted: found.interpreted,
            total: count(found.total),
            took_us: u32::try_from(took).unwrap_or(u32::MAX),
            hits,
            indexing: self.index_progress(),
        })
    }

    fn hit_view(&self, hit: Hit, snapshot: &Snapshot) -> HitView {
        let offsets = Offsets::of(&hit.snippet, self.unit);
        HitView {
            entry: hit.entry.map(|indexed| snapshot.id_of_indexed(&hit.path, indexed)),
            path: hit.path,
            line: hit.line,
            date: date_text(hit.date),
            question: hit.question,
            categories: hit.categories,
            state: hit.answer_state.map(state_view),
            part: match hit.part {
                PartKind::Question => PartView::Question,
                PartKind::Answer => PartView::Answer,
                PartKind::ModelAnswer => PartView::ModelAnswer,
                PartKind::Hint => PartView::Hint,
                PartKind::Section => PartView::Section,
            },
            score: hit.score,
            highlights: hit.highlights.iter().map(|range| offsets.range(range)).collect(),
            snippet: hit.snippet,
        }
    }
}

fn state_view(state: dapanji_search::AnswerState) -> AnswerStateView {
    match state {
        dapanji_search::AnswerState::Empty => AnswerStateView::Empty,
        dapanji_search::AnswerState::Draft => AnswerStateView::Draft,
        dapanji_search::AnswerState::Written => AnswerStateView::Written,
    }
}
