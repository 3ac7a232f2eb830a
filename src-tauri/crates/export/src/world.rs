//! What Typst sees of the world: our template, the fonts, the content. No files, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

use crate::Progress;
use crate::fonts::FONTS;

static TEMPLATE: LazyLock<Source> =
    LazyLock::new(|| Source::detached(include_str!("../../../../assets/pdf/template.typ")));

/// The template with one book's content as its input.
pub(crate) struct Press<'a> {
    library: LazyHash<Library>,
    progress: Option<&'a dyn Progress>,
}

/// What unwinds out of a layout that is to stop.
pub(crate) struct Stopped;

impl<'a> Press<'a> {
    pub(crate) fn new(content: Dict) -> Self {
        let library = LazyHash::new(Library::builder().with_inputs(content).build());
        Self { library, progress: None }
    }

    /// The template, by which the content is set.
    pub(crate) fn template(&self) -> &'static Source {
        &TEMPLATE
    }

    /// Lets `progress` stop the layout, which then unwinds with [`Stopped`]: Typst has no other way
    /// out of it.
    pub(crate) fn stopped_by(self, progress: &'a dyn Progress) -> Self {
        Self { progress: Some(progress), ..self }
    }
}

impl World for Press<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() { Ok(TEMPLATE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        // Asked for every word, so a layout stops within a moment wherever it is.
        if self.progress.is_some_and(Progress::cancelled) {
            std::panic::resume_unwind(Box::new(Stopped));
        }
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
