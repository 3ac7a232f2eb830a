//! Cuts a text into top-level blocks with the rules of GitHub-flavoured kramdown, Jekyll's default.
//!
//! Not a markdown parser: it knows as much as it needs to find the headings and quotes kramdown
//! would find, and what is between them. The order in which kinds of blocks are tried, and what ends
//! each of them, are kramdown's own. Where this leaves kramdown on purpose is said in [`Dialect`];
//! a test switches that off and compares the two on real posts and on made-up ones.
//!
//! Linear in the text: whatever searches for an end remembers where there is none.

mod ends;
mod fences;
mod html;
mod lines;
mod liquid;
mod lists;
#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod oracle;
#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests;

use crate::Span;

pub(crate) use fences::{FenceState, fence_open};
pub(crate) use lines::{
    Line, atx_heading, is_attribute_list, is_break, is_quote, is_rule, is_space, lines,
    quote_prefix,
};

use fences::FenceClosings;
use html::{Html, Tags};
use lines::{Definition, is_indented};
use liquid::Liquid;
use lists::ListKind;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Blank,
    /// `level` 1 to 6; `content` is the heading's text without marks and outer spaces.
    Heading {
        level: u8,
        content: (usize, usize),
    },
    Quote,
    /// `{: .block-tip }`
    AttributeList,
    /// `---`, `***`, `___`
    Rule,
    /// A line of nothing but `<br>`.
    Break,
    Fence,
    /// Elements and comments with all they hold, and kramdown's `{::comment}`.
    Html,
    /// `$$ … $$`
    Math,
    /// `[^1]: …` with what is indented under it.
    Footnote,
    /// A line of Liquid tags alone, lines of a `{% comment %}`, a `{% highlight %}` with its code.
    Liquid,
    /// Paragraphs, lists but for the fences in them, tables and code that is indented.
    Text,
}

/// A run of whole lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// From the first line's start to the last line's `next`.
    pub(crate) span: Span,
}

/// The blocks of a text and what was odd about them.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Invariant: ascending, without gaps, from where the scan began to the end of the text.
    pub(crate) blocks: Vec<Block>,
    /// Starts of code fences that are never closed.
    pub(crate) open_fences: Vec<usize>,
}

/// Where this scanner leaves kramdown on purpose.
#[derive(Debug, Clone, Copy)]
struct Dialect {
    /// A heading, fence or rule directly under a quote, list, note or code ends it, and so does a
    /// quote under all but quotes. kramdown takes it into what is above, as if it were indented.
    interrupts: bool,
    /// An element that kramdown finds unclosed ends at the tag that closes it when all other
    /// elements are left out of account; where there is none, its tag is text. kramdown takes the
    /// rest of the post into it.
    closes_html: bool,
    /// A fence may say more than a word of what is in it, and one of backticks has none in that.
    /// kramdown refuses the first, and takes a line such as ```` ```a``` ```` for a fence.
    fences_like_github: bool,
}

impl Dialect {
    const OURS: Self = Self { interrupts: true, closes_html: true, fences_like_github: true };
    #[cfg(test)]
    const KRAMDOWN: Self =
        Self { interrupts: false, closes_html: false, fences_like_github: false };
}

/// Scans `text` from `from` (bytes). Linear in the text.
pub(crate) fn scan(text: &str, from: usize) -> Scan {
    scan_in(text, from, Dialect::OURS)
}

fn scan_in(text: &str, from: usize, dialect: Dialect) -> Scan {
    let lines = lines(text, from);
    let liquid = Liquid::of(text, &lines);
    let mut scanner = Scanner {
        text,
        dialect,
        fences: FenceClosings::of(&lines, &liquid),
        liquid,
        lines,
        tags: Tags::default(),
        scan: Scan::default(),
    };
    let mut flow = Flow::default();
    let mut at = 0;
    while at < scanner.lines.len() {
        (at, flow) = scanner.block(at, flow);
    }
    scanner.scan
}

struct Scanner<'a> {
    text: &'a str,
    dialect: Dialect,
    lines: Vec<Line<'a>>,
    fences: FenceClosings,
    liquid: Liquid,
    tags: Tags,
    scan: Scan,
}

/// What came before a block: some kinds begin only where a blank line, or nothing, precedes them.
#[derive(Debug, Clone, Copy, Default)]
struct Flow {
    last: Last,
    /// An attribute list waits for the block it belongs to.
    attributes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Last {
    #[default]
    Nothing,
    Blank,
    /// One empty line after a paragraph.
    BlankAfterText,
    /// A definition, which takes an attribute list but is no boundary.
    Definition,
    /// An attribute list that was given to the block before it.
    Attributes,
    Text,
    Block,
}

impl Flow {
    /// Whether a heading of two lines, a table or math may begin here.
    fn is_boundary(self) -> bool {
        self.attributes || matches!(self.last, Last::Nothing | Last::Blank | Last::BlankAfterText)
    }

    fn after(self, last: Last) -> Self {
        Self { last, attributes: false }
    }

    fn after_block(self) -> Self {
        self.after(Last::Block)
    }

