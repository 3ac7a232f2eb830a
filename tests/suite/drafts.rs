//! What is being written and in no post yet is never lost: kept, offered again, and set beside what
//! the post says by then.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;

use dapanji_api::dto::{
    DeleteRequest, DraftPart, DraftRequest, DraftStateView, DraftView, EditRequest, HistoryRequest,
    MoveRequest, RestoreRequest,
};
use dapanji_api::{Code, Notebook, NotebookOptions, Places};
use dapanji_tests::drafting;

use crate::support::{TestLibrary, answer};

const POST: &str = "# 2025.05.02
## 큐와 스택의 차이를 설명해주세요.
> 카테고리: CS, 자료 구조
> 힌트: 꺼내는 차례

### 답변
큐는 먼저 넣은 것을 먼저 꺼냅니다.

> ##### 모범 답안
>
> [첫 취업 준비생이라면?]
>
> 줄과 더미입니다.
>
> [3년 차라면?]
>
> 순서가 다릅니다.
{: .block-tip }

## 해시 테이블이란 무엇인가요?
### 답변
열쇠를 숫자로 바꿔 그 자리에 넣는 표입니다.
";

const QUEUE: &str = "큐와 스택의 차이를 설명해주세요.";
const QUEUE_ANSWER: &str = "큐는 먼저 넣은 것을 먼저 꺼냅니다.";

fn library() -> TestLibrary {
    TestLibrary::new(&[("daily.md", POST), ("other.md", "# 2025.05.01\n## TCP란 무엇인가요?\n")])
}

fn key(notebook: &Notebook, question: &str) -> String {
    let posts = notebook.list().posts;
    let mut entries = posts.into_iter().flat_map(|post| post.days).flat_map(|day| day.entries);
    entries.find(|entry| entry.question == question).unwrap().id
}

fn request(entry: &str, part: DraftPart, text: &str, base: &str) -> DraftRequest {
    DraftRequest {
        entry: Some(entry.to_owned()),
        part,
        audience: None,
        text: text.to_owned(),
        base: base.to_owned(),
        revision: None,
        replaces: None,
        question: None,
        path: None,
        date: None,
    }
}

/// Keeps a draft of the answer about queues; returns the entry's key.
fn write(notebook: &Notebook, text: &str) -> String {
    let entry = key(notebook, QUEUE);
    notebook.keep_draft(&request(&entry, DraftPart::Answer, text, QUEUE_ANSWER)).unwrap();
    entry
}

/// What a start after this one offers.
fn offered(library: &TestLibrary, before: Arc<Notebook>) -> (Arc<Notebook>, Vec<DraftView>) {
    drop(before);
    let notebook = library.open();
    let drafts = notebook.drafts().unwrap();
    (notebook, drafts)
}

fn only(library: &TestLibrary, before: Arc<Notebook>) -> (Arc<Notebook>, DraftView) {
    let (notebook, drafts) = offered(library, before);
    let [draft] = drafts.try_into().unwrap();
    (notebook, draft)
}

#[test]
fn the_next_start_offers_the_last_text_with_its_entry() {
    let library = library();
    let notebook = library.open();
    write(&notebook, "큐는 줄이고");
    let entry = write(&notebook, "큐는 줄이고, 스택은 더미입니ㄷ");
    let (notebook, draft) = only(&library, notebook);
    assert_eq!(draft.text, "큐는 줄이고, 스택은 더미입니ㄷ");
    assert_eq!(draft.entry.as_deref(), Some(&*entry));
    assert_eq!(draft.now.as_deref(), Some(QUEUE_ANSWER));
    assert_eq!((&*draft.question, &*draft.path), (QUEUE, "daily.md"));
    assert_eq!(draft.date.as_deref(), Some("2025-05-02"));
    assert_eq!(draft.state, DraftStateView::Unsaved);
    assert_eq!(library.text("daily.md"), POST, "the post is not touched");

    notebook.drop_draft(&draft.key).unwrap();
    assert_eq!(offered(&library, notebook).1.len(), 0);
}

#[test]
fn where_the_post_moved_on_both_texts_are_there() {
    let library = library();
    let notebook = library.open();
    write(&notebook, "내가 쓰던 글");
    let text = POST.replace(QUEUE_ANSWER, "밖에서 고친 글");
    library.put("daily.md", text.as_bytes());
    let (_, draft) = only(&library, notebook);
    assert_eq!(draft.state, DraftStateView::MovedOn);
    assert_eq!(draft.text, "내가 쓰던 글");
    assert_eq!(draft.base, QUEUE_ANSWER);
    assert_eq!(draft.now.as_deref(), Some("밖에서 고친 글"));
}

