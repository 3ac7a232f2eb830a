//! Sets an answer beside a model answer.

use dapanji_compare::{Comparison, FlagKind, TermState, Weigh};
use dapanji_post::state_of_answer;
use dapanji_search::Weights;

use crate::convert::{Offsets, count};
use crate::dto::{
    CompareRequest, CompareView, FlagKindView, FlagView, ModelStateView, SentenceView,
    TermStateView, TermView, VariantView,
};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

/// How rare a term is in the posts, by the search index.
pub(crate) struct ByIndex(Weights);

impl Weigh for ByIndex {
    fn weight(&self, term: &str) -> f32 {
        self.0.weight(term)
    }
}

impl Notebook {
    /// Compares an answer with a model answer of its entry. A placeholder or absent model answer
    /// compares nothing and says so in `model_state`.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`; `InvalidRequest` if no variant is for `audience`.
    pub fn compare(&self, request: &CompareRequest) -> Result<CompareView, ApiError> {
        let entry = self.show(&request.entry)?;
        let variant = variant(&entry.model_answer.variants, request.audience.as_deref())?;
        let (answer_state, answer_text) = match &request.answer {
            Some(text) => (state_of_answer(text, &self.vocabulary()).into(), text.clone()),
            None => (entry.answer.state, entry.answer.text.clone()),
        };
        let mut view = CompareView {
            entry: entry.id,
            audience: variant.and_then(|v| v.audience.clone()),
            model_state: entry.model_answer.state,
            answer_state,
            answer_text,
            model_text: String::new(),
            terms: Vec::new(),
            extra_terms: Vec::new(),
            sentences: Vec::new(),
            flags: Vec::new(),
        };
        if let (ModelStateView::Written, Some(variant)) = (view.model_state, variant) {
            let weigh = self.weigh()?;
            view.model_text.clone_from(&variant.text);
            let comparison = dapanji_compare::compare(&view.answer_text, &view.model_text, &weigh);
            self.fill(&mut view, comparison);
        }
        Ok(view)
    }

    /// Returns how rare terms are in the posts.
    pub(crate) fn weigh(&self) -> Result<ByIndex, ApiError> {
        self.usable_index()?;
        Ok(ByIndex(self.index()?.term_weights()))
    }

    fn fill(&self, view: &mut CompareView, comparison: Comparison) {
        let in_answer = Offsets::of(&view.answer_text, self.unit);
        let in_model = Offsets::of(&view.model_text, self.unit);
        view.terms = comparison
            .terms
            .into_iter()
            .map(|term| TermView {
                in_answer: term.in_answer.iter().map(|range| in_answer.range(range)).collect(),
                in_model: term.in_model.iter().map(|range| in_model.range(range)).collect(),
                state: match term.state {
                    TermState::Said => TermStateView::Said,
                    TermState::Partly => TermStateView::Partly,
                    TermState::Missing => TermStateView::Missing,
                },
                term: term.term,
                aliases: term.aliases,
            })
            .collect();
        view.extra_terms = comparison.extra_terms;
        view.sentences = comparison
            .sentences
            .into_iter()
            .map(|pair| SentenceView {
                model: view.model_text.get(pair.model.clone()).unwrap_or_default().to_owned(),
                answer: pair
                    .answer
                    .clone()
                    .map(|range| view.answer_text.get(range).unwrap_or_default().to_owned()),
                similarity: pair.similarity,
                in_model: in_model.range(&pair.model),
                in_answer: pair.answer.as_ref().map(|range| in_answer.range(range)),
            })
            .collect();
        view.flags = comparison
            .flags
            .into_iter()
            .map(|flag| FlagView {
                kind: match flag.kind {
                    FlagKind::Number => FlagKindView::Number,
                    FlagKind::Negation => FlagKindView::Negation,
                    FlagKind::Opposite => FlagKindView::Opposite,
                },
                model: flag.model,
                answer: flag.answer,
            })
            .collect();
    }
}

/// Finds the variant for an audience: named whole or in part; the first if none is named.
fn variant<'a>(
    variants: &'a [VariantView],
    audience: Option<&str>,
) -> Result<Option<&'a VariantView>, ApiError> {
    let Some(wanted) = audience.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(variants.first());
    };
    let name = |v: &'a VariantView| v.audience.as_deref().unwrap_or_default();
    let found = variants
        .iter()
        .find(|v| name(v) == wanted)
        .or_else(|| variants.iter().find(|v| name(v).contains(wanted)));
    found.map(Some).ok_or_else(|| {
        let names: Vec<&str> = variants.iter().map(name).filter(|name| !name.is_empty()).collect();
        let known = match count(names.len()) {
            0 => "the model answer names no audience".to_owned(),
            _ => format!("there are: {}", names.join(" · ")),
        };
        ApiError::new(Code::InvalidRequest, format!("no model answer is for `{wanted}`; {known}"))
    })
}
