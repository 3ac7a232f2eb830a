//! Large books, which are laid out in portions, and what is kept of pages.

use jiff::ToSpan as _;
use typst::layout::{Frame, FrameItem};

use super::reader::pdftotext_in_rows;
use super::sample::{book, book_of, entry, options};
use super::{Quiet, nowhere, print};
use crate::notes::Notes;
use crate::{Book, BookDay, Language, document, on_deep_stack};

/// Sixty days of two questions, each with pages of an answer.
fn large_book() -> Book {
    let mut large = book_of(Vec::new());
    let first = large.days.remove(0);
    let paragraph = "데이터베이스에서 트랜잭션을 시작하기 전에 잠그고, 거쳐 간 뒤에 다시 시도합니다. \
                     한 번에 하나씩 처리하면 순서는 지켜지지만 처리량이 줄어듭니다.\n\n";
    for nth in 0..60_u32 {
        let asked = |number: u32| {
            let question = format!("{}번째 질문에서 무엇을 배웠나요?", nth * 2 + number);
            entry(number, &question, &paragraph.repeat(25 + (nth % 7) as usize))
        };
        large.days.push(BookDay {
            post: None,
            date: first.date.map(|date| date.saturating_add(i64::from(nth).days())),
            entries: vec![asked(1), asked(2)],
        });
    }
    large
}

/// The number before `번째 질문` in each line that has it.
fn questions(page: &str) -> Vec<(u32, &str)> {
    let number = |line: &str| {
        let (before, _) = line.split_once("번째 질문")?;
        before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    page.lines().filter_map(|line| Some((number(line)?, line))).collect()
}

#[test]
fn a_book_in_portions_is_one_book() {
    let large = large_book();
    assert!(document::is_large(&large));
    let pdf = print(&large, &options(nowhere()));
    assert_eq!(pdf.omissions, Vec::<String>::new());
    let Some(text) = pdftotext_in_rows(&pdf.bytes) else { return };
    let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
    assert_eq!(pages.len(), pdf.pages);
    for (number, page) in (1..).zip(&pages).skip(1) {
        let foot = format!("{number} / {}", pdf.pages);
        assert!(page.contains(&foot), "{foot} is not on its page: {page}");
    }
    // The contents name the pages the questions stand on.
    let is_contents = |page: &&&str| questions(page).iter().any(|(nth, _)| *nth == 1);
    let begins = pages.iter().rposition(|page| is_contents(&page)).unwrap();
    let mut listed = Vec::new();
    for (nth, line) in pages[..begins].iter().flat_map(|page| questions(page)) {
        let page: usize = line.split_whitespace().last().unwrap().parse().unwrap();
        assert!(questions(pages[page - 1]).iter().any(|(other, _)| *other == nth), "{line}");
        listed.push(nth);
    }
    assert_eq!(listed, (1..=120).collect::<Vec<_>>());
    // The heads name the day that runs over from the page before, or the first one that begins.
    let mut running = None;
    for page in &pages[begins..] {
        let here = questions(page);
        let days: Vec<String> = running
            .into_iter()
            .chain(here.first().map(|(nth, _)| *nth))
            .map(|nth: u32| {
                let date = large.days[(nth as usize - 1) / 2].date.unwrap();
                format!("{}. {}. {}. · Backend", date.year(), date.month(), date.day())
            })
            .collect();
        assert!(days.iter().any(|day| page.contains(day)), "{days:?} not on {page}");
        running = here.last().map(|(nth, _)| *nth).or(running);
    }
}

#[test]
fn portions_end_with_days_and_posts() {
    let begins = |book: &Book| {
        let mut portions = document::Portions::of(book);
        let days = book.days.iter();
        days.map(|day| portions.begins(day.bytes(), day.post.is_some())).collect::<Vec<_>>()
    };
    let small = begins(&book());
    assert_eq!(small, [true, false]);
    let mut large = large_book();
    let by_day = begins(&large).iter().filter(|begins| **begins).count();
    for day in &mut large.days {
        day.post = Some("글".to_owned());
    }
    let by_post = begins(&large).iter().filter(|begins| **begins).count();
    assert!(by_day > 1 && by_post > by_day, "{by_day}, {by_post}");
}

#[test]
fn a_line_of_words_is_one_run_of_text() {
    let sentence = "낱말마다 상자가 있어도 한 줄은 하나입니다.";
    let book = book_of(vec![entry(1, "줄은 어떻게 저장되나요?", sentence)]);
    let runs = on_deep_stack(false, || {
        let mut notes = Notes::new(Language::Ko);
        let done = document::lay_out(&book, &options(nowhere()), &mut notes, &Quiet)?;
        let mut runs = Vec::new();
        for page in done.pages() {
            texts(&page.frame, &mut runs);
        }
        Ok(runs)
    });
    let runs = runs.unwrap();
    assert!(runs.iter().any(|run| run == sentence), "{runs:?}");
}

fn texts(frame: &Frame, runs: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => texts(&group.frame, runs),
            FrameItem::Text(text) => {
                let mut end = 0;
                for glyph in &text.glyphs {
                    assert!(glyph.range().start >= end && glyph.range().end <= text.text.len());
                    end = glyph.range().start;
                }
                runs.push(text.text.to_string());
            }
            _ => {}
        }
    }
}