    fn after_text(self) -> Self {
        self.after(Last::Text)
    }
}

/// What a leaf is: a block without elements of HTML.
enum LeafKind {
    One(BlockKind),
    /// Lines of text, with breaks and rules among them.
    Paragraph,
    /// Lines of text and blank ones.
    Nested,
    /// The same, with fences among them.
    List,
}

/// A block that begins at some line.
struct Leaf {
    kind: LeafKind,
    /// The line after it.
    end: usize,
    flow: Flow,
}

impl Leaf {
    fn block(kind: BlockKind, end: usize, flow: Flow) -> Self {
        Self { kind: LeafKind::One(kind), end, flow: flow.after_block() }
    }
}

impl Scanner<'_> {
    /// Reads the block that begins at line `at`; returns the line after it.
    fn block(&mut self, at: usize, flow: Flow) -> (usize, Flow) {
        if self.is_blank(at) {
            let leaf = self.leaf(at, flow);
            self.push_leaf(at, &leaf);
            return (leaf.end, leaf.flow);
        }
        if let Some(end) = self.liquid.highlight(at) {
            return self.until(BlockKind::Liquid, at, end, flow.after_block());
        }
        let leaf = match self.html(at) {
            Html::Until { end, blank_after } => {
                let last = if blank_after { Last::Blank } else { Last::Block };
                return self.until(BlockKind::Html, at, end, flow.after(last));
            }
            Html::Unclosed => self.paragraph(at, flow),
            Html::None => self.leaf(at, flow),
        };
        self.push_leaf(at, &leaf);
        (leaf.end, leaf.flow)
    }

    /// Adds a block that ends at a byte. Text behind it on its last line is still of its block; `flow`
    /// is for what comes after if there is none.
    fn until(&mut self, kind: BlockKind, at: usize, end: usize, flow: Flow) -> (usize, Flow) {
        let last = self.line_at(end.saturating_sub(1)).max(at);
        self.push(kind, at, last + 1);
        let rest = self.lines.get(last).and_then(|line| self.text.get(end..line.end));
        if rest.is_none_or(lines::is_blank) {
            return (last + 1, flow);
        }
        let leaf = Leaf {
            kind: LeafKind::Paragraph,
            end: self.paragraph_end(last),
            flow: flow.after_text(),
        };
        if leaf.end > last + 1 {
            self.push_leaf(last + 1, &leaf);
        }
        (leaf.end, leaf.flow)
    }

    fn push_leaf(&mut self, at: usize, leaf: &Leaf) {
        match leaf.kind {
            LeafKind::One(kind) => {
                // Blank lines that Liquid leaves are not blank in the text.
                for line in at..leaf.end {
                    if kind != BlockKind::Blank {
                        break;
                    }
                    self.push(self.blank_kind(line), line, line + 1);
                }
                if kind != BlockKind::Blank {
                    self.push(kind, at, leaf.end);
                }
            }
            LeafKind::Paragraph => {
                let opens = self.lines.get(at).filter(|line| fence_open(line.text).is_some());
                self.scan.open_fences.extend(opens.map(|line| line.start));
                for nth in at..leaf.end {
                    let text = self.lines.get(nth).map_or("", |line| line.text);
                    let kind = match text {
                        text if is_break(text) => BlockKind::Break,
                        text if is_rule(text) => BlockKind::Rule,
                        _ => BlockKind::Text,
                    };
                    self.push(kind, nth, nth + 1);
                }
            }
            LeafKind::Nested => self.push_lines(at, leaf.end),
            LeafKind::List => {
                let lines = self.lines.get(at..leaf.end).unwrap_or_default();
                let (fences, open) = fences::inside(lines);
                let open = open.and_then(|nth| lines.get(nth)).map(|line| line.start);
                self.scan.open_fences.extend(open);
                let mut from = at;
                for fence in fences {
                    self.push_lines(from, at + fence.start);
                    self.push(BlockKind::Fence, at + fence.start, at + fence.end);
                    from = at + fence.end;
                }
                self.push_lines(from, leaf.end);
            }
        }
    }

    fn push_lines(&mut self, from: usize, to: usize) {
        for nth in from..to {
            let blank = self.is_blank(nth);
            let kind = if blank { self.blank_kind(nth) } else { BlockKind::Text };
            self.push(kind, nth, nth + 1);
        }
    }

    fn blank_kind(&self, at: usize) -> BlockKind {
        let blank = self.lines.get(at).is_some_and(Line::is_blank);
        if blank { BlockKind::Blank } else { BlockKind::Liquid }
    }

    fn push(&mut self, kind: BlockKind, from: usize, to: usize) {
        let (Some(first), Some(last)) = (self.lines.get(from), self.lines.get(to - 1)) else {
            return;
        };
        let span = first.start..last.next;
        // Neighbouring lines of text are one block; everything else stands alone.
        match self.scan.blocks.last_mut() {
            Some(last)
                if last.kind == kind && matches!(kind, BlockKind::Text | BlockKind::Liquid) =>
            {
                last.span.end = span.end;
            }
            _ => self.scan.blocks.push(Block { kind, span }),
        }
    }

