//! What all answers have of their model answers, the least covered first.

use dapanji_compare::{Term, TermState, compare_with};
use dapanji_library::PostPath;
use rayon::prelude::*;

use super::{ByIndex, Models, coverage};
use crate::convert::count;
use crate::dto::{
    CompareAllRequest, CompareAllView, CoverageView, CoveredEntry, EntryView, ModelStateView,
};
use crate::error::ApiError;
use crate::notebook::Notebook;
use crate::terms::Decided;

impl Notebook {
    /// Compares every answer with its model answer.
    ///
    /// # Errors
    /// If the index cannot be used.
    pub fn compare_all(&self, request: &CompareAllRequest) -> Result<CompareAllView, ApiError> {
        let by = By {
            weigh: self.weigh()?,
            decided: self.decided(),
            audience: request.audience.as_deref(),
        };
        let paths: Vec<PostPath> =
            self.read().posts().iter().map(|post| post.path.clone()).collect();
        let covered: Vec<Option<CoveredEntry>> = paths
            .par_iter()
            .filter_map(|path| self.post_view(path))
            .flat_map_iter(|post| {
                let entries = post.days.into_iter().flat_map(|day| day.entries);
                let path = post.path;
                entries.map(|entry| covered(entry, &path, &by)).collect::<Vec<_>>()
            })
            .collect();
        let of = covered.len();
        let mut entries: Vec<CoveredEntry> = covered.into_iter().flatten().collect();
        let compared = entries.len();
        // By what is left to say; of as much, the newest first.
        entries.sort_by(|a, b| {
            let order = share(&a.terms).total_cmp(&share(&b.terms));
            let order = order.then(b.terms.missing.cmp(&a.terms.missing));
            order.then_with(|| b.date.cmp(&a.date)).then_with(|| a.entry.cmp(&b.entry))
        });
        let limit = request.limit.and_then(|limit| usize::try_from(limit).ok());
        entries.truncate(limit.unwrap_or(usize::MAX));
        Ok(CompareAllView {
            entries,
            compared: count(compared),
            without_model: count(of - compared),
        })
    }
}

/// What all are compared by.
struct By<'a> {
    weigh: ByIndex,
    decided: Decided,
    audience: Option<&'a str>,
}

/// What an answer has; none if there is nothing to compare it with.
fn covered(entry: EntryView, path: &str, by: &By<'_>) -> Option<CoveredEntry> {
    if entry.model_answer.state != ModelStateView::Written {
        return None;
    }
    let models = Models::of(&entry.model_answer.variants);
    let model = models.find_or_first(by.audience)?;
    let wishes = by.decided.of(&entry.id);
    let found = compare_with(&entry.answer.text, &model.text, &by.weigh, &wishes);
    let named = |state: TermState| -> Vec<String> {
        let terms = found.terms.iter().filter(|term: &&Term| term.state == state);
        terms.map(|term| term.term.clone()).collect()
    };
    (!found.terms.is_empty()).then(|| CoveredEntry {
        audience: model.audience.clone(),
        answer_state: entry.answer.state,
        terms: coverage(&found.terms),
        missing_terms: named(TermState::Missing),
        partly_terms: named(TermState::Partly),
        flags: count(found.flags.len()),
        entry: entry.id,
        question: entry.question,
        date: entry.date,
        path: path.to_owned(),
    })
}

/// How much of the terms is there, for the order alone: it is told to nobody.
fn share(terms: &CoverageView) -> f64 {
    let said = f64::from(terms.said) + f64::from(terms.partly) / 2.0;
    said / f64::from((terms.said + terms.partly + terms.missing).max(1))
}
