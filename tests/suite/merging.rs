//! Two writers of one post: what is no conflict is taken over, what is one is asked, and what git has
//! left in a post is recognised.

use std::fs;

use dapanji_api::dto::{
    AddRequest, DeleteRequest, EditRequest, LostRequest, MoveRequest, SaveAnswerRequest,
    SettleRequest, TakeView,
};
use dapanji_api::{Code, Notebook};
use serde_json::Value;

use crate::support::{TestLibrary, answer, root, search};

/// What another program does to the post.
struct Step {
    what: String,
    change: Change,
    /// Whether the answer is changed that is being edited here.
    hits: bool,
}

enum Change {
    Text { from: String, to: String },
    Endings(String),
    NoFinalNewline,
}

impl Step {
    fn of(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let change = match (text("from"), text("to"), text("endings")) {
            (Some(from), Some(to), _) => Change::Text { from, to },
            (_, _, Some(endings)) => Change::Endings(endings),
            _ => Change::NoFinalNewline,
        };
        Self { what: text("what").unwrap(), change, hits: value["hits"] == true }
    }

    fn apply(&self, text: &str) -> String {
        match &self.change {
            Change::Text { from, to } => {
                let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
                let (from, to) = (from.replace('\n', eol), to.replace('\n', eol));
                assert_eq!(text.matches(&from).count(), 1, "{}: {text}", self.what);
                text.replacen(&from, &to, 1)
            }
            Change::Endings(eol) => text.replace("\r\n", "\n").replace('\n', eol),
            Change::NoFinalNewline => text.trim_end().to_owned(),
        }
    }
}

fn daily() -> (String, String, String, Vec<Step>) {
    let daily = fs::read_to_string(root().join("tests/fixtures/daily.json")).unwrap();
    let daily: Value = serde_json::from_str(&daily).unwrap();
    let text = |key: &str| daily[key].as_str().unwrap().to_owned();
    let lines = daily["first"].as_array().unwrap().iter();
    let lines: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
    let steps = daily["steps"].as_array().unwrap().iter().map(Step::of).collect();
    (text("path"), text("open"), lines.join("\n"), steps)
}

