//! Editing parts of an entry, moving and deleting it, adding days and posts: the whole way through
//! files.

use dapanji_api::dto::{
    AddDayRequest, AddPostRequest, AddRequest, DeleteRequest, EditBase, EditRequest, ModelEdit,
    MoveRequest,
};
use dapanji_api::{Code, Notebook};

use crate::support::{PATIENCE, TestLibrary, answer, watched};

const POST: &str = "---
title: 매일 답하기
date: 2025-05-02
---

# 2025.05.02
## Q1. 큐와 스택의 차이를 설명해주세요.
> 카테고리: 자료구조, 큐와 스택

> 힌트: 꺼내는 순서

### 답변  
큐는 먼저 넣은 것을 먼저 꺼냅니다.

> ##### 모범 답안
> 
> [첫 취업 준비생이라면?]
> 큐는 FIFO입니다.
>
> [이직 준비생이라면?]
> 스택은 LIFO입니다.
{: .block-tip }

## 해시 테이블이란?
### 답변  


# 2025.05.01
## TCP란 무엇인가요?
### 답변  
";

fn id(notebook: &Notebook, nth: u32) -> String {
    notebook.rows(&Default::default(), nth, 1)[0].id.clone()
}

fn revision(notebook: &Notebook, entry: &str) -> String {
    notebook.page(entry).unwrap().revision
}

fn question(text: &str) -> EditRequest {
    EditRequest { question: Some(text.to_owned()), ..EditRequest::default() }
}

fn hint(text: &str) -> EditRequest {
    EditRequest { hint: Some(text.to_owned()), ..EditRequest::default() }
}

fn model(audience: Option<&str>, text: &str) -> EditRequest {
    let model_answer =
        Some(ModelEdit { audience: audience.map(str::to_owned), text: text.to_owned() });
    EditRequest { model_answer, ..EditRequest::default() }
}

#[test]
fn an_edit_changes_its_part_and_nothing_else() {
    let check = |request: EditRequest, was: &str, is: &str| {
        let library = TestLibrary::new(&[("가.md", POST)]);
        let notebook = library.open();
        let entry = id(&notebook, 0);
        let saved = notebook.edit(&EditRequest { entry: entry.clone(), ..request }).unwrap();
        assert_eq!(saved.entry, entry);
        assert_eq!(saved.revision, revision(&notebook, &entry));
        assert!(POST.contains(was));
        assert_eq!(library.text("가.md"), POST.replacen(was, is, 1));
    };
    check(question("선입선출이란?"), "Q1. 큐와 스택의 차이를 설명해주세요.", "Q1. 선입선출이란?");
    check(hint("넣는 순서"), "꺼내는 순서", "넣는 순서");
    check(
        EditRequest { category: Some("공통".to_owned()), ..EditRequest::default() },
        "자료구조, 큐와 스택",
        "공통, 큐와 스택",
    );
    check(
        EditRequest { topic: Some("선형 구조".to_owned()), ..EditRequest::default() },
        "자료구조, 큐와 스택",
        "자료구조, 선형 구조",
    );
    check(
        model(Some("이직"), "스택은\n나중부터."),
        "> 스택은 LIFO입니다.",
        "> 스택은\n> 나중부터.",
    );
    check(
        model(Some("첫 취업 준비생이라면?"), "큐는 먼저부터."),
        "큐는 FIFO입니다.",
        "큐는 먼저부터.",
    );
    let all = EditRequest {
        category: Some("공통".to_owned()),
        hint: Some("넣는 순서".to_owned()),
        ..question("선입선출이란?")
    };
    check(
        all,
        "큐와 스택의 차이를 설명해주세요.\n> 카테고리: 자료구조, 큐와 스택\n\n> 힌트: 꺼내는 순서",
        "선입선출이란?\n> 카테고리: 공통, 큐와 스택\n\n> 힌트: 넣는 순서",
    );
}

#[test]
fn an_edit_that_cannot_be_made_leaves_the_file() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let entry = id(&notebook, 0);
    let check = |request: EditRequest, code: Code| {
        let error = notebook.edit(&EditRequest { entry: entry.clone(), ..request }).unwrap_err();
        assert_eq!(error.code, code, "{error}");
        assert_eq!(library.text("가.md"), POST);
    };
    check(EditRequest::default(), Code::InvalidRequest);
    check(question("  "), Code::InvalidRequest);
    check(model(Some("경력직"), "글"), Code::InvalidRequest);
    check(model(Some("이직"), "글\n\n[경력직이라면?]\n글"), Code::BreaksStructure);
    check(EditRequest { base: Some("0".repeat(32)), ..hint("다른 힌트") }, Code::Conflict);
    check(EditRequest { base: Some("nonsense".to_owned()), ..hint("다른 힌트") }, Code::Conflict);
    let unknown = EditRequest { entry: "zzzz".to_owned(), ..question("가?") };
    assert_eq!(notebook.edit(&unknown).unwrap_err().code, Code::UnknownEntry);
}

