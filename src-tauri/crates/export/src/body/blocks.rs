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
use crate::marking::is_sign;
use crate::math;
use crate::notes::Omission;
use crate::picture;
use crate::words::words;

/// Runs of code without a blank longer than this, in characters, may break after a sign; twice as
/// long, or at the width of the place, anywhere.
const LONG_RUN: usize = 40;
/// Width of a Latin character in a block of code, in em of the text around it.
const CODE_EM: f64 = 0.55;

/// So many characters of a formula are named in a note.
const NAMED: usize = 60;

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
        // Room inside the block, less its insets.
        let most = ((self.frame().room - 2.5) / CODE_EM).max(8.0);
        let mut raw =
            RawElem::new(RawContent::Text(breakable(&code, most).into())).with_block(true);
        if !language.is_empty() {
            raw = raw.with_lang(Some(language.to_lowercase().into()));
        }
        let raw = raw.pack();
        // The template boxes words in code so marked; doing it everywhere costs time.
        self.push(if has_hangul { labelled(raw, "hangul-code") } else { raw });
    }

    /// Sets a formula; one that is not understood is shown as it is written.
    pub(super) fn formula(&mut self, latex: &str, block: bool) {
        let latex: String = latex.chars().filter(|c| !is_sign(*c)).collect();
        if let Some(content) = math::equation(&latex, block, self.converter.notes) {
            if block {
                self.flush();
                self.push(content);
            } else {
                self.frame().line.thing(content);
            }
            return;
        }
        let short: String = latex.trim().chars().take(NAMED).collect();
        self.converter.notes.add(Omission::Formula(&short));
        if block {
            self.code_block("tex", latex.trim());
        } else {
            self.with_line(|line, notes| line.code(&latex, notes));
        }
    }

    /// Makes the block that was written last one of a kind the template knows.
    pub(super) fn mark_last(&mut self, kind: &str) {
        self.flush();
        let blocks = &mut self.frame().blocks;
        if let Some(last) = blocks.pop() {
            // A thing has one label.
            let has_own = last.label().is_some();
            let last = if has_own { Content::sequence([last, Content::empty()]) } else { last };
            blocks.push(labelled(last, kind));
        }
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
        let note = Frame::new(Kind::Note, self.converter.room, &self.converter.boxes);
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
        let room = self.frame().room * self.converter.size;
        match picture::load(target, &alt, self.folder, self.converter.root, room) {
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

/// Lets long runs of code break after signs and, failing that, anywhere; `most` Latin characters
/// fit in a line.
fn breakable(code: &str, most: f64) -> String {
    let mut out = String::with_capacity(code.len());
    let mut run = 0;
    let mut width = 0.0;
    for c in code.chars() {
        let next = if c.is_ascii() { 1.0 } else { 2.0 };
        if c.is_whitespace() {
            run = 0;
            width = 0.0;
        } else if width + next > most || run >= 2 * LONG_RUN {
            out.push('\u{200b}');
            run = 1;
            width = next;
        } else {
            run += 1;
            width += next;
        }
        out.push(c);
        let sign = matches!(c, '/' | '.' | ',' | ';' | '&' | '?' | '=' | '_' | '-' | '(' | ')');
        if sign && (run >= LONG_RUN || width * 2.0 > most) {
            out.push('\u{200b}');
            run = 0;
            width = 0.0;
        }
    }
    out
}
