//! An answer beside its own past: what changed, and what each version had of the model answer.

use dapanji_compare::{Term, compare_with};
use dapanji_post::state_of_answer;

use super::{Models, coverage};
use crate::convert::count;
use crate::dto::{
    AnswerVersionView, AnswerVersionsRequest, AnswerVersionsView, CauseView, ModelStateView,
    TermChangeView,
};
use crate::error::{ApiError, Code};
use crate::history::{PastAnswer, word_spans};
use crate::notebook::Notebook;

/// Most versions that are listed.
const MOST_VERSIONS: usize = 60;

/// An answer with the terms it has.
struct Covered {
    text: String,
    terms: Option<Vec<Term>>,
}

impl Notebook {
    /// Sets two versions of an answer side by side, and counts for each version what it has of the
    /// model answer as that is now, so that all are measured alike.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`; `InvalidRequest` for an audience or a version that is none;
    /// `Unreadable` if the history cannot be read.
    pub fn answer_versions(
        &self,
        request: &AnswerVersionsRequest,
    ) -> Result<AnswerVersionsView, ApiError> {
        let entry = self.show(&request.entry)?;
        let models = Models::of(&entry.model_answer.variants);
        let model = models.find(request.audience.as_deref())?;
        let written = entry.model_answer.state == ModelStateView::Written;
        let measure = match model.filter(|_| written) {
            Some(model) => Some((model.text.as_str(), self.weigh()?)),
            None => None,
        };
        let now = request.answer.clone().unwrap_or_else(|| entry.answer.text.clone());
        let past = self.past_answers(&entry.id, &now, MOST_VERSIONS)?;
        let texts: Vec<String> =
            std::iter::once(now).chain(past.iter().map(|version| version.text.clone())).collect();
        let wishes = self.decided().of(&entry.id);
        let measured = |text: String| {
            let terms = measure
                .as_ref()
                .map(|(model, weigh)| compare_with(&text, model, weigh, &wishes).terms);
            Covered { text, terms }
        };
        let covered: Vec<Covered> = texts.into_iter().map(measured).collect();
        let place = |id: &str| -> Result<usize, ApiError> {
            let named = |version: &PastAnswer| version.id == id;
            past.iter().position(named).map(|at| at + 1).ok_or_else(|| {
                let message = format!("the history has no version `{id}` of this answer");
                ApiError::new(Code::InvalidRequest, message)
            })
        };
        let newer = request.newer.as_deref().map_or(Ok(0), place)?;
        let older = match request.older.as_deref() {
            Some(id) => Some(place(id)?),
            None => Some(newer + 1).filter(|older| *older < covered.len()),
        };
        let of = |at: usize| covered.get(at);
        let pair = older.and_then(of).zip(of(newer));
        Ok(AnswerVersionsView {
            spans: pair.map(|(then, now)| word_spans(&then.text, &now.text)).unwrap_or_default(),
            changes: pair.map(|(then, now)| changes(then, now)).unwrap_or_default(),
            versions: self.version_rows(&covered, &past),
            older: older.map(count),
            newer: count(newer),
        })
    }

    /// The rows of the versions; the first of `covered` is the answer as it is now.
    fn version_rows(&self, covered: &[Covered], past: &[PastAnswer]) -> Vec<AnswerVersionView> {
        let row = |(at, covered): (usize, &Covered)| {
            let version = at.checked_sub(1).and_then(|at| past.get(at));
            AnswerVersionView {
                id: version.map(|version| version.id.clone()),
                since: since(past, at),
                until: version.map(|version| version.until.clone()),
                cause: version.map(|version| version.cause),
                state: state_of_answer(&covered.text, &self.vocabulary()).into(),
                chars: count(covered.text.chars().count()),
                coverage: covered.terms.as_deref().map(coverage),
            }
        };
        covered.iter().enumerate().map(row).collect()
    }
}

/// When the version at `at`, counted from now, became the answer: when the one before it went. What
/// was only set aside never was the answer.
fn since(past: &[PastAnswer], at: usize) -> Option<String> {
    let was_answer = |version: &&PastAnswer| version.cause != CauseView::Aside;
    let itself = at.checked_sub(1).and_then(|at| past.get(at));
    if itself.is_some_and(|version| !was_answer(&version)) {
        return None;
    }
    past.get(at..)?.iter().find(was_answer).map(|before| before.until.clone())
}

/// The terms whose state differs.
fn changes(then: &Covered, now: &Covered) -> Vec<TermChangeView> {
    let none = Vec::new();
    let (then, now) = (then.terms.as_ref().unwrap_or(&none), now.terms.as_ref().unwrap_or(&none));
    // Terms are those of one model answer, found without regard to the answer.
    let of = |term: &Term| then.iter().find(|other| other.term == term.term);
    now.iter()
        .filter_map(|newer| {
            let older = of(newer)?;
            (older.state != newer.state).then(|| TermChangeView {
                term: newer.term.clone(),
                older: older.state.into(),
                newer: newer.state.into(),
            })
        })
        .collect()
}
