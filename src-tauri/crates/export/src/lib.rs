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

mod article;
mod body;
mod book;
mod compact;
mod document;
mod entry;
mod fonts;
mod html;
mod layout;
mod line;
mod marking;
mod math;
mod notes;
mod pages;
mod picture;
mod proof;
mod source;
#[cfg(test)]
mod tests;
mod values;
mod words;
mod world;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use book::{
    Answers, Book, BookArticle, BookComparison, BookDay, BookEntry, BookTerm, Columns, Language,
    MOST_RULED_LINES, Models, Options, Paper, RULED_LINES, Said, TEXT_SIZE, TEXT_SIZES, Totals,
};
pub use picture::file_of as picture_file;
pub use proof::{Proof, ProofPage};

/// Typesets `book` and returns the finished file.
///
/// The same book and options give the same bytes. Runs on a thread of its own with a deep stack
/// and blocks until it is done; `progress` is asked between entries and stages whether to stop.
pub fn typeset(
    book: &Book,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Pdf, ExportError> {
    on_deep_stack(document::is_large(book), || document::typeset(book, options, progress))
}

/// Lays `book` out and keeps its pages to be looked at.
///
/// `progress` is asked whether to stop between entries and within the layout.
pub fn proof(
    book: &Book,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Proof, ExportError> {
    on_deep_stack(document::is_large(book), || proof::proof(book, options, progress))
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

/// Hears how far an export is, and can stop it.
pub trait Progress: Sync {
    /// Takes the number of finished steps of a stage, `done` of `of`.
    fn report(&self, stage: Stage, done: usize, of: usize);
    /// Says whether to stop; the export then ends with [`ExportError::Cancelled`].
    fn cancelled(&self) -> bool;
}

/// What an export is doing. `Write` is one step and cannot be stopped inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading entries and their pictures; the steps are entries.
    Convert,
    /// Breaking lines and pages; the steps are the portions of a large book, else there is one.
    Layout,
    /// Writing the file.
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

/// Runs `work` on a thread with a deep stack; `alone`, it has no help from other threads. Allocators
/// keep what is given back for the thread that had it, so that several in turns take up a third more.
fn on_deep_stack<T: Send>(
    alone: bool,
    work: impl FnOnce() -> Result<T, ExportError> + Send,
) -> Result<T, ExportError> {
    let name = "export".to_owned();
    if alone {
        let thread = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK_BYTES);
        let thread = thread
            .thread_name(move |_| name.clone())
            .build()
            .map_err(|error| ExportError::Thread { source: std::io::Error::other(error) })?;
        let done = catch_unwind(AssertUnwindSafe(|| thread.install(work)));
        return done.unwrap_or_else(|panic| Err(panicked(&*panic)));
    }
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .name(name)
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work)
            .map_err(|source| ExportError::Thread { source })?;
        worker.join().unwrap_or_else(|panic| Err(panicked(&*panic)))
    })
}

fn panicked(panic: &(dyn Any + Send)) -> ExportError {
    let message = panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    ExportError::Panicked { message }
}
