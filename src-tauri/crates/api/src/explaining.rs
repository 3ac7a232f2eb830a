//! How a query was read and its hits were scored, as wire types.

use dapanji_search::{Explanation, Matched, ReadClause, Wanted};

use crate::convert::Offsets;
use crate::dto::{
    AlternativeView, ClauseKindView, ClauseView, ContributionView, ExplanationView, MatchedView,
    ScoringView, WantedView,
};

/// The wire form of an explanation of hits with these scores.
pub(crate) fn explained_view(
    explanation: Explanation,
    scores: &[f32],
    offsets: &Offsets,
) -> ExplanationView {
    let clauses = explanation.clauses.into_iter().map(|clause| clause_view(clause, offsets));
    let hits = explanation.hits.into_iter().zip(scores).map(|(hit, &score)| ScoringView {
        score,
        text_score: hit.text_score,
        preference: if hit.text_score > 0.0 { score / hit.text_score } else { 1.0 },
        matched: match hit.matched {
            Matched::All => MatchedView::All,
            Matched::AllWithQuestion => MatchedView::AllWithQuestion,
            Matched::Some => MatchedView::Some,
            Matched::Pieces => MatchedView::Pieces,
        },
        contributions: hit
            .contributions
            .into_iter()
            .map(|one| ContributionView {
                text: one.text,
                field: one.field,
                terms: one.terms,
                score: one.score,
            })
            .collect(),
    });
    ExplanationView { clauses: clauses.collect(), hits: hits.collect() }
}

fn clause_view(clause: ReadClause, offsets: &Offsets) -> ClauseView {
    let (kind, filter, texts) = match clause {
        ReadClause::All(text) => (ClauseKindView::All, None, vec![text]),
        ReadClause::Any(texts) => (ClauseKindView::Any, None, texts),
        ReadClause::None(text) => (ClauseKindView::None, None, vec![text]),
        ReadClause::Filter { filter, wanted: true } => {
            (ClauseKindView::Filter, Some(filter), Vec::new())
        }
        ReadClause::Filter { filter, wanted: false } => {
            (ClauseKindView::ExcludedFilter, Some(filter), Vec::new())
        }
    };
    let texts = texts.into_iter().map(|text| wanted_view(text, offsets));
    ClauseView { kind, filter, texts: texts.collect() }
}

fn wanted_view(wanted: Wanted, offsets: &Offsets) -> WantedView {
    let alternatives = wanted.alternatives.into_iter();
    WantedView {
        text: wanted.text,
        range: offsets.range(&wanted.span),
        unfinished: wanted.unfinished,
        alternatives: alternatives
            .map(|(text, percent)| AlternativeView { text, percent: u32::from(percent) })
            .collect(),
    }
}
