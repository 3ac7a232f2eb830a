//! Changes what stands at the head of an entry: its category, topic and hint.

use super::body::Written;
use super::open::refuse_open;
use super::style::HeadLine;
use super::text::{
    is_blank_line, line_end, line_start, next_line, one_line, without_outer_blank_lines,
};
use super::{EditError, Edits};
use crate::{Entry, Part, Post, scan};

/// A text that every place for one takes.
pub(super) const PROBE: &str = "가";

impl Post {
    /// Replaces category and topic of the entry at `nth`: `> 카테고리: category, topic`. The line is
    /// made where there is none, and goes away when both are empty; a topic without a category is
    /// written as `, topic`, which reads back as such. Where an entry has several category lines,
    /// the first is meant.
    ///
    /// # Errors
    /// `CommaInCategory`; `NoPlace`; `NotReadBack` if the line would not be read as this.
    pub fn set_category(
        &self,
        nth: usize,
        category: &str,
        topic: &str,
    ) -> Result<Edits, EditError> {
        let (_, entry) = self.entry(nth)?;
        let (category, topic) = (one_line(category), one_line(topic));
        if category.contains([',', '，']) {
            return Err(EditError::CommaInCategory);
        }
        let old = entry.categories.first().map_or("", String::as_str);
        if old == category && entry.topic.as_deref().unwrap_or_default() == topic {
            return Ok(Edits::default());
        }
        let made = self.make_category(nth, entry, &category, &topic);
        made.ok_or_else(|| {
            let has_place = entry.category_line.is_some()
                || self.make_category(nth, entry, PROBE, "").is_some();
            if has_place { EditError::NotReadBack } else { EditError::NoPlace }
        })
    }

    fn make_category(
        &self,
        nth: usize,
        entry: &Entry,
        category: &str,
        topic: &str,
    ) -> Option<Edits> {
        let edits = self.splice_category(entry, category, topic, || self.style(nth).category);
        let made = self.verified(edits, |expected, _| {
            if let Some(entry) = expected.entry(nth) {
                entry.categories.splice(..entry.categories.len().min(1), some(category));
                entry.topic = some(topic);
            }
        });
        made.ok()
    }

    pub(super) fn splice_category(
        &self,
        entry: &Entry,
        category: &str,
        topic: &str,
        like: impl FnOnce() -> HeadLine,
    ) -> Edits {
        let line = entry.category_line.clone();
        let old = line.as_ref().map(|part| self.part_text(part).into_owned());
        let between = old.as_deref().and_then(comma).unwrap_or(", ");
        let value = match (category, topic) {
            ("", "") => {
                let Some(part) = line else { return Edits::default() };
                return self
                    .remove_head_line(line_start(self.text(), part.span.start), part.span.end);
            }
            (category, "") => category.to_owned(),
            ("", topic) => format!("{} {topic}", between.trim()),
            (category, topic) => format!("{category}{between}{topic}"),
        };
        match line {
            Some(part) => self.write_behind_label(&part, &value).edits,
            None => self.insert_head_line(self.head_start(entry), &like(), &value).edits,
        }
    }

    /// Replaces the hint of the entry at `nth`; an empty text removes its lines. Where there is none
    /// it is made below the category, as the entries around have it.
    ///
    /// # Errors
    /// `NoPlace`; `BreaksStructure` if the text would not be read back as this hint.
    pub fn set_hint(&self, nth: usize, new: &str) -> Result<Edits, EditError> {
        let (_, entry) = self.entry(nth)?;
        let new = without_outer_blank_lines(new).trim().to_owned();
        let old = entry.hint.as_ref().map(|part| self.part_text(part));
        let old = without_outer_blank_lines(&old.unwrap_or_default());
        if new == old {
            return Ok(Edits::default());
        }
        refuse_open(&old, &new)?;
        self.make_hint(nth, entry, &new).map_err(|error| {
            let has_place = entry.hint.is_some() || self.make_hint(nth, entry, PROBE).is_ok();
            if has_place { error } else { EditError::NoPlace }
        })
    }

