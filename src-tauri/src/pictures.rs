//! The commands about pictures: one request, one response each, no logic.

use dapanji_api::dto::{AddPictureRequest, PictureAdded};
use tauri::State;

use crate::commands::Answer;
use crate::state::Shell;

/// A picture of the folder as a `data:` URL; none where there is no such picture to show.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn picture(
    shell: State<'_, Shell>,
    post: String,
    address: String,
) -> Answer<Option<String>> {
    shell.notebook()?.picture(&post, &address)
}

/// Writes a picture into the folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_picture(
    shell: State<'_, Shell>,
    request: AddPictureRequest,
) -> Answer<PictureAdded> {
    shell.notebook()?.add_picture(&request)
}
