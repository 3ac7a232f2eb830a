//! What a reader sees of a markdown text, and where each byte of it stands in the source.
//!
//! Knows no words and no sentences.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text of a markdown source without its marks.
#[derive(Debug)]
pub(crate) struct Visible {
    /// Visible text; blocks are parted by line feeds.
    pub(crate) text: String,
    // Invariant: ascending and disjoint in `at..at + len`, ascending in `source`.
    pieces: Vec<Piece>,
    /// Paragraphs, headings, items and so on, in order, as ranges of `text`.
    pub(crate) blocks: Vec<Block>,
    /// Code spans, as ranges of `text`.
    pub(crate) code: Vec<Range<usize>>,
    /// Strong or emphasized text, as ranges of `text`.
    pub(crate) strong: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Piece {
    at: usize,
    len: usize,
    source: Range<usize>,
    /// Whether source and visible text are the same bytes here.
    verbatim: bool,
}

/// A run of text no sentence crosses the ends of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) span: Range<usize>,
    pub(crate) kind: BlockKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Prose,
    Heading,
    Item,
    Cell,
    Code,
}

impl Visible {
    pub(crate) fn of(source: &str) -> Visible {
        let mut builder = Builder::new(source);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_FOOTNOTES;
        for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
            builder.event(event, range);
        }
        builder.finish()
    }

    /// Returns the source range of `span`, a range of the visible text.
    pub(crate) fn source(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.pieces.partition_point(|piece| piece.at + piece.len <= span.start);
        let end = self.pieces.partition_point(|piece| piece.at < span.end);
        let (Some(first), Some(last)) =
            (self.pieces.get(start), end.checked_sub(1).and_then(|end| self.pieces.get(end)))
        else {
            return 0..0;
        };
        let from = if first.verbatim && span.start > first.at {
            first.source.start + (span.start - first.at)
        } else {
            first.source.start
        };
        let to = if last.verbatim && span.end < last.at + last.len {
            last.source.start + (span.end - last.at)
        } else {
            last.source.end
        };
        from..to.max(from)
    }

    /// Returns the source range of `span` with the marks right around it: a sentence that begins
    /// with a code span begins with its backtick.
    pub(crate) fn source_with_marks(&self, source: &str, span: &Range<usize>) -> Range<usize> {
        let range = self.source(span);
        let mark = |c: &char| matches!(c, '`' | '*' | '_' | '~');
        let before = source.get(..range.start).unwrap_or_default().chars().rev();
        let after = source.get(range.end..).unwrap_or_default().chars();
        // All marks are one byte.
        let (before, after) = (before.take_while(mark).count(), after.take_while(mark).count());
        range.start - before..range.end + after
    }

    /// Returns the visible text of `span`; empty if `span` is none of ours.
    pub(crate) fn slice(&self, span: &Range<usize>) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }
}

