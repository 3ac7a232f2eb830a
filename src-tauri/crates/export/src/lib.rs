//! Typesets entries of posts as a PDF, with Typst as a library.
//!
//! A [`Book`] is plain data; its texts are markdown as it stands in the posts. The way is
//! `source` (kramdown's extras out) → pulldown-cmark events → `body` and `line` (Typst content,
//! built element by element) → `assets/pdf/template.typ` (the page) → PDF.
//!
//! Invariant: no text of a user is ever parsed as Typst code; it only becomes text elements.
//! Invariant: no file outside `Options::root` is read, and nothing is fetched or written.
//!
//! Deliberately not here: choosing entries, reading posts, saving the file.

mod body;
mod book;
mod document;
mod fonts;
mod html;
mod line;
mod notes;
mod picture;
mod source;
#[cfg(test)]
mod tests;
mod words;
mod world;

use std::ops::Range;

pub use picture::file_of as picture_file;
pub use book::{Book, BookDay, BookEntry, Language, Options};

/// Typesets `book` and returns the finished file.
///
/// The same book and options give the same bytes. Runs on a thread of its own with a deep stack
/// and blocks until it is done; `progress` is asked between entries and stages whether to stop.
pub fn typeset(
    book: &Book,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Pdf, ExportError> {
    on_deep_stack(|| document::typeset(book, options, progress))
}

/// Lays `book` out and returns pictures of some of its pages, as they will be in the file.
///
/// `pages` counts from zero and is cut to what exists; `pixels_per_point` is the resolution
/// (1.0 is 72 dpi).
pub fn preview(
    book: &Book,
    options: &Options,
    pages: Range<usize>,
    pixels_per_point: f64,
    progress: &dyn Progress,
) -> Result<Preview, ExportError> {
    on_deep_stack(|| document::preview(book, options, pages, pixels_per_point, progress))
}

/// A finished file.
#[derive(Debug, Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The number of pages.
    pub pages: usize,
    /// What could not be shown, one sentence each, in the language of the options.
    pub omissions: Vec<String>,
}

/// Pictures of pages.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The number of pages of the whole book.
    pub pages: usize,
    /// The asked pages in order, each a PNG file.
    pub pictures: Vec<Vec<u8>>,
    /// What could not be shown, as in [`Pdf::omissions`].
    pub omissions: Vec<String>,
}

/// Hears how far an export is, and can stop it.
pub trait Progress: Sync {
    /// Takes the number of finished steps of a stage, `done` of `of`.
    fn report(&self, stage: Stage, done: usize, of: usize);
    /// Says whether to stop; the export then ends with [`ExportError::Cancelled`].
    fn cancelled(&self) -> bool;
}

/// What an export is doing. `Layout` and `Write` are one step each and cannot be stopped inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading entries and their pictures; the steps are entries.
    Convert,
    /// Breaking lines and pages.
    Layout,
    /// Writing the file or the pictures of pages.
    Write,
}

/// The reasons there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// [`Progress::cancelled`] said so.
    #[error("export was cancelled")]
    Cancelled,
    /// The book has no entry.
    #[error("there is no entry to export")]
    Empty,
    /// Typst refused the content.
    #[error("cannot lay out the pages: {message}")]
    Layout {
        /// What Typst says.
        message: String,
    },
    /// The pages could not be written as a file or picture.
    #[error("cannot write the pages: {message}")]
    Write {
        /// What the writer says.
        message: String,
    },
    /// The system gave no thread to work on.
    #[error("cannot start a thread")]
    Thread {
        /// The system's reason.
        source: std::io::Error,
    },
    /// A bug in a library ended the thread.
    #[error("export stopped unexpectedly: {message}")]
    Panicked {
        /// The message of the panic.
        message: String,
    },
}

/// Layout recurses with the nesting of the content, and so does dropping it.
const STACK_BYTES: usize = 128 << 20;

fn on_deep_stack<T: Send>(
    work: impl FnOnce() -> Result<T, ExportError> + Send,
) -> Result<T, ExportError> {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .name("export".into())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work)
            .map_err(|source| ExportError::Thread { source })?;
        worker.join().unwrap_or_else(|panic| {
            let message = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default();
            Err(ExportError::Panicked { message })
        })
    })
}
