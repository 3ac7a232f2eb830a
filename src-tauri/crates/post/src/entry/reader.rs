//! Reads the blocks below a question, one after the other, into the parts of its entry.

use super::answer_mark::AnswerMark;
use super::{line_span, model};
use crate::labels::{HeadLabel, Label};
use crate::marks::{self, Fold, LineLabel, Mark};
use crate::parts::{self, QuoteLabel};
use crate::scan::{Block, BlockKind, Line};
use crate::{Entry, Layout, Margin, ModelAnswer, Part, Section, Span, Vocabulary, state};

/// Longest quoted line that heads a part, in characters.
const QUOTED_TITLE_MOST: usize = 40;

/// The part that is being read.
pub(super) enum Open {
    /// Nothing yet.
    Head,
    Answer {
        start: usize,
    },
    /// Under a model answer's heading or line, not in a quote.
    Model {
        heading: Span,
        start: usize,
    },
    /// Under a hint's line, not in a quote.
    Hint {
        start: usize,
    },
    Section {
        title: String,
        level: u8,
        heading: Span,
        start: usize,
    },
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a Vocabulary,
    /// Level of the question's heading.
    pub(super) level: u8,
    pub(super) lettered: bool,
    pub(super) line: bool,
    pub(super) marked: AnswerMark,
    pub(super) entry: Entry,
    pub(super) open: Open,
    /// Whether the answer's text was read.
    pub(super) answered: bool,
    /// Where the head ends (bytes): the question, its category and its hint.
    pub(super) head_end: usize,
}

