//! Markdown events to Typst content, element by element.

mod blocks;
mod markup;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options as Extensions, Parser, Tag};
use typst::foundations::{Content, Label, NativeElement as _, Packed, Smart};
use typst::model::{
    DividerElem, EnumElem, EnumItem, HeadingElem, ListElem, ListItem, ListMarker, ParElem,
    QuoteElem, Url,
};

use self::table::Table;
use crate::line::{Boxes, Line, Style};
use crate::marking::is_sign;
use crate::math::is_formula;
use crate::notes::{Notes, Omission};
use crate::{Options, layout, source};

/// Lists and quotes nested deeper are flattened: they would leave the page, and Typst has a
/// limit of its own.
const DEEPEST: usize = 8;
/// What is read beyond CommonMark.
pub(crate) const EXTENSIONS: Extensions = Extensions::ENABLE_TABLES
    .union(Extensions::ENABLE_FOOTNOTES)
    .union(Extensions::ENABLE_STRIKETHROUGH)
    .union(Extensions::ENABLE_TASKLISTS)
    .union(Extensions::ENABLE_MATH);
/// PDF knows headings to this level.
const LAST_LEVEL: usize = 6;

/// Converts the texts of a book.
pub(crate) struct Converter<'a> {
    root: &'a Path,
    pictures: bool,
    /// Width of the place that is filled, in em.
    pub(crate) room: f64,
    /// An em, in points.
    size: f64,
    /// Level of the headings inside a part.
    first_level: usize,
    boxes: Rc<Boxes>,
    pub(crate) notes: &'a mut Notes,
    /// Counts footnotes, to name them.
    footnotes: usize,
}

impl<'a> Converter<'a> {
    /// Headings inside a part begin at `first_level`.
    pub(crate) fn new(options: &'a Options, first_level: usize, notes: &'a mut Notes) -> Self {
        let room = layout::widths(options).page;
        let (root, pictures) = (options.root.as_path(), options.pictures);
        let size = layout::text_size(options);
        Self { root, pictures, room, size, first_level, boxes: Rc::default(), notes, footnotes: 0 }
    }

    /// Converts a section that stands by itself: headings in it are one level higher than in a part
    /// of an entry, and two if it has no title, so that no level is skipped.
    pub(crate) fn section(
        &mut self,
        text: &str,
        has_title: bool,
        folder: &Path,
    ) -> Option<Content> {
        let first = self.first_level;
        self.first_level -= if has_title { 1 } else { 2 };
        let body = self.body(text, folder);
        self.first_level = first;
        body
    }

    /// Converts text that has no markup.
    pub(crate) fn plain(&mut self, text: &str) -> Content {
        let mut line = Line::within(self.room, &self.boxes);
        line.text(text, self.notes);
        line.take()
    }

    /// Converts a line with inline markup only, such as a heading's text.
    pub(crate) fn inline(&mut self, text: &str, folder: &Path) -> Content {
        // A word joiner in front, not printed, keeps `1. 질문` and the like from starting a block.
        let text = format!("&#8288;{}", text.split_whitespace().collect::<Vec<_>>().join(" "));
        let text = source::prepare(&text, self.notes);
        let mut builder = Builder::new(self, folder);
        builder.single_line = true;
        builder.run(&text);
        builder.frame().line.take()
    }

    /// Converts the markdown of a part; `None` if it holds nothing to show.
    pub(crate) fn body(&mut self, text: &str, folder: &Path) -> Option<Content> {
        if text.trim().is_empty() {
            return None;
        }
        let text = source::prepare(text, self.notes);
        let mut builder = Builder::new(self, folder);
        builder.run(&text);
        let blocks = builder.frames.pop()?.finish();
        (!blocks.is_empty()).then(|| Content::sequence(blocks))
    }
}

/// A block that is being filled.
struct Frame {
    kind: Kind,
    /// Width of the place, in em.
    room: f64,
    blocks: Vec<Content>,
    line: Line,
    /// The source has a paragraph here, not the bare text of a tight item.
    paragraph: bool,
}

#[derive(Default)]
enum Kind {
    #[default]
    Root,
    Quote,
    List(List),
    Item {
        task: bool,
    },
    Table(Table),
    Cell,
    Note,
    /// Too deep: its content goes to the frame around it.
    Flat,
}

