//! Raw HTML as kramdown reads it: an element at the start of a line reaches to the tag that closes
//! it. Inside it nothing is markdown, unless the element says `markdown="1"`.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use super::lines::{is_blank, is_space, unindented};
use super::{Flow, Last, Scanner};

/// Elements that stand inside a line and so begin no block.
const SPAN: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdo", "big", "br", "button", "cite", "code", "del", "dfn", "em",
    "i", "img", "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt",
    "rtc", "ruby", "samp", "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
];
/// Elements that hold nothing and need no closing tag.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];
/// Elements that hold blocks where they say `markdown="1"`.
const HOLDS_BLOCKS: [&str; 28] = [
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "dd",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "figcaption",
    "footer",
    "form",
    "header",
    "hgroup",
    "iframe",
    "li",
    "main",
    "map",
    "menu",
    "nav",
    "noscript",
    "object",
    "section",
    "summary",
    "td",
];
/// Elements that hold text where they say `markdown="1"`.
const HOLDS_TEXT: [&str; 12] =
    ["caption", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "optgroup", "p", "th"];

/// Whether a line, behind its indent, ends a paragraph as the start or end of an element does.
pub(super) fn begins_block(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix('<') else { return false };
    let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
    let Some(len) = name_len(rest) else { return false };
    // `<a-b` counts as `a` here, kramdown looks at the word only.
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let word = rest.split(|c| !is_word(c)).next().unwrap_or_default();
    if word == "script" || is_span_as_written(word) {
        return false;
    }
    !closing || rest.get(len..).is_some_and(|after| after.trim_start().starts_with('>'))
}

fn is_span_as_written(name: &str) -> bool {
    SPAN.contains(&name)
}

fn is_span(name: &str) -> bool {
    is_span_as_written(&name.to_ascii_lowercase())
}

fn is_program(name: &str) -> bool {
    ["script", "style"].into_iter().any(|program| name.eq_ignore_ascii_case(program))
}

/// The length of the name a text begins with.
fn name_len(text: &str) -> Option<usize> {
    let part = |text: &str| {
        let first = text.chars().next().filter(|c| c.is_alphabetic() || *c == '_')?;
        let more = text.get(first.len_utf8()..)?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
        Some(first.len_utf8() + more.find(|c| !is_name(c)).unwrap_or(more.len()))
    };
    let len = part(text)?;
    let after = text.get(len..).and_then(|rest| rest.strip_prefix(':')).and_then(part);
    Some(after.map_or(len, |more| len + 1 + more))
}

/// How what is inside an element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Model {
    /// Tags only.
    Raw,
    /// Nothing but its own closing tag.
    Opaque,
    /// Blocks of markdown.
    Blocks,
}

enum Token<'a> {
    /// A comment or an instruction.
    Skip {
        end: usize,
    },
    Open {
        name: &'a str,
        end: usize,
        model: Model,
        closed: bool,
        /// Whether the line break behind it makes a blank line. Holds for those kramdown reads without
        /// looking for what is inside.
        blank_after: bool,
    },
    Close {
        name: &'a str,
        end: usize,
    },
}

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    /// Where its tag begins.
    start: usize,
    model: Model,
    flow: Flow,
}

/// What was found out about the tags of a text.
#[derive(Default)]
pub(super) struct Tags {
    /// Starts of opening tags after which the text ends before they close.
    unclosed: HashSet<usize>,
    /// Bytes read in vain to find that out.
    spent: usize,
    /// Ends of elements by the start of their tags, other elements left out of account.
    pairs: Option<HashMap<usize, usize>>,
    /// The last search for the end of a comment, and of an instruction: where it began, what it found.
    comment: Cell<(usize, Option<usize>)>,
    instruction: Cell<(usize, Option<usize>)>,
}

