//! Takes entries out of a post and puts them in again, at another day or in another post.

use jiff::civil::Date;

use super::reading::{EntryReading, Reading};
use super::text::{end_of_text, line_start, with_plain_endings};
use super::{EditError, Edits};
use crate::scan::{self, BlockKind};
use crate::{Day, Entry, Post, Span};

/// What becomes of the heading of a day whose last entry goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayHeading {
    /// It stays, as a day without entries.
    Keep,
    /// It goes, with the separator between it and the next day.
    Drop,
}

impl Post {
    /// Removes the entry at `nth` with what separates it from its neighbour. The heading of a day
    /// that had no other entry stays or goes with it, as `heading` says; one with other text under
    /// it always stays.
    ///
    /// # Errors
    /// `NotReadBack` if the other entries would not be read as before without it, as where it alone
    /// tells that a post without dates holds questions.
    pub fn delete_entry(&self, nth: usize, heading: DayHeading) -> Result<Edits, EditError> {
        let (day, entry) = self.entry(nth)?;
        let dropped = heading == DayHeading::Drop && self.is_all_of(day, entry);
        let cut = if dropped { self.day_cut(day) } else { self.entry_cut(day, entry) };
        let edits = Edits::one(cut, String::new());
        self.verified(edits, |expected, _| {
            let Some((at, within)) = expected.place(nth) else { return };
            let Some(day) = expected.days.get_mut(at) else { return };
            day.entries.remove(within);
            if day.entries.is_empty() && (dropped || !day.headed) {
                expected.days.remove(at);
            }
        })
        .map_err(|_| EditError::NotReadBack)
    }

    /// Returns the source of the entry at `nth`, all of it, without a line ending at the end.
    ///
    /// # Errors
    /// `NoEntry`.
    pub fn entry_source(&self, nth: usize) -> Result<String, EditError> {
        let (_, entry) = self.entry(nth)?;
        let end = end_of_text(self.text(), &entry.span);
        Ok(self.text().get(entry.span.start..end).unwrap_or_default().to_owned())
    }

    /// Puts the source of an entry, as [`Self::entry_source`] gave it, at the end of the day of
    /// `date`, which is made where it is missing. Its line endings become those of the place, and its
    /// headings move to the level questions have there.
    ///
    /// # Errors
    /// `NotReadBack` if the source would not be read there as one entry.
    pub fn insert_source(
        &self,
        date: Date,
        of_file: Option<Date>,
        source: &str,
    ) -> Result<Edits, EditError> {
        let level = self.question_level(date, of_file);
        let source = at_level(&with_plain_endings(source), level);
        let source = source.trim_end_matches('\n');
        // Read on its own, under a date, as it is to be read here.
        let alone = self.reread(format!("# {date}\n{source}\n"));
        let mut alone = alone.entries().map(|(_, entry)| EntryReading::of(&alone, entry));
        let (Some(own), None) = (alone.next(), alone.next()) else {
            return Err(EditError::NotReadBack);
        };
        let edits = self.place_entry(date, of_file, source);
        self.verified(edits, |expected, read| {
            expected.gain(read, self, date, of_file, |entry| *entry == own);
        })
        .map_err(|_| EditError::NotReadBack)
    }

