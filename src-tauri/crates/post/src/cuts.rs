//! Cuts a region into entries and sections, and reads each of them.
//!
//! Headings cut first. Text that no entry's heading owns is searched for questions that are lines or
//! list items. What lies between two cuts belongs to the first of them.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::links::{Targets, fold_name};
use crate::listed;
use crate::marks::{self, Item};
use crate::outline::Heading;
use crate::questions::{self, Region, is_decoration};
use crate::scan::{Block, BlockKind, Line};
use crate::{Entry, Section, Span, entry, parts};

/// Where something begins.
struct Cut {
    /// Start of its first line (bytes).
    at: usize,
    what: What,
}

enum What {
    /// A heading that is a question.
    Question,
    /// A heading that is none; its level and its text (bytes).
    Section(u8, (usize, usize)),
    /// A line that is a question.
    Line,
    /// A list item that is a question.
    Item(Item),
    /// A list item that links to its answer.
    Linked {
        words_at: Span,
        /// Index into the targets.
        target: usize,
        inner: usize,
    },
    /// What such a link points to; the heading's level and text, if it is one.
    Target(usize, Option<(u8, (usize, usize))>),
    /// Text that belongs to nothing.
    Loose,
}

/// Reads a region; its entries are returned, its sections are added.
pub(crate) fn read(region: &Region<'_>, sections: &mut Vec<Section>) -> Vec<Entry> {
    let cuts = cuts(region);
    let mut entries = Vec::new();
    let mut answers: HashMap<usize, Entry> = HashMap::new();
    let text = region.text;
    let of_cut = |nth: usize| -> Vec<Block> {
        let Some(cut) = cuts.get(nth) else { return Vec::new() };
        let end = cuts.get(nth + 1).map(|next| next.at);
        let end = end.or(region.blocks.last().map(|b| b.span.end)).unwrap_or(cut.at);
        without_separators(blocks_between(region.blocks, cut.at, end))
    };
    for (nth, cut) in cuts.iter().enumerate() {
        if let What::Target(target, _) = cut.what
            && let Some(answer) = read_target(region, &of_cut(nth))
        {
            answers.insert(target, answer);
        }
    }
    for (nth, cut) in cuts.iter().enumerate() {
        let blocks = of_cut(nth);
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { continue };
        let span = first.span.start..last.span.end;
        match &cut.what {
            What::Question => entries.extend(entry::read(text, &blocks, region.words)),
            What::Line => entries.extend(entry::read_labelled(text, &blocks, region.words)),
            What::Item(item) => entries.extend(listed::read(text, span, item, region.words)),
            What::Linked { words_at, target, inner } => {
                let answer = answers.remove(target);
                let below = parts::lines_between(text, span.start, span.end);
                let place = below.first().map_or(span.end, |l| l.next);
                entries.push(listed::read_linked(
                    text,
                    span,
                    words_at.clone(),
                    answer,
                    (place, *inner),
                    region.words,
                ));
            }
            What::Target(..) => {}
            What::Section(level, content) => sections.push(Section {
                title: text.get(content.0..content.1).unwrap_or_default().to_owned(),
                level: *level,
                heading: entry::line_span(text, &first.span),
                body: parts::plain(text, first.span.end, span.end),
            }),
            What::Loose if blocks.iter().all(is_decoration) => {}
            What::Loose => sections.push(Section {
                title: String::new(),
                level: 0,
                heading: span.start..span.start,
                body: parts::plain(text, span.start, span.end),
            }),
        }
    }
    entries
}

/// What a link points to, read as an entry whose question is its heading or anchor.
fn read_target(region: &Region<'_>, blocks: &[Block]) -> Option<Entry> {
    let head = blocks.first()?;
    if let BlockKind::Heading { .. } = head.kind {
        return entry::read(region.text, blocks, region.words);
    }
    entry::read_below_line(region.text, blocks, region.words)
}

