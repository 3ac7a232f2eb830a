//! Git's conflict markers: finds the blocks a merge has left in a text, and takes them out again.
//!
//! A post with such blocks is read as if each were its first side, which is what the user had (in a
//! merge) before another version came in: so questions keep their keys and are there once. The
//! markers, their labels and the other sides are hidden from reading, never from the text.
//!
//! A block is what git writes: `<<<<<<<`, perhaps `|||||||` with what both sides come from, `=======`
//! and `>>>>>>>`, in this order, each seven characters at the beginning of a line with nothing behind
//! them but a space and a label. Anything less is text. So is a block in a fence of code that begins
//! before and ends after it: that is how one writes about git. Where a side begins or ends the fence,
//! it is a block.

use std::ops::Range;

use crate::edit::Edits;
use crate::scan::{self, FenceState, Line};
use crate::{Post, Span};

/// A place where two versions were merged and somebody has to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeConflict {
    /// All of it, in whole lines: from the first marker to the last one's line ending.
    pub span: Span,
    /// The first side, which the post is read with.
    pub ours: ConflictSide,
    /// What both sides come from, where git was told to write it down.
    pub base: Option<ConflictSide>,
    /// The second side.
    pub theirs: ConflictSide,
}

/// One version in a [`MergeConflict`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictSide {
    /// What git calls it, such as `HEAD` or the name of a branch; may be empty.
    pub label: String,
    /// Its lines; empty where this version has nothing there.
    pub text: Span,
}

/// What is to stand in the place of a [`MergeConflict`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take<'a> {
    /// The first side.
    Ours,
    /// The second side.
    Theirs,
    /// The first side, then the second one.
    Both,
    /// Another text.
    Text(&'a str),
}

impl Post {
    /// The conflicts that a merge has left in the text, in the order of the file.
    pub fn conflicts(&self) -> &[MergeConflict] {
        &self.conflicts
    }

    /// Returns the conflicts in the entry at `nth` (from zero, in the order of the file), by their
    /// place among all: those that overlap it, and one that begins right where it ends.
    pub fn conflicts_of(&self, nth: usize) -> Vec<usize> {
        let Some((_, entry)) = self.entries().nth(nth) else { return Vec::new() };
        let spans = [Some(&entry.span), entry.answer_span.as_ref()];
        let touches =
            |conflict: &Span, span: &Span| conflict.start <= span.end && span.start < conflict.end;
        let of_entry = |conflict: &MergeConflict| {
            spans.iter().flatten().any(|span| touches(&conflict.span, span))
        };
        let all = self.conflicts.iter().enumerate();
        all.filter(|(_, conflict)| of_entry(conflict)).map(|(at, _)| at).collect()
    }

    /// The post as it would be with the first side of every conflict; none where there is none.
    pub(crate) fn first_sides(&self) -> Option<Self> {
        let conflicted = !self.conflicts.is_empty();
        conflicted.then(|| Self::parse_with(self.hidden.left_out(self.text()), self.vocabulary()))
    }

    /// Puts one side, both or another text in the place of the conflict at `nth` (from zero) and its
    /// markers. Sides keep their bytes; another text gets the line endings of the place.
    ///
    /// None if there is no such conflict.
    pub fn settle(&self, nth: usize, take: Take<'_>) -> Option<Edits> {
        let conflict = self.conflicts.get(nth)?;
        let side = |side: &ConflictSide| self.text().get(side.text.clone()).unwrap_or_default();
        let text = match take {
            Take::Ours => side(&conflict.ours).to_owned(),
            Take::Theirs => side(&conflict.theirs).to_owned(),
            Take::Both => format!("{}{}", side(&conflict.ours), side(&conflict.theirs)),
            Take::Text(text) => {
                let lines = self.text().get(conflict.span.clone()).unwrap_or_default();
                let eol = if lines.contains("\r\n") { "\r\n" } else { "\n" };
                let text = text.replace("\r\n", "\n");
                let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
                format!("{text}{end}").replace('\n', eol)
            }
        };
        Some(Edits::one(conflict.span.clone(), text))
    }
}

/// Finds the conflicts in a text, in its order. Linear in the text.
pub(crate) fn find(text: &str) -> Vec<MergeConflict> {
    if !text.contains("<<<<<<<") {
        return Vec::new();
    }
    let lines = scan::lines(text, 0);
    let blocks = blocks(&lines);
    let examples = examples(&lines, &blocks);
    let real = blocks.iter().enumerate().filter(|(nth, _)| !examples.contains(nth));
    real.map(|(_, block)| block.conflict(&lines)).collect()
}

/// The line numbers, from zero, of a block's markers.
#[derive(Debug, Clone, Copy)]
struct Block {
    ours: usize,
    base: Option<usize>,
    theirs: usize,
    end: usize,
}

impl Block {
    /// The lines of the first side.
    fn ours(&self) -> Range<usize> {
        self.ours + 1..self.base.unwrap_or(self.theirs)
    }

