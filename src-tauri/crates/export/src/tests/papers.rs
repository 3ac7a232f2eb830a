//! Every paper, number of columns and size of text, read back from the laid-out pages and by an
//! independent reader of the file.

use super::reader::{self, Lines};
use super::sample::{book, everything, options};
use super::{long_book, nowhere, print, prose, words};
use crate::{Book, Columns, Models, Options, Paper};

fn sizes() -> Vec<(String, Options)> {
    let mut all = Vec::new();
    for paper in [Paper::A4, Paper::Letter, Paper::A5] {
        for columns in [Columns::One, Columns::Two] {
            for text_size in [9.0, 14.0] {
                let options = Options { paper, columns, text_size, ..options(nowhere()) };
                all.push((format!("{paper:?}, {columns:?}, {text_size} points"), options));
            }
        }
    }
    all
}

fn check_words(book: &Book, text: &str, name: &str) {
    // The reader joins what a hyphen parts at the end of a line, and leaves the hyphen out.
    let joined = |text: &str| reader::squeezed(text).replace('-', "");
    let text = joined(text);
    for part in book.days.iter().flat_map(|day| &day.entries).flat_map(prose) {
        let part = part.split("[^1]:").next().unwrap_or_default();
        for word in words(part).iter().filter(|word| !word.contains(['<', '>', '^', '{', '$'])) {
            let word = joined(word);
            assert!(text.contains(&word) || word.contains("none.png"), "{word} is in it, {name}");
        }
    }
}

#[test]
fn no_korean_word_is_broken_on_any_paper() {
    for (name, options) in sizes() {
        for book in [book(), long_book()] {
            let lines = Lines::of(&book, &options);
            let known = reader::known_words(&book);
            for (end, start) in lines.turns() {
                let is_broken = reader::is_hangul_end(&end) && !known.contains(&end)
                    || reader::is_hangul_start(&start) && !known.contains(&start);
                // A word that is longer than the column has to end somewhere.
                let is_long = known.contains(&format!("{end}{start}"))
                    && end.chars().count() + start.chars().count() > 10;
                assert!(!is_broken || is_long, "{end} | {start} is no break inside a word, {name}");
            }
        }
    }
}

#[test]
fn nothing_leaves_the_page() {
    for (name, options) in sizes() {
        for book in [book(), everything()] {
            for (page, over) in reader::overflow(&book, &options) {
                assert!(over < 1.0, "{over} points beyond the margin of page {page}, {name}");
            }
        }
    }
}

#[test]
fn an_independent_reader_finds_every_word() {
    for (name, options) in sizes().into_iter().step_by(4) {
        let book = book();
        let Some(text) = reader::pdftotext(&print(&book, &options).bytes) else { return };
        assert!(!text.contains('\u{fffd}'), "every glyph is a character, {name}");
        check_words(&book, &text, &name);
    }
}

#[test]
fn every_character_has_a_glyph() {
    for book in [book(), everything()] {
        let missing = reader::missing_glyphs(&book, &options(nowhere()));
        assert_eq!(missing, Vec::<String>::new());
    }
}

#[test]
fn columns_too_narrow_to_read_become_one() {
    let narrow =
        Options { paper: Paper::A5, columns: Columns::Two, text_size: 16.0, ..options(nowhere()) };
    let pdf = print(&book(), &narrow);
    assert!(pdf.omissions.iter().any(|note| note.contains("두 단")), "{:?}", pdf.omissions);
    let one = print(&book(), &Options { columns: Columns::One, ..narrow });
    assert_eq!(pdf.pages, one.pages);
}

#[test]
fn cover_and_contents_can_be_left_out() {
    let whole = print(&book(), &options(nowhere())).pages;
    let bare = Options { cover: false, contents: false, ..options(nowhere()) };
    let pdf = print(&book(), &bare);
    assert_eq!(pdf.pages, whole - 2);
    let text = Lines::of(&book(), &bare).joined();
    assert!(!text.contains("차례") && text.contains("캐시를도입할때"), "{text}");
}

#[test]
fn one_audience_can_be_chosen() {
    let text = |models: &str| {
        let options = Options { models: Models::For(models.to_owned()), ..options(nowhere()) };
        Lines::of(&book(), &options).joined()
    };
    let senior = text("경력 개발자라면?");
    assert!(senior.contains("경력개발자라면?") && !senior.contains("첫취업준비생이라면?"));
    let part = text("취업");
    assert!(!part.contains("경력개발자라면?") && part.contains("첫취업준비생이라면?"));
    let unknown = text("아무개");
    assert!(unknown.contains("경력개발자라면?"), "an entry keeps what it has");
}