#[test]
fn only_a_change_of_the_same_part_is_a_conflict() {
    let elsewhere: fn(&TestLibrary, &Notebook, &str) = |_, notebook, entry| {
        notebook.answer(&answer(entry, "그사이에 고친 답")).unwrap();
    };
    let question_too: fn(&TestLibrary, &Notebook, &str) = |_, notebook, entry| {
        notebook.edit(&EditRequest { entry: entry.to_owned(), ..question("그사이?") }).unwrap();
    };
    let same_part: fn(&TestLibrary, &Notebook, &str) = |_, notebook, entry| {
        notebook.edit(&EditRequest { entry: entry.to_owned(), ..hint("그사이 힌트") }).unwrap();
    };
    let others_elsewhere: fn(&TestLibrary, &Notebook, &str) = |library, _, _| {
        library.put("가.md", POST.replace("## 해시", "## 충돌 해시").as_bytes());
    };
    let others_here: fn(&TestLibrary, &Notebook, &str) = |library, _, _| {
        library.put("가.md", POST.replace("꺼내는 순서", "그사이 힌트").as_bytes());
    };
    let texts = Some(EditBase { hint: Some("꺼내는 순서".to_owned()), ..EditBase::default() });
    for (meanwhile, based_on, saved) in [
        (elsewhere, None, true),
        (question_too, None, true),
        (same_part, None, false),
        (same_part, texts.clone(), false),
        (others_elsewhere, texts.clone(), true),
        // What was there before others wrote is not kept, and nothing says it.
        (others_elsewhere, None, false),
        (others_here, texts, false),
        (others_here, None, false),
    ] {
        let library = TestLibrary::new(&[("가.md", POST)]);
        let notebook = library.open();
        let entry = id(&notebook, 0);
        let base = Some(revision(&notebook, &entry));
        meanwhile(&library, &notebook, &entry);
        let edited =
            notebook
                .edit(&EditRequest { entry: entry.clone(), base, based_on, ..hint("내 힌트") });
        match edited {
            Ok(_) => assert!(saved),
            Err(error) => assert_eq!((error.code, saved), (Code::Conflict, false)),
        }
        assert_eq!(library.text("가.md").contains("내 힌트"), saved);
    }
}

#[test]
fn an_entry_moves_to_another_day() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let entry = id(&notebook, 1);
    let request = MoveRequest {
        entry: entry.clone(),
        date: "2025-05-01".to_owned(),
        post: None,
        base: Some(revision(&notebook, &entry)),
    };
    let saved = notebook.move_entry(&request).unwrap();
    assert_eq!((saved.entry.as_str(), saved.path.as_str()), (entry.as_str(), "가.md"));
    assert!(saved.also.is_empty());
    assert_eq!(notebook.show(&entry).unwrap().date.as_deref(), Some("2025-05-01"));
    let text = library.text("가.md");
    assert!(
        text.ends_with("## TCP란 무엇인가요?\n### 답변  \n\n## 해시 테이블이란?\n### 답변  \n"),
        "{text}"
    );
    assert_eq!(notebook.move_entry(&MoveRequest { base: None, ..request }).unwrap().entry, entry);
    assert_eq!(library.text("가.md"), text, "it is of that day already");
}

#[test]
fn an_entry_moves_to_another_post_whole() {
    let other = "# 2025.04.01\n\n## 락이란?\n\n### 답변\n잠금.\n";
    let library = TestLibrary::new(&[("가.md", POST), ("나.md", other)]);
    let notebook = library.open();
    let entry = id(&notebook, 0);
    let before = notebook.show(&entry).unwrap();
    let request = MoveRequest {
        entry: entry.clone(),
        date: "2025-04-02".to_owned(),
        post: Some("나.md".to_owned()),
        base: Some(revision(&notebook, &entry)),
    };
    let saved = notebook.move_entry(&request).unwrap();
    assert_eq!((saved.path.as_str(), saved.also), ("나.md", vec!["가.md".to_owned()]));
    let after = notebook.show(&entry).unwrap();
    assert_eq!(after.date.as_deref(), Some("2025-04-02"));
    assert_eq!(
        (after.question, after.answer.text, after.hint, after.model_answer.variants.len()),
        (before.question, before.answer.text, before.hint, before.model_answer.variants.len())
    );
    assert!(!library.text("가.md").contains("큐와 스택"));
    assert!(library.text("나.md").contains("### 답변\n잠금."));
    assert_eq!(notebook.overview(&Default::default()).total, 4);

    let error = notebook.move_entry(&MoveRequest { post: Some("../다.md".to_owned()), ..request });
    assert_eq!(error.unwrap_err().code, Code::InvalidRequest);
}

