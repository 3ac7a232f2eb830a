//! Takes the marks out of markdown, for a line of text to show.

use std::ops::Range;

/// Returns `markdown` on one line: without marks for headings, lists, quotes, emphasis, code,
/// links and tags, and with single spaces.
///
/// Roughly, on purpose: a mark left over costs nothing, a word lost would.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = Line::default();
    write(markdown, &mut out);
    out.text
}

/// Returns `markdown` on one line with single spaces, and its marks.
pub(super) fn on_one_line(markdown: &str) -> String {
    let mut out = Line::default();
    markdown.char_indices().for_each(|(at, c)| out.push(c, at));
    out.text.truncate(out.text.trim_end().len());
    out.text
}

/// As [`plain`], with the way back.
pub(super) fn placed(markdown: &str) -> Placed {
    let mut out = Line { places: Some(Vec::with_capacity(markdown.len() / 2)), ..Line::default() };
    write(markdown, &mut out);
    Placed { text: out.text, places: out.places.unwrap_or_default() }
}

/// A plain text that knows where in the markdown it comes from.
pub(super) struct Placed {
    pub(super) text: String,
    /// Where each character begins: in `text`, and in the markdown. Bytes; both rise.
    places: Vec<(usize, usize)>,
}

impl Placed {
    /// Returns the bytes of the markdown that `span` of the text comes from, with the marks inside.
    pub(super) fn source(&self, span: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let nth = self.places.partition_point(|&(plain, _)| plain <= at).saturating_sub(1);
            self.places.get(nth).copied().unwrap_or_default()
        };
        let start = place(span.start).1;
        let (last, source) = place(span.end.saturating_sub(1));
        start..source + span.end.saturating_sub(last)
    }
}

fn write(markdown: &str, out: &mut Line) {
    let mut at = 0;
    for whole in markdown.split_inclusive('\n') {
        let line = whole.trim();
        let start = at + (whole.len() - whole.trim_start().len());
        at += whole.len();
        if is_decoration(line) {
            continue;
        }
        let fence = line.starts_with("```") || line.starts_with("~~~");
        if !fence {
            let text = without_marker(line);
            inline(text, start + line.len() - text.len(), out);
        }
        out.space(at);
    }
    out.text.truncate(out.text.trim_end().len());
}

#[derive(Default)]
struct Line {
    text: String,
    /// Where each character is in `text` and in the markdown, if that is wanted.
    places: Option<Vec<(usize, usize)>>,
}

impl Line {
    /// Writes the character at byte `at` of the markdown.
    fn push(&mut self, c: char, at: usize) {
        if c.is_whitespace() || c.is_control() {
            self.space(at);
        } else {
            self.place(at);
            self.text.push(c);
        }
    }

    /// Writes characters that are [plain](is_plain) and begin at byte `at` of the markdown.
    fn push_plain(&mut self, words: &str, at: usize) {
        if self.places.is_some() {
            words.char_indices().for_each(|(behind, c)| self.push(c, at + behind));
        } else {
            self.text.push_str(words);
        }
    }

    fn space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.place(at);
            self.text.push(' ');
        }
    }

    fn place(&mut self, at: usize) {
        if let Some(places) = &mut self.places {
            places.push((self.text.len(), at));
        }
    }
}

/// Tells whether a line holds no words: a rule, a table's rule, an attribute list.
fn is_decoration(line: &str) -> bool {
    (line.starts_with("{:") && line.ends_with('}'))
        || (line.len() >= 3
            && line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | '|' | ':' | ' ')))
}

/// Takes heading, quote and list marks off the start of a line.
fn without_marker(mut line: &str) -> &str {
    loop {
        let rest = line.trim_start();
        let after = if let Some(quoted) = rest.strip_prefix('>') {
            quoted
        } else if let Some(item) =
            ["- ", "* ", "+ "].iter().find_map(|mark| rest.strip_prefix(mark))
        {
            item
        } else {
            let title = rest.trim_start_matches('#');
            let level = rest.len() - title.len();
            if (1..=6).contains(&level) && title.starts_with(' ') { title } else { return rest }
        };
        line = after;
    }
}

