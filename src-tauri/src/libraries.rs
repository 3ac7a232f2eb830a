//! The folders that were opened before, and where the user was in each.

use std::path::Path;

use dapanji_api::Bookmark;
use serde::Serialize;
use specta::Type;
use tauri::State;

use crate::commands::Answer;
use crate::deep_link;
use crate::state::Shell;

/// A folder that was opened before.
#[derive(Debug, Serialize, Type)]
pub(crate) struct LibraryView {
    /// Its path.
    folder: String,
    /// Whether nothing is there now, as when a drive is taken out.
    missing: bool,
    /// Whether it is the sample notebook.
    sample: bool,
}

/// The folders that were opened before, the last one first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn libraries(shell: State<'_, Shell>) -> Answer<Vec<LibraryView>> {
    let sample = shell.places.sample_dir().canonicalize().ok();
    let view = |folder: String| LibraryView {
        missing: !Path::new(&folder).exists(),
        sample: sample.as_deref() == Some(Path::new(&folder)),
        folder,
    };
    Ok(shell.remembered().recent.into_iter().map(view).collect())
}

/// Takes a folder off the list. The folder itself is left alone.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn forget_library(shell: State<'_, Shell>, folder: String) -> Answer<()> {
    shell.remember(|remembered| remembered.forget(&folder));
    Ok(())
}

/// Keeps where the user is in the open folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_bookmark(shell: State<'_, Shell>, bookmark: Bookmark) -> Answer<()> {
    shell.keep_bookmark(bookmark);
    Ok(())
}

/// Where the user was in the open folder when it was left; none if that is not known.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn bookmark(shell: State<'_, Shell>) -> Answer<Option<Bookmark>> {
    Ok(shell.bookmark())
}

/// The link to an entry of the open folder; none if the key is none.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn entry_link(shell: State<'_, Shell>, id: String) -> Answer<Option<String>> {
    let opened = shell.opened();
    Ok(opened.and_then(|opened| deep_link::link_to(&id, &opened.name)))
}
