//! Finds days, entries and sections among the blocks of a post.

use crate::dates::{self, DateHeading};
use crate::labels::Label;
use crate::scan::{Block, BlockKind};
use crate::{Day, Diagnostic, DiagnosticCode, Entry, Section, Vocabulary, entry, parts};

/// What a post is made of.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) days: Vec<Day>,
    pub(crate) sections: Vec<Section>,
}

/// A heading among the blocks.
struct Heading<'a> {
    /// Index of its block.
    at: usize,
    level: u8,
    title: &'a str,
    label: Option<Label>,
}

/// Reads the blocks of a text.
pub(crate) fn read(
    text: &str,
    blocks: &[Block],
    words: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outline {
    let mut outline = Outline::default();
    let mut starts = vec![(0, None)];
    for (at, block) in blocks.iter().enumerate() {
        let BlockKind::Heading { level: 1, content } = block.kind else { continue };
        match text.get(content.0..content.1).and_then(dates::heading_date) {
            Some(DateHeading::Date(date)) => starts.push((at, Some(date))),
            Some(DateHeading::Impossible) => diagnostics.push(Diagnostic {
                line: 1 + text.get(..block.span.start).unwrap_or_default().matches('\n').count(),
                code: DiagnosticCode::NotADate,
                message: "heading looks like a date and is none of the calendar".to_owned(),
            }),
            None => {}
        }
    }
    for (nth, (start, date)) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).map_or(blocks.len(), |(next, _)| *next);
        let region = blocks.get(*start..end).unwrap_or_default();
        let (Some(first), Some(last)) = (region.first(), region.last()) else { continue };
        let body = if date.is_some() { region.get(1..).unwrap_or_default() } else { region };
        let headings = headings(text, body, words);
        let questions = match date {
            Some(_) => dated_questions(&headings),
            None => undated_questions(text, body, &headings, words),
        };
        let mut entries = Vec::new();
        cut(text, body, &headings, &questions, words, &mut entries, &mut outline.sections);
        if date.is_some() || !entries.is_empty() {
            outline.days.push(Day {
                span: first.span.start..last.span.end,
                heading: date.map(|_| {
                    let end = first.span.end;
                    let line = text.get(first.span.start..end).unwrap_or_default();
                    first.span.start..end - (line.len() - line.trim_end_matches(['\r', '\n']).len())
                }),
                date: *date,
                entries,
            });
        }
    }
    outline
}

fn headings<'a>(text: &'a str, blocks: &[Block], words: &Vocabulary) -> Vec<Heading<'a>> {
    blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| {
            let BlockKind::Heading { level, content } = block.kind else { return None };
            let title = text.get(content.0..content.1)?;
            Some(Heading { at, level, title, label: words.label(title) })
        })
        .collect()
}