/// Writes the words of a line that starts at byte `at` of the markdown.
fn inline(line: &str, at: usize, out: &mut Line) {
    let end = at + line.len();
    let mut rest = line;
    let mut before = ' ';
    let mut missing = Missing::default();
    loop {
        let plain = rest.bytes().take_while(|&byte| is_plain(byte)).count();
        if let Some((words, after)) = rest.split_at_checked(plain).filter(|_| plain > 0) {
            out.push_plain(words, end - rest.len());
            before = 'a';
            rest = after;
        }
        let Some(c) = rest.chars().next() else { break };
        let at = end - rest.len();
        let tail = rest.get(c.len_utf8()..).unwrap_or("");
        rest = match c {
            '\\' if tail.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let escaped = tail.chars().next().unwrap_or(' ');
                out.push(escaped, at + 1);
                before = escaped;
                tail.get(escaped.len_utf8()..).unwrap_or("")
            }
            '`' => tail,
            '*' | '~' if let Some((left, marks)) = beyond_emphasis(rest, c) => {
                left.char_indices().for_each(|(behind, c)| out.push(c, at + behind));
                before = c;
                marks
            }
            '*' | '~' if is_emphasis(before, rest, c) => rest.trim_start_matches(c),
            '!' if tail.starts_with('[') && missing.link(tail).is_some() => tail,
            '[' if let Some((text, after)) = missing.link(rest) => {
                inline(text, at + 1, out);
                before = 'a';
                after
            }
            '<' if let Some(after) = missing.tag(tail) => {
                out.space(at);
                before = ' ';
                after
            }
            _ => {
                out.push(c, at);
                before = c;
                tail
            }
        };
    }
}

/// Tells of a byte of UTF-8 whether the character that it begins or goes on with is no mark, no space
/// and no control character. Where one byte does not tell, it is taken to be one.
fn is_plain(byte: u8) -> bool {
    match byte {
        0..=b' ' | 0x7F => false,
        b'\\' | b'`' | b'*' | b'~' | b'!' | b'[' | b'<' => false,
        // Begin spaces and control characters, and few others: U+0080, U+1000 to U+3FFF.
        0xC2 | 0xE1..=0xE3 => false,
        _ => true,
    }
}

/// Marks of emphasis that may stand in a row.
const MOST_MARKS: usize = 3;

/// Tells whether the run of `mark` at the start of `rest` is about emphasis.
fn is_emphasis(before: char, rest: &str, mark: char) -> bool {
    let after = rest.trim_start_matches(mark);
    let length = rest.len() - after.len();
    let apart = before.is_whitespace() && after.starts_with(char::is_whitespace);
    let lone_tilde = mark == '~' && length == 1;
    !(apart || lone_tilde || length > MOST_MARKS)
}

/// Splits a run of `mark` that is too long to be about emphasis into what is left of it and the rest.
fn beyond_emphasis(rest: &str, mark: char) -> Option<(&str, &str)> {
    let length = rest.len() - rest.trim_start_matches(mark).len();
    rest.split_at_checked(length.checked_sub(MOST_MARKS)?).filter(|(left, _)| !left.is_empty())
}

/// What does not come any more in the rest of a line. It is looked for once: a line may be a whole
/// file, and begin a thing that never ends at each of its characters.
#[derive(Default)]
struct Missing {
    bracket: bool,
    angle: bool,
    comment: bool,
}

impl Missing {
    /// Splits `[text](target) tail` into its text and tail.
    fn link<'a>(&mut self, rest: &'a str) -> Option<(&'a str, &'a str)> {
        let inside = rest.strip_prefix('[')?;
        let (text, after) = inside.split_at_checked(inside.find(['[', ']'])?)?;
        let after = after.strip_prefix("](")?;
        Some((text, behind(after, ")", &mut self.bracket)?))
    }

    /// Returns what follows an HTML tag or comment.
    fn tag<'a>(&mut self, tail: &'a str) -> Option<&'a str> {
        if let Some(comment) = tail.strip_prefix("!--") {
            return behind(comment, "-->", &mut self.comment);
        }
        let name = tail.strip_prefix('/').unwrap_or(tail);
        // `List<String>` is no tag; the tags of HTML are in lower case, and few.
        let word = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if !TAGS.contains(&word) {
            return None;
        }
        behind(name, ">", &mut self.angle)
    }
}

/// Returns what follows the first `mark`, and notes if there is none.
fn behind<'a>(text: &'a str, mark: &str, missing: &mut bool) -> Option<&'a str> {
    if *missing {
        return None;
    }
    let found = text.split_once(mark).map(|(_, after)| after);
    *missing = found.is_none();
    found
}

const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
