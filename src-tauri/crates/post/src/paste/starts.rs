//! Finds the lines of a paste at which its questions begin.

use std::collections::HashMap;

use super::clean::{is_rule, unquoted};
use super::mark::{self, Kind};
use super::noise::{asks, ends_asking};
use super::{Line, Read};

/// More characters than a line has that is all of a question; longer ones are cut after a sentence.
const QUESTION_MOST: usize = 1_000;
/// More characters than a bullet has that names a question.
const SHORT: usize = 60;
/// Paragraphs that may stand before the question of a text without labels.
const LEAD_MOST: usize = 5;

/// Where a question begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    /// Index of its line.
    pub(super) at: usize,
    /// The number it has in the text.
    pub(super) number: Option<u32>,
    /// The line's text without marks; none where a label begins the line.
    pub(super) question: Option<String>,
    /// What the line says behind the question.
    pub(super) behind: Option<String>,
    /// Whether the question is no longer than its line, however that ends.
    pub(super) one_line: bool,
}

impl Start {
    fn at(at: usize, question: &str) -> Self {
        Self {
            at,
            number: None,
            question: Some(question.to_owned()),
            behind: None,
            one_line: false,
        }
    }
}

/// How an item of a list is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// `1.`
    Dot,
    /// `1)`
    Paren,
    /// `(1)`
    Parens,
    /// `①`
    Circled,
    /// `1번`
    Counted,
    /// `-`, `•`
    Bullet,
}

/// A line that is an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item<'a> {
    style: Style,
    number: u32,
    /// Columns before its mark.
    indent: usize,
    text: &'a str,
}

/// Reads the mark of a list item.
pub(super) fn item(line: &str) -> Option<Item<'_>> {
    let text = unquoted(line).1;
    let trimmed = text.trim_start();
    let indent = text.len() - trimmed.len();
    let bare = trimmed.trim_start_matches('#').trim_start();
    let bare = bare.strip_prefix("**").unwrap_or(bare).trim_start();
    let (style, number, rest) = numbered(bare).or_else(|| bullet(trimmed))?;
    let text = rest.trim_start();
    (!text.is_empty()).then_some(Item { style, number, indent, text })
}

fn numbered(text: &str) -> Option<(Style, u32, &str)> {
    let first = text.chars().next()?;
    let circled = |from: char| u32::from(first).checked_sub(u32::from(from));
    for from in ['①', '❶'] {
        if let Some(nth) = circled(from).filter(|nth| *nth < if from == '①' { 20 } else { 10 }) {
            return Some((Style::Circled, nth + 1, text.get(first.len_utf8()..)?));
        }
    }
    if let Some(inner) = text.strip_prefix('(') {
        let (number, rest) = digits(inner)?;
        return Some((Style::Parens, number, rest.strip_prefix(')')?));
    }
    let (number, rest) = digits(text)?;
    // The keys of a telephone, as pictures.
    let keycap = rest.trim_start_matches('\u{fe0f}');
    if let Some(rest) = keycap.strip_prefix('\u{20e3}') {
        return Some((Style::Dot, number, rest));
    }
    if let Some(rest) = rest.strip_prefix('번') {
        let rest = rest.trim_start().strip_prefix(['.', ')', ':'])?;
        return Some((Style::Counted, number, rest));
    }
    let (style, rest) = match rest.strip_prefix('.') {
        Some(rest) => (Style::Dot, rest),
        None => (Style::Paren, rest.strip_prefix(')')?),
    };
    // `1.5배`, `3.x`
    let apart = rest.chars().next().is_some_and(|c| !c.is_ascii_alphanumeric() && c != '.');
    apart.then_some((style, number, rest))
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let len = text.len() - rest.len();
    if !(1..=3).contains(&len) {
        return None;
    }
    Some((text.get(..len)?.parse().ok()?, rest))
}

fn bullet(text: &str) -> Option<(Style, u32, &str)> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let plain = matches!(first, '-' | '*' | '+') && rest.starts_with([' ', '\t']);
    let drawn = mark::is_ornament(first) && first != '※' && first != '\u{fe0f}';
    (plain || drawn).then_some((Style::Bullet, 0, rest))
}

