//! Cuts a text into top-level blocks with the rules of GitHub-flavoured kramdown, Jekyll's default.
//!
//! Not a markdown parser: it knows only as much as it needs to tell headings, quotes, fences,
//! attribute lists and separators from each other and from the text between them. Two rules differ
//! from kramdown on purpose: a heading or fence directly under a quote ends the quote (kramdown
//! takes it for a lazy continuation), and raw HTML that is never closed does not swallow the rest.

use std::collections::HashSet;

use crate::Span;

/// A line of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last one, before the line ending.
    pub(crate) end: usize,
    /// Byte after the line ending; the start of the next line.
    pub(crate) next: usize,
    /// The text from `start` to `end`.
    pub(crate) text: &'a str,
}

impl Line<'_> {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_matches([' ', '\t', '\r']).is_empty()
    }
}

/// Cuts `text` from `from` (bytes) into lines. `\n`, `\r\n` end a line.
pub(crate) fn lines(text: &str, from: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = from;
    for piece in text.get(from..).unwrap_or_default().split_inclusive('\n') {
        let next = start + piece.len();
        let body = piece.strip_suffix('\n').unwrap_or(piece);
        let body = body.strip_suffix('\r').unwrap_or(body);
        lines.push(Line { start, end: start + body.len(), next, text: body });
        start = next;
    }
    lines
}

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
    Html,
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

/// Scans `text` from `from` (bytes). Linear in the text.
pub(crate) fn scan(text: &str, from: usize) -> Scan {
    let lines = lines(text, from);
    let mut scanner = Scanner {
        text,
        fences: FenceClosings::of(&lines),
        lines,
        unbalanced: HashSet::new(),
        scan: Scan::default(),
    };
    let mut at = 0;
    while at < scanner.lines.len() {
        at = scanner.block(at);
    }
    scanner.scan
}

struct Scanner<'a> {
    text: &'a str,
    lines: Vec<Line<'a>>,
    fences: FenceClosings,
    /// HTML tags found never to close from some line on, so that no line is searched twice.
    unbalanced: HashSet<String>,
    scan: Scan,
}

