//! Finds what marks the answer of an entry, before its parts are read.

use crate::labels::Label;
use crate::marks::{self, Mark};
use crate::scan::{Block, BlockKind, Line};
use crate::{Vocabulary, parts};

/// What marks the answer of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerMark {
    /// A heading of this level that begins at this byte.
    Heading(u8, usize),
    /// A quote that begins with the label.
    Quote,
    /// A line that begins with the label.
    Line,
    /// A fold.
    Fold,
    /// Nothing: all prose is the answer.
    None,
}

impl AnswerMark {
    pub(super) fn find(text: &str, blocks: &[Block], lettered: bool, words: &Vocabulary) -> Self {
        Self::heading(text, blocks, words).unwrap_or_else(|| {
            let lines =
                |block: &Block| parts::lines_between(text, block.span.start, block.span.end);
            let quoted = |lines: &[Line<'_>]| {
                parts::quote_label(lines, words).is_some_and(|q| q.label == Label::Answer)
            };
            if blocks.iter().any(|b| b.kind == BlockKind::Quote && quoted(&lines(b))) {
                return Self::Quote;
            }
            let mut texts = blocks.iter().filter(|b| b.kind == BlockKind::Text);
            if texts.any(|block| answer_line(&lines(block), lettered, words)) {
                return Self::Line;
            }
            let is_prose = |b: &Block| matches!(b.kind, BlockKind::Text | BlockKind::Fence);
            let folds = |b: &Block| {
                b.kind == BlockKind::Html
                    && marks::fold(text, &b.span)
                        .is_some_and(|f| words.fold_label(&f.summary) == Some(Label::Answer))
            };
            if !blocks.iter().any(is_prose) && blocks.iter().any(folds) {
                return Self::Fold;
            }
            Self::None
        })
    }

    /// The first answer heading with a text under it; else the first one.
    fn heading(text: &str, blocks: &[Block], words: &Vocabulary) -> Option<Self> {
        let mut first = None;
        let mut open: Option<(u8, usize)> = None;
        for block in blocks {
            match block.kind {
                BlockKind::Heading { level, content } => {
                    // A heading of the answer's own is a text as well.
                    let label = words.label(text.get(content.0..content.1)?);
                    if let Some((of, at)) = open.filter(|(of, _)| level > *of && label.is_none()) {
                        return Some(Self::Heading(of, at));
                    }
                    open = (label == Some(Label::Answer)).then_some((level, block.span.start));
                    first = first.or(open);
                }
                BlockKind::Quote if open.is_some() => {
                    let lines = parts::lines_between(text, block.span.start, block.span.end);
                    match parts::quote_label(&lines, words) {
                        Some(quote) if quote.label == Label::ModelAnswer => open = None,
                        _ => return open.map(|(level, at)| Self::Heading(level, at)),
                    }
                }
                BlockKind::Text | BlockKind::Fence | BlockKind::Html if open.is_some() => {
                    return open.map(|(level, at)| Self::Heading(level, at));
                }
                _ => {}
            }
        }
        first.map(|(level, at)| Self::Heading(level, at))
    }
}

/// Whether a line of a block of text begins with an answer's label: its first line, one below
/// another label's, and, where the question is marked with a letter as well, any line.
fn answer_line(lines: &[Line<'_>], lettered: bool, words: &Vocabulary) -> bool {
    let mut fresh = true;
    lines.iter().any(|line| {
        if !fresh && !lettered {
            return false;
        }
        let label = words.line_label(line.text);
        fresh = label.is_some();
        label.is_some_and(|l| l.mark == Mark::Part(Label::Answer) && (lettered || !l.short))
    })
}
