//! From domain types to wire types. The only place where offsets change their unit.

use std::ops::Range;

use dapanji_post::{AnswerState, Diagnostic, Entry, ModelAnswerState, Post};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::dto::{
    AnswerStateView, AnswerView, DiagnosticView, EntryRow, EntryView, ModelAnswerView,
    ModelStateView, OffsetUnit, SectionView, VariantView,
};
use crate::snapshot::{EntrySummary, PostSummary};

impl From<AnswerState> for AnswerStateView {
    fn from(state: AnswerState) -> Self {
        match state {
            AnswerState::Empty => Self::Empty,
            AnswerState::Draft => Self::Draft,
            AnswerState::Written => Self::Written,
        }
    }
}

impl From<ModelAnswerState> for ModelStateView {
    fn from(state: ModelAnswerState) -> Self {
        match state {
            ModelAnswerState::None => Self::None,
            ModelAnswerState::Placeholder => Self::Placeholder,
            ModelAnswerState::Written => Self::Written,
        }
    }
}

impl From<&Diagnostic> for DiagnosticView {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            line: count(diagnostic.line),
            code: diagnostic.code.as_str().to_owned(),
            message: diagnostic.message.clone(),
        }
    }
}

/// Writes a date as `YYYY-MM-DD`.
pub(crate) fn date_text(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// Writes a moment in UTC with milliseconds; always as long, so that moments sort as texts.
pub(crate) fn moment_text(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A count that the wire has in 32 bits.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The wire form of an entry with its texts.
pub(crate) fn entry_view(post: &Post, entry: &Entry, id: &str, date: Option<Date>) -> EntryView {
    let text = |part| post.part_text(part).into_owned();
    let model = entry.model_answer.as_ref();
    EntryView {
        id: id.to_owned(),
        question: text(&entry.question),
        date: date_text(date),
        categories: entry.categories.clone(),
        topic: entry.topic.clone(),
        hint: entry.hint.as_ref().map(text),
        line: count(post.line_of(entry.heading.start)),
        answer: AnswerView { state: entry.answer.state.into(), text: text(&entry.answer.body) },
        model_answer: ModelAnswerView {
            state: model.map_or(ModelStateView::None, |model| model.state.into()),
            variants: model
                .map(|model| model.variants.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|v| VariantView { audience: v.audience.clone(), text: text(&v.body) })
                .collect(),
        },
        sections: entry
            .sections
            .iter()
            .map(|s| SectionView { title: s.title.clone(), text: text(&s.body) })
            .collect(),
        read_only: None,
    }
}

/// The wire form of a line of the day list.
pub(crate) fn entry_row(post: &PostSummary, entry: &EntrySummary) -> EntryRow {
    EntryRow {
        id: entry.id.clone(),
        date: date_text(entry.date),
        number: entry.number,
        question: entry.question.clone(),
        categories: entry.categories.clone(),
        topic: entry.topic.clone(),
        state: entry.state.into(),
        model_state: entry.model.into(),
        path: post.path.to_string(),
        read_only: post.read_only.map(str::to_owned),
    }
}

/// Converts byte ranges of one text to another unit. One pass over the text for many ranges.
pub(crate) struct Offsets {
    /// Offset in the unit at each character, and the character's first byte; ascending.
    marks: Vec<(usize, u32)>,
}

impl Offsets {
    pub(crate) fn of(text: &str, unit: OffsetUnit) -> Self {
        let mut offset = 0;
        let mut marks: Vec<(usize, u32)> = Vec::with_capacity(text.len() / 2 + 1);
        for (byte, c) in text.char_indices() {
            marks.push((byte, offset));
            offset += match unit {
                OffsetUnit::Chars => 1,
                OffsetUnit::Utf16 => count(c.len_utf16()),
            };
        }
        marks.push((text.len(), offset));
        Self { marks }
    }

    /// Converts a range; one that does not lie on characters is widened to the next ones.
    pub(crate) fn range(&self, bytes: &Range<usize>) -> [u32; 2] {
        [self.at(bytes.start), self.at(bytes.end)]
    }

    /// Returns the byte at `offset`, or the next one that begins a character.
    pub(crate) fn byte(&self, offset: u32) -> usize {
        let nth = self.marks.partition_point(|(_, other)| *other < offset);
        self.marks.get(nth).or(self.marks.last()).map_or(0, |(byte, _)| *byte)
    }

    fn at(&self, byte: usize) -> u32 {
        let nth = self.marks.partition_point(|(start, _)| *start < byte);
        self.marks.get(nth).or(self.marks.last()).map_or(0, |(_, offset)| *offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_in_both_units() {
        let text = "락🔒a";
        let whole = 0..text.len();
        let lock = "락".len().."락🔒".len();
        assert_eq!(Offsets::of(text, OffsetUnit::Chars).range(&whole), [0, 3]);
        assert_eq!(Offsets::of(text, OffsetUnit::Utf16).range(&whole), [0, 4]);
        assert_eq!(Offsets::of(text, OffsetUnit::Chars).range(&lock), [1, 2]);
        assert_eq!(Offsets::of(text, OffsetUnit::Utf16).range(&lock), [1, 3]);
        for (unit, offset, expect) in [
            (OffsetUnit::Chars, 2, 7),
            (OffsetUnit::Utf16, 3, 7),
            (OffsetUnit::Utf16, 2, 7),
            (OffsetUnit::Chars, 9, 8),
        ] {
            assert_eq!(Offsets::of(text, unit).byte(offset), expect, "{unit:?} {offset}");
        }
    }
}
