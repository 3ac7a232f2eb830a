//! Ranges of parts: where a text begins and ends between its marks, quoted or not.

use std::borrow::Cow;

use crate::labels::Label;
use crate::marks::Mark;
use crate::scan::{self, Line};
use crate::{Margin, Part, Span, Variant, Vocabulary};

/// The text between `start` and `end` (bytes) without blank lines around it.
pub(crate) fn plain(text: &str, start: usize, end: usize) -> Part {
    let filled = filled_lines(text, start, end);
    Part { span: filled.unwrap_or(start..start), margin: Margin::None }
}

/// From the start of the first line that is not blank to the end of the last one, its line ending
/// left out; found from both ends, without a look at the lines between.
fn filled_lines(text: &str, start: usize, end: usize) -> Option<Span> {
    let inside = text.get(start..end.max(start).min(text.len()))?;
    let is_text = |byte: &u8| !scan::is_space(*byte);
    let first = inside.bytes().position(|byte| is_text(&byte))?;
    let last = inside.bytes().rposition(|byte| is_text(&byte))?;
    let from = inside.get(..first).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
    // Nothing but white space follows, so a carriage return does only right before the line's end.
    let line = inside.get(from..)?;
    let after = inside.as_bytes().get(last + 1..)?;
    let to = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
    let to = last + 1 + to;
    let to = to - usize::from(line.as_bytes().get(to - from - 1) == Some(&b'\r'));
    Some(start + from..start + to)
}

/// As [`plain`], where `start` may lie inside a line: white space there is no text.
pub(crate) fn inline(text: &str, start: usize, end: usize) -> Part {
    let rest = text.get(start..end.max(start)).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
    let is_line_start = start == 0 || text.get(..start).is_some_and(|s| s.ends_with('\n'));
    plain(text, if is_line_start { start } else { start + skipped }, end)
}

/// The text of lines between `start` and `end` (bytes, line starts) that are indented below a list
/// item, without blank lines around it. `inner` is the indent of an item's text (spaces). Empty at
/// `start` if there is none.
pub(crate) fn indented(text: &str, start: usize, end: usize, inner: usize) -> Part {
    let lines = lines_between(text, start, end);
    let filled = |l: &&Line<'_>| !l.is_blank();
    let (Some(first), Some(last)) = (lines.iter().find(filled), lines.iter().rfind(filled)) else {
        return Part { span: start..start, margin: Margin::Indent(inner) };
    };
    let white = first.text.bytes().take_while(|b| *b == b' ').count();
    let margin = match white {
        0 if !first.text.starts_with('\t') => Margin::None,
        // Further in than a list needs: code, or another habit of indenting, which is kept apart.
        _ if white >= inner + 4 || white == 0 => Margin::Indent(inner),
        _ => Margin::Indent(white),
    };
    Part { span: first.start + margin_of(first.text, margin)..last.end, margin }
}

/// The text of the quoted lines between `start` and `end` (bytes, line starts) without quoted blank
/// lines around it. Empty at `place` if there is none.
pub(crate) fn quoted(text: &str, start: usize, end: usize, place: usize) -> Part {
    let lines = lines_between(text, start, end);
    let is_text = |l: &&Line<'_>| !quoted_content(l).1.trim().is_empty();
    let span = match (lines.iter().find(is_text), lines.iter().rfind(is_text)) {
        (Some(first), Some(last)) => quoted_content(first).0..last.end,
        _ => place..place,
    };
    Part { span, margin: Margin::Quote }
}

/// Returns where a line's text behind the quote prefix begins (bytes), and that text.
pub(crate) fn quoted_content<'a>(line: &Line<'a>) -> (usize, &'a str) {
    let prefix = scan::quote_prefix(line.text);
    (line.start + prefix, line.text.get(prefix..).unwrap_or_default())
}

/// The text of a part, without quote prefixes.
pub(crate) fn text_of<'a>(text: &'a str, part: &Part) -> Cow<'a, str> {
    let slice = text.get(part.span.clone()).unwrap_or_default();
    if part.margin == Margin::None || !slice.contains('\n') {
        return Cow::Borrowed(slice);
    }
    let mut out = String::with_capacity(slice.len());
    for (at, line) in slice.split_inclusive('\n').enumerate() {
        let prefix = if at == 0 { 0 } else { margin_of(line, part.margin) };
        out.push_str(line.get(prefix..).unwrap_or_default());
    }
    Cow::Owned(out)
}

/// Returns how many bytes of a line, its ending included, are margin.
pub(crate) fn margin_of(line: &str, margin: Margin) -> usize {
    let line = line.trim_end_matches(['\r', '\n']);
    match margin {
        Margin::None => 0,
        Margin::Quote => scan::quote_prefix(line),
        Margin::Indent(spaces) => {
            let mut column = 0;
            let white = line.bytes().take_while(|byte| {
                let wide = if *byte == b'\t' { 4 - column % 4 } else { 1 };
                let fits = matches!(byte, b' ' | b'\t') && column + wide <= spaces;
                column += wide;
                fits
            });
            white.count()
        }
    }
}

/// The lines that begin between `start` and `end` (bytes); `start` is a line start.
pub(crate) fn lines_between(text: &str, start: usize, end: usize) -> Vec<Line<'_>> {
    let end = end.max(start).min(text.len());
    scan::lines(text.get(..end).unwrap_or(text), start)
}

