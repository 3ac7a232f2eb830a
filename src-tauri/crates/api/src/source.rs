//! A post edited whole, as a text.
//!
//! Editors know one kind of line ending. So a text is handed out with plain ones, and a save finds out
//! which lines of the file are still there and leaves their bytes alone.
//!
//! Invariant: read without looking at how its lines end, a saved post is the text that was given.

mod endings;

use dapanji_library::{Encoding, Revision, SaveError};
use dapanji_post::with_plain_endings;

use crate::convert::{Offsets, date_text};
use crate::dto::{SaveSourceRequest, SavedView, SourceEntry, SourceView};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

use endings::Plain;

impl Notebook {
    /// Returns a post as a text. `path` is relative to the folder.
    ///
    /// # Errors
    /// `Unreadable` if there is no such post, or it cannot be read; `TooLarge`.
    pub fn source(&self, path: &str) -> Result<SourceView, ApiError> {
        let path = self.post_path(path)?;
        let (post, summary) = self.read_known(&path)?;
        let plain = Plain::of(post.text());
        let offsets = Offsets::of(plain.text(), self.unit);
        let range = |span: &std::ops::Range<usize>| {
            offsets.range(&(plain.offset(span.start)..plain.offset(span.end)))
        };
        let entries = post.entries().zip(&summary.entries).map(|((_, entry), known)| SourceEntry {
            id: known.id.clone(),
            span: range(&entry.span),
            answer: range(&entry.answer.body.span),
        });
        Ok(SourceView {
            entries: entries.collect(),
            path: path.to_string(),
            title: summary.title,
            date: date_text(summary.date),
            revision: summary.revision.map(|revision| revision.to_string()).unwrap_or_default(),
            read_only: summary.read_only.map(str::to_owned),
            text: plain.into_text(),
        })
    }

    /// Replaces the text of a post. Bytes of lines that stay do, too; keys of entries follow their
    /// questions as they do when another program writes the post.
    ///
    /// # Errors
    /// `Conflict` if the post is not what it was at `base`; `NotUtf8`, `Unreadable`, `ReadOnly`,
    /// `TooLarge`, `WriteFailed`. After an error the file is as it was.
    pub fn save_source(&self, request: &SaveSourceRequest) -> Result<SavedView, ApiError> {
        let path = self.post_path(&request.path)?;
        let base = request.base.as_deref().map(str::parse::<Revision>).transpose();
        let base = base.map_err(|error| {
            ApiError::new(Code::InvalidRequest, format!("cannot save {path}: {error}")).at(&path)
        })?;
        let revision = self.saving(|| {
            let read = self.library.read(&path)?;
            if read.encoding != Encoding::Utf8 {
                let encoding = read.encoding;
                return Err(SaveError::NotUtf8 { path: path.clone(), encoding }.into());
            }
            if base.is_some_and(|base| base != read.revision) {
                let message =
                    format!("cannot save {path}: it has changed since the text was based on it");
                return Err(ApiError::new(Code::Conflict, message).at(&path));
            }
            let text = endings::written(&read.text, &with_plain_endings(&request.text));
            Ok(self.library.save(&path, &text, &read.revision))
        })?;
        self.saved(&path);
        let (path, revision) = (path.to_string(), revision.to_string());
        Ok(SavedView { path, revision, ..SavedView::default() })
    }

    /// Keeps a text of a whole post that is dropped as a version that never was in the file.
    pub(crate) fn keep_source_aside(&self, path: &str, text: &str) -> Result<(), ApiError> {
        let path = self.post_path(path)?;
        self.saving(|| {
            let read = self.library.read(&path)?;
            let text = endings::written(&read.text, &with_plain_endings(text));
            Ok(self.library.keep_aside(&path, &text, &read.revision))
        })
    }
}
