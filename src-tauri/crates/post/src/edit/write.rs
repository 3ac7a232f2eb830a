//! Writes the source of a new entry the way the newest entries of the post are written.

use jiff::civil::Date;

use super::open::refuse_open;
use super::reading::EntryReading;
use super::style::Style;
use super::text::{end_of_text, line_end, one_line, with_plain_endings, without_outer_blank_lines};
use super::{EditError, Edits, NewEntry};
use crate::{Day, Entry, Post, Span};

/// An entry taken as the pattern for new ones, as a post of its own.
struct Pattern {
    post: Post,
    /// Where the entry begins (bytes); a day heading may stand before it.
    start: usize,
}

impl Pattern {
    /// The post with edits made to its one entry.
    fn change(self, edits: &Edits) -> Self {
        let text = edits.apply(self.post.text());
        Self { post: self.post.reread(text), start: self.start }
    }

    /// The pattern with another number before its question, if it has one.
    fn numbered(self, number: Option<u32>) -> Result<Self, EditError> {
        let old = self.post.number_of(self.entry()?);
        match (old, number) {
            (Some((span, _)), Some(number)) => {
                Ok(self.change(&Edits::one(span, number.to_string())))
            }
            _ => Ok(self),
        }
    }

    fn entry(&self) -> Result<&Entry, EditError> {
        let entry = self.post.entries().next().map(|(_, entry)| entry);
        entry.ok_or(EditError::NotReadBack)
    }

    /// The entry's text, `\n` endings and no ending at the end.
    fn source(&self) -> String {
        let text = self.post.text().get(self.start..).unwrap_or_default();
        text.trim_end_matches(['\r', '\n']).to_owned()
    }
}

impl Post {
    /// The source of a new entry, `\n` endings and none at the end, and what it reads as: like the newest
    /// entries, or the usual way where those can't hold it; with `number` before its question if they
    /// have one.
    pub(super) fn write_entry(
        &self,
        date: Date,
        of_file: Option<Date>,
        new: &NewEntry,
        number: Option<u32>,
        usual: bool,
    ) -> Result<(String, EntryReading), EditError> {
        let (newest, of_pattern) = self.newest(date, of_file);
        let pattern = of_pattern.filter(|_| !usual);
        let style = self.style_of(pattern.map(|(_, entry)| entry.layout), &newest);
        match pattern.and_then(|(day, entry)| self.pattern(day, entry)) {
            Some(pattern) => {
                let pattern = pattern.numbered(number)?;
                self.fill(pattern, new, &style, true)
            }
            None => self.fill(self.usual_pattern(&style, &newest), new, &style, false),
        }
    }

    /// Makes the pattern's entry the new one.
    fn fill(
        &self,
        mut pattern: Pattern,
        new: &NewEntry,
        style: &Style,
        known: bool,
    ) -> Result<(String, EntryReading), EditError> {
        let question = one_line(&new.question);
        let edits = self.bare(&pattern)?;
        pattern = pattern.change(&edits);
        let edits = pattern.post.splice_question(pattern.entry()?, &question);
        pattern = pattern.change(&edits);
        let given = |text: &Option<String>| one_line(text.as_deref().unwrap_or_default());
        let (category, topic) = (given(&new.category), given(&new.topic));
        if category.contains([',', '，']) {
            return Err(EditError::CommaInCategory);
        }
        let edits = pattern
            .post
            .splice_category(pattern.entry()?, &category, &topic, || style.category.clone());
        pattern = pattern.change(&edits);
        let hint = without_outer_blank_lines(new.hint.as_deref().unwrap_or_default());
        refuse_open("", &hint)?;
        let written = pattern.post.write_hint(pattern.entry()?, hint.trim(), || style.hint.clone());
        let hinted = pattern.post.reread(written.edits.apply(pattern.post.text()));
        let part = hinted.entries().next().and_then(|(_, entry)| entry.hint.as_ref());
        let read = part.map(|part| with_plain_endings(&hinted.part_text(part)));
        if read.unwrap_or_default() != hint.trim() {
            return Err(EditError::breaking(&hinted, part, written.start, hint.trim()));
        }
        pattern = Pattern { post: hinted, start: pattern.start };
        let model = without_outer_blank_lines(new.model_answer.as_deref().unwrap_or_default());
        refuse_open("", &model)?;
        pattern = self.fill_model(pattern, &model, style, known)?;
        let own = EntryReading::of(&pattern.post, pattern.entry()?);
        let asks = own.question == question || own.question == self.unmarked(&question);
        if !asks || !own.answer.is_empty() {
            return Err(EditError::NotReadBack);
        }
        Ok((pattern.source(), own))
    }