/// The label a quote begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuoteLabel {
    pub(crate) label: Label,
    /// Index of its line.
    pub(crate) at: usize,
    /// Range of the label in the post (bytes).
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Where a text that follows on its line begins (bytes); none if the label stands alone.
    pub(crate) rest: Option<usize>,
}

/// Reads the label that a quote's first line of text is or begins with: `> ##### 모범 답안`,
/// `> **모범 답안**`, `> 답변`, `> 답변: …`.
pub(crate) fn quote_label(lines: &[Line<'_>], words: &Vocabulary) -> Option<QuoteLabel> {
    let at = lines.iter().position(|l| !quoted_content(l).1.trim().is_empty())?;
    let (start, content) = quoted_content(lines.get(at)?);
    let end = start + content.trim_end().len();
    let line = Line { start, text: content, ..*lines.get(at)? };
    let title = match scan::atx_heading(&line) {
        Some((_, (from, to))) => content.get(from - start..to - start)?,
        None => content,
    };
    if let Some(label) = words.label(title) {
        return Some(QuoteLabel { label, at, from: start, to: end, rest: None });
    }
    let label =
        words.line_label(content).filter(|label| !label.short || content.starts_with('*'))?;
    let Mark::Part(part) = label.mark else { return None };
    let rest = (!label.alone).then_some(start + label.rest);
    Some(QuoteLabel { label: part, at, from: start, to: start + label.to, rest })
}

/// The lines that are no code: index, start of the text behind a quote prefix (bytes), and that text.
pub(crate) fn outside_fences<'a>(
    lines: &[Line<'a>],
    quoted: bool,
) -> impl Iterator<Item = (usize, usize, &'a str)> + use<'a> {
    let texts: Vec<(usize, &'a str)> = lines
        .iter()
        .map(|line| if quoted { quoted_content(line) } else { (line.start, line.text) })
        .collect();
    let code = code_lines(texts.iter().map(|(_, text)| *text));
    let numbered = texts.into_iter().zip(code).enumerate();
    numbered.filter(|(_, (_, code))| !code).map(|(at, ((start, text), _))| (at, start, text))
}

/// Which lines are a fence of code or inside one, however far they are indented. A fence that is never
/// closed is none.
pub(crate) fn code_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let mark = |line: &str| {
        let line = line.trim_start();
        ["```", "~~~"].into_iter().position(|mark| line.starts_with(mark))
    };
    let marks: Vec<Option<usize>> = lines.map(mark).collect();
    let mut last = [None; 2];
    for (at, kind) in marks.iter().enumerate() {
        if let Some(last) = kind.and_then(|kind| last.get_mut(kind)) {
            *last = Some(at);
        }
    }
    let mut open = None;
    let mut code = Vec::with_capacity(marks.len());
    for (at, kind) in marks.iter().enumerate() {
        code.push(open.is_some());
        match (open, kind) {
            (None, Some(kind)) if last.get(*kind).copied().flatten() > Some(at) => {
                open = Some(*kind);
                code.pop();
                code.push(true);
            }
            (Some(of), Some(kind)) if of == *kind => open = None,
            _ => {}
        }
    }
    code
}

/// Cuts a model answer's lines into its audiences. `body` is the part they make together.
pub(crate) fn variants(text: &str, lines: &[Line<'_>], body: &Part) -> Vec<Variant> {
    let marks: Vec<(usize, String)> = outside_fences(lines, body.margin == Margin::Quote)
        .filter_map(|(at, _, line)| Some((at, audience(line.trim())?.to_owned())))
        .collect();
    let part = |from: usize, to: usize| -> Part {
        let place =
            from.checked_sub(1).and_then(|at| lines.get(at)).map_or(body.span.start, |l| l.end);
        let (Some(first), Some(last)) =
            (lines.get(from), to.checked_sub(1).and_then(|at| lines.get(at)))
        else {
            return Part { span: place..place, margin: body.margin };
        };
        if body.margin == Margin::Quote {
            quoted(text, first.start, last.next, place)
        } else {
            plain(text, first.start, last.next)
        }
    };
    let mut variants = Vec::new();
    let first = marks.first().map_or(lines.len(), |(at, _)| *at);
    let lead = part(0, first);
    if marks.is_empty() || !lead.span.is_empty() {
        variants.push(Variant { audience: None, body: lead });
    }
    for (nth, (at, audience)) in marks.iter().enumerate() {
        let end = marks.get(nth + 1).map_or(lines.len(), |(next, _)| *next);
        variants.push(Variant { audience: Some(audience.clone()), body: part(at + 1, end) });
    }
    variants
}

/// Reads a line that is nothing but `[audience]`: no link, no footnote, no task.
fn audience(line: &str) -> Option<&str> {
    let line = line.strip_prefix("**").and_then(|l| l.strip_suffix("**")).unwrap_or(line);
    let inner = line.strip_prefix('[')?.strip_suffix(']')?.trim();
    let plain = !inner.is_empty()
        && !inner.starts_with('^')
        && !inner.contains(['[', ']'])
        && !inner.eq_ignore_ascii_case("x");
    plain.then_some(inner)
}