    fn make_hint(&self, nth: usize, entry: &Entry, new: &str) -> Result<Edits, EditError> {
        let written = self.write_hint(entry, new, || self.style(nth).hint);
        self.verified(written.edits, |expected, _| {
            if let Some(entry) = expected.entry(nth) {
                entry.hint = some(new);
            }
        })
        .map_err(|after| {
            let part = after.entries().nth(nth).and_then(|(_, entry)| entry.hint.as_ref());
            EditError::breaking(&after, part, written.start, new)
        })
    }

    pub(super) fn write_hint(
        &self,
        entry: &Entry,
        new: &str,
        like: impl FnOnce() -> HeadLine,
    ) -> Written {
        match (&entry.hint, new.is_empty()) {
            (None, true) => Written { edits: Edits::default(), start: entry.heading.end },
            (Some(part), true) => {
                let start = line_start(self.text(), part.span.start);
                Written { edits: self.remove_head_line(start, part.span.end), start }
            }
            (Some(part), false) => self.write_behind_label(part, new),
            (None, false) => {
                let category = entry.category_line.clone();
                let at = category.map_or_else(|| self.head_start(entry), |part| part.span.end);
                self.insert_head_line(at, &like(), new)
            }
        }
    }

    /// Writes a text into the part behind a label, which may be empty.
    fn write_behind_label(&self, part: &Part, new: &str) -> Written {
        if !part.span.is_empty() {
            return self.replace_part(part, new);
        }
        let at = part.span.start;
        let before = self.text().get(..at).unwrap_or_default();
        let space = if before.ends_with([':', '：']) { " " } else { "" };
        let text = self.lines_at(part).write(new);
        let taken = line_end(self.text(), at);
        Written { edits: Edits::one(at..taken, format!("{space}{text}")), start: at + space.len() }
    }

    /// Removes the lines from `start` to the one `end` stands in, with the gap above them.
    fn remove_head_line(&self, start: usize, end: usize) -> Edits {
        Edits::one(self.text_above(start)..line_end(self.text(), end), String::new())
    }

    /// Puts a labelled text under the line that `at` stands in.
    fn insert_head_line(&self, at: usize, like: &HeadLine, value: &str) -> Written {
        let text = self.text();
        let eol = self.line_ending_at(at);
        let end = line_end(text, at);
        let mut insert = eol.to_owned();
        for line in &like.gap {
            insert.push_str(line);
            insert.push_str(eol);
        }
        insert.push_str(&like.label);
        let start = end + insert.len();
        let prefix = scan::quote_prefix(&like.label);
        let prefix = like.label.get(..prefix).unwrap_or_default();
        let lines = super::body::Lines { eol, margin: prefix.to_owned(), blank: prefix.to_owned() };
        insert.push_str(&lines.write(value));
        insert.push_str(&like.trail);
        let below = next_line(text, at);
        let rest = text.get(below..).unwrap_or_default();
        let next = rest.lines().next().unwrap_or_default();
        // What stands below directly is parted from it, unless both are lines of one quote.
        let joined = scan::is_quote(next) && scan::is_quote(&like.label) && like.gap.is_empty();
        if below < text.len() && !is_blank_line(text, below) && !joined {
            insert.push_str(eol);
        }
        Written { edits: Edits::one(end..end, insert), start }
    }

    /// Where the head of an entry begins (bytes): the end of its heading, with the attribute lists
    /// right below it.
    fn head_start(&self, entry: &Entry) -> usize {
        let mut end = entry.heading.end;
        loop {
            let below = next_line(self.text(), end);
            let line_end = line_end(self.text(), below);
            let line = self.text().get(below..line_end).unwrap_or_default();
            if below >= self.text().len() || !scan::is_attribute_list(line) {
                return end;
            }
            end = line_end;
        }
    }
}

/// The comma between category and topic with the white space around it.
fn comma(line: &str) -> Option<&str> {
    let at = line.find([',', '，'])?;
    let from = line.get(..at)?.trim_end().len();
    let rest = line.get(at..)?.trim_start_matches([',', '，']).trim_start();
    line.get(from..line.len() - rest.len()).filter(|_| from > 0 && !rest.is_empty())
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
