//! Splices and what they make together.

use crate::Span;

/// Splices into the text of a post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edits {
    /// Invariant: ascending, disjoint, inside the text they were made for.
    splices: Vec<(Span, String)>,
}

impl Edits {
    pub(crate) fn one(span: Span, text: String) -> Self {
        Self { splices: vec![(span, text)] }
    }

    /// `splices` are ascending and disjoint.
    pub(super) fn of(splices: Vec<(Span, String)>) -> Self {
        Self { splices }
    }

    /// Takes ranges out, which may overlap.
    pub(super) fn cuts(mut spans: Vec<Span>) -> Self {
        spans.sort_by_key(|span| span.start);
        let mut splices: Vec<(Span, String)> = Vec::new();
        for span in spans {
            match splices.last_mut().filter(|(last, _)| last.end >= span.start) {
                Some((last, _)) => last.end = last.end.max(span.end),
                None => splices.push((span, String::new())),
            }
        }
        Self { splices }
    }

    /// The ranges that are replaced (bytes of the text before), with what replaces them.
    pub fn splices(&self) -> &[(Span, String)] {
        &self.splices
    }

    /// Returns `text` with the splices made. Every byte outside their ranges stays as it is.
    pub fn apply(&self, text: &str) -> String {
        let grown: usize = self.splices.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + grown);
        let mut at = 0;
        for (span, new) in &self.splices {
            out.push_str(text.get(at..span.start).unwrap_or_default());
            out.push_str(new);
            at = span.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }

    /// Returns the splices that do at once what these do to a text of `len` bytes and `next` to what
    /// they make of it.
    pub(super) fn then(&self, next: &Self, len: usize) -> Self {
        let mut pieces = Pieces::of(self, len);
        let mut at = 0;
        let mut out = Vec::new();
        for (span, new) in &next.splices {
            pieces.take(span.start.saturating_sub(at), Some(&mut out));
            out.push(Piece::New(new));
            pieces.take(span.len(), None);
            at = span.end;
        }
        pieces.take(usize::MAX, Some(&mut out));
        let mut splices = Vec::new();
        let (mut from, mut pending) = (0, String::new());
        for piece in out {
            match piece {
                Piece::New(text) => pending.push_str(text),
                Piece::Kept(kept) => {
                    if kept.start > from || !pending.is_empty() {
                        splices.push((from..kept.start, std::mem::take(&mut pending)));
                    }
                    from = kept.end;
                }
            }
        }
        if from < len || !pending.is_empty() {
            splices.push((from..len, pending));
        }
        Self { splices }
    }
}

/// A stretch of a text that splices made.
enum Piece<'a> {
    /// Bytes of the text before.
    Kept(Span),
    New(&'a str),
}

/// The stretches of a spliced text, taken off from its beginning.
struct Pieces<'a> {
    /// In reverse.
    left: Vec<Piece<'a>>,
}

impl<'a> Pieces<'a> {
    fn of(edits: &'a Edits, len: usize) -> Self {
        let mut left = Vec::new();
        let mut at = 0;
        for (span, new) in &edits.splices {
            left.push(Piece::Kept(at..span.start));
            left.push(Piece::New(new));
            at = span.end;
        }
        left.push(Piece::Kept(at..len));
        left.reverse();
        Self { left }
    }

    /// Takes off `bytes`, into `out` if there is one.
    fn take(&mut self, mut bytes: usize, mut out: Option<&mut Vec<Piece<'a>>>) {
        while bytes > 0 {
            let Some(piece) = self.left.pop() else { return };
            let (head, rest) = match piece {
                Piece::Kept(span) => {
                    let cut = span.end.min(span.start.saturating_add(bytes));
                    bytes -= cut - span.start;
                    (Piece::Kept(span.start..cut), Piece::Kept(cut..span.end))
                }
                Piece::New(text) => {
                    let (head, rest) = text.split_at(text.len().min(bytes));
                    bytes -= head.len();
                    (Piece::New(head), Piece::New(rest))
                }
            };
            let is_empty = |piece: &Piece<'_>| match piece {
                Piece::Kept(span) => span.is_empty(),
                Piece::New(text) => text.is_empty(),
            };
            if !is_empty(&rest) {
                self.left.push(rest);
            }
            if let Some(out) = out.as_deref_mut().filter(|_| !is_empty(&head)) {
                out.push(head);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Up to three splices into a text of `len` bytes of ASCII.
    fn edits(len: usize) -> impl Strategy<Value = Edits> {
        prop::collection::vec((0..=len, 0..=len, "[a-c]{0,4}"), 0..3).prop_map(move |all| {
            let mut cuts: Vec<usize> = all.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
            cuts.sort_unstable();
            let spans = cuts.chunks(2).map(|pair| pair[0]..pair[1]);
            Edits { splices: spans.zip(all.into_iter().map(|(.., new)| new)).collect() }
        })
    }

    proptest! {
        #[test]
        fn two_edits_make_one(first in edits(12), seed in edits(40)) {
            let text = "0123456789xy";
            let between = first.apply(text);
            let fits = |at: usize| at.min(between.len());
            let second = Edits {
                splices: seed.splices.iter().map(|(s, t)| (fits(s.start)..fits(s.end), t.clone())).collect(),
            };
            let both = first.then(&second, text.len());
            prop_assert_eq!(both.apply(text), second.apply(&between));
            let mut end = 0;
            for (span, _) in &both.splices {
                prop_assert!(span.start >= end && span.end <= text.len());
                end = span.end;
            }
        }
    }
}
