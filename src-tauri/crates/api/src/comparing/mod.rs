//! Sets an answer beside a model answer.

mod all;
mod versions;

use dapanji_compare::{
    Comparison, FlagKind, Term, TermState, Weigh, Wish, Wishes, compare_with, term_key,
};
use dapanji_library::Local;
use dapanji_post::state_of_answer;
use dapanji_search::Weights;

use crate::convert::{Offsets, count};
use crate::dto::{
    CompareRequest, CompareView, CoverageView, FlagKindView, FlagView, ModelStateView,
    SentenceView, TermStateView, TermView, VariantView, WishView,
};
use crate::error::{ApiError, Code, chain};
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
        let models = Models::of(&entry.model_answer.variants);
        let model = models.find(request.audience.as_deref())?;
        let (answer_state, answer_text) = match &request.answer {
            Some(text) => (state_of_answer(text, &self.vocabulary()).into(), text.clone()),
            None => (entry.answer.state, entry.answer.text.clone()),
        };
        let wishes = self.decided().of(&entry.id);
        let mut view = CompareView {
            entry: entry.id,
            audience: model.and_then(|model| model.audience.clone()),
            model_state: entry.model_answer.state,
            answer_state,
            answer_text,
            model_text: String::new(),
            terms: Vec::new(),
            extra_terms: Vec::new(),
            removed_terms: wishes.removed.clone(),
            audiences: models.audiences(),
            sentences: Vec::new(),
            flags: Vec::new(),
        };
        if let (ModelStateView::Written, Some(model)) = (view.model_state, model) {
            let weigh = self.weigh()?;
            view.model_text.clone_from(&model.text);
            let comparison = compare_with(&view.answer_text, &view.model_text, &weigh, &wishes);
            self.fill(&mut view, comparison, &wishes);
        }
        Ok(view)
    }

    /// Keeps whom the model answer was for that the user looked at last. A failure costs only that.
    pub fn remember_audience(&self, audience: &str) {
        if let Err(error) = self.library.replace_local(Local::Audience, audience.as_bytes()) {
            tracing::warn!(error = chain(&error), "the last audience was not kept");
        }
    }

    /// Whom the model answer was for that the user looked at last, in this notebook.
    pub(crate) fn last_audience(&self) -> Option<String> {
        let kept = self.library.read_local(Local::Audience).ok().flatten()?;
        String::from_utf8(kept).ok().filter(|audience| !audience.is_empty())
    }

    /// How rare terms are in the posts now.
    pub(crate) fn weigh(&self) -> Result<ByIndex, ApiError> {
        self.usable_index()?;
        Ok(ByIndex(self.index()?.term_weights()))
    }

    fn fill(&self, view: &mut CompareView, comparison: Comparison, wishes: &Wishes) {
        let in_answer = Offsets::of(&view.answer_text, self.unit);
        let in_model = Offsets::of(&view.model_text, self.unit);
        view.terms = comparison
            .terms
            .into_iter()
            .map(|term| TermView {
                in_answer: term.in_answer.iter().map(|range| in_answer.range(range)).collect(),
                in_model: term.in_model.iter().map(|range| in_model.range(range)).collect(),
                state: term.state.into(),
                wish: term.wish.map(|wish| match wish {
                    Wish::Pinned => WishView::Pinned,
                    Wish::Added => WishView::Added,
                }),
                own_names: own_names(&term, wishes),
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

impl From<TermState> for TermStateView {
    fn from(state: TermState) -> Self {
        match state {
            TermState::Said => Self::Said,
            TermState::Partly => Self::Partly,
            TermState::Missing => Self::Missing,
        }
    }
}

/// The other names that the user gave a term.
fn own_names(term: &Term, wishes: &Wishes) -> Vec<String> {
    let keys: Vec<String> =
        std::iter::once(&term.term).chain(&term.aliases).map(|name| term_key(name)).collect();
    let is_of = |group: &&Vec<String>| group.iter().any(|name| keys.contains(&term_key(name)));
    let group = wishes.synonyms.iter().find(is_of).map_or(&[][..], Vec::as_slice);
    group.iter().filter(|name| term_key(name) != term_key(&term.term)).cloned().collect()
}

/// How many of the terms are in each state.
fn coverage(terms: &[Term]) -> CoverageView {
    let of = |state| count(terms.iter().filter(|term| term.state == state).count());
    CoverageView {
        said: of(TermState::Said),
        partly: of(TermState::Partly),
        missing: of(TermState::Missing),
    }
}

/// The model answer for an audience, whole.
struct Model {
    audience: Option<String>,
    text: String,
}

/// The model answers that an answer can be compared with, one for each audience.
struct Models(Vec<Model>);

impl Models {
    /// What stands before the first audience is for all; where an audience is named twice, both
    /// parts are for it.
    fn of(variants: &[VariantView]) -> Self {
        let for_all = variants.iter().filter(|variant| variant.audience.is_none());
        let for_all = for_all.map(|v| v.text.trim()).filter(|text| !text.is_empty());
        let for_all = for_all.collect::<Vec<_>>().join("\n\n");
        let mut models: Vec<Model> = Vec::new();
        for variant in variants.iter().filter(|variant| variant.audience.is_some()) {
            let known = models.iter_mut().find(|model| model.audience == variant.audience);
            match known {
                Some(model) => model.text = format!("{}\n\n{}", model.text, variant.text),
                None if for_all.is_empty() => models
                    .push(Model { audience: variant.audience.clone(), text: variant.text.clone() }),
                None => models.push(Model {
                    audience: variant.audience.clone(),
                    text: format!("{for_all}\n\n{}", variant.text),
                }),
            }
        }
        if models.is_empty() {
            models.extend(variants.first().map(|v| Model { audience: None, text: v.text.clone() }));
        }
        Self(models)
    }

    /// Finds the one for an audience: named whole or in part; the first if none is named.
    fn find(&self, audience: Option<&str>) -> Result<Option<&Model>, ApiError> {
        let Some(wanted) = audience.map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(self.0.first());
        };
        self.named(wanted).map(Some).ok_or_else(|| {
            let known = match self.audiences() {
                names if names.is_empty() => "the model answer names no audience".to_owned(),
                names => format!("there are: {}", names.join(" · ")),
            };
            let message = format!("no model answer is for `{wanted}`; {known}");
            ApiError::new(Code::InvalidRequest, message)
        })
    }

    /// The same; the first where there is none for them.
    fn find_or_first(&self, audience: Option<&str>) -> Option<&Model> {
        let wanted = audience.map(str::trim).filter(|text| !text.is_empty());
        wanted.and_then(|wanted| self.named(wanted)).or_else(|| self.0.first())
    }

    fn named(&self, wanted: &str) -> Option<&Model> {
        let name = |model: &Model| model.audience.clone().unwrap_or_default();
        let whole = self.0.iter().find(|model| name(model) == wanted);
        whole.or_else(|| self.0.iter().find(|model| name(model).contains(wanted)))
    }

    /// Whom there are versions for.
    fn audiences(&self) -> Vec<String> {
        self.0.iter().filter_map(|model| model.audience.clone()).collect()
    }
}

#[cfg(test)]
mod tests;