#[test]
fn a_deleted_entry_is_in_the_history_alone() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let entry = id(&notebook, 0);
    let base = revision(&notebook, &entry);
    library.put("가.md", POST.replace("큐는 먼저", "큐는 늘 먼저").as_bytes());
    let request = DeleteRequest { entry: entry.clone(), base: Some(base) };
    let error = notebook.delete(&request).unwrap_err();
    assert_eq!(error.code, Code::Conflict, "its answer has changed since");
    let base = Some(revision(&notebook, &entry));
    notebook.delete(&DeleteRequest { base, ..request.clone() }).unwrap();
    assert_eq!(notebook.delete(&request).unwrap_err().code, Code::UnknownEntry);
    let (head, rest) = POST.split_once("## Q1.").unwrap();
    let (_, rest) = rest.split_once("{: .block-tip }\n\n").unwrap();
    assert_eq!(library.text("가.md"), format!("{head}{rest}"));

    let last = id(&notebook, 1);
    notebook.delete(&DeleteRequest { entry: last, base: None }).unwrap();
    assert!(library.text("가.md").contains("# 2025.05.01"), "the day stays");
}

#[test]
fn a_day_is_added_where_the_order_puts_it() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let add = |date: &str| {
        notebook.add_day(&AddDayRequest { post: None, date: date.to_owned() }).unwrap()
    };
    let saved = add("2025-05-03");
    assert_eq!((saved.entry.as_str(), saved.path.as_str()), ("", "가.md"));
    let text = library.text("가.md");
    assert!(text.contains("---\n\n# 2025.05.03\n"), "{text}");
    add("2025-05-03");
    assert_eq!(library.text("가.md"), text, "the day is there");
    let request = AddRequest {
        question: "새 질문?".to_owned(),
        date: Some("2025-05-03".to_owned()),
        ..AddRequest::default()
    };
    notebook.add(&request).unwrap();
    assert_eq!(library.text("가.md").matches("# 2025.05.03").count(), 1);
    let bad = AddDayRequest { post: None, date: "5월".to_owned() };
    assert_eq!(notebook.add_day(&bad).unwrap_err().code, Code::InvalidRequest);
}

#[test]
fn a_post_is_modelled_on_the_newest() {
    let newest = "---\nlayout: post\ntitle:  \"5월 첫 주\"\ndate:   2025-05-02\ntags: [면접]\n---\n\n\
        # 2025.05.02\n## 큐란?\n### 답변\n";
    let library = TestLibrary::new(&[
        ("_posts/2025-04-01-april.md", "# 2025.04.01\n## 락이란?\n### 답변\n"),
        ("_posts/2025-05-02-may.md", newest),
    ]);
    let notebook = library.open();
    let add = |title: Option<&str>| {
        let request =
            AddPostRequest { title: title.map(str::to_owned), date: Some("2025-05-09".to_owned()) };
        notebook.add_post(&request).unwrap().path
    };
    let path = add(Some("5월 둘째 주"));
    assert_eq!(path, "_posts/2025-05-09-5월-둘째-주.md");
    let text = library.text(&path);
    assert!(text.contains("layout: post") && text.contains("tags: [면접]"), "{text}");
    assert!(text.contains("5월 둘째 주") && text.contains("2025-05-09"), "{text}");
    assert!(!text.contains("큐란"), "{text}");
    assert_eq!(add(Some("5월 둘째 주")), "_posts/2025-05-09-5월-둘째-주-2.md");
    assert_eq!(library.text("_posts/2025-05-02-may.md"), newest);
    let listed = notebook.overview(&Default::default()).posts;
    assert!(listed.iter().any(|post| post.path == path), "an empty post is listed");

    let request = AddRequest {
        question: "새 질문?".to_owned(),
        post: Some(path.clone()),
        date: Some("2025-05-09".to_owned()),
        ..AddRequest::default()
    };
    let saved = notebook.add(&request).unwrap();
    assert_eq!(notebook.show(&saved.entry).unwrap().date.as_deref(), Some("2025-05-09"));
}

