//! Inline content: words with their marks, gathered so that Korean never breaks inside a word.
//!
//! Typst may break a line between any two Hangul syllables. A box around each word (eojeol) of
//! two or more syllables forbids that; the box has to hold the whole word, also where its marks
//! change in the middle (`**동시성**을`), so words are gathered first and marks applied after.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ecow::EcoString;
use typst::foundations::{Content, Label, NativeElement as _};
use typst::layout::BoxElem;
use typst::model::{Destination, EmphElem, LinkElem, LinkTarget, StrongElem, Url};
use typst::text::{
    LinebreakElem, RawContent, RawElem, SpaceElem, StrikeElem, SubElem, SuperElem, TextElem,
    UnderlineElem,
};

use typst::utils::PicoStr;

use crate::fonts::{code_width, printable, width};
use crate::marking::{self, Verdict};
use crate::notes::Notes;

/// How a run of text is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Style {
    Strong,
    Emph,
    Strike,
    Underline,
    Sub,
    Super,
    Code,
    Link(Url),
    Verdict(Verdict),
}

impl Style {
    fn is_like(&self, other: &Style) -> bool {
        match (self, other) {
            (Style::Verdict(one), Style::Verdict(other)) => one == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    fn apply(&self, body: Content) -> Content {
        match self {
            Style::Strong => StrongElem::new(body).pack(),
            Style::Emph => EmphElem::new(body).pack(),
            Style::Strike => StrikeElem::new(body).pack(),
            Style::Underline => UnderlineElem::new(body).pack(),
            Style::Sub => SubElem::new(body).pack(),
            Style::Super => SuperElem::new(body).pack(),
            // Code words are raw elements already.
            Style::Code => body,
            // The template knows what each looks like.
            Style::Verdict(verdict) => match Label::new(PicoStr::intern(verdict.label())) {
                // A thing has one label, and this one may have its own already.
                Some(label) => Content::sequence([body, Content::empty()]).labelled(label),
                None => body,
            },
            Style::Link(url) => {
                LinkElem::new(LinkTarget::Dest(Destination::Url(url.clone())), body).pack()
            }
        }
    }
}

/// One occurrence of a style; two links side by side differ by `id`.
#[derive(Debug, Clone)]
struct Mark {
    id: u32,
    style: Style,
}

/// A run of characters, or a thing, inside a word.
#[derive(Debug, Clone)]
struct Piece {
    what: What,
    marks: Vec<Mark>,
}

#[derive(Debug, Clone)]
enum What {
    Text(String),
    /// Sticks to the word before it: a footnote's sign.
    Sign(Content),
}

#[derive(Debug, Clone)]
enum Atom {
    /// Invariant: never empty.
    Word(Vec<Piece>),
    /// A part of a word that is too long for a line; breaks only at its ends.
    Chunk(Vec<Piece>),
    Space(Vec<Mark>),
    Break,
    /// Stands for itself: a small picture.
    Thing(Content),
}

/// A line of inline content under construction.
#[derive(Debug)]
pub(crate) struct Line {
    atoms: Vec<Atom>,
    marks: Vec<Mark>,
    next: u32,
    widest: f64,
    extent: Extent,
    boxes: Rc<Boxes>,
}

/// How wide text is, in em of it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Extent {
    /// The widest word.
    pub(crate) word: f64,
    /// The widest line if nothing breaks.
    pub(crate) line: f64,
}

/// The boxed words of a book, each once: a box takes a thousand bytes, and words come again.
#[derive(Debug, Default)]
pub(crate) struct Boxes(RefCell<HashMap<String, Content>>);

impl Boxes {
    fn of(&self, word: &str) -> Content {
        if let Some(known) = self.0.borrow().get(word) {
            return known.clone();
        }
        let made = boxed(vec![TextElem::packed(word)]);
        self.0.borrow_mut().insert(word.to_owned(), made.clone());
        made
    }
}

impl Line {
    /// Makes a line for a place that is so wide, in em.
    pub(crate) fn within(room: f64, boxes: &Rc<Boxes>) -> Self {
        Self {
            atoms: Vec::new(),
            marks: Vec::new(),
            next: 0,
            widest: (room - 0.3).clamp(NARROWEST, WIDEST),
            extent: Extent::default(),
            boxes: Rc::clone(boxes),
        }
    }

