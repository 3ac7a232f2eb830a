//! Labels at the beginning of pasted lines, however they are dressed up.

use super::clean::unquoted;
use super::{Read, words};
use crate::Vocabulary;

/// What a label says of what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Question,
    Category,
    Topic,
    Hint,
    /// What an answer should mention: a hint.
    Keyword,
    Model,
    Answer,
    /// What is said of a question beside its category, such as `난이도`: kept in the hint.
    Note,
    /// Something that belongs to the question and has no field: `참고`, `꼬리 질문`.
    Section,
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// `3` of `Q3.`
    pub(super) number: Option<u32>,
    /// As it is written, such as `내 답변`.
    pub(super) name: String,
    /// What follows it in its line.
    pub(super) rest: String,
    /// Quote prefixes before it.
    pub(super) quotes: usize,
    /// Whether the word is one of everyday use as well.
    pub(super) weak: bool,
    /// Whether it is `Q` or `A`.
    pub(super) letter: bool,
}

/// Reads the label a line begins with.
pub(super) fn read(line: &str, own: &Vocabulary) -> Option<Mark> {
    let (quotes, text) = unquoted(line);
    let mut mark = [undecorated(text), without_number(undecorated(text))]
        .into_iter()
        .find_map(|text| enclosed(text, own).or_else(|| delimited(text, own)))?;
    mark.quotes = quotes;
    Some(mark)
}

/// Whether a text begins with a word that labels a part, and a colon. Looks at the beginning only.
pub(super) fn is_ahead(text: &str, own: &Vocabulary) -> bool {
    let colon =
        text.char_indices().take(words::LABEL_MOST + 4).find(|(_, c)| matches!(c, ':' | '：'));
    let head = colon.and_then(|(at, _)| text.get(..at));
    let word = head.and_then(|head| words::find(head.trim().trim_matches('*'), own));
    word.is_some_and(|word| !word.letter && !word.weak)
}

/// Decides about labels that depend on what stands elsewhere in the text.
pub(super) fn settle(reads: &mut [Read<'_>]) {
    let strong = reads.iter().any(|read| {
        let mark = read.mark.as_ref();
        mark.is_some_and(|mark| mark.kind == Kind::Question && !mark.weak)
    });
    let numbered = reads
        .iter()
        .filter_map(|read| read.mark.as_ref())
        .find(|mark| mark.kind == Kind::Question)
        .is_some_and(|mark| mark.number.is_some());
    let mut asked = false;
    for at in 0..reads.len() {
        let is_letter = |read: &Read<'_>| read.mark.as_ref().is_some_and(|mark| mark.letter);
        let has_choices = reads.get(at).is_some_and(is_letter) && {
            let next = reads.get(at + 1..).unwrap_or_default();
            let mut texts = next.iter().filter(|read| !read.line.is_blank()).take(4);
            texts.any(|read| is_second_choice(read.line.text))
        };
        let Some(read) = reads.get_mut(at) else { continue };
        let Some(mark) = &read.mark else { continue };
        let drop = match mark.kind {
            Kind::Question => mark.weak && (strong || numbered && mark.number.is_none()),
            // `A.` answers a `Q.`; before any question, or followed by `B.`, it is a choice.
            Kind::Answer => mark.letter && (!asked || mark.number.is_none() && has_choices),
            _ => false,
        };
        asked |= mark.kind == Kind::Question && !drop || super::noise::asks(read.line.text);
        if drop {
            read.mark = None;
        }
    }
}

fn is_second_choice(line: &str) -> bool {
    let text = undecorated(unquoted(line).1);
    ["B.", "B)", "b.", "b)", "(B)", "(b)"].iter().any(|choice| text.starts_with(choice))
}

/// A line without heading marks, bullets and ornaments before its text.
pub(super) fn undecorated(text: &str) -> &str {
    let mut rest = text.trim();
    rest = strip_tags(rest);
    loop {
        let before = rest;
        let hashes = rest.trim_start_matches('#');
        if hashes.len() < rest.len() && hashes.starts_with(' ') {
            rest = hashes.trim_start();
        }
        if let Some(after) =
            ["- ", "* ", "+ ", "[ ] ", "[x] "].iter().find_map(|b| rest.strip_prefix(b))
        {
            rest = after.trim_start();
        }
        rest = rest.trim_start_matches(is_ornament).trim_start();
        if rest == before {
            return rest;
        }
    }
}

/// Bullets and pictures; no numbers.
pub(super) fn is_ornament(c: char) -> bool {
    matches!(c,
        '•' | '·' | '‣' | '◦' | '▪' | '▫' | '※' | '\u{fe0f}' | '→' | '➜' | '↳' | 'ㆍ' | '‧'
        | '\u{25a0}'..='\u{25ff}'
        | '\u{2600}'..='\u{2775}'
        | '\u{2794}'..='\u{27bf}'
        | '\u{1f300}'..='\u{1faff}')
}

/// A line without the tags of a fold around it.
fn strip_tags(text: &str) -> &str {
    let mut rest = text;
    for tag in ["<details>", "<details open>", "<summary>", "<b>", "<strong>"] {
        rest = rest.strip_prefix(tag).unwrap_or(rest).trim_start();
    }
    for tag in ["</details>", "</summary>", "</b>", "</strong>"] {
        rest = rest.strip_suffix(tag).unwrap_or(rest).trim_end();
    }
    for tag in ["</strong>", "</b>", "</summary>"] {
        rest = rest.strip_suffix(tag).unwrap_or(rest).trim_end();
    }
    rest
}

/// `1. ` before a label that names its number elsewhere.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    if !(1..=3).contains(&digits) {
        return "";
    }
    rest.strip_prefix(['.', ')']).map_or("", str::trim_start)
}

