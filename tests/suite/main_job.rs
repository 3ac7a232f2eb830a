//! The main job, end to end through the façade.

use dapanji_api::dto::{
    AddRequest, AnswerStateView, CompareRequest, ModelStateView, SaveAnswerRequest, TermStateView,
};
use dapanji_api::{Code, Language};

use crate::support::{
    TestLibrary, Unseen, answer, compare, export, pdf_text, real_post, search, squeeze,
};

const POST: &str = "2025-04-09-daily_interview.md";

#[test]
fn the_sample_notebook_is_listed_as_written() {
    let library = TestLibrary::sample();
    let list = library.open().list();
    let entries: Vec<_> =
        list.posts.iter().flat_map(|p| &p.days).flat_map(|d| &d.entries).collect();
    let answers = |state| entries.iter().filter(|e| e.answer.state == state).count();
    assert_eq!(entries.len(), 28);
    assert_eq!(answers(AnswerStateView::Written), 22);
    assert_eq!(answers(AnswerStateView::Draft), 3);
    assert_eq!(answers(AnswerStateView::Empty), 3);
    let models = |state| entries.iter().filter(|e| e.model_answer.state == state).count();
    assert_eq!(models(ModelStateView::Written), 24);
    assert_eq!(models(ModelStateView::Placeholder), 3);
    assert_eq!(models(ModelStateView::None), 1);
    assert!(list.posts.iter().all(|p| p.diagnostics.is_empty()));
}

#[test]
fn an_answer_is_written_found_compared_and_printed() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let list = notebook.list();
    let (post, entry) = list
        .posts
        .iter()
        .flat_map(|p| p.days.iter().flat_map(|d| &d.entries).map(move |e| (p, e)))
        .find(|(_, e)| {
            e.answer.state == AnswerStateView::Empty
                && e.model_answer.state == ModelStateView::Written
        })
        .unwrap();
    let before = library.text(&post.path);

    // Written: nothing but the answer changes.
    let text =
        "복합 인덱스는 왼쪽 열부터 쓰입니다.\n\n`EXPLAIN`으로 클러스터드얼룩말을 확인했습니다.";
    let saved = notebook.answer(&answer(&entry.id, text)).unwrap();
    assert_eq!(saved.entry, entry.id, "an answer does not change the key");
    let after = library.text(&post.path);
    let at = after.find(text).unwrap();
    let grown = after.len() - before.len();
    assert!(after.get(..at) == before.get(..at), "what stands above is as it was");
    let rest = after.len() - (at + text.len());
    assert!(
        after.get(at + text.len()..) == before.get(before.len() - rest..),
        "and what stands below"
    );
    assert!((text.len()..=text.len() + 2).contains(&grown), "but for the lines that part them");

    // Found: the new word leads to it at once, and after opening anew.
    for notebook in [&notebook, &library.open()] {
        let found = notebook.search(&search("클러스터드얼룩말")).unwrap();
        assert_eq!(found.hits.first().and_then(|hit| hit.entry.clone()), Some(entry.id.clone()));
        let hit = found.hits.first().unwrap();
        let [start, end] = *hit.highlights.first().unwrap();
        let marked: String =
            hit.snippet.chars().skip(start as usize).take((end - start) as usize).collect();
        assert!(marked.contains("얼룩말"), "{marked}");
    }

    // Compared: the model answer's terms, each with a state.
    let compared = notebook.compare(&compare(&entry.id)).unwrap();
    assert_eq!(compared.model_state, ModelStateView::Written);
    assert!(compared.terms.iter().any(|t| t.state == TermStateView::Said), "{:?}", compared.terms);
    assert!(
        compared.terms.iter().any(|t| t.state == TermStateView::Missing),
        "{:?}",
        compared.terms
    );

    // Printed.
    let out = library.path("../책.pdf");
    let written = notebook.export(&export(&out), Language::Ko, &Unseen).unwrap();
    assert_eq!(written.entries, 28);
    assert!(written.omissions.is_empty(), "{:?}", written.omissions);
    if let Some(pdf) = pdf_text(&out) {
        assert!(pdf.contains(&squeeze("클러스터드얼룩말을 확인했습니다")));
        for entry in list.posts.iter().flat_map(|p| &p.days).flat_map(|d| &d.entries) {
            assert!(pdf.contains(&squeeze(&entry.question)), "{}", entry.question);
        }
    }
}

#[test]
fn the_users_post_does_the_main_job() {
    let Some(text) = real_post() else {
        return;
    };
    let library = TestLibrary::new(&[(POST, &text)]);
    let notebook = library.open();
    for query in ["분산 락", "동시성", "Redis는 락"] {
        let found = notebook.search(&search(query)).unwrap();
        let question = &found.hits.first().unwrap().question;
        assert!(question.starts_with("동시성 문제란"), "{query}: {question}");
    }
    let list = notebook.list();
    let days: Vec<_> =
        list.posts[0].days.iter().map(|d| (d.date.as_deref(), d.entries.len())).collect();
    assert_eq!(days, [(Some("2025-04-10"), 3), (Some("2025-04-09"), 4)]);
    let entries: Vec<_> = list.posts[0].days.iter().flat_map(|d| &d.entries).collect();
    let mut audiences: Vec<usize> = entries
        .iter()
        .filter(|e| e.model_answer.state == ModelStateView::Written)
        .map(|e| e.model_answer.variants.len())
        .collect();
    audiences.sort_unstable();
    assert_eq!(audiences, [1, 2, 2, 2]);
    assert!(entries.iter().all(|e| e.hint.is_some() && !e.categories.is_empty()));

    let out = library.path("../책.pdf");
    let written = notebook.export(&export(&out), Language::Ko, &Unseen).unwrap();
    assert_eq!((written.entries, written.omissions.len()), (7, 0));
    if let Some(pdf) = pdf_text(&out) {
        for entry in &entries {
            let texts = std::iter::once(&entry.question)
                .chain(std::iter::once(&entry.answer.text))
                .chain(entry.hint.iter())
                .chain(entry.model_answer.variants.iter().map(|v| &v.text))
                .filter(|t| !t.contains("어쩌구"));
            for word in texts.flat_map(|t| t.split_whitespace()).map(squeeze) {
                assert!(pdf.contains(&word), "{word}");
            }
        }
    }

    let entry = entries.iter().find(|e| e.question.starts_with("동시성")).unwrap();
    notebook.answer(&answer(&entry.id, "바꾼 답")).unwrap();
    assert_eq!(library.text(POST), text.replace(&entry.answer.text, "바꾼 답"));
}

