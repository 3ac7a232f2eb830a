//! The commands about pictures: one request, one response each, no logic.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dapanji_api::dto::{AddPictureRequest, PictureAdded};
use dapanji_api::{ApiError, Code};
use tauri::State;

use crate::commands::Answer;
use crate::state::{Shell, lock};

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

/// Reads a file that was dropped on the window last, counted from zero, as base64.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn dropped_file(shell: State<'_, Shell>, nth: u32) -> Answer<String> {
    let path = usize::try_from(nth).ok().and_then(|nth| lock(&shell.dropped).get(nth).cloned());
    let Some(path) = path else {
        return Err(ApiError::new(Code::InvalidRequest, format!("no file {nth} was dropped")));
    };
    match std::fs::read(&path) {
        Ok(bytes) => Ok(BASE64_STANDARD.encode(bytes)),
        Err(error) => Err(ApiError::new(Code::Unreadable, error.to_string())),
    }
}
