//! Everything a front end can ask of a folder of posts.
//!
//! One request, one response: [`Notebook`] has a method for each, the types are in [`dto`], and what
//! goes wrong is an [`ApiError`] with a [`Code`]. The window and the command line are both built on
//! this and know nothing below it.

mod changing;
mod comparing;
mod completing;
mod conflicts;
mod convert;
mod converting;
mod drafts;
pub mod dto;
mod editing;
mod entries;
mod error;
mod explaining;
mod exporting;
mod folder_settings;
mod history;
mod html;
mod indexing;
mod keys;
mod listing;
mod notebook;
mod opening;
mod pasting;
mod pictures;
mod reading;
mod sample;
mod searching;
mod settings;
mod snapshot;
mod source;
mod summaries;
mod terms;
mod watching;

pub use dapanji_export::{Language, Progress, Stage};
pub use dapanji_library::Places;
pub use error::{ApiError, Breaking, Code};
pub use exporting::Preview;
pub use notebook::{Notebook, NotebookOptions};
pub use sample::sample_notebook;
pub use settings::{
    Bookmark, Contrast, Frame, LanguageChoice, Motion, PlaceView, Remembered, SettingsView, Theme,
};
pub use watching::{News, Watch};

/// Writes a file that is no post, whole or not at all.
///
/// # Errors
/// `WriteFailed`.
pub fn write_file(path: &std::path::Path, bytes: &[u8]) -> Result<(), ApiError> {
    Ok(dapanji_library::Library::write_export(path, bytes)?)
}