#[test]
fn thirty_versions_from_outside_go_by_under_an_open_answer() {
    let (path, question, first, steps) = daily();
    assert_eq!(steps.len() + 1, 30);
    let library = TestLibrary::new(&[(&path, &first)]);
    let notebook = library.open();
    let rows = notebook.rows(&Default::default(), 0, 99);
    let entry = rows.iter().find(|row| row.question == question).unwrap().id.clone();
    let page = notebook.page(&entry).unwrap();
    let (mut revision, mut base) = (page.revision, page.entry.answer.text);
    let mut own = String::new();
    let (mut asked, mut came) = (0, Vec::new());
    for (nth, step) in steps.iter().enumerate() {
        let outside = step.apply(&library.text(&path));
        library.put(&path, outside.as_bytes());
        if let Change::Text { to, .. } = &step.change {
            came.push(to.clone());
        }
        own.push_str(&format!("\n\n여기서 쓴 {}번째 단락.", nth + 1));
        let save = |base: &str, revision: &str| {
            let text = format!("{base}{own}");
            notebook.answer(&SaveAnswerRequest {
                entry: entry.clone(),
                text: text.clone(),
                base: Some(revision.to_owned()),
                base_answer: Some(kept(base, &own)),
            })
        };
        let saved = match save(&base, &revision) {
            Err(error) => {
                assert_eq!(error.code, Code::Conflict, "{}: {error}", step.what);
                assert!(step.hits, "{}: no conflict, as the answer is as it was", step.what);
                assert_eq!(library.text(&path), outside, "{}: nothing is written", step.what);
                asked += 1;
                let theirs = notebook.page(&entry).unwrap();
                // Merged by hand: their text, with the own paragraphs that are not in it.
                base = theirs.entry.answer.text.split("\n\n여기서").next().unwrap().to_owned();
                revision = theirs.revision;
                save(&base, &revision).unwrap()
            }
            Ok(saved) => {
                assert!(!step.hits, "{}: a conflict, as the answer is another", step.what);
                saved
            }
        };
        revision = saved.revision;
        let text = library.text(&path);
        let plain = text.replace("\r\n", "\n");
        assert!(plain.contains(&own), "{}: what was typed is there", step.what);
        // But for the answer, the file is what the other program wrote.
        let without = |text: &str| {
            let text = text.replace("\r\n", "\n");
            text.split("\n\n")
                .filter(|part| !part.starts_with("여기서 쓴"))
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        assert_eq!(without(&text), without(&outside), "{}", step.what);
        let endings = |text: &str| (text.matches("\r\n").count() > 0, text.ends_with('\n'));
        assert_eq!(endings(&text), endings(&outside), "{}", step.what);
    }
    assert_eq!(asked, steps.iter().filter(|step| step.hits).count());
}

/// The answer as it was saved last: all own paragraphs but the newest.
fn kept(base: &str, own: &str) -> String {
    format!("{base}{}", own.rsplit_once("\n\n").map_or("", |(before, _)| before))
}

const POST: &str = "\
# 2025.05.02
## 큐와 스택의 차이를 설명해주세요.
> 힌트: 꺼내는 순서

### 답변
큐는 먼저 넣은 것을 먼저 꺼냅니다.

> ##### 모범 답안
> 큐는 FIFO입니다.
{: .block-tip }

## 해시 테이블이란 무엇인가요?
### 답변
열쇠로 값을 찾습니다.

## 트리란 무엇인가요?
- 답이 없는 문제
";

fn id(notebook: &Notebook, question: &str) -> String {
    let rows = notebook.rows(&Default::default(), 0, 99);
    rows.iter().find(|row| row.question.contains(question)).unwrap().id.clone()
}

/// Changes the post from outside twice, so that the first change is in the history by way of a save
/// of our own, and asks for a change of the entry of the queue by its first state.
#[test]
fn what_is_not_about_the_changed_entry_is_no_conflict() {
    type Ask = fn(&Notebook, String, Option<String>) -> Result<(), dapanji_api::ApiError>;
    let delete: Ask =
        |notebook, entry, base| notebook.delete(&DeleteRequest { entry, base }).map(drop);
    let shift: Ask = |notebook, entry, base| {
        let date = "2025-05-03".to_owned();
        notebook.move_entry(&MoveRequest { entry, date, post: None, base }).map(drop)
    };
    let hint: Ask = |notebook, entry, base| {
        let hint = Some("넣는 순서".to_owned());
        notebook.edit(&EditRequest { entry, base, hint, ..EditRequest::default() }).map(drop)
    };
    let write: Ask = |notebook, entry, base| {
        let text = "새 답".to_owned();
        notebook.answer(&SaveAnswerRequest { entry, text, base, base_answer: None }).map(drop)
    };
    let other: (&str, &str) = ("열쇠로 값을 찾습니다.", "열쇠로 값을 바로 찾습니다.");
    let model = ("큐는 FIFO입니다.", "큐는 선입선출입니다.");
    let own = ("먼저 꺼냅니다.", "먼저 꺼내요.");
    let hinted = ("꺼내는 순서", "꺼내는 차례");
    let check = |ask: Ask, (from, to): (&str, &str), conflicts: bool| {
        let library = TestLibrary::new(&[("가.md", POST)]);
        let notebook = library.open();
        let entry = id(&notebook, "큐와 스택");
        // A save of our own keeps the version that the request is based on.
        let base = notebook.page(&entry).unwrap().revision;
        notebook.answer(&answer(&id(&notebook, "트리란"), "가지를 칩니다.")).unwrap();
        let outside = library.text("가.md").replacen(from, to, 1);
        assert_ne!(outside, library.text("가.md"));
        library.put("가.md", outside.as_bytes());
        let code = ask(&notebook, entry, Some(base)).map_err(|error| error.code);
        assert_eq!(code, if conflicts { Err(Code::Conflict) } else { Ok(()) }, "{from}");
        if conflicts {
            assert_eq!(library.text("가.md"), outside, "{from}: nothing is written");
        } else {
            assert!(library.text("가.md").contains(to), "{from}");
        }
    };
    for ask in [delete, shift, hint, write] {
        check(ask, other, false);
    }
    check(hint, own, false);
    check(hint, model, false);
    check(write, model, false);
    check(write, hinted, false);
    check(hint, hinted, true);
    check(write, own, true);
    for ask in [delete, shift] {
        check(ask, own, true);
        check(ask, model, true);
        check(ask, hinted, true);
    }
}

const CONFLICTED: &str = "\
# 2025.05.02
## 큐와 스택의 차이를 설명해주세요.
### 답변
큐는 먼저 넣은 것을
<<<<<<< HEAD
먼저 꺼냅니다.
=======
차례로 꺼냅니다.
>>>>>>> 곁가지/하나
끝.

<<<<<<< HEAD
## 해시 테이블이란 무엇인가요?
### 답변
열쇠로 값을 찾습니다.
=======
## 해시 테이블이란 무엇인가요?
### 답변
해시로 자리를 찾습니다.
>>>>>>> 곁가지/하나

## 트리란 무엇인가요?
### 답변
";

#[test]
fn a_conflict_of_git_is_shown_and_read_as_its_first_side() {
    let library = TestLibrary::new(&[("가.md", CONFLICTED)]);
    let notebook = library.open();
    let rows = notebook.rows(&Default::default(), 0, 99);
    let questions: Vec<&str> = rows.iter().map(|row| row.question.as_str()).collect();
    assert_eq!(
        questions,
        ["큐와 스택의 차이를 설명해주세요.", "해시 테이블이란 무엇인가요?", "트리란 무엇인가요?"]
    );
    let told = notebook.check().diagnostics;
    let told: Vec<_> = told.iter().map(|told| (told.code.as_str(), told.line)).collect();
    assert_eq!(told, [("conflict-markers", 5), ("conflict-markers", 12)]);
    let page = notebook.page(&rows[0].id).unwrap();
    assert_eq!(page.entry.answer.text, "큐는 먼저 넣은 것을\n먼저 꺼냅니다.\n끝.");
    let [conflict] = page.conflicts.as_slice() else { panic!("{:?}", page.conflicts) };
    assert_eq!(
        (conflict.ours.as_str(), conflict.theirs.as_str()),
        ("먼저 꺼냅니다.\n", "차례로 꺼냅니다.\n")
    );
    assert_eq!(
        (conflict.ours_label.as_str(), conflict.theirs_label.as_str()),
        ("HEAD", "곁가지/하나")
    );
    assert!(notebook.page(&rows[2].id).unwrap().conflicts.is_empty());
    assert_eq!(notebook.post("가.md").unwrap().conflicts.len(), 2);
    for query in ["HEAD", "곁가지", "차례로"] {
        let found = notebook.search(&search(query)).unwrap();
        assert_eq!(found.hits.len(), 0, "{query}");
    }
    let found = notebook.search(&search("먼저")).unwrap();
    assert!(!found.hits.is_empty());
    assert!(
        found.hits.iter().all(|hit| !hit.snippet.contains("<<<") && !hit.snippet.contains("==="))
    );
}

#[test]
fn an_entry_with_a_conflict_is_not_changed_before_it_is_settled() {
    let library = TestLibrary::new(&[("가.md", CONFLICTED)]);
    let notebook = library.open();
    let entry = id(&notebook, "큐와 스택");
    let refused = notebook.answer(&answer(&entry, "새 답")).unwrap_err();
    assert_eq!(
        (refused.code, refused.line, refused.path.as_deref()),
        (Code::ConflictMarkers, Some(5), Some("가.md"))
    );
    let request = AddRequest { question: "힙이란?".to_owned(), ..AddRequest::default() };
    assert_eq!(notebook.add(&request).unwrap_err().code, Code::ConflictMarkers);
    assert_eq!(library.text("가.md"), CONFLICTED);
    // The one without goes on as ever.
    notebook.answer(&answer(&id(&notebook, "트리란"), "가지를 칩니다.")).unwrap();
    assert_eq!(library.text("가.md"), format!("{CONFLICTED}가지를 칩니다.\n"));
}

fn settle(
    notebook: &Notebook,
    id: Option<&str>,
    take: TakeView,
    text: Option<&str>,
) -> Result<(), Code> {
    let request = SettleRequest {
        post: "가.md".to_owned(),
        id: id.map(str::to_owned),
        take,
        text: text.map(str::to_owned),
    };
    notebook.settle(&request).map(drop).map_err(|error| error.code)
}

#[test]
fn a_conflict_is_settled_with_either_side_both_or_a_text() {
    let check = |take: TakeView, text: Option<&str>, expect: &str| {
        let library = TestLibrary::new(&[("가.md", CONFLICTED)]);
        let notebook = library.open();
        let entry = id(&notebook, "큐와 스택");
        let conflict = notebook.page(&entry).unwrap().conflicts.remove(0);
        settle(&notebook, Some(&conflict.id), take, text).unwrap();
        let page = notebook.page(&entry).unwrap();
        assert_eq!(page.entry.answer.text, format!("큐는 먼저 넣은 것을\n{expect}끝."));
        assert!(page.conflicts.is_empty());
        assert_eq!(notebook.post("가.md").unwrap().conflicts.len(), 1);
        // It was there once.
        assert_eq!(settle(&notebook, Some(&conflict.id), take, text), Err(Code::Conflict));
        notebook.answer(&answer(&entry, "새 답")).unwrap();
    };
    check(TakeView::Ours, None, "먼저 꺼냅니다.\n");
    check(TakeView::Theirs, None, "차례로 꺼냅니다.\n");
    check(TakeView::Both, None, "먼저 꺼냅니다.\n차례로 꺼냅니다.\n");
    check(TakeView::Text, Some("차례로, 먼저 꺼냅니다."), "차례로, 먼저 꺼냅니다.\n");
    check(TakeView::Text, Some(""), "");
}

#[test]
fn all_conflicts_of_a_post_are_settled_at_once() {
    let library = TestLibrary::new(&[("가.md", CONFLICTED)]);
    let notebook = library.open();
    let ids: Vec<String> =
        notebook.rows(&Default::default(), 0, 99).into_iter().map(|row| row.id).collect();
    assert_eq!(settle(&notebook, None, TakeView::Text, Some("가")), Err(Code::InvalidRequest));
    settle(&notebook, None, TakeView::Theirs, None).unwrap();
    let text = library.text("가.md");
    assert!(!text.contains("<<<<") && !text.contains("====") && !text.contains(">>>>"), "{text}");
    assert!(text.contains("차례로 꺼냅니다.") && text.contains("해시로 자리를 찾습니다."));
    let after: Vec<String> =
        notebook.rows(&Default::default(), 0, 99).into_iter().map(|row| row.id).collect();
    assert_eq!(after, ids, "questions that read alike on both sides keep their keys");
    assert_eq!(settle(&notebook, None, TakeView::Ours, None), Err(Code::Conflict));
}

#[test]
fn what_a_lost_question_may_have_become_is_told() {
    let library = TestLibrary::new(&[
        ("가.md", POST),
        ("나.md", "# 2025.05.04\n## 해시 테이블은 무엇인가요?\n"),
    ]);
    let notebook = library.open();
    let lost = |question: &str, post: &str| {
        let request = LostRequest { question: question.to_owned(), post: post.to_owned() };
        let lost = notebook.lost(&request).unwrap();
        let found: Vec<String> = lost.candidates.into_iter().map(|row| row.question).collect();
        (lost.post, found)
    };
    let both = ["해시 테이블이란 무엇인가요?", "해시 테이블은 무엇인가요?"].map(str::to_owned);
    assert_eq!(lost("해시 테이블이란 무엇인가요?", "가.md"), (true, both.to_vec()));
    assert_eq!(lost("전혀 다른 이야기를 해보세요.", "다.md"), (false, vec![]));
}