#[test]
fn a_text_that_is_in_its_post_is_offered_no_more() {
    let library = library();
    let notebook = library.open();
    let entry = write(&notebook, "다 쓴 글\r\n둘째 줄\n\n");
    notebook.answer(&answer(&entry, "다 쓴 글\n둘째 줄")).unwrap();
    let (notebook, drafts) = offered(&library, notebook);
    assert_eq!(drafts.len(), 0);
    // Nor is it, should the post move on later.
    notebook.answer(&answer(&entry, "그 뒤의 글")).unwrap();
    assert_eq!(offered(&library, notebook).1.len(), 0);
}

#[test]
fn every_part_has_a_draft_of_its_own() {
    let library = library();
    let notebook = library.open();
    let entry = key(&notebook, QUEUE);
    let parts = [
        (DraftPart::Question, None, QUEUE),
        (DraftPart::Category, None, "CS\n자료 구조"),
        (DraftPart::Hint, None, "꺼내는 차례"),
        (DraftPart::Answer, None, QUEUE_ANSWER),
        (DraftPart::ModelAnswer, Some("첫 취업 준비생이라면?"), "줄과 더미입니다."),
        (DraftPart::ModelAnswer, Some("3년 차라면?"), "순서가 다릅니다."),
    ];
    for (part, audience, base) in parts {
        let audience = audience.map(str::to_owned);
        let text = format!("새 {base}");
        let request = DraftRequest { audience, ..request(&entry, part, &text, base) };
        notebook.keep_draft(&request).unwrap();
    }
    let (notebook, drafts) = offered(&library, notebook);
    assert_eq!(drafts.len(), parts.len());
    for (part, audience, base) in parts {
        let of = |draft: &&DraftView| draft.part == part && draft.audience.as_deref() == audience;
        let draft = drafts.iter().find(of).unwrap();
        assert_eq!(draft.now.as_deref(), Some(base), "{part:?}");
        assert_eq!(draft.text, format!("새 {base}"));
        assert_eq!(draft.state, DraftStateView::Unsaved, "{part:?}");
    }

    // One of the versions is taken out by others.
    let text = POST.replace("> [3년 차라면?]\n>\n> 순서가 다릅니다.\n", "");
    library.put("daily.md", text.as_bytes());
    let (_, drafts) = offered(&library, notebook);
    let gone: Vec<_> = drafts.iter().filter(|one| one.state == DraftStateView::Gone).collect();
    let [gone] = gone.as_slice() else { panic!("{drafts:?}") };
    assert_eq!(gone.audience.as_deref(), Some("3년 차라면?"));
    assert_eq!(gone.entry.as_deref(), Some(&*entry), "the entry itself is there");
}

#[test]
fn a_draft_follows_its_entry_through_rewordings_and_moves() {
    let library = library();
    let notebook = library.open();
    let entry = write(&notebook, "따라다니는 글");
    let reworded = "줄과 더미는 어떻게 다른가요?";
    let question = Some(reworded.to_owned());
    let edit = EditRequest { entry: entry.clone(), question, ..EditRequest::default() };
    notebook.edit(&edit).unwrap();
    let date = "2025-05-01".to_owned();
    let post = Some("other.md".to_owned());
    notebook.move_entry(&MoveRequest { entry: entry.clone(), date, post, base: None }).unwrap();
    let (notebook, draft) = only(&library, notebook);
    assert_eq!(draft.entry.as_deref(), Some(&*entry));
    assert_eq!((&*draft.question, &*draft.path), (reworded, "other.md"));
    assert_eq!(draft.date.as_deref(), Some("2025-05-01"));

    // And where others reword it while nobody looks.
    let text = library.text("other.md").replace(reworded, "줄과 더미는 서로 어떻게 다른가요?");
    library.put("other.md", text.as_bytes());
    fs::rename(library.path("other.md"), library.path("moved.md")).unwrap();
    let (_, draft) = only(&library, notebook);
    assert_eq!(&*draft.question, "줄과 더미는 서로 어떻게 다른가요?");
    assert_eq!(draft.path, "moved.md");
    assert_eq!(draft.state, DraftStateView::Unsaved);
}