    /// Reads a block that is no raw HTML, in the order in which kramdown tries them.
    fn leaf(&self, at: usize, flow: Flow) -> Leaf {
        let Some(line) = self.lines.get(at) else {
            return Leaf::block(BlockKind::Blank, at + 1, flow);
        };
        let text = line.text;
        if self.is_blank(at) {
            // One empty line may stand between a term and its definition.
            let last = match flow.last {
                Last::Text if text.is_empty() || !line.is_blank() => Last::BlankAfterText,
                _ => Last::Blank,
            };
            let attributes = flow.attributes && matches!(flow.last, Last::Blank);
            return Leaf {
                kind: LeafKind::One(BlockKind::Blank),
                end: at + 1,
                flow: Flow { last, attributes },
            };
        }
        if is_indented(text) {
            let end = self.code_end_after(at);
            return Leaf { kind: LeafKind::Nested, end, flow: flow.after_block() };
        }
        if let Some(close) =
            fences::open(text, self.dialect).and_then(|fence| self.fences.after(at, fence))
        {
            return Leaf::block(BlockKind::Fence, close + 1, flow);
        }
        if is_quote(text) {
            return Leaf::block(BlockKind::Quote, self.quote_end(at), flow);
        }
        if let Some((level, content)) = atx_heading(line) {
            return Leaf::block(BlockKind::Heading { level, content }, at + 1, flow);
        }
        if is_rule(text) {
            return Leaf::block(BlockKind::Rule, at + 1, flow);
        }
        let list = lists::list_start(text).or_else(|| {
            let term = matches!(flow.last, Last::Text | Last::BlankAfterText);
            (term && lists::is_definition(text)).then_some(ListKind::Definitions)
        });
        if let Some(kind) = list {
            let list = self.list_end(at, kind);
            let last = if list.blank { Last::Blank } else { Last::Block };
            return Leaf { kind: LeafKind::List, end: list.end, flow: flow.after(last) };
        }
        if flow.is_boundary() {
            if let Some((level, content)) = self.setext_heading(at) {
                return Leaf::block(BlockKind::Heading { level, content }, at + 2, flow);
            }
            if let Some(end) = self.math_end(at) {
                return Leaf::block(BlockKind::Math, end, flow);
            }
            if let Some(end) = self.table_end(at) {
                return Leaf { kind: LeafKind::Nested, end, flow: flow.after_block() };
            }
        }
        if let Some(definition) = lines::definition(text) {
            return self.definition(at, definition, flow);
        }
        if is_attribute_list(text) {
            return self.attribute_list(at, flow);
        }
        if let Some(end) = self.extension_end(at) {
            return Leaf::block(BlockKind::Html, end, flow);
        }
        if lines::is_end_of_block(text) {
            return Leaf { kind: LeafKind::Nested, end: at + 1, flow: flow.after(Last::Blank) };
        }
        self.paragraph(at, flow)
    }

    fn attribute_list(&self, at: usize, flow: Flow) -> Leaf {
        let text = self.lines.get(at).map_or("", |line| line.text);
        // `{:name: …}` is for later use and belongs to no block.
        let name = text.trim_start().get(2..).unwrap_or_default();
        let len =
            name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'-');
        let len = len.count();
        let is_named = len > 0
            && !name.starts_with('-')
            && name.get(len..).unwrap_or_default().starts_with(':');
        let follows = !matches!(
            flow.last,
            Last::Nothing | Last::Blank | Last::BlankAfterText | Last::Attributes
        );
        let flow = if is_named {
            flow.after(Last::Attributes)
        } else if follows {
            let more = self.lines.get(at + 1).is_some_and(|next| is_attribute_list(next.text));
            if more { flow } else { Flow { last: Last::Attributes, ..flow } }
        } else {
            Flow { attributes: true, ..flow }
        };
        Leaf { kind: LeafKind::One(BlockKind::AttributeList), end: at + 1, flow }
    }

    fn definition(&self, at: usize, definition: Definition, flow: Flow) -> Leaf {
        let flow = flow.after(Last::Definition);
        match definition {
            Definition::Footnote => Leaf {
                kind: LeafKind::One(BlockKind::Footnote),
                end: self.code_end_after(at + 1),
                flow,
            },
            Definition::Link => {
                let title =
                    self.lines.get(at + 1).is_some_and(|next| lines::is_link_title(next.text));
                let end = at + 1 + usize::from(title);
                Leaf { kind: LeafKind::Nested, end, flow }
            }
            Definition::Abbreviation => Leaf { kind: LeafKind::Nested, end: at + 1, flow },
        }
    }

    fn paragraph(&self, at: usize, flow: Flow) -> Leaf {
        let end = self.paragraph_end(at);
        Leaf { kind: LeafKind::Paragraph, end, flow: flow.after_text() }
    }

    /// Whether a line is blank once Liquid has run.
    fn is_blank(&self, at: usize) -> bool {
        self.lines.get(at).is_none_or(Line::is_blank) || self.liquid.is_blank(at)
    }

    fn begins_highlight(&self, at: usize) -> bool {
        self.liquid.highlight(at).is_some()
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.next <= offset)
    }
}
