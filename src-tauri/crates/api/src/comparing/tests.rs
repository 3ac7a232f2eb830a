//! Comparisons of a whole notebook: decisions that are kept, all answers, an answer's past.

use std::path::Path;

use dapanji_library::Places;

use super::*;
use crate::NotebookOptions;
use crate::dto::{
    AnswerVersionsRequest, CompareAllRequest, DiffKindView, SaveAnswerRequest, SynonymsRequest,
    TermDecision, TermRequest,
};

const POST: &str = "# 2025.05.02
## 재고는 어떻게 지키나요?
### 답변
락을 건다.

> ##### 모범 답안
> 분산 락은 `SETNX`로 만들고 TTL을 30초로 둔다.
>
> [첫 취업 준비생이라면?]
> 데드락도 막는다.
>
> [이직 면접이라면?]
> Redlock의 한계도 말한다.
{: .block-tip }

## 큐란 무엇인가요?
### 답변
큐는 먼저 넣은 것을 먼저 꺼낸다.

> ##### 모범 답안
> 큐는 먼저 넣은 것을 먼저 꺼낸다.
{: .block-tip }

## 답안이 없는 문제인가요?
### 답변
있는 것은 답뿐이다.
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("글.md", POST);
        folder
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join("글").join(name)
    }

    #[expect(clippy::disallowed_methods, reason = "a test writes files as other programs do")]
    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn open(&self) -> Notebook {
        let places = Places::under(&self.0.path().join("home"));
        let options = NotebookOptions { places, ..NotebookOptions::default() };
        Notebook::open(&self.path(""), options).unwrap()
    }
}

/// The ids of the entries, in the order of the post.
fn ids(notebook: &Notebook) -> Vec<String> {
    let posts = notebook.list().posts.into_iter();
    posts.flat_map(|post| post.days).flat_map(|day| day.entries).map(|entry| entry.id).collect()
}

fn compared(notebook: &Notebook, entry: &str) -> CompareView {
    let request = CompareRequest { entry: entry.to_owned(), audience: None, answer: None };
    notebook.compare(&request).unwrap()
}

fn names(view: &CompareView) -> Vec<&str> {
    view.terms.iter().map(|term| term.term.as_str()).collect()
}

fn decide(notebook: &Notebook, entry: &str, term: &str, decision: TermDecision) {
    let request = TermRequest { entry: entry.to_owned(), term: term.to_owned(), decision };
    notebook.decide_term(&request).unwrap();
}

