//! The history: what was replaced, by whomever, is listed by entry and post, compared and put back.

use std::sync::mpsc::Receiver;

use dapanji_api::dto::{
    AsideRequest, CauseView, Change, DeleteRequest, DiffKindView, DraftPart, EditRequest,
    HistoryRequest, ListFilter, MoveRequest, PartName, RestoreRequest, VersionRequest, VersionView,
};
use dapanji_api::{Code, Notebook};

use crate::support::{PATIENCE, TestLibrary, answer, watched};

const POST: &str = "---
title: 매일 답하기
---

# 2025.05.02
## 큐와 스택의 차이를 설명해주세요.
> 카테고리: 자료구조, 큐와 스택

> 힌트: 꺼내는 순서

### 답변
큐는 먼저 넣은 것을 먼저 꺼냅니다.

> ##### 모범 답안
> 큐는 FIFO, 스택은 LIFO입니다.
{: .block-tip }

### 참고
교재 3장

## 해시 충돌은 어떻게 푸나요?
### 답변
체이닝으로 풉니다.

# 2025.05.01
## TCP란 무엇인가요?
### 답변
연결을 맺고 보냅니다.
";

fn id(notebook: &Notebook, question: &str) -> String {
    let rows = notebook.rows(&ListFilter::default(), 0, 100);
    rows.into_iter().find(|row| row.question.contains(question)).unwrap().id
}

fn of_entry(notebook: &Notebook, entry: &str) -> Vec<VersionView> {
    let request = HistoryRequest { entry: Some(entry.into()), limit: 100, ..Default::default() };
    notebook.history(&request).unwrap().versions
}

fn of_post(notebook: &Notebook, post: &str) -> Vec<VersionView> {
    let request = HistoryRequest { post: Some(post.into()), limit: 100, ..Default::default() };
    notebook.history(&request).unwrap().versions
}

fn of_folder(notebook: &Notebook, deleted: bool) -> Vec<VersionView> {
    let request = HistoryRequest { deleted, limit: 100, ..Default::default() };
    notebook.history(&request).unwrap().versions
}

fn restore(notebook: &Notebook, id: &str) -> dapanji_api::dto::SavedView {
    notebook.restore(&RestoreRequest { id: id.into(), ..Default::default() }).unwrap()
}

/// Waits until the watch has told of a post, and so has kept what it was.
fn told(changes: &Receiver<Change>, path: &str) {
    loop {
        let change = changes.recv_timeout(PATIENCE).unwrap();
        if change.changed.iter().chain(&change.removed).any(|other| other == path) {
            return;
        }
    }
}

#[test]
fn an_entry_has_the_versions_in_which_it_differed() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let (queue, hash) = (id(&notebook, "큐와"), id(&notebook, "해시"));
    notebook.answer(&answer(&queue, "큐는 줄서기입니다.")).unwrap();
    notebook.answer(&answer(&hash, "개방 주소법도 있습니다.")).unwrap();
    notebook.answer(&answer(&queue, "큐는 줄서기, 스택은 쌓기입니다.")).unwrap();
    let question = EditRequest {
        entry: queue.clone(),
        question: Some("큐와 스택은 무엇이 다른가요?".into()),
        ..EditRequest::default()
    };
    notebook.edit(&question).unwrap();
    notebook.answer(&answer(&queue, "")).unwrap();

    let versions = of_entry(&notebook, &queue);
    let told: Vec<(&str, &[PartName])> =
        versions.iter().map(|v| (v.excerpt.as_str(), v.parts.as_slice())).collect();
    let expect: [(&str, &[PartName]); 4] = [
        ("큐는 줄서기, 스택은 쌓기입니다.", &[PartName::Answer]),
        ("큐와 스택의 차이를 설명해주세요.", &[PartName::Question]),
        ("큐는 줄서기입니다.", &[PartName::Answer]),
        ("큐는 먼저 넣은 것을 먼저 꺼냅니다.", &[PartName::Answer]),
    ];
    assert_eq!(told, expect);
    assert!(versions.iter().all(|v| v.entry.as_ref() == Some(&queue) && v.path == "가.md"));
    assert!(versions.iter().all(|v| v.cause == CauseView::Saved));
    assert!(versions[0].at.ends_with('Z') && versions[0].at >= versions[3].at);
    assert_eq!(versions[3].chars, 20);
    assert_eq!(of_entry(&notebook, &hash).len(), 1);
    assert_eq!(of_post(&notebook, "가.md").len(), 5);
    assert_eq!(of_folder(&notebook, false).len(), 5);
    assert_eq!(of_folder(&notebook, true), []);
    let few = HistoryRequest { entry: Some(queue.clone()), limit: 2, ..Default::default() };
    assert_eq!(notebook.history(&few).unwrap().versions, versions[..2]);
    drop(notebook);
    assert_eq!(of_entry(&library.open(), &queue), versions, "after a start");
}