impl Scanner<'_> {
    /// Reads the block that begins at line `at`; returns the line after it.
    fn block(&mut self, at: usize) -> usize {
        let line = self.lines[at];
        if line.is_blank() {
            return self.push(BlockKind::Blank, at, at + 1);
        }
        if let Some((level, content)) = atx_heading(&line) {
            return self.push(BlockKind::Heading { level, content }, at, at + 1);
        }
        if let Some(fence) = fence_open(line.text) {
            if let Some(close) = self.fences.after(at, fence) {
                return self.push(BlockKind::Fence, at, close + 1);
            }
            self.scan.open_fences.push(line.start);
            return self.push(BlockKind::Text, at, at + 1);
        }
        if is_quote(line.text) {
            let end = self.quote_end(at);
            return self.push(BlockKind::Quote, at, end);
        }
        if is_attribute_list(line.text) {
            return self.push(BlockKind::AttributeList, at, at + 1);
        }
        if let Some((level, content)) = self.setext_heading(at) {
            return self.push(BlockKind::Heading { level, content }, at, at + 2);
        }
        if is_rule(line.text) {
            return self.push(BlockKind::Rule, at, at + 1);
        }
        if is_break(line.text) {
            return self.push(BlockKind::Break, at, at + 1);
        }
        if let Some(end) = self.html_end(at) {
            return self.push(BlockKind::Html, at, end);
        }
        self.push(BlockKind::Text, at, at + 1)
    }

    fn push(&mut self, kind: BlockKind, from: usize, to: usize) -> usize {
        let span = self.lines[from].start..self.lines[to - 1].next;
        // Neighbouring lines of text are one block; everything else stands alone.
        match self.scan.blocks.last_mut() {
            Some(last) if last.kind == BlockKind::Text && kind == BlockKind::Text => {
                last.span.end = span.end;
            }
            _ => self.scan.blocks.push(Block { kind, span }),
        }
        to
    }

    /// A quote runs over lines with the prefix and over plain text that follows without a blank.
    fn quote_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while let Some(line) = self.lines.get(end) {
            let continues = is_quote(line.text)
                || !(line.is_blank()
                    || is_attribute_list(line.text)
                    || atx_heading(line).is_some()
                    || fence_open(line.text).is_some()
                    || is_rule(line.text)
                    || html_tag(line.text).is_some());
            if !continues {
                break;
            }
            end += 1;
        }
        end
    }

    /// A line underlined by `===` or `---` is a heading where a blank line, an attribute list or the
    /// start of the text precedes it; elsewhere kramdown reads a paragraph and a rule.
    fn setext_heading(&self, at: usize) -> Option<(u8, (usize, usize))> {
        let under = self.lines.get(at + 1)?.text.trim_end_matches([' ', '\t']);
        let level = match under.as_bytes().first()? {
            b'=' if under.bytes().all(|b| b == b'=') => 1,
            b'-' if under.bytes().all(|b| b == b'-') => 2,
            _ => return None,
        };
        let boundary = match self.scan.blocks.last() {
            None => true,
            Some(block) => matches!(block.kind, BlockKind::Blank | BlockKind::AttributeList),
        };
        let line = self.lines[at];
        let indent = line.text.len() - line.text.trim_start_matches(' ').len();
        if !boundary || indent > 3 || is_rule(line.text) || is_list_item(line.text) {
            return None;
        }
        Some((level, trimmed(&line, line.start)))
    }

    /// Returns the line after a block of raw HTML or a comment that begins at line `at`.
    fn html_end(&mut self, at: usize) -> Option<usize> {
        let line = self.lines[at];
        let trimmed = line.text.trim_start_matches(' ');
        if trimmed.starts_with("<!--") {
            if self.unbalanced.contains("!--") {
                return None;
            }
            let Some(close) = self.text.get(line.start..)?.find("-->") else {
                self.unbalanced.insert("!--".to_owned());
                return None;
            };
            return Some(self.line_at(line.start + close) + 1);
        }
        let tag = html_tag(line.text)?;
        if tag.closing || self.unbalanced.contains(&tag.name) {
            return None;
        }
        let (open, close) = (format!("<{}", tag.name), format!("</{}", tag.name));
        let mut depth = 0_usize;
        for (offset, line) in self.lines.iter().enumerate().skip(at) {
            let lower = line.text.to_ascii_lowercase();
            depth += lower.matches(&open).count();
            depth = depth.saturating_sub(lower.matches(&close).count());
            if depth == 0 {
                return Some(offset + 1);
            }
        }
        self.unbalanced.insert(tag.name);
        None
    }

    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|line| line.next <= offset)
    }
}

/// Reads `## text`, as level and range of the text. Needs a space after the marks, and no indent.
pub(crate) fn atx_heading(line: &Line<'_>) -> Option<(u8, (usize, usize))> {
    let level = line.text.bytes().take_while(|b| *b == b'#').count();
    let rest = line.text.get(level..)?;
    if !(1..=6).contains(&level) || !rest.starts_with([' ', '\t']) || rest.trim().is_empty() {
        return None;
    }
    let (start, mut end) = trimmed(line, line.start + level);
    // `## text ##`: closing marks are no part of the text.
    let text = line.text.get(start - line.start..end - line.start)?;
    let unmarked = text.trim_end_matches('#');
    if unmarked.len() < text.len() && unmarked.ends_with([' ', '\t']) {
        end = start + unmarked.trim_end().len();
    }
    Some((u8::try_from(level).unwrap_or(6), (start, end)))
}

/// The range of a line's text from `from` on without outer white space.
fn trimmed(line: &Line<'_>, from: usize) -> (usize, usize) {
    let text = line.text.get(from - line.start..).unwrap_or_default();
    let start = from + (text.len() - text.trim_start().len());
    (start, start + text.trim().len())
}

