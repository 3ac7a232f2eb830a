//! The main layouts as pictures, beside those in `tests/snapshots/pages`, which somebody looked at.
//!
//! `DAPANJI_PAGES=write` writes them anew; look at them before they are committed.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use dapanji_api::Language;
use dapanji_api::dto::{
    AnswersView, ColumnsView, ExportOptions, ExportRequest, PaperView, PreviewRequest,
    SelectionRequest,
};

use crate::support::{TestLibrary, Unseen, export, root};

/// Width of the pictures in pixels.
const WIDTH: u32 = 420;
/// A pixel differs if a colour of it differs by more than this, of 255.
const TOLERANCE: u8 = 40;
/// So many of a thousand pixels may differ: machines round the edges of letters differently.
const MOST_DIFFERING: usize = 4;

struct Picture {
    width: u32,
    height: u32,
    /// Bytes of the pixels, as many for each in all pictures.
    pixels: Vec<u8>,
}

fn decoded(png: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    pixels.truncate(frame.buffer_size());
    Picture { width: frame.width, height: frame.height, pixels }
}

fn compare(name: &str, png: &[u8]) {
    let folder = root().join("tests/snapshots/pages");
    let path: PathBuf = folder.join(format!("{name}.png"));
    if std::env::var_os("DAPANJI_PAGES").is_some_and(|value| value == "write") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, png).unwrap();
    }
    let expected = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (seen, expected) = (decoded(png), decoded(&expected));
    assert_eq!((seen.width, seen.height), (expected.width, expected.height), "{name}");
    assert_eq!(seen.pixels.len(), expected.pixels.len(), "{name}");
    let differing =
        seen.pixels.iter().zip(&expected.pixels).filter(|(a, b)| a.abs_diff(**b) > TOLERANCE);
    let (differing, all) = (differing.count(), seen.pixels.len());
    assert!(differing * 1000 <= all * MOST_DIFFERING, "{name}: {differing} of {all} differ");
}

#[test]
fn pages_look_as_they_did() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let whole = ExportOptions::default();
    let second = |post: &str| SelectionRequest {
        post: Some(format!("_posts/{post}.md")),
        ..SelectionRequest::default()
    };
    let week = || second("2025-05-19-매일-면접-답변-2주차");
    let bare = ExportOptions { cover: false, contents: false, ..whole.clone() };
    let layouts = [
        ("cover", SelectionRequest::default(), whole.clone(), Language::Ko, 0),
        ("contents", SelectionRequest::default(), whole, Language::Ko, 1),
        ("one-column", week(), bare.clone(), Language::Ko, 0),
        (
            "side-by-side",
            week(),
            ExportOptions { columns: ColumnsView::Two, ..bare.clone() },
            Language::Ko,
            0,
        ),
        (
            "letter-english",
            week(),
            ExportOptions { paper: PaperView::Letter, ..bare.clone() },
            Language::En,
            1,
        ),
        (
            "a5-grey",
            week(),
            ExportOptions { paper: PaperView::A5, grey: true, text_size: 9.0, ..bare.clone() },
            Language::Ko,
            0,
        ),
        (
            "practice",
            week(),
            ExportOptions { answers: AnswersView::Ruled, models: false, ..bare.clone() },
            Language::Ko,
            0,
        ),
        (
            "compared",
            week(),
            ExportOptions { answers: AnswersView::Compared, columns: ColumnsView::Two, ..bare },
            Language::Ko,
            0,
        ),
    ];
    for (name, selection, options, language, page) in layouts {
        let request = ExportRequest { selection, options, ..export(&library.path("../x.pdf")) };
        let request = PreviewRequest { export: request, most: 500 };
        let preview = notebook.preview(&request, language, &Unseen).unwrap();
        compare(name, &preview.picture(page, WIDTH).unwrap());
    }
}