#[test]
fn a_version_is_compared_with_now_word_by_word() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    notebook.answer(&answer(&queue, "큐는 먼저 넣은 것을 나중에 꺼냅니다.")).unwrap();
    let version = of_entry(&notebook, &queue).remove(0);
    let detail = notebook.version(&VersionRequest { id: version.id.clone() }).unwrap();
    assert_eq!(detail.version, version);
    assert!(detail.exists && detail.revision.is_some());
    let [part] = detail.parts.as_slice() else { panic!("{:?}", detail.parts) };
    let spans: Vec<(DiffKindView, &str)> =
        part.spans.iter().map(|span| (span.kind, span.text.as_str())).collect();
    let expect = [
        (DiffKindView::Same, "큐는 먼저 넣은 것을 "),
        (DiffKindView::Removed, "먼저"),
        (DiffKindView::Added, "나중에"),
        (DiffKindView::Same, " 꺼냅니다."),
    ];
    assert_eq!((part.part, spans.as_slice()), (PartName::Answer, expect.as_slice()));
    let (digits, _) = version.id.split_once('~').unwrap();
    let of_post =
        notebook.version(&VersionRequest { id: digits.get(..8).unwrap().into() }).unwrap();
    assert_eq!((of_post.parts[0].part, of_post.parts[0].then.as_str()), (PartName::Entry, POST));
    // A beginning of one digit may be that of the version there is.
    for id in ["", "zz", "00000000000000000", "~"] {
        let error = notebook.version(&VersionRequest { id: id.into() }).unwrap_err();
        assert_eq!(error.code, Code::InvalidRequest, "{id}");
    }
}

#[test]
fn parts_are_put_back_one_by_one_or_all() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    let changed = POST
        .replace("꺼내는 순서", "어느 쪽에서 꺼내나")
        .replace("큐는 먼저 넣은", "스택은 먼저 넣은")
        .replace("교재 3장", "교재 4장");
    // As another program would, and then something here.
    let (watch, changes) = watched(&notebook);
    library.put("다.md", b"# 2025.05.03\n");
    told(&changes, "다.md");
    library.put("가.md", changed.as_bytes());
    told(&changes, "가.md");
    drop(watch);
    let version = of_entry(&notebook, &queue).remove(0);
    assert_eq!(version.cause, CauseView::Outside);
    assert_eq!(version.parts, [PartName::Hint, PartName::Answer, PartName::Section]);
    let restore = |part, base: Option<&str>| {
        let base = base.map(str::to_owned);
        notebook.restore(&RestoreRequest { id: version.id.clone(), base, part })
    };
    restore(Some(PartName::Section), None).unwrap();
    assert_eq!(library.text("가.md"), changed.replace("교재 4장", "교재 3장"));
    restore(Some(PartName::Hint), None).unwrap();
    let with_answer = POST.replace("큐는 먼저 넣은", "스택은 먼저 넣은");
    assert_eq!(library.text("가.md"), with_answer);
    let before = notebook.page(&queue).unwrap().revision;
    let saved = restore(None, Some(&before)).unwrap();
    assert_eq!(saved.entry, queue);
    assert_eq!(library.text("가.md"), POST);
    assert!(notebook.version(&VersionRequest { id: version.id.clone() }).unwrap().parts.is_empty());

    // That can be taken back like any other change.
    let undo = of_entry(&notebook, &queue).remove(0);
    assert_eq!(
        (undo.cause, undo.parts.as_slice()),
        (CauseView::Restored, [PartName::Answer].as_slice())
    );
    notebook.restore(&RestoreRequest { id: undo.id, ..Default::default() }).unwrap();
    assert_eq!(library.text("가.md"), with_answer);
    library.put("가.md", POST.replace("큐는 먼저", "줄은 먼저").as_bytes());
    assert_eq!(restore(None, Some(&saved.revision)).unwrap_err().code, Code::Conflict);
}

