//! Lines, and what a single line says of itself.

/// A line of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last one, before the line ending.
    pub(crate) end: usize,
    /// Byte after the line ending; the start of the next line.
    pub(crate) next: usize,
    /// The text from `start` to `end`.
    pub(crate) text: &'a str,
}

impl Line<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        is_blank(self.text)
    }
}

/// Cuts `text` from `from` (bytes) into lines. `\n`, `\r\n` end a line.
pub(crate) fn lines(text: &str, from: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = from;
    for piece in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        let next = start + piece.len();
        let body = piece.strip_suffix('\n').unwrap_or(piece);
        let body = body.strip_suffix('\r').unwrap_or(body);
        lines.push(Line { start, end: start + body.len(), next, text: body });
        start = next;
    }
    lines
}

/// Whether there is nothing but what kramdown takes for white space: a no-break space is text.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(is_space)
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c)
}

/// The line behind an indent of up to three spaces; none if it begins with more white space.
pub(super) fn unindented(text: &str) -> Option<&str> {
    let spaces = text.bytes().take_while(|b| *b == b' ').count();
    let rest = text.get(spaces..)?;
    (spaces <= 3 && !rest.starts_with('\t')).then_some(rest)
}

/// Whether a line that begins a block is code: a tab or four spaces.
pub(super) fn is_indented(text: &str) -> bool {
    text.starts_with('\t') || text.starts_with("    ")
}

/// Reads `## text`, as level and range of the text. Needs a space after the marks, and no indent.
pub(crate) fn atx_heading(line: &Line<'_>) -> Option<(u8, (usize, usize))> {
    let level = line.text.bytes().take_while(|b| *b == b'#').count();
    if !opens_atx_heading(line.text) {
        return None;
    }
    let rest = line.text.get(level..)?;
    let skipped = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let content = heading_content(rest.get(skipped..)?);
    // `## text ##`: closing marks are no part of the text.
    let unmarked = content.trim_end_matches('#');
    let content = match unmarked.len() < content.len() && unmarked.ends_with([' ', '\t']) {
        true => trimmed_end(unmarked),
        false => content,
    };
    let start = line.start + level + skipped;
    (!content.is_empty()).then(|| (u8::try_from(level).unwrap_or(6), outer_trimmed(start, content)))
}

/// Whether a line begins as a heading, with or without a text. Ends a paragraph.
pub(super) fn opens_atx_heading(text: &str) -> bool {
    let level = text.bytes().take_while(|b| *b == b'#').count();
    (1..=6).contains(&level) && matches!(text.as_bytes().get(level), Some(b' ' | b'\t'))
}

/// What a heading's line holds behind its marks: without outer white space and without `{#id}`.
pub(super) fn heading_content(text: &str) -> &str {
    let text = trimmed_end(text);
    let id = || {
        let inner = text.strip_suffix('}')?;
        let at = inner.rfind("{#")?;
        let mut chars = inner.get(at + 2..)?.chars();
        let first = chars.next()?;
        let named = (first.is_alphabetic() || matches!(first, '_' | ':'))
            && chars.all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'));
        let before = text.get(..at)?;
        (named && before.ends_with([' ', '\t'])).then(|| trimmed_end(before))
    };
    id().unwrap_or(text)
}

fn trimmed_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\r', '\n', '\u{b}', '\u{c}', '\0'])
}

/// The range of a heading's text that begins at `start` (bytes): without outer white space of any
/// kind, unless there is nothing else.
pub(super) fn outer_trimmed(start: usize, content: &str) -> (usize, usize) {
    let inner = content.trim();
    if inner.is_empty() {
        return (start, start + content.len());
    }
    let start = start + (content.len() - content.trim_start().len());
    (start, start + inner.len())
}