#[test]
fn a_draft_outlives_its_entry_and_its_post() {
    let check = |remove: &dyn Fn(&TestLibrary, &Notebook, &str)| {
        let library = library();
        let notebook = library.open();
        let entry = write(&notebook, "남아야 하는 글");
        remove(&library, &notebook, &entry);
        let (notebook, draft) = only(&library, notebook);
        assert_eq!(draft.state, DraftStateView::Gone);
        assert_eq!((draft.entry, draft.now), (None, None));
        assert_eq!((&*draft.text, &*draft.question), ("남아야 하는 글", QUEUE));
        assert_eq!((&*draft.path, draft.date.as_deref()), ("daily.md", Some("2025-05-02")));
        // It comes back with its entry.
        library.put("back.md", POST.as_bytes());
        let (_, draft) = only(&library, notebook);
        assert_eq!(draft.entry.as_deref(), Some(&*entry));
        assert_eq!(draft.state, DraftStateView::Unsaved);
        assert_eq!(draft.path, "back.md");
    };
    check(&|_, notebook, entry| {
        let entry = entry.to_owned();
        notebook.delete(&DeleteRequest { entry, base: None }).unwrap();
    });
    check(&|library, _, _| fs::remove_file(library.path("daily.md")).unwrap());
    check(&|library, _, _| library.put("daily.md", b"# 2025.05.02\n"));
}

#[test]
fn an_entry_that_the_history_puts_back_has_its_drafts_again() {
    let library = library();
    let notebook = library.open();
    let entry = write(&notebook, "지우기 전에 쓰던 글");
    notebook.keep_draft(&request(&entry, DraftPart::Hint, "쓰던 힌트", "꺼내는 차례")).unwrap();
    notebook.delete(&DeleteRequest { entry: entry.clone(), base: None }).unwrap();
    let (notebook, drafts) = offered(&library, notebook);
    assert!(drafts.iter().all(|draft| draft.state == DraftStateView::Gone), "{drafts:?}");
    let was = drafts[0].kept_for.clone();
    assert_eq!(was.as_deref(), Some(&*entry));
    let versions = notebook.history(&HistoryRequest { entry: was, limit: 1, ..Default::default() });
    let [version] = versions.unwrap().versions.try_into().unwrap();
    notebook.restore(&RestoreRequest { id: version.id, base: None, part: None }).unwrap();
    assert_eq!(library.text("daily.md"), POST, "with all that was of it");
    let drafts = notebook.drafts().unwrap();
    assert_eq!(drafts.len(), 2);
    for draft in drafts {
        assert_eq!(draft.entry.as_deref(), Some(&*entry));
        assert_eq!(draft.state, DraftStateView::Unsaved);
    }
}

#[test]
fn a_text_kept_after_its_entry_is_gone_says_which_one_it_was() {
    let library = library();
    let notebook = library.open();
    let entry = key(&notebook, QUEUE);
    notebook.delete(&DeleteRequest { entry: entry.clone(), base: None }).unwrap();
    let request = DraftRequest {
        question: Some(QUEUE.to_owned()),
        path: Some("daily.md".to_owned()),
        date: Some("2025-05-02".to_owned()),
        ..request(&entry, DraftPart::Answer, "아직 쓰는 중", QUEUE_ANSWER)
    };
    notebook.keep_draft(&request).unwrap();
    let (_, draft) = only(&library, notebook);
    assert_eq!((&*draft.question, &*draft.path), (QUEUE, "daily.md"));
    assert_eq!(draft.state, DraftStateView::Gone);
}

#[test]
fn a_question_that_is_yet_to_be_added_is_kept_too() {
    let library = library();
    let notebook = library.open();
    let text = r#"{"question":"새 문제"}"#;
    let request = DraftRequest { entry: None, ..request("", DraftPart::NewEntry, text, "") };
    notebook.keep_draft(&request).unwrap();
    let (_, draft) = only(&library, notebook);
    assert_eq!((draft.text.as_str(), draft.state), (text, DraftStateView::Unsaved));
    assert_eq!(draft.entry, None);
}

