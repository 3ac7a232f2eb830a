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
pub use transfer::DayHeading;

use crate::{Day, Entry, Post};
use reading::Reading;

impl Post {
    /// Reads a changed text the way this post was read.
    fn reread(&self, text: String) -> Self {
        Self::parse_with(text, self.vocabulary())
    }

    fn entry(&self, nth: usize) -> Result<(&Day, &Entry), EditError> {
        self.entries().nth(nth).ok_or(EditError::NoEntry)
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
        if expected == read { Ok(edits) } else { Err(Box::new(after)) }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests;
