//! Changes a post by splices into its text, and checks what a splice does before anyone writes it.

use thiserror::Error;

use crate::scan::{self, BlockKind};
use crate::{Entry, Margin, Part, Post, Span};

/// Splices into the text of a post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edits {
    /// Invariant: ascending, disjoint, inside the text they were made for.
    splices: Vec<(Span, String)>,
}

impl Edits {
    pub(crate) fn one(span: Span, text: String) -> Self {
        Self { splices: vec![(span, text)] }
    }

    /// The ranges that are replaced (bytes of the text before), with what replaces them.
    pub fn splices(&self) -> &[(Span, String)] {
        &self.splices
    }

    /// Returns `text` with the splices made. Every byte outside their ranges stays as it is.
    pub fn apply(&self, text: &str) -> String {
        let grown: usize = self.splices.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + grown);
        let mut at = 0;
        for (span, new) in &self.splices {
            out.push_str(text.get(at..span.start).unwrap_or_default());
            out.push_str(new);
            at = span.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }
}

/// Why a post cannot be changed as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The post has no such entry.
    #[error("the post has no such entry")]
    NoEntry,
    /// With the new text the post would be read as other questions and parts than before: the text
    /// holds a heading that begins a new part, or opens a fence or tag and never closes it.
    #[error("line {line} of the text would end the part it stands in")]
    BreaksStructure {
        /// Line of the new text, from 1.
        line: usize,
    },
    /// The text holds nothing to add.
    #[error("the question is empty")]
    EmptyQuestion,
    /// The text of a new entry would be read as something else than this question and its parts.
    #[error("the post would not be read back with this question in it; word it differently")]
    NotReadBack,
}

impl Post {
    /// Replaces the answer of the entry at `nth` (from zero, in the order of the file).
    ///
    /// Blank lines around `new` are dropped and its line endings are made the post's own; an answer
    /// in a quote keeps its quote prefix. The place of an empty answer gets the blank lines that
    /// part it from what follows.
    ///
    /// # Errors
    /// `BreaksStructure` if reading the result back would not give this text in this place and
    /// everything else as it was.
    pub fn set_answer(&self, nth: usize, new: &str) -> Result<Edits, EditError> {
        let (_, entry) = self.entries().nth(nth).ok_or(EditError::NoEntry)?;
        let new = without_outer_blank_lines(new);
        if new == self.part_text(&entry.answer.body) {
            return Ok(Edits::default());
        }
        let edits = self.splice_answer(nth, entry, &new);
        let after = Self::parse_with(edits.apply(&self.text), &self.vocabulary);
        if self.reads_alike_but_answer(&after, nth, &new) {
            Ok(edits)
        } else {
            Err(EditError::BreaksStructure { line: breaking_line(&new, entry, self) })
        }
    }

    fn splice_answer(&self, nth: usize, entry: &Entry, new: &str) -> Edits {
        let body = &entry.answer.body;
        let eol = self.line_ending();
        let text = with_line_endings(new, eol, &self.prefix_of(body));
        if !body.span.is_empty() || new.is_empty() {
            return Edits::one(body.span.clone(), text);
        }
        let mut insert = String::new();
        let mut start = body.span.start;
        let before = self.text.get(..start).unwrap_or_default();
        if !before.is_empty() && !before.ends_with('\n') {
            insert.push_str(eol);
        }
        if entry.answer.heading.is_none() {
            // A blank line that is there already parts the text from the question.
            let line = self.text.get(start..).and_then(|s| s.split_inclusive('\n').next());
            match line.filter(|line| line.ends_with('\n') && line.trim().is_empty()) {
                Some(blank) => start += blank.len(),
                None => insert.push_str(eol),
            }
            if let Some(heading) = self.answer_heading_of_siblings(nth) {
                insert.push_str(&heading);
                insert.push_str(eol);
            }
        }
        insert.push_str(&text);
        let following = self.text.get(start..).unwrap_or_default();
        let blanks = following
            .split_inclusive('\n')
            .take_while(|line| line.ends_with('\n') && line.trim().is_empty())
            .count();
        let at_end = following.trim().is_empty();
        if blanks == 0 && !at_end {
            insert.push_str(eol);
        }
        // A place with two blank lines or more has room: the text takes the first of them.
        if blanks < 2 && !(at_end && (blanks == 1 || !self.text.ends_with('\n'))) {
            insert.push_str(eol);
        }
        // Where the text takes a blank line, it takes the white space in it, too.
        let taken = if insert.ends_with('\n') {
            0
        } else {
            following.len() - following.trim_start_matches([' ', '\t']).len()
        };
        Edits::one(start..start + taken, insert)
    }