fn cuts(region: &Region<'_>) -> Vec<Cut> {
    let questions = region.questions();
    let finder = Finder {
        region,
        targets: &region.targets,
        has_question_lines: OnceCell::new(),
        has_questions: questions.contains(&true),
    };
    let mut cuts = Vec::new();
    let first = region.headings.first().map_or(region.blocks.len(), |h| h.at);
    let lead = region.blocks.get(..first).unwrap_or_default();
    if let Some(block) = lead.iter().find(|b| b.kind != BlockKind::Blank) {
        cuts.push(Cut { at: block.span.start, what: What::Loose });
        finder.lines(lead, None, &mut cuts);
    }
    // The heading of the entry or of the linked answer that is open: deeper ones belong to it.
    let mut open: Option<(Heading<'_>, bool)> = None;
    for (nth, heading) in region.headings.iter().enumerate() {
        let asks = questions.get(nth).copied().unwrap_or_default();
        let target = region.targets.by_block.get(&heading.at);
        let inside = open.is_some_and(|(of, _)| {
            heading.level > of.level || heading.level == of.level && heading.label.is_some()
        });
        let answers_link = target.is_some() && open.is_none_or(|(_, is_target)| is_target);
        if inside && !asks && !answers_link {
            continue;
        }
        let Some(block) = region.blocks.get(heading.at) else { continue };
        let BlockKind::Heading { level, content } = block.kind else { continue };
        let at = block.span.start;
        if let Some(target) = target.filter(|_| !asks) {
            cuts.push(Cut { at, what: What::Target(*target, Some((level, content))) });
            open = Some((*heading, true));
        } else if asks {
            cuts.push(Cut { at, what: What::Question });
            open = Some((*heading, false));
        } else {
            open = None;
            cuts.push(Cut { at, what: What::Section(level, content) });
            finder.lines(region.under(nth), Some(heading), &mut cuts);
        }
    }
    drop_unlinked(&mut cuts);
    cuts
}

/// A target whose link is no entry, as one that stands inside another entry, is a section.
fn drop_unlinked(cuts: &mut [Cut]) {
    let linked: HashSet<usize> = cuts
        .iter()
        .filter_map(|cut| match cut.what {
            What::Linked { target, .. } => Some(target),
            _ => None,
        })
        .collect();
    for cut in cuts {
        if let What::Target(target, heading) = cut.what
            && !linked.contains(&target)
        {
            cut.what = match heading {
                Some((level, content)) => What::Section(level, content),
                None => What::Loose,
            };
        }
    }
}

/// Blocks from `start` to `end` (bytes), those of text cut there.
fn blocks_between(blocks: &[Block], start: usize, end: usize) -> Vec<Block> {
    let first = blocks.partition_point(|b| b.span.end <= start);
    let of_range =
        blocks.get(first..).unwrap_or_default().iter().take_while(|b| b.span.start < end);
    of_range
        .map(|b| Block { kind: b.kind, span: b.span.start.max(start)..b.span.end.min(end) })
        .collect()
}

/// Rules and breaks at the end belong to nobody: they part days and entries.
fn without_separators(mut blocks: Vec<Block>) -> Vec<Block> {
    let is_separator =
        |b: &Block| matches!(b.kind, BlockKind::Blank | BlockKind::Rule | BlockKind::Break);
    let len = blocks.iter().rposition(|b| !is_separator(b)).map_or(0, |at| at + 1);
    blocks.truncate(len);
    blocks
}

/// Finds questions in text that no entry's heading owns.
struct Finder<'a> {
    region: &'a Region<'a>,
    targets: &'a Targets,
    /// Whether a question that is a line is answered somewhere in the region.
    has_question_lines: OnceCell<bool>,
    /// Whether headings are questions.
    has_questions: bool,
}

/// A list item in a stretch of text.
struct Found<'a> {
    line: Line<'a>,
    item: Item,
}

impl<'a> Found<'a> {
    fn content(&self) -> &'a str {
        self.line.text.get(self.item.content..).unwrap_or_default().trim()
    }
}

