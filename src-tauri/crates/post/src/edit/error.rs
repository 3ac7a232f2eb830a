//! Why a post cannot be changed as asked.

use std::fmt;

use thiserror::Error;

use super::text::{line_number, lines_of};
use crate::conflict::{self, is_marker};
use crate::scan;
use crate::{Part, Post};

/// Why a post cannot be changed as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The post has no such entry.
    #[error("the post has no such entry")]
    NoEntry,
    /// The model answer has no such version.
    #[error("the model answer has no such version")]
    NoVariant,
    /// With the new text the post would be read as other questions and parts than before.
    #[error("line {line} of the text {reason}")]
    BreaksStructure {
        /// Line of the new text, from 1.
        line: usize,
        /// What about that line does it.
        reason: Breaks,
    },
    /// An entry written like this one has no place for that part, whatever its text: a question that
    /// is an item of a list has none for a category.
    #[error("an entry written like this one has no place for that part")]
    NoPlace,
    /// The text holds nothing to add.
    #[error("the question is empty")]
    EmptyQuestion,
    /// A category cannot hold a comma: what follows it would be the topic.
    #[error("a category holds no comma: what follows one is the topic")]
    CommaInCategory,
    /// A text that is no part of its own, such as a question or a whole entry, would be read as
    /// something else.
    #[error("the post would not be read back with this text in it; word it differently")]
    NotReadBack,
    /// A merge left a conflict there, and somebody has to choose first.
    #[error("git's conflict markers are in the text at line {line}: choose a side first")]
    ConflictMarkers {
        /// Line of the first marker in the post, from 1.
        line: usize,
    },
    /// Without the entry, what stands around it would be read as something else.
    #[error("without this question the post around it would be read differently")]
    HoldsOthers,
}

/// What makes a line of a new text end, or begin, another part than the one it is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Breaks {
    /// A heading that begins a part or question of its own.
    Heading,
    /// A rule or `<br>` at the end of an entry, which parts it from the next one.
    Separator,
    /// A fence that is never closed.
    OpenFence,
    /// A tag or comment that is never closed.
    OpenTag,
    /// A quote that is read as model answer, hint or category.
    Quote,
    /// An attribute list, which belongs to the block above or below it.
    Attributes,
    /// `[…]` alone on a line, which begins the version for another audience.
    Audience,
    /// Lines like git's conflict markers, which hide the text between them.
    ConflictMarkers,
    /// Anything else that is read as another part, such as a label.
    Other,
}

impl fmt::Display for Breaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heading => "is a heading that would end the part it stands in",
            Self::Separator => "is a rule or break, which at this place parts entries",
            Self::OpenFence => "opens a code block that is never closed",
            Self::OpenTag => "opens an HTML tag or comment that is never closed",
            Self::Quote => "is a quote that would be read as another part",
            Self::Attributes => "is an attribute list, which would belong to another block",
            Self::Audience => "names an audience, which would begin another version",
            Self::ConflictMarkers => "begins what looks like a conflict git has left",
            Self::Other => "would be read as another part than the one it stands in",
        })
    }
}

impl EditError {
    /// Tells which line of `new` keeps `after` from being read as meant: `part` is where the text was
    /// expected, and it was put in at `start` (bytes of `after`).
    pub(super) fn breaking(after: &Post, part: Option<&Part>, start: usize, new: &str) -> Self {
        let lines = lines_of(new);
        if let Some(conflict) =
            conflict::find(new).first().filter(|_| !after.conflicts().is_empty())
        {
            let line = line_number(new, conflict.span.start);
            return Self::BreaksStructure { line, reason: Breaks::ConflictMarkers };
        }
        let first = after.line_of(start);
        let begins = part.filter(|p| !p.span.is_empty() && p.span.start <= start);
        let text_of = |line: usize| lines.get(line - 1).copied().unwrap_or_default();
        let line = match begins {
            None => 1,
            Some(part) => {
                let read = (after.line_of(part.span.end) + 1).saturating_sub(first);
                let left = lines.get(read..).unwrap_or_default();
                match left.iter().position(|line| !line.trim().is_empty()) {
                    Some(at) => read + at + 1,
                    None => match opening(new) {
                        Some(line) => line,
                        // The last line goes on in the one below it.
                        None => {
                            return Self::BreaksStructure {
                                line: lines.len(),
                                reason: Breaks::Other,
                            };
                        }
                    },
                }
            }
        };
        Self::BreaksStructure { line, reason: reason(text_of(line)) }
    }
}

/// The line of `new`, from 1, that opens something and takes in what follows the text.
fn opening(new: &str) -> Option<usize> {
    if let Some(start) = scan::scan(new, 0).open_fences.first() {
        return Some(line_number(new, *start));
    }
    let opens = |line: &&str| line.trim_start().starts_with('<');
    lines_of(new).iter().rposition(opens).map(|at| at + 1)
}

fn reason(line: &str) -> Breaks {
    let whole = scan::Line { start: 0, end: line.len(), next: line.len(), text: line };
    let trimmed = line.trim();
    if is_marker(line) {
        Breaks::ConflictMarkers
    } else if scan::atx_heading(&whole).is_some()
        || is_underline(trimmed) && trimmed.starts_with('=')
    {
        Breaks::Heading
    } else if scan::is_rule(line) || scan::is_break(line) {
        Breaks::Separator
    } else if scan::fence_open(line).is_some() {
        Breaks::OpenFence
    } else if scan::is_attribute_list(line) {
        Breaks::Attributes
    } else if scan::is_quote(line) {
        Breaks::Quote
    } else if trimmed.starts_with('<') {
        Breaks::OpenTag
    } else if trimmed.starts_with('[') && trimmed.ends_with(']') {
        Breaks::Audience
    } else {
        Breaks::Other
    }
}

/// Whether a line underlines a heading above it.
fn is_underline(line: &str) -> bool {
    !line.is_empty() && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'))
}
