//! Writes a text into the place of a part, with the margin and line endings of that place.

use super::Edits;
use super::text::{is_blank_line, line_end, line_start, lines_of, next_line};
use crate::{Margin, Part, Post, Span, parts, scan};

/// A splice that writes a text, and where (bytes of the result) the text's first line begins.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) edits: Edits,
    pub(super) start: usize,
}

/// A line of a part.
struct OldLine {
    /// Where its margin begins (bytes); the first line's is not known.
    start: usize,
    /// Without margin and line ending.
    content: Span,
}

/// How the lines of a place are written.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    pub(super) eol: &'static str,
    /// What a line with text begins with.
    pub(super) margin: String,
    /// What a blank line is.
    pub(super) blank: String,
}

impl Lines {
    /// Writes `text`, whose lines end in `\n`; the first line's margin stands already.
    pub(super) fn write(&self, text: &str) -> String {
        let mut out = String::new();
        for (at, line) in lines_of(text).into_iter().enumerate() {
            if at > 0 {
                out.push_str(self.eol);
                out.push_str(&self.margin_of(line));
            }
            out.push_str(line);
        }
        out
    }

    /// Writes `text` on lines of its own, the last one without its ending.
    pub(super) fn write_whole(&self, text: &str) -> String {
        let lines = lines_of(text).into_iter().map(|line| self.whole_line(line));
        lines.collect::<Vec<_>>().join(self.eol)
    }

    fn whole_line(&self, line: &str) -> String {
        format!("{}{line}", self.margin_of(line))
    }

    fn margin_of(&self, line: &str) -> String {
        if line.is_empty() {
            self.blank.clone()
        } else if self.margin.ends_with('>') && line.starts_with([' ', '\t']) {
            // Without a space of its own the prefix would take the text's.
            format!("{} ", self.margin)
        } else {
            self.margin.clone()
        }
    }
}

impl Post {
    /// Replaces a part that has a text. Lines at both ends that stay the same keep their bytes.
    pub(super) fn replace_part(&self, part: &Part, new: &str) -> Written {
        let old = self.lines_of_part(part);
        let lines = self.lines_at(part);
        let text_of = |line: &OldLine| self.text().get(line.content.clone()).unwrap_or_default();
        let new_lines = lines_of(new);
        let most = old.len().min(new_lines.len());
        let same = |(a, b): &(&OldLine, &&str)| text_of(a) == **b;
        let head = old.iter().zip(&new_lines).take_while(same).count();
        let tail =
            old.iter().rev().zip(new_lines.iter().rev()).take_while(same).count().min(most - head);
        let changed = new_lines.get(head..new_lines.len() - tail).unwrap_or_default();
        let gone = old.get(head..old.len() - tail).unwrap_or_default();
        let above = head.checked_sub(1).and_then(|at| old.get(at));
        let whole = |lines: &Lines| changed.iter().map(|l| lines.whole_line(l)).collect::<Vec<_>>();
        let (span, text) = match (gone, changed) {
            ([], []) => return Written { edits: Edits::default(), start: part.span.start },
            ([first, .., last] | [first @ last], []) => match (old.get(old.len() - tail), above) {
                (Some(below), _) if head == 0 => {
                    (first.content.start..below.content.start, String::new())
                }
                (Some(below), _) => (first.start..below.start, String::new()),
                (None, above) => {
                    let from = above.map_or(first.content.start, |line| line.content.end);
                    (from..last.content.end, String::new())
                }
            },
            ([], _) => match (above, old.first()) {
                (Some(above), _) => {
                    let text = format!("{}{}", lines.eol, whole(&lines).join(lines.eol));
                    (above.content.end..above.content.end, text)
                }
                (None, first) => {
                    let at = first.map_or(part.span.start, |line| line.content.start);
                    let next = new_lines.get(changed.len()).copied().unwrap_or_default();
                    let text = lines.write(&changed.join("\n"));
                    let below = lines.margin_of(next);
                    (at..at, format!("{text}{}{below}", lines.eol))
                }
            },
            ([first, .., last] | [first @ last], _) if head > 0 => {
                (first.start..last.content.end, whole(&lines).join(lines.eol))
            }
            ([first, .., last] | [first @ last], _) => {
                let space = self.lacking_space(&lines, changed.first(), first.content.start);
                let text = lines.write(&changed.join("\n"));
                (first.content.start..last.content.end, format!("{space}{text}"))
            }
        };
        Written { edits: Edits::one(span, text), start: part.span.start }
    }