/// A list whose items are being read.
struct List {
    start: Option<u64>,
    loose: bool,
    items: Vec<(bool, Content)>,
}

impl Frame {
    /// Makes a frame for a place that is `room` em wide.
    fn new(kind: Kind, room: f64, boxes: &Rc<Boxes>) -> Frame {
        let room = match kind {
            Kind::Quote => room - 2.0,
            Kind::Item { .. } => room - 1.8,
            Kind::Note => room - 1.5,
            _ => room,
        };
        let line = Line::within(room, boxes);
        Frame { kind, room, blocks: Vec::new(), line, paragraph: false }
    }

    fn finish(mut self) -> Vec<Content> {
        self.end_line();
        self.blocks
    }

    /// Makes a paragraph of what stands in the line.
    fn end_line(&mut self) {
        let empty = self.line.is_empty();
        let body = self.line.take();
        self.line.close_all();
        let paragraph = std::mem::take(&mut self.paragraph);
        if empty {
            return;
        }
        // A tight item's text is no paragraph, or the nested list would stand apart; a note's
        // first one stands beside its number.
        let tight = match self.kind {
            Kind::Item { .. } | Kind::Cell => self.blocks.is_empty() && !paragraph,
            Kind::Note => self.blocks.is_empty(),
            _ => false,
        };
        self.blocks.push(if tight { body } else { ParElem::new(body).pack() });
    }
}

/// The state of one conversion.
struct Builder<'c, 'a> {
    converter: &'c mut Converter<'a>,
    folder: &'c Path,
    /// Invariant: never empty.
    frames: Vec<Frame>,
    /// Levels of the headings that are open, in the source's counting.
    levels: Vec<usize>,
    footnotes: HashMap<String, Footnote>,
    in_footnote: bool,
    single_line: bool,
    code: Option<(String, String)>,
    picture: Option<(String, String)>,
    markup: markup::State,
    /// The lines of an open block of HTML: a tag or comment may run over several.
    html_block: Option<String>,
}

struct Footnote {
    events: Range<usize>,
    label: Option<Label>,
}

impl<'c, 'a> Builder<'c, 'a> {
    fn new(converter: &'c mut Converter<'a>, folder: &'c Path) -> Self {
        Self {
            folder,
            frames: vec![Frame::new(Kind::Root, converter.room, &converter.boxes)],
            levels: Vec::new(),
            footnotes: HashMap::new(),
            in_footnote: false,
            single_line: false,
            code: None,
            picture: None,
            markup: markup::State::default(),
            html_block: None,
            converter,
        }
    }

    fn run(&mut self, text: &str) {
        let events: Vec<Event<'_>> = Parser::new_ext(text, EXTENSIONS).collect();
        self.find_footnotes(&events);
        self.events(&events, 0..events.len());
        // Notes nothing refers to are still text of the post.
        let mut left: Vec<Range<usize>> = self
            .footnotes
            .values()
            .filter(|note| note.label.is_none())
            .map(|note| note.events.clone())
            .collect();
        left.sort_by_key(|range| range.start);
        for range in left {
            self.events(&events, range);
        }
        if let Some(code) = self.markup.open_pre() {
            self.code_block("", &code);
        }
        self.flush();
    }