    /// Writes the model answer, or the post's placeholder where entries have one.
    fn fill_model(
        &self,
        pattern: Pattern,
        model: &str,
        style: &Style,
        known: bool,
    ) -> Result<Pattern, EditError> {
        let has_model = pattern.entry()?.model_answer.is_some();
        let text = match (model.is_empty(), &style.placeholder) {
            (false, _) => model,
            (true, Some(placeholder)) if has_model || !known => placeholder,
            _ => {
                let found = pattern.entry()?.model_answer.as_ref();
                let old = found.map(|found| found.body.span.clone()).filter(|old| !old.is_empty());
                let cuts = Edits::cuts(old.into_iter().collect());
                return Ok(pattern.change(&cuts));
            }
        };
        let entry = pattern.entry()?;
        let written = match &entry.model_answer {
            Some(found) => pattern.post.write_model(found, &found.body, text),
            None => pattern.post.create_model(entry, text, style),
        };
        let after = pattern.post.reread(written.edits.apply(pattern.post.text()));
        let part =
            after.entries().next().and_then(|(_, e)| e.model_answer.as_ref()).map(|m| &m.body);
        let read = part.map(|part| with_plain_endings(&after.part_text(part)));
        if read.as_deref() != Some(text) {
            return Err(EditError::breaking(&after, part, written.start, text));
        }
        Ok(Pattern { post: after, start: pattern.start })
    }

    /// Removes what belongs to the pattern's own question, but for its model answer: answer and other
    /// sections.
    fn bare(&self, pattern: &Pattern) -> Result<Edits, EditError> {
        let post = &pattern.post;
        let text = post.text();
        let entry = pattern.entry()?;
        let mut cuts = Vec::new();
        let body = &entry.answer.body.span;
        if !body.is_empty() {
            let heading = entry.answer.heading.as_ref();
            let inline = heading.is_some_and(|line| body.start < line.end);
            let start = if inline {
                body.start
            } else {
                post.text_above(super::text::line_start(text, body.start))
            };
            cuts.push(start..body.end);
        }
        // The pattern's own anchor, as in `## 질문 {#q1}`.
        let tail = entry.question.span.end..entry.heading.end;
        if text.get(tail.clone()).is_some_and(|tail| tail.trim_start().starts_with('{')) {
            cuts.push(tail);
        }
        for section in &entry.sections {
            let start = section.heading.start.min(section.body.span.start);
            let end = section.body.span.end.max(section.heading.end);
            cuts.push(post.text_above(start)..line_end(text, end));
        }
        Ok(Edits::cuts(cuts))
    }