    /// The space that a bare `>` in front of `at` lacks for `line` to keep its own.
    fn lacking_space(&self, lines: &Lines, line: Option<&&str>, at: usize) -> &'static str {
        let before = self.text().get(..at).unwrap_or_default();
        let indented = line.is_some_and(|line| line.starts_with([' ', '\t']));
        if lines.margin.contains('>') && before.ends_with('>') && indented { " " } else { "" }
    }

    fn lines_of_part(&self, part: &Part) -> Vec<OldLine> {
        let slice = self.text().get(part.span.clone()).unwrap_or_default();
        let mut lines = Vec::new();
        let mut at = part.span.start;
        for (nth, line) in slice.split_inclusive('\n').enumerate() {
            let margin = if nth == 0 { 0 } else { parts::margin_of(line, part.margin) };
            let ending = line.len() - line.trim_end_matches('\n').len();
            let ending = if ending > 0 && line.ends_with("\r\n") { 2 } else { ending };
            let end = (at + line.len() - ending).max(at + margin);
            lines.push(OldLine { start: at, content: at + margin..end });
            at += line.len();
        }
        lines
    }

    /// How lines are written where a part stands: with the prefix of its first line, and blank ones
    /// as the part's own are.
    pub(super) fn lines_at(&self, part: &Part) -> Lines {
        let eol = self.line_ending_at(part.span.start);
        let text = self.text();
        let first = text.get(line_start(text, part.span.start)..).unwrap_or_default();
        let first = first.split('\n').next().unwrap_or_default();
        let (margin, blank) = match part.margin {
            Margin::None => (String::new(), String::new()),
            Margin::Indent(spaces) => (" ".repeat(spaces), String::new()),
            Margin::Quote => {
                let margin = match scan::quote_prefix(first) {
                    0 => "> ".to_owned(),
                    len => first.get(..len).unwrap_or("> ").to_owned(),
                };
                let slice = text.get(part.span.clone()).unwrap_or_default();
                let blank = slice.lines().skip(1).find(|line| {
                    scan::is_quote(line)
                        && line.get(scan::quote_prefix(line)..).is_some_and(|l| l.is_empty())
                });
                let blank = blank.map_or_else(|| margin.clone(), str::to_owned);
                (margin, blank)
            }
        };
        Lines { eol, margin, blank }
    }

    /// Writes a text where there is none: on lines of its own at `start` (bytes), parted from what
    /// follows by a blank line. `lead` goes in before it, whole lines with their endings.
    ///
    /// A blank line that is there already is used; of two or more, the text takes the first.
    pub(super) fn fill_place(&self, start: usize, lead: &str, text: &str, eol: &str) -> Written {
        let mut insert = String::new();
        let before = self.text().get(..start).unwrap_or_default();
        if !before.is_empty() && !before.ends_with('\n') {
            insert.push_str(eol);
        }
        insert.push_str(lead);
        let text_at = start + insert.len();
        insert.push_str(text);
        let following = self.text().get(start..).unwrap_or_default();
        let mut below = start;
        let mut blanks = 0;
        while is_blank_line(self.text(), below) {
            blanks += 1;
            below = next_line(self.text(), below);
        }
        let at_end = following.trim().is_empty();
        if blanks == 0 && !at_end {
            insert.push_str(eol);
        }
        if blanks < 2 && !(at_end && (blanks == 1 || !self.text().ends_with('\n'))) {
            insert.push_str(eol);
        }
        // Where the text takes a blank line, it takes the white space in it, too.
        let taken = if insert.ends_with('\n') {
            0
        } else {
            following.len() - following.trim_start_matches([' ', '\t']).len()
        };
        Written { edits: Edits::one(start..start + taken, insert), start: text_at }
    }

    /// Puts `lines` (no ending after the last one) under the line that `at` stands in, and a blank
    /// line after them if the one below is not blank.
    pub(super) fn insert_below(&self, at: usize, lines: &str) -> Edits {
        let text = self.text();
        let end = line_end(text, at);
        let eol = self.line_ending_at(at);
        let below = next_line(text, at);
        let has_text = below < text.len() && !is_blank_line(text, below);
        let gap = if has_text { eol } else { "" };
        Edits::one(end..end, format!("{eol}{lines}{gap}"))
    }
}