    fn find_footnotes(&mut self, events: &[Event<'_>]) {
        let mut open: Option<(String, usize)> = None;
        for (index, event) in events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    open = Some((name.to_string(), index + 1));
                }
                Event::End(pulldown_cmark::TagEnd::FootnoteDefinition) => {
                    if let Some((name, start)) = open.take() {
                        let note = Footnote { events: start..index, label: None };
                        self.footnotes.entry(name).or_insert(note);
                    }
                }
                _ => {}
            }
        }
    }

    fn events(&mut self, events: &[Event<'_>], range: Range<usize>) {
        let mut in_definition = false;
        for event in events.get(range).unwrap_or_default() {
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => in_definition = true,
                Event::End(pulldown_cmark::TagEnd::FootnoteDefinition) => in_definition = false,
                _ if in_definition => {}
                Event::FootnoteReference(name) => self.footnote(name, events),
                event => self.event(event),
            }
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(code) => match &mut self.picture {
                Some((_, alt)) => alt.push_str(code),
                None => self.with_line(|line, notes| line.code(code, notes)),
            },
            Event::InlineMath(math) if is_formula(math) => self.formula(math, false),
            // `$5 and $6` is money.
            Event::InlineMath(math) => self.text(&format!("${math}$")),
            // To kramdown, two dollars inside a paragraph make a formula in the line.
            Event::DisplayMath(math) => {
                let in_line = self.single_line || !self.frame().line.is_empty();
                self.formula(math, !in_line);
            }
            Event::Html(html) => match &mut self.html_block {
                Some(block) => block.push_str(html),
                None => self.html(html),
            },
            Event::InlineHtml(html) => self.html(html),
            Event::SoftBreak => match &mut self.picture {
                Some((_, alt)) => alt.push(' '),
                None => self.frame().line.space(),
            },
            Event::HardBreak => self.frame().line.line_break(),
            Event::Rule => {
                self.flush();
                self.push(DividerElem::new().pack());
            }
            Event::TaskListMarker(done) => {
                if let Some(Kind::Item { task }) = self.frames.last_mut().map(|f| &mut f.kind) {
                    *task = true;
                }
                let sign = if *done { "☑" } else { "☐" };
                self.with_line(|line, notes| {
                    line.text(sign, notes);
                    line.space();
                });
            }
            Event::FootnoteReference(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.flush();
                let frame = self.frame();
                frame.paragraph = true;
                let item = matches!(frame.kind, Kind::Item { .. });
                if let (true, Some(list)) = (item, self.list()) {
                    list.loose = true;
                }
            }
            Tag::Heading { .. } => self.flush(),
            Tag::HtmlBlock => {
                self.flush();
                self.html_block = Some(String::new());
            }
            Tag::BlockQuote(_) => self.open_nested(Kind::Quote),
            Tag::List(start) => {
                let list = List { start: *start, loose: false, items: Vec::new() };
                self.open_nested(Kind::List(list));
            }
            Tag::Item => match self.frame().kind {
                Kind::List(_) => self.open(Kind::Item { task: false }),
                _ => {
                    self.open(Kind::Flat);
                    self.with_line(|line, notes| line.text("• ", notes));
                }
            },
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::Table(alignments) => self.open(Kind::Table(Table::new(alignments))),
            Tag::TableHead | Tag::TableRow => {
                if let Kind::Table(table) = &mut self.frame().kind {
                    table.row();
                }
            }
            Tag::TableCell => self.open(Kind::Cell),
            Tag::Emphasis => self.frame().line.open(Style::Emph),
            Tag::Strong => self.frame().line.open(Style::Strong),
            Tag::Strikethrough => self.frame().line.open(Style::Strike),
            Tag::Superscript => self.frame().line.open(Style::Super),
            Tag::Subscript => self.frame().line.open(Style::Sub),
            Tag::Link { dest_url, .. } => {
                if let Some(url) = web_url(dest_url) {
                    self.frame().line.open(Style::Link(url));
                }
            }
            Tag::Image { dest_url, .. } => {
                self.picture = Some((dest_url.to_string(), String::new()));
            }
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: pulldown_cmark::TagEnd) {
        use pulldown_cmark::TagEnd;
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html_block.take() {
                    self.html(&block);
                }
                self.flush();
            }
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Table => self.close(),
            TagEnd::CodeBlock => {
                if let Some((language, code)) = self.code.take() {
                    self.code_block(&language, code.trim_end_matches('\n'));
                }
            }
            TagEnd::TableCell => self.close(),
            TagEnd::Emphasis => self.frame().line.close(&Style::Emph),
            TagEnd::Strong => self.frame().line.close(&Style::Strong),
            TagEnd::Strikethrough => self.frame().line.close(&Style::Strike),
            TagEnd::Superscript => self.frame().line.close(&Style::Super),
            TagEnd::Subscript => self.frame().line.close(&Style::Sub),
            TagEnd::Link => self.frame().line.close_link(),
            TagEnd::Image => {
                if let Some((target, alt)) = self.picture.take() {
                    self.place_picture(&target, &alt);
                }
            }
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
        } else if !self.markup.takes(text) {
            self.with_line(|line, notes| line.text(text, notes));
        }
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            let (room, boxes) = (self.converter.room, &self.converter.boxes);
            self.frames.push(Frame::new(Kind::Root, room, boxes));
        }
        self.frames.last_mut().expect("BUG: a frame was pushed just now")
    }

    fn with_line(&mut self, write: impl FnOnce(&mut Line, &mut Notes)) {
        if let Some(frame) = self.frames.last_mut() {
            write(&mut frame.line, self.converter.notes);
        }
    }

    fn push(&mut self, block: Content) {
        self.frame().blocks.push(block);
    }

    /// Ends the paragraph that is being written.
    fn flush(&mut self) {
        if !self.single_line {
            self.frame().end_line();
        }
    }

    /// The list whose item is being filled.
    fn list(&mut self) -> Option<&mut List> {
        self.frames.iter_mut().rev().find_map(|frame| match &mut frame.kind {
            Kind::List(list) => Some(list),
            _ => None,
        })
    }

    fn open(&mut self, kind: Kind) {
        self.flush();
        let room = self.frame().room;
        self.frames.push(Frame::new(kind, room, &self.converter.boxes));
    }

    fn open_nested(&mut self, kind: Kind) {
        let is_box = |frame: &&Frame| matches!(frame.kind, Kind::Quote | Kind::List(_));
        if self.frames.iter().filter(is_box).count() < DEEPEST {
            self.open(kind);
        } else {
            self.converter.notes.add(Omission::Nesting(DEEPEST));
            self.open(Kind::Flat);
        }
    }

    /// Ends the innermost frame and gives what it holds to the one around it.
    fn close(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        self.flush();
        let Some(mut frame) = self.frames.pop() else { return };
        match std::mem::take(&mut frame.kind) {
            Kind::Quote => {
                let body = Content::sequence(frame.blocks);
                self.push(QuoteElem::new(body).with_block(true).pack());
            }
            Kind::List(list) => self.push(list_content(list)),
            Kind::Item { task } => {
                let body = Content::sequence(frame.blocks);
                if let Some(list) = self.list() {
                    list.items.push((task, body));
                }
            }
            Kind::Table(table) => {
                let room = self.frame().room;
                let blocks = table.finish(room, self.converter.notes);
                self.frame().blocks.extend(blocks);
            }
            Kind::Cell => {
                let extent = frame.line.extent();
                let body = Content::sequence(frame.blocks);
                if let Kind::Table(table) = &mut self.frame().kind {
                    table.cell(body, extent);
                }
            }
            Kind::Root | Kind::Note | Kind::Flat => self.frame().blocks.extend(frame.blocks),
        }
    }

    /// Ranks the source's levels so that none is skipped, as a screen reader expects.
    fn heading(&mut self, level: HeadingLevel) {
        let level = level as usize;
        while self.levels.last().is_some_and(|&open| open >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        if self.single_line || self.frame().line.is_empty() {
            return;
        }
        let rank = (self.converter.first_level + self.levels.len() - 1).min(LAST_LEVEL);
        let body = self.frame().line.take();
        self.frame().line.close_all();
        let heading = HeadingElem::new(body)
            .with_level(Smart::Custom(NonZeroUsize::new(rank).unwrap_or(NonZeroUsize::MIN)))
            .with_outlined(false)
            .with_bookmarked(Smart::Custom(false));
        self.push(heading.pack());
    }
}

fn list_content(list: List) -> Content {
    let all_tasks = !list.items.is_empty() && list.items.iter().all(|(task, _)| *task);
    let bodies = list.items.into_iter().map(|(_, body)| body);
    match list.start {
        Some(start) => {
            let items = bodies.map(|body| Packed::new(EnumItem::new(body))).collect();
            EnumElem::new(items).with_start(Smart::Custom(start)).with_tight(!list.loose).pack()
        }
        None => {
            let items = bodies.map(|body| Packed::new(ListItem::new(body))).collect();
            let mut content = ListElem::new(items).with_tight(!list.loose);
            if all_tasks {
                content = content.with_marker(ListMarker::Content(vec![Content::empty()]));
            }
            content.pack()
        }
    }
}

/// Returns an address that may be followed from a document; the text of others stays text.
fn web_url(target: &str) -> Option<Url> {
    let lower = target.to_ascii_lowercase();
    let known = ["http://", "https://", "mailto:"].iter().any(|start| lower.starts_with(start));
    let target: String = target.chars().filter(|c| !is_sign(*c)).collect();
    let target = target.as_str();
    let clean = !target.contains(|c: char| c.is_control() || c.is_whitespace());
    (known && clean).then(|| Url::new(target).ok()).flatten()
}
