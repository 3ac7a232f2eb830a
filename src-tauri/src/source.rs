//! The commands of the source mode: one request, one response each, no logic.

use dapanji_api::dto::{SaveSourceRequest, SavedView, SourceView};
use tauri::{AppHandle, State};

use crate::commands::{Answer, told};
use crate::state::Shell;

/// A post as a text. `path` is relative to the folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn source(shell: State<'_, Shell>, path: String) -> Answer<SourceView> {
    shell.notebook()?.source(&path)
}

/// Replaces the text of a post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_source(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: SaveSourceRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.save_source(&request)?))
}
