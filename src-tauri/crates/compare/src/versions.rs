//! Two versions of one text, word by word.

use std::ops::Range;

use similar::{Algorithm, ChangeTag, TextDiff};

/// A run of words that two versions share, or that one of them lacks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DiffSpan {
    /// Whether it stayed, went or came.
    pub kind: DiffKind,
    /// Where it stands in the old version, in bytes from zero; empty, at the place, if added.
    pub old: Range<usize>,
    /// Where it stands in the new version, in bytes from zero; empty, at the place, if removed.
    pub new: Range<usize>,
}

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiffKind {
    /// In both versions.
    Equal,
    /// In the old version only.
    Removed,
    /// In the new version only.
    Added,
}

/// Compares two versions of one text by words.
///
/// The spans cover both versions without gaps, in order; where words were replaced, the removed
/// ones come first. The source is compared as it is, with its marks, because a version is what
/// was saved.
pub fn word_diff(old: &str, new: &str) -> Vec<DiffSpan> {
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_unicode_words(old, new);
    let mut spans = Spans::default();
    for change in diff.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Delete => {
                spans.join();
                spans.changed.0 += text.len();
            }
            ChangeTag::Insert => {
                spans.join();
                spans.changed.1 += text.len();
            }
            // A lone space between two replaced words is no reason to tell them apart.
            ChangeTag::Equal if spans.is_open() && text.chars().all(|c| c == ' ') => {
                spans.between += text.len();
            }
            ChangeTag::Equal => {
                spans.close();
                spans.push(DiffKind::Equal, text.len(), text.len());
            }
        }
    }
    spans.close();
    spans.out
}

/// The spans so far, and the change that is still open.
#[derive(Default)]
struct Spans {
    out: Vec<DiffSpan>,
    /// End of `out` in both versions.
    at: (usize, usize),
    /// Bytes of the open change in both versions.
    changed: (usize, usize),
    /// Bytes of the space behind it, which are in both.
    between: usize,
}

impl Spans {
    fn is_open(&self) -> bool {
        self.changed != (0, 0)
    }

    /// Takes the space behind the open change into it.
    fn join(&mut self) {
        let between = std::mem::take(&mut self.between);
        self.changed.0 += between;
        self.changed.1 += between;
    }

    fn close(&mut self) {
        let (old, new) = std::mem::take(&mut self.changed);
        self.push(DiffKind::Removed, old, 0);
        self.push(DiffKind::Added, 0, new);
        let between = std::mem::take(&mut self.between);
        self.push(DiffKind::Equal, between, between);
    }

    fn push(&mut self, kind: DiffKind, old: usize, new: usize) {
        if (old, new) == (0, 0) {
            return;
        }
        let end = (self.at.0 + old, self.at.1 + new);
        match self.out.last_mut().filter(|last| last.kind == kind) {
            Some(last) => (last.old.end, last.new.end) = end,
            None => self.out.push(DiffSpan { kind, old: self.at.0..end.0, new: self.at.1..end.1 }),
        }
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(old: &str, new: &str) -> String {
        word_diff(old, new)
            .into_iter()
            .map(|span| match span.kind {
                DiffKind::Equal => old.get(span.old).unwrap().to_owned(),
                DiffKind::Removed => format!("[-{}]", old.get(span.old).unwrap()),
                DiffKind::Added => format!("[+{}]", new.get(span.new).unwrap()),
            })
            .collect()
    }

    #[test]
    fn words_are_kept_removed_or_added() {
        for (old, new, expected) in [
            ("", "", ""),
            ("락을 쓴다", "락을 쓴다", "락을 쓴다"),
            ("", "새 글", "[+새 글]"),
            ("옛 글", "", "[-옛 글]"),
            (
                "락을 걸고 기다린다",
                "큐에 넣고 돌려준다",
                "[-락을 걸고 기다린다][+큐에 넣고 돌려준다]",
            ),
            ("끝.", "끝. 그리고 더.", "끝.[+ 그리고 더.]"),
            ("낙관적 락을 쓴다.", "비관적 락을 쓴다.", "[-낙관적][+비관적] 락을 쓴다."),
        ] {
            assert_eq!(render(old, new), expected, "{old:?} to {new:?}");
        }
    }
}
