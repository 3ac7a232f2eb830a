//! Line endings, blank lines and ends of stretches of text.

use crate::{Post, Span};

/// Normalises every line ending to `\n`, as kramdown does before it reads, and drops blank lines at
/// both ends. White space inside the first and last line stays.
pub(crate) fn without_outer_blank_lines(text: &str) -> String {
    let text = with_plain_endings(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let is_text = |line: &&str| !line.trim_matches([' ', '\t']).is_empty();
    match (lines.iter().position(is_text), lines.iter().rposition(is_text)) {
        (Some(first), Some(last)) => lines.get(first..=last).unwrap_or_default().join("\n"),
        _ => String::new(),
    }
}

/// Normalises `\r\n` and a lone `\r` to `\n`.
pub fn with_plain_endings(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// One line: white space of every kind, line breaks included, is one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text with `\n` endings.
pub(super) fn lines_of(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

/// The number of the line, from 1, that `at` (bytes) stands in.
pub(super) fn line_number(text: &str, at: usize) -> usize {
    1 + text.get(..at).unwrap_or_default().matches('\n').count()
}

/// The end of a stretch (bytes) without the line ending it ends with, if it does.
pub(super) fn end_of_text(text: &str, span: &Span) -> usize {
    let slice = text.get(span.clone()).unwrap_or_default();
    let body = slice.strip_suffix('\n').map_or(slice, |s| s.strip_suffix('\r').unwrap_or(s));
    span.start + body.len()
}

/// The end (bytes) of the line that `at` stands in, before its line ending.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let Some(end) = rest.find('\n').map(|len| at + len) else { return text.len() };
    end - usize::from(text.get(..end).is_some_and(|line| line.ends_with('\r')))
}

/// The start (bytes) of the line that `at` stands in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|s| s.rfind('\n')).map_or(0, |found| found + 1)
}

/// The start (bytes) of the line below the one that `at` stands in; the end of the text if there is
/// none.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|s| s.find('\n')).map_or(text.len(), |found| at + found + 1)
}

/// Whether the line at `start` (bytes) exists and holds nothing but white space.
pub(super) fn is_blank_line(text: &str, start: usize) -> bool {
    let end = line_end(text, start);
    next_line(text, start) > end && text.get(start..end).is_some_and(|line| line.trim().is_empty())
}

impl Post {
    /// The line ending most of the text's lines have.
    pub(super) fn line_ending(&self) -> &'static str {
        let crlf = self.text().matches("\r\n").count();
        if crlf * 2 > self.text().matches('\n').count() { "\r\n" } else { "\n" }
    }

    /// The line ending at a place (bytes): that of the line it stands in, else of the one above, else
    /// that of most lines.
    pub(super) fn line_ending_at(&self, at: usize) -> &'static str {
        let text = self.text();
        let end = line_end(text, at);
        let own = text.get(end..).unwrap_or_default();
        let above = text.get(..line_start(text, at)).unwrap_or_default();
        if own.starts_with("\r\n") {
            "\r\n"
        } else if own.starts_with('\n') {
            "\n"
        } else if above.ends_with("\r\n") {
            "\r\n"
        } else if above.ends_with('\n') {
            "\n"
        } else {
            self.line_ending()
        }
    }
}
