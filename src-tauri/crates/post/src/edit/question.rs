//! Rewords a question.

use super::text::one_line;
use super::{EditError, Edits};
use crate::{Entry, Post};

impl Post {
    /// Replaces the question of the entry at `nth`. Its mark (`Q1. `), the heading's level, closing
    /// `##`, `{#id}` and trailing spaces stay; line breaks in `new` become spaces.
    ///
    /// # Errors
    /// `EmptyQuestion`; `NotReadBack` if the heading would not be read as this question, as one that
    /// says no more than `답변` would not.
    pub fn set_question(&self, nth: usize, new: &str) -> Result<Edits, EditError> {
        let (_, entry) = self.entry(nth)?;
        let new = one_line(new);
        if new.is_empty() {
            return Err(EditError::EmptyQuestion);
        }
        if new == self.part_text(&entry.question) {
            return Ok(Edits::default());
        }
        let edits = self.splice_question(entry, &new);
        self.verified(edits, |expected, read| {
            let own = self.unmarked(&new);
            expected.follow(read, nth, |entry, read| {
                entry.question = if read.question == own { own.to_owned() } else { new.clone() };
            });
        })
        .map_err(|_| EditError::NotReadBack)
    }

    pub(super) fn splice_question(&self, entry: &Entry, new: &str) -> Edits {
        // A last `#` would be read as the heading's closing mark if there were no other behind it.
        let line = self.text().get(entry.question.span.end..entry.heading.end).unwrap_or_default();
        let guard = if new.ends_with('#') && line.trim().is_empty() { " #" } else { "" };
        Edits::one(entry.question.span.clone(), format!("{new}{guard}"))
    }

    /// A question without the mark it begins with itself.
    pub(super) fn unmarked<'a>(&self, question: &'a str) -> &'a str {
        let mark = self.vocabulary().question_mark(question);
        mark.and_then(|at| question.get(at..)).unwrap_or(question)
    }
}