/// Under a date, every heading of the outermost level is a question.
fn dated_questions(headings: &[Heading<'_>]) -> Vec<usize> {
    let is_free = |h: &&Heading<'_>| h.label.is_none() && h.level > 1;
    let Some(level) = headings.iter().filter(is_free).map(|h| h.level).min() else {
        return Vec::new();
    };
    (0..headings.len())
        .filter(|at| headings[*at].level == level && headings[*at].label.is_none())
        .collect()
}

/// Without a date, a heading is a question if something says so: a mark such as `Q1.`, a category or
/// hint under it, a headed answer or model answer; then its peers that end like a question, too.
fn undated_questions(
    text: &str,
    blocks: &[Block],
    headings: &[Heading<'_>],
    words: &Vocabulary,
) -> Vec<usize> {
    let mut found = vec![false; headings.len()];
    for (at, heading) in headings.iter().enumerate() {
        let end = headings.get(at + 1).map_or(blocks.len(), |next| next.at);
        let under = blocks.get(heading.at + 1..end).unwrap_or_default();
        if heading.label.is_none()
            && (words.question_mark(heading.title).is_some() || has_head_quote(text, under, words))
        {
            found[at] = true;
        }
        let marks_answer = matches!(heading.label, Some(Label::Answer | Label::ModelAnswer));
        if (marks_answer || has_model_quote(text, under, words))
            && let Some(owner) = owner(headings, at, words)
        {
            found[owner] = true;
        }
    }
    // A heading inside an entry belongs to it, whatever stands under it: an answer may have parts of
    // its own, with the model answer below the last of them.
    let mut open: Option<u8> = None;
    for (heading, found) in headings.iter().zip(&mut found) {
        open = open.filter(|level| heading.level > *level);
        if open.is_some() && words.question_mark(heading.title).is_none() {
            *found = false;
        } else if *found {
            open = Some(heading.level);
        }
    }
    let levels: Vec<u8> =
        headings.iter().zip(&found).filter(|(_, found)| **found).map(|(h, _)| h.level).collect();
    (0..headings.len())
        .filter(|at| {
            let heading = &headings[*at];
            found[*at]
                || heading.label.is_none()
                    && levels.contains(&heading.level)
                    && heading.title.trim_end().ends_with(['?', '？'])
        })
        .collect()
}

/// The heading whose answer the heading at `at` marks or holds.
fn owner(headings: &[Heading<'_>], at: usize, words: &Vocabulary) -> Option<usize> {
    let marker = headings.get(at)?;
    if marker.label.is_none() {
        return Some(at);
    }
    let before = || (0..at).rev().filter(|i| headings[*i].label.is_none());
    let marked = before()
        .find(|i| headings[*i].level <= marker.level)
        .filter(|i| words.question_mark(headings[*i].title).is_some());
    marked.or_else(|| before().find(|i| headings[*i].level < marker.level))
}

fn has_head_quote(text: &str, blocks: &[Block], words: &Vocabulary) -> bool {
    quotes(text, blocks).any(|lines| {
        lines.iter().any(|line| words.head_label(parts::quoted_content(line).1).is_some())
    })
}

fn has_model_quote(text: &str, blocks: &[Block], words: &Vocabulary) -> bool {
    quotes(text, blocks).any(|lines| parts::model_heading(&lines, words).is_some())
}

fn quotes<'a>(
    text: &'a str,
    blocks: &'a [Block],
) -> impl Iterator<Item = Vec<crate::scan::Line<'a>>> {
    blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Quote)
        .map(|b| parts::lines_between(text, b.span.start, b.span.end))
}

/// Cuts a region into entries at `questions` (indices of headings) and sections elsewhere.
fn cut(
    text: &str,
    blocks: &[Block],
    headings: &[Heading<'_>],
    questions: &[usize],
    words: &Vocabulary,
    entries: &mut Vec<Entry>,
    sections: &mut Vec<Section>,
) {
    let lead = without_separators(
        blocks.get(..headings.first().map_or(blocks.len(), |h| h.at)).unwrap_or_default(),
    );
    if let (Some(first), Some(last)) = (lead.first(), lead.last()) {
        sections.push(Section {
            title: String::new(),
            level: 0,
            heading: first.span.start..first.span.start,
            body: parts::plain(text, first.span.start, last.span.end),
        });
    }
    let mut at = 0;
    while let Some(heading) = headings.get(at) {
        let is_question = questions.binary_search(&at).is_ok();
        let inside = |h: &Heading<'_>| {
            if is_question {
                h.level > heading.level || h.level == heading.level && h.label.is_some()
            } else {
                false
            }
        };
        let rest = headings.get(at + 1..).unwrap_or_default();
        let more = rest
            .iter()
            .enumerate()
            .take_while(|(i, h)| inside(h) && questions.binary_search(&(at + 1 + i)).is_err())
            .count();
        let next = headings.get(at + 1 + more).map_or(blocks.len(), |h| h.at);
        let own = blocks.get(heading.at..next).unwrap_or_default();
        let own = without_separators(own);
        if is_question {
            entries.extend(entry::read(text, own, words));
        } else if let (Some(first), Some(last)) = (own.first(), own.last()) {
            let line = text.get(first.span.clone()).unwrap_or_default();
            let line_len = line.split('\n').next().unwrap_or_default().trim_end_matches('\r').len();
            sections.push(Section {
                title: heading.title.to_owned(),
                level: heading.level,
                heading: first.span.start..first.span.start + line_len,
                body: parts::plain(text, first.span.end, last.span.end),
            });
        }
        at += 1 + more;
    }
}

/// Rules and breaks at the end belong to nobody: they part days and entries.
fn without_separators(blocks: &[Block]) -> &[Block] {
    let len = blocks
        .iter()
        .rposition(|b| !matches!(b.kind, BlockKind::Blank | BlockKind::Rule | BlockKind::Break))
        .map_or(0, |at| at + 1);
    blocks.get(..len).unwrap_or_default()
}