/// Finds `mark` from `from` on, remembering where, so that many openings search each byte once.
fn find_end(
    cache: &Cell<(usize, Option<usize>)>,
    text: &str,
    from: usize,
    mark: &str,
) -> Option<usize> {
    let (began, found) = cache.get();
    // Nothing was searched yet where `began` is 0: an opening comes before.
    if began > 0 && from >= began && found.is_none_or(|at| from <= at) {
        return found;
    }
    let found = text.get(from..).and_then(|rest| rest.find(mark)).map(|at| from + at);
    cache.set((from, found));
    found
}

impl<'t> Scanner<'t> {
    /// Reads the elements and comments that begin at line `at`; returns the byte after the last.
    pub(super) fn html(&mut self, at: usize) -> Html {
        let Some(line) = self.lines.get(at) else { return Html::None };
        let Some(rest) = unindented(line.text).filter(|rest| rest.starts_with('<')) else {
            return Html::None;
        };
        let mut start = line.start + (line.text.len() - rest.len());
        // A comment must begin its line.
        if rest.starts_with("<!--") && rest.len() < line.text.len() {
            return Html::None;
        }
        let mut found = Html::None;
        loop {
            let end = match self.token(start) {
                Some(Token::Skip { end }) if self.text_at(start).starts_with("<!--") => {
                    found = Html::Until { end, blank_after: false };
                    end
                }
                Some(Token::Open { name, blank_after, .. }) if !is_span(name) => {
                    let Some(end) = self.element(start) else {
                        return if let Html::None = found { Html::Unclosed } else { found };
                    };
                    found = Html::Until { end, blank_after };
                    end
                }
                _ => return found,
            };
            // What follows on the line may begin an element as well.
            let spaces = self.text_at(end).bytes().take_while(|b| *b == b' ').count();
            start = end + spaces;
            if spaces > 3 || !self.text_at(start).starts_with('<') {
                return found;
            }
        }
    }

