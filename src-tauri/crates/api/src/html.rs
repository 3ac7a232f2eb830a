//! Renders a part's markdown as HTML that can do nothing in the window.
//!
//! Three things stand between a post and the page. What a post writes as HTML is taken apart and
//! written anew, with the elements and attributes of [`raw`] alone. What comes out is sanitized once
//! more by a library that parses it as a browser does. And the window's content security policy lets
//! nothing run or load that got through all the same.
//!
//! Both parsing and sanitizing take time that grows with the square of the depth, so what lies too
//! deep loses its element and keeps its text.

mod raw;

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

use raw::{Fragment, Raw};

/// The classes that what is made of formulas has, as the parser writes them.
const FORMULAS: [&str; 2] = ["math math-inline", "math math-display"];

/// Most elements inside each other. Real posts have less than twenty.
const MAX_DEPTH: usize = 64;

/// Most quote marks that are read at the beginning of a line. The rest is text: reading a line takes
/// time that grows with the square of their number.
const MAX_QUOTES: usize = MAX_DEPTH;

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(raw::ELEMENTS.iter().copied().collect())
        .clean_content_tags(raw::SILENT.into())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("code", HashSet::from(["class"])),
            ("i", HashSet::from(["data-picture"])),
            ("span", HashSet::from(["class"])),
            ("ol", HashSet::from(["start"])),
            ("td", raw::CELL_ATTRIBUTES.into()),
            ("th", raw::CELL_ATTRIBUTES.into()),
        ]))
        .attribute_filter(|element, attribute, value| {
            let known = match (element, attribute) {
                ("code", "class") => value.strip_prefix("language-").is_some_and(is_language),
                ("span", "class") => FORMULAS.contains(&value),
                _ => true,
            };
            known.then(|| value.into())
        })
        .url_schemes(raw::SCHEMES.into())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"));
    builder
});

/// Renders source markdown as sanitized HTML.
///
/// kramdown's attribute lists are left out. Images become their description: the window loads
/// nothing a post names. One that may be in the folder says where, so that a front end can ask for
/// it. A link has a web or mail address or none. Code says its language and a formula that it is
/// one; both are text.
pub(crate) fn render(markdown: &str) -> String {
    let text = readable(markdown);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH;
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, Tame::new(Parser::new_ext(&text, options)));
    SANITIZER.clean(&out).to_string()
}

/// The lines without attribute lists, and without quote marks that lie too deep.
fn readable(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut fenced = false;
    for line in markdown.split_inclusive('\n') {
        let bare = line.trim();
        fenced ^= bare.starts_with("```") || bare.starts_with("~~~");
        if fenced {
            out.push_str(line);
        } else if !(bare.starts_with("{:") && bare.ends_with('}')) {
            push_shallow(&mut out, line);
        }
    }
    out
}

/// Appends a line, without the quote marks at its beginning that lie too deep.
fn push_shallow(out: &mut String, line: &str) {
    let is_mark = |c: char| matches!(c, '>' | ' ' | '\t');
    let rest = line.trim_start_matches(is_mark);
    let marks = line.get(..line.len() - rest.len()).unwrap_or_default();
    match marks.match_indices('>').nth(MAX_QUOTES) {
        Some((at, _)) => {
            out.push_str(marks.get(..at).unwrap_or_default());
            out.push_str(rest);
        }
        None => out.push_str(line),
    }
}

/// The events of a parser, with nothing in them that HTML could be made of but what is known.
struct Tame<'a, I> {
    events: I,
    ready: VecDeque<Event<'a>>,
    /// What markdown has opened.
    open: Vec<Opened>,
    /// How many of them are kept and nest.
    depth: usize,
    /// How many of them are links.
    links: usize,
    /// What written HTML has opened.
    raw: Raw,
    /// The HTML block being read.
    block: Option<String>,
    /// The picture being described: its address, and whether any text was seen.
    picture: Option<(CowStr<'a>, bool)>,
}

/// An element of markdown.
struct Opened {
    /// What its end becomes.
    end: End,
    /// How much HTML was open around it.
    raw: usize,
}

enum End {
    AsItIs,
    Nested { link: bool },
    Dropped,
    Picture { link: bool },
}

