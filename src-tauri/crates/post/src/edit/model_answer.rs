//! Replaces a model answer, or the version of it for one audience.

use super::body::Written;
use super::head::PROBE;
use super::open::refuse_open;
use super::style::Style;
use super::text::{end_of_text, line_end, line_start, next_line, without_outer_blank_lines};
use super::{EditError, Edits};
use crate::{Entry, Margin, ModelAnswer, Part, Post, Span, scan, scan::BlockKind};

impl Post {
    /// Replaces the model answer of the entry at `nth`: all of its text, audience lines included, or
    /// that of one version alone. Heading, quote prefix and attribute list stay. Where there is no
    /// model answer, it is made below the answer as the entries around have theirs.
    ///
    /// An empty text removes it: the whole block, or one version with its audience line; the block,
    /// too, if that version was all of it.
    ///
    /// # Errors
    /// `NoVariant`; `NoPlace`; `BreaksStructure` if the text would not be read back in this place.
    pub fn set_model_answer(
        &self,
        nth: usize,
        variant: Option<usize>,
        text: &str,
    ) -> Result<Edits, EditError> {
        let (_, entry) = self.entry(nth)?;
        let new = without_outer_blank_lines(text);
        let Some(model) = &entry.model_answer else {
            return match variant {
                Some(_) => Err(EditError::NoVariant),
                None if new.is_empty() => Ok(Edits::default()),
                None => {
                    refuse_open("", &new)?;
                    let style = self.style(nth);
                    let make = |text: &str| {
                        let written = self.create_model(entry, text, &style);
                        self.checked_model(nth, None, text, written)
                    };
                    make(&new).map_err(
                        |error| {
                            if make(PROBE).is_ok() { error } else { EditError::NoPlace }
                        },
                    )
                }
            };
        };
        let (part, variant) = match variant {
            None => (&model.body, None),
            Some(at) => {
                let found = model.variants.get(at).ok_or(EditError::NoVariant)?;
                // Without an audience line it is all there is.
                let alone = found.audience.is_none() && model.variants.len() == 1;
                (&found.body, (!alone).then_some(at))
            }
        };
        let old = without_outer_blank_lines(&self.part_text(part));
        if new == old {
            return Ok(Edits::default());
        }
        refuse_open(&old, &new)?;
        let written = match variant {
            _ if !new.is_empty() => self.write_model(model, part, &new),
            Some(at) if model.variants.len() > 1 => self.remove_variant(model, at),
            _ => {
                let span = self.text_above(model.span.start)..end_of_text(self.text(), &model.span);
                Written { start: span.start, edits: Edits::one(span, String::new()) }
            }
        };
        self.checked_model(nth, variant, &new, written)
    }

    fn checked_model(
        &self,
        nth: usize,
        variant: Option<usize>,
        new: &str,
        written: Written,
    ) -> Result<Edits, EditError> {
        self.verified(written.edits, |expected, read| {
            expected.follow(read, nth, |entry, read| {
                let last = entry.variants.len() == 1;
                match variant {
                    Some(at) if !(new.is_empty() && last) => {
                        entry.model_answer.clone_from(&read.model_answer);
                        if new.is_empty() {
                            entry.variants.remove(at);
                        } else if let Some(variant) = entry.variants.get_mut(at) {
                            new.clone_into(&mut variant.1);
                        }
                    }
                    _ => {
                        entry.model_answer = (!new.is_empty()).then(|| new.to_owned());
                        entry.variants.clone_from(&read.variants);
                    }
                }
            });
        })
        .map_err(|after| {
            let model = after.entries().nth(nth).and_then(|(_, e)| e.model_answer.as_ref());
            let part = model.and_then(|model| match variant {
                None => Some(&model.body),
                Some(at) => model.variants.get(at).map(|v| &v.body),
            });
            EditError::breaking(&after, part, written.start, new)
        })
    }

