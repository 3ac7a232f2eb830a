//! HTML as posts write it, taken apart and written anew: known elements, few attributes, each element
//! closed where what is around it ends.

/// What a post may write. Everything else is left out, its text stays.
pub(super) const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements without an end.
const VOID: [&str; 4] = ["br", "col", "hr", "wbr"];

/// Elements whose text is no text for readers.
pub(super) const SILENT: [&str; 2] = ["script", "style"];

/// Where a link may lead.
pub(super) const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// What a table's cell may say of itself: small numbers.
pub(super) const CELL_ATTRIBUTES: [&str; 2] = ["colspan", "rowspan"];

/// Most columns or rows that one cell takes.
const MAX_SPAN: u16 = 100;

/// A piece of what is written anew.
pub(super) enum Fragment<'a> {
    /// HTML of known elements, or text.
    Html(&'a str),
    /// A picture: where it is, entities as they stand, and what it shows.
    Picture { address: &'a str, description: &'a str },
}

/// The elements that are open, from the outermost.
#[derive(Default)]
pub(super) struct Raw {
    open: Vec<&'static str>,
}

impl Raw {
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Tells whether what comes is no text for readers.
    pub(super) fn is_silent(&self) -> bool {
        self.open.last().is_some_and(|name| SILENT.contains(name))
    }

    pub(super) fn has_link(&self) -> bool {
        self.open.contains(&"a")
    }

    /// Closes all but the outer `count` elements.
    pub(super) fn close_to(&mut self, count: usize, out: &mut String) {
        while self.open.len() > count {
            if let Some(name) = self.open.pop() {
                push_end(out, name);
            }
        }
    }

    /// Reads HTML and tells `put` of what is left of it. The outer `base` elements stay open whatever
    /// it says, and no more than `room` are open at a time.
    pub(super) fn read(
        &mut self,
        text: &str,
        base: usize,
        room: usize,
        mut put: impl FnMut(Fragment<'_>),
    ) {
        let mut rest = text;
        let mut out = String::new();
        while let Some((before, found)) = split_at_mark(rest) {
            self.put_text(before, &mut put);
            let Some((token, after)) = token(found) else {
                self.put_text("<", &mut put);
                rest = found.get(1..).unwrap_or_default();
                continue;
            };
            rest = after;
            match token {
                Token::Nothing => {}
                // Only its end ends it.
                Token::Start { .. } if self.is_silent() => {}
                Token::Start { name: "img", attributes } => put(Fragment::Picture {
                    address: attribute(attributes, "src").unwrap_or_default(),
                    description: attribute(attributes, "alt").unwrap_or_default(),
                }),
                Token::Start { name, attributes } => {
                    self.start(name, attributes, base, room, &mut out);
                }
                Token::End { name } => self.end(name, base, &mut out),
            }
            if !out.is_empty() {
                put(Fragment::Html(&out));
                out.clear();
            }
        }
        self.put_text(rest, &mut put);
    }

    /// Text keeps its entities.
    fn put_text(&self, text: &str, put: &mut impl FnMut(Fragment<'_>)) {
        if !text.is_empty() && !self.is_silent() {
            let text = text.replace('<', "&lt;");
            put(Fragment::Html(&text));
        }
    }

    fn start(
        &mut self,
        name: &'static str,
        attributes: &str,
        base: usize,
        room: usize,
        out: &mut String,
    ) {
        if name.is_empty() {
            return;
        }
        while self.open.len() > base && self.open.last().is_some_and(|open| ends(open, name)) {
            self.close_to(self.open.len() - 1, out);
        }
        if VOID.contains(&name) {
            push_start(out, name, attributes);
        } else if self.open.len() < room {
            self.open.push(name);
            push_start(out, name, attributes);
        } else if SILENT.contains(&name) {
            // However deep: what it holds is not shown.
            self.open.push(name);
        }
    }

    fn end(&mut self, name: &str, base: usize, out: &mut String) {
        let inner = self.open.get(base..).unwrap_or_default();
        if self.is_silent() && self.open.last() != Some(&name) {
            return;
        }
        if let Some(at) = inner.iter().rposition(|open| *open == name) {
            self.close_to(base + at, out);
        }
    }
}

fn push_start(out: &mut String, name: &str, attributes: &str) {
    out.push('<');
    out.push_str(name);
    match name {
        "a" => {
            if let Some(address) = attribute(attributes, "href") {
                push_attribute(out, "href", address);
            }
        }
        "ol" => push_number(out, "start", attributes, u16::MAX),
        "td" | "th" => {
            for name in CELL_ATTRIBUTES {
                push_number(out, name, attributes, MAX_SPAN);
            }
        }
        _ => {}
    }
    out.push('>');
}

fn push_end(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Opens a link. `address` is text.
pub(super) fn push_link(out: &mut String, address: &str) {
    out.push_str("<a");
    push_attribute(out, "href", &address.replace('&', "&amp;"));
    out.push('>');
}

/// Opens the element that describes a picture. `address` keeps its entities; one that may be in the
/// folder is told.
pub(super) fn push_picture_start(out: &mut String, address: &str) {
    let path = address.split(['/', '?', '#']).next().unwrap_or_default();
    // What has a scheme, or begins with another server's name, is elsewhere.
    let elsewhere = path.contains(':') || address.starts_with("//") || address.trim().is_empty();
    out.push_str("<i");
    if !elsewhere {
        push_attribute(out, "data-picture", &address.replace('<', "&lt;"));
    }
    out.push('>');
}

/// Appends an attribute; its value keeps its entities.
fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(&value.replace('"', "&quot;"));
    out.push('"');
}

/// Appends text; its entities stay.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push_str(&text.replace('<', "&lt;"));
}

fn push_number(out: &mut String, name: &str, attributes: &str, most: u16) {
    let value = attribute(attributes, name).and_then(|value| value.trim().parse::<u16>().ok());
    if let Some(value) = value.filter(|value| (1..=most).contains(value)) {
        push_attribute(out, name, &value.to_string());
    }
}

/// Tells whether an address is one in the web.
pub(super) fn is_remote(address: &str) -> bool {
    let begins = |scheme: &str| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    begins("http://") || begins("https://")
}

/// The last part of an address, to show where nothing else is said of a picture.
pub(super) fn file_name(address: &str) -> &str {
    let is_data = address.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if is_data { "" } else { name }
}

enum Token<'a> {
    Start {
        name: &'static str,
        attributes: &'a str,
    },
    End {
        name: &'static str,
    },
    /// A comment, a declaration: never shown.
    Nothing,
}

