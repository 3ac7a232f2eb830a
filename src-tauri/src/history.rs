//! The commands of the history: one request, one response each, no logic.

use dapanji_api::dto::{
    AsideRequest, HistoryRequest, HistoryView, RestoreRequest, SavedView, VersionDetail,
    VersionRequest,
};
use tauri::{AppHandle, State};

use crate::commands::{Answer, told};
use crate::state::Shell;

/// Lists the versions of an entry, a post or the whole folder that were replaced.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn history(shell: State<'_, Shell>, request: HistoryRequest) -> Answer<HistoryView> {
    shell.notebook()?.history(&request)
}

/// Sets a replaced version beside what there is now.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn version(shell: State<'_, Shell>, request: VersionRequest) -> Answer<VersionDetail> {
    shell.notebook()?.version(&request)
}

/// Keeps a text that the user drops in the history of its entry.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_aside(shell: State<'_, Shell>, request: AsideRequest) -> Answer<()> {
    shell.notebook()?.keep_aside(&request)
}

/// Puts a replaced version back.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn restore(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: RestoreRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.restore(&request)?))
}