impl Reader<'_> {
    /// Reads the blocks below the question, and finishes at `end` (bytes).
    pub(super) fn read(mut self, below: &[Block], end: usize) -> Entry {
        let mut at = 0;
        while let Some(block) = below.get(at) {
            at += self.block(block, below.get(at + 1));
        }
        self.close(end);
        self.finish()
    }

    /// Reads a block; returns how many blocks it took.
    fn block(&mut self, block: &Block, next: Option<&Block>) -> usize {
        match block.kind {
            BlockKind::Heading { level, content } => self.heading(block, level, content),
            BlockKind::Quote => return self.quote(block, next),
            BlockKind::Html => self.html(block),
            BlockKind::Text => self.lines(block),
            BlockKind::Blank => {
                if let Open::Hint { .. } = self.open {
                    self.close(block.span.start);
                }
            }
            // Decoration of the question's heading.
            BlockKind::AttributeList if matches!(self.open, Open::Head) => {
                self.note_head(block.span.end);
            }
            _ => self.prose(block.span.start),
        }
        1
    }

    /// Whether a heading or label marks the answer.
    fn is_marked(&self) -> bool {
        self.marked != AnswerMark::None
    }

    fn answer_level(&self) -> Option<u8> {
        match self.marked {
            AnswerMark::Heading(level, _) => Some(level),
            _ => None,
        }
    }

    /// Whether nothing but the head, or text that belongs to nothing yet, was read.
    fn in_head(&self) -> bool {
        match &self.open {
            Open::Head => true,
            Open::Section { title, level, .. } => title.is_empty() && *level == 0,
            _ => false,
        }
    }

    /// Text before any heading is the answer where nothing else marks it.
    fn prose(&mut self, at: usize) {
        if let Open::Head = self.open {
            self.open = if !self.is_marked() && !self.answered {
                Open::Answer { start: at }
            } else {
                Open::Section { title: String::new(), level: 0, heading: at..at, start: at }
            };
        }
    }

    fn heading(&mut self, block: &Block, level: u8, content: (usize, usize)) {
        let title = self.text.get(content.0..content.1).unwrap_or_default();
        let heading = line_span(self.text, &block.span);
        let label = self.words.label(title);
        if self.marked == AnswerMark::Heading(level, block.span.start) {
            self.close(block.span.start);
            self.entry.answer.heading = Some(heading);
            self.open = Open::Answer { start: block.span.end };
            return;
        }
        if label == Some(Label::ModelAnswer) && self.entry.model_answer.is_none() {
            self.close(block.span.start);
            self.open = Open::Model { heading, start: block.span.end };
            return;
        }
        // A heading deeper than the one that opened the part belongs to its text.
        let outer = match &self.open {
            Open::Section { level, .. } if *level > 0 => *level,
            _ => self.answer_level().unwrap_or(self.level.saturating_add(1)),
        };
        let free = !self.is_marked()
            && label.is_none()
            && !self.answered
            && matches!(self.open, Open::Head | Open::Answer { .. });
        if free {
            self.prose(block.span.start);
        } else if level <= outer || self.in_head() {
            self.close(block.span.start);
            let (title, start) = (title.to_owned(), block.span.end);
            self.open = Open::Section { title, level, heading, start };
        }
    }

    fn quote(&mut self, block: &Block, next: Option<&Block>) -> usize {
        let lines = parts::lines_between(self.text, block.span.start, block.span.end);
        let label = parts::quote_label(&lines, self.words);
        match label {
            Some(quote)
                if quote.label == Label::ModelAnswer && self.entry.model_answer.is_none() =>
            {
                self.close(block.span.start);
                let attributes = next.filter(|b| b.kind == BlockKind::AttributeList);
                let body = self.quoted(&quote, &lines, block);
                let of_body = lines_of(&lines, &quote);
                let end = attributes.map_or(block.span.end, |b| b.span.end);
                self.entry.model_answer = Some(self.model(block.span.start..end, body, &of_body));
                return 1 + usize::from(attributes.is_some());
            }
            Some(quote) if quote.label == Label::Answer && self.takes_quoted_answer() => {
                self.close(block.span.start);
                let line = lines.get(quote.at).map_or(quote.from, |l| l.start);
                self.entry.answer.heading = Some(line..quote.to);
                let body = self.quoted(&quote, &lines, block);
                if body.span.is_empty() {
                    // Right below a quote a text would go on with it: a blank line parts the two.
                    let blank = next.filter(|b| b.kind == BlockKind::Blank);
                    let line = blank.map(|b| line_span(self.text, &b.span).end);
                    let below =
                        line.and_then(|end| Some(end + 1 + self.text.get(end..)?.find('\n')?));
                    self.open = Open::Answer { start: below.unwrap_or(block.span.end) };
                } else {
                    self.entry.answer.body = body;
                    self.answered = true;
                }
                return 1;
            }
            Some(quote) if quote.label == Label::Section && self.takes_quoted_section() => {
                let body = self.quoted(&quote, &lines, block);
                self.quoted_section(quote.from..quote.to, body, block);
                return 1;
            }
            _ => {}
        }
        if self.in_head() && self.head_quote(&lines) {
            self.close(block.span.start);
            if !self.answered {
                self.head_end = block.span.end;
            }
            return 1;
        }
        if self.marked == AnswerMark::Quote
            && let [line] = lines.as_slice()
            && let (start, title) = parts::quoted_content(line)
            && title.chars().take(QUOTED_TITLE_MOST + 1).count() <= QUOTED_TITLE_MOST
            && !title.trim_end().ends_with(['.', '。', '!'])
        {
            let body = Part { span: line.end..line.end, margin: Margin::Quote };
            self.quoted_section(start..start + title.trim_end().len(), body, block);
            return 1;
        }
        self.prose(block.span.start);
        1
    }

    fn takes_quoted_answer(&self) -> bool {
        self.marked == AnswerMark::Quote && self.entry.answer.heading.is_none()
    }

    /// A quote inside an answer is part of it, unless quotes are how this entry marks its parts.
    fn takes_quoted_section(&self) -> bool {
        self.marked == AnswerMark::Quote || self.is_marked() && self.in_head()
    }

    /// The text of a quote behind its label.
    fn quoted(&self, quote: &QuoteLabel, lines: &[Line<'_>], block: &Block) -> Part {
        let place = lines.get(quote.at).map_or(block.span.end, |l| l.end);
        let below = lines.get(quote.at).map_or(block.span.end, |l| l.next);
        let body = parts::quoted(self.text, below, block.span.end, place);
        match quote.rest {
            Some(rest) if body.span.is_empty() => {
                let line = lines.get(quote.at).map_or("", |l| l.text);
                let end = place - (line.len() - line.trim_end().len());
                Part { span: rest..end.max(rest), margin: Margin::Quote }
            }
            Some(rest) => Part { span: rest..body.span.end, margin: Margin::Quote },
            None => body,
        }
    }

    /// A quoted line that heads a part, whose text is in the same quote or below it.
    fn quoted_section(&mut self, heading: Span, body: Part, block: &Block) {
        self.close(block.span.start);
        let title = self.text.get(heading.clone()).unwrap_or_default();
        let title = title.trim_matches(['*', '#', ' ', ':', '：']).to_owned();
        if body.span.is_empty() {
            self.open = Open::Section { title, level: 0, heading, start: block.span.end };
        } else {
            self.entry.sections.push(Section { title, level: 0, heading, body });
        }
    }

    fn html(&mut self, block: &Block) {
        let fold = marks::fold(self.text, &block.span);
        let label = fold.as_ref().and_then(|f| self.words.fold_label(&f.summary));
        let (Some(fold), Some(label)) = (fold, label) else {
            self.prose(block.span.start);
            return;
        };
        let unanswered = match self.open {
            Open::Answer { start } => {
                parts::plain(self.text, start, block.span.start).span.is_empty()
            }
            _ => self.marked == AnswerMark::Fold && !self.answered,
        };
        if label == Label::Answer && unanswered {
            self.close(block.span.start);
            self.entry.answer.heading.get_or_insert(fold.head);
            self.entry.answer.body = fold.body;
            self.answered = true;
        } else if label != Label::Section && self.entry.model_answer.is_none() {
            // An answer folded away beside one's own is one to compare with.
            self.close(block.span.start);
            let lines = parts::lines_between(self.text, fold.body.span.start, fold.body.span.end);
            let span = block.span.start..block.span.end;
            self.entry.model_answer = Some(self.model(span, fold.body, &lines));
        } else if label != Label::Section || self.in_head() {
            self.close(block.span.start);
            let Fold { summary: title, head: heading, body } = fold;
            self.entry.sections.push(Section { title, level: 0, heading, body });
        } else {
            self.prose(block.span.start);
        }
    }

    /// Reads lines of text, some of which may begin with labels.
    fn lines(&mut self, block: &Block) {
        // At the beginning of a paragraph, or right below a label's line.
        let mut fresh = true;
        for line in parts::lines_between(self.text, block.span.start, block.span.end) {
            let looks = fresh || self.lettered;
            let label = looks.then(|| self.words.line_label(line.text)).flatten();
            match label.filter(|label| self.takes(label, fresh)) {
                Some(label) => {
                    self.label(&line, &label);
                    fresh = true;
                }
                None => {
                    self.prose(line.start);
                    fresh = false;
                }
            }
        }
        if let Open::Hint { .. } = self.open {
            self.close(block.span.end);
        }
    }

    /// Whether a label means what it says where it stands.
    fn takes(&self, label: &LineLabel, fresh: bool) -> bool {
        let by_labels = matches!(self.marked, AnswerMark::Line | AnswerMark::Quote);
        let in_hint = matches!(self.open, Open::Hint { .. });
        match label.mark {
            Mark::Part(Label::Answer) => {
                self.marked == AnswerMark::Line
                    && self.entry.answer.heading.is_none()
                    && (!label.short || self.lettered)
            }
            Mark::Part(Label::ModelAnswer) => {
                let inside = matches!(self.open, Open::Answer { .. }) && !by_labels;
                fresh && self.entry.model_answer.is_none() && (label.alone || !inside)
            }
            Mark::Part(Label::Section) => fresh && by_labels,
            Mark::Head(HeadLabel::Category) => fresh && (self.in_head() || in_hint),
            Mark::Head(_) => fresh && (self.in_head() || in_hint) && self.entry.hint.is_none(),
        }
    }

    fn label(&mut self, line: &Line<'_>, label: &LineLabel) {
        self.close(line.start);
        let heading = line.start + label.from..line.start + label.to;
        let start = if label.alone { line.next } else { line.start + label.rest };
        match label.mark {
            Mark::Part(Label::Answer) => {
                self.entry.answer.heading = Some(heading);
                self.open = Open::Answer { start };
            }
            Mark::Part(Label::ModelAnswer) => {
                self.open = Open::Model { heading: line.start..heading.end, start };
            }
            Mark::Part(Label::Section) => {
                let title = self.text.get(heading.clone()).unwrap_or_default();
                let title = title.trim_matches(['*', ' ', ':', '：']).to_owned();
                self.open = Open::Section { title, level: 0, heading, start };
            }
            Mark::Head(HeadLabel::Category) => {
                let from = line.start + label.rest;
                self.category(from, line.start + line.text.trim_end().len(), Margin::None);
                self.note_head(line.next);
            }
            Mark::Head(_) => {
                self.open = Open::Hint { start: line.start + label.rest };
                self.note_head(line.next);
            }
        }
    }

    fn note_head(&mut self, end: usize) {
        if !self.answered {
            self.head_end = end;
        }
    }

    /// Reads category and hint from a quote at the head of the entry; whether it held one.
    fn head_quote(&mut self, lines: &[Line<'_>]) -> bool {
        let labels: Vec<(usize, HeadLabel, usize)> = parts::outside_fences(lines, true)
            .filter_map(|(at, start, content)| {
                let (label, offset) = self.words.head_label(content)?;
                Some((at, label, start + offset))
            })
            .collect();
        for (nth, (at, label, start)) in labels.iter().enumerate() {
            let end_line = labels.get(nth + 1).map_or(lines.len(), |(next, ..)| *next);
            let of_label = lines.get(*at..end_line).unwrap_or_default();
            let end_of = |line: &Line<'_>| line.start + line.text.trim_end().len();
            match label {
                HeadLabel::Category => {
                    let end = of_label.first().map_or(*start, end_of);
                    self.category(*start, end, Margin::Quote);
                }
                HeadLabel::Hint | HeadLabel::Keyword if self.entry.hint.is_none() => {
                    let last =
                        of_label.iter().rfind(|l| !parts::quoted_content(l).1.trim().is_empty());
                    let end = last.map_or(*start, end_of).max(*start);
                    self.entry.hint = Some(Part { span: *start..end, margin: Margin::Quote });
                }
                HeadLabel::Hint | HeadLabel::Keyword => {}
            }
        }
        !labels.is_empty()
    }

    /// Reads the text behind a category's label.
    fn category(&mut self, start: usize, end: usize, margin: Margin) {
        let end = end.max(start);
        let text = self.text.get(start..end).unwrap_or_default();
        let (category, topic) = match text.split_once([',', '，']) {
            Some((category, topic)) => (category.trim(), topic.trim()),
            None => (text.trim(), ""),
        };
        let known = self.entry.categories.iter().any(|c| c == category);
        if !category.is_empty() && !known {
            self.entry.categories.push(category.to_owned());
        }
        if !topic.is_empty() && self.entry.topic.is_none() {
            self.entry.topic = Some(topic.to_owned());
        }
        self.entry.category_line.get_or_insert(Part { span: start..end, margin });
    }

    fn model(&self, span: Span, body: Part, lines: &[Line<'_>]) -> ModelAnswer {
        model(self.text, span, body, lines, self.words)
    }

    /// Ends the part that is being read at `end` (bytes).
    fn close(&mut self, end: usize) {
        match std::mem::replace(&mut self.open, Open::Head) {
            Open::Head => {}
            Open::Answer { start } => {
                self.entry.answer.body = parts::inline(self.text, start, end);
                self.answered = true;
            }
            Open::Model { heading, start } => {
                let body = parts::inline(self.text, start, end);
                let lines = parts::lines_between(self.text, body.span.start, end);
                self.entry.model_answer = Some(self.model(heading.start..end, body, &lines));
            }
            Open::Hint { start } => {
                self.entry.hint = Some(parts::inline(self.text, start, end));
                self.note_head(end);
            }
            Open::Section { title, level, heading, start } => {
                let body = parts::inline(self.text, start, end);
                if !(title.is_empty() && body.span.is_empty()) {
                    self.entry.sections.push(Section { title, level, heading, body });
                }
            }
        }
    }

    fn finish(self) -> Entry {
        let layout = self.layout();
        let mut entry = self.entry;
        entry.layout = layout;
        if !self.answered {
            // An answer would go under the question, its category and its hint.
            entry.answer.body = Part { span: self.head_end..self.head_end, margin: Margin::None };
        }
        entry.answer.state =
            state::answer_state(&parts::text_of(self.text, &entry.answer.body), self.words);
        entry
    }

    fn layout(&self) -> Layout {
        let entry = &self.entry;
        let model = entry.model_answer.as_ref();
        let model_text = model.and_then(|m| self.text.get(m.span.clone())).unwrap_or_default();
        match self.marked {
            _ if self.line => Layout::Labelled,
            AnswerMark::Line => Layout::Labelled,
            AnswerMark::Quote => Layout::QuoteLabelled,
            AnswerMark::Fold => Layout::Folded,
            AnswerMark::Heading(level, _) if level == self.level => Layout::Level,
            _ if entry.category_line.as_ref().is_some_and(|p| p.margin == Margin::Quote) => {
                Layout::Quoted
            }
            _ if entry.hint.as_ref().is_some_and(|p| p.margin == Margin::Quote) => Layout::Quoted,
            _ if model_text.starts_with('>') => Layout::Quoted,
            _ if model_text.starts_with('<') => Layout::Folded,
            AnswerMark::Heading(..) => Layout::Headed,
            AnswerMark::None if model_text.starts_with('#') => Layout::Headed,
            AnswerMark::None if model.is_some() || entry.hint.is_some() => Layout::Labelled,
            AnswerMark::None => Layout::Prose,
        }
    }
}

/// The lines of a labelled quote's text; the first is what follows the label on its line.
fn lines_of<'a>(lines: &[Line<'a>], quote: &QuoteLabel) -> Vec<Line<'a>> {
    let below = lines.get(quote.at + 1..).unwrap_or_default();
    let first = quote.rest.and_then(|rest| {
        let line = lines.get(quote.at)?;
        Some(Line { start: rest, text: line.text.get(rest - line.start..)?, ..*line })
    });
    first.into_iter().chain(below.iter().copied()).collect()
}