/// Splits before the next `<`.
fn split_at_mark(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.find('<')?)
}

/// Reads the tag or comment that `text` begins with, and returns what follows it; `None` if there is
/// neither.
fn token(text: &str) -> Option<(Token<'_>, &str)> {
    let inner = text.strip_prefix('<')?;
    if let Some(comment) = inner.strip_prefix("!--") {
        return Some((Token::Nothing, comment.split_once("-->").map_or("", |(_, after)| after)));
    }
    if inner.starts_with(['!', '?']) {
        return Some((Token::Nothing, inner.split_once('>').map_or("", |(_, after)| after)));
    }
    let (is_end, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (name, rest) = inner.split_at(name_length(inner));
    let (attributes, after) = rest.split_at_checked(tag_length(rest)?)?;
    let after = after.get(1..).unwrap_or_default();
    let name = known_name(name);
    let token = if is_end { Token::End { name } } else { Token::Start { name, attributes } };
    Some((token, after))
}

/// A name ends where a browser ends it, so that `<b:i>` is not `<b>`.
fn name_length(text: &str) -> usize {
    text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '<'))
        .unwrap_or(text.len())
}

/// The name in lower case, if it is one that means something here; else an empty one.
fn known_name(name: &str) -> &'static str {
    let mut names = ELEMENTS.iter().chain(&SILENT).chain(&["img"]).copied();
    names.find(|known| name.eq_ignore_ascii_case(known)).unwrap_or_default()
}

/// How long the attributes of a tag are, up to its `>`; `None` if it has no end. Quoted values may
/// hold anything; outside of them a `<` begins something else.
fn tag_length(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        at += rest.find(['<', '>', '"', '\''])?;
        match text.as_bytes().get(at)? {
            b'>' => return Some(at),
            b'<' => return None,
            quote => {
                let quote = char::from(*quote);
                at += 1;
                at += text.get(at..)?.find(quote)? + 1;
            }
        }
    }
}

/// The value of the first attribute of this name, entities as they stand.
fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let is_gap = |c: char| c.is_ascii_whitespace() || c == '/';
    let mut rest = attributes.trim_start_matches(is_gap);
    while !rest.is_empty() {
        // A browser takes a `=` at the beginning for part of the name.
        let from = usize::from(rest.starts_with('='));
        let tail = rest.get(from..).unwrap_or_default();
        let length = tail.find(|c: char| is_gap(c) || c == '=').unwrap_or(tail.len());
        let (name, after) = rest.split_at_checked(from + length)?;
        let (value, after) = match after.trim_ascii_start().strip_prefix('=') {
            Some(value) => value_of(value.trim_ascii_start()),
            None => ("", after),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after.trim_start_matches(is_gap);
    }
    None
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len()))
}

/// Tells whether an open element ends where `next` begins, as browsers have it.
fn ends(open: &str, next: &str) -> bool {
    match open {
        "p" => !is_inline(next),
        "li" => next == "li",
        "dd" | "dt" => matches!(next, "dd" | "dt"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(next, "tr" | "tbody" | "thead" | "tfoot"),
        "tbody" | "thead" | "tfoot" => matches!(next, "tbody" | "thead" | "tfoot"),
        "rp" | "rt" => matches!(next, "rp" | "rt"),
        _ => false,
    }
}

/// Tells whether an element stands in a line of text.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "br"
            | "cite"
            | "code"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "script"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "style"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}