impl Finder<'_> {
    /// Adds the cuts in `hole`, the blocks between a heading and the next.
    fn lines(&self, hole: &[Block], heading: Option<&Heading<'_>>, cuts: &mut Vec<Cut>) {
        let known = heading.is_some_and(|h| h.label.is_some());
        let lines: Vec<(bool, Line<'_>)> = hole
            .iter()
            .flat_map(|b| {
                let lines = parts::lines_between(self.region.text, b.span.start, b.span.end);
                lines.into_iter().map(move |line| (b.kind == BlockKind::Text, line))
            })
            .collect();
        let code = parts::code_lines(lines.iter().map(|(_, line)| line.text));
        let lines: Vec<(bool, Line<'_>)> = lines
            .into_iter()
            .zip(code)
            .map(|((is_text, line), code)| (is_text && !code, line))
            .collect();
        let before = cuts.len();
        self.anchors(&lines, cuts);
        if known || cuts.len() > before {
            return;
        }
        self.question_lines(&lines, cuts);
        if cuts.len() == before {
            self.items(&lines, heading, cuts);
        }
    }

    /// Lines that are nothing but an anchor a question links to.
    fn anchors(&self, lines: &[(bool, Line<'_>)], cuts: &mut Vec<Cut>) {
        if self.targets.by_line.is_empty() {
            return;
        }
        for (_, line) in lines {
            if let Some(target) = self.targets.by_line.get(&line.start) {
                cuts.push(Cut { at: line.start, what: What::Target(*target, None) });
            }
        }
    }

    /// `Q : …`, where such questions are answered, or nothing else asks on that day.
    fn question_lines(&self, lines: &[(bool, Line<'_>)], cuts: &mut Vec<Cut>) {
        let alone = self.region.dated && !self.has_questions;
        let answered = || {
            *self.has_question_lines.get_or_init(|| questions::answers_question_line(self.region))
        };
        if !alone && !answered() {
            return;
        }
        for (is_text, line) in lines {
            if *is_text && self.region.words.question_line(line.text).is_some() {
                cuts.push(Cut { at: line.start, what: What::Line });
            }
        }
    }

    /// List items: those that are headings, links to answers, or plain questions.
    fn items(
        &self,
        lines: &[(bool, Line<'_>)],
        heading: Option<&Heading<'_>>,
        cuts: &mut Vec<Cut>,
    ) {
        let items: Vec<Found<'_>> = lines
            .iter()
            .filter(|(is_text, _)| *is_text)
            .filter_map(|(_, line)| Some(Found { line: *line, item: marks::list_item(line.text)? }))
            .collect();
        let Some(base) = items.iter().map(|f| f.item.indent).min() else { return };
        if base > 3 {
            return;
        }
        let outer: Vec<&Found<'_>> = items.iter().filter(|f| f.item.indent <= base + 1).collect();
        let headed: Vec<&Found<'_>> =
            outer.iter().copied().filter(|f| f.item.heading > 0 && f.item.ordered).collect();
        let alone = self.region.dated && !self.has_questions;
        let asking = headed.iter().filter(|f| marks::asks(f.content())).count();
        if !headed.is_empty() && (alone || asking * 2 >= headed.len() && asking > 0) {
            for found in headed {
                cuts.push(Cut { at: found.line.start, what: What::Item(found.item) });
            }
            return;
        }
        if self.links_questions(&outer) {
            self.cut_items(lines, &outer, |f| self.linked(f).unwrap_or(What::Loose), cuts);
            return;
        }
        if self.lists_questions(lines, &outer, heading) {
            let what = |f: &Found<'_>| {
                let asks = marks::asks(f.content()) && !listed::is_link(f.line.text, &f.item);
                if asks { What::Item(f.item) } else { What::Loose }
            };
            self.cut_items(lines, &outer, what, cuts);
        }
    }

    /// Whether a list is one of questions: two at least, or one under a heading that says so, and at
    /// least half of the items, links left out, which are an index; and text beside the list only
    /// where the heading or the post speaks of questions.
    fn lists_questions(
        &self,
        lines: &[(bool, Line<'_>)],
        outer: &[&Found<'_>],
        heading: Option<&Heading<'_>>,
    ) -> bool {
        let plain = |f: &&&Found<'_>| f.item.heading == 0 && !listed::is_link(f.line.text, &f.item);
        let asks = |f: &&&Found<'_>| marks::ends_asking(f.content());
        let asking = outer.iter().filter(plain).filter(asks).count();
        let says_so = self.region.is_interview
            || heading.is_some_and(|h| questions::is_about_questions(h.title));
        let least = if says_so || self.region.dated { 1 } else { 2 };
        if asking < least || asking * 2 < outer.len() {
            return false;
        }
        let is_day = self.region.dated && heading.is_none() && !self.has_questions;
        says_so || is_day || !self.region.dated && only_lists(lines, outer)
    }

    /// Whether a list is one of links to answers. A table of contents has such links, too: most of them
    /// have to ask.
    fn links_questions(&self, outer: &[&Found<'_>]) -> bool {
        if self.targets.by_name.is_empty() {
            return false;
        }
        let links = || outer.iter().filter(|f| self.linked(f).is_some());
        let asks = |f: &&&Found<'_>| {
            let at = listed::link_item(f.line.text, &f.item).map(|(words, _)| words);
            at.and_then(|at| f.line.text.get(at)).is_some_and(marks::asks)
        };
        links().next().is_some() && links().filter(asks).count() * 2 >= links().count()
    }

    /// A link to an answer.
    fn linked(&self, found: &Found<'_>) -> Option<What> {
        let (words_at, target) = listed::link_item(found.line.text, &found.item)?;
        let target = *self.targets.by_name.get(&fold_name(target))?;
        Some(What::Linked { words_at, target, inner: found.item.inner })
    }

    /// Cuts at items, and where text after a list begins.
    fn cut_items(
        &self,
        lines: &[(bool, Line<'_>)],
        outer: &[&Found<'_>],
        what: impl Fn(&Found<'_>) -> What,
        cuts: &mut Vec<Cut>,
    ) {
        let mut items = outer.iter().peekable();
        let mut in_list = false;
        let mut is_loose = true;
        let mut blank = false;
        for (is_text, line) in lines {
            if let Some(found) = items.next_if(|f| f.line.start == line.start) {
                let what = what(found);
                let loose = matches!(what, What::Loose);
                if !(loose && is_loose) {
                    cuts.push(Cut { at: line.start, what });
                }
                (in_list, is_loose, blank) = (true, loose, false);
            } else if line.is_blank() {
                blank = true;
            } else {
                let outside = !line.text.starts_with([' ', '\t']) && (blank || !is_text);
                if in_list && outside && !is_loose {
                    cuts.push(Cut { at: line.start, what: What::Loose });
                    is_loose = true;
                }
                in_list = in_list && !outside;
                blank = false;
            }
        }
    }
}

/// Whether lines are lists and what is indented below their items, but for a paragraph in front.
fn only_lists(lines: &[(bool, Line<'_>)], outer: &[&Found<'_>]) -> bool {
    let Some(first) = outer.first().map(|f| f.line.start) else { return false };
    let before = lines.iter().take_while(|(_, l)| l.start < first);
    let mut paragraphs = 0;
    let mut blank = true;
    for (_, line) in before {
        paragraphs += usize::from(blank && !line.is_blank());
        blank = line.is_blank();
    }
    let after = lines.iter().skip_while(|(_, l)| l.start < first);
    paragraphs <= 1
        && after.into_iter().all(|(_, line)| {
            line.is_blank()
                || line.text.starts_with([' ', '\t'])
                || marks::list_item(line.text).is_some()
                || crate::scan::is_break(line.text)
                || crate::scan::is_rule(line.text)
        })
}