/// The opening of a code fence: its character and how many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fence {
    mark: u8,
    len: usize,
}

/// Reads the opening line of a fence: up to three spaces, marks, and at most one word.
pub(crate) fn fence_open(text: &str) -> Option<Fence> {
    let trimmed = text.trim_start_matches(' ');
    if text.len() - trimmed.len() > 3 {
        return None;
    }
    let mark = *trimmed.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let len = trimmed.bytes().take_while(|b| *b == mark).count();
    let info = trimmed.get(len..)?.trim();
    let odd = info.contains(char::is_whitespace) || mark == b'`' && info.contains('`');
    (len >= 3 && !odd).then_some(Fence { mark, len })
}

/// Where fences can close, so that an opening without a closing costs no search to the end.
struct FenceClosings {
    /// Line, mark, length; ascending by line.
    closings: Vec<(usize, Fence)>,
    /// For each closing, the longest one of backticks and of tildes from it on.
    longest: Vec<[usize; 2]>,
}

impl FenceClosings {
    fn of(lines: &[Line<'_>]) -> Self {
        let closings: Vec<_> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| Some((at, fence_open(line.text)?, line)))
            .filter(|(_, fence, line)| line.text.trim().len() == fence.len)
            .map(|(at, fence, _)| (at, fence))
            .collect();
        let mut longest = vec![[0; 2]; closings.len()];
        let mut best = [0; 2];
        for (at, (_, fence)) in closings.iter().enumerate().rev() {
            let kind = usize::from(fence.mark == b'~');
            best[kind] = best[kind].max(fence.len);
            longest[at] = best;
        }
        Self { closings, longest }
    }

    /// The line that closes a fence opened at line `at`.
    fn after(&self, at: usize, open: Fence) -> Option<usize> {
        let first = self.closings.partition_point(|(line, _)| *line <= at);
        let kind = usize::from(open.mark == b'~');
        if self.longest.get(first)?[kind] < open.len {
            return None;
        }
        self.closings
            .get(first..)?
            .iter()
            .find(|(_, close)| close.mark == open.mark && close.len >= open.len)
            .map(|(line, _)| *line)
    }
}

/// Whether a line has a quote prefix.
pub(crate) fn is_quote(text: &str) -> bool {
    let trimmed = text.trim_start_matches(' ');
    text.len() - trimmed.len() <= 3 && trimmed.starts_with('>')
}

/// Returns the length in bytes of a line's quote prefix: `> `, `>` or nothing.
pub(crate) fn quote_prefix(text: &str) -> usize {
    if !is_quote(text) {
        return 0;
    }
    let indent = text.len() - text.trim_start_matches(' ').len();
    let after = text.get(indent + 1..).unwrap_or_default();
    indent + 1 + usize::from(after.starts_with(' '))
}

/// Whether a line is kramdown's `{: … }`.
pub(crate) fn is_attribute_list(text: &str) -> bool {
    let trimmed = text.trim();
    let indent = text.len() - text.trim_start_matches(' ').len();
    indent <= 3 && trimmed.starts_with("{:") && trimmed.ends_with('}')
}

/// Whether a line is a horizontal rule.
pub(crate) fn is_rule(text: &str) -> bool {
    let indent = text.len() - text.trim_start_matches(' ').len();
    let mut marks = text.chars().filter(|c| !matches!(c, ' ' | '\t'));
    let Some(mark) = marks.next().filter(|c| matches!(c, '-' | '*' | '_')) else { return false };
    let rest: Vec<char> = marks.take(3).collect();
    indent <= 3 && rest.len() >= 2 && text.chars().all(|c| c == mark || matches!(c, ' ' | '\t'))
}

/// Whether a line is nothing but `<br>` tags.
pub(crate) fn is_break(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let lower = rest.get(..rest.len().min(6)).unwrap_or(rest).to_ascii_lowercase();
        let Some(tag) =
            ["<br>", "<br/>", "<br />", "</br>"].iter().find(|t| lower.starts_with(**t))
        else {
            return false;
        };
        rest = rest.get(tag.len()..).unwrap_or_default().trim_start();
    }
    true
}

