//! Reads one question block: its blocks, from the heading on, into parts.

use crate::labels::{HeadLabel, Label};
use crate::parts;
use crate::scan::{Block, BlockKind};
use crate::{
    Answer, AnswerState, Entry, Layout, Margin, ModelAnswer, ModelAnswerState, Part, Section, Span,
    Vocabulary, state,
};

/// Reads the entry whose heading is `blocks[0]`. `blocks` are all of it, separators left out.
pub(crate) fn read(text: &str, blocks: &[Block], words: &Vocabulary) -> Option<Entry> {
    let head = blocks.first()?;
    let BlockKind::Heading { level, content } = head.kind else { return None };
    let heading = line_span(text, &head.span);
    let mark = words.question_mark(text.get(content.0..content.1)?).unwrap_or(0);
    let mut reader = Reader {
        text,
        level,
        words,
        answer_level: answer_level(text, blocks, words),
        entry: Entry {
            span: head.span.start..blocks.last()?.span.end,
            answer_span: None,
            layout: Layout::Prose,
            heading,
            question: Part { span: content.0 + mark..content.1, margin: Margin::None },
            categories: Vec::new(),
            topic: None,
            category_line: None,
            hint: None,
            answer: Answer {
                heading: None,
                body: Part { span: head.span.end..head.span.end, margin: Margin::None },
                state: AnswerState::Empty,
            },
            model_answer: None,
            sections: Vec::new(),
        },
        open: Open::Head,
        answered: false,
        head_end: head.span.end,
    };
    let mut at = 1;
    while let Some(block) = blocks.get(at) {
        at += reader.block(block, blocks.get(at + 1));
    }
    reader.close(blocks.last()?.span.end);
    Some(reader.finish())
}

/// The level of the heading that marks the answer, if one does.
fn answer_level(text: &str, blocks: &[Block], words: &Vocabulary) -> Option<u8> {
    blocks.iter().skip(1).find_map(|block| match block.kind {
        BlockKind::Heading { level, content } => {
            let label = words.label(text.get(content.0..content.1)?)?;
            (label == Label::Answer).then_some(level)
        }
        _ => None,
    })
}

/// The part that is being read.
enum Open {
    /// Nothing yet.
    Head,
    Answer {
        start: usize,
    },
    /// Under a model answer heading of its own, not in a quote.
    Model {
        heading: Span,
        start: usize,
    },
    Section {
        title: String,
        level: u8,
        heading: Span,
        start: usize,
    },
}

struct Reader<'a> {
    text: &'a str,
    words: &'a Vocabulary,
    /// Level of the question's heading.
    level: u8,
    answer_level: Option<u8>,
    entry: Entry,
    open: Open,
    /// Whether the answer's text was read.
    answered: bool,
    /// Where the head ends (bytes): the question, its category and its hint.
    head_end: usize,
}

