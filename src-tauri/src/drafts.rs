//! The commands of the journal of drafts: one request, one response each, no logic.

use dapanji_api::dto::{DraftKept, DraftRequest, DraftView};
use tauri::State;

use crate::commands::Answer;
use crate::state::Shell;

/// Keeps a text that is being written outside the folder; it is on the disk when this answers.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_draft(shell: State<'_, Shell>, request: DraftRequest) -> Answer<DraftKept> {
    shell.notebook()?.keep_draft(&request)
}

/// Forgets a draft.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn drop_draft(shell: State<'_, Shell>, key: String) -> Answer<()> {
    shell.notebook()?.drop_draft(&key)
}

/// Lists the texts that are in no post, the newest first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn drafts(shell: State<'_, Shell>) -> Answer<Vec<DraftView>> {
    shell.notebook()?.drafts()
}
