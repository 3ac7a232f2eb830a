//! Pasted questions, from the text to the file.

use dapanji_api::Code;
use dapanji_api::dto::{AddAllRequest, PasteRequest, PastedEntryView};

use crate::support::TestLibrary;

const POST: &str = "---\ntitle: 매일\n---\n\n# 2025.05.23  \n## 먼저 있던 질문?\n> 카테고리: OS\n\n### 답변  \n쓴 글\n\n> ##### 모범 답안\n> \n> 어쩌구 저쩌구\n{: .block-tip }  \n\n# 2025.05.22  \n## 어제 질문?\n\n### 답변  \n";

const MAIL: &str = "From: 배달부 <a@example.com>\r\nSubject: 오늘의 질문\r\n\r\n안녕하세요.\r\n\r\n\
    Q1. 캐시란 무엇인가요?\r\n카테고리: Backend, 캐시\r\nA1. 가까이 둔 사본입니다.\r\n\r\n\
    Q2. 힙이란 무엇인가요?\r\n힌트: 나무\r\n\r\n감사합니다.\r\n";

fn paste(text: &str) -> PasteRequest {
    PasteRequest { text: text.to_owned() }
}

#[test]
fn a_mail_becomes_entries_of_a_day_in_one_save() {
    let library = TestLibrary::new(&[("일지.md", POST)]);
    let notebook = library.open();
    let read = notebook.read_paste(&paste(MAIL));
    assert_eq!(library.text("일지.md"), POST, "reading writes nothing");
    assert_eq!(read.entries.len(), 2);

    let request = AddAllRequest { entries: read.entries, ..AddAllRequest::default() };
    let added = notebook.add_all(&request).unwrap();
    assert_eq!(added.path, "일지.md");
    let questions: Vec<_> =
        added.entries.iter().map(|id| notebook.show(id).unwrap().question).collect();
    assert_eq!(questions, ["캐시란 무엇인가요?", "힙이란 무엇인가요?"]);
    let first = notebook.show(&added.entries[0]).unwrap();
    assert_eq!(first.topic.as_deref(), Some("캐시"));
    assert_eq!(first.date.as_deref(), Some("2025-05-23"));
    assert_eq!(first.model_answer.variants[0].text, "가까이 둔 사본입니다.");

    let after = library.text("일지.md");
    let (above, below) = POST.split_once("\n# 2025.05.22").unwrap();
    assert!(after.starts_with(above), "what stood above is as it was:\n{after}");
    assert!(after.ends_with(&format!("\n# 2025.05.22{below}")), "and below:\n{after}");
    assert!(!after.contains('\r'), "line endings are the file's");
}

#[test]
fn one_that_cannot_be_added_keeps_all_out() {
    let library = TestLibrary::new(&[("일지.md", POST)]);
    let notebook = library.open();
    let asked = |question: &str| PastedEntryView {
        question: question.to_owned(),
        ..PastedEntryView::default()
    };
    let entries = vec![asked("하나?"), asked(" "), asked("셋?")];
    let error =
        notebook.add_all(&AddAllRequest { entries, ..AddAllRequest::default() }).unwrap_err();
    assert_eq!(error.code, Code::InvalidRequest);
    assert!(error.message.starts_with("question 2 of 3"), "{}", error.message);
    assert_eq!(library.text("일지.md"), POST);
    let nothing = notebook.add_all(&AddAllRequest::default()).unwrap_err();
    assert_eq!(nothing.code, Code::InvalidRequest);
}

#[test]
fn a_folders_own_words_are_labels_in_a_paste() {
    let library = TestLibrary::new(&[("일지.md", POST)]);
    library.put(".dapanji/settings.yml", "labels:\n  model-answer: [본보기]\n".as_bytes());
    let read = library.open().read_paste(&paste("질문: 가?\n본보기: 나"));
    assert_eq!(read.entries[0].model_answer.as_deref(), Some("나"));
}

#[test]
fn pasted_questions_make_a_first_post() {
    let library = TestLibrary::new(&[]);
    let notebook = library.open();
    let entries = notebook.read_paste(&paste("1. 큐란?\n2. 스택이란?\n3. 힙이란?")).entries;
    let request =
        AddAllRequest { entries, date: Some("2025-05-01".to_owned()), ..AddAllRequest::default() };
    let added = notebook.add_all(&request).unwrap();
    assert_eq!(added.entries.len(), 3);
    assert_eq!(library.open().list().posts[0].days[0].entries.len(), 3);
}