#[test]
fn the_first_post_of_an_empty_folder() {
    let library = TestLibrary::new(&[]);
    let notebook = library.open();
    let path = notebook.add_post(&AddPostRequest::default()).unwrap().path;
    assert!(path.starts_with("2025-05-23"), "{path}");
    assert!(library.text(&path).starts_with("---\n"));
    let day = AddDayRequest { post: Some(path.clone()), date: "2025-05-23".to_owned() };
    notebook.add_day(&day).unwrap();
    assert!(library.text(&path).contains("# 2025"), "{}", library.text(&path));
}

const SETTINGS: &str = ".dapanji/settings.yml";

#[test]
fn a_notebook_has_its_own_words() {
    let post = "# 2025.05.02\n## 큐란?\n### 내 생각\n줄.\n> ##### 정답\n> 줄서기.\n";
    let settings = "labels:\n  answer: [내 생각]\n  model-answer: [정답]\nplaceholders: [줄서기]\n";
    let library = TestLibrary::new(&[("가.md", post), (SETTINGS, settings)]);
    let notebook = library.open();
    assert!(notebook.check().diagnostics.is_empty());
    let entry = notebook.show(&id(&notebook, 0)).unwrap();
    assert_eq!(entry.answer.text, "줄.");
    assert_eq!(entry.model_answer.state, dapanji_api::dto::ModelStateView::Placeholder);
    notebook.answer(&answer(&entry.id, "새 줄.")).unwrap();
    assert_eq!(library.text("가.md"), post.replace("줄.\n> #", "새 줄.\n> #"));
    assert_eq!(library.text(SETTINGS), settings, "the file is the user's");
}

#[test]
fn watch_reads_posts_again_by_new_words() {
    let post = "# 2025.05.02\n## 큐란?\n### 내 생각\n줄.\n";
    let library = TestLibrary::new(&[("가.md", post)]);
    let notebook = library.open();
    let entry = id(&notebook, 0);
    let answer = || notebook.show(&entry).unwrap().answer.text;
    let usual = answer();
    assert_ne!(usual, "줄.");
    let (_watch, changes) = watched(&notebook);
    let expect = |settings: &str, changed: &[&str]| {
        library.put(SETTINGS, settings.as_bytes());
        let change = changes.recv_timeout(PATIENCE).unwrap();
        assert_eq!(change.changed, changed);
    };
    expect("labels: {answer: [내 생각]}\n", &["가.md", SETTINGS]);
    assert_eq!(answer(), "줄.");
    expect("labels: {answer: [내 생각]}\nplaceholders: {a: b}\n", &["가.md", SETTINGS]);
    let odd = notebook.check().diagnostics;
    assert_eq!(
        (odd[0].path.as_str(), odd[0].line, odd[0].code.as_str()),
        (SETTINGS, 2, "settings")
    );
    expect("labels: [\n", &["가.md", SETTINGS]);
    assert_eq!(answer(), usual, "broken settings are none");
}

#[test]
fn a_version_without_a_name_is_none() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let entry = id(&notebook, 0);
    for audience in ["", " "] {
        let request = EditRequest { entry: entry.clone(), ..model(Some(audience), "모두") };
        let error = notebook.edit(&request).unwrap_err();
        assert_eq!(error.code, Code::InvalidRequest, "{error}");
    }
    assert_eq!(library.text("가.md"), POST);
}

#[test]
fn a_misspelt_post_is_no_new_one() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let request = AddRequest {
        question: "새 질문?".to_owned(),
        post: Some("거.md".to_owned()),
        ..AddRequest::default()
    };
    let error = notebook.add(&request).unwrap_err();
    assert_eq!(error.code, Code::InvalidRequest);
    assert!(error.message.contains("거.md"), "{error}");
    assert_eq!(notebook.check().posts, 1);
}

#[test]
fn a_post_is_named_however_its_hangul_is_composed() {
    // As a Mac writes the name.
    let decomposed = "\u{1100}\u{1161}.md";
    let library = TestLibrary::new(&[(decomposed, POST)]);
    let notebook = library.open();
    let request = AddRequest {
        question: "새 질문?".to_owned(),
        post: Some("가.md".to_owned()),
        ..AddRequest::default()
    };
    assert_eq!(notebook.add(&request).unwrap().path, decomposed);
    assert_eq!(notebook.check().posts, 1);
}

#[test]
fn a_refusal_names_the_post() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let request = EditRequest { entry: id(&notebook, 0), ..hint("가\n카테고리: 나") };
    let error = notebook.edit(&request).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("가.md"));
}

#[test]
fn git_is_told_to_take_both_sides_of_the_log() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let request = EditRequest { entry: id(&notebook, 0), ..question("큐와 스택은?") };
    notebook.edit(&request).unwrap();
    assert_eq!(library.text(".dapanji/.gitattributes"), "*.jsonl merge=union\n");
}
