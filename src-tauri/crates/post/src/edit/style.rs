//! How a post writes the parts of an entry, read off the entries it has.

use super::body::Lines;
use super::text::{end_of_text, line_end, line_start, with_plain_endings};
use crate::vocabulary::fold_letters;
use crate::{Entry, Layout, ModelAnswerState, Post, Vocabulary};

/// A labelled line at the head of an entry: `> 카테고리: `.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeadLine {
    /// The lines between it and the one above: blank ones, quoted or not.
    pub(super) gap: Vec<String>,
    /// The line up to its text.
    pub(super) label: String,
    /// White space at the end of the line.
    pub(super) trail: String,
}

/// A model answer but for its text.
#[derive(Debug, Clone)]
pub(super) struct ModelBlock {
    /// Everything before the text, `\n` endings; whole lines if `whole_lines`.
    before: String,
    /// Everything after the text, `\n` endings.
    after: String,
    margin: String,
    blank: String,
    whole_lines: bool,
}

/// How parts are written that an entry lacks.
#[derive(Debug, Clone)]
pub(super) struct Style {
    /// The line that heads an answer, where this layout has such lines.
    pub(super) answer_heading: Option<String>,
    pub(super) category: HeadLine,
    pub(super) hint: HeadLine,
    pub(super) model: ModelBlock,
    /// The word that keeps the place of a model answer.
    pub(super) placeholder: Option<String>,
}

impl ModelBlock {
    /// The block with `text` in it, without a line ending at the end.
    pub(super) fn write(&self, text: &str, eol: &'static str) -> String {
        let lines = Lines { eol, margin: self.margin.clone(), blank: self.blank.clone() };
        let text = if self.whole_lines { lines.write_whole(text) } else { lines.write(text) };
        format!("{}{text}{}", self.before.replace('\n', eol), self.after.replace('\n', eol))
    }

    /// How far into the block (bytes) its text begins.
    pub(super) fn text_offset(&self, eol: &str) -> usize {
        let margin = if self.whole_lines { self.margin.len() } else { 0 };
        self.before.len() + self.before.matches('\n').count() * (eol.len() - 1) + margin
    }

    fn usual() -> Self {
        Self {
            before: "> ##### 모범 답안\n> \n".to_owned(),
            after: "\n{: .block-tip }".to_owned(),
            margin: "> ".to_owned(),
            blank: "> ".to_owned(),
            whole_lines: true,
        }
    }
}

impl HeadLine {
    fn usual(label: &str, gap: usize) -> Self {
        Self { gap: vec![String::new(); gap], label: label.to_owned(), trail: String::new() }
    }
}

/// Whether a text is one of the words that keep a place, and not just without letters, as what is
/// left of a code block is.
fn is_placeholder(text: &str, words: &Vocabulary) -> bool {
    let is_plain =
        |c: char| c.is_alphanumeric() || c == ' ' || matches!(c, '.' | '…' | '!' | '?' | '(' | ')');
    text.trim().is_empty()
        || text.trim().chars().all(is_plain)
            && words.placeholders.contains(&fold_letters(text, usize::MAX))
}

impl Post {
    /// How the entries around the one at `nth` are written: first those of its layout, the nearest
    /// first.
    pub(super) fn style(&self, nth: usize) -> Style {
        let own = self.entries().nth(nth).map(|(_, entry)| entry);
        let mut others: Vec<(usize, &Entry)> = self
            .entries()
            .map(|(_, entry)| entry)
            .enumerate()
            .filter(|(at, _)| *at != nth)
            .collect();
        let layout = own.map(|entry| entry.layout);
        others.sort_by_key(|(at, entry)| (Some(entry.layout) != layout, at.abs_diff(nth)));
        self.style_of(
            own.map(|e| e.layout),
            &others.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>(),
        )
    }

    /// How `entries` are written; the first that shows a part says how.
    pub(super) fn style_of(&self, own: Option<Layout>, entries: &[&Entry]) -> Style {
        let text = |span: &crate::Span| self.text().get(span.clone()).map(str::to_owned);
        let placeholder = entries
            .iter()
            .filter_map(|e| e.model_answer.as_ref())
            .find(|m| m.state == ModelAnswerState::Placeholder && !m.body.span.is_empty())
            .map(|m| with_plain_endings(&self.part_text(&m.body)))
            .filter(|text| is_placeholder(text, self.vocabulary()));
        // In other layouts the line that marks an answer belongs to that one answer.
        let is_headed =
            |e: &Entry| matches!(e.layout, Layout::Quoted | Layout::Level | Layout::Headed);
        let headed = entries.iter().find(|e| is_headed(e) && e.answer.heading.is_some());
        // A label without a quote is at home in its own layout.
        let entries: Vec<&Entry> = entries
            .iter()
            .copied()
            .filter(|e| Some(e.layout) == own || is_headed(e) || e.layout == Layout::Prose)
            .collect();
        let category = entries.iter().find_map(|e| self.head_line(e, e.category_line.as_ref()?));
        let hint = entries.iter().find_map(|e| self.head_line(e, e.hint.as_ref()?));
        Style {
            answer_heading: headed.and_then(|e| text(e.answer.heading.as_ref()?)),
            category: category.unwrap_or_else(|| HeadLine::usual("> 카테고리: ", 0)),
            hint: hint.unwrap_or_else(|| HeadLine::usual("> 힌트: ", 1)),
            model: entries
                .iter()
                .find_map(|e| self.model_block(e))
                .unwrap_or_else(ModelBlock::usual),
            placeholder,
        }
    }

    fn head_line(&self, entry: &Entry, part: &crate::Part) -> Option<HeadLine> {
        let text = self.text();
        let start = line_start(text, part.span.start);
        let label = text.get(start..part.span.start)?;
        // A label alone has no space behind it.
        let label =
            if label.ends_with([':', '：']) { format!("{label} ") } else { label.to_owned() };
        let trail = text.get(part.span.end..line_end(text, part.span.end))?;
        let above = self.text_above(start).max(entry.heading.end);
        let between = text.get(above..start)?;
        let gap = between.lines().skip(1).map(str::to_owned).collect();
        Some(HeadLine { gap, label, trail: trail.to_owned() })
    }

    fn model_block(&self, entry: &Entry) -> Option<ModelBlock> {
        let text = self.text();
        let model = entry.model_answer.as_ref().filter(|m| !m.body.span.is_empty())?;
        let lines = self.lines_at(&model.body);
        let start = line_start(text, model.body.span.start);
        let lead = text.get(start..model.body.span.start)?;
        let whole_lines = start >= model.span.start && (lead == lines.margin || lead.is_empty());
        let before_end = if whole_lines { start } else { model.body.span.start };
        let end = end_of_text(text, &model.span).max(model.body.span.end);
        Some(ModelBlock {
            before: with_plain_endings(text.get(model.span.start..before_end)?),
            after: with_plain_endings(text.get(model.body.span.end..end)?),
            margin: lines.margin,
            blank: lines.blank,
            whole_lines,
        })
    }

    /// The end (bytes) of the last line above the line at `start` that holds more than white space
    /// and quote marks.
    pub(super) fn text_above(&self, start: usize) -> usize {
        let mut start = start;
        while start > 0 {
            let above = line_start(self.text(), start - 1);
            let line = self.text().get(above..start).unwrap_or_default();
            if !line.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty() {
                return line_end(self.text(), above);
            }
            start = above;
        }
        0
    }
}