#[test]
fn two_windows_keep_their_texts_apart() {
    let library = library();
    let (one, two) = (library.open(), library.open());
    write(&one, "한 창의 글");
    let entry = write(&two, "다른 창의 글");
    let texts = |notebook: &Notebook| -> Vec<String> {
        notebook.drafts().unwrap().into_iter().map(|draft| draft.text).collect()
    };
    assert_eq!(texts(&one), ["한 창의 글"]);
    assert_eq!(texts(&two), ["다른 창의 글"]);
    // One saves and drops its own.
    one.answer(&answer(&entry, "한 창의 글")).unwrap();
    assert_eq!(texts(&one), Vec::<String>::new());
    drop(two);
    let left = one.drafts().unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].state, DraftStateView::MovedOn);

    // Taken up, it is replaced by what is written on.
    let replaces = Some(left[0].key.clone());
    let request = DraftRequest {
        replaces,
        ..request(&entry, DraftPart::Answer, "이어 쓴 글", "한 창의 글")
    };
    one.keep_draft(&request).unwrap();
    assert_eq!(texts(&one), ["이어 쓴 글"]);
}

#[test]
fn what_cannot_be_read_is_passed_over_and_stays() {
    let library = library();
    let notebook = library.open();
    write(&notebook, "온전한 글");
    drop(notebook);
    let folder = library.options().places.data.join("drafts");
    let folder = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let kept = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let name = kept.file_name().unwrap().to_str().unwrap().to_owned();
    let other =
        |digit: &str| folder.join(format!("{}{digit}", digit.repeat(31)) + name.get(32..).unwrap());
    let bytes = fs::read(&kept).unwrap();
    fs::write(other("0"), &bytes[..bytes.len() / 2]).unwrap();
    fs::write(other("1"), b"").unwrap();
    fs::write(other("2"), b"\xff\xfe{}").unwrap();
    fs::write(other("3"), r#"{"entry":null,"part":"from a later version"}"#).unwrap();
    let (notebook, draft) = only(&library, library.open());
    assert_eq!(draft.text, "온전한 글");
    notebook.drop_draft(&draft.key).unwrap();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4, "nobody has read them");
}

#[test]
fn a_draft_that_cannot_be_kept_says_where() {
    let library = library();
    let notebook = library.open();
    let data = library.options().places.data;
    fs::remove_dir_all(&data).unwrap();
    fs::write(&data, b"in the way").unwrap();
    let entry = key(&notebook, QUEUE);
    let error = notebook
        .keep_draft(&request(&entry, DraftPart::Answer, "적어 둘 곳이 없는 글", ""))
        .unwrap_err();
    assert_eq!(error.code, Code::WriteFailed);
    assert!(error.path.unwrap().starts_with(&data.display().to_string()));
}

#[test]
fn keys_that_name_no_draft_are_refused() {
    let library = library();
    let notebook = library.open();
    for name in ["", "../../글/daily.md", "/etc/passwd", "daily.md"] {
        let error = notebook.drop_draft(name).unwrap_err();
        assert_eq!(error.code, Code::InvalidRequest, "{name}");
    }
    assert_eq!(library.text("daily.md"), POST);
}

/// Kills the process that writes after each of these numbers of drafts.
const KILLED_AFTER: [usize; 6] = [1, 2, 3, 17, 60, 150];

#[test]
fn after_a_kill_the_last_draft_acknowledged_is_there_whole() {
    for killed_after in KILLED_AFTER {
        let library = library();
        let home = library.options().places.data.parent().unwrap().to_owned();
        let notebook = library.open();
        let entry = key(&notebook, QUEUE);
        drop(notebook);
        let mut writer = Command::new(env!("CARGO_BIN_EXE_drafting"))
            .args([library.folder().as_os_str(), home.as_os_str(), entry.as_ref()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(writer.stdout.take().unwrap()).lines();
        let mut acknowledged = 0;
        while acknowledged < killed_after {
            acknowledged = said.next().unwrap().unwrap().parse().unwrap();
        }
        // The process is somewhere in keeping one of the next.
        writer.kill().unwrap();
        writer.wait().unwrap();
        let later = said.map_while(Result::ok).filter_map(|line| line.parse().ok()).max();
        let acknowledged = later.unwrap_or(acknowledged);

        let options = NotebookOptions { places: Places::under(&home), ..library.options() };
        let notebook = Notebook::open(&library.folder(), options).unwrap();
        let [draft] = notebook.drafts().unwrap().try_into().unwrap();
        assert_eq!(draft.entry.as_deref(), Some(&*entry));
        let found = drafting::number(&draft.text);
        let next = acknowledged + 1;
        assert!(
            found == Some(acknowledged) || found == Some(next),
            "after {acknowledged} acknowledged, {found:?} was there"
        );
    }
}
