//! Finds what the links of a list point to, where answers stand apart from their questions.

use std::collections::{BTreeMap, HashMap};

use crate::scan::{Block, BlockKind};
use crate::vocabulary::fold_letters;
use crate::{Vocabulary, listed, marks, parts};

/// What links of a list point to: headings that are no more than a number, and anchors.
pub(crate) struct Targets {
    /// By the folded name.
    pub(crate) by_name: HashMap<String, usize>,
    /// By the index of the heading's block.
    pub(crate) by_block: HashMap<usize, usize>,
    /// By the start of an anchor's line (bytes).
    pub(crate) by_line: BTreeMap<usize, usize>,
}

impl Targets {
    /// Finds the targets that links of the region's lists point to.
    pub(crate) fn of(text: &str, blocks: &[Block], words: &Vocabulary) -> Self {
        let mut targets =
            Self { by_name: HashMap::new(), by_block: HashMap::new(), by_line: BTreeMap::new() };
        let links = links(text, blocks);
        if links.is_empty() {
            return targets;
        }
        let is_chapter = |at: usize| is_chapter(text, blocks.get(at), words);
        for (at, block) in blocks.iter().enumerate() {
            let source = text.get(block.span.clone()).unwrap_or_default();
            match block.kind {
                BlockKind::Heading { content, .. } => {
                    let title = text.get(content.0..content.1).unwrap_or_default();
                    for name in names(title, words) {
                        if links.get(&name).is_some_and(|link| *link < block.span.start) {
                            let id = targets.by_name.len();
                            if targets.by_name.insert(name, id).is_none() {
                                targets.by_block.entry(at).or_insert(id);
                            }
                        }
                    }
                }
                BlockKind::Text => {
                    let mut start = block.span.start;
                    let below_chapter = at.checked_sub(1).is_some_and(is_chapter);
                    let above_chapter = is_chapter(at + 1);
                    for line in source.split_inclusive('\n') {
                        let name = anchor(line.trim()).filter(|(_, rest)| rest.is_empty());
                        let of_chapter = below_chapter && start == block.span.start
                            || above_chapter && start + line.len() == block.span.end;
                        if let Some((name, _)) = name.filter(|_| !of_chapter)
                            && links.get(&fold_name(name)).is_some_and(|link| *link < start)
                            && !targets.by_name.contains_key(&fold_name(name))
                        {
                            let id = targets.by_name.len();
                            targets.by_name.insert(fold_name(name), id);
                            targets.by_line.insert(start, id);
                        }
                        start += line.len();
                    }
                }
                _ => {}
            }
        }
        targets
    }

    /// Whether an anchor's line is among the blocks.
    pub(crate) fn holds_line(&self, blocks: &[Block]) -> bool {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return false };
        self.by_line.range(first.span.start..last.span.end).next().is_some()
    }
}

/// Whether a block is a heading with words of its own, so that an anchor at it is a chapter's, which a
/// table of contents points to.
fn is_chapter(text: &str, block: Option<&Block>, words: &Vocabulary) -> bool {
    let Some(Block { kind: BlockKind::Heading { content, .. }, .. }) = block else { return false };
    let title = text.get(content.0..content.1).unwrap_or_default();
    names(title, words).is_empty() && words.label(title).is_none()
}

/// The names that links in lists point to, with the place of the first such link (bytes).
fn links(text: &str, blocks: &[Block]) -> HashMap<String, usize> {
    let mut links = HashMap::new();
    for block in blocks.iter().filter(|b| b.kind == BlockKind::Text) {
        // Most text holds no link at all.
        if !text.get(block.span.clone()).is_some_and(|source| source.contains('[')) {
            continue;
        }
        for line in parts::lines_between(text, block.span.start, block.span.end) {
            if let Some(item) = marks::list_item(line.text)
                && let Some((_, target)) = listed::link_item(line.text, &item)
            {
                links.entry(fold_name(target)).or_insert(line.start);
            }
        }
    }
    links
}

/// The names a heading answers to, if it is no more than a number or anchor: `#1`, `1.`, `답변 1`,
/// `<a name="q1"></a>`. A heading with words of its own is what a table of contents points to.
fn names(title: &str, words: &Vocabulary) -> Vec<String> {
    let (anchor, rest) = match anchor(title) {
        Some((name, rest)) => (Some(fold_name(name)), rest),
        None => (None, title.to_owned()),
    };
    let id = rest.rfind("{#").and_then(|at| rest.get(at + 2..)?.strip_suffix('}').map(fold_name));
    let bare = fold_letters(crate::labels::without_id(&rest), 40);
    let word = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let known = word.is_empty() || words.question.iter().chain(&words.answer).any(|w| w == word);
    let numbered = bare.len() > word.len() || anchor.is_some() || id.is_some();
    if !known || !numbered {
        return Vec::new();
    }
    let own = (bare.len() > word.len()).then(|| bare.clone());
    anchor.into_iter().chain(id).chain(own).collect()
}

/// Splits `<a name="1"></a>` off a text: the name and what is left.
fn anchor(text: &str) -> Option<(&str, String)> {
    let open = text.find("<a ")?;
    let tag = text.get(open..)?;
    let end = tag.find('>')?;
    let at = tag.get(..end)?.find("name=").map(|at| at + 5);
    let at = at.or_else(|| tag.get(..end)?.find("id=").map(|at| at + 3))?;
    let value = tag.get(at..end)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = value.get(1..)?.split(quote).next().filter(|name| !name.is_empty())?;
    let rest = tag.get(end + 1..)?;
    let rest = rest.replacen("</a>", "", 1);
    Some((name, format!("{}{rest}", text.get(..open)?).trim().to_owned()))
}

/// A link's name or a heading's, for comparison.
pub(crate) fn fold_name(name: &str) -> String {
    fold_letters(name, 80)
}