fn is_list_item(text: &str) -> bool {
    let trimmed = text.trim_start();
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let rest = trimmed.get(digits..).unwrap_or_default();
    if digits > 0 {
        return rest.starts_with(". ");
    }
    ["- ", "* ", "+ "].iter().any(|mark| rest.starts_with(mark))
}

struct HtmlTag {
    name: String,
    closing: bool,
}

/// Reads the block-level tag a line begins with.
fn html_tag(text: &str) -> Option<HtmlTag> {
    const BLOCKS: [&str; 24] = [
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "iframe",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "style",
        "summary",
        "table",
        "ul",
        "video",
    ];
    let trimmed = text.trim_start_matches(' ');
    if text.len() - trimmed.len() > 3 {
        return None;
    }
    let rest = trimmed.strip_prefix('<')?;
    let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
    let len = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest.get(..len)?.to_ascii_lowercase();
    let ends = rest.get(len..)?.chars().next().is_none_or(|c| matches!(c, '>' | '/' | ' ' | '\t'));
    (ends && BLOCKS.contains(&name.as_str())).then_some(HtmlTag { name, closing })
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    /// Blocks as `kind first-line`, blanks left out.
    fn check(text: &str, expect: &[&str]) {
        let scan = scan(text, 0);
        let joined: String = scan.blocks.iter().map(|b| &text[b.span.clone()]).collect();
        assert_eq!(joined, text, "blocks tile the text");
        let got: Vec<String> = scan
            .blocks
            .iter()
            .filter(|b| b.kind != BlockKind::Blank)
            .map(|b| {
                let text = &text[b.span.clone()];
                let kind = match b.kind {
                    BlockKind::Heading { level, .. } => format!("h{level}"),
                    kind => format!("{kind:?}").to_lowercase(),
                };
                format!("{kind} {}", text.trim_end().replace('\n', "|"))
            })
            .collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn rule_right_after_text_is_not_a_heading() {
        check("### 답변\n끝.\n---\n", &["h3 ### 답변", "text 끝.", "rule ---"]);
    }

    #[test]
    fn underlined_text_after_a_blank_is_a_heading() {
        check("가.\n---\n\n나\n==\n", &["h2 가.|---", "h1 나|=="]);
    }

    #[test]
    fn marks_inside_a_fence_are_text() {
        check("```sh\n# 3-way\n---\n```\n# 밖\n", &["fence ```sh|# 3-way|---|```", "h1 # 밖"]);
    }

    #[test]
    fn an_open_fence_hides_nothing() {
        check("```\n# 안\n", &["text ```", "h1 # 안"]);
    }

    #[test]
    fn attribute_list_ends_a_quote() {
        check("> 가\n> 나\n{: .tip }\n", &["quote > 가|> 나", "attributelist {: .tip }"]);
    }

    #[test]
    fn heading_directly_under_a_quote_ends_it() {
        check("> 힌트: 가\n### 답변\n", &["quote > 힌트: 가", "h3 ### 답변"]);
    }

    #[test]
    fn date_directly_followed_by_a_question_is_two_headings() {
        check("# 2025.04.09\n## 질문\n", &["h1 # 2025.04.09", "h2 ## 질문"]);
    }

    #[test]
    fn html_blocks_and_comments_hide_headings() {
        check("<!-- a\n# b\n-->\n# c\n", &["html <!-- a|# b|-->", "h1 # c"]);
        check("<div>\n# b\n</div>\n# c\n", &["html <div>|# b|</div>", "h1 # c"]);
        check("<div>\n# b\n", &["text <div>", "h1 # b"]);
    }

    #[test]
    fn breaks_and_rules_are_separators() {
        check("---\n\n<br>\n<br/>\n", &["rule ---", "break <br>", "break <br/>"]);
    }

    #[test]
    fn no_space_after_marks_is_no_heading() {
        check("#태그\n#\n", &["text #태그|#"]);
    }
}
