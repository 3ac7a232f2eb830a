//! What a post reads as, to compare a post before an edit with the one after it.

use jiff::civil::Date;

use super::text::with_plain_endings;
use crate::{Entry, Part, Post, Section};

/// What a post reads as, without where it stands and with `\n` endings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Whether what was asked for is not there at all, so that this is like no reading of a post.
    pub(super) unmet: bool,
    front_matter: String,
    pub(super) days: Vec<DayReading>,
    pub(super) sections: Vec<SectionReading>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DayReading {
    pub(super) date: Option<Date>,
    pub(super) headed: bool,
    pub(super) entries: Vec<EntryReading>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntryReading {
    pub(super) question: String,
    pub(super) categories: Vec<String>,
    pub(super) topic: Option<String>,
    pub(super) hint: Option<String>,
    pub(super) answer: String,
    /// The whole text of the model answer.
    pub(super) model_answer: Option<String>,
    /// Audience and text.
    pub(super) variants: Vec<(Option<String>, String)>,
    pub(super) sections: Vec<SectionReading>,
}

/// Title, level and text.
pub(super) type SectionReading = (String, u8, String);

impl Reading {
    pub(super) fn of(post: &Post) -> Self {
        let front = post.front_matter().and_then(|front| post.text().get(front.span.clone()));
        let day = |day: &crate::Day| DayReading {
            date: day.date,
            headed: day.heading.is_some(),
            entries: day.entries.iter().map(|entry| EntryReading::of(post, entry)).collect(),
        };
        Self {
            unmet: false,
            front_matter: front.unwrap_or_default().to_owned(),
            days: post.days().iter().map(day).collect(),
            sections: sections(post, post.sections()),
        }
    }

    /// The entry at `nth` in the order of the file.
    pub(super) fn entry(&mut self, nth: usize) -> Option<&mut EntryReading> {
        self.days.iter_mut().flat_map(|day| &mut day.entries).nth(nth)
    }

    /// Takes over from `other` what `take` reads of the entry at `nth` there.
    pub(super) fn follow(
        &mut self,
        other: &Self,
        nth: usize,
        take: impl FnOnce(&mut EntryReading, &EntryReading),
    ) {
        let other = other.days.iter().flat_map(|day| &day.entries).nth(nth);
        if let (Some(own), Some(other)) = (self.entry(nth), other) {
            take(own, other);
        }
    }

    /// The day and the place in it of the entry at `nth`.
    pub(super) fn place(&self, mut nth: usize) -> Option<(usize, usize)> {
        for (at, day) in self.days.iter().enumerate() {
            if nth < day.entries.len() {
                return Some((at, nth));
            }
            nth -= day.entries.len();
        }
        None
    }
}

impl EntryReading {
    pub(super) fn of(post: &Post, entry: &Entry) -> Self {
        let text = |part: &Part| with_plain_endings(&post.part_text(part));
        let model = entry.model_answer.as_ref();
        let variants = model.map(|m| m.variants.as_slice()).unwrap_or_default();
        Self {
            question: text(&entry.question),
            categories: entry.categories.clone(),
            topic: entry.topic.clone(),
            hint: entry.hint.as_ref().map(text),
            answer: text(&entry.answer.body),
            model_answer: model.map(|m| text(&m.body)),
            variants: variants.iter().map(|v| (v.audience.clone(), text(&v.body))).collect(),
            sections: sections(post, &entry.sections),
        }
    }
}

fn sections(post: &Post, sections: &[Section]) -> Vec<SectionReading> {
    let read = |s: &Section| {
        let text = with_plain_endings(&post.part_text(&s.body));
        (s.title.clone(), s.level, text)
    };
    sections.iter().map(read).collect()
}
