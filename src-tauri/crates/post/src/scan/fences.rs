//! Code fences: how they open, and where they close.

use std::ops::Range;

use super::Dialect;
use super::lines::{Line, unindented};
use super::liquid::Liquid;

/// The opening of a code fence: its character and how many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fence {
    mark: u8,
    len: usize,
    /// Whether fewer marks will do: kramdown takes the others for what the fence says of itself.
    yields: bool,
}

/// Reads the opening line of a fence: up to three spaces, marks, and words that say what is in it.
pub(crate) fn fence_open(text: &str) -> Option<Fence> {
    open(text, Dialect::OURS)
}

pub(super) fn open(text: &str, dialect: Dialect) -> Option<Fence> {
    let rest = unindented(text)?;
    let mark = *rest.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let len = rest.bytes().take_while(|b| *b == mark).count();
    let after = rest.get(len..)?;
    let info = after.trim_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
    let odd = if dialect.fences_like_github {
        mark == b'`' && info.contains('`')
    } else {
        info.contains([' ', '\t', '\r', '\u{b}', '\u{c}'])
    };
    let yields = info.is_empty() || after.starts_with(info);
    (len >= 3 && !odd).then_some(Fence { mark, len, yields })
}

/// Whether a line begins as a fence does. Ends a paragraph, whatever follows.
pub(super) fn begins_fence(text: &str) -> bool {
    let rest = unindented(text).unwrap_or_default();
    rest.len() >= 3 && rest.bytes().take(3).all(|b| matches!(b, b'`' | b'~'))
}

/// Where fences can close, so that an opening without a closing costs no search to the end.
pub(super) struct FenceClosings {
    /// Line, mark, length; ascending by line.
    closings: Vec<(usize, Fence)>,
    /// For each closing, the longest one of backticks and of tildes from it on.
    longest: Vec<[usize; 2]>,
}

impl FenceClosings {
    pub(super) fn of(lines: &[Line<'_>], liquid: &Liquid) -> Self {
        let closings: Vec<_> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| Some((at, closing(line.text)?)))
            .filter(|(at, _)| !liquid.is_blank(*at))
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

    /// The line that closes a fence opened at line `at`. Where no closing is as long as the opening,
    /// the longest there is may do.
    pub(super) fn after(&self, at: usize, open: Fence) -> Option<usize> {
        let first = self.closings.partition_point(|(line, _)| *line <= at);
        let kind = usize::from(open.mark == b'~');
        let longest = self.longest.get(first)?[kind];
        let len = if open.yields { open.len.min(longest) } else { open.len };
        if len < 3 || len > longest {
            return None;
        }
        self.closings
            .get(first..)?
            .iter()
            .find(|(_, close)| close.mark == open.mark && close.len >= len)
            .map(|(line, _)| *line)
    }
}

fn closing(text: &str) -> Option<Fence> {
    let rest = unindented(text)?;
    let mark = *rest.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
    let rest = rest.trim_end_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
    let marks = rest.len() >= 3 && rest.bytes().all(|b| b == mark);
    marks.then_some(Fence { mark, len: rest.len(), yields: true })
}

/// Whether a fence is open at a line, for a text that is read line by line. A fence that is never
/// closed counts as open.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FenceState {
    open: Option<Fence>,
}

impl FenceState {
    pub(crate) fn is_open(self) -> bool {
        self.open.is_some()
    }

    /// Whether a line would close the open fence.
    pub(crate) fn closes(self, line: &str) -> bool {
        let close = |open: Fence| {
            closing(line).is_some_and(|close| close.mark == open.mark && close.len >= open.len)
        };
        self.open.is_some_and(close)
    }

    /// Goes on behind a line.
    pub(crate) fn pass(&mut self, line: &str) {
        match self.open {
            Some(_) if self.closes(line) => self.open = None,
            Some(_) => {}
            None => self.open = fence_open(line),
        }
    }
}

/// The fences among `lines`, wherever they are indented: ranges of lines, and the line of one that
/// never closes.
pub(super) fn inside(lines: &[Line<'_>]) -> (Vec<Range<usize>>, Option<usize>) {
    let mut closed = Vec::new();
    let mut open: Option<(usize, Fence)> = None;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim_start();
        match open {
            Some((start, fence)) => {
                if closing(text).is_some_and(|c| c.mark == fence.mark && c.len >= fence.len) {
                    closed.push(start..at + 1);
                    open = None;
                }
            }
            None => open = fence_open(text).map(|fence| (at, fence)),
        }
    }
    (closed, open.map(|(start, _)| start))
}
