//! Posts that are not UTF-8: told of, and converted when the user asks.

use dapanji_library::{Encoding, PostPath, Revision, SaveError};

use crate::dto::{ConvertRequest, DiagnosticView, SavedView};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

impl Notebook {
    /// Rewrites a post as UTF-8. Its text stays the same to the character, and the old bytes are in
    /// the history. A post in UTF-8 is left as it is.
    ///
    /// # Errors
    /// `Conflict` if the post is not at `base` any more; `InvalidRequest` for a path or revision that
    /// is none; `Unreadable` for a post that is gone or whose encoding is not recognised; `ReadOnly`,
    /// `WriteFailed`.
    pub fn convert(&self, request: &ConvertRequest) -> Result<SavedView, ApiError> {
        let ConvertRequest { path, base } = request;
        let invalid = |error: &dyn std::fmt::Display| {
            ApiError::new(Code::InvalidRequest, format!("cannot convert `{path}`: {error}"))
        };
        let path = PostPath::new(path.as_str()).map_err(|error| invalid(&error))?;
        let base: Revision = match base {
            Some(base) => base.parse().map_err(|error| invalid(&error))?,
            None => self.library.read(&path)?.revision,
        };
        let revision = self.library.convert(&path, &base)?;
        self.saved(&path);
        let (path, revision) = (path.to_string(), revision.to_string());
        Ok(SavedView { path, revision, ..SavedView::default() })
    }

    /// Returns the key of an entry whose post can be written, before its user takes the trouble.
    ///
    /// # Errors
    /// `NotUtf8`; those of [`Self::show`].
    pub fn writable(&self, entry: &str) -> Result<String, ApiError> {
        let id = self.resolve(entry)?;
        let path = self.locate(&id)?.path;
        match self.library.read(&path)?.encoding {
            Encoding::Utf8 => Ok(id),
            encoding => Err(SaveError::NotUtf8 { path, encoding }.into()),
        }
    }
}

/// What a list of oddities says of a post that is not UTF-8.
pub(crate) fn diagnostic(path: &PostPath, encoding: Encoding) -> Option<DiagnosticView> {
    (encoding != Encoding::Utf8).then(|| DiagnosticView {
        line: 1,
        code: "not-utf8".to_owned(),
        message: format!(
            "this post is in {encoding}, not UTF-8: it is shown and searched, but not changed; {}",
            way_out(path.as_str())
        ),
    })
}

/// What to do about a post that is not UTF-8.
pub(crate) fn way_out(path: &str) -> String {
    format!(
        "convert it first, with the window's button or `dapanji convert FOLDER '{path}'`, which keeps \
         the old bytes in the history"
    )
}