#[test]
fn a_change_elsewhere_is_no_conflict_and_a_change_here_is() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let rows = notebook.rows(&Default::default(), 0, 28);
    let written: Vec<_> = rows
        .iter()
        .filter(|r| r.state == AnswerStateView::Written && r.path == rows[0].path)
        .take(2)
        .collect();
    let page = notebook.page(&written[0].id).unwrap();
    let other = notebook.page(&written[1].id).unwrap();
    let edit = |from: &str, to: &str| {
        let text = library.text(&page.path);
        library.put(&page.path, text.replace(from, to).as_bytes());
    };
    let request = |text: &str| SaveAnswerRequest {
        entry: page.entry.id.clone(),
        text: text.to_owned(),
        base: Some(page.revision.clone()),
        base_answer: Some(page.entry.answer.text.clone()),
    };

    edit(&other.entry.answer.text, "다른 사람이 고친 답");
    notebook.answer(&request("내가 고친 답")).unwrap();
    let text = library.text(&page.path);
    assert!(
        text.contains("다른 사람이 고친 답") && text.contains("내가 고친 답"),
        "both are there"
    );

    edit("내가 고친 답", "밖에서 고친 답");
    let error = notebook.answer(&request("또 고친 답")).unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(library.text(&page.path).contains("밖에서 고친 답"), "nothing was written");
}

#[test]
fn a_text_that_would_end_its_part_is_refused_with_its_line() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let row = &notebook.rows(&Default::default(), 0, 1)[0];
    let before = library.text(&row.path);
    let error = notebook.answer(&answer(&row.id, "첫 줄\n\n## 둘째 문제")).unwrap_err();
    assert_eq!((error.code, error.line), (Code::BreaksStructure, Some(3)));
    assert_eq!(library.text(&row.path), before);
}

#[test]
fn a_question_goes_to_the_newest_post_in_its_layout() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let newest = notebook.rows(&Default::default(), 0, 1)[0].path.clone();
    let request = AddRequest {
        question: "새로 받은 질문인가요?".to_owned(),
        category: Some("Backend".to_owned()),
        topic: Some("새 주제".to_owned()),
        hint: Some("힌트입니다".to_owned()),
        date: Some("2025-05-26".to_owned()),
        ..AddRequest::default()
    };
    let saved = notebook.add(&request).unwrap();
    assert_eq!(saved.path, newest);
    let page = notebook.page(&saved.entry).unwrap();
    assert_eq!(page.entry.date.as_deref(), Some("2025-05-26"));
    assert_eq!(page.entry.topic.as_deref(), Some("새 주제"));
    assert_eq!(page.entry.model_answer.state, ModelStateView::Placeholder);
    assert_eq!(notebook.rows(&Default::default(), 0, 1)[0].id, saved.entry, "newest day first");
    notebook.answer(&answer(&saved.entry, "곧바로 답합니다.")).unwrap();
}

#[test]
fn a_first_question_makes_a_first_post() {
    let library = TestLibrary::new(&[]);
    let notebook = library.open();
    let request = AddRequest { question: "첫 질문?".to_owned(), ..AddRequest::default() };
    let saved = notebook.add(&request).unwrap();
    assert_eq!(saved.path, "2025-05-23-daily-interview.md");
    notebook.answer(&answer(&saved.entry, "첫 답")).unwrap();
    let again = library.open().list();
    assert_eq!(again.posts[0].days[0].entries[0].answer.text, "첫 답");
}

#[test]
fn an_entry_is_meant_by_the_beginning_of_its_key() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let row = &notebook.rows(&Default::default(), 5, 1)[0];
    let after_date = row.id.split_once('-').unwrap().1;
    for prefix in [row.id.as_str(), after_date, after_date.get(..6).unwrap()] {
        assert_eq!(notebook.show(prefix).unwrap().question, row.question, "{prefix}");
    }
    assert_eq!(notebook.show("2025").unwrap_err().code, Code::AmbiguousEntry);
    assert_eq!(notebook.show("zzzz").unwrap_err().code, Code::UnknownEntry);
    assert_eq!(notebook.show("").unwrap_err().code, Code::UnknownEntry);
}

#[test]
fn an_audience_is_chosen_by_a_part_of_its_name() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let list = notebook.list();
    let entries = list.posts.iter().flat_map(|p| &p.days).flat_map(|d| &d.entries);
    let entry = entries
        .filter(|e| e.model_answer.state == ModelStateView::Written)
        .find(|e| e.model_answer.variants.len() == 2)
        .unwrap();
    let request = |audience: &str| CompareRequest {
        audience: Some(audience.to_owned()),
        ..compare(&entry.id)
    };
    let compared = notebook.compare(&request("이직")).unwrap();
    assert_eq!(compared.audience, entry.model_answer.variants[1].audience);
    assert_eq!(notebook.compare(&request("없는 사람")).unwrap_err().code, Code::InvalidRequest);
}
