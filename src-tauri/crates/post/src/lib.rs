//! Splits a post into days, entries and their parts, and splices edits into it.
//!
//! A post is its text. Everything else here is ranges over that text, found anew after each change;
//! a change is a splice ([`Edits`]). There is no serializer, no formatter and no front matter
//! writer. Parsing never fails: what is odd becomes a [`Diagnostic`].
//!
//! Knows no files, no clock and no front end.

mod conflict;
mod cuts;
mod dates;
mod edit;
mod entry;
mod front_matter;
mod key;
mod labels;
mod links;
mod listed;
mod marks;
mod model;
mod odd;
mod outline;
mod parts;
mod paste;
mod questions;
mod resemblance;
mod scan;
mod state;
mod vocabulary;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use conflict::Hidden;

pub use conflict::{ConflictSide, MergeConflict, Take};
pub use edit::{
    Breaks, DayHeading, EditError, Edits, NewEntry, new_post, new_post_name, with_plain_endings,
};
pub use front_matter::{FrontMatter, yaml_refusal};
pub use key::entry_key;
pub use model::{
    Answer, AnswerState, Day, Diagnostic, DiagnosticCode, Entry, Layout, Margin, ModelAnswer,
    ModelAnswerState, Part, Section, Span, Variant,
};
pub use paste::read_paste;
pub use resemblance::resemblance;
pub use vocabulary::Vocabulary;

/// One markdown file: optional front matter and body.
#[derive(Debug, Clone)]
pub struct Post {
    text: String,
    vocabulary: Arc<Vocabulary>,
    front_matter: Option<FrontMatter>,
    days: Vec<Day>,
    sections: Vec<Section>,
    diagnostics: Vec<Diagnostic>,
    conflicts: Vec<MergeConflict>,
    hidden: Hidden,
    /// Byte offsets at which lines begin, ascending.
    line_starts: Vec<usize>,
}

impl Post {
    /// Reads a text with the usual words. Never fails; linear in the text.
    pub fn parse(text: impl Into<String>) -> Self {
        static USUAL: LazyLock<Arc<Vocabulary>> = LazyLock::new(Arc::default);
        Self::parse_with(text, &USUAL)
    }

    /// Reads a text with the words of a user. Never fails; linear in the text.
    ///
    /// Where a merge left conflicts, the first side of each is read.
    pub fn parse_with(text: impl Into<String>, vocabulary: &Arc<Vocabulary>) -> Self {
        let text = text.into();
        let conflicts = conflict::find(&text);
        if conflicts.is_empty() {
            return Self::read(text, vocabulary);
        }
        let hidden = Hidden::of(&conflicts);
        let mut post = Self::read(hidden.left_out(&text), vocabulary);
        post.unhide(text, conflicts, hidden);
        post
    }

    fn read(text: String, vocabulary: &Arc<Vocabulary>) -> Self {
        let mut diagnostics = Vec::new();
        let start = if text.starts_with('\u{feff}') {
            diagnostics.push(Diagnostic {
                line: 1,
                code: DiagnosticCode::ByteOrderMark,
                message: "text begins with a byte order mark; it is kept".to_owned(),
            });
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let front_matter = front_matter::read(&text, start, &mut diagnostics);
        let body = front_matter.as_ref().map_or(start, |front| front.span.end);
        let scan = scan::scan(&text, body);
        let outline = {
            let title = front_matter.as_ref().and_then(|front| front.title.as_deref());
            outline::read(&text, &scan.blocks, title, vocabulary, &mut diagnostics)
        };
        let mut post = Self {
            vocabulary: Arc::clone(vocabulary),
            front_matter,
            days: outline.days,
            sections: outline.sections,
            diagnostics,
            conflicts: Vec::new(),
            hidden: Hidden::default(),
            line_starts: line_starts(&text),
            text,
        };
        post.diagnostics.extend(odd::look_over(&post, &scan.blocks));
        post.look_over(&scan.open_fences);
        post
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words it was read with.
    pub fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// The front matter, if the text begins with one.
    pub fn front_matter(&self) -> Option<&FrontMatter> {
        self.front_matter.as_ref()
    }

    /// The days with entries, in the order of the file.
    pub fn days(&self) -> &[Day] {
        &self.days
    }

    /// All entries with their days, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (&Day, &Entry)> {
        self.days.iter().flat_map(|day| day.entries.iter().map(move |entry| (day, entry)))
    }

    /// Headed parts outside entries, in the order of the file; their bodies do not overlap.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// What is odd, by line.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns the text of a part, without quote prefixes, markers of conflicts and other sides than
    /// the first.
    pub fn part_text(&self, part: &Part) -> Cow<'_, str> {
        let Some(shown) = self.hidden.within(&self.text, &part.span) else {
            return parts::text_of(&self.text, part);
        };
        let part = Part { span: 0..shown.len(), margin: part.margin };
        Cow::Owned(parts::text_of(&shown, &part).into_owned())
    }

