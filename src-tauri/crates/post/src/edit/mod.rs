//! Changes a post by splices into its text, and checks what a splice does before anyone writes it.
//!
//! Every edit is made the same way: splices are worked out from the ranges that were read, the result
//! is read again, and what it reads as is compared with what the post read as before, changed by the
//! intent. Only an edit that does what was asked, and nothing else, is handed out.

mod add;
mod answer;
mod body;
mod error;
mod head;
mod model_answer;
mod name;
mod new_post;
mod open;
mod place;
mod question;
mod reading;
mod splice;
mod style;
mod text;
mod transfer;
mod write;

pub use add::NewEntry;
pub use error::{Breaks, EditError};
pub use name::new_post_name;
pub use new_post::new_post;
pub use splice::Edits;
pub use text::with_plain_endings;
pub use transfer::DayHeading;

use crate::{Day, Entry, MergeConflict, Post};
use reading::Reading;

impl Post {
    /// Reads a changed text the way this post was read.
    fn reread(&self, text: String) -> Self {
        Self::parse_with(text, self.vocabulary())
    }

    /// The entry an edit is about. One with a conflict in it is not edited: what is written would
    /// stand on one side only.
    fn entry(&self, nth: usize) -> Result<(&Day, &Entry), EditError> {
        let entry = self.entries().nth(nth).ok_or(EditError::NoEntry)?;
        match self.conflicts_of(nth).first().and_then(|at| self.conflicts().get(*at)) {
            Some(conflict) => Err(self.conflicted(conflict)),
            None => Ok(entry),
        }
    }

    /// Refuses to put something new into a post with conflicts: its place might be on one side, and
    /// what it is modelled on too.
    fn without_conflicts(&self) -> Result<(), EditError> {
        self.conflicts().first().map_or(Ok(()), |conflict| Err(self.conflicted(conflict)))
    }

    fn conflicted(&self, conflict: &MergeConflict) -> EditError {
        EditError::ConflictMarkers { line: self.line_of(conflict.span.start) }
    }

    /// Hands out `edits` if their result reads as this post does, changed by `intent`; else what the
    /// result is. `intent` also sees what the result reads as, to leave open what follows from it.
    fn verified(
        &self,
        edits: Edits,
        intent: impl FnOnce(&mut Reading, &Reading),
    ) -> Result<Edits, Box<Self>> {
        let after = self.reread(edits.apply(self.text()));
        let read = Reading::of(&after);
        let mut expected = Reading::of(self);
        intent(&mut expected, &read);
        // Invariant: no edit makes, ends or reaches into a conflict; `settle` does that.
        let apart = |conflict: &MergeConflict| {
            let conflict = &conflict.span;
            edits.splices().iter().all(|(s, _)| s.end <= conflict.start || conflict.end <= s.start)
        };
        let kept = after.conflicts().len() == self.conflicts().len();
        let kept = kept && self.conflicts().iter().all(apart);
        if kept && expected == read { Ok(edits) } else { Err(Box::new(after)) }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests;