    /// Returns the extent of all that was taken.
    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    /// Adds text with the marks that are open; signs of a comparison in it open and close marks.
    pub(crate) fn text(&mut self, text: &str, notes: &mut Notes) {
        let mut rest = text;
        while let Some(at) = rest.find(marking::is_sign) {
            let (before, found) = rest.split_at(at);
            self.words(before, notes);
            let mut chars = found.chars();
            match chars.next().and_then(marking::read) {
                Some((verdict, true)) => self.open(Style::Verdict(verdict)),
                Some((verdict, false)) => self.close(&Style::Verdict(verdict)),
                None => {}
            }
            rest = chars.as_str();
        }
        self.words(rest, notes);
    }

    fn words(&mut self, text: &str, notes: &mut Notes) {
        let text = printable(text, notes);
        for (index, word) in text.split(is_space).enumerate() {
            if index > 0 {
                self.space();
            }
            if !word.is_empty() {
                self.piece(What::Text(word.to_owned()));
            }
        }
    }

    /// Adds text in the code face.
    pub(crate) fn code(&mut self, text: &str, notes: &mut Notes) {
        self.open(Style::Code);
        self.text(text, notes);
        self.close(&Style::Code);
    }

    /// Adds white space; more of it counts once.
    pub(crate) fn space(&mut self) {
        if self.atoms.last().is_some_and(|atom| !matches!(atom, Atom::Space(_) | Atom::Break)) {
            self.atoms.push(Atom::Space(self.shown_marks()));
        }
    }

    /// Ends the printed line.
    pub(crate) fn line_break(&mut self) {
        self.trim();
        self.atoms.push(Atom::Break);
    }

    /// Adds something that sticks to the word before it.
    pub(crate) fn sign(&mut self, content: Content) {
        self.piece(What::Sign(content));
    }

    /// Adds something that stands between words.
    pub(crate) fn thing(&mut self, content: Content) {
        self.atoms.push(Atom::Thing(content));
    }

    /// Marks what follows.
    pub(crate) fn open(&mut self, style: Style) {
        self.next += 1;
        self.marks.push(Mark { id: self.next, style });
    }

    /// Ends the innermost mark of that kind; without one, nothing happens.
    pub(crate) fn close(&mut self, style: &Style) {
        if let Some(at) = self.marks.iter().rposition(|mark| mark.style.is_like(style)) {
            self.marks.remove(at);
        }
    }

