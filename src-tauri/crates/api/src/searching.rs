//! Asks the search index: what a query finds, and where its matches are in a text.

use std::sync::Arc;

use dapanji_library::PostPath;
use dapanji_search::{
    Ask, Found, Hit, Interpretation, InterpretationKind, Matcher, PartKind, SearchError,
    SearchIndex,
};
use jiff::Timestamp;

use crate::changing::entry_of;
use crate::convert::{Offsets, count, date_text};
use crate::dto::{
    AnswerStateView, HitView, InterpretationKindView, InterpretationView, MatchView,
    MatchesRequest, PartView, ProblemView, SearchRequest, SearchView,
};
use crate::error::{ApiError, Code};
use crate::explaining::explained_view;
use crate::indexing::REPLACEMENTS;
use crate::notebook::{Notebook, unknown_entry};
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
        let ask = Ask { limit, refused: &request.refused, explain: request.explain };
        let found = self.with_index(|index| index.ask(&query, ask))?;
        let Found { total, problems, interpretations, hits, explanation } = found;
        let scores: Vec<f32> = hits.iter().map(|hit| hit.score).collect();
        let snapshot = self.read();
        // An index that is behind may know posts that are gone.
        let is_there =
            |hit: &Hit| PostPath::new(&*hit.path).is_ok_and(|path| snapshot.post(&path).is_some());
        let there: Vec<bool> = hits.iter().map(is_there).collect();
        let hits = hits.into_iter().filter(is_there);
        let hits = hits.map(|hit| self.hit_view(hit, &snapshot)).collect();
        drop(snapshot);
        let offsets = Offsets::of(&request.query, self.unit);
        let problems = problems.iter().map(|problem| ProblemView {
            range: offsets.range(&problem.span),
            code: problem.kind.code().to_owned(),
        });
        let problems = problems.collect();
        let interpretations = interpretations.into_iter();
        let took = Timestamp::now().duration_since(started).as_micros();
        let mut explanation =
            explanation.map(|explained| explained_view(explained, &scores, &offsets));
        if let Some(explanation) = &mut explanation {
            let mut there = there.iter();
            explanation.hits.retain(|_| there.next() == Some(&true));
        }
        Ok(SearchView {
            query: request.query.clone(),
            problems,
            interpretations: interpretations
                .map(|one| interpretation_view(one, &offsets))
                .collect(),
            total: count(total),
            took_us: u32::try_from(took).unwrap_or(u32::MAX),
            hits,
            explanation,
            indexing: self.index_progress(),
        })
    }

    /// Finds the places of a query in the texts of an entry, or of a post's sections outside its
    /// entries, in the order in which a page shows them.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`; `Unreadable` if the post is gone; `InvalidRequest` if
    /// neither is named; `Internal` if the index cannot be read.
    pub fn find_matches(&self, request: &MatchesRequest) -> Result<Vec<MatchView>, ApiError> {
        let query = dapanji_search::parse(&request.query);
        let matcher = self.with_index(|index| index.matcher(&query, &request.refused))?;
        let mut matches = Matches { notebook: self, matcher, found: Vec::new() };
        if let Some(entry) = &request.entry {
            self.match_entry(entry, request.answer.as_deref(), &mut matches)?;
        } else if let Some(post) = &request.post {
            let (post, _) = self.read_known(&self.post_path(post)?)?;
            for (section, nth) in post.sections().iter().zip(0..) {
                let line = count(post.line_of(section.heading.start));
                if request.line.is_none_or(|wanted| wanted == line) {
                    matches.look(PartKind::Section, nth, &post.part_text(&section.body));
                }
            }
        } else {
            let message = "neither an entry nor a post is named";
            return Err(ApiError::new(Code::InvalidRequest, message));
        }
        Ok(matches.found)
    }

    fn match_entry(
        &self,
        entry: &str,
        answer: Option<&str>,
        matches: &mut Matches<'_>,
    ) -> Result<(), ApiError> {
        let id = self.resolve(entry)?;
        let located = self.locate(&id)?;
        let post = &located.post;
        let entry = entry_of(post, located.nth).ok_or_else(|| unknown_entry(&id))?;
        matches.look(PartKind::Question, 0, &post.part_text(&entry.question));
        if let Some(hint) = &entry.hint {
            matches.look(PartKind::Hint, 0, &post.part_text(hint));
        }
        match answer {
            Some(answer) => matches.look(PartKind::Answer, 0, answer),
            None => matches.look(PartKind::Answer, 0, &post.part_text(&entry.answer.body)),
        }
        let variants = entry.model_answer.iter().flat_map(|model| &model.variants);
        for (variant, nth) in variants.zip(0..) {
            matches.look(PartKind::ModelAnswer, nth, &post.part_text(&variant.body));
        }
        for (section, nth) in entry.sections.iter().zip(0..) {
            matches.look(PartKind::Section, nth, &post.part_text(&section.body));
        }
        Ok(())
    }

    /// Reads the words of the notes before a query needs them, so that none has to wait for that.
    pub(crate) fn prepare_words(&self) {
        if let Err(error) = self.index().and_then(|index| index.prepare()) {
            tracing::debug!(%error, "the first query that is no word of the notes will take longer");
        }
    }

    /// Asks the index, and makes it anew if it shows itself to be damaged.
    fn with_index<T>(
        &self,
        ask: impl Fn(&SearchIndex) -> Result<T, SearchError>,
    ) -> Result<T, ApiError> {
        let mut failures = 0;
        loop {
            self.usable_index()?;
            let index: Arc<SearchIndex> = self.index()?;
            match ask(&index) {
                Err(error @ SearchError::Damaged { .. }) if failures < REPLACEMENTS => {
                    self.replace_index(&index, &error, failures)?;
                    failures += 1;
                }
                answer => return Ok(answer?),
            }
        }
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
            part: part_view(hit.part),
            score: hit.score,
            highlights: hit.highlights.iter().map(|range| offsets.range(range)).collect(),
            snippet: hit.snippet,
            occurrences: count(hit.occurrences),
        }
    }
}