    /// The line that heads the answer of another entry, so that a new one looks the same.
    fn answer_heading_of_siblings(&self, nth: usize) -> Option<String> {
        let others = self.entries().enumerate().filter(|(at, _)| *at != nth);
        let heading = others.filter_map(|(_, (_, entry))| entry.answer.heading.clone()).next()?;
        self.text.get(heading).map(str::to_owned)
    }

    fn prefix_of(&self, part: &Part) -> String {
        if part.margin == Margin::None {
            return String::new();
        }
        let line = self.text.get(..part.span.start).and_then(|s| s.rsplit('\n').next());
        line.unwrap_or("> ").to_owned()
    }

    /// The line ending most of the text's lines have.
    pub(crate) fn line_ending(&self) -> &'static str {
        let crlf = self.text.matches("\r\n").count();
        if crlf * 2 > self.text.matches('\n').count() { "\r\n" } else { "\n" }
    }

    /// Whether `after` reads as this post does, but for the answer at `nth`, which is `new`.
    fn reads_alike_but_answer(&self, after: &Self, nth: usize, new: &str) -> bool {
        let alike =
            |(at, ((day, entry), (new_day, new_entry))): (usize, (Placed<'_>, Placed<'_>))| {
                let same = |a: &Part, b: &Part| self.part_text(a) == after.part_text(b);
                let same_or_none = |a: Option<&Part>, b: Option<&Part>| match (a, b) {
                    (Some(a), Some(b)) => same(a, b),
                    (a, b) => a.is_none() && b.is_none(),
                };
                let model = |e: &'_ Entry| e.model_answer.as_ref().map(|m| m.body.clone());
                let answer_fits = if at == nth {
                    after.part_text(&new_entry.answer.body).replace("\r\n", "\n") == new
                } else {
                    same(&entry.answer.body, &new_entry.answer.body)
                };
                answer_fits
                    && day.date == new_day.date
                    && same(&entry.question, &new_entry.question)
                    && same_or_none(entry.hint.as_ref(), new_entry.hint.as_ref())
                    && same_or_none(model(entry).as_ref(), model(new_entry).as_ref())
                    && entry.sections.len() == new_entry.sections.len()
                    && entry
                        .sections
                        .iter()
                        .zip(&new_entry.sections)
                        .all(|(a, b)| same(&a.body, &b.body))
            };
        self.days.len() == after.days.len()
            && self.sections.len() == after.sections.len()
            && self.entries().count() == after.entries().count()
            && self.entries().zip(after.entries()).enumerate().all(alike)
    }
}

/// An entry and the day it is of.
type Placed<'a> = (&'a crate::Day, &'a Entry);

/// Normalises line endings to `\n` and drops blank lines at both ends. White space inside the first
/// and last line stays.
pub(crate) fn without_outer_blank_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let is_text = |line: &&str| !line.trim_matches([' ', '\t', '\r']).is_empty();
    match (lines.iter().position(is_text), lines.iter().rposition(is_text)) {
        (Some(first), Some(last)) => lines.get(first..=last).unwrap_or_default().join("\n"),
        _ => String::new(),
    }
}

/// Writes a text with `\n` endings with the endings and line prefix of its place.
pub(crate) fn with_line_endings(text: &str, eol: &str, prefix: &str) -> String {
    let separator = format!("{eol}{prefix}");
    text.split('\n').collect::<Vec<_>>().join(&separator)
}

/// The line of an answer, from 1, that the scanner reads as the end of the part: a heading that is not
/// deeper than the answer's, else an opening that is never closed, else the first.
fn breaking_line(new: &str, entry: &Entry, post: &Post) -> usize {
    let level_of = |span: &Span| {
        let line = post.text.get(span.clone()).unwrap_or_default();
        line.bytes().take_while(|b| *b == b'#').count().max(2)
    };
    let outer = entry.answer.heading.as_ref().map_or(level_of(&entry.heading) + 1, level_of);
    let scan = scan::scan(new, 0);
    let line = |offset: usize| 1 + new.bytes().take(offset).filter(|b| *b == b'\n').count();
    let heading = scan.blocks.iter().find(|block| {
        matches!(block.kind, BlockKind::Heading { level, .. } if usize::from(level) <= outer)
    });
    let offset = heading.map(|b| b.span.start).or_else(|| scan.open_fences.first().copied());
    offset.map_or(1, line)
}
