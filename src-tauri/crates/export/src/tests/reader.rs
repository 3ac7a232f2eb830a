//! Reads pages back: the laid-out text by printed lines, and the file through poppler.

use std::collections::{BTreeMap, HashSet};
use std::io::Write as _;
use std::process::{Command, Stdio};

use typst::layout::{Frame, FrameItem, Point};

use super::{Quiet, prose};
use crate::line::is_hangul;
use crate::notes::Notes;
use crate::{Book, Options, Paper, document, on_deep_stack};

/// One printed line: the words of a column on one height of a page.
#[derive(Debug, Default)]
struct Printed {
    text: String,
    /// Where the last run ended, in points.
    end: f64,
}

/// The printed lines of a book, in the order of the page.
pub(super) struct Lines {
    all: Vec<String>,
    /// The lowest line of each page's first column, above the page number.
    lowest: Vec<String>,
}

/// A gap wider than this, in points, is the gutter between columns.
const GUTTER: f64 = 14.0;

impl Lines {
    pub(super) fn of(book: &Book, options: &Options) -> Lines {
        let pages = on_deep_stack(false, || {
            let mut notes = Notes::new(options.language);
            let document = document::lay_out(book, options, &mut notes, &Quiet)?;
            Ok(document.pages().iter().map(|page| page.frame.clone()).collect::<Vec<_>>())
        });
        let mut lines = Lines { all: Vec::new(), lowest: Vec::new() };
        for page in pages.expect("the book can be laid out") {
            let mut runs = Vec::new();
            collect(&page, Point::zero(), &mut runs);
            let (left, right) = columns(runs);
            lines.lowest.extend(left.iter().rev().nth(1).map(|line| squeezed(line)));
            lines.all.extend(left.into_iter().chain(right));
        }
        lines
    }

    pub(super) fn lowest(&self) -> &[String] {
        &self.lowest
    }

    pub(super) fn count(&self) -> usize {
        self.all.len()
    }

    /// All text without white space.
    pub(super) fn joined(&self) -> String {
        self.all.iter().flat_map(|line| line.chars()).filter(|c| !is_blank(*c)).collect()
    }

    /// The last word of each line with the first of the next, marks taken off.
    pub(super) fn turns(&self) -> Vec<(String, String)> {
        let first = |line: &String| line.split_whitespace().next().map(squeezed);
        let last = |line: &String| line.split_whitespace().last().map(squeezed);
        self.all
            .windows(2)
            .filter_map(|pair| Some((last(pair.first()?)?, first(pair.get(1)?)?)))
            .collect()
    }
}

struct Run {
    at: Point,
    width: f64,
    text: String,
}

fn collect(frame: &Frame, origin: Point, runs: &mut Vec<Run>) {
    for (at, item) in frame.items() {
        let at = origin + *at;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, runs),
            FrameItem::Text(text) => {
                let width = text.width().to_pt();
                runs.push(Run { at, width, text: text.text.to_string() });
            }
            _ => {}
        }
    }
}

/// Sorts runs into lines, and lines of side-by-side columns apart.
fn columns(runs: Vec<Run>) -> (Vec<String>, Vec<String>) {
    let mut heights: BTreeMap<i64, Vec<Run>> = BTreeMap::new();
    for run in runs {
        #[expect(clippy::cast_possible_truncation, reason = "a height on a page")]
        let height = (run.at.y.to_pt() * 2.0).round() as i64;
        heights.entry(height).or_default().push(run);
    }
    let mut left: Vec<String> = Vec::new();
    let mut right: Vec<String> = Vec::new();
    for mut line in heights.into_values() {
        line.sort_by_key(|run| run.at.x);
        let mut parts = vec![Printed::default()];
        for run in line {
            let start = run.at.x.to_pt();
            if parts.last().is_some_and(|part| !part.text.is_empty() && start - part.end > GUTTER) {
                parts.push(Printed::default());
            }
            let Some(part) = parts.last_mut() else { continue };
            if !part.text.is_empty() && start - part.end > 1.0 {
                part.text.push(' ');
            }
            part.text.push_str(&run.text);
            part.end = start + run.width;
        }
        let mut parts = parts.into_iter().map(|part| part.text);
        left.extend(parts.next());
        right.extend(parts);
    }
    (left, right)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{200b}'
}

