//! How far lists reach: items, what is indented under them, and lines that continue them lazily.

use super::lines::{is_blank, is_rule, unindented};
use super::{Scanner, html, lines};

/// The marks items of a list begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    /// `-`, `*`, `+`
    Bullets,
    /// `1.`
    Numbers,
    /// `:`, under the term it defines.
    Definitions,
}

/// The kind of list a line begins an item of.
pub(super) fn list_start(text: &str) -> Option<ListKind> {
    item(text, ListKind::Bullets, 3)
        .map(|_| ListKind::Bullets)
        .or_else(|| item(text, ListKind::Numbers, 3).map(|_| ListKind::Numbers))
}

/// Whether a line begins a definition.
pub(super) fn is_definition(text: &str) -> bool {
    item(text, ListKind::Definitions, 3).is_some()
}

/// The length in bytes of an item's mark with its indent, of up to `indent` spaces.
fn item(text: &str, kind: ListKind, indent: usize) -> Option<usize> {
    let rest = unindented(text)?;
    let spaces = text.len() - rest.len();
    let mark = match (kind, rest.bytes().next()?) {
        (ListKind::Bullets, b'-' | b'*' | b'+') | (ListKind::Definitions, b':') => 1,
        (ListKind::Numbers, b'0'..=b'9') => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            rest.get(digits..)?.starts_with('.').then_some(digits + 1)?
        }
        _ => return None,
    };
    // The bar is in kramdown's own pattern.
    let spaced = matches!(rest.as_bytes().get(mark), Some(b' ' | b'\t' | b'|'));
    (spaced && spaces <= indent).then_some(spaces + mark)
}

/// The column the text of an item begins at, given the length of its mark.
fn column(text: &str, mark: usize) -> usize {
    let content = text.get(mark..).unwrap_or_default();
    if is_blank(content) || content.trim_start().starts_with("{:") && is_ial(content.trim()) {
        return 4;
    }
    let mut column = mark;
    for byte in content.bytes() {
        match byte {
            b' ' => column += 1,
            b'\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    column
}

fn is_ial(text: &str) -> bool {
    lines::is_attribute_list(text)
}

/// Whether a line is indented enough to belong to an item whose text begins at `column`.
fn belongs(text: &str, column: usize) -> bool {
    // Each step is a tab or four spaces.
    let mut rest = text;
    for _ in 0..column / 4 {
        match rest.strip_prefix('\t').or_else(|| rest.strip_prefix("    ")) {
            Some(next) => rest = next,
            None => return false,
        }
    }
    let spaces = rest.bytes().take_while(|b| *b == b' ').count();
    spaces >= column % 4 || rest.starts_with('\t')
}

/// How a list ends.
pub(super) struct ListEnd {
    /// The line after it, blank lines at its end included.
    pub(super) end: usize,
    /// Whether blank lines are its last.
    pub(super) blank: bool,
}

impl Scanner<'_> {
    /// Finds the end of the list that begins at line `at`.
    pub(super) fn list_end(&self, at: usize, kind: ListKind) -> ListEnd {
        let mut indent = 3;
        let mut text_column = 0;
        let mut blank = false;
        let mut end = at;
        while let Some(line) = self.lines.get(end) {
            let text = line.text;
            if kind != ListKind::Definitions && blank && is_rule(text) {
                break;
            }
            if lines::is_end_of_block(text) {
                if kind != ListKind::Definitions {
                    return ListEnd { end: end + 1, blank: false };
                }
                break;
            }
            if self.is_blank(end) {
                blank = true;
            } else if let Some(mark) = item(text, kind, indent)
                && !(end > at && self.dialect.interrupts && is_rule(text))
            {
                text_column = column(text, mark);
                indent = (text_column - 1).min(3);
                blank = false;
            } else if belongs(text, text_column) {
                blank = false;
            } else if blank || !self.continues_item(end, text_column) {
                break;
            }
            end += 1;
        }
        ListEnd { end, blank }
    }

    /// Whether a line that is not indented continues the item above it all the same.
    fn continues_item(&self, at: usize, column: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        if self.dialect.interrupts && (self.interrupts_quote(at) || lines::is_quote(line.text)) {
            return false;
        }
        let rest = line.text.trim_start_matches(' ');
        let near = line.text.len() - rest.len() <= column.min(3);
        !(near && (is_ial(rest) || html::begins_block(rest)) || self.begins_highlight(at))
    }
}
