//! A post edited whole: the bytes of what stays, conflicts, drafts, history and keys.

use std::fs;

use dapanji_api::dto::{DraftPart, DraftRequest, DraftStateView, OffsetUnit, SaveSourceRequest};
use dapanji_api::{Code, Notebook, NotebookOptions};

use crate::support::TestLibrary;

const NAME: &str = "daily.md";

/// Endings of both kinds, a byte order mark, blanks at ends of lines, no ending at the last one.
const POST: &str = "\u{feff}---\r\ntitle: 매일 답하기  \r\n---  \n\r\n# 2025.05.02\r\n## 큐란?\n### \
                    답변  \r\n큐는 🔒 줄이다.  \n둘째 줄\r\n\r\n## 스택이란?\r\n### 답변\r\n";

fn save(notebook: &Notebook, text: &str, base: Option<String>) -> Result<String, Code> {
    let request = SaveSourceRequest { path: NAME.to_owned(), text: text.to_owned(), base };
    let saved = notebook.save_source(&request);
    saved.map(|saved| saved.revision).map_err(|error| error.code)
}

#[test]
fn an_edit_of_the_whole_text_changes_no_other_byte() {
    let library = TestLibrary::new(&[]);
    library.put(NAME, POST.as_bytes());
    let notebook = library.open();
    let source = notebook.source(NAME).unwrap();
    assert!(!source.text.contains(['\r', '\u{feff}']));
    let id = source.entries[0].id.clone();

    save(&notebook, &source.text, Some(source.revision.clone())).unwrap();
    assert_eq!(library.text(NAME), POST);

    let edited = source.text.replace("줄이다", "줄입니다");
    let revision = save(&notebook, &edited, Some(source.revision.clone())).unwrap();
    assert_eq!(library.text(NAME), POST.replace("줄이다", "줄입니다"));
    assert_eq!(notebook.source(NAME).unwrap().revision, revision);

    // Reworded, the question is still the same entry; and the search has the new text.
    let edited = edited.replace("## 큐란?", "## 큐란 무엇인가?");
    save(&notebook, &edited, Some(revision)).unwrap();
    let reworded = POST.replace("줄이다", "줄입니다").replace("## 큐란?", "## 큐란 무엇인가?");
    assert_eq!(library.text(NAME), reworded);
    assert_eq!(notebook.source(NAME).unwrap().entries[0].id, id);
    assert_eq!(notebook.show(&id).unwrap().question, "큐란 무엇인가?");
}

#[test]
fn entries_are_where_the_plain_text_says() {
    let library = TestLibrary::new(&[]);
    library.put(NAME, POST.as_bytes());
    let options = NotebookOptions { unit: OffsetUnit::Utf16, ..library.options() };
    let notebook = Notebook::open(&library.folder(), options).unwrap();
    let source = notebook.source(NAME).unwrap();
    let units: Vec<u16> = source.text.encode_utf16().collect();
    let text = |[from, to]: [u32; 2]| {
        String::from_utf16(&units[usize::try_from(from).unwrap()..usize::try_from(to).unwrap()])
            .unwrap()
    };
    let [first, second] = &source.entries[..] else { panic!("two entries") };
    assert_eq!(text(first.answer), "큐는 🔒 줄이다.  \n둘째 줄");
    assert!(text(first.span).starts_with("## 큐란?\n"));
    assert_eq!(text(second.answer), "");
    assert!(text(second.span).starts_with("## 스택이란?\n"));
}

#[test]
fn a_text_on_an_old_version_is_refused_and_the_old_one_is_in_the_history() {
    let library = TestLibrary::new(&[]);
    library.put(NAME, POST.as_bytes());
    let notebook = library.open();
    let source = notebook.source(NAME).unwrap();
    let theirs = POST.replace("둘째 줄", "저쪽 줄");
    library.put(NAME, theirs.as_bytes());
    let mine = source.text.replace("둘째 줄", "내 줄");
    assert_eq!(save(&notebook, &mine, Some(source.revision)), Err(Code::Conflict));
    assert_eq!(library.text(NAME), theirs, "theirs stays");

    let now = notebook.source(NAME).unwrap();
    save(&notebook, &mine, Some(now.revision)).unwrap();
    assert_eq!(library.text(NAME), POST.replace("둘째 줄", "내 줄"));
    let request = dapanji_api::dto::HistoryRequest {
        post: Some(NAME.to_owned()),
        ..dapanji_api::dto::HistoryRequest::default()
    };
    let versions = notebook.history(&request).unwrap().versions;
    assert!(!versions.is_empty(), "the version that was replaced is kept");
}

#[test]
fn what_is_no_post_or_not_utf8_is_not_written() {
    let library = TestLibrary::new(&[]);
    library.put(NAME, POST.as_bytes());
    let korean = "## 큐란?\n### 답변\n줄이다\n";
    // `## ` and 다이 in CP949, often enough to be Korean.
    let cp949 = [b"## ".as_slice(), &b"\xb4\xd9\xc0\xcc".repeat(12), b"\n"].concat();
    library.put("old.md", &cp949);
    let notebook = library.open();
    let request = |path: &str| SaveSourceRequest {
        path: path.to_owned(),
        text: korean.to_owned(),
        base: None,
    };
    for path in ["../밖.md", "없음.md", "/etc/hosts", ".git/config", ".dapanji/settings.yml"] {
        let error = notebook.save_source(&request(path)).unwrap_err();
        assert_eq!(error.code, Code::Unreadable, "{path}");
    }
    let error = notebook.save_source(&request("old.md")).unwrap_err();
    assert_eq!(error.code, Code::NotUtf8);
    assert_eq!(fs::read(library.path("old.md")).unwrap(), cp949);
}

#[test]
fn a_draft_of_a_whole_post_is_offered_beside_what_the_post_says() {
    let library = TestLibrary::new(&[]);
    library.put(NAME, POST.as_bytes());
    let notebook = library.open();
    let source = notebook.source(NAME).unwrap();
    let mine = format!("{}덧붙인 줄", source.text);
    let request = DraftRequest {
        entry: None,
        part: DraftPart::Source,
        audience: None,
        text: mine.clone(),
        base: source.text.clone(),
        revision: Some(source.revision.clone()),
        replaces: None,
        question: None,
        path: Some(NAME.to_owned()),
        date: None,
    };
    notebook.keep_draft(&request).unwrap();
    drop(notebook);

    let notebook = library.open();
    let [draft] = notebook.drafts().unwrap().try_into().unwrap();
    assert_eq!((draft.state, &*draft.path), (DraftStateView::Unsaved, NAME));
    assert_eq!(draft.text, mine);

    library.put(NAME, POST.replace("둘째 줄", "저쪽 줄").as_bytes());
    let notebook = library.open();
    let [draft] = notebook.drafts().unwrap().try_into().unwrap();
    assert_eq!(draft.state, DraftStateView::MovedOn);

    let now = notebook.source(NAME).unwrap();
    save(&notebook, &mine, Some(now.revision)).unwrap();
    assert_eq!(notebook.drafts().unwrap().len(), 0, "the post has the text now");
}