#[test]
fn decisions_are_kept_in_the_folder_and_hold_for_whoever_opens_it() {
    let folder = Folder::new();
    let notebook = folder.open();
    let id = &ids(&notebook)[0];
    let before = compared(&notebook, id);
    assert!(names(&before).contains(&"SETNX"), "{:?}", names(&before));
    assert!(!folder.path(".dapanji").exists(), "a look keeps nothing");
    decide(&notebook, id, "SETNX", TermDecision::Remove);
    decide(&notebook, id, "TTL", TermDecision::Pin);
    decide(&notebook, id, "재고", TermDecision::Add);
    let request = SynonymsRequest { names: vec!["분산 락".into(), "락".into()], same: true };
    notebook.set_synonyms(&request).unwrap();
    // Another program, or another computer after a pull.
    for notebook in [notebook, folder.open()] {
        let after = compared(&notebook, id);
        assert_eq!(&names(&after)[..2], ["TTL", "재고"], "pinned, then added");
        assert!(!names(&after).contains(&"SETNX"), "{:?}", names(&after));
        assert_eq!(after.removed_terms, ["SETNX"]);
        let lock = after.terms.iter().find(|term| term.term == "분산 락").unwrap();
        assert_eq!((lock.state, &*lock.own_names), (TermStateView::Said, &["락".to_owned()][..]));
    }
    let log = std::fs::read_to_string(folder.path(".dapanji/terms.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 4, "a line for each decision");
    // Git has merged it in another order, with a conflict somebody committed.
    let mut lines: Vec<&str> = log.lines().rev().collect();
    lines.insert(1, "<<<<<<< ours");
    folder.write(".dapanji/terms.jsonl", &lines.join("\n"));
    let notebook = folder.open();
    assert_eq!(&names(&compared(&notebook, id))[..2], ["TTL", "재고"], "the lines are the same");
    decide(&notebook, id, "ttl", TermDecision::Reset);
    assert_eq!(compared(&notebook, id).terms[0].term, "재고", "what was said last counts");
    assert_eq!(notebook.terms(Some(id)).unwrap().decisions.len(), 2);
    assert_eq!(folder.open().terms(None).unwrap().synonyms, [["분산 락", "락"]]);
}

#[test]
fn text_before_the_first_audience_is_compared_for_each() {
    let folder = Folder::new();
    let notebook = folder.open();
    let id = &ids(&notebook)[0];
    let view = compared(&notebook, id);
    assert_eq!(view.audiences, ["첫 취업 준비생이라면?", "이직 면접이라면?"]);
    assert_eq!(view.audience.as_deref(), Some("첫 취업 준비생이라면?"));
    assert!(view.model_text.contains("SETNX") && view.model_text.contains("데드락"));
    assert!(!view.model_text.contains("Redlock"));
}

#[test]
fn the_last_audience_is_remembered_for_the_notebook() {
    let folder = Folder::new();
    let notebook = folder.open();
    let id = &ids(&notebook)[0];
    assert_eq!(notebook.page(id).unwrap().last_audience, None);
    notebook.remember_audience("이직 면접이라면?");
    let again = folder.open().page(id).unwrap().last_audience;
    assert_eq!(again.as_deref(), Some("이직 면접이라면?"));
    assert!(!folder.path(".dapanji").exists(), "it is the user's, not the folder's");
}

#[test]
fn all_answers_are_listed_the_least_covered_first() {
    let folder = Folder::new();
    let notebook = folder.open();
    let ids = ids(&notebook);
    let all = notebook.compare_all(&CompareAllRequest::default()).unwrap();
    let listed: Vec<&str> = all.entries.iter().map(|entry| entry.entry.as_str()).collect();
    assert_eq!(listed, [&*ids[0], &*ids[1]]);
    assert_eq!((all.compared, all.without_model), (2, 1));
    assert_eq!(all.entries[1].terms.missing, 0, "a copy lacks nothing");
    let first = &all.entries[0];
    let missing = usize::try_from(first.terms.missing).unwrap();
    assert!(missing > 0 && first.missing_terms.len() == missing, "{first:?}");
    let one = compared(&notebook, &ids[0]);
    let of = |state| one.terms.iter().filter(|term| term.state == state).count();
    assert_eq!(missing, of(TermStateView::Missing), "counted as the comparison shows it");
    let request = CompareAllRequest { audience: Some("이직".into()), limit: Some(1) };
    let limited = notebook.compare_all(&request).unwrap();
    assert_eq!((limited.entries.len(), limited.compared), (1, 2));
    assert_eq!(limited.entries[0].audience.as_deref(), Some("이직 면접이라면?"));
}

#[test]
fn an_answer_stands_beside_its_past_with_what_it_had_then() {
    let folder = Folder::new();
    let notebook = folder.open();
    let id = &ids(&notebook)[0];
    let ask = |notebook: &Notebook, older: Option<String>, answer: Option<&str>| {
        let request = AnswerVersionsRequest {
            entry: id.clone(),
            older,
            answer: answer.map(str::to_owned),
            ..AnswerVersionsRequest::default()
        };
        notebook.answer_versions(&request)
    };
    let fresh = ask(&notebook, None, None).unwrap();
    assert_eq!((fresh.versions.len(), fresh.older), (1, None), "there is no past yet");
    for text in ["락을 SETNX로 건다.", "분산 락을 SETNX로 걸고 TTL을 둔다."] {
        let (entry, text) = (id.clone(), text.to_owned());
        let request = SaveAnswerRequest { entry, text, base: None, base_answer: None };
        notebook.answer(&request).unwrap();
    }
    let view = ask(&notebook, None, None).unwrap();
    assert_eq!(view.versions.len(), 3);
    let said: Vec<u32> =
        view.versions.iter().map(|version| version.coverage.unwrap().said).collect();
    assert!(said.is_sorted_by(|now, before| now > before), "{said:?}");
    assert!(view.versions[0].until.is_none() && view.versions[0].since == view.versions[1].until);
    assert_eq!(view.versions[2].since, None, "nobody knows since when");
    let text = |kind| -> String {
        let spans = view.spans.iter().filter(|span| span.kind != kind);
        spans.map(|span| span.text.as_str()).collect()
    };
    assert_eq!(text(DiffKindView::Added), "락을 SETNX로 건다.");
    assert_eq!(text(DiffKindView::Removed), "분산 락을 SETNX로 걸고 TTL을 둔다.");
    let gained = view.changes.iter().find(|change| change.term == "TTL").unwrap();
    assert_eq!((gained.older, gained.newer), (TermStateView::Missing, TermStateView::Said));
    let oldest = ask(&notebook, view.versions[2].id.clone(), Some("락")).unwrap();
    assert_eq!((oldest.older, oldest.newer), (Some(2), 0), "what is typed is the answer now");
    assert_eq!(ask(&notebook, Some("없음".into()), None).unwrap_err().code, Code::InvalidRequest);
}

fn models(variants: &[(Option<&str>, &str)]) -> Vec<(String, String)> {
    let variants: Vec<VariantView> = variants
        .iter()
        .map(|(audience, text)| VariantView {
            audience: audience.map(str::to_owned),
            text: (*text).to_owned(),
        })
        .collect();
    let models = Models::of(&variants).0.into_iter();
    models.map(|model| (model.audience.unwrap_or_default(), model.text)).collect()
}

#[track_caller]
fn check_models(variants: &[(Option<&str>, &str)], expect: &[(&str, &str)]) {
    let found = models(variants);
    let found: Vec<(&str, &str)> = found.iter().map(|(a, t)| (a.as_str(), t.as_str())).collect();
    assert_eq!(found, expect);
}

#[test]
fn text_before_the_first_audience_is_for_all() {
    check_models(&[], &[]);
    check_models(&[(None, "글")], &[("", "글")]);
    check_models(
        &[(None, "모두에게\n"), (Some("신입"), "하나"), (Some("경력"), "둘")],
        &[("신입", "모두에게\n\n하나"), ("경력", "모두에게\n\n둘")],
    );
    check_models(&[(None, " \n"), (Some("신입"), "하나")], &[("신입", "하나")]);
    check_models(
        &[(Some("신입"), "하나"), (Some("경력"), "둘"), (Some("신입"), "셋")],
        &[("신입", "하나\n\n셋"), ("경력", "둘")],
    );
}
