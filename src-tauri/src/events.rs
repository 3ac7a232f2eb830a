//! What the backend tells the interface unasked.

use dapanji_api::Stage;
use dapanji_api::dto::{Change, WatchingView};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// Posts changed, by others or by this program.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct Changed(pub(crate) Change);

/// From now on changes by others are heard of in another way.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct WatchingChanged(pub(crate) WatchingView);

/// The whole folder is gone, or (`true`) is there again.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct FolderThere(pub(crate) bool);

/// A later start, a link or a dragged folder wants to be shown: `arrive` goes there.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct Asked {
    /// Whether that is in another folder than the open one.
    pub elsewhere: bool,
}

/// Files of another program were dropped on the window where the engine does not hand them to the page:
/// `dropped_file` reads them.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "engines there hand files over"))]
pub(crate) struct Dropped {
    /// How far from the page's left edge, in its pixels.
    pub x: i32,
    /// How far from its upper edge.
    pub y: i32,
    /// What was dropped, in its order.
    pub files: Vec<DroppedFile>,
}

/// A file that was dropped.
#[derive(Debug, Clone, Serialize, Type)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "engines there hand files over"))]
pub(crate) struct DroppedFile {
    /// Its name without the folder.
    pub name: String,
    /// The media type, by its name, of a picture that posts show; none of any other file.
    pub picture: Option<String>,
    /// Its size in bytes; of a larger one than this can tell, the largest.
    pub size: u32,
}

/// A command was chosen in a menu of the system.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct MenuChosen(pub(crate) String);

/// How far an export has come.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct ExportProgress {
    /// What is being done.
    pub stage: ExportStage,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub of: u32,
}

/// The stages of an export.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExportStage {
    /// Texts are read and converted.
    Read,
    /// Pages are laid out.
    Typeset,
    /// The file is made.
    Write,
}

impl From<Stage> for ExportStage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Convert => Self::Read,
            Stage::Layout => Self::Typeset,
            Stage::Write => Self::Write,
        }
    }
}