impl<'a, I: Iterator<Item = Event<'a>>> Tame<'a, I> {
    fn new(events: I) -> Self {
        Self {
            events,
            ready: VecDeque::new(),
            open: Vec::new(),
            depth: 0,
            links: 0,
            raw: Raw::default(),
            block: None,
            picture: None,
        }
    }

    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let text = self.block.take().unwrap_or_default();
                self.written(&text, true);
            }
            Event::Html(text) => match &mut self.block {
                Some(block) => block.push_str(&text),
                None => self.written(&text, true),
            },
            Event::InlineHtml(text) => self.written(&text, false),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            event => self.leaf(event),
        }
    }

    fn leaf(&mut self, event: Event<'a>) {
        if self.raw.is_silent() {
            return;
        }
        if let Some((_, described)) = &mut self.picture {
            *described = true;
        }
        self.ready.push_back(match event {
            // Money and shells have dollars, too.
            Event::InlineMath(text) if !is_formula(&text) => {
                Event::Text(format!("${text}$").into())
            }
            Event::DisplayMath(text) if !is_formula(&text) => {
                Event::Text(format!("$${text}$$").into())
            }
            Event::TaskListMarker(done) => Event::Text(if done { "☑ " } else { "☐ " }.into()),
            event => event,
        });
    }

    /// Takes HTML that a post writes.
    fn written(&mut self, text: &str, is_block: bool) {
        let room = MAX_DEPTH.saturating_sub(self.depth);
        let base = self.open.last().map_or(0, |open| open.raw);
        let mut out = String::with_capacity(text.len());
        self.raw.read(text, base, room, |fragment| match fragment {
            Fragment::Html(html) => out.push_str(html),
            Fragment::Picture { address, description } => {
                push_picture(&mut out, address, description);
            }
        });
        if !out.is_empty() {
            let out = CowStr::from(out);
            self.ready.push_back(if is_block { Event::Html(out) } else { Event::InlineHtml(out) });
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let raw = self.raw.depth();
        let (end, tag) = match tag {
            Tag::Image { dest_url, .. } if self.picture.is_none() => {
                let in_link = self.links > 0 || self.raw.has_link();
                let link = !in_link && raw::is_remote(&dest_url);
                if link {
                    let mut html = String::new();
                    raw::push_link(&mut html, &dest_url);
                    self.ready.push_back(Event::InlineHtml(html.into()));
                }
                let mut html = String::new();
                raw::push_picture_start(&mut html, &dest_url.replace('&', "&amp;"));
                self.ready.push_back(Event::InlineHtml(html.into()));
                self.picture = Some((dest_url, false));
                (End::Picture { link }, None)
            }
            Tag::Image { .. } => (End::Dropped, None),
            tag if nests(&tag) => {
                if self.depth + raw >= MAX_DEPTH {
                    (End::Dropped, None)
                } else {
                    let link = matches!(tag, Tag::Link { .. });
                    self.depth += 1;
                    self.links += usize::from(link);
                    (End::Nested { link }, Some(without_title(tag)))
                }
            }
            tag => (End::AsItIs, Some(tag)),
        };
        self.ready.extend(tag.map(Event::Start));
        self.open.push(Opened { end, raw });
    }

    fn end(&mut self, tag: TagEnd) {
        let Some(Opened { end, raw }) = self.open.pop() else { return };
        let mut out = String::new();
        self.raw.close_to(raw, &mut out);
        if !out.is_empty() {
            self.ready.push_back(Event::InlineHtml(out.into()));
        }
        match end {
            End::AsItIs => self.ready.push_back(Event::End(tag)),
            End::Nested { link } => {
                self.depth -= 1;
                self.links -= usize::from(link);
                self.ready.push_back(Event::End(tag));
            }
            End::Dropped => {}
            End::Picture { link } => {
                if let Some((address, false)) = self.picture.take() {
                    let name = raw::file_name(&address).to_owned();
                    self.ready.push_back(Event::Text(name.into()));
                }
                let end = if link { "</i></a>" } else { "</i>" };
                self.ready.push_back(Event::InlineHtml(end.into()));
            }
        }
    }
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Tame<'a, I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let event = self.events.next()?;
            self.take(event);
        }
    }
}

/// Tells whether the word behind a fence may be a language.
fn is_language(word: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
    (1..=32).contains(&word.len()) && word.chars().all(known)
}

/// Tells whether what stands between dollars is a formula.
fn is_formula(text: &str) -> bool {
    text.contains(['\\', '^', '_', '=', '{', '(']) && !text.contains('$')
}

/// Tells whether elements of this kind can lie in each other without end.
fn nests(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
    )
}

/// A link says where it leads, whatever it says of itself.
fn without_title(tag: Tag<'_>) -> Tag<'_> {
    match tag {
        Tag::Link { link_type, dest_url, id, .. } => {
            Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id }
        }
        tag => tag,
    }
}

/// Writes a picture as its description, which leads to it where it is in the web.
fn push_picture(out: &mut String, address: &str, description: &str) {
    let link = raw::is_remote(address);
    if link {
        raw::push_link(out, address);
    }
    let description =
        if description.trim().is_empty() { raw::file_name(address) } else { description };
    raw::push_picture_start(out, address);
    raw::push_text(out, description);
    out.push_str("</i>");
    if link {
        out.push_str("</a>");
    }
}

#[cfg(test)]
mod tests;