    /// Writes a text into a part of a model answer.
    pub(super) fn write_model(&self, model: &ModelAnswer, part: &Part, new: &str) -> Written {
        if !part.span.is_empty() {
            return self.replace_part(part, new);
        }
        let at = part.span.start;
        if part.margin != Margin::Quote {
            let lines = self.lines_at(part);
            let text = lines.write_whole(new);
            return self.fill_place(at, "", &text, lines.eol);
        }
        // Under the heading or audience line, and under the quoted blank line that follows it.
        let text = self.text();
        let start = line_start(text, at);
        let line = text.get(start..line_end(text, at)).unwrap_or_default();
        let prefix = line.get(..scan::quote_prefix(line)).unwrap_or_default().to_owned();
        let eol = self.line_ending_at(at);
        let lines = super::body::Lines { eol, blank: prefix.clone(), margin: prefix };
        let mut blanks = Vec::new();
        let mut below = next_line(text, at);
        while below < model.span.end && is_quoted_blank(text, below) {
            blanks.push(below..line_end(text, below));
            below = next_line(text, below);
        }
        let heads_all = part.span == model.body.span;
        let text = lines.write_whole(new);
        let (span, lead): (Span, String) = match blanks.as_slice() {
            // The second blank line, or the only one below an audience line, is where the text goes.
            [_, place, ..] if heads_all => (place.clone(), String::new()),
            [only] if heads_all => (only.end..only.end, eol.to_owned()),
            [place, _, ..] => (place.clone(), String::new()),
            _ => (at..at, eol.to_owned()),
        };
        let start = span.start + lead.len();
        Written { edits: Edits::one(span, format!("{lead}{text}")), start }
    }

    /// Makes a model answer below the answer.
    pub(super) fn create_model(&self, entry: &Entry, new: &str, style: &Style) -> Written {
        let body = &entry.answer.body.span;
        let at = match &entry.answer.heading {
            _ if !body.is_empty() => self.block_end(entry, body.end),
            Some(heading) => heading.end,
            None => body.start.saturating_sub(1).max(entry.heading.end),
        };
        let eol = self.line_ending_at(at);
        let block = style.model.write(new, eol);
        let edits = self.insert_below(at, &format!("{eol}{block}"));
        let start = line_end(self.text(), at) + 2 * eol.len() + style.model.text_offset(eol);
        Written { edits, start }
    }

    /// The end (bytes) of the fold that ends an answer, or `at` where there is none.
    fn block_end(&self, entry: &Entry, at: usize) -> usize {
        let text = self.text().get(..entry.span.end).unwrap_or_default();
        let blocks = scan::scan(text, entry.span.start).blocks;
        let holds = |block: &&scan::Block| block.span.start < at && at <= block.span.end;
        let fold = blocks.iter().find(holds).filter(|block| block.kind == BlockKind::Html);
        fold.map_or(at, |block| end_of_text(self.text(), &block.span))
    }

    /// Removes one version with its audience line and the blank lines below it.
    fn remove_variant(&self, model: &ModelAnswer, at: usize) -> Written {
        let text = self.text();
        let from = |at: usize| {
            let variant = model.variants.get(at)?;
            let start = line_start(text, variant.body.span.start);
            // The audience line: where the text is empty, its place is the end of that line.
            let above = text.get(..start).unwrap_or_default();
            Some(match &variant.audience {
                None => start,
                Some(audience) => {
                    let mark = |line: &str| line.contains(audience.as_str());
                    let own = text.get(start..line_end(text, start)).unwrap_or_default();
                    if variant.body.span.is_empty() && mark(own) {
                        start
                    } else {
                        let mut up = above.len();
                        loop {
                            let line = line_start(text, up.saturating_sub(1));
                            if up == 0 || mark(text.get(line..up).unwrap_or_default()) {
                                break line;
                            }
                            up = line;
                        }
                    }
                }
            })
        };
        let start = from(at).unwrap_or(model.body.span.start);
        let span = match from(at + 1) {
            Some(next) => start..next,
            None => {
                let end = model.variants.get(at).map_or(model.body.span.end, |v| v.body.span.end);
                self.text_above(start)..line_end(text, end)
            }
        };
        Written { start: span.start, edits: Edits::one(span, String::new()) }
    }
}

fn is_quoted_blank(text: &str, start: usize) -> bool {
    let line = text.get(start..line_end(text, start)).unwrap_or_default();
    scan::is_quote(line)
        && line.get(scan::quote_prefix(line)..).is_some_and(|l| l.trim().is_empty())
}