    /// The entries from the newest on, and the one that a new entry of `date` is modelled on: of the
    /// day it goes to, else of the newest day, the one with the most parts, the last of them.
    fn newest(&self, date: Date, of_file: Option<Date>) -> (Vec<&Entry>, Option<(&Day, &Entry)>) {
        let mut days: Vec<&Day> =
            self.days().iter().filter(|day| !day.entries.is_empty()).collect();
        if self.is_ascending() {
            days.reverse();
        }
        if let Some(at) = days.iter().position(|day| self.date_of(day, of_file) == Some(date)) {
            let own = days.remove(at);
            days.insert(0, own);
        }
        let parts = |entry: &Entry| {
            usize::from(entry.answer.heading.is_some())
                + usize::from(entry.model_answer.is_some())
                + usize::from(!entry.categories.is_empty())
                + usize::from(entry.hint.is_some())
        };
        let pattern = days.first().and_then(|day| {
            day.entries.iter().max_by_key(|entry| parts(entry)).map(|entry| (*day, entry))
        });
        let rest = days.iter().flat_map(|day| day.entries.iter().rev());
        let first = pattern.map(|(_, entry)| entry);
        (first.into_iter().chain(rest).collect(), pattern)
    }

    /// The number that `Q1. ` or `10. ` gives a question, and where it stands (bytes).
    fn number_of(&self, entry: &Entry) -> Option<(Span, u32)> {
        let mark = self.text().get(entry.heading.start..entry.question.span.start)?;
        let from = mark.find(|c: char| c.is_ascii_digit())?;
        let digits = mark.get(from..)?;
        let len = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let start = entry.heading.start + from;
        Some((start..start + len, digits.get(..len)?.parse().ok()?))
    }

    /// The number of a new entry of a day: after that of its last one; for a new day the first, where
    /// days begin with one, else after the highest of the post.
    pub(super) fn next_number(&self, date: Date, of_file: Option<Date>) -> Option<u32> {
        let number = |entry: &Entry| self.number_of(entry).map(|(_, number)| number);
        let after = |number: Option<u32>| number.and_then(|number| number.checked_add(1));
        if let Some(last) = self.day_of(date, of_file).and_then(|day| day.entries.last()) {
            return after(number(last));
        }
        let mut firsts = self.days().iter().filter_map(|day| day.entries.first());
        if self.days().len() > 1 && firsts.all(|first| number(first) == Some(1)) {
            return Some(1);
        }
        after(self.entries().filter_map(|(_, entry)| number(entry)).max())
    }

    /// The number of the first entry of a post written after this one: this one's first where that is
    /// where it begins to count, else the next.
    pub(super) fn first_number(&self) -> Option<u32> {
        let numbers = || self.entries().filter_map(|(_, entry)| self.number_of(entry)?.1.into());
        match numbers().min()? {
            least @ 0..=1 => Some(least),
            _ => numbers().max()?.checked_add(1),
        }
    }

    /// An entry as a post of its own, if it reads there as it does here.
    fn pattern(&self, day: &Day, entry: &Entry) -> Option<Pattern> {
        let heading = day.heading.as_ref().and_then(|span| self.text().get(span.clone()));
        let lead = heading.map(|line| format!("{line}\n")).unwrap_or_default();
        let end = end_of_text(self.text(), &entry.span);
        let source = with_plain_endings(self.text().get(entry.span.start..end)?);
        let pattern = Pattern { post: self.reread(format!("{lead}{source}\n")), start: lead.len() };
        let same = pattern.post.entries().count() == 1
            && EntryReading::of(&pattern.post, pattern.entry().ok()?)
                == EntryReading::of(self, entry);
        same.then_some(pattern)
    }

    /// A pattern for a post that has none: quoted head, headed answer, quoted model answer.
    fn usual_pattern(&self, style: &Style, like: &[&Entry]) -> Pattern {
        let level = like
            .first()
            .and_then(|e| self.text().get(e.heading.clone()))
            .map_or(2, |line| line.bytes().take_while(|b| *b == b'#').count().clamp(2, 5));
        let marks = "#".repeat(level);
        let answer = style.answer_heading.clone().unwrap_or_else(|| format!("{marks}# 답변"));
        let model = style.model.write("\u{2026}", "\n");
        let lead = "# 2025.01.01\n";
        let text = format!("{lead}{marks} 무엇인가요?\n{answer}\n\n{model}\n");
        Pattern { post: self.reread(text), start: lead.len() }
    }
}