    /// Moves the entry at `nth` to the end of the day of `date`, which is made where it is missing.
    /// The heading of a day that is left with nothing goes. Nothing changes if the entry is of that
    /// day.
    ///
    /// # Errors
    /// `NotReadBack` if the post would not be read as before but for the entry's day.
    pub fn move_entry(
        &self,
        nth: usize,
        date: Date,
        of_file: Option<Date>,
    ) -> Result<Edits, EditError> {
        let (day, _) = self.entry(nth)?;
        if self.date_of(day, of_file) == Some(date) {
            return Ok(Edits::default());
        }
        let source = self.entry_source(nth)?;
        // Put in first: what is taken out may be all that shows how the post is written.
        let put = self.insert_source(date, of_file, &source)?;
        let between = self.reread(put.apply(self.text()));
        let above = put.splices().iter().all(|(span, _)| span.start <= day.span.start);
        let now = if above { nth + 1 } else { nth };
        let taken = between.delete_entry(now, DayHeading::Drop)?;
        let moved = put.then(&taken, self.text().len());
        // What stands around an entry can change how it is read: a list item elsewhere may be none.
        let read = |post: &Self| -> Vec<EntryReading> {
            Reading::of(post).days.into_iter().flat_map(|day| day.entries).collect()
        };
        let (before, after) = (read(self), read(&self.reread(moved.apply(self.text()))));
        let kept = before.get(nth).is_some_and(|entry| after.contains(entry));
        if kept && before.len() == after.len() { Ok(moved) } else { Err(EditError::NotReadBack) }
    }

    /// Whether a headed day holds this entry and nothing else.
    fn is_all_of(&self, day: &Day, entry: &Entry) -> bool {
        let Some(heading) = &day.heading else { return false };
        let between = self.text().get(heading.end..entry.span.start).unwrap_or_default();
        day.entries.len() == 1
            && between.trim().is_empty()
            && self.content_end(day) <= entry.span.end
    }

    /// An entry with the gap below it, or that above it where it is the last of its day.
    fn entry_cut(&self, day: &Day, entry: &Entry) -> Span {
        let at = day.entries.iter().position(|e| e.span == entry.span).unwrap_or_default();
        let end = end_of_text(self.text(), &entry.span);
        match (day.entries.get(at + 1), at.checked_sub(1).and_then(|at| day.entries.get(at))) {
            (Some(next), _) => entry.span.start..next.span.start,
            (None, Some(previous)) => end_of_text(self.text(), &previous.span)..end,
            (None, None) => self.text_above(line_start(self.text(), entry.span.start))..end,
        }
    }

    /// A day with the separator below it, or that above it where it is the last of the post.
    fn day_cut(&self, day: &Day) -> Span {
        let days = self.days();
        let at = days.iter().position(|d| d.span == day.span).unwrap_or_default();
        match (days.get(at + 1), at.checked_sub(1).and_then(|at| days.get(at))) {
            (Some(next), _) => day.span.start..next.span.start,
            (None, Some(previous)) => self.content_end(previous)..self.content_end(day),
            (None, None) => day.span.start..self.content_end(day),
        }
    }

    /// The level of question headings in a day, else in the post.
    fn question_level(&self, date: Date, of_file: Option<Date>) -> Option<usize> {
        let of_day = self.day_of(date, of_file).and_then(|day| day.entries.first());
        let any = self.days().iter().find_map(|day| day.entries.first());
        let heading = self.text().get(of_day.or(any)?.heading.clone())?;
        Some(heading.bytes().take_while(|b| *b == b'#').count()).filter(|level| *level > 0)
    }
}

/// Moves the headings of a source so that its first one has `level`. Those in quotes and code stay.
fn at_level(source: &str, level: Option<usize>) -> String {
    let blocks = scan::scan(source, 0).blocks;
    let headings = || {
        blocks.iter().filter_map(|block| match block.kind {
            BlockKind::Heading { level, .. } => Some((block.span.start, usize::from(level))),
            _ => None,
        })
    };
    let (Some(to), Some((_, from))) = (level, headings().next()) else { return source.to_owned() };
    let splices = headings().filter_map(|(start, old)| {
        let rest = source.get(start..)?;
        let marks = start + (rest.len() - rest.trim_start_matches(' ').len());
        let is_atx = source.get(marks..)?.starts_with('#');
        let new = (old + to).saturating_sub(from).clamp(1, 6);
        is_atx.then(|| (marks..marks + old, "#".repeat(new)))
    });
    if from == to { source.to_owned() } else { Edits::of(splices.collect()).apply(source) }
}