/// The matches of the texts looked through so far.
struct Matches<'a> {
    notebook: &'a Notebook,
    matcher: Matcher,
    found: Vec<MatchView>,
}

impl Matches<'_> {
    fn look(&mut self, part: PartKind, nth: u32, text: &str) {
        if !self.matcher.allows(part) {
            return;
        }
        let places = self.matcher.find(text);
        if places.is_empty() {
            return;
        }
        let offsets = Offsets::of(text, self.notebook.unit);
        let part = part_view(part);
        self.found.extend(places.iter().map(|place| MatchView {
            part,
            nth,
            range: offsets.range(place),
        }));
    }
}

fn interpretation_view(interpretation: Interpretation, offsets: &Offsets) -> InterpretationView {
    InterpretationView {
        id: interpretation.id,
        kind: match interpretation.kind {
            InterpretationKind::Unfinished => InterpretationKindView::Unfinished,
            InterpretationKind::Initials => InterpretationKindView::Initials,
            InterpretationKind::Layout => InterpretationKindView::Layout,
            InterpretationKind::Spacing => InterpretationKindView::Spacing,
            InterpretationKind::Typo => InterpretationKindView::Typo,
            InterpretationKind::Synonym => InterpretationKindView::Synonym,
            InterpretationKind::SomeWords => InterpretationKindView::SomeWords,
        },
        range: offsets.range(&interpretation.span),
        from: interpretation.from,
        to: interpretation.to,
    }
}

fn part_view(part: PartKind) -> PartView {
    match part {
        PartKind::Question => PartView::Question,
        PartKind::Answer => PartView::Answer,
        PartKind::ModelAnswer => PartView::ModelAnswer,
        PartKind::Hint => PartView::Hint,
        PartKind::Section => PartView::Section,
    }
}

fn state_view(state: dapanji_search::AnswerState) -> AnswerStateView {
    match state {
        dapanji_search::AnswerState::Empty => AnswerStateView::Empty,
        dapanji_search::AnswerState::Draft => AnswerStateView::Draft,
        dapanji_search::AnswerState::Written => AnswerStateView::Written,
    }
}