struct Builder<'a> {
    source: &'a str,
    out: Visible,
    kinds: Vec<BlockKind>,
    open: Option<(usize, BlockKind)>,
    strong: Option<(usize, u32)>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str) -> Self {
        let out = Visible {
            text: String::with_capacity(source.len()),
            pieces: Vec::new(),
            blocks: Vec::new(),
            code: Vec::new(),
            strong: Vec::new(),
        };
        Builder { source, out, kinds: Vec::new(), open: None, strong: None }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Strong | Tag::Emphasis) => {
                let (at, depth) = self.strong.unwrap_or((self.out.text.len(), 0));
                self.strong = Some((at, depth + 1));
            }
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => match self.strong {
                Some((at, 1)) => {
                    self.out.strong.push(at..self.out.text.len());
                    self.strong = None;
                }
                Some((at, depth)) => self.strong = Some((at, depth - 1)),
                None => {}
            },
            Event::Start(tag) => {
                if let Some(kind) = self.kind(&tag, &range) {
                    self.close();
                    self.kinds.push(kind);
                }
            }
            Event::End(tag) => {
                if is_block_end(tag) {
                    self.close();
                    self.kinds.pop();
                }
            }
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.open();
                let at = self.out.text.len();
                self.text(&text, range);
                self.out.code.push(at..self.out.text.len());
            }
            Event::SoftBreak | Event::HardBreak => self.break_line(range),
            Event::Html(html) => self.html(&html, range),
            Event::InlineHtml(html) if is_line_break(&html) => self.break_line(range),
            Event::Rule => self.close(),
            Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    /// Returns the kind of block that `tag` opens, if it opens one.
    fn kind(&self, tag: &Tag<'_>, range: &Range<usize>) -> Option<BlockKind> {
        Some(match tag {
            // A rule right below a paragraph makes it a heading here, and in no post's own reading.
            Tag::Heading { .. } => {
                let source = self.source.get(range.clone()).unwrap_or_default();
                if source.trim_start().starts_with('#') {
                    BlockKind::Heading
                } else {
                    BlockKind::Prose
                }
            }
            Tag::Item => BlockKind::Item,
            Tag::TableCell => BlockKind::Cell,
            Tag::CodeBlock(_) => BlockKind::Code,
            Tag::Paragraph if self.kinds.last() == Some(&BlockKind::Item) => BlockKind::Item,
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::HtmlBlock => BlockKind::Prose,
            _ => return None,
        })
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if is_attribute_list(text) {
            return;
        }
        self.open();
        let at = self.out.text.len();
        self.out.text.push_str(text);
        // Entities, and code spans with their backticks, stand in the source with more bytes.
        let inner = self.source.get(range.clone()).and_then(|source| source.find(text));
        let (source, verbatim) = match inner {
            Some(offset) => (range.start + offset..range.start + offset + text.len(), true),
            None => (range, false),
        };
        self.out.pieces.push(Piece { at, len: text.len(), source, verbatim });
    }

    fn break_line(&mut self, range: Range<usize>) {
        if self.open.is_some() {
            let at = self.out.text.len();
            self.out.text.push('\n');
            self.out.pieces.push(Piece { at, len: 1, source: range, verbatim: false });
        }
    }

    /// Takes the text between the tags of an HTML block.
    fn html(&mut self, html: &str, range: Range<usize>) {
        let mut rest = html;
        let mut at = range.start;
        while !rest.is_empty() {
            let tag = rest.find('<').unwrap_or(rest.len());
            let (text, after) = rest.split_at(tag);
            if !text.trim().is_empty() {
                self.text(text, at..at + text.len());
            }
            let end = after.find('>').map_or(after.len(), |end| end + 1);
            at += text.len() + end;
            rest = after.get(end..).unwrap_or_default();
            if end > 0 {
                self.close();
            }
        }
    }

    fn open(&mut self) {
        if self.open.is_none() {
            let kind = self.kinds.last().copied().unwrap_or(BlockKind::Prose);
            self.open = Some((self.out.text.len(), kind));
        }
    }

    fn close(&mut self) {
        if let Some((start, kind)) = self.open.take() {
            self.out.blocks.push(Block { span: start..self.out.text.len(), kind });
            self.out.text.push('\n');
        }
    }

    fn finish(mut self) -> Visible {
        self.close();
        self.out
    }
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::CodeBlock
            | TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::HtmlBlock
    )
}

fn is_line_break(html: &str) -> bool {
    html.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br"))
}

/// Tells whether `text` is kramdown's decoration, as in `{: .block-tip }`.
fn is_attribute_list(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("{:") && text.ends_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, visible: &str) {
        let found = Visible::of(source);
        let blocks: Vec<&str> = found.blocks.iter().map(|block| found.slice(&block.span)).collect();
        assert_eq!(blocks.join(" | "), visible, "visible text of {source:?}");
    }

    #[test]
    fn marks_are_not_visible() {
        check("**분산** `락`을 [쓴다](https://example.org).", "분산 락을 쓴다.");
        check("# 제목\n\n- 하나\n- 둘\n\n> 인용", "제목 | 하나 | 둘 | 인용");
        check("| 가 | 나 |\n|---|---|\n| 다 | 라 |", "가 | 나 | 다 | 라");
        check("글 <b>굵게</b><br>다음\n{: .block-tip }", "글 굵게\n다음\n");
        check("<details><summary>답</summary>\n속 글\n</details>\n", "답 | 속 글\n");
        check("```sql\nSELECT 1;\n```\n끝", "SELECT 1;\n | 끝");
    }

    #[test]
    fn ranges_lead_back_to_the_source() {
        let source = "앞 **분산** `락`과 a&amp;b 뒤";
        let found = Visible::of(source);
        for (part, expected) in [
            ("분산", "분산"),
            ("락", "락"),
            ("분산 락", "분산** `락"),
            ("a&b", "a&amp;b"),
            ("뒤", "뒤"),
        ] {
            let at = found.text.find(part).unwrap();
            let range = found.source(&(at..at + part.len()));
            assert_eq!(source.get(range), Some(expected), "source of {part}");
        }
    }
}