#[test]
fn a_deleted_entry_goes_back_to_its_place() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    for question in ["큐와", "해시", "TCP"] {
        let entry = id(&notebook, question);
        notebook.delete(&DeleteRequest { entry: entry.clone(), base: None }).unwrap();
        let gone = of_folder(&notebook, true);
        let [version] = gone.as_slice() else { panic!("{gone:?}") };
        assert_eq!(version.cause, CauseView::Deleted);
        assert_eq!(
            (version.entry.as_deref(), version.parts.as_slice()),
            (Some(&*entry), [PartName::Entry].as_slice())
        );
        assert!(!notebook.version(&VersionRequest { id: version.id.clone() }).unwrap().exists);
        assert_eq!(of_entry(&notebook, &entry)[0].id, version.id, "{question}");
        assert_eq!(restore(&notebook, &version.id).entry, entry);
        assert_eq!(library.text("가.md"), POST, "{question}");
        assert_eq!(of_folder(&notebook, true), []);
    }
}

#[test]
fn a_deleted_entry_goes_back_to_its_day_where_others_have_written() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let (queue, hash) = (id(&notebook, "큐와"), id(&notebook, "해시"));
    notebook.delete(&DeleteRequest { entry: queue.clone(), base: None }).unwrap();
    notebook.answer(&answer(&hash, "나중에 고친 답")).unwrap();
    let version = of_folder(&notebook, true).remove(0);
    restore(&notebook, &version.id);
    let shown = notebook.show(&queue).unwrap();
    assert_eq!(shown.date.as_deref(), Some("2025-05-02"));
    assert_eq!(shown.answer.text, "큐는 먼저 넣은 것을 먼저 꺼냅니다.");
    assert_eq!(shown.sections[0].text, "교재 3장");
    assert_eq!(notebook.show(&hash).unwrap().answer.text, "나중에 고친 답");
}

