//! Code, footnotes and pictures.

use pulldown_cmark::Event;
use typst::foundations::{Content, Label, NativeElement as _};
use typst::layout::{BlockBody, BlockElem, BoxElem};
use typst::model::FootnoteElem;
use typst::text::{RawContent, RawElem};
use typst::utils::PicoStr;

use super::{Builder, Frame, Kind};
use crate::fonts::printable;
use crate::line::is_hangul;
use crate::notes::Omission;
use crate::picture;
use crate::words::words;

/// Runs of code without a blank longer than this, in columns, may break after a sign; twice as
/// long, anywhere.
const LONG_RUN: usize = 40;

impl Builder<'_, '_> {
    pub(super) fn code_block(&mut self, info: &str, code: &str) {
        self.flush();
        let language = info.split([' ', ',', '{', ':', '\t']).next().unwrap_or_default();
        if matches!(language, "mermaid" | "plantuml") {
            self.converter.notes.add(Omission::Diagram(language));
        }
        let code = printable(code, self.converter.notes);
        if code.trim().is_empty() {
            return;
        }
        let has_hangul = code.contains(is_hangul);
        let mut raw = RawElem::new(RawContent::Text(breakable(&code).into())).with_block(true);
        if !language.is_empty() {
            raw = raw.with_lang(Some(language.to_lowercase().into()));
        }
        let raw = raw.pack();
        // The template boxes words in code so marked; doing it everywhere costs time.
        self.push(if has_hangul { labelled(raw, "hangul-code") } else { raw });
    }

    pub(super) fn footnote(&mut self, name: &str, events: &[Event<'_>]) {
        let Some(note) = self.footnotes.get(name).filter(|_| !self.in_footnote) else {
            let text = format!("[^{name}]");
            self.with_line(|line, notes| line.text(&text, notes));
            return;
        };
        let (range, known) = (note.events.clone(), note.label);
        if let Some(label) = known {
            self.frame().line.sign(FootnoteElem::with_label(label).pack());
            return;
        }
        let note = Frame { kind: Kind::Note, ..Frame::default() };
        let frames = std::mem::replace(&mut self.frames, vec![note]);
        self.in_footnote = true;
        self.events(events, range);
        self.in_footnote = false;
        self.flush();
        let blocks = std::mem::replace(&mut self.frames, frames).pop().map(Frame::finish);
        let body = Content::sequence(blocks.unwrap_or_default());
        self.converter.footnotes += 1;
        let label = format!("note-{}", self.converter.footnotes);
        let content = labelled(FootnoteElem::with_content(body).pack(), &label);
        if let Some(note) = self.footnotes.get_mut(name) {
            note.label = content.label();
        }
        self.frame().line.sign(content);
    }

    pub(super) fn place_picture(&mut self, target: &str, alt: &str) {
        let alt = if alt.trim().is_empty() { file_name(target) } else { alt.trim() };
        let alt = printable(alt, self.converter.notes);
        if !self.converter.pictures {
            self.described(&alt);
            return;
        }
        match picture::load(target, &alt, self.folder, self.converter.root) {
            Ok(picture) if picture.small || self.single_line => {
                let content = BoxElem::new().with_body(Some(picture.content)).pack();
                self.frame().line.thing(content);
            }
            Ok(picture) => {
                self.flush();
                let block = BlockElem::new().with_body(Some(BlockBody::Content(picture.content)));
                self.push(labelled(block.pack(), "picture"));
            }
            Err(refusal) => {
                self.converter.notes.add(refusal.omission(target));
                self.described(&alt);
            }
        }
    }

    /// Puts a picture's description in its place.
    fn described(&mut self, alt: &str) {
        let label = words(self.converter.notes.language()).picture;
        let text = format!("[{label}: {alt}]");
        self.with_line(|line, notes| line.text(&text, notes));
    }
}

fn labelled(content: Content, name: &str) -> Content {
    match Label::new(PicoStr::intern(name)) {
        Some(label) => content.labelled(label),
        None => content,
    }
}

fn file_name(target: &str) -> &str {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(target)
}

/// Lets long runs of code break after signs and, failing that, anywhere.
fn breakable(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    let mut run = 0;
    for c in code.chars() {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        out.push(c);
        let sign = matches!(c, '/' | '.' | ',' | ';' | '&' | '?' | '=' | '_' | '-' | '(' | ')');
        if run >= LONG_RUN && (sign || run >= 2 * LONG_RUN) {
            out.push('\u{200b}');
            run = 0;
        }
    }
    out
}