    /// Ends the innermost link, whatever its target.
    pub(crate) fn close_link(&mut self) {
        if let Some(at) = self.marks.iter().rposition(|mark| matches!(mark.style, Style::Link(_))) {
            self.marks.remove(at);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.atoms.iter().all(|atom| matches!(atom, Atom::Space(_) | Atom::Break))
    }

    /// Takes what was added as content, leaving the line empty and the open marks as they are.
    pub(crate) fn take(&mut self) -> Content {
        self.trim();
        let widest = self.widest;
        let atoms: Vec<Atom> =
            std::mem::take(&mut self.atoms).into_iter().flat_map(|a| split(a, widest)).collect();
        self.measure(&atoms);
        Content::sequence(atoms_content(&atoms, 0, &self.boxes))
    }

    fn measure(&mut self, atoms: &[Atom]) {
        let mut line = 0.0;
        for atom in atoms {
            let width = match atom {
                Atom::Word(pieces) => word_width(pieces),
                // The box has a little room of its own.
                Atom::Chunk(pieces) => word_width(pieces) + 0.05,
                Atom::Space(_) => 0.3,
                Atom::Break => {
                    line = 0.0;
                    continue;
                }
                Atom::Thing(_) => THING,
            };
            line += width;
            self.extent.line = self.extent.line.max(line);
            self.extent.word = self.extent.word.max(width);
        }
    }

    /// Ends all open marks, as the end of a block does.
    pub(crate) fn close_all(&mut self) {
        self.marks.clear();
    }

    fn piece(&mut self, what: What) {
        let piece = Piece { what, marks: self.shown_marks() };
        match self.atoms.last_mut() {
            Some(Atom::Word(pieces)) => pieces.push(piece),
            _ => self.atoms.push(Atom::Word(vec![piece])),
        }
    }

    /// The open marks, each kind once: bold in bold is bold, and depth stays bounded.
    fn shown_marks(&self) -> Vec<Mark> {
        let mut shown: Vec<Mark> = Vec::new();
        for mark in &self.marks {
            if !shown.iter().any(|other| other.style.is_like(&mark.style)) {
                shown.push(mark.clone());
            }
        }
        shown
    }

    /// Drops white space and breaks at the end.
    fn trim(&mut self) {
        while matches!(self.atoms.last(), Some(Atom::Space(_) | Atom::Break)) {
            self.atoms.pop();
        }
    }
}

/// White space a line may break at.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{3131}'..='\u{318e}' | '\u{1100}'..='\u{11ff}')
}

/// The mark all of an atom shares at `depth`.
fn mark_at(atom: &Atom, depth: usize) -> Option<&Mark> {
    match atom {
        Atom::Word(pieces) | Atom::Chunk(pieces) => {
            let first = pieces.first()?.marks.get(depth)?;
            let shared = |piece: &Piece| piece.marks.get(depth).is_some_and(|m| m.id == first.id);
            pieces.iter().all(shared).then_some(first)
        }
        Atom::Space(marks) => marks.get(depth),
        Atom::Break | Atom::Thing(_) => None,
    }
}

fn atoms_content(atoms: &[Atom], depth: usize, boxes: &Boxes) -> Vec<Content> {
    let mut out = Vec::new();
    let mut rest = atoms;
    while let Some((first, after)) = rest.split_first() {
        let Some(mark) = mark_at(first, depth) else {
            out.push(match first {
                Atom::Word(pieces) => word_content(pieces, depth, boxes),
                Atom::Chunk(pieces) => boxed(pieces_content(pieces, depth)),
                Atom::Space(_) => SpaceElem::shared().clone(),
                Atom::Break => LinebreakElem::shared().clone(),
                Atom::Thing(content) => content.clone(),
            });
            rest = after;
            continue;
        };
        let same = |atom: &&Atom| mark_at(atom, depth).is_some_and(|other| other.id == mark.id);
        let (group, after) = rest.split_at(rest.iter().take_while(same).count().max(1));
        out.push(match &mark.style {
            Style::Code => code_content(group, depth + 1, boxes),
            style => style.apply(Content::sequence(atoms_content(group, depth + 1, boxes))),
        });
        rest = after;
    }
    out
}

/// Code without Hangul breaks well by itself and stays one element; else each word is one.
fn code_content(atoms: &[Atom], depth: usize, boxes: &Boxes) -> Content {
    let mut text = EcoString::new();
    for atom in atoms {
        match atom {
            Atom::Word(pieces) => {
                for piece in pieces {
                    match &piece.what {
                        What::Text(run) if !run.contains(is_hangul) => text.push_str(run),
                        _ => return Content::sequence(code_words(atoms, depth, boxes)),
                    }
                }
            }
            Atom::Space(_) => text.push(' '),
            Atom::Chunk(_) | Atom::Break | Atom::Thing(_) => {
                return Content::sequence(code_words(atoms, depth, boxes));
            }
        }
    }
    raw(text)
}

fn code_words(atoms: &[Atom], depth: usize, boxes: &Boxes) -> Vec<Content> {
    let words = atoms.iter().map(|atom| match atom {
        Atom::Word(pieces) => word_content(pieces, depth, boxes),
        Atom::Chunk(pieces) => boxed(pieces_content(pieces, depth)),
        Atom::Space(_) => SpaceElem::shared().clone(),
        Atom::Break => LinebreakElem::shared().clone(),
        Atom::Thing(content) => content.clone(),
    });
    words.collect()
}

fn raw(text: EcoString) -> Content {
    RawElem::new(RawContent::Text(text)).pack()
}

fn word_content(pieces: &[Piece], depth: usize, boxes: &Boxes) -> Content {
    if let [Piece { what: What::Text(word), marks }] = pieces
        && marks.len() <= depth
        && marks.iter().all(|mark| mark.style != Style::Code)
        && breaks_inside(pieces)
    {
        return boxes.of(word);
    }
    let body = pieces_content(pieces, depth);
    if breaks_inside(pieces) { boxed(body) } else { Content::sequence(body) }
}

fn boxed(body: Vec<Content>) -> Content {
    BoxElem::new().with_body(Some(Content::sequence(body))).pack()
}

fn pieces_content(pieces: &[Piece], depth: usize) -> Vec<Content> {
    let mut out = Vec::new();
    let mut rest = pieces;
    while let Some((first, after)) = rest.split_first() {
        let Some(mark) = first.marks.get(depth) else {
            let in_code = first.marks.iter().any(|mark| mark.style == Style::Code);
            out.push(match &first.what {
                What::Text(text) if in_code => raw(text.as_str().into()),
                What::Text(text) => TextElem::packed(text.as_str()),
                What::Sign(content) => content.clone(),
            });
            rest = after;
            continue;
        };
        let same = |piece: &&Piece| piece.marks.get(depth).is_some_and(|m| m.id == mark.id);
        let (group, after) = rest.split_at(rest.iter().take_while(same).count().max(1));
        out.push(mark.style.apply(Content::sequence(pieces_content(group, depth + 1))));
        rest = after;
    }
    out
}

/// Says whether Typst might break inside a word where Korean doesn't.
fn breaks_inside(pieces: &[Piece]) -> bool {
    let mut hangul = false;
    let mut letters = 0;
    for piece in pieces {
        if let What::Text(text) = &piece.what {
            hangul |= text.contains(is_hangul);
            letters += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
    }
    hangul && (letters >= 2 || pieces.len() > 1)
}

/// A word wider than this, in em, is split at signs and between scripts: a box that doesn't fit
/// a column would break anywhere.
const WIDEST: f64 = 15.0;
/// No place is taken for narrower than this, in em.
const NARROWEST: f64 = 3.0;
/// What a picture or formula in a line is taken for, in em.
const THING: f64 = 4.0;

/// Splits a word that its place doesn't hold where a reader would expect it, and where there is no
/// such place, before it would run out of the page.
fn split(atom: Atom, widest: f64) -> Vec<Atom> {
    let Atom::Word(pieces) = &atom else { return vec![atom] };
    if word_width(pieces) <= widest {
        return vec![atom];
    }
    let has_hangul = breaks_inside(pieces);
    let at_signs = split_where(pieces, |before, after| {
        matches!(before, ',' | '/' | ')' | ']' | '}' | '.' | ';' | ':' | '·' | '~' | '|' | '+')
            && after.is_alphanumeric()
            || matches!(before, '-' | '_' | '=' | '&' | '?')
                && after.is_alphanumeric()
                && !has_hangul
            || matches!(after, '(' | '[' | '{' | '→') && before.is_alphanumeric()
    });
    let by_script = |word: Vec<Piece>| {
        if word_width(&word) <= widest {
            return vec![word];
        }
        split_where(&word, |before, after| {
            is_hangul(before) != is_hangul(after)
                && before.is_alphanumeric()
                && after.is_alphanumeric()
        })
    };
    let by_width = |word: Vec<Piece>| {
        if word_width(&word) <= widest {
            return vec![word];
        }
        let mut so_far = 0.0;
        split_where(&word, |_, after| {
            // As wide as code, so that no face is wider.
            let next = if after.is_ascii() { 0.66 } else { 1.14 };
            let is_full = so_far + next > widest - next;
            so_far = if is_full { 0.0 } else { so_far + next };
            is_full
        })
    };
    let parts: Vec<Vec<Piece>> =
        at_signs.into_iter().flat_map(by_script).flat_map(by_width).collect();
    match parts.len() {
        0 | 1 => vec![atom],
        _ if has_hangul => parts.into_iter().map(as_part).collect(),
        _ => parts.into_iter().map(Atom::Chunk).collect(),
    }
}

/// A part of a word with Hangul breaks at its ends because Hangul does, or because it is boxed.
fn as_part(pieces: Vec<Piece>) -> Atom {
    if breaks_inside(&pieces) { Atom::Chunk(pieces) } else { Atom::Word(pieces) }
}

fn word_width(pieces: &[Piece]) -> f64 {
    let widths = pieces.iter().map(|piece| match &piece.what {
        What::Text(text) if piece.marks.iter().any(|mark| mark.style == Style::Code) => {
            code_width(text)
        }
        What::Text(text) => width(text),
        What::Sign(_) => 0.5,
    });
    widths.sum()
}

/// Splits pieces between two characters wherever `here` says so.
fn split_where(pieces: &[Piece], mut here: impl FnMut(char, char) -> bool) -> Vec<Vec<Piece>> {
    let mut words: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut before: Option<char> = None;
    for piece in pieces {
        let What::Text(text) = &piece.what else {
            words.last_mut().into_iter().for_each(|word| word.push(piece.clone()));
            continue;
        };
        let mut run = String::new();
        for c in text.chars() {
            if before.is_some_and(|before| here(before, c)) {
                push_run(&mut words, &mut run, piece);
                words.push(Vec::new());
            }
            run.push(c);
            before = Some(c);
        }
        push_run(&mut words, &mut run, piece);
    }
    words.retain(|word| !word.is_empty());
    words
}

fn push_run(words: &mut [Vec<Piece>], run: &mut String, piece: &Piece) {
    if let (Some(word), false) = (words.last_mut(), run.is_empty()) {
        let what = What::Text(std::mem::take(run));
        word.push(Piece { what, marks: piece.marks.clone() });
    }
}
