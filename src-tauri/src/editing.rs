//! The commands that change posts beside answers: one request, one response each, no logic.

use dapanji_api::ApiError;
use dapanji_api::dto::{
    AddDayRequest, AddPostRequest, DeleteRequest, EditRequest, LostRequest, LostView, MoveRequest,
    SavedView, SettleRequest,
};
use tauri::{AppHandle, State};

use crate::commands::tell;
use crate::state::Shell;

type Answer<T> = Result<T, ApiError>;

/// Replaces the question, the category, the hint or the model answer of an entry.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn edit(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: EditRequest,
) -> Answer<SavedView> {
    let saved = shell.notebook()?.edit(&request)?;
    tell(&app, &saved);
    Ok(saved)
}

/// Moves an entry to another day or post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn move_entry(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: MoveRequest,
) -> Answer<SavedView> {
    let saved = shell.notebook()?.move_entry(&request)?;
    tell(&app, &saved);
    Ok(saved)
}

/// Deletes an entry; the history keeps the old version of its post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn delete_entry(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: DeleteRequest,
) -> Answer<SavedView> {
    let saved = shell.notebook()?.delete(&request)?;
    tell(&app, &saved);
    Ok(saved)
}

/// Adds a day without entries.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_day(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: AddDayRequest,
) -> Answer<SavedView> {
    let saved = shell.notebook()?.add_day(&request)?;
    tell(&app, &saved);
    Ok(saved)
}

/// Adds a post without entries, modelled on the newest.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_post(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: AddPostRequest,
) -> Answer<SavedView> {
    let saved = shell.notebook()?.add_post(&request)?;
    tell(&app, &saved);
    Ok(saved)
}

/// Chooses between two versions that git left in a post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn settle(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: SettleRequest,
) -> Answer<SavedView> {
    let saved = shell.notebook()?.settle(&request)?;
    tell(&app, &saved);
    Ok(saved)
}

/// Tells what may have become of a question that is in no post any more.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lost(shell: State<'_, Shell>, request: LostRequest) -> Answer<LostView> {
    shell.notebook()?.lost(&request)
}