/// The level of a heading that a line under it makes one: `===` 1, `---` 2.
pub(super) fn underline_level(text: &str) -> Option<u8> {
    let marks = text.trim_end_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
    let first = *marks.as_bytes().first()?;
    let level = match first {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    marks.bytes().all(|b| matches!(b, b'-' | b'=')).then_some(level)
}

/// Whether a line has a quote prefix.
pub(crate) fn is_quote(text: &str) -> bool {
    unindented(text).is_some_and(|rest| rest.starts_with('>'))
}

/// Returns the length in bytes of a line's quote prefix: `> `, `>` or nothing.
pub(crate) fn quote_prefix(text: &str) -> usize {
    if !is_quote(text) {
        return 0;
    }
    let indent = text.len() - text.trim_start_matches(' ').len();
    let after = text.get(indent + 1..).unwrap_or_default();
    indent + 1 + usize::from(after.starts_with(' '))
}

/// Whether a line is kramdown's `{: … }`.
pub(crate) fn is_attribute_list(text: &str) -> bool {
    let inner = || {
        let rest = unindented(text)?.strip_prefix("{:")?;
        trimmed_end(rest).strip_suffix('}').filter(|inner| !inner.is_empty())
    };
    let Some(inner) = inner() else { return false };
    // A brace ends the list, but for an escaped one.
    let mut escaped = false;
    let closes_early = inner.bytes().any(|b| {
        let closes = b == b'}' && !escaped;
        escaped = b == b'\\';
        closes
    });
    !inner.starts_with([':', '/']) && !closes_early && !escaped
}

/// Whether a line is a horizontal rule.
pub(crate) fn is_rule(text: &str) -> bool {
    let Some(rest) = unindented(text) else { return false };
    let Some(mark) = rest.bytes().next().filter(|b| matches!(b, b'-' | b'*' | b'_')) else {
        return false;
    };
    let mut marks = 0;
    for byte in rest.bytes() {
        match byte {
            b' ' | b'\t' => {}
            byte if byte == mark => marks += 1,
            _ => return false,
        }
    }
    marks >= 3
}

/// Whether a line is nothing but `<br>` tags.
pub(crate) fn is_break(text: &str) -> bool {
    let mut rest = text.trim();
    if !rest.starts_with('<') {
        return false;
    }
    while !rest.is_empty() {
        let tag = ["<br>", "<br/>", "<br />", "</br>"]
            .into_iter()
            .find(|tag| rest.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag)));
        let Some(tag) = tag else { return false };
        rest = rest.get(tag.len()..).unwrap_or_default().trim_start();
    }
    true
}

/// Whether a line is kramdown's end-of-block marker, a lone `^`.
pub(super) fn is_end_of_block(text: &str) -> bool {
    text.strip_prefix('^').is_some_and(is_blank)
}

/// Whether a line is a table's: it has a bar that is not escaped.
pub(super) fn has_bar(text: &str) -> bool {
    let mut before = None;
    text.bytes().any(|byte| {
        let bar = byte == b'|' && before != Some(b'\\');
        before = Some(byte);
        bar
    })
}

/// Whether a table's line parts its head, bodies and foot.
pub(super) fn parts_table(text: &str) -> bool {
    let only = |mark: u8| {
        text.bytes().all(|b| matches!(b, b'+' | b'|' | b':' | b' ' | b'\t') || b == mark)
            && text.bytes().any(|b| b == mark)
    };
    only(b'-') || only(b'=')
}

/// What a line that defines something for other lines defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Definition {
    /// `[^1]: …`
    Footnote,
    /// `[id]: address`
    Link,
    /// `*[HTML]: …`
    Abbreviation,
}

/// Reads the first line of a definition.
pub(super) fn definition(text: &str) -> Option<Definition> {
    let rest = unindented(text)?;
    if let Some(rest) = rest.strip_prefix("*[") {
        return rest.find("]:").is_some_and(|at| at > 0).then_some(Definition::Abbreviation);
    }
    let rest = rest.strip_prefix('[')?;
    let (id, target) = rest.split_once(']')?;
    let target = target.strip_prefix(':')?;
    let name = id.strip_prefix('^').unwrap_or_default();
    let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if !name.is_empty() && !name.starts_with('-') && name.bytes().all(is_name) {
        return Some(Definition::Footnote);
    }
    if id.is_empty() || is_blank(target) {
        return None;
    }
    // A title that is never closed makes it plain text.
    let target = target.trim_matches([' ', '\t']);
    let title = target
        .match_indices(['"', '\''])
        .find(|(at, _)| target.get(..*at).is_some_and(|before| before.ends_with([' ', '\t'])));
    let closed = title.is_none_or(|(at, mark)| {
        target.get(at + 1..).is_some_and(|rest| rest.len() > 1 && rest.ends_with(mark))
    });
    closed.then_some(Definition::Link)
}

/// Whether a line is the title of the link defined on the line before.
pub(super) fn is_link_title(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t']);
    ['"', '\''].into_iter().any(|mark| {
        text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark)).is_some_and(|t| !t.is_empty())
    })
}