#[test]
fn a_post_that_others_removed_comes_back_byte_by_byte() {
    let windows = POST.replace('\n', "\r\n");
    let library = TestLibrary::new(&[("_posts/가.md", &windows), ("나.md", "# 2025.05.09\n")]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    let (watch, changes) = watched(&notebook);
    library.put("나.md", b"# 2025.05.10\n");
    told(&changes, "나.md");
    std::fs::remove_file(library.path("_posts/가.md")).unwrap();
    told(&changes, "_posts/가.md");
    drop(watch);
    let gone = of_folder(&notebook, true);
    let [version] = gone.as_slice() else { panic!("{gone:?}") };
    assert_eq!((version.cause, version.entry.as_deref()), (CauseView::Outside, None));
    assert_eq!(version.question.as_deref(), Some("매일 답하기"));
    // A question of it is found by its key, and the post as a whole.
    let entry = of_entry(&notebook, &queue).remove(0);
    assert_eq!(entry.parts, [PartName::Entry]);
    restore(&notebook, &version.id);
    assert_eq!(library.text("_posts/가.md"), windows);
    assert_eq!(id(&notebook, "큐와"), queue);
    assert_eq!(of_folder(&notebook, true), []);
}

#[test]
fn what_only_moved_is_not_gone() {
    let library =
        TestLibrary::new(&[("가.md", POST), ("나.md", "# 2025.05.20\n## 하나?\n### 답변\n하나\n")]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    notebook.answer(&answer(&queue, "옮기기 전의 답")).unwrap();
    let request = MoveRequest {
        entry: queue.clone(),
        date: "2025-05-20".into(),
        post: Some("나.md".into()),
        base: None,
    };
    notebook.move_entry(&request).unwrap();
    notebook.answer(&answer(&queue, "옮긴 뒤의 답")).unwrap();
    assert_eq!(of_folder(&notebook, true), []);
    let excerpts: Vec<String> =
        of_entry(&notebook, &queue).into_iter().map(|version| version.excerpt).collect();
    assert_eq!(excerpts, ["옮기기 전의 답", "큐는 먼저 넣은 것을 먼저 꺼냅니다."]);

    let (watch, changes) = watched(&notebook);
    library.put("다.md", b"x\n");
    told(&changes, "다.md");
    std::fs::rename(library.path("나.md"), library.path("라.md")).unwrap();
    told(&changes, "라.md");
    drop(watch);
    assert_eq!(of_folder(&notebook, true), [], "a renamed post");
    assert_eq!(of_entry(&notebook, &queue).len(), 2);
}

#[test]
fn what_changed_while_nobody_watched_is_told_at_the_next_start() {
    let library = TestLibrary::new(&[("가.md", POST), ("나.md", "# 2025.05.09\n")]);
    let look = || {
        let notebook = library.open();
        let (watch, changes) = watched(&notebook);
        library.put("표.md", format!("{:?}\n", std::time::Instant::now()).as_bytes());
        told(&changes, "표.md");
        drop(watch);
        notebook
    };
    drop(look());
    library.put("가.md", POST.replace("체이닝", "사슬").as_bytes());
    std::fs::remove_file(library.path("나.md")).unwrap();
    let notebook = look();
    let version = of_entry(&notebook, &id(&notebook, "해시")).remove(0);
    assert_eq!(
        (version.cause, version.excerpt.as_str()),
        (CauseView::Outside, "체이닝으로 풉니다.")
    );
    assert_eq!(of_folder(&notebook, true).remove(0).path, "나.md");
}

#[test]
fn a_whole_post_is_put_back() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    for question in ["큐와", "해시", "TCP"] {
        notebook.answer(&answer(&id(&notebook, question), "다시")).unwrap();
    }
    let first = of_post(&notebook, "가.md").pop().unwrap();
    assert_eq!(first.entry, None);
    let wrong = RestoreRequest { id: first.id.clone(), base: Some("0".into()), part: None };
    assert_eq!(notebook.restore(&wrong).unwrap_err().code, Code::Conflict);
    let part = RestoreRequest { part: Some(PartName::Answer), base: None, ..wrong };
    assert_eq!(notebook.restore(&part).unwrap_err().code, Code::InvalidRequest);
    restore(&notebook, &first.id);
    assert_eq!(library.text("가.md"), POST);
    assert_eq!(notebook.show(&id(&notebook, "TCP")).unwrap().answer.text, "연결을 맺고 보냅니다.");
}

/// Every entry of the sample notebook: deleted, or its answer rewritten, and put back.
#[test]
fn putting_back_leaves_no_trace_in_the_sample() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    for row in notebook.rows(&ListFilter::default(), 0, 1000) {
        let path = notebook.page(&row.id).unwrap().path;
        let before = library.text(&path);
        notebook.answer(&answer(&row.id, "모두 다시 쓴 답")).unwrap();
        let version = of_entry(&notebook, &row.id).remove(0);
        restore(&notebook, &version.id);
        assert_eq!(library.text(&path), before, "the answer of {}", row.question);
        if notebook.delete(&DeleteRequest { entry: row.id.clone(), base: None }).is_ok() {
            let version = of_folder(&notebook, true).remove(0);
            assert_eq!(restore(&notebook, &version.id).entry, row.id);
            assert_eq!(library.text(&path), before, "{} deleted", row.question);
        }
    }
}

fn drop_text(
    notebook: &Notebook,
    entry: &str,
    part: DraftPart,
    text: &str,
) -> Result<(), dapanji_api::ApiError> {
    let (entry, text) = (entry.to_owned(), text.to_owned());
    notebook.keep_aside(&AsideRequest { entry, part, audience: None, text })
}

