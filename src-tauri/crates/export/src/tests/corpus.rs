//! Real posts, if `DAPANJI_CORPUS` names a folder of them: each whole file as one answer, and as a
//! model answer where those stand beside it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::reader::{Lines, is_hangul_end, is_hangul_start, pdftotext, squeezed};
use super::sample::{book_of, entry, options};
use super::{Quiet, typeset};
use crate::body::EXTENSIONS;
use crate::fonts::printable;
use crate::notes::Notes;
use crate::{Columns, Language, Options, Paper, source};

/// Longer words may break: no column is sure to hold them.
const LONGEST_WORD: usize = 14;
/// Layouts that posts are printed in; each post in one of them.
const LAYOUTS: usize = 4;

fn layout(nth: usize, root: &Path) -> Options {
    let usual = options(root);
    match nth {
        0 => usual,
        1 => Options { columns: Columns::Two, paper: Paper::Letter, ..usual },
        2 => Options { paper: Paper::A5, text_size: 9.0, ..usual },
        _ => Options { text_size: 13.0, cover: false, contents: false, grey: true, ..usual },
    }
}

fn posts(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            posts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

fn check_layout(nth: usize) {
    let Some(root) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else { return };
    let mut found = Vec::new();
    posts(&root, &mut found);
    found.sort();
    for path in found.iter().skip(nth).step_by(LAYOUTS) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        let name = path.display().to_string();
        let mut whole = entry(1, "전체", &text);
        whole.folder = path.parent().unwrap().to_owned();
        let options = layout(nth, &root);
        if options.columns == Columns::Two {
            whole.variants = vec![(None, text.clone())];
        }
        let book = book_of(vec![whole]);
        let pdf =
            typeset(&book, &options, &Quiet).unwrap_or_else(|error| panic!("{name}: {error}"));
        let standard = pdf.omissions.iter().find(|note| note.contains("PDF/UA-1"));
        assert_eq!(standard, None, "{name}");
        let lines = Lines::of(&book, &options);
        check_turns(&lines, &text, &name);
        if let Some(printed) = pdftotext(&pdf.bytes) {
            check_words(&printed, &lines, &text, &name);
        }
    }
}

#[test]
fn real_posts_are_printed() {
    check_layout(0);
}

#[test]
fn real_posts_are_printed_side_by_side() {
    check_layout(1);
}

#[test]
fn real_posts_are_printed_on_small_pages() {
    check_layout(2);
}

#[test]
fn real_posts_are_printed_large() {
    check_layout(3);
}

/// Every word of the text is on the pages, but for the words of pictures and of HTML, and those in
/// scripts that no font has, which are noted. Of a word that is broken between columns a reader of files
/// sees the lines of both in turns; such a one is looked for in the lines of each.
fn check_words(printed: &str, lines: &Lines, text: &str, name: &str) {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let printed = letters(printed);
    let by_column = letters(&lines.joined());
    let mut notes = Notes::new(Language::Ko);
    let prepared = source::prepare(text, &mut notes);
    let mut inside_picture = 0;
    let mut missing = Vec::new();
    for event in Parser::new_ext(&prepared, EXTENSIONS) {
        match event {
            Event::Start(Tag::Image { .. }) => inside_picture += 1,
            Event::End(TagEnd::Image) => inside_picture -= 1,
            Event::Text(text) | Event::Code(text) if inside_picture == 0 => {
                for word in text.split_whitespace() {
                    let mut unknown = Notes::new(Language::Ko);
                    let shown = letters(&printable(word, &mut unknown));
                    let is_long = shown.chars().count() > LONGEST_WORD;
                    let is_there =
                        printed.contains(&shown) || (is_long && by_column.contains(&shown));
                    if unknown.finish().is_empty() && !is_there {
                        missing.push(shown);
                    }
                }
            }
            _ => {}
        }
    }
    assert!(missing.is_empty(), "{name}: {missing:?}");
}

/// Two ends of lines that make a word of the text only together are a break inside it.
fn check_turns(lines: &Lines, text: &str, name: &str) {
    let known: HashSet<String> = text.split_whitespace().map(squeezed).collect();
    for (end, start) in lines.turns() {
        let joined = format!("{end}{start}");
        let is_broken = is_hangul_end(&end)
            && is_hangul_start(&start)
            && joined.chars().count() <= LONGEST_WORD
            && known.contains(&joined)
            && !(known.contains(&end) && known.contains(&start));
        assert!(!is_broken, "{end} | {start} in {name}");
    }
}
