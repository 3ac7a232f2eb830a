//! Liquid tags, which Jekyll runs before it reads markdown.
//!
//! A tag yields nothing here: a line of tags alone is blank to the markdown around it. What
//! `{% comment %}` holds is gone, what `{% highlight %}` holds is code, and `{% raw %}` only keeps
//! tags from being run. A tag that is never closed hides nothing.

use std::ops::Range;

use super::Line;
use super::lines::{is_space, unindented};

/// What Liquid makes of the lines of a text.
#[derive(Debug, Default)]
pub(super) struct Liquid {
    /// Lines that tags and comments leave blank, ascending.
    blank: Vec<Range<usize>>,
    /// Highlighted code that begins a line: that line and the byte after the closing tag; ascending.
    highlights: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Tag<'a> {
    start: usize,
    end: usize,
    name: &'a str,
}

impl Liquid {
    pub(super) fn of(text: &str, lines: &[Line<'_>]) -> Self {
        let from = lines.first().map_or(text.len(), |line| line.start);
        let tags = tags(text, from);
        if tags.is_empty() {
            return Self::default();
        }
        let ends = Ends::of(&tags);
        let mut gone: Vec<Range<usize>> = Vec::new();
        let mut highlights = Vec::new();
        let mut at = 0;
        while let Some(tag) = tags.get(at) {
            let close = ends.after(at, tag.name).and_then(|close| Some((close, tags.get(close)?)));
            match (tag.name, close) {
                ("comment", Some((close, end))) => {
                    gone.push(tag.start..end.end);
                    at = close;
                }
                ("highlight", Some((close, end))) => {
                    let line = line_at(lines, tag.start);
                    let before = lines.get(line).and_then(|l| text.get(l.start..tag.start));
                    if before.is_some_and(|s| unindented(s) == Some("")) {
                        highlights.push((line, end.end));
                    }
                    at = close;
                }
                ("raw", Some((close, end))) => {
                    gone.push(tag.start..tag.end);
                    gone.push(end.start..end.end);
                    at = close;
                }
                _ => gone.push(tag.start..tag.end),
            }
            at += 1;
        }
        Self { blank: blank_lines(text, lines, &gone), highlights }
    }

    pub(super) fn is_blank(&self, line: usize) -> bool {
        let at = self.blank.partition_point(|range| range.end <= line);
        self.blank.get(at).is_some_and(|range| range.contains(&line))
    }

    /// The byte after the highlighted code that begins at a line.
    pub(super) fn highlight(&self, line: usize) -> Option<usize> {
        let at = self.highlights.binary_search_by_key(&line, |(start, _)| *start).ok()?;
        self.highlights.get(at).map(|(_, end)| *end)
    }
}

/// The lines of which nothing but white space is left.
fn blank_lines(text: &str, lines: &[Line<'_>], gone: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut blank: Vec<Range<usize>> = Vec::new();
    let (mut nth, mut line) = (0, 0);
    while let Some(range) = gone.get(nth) {
        line = line.max(line_at(lines, range.start));
        let Some(current) = lines.get(line) else { break };
        let mut at = current.start;
        let mut left = false;
        while let Some(range) = gone.get(nth).filter(|range| range.start < current.next) {
            left |= !is_white(text, at, range.start);
            at = at.max(range.end);
            if range.end > current.end {
                break;
            }
            nth += 1;
        }
        left |= !is_white(text, at, current.end);
        if !left {
            push_line(&mut blank, line);
        }
        line += 1;
    }
    blank
}

fn push_line(blank: &mut Vec<Range<usize>>, line: usize) {
    match blank.last_mut() {
        Some(last) if last.end == line => last.end = line + 1,
        _ => blank.push(line..line + 1),
    }
}

fn is_white(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_none_or(|s| s.bytes().all(is_space))
}

fn line_at(lines: &[Line<'_>], offset: usize) -> usize {
    lines.partition_point(|line| line.next <= offset)
}

/// All tags: `{% name … %}`, over several lines perhaps, but over no blank line.
fn tags(text: &str, from: usize) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    // Much faster than a search for the place, and there is none as a rule.
    if !text.contains("{%") {
        return tags;
    }
    let mut at = from;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("{%")) {
        let start = at + found;
        at = start + 2;
        let Some(rest) = text.get(at..) else { break };
        let mut end = None;
        let mut blank = false;
        for (offset, byte) in rest.bytes().enumerate() {
            match byte {
                b'%' if rest.as_bytes().get(offset + 1) == Some(&b'}') => {
                    end = Some(at + offset + 2);
                    break;
                }
                b'{' if rest.as_bytes().get(offset + 1) == Some(&b'%') => break,
                b'\n' if blank => break,
                b'\n' => blank = true,
                byte if is_space(byte) => {}
                _ => blank = false,
            }
        }
        let Some(end) = end else { continue };
        let inner = text.get(at..end - 2).unwrap_or_default();
        let inner = inner.strip_prefix('-').unwrap_or(inner).trim_start();
        let len = inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if let Some(name) = inner.get(..len).filter(|name| !name.is_empty()) {
            tags.push(Tag { start, end, name });
            at = end;
        }
    }
    tags
}

/// For each tag, the next ones that close something.
struct Ends(Vec<[Option<usize>; 3]>);

impl Ends {
    fn of(tags: &[Tag<'_>]) -> Self {
        let mut next = [None; 3];
        let mut ends = vec![next; tags.len()];
        for (at, tag) in tags.iter().enumerate().rev() {
            if let Some(slot) = ends.get_mut(at) {
                *slot = next;
            }
            let kind = match tag.name {
                "endcomment" => 0,
                "endhighlight" => 1,
                "endraw" => 2,
                _ => continue,
            };
            next[kind] = Some(at);
        }
        Self(ends)
    }

    fn after(&self, at: usize, name: &str) -> Option<usize> {
        let kind = match name {
            "comment" => 0,
            "highlight" => 1,
            "raw" => 2,
            _ => return None,
        };
        self.0.get(at)?[kind]
    }
}