impl Reader<'_> {
    /// Reads a block; returns how many blocks it took.
    fn block(&mut self, block: &Block, next: Option<&Block>) -> usize {
        match block.kind {
            BlockKind::Heading { level, content } => self.heading(block, level, content),
            BlockKind::Quote => return self.quote(block, next),
            BlockKind::Blank => {}
            // Decoration of the question's heading.
            BlockKind::AttributeList if matches!(self.open, Open::Head) => {}
            _ => self.prose(block),
        }
        1
    }

    /// Text before any heading is the answer where nothing else marks it.
    fn prose(&mut self, block: &Block) {
        if let Open::Head = self.open {
            self.open = if self.answer_level.is_none() && !self.answered {
                Open::Answer { start: block.span.start }
            } else {
                Open::Section {
                    title: String::new(),
                    level: 0,
                    heading: block.span.start..block.span.start,
                    start: block.span.start,
                }
            };
        }
    }

    fn heading(&mut self, block: &Block, level: u8, content: (usize, usize)) {
        let title = self.text.get(content.0..content.1).unwrap_or_default();
        let heading = line_span(self.text, &block.span);
        match self.words.label(title) {
            Some(Label::Answer)
                if self.entry.answer.heading.is_none() && Some(level) == self.answer_level =>
            {
                self.close(block.span.start);
                self.entry.answer.heading = Some(heading);
                self.open = Open::Answer { start: block.span.end };
            }
            Some(Label::ModelAnswer) if self.entry.model_answer.is_none() => {
                self.close(block.span.start);
                self.open = Open::Model { heading, start: block.span.end };
            }
            label => {
                // A heading deeper than the one that opened the part belongs to its text.
                let outer = match &self.open {
                    Open::Section { level, .. } if *level > 0 => *level,
                    _ => self.answer_level.unwrap_or(self.level + 1),
                };
                let free = self.answer_level.is_none()
                    && label.is_none()
                    && !self.answered
                    && matches!(self.open, Open::Head | Open::Answer { .. });
                if free {
                    self.prose(block);
                } else if level <= outer || matches!(self.open, Open::Head) {
                    self.close(block.span.start);
                    let (title, start) = (title.to_owned(), block.span.end);
                    self.open = Open::Section { title, level, heading, start };
                }
            }
        }
    }

    fn quote(&mut self, block: &Block, next: Option<&Block>) -> usize {
        let lines = parts::lines_between(self.text, block.span.start, block.span.end);
        if self.entry.model_answer.is_none()
            && let Some(at) = parts::model_heading(&lines, self.words)
        {
            self.close(block.span.start);
            let attributes = next.filter(|b| b.kind == BlockKind::AttributeList);
            let body_lines = lines.get(at + 1..).unwrap_or_default();
            let place = lines.get(at).map_or(block.span.end, |l| l.end);
            let start = lines.get(at).map_or(block.span.end, |l| l.next);
            let body = parts::quoted(self.text, start, block.span.end, place);
            self.entry.model_answer = Some(self.model(
                block.span.start..attributes.map_or(block.span.end, |b| b.span.end),
                body,
                body_lines,
            ));
            self.open = Open::Head;
            return 1 + usize::from(attributes.is_some());
        }
        if matches!(self.open, Open::Head) && !self.answered && self.head_quote(block) {
            self.open = Open::Head;
            self.head_end = block.span.end;
            return 1;
        }
        self.prose(block);
        1
    }

    /// Reads category and hint from a quote at the head of the entry; whether it held one.
    fn head_quote(&mut self, block: &Block) -> bool {
        let lines = parts::lines_between(self.text, block.span.start, block.span.end);
        let labels: Vec<(usize, HeadLabel, usize)> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| {
                let (start, content) = parts::quoted_content(line);
                let (label, offset) = self.words.head_label(content)?;
                Some((at, label, start + offset))
            })
            .collect();
        for (nth, (at, label, start)) in labels.iter().enumerate() {
            let end_line = labels.get(nth + 1).map_or(lines.len(), |(next, ..)| *next);
            match label {
                HeadLabel::Category => {
                    let end = lines.get(*at).map_or(*start, |l| l.start + l.text.trim_end().len());
                    let end = end.max(*start);
                    let line = Part { span: *start..end, margin: Margin::Quote };
                    self.entry.category_line.get_or_insert(line);
                    self.category(self.text.get(*start..end).unwrap_or_default());
                }
                HeadLabel::Hint | HeadLabel::Keyword if self.entry.hint.is_none() => {
                    let of_hint = lines.get(*at..end_line).unwrap_or_default();
                    let last =
                        of_hint.iter().rfind(|l| !parts::quoted_content(l).1.trim().is_empty());
                    let end =
                        last.map_or(*start, |l| l.start + l.text.trim_end().len()).max(*start);
                    self.entry.hint = Some(Part { span: *start..end, margin: Margin::Quote });
                }
                HeadLabel::Hint | HeadLabel::Keyword => {}
            }
        }
        !labels.is_empty()
    }

    fn category(&mut self, text: &str) {
        let (category, topic) = match text.split_once([',', '，']) {
            Some((category, topic)) => (category.trim(), topic.trim()),
            None => (text.trim(), ""),
        };
        if !category.is_empty() {
            self.entry.categories = vec![category.to_owned()];
        }
        if !topic.is_empty() {
            self.entry.topic = Some(topic.to_owned());
        }
    }

    fn model(&self, span: Span, body: Part, lines: &[crate::scan::Line<'_>]) -> ModelAnswer {
        let variants = parts::variants(self.text, lines, &body);
        let texts: Vec<_> = variants.iter().map(|v| parts::text_of(self.text, &v.body)).collect();
        let written =
            texts.iter().any(|t| state::model_state(t, self.words) == ModelAnswerState::Written);
        let state = if written { ModelAnswerState::Written } else { ModelAnswerState::Placeholder };
        ModelAnswer { span, body, variants, state }
    }

    /// Ends the part that is being read at `end` (bytes).
    fn close(&mut self, end: usize) {
        match std::mem::replace(&mut self.open, Open::Head) {
            Open::Head => {}
            Open::Answer { start } => {
                self.entry.answer.body = parts::plain(self.text, start, end);
                self.answered = true;
            }
            Open::Model { heading, start } => {
                let body = parts::plain(self.text, start, end);
                let lines = parts::lines_between(self.text, start, end);
                self.entry.model_answer = Some(self.model(heading.start..end, body, &lines));
            }
            Open::Section { title, level, heading, start } => {
                let body = parts::plain(self.text, start, end);
                if !(title.is_empty() && body.span.is_empty()) {
                    self.entry.sections.push(Section { title, level, heading, body });
                }
            }
        }
    }

    fn finish(self) -> Entry {
        let mut entry = self.entry;
        if !self.answered {
            // An answer would go under the question, its category and its hint.
            entry.answer.body = Part { span: self.head_end..self.head_end, margin: Margin::None };
        }
        let line = |span: &Span| self.text.get(span.clone()).unwrap_or_default();
        entry.layout = match &entry.answer.heading {
            Some(heading) if marks(line(heading)) == marks(line(&entry.heading)) => Layout::Level,
            _ if entry.category_line.is_some() || entry.hint.is_some() => Layout::Quoted,
            _ if entry.model_answer.as_ref().is_some_and(|m| m.body.margin == Margin::Quote) => {
                Layout::Quoted
            }
            Some(_) => Layout::Headed,
            None if entry.model_answer.is_some() => Layout::Headed,
            None => Layout::Prose,
        };
        entry.answer.state =
            state::answer_state(&parts::text_of(self.text, &entry.answer.body), self.words);
        entry
    }
}

/// The `#` a heading's line begins with.
fn marks(line: &str) -> usize {
    line.bytes().take_while(|b| *b == b'#').count()
}

/// A block's first line without its ending.
fn line_span(text: &str, span: &Span) -> Span {
    let slice = text.get(span.clone()).unwrap_or_default();
    let line = slice.split('\n').next().unwrap_or_default();
    span.start..span.start + line.trim_end_matches('\r').len()
}
