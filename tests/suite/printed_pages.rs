//! The main layouts as pictures of their pages, drawn by poppler, beside those in
//! `tests/snapshots/pages`, which somebody looked at.
//!
//! `DAPANJI_PAGES=write` writes them anew; look at them before they are committed.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use dapanji_api::Language;
use dapanji_api::dto::{
    AnswersView, ColumnsView, ExportOptions, ExportRequest, PaperView, SelectionRequest,
};

use crate::support::{TestLibrary, Unseen, export, root};

/// Side of the squares that are compared, in pixels: machines round the edges of letters
/// differently, but squares of some letters are as dark everywhere.
const SQUARE: usize = 6;
/// A square differs if a colour of it differs by more than this on average, of 255.
const TOLERANCE: usize = 24;
/// So many of a thousand squares may differ.
const MOST_DIFFERING: usize = 8;

/// The average colours of a picture's squares.
struct Squares {
    size: (u32, u32),
    colours: Vec<usize>,
}

fn squares(png: &[u8]) -> Squares {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let channels = frame.color_type.samples();
    let (width, height) = (frame.width as usize, frame.height as usize);
    let mut colours = Vec::new();
    for top in (0..height).step_by(SQUARE) {
        for left in (0..width).step_by(SQUARE) {
            for channel in 0..channels {
                let (mut sum, mut count) = (0usize, 0usize);
                for y in top..(top + SQUARE).min(height) {
                    for x in left..(left + SQUARE).min(width) {
                        sum += usize::from(pixels[(y * width + x) * channels + channel]);
                        count += 1;
                    }
                }
                colours.push(sum / count);
            }
        }
    }
    Squares { size: (frame.width, frame.height), colours }
}

/// Draws a page of a file, counted from one; none without poppler.
fn drawn(file: &Path, page: usize) -> Option<Vec<u8>> {
    let out = file.with_extension("");
    let page = page.to_string();
    let options = ["-r", "50", "-png", "-singlefile", "-f", &page, "-l", &page];
    let status = Command::new("pdftoppm").args(options).arg(file).arg(&out).status().ok()?;
    assert!(status.success(), "poppler draws page {page}");
    Some(fs::read(out.with_extension("png")).unwrap())
}

fn compare(name: &str, png: &[u8]) {
    let folder = root().join("tests/snapshots/pages");
    let path = folder.join(format!("{name}.png"));
    if std::env::var_os("DAPANJI_PAGES").is_some_and(|value| value == "write") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&path, png).unwrap();
    }
    let expected = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (seen, expected) = (squares(png), squares(&expected));
    assert_eq!(seen.size, expected.size, "{name}");
    assert_eq!(seen.colours.len(), expected.colours.len(), "{name}");
    let pairs = seen.colours.iter().zip(&expected.colours);
    let differing = pairs.filter(|(a, b)| a.abs_diff(**b) > TOLERANCE).count();
    let all = seen.colours.len();
    assert!(differing * 1000 <= all * MOST_DIFFERING, "{name}: {differing} of {all} differ");
}

#[test]
fn pages_look_as_they_did() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let whole = ExportOptions::default();
    let bare = ExportOptions { cover: false, contents: false, ..whole.clone() };
    let two = ExportOptions { columns: ColumnsView::Two, ..bare.clone() };
    let letter = ExportOptions { paper: PaperView::Letter, ..bare.clone() };
    let small = ExportOptions { paper: PaperView::A5, grey: true, text_size: 9.0, ..bare.clone() };
    let practice = ExportOptions { answers: AnswersView::Ruled, models: false, ..bare.clone() };
    let week = SelectionRequest {
        post: Some("_posts/2025-05-19-매일-면접-답변-2주차.md".to_owned()),
        ..SelectionRequest::default()
    };
    let review = SelectionRequest {
        post: Some("_posts/2025-05-17-가상-면접-후기.md".to_owned()),
        ..SelectionRequest::default()
    };
    let compared = ExportOptions { answers: AnswersView::Compared, ..bare.clone() };
    let both = ExportOptions { columns: ColumnsView::Two, ..compared.clone() };
    let all = SelectionRequest::default();
    let layouts = [
        ("cover", &all, &whole, Language::Ko, 1),
        ("contents", &all, &whole, Language::Ko, 2),
        ("one-column", &week, &bare, Language::Ko, 1),
        ("side-by-side", &week, &two, Language::Ko, 1),
        ("letter-english", &week, &letter, Language::En, 2),
        ("a5-grey", &week, &small, Language::Ko, 1),
        ("practice", &week, &practice, Language::Ko, 1),
        ("compared", &week, &compared, Language::Ko, 1),
        ("compared-side-by-side", &week, &both, Language::En, 1),
        ("article", &review, &bare, Language::Ko, 1),
    ];
    for (name, selection, options, language, page) in layouts {
        let out = library.path(&format!("../{name}.pdf"));
        let (selection, options) = (selection.clone(), options.clone());
        let request = ExportRequest { selection, options, ..export(&out) };
        notebook.export(&request, language, &Unseen).unwrap();
        let Some(png) = drawn(&out, page) else { return };
        compare(name, &png);
    }
}