fn pages(book: &Book, options: &Options) -> Vec<(Frame, f64)> {
    let pages = on_deep_stack(false, || {
        let mut notes = Notes::new(options.language);
        let document = document::lay_out(book, options, &mut notes, &Quiet)?;
        let pages = document.pages().iter();
        Ok(pages.map(|page| (page.frame.clone(), page.frame.width().to_pt())).collect::<Vec<_>>())
    });
    pages.expect("the book can be laid out")
}

/// How far text reaches into the right margin of each page, in points, with the page's number.
pub(super) fn overflow(book: &Book, options: &Options) -> Vec<(usize, f64)> {
    let margin = if options.paper == Paper::A5 { 14.0 } else { 21.0 } * 72.0 / 25.4;
    let all = pages(book, options).into_iter().enumerate().map(|(page, (frame, width))| {
        let mut runs = Vec::new();
        collect(&frame, Point::zero(), &mut runs);
        // A blank at the end of a line takes no room.
        let ends = runs.iter().filter(|run| !run.text.trim().is_empty());
        let end = ends.map(|run| run.at.x.to_pt() + run.width).fold(0.0, f64::max);
        (page + 1, end - (width - margin))
    });
    all.collect()
}

/// The runs of text with a glyph that stands for a missing one.
pub(super) fn missing_glyphs(book: &Book, options: &Options) -> Vec<String> {
    fn look(frame: &Frame, missing: &mut Vec<String>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => look(&group.frame, missing),
                FrameItem::Text(text) if text.glyphs.iter().any(|glyph| glyph.id == 0) => {
                    missing.push(text.text.to_string());
                }
                _ => {}
            }
        }
    }
    let mut missing = Vec::new();
    for (frame, _) in pages(book, options) {
        look(&frame, &mut missing);
    }
    missing
}

/// A word without blanks and the marks of markdown.
pub(super) fn squeezed(word: &str) -> String {
    word.chars().filter(|c| !is_blank(*c) && !matches!(c, '*' | '`' | '~')).collect()
}

/// Every word a line may end or begin with.
pub(super) fn known_words(book: &Book) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut add = |text: &str| {
        // HTML and tables end words too.
        let spaced = text.replace("<br>", " ").replace('|', " ");
        known.extend(spaced.split_whitespace().map(squeezed));
        let bare: String =
            text.chars().map(|c| if "<>/[]()|".contains(c) { ' ' } else { c }).collect();
        known.extend(bare.split_whitespace().map(squeezed));
    };
    for day in &book.days {
        for entry in &day.entries {
            prose(entry).into_iter().for_each(&mut add);
            add(&entry.categories.join(" "));
            entry.variants.iter().for_each(|(audience, _)| add(audience.as_deref().unwrap_or("")));
        }
    }
    add(&book.title);
    add(book.author.as_deref().unwrap_or_default());
    add(
        "이름 기간 분량 분류 뽑은 날 차례 문 내 답 모범 답안 · 아직 쓰지 않았습니다. [그림: 구조도]",
    );
    for (month, day) in [(5, 19), (5, 21), (5, 23)] {
        add(&format!("2025년 {month}월 {day}일 월요일 수요일"));
    }
    add("2일 1일 6문제 5문제 답 4개 6개 Backend, 네트워크, 공통, 인성");
    known
}

/// Says whether a line that ends with `word` might have been broken inside Korean.
pub(super) fn is_hangul_end(word: &str) -> bool {
    word.ends_with(is_hangul)
}

/// Says whether a line that begins with `word` might go on with a Korean word.
pub(super) fn is_hangul_start(word: &str) -> bool {
    word.starts_with(is_hangul)
}

/// The text of a file as poppler sees it; `None` where poppler is not installed.
pub(super) fn pdftotext(bytes: &[u8]) -> Option<String> {
    poppler(bytes, &["-enc", "UTF-8"])
}

/// The same, with what stands on one height in one line.
pub(super) fn pdftotext_in_rows(bytes: &[u8]) -> Option<String> {
    poppler(bytes, &["-enc", "UTF-8", "-layout"])
}

fn poppler(bytes: &[u8], arguments: &[&str]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let output = Command::new("pdftotext")
        .args(arguments)
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::null())
        .output()
        .ok()?;
    Some(String::from_utf8(output.stdout).unwrap())
}