const PAIRS: [(&str, &str); 12] = [
    ("**", "**"),
    ("__", "__"),
    ("[", "]"),
    ("【", "】"),
    ("〔", "〕"),
    ("<", ">"),
    ("《", "》"),
    ("〈", "〉"),
    ("「", "」"),
    ("『", "』"),
    ("(", ")"),
    ("`", "`"),
];

/// Reads `[질문] …`, `**질문** …`, `**Q1. …**`.
fn enclosed(text: &str, own: &Vocabulary) -> Option<Mark> {
    let (open, close) = PAIRS.iter().find(|(open, _)| text.starts_with(open))?;
    let (inner, after) = text.get(open.len()..)?.split_once(close)?;
    // A link is no label.
    if *open == "[" && after.starts_with('(') {
        return None;
    }
    let inner = inner.trim();
    let bare = inner.trim_matches(|c: char| is_ornament(c) || c.is_whitespace());
    let bare = bare.trim_end_matches([':', '：', '.', ')']).trim_end();
    if let Some(word) = words::find(bare, own) {
        let after = after.trim_start();
        let rest = after.strip_prefix([':', '：', '.', ')', '-', '–', '|']).unwrap_or(after);
        return Some(mark(word, bare, without_bold(rest.trim())));
    }
    let is_bold = matches!(*open, "**" | "__");
    if !is_bold && bare.len() > 60 {
        return None;
    }
    // The whole question may be bold, label and all; and a label may have two dresses.
    let mut of_inner = if is_bold {
        enclosed(undecorated(inner), own).or_else(|| delimited(undecorated(inner), own))?
    } else {
        return None;
    };
    of_inner.rest = format!("{} {}", of_inner.rest, after.trim()).trim().to_owned();
    Some(of_inner)
}

/// Reads `질문: …`, `Q1. …`, `답변) …`, `힌트 - …`, and a label that has the line to itself.
fn delimited(text: &str, own: &Vocabulary) -> Option<Mark> {
    if text.is_empty() {
        return None;
    }
    let most = words::LABEL_MOST + 4;
    let near = text.char_indices().take(most).find(|(_, c)| matches!(c, ':' | '：'));
    if let Some((colon, c)) = near
        && let Some(head) = text.get(..colon)
        && let bare = head.trim().trim_matches('*').trim()
        && let Some(word) = words::find(bare, own)
    {
        let rest = text.get(colon + c.len_utf8()..).unwrap_or_default();
        return (!rest.starts_with("//")).then(|| mark(word, bare, without_bold(rest.trim())));
    }
    if let Some((at, c)) = text.char_indices().take(most).find(|(_, c)| matches!(c, '.' | ')'))
        && let Some(head) = text.get(..at)
        && let Some(word) = words::find(head, own)
        && (matches!(word.kind, Kind::Question | Kind::Answer | Kind::Model)
            || c == ')' && matches!(word.kind, Kind::Hint | Kind::Category | Kind::Keyword))
    {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let apart = rest.chars().next().is_none_or(|c| !c.is_ascii_alphanumeric() && c != '.');
        if apart || word.number.is_some() {
            return Some(mark(word, head, without_bold(rest.trim())));
        }
    }
    for dash in [" - ", " – ", " — ", " | ", "\t"] {
        if let Some((head, rest)) = text.split_once(dash)
            && let Some(word) = words::find(head, own)
            && !word.letter
        {
            return Some(mark(word, head, rest.trim()));
        }
    }
    let bare = text.trim_end_matches([':', '：', '*']).trim_end();
    if let Some(word) = words::find(bare, own) {
        return Some(mark(word, bare, ""));
    }
    let (head, rest) = text.split_once(' ')?;
    let word = words::find(head, own).filter(|word| word.letter && word.number.is_some())?;
    super::noise::asks(rest).then(|| mark(word, head, rest.trim()))
}

/// What follows `**질문:**` without the marks that were closed there, if they were.
fn without_bold(rest: &str) -> &str {
    for bold in ["**", "__"] {
        // An odd number of marks: the first closes what the label opened.
        if let Some(after) = rest.strip_prefix(bold)
            && after.matches(bold).count().is_multiple_of(2)
        {
            return after.trim_start();
        }
    }
    rest
}

fn mark(word: words::Word, name: &str, rest: &str) -> Mark {
    Mark {
        kind: word.kind,
        number: word.number,
        name: name.trim().to_owned(),
        rest: rest.to_owned(),
        quotes: 0,
        weak: word.weak,
        letter: word.letter,
    }
}
