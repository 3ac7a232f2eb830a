//! Finds days, entries and sections among the blocks of a post.

use crate::cuts;
use crate::dates::{self, DateHeading};
use crate::labels::Label;
use crate::links::Targets;
use crate::questions::{self, Region};
use crate::scan::{Block, BlockKind};
use crate::{Day, Diagnostic, DiagnosticCode, Section, Vocabulary, entry};

/// What a post is made of.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) days: Vec<Day>,
    pub(crate) sections: Vec<Section>,
}

/// A heading among the blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heading<'a> {
    /// Index of its block.
    pub(crate) at: usize,
    pub(crate) level: u8,
    pub(crate) title: &'a str,
    pub(crate) label: Option<Label>,
}

/// Reads the blocks of a text. `title` is the front matter's.
pub(crate) fn read(
    text: &str,
    blocks: &[Block],
    title: Option<&str>,
    words: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outline {
    let mut outline = Outline::default();
    let all = headings(text, blocks, words);
    let day_level = day_level(text, blocks, &all, words);
    let mut starts = vec![(0, None)];
    for heading in all.iter().filter(|h| h.level == day_level) {
        match dates::heading_date(heading.title) {
            Some(DateHeading::Date(date)) => starts.push((heading.at, Some(date))),
            Some(DateHeading::Impossible) => {
                let start = blocks.get(heading.at).map_or(0, |b| b.span.start);
                diagnostics.push(Diagnostic {
                    line: 1 + text.get(..start).unwrap_or_default().matches('\n').count(),
                    code: DiagnosticCode::NotADate,
                    message: "heading looks like a date and is none of the calendar".to_owned(),
                });
            }
            None => {}
        }
    }
    let is_interview = questions::is_interview(title, &all);
    let days: Vec<(usize, usize)> = starts
        .iter()
        .enumerate()
        .map(|(nth, (start, _))| (*start, starts.get(nth + 1).map_or(blocks.len(), |(s, _)| *s)))
        .collect();
    let templates = questions::recurring_titles(&all, days.get(1..).unwrap_or_default(), day_level);
    for ((start, end), (_, date)) in days.iter().zip(&starts) {
        let region = blocks.get(*start..*end).unwrap_or_default();
        let (Some(first), Some(last)) = (region.first(), region.last()) else { continue };
        let body = if date.is_some() { region.get(1..).unwrap_or_default() } else { region };
        let before = blocks.len().min(*end) - body.len();
        let headings: Vec<Heading<'_>> = all
            .iter()
            .filter(|heading| (before..*end).contains(&heading.at))
            .map(|heading| Heading { at: heading.at - before, ..*heading })
            .collect();
        let region = Region {
            text,
            blocks: body,
            headings: &headings,
            words,
            targets: Targets::of(text, body, words),
            dated: date.is_some(),
            day_level,
            is_interview,
            templates: &templates,
        };
        let entries = cuts::read(&region, &mut outline.sections);
        if date.is_some() || !entries.is_empty() {
            outline.days.push(Day {
                span: first.span.start..last.span.end,
                heading: date.map(|_| entry::line_span(text, &first.span)),
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

/// The level of headings that begin a day: the first; the second where only that has dates, and
/// something asks under one of them. A change log has such headings, too.
fn day_level(text: &str, blocks: &[Block], headings: &[Heading<'_>], words: &Vocabulary) -> u8 {
    let is_day = |h: &Heading<'_>, level| {
        h.level == level && matches!(dates::heading_date(h.title), Some(DateHeading::Date(_)))
    };
    if headings.iter().any(|h| is_day(h, 1)) {
        return 1;
    }
    let asks = headings.iter().enumerate().any(|(nth, heading)| {
        is_day(heading, 2)
            && headings
                .get(nth + 1..)
                .unwrap_or_default()
                .iter()
                .take_while(|h| h.level > 2)
                .any(|h| questions::says_so(text, blocks, h, words))
    });
    if asks { 2 } else { 1 }
}
