//! Pages that are looked at before they are printed.

use std::time::{Duration, Instant};

use super::*;
use crate::proof;

fn png_size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert!(png.starts_with(b"\x89PNG"));
    (number(16), number(20))
}

#[test]
fn the_pages_of_a_proof_are_those_of_the_file() {
    for (name, options) in layouts() {
        let seen = proof(&book(), &options, &Quiet).unwrap();
        let printed = print(&book(), &options);
        assert_eq!(seen.pages().len(), printed.pages, "{name}");
        assert_eq!(seen.omissions(), printed.omissions, "{name}");
        let file = lopdf::Document::load_mem(&printed.bytes).unwrap();
        let titles = file.get_toc().unwrap().toc.into_iter().map(|entry| (entry.page, entry.title));
        let headings = seen.pages().iter().enumerate().skip(2);
        let headings = headings.flat_map(|(index, page)| {
            page.headings.iter().map(move |heading| (index + 1, heading.as_str()))
        });
        for ((page, title), (seen_on, heading)) in titles.zip(headings) {
            assert!(title.ends_with(heading), "{title} and {heading}, {name}");
            assert_eq!(page, seen_on, "{title}, {name}");
        }
    }
}

#[test]
fn a_page_of_a_proof_is_drawn_as_wide_as_asked() {
    let seen = proof(&book(), &options(nowhere()), &Quiet).unwrap();
    let page = seen.pages().first().unwrap();
    assert_eq!((page.width.round(), page.height.round()), (595.0, 842.0));
    assert_eq!(png_size(&seen.picture(0, 300).unwrap().unwrap()), (300, 424));
    assert_eq!(png_size(&seen.picture(0, 0).unwrap().unwrap()).0, 1);
    assert_eq!(png_size(&seen.picture(0, u32::MAX).unwrap().unwrap()).1, 4096);
    assert_eq!(seen.picture(seen.pages().len(), 300).unwrap(), None);
}

#[test]
fn the_beginning_of_a_book_has_the_cover_of_the_whole() {
    let whole = book();
    let mut beginning = book();
    beginning.days.truncate(1);
    let options = Options { totals: Some(Totals::of(&whole)), ..options(nowhere()) };
    let cover = |book: &Book| proof(book, &options, &Quiet).unwrap().picture(0, 400).unwrap();
    assert_eq!(cover(&beginning), cover(&whole));
}

#[test]
fn a_layout_stops_in_its_midst() {
    let mut long = long_book();
    let days = long.days.clone();
    // Other words on each day, or Typst would know the lines of the first.
    for (nth, mut day) in (0..12).flat_map(|nth| days.iter().cloned().map(move |day| (nth, day))) {
        for entry in &mut day.entries {
            entry.answer = entry.answer.replace("데이터베이스", &format!("데이터{nth}"));
        }
        long.days.push(day);
    }
    let converted = Mutex::new(None);
    struct Layout<'a>(&'a Mutex<Option<Instant>>);
    impl Progress for Layout<'_> {
        fn report(&self, stage: Stage, done: usize, _: usize) {
            assert!(stage != Stage::Layout || done == 0, "the layout went to its end");
            if stage == Stage::Layout {
                *self.0.lock().unwrap() = Some(Instant::now());
            }
        }
        fn cancelled(&self) -> bool {
            // Once it has begun in earnest.
            let began = self.0.lock().unwrap();
            began.is_some_and(|began| began.elapsed() > Duration::from_millis(1))
        }
    }
    let result = proof(&long, &options(nowhere()), &Layout(&converted));
    assert!(matches!(result, Err(ExportError::Cancelled)));
    // What was left in the middle does no harm to the next.
    assert!(proof(&book(), &options(nowhere()), &Quiet).is_ok());
}
