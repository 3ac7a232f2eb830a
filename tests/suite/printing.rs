//! Pages that are looked at before they are exported, beside the file that is.

use std::path::Path;
use std::process::Command;

use dapanji_api::dto::{ExportOptions, ExportRequest, PreviewRequest, SelectionRequest};
use dapanji_api::{Code, Language};

use crate::support::{Cancelled, TestLibrary, Unseen, export, squeeze};

fn preview(export: ExportRequest, most: u32) -> PreviewRequest {
    PreviewRequest { export, most }
}

/// The text of one page of a PDF, counted from one; none without poppler.
fn page_text(path: &Path, page: usize) -> Option<String> {
    let page = page.to_string();
    let mut command = Command::new("pdftotext");
    let output = command.args(["-f", &page, "-l", &page]).arg(path).arg("-").output().ok()?;
    Some(squeeze(&String::from_utf8(output.stdout).unwrap()))
}

#[test]
fn previewed_pages_are_those_of_the_file() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let out = library.path("../책.pdf");
    let request = export(&out);
    let seen = notebook.preview(&preview(request.clone(), 500), Language::Ko, &Unseen).unwrap();
    let view = seen.view();
    let written = notebook.export(&request, Language::Ko, &Unseen).unwrap();
    assert_eq!((view.shown, view.entries), (28, 28));
    assert_eq!(view.pages.len(), usize::try_from(written.pages).unwrap());
    assert_eq!(view.omissions, written.omissions);
    let headings = view.pages.iter().flat_map(|page| &page.headings).count();
    assert!(headings > 28, "{headings} days and questions are named");
    for (index, page) in view.pages.iter().enumerate() {
        assert_eq!((page.width, page.height), (595, 842));
        let Some(text) = page_text(&out, index + 1) else { continue };
        for heading in &page.headings {
            assert!(text.contains(&squeeze(heading)), "{heading} on page {}", index + 1);
        }
    }
}

#[test]
fn the_first_look_is_the_beginning_of_the_book() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let request = export(&library.path("../책.pdf"));
    let look =
        |most| notebook.preview(&preview(request.clone(), most), Language::Ko, &Unseen).unwrap();
    let (first, whole) = (look(5), look(28));
    assert_eq!((first.view().shown, first.view().entries), (5, 28));
    assert!(first.view().pages.len() < whole.view().pages.len());
    // The cover tells of the whole notebook.
    assert_eq!(first.picture(0, 400).unwrap(), whole.picture(0, 400).unwrap());
    let questions = |preview: &dapanji_api::Preview| {
        let view = preview.view();
        view.pages.into_iter().skip(1).flat_map(|page| page.headings).collect::<Vec<_>>()
    };
    let (first, whole) = (questions(&first), questions(&whole));
    let beginning: Vec<_> = first.iter().skip(1).collect();
    assert_eq!(beginning, whole.iter().skip(1).take(beginning.len()).collect::<Vec<_>>());
    assert!(beginning.len() > 5, "five questions and their days");
}

#[test]
fn a_preview_follows_the_options() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let request = export(Path::new(""));
    let look = |options: ExportOptions| {
        let request = ExportRequest { options, ..request.clone() };
        notebook.preview(&preview(request, 500), Language::En, &Unseen).unwrap().view()
    };
    let usual = look(ExportOptions::default());
    let bare = look(ExportOptions { cover: false, contents: false, ..ExportOptions::default() });
    assert!(bare.pages.len() < usual.pages.len());
    let audiences = look(ExportOptions { models: false, ..ExportOptions::default() }).audiences;
    assert_eq!(audiences, usual.audiences);
    assert!(!audiences.is_empty());
}

#[test]
fn a_preview_of_nothing_says_so_and_a_stale_one_stops() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let request = export(Path::new(""));
    let cancelled = notebook.preview(&preview(request.clone(), 500), Language::Ko, &Cancelled);
    assert_eq!(cancelled.err().unwrap().code, Code::Cancelled);
    let selection = SelectionRequest { category: Some("없음".to_owned()), ..Default::default() };
    let nothing = ExportRequest { selection, ..request.clone() };
    let nothing = notebook.preview(&preview(nothing, 10), Language::Ko, &Unseen);
    assert_eq!(nothing.err().unwrap().code, Code::NothingSelected);
    let seen = notebook.preview(&preview(request, 1), Language::Ko, &Unseen).unwrap();
    assert_eq!(seen.picture(9_999, 400).unwrap_err().code, Code::InvalidRequest);
}

#[test]
fn a_post_without_questions_is_printed_whole() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let out = library.path("../후기.pdf");
    let selection = SelectionRequest {
        post: Some("_posts/2025-05-17-가상-면접-후기.md".to_owned()),
        ..SelectionRequest::default()
    };
    let request = ExportRequest { selection, ..export(&out) };
    let seen = notebook.preview(&preview(request.clone(), 10), Language::Ko, &Unseen).unwrap();
    let view = seen.view();
    assert_eq!((view.shown, view.entries, view.articles), (1, 0, 1));
    let written = notebook.export(&request, Language::Ko, &Unseen).unwrap();
    assert_eq!((written.entries, written.articles), (0, 1));
    assert_eq!(view.pages.len(), usize::try_from(written.pages).unwrap());
    let page = notebook.post("_posts/2025-05-17-가상-면접-후기.md").unwrap();
    let Some(text) = crate::support::pdf_text(&out) else { return };
    for section in &page.sections {
        let title = squeeze(&section.title);
        assert!(text.contains(&title), "{title} in {text}");
    }
}

#[test]
fn a_folder_without_questions_is_printed_post_by_post() {
    let library = TestLibrary::new(&[
        ("나중.md", "---\ndate: 2025-06-02\n---\n# 나중 글\n\n뒤에 적은 글입니다.\n"),
        (
            "먼저.md",
            "---\ntitle: 먼저 글\ndate: 2025-06-01\n---\n앞에 적은 글입니다.\n\n### 앞의 낮은 절\n\n낮은 글입니다.\n\n## 절\n\n### 아래 절\n\n속의 글입니다.\n",
        ),
    ]);
    let notebook = library.open();
    let out = library.path("../모두.pdf");
    let look = |selection: SelectionRequest| {
        let request = ExportRequest { selection, ..export(&out) };
        notebook.preview(&preview(request, 1), Language::Ko, &Unseen).map(|seen| seen.view())
    };
    let view = look(SelectionRequest::default()).unwrap();
    assert_eq!((view.shown, view.entries, view.articles), (1, 0, 2));
    // Questions were asked for, and there is none.
    let dated = SelectionRequest { from: Some("2025-06-01".to_owned()), ..Default::default() };
    assert_eq!(look(dated).err().unwrap().code, Code::NothingSelected);
    let written = notebook.export(&export(&out), Language::Ko, &Unseen).unwrap();
    assert_eq!((written.entries, written.articles), (0, 2));
    assert_eq!(written.omissions, Vec::<String>::new(), "no level of headings is skipped");
    let Some(text) = crate::support::pdf_text(&out) else { return };
    let place = |what: &str| text.rfind(what).unwrap_or_else(|| panic!("{what} in {text}"));
    assert!(place("앞에적은글입니다") < place("속의글입니다"));
    assert!(place("속의글입니다") < place("뒤에적은글입니다"));
}
