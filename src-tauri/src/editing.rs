//! The commands that change posts beside answers: one request, one response each, no logic.

use dapanji_api::dto::{
    AddDayRequest, AddPostRequest, DeleteRequest, EditRequest, LostRequest, LostView, MoveRequest,
    SavedView, SettleRequest,
};
use tauri::{AppHandle, State};

use crate::commands::{Answer, told};
use crate::state::Shell;

/// Replaces the question, the category, the hint or the model answer of an entry.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn edit(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: EditRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.edit(&request)?))
}

/// Moves an entry to another day or post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn move_entry(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: MoveRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.move_entry(&request)?))
}

/// Deletes an entry; the history keeps the old version of its post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn delete_entry(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: DeleteRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.delete(&request)?))
}

/// Adds a day without entries.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_day(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: AddDayRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.add_day(&request)?))
}

/// Adds a post without entries, modelled on the newest.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_post(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: AddPostRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.add_post(&request)?))
}

/// Chooses between two versions that git left in a post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn settle(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: SettleRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.settle(&request)?))
}

/// Tells what may have become of a question that is in no post any more.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lost(shell: State<'_, Shell>, request: LostRequest) -> Answer<LostView> {
    shell.notebook()?.lost(&request)
}
