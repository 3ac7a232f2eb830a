//! Reads one question block: its blocks, from the question on, into parts.

mod answer_mark;
mod reader;

use answer_mark::AnswerMark;
use reader::{Open, Reader};

use crate::labels::without_id;
use crate::scan::{Block, BlockKind, Line};
use crate::{
    Answer, AnswerState, Entry, Layout, Margin, ModelAnswer, ModelAnswerState, Part, Span,
    Vocabulary, parts, state,
};

/// Reads the entry whose heading is `blocks[0]`. `blocks` are all of it, separators left out.
pub(crate) fn read(text: &str, blocks: &[Block], words: &Vocabulary) -> Option<Entry> {
    let head = blocks.first()?;
    let BlockKind::Heading { level, content } = head.kind else { return None };
    let question = question(text, content.0, content.1, words);
    let lettered = words.question_mark(text.get(content.0..content.1)?).is_some();
    let head =
        Head { heading: line_span(text, &head.span), question, level, lettered, line: false };
    Some(read_from(text, head, blocks, words))
}

/// Reads the entry whose first line, at the beginning of `blocks`, is a question such as `Q : …`.
pub(crate) fn read_labelled(text: &str, blocks: &[Block], words: &Vocabulary) -> Option<Entry> {
    let (heading, rest) = split_line(text, blocks)?;
    let at = words.question_line(text.get(heading.clone())?)?;
    let question = question(text, heading.start + at, heading.end, words);
    let head = Head { heading, question, level: 6, lettered: true, line: true };
    Some(read_from(text, head, &rest, words))
}

/// Reads what stands below a line, the first of `blocks`, as the parts of an entry whose question that
/// line would be.
pub(crate) fn read_below_line(text: &str, blocks: &[Block], words: &Vocabulary) -> Option<Entry> {
    let (heading, rest) = split_line(text, blocks)?;
    let question = Part { span: heading.clone(), margin: Margin::None };
    let head = Head { heading, question, level: 6, lettered: true, line: true };
    Some(read_from(text, head, &rest, words))
}

/// Makes a block of its own of the first line; returns that line without its ending.
fn split_line(text: &str, blocks: &[Block]) -> Option<(Span, Vec<Block>)> {
    let mut rest = blocks.to_vec();
    let head = rest.first_mut()?;
    let line = *parts::lines_between(text, head.span.start, head.span.end).first()?;
    let below = Block { kind: head.kind, span: line.next..head.span.end };
    head.span.end = line.next;
    if !below.span.is_empty() {
        rest.insert(1, below);
    }
    Some((line.start..line.end, rest))
}

/// The question in the text of a heading or line, without its mark, emphasis around all of it, and
/// kramdown's `{#id}`.
pub(crate) fn question(text: &str, start: usize, end: usize, words: &Vocabulary) -> Part {
    let source = text.get(start..end).unwrap_or_default();
    let mut len = without_id(source).trim_end().len();
    let mut from = words.question_mark(source.get(..len).unwrap_or_default()).unwrap_or(0);
    let asked = source.get(from..len).unwrap_or_default();
    let bold = asked.strip_prefix("**").and_then(|s| s.strip_suffix("**"));
    if bold.is_some_and(|inner| !inner.contains("**") && !inner.trim().is_empty()) {
        (from, len) = (from + 2, len - 2);
    } else if source.starts_with("**") && from > 0 && asked.matches("**").count() == 1 {
        // `**Q1. question**`: the mark took the opening of the emphasis.
        len -= if asked.ends_with("**") { 2 } else { 0 };
    } else if let Some(mark) = ['*', '_'].into_iter().find(|mark| source.starts_with(*mark))
        && from > 0
        && source.chars().take_while(|c| *c == mark).count() == 1
        && !source.get(..from).unwrap_or_default().trim_end().ends_with(mark)
        && asked.strip_suffix(mark).is_some_and(|inner| mark == '_' || !inner.contains(mark))
    {
        // `*Question: question*`, likewise.
        len -= 1;
    }
    Part { span: start + from..start + len.max(from), margin: Margin::None }
}

/// The question of an entry.
struct Head {
    heading: Span,
    question: Part,
    /// Level of its heading; the deepest for a line.
    level: u8,
    /// Whether it is marked as a question, as in `Q. …`, so that `A. …` answers it.
    lettered: bool,
    /// Whether it is a line of text, not a heading.
    line: bool,
}

/// Reads an entry from its question, which `blocks[0]` is, and the blocks below.
fn read_from(text: &str, head: Head, blocks: &[Block], words: &Vocabulary) -> Entry {
    let Head { heading, question, level, lettered, line } = head;
    let (start, head_end) =
        blocks.first().map_or((heading.start, heading.end), |b| (b.span.start, b.span.end));
    let end = blocks.last().map_or(head_end, |b| b.span.end);
    let below = blocks.get(1..).unwrap_or_default();
    let reader = Reader {
        text,
        words,
        level,
        lettered,
        line,
        marked: AnswerMark::find(text, below, lettered, words),
        entry: empty(start..end, heading, question, head_end),
        open: Open::Head,
        answered: false,
        head_end,
    };
    reader.read(below, end)
}

/// An entry of which nothing but the question was read. `place` is where its answer would go.
pub(crate) fn empty(span: Span, heading: Span, question: Part, place: usize) -> Entry {
    Entry {
        span,
        answer_span: None,
        layout: Layout::Prose,
        heading,
        question,
        categories: Vec::new(),
        topic: None,
        category_line: None,
        hint: None,
        answer: Answer {
            heading: None,
            body: Part { span: place..place, margin: Margin::None },
            state: AnswerState::Empty,
        },
        model_answer: None,
        sections: Vec::new(),
    }
}

/// A model answer with its variants. `lines` are those of `body`.
pub(crate) fn model(
    text: &str,
    span: Span,
    body: Part,
    lines: &[Line<'_>],
    words: &Vocabulary,
) -> ModelAnswer {
    let variants = parts::variants(text, lines, &body);
    let texts: Vec<_> = variants.iter().map(|v| parts::text_of(text, &v.body)).collect();
    let written = texts.iter().any(|t| state::model_state(t, words) == ModelAnswerState::Written);
    let state = if written { ModelAnswerState::Written } else { ModelAnswerState::Placeholder };
    ModelAnswer { span, body, variants, state }
}

/// A block's first line without its ending.
pub(crate) fn line_span(text: &str, span: &Span) -> Span {
    let slice = text.get(span.clone()).unwrap_or_default();
    let line = slice.split('\n').next().unwrap_or_default();
    span.start..span.start + line.trim_end_matches('\r').len()
}
