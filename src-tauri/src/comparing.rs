//! The commands of the comparison: one request, one response each, no logic.

use dapanji_api::dto::{
    AnswerVersionsRequest, AnswerVersionsView, SynonymsRequest, TermRequest, TermsView,
};
use tauri::State;

use crate::commands::Answer;
use crate::state::Shell;

/// Sets two versions of an answer side by side.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn answer_versions(
    shell: State<'_, Shell>,
    request: AnswerVersionsRequest,
) -> Answer<AnswerVersionsView> {
    shell.notebook()?.answer_versions(&request)
}

/// Decides about a key term of an entry.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn decide_term(shell: State<'_, Shell>, request: TermRequest) -> Answer<()> {
    shell.notebook()?.decide_term(&request)
}

/// Says that names mean one thing, or that they do not.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_synonyms(shell: State<'_, Shell>, request: SynonymsRequest) -> Answer<()> {
    shell.notebook()?.set_synonyms(&request)
}

/// What was decided about the terms of an entry, and the synonyms.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn terms(shell: State<'_, Shell>, entry: String) -> Answer<TermsView> {
    shell.notebook()?.terms(Some(&entry))
}

/// Keeps whom the model answer was for that is looked at.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn remember_audience(shell: State<'_, Shell>, audience: String) -> Answer<()> {
    shell.notebook()?.remember_audience(&audience);
    Ok(())
}
