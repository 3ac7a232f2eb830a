//! Takes entries out of a post and puts them in again, at another day or in another post.

use jiff::civil::Date;

use super::place::is_separating;
use super::reading::{EntryReading, SectionReading};
use super::text::{end_of_text, is_blank_line, line_end, line_start, next_line};
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
    /// it always stays, and so do headings and text that are no part of the entry.
    ///
    /// # Errors
    /// `HoldsOthers` if the other entries, or the sections between them, would not be read as before
    /// without it, as where it alone tells that a post without dates holds questions, or that a
    /// heading only gathers them.
    pub fn delete_entry(&self, nth: usize, heading: DayHeading) -> Result<Edits, EditError> {
        let (day, entry) = self.entry(nth)?;
        let dropped = heading == DayHeading::Drop && self.is_all_of(day, entry);
        let cuts = if dropped { vec![self.day_cut(day)] } else { self.entry_cuts(day, entry) };
        let apart = entry.answer_span.as_ref().map(|span| {
            self.text_above(line_start(self.text(), span.start))..end_of_text(self.text(), span)
        });
        let made = cuts.into_iter().find_map(|cut| {
            let edits = Edits::cuts(std::iter::once(cut).chain(apart.clone()).collect());
            let made = self.verified(edits, |expected, read| {
                if same_sections(&expected.sections, &read.sections) {
                    expected.sections.clone_from(&read.sections);
                }
                let Some((at, within)) = expected.place(nth) else { return };
                let Some(day) = expected.days.get_mut(at) else { return };
                day.entries.remove(within);
                if day.entries.is_empty() && (dropped || !day.headed) {
                    expected.days.remove(at);
                }
            });
            made.ok()
        });
        made.ok_or(EditError::HoldsOthers)
    }

    /// Returns the source of the entry at `nth`, all of it, without a line ending at the end.
    ///
    /// # Errors
    /// `NotReadBack` if it would not be read as the same elsewhere: where its answer lies apart, or
    /// where it takes the post around it to tell that it is a question.
    pub fn entry_source(&self, nth: usize) -> Result<String, EditError> {
        let (_, entry) = self.entry(nth)?;
        let end = end_of_text(self.text(), &entry.span);
        let source = self.text().get(entry.span.start..end).unwrap_or_default();
        let own = self.read_alone(source).ok_or(EditError::NotReadBack)?;
        if own != EntryReading::of(self, entry) {
            return Err(EditError::NotReadBack);
        }
        Ok(source.to_owned())
    }

    /// What the source of one entry reads as under a date.
    fn read_alone(&self, source: &str) -> Option<EntryReading> {
        let alone = self.reread(format!("# 2025.01.01\n{source}\n"));
        let mut entries = alone.entries().map(|(_, entry)| EntryReading::of(&alone, entry));
        entries.next().filter(|_| entries.next().is_none())
    }

    /// Puts the source of an entry, as [`Self::entry_source`] gave it, at the end of the day of
    /// `date`, which is made where it is missing. Its line endings become those of the place unless it
    /// mixes them, and its headings move to the level questions have there.
    ///
    /// # Errors
    /// `NotReadBack` if the source would not be read there as one entry.
    pub fn insert_source(
        &self,
        date: Date,
        of_file: Option<Date>,
        source: &str,
    ) -> Result<Edits, EditError> {
        let ending = self.ending_of_day(date, of_file);
        self.insert_bytes(date, of_file, &with_endings(source, ending))
    }

    /// Puts the source of an entry at the end of a day; but for the level of headings it keeps its
    /// bytes.
    fn insert_bytes(
        &self,
        date: Date,
        of_file: Option<Date>,
        source: &str,
    ) -> Result<Edits, EditError> {
        self.without_conflicts()?;
        let source = at_level(source, self.question_level(date, of_file));
        let source = source.trim_end_matches(['\r', '\n']);
        let own = self.read_alone(source).ok_or(EditError::NotReadBack)?;
        let edits = self.place_entry(self, date, of_file, source);
        self.verified(edits, |expected, read| {
            expected.gain(read, self, date, of_file, |entry| *entry == own);
        })
        .map_err(|_| EditError::NotReadBack)
    }

    /// Replaces the source of the entry at `nth` by another, as [`Self::entry_source`] gave it of an
    /// older text. Blank lines around the entry stay; line endings and levels of headings become those
    /// of the place.
    ///
    /// # Errors
    /// `NotReadBack` if the source would not be read there as one entry, or if the entry's answer lies
    /// apart from it.
    pub fn replace_entry(&self, nth: usize, source: &str) -> Result<Edits, EditError> {
        let (day, entry) = self.entry(nth)?;
        if entry.answer_span.is_some() {
            return Err(EditError::NotReadBack);
        }
        let ending = self.ending_of_day(day.date.unwrap_or_default(), day.date);
        let heading = self.text().get(entry.heading.clone()).unwrap_or_default();
        let level = Some(heading.bytes().take_while(|b| *b == b'#').count()).filter(|at| *at > 0);
        let source = at_level(&with_endings(source, ending), level);
        let source = source.get(..last_text(&source)).unwrap_or_default();
        let own = self.read_alone(source).ok_or(EditError::NotReadBack)?;
        let now = self.text().get(entry.span.clone()).unwrap_or_default();
        let span = entry.span.start..entry.span.start + last_text(now);
        let edits = Edits::one(span, source.to_owned());
        self.verified(edits, |expected, _| {
            if let Some(entry) = expected.entry(nth) {
                *entry = own;
            }
        })
        .map_err(|_| EditError::NotReadBack)
    }

    /// Moves the entry at `nth` to the end of the day of `date`, which is made where it is missing.
    /// The heading of a day that is left with nothing goes. Nothing changes if the entry is of that
    /// day. Its bytes stay as they are, but for the marks of headings where their level is another.
    ///
    /// # Errors
    /// `NotReadBack` or `HoldsOthers` if the post would not be read as before but for the entry's day.
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
        let put = self.insert_bytes(date, of_file, &source)?;
        let between = self.reread(put.apply(self.text()));
        let above = put.splices().iter().all(|(span, _)| span.start <= day.span.start);
        let now = if above { nth + 1 } else { nth };
        let taken = between.delete_entry(now, DayHeading::Drop)?;
        let edits = put.then(&taken, self.text().len());
        // The entry is still there, once, and nothing became of the others.
        let after = self.reread(edits.apply(self.text()));
        let entries = |post: &Self| {
            let mut all: Vec<_> = post.entries().map(|(_, e)| EntryReading::of(post, e)).collect();
            all.sort();
            all
        };
        if entries(self) == entries(&after) { Ok(edits) } else { Err(EditError::NotReadBack) }
    }

    /// Whether a headed day holds this entry and nothing else.
    fn is_all_of(&self, day: &Day, entry: &Entry) -> bool {
        let Some(heading) = &day.heading else { return false };
        let between = self.text().get(heading.end..entry.span.start).unwrap_or_default();
        day.entries.len() == 1
            && between.trim().is_empty()
            && self.content_end(day) <= entry.span.end
    }

    /// What may be cut to take an entry out, the best first: with the separator below it, or that
    /// above it where it is the last of its day; beside what is no entry, with blank lines alone.
    fn entry_cuts(&self, day: &Day, entry: &Entry) -> Vec<Span> {
        let text = self.text();
        let at = day.entries.iter().position(|e| e.span == entry.span).unwrap_or_default();
        let (start, end) = (entry.span.start, end_of_text(text, &entry.span));
        let mut cuts = Vec::new();
        match (day.entries.get(at + 1), at.checked_sub(1).and_then(|at| day.entries.get(at))) {
            (Some(next), _) if self.parts_only(end..next.span.start) => {
                cuts.push(start..next.span.start);
            }
            (None, Some(previous)) => {
                let above = end_of_text(text, &previous.span);
                if self.parts_only(above..start) {
                    cuts.push(above..end);
                }
            }
            _ => {}
        }
        let below = self.past_blank_lines(end);
        if self.content_end(day) > end {
            cuts.push(start..below);
        }
        cuts.push(self.above_blank_lines(line_start(text, start))..end);
        cuts
    }

    /// Whether nothing but blank lines, rules and breaks stand in a stretch.
    fn parts_only(&self, span: Span) -> bool {
        self.text().get(span).is_some_and(|text| text.lines().all(is_separating))
    }

    /// The start (bytes) of the first line with text below the one that `at` stands in.
    fn past_blank_lines(&self, at: usize) -> usize {
        let mut start = next_line(self.text(), at);
        while is_blank_line(self.text(), start) {
            start = next_line(self.text(), start);
        }
        start
    }

    /// The end (bytes) of the last line with text above the line at `start`.
    fn above_blank_lines(&self, start: usize) -> usize {
        let above = self.text().get(..start).unwrap_or_default();
        let end = above.trim_end_matches([' ', '\t', '\r', '\n']).len();
        if end == 0 { 0 } else { line_end(self.text(), end) }
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

/// The end (bytes) of the last line that holds text, before its line ending.
fn last_text(text: &str) -> usize {
    line_end(text, text.trim_end_matches([' ', '\t', '\r', '\n']).len())
}

/// Whether two readings have the same headings and lines outside entries, in one order. Text without
/// a heading is one with what stands above it as soon as no entry parts them.
fn same_sections(a: &[SectionReading], b: &[SectionReading]) -> bool {
    fn lines(all: &[SectionReading]) -> impl Iterator<Item = (&str, u8)> {
        all.iter().flat_map(|(title, level, text)| {
            let heading = (*level > 0).then_some((title.as_str(), *level));
            let body = text.lines().map(|line| (line, 0));
            heading.into_iter().chain(body.filter(|(line, _)| !line.trim().is_empty()))
        })
    }
    lines(a).eq(lines(b))
}

/// A source with its line endings made `eol`, if it has but one kind. A lone carriage return is text.
fn with_endings(source: &str, eol: &str) -> String {
    let crlf = source.matches("\r\n").count();
    if crlf > 0 && crlf < source.matches('\n').count() {
        return source.to_owned();
    }
    source.replace("\r\n", "\n").replace('\n', eol)
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
