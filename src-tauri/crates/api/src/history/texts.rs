//! The parts of an entry as texts, and in what two of them differ.

use dapanji_compare::DiffKind;
use dapanji_post::{Entry, Part, Post, with_plain_endings};

use crate::changing::entry_of;
use crate::dto::{DiffKindView, DiffSpanView, PartDiff, PartName};

/// Longest excerpt, in characters.
const EXCERPT: usize = 80;

/// The parts of an entry, with `\n` endings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Texts {
    pub(super) question: String,
    category: String,
    hint: String,
    pub(super) answer: String,
    model_answer: String,
    section: String,
}

impl Texts {
    pub(super) fn of(post: &Post, entry: &Entry) -> Self {
        let text = |part: &Part| with_plain_endings(&post.part_text(part));
        let part = |part: Option<&Part>| part.map(text).unwrap_or_default();
        let section = entry.sections.iter().map(|section| {
            let heading = post.text().get(section.heading.clone()).unwrap_or_default();
            let body = text(&section.body);
            let between = if heading.is_empty() || body.is_empty() { "" } else { "\n\n" };
            format!("{}{between}{body}", with_plain_endings(heading))
        });
        Self {
            question: text(&entry.question),
            category: part(entry.category_line.as_ref()),
            hint: part(entry.hint.as_ref()),
            answer: text(&entry.answer.body),
            model_answer: part(entry.model_answer.as_ref().map(|model| &model.body)),
            section: section.collect::<Vec<_>>().join("\n\n"),
        }
    }

    /// Of the entry at `nth` of a post, from zero.
    pub(super) fn at(post: &Post, nth: usize) -> Option<Self> {
        entry_of(post, nth).map(|entry| Self::of(post, entry))
    }

    pub(super) fn get(&self, part: PartName) -> &str {
        match part {
            PartName::Question => &self.question,
            PartName::Category => &self.category,
            PartName::Hint => &self.hint,
            PartName::Answer => &self.answer,
            PartName::ModelAnswer => &self.model_answer,
            PartName::Section => &self.section,
            PartName::Entry => "",
        }
    }

    /// The parts that are others than in `other`, in the order of an entry.
    pub(super) fn differing(&self, other: &Self) -> Vec<PartName> {
        PARTS.into_iter().filter(|part| self.get(*part) != other.get(*part)).collect()
    }
}

/// The parts that have a text of their own, in the order of an entry.
pub(super) const PARTS: [PartName; 6] = [
    PartName::Question,
    PartName::Category,
    PartName::Hint,
    PartName::Answer,
    PartName::ModelAnswer,
    PartName::Section,
];

/// Sets two texts beside each other, word by word.
pub(super) fn diff(part: PartName, then: &str, now: &str) -> PartDiff {
    PartDiff { part, then: then.to_owned(), now: now.to_owned(), spans: spans(then, now) }
}

/// Two texts word by word.
pub(super) fn spans(then: &str, now: &str) -> Vec<DiffSpanView> {
    let spans = dapanji_compare::word_diff(then, now).into_iter().map(|span| {
        let (kind, text) = match span.kind {
            DiffKind::Equal => (DiffKindView::Same, then.get(span.old)),
            DiffKind::Removed => (DiffKindView::Removed, then.get(span.old)),
            DiffKind::Added => (DiffKindView::Added, now.get(span.new)),
        };
        DiffSpanView { kind, text: text.unwrap_or_default().to_owned() }
    });
    spans.collect()
}

/// How `then` goes on where it begins to differ from `after`, on one line: a word before it at most.
pub(super) fn excerpt(then: &str, after: &str) -> String {
    let same = then.chars().zip(after.chars()).take_while(|(a, b)| a == b);
    let same: usize = same.map(|(c, _)| c.len_utf8()).sum();
    let (kept, rest) = then.split_at(if same == then.len() { 0 } else { same });
    let line = kept.rsplit('\n').next().unwrap_or_default();
    let from = kept.len() - line.len();
    // The line it stands on, or its last words where that is long.
    let from = line.char_indices().rev().nth(EXCERPT / 3).map_or(from, |(at, _)| {
        let cut = from + at;
        let space = kept.get(cut..).and_then(|tail| tail.find(' '));
        space.map_or(cut, |space| cut + space)
    });
    let text = then.get(from..).unwrap_or(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = words.join(" ");
    if let Some((end, _)) = line.char_indices().nth(EXCERPT) {
        line.truncate(end);
        line.push('…');
    }
    line
}
