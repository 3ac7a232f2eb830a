//! Takes the marks out of markdown, for a line of text to show.

/// Returns `markdown` on one line: without marks for headings, lists, quotes, emphasis, code,
/// links and tags, and with single spaces.
///
/// Roughly, on purpose: a mark left over costs nothing, a word lost would.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = Line::default();
    for line in markdown.lines() {
        let line = line.trim();
        if is_decoration(line) {
            continue;
        }
        let fence = line.starts_with("```") || line.starts_with("~~~");
        if !fence {
            inline(without_marker(line), &mut out);
        }
        out.space();
    }
    out.text.truncate(out.text.trim_end().len());
    out.text
}

#[derive(Default)]
struct Line {
    text: String,
}

impl Line {
    fn push(&mut self, c: char) {
        if c.is_whitespace() || c.is_control() {
            self.space();
        } else {
            self.text.push(c);
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
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

/// Writes the words of a line.
fn inline(line: &str, out: &mut Line) {
    let mut rest = line;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let tail = rest.get(c.len_utf8()..).unwrap_or("");
        rest = match c {
            '\\' if tail.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let escaped = tail.chars().next().unwrap_or(' ');
                out.push(escaped);
                before = escaped;
                tail.get(escaped.len_utf8()..).unwrap_or("")
            }
            '`' => tail,
            '*' | '~' if is_emphasis(before, rest, c) => rest.trim_start_matches(c),
            '!' if tail.starts_with('[') && link(tail).is_some() => tail,
            '[' if let Some((text, after)) = link(rest) => {
                inline(text, out);
                before = 'a';
                after
            }
            '<' if let Some(after) = tag(tail) => {
                out.space();
                before = ' ';
                after
            }
            _ => {
                out.push(c);
                before = c;
                tail
            }
        };
    }
}

/// Tells whether the run of `mark` at the start of `rest` is about emphasis.
fn is_emphasis(before: char, rest: &str, mark: char) -> bool {
    let after = rest.trim_start_matches(mark);
    let length = rest.len() - after.len();
    let apart = before.is_whitespace() && after.starts_with(char::is_whitespace);
    let lone_tilde = mark == '~' && length == 1;
    !(apart || lone_tilde || length > 3)
}

/// Splits `[text](target) tail` into its text and tail.
fn link(rest: &str) -> Option<(&str, &str)> {
    let inside = rest.strip_prefix('[')?;
    let (text, after) = inside.split_once("](")?;
    let (_, tail) = after.split_once(')')?;
    (!text.contains(['[', ']'])).then_some((text, tail))
}

/// Returns what follows an HTML tag or comment.
fn tag(tail: &str) -> Option<&str> {
    if let Some(comment) = tail.strip_prefix("!--") {
        return comment.split_once("-->").map(|(_, after)| after);
    }
    let name = tail.strip_prefix('/').unwrap_or(tail);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (inside, after) = tail.split_once('>')?;
    // `List<String>` is no tag; the tags of HTML are in lower case, and few.
    let word: &str =
        inside.trim_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    TAGS.contains(&word).then_some(after)
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
