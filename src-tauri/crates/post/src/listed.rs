//! Reads questions that are items of a list: with a heading's marks and the answer indented below, as
//! plain bullets, or as links to answers that stand elsewhere.

use crate::entry::{self, empty, question};
use crate::labels::Label;
use crate::marks::{self, Item, Mark};
use crate::scan::Line;
use crate::{Entry, Layout, Margin, Part, Section, Span, Vocabulary, parts, state};

/// Reads the entry whose first line at `span.start` is the list item `item`. `span` is all of it.
pub(crate) fn read(text: &str, span: Span, item: &Item, words: &Vocabulary) -> Option<Entry> {
    let lines = parts::lines_between(text, span.start, span.end);
    let first = *lines.first()?;
    let mut asked = first.text.get(item.content..)?.trim_end();
    if item.heading > 0 {
        let unmarked = asked.trim_end_matches('#');
        asked = if unmarked.ends_with(' ') { unmarked.trim_end() } else { asked };
    }
    let from = first.start + item.content;
    let question = question(text, from, from + asked.len(), words);
    let mut entry = empty(span.clone(), first.start..first.end, question, first.next);
    entry.layout = if item.heading > 0 { Layout::Numbered } else { Layout::Bullet };
    let below = lines.get(1..).unwrap_or_default();
    let marks = marks_below(below, item, words);
    let has_answer_mark = marks.iter().any(|m| m.what == Some(Label::Answer));
    let first_mark = marks.first().map_or(span.end, |m| m.from);
    let lead = parts::indented(text, first.next, first_mark, item.inner);
    if has_answer_mark {
        if !lead.span.is_empty() {
            let at = lead.span.start;
            entry.sections.push(Section {
                title: String::new(),
                level: 0,
                heading: at..at,
                body: lead,
            });
        }
    } else {
        entry.answer.body = lead;
    }
    for (nth, mark) in marks.iter().enumerate() {
        let end = marks.get(nth + 1).map_or(span.end, |next| next.from);
        let mut body = parts::indented(text, mark.start, end, item.inner);
        if mark.inline && !body.span.is_empty() {
            body =
                Part { margin: Margin::Indent(item.inner), ..parts::inline(text, mark.start, end) };
        }
        match mark.what {
            Some(Label::Answer) if entry.answer.heading.is_none() => {
                entry.answer.heading = Some(mark.label.clone());
                entry.answer.body = body;
            }
            Some(Label::ModelAnswer) if entry.model_answer.is_none() => {
                let lines = parts::lines_between(text, body.span.start, end);
                entry.model_answer = Some(entry::model(text, mark.from..end, body, &lines, words));
            }
            _ => {
                let title = text.get(mark.label.clone()).unwrap_or_default();
                let title = title.trim_matches(['*', ' ', ':', '：', '-', '>']).to_owned();
                let heading = mark.label.clone();
                entry.sections.push(Section { title, level: 0, heading, body });
            }
        }
    }
    entry.answer.state = state::answer_state(&parts::text_of(text, &entry.answer.body), words);
    Some(entry)
}

/// Where a part below an item begins.
struct MarkBelow {
    /// What its label says; none for nested questions without a label.
    what: Option<Label>,
    /// Start of its line (bytes).
    from: usize,
    label: Span,
    /// Where its text begins (bytes).
    start: usize,
    /// Whether that is on the label's line.
    inline: bool,
}

/// Labels and nested questions below an item, code left out.
fn marks_below(lines: &[Line<'_>], item: &Item, words: &Vocabulary) -> Vec<MarkBelow> {
    let any = parts::outside_fences(lines, false).any(|(_, _, line)| follows_up(line));
    let mut found: Vec<MarkBelow> = Vec::new();
    let mut fresh = true;
    let mut is_first = true;
    let mut last = 0;
    for (at, start, line) in parts::outside_fences(lines, false) {
        // Code between this line and the last one ends a paragraph as a blank line does.
        fresh = fresh || at > last + 1;
        last = at;
        let white = line.len() - line.trim_start_matches(' ').len();
        let inner = line.get(white..).unwrap_or_default();
        if inner.trim().is_empty() {
            fresh = true;
            continue;
        }
        let below = white > item.indent;
        // Where nested items follow up, so does the first of them, whatever it says.
        let first = any && is_first;
        is_first = false;
        let asks = |_: Item| first || follows_up(inner);
        if item.heading == 0 && below && marks::list_item(inner).is_some_and(asks) {
            found.push(MarkBelow {
                what: None,
                from: start,
                label: start..start,
                start,
                inline: false,
            });
            return found;
        }
        let looks = fresh && (below || item.heading > 0);
        let label = looks.then(|| words.line_label(inner)).flatten().filter(|l| !l.short);
        fresh = false;
        if let Some(label) = label
            && let Mark::Part(what) = label.mark
        {
            let base = start + white;
            let next = lines.get(at).map_or(start + line.len(), |l| l.next);
            found.push(MarkBelow {
                what: Some(what),
                from: start,
                label: base + label.from..base + label.to,
                start: if label.alone { next } else { base + label.rest },
                inline: !label.alone,
            });
            fresh = true;
        }
    }
    found
}

/// Whether a line is a list item that asks, or says what to ask next.
fn follows_up(line: &str) -> bool {
    marks::list_item(line).is_some_and(|item| {
        let text = line.get(item.content..).unwrap_or_default();
        let beginning: String = text.chars().take(6).collect();
        marks::asks(text) || beginning.eq_ignore_ascii_case("if so,")
    })
}

/// A list item that is nothing but a link into the same text: its words, and what it points to.
pub(crate) fn link_item<'a>(line: &'a str, item: &Item) -> Option<(Span, &'a str)> {
    let content = line.get(item.content..)?.trim_end();
    let inner = content.strip_prefix('[')?.strip_suffix(')')?;
    let close = inner.rfind("](#")?;
    let target = inner.get(close + 3..)?;
    let start = item.content + 1;
    (!target.is_empty() && close > 0).then_some((start..start + close, target))
}

/// Whether a list item is nothing but a link: an index, no question.
pub(crate) fn is_link(line: &str, item: &Item) -> bool {
    let content = line.get(item.content..).unwrap_or_default().trim();
    content.starts_with('[') && content.ends_with(')') && content.contains("](")
}

/// Reads the entry of a linked question: `lines` is its item, `words_at` the link's words in its first
/// line, `answer` the entry read from the block it points to, if there is one. `place` is where an answer
/// would go otherwise (bytes), `inner` its indent (spaces).
pub(crate) fn read_linked(
    text: &str,
    lines: Span,
    words_at: Span,
    answer: Option<Entry>,
    (place, inner): (usize, usize),
    words: &Vocabulary,
) -> Entry {
    let heading = entry::line_span(text, &lines);
    let question = question(text, lines.start + words_at.start, lines.start + words_at.end, words);
    let mut entry = empty(lines, heading, question, place);
    entry.answer.body.margin = Margin::Indent(inner);
    entry.layout = Layout::Linked;
    if let Some(answer) = answer {
        let heading = answer.answer.heading.unwrap_or(answer.heading);
        entry.answer = crate::Answer { heading: Some(heading), ..answer.answer };
        entry.answer_span = Some(answer.span);
        entry.model_answer = answer.model_answer;
        entry.sections = answer.sections;
        entry.hint = answer.hint;
        entry.categories = answer.categories;
        entry.topic = answer.topic;
        entry.category_line = answer.category_line;
    }
    entry
}