    fn conflict(&self, lines: &[Line<'_>]) -> MergeConflict {
        let start = |line: usize| lines.get(line).map_or(0, |line| line.start);
        let side = |marker: usize, named: usize, to: usize| {
            let label = lines.get(named).and_then(|line| line.text.get(8..)).unwrap_or_default();
            let text = start(marker + 1)..start(to);
            ConflictSide { label: label.trim().to_owned(), text }
        };
        MergeConflict {
            span: start(self.ours)..lines.get(self.end).map_or(0, |line| line.next),
            ours: side(self.ours, self.ours, self.ours().end),
            base: self.base.map(|base| side(base, base, self.theirs)),
            theirs: side(self.theirs, self.end, self.end),
        }
    }
}

fn blocks(lines: &[Line<'_>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut ours, mut base, mut theirs) = (None, None, None);
    for (at, line) in lines.iter().enumerate() {
        match (marker(line.text), ours) {
            (Some(b'<'), _) => (ours, base, theirs) = (Some(at), None, None),
            (Some(b'|'), Some(_)) if base.is_none() && theirs.is_none() => base = Some(at),
            (Some(b'='), Some(_)) if theirs.is_none() => theirs = Some(at),
            (Some(b'>'), Some(first)) => {
                if let Some(theirs) = theirs {
                    blocks.push(Block { ours: first, base, theirs, end: at });
                }
                (ours, base, theirs) = (None, None, None);
            }
            _ => {}
        }
    }
    blocks
}

/// The character of a marker line: seven of them and, but for `=`, perhaps a label.
fn marker(line: &str) -> Option<u8> {
    let mark = *line.as_bytes().first()?;
    let rest = line.get(7..).filter(|_| line.bytes().take(7).all(|byte| byte == mark))?;
    let fits = match mark {
        b'<' | b'>' | b'|' => rest.is_empty() || rest.starts_with(' '),
        b'=' => rest.is_empty(),
        _ => false,
    };
    fits.then_some(mark)
}

/// Whether a line is one of git's markers.
pub(crate) fn is_marker(line: &str) -> bool {
    marker(line).is_some()
}

/// Which blocks stand in a fence of code that neither begins nor ends in them.
fn examples(lines: &[Line<'_>], blocks: &[Block]) -> Vec<usize> {
    let mut examples = Vec::new();
    // In the fence that is open now.
    let mut inside = Vec::new();
    let mut fence = FenceState::default();
    let mut at = 0;
    let mut next = blocks.iter().enumerate().peekable();
    while let Some(line) = lines.get(at) {
        if let Some((nth, block)) = next.next_if(|(_, block)| block.ours == at) {
            let all = lines.get(at..=block.end).unwrap_or_default();
            if fence.is_open() && !all.iter().any(|line| fence.closes(line.text)) {
                inside.push(nth);
            } else {
                for line in lines.get(block.ours()).unwrap_or_default() {
                    fence.pass(line.text);
                }
            }
            at = block.end + 1;
            continue;
        }
        let was_open = fence.is_open();
        fence.pass(line.text);
        if was_open && !fence.is_open() {
            examples.append(&mut inside);
        }
        at += 1;
    }
    examples
}

/// What of a text is left out when it is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hidden {
    /// Ascending, disjoint.
    runs: Vec<Run>,
}

#[derive(Debug, Clone)]
struct Run {
    span: Span,
    /// Bytes left out before it.
    before: usize,
}

impl Run {
    /// Where it would be in the text without any of them.
    fn place(&self) -> usize {
        self.span.start - self.before
    }
}

impl Hidden {
    pub(crate) fn of(conflicts: &[MergeConflict]) -> Self {
        let mut runs = Vec::with_capacity(2 * conflicts.len());
        let mut before = 0;
        for MergeConflict { span, ours, .. } in conflicts {
            for span in [span.start..ours.text.start, ours.text.end..span.end] {
                let len = span.len();
                runs.push(Run { span, before });
                before += len;
            }
        }
        Self { runs }
    }

    /// The text without the runs.
    pub(crate) fn left_out(&self, text: &str) -> String {
        cut(text, 0..text.len(), &self.runs)
    }

    /// The part of the text at `span` without the runs in it; none if there are none in it.
    pub(crate) fn within(&self, text: &str, span: &Span) -> Option<String> {
        let from = self.runs.partition_point(|run| run.span.end <= span.start);
        let to = self.runs.partition_point(|run| run.span.start < span.end);
        let inside = self.runs.get(from..to).filter(|runs| !runs.is_empty())?;
        Some(cut(text, span.clone(), inside))
    }

    /// Moves a range of the text without the runs to where it is in the text with them. A run at its
    /// beginning or end is left outside.
    pub(crate) fn place(&self, span: &mut Span) {
        let Span { start, end } = *span;
        *span =
            if start == end { self.before(start) } else { self.behind(start) }..self.before(end);
    }

    /// Where the byte is that stands at `at` in the text without the runs.
    pub(crate) fn behind(&self, at: usize) -> usize {
        at + self.len_of(self.runs.partition_point(|run| run.place() <= at))
    }

    fn before(&self, at: usize) -> usize {
        at + self.len_of(self.runs.partition_point(|run| run.place() < at))
    }

    /// The length of the first `count` runs.
    fn len_of(&self, count: usize) -> usize {
        let last = count.checked_sub(1).and_then(|last| self.runs.get(last));
        last.map_or(0, |run| run.before + run.span.len())
    }
}

/// The text at `span` without the runs, which overlap it.
fn cut(text: &str, span: Span, runs: &[Run]) -> String {
    let mut out = String::with_capacity(span.len());
    let mut at = span.start;
    for run in runs {
        out.push_str(text.get(at..run.span.start).unwrap_or_default());
        at = run.span.end;
    }
    out.push_str(text.get(at..span.end).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests;