#[test]
fn a_dropped_text_is_a_version_that_can_be_put_back() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    notebook.answer(&answer(&queue, "파일에 있는 답")).unwrap();
    let file = library.text("가.md");
    let model = "> 둘 다 선형 자료구조입니다.";
    let dropped: [(DraftPart, &str, PartName); 4] = [
        (DraftPart::Answer, "버린 답\n\n둘째 문단", PartName::Answer),
        (DraftPart::Hint, "버린 힌트", PartName::Hint),
        (DraftPart::ModelAnswer, model, PartName::ModelAnswer),
        (DraftPart::Category, "운영체제\n버린 주제", PartName::Category),
    ];
    for (part, text, _) in dropped {
        drop_text(&notebook, &queue, part, text).unwrap();
        assert_eq!(library.text("가.md"), file, "the post is not touched");
    }
    let versions = of_entry(&notebook, &queue);
    let told: Vec<(CauseView, &[PartName])> =
        versions.iter().map(|version| (version.cause, version.parts.as_slice())).collect();
    let mut expect: Vec<(CauseView, &[PartName])> = dropped
        .iter()
        .rev()
        .map(|(_, _, part)| (CauseView::Aside, std::slice::from_ref(part)))
        .collect();
    // What was in the file before is told as if nothing had been dropped.
    expect.push((CauseView::Saved, &[PartName::Answer]));
    assert_eq!(told, expect);
    assert_eq!(versions[3].excerpt, "버린 답 둘째 문단");
    assert_eq!(of_folder(&notebook, true), [], "nothing is gone");

    let detail = notebook.version(&VersionRequest { id: versions[3].id.clone() }).unwrap();
    let [part] = detail.parts.as_slice() else { panic!("{:?}", detail.parts) };
    assert_eq!((part.then.as_str(), part.now.as_str()), ("버린 답\n\n둘째 문단", "파일에 있는 답"));
    restore(&notebook, &versions[3].id);
    assert_eq!(library.text("가.md"), file.replace("파일에 있는 답", "버린 답\n\n둘째 문단"));
    assert_eq!(of_entry(&library.open(), &queue).len(), 6, "after a start");
}

#[test]
fn what_is_dropped_without_a_loss_is_not_kept() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    drop_text(&notebook, &queue, DraftPart::Answer, " \n").unwrap();
    drop_text(&notebook, &queue, DraftPart::Answer, "큐는 먼저 넣은 것을 먼저 꺼냅니다.").unwrap();
    assert_eq!(of_entry(&notebook, &queue), []);
    let refused = [
        (queue.as_str(), DraftPart::NewEntry, "새 질문", Code::InvalidRequest),
        ("20250502-none", DraftPart::Answer, "글", Code::UnknownEntry),
    ];
    for (entry, part, text, code) in refused {
        assert_eq!(drop_text(&notebook, entry, part, text).unwrap_err().code, code, "{text}");
    }
    assert_eq!(of_post(&notebook, "가.md"), []);
}

#[test]
fn what_others_wrote_before_a_text_was_dropped_is_told_as_it_was() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let hash = id(&notebook, "해시");
    notebook.answer(&answer(&hash, "체이닝과 개방 주소법")).unwrap();
    // Unwatched: the look at the file that drops a text is the first to see it.
    let theirs = library.text("가.md").replace("체이닝과 개방 주소법", "밖에서 쓴 답");
    library.put("가.md", theirs.as_bytes());
    drop_text(&notebook, &hash, DraftPart::Answer, "여기서 쓰던 답").unwrap();
    let told: Vec<(CauseView, String)> = of_entry(&notebook, &hash)
        .into_iter()
        .map(|version| (version.cause, version.excerpt))
        .collect();
    let expect = [
        (CauseView::Aside, "여기서 쓰던 답"),
        (CauseView::Outside, "체이닝과 개방 주소법"),
        (CauseView::Saved, "체이닝으로 풉니다."),
    ];
    assert_eq!(told, expect.map(|(cause, text)| (cause, text.to_owned())));
    assert_eq!(library.text("가.md"), theirs);
}

#[test]
fn a_dropped_text_that_breaks_its_post_is_kept_as_code() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let queue = id(&notebook, "큐와");
    let text = "## 제목처럼 쓴 줄\n~~~\n끝";
    drop_text(&notebook, &queue, DraftPart::Answer, text).unwrap();
    let version = of_entry(&notebook, &queue).remove(0);
    assert_eq!((version.cause, version.parts), (CauseView::Aside, vec![PartName::Answer]));
    restore(&notebook, &version.id);
    assert_eq!(notebook.show(&queue).unwrap().answer.text, format!("~~~~\n{text}\n~~~~"));
}
