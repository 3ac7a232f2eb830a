//! Adds entries and days in the order and layout of the post.

use jiff::civil::Date;

use super::reading::{DayReading, EntryReading, Reading};
use super::text::one_line;
use super::{EditError, Edits};
use crate::Post;

/// A question to add. Texts are source markdown; empty ones count as none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEntry {
    /// The question; line breaks in it become spaces.
    pub question: String,
    /// Category.
    pub category: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Hint.
    pub hint: Option<String>,
    /// Model answer; the post's own placeholder if none.
    pub model_answer: Option<String>,
}

impl Post {
    /// Adds an entry at the end of the day of `date`, or as a new day where the order of the post's
    /// days puts it: newest first or oldest first, as they stand; newest first if there is but one.
    /// It is written like the newest entries of the post.
    ///
    /// `of_file` is the date the post's file name gives, which only the caller knows.
    ///
    /// # Errors
    /// `EmptyQuestion` if there is no question; `CommaInCategory`; `BreaksStructure` if hint or model
    /// answer would not be read back; `NotReadBack` if reading the result would not give the entries
    /// there were and this one; `ConflictMarkers` if the post has any.
    pub fn add_entry(
        &self,
        date: Date,
        of_file: Option<Date>,
        new: &NewEntry,
    ) -> Result<Edits, EditError> {
        self.add_entry_beside(None, date, of_file, new)
    }

    /// As [`Self::add_entry`]; in a post without entries, written like the newest ones of `sibling`,
    /// under a heading of the day if its days have one.
    ///
    /// # Errors
    /// As [`Self::add_entry`].
    pub fn add_entry_beside(
        &self,
        sibling: Option<&Self>,
        date: Date,
        of_file: Option<Date>,
        new: &NewEntry,
    ) -> Result<Edits, EditError> {
        if one_line(&new.question).is_empty() {
            return Err(EditError::EmptyQuestion);
        }
        self.without_conflicts()?;
        let first_sides = sibling.and_then(Self::first_sides);
        let sibling = first_sides.as_ref().or(sibling);
        let is_first = self.entries().next().is_none();
        let sibling = sibling.filter(|sibling| is_first && sibling.entries().next().is_some());
        let add = |usual| self.add_written(sibling, date, of_file, new, usual);
        match add(false) {
            // Some layouts have no place for a hint or a model answer.
            Err(EditError::NotReadBack | EditError::BreaksStructure { .. }) => {
                add(true).or_else(|_| add(false))
            }
            done => done,
        }
    }

    fn add_written(
        &self,
        sibling: Option<&Self>,
        date: Date,
        of_file: Option<Date>,
        new: &NewEntry,
        usual: bool,
    ) -> Result<Edits, EditError> {
        let like = sibling.unwrap_or(self);
        let number = match sibling {
            Some(sibling) => sibling.first_number(),
            None => self.next_number(date, of_file),
        };
        let (source, own) = like.write_entry(date, of_file, new, number, usual)?;
        let source = source.replace('\n', self.ending_of_day(date, of_file));
        let edits = self.place_entry(like, date, of_file, &source);
        self.verified(edits, |expected, read| {
            // Its place must make nothing else of it than what it was written as.
            let wanted = |entry: &EntryReading| *entry == own;
            expected.gain(read, self, date, of_file, wanted);
        })
        .map_err(|_| EditError::NotReadBack)
    }

    /// Adds a day without entries: its heading and the separator that parts it from its neighbour.
    /// Nothing changes if the post has the day.
    ///
    /// # Errors
    /// `NotReadBack` if reading the result would not give the days there were and this one;
    /// `ConflictMarkers` if the post has any.
    pub fn add_day(&self, date: Date, of_file: Option<Date>) -> Result<Edits, EditError> {
        if self.day_of(date, of_file).is_some() {
            return Ok(Edits::default());
        }
        self.without_conflicts()?;
        let edits = self.place_day(self, date, of_file, None);
        self.verified(edits, |expected, read| {
            let is_new = |day: &&DayReading| day.date == Some(date) && day.entries.is_empty();
            let found = read.days.iter().position(|day| is_new(&day));
            expected.unmet = found.is_none();
            if let Some(at) = found {
                let day = DayReading { date: Some(date), headed: true, entries: Vec::new() };
                expected.days.insert(at.min(expected.days.len()), day);
            }
        })
        .map_err(|_| EditError::NotReadBack)
    }
}

impl Reading {
    /// Expects one more entry, last of its day, if `read` has it as `wanted`.
    pub(super) fn gain(
        &mut self,
        read: &Self,
        before: &Post,
        date: Date,
        of_file: Option<Date>,
        wanted: impl Fn(&EntryReading) -> bool,
    ) {
        let other = before.date().or(of_file);
        let is_of = |day: &DayReading| day.date.or(other) == Some(date);
        self.unmet = true;
        let Some(at) = read.days.iter().position(is_of) else { return };
        let Some(new) = read.days.get(at).and_then(|day| day.entries.last()) else { return };
        if !wanted(new) {
            return;
        }
        self.unmet = false;
        match self.days.get_mut(at).filter(|day| is_of(day)) {
            Some(day) => day.entries.push(new.clone()),
            None => {
                let headed = read.days.get(at).is_some_and(|day| day.headed);
                let day = read.days.get(at).and_then(|day| day.date);
                let new = DayReading { date: day, headed, entries: vec![new.clone()] };
                self.days.insert(at.min(self.days.len()), new);
            }
        }
    }
}
