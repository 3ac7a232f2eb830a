//! Text as it can be read by lines: line endings, odd characters, fences, wrapped lines.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::{Line, mark, noise, starts};
use crate::{Post, Vocabulary, scan};

/// Shortest and longest line, in characters or columns, that a mail program wraps at.
const WRAPPED_AT: std::ops::RangeInclusive<usize> = 55..=80;

/// Returns the text with LF line endings, plain spaces, composed, and without characters that show
/// nothing: byte order marks, zero-width and control characters.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{ad}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    if is_nfc(&out) { out } else { out.nfc().collect() }
}

/// Returns what follows the front matter of a pasted post. Rules around a text are no front matter.
pub(super) fn without_front_matter(text: &str) -> &str {
    let start = text.len() - text.trim_start().len();
    let text = text.get(start..).unwrap_or_default();
    if !text.starts_with("---") {
        return text;
    }
    let post = Post::parse(text);
    let front = post.front_matter().filter(|front| front.title.is_some() || front.date.is_some());
    front.and_then(|front| text.get(front.span.end..)).unwrap_or(text)
}

/// Splits a text into lines, fences not looked at yet.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    text.split('\n').map(|text| Line { text, code: false }).collect()
}

/// Splits a text into lines and marks those of code fences.
pub(super) fn fenced(text: &str) -> Vec<Line<'_>> {
    let mut lines = lines(text);
    mark_fences(&mut lines);
    lines
}

/// Marks the lines of code fences that are closed again; one that is not is text.
pub(super) fn mark_fences(lines: &mut [Line<'_>]) {
    let fences: Vec<(usize, char, usize, bool)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| {
            let text = unquoted(line.text).1.trim();
            let first = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
            let rest = text.trim_start_matches(first);
            let len = text.len() - rest.len();
            let opens = !(first == '`' && rest.contains('`'));
            (len >= 3 && opens).then_some((at, first, len, rest.is_empty()))
        })
        .collect();
    // Fences this long of this kind are never closed again; keeps the search linear.
    let mut open_ended = [usize::MAX; 2];
    let mut next = 0;
    while let Some((at, mark, len, _)) = fences.get(next).copied() {
        next += 1;
        let Some(open_ended) = open_ended.get_mut(usize::from(mark == '~')) else { continue };
        if len >= *open_ended {
            continue;
        }
        let rest = fences.get(next..).unwrap_or_default();
        match rest.iter().position(|f| f.1 == mark && f.2 >= len && f.3) {
            Some(ahead) => {
                next += ahead + 1;
                let end = rest.get(ahead).map_or(at, |f| f.0);
                for line in lines.get_mut(at..=end).unwrap_or_default() {
                    line.code = true;
                }
            }
            None => *open_ended = len,
        }
    }
}

/// Splits quote prefixes off a line; returns how many there were. Three at the most are looked at.
pub(super) fn unquoted(line: &str) -> (usize, &str) {
    let mut rest = line;
    let mut depth = 0;
    while depth < 3 {
        let prefix = scan::quote_prefix(rest);
        if prefix == 0 {
            break;
        }
        rest = rest.get(prefix..).unwrap_or_default();
        depth += 1;
    }
    (depth, rest)
}

/// Removes up to `depth` quote prefixes from a line.
pub(super) fn unquoted_by(line: &str, depth: usize) -> &str {
    let mut rest = line;
    for _ in 0..depth {
        rest = rest.get(scan::quote_prefix(rest)..).unwrap_or_default();
    }
    rest
}

/// Cuts lines that hold several labels, `질문: … / 카테고리: …`, into one for each.
pub(super) fn apart<'a>(lines: &[Line<'a>], own: &Vocabulary) -> Vec<Line<'a>> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        if line.code
            || !(line.text.contains([':', '：']))
            || !mark::is_ahead(mark::undecorated(unquoted(line.text).1), own)
        {
            out.push(*line);
            continue;
        }
        let mut from = 0;
        for (at, c) in line.text.char_indices().filter(|(_, c)| matches!(c, '/' | '|' | '\t')) {
            let rest = line.text.get(at + c.len_utf8()..).unwrap_or_default();
            let before = line.text.get(from..at).unwrap_or_default();
            let spaced = c == '\t' || before.ends_with(' ') && rest.starts_with(' ');
            if spaced && mark::is_ahead(rest, own) {
                out.push(Line { text: before.trim_end(), ..*line });
                from = at + c.len_utf8();
            }
        }
        out.push(Line { text: line.text.get(from..).unwrap_or_default(), ..*line });
    }
    out
}

