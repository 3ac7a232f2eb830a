//! Replaces the user's own answer.

use super::body::Written;
use super::open::refuse_open;
use super::text::{is_blank_line, line_start, next_line, without_outer_blank_lines};
use super::{EditError, Edits};
use crate::{Entry, Layout, Post};

impl Post {
    /// Replaces the answer of the entry at `nth` (from zero, in the order of the file).
    ///
    /// Blank lines around `new` are dropped and its line endings are made those of the place; an
    /// answer in a quote keeps its quote prefix. Lines at both ends that stay the same keep their
    /// bytes. The place of an empty answer gets the blank lines that part it from what follows, and
    /// a heading where other entries of its layout have one.
    ///
    /// # Errors
    /// `BreaksStructure` if reading the result back would not give this text in this place and
    /// everything else as it was, or if the text leaves a fence or an element open.
    pub fn set_answer(&self, nth: usize, new: &str) -> Result<Edits, EditError> {
        let (_, entry) = self.entry(nth)?;
        let new = without_outer_blank_lines(new);
        let old = without_outer_blank_lines(&self.part_text(&entry.answer.body));
        if new == old {
            return Ok(Edits::default());
        }
        refuse_open(&old, &new)?;
        let make = |apart| {
            let written = self.write_answer(nth, entry, &new, apart);
            self.verified(written.edits, |expected, _| {
                if let Some(entry) = expected.entry(nth) {
                    entry.answer.clone_from(&new);
                }
            })
            .map_err(|after| {
                let part = after.entries().nth(nth).map(|(_, entry)| &entry.answer.body);
                EditError::breaking(&after, part, written.start, &new)
            })
        };
        // Some texts are read as the answer only right below the question.
        make(true).or_else(|error| make(false).map_err(|_| error))
    }

    /// Writes the answer; `apart` from the question where nothing marks it.
    fn write_answer(&self, nth: usize, entry: &Entry, new: &str, apart: bool) -> Written {
        let body = &entry.answer.body;
        if new.is_empty() {
            let edits = Edits::one(body.span.clone(), String::new());
            return Written { edits, start: body.span.start };
        }
        if !body.span.is_empty() {
            return self.replace_part(body, new);
        }
        let mut start = body.span.start;
        let lines = self.lines_at(body);
        let text = lines.write_whole(new);
        if let (Some(heading), Layout::Labelled) = (&entry.answer.heading, entry.layout)
            && heading.start < start
            && line_start(self.text(), start) < start
        {
            // Behind the label, as in `A : `.
            let before = self.text().get(..start).unwrap_or_default();
            let space = if before.ends_with([' ', '\t']) { "" } else { " " };
            let edits = Edits::one(start..start, format!("{space}{}", lines.write(new)));
            return Written { edits, start: start + space.len() };
        }
        if entry.answer.heading.is_some() {
            return self.fill_place(start, "", &text, lines.eol);
        }
        let mut lead = String::new();
        if !apart {
            return self.fill_place(start, "", &text, lines.eol);
        }
        // A blank line that is there already parts the text from the question.
        if is_blank_line(self.text(), start) {
            start = next_line(self.text(), start);
        } else {
            lead.push_str(lines.eol);
        }
        if let Some(heading) = self.style(nth).answer_heading {
            lead.push_str(&heading);
            lead.push_str(lines.eol);
        }
        self.fill_place(start, &lead, &text, lines.eol)
    }
}