    /// Returns the title: the front matter's, else the first section's or day's heading.
    pub fn title(&self) -> Option<&str> {
        let front = self.front_matter.as_ref().and_then(|front| front.title.as_deref());
        front.or_else(|| self.sections.iter().map(|s| s.title.as_str()).find(|t| !t.is_empty()))
    }

    /// Returns the date of the front matter.
    pub fn date(&self) -> Option<Date> {
        self.front_matter.as_ref().and_then(|front| front.date)
    }

    /// Returns the line of a byte offset, from 1.
    pub fn line_of(&self, offset: usize) -> usize {
        line_of(&self.line_starts, offset)
    }

    /// Takes over the text of which a part was hidden when it was read.
    fn unhide(&mut self, text: String, conflicts: Vec<MergeConflict>, hidden: Hidden) {
        let line_starts = line_starts(&text);
        for diagnostic in &mut self.diagnostics {
            let start = self.line_starts.get(diagnostic.line.saturating_sub(1));
            let start = start.map_or(0, |start| hidden.behind(*start));
            diagnostic.line = line_of(&line_starts, start);
        }
        self.diagnostics.extend(conflicts.iter().map(|conflict| Diagnostic {
            line: line_of(&line_starts, conflict.span.start),
            code: DiagnosticCode::ConflictMarkers,
            message: "git left a conflict here; the first side is read".to_owned(),
        }));
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.line);
        if let Some(front) = &mut self.front_matter {
            hidden.place(&mut front.span);
        }
        model::each_span(&mut self.days, &mut self.sections, &mut |span| hidden.place(span));
        (self.text, self.line_starts) = (text, line_starts);
        (self.conflicts, self.hidden) = (conflicts, hidden);
    }

    fn look_over(&mut self, open_fences: &[usize]) {
        let mut push = |line, code, message: &str| {
            self.diagnostics.push(Diagnostic { line, code, message: message.to_owned() });
        };
        for start in open_fences {
            let line = line_of(&self.line_starts, *start);
            push(line, DiagnosticCode::OpenFence, "code fence is never closed; read as text");
        }
        let bytes = self.text.as_bytes();
        let ends = self.line_starts.iter().filter_map(|start| start.checked_sub(2));
        let crlf = ends.filter(|at| bytes.get(*at) == Some(&b'\r')).count();
        let lf = self.line_starts.len() - 1 - crlf;
        if crlf > 0 && lf > 0 {
            push(
                1,
                DiagnosticCode::MixedLineEndings,
                "lines end in both CRLF and LF; all are kept",
            );
        }
        // One date may have several headings.
        let mut asked = HashSet::new();
        for day in &self.days {
            for entry in &day.entries {
                if !asked.insert(entry_key(day.date, &parts::text_of(&self.text, &entry.question)))
                {
                    let line = line_of(&self.line_starts, entry.heading.start);
                    push(
                        line,
                        DiagnosticCode::SameQuestion,
                        "this day asks the same question twice",
                    );
                }
            }
        }
        self.diagnostics.sort_by_key(|d| d.line);
    }
}

/// Tells how far an answer has come from its text alone, as for one still in an editor.
pub fn state_of_answer(text: &str, vocabulary: &Vocabulary) -> AnswerState {
    state::answer_state(text, vocabulary)
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn line_of(line_starts: &[usize], offset: usize) -> usize {
    line_starts.partition_point(|start| *start <= offset)
}

#[cfg(test)]
mod tests;