/// Whether a line is nothing but a rule or an ornament that parts blocks: `---`, `====`, `<br>`.
pub(super) fn is_rule(line: &str) -> bool {
    let text = unquoted(line).1.trim();
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    let Some(first) = chars.next() else { return false };
    let ornament = matches!(first, '-' | '*' | '_' | '=' | '~' | '─' | '━' | '—' | '–' | '═' | '·');
    if ornament {
        return text.chars().filter(|c| *c == first).count() >= 3 && chars.all(|c| c == first);
    }
    let tag = text.to_ascii_lowercase();
    ["<br>", "<br/>", "<br />", "<hr>", "<hr/>", "<hr />"].contains(&tag.as_str())
}

/// Whether a line is an attribute list of kramdown, which is decoration.
pub(super) fn is_attributes(line: &str) -> bool {
    let text = unquoted(line).1.trim();
    text.starts_with("{:") && text.ends_with('}')
}

/// Puts lines together again that a mail program wrapped: those that could not have taken the next
/// line's first word. Returns the text.
pub(super) fn join_wrapped(lines: &[Line<'_>], own: &Vocabulary) -> String {
    let measure = measure_of(lines);
    let mut out = String::new();
    let mut before: Option<Line<'_>> = None;
    for line in lines {
        if let Some(before) = before {
            let joined = measure.is_some_and(|measure| is_wrapped(before, *line, measure, own));
            if joined {
                out.truncate(out.trim_end_matches([' ', '\t']).len());
                out.push(' ');
                out.push_str(unquoted(line.text).1.trim_start());
            } else {
                out.push('\n');
                out.push_str(line.text);
            }
        } else {
            out.push_str(line.text);
        }
        before = Some(*line);
    }
    out
}

/// How the lines of a text are measured, and how long the longest is.
#[derive(Clone, Copy)]
struct Measure {
    in_columns: bool,
    longest: usize,
}

impl Measure {
    fn of(self, text: &str) -> usize {
        if self.in_columns { columns(text) } else { text.chars().count() }
    }
}

/// Columns of a terminal; Hangul takes two.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}

fn measure_of(lines: &[Line<'_>]) -> Option<Measure> {
    let prose = || lines.iter().filter(|line| is_prose(line)).map(|line| line.text.trim_end());
    let longest = |in_columns| {
        let measure = Measure { in_columns, longest: 0 };
        let longest = prose().map(|text| measure.of(text)).max()?;
        WRAPPED_AT.contains(&longest).then_some(Measure { in_columns, longest })
    };
    longest(true).or_else(|| longest(false))
}

/// Text that a program may have wrapped.
fn is_prose(line: &Line<'_>) -> bool {
    !line.code && !line.is_blank() && !is_rule(line.text) && !line.text.contains("://")
}

fn is_wrapped(before: Line<'_>, line: Line<'_>, measure: Measure, own: &Vocabulary) -> bool {
    let ends = |c: char| matches!(c, '.' | '?' | '!' | ':' | ',' | '。' | '：' | '|' | ']');
    let (depth, text) = unquoted(line.text);
    let continues = is_prose(&before)
        && is_prose(&line)
        && unquoted(before.text).0 == depth
        && !before.text.trim_start().starts_with(['#', '|'])
        && !before.text.ends_with("  ")
        && !before.text.trim_end().ends_with(ends)
        && !text.trim_start().starts_with(['#', '|', '[', '<', '{'])
        && starts::item(line.text).is_none()
        && mark::read(line.text, own).is_none()
        && !mark::read(before.text, own).is_some_and(|mark| mark.rest.is_empty())
        && !noise::is_noise(before.text);
    if !continues {
        return false;
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    let (taken, limit) = (measure.of(before.text.trim_end()), measure.longest);
    taken >= 50 && taken + 1 + measure.of(word) > limit
}
