//! Keeps what the user drops: a text that never got into its post is in the history all the same.

use crate::dto::{AsideRequest, DraftPart, EditRequest, ModelEdit};
use crate::error::{ApiError, Code};
use crate::notebook::{Located, Notebook};

impl Notebook {
    /// Keeps a text that is dropped as a version of its entry that never was in the file. The post is
    /// not touched. An empty text, or what the post says anyway, is not kept; one with what would end
    /// its part, such as a heading, is kept as a block of code.
    ///
    /// # Errors
    /// `UnknownEntry`; `InvalidRequest` for a part that no entry has; `BreaksStructure` if the text
    /// would be read as other parts even as code; `ConflictMarkers` where git's stand in the entry;
    /// `PlaceUnusable` or `DiskFull` where the history cannot be written.
    pub fn keep_aside(&self, request: &AsideRequest) -> Result<(), ApiError> {
        if request.text.trim().is_empty() {
            return Ok(());
        }
        if request.part == DraftPart::Source {
            return self.keep_source_aside(&request.entry, &request.text);
        }
        let id = self.resolve(&request.entry)?;
        self.saving(|| {
            let located = self.locate(&id)?;
            let text = self.with_text(&located, request);
            // What would be read as other parts of the post is kept as code, which is not read.
            let text = text.or_else(|error| match error.code {
                Code::BreaksStructure => self.with_text(&located, &fenced(request)),
                _ => Err(error),
            });
            let text = text.map_err(|error| located.about(error))?;
            let Some(revision) = &located.summary.revision else {
                return Err(ApiError::new(Code::PostGone, "the post is gone").at(&located.path));
            };
            Ok(self.library.keep_aside(&located.path, &text, revision))
        })
    }

    /// The text of a post with the dropped one in its place.
    fn with_text(&self, located: &Located, request: &AsideRequest) -> Result<String, ApiError> {
        let text = request.text.clone();
        let mut edit = EditRequest::default();
        match request.part {
            DraftPart::Answer => {
                let edits = located.post.set_answer(located.nth, &text)?;
                return Ok(edits.apply(located.post.text()));
            }
            DraftPart::Question => edit.question = Some(text),
            DraftPart::Hint => edit.hint = Some(text),
            DraftPart::ModelAnswer => {
                edit.model_answer = Some(ModelEdit { audience: request.audience.clone(), text });
            }
            DraftPart::Category => {
                let (category, topic) = text.split_once('\n').unwrap_or((&text, ""));
                edit.category = Some(category.to_owned());
                edit.topic = Some(topic.to_owned());
            }
            DraftPart::Source | DraftPart::NewEntry => {
                let message = "a question that is yet to be added is in no post";
                return Err(ApiError::new(Code::InvalidRequest, message));
            }
        }
        self.edited(located, &edit)
    }
}

/// The text as a block of code, with a fence that nothing in it ends.
fn fenced(request: &AsideRequest) -> AsideRequest {
    let longest = request.text.split(|letter| letter != '~').map(str::len).max();
    let fence = "~".repeat(longest.unwrap_or_default().max(2) + 1);
    let text = format!("{fence}\n{}\n{fence}", request.text.trim_end());
    AsideRequest { text, ..request.clone() }
}