    fn text_at(&self, offset: usize) -> &'t str {
        self.text.get(offset..).unwrap_or_default()
    }

    /// Finds the byte after the element that begins at `start`; none if it is never closed.
    fn element(&mut self, start: usize) -> Option<usize> {
        // A text made for it could have every tag searched to the end; no real one comes near this.
        let hopeless = self.tags.spent > 16 * self.text.len();
        if !hopeless && !self.tags.unclosed.contains(&start) {
            match self.nested(start) {
                Ok(end) => return Some(end),
                Err(open) => self.tags.unclosed.extend(open),
            }
            self.tags.spent += self.text.len() - start;
        }
        if !self.dialect.closes_html {
            return Some(self.text.len());
        }
        if self.tags.pairs.is_none() {
            self.tags.pairs = Some(self.pairs());
        }
        self.tags.pairs.as_ref()?.get(&start).copied()
    }

    /// Reads an element with all inside it. Where the text ends before it does: what is open there.
    fn nested(&self, start: usize) -> Result<usize, Vec<usize>> {
        let mut open: Vec<Open<'t>> = Vec::new();
        let mut at = start;
        loop {
            if at >= self.text.len() {
                return Err(open.into_iter().map(|open| open.start).collect());
            }
            let next = match open.last_mut() {
                None => self.step(&mut open, at),
                Some(inner) => match inner.model {
                    Model::Raw => match self.text_at(at).find('<') {
                        Some(found) => self.step(&mut open, at + found),
                        None => self.text.len(),
                    },
                    Model::Opaque => match self.closing_of(inner.name, at) {
                        Some(end) => {
                            let element = open.pop();
                            match element.is_some_and(|element| is_program(element.name)) {
                                true => end,
                                false => self.after_tag(&open, end),
                            }
                        }
                        None => self.text.len(),
                    },
                    Model::Blocks => self.block_inside(&mut open, at),
                },
            };
            if open.is_empty() {
                return Ok(next);
            }
            at = next;
        }
    }

    /// Reads the tag at `at`, if there is one, and returns where to go on.
    fn step(&self, open: &mut Vec<Open<'t>>, at: usize) -> usize {
        match self.token(at) {
            Some(Token::Skip { end }) => end,
            Some(Token::Open { name, end, model, closed, .. }) => {
                open.push(Open { name, start: at, model, flow: Flow::default() });
                if closed {
                    open.pop();
                    return end;
                }
                if model == Model::Blocks { self.past_line_end(end) } else { end }
            }
            Some(Token::Close { name, end }) => {
                if open.last().is_some_and(|inner| inner.name.eq_ignore_ascii_case(name)) {
                    open.pop();
                    return self.after_tag(open, end);
                }
                end
            }
            None => at + 1,
        }
    }

    /// The rest of a line behind a closed element is skipped if it is blank, outside raw HTML.
    fn after_tag(&self, open: &[Open<'_>], end: usize) -> usize {
        match open.last() {
            Some(Open { model: Model::Raw, .. }) | None => end,
            Some(_) => self.past_line_end(end),
        }
    }

    fn past_line_end(&self, at: usize) -> usize {
        let rest = self.text_at(at);
        let skipped = rest.trim_start_matches([' ', '\t', '\r']);
        let blank = rest.len() - skipped.len();
        if skipped.starts_with('\n') { at + blank + 1 } else { at }
    }

    /// Reads a block of markdown inside an element, and returns where to go on.
    fn block_inside(&self, open: &mut Vec<Open<'t>>, at: usize) -> usize {
        let nth = self.line_at(at);
        let Some(line) = self.lines.get(nth) else { return self.text.len() };
        let text = self.text.get(at..line.end).unwrap_or_default();
        let begins_tag = |rest: &&str| rest.starts_with('<') && !self.is_blank(nth);
        if let Some(rest) = unindented(text).filter(begins_tag) {
            let start = at + (text.len() - rest.len());
            match self.token(start) {
                Some(Token::Skip { end }) if start == at && rest.starts_with("<!--") => {
                    set_flow(open, Flow::default().after_block());
                    return self.past_line_end(end);
                }
                Some(Token::Open { name, .. }) if !is_span(name) => {
                    set_flow(open, Flow::default().after_block());
                    return self.step(open, start);
                }
                Some(Token::Close { name, .. })
                    if open.last().is_some_and(|o| o.name.eq_ignore_ascii_case(name)) =>
                {
                    return self.step(open, start);
                }
                _ => {}
            }
        }
        let flow = open.last().map(|inner| inner.flow).unwrap_or_default();
        let (end, flow) = if at > line.start && is_blank(text) {
            (nth + 1, flow.after(Last::Blank))
        } else if at > line.start {
            (self.paragraph_end(nth), flow.after_text())
        } else {
            let leaf = self.leaf(nth, flow);
            (leaf.end, leaf.flow)
        };
        set_flow(open, flow);
        self.lines.get(end).map_or(self.text.len(), |line| line.start)
    }

    /// The byte after the next `</name>` from `at` on.
    fn closing_of(&self, name: &str, at: usize) -> Option<usize> {
        let mut from = at;
        loop {
            let start = from + self.text_at(from).find("</")?;
            match self.token(start) {
                Some(Token::Close { name: closing, end }) if closing.eq_ignore_ascii_case(name) => {
                    return Some(end);
                }
                _ => from = start + 2,
            }
        }
    }

    /// Pairs opening and closing tags of the same name, whatever stands between them.
    fn pairs(&self) -> HashMap<usize, usize> {
        let mut pairs = HashMap::new();
        let mut open: HashMap<String, Vec<usize>> = HashMap::new();
        let mut at = self.lines.first().map_or(0, |line| line.start);
        while let Some(found) = self.text_at(at).find('<') {
            at += found;
            match self.token(at) {
                Some(Token::Skip { end }) => at = end,
                Some(Token::Open { name, end, closed, .. }) => {
                    if !closed {
                        open.entry(name.to_ascii_lowercase()).or_default().push(at);
                    }
                    at = end;
                }
                Some(Token::Close { name, end }) => {
                    let starts = open.get_mut(&name.to_ascii_lowercase());
                    if let Some(start) = starts.and_then(Vec::pop) {
                        pairs.insert(start, end);
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        pairs
    }

    /// Reads the tag, comment or instruction at `start`.
    fn token(&self, start: usize) -> Option<Token<'t>> {
        let rest = self.text_at(start).strip_prefix('<')?;
        if rest.starts_with("!--") {
            let end = find_end(&self.tags.comment, self.text, start + 4, "-->")?;
            return Some(Token::Skip { end: end + 3 });
        }
        if rest.starts_with('?') {
            let end = find_end(&self.tags.instruction, self.text, start + 2, "?>")?;
            return Some(Token::Skip { end: end + 2 });
        }
        if let Some(rest) = rest.strip_prefix('/') {
            let len = name_len(rest)?;
            let after = rest.get(len..)?;
            let white = after.len() - after.trim_start_matches(white).len();
            after.get(white..)?.starts_with('>').then_some(())?;
            return Some(Token::Close { name: rest.get(..len)?, end: start + 2 + len + white + 1 });
        }
        let len = name_len(rest)?;
        let name = rest.get(..len)?;
        let attributes = attributes(rest.get(len..)?)?;
        let lower = name.to_ascii_lowercase();
        let is = |names: &[&str]| names.contains(&lower.as_str());
        let model = match attributes.markdown {
            _ if is_program(name) => Model::Opaque,
            Some("1") if is(&HOLDS_BLOCKS) => Model::Blocks,
            Some("1") if is_span(&lower) || is(&HOLDS_TEXT) => Model::Opaque,
            Some("block") => Model::Blocks,
            Some("span") => Model::Opaque,
            _ => Model::Raw,
        };
        Some(Token::Open {
            name,
            end: start + 1 + len + attributes.len,
            model,
            closed: !is_program(name) && (attributes.closed || is(&VOID)),
            blank_after: is_program(name) || attributes.closed || is(&VOID),
        })
    }
}

fn set_flow(open: &mut [Open<'_>], flow: Flow) {
    if let Some(inner) = open.last_mut() {
        inner.flow = flow;
    }
}

fn white(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_space)
}

/// What was found at the start of a line.
pub(super) enum Html {
    /// No element.
    None,
    /// An element that never ends.
    Unclosed,
    /// One or more elements and comments, up to a byte.
    Until {
        end: usize,
        /// Whether the line break behind the last makes a blank line.
        blank_after: bool,
    },
}

struct Attributes<'a> {
    /// Bytes, with the bracket that ends the tag.
    len: usize,
    /// `<br/>`
    closed: bool,
    /// The value of `markdown`.
    markdown: Option<&'a str>,
}

/// Reads the rest of an opening tag behind its name. Values are words or quoted.
fn attributes(text: &str) -> Option<Attributes<'_>> {
    let skip_white = |at: usize| -> Option<usize> {
        let rest = text.get(at..)?;
        Some(at + (rest.len() - rest.trim_start_matches(white).len()))
    };
    let mut markdown = None;
    let mut at = 0;
    loop {
        let next = skip_white(at)?;
        let rest = text.get(next..)?;
        if rest.starts_with('>') {
            return Some(Attributes { len: next + 1, closed: false, markdown });
        }
        if rest.starts_with("/>") {
            return Some(Attributes { len: next + 2, closed: true, markdown });
        }
        if next == at {
            return None;
        }
        let len = name_len(rest)?;
        at = next + len;
        let equals = skip_white(at)?;
        if !text.get(equals..)?.starts_with('=') {
            continue;
        }
        let value_at = skip_white(equals + 1)?;
        let value = text.get(value_at..)?;
        let (inner, used) = match value.chars().next()? {
            mark @ ('"' | '\'') => {
                let inner = value.get(1..)?;
                let end = inner.find(mark)?;
                (inner.get(..end)?, end + 2)
            }
            _ => {
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                let end = value.find(|c| !is_word(c)).unwrap_or(value.len());
                (value.get(..end)?, end)
            }
        };
        if used == 0 {
            return None;
        }
        if rest.get(..len)?.eq_ignore_ascii_case("markdown") {
            markdown = Some(inner);
        }
        at = value_at + used;
    }
}