/// Finds where the questions begin, ascending; nowhere if the text is all about a question that
/// stands elsewhere (`has_subject`) or holds nothing.
pub(super) fn find(reads: &[Read<'_>], has_subject: bool) -> Vec<Start> {
    let listed = || list(reads);
    let labelled = labelled(reads);
    // `오늘의 질문` above a list of questions only heads it.
    let heads_a_list = |start: &Start| {
        let behind = reads.get(start.at + 1..).unwrap_or_default();
        let alone =
            reads.get(start.at).and_then(|r| r.mark.as_ref()).is_some_and(|m| m.rest.is_empty());
        let next = behind.iter().find(|read| !read.line.is_blank());
        alone && next.is_some_and(|read| read.mark.is_none() && item(read.line.text).is_some())
    };
    match labelled.as_slice() {
        [] => {}
        [only] if heads_a_list(only) => {
            let items = listed();
            return if items.iter().any(|start| start.at > only.at) { items } else { labelled };
        }
        _ => return labelled,
    }
    let ways: [&dyn Fn() -> Vec<Start>; 3] = [&listed, &|| headings(reads), &|| paragraphs(reads)];
    if let Some(found) = ways.iter().map(|way| way()).find(|found| !found.is_empty()) {
        return found;
    }
    if has_subject { Vec::new() } else { single(reads) }
}

fn labelled(reads: &[Read<'_>]) -> Vec<Start> {
    let marks = reads.iter().enumerate().filter_map(|(at, read)| Some((at, read.mark.as_ref()?)));
    marks
        .filter(|(_, mark)| mark.kind == Kind::Question)
        .map(|(at, mark)| Start {
            at,
            number: mark.number,
            question: None,
            behind: None,
            one_line: false,
        })
        .collect()
}

/// Items of a list that asks: at least two that do, or one that opens the text; or a text that is
/// nothing but a numbered list.
fn list(reads: &[Read<'_>]) -> Vec<Start> {
    let texts: Vec<(usize, &Line<'_>)> = reads
        .iter()
        .enumerate()
        .filter(|(_, read)| !read.line.is_blank() && !is_rule(read.line.text))
        .map(|(at, read)| (at, &read.line))
        .collect();
    let followed_up = follow_ups(reads);
    let items: Vec<(usize, Item<'_>)> = texts
        .iter()
        .filter(|(at, line)| !line.code && reads.get(*at).is_some_and(|r| r.mark.is_none()))
        .filter_map(|(at, line)| Some((*at, item(line.text)?)))
        .filter(|(at, _)| !followed_up.contains(at))
        .collect();
    let first_text = texts.first().map(|(at, _)| *at);
    let mut best: Vec<(usize, Item<'_>)> = Vec::new();
    for style in
        [Style::Dot, Style::Paren, Style::Parens, Style::Circled, Style::Counted, Style::Bullet]
    {
        let of_style = || items.iter().filter(|(_, item)| item.style == style);
        let asking = || of_style().filter(|(_, item)| asks(item.text));
        let Some(indent) = asking().map(|(_, item)| item.indent).min() else { continue };
        let top: Vec<(usize, Item<'_>)> =
            of_style().filter(|(_, item)| item.indent <= indent + 1).copied().collect();
        let chosen = if style == Style::Bullet {
            if is_all_questions(&texts, &top) {
                top
            } else {
                top.into_iter().filter(|(_, item)| ends_asking(item.text)).collect()
            }
        } else {
            in_sequence(&top, texts.len() == top.len())
        };
        let opens = chosen.first().map(|(at, _)| *at) == first_text;
        let enough = chosen.len() >= 2 || opens && chosen.len() == 1 && style != Style::Bullet;
        if enough && chosen.len() > best.len() {
            best = chosen;
        }
    }
    if best.is_empty() {
        best = bare_list(&items, texts.len());
    }
    best.into_iter()
        .map(|(at, item)| Start {
            number: (item.number > 0).then_some(item.number),
            one_line: !asks(item.text),
            ..Start::at(at, item.text)
        })
        .collect()
}

/// Bullets below a label such as `꼬리 질문`: no questions of their own. Ascending indices of lines.
fn follow_ups(reads: &[Read<'_>]) -> Vec<usize> {
    let mut found = Vec::new();
    // The style of the list below the label; none until its first item.
    let mut below: Option<Option<Style>> = None;
    for (at, read) in reads.iter().enumerate() {
        if let Some(mark) = &read.mark {
            below = (mark.kind == Kind::Section && mark.rest.is_empty()).then_some(None);
            continue;
        }
        let Some(style) = below.filter(|_| !read.line.is_blank()) else { continue };
        match item(read.line.text) {
            Some(item) if style.is_none_or(|style| style == item.style) => {
                below = Some(Some(item.style));
                found.push(at);
            }
            _ => below = None,
        }
    }
    found
}

/// Whether bullets are one list of short lines of which one asks, with nothing below and no question
/// above: then all of them are questions.
fn is_all_questions(texts: &[(usize, &Line<'_>)], bullets: &[(usize, Item<'_>)]) -> bool {
    let Some((first, _)) = bullets.first() else { return false };
    let (above, list) = texts.split_at(texts.partition_point(|(at, _)| at < first));
    let is_short = |text: &str| text.chars().count() <= SHORT && !text.ends_with(['.', '다']);
    list.len() == bullets.len()
        && bullets.iter().all(|(_, item)| is_short(item.text))
        && bullets.iter().any(|(_, item)| ends_asking(item.text))
        && !above.iter().any(|(_, line)| ends_asking(line.text))
}

/// Of numbered items those that ask, and those that fill a gap between the numbers of two.
fn in_sequence<'a>(items: &[(usize, Item<'a>)], nothing_else: bool) -> Vec<(usize, Item<'a>)> {
    if nothing_else {
        return items.to_vec();
    }
    let mut chosen: Vec<(usize, Item<'a>)> = Vec::new();
    let mut skipped: Vec<(usize, Item<'a>)> = Vec::new();
    let mut times: HashMap<u32, usize> = HashMap::new();
    for (at, item) in items {
        if !asks(item.text) {
            *times.entry(item.number).or_default() += 1;
            skipped.push((*at, *item));
            continue;
        }
        if let Some((_, last)) = chosen.last().copied() {
            let mut wanted = last.number + 1;
            for between in skipped.iter().filter(|(_, between)| between.number < item.number) {
                // One item for each number: others are steps of an answer.
                if between.1.number == wanted && times.get(&wanted) == Some(&1) {
                    chosen.push(*between);
                    wanted += 1;
                }
            }
        }
        skipped.clear();
        times.clear();
        chosen.push((*at, *item));
    }
    chosen
}

/// A text that is nothing but one numbered list, counted from 1: each item is a question.
fn bare_list<'a>(items: &[(usize, Item<'a>)], texts: usize) -> Vec<(usize, Item<'a>)> {
    let style = items.first().map(|(_, item)| item.style);
    let counted = items.iter().zip(1..).all(|((_, item), nth)| item.number == nth);
    let one = items.iter().all(|(_, item)| Some(item.style) == style);
    let bare = counted && one && items.len() == texts && items.len() >= 2;
    if bare && style != Some(Style::Bullet) { items.to_vec() } else { Vec::new() }
}

/// Headings that ask, those of the outermost such level.
fn headings(reads: &[Read<'_>]) -> Vec<Start> {
    let headings: Vec<(usize, usize, &str)> = reads
        .iter()
        .enumerate()
        .filter(|(_, read)| !read.line.code && read.mark.is_none())
        .filter_map(|(at, read)| {
            let text = unquoted(read.line.text).1.trim_start();
            let rest = text.trim_start_matches('#');
            let level = text.len() - rest.len();
            ((1..=6).contains(&level) && rest.starts_with(' ')).then_some((at, level, rest.trim()))
        })
        .filter(|(.., title)| asks(title))
        .collect();
    let Some(level) = headings.iter().map(|(_, level, _)| *level).min() else { return Vec::new() };
    let of_level = headings.iter().filter(|(_, of, _)| *of == level);
    of_level
        .map(|(at, _, title)| Start {
            one_line: true,
            ..Start::at(*at, title.trim_end_matches('#').trim_end())
        })
        .collect()
}

/// A paragraph: the indices of its lines.
type Paragraph = std::ops::Range<usize>;

fn paragraphs_of(reads: &[Read<'_>]) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for (at, read) in reads.iter().enumerate() {
        if read.line.is_blank() || is_rule(read.line.text) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

fn text_at<'a>(reads: &'a [Read<'_>], at: usize) -> &'a str {
    reads.get(at).map_or("", |read| unquoted(read.line.text).1.trim())
}

/// Lines that ask where all do; else paragraphs of one line that asks, where the first does.
fn paragraphs(reads: &[Read<'_>]) -> Vec<Start> {
    let paragraphs = paragraphs_of(reads);
    let is_free = |at: usize| reads.get(at).is_some_and(|r| r.mark.is_none() && !r.line.code);
    let lines = || paragraphs.iter().cloned().flatten();
    let all_ask = lines().all(|at| is_free(at) && ends_asking(text_at(reads, at)));
    if all_ask && lines().nth(1).is_some() {
        return lines().map(|at| Start::at(at, text_at(reads, at))).collect();
    }
    let asking = paragraphs.iter().filter(|paragraph| {
        let text = text_at(reads, paragraph.start);
        paragraph.len() == 1
            && is_free(paragraph.start)
            && ends_asking(text)
            && !is_rhetorical(text)
            && item(text).is_none()
    });
    let starts: Vec<Start> = asking
        .map(|paragraph| Start::at(paragraph.start, text_at(reads, paragraph.start)))
        .collect();
    let opens = starts.first().map(|start| start.at) == paragraphs.first().map(|p| p.start);
    if opens && starts.len() >= 2 { starts } else { Vec::new() }
}

/// A question that a text asks itself: `왜 그럴까요?`
fn is_rhetorical(text: &str) -> bool {
    let bare = text.trim_end_matches(['?', '？', '!', ' ']);
    let begins = ["왜 ", "그럼 ", "그렇다면", "그러면", "하지만 ", "그런데 ", "즉"];
    bare.ends_with("까") || bare.ends_with("까요") || begins.iter().any(|b| text.starts_with(b))
}

/// The one question of a text without marks: the first line that asks, if it stands near the top;
/// else the first paragraph, or its first line if more follows.
fn single(reads: &[Read<'_>]) -> Vec<Start> {
    let paragraphs = paragraphs_of(reads);
    let marked = |at: usize| reads.get(at).is_none_or(|r| r.mark.is_some() || r.line.code);
    let free = || paragraphs.iter().take_while(|p| !marked(p.start));
    let near_by = |asks: fn(&str) -> bool| {
        free().take(LEAD_MOST).flat_map(|p| p.clone().take(2)).find(|at| {
            let text = text_at(reads, *at);
            !marked(*at) && asks(text) && text.chars().count() <= QUESTION_MOST
        })
    };
    let near = near_by(ends_asking);
    // A line that breaks off in the middle of a sentence belongs to the one below.
    let goes_on = |at: usize| {
        text_at(reads, at).ends_with(['고', '며', '을', '를', '은', '는', '의', '와', '과', ','])
    };
    let inside = |at: usize| paragraphs.iter().any(|p| p.start < at && p.contains(&at));
    let above = near.filter(|at| inside(*at)).map(|at| at - 1).filter(|at| goes_on(*at));
    let near = above.or(near);
    let Some(at) = near.or_else(|| free().next().map(|p| p.start)) else { return Vec::new() };
    // Two lines that are all there is make one question.
    let only = paragraphs.len() == 1
        && paragraphs.first().is_some_and(|p| p.len() <= 3 && p.clone().all(|at| !marked(at)));
    let line = text_at(reads, at);
    let text = item(line).filter(|item| asks(item.text)).map_or(line, |item| item.text);
    let text = mark::undecorated(text);
    let mut start = Start { one_line: near.is_none() && !only, ..Start::at(at, text) };
    if text.chars().count() > QUESTION_MOST {
        let cut = text
            .char_indices()
            .take(QUESTION_MOST)
            .filter(|(_, c)| matches!(c, '.' | '?' | '!' | '。' | '？'))
            .map(|(at, c)| at + c.len_utf8())
            .find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with(' ')));
        // No sentence ends: between two words, or not at all.
        let far = || text.char_indices().skip(QUESTION_MOST).find(|(_, c)| *c == ' ');
        let cut = cut.or_else(|| far().map(|(at, _)| at));
        if let Some((question, behind)) = cut.and_then(|cut| text.split_at_checked(cut)) {
            start.question = Some(question.to_owned());
            start.behind = Some(behind.trim_start().to_owned());
            start.one_line = true;
        }
    }
    vec![start]
}
