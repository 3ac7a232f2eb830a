//! The piece of a part that shows why it was found.

mod matches;
mod plain;
#[cfg(test)]
mod tests;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use matches::Found;
pub(crate) use matches::Needles;

/// Characters of a snippet, about.
const LENGTH: usize = 120;
/// Characters shown before the first match, about.
const LEAD: usize = 30;
/// Characters a cut may move to spare a word.
const SLACK: usize = 16;
/// Bytes of a part that are looked through.
const MOST_BYTES: usize = 256 * 1024;

impl Needles {
    /// Returns the best piece of `markdown`.
    pub(crate) fn snippet(&self, markdown: &str) -> Snippet {
        let mut end = markdown.len().min(MOST_BYTES);
        while !markdown.is_char_boundary(end) {
            end -= 1;
        }
        let markdown = markdown.get(..end).unwrap_or("");
        let mut text = plain::plain(markdown);
        let mut found = self.find(&text);
        if found.is_empty() {
            // What is found may be a mark: an address, the language of a piece of code.
            let whole = plain::on_one_line(markdown);
            let in_marks = self.find(&whole);
            if !in_marks.is_empty() {
                (text, found) = (whole, in_marks);
            }
        }
        let window = window(&text, &found, self.count());
        let (shown, highlights) = cut(&text, window, &found);
        Snippet { text: shown, highlights, occurrences: places(&found) }
    }
}

impl Needles {
    /// Returns the bytes of `markdown` that match: rising, disjoint, on character bounds. Marks
    /// inside a match belong to it.
    pub(crate) fn places(&self, markdown: &str) -> Vec<Range<usize>> {
        let mut end = markdown.len().min(MOST_BYTES);
        while !markdown.is_char_boundary(end) {
            end -= 1;
        }
        let plain = plain::placed(markdown.get(..end).unwrap_or(""));
        let mut places: Vec<Range<usize>> = Vec::new();
        for found in self.find(&plain.text) {
            let place = plain.source(&found.span);
            match places.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => places.push(place),
            }
        }
        places
    }
}

/// A piece of a part.
pub(crate) struct Snippet {
    /// Plain text.
    pub(crate) text: String,
    /// Bytes of it that match.
    pub(crate) highlights: Vec<Range<usize>>,
    /// How many places of the whole part match.
    pub(crate) occurrences: usize,
}

/// Counts stretches that match, those that overlap as one.
fn places(found: &[Found]) -> usize {
    let mut end = 0;
    let mut count = 0;
    for found in found {
        if count == 0 || found.span.start >= end {
            count += 1;
        }
        end = end.max(found.span.end);
    }
    count
}

/// Returns the bytes of `text` to show: those with the most different words found, the first if
/// there are several. There are `all` words.
fn window(text: &str, found: &[Found], all: usize) -> Range<usize> {
    let mut best = 0;
    let mut most = 0;
    let mut last = 0;
    for (i, first) in found.iter().enumerate() {
        last = last.max(i);
        let limit = forward(text, first.span.start, LENGTH - LEAD);
        while found.get(last).is_some_and(|found| found.span.end <= limit) {
            last += 1;
        }
        let seen = found.get(i..last.max(i + 1)).unwrap_or(&[]);
        let mut needles: Vec<usize> = seen.iter().map(|found| found.needle).collect();
        needles.sort_unstable();
        needles.dedup();
        if needles.len() > most {
            most = needles.len();
            best = first.span.start;
        }
        if most == all {
            break;
        }
    }
    let start = backward(text, best, LEAD);
    let end = forward(text, start, LENGTH);
    // Near the end, show more of what is before.
    let shown = text.get(start..end).map_or(0, |text| text.chars().count());
    (backward(text, start, LENGTH.saturating_sub(shown)))..end
}

/// Returns the byte `count` characters after `at`.
fn forward(text: &str, at: usize, count: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.char_indices().nth(count))
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// Returns the byte `count` characters before `at`.
fn backward(text: &str, at: usize, count: usize) -> usize {
    if count == 0 {
        return at;
    }
    text.get(..at)
        .and_then(|before| before.char_indices().nth_back(count - 1))
        .map_or(0, |(offset, _)| offset)
}

/// Cuts `window` out of `text` on word bounds, or at least between graphemes.
fn cut(text: &str, window: Range<usize>, found: &[Found]) -> (String, Vec<Range<usize>>) {
    let start = if window.start == 0 { 0 } else { word_start(text, window.start) };
    let end = if window.end >= text.len() { text.len() } else { word_end(text, window.end) };
    let (start, end) = if start < end { (start, end) } else { (window.start, window.end) };
    let (start, end) = trimmed(text, start, end);
    let lead = if start > 0 { "…" } else { "" };
    let mut snippet = String::with_capacity(end - start + 6);
    snippet.push_str(lead);
    snippet.push_str(text.get(start..end).unwrap_or(""));
    if end < text.len() {
        snippet.push('…');
    }
    let mut highlights: Vec<Range<usize>> = Vec::new();
    for found in found {
        let span = found.span.start.max(start)..found.span.end.min(end);
        if span.start >= span.end {
            continue;
        }
        let span = span.start - start + lead.len()..span.end - start + lead.len();
        match highlights.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => highlights.push(span),
        }
    }
    (snippet, highlights)
}

/// Returns the next start of a word at or after `at`, or of a grapheme if there is none near.
fn word_start(text: &str, at: usize) -> usize {
    let from = backward(text, at, 1);
    let near = forward(text, at, SLACK);
    let space = text.get(from..near).and_then(|near| near.find(char::is_whitespace));
    space.map_or_else(|| grapheme_bound(text, at), |offset| from + offset)
}

/// Returns the last end of a word at or before `at`, or of a grapheme if there is none near.
fn word_end(text: &str, at: usize) -> usize {
    let near = backward(text, at, SLACK);
    let to = forward(text, at, 1);
    let space = text.get(near..to).and_then(|near| near.rfind(char::is_whitespace));
    space.map_or_else(|| grapheme_bound(text, at), |offset| near + offset)
}

/// Returns the last bound between graphemes at or before `at`.
fn grapheme_bound(text: &str, at: usize) -> usize {
    // A grapheme is short; starting anew at a space before is exact and spares the whole text.
    let from = text.get(..backward(text, at, 64)).and_then(|before| before.rfind(' ')).unwrap_or(0);
    text.get(from..).map_or(at, |rest| {
        rest.grapheme_indices(true)
            .map(|(offset, _)| from + offset)
            .take_while(|&bound| bound <= at)
            .last()
            .unwrap_or(from)
    })
}

fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let inside = text.get(start..end).unwrap_or("");
    let start = start + (inside.len() - inside.trim_start().len());
    (start, start + inside.trim().len())
}

/// Returns `snippet` with brackets around its highlights.
#[cfg(test)]
pub(crate) fn marked(snippet: &str, highlights: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut end = 0;
    for span in highlights {
        let shown = [snippet.get(end..span.start), snippet.get(span.clone())].map(Option::unwrap);
        out += &format!("{}[{}]", shown[0], shown[1]);
        end = span.end;
    }
    out + snippet.get(end..).unwrap()
}
