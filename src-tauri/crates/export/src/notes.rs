//! Collects what could not be shown, in words for the reader.

use std::collections::{BTreeMap, HashSet};

use crate::Language;

/// Something that is not in the file, or not as the post has it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Omission<'a> {
    PictureMissing(&'a str),
    PictureOutside(&'a str),
    PictureRemote(&'a str),
    PictureUnreadable(&'a str),
    PictureTooLarge(&'a str),
    Liquid(&'a str),
    Html(&'a str),
    HtmlTable,
    WideTable(usize),
    Nesting(usize),
    Diagram(&'a str),
    /// A formula that is not understood, as it is written.
    Formula(&'a str),
    NarrowColumns,
    /// The standard and what keeps the book from it.
    Standard(&'a str, &'a str),
}

/// The list of omissions, each once, with the place it stands in.
pub(crate) struct Notes {
    language: Language,
    place: String,
    list: Vec<String>,
    seen: HashSet<String>,
    /// Characters without a glyph, by how often they occur.
    glyphs: BTreeMap<char, usize>,
}

/// More characters than these are only counted.
const GLYPHS_NAMED: usize = 20;

impl Notes {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            language,
            place: String::new(),
            list: Vec::new(),
            seen: HashSet::new(),
            glyphs: BTreeMap::new(),
        }
    }

    /// Names what is converted from now on; empty for the book as a whole.
    pub(crate) fn at(&mut self, place: String) {
        self.place = place;
    }

    pub(crate) fn language(&self) -> Language {
        self.language
    }

    pub(crate) fn glyph(&mut self, c: char) {
        *self.glyphs.entry(c).or_default() += 1;
    }

    pub(crate) fn add(&mut self, omission: Omission<'_>) {
        let what = match self.language {
            Language::Ko => korean(omission),
            Language::En => english(omission),
        };
        let note = if self.place.is_empty() { what } else { format!("{}: {what}", self.place) };
        if self.seen.insert(note.clone()) {
            self.list.push(note);
        }
    }

    pub(crate) fn finish(mut self) -> Vec<String> {
        if !self.glyphs.is_empty() {
            let mut named: Vec<String> = self
                .glyphs
                .keys()
                .take(GLYPHS_NAMED)
                .map(|&c| format!("{c} (U+{:04X})", u32::from(c)))
                .collect();
            if self.glyphs.len() > GLYPHS_NAMED {
                named.push("…".to_owned());
            }
            let (kinds, named) = (self.glyphs.len(), named.join(", "));
            self.list.push(match self.language {
                Language::Ko => format!("글꼴에 없어 □로 넣은 글자 {kinds}가지: {named}"),
                Language::En => format!("{kinds} characters shown as □, no font has them: {named}"),
            });
        }
        self.list
    }
}

fn korean(omission: Omission<'_>) -> String {
    match omission {
        Omission::PictureMissing(path) => format!("그림을 찾을 수 없음: {path}"),
        Omission::PictureOutside(path) => format!("폴더 밖의 그림은 넣지 않음: {path}"),
        Omission::PictureRemote(url) => format!("인터넷의 그림은 넣지 않음: {url}"),
        Omission::PictureUnreadable(path) => format!("읽을 수 없는 그림: {path}"),
        Omission::PictureTooLarge(path) => format!("너무 큰 그림: {path}"),
        Omission::Liquid(tag) => format!("Liquid 태그를 뺌: {tag}"),
        Omission::Html(tag) => format!("HTML 요소를 뺌: <{tag}>"),
        Omission::HtmlTable => "HTML 표를 글로 풀어 넣음".to_owned(),
        Omission::WideTable(columns) => format!("열이 {columns}개인 표를 글로 풀어 넣음"),
        Omission::Nesting(levels) => {
            format!("{levels}겹보다 깊은 목록과 인용을 한 겹으로 펼쳐 넣음")
        }
        Omission::Diagram(kind) => format!("{kind} 그림을 코드로 넣음"),
        Omission::Formula(source) => format!("읽지 못한 수식을 적힌 대로 넣음: {source}"),
        Omission::NarrowColumns => {
            "이 종이와 글자 크기에는 두 단이 너무 좁아 한 단으로 넣음".to_owned()
        }
        Omission::Standard(name, reason) => format!("{name} 표준에 맞지 않음: {reason}"),
    }
}

fn english(omission: Omission<'_>) -> String {
    match omission {
        Omission::PictureMissing(path) => format!("picture not found: {path}"),
        Omission::PictureOutside(path) => format!("picture outside the folder left out: {path}"),
        Omission::PictureRemote(url) => format!("picture on the internet left out: {url}"),
        Omission::PictureUnreadable(path) => format!("unreadable picture: {path}"),
        Omission::PictureTooLarge(path) => format!("picture too large: {path}"),
        Omission::Liquid(tag) => format!("Liquid tag left out: {tag}"),
        Omission::Html(tag) => format!("HTML element left out: <{tag}>"),
        Omission::HtmlTable => "HTML table set as text".to_owned(),
        Omission::WideTable(columns) => format!("table of {columns} columns set as text"),
        Omission::Nesting(levels) => {
            format!("lists and quotes nested deeper than {levels} levels are flattened")
        }
        Omission::Diagram(kind) => format!("{kind} diagram set as code"),
        Omission::Formula(source) => format!("formula not understood, set as written: {source}"),
        Omission::NarrowColumns => {
            "set in one column: two are too narrow for this paper and text size".to_owned()
        }
        Omission::Standard(name, reason) => format!("does not meet {name}: {reason}"),
    }
}
