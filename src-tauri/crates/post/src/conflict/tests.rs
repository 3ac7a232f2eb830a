//! Conflicts in posts: what is one, how the post around it is read, and how it goes.

use super::*;
use crate::{Breaks, DiagnosticCode, EditError, NewEntry};
use proptest::prelude::*;

/// Line of the first marker, labels and both sides of each conflict.
#[track_caller]
fn check(text: &str, expect: &[(usize, &str, &str, &str, &str)]) {
    let post = Post::parse(text);
    let part = |span: &Span| post.text().get(span.clone()).expect("inside the text");
    let found: Vec<_> = post
        .conflicts()
        .iter()
        .map(|MergeConflict { span, ours, theirs, .. }| {
            let line = post.line_of(span.start);
            (line, &*ours.label, part(&ours.text), &*theirs.label, part(&theirs.text))
        })
        .collect();
    assert_eq!(found, expect, "{text}");
    let told = post.diagnostics().iter().filter(|d| d.code == DiagnosticCode::ConflictMarkers);
    let lines: Vec<usize> = expect.iter().map(|found| found.0).collect();
    assert_eq!(told.map(|d| d.line).collect::<Vec<_>>(), lines, "{text}");
}

#[test]
fn what_git_leaves() {
    check(
        "<<<<<<< HEAD\n가\n=======\n나\n>>>>>>> 곁가지\n",
        &[(1, "HEAD", "가\n", "곁가지", "나\n")],
    );
    check("글\n<<<<<<<\n=======\n>>>>>>>", &[(2, "", "", "", "")]);
    check(
        "<<<<<<< Updated upstream\r\n가\r\n||||||| 3f2a\r\n옛\r\n=======\r\n>>>>>>> Stashed changes\r\n",
        &[(1, "Updated upstream", "가\r\n", "Stashed changes", "")],
    );
    check(
        "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n사이\n<<<<<<< a\n3\n=======\n4\n=======\n5\n>>>>>>> b\n",
        &[(1, "a", "1\n", "b", "2\n"), (7, "a", "3\n", "b", "4\n=======\n5\n")],
    );
    // One that lacks its end lies before a whole one.
    check("<<<<<<< a\n1\n<<<<<<< b\n2\n=======\n3\n>>>>>>> c\n", &[(3, "b", "2\n", "c", "3\n")]);
    check(
        "---\ntitle: 가\n<<<<<<< a\ntags: 나\n=======\ntags: 다\n>>>>>>> b\n---\n",
        &[(3, "a", "tags: 나\n", "b", "tags: 다\n")],
    );
}

#[test]
fn what_git_does_not_leave() {
    for text in [
        "<<<<<<< HEAD\n가\n",
        "<<<<<<< HEAD\n가\n=======\n나\n",
        "<<<<<<< HEAD\n가\n>>>>>>> 나\n",
        "가\n=======\n나\n>>>>>>> 다\n",
        "<<<<<<<HEAD\n가\n=======\n나\n>>>>>>> 다\n",
        "<<<<<<<< HEAD\n가\n=======\n나\n>>>>>>> 다\n",
        " <<<<<<< HEAD\n가\n=======\n나\n>>>>>>> 다\n",
        "> <<<<<<< HEAD\n> 가\n> =======\n> 나\n> >>>>>>> 다\n",
        "<<<<<<< HEAD\n가\n======= \n나\n>>>>>>> 다\n",
    ] {
        check(text, &[]);
    }
}

#[test]
fn an_example_in_a_fence_is_text() {
    let block = "<<<<<<< HEAD\n가\n=======\n나\n>>>>>>> 다\n";
    let found = &[(2, "HEAD", "가\n", "다", "나\n")];
    check(&format!("```\n{block}```\n"), &[]);
    check(&format!("~~~~text\n{block}```\n~~~~\n"), &[]);
    check(&format!("```\n{block}{block}```\n"), &[]);
    // A fence that never closes is text.
    check(&format!("```\n{block}"), found);
    check(&format!("~~~\n{block}```\n"), found);
    // A fence that one side begins, or ends, is part of what differs.
    let side = "<<<<<<< HEAD\n가\n```\n=======\n나\n```\n>>>>>>> 다\n";
    check(&format!("```\n{side}"), &[(2, "HEAD", "가\n```\n", "다", "나\n```\n")]);
    let begun = "<<<<<<< HEAD\n```\n=======\n~~~\n>>>>>>> 다\n";
    check(&format!("{begun}{block}```\n"), &[(1, "HEAD", "```\n", "다", "~~~\n")]);
}

const POST: &str = "\
---
title: 매일 면접
---

# 2025.04.10

## 락이란?
> 카테고리: Backend, 동시성

### 답변
임계 구역을 지킨다.
<<<<<<< HEAD
한 번에 하나만 들어간다.
=======
한 번에 한 스레드만 들어간다.
>>>>>>> origin/main
끝.

> ##### 모범 답안
> 잠근다.
<<<<<<< HEAD
> 푼다.
=======
> 기다린다.
>>>>>>> origin/main
> 마친다.
{: .block-tip }

---

<<<<<<< HEAD
## 큐란?
### 답변
먼저 넣은 것이 먼저 나온다.
=======
## 큐란 무엇인가?
### 답변
선입선출이다.
>>>>>>> origin/main

## 스택이란?
### 답변
나중에 넣은 것이 먼저 나온다.
";

#[test]
fn the_first_side_is_read_and_questions_are_there_once() {
    let post = Post::parse(POST);
    let read: Vec<_> = post
        .entries()
        .map(|(_, entry)| {
            let model = entry.model_answer.as_ref().map(|model| post.part_text(&model.body));
            (post.part_text(&entry.question), post.part_text(&entry.answer.body), model)
        })
        .collect();
    assert_eq!(
        read,
        [
            (
                "락이란?".into(),
                "임계 구역을 지킨다.\n한 번에 하나만 들어간다.\n끝.".into(),
                Some("잠근다.\n푼다.\n마친다.".into()),
            ),
            ("큐란?".into(), "먼저 넣은 것이 먼저 나온다.".into(), None),
            ("스택이란?".into(), "나중에 넣은 것이 먼저 나온다.".into(), None),
        ]
    );
    let lines: Vec<usize> =
        post.entries().map(|(_, entry)| post.line_of(entry.heading.start)).collect();
    assert_eq!(lines, [7, 32, 41]);
    let of: Vec<_> = (0..3).map(|nth| post.conflicts_of(nth)).collect();
    assert_eq!(of, [vec![0, 1], vec![2], vec![]]);
}

#[test]
fn a_conflict_right_below_an_empty_answer_is_the_entrys() {
    let post = Post::parse("## 락이란?\n### 답변\n<<<<<<< a\n=======\n잠근다.\n>>>>>>> b\n");
    assert_eq!(post.conflicts_of(0), [0]);
}

#[test]
fn entries_with_conflicts_are_not_edited_and_the_others_are() {
    let post = Post::parse(POST);
    let refused = |line| Err(EditError::ConflictMarkers { line });
    assert_eq!(post.set_answer(0, "새 답"), refused(12));
    assert_eq!(post.set_hint(1, "새 힌트"), refused(31));
    assert_eq!(post.set_question(1, "줄이란?"), refused(31));
    assert_eq!(post.delete_entry(1, crate::DayHeading::Keep), refused(31));
    assert_eq!(post.entry_source(0).map(|_| ()), Err(EditError::ConflictMarkers { line: 12 }));
    let date = jiff::civil::date(2025, 4, 11);
    assert_eq!(post.add_day(date, None), refused(12));
    let new = NewEntry { question: "힙이란?".to_owned(), ..NewEntry::default() };
    assert_eq!(post.add_entry(date, None, &new), refused(12));
    let edits = post.set_answer(2, "새 답").expect("has no conflict");
    let after = Post::parse(edits.apply(POST));
    assert_eq!(after.conflicts().len(), 3);
    assert_eq!(after.text().replace("새 답", "나중에 넣은 것이 먼저 나온다."), POST);
}

#[test]
fn a_new_text_makes_no_conflict() {
    let post = Post::parse("## 락이란?\n### 답변\n가\n\n## 큐란?\n### 답변\n나\n");
    let block = "글\n<<<<<<< a\n다\n=======\n라\n>>>>>>> b\n";
    let refused = EditError::BreaksStructure { line: 2, reason: Breaks::ConflictMarkers };
    assert_eq!(post.set_answer(0, block), Err(refused));
    assert!(post.set_answer(0, &format!("```\n{block}```")).is_ok());
}

#[test]
fn a_new_entry_is_written_like_first_sides() {
    let new = NewEntry { question: "힙이란?".to_owned(), ..NewEntry::default() };
    let date = jiff::civil::date(2025, 4, 11);
    let empty = Post::parse("");
    let like = Post::parse(POST);
    let edits = empty.add_entry_beside(Some(&like), date, None, &new).expect("has a place");
    assert!(!edits.apply("").contains("<<<"), "{}", edits.apply(""));
    let post = crate::new_post(
        Some(&Post::parse("---\n<<<<<<< a\nlayout: 가\n=======\nlayout: 나\n>>>>>>> b\n---\n")),
        date,
        None,
    );
    assert_eq!(post, "---\nlayout: 가\n---\n\n");
}

#[test]
fn a_side_is_taken_as_it_is() {
    let text = "앞\r\n<<<<<<< a\r\n가\r\n=======\r\n나\r\n>>>>>>> b\r\n뒤";
    let post = Post::parse(text);
    let settled = |take| post.settle(0, take).map(|edits| edits.apply(text));
    let expect = |text: &str| Some(text.to_owned());
    assert_eq!(settled(Take::Ours), expect("앞\r\n가\r\n뒤"));
    assert_eq!(settled(Take::Theirs), expect("앞\r\n나\r\n뒤"));
    assert_eq!(settled(Take::Both), expect("앞\r\n가\r\n나\r\n뒤"));
    assert_eq!(settled(Take::Text("다\n라")), expect("앞\r\n다\r\n라\r\n뒤"));
    assert_eq!(settled(Take::Text("")), expect("앞\r\n뒤"));
    assert_eq!(post.settle(1, Take::Ours), None);
}

/// Every text that is read, in order.
fn reading(post: &Post) -> Vec<String> {
    let mut out = Vec::new();
    for (day, entry) in post.entries() {
        out.push(format!("{:?} {:?} {:?}", day.date, entry.categories, entry.layout));
        let model = entry.model_answer.as_ref().map(|model| &model.body);
        let sections = entry.sections.iter().map(|section| &section.body);
        let parts = [Some(&entry.question), entry.hint.as_ref(), Some(&entry.answer.body), model];
        for part in parts.into_iter().flatten().chain(sections) {
            out.push(post.part_text(part).into_owned());
        }
    }
    for section in post.sections() {
        out.push(format!("{} {}", section.title, post.part_text(&section.body)));
    }
    out
}

fn post_lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        4 => prop::sample::select(vec![
            "# 2025.04.10", "## 락이란?", "### 답변", "> ##### 모범 답안", "> 글", "{: .block-tip }",
            "---", "", "", "> 힌트: 가", "```", "- 가", "<details>", "Q : 큐란?", "A : 줄",
        ]).prop_map(str::to_owned),
        2 => "[가-나]{1,3}",
        3 => prop::sample::select(vec!["<<<<<<< a", "=======", ">>>>>>> b", "||||||| c"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(line, 0..24)
        .prop_map(|lines| lines.iter().map(|line| format!("{line}\n")).collect())
}

proptest! {
    #[test]
    fn a_post_reads_as_its_first_sides_and_ranges_lie_in_it(text in post_lines()) {
        let post = Post::parse(text.clone());
        let mut settled = text.clone();
        for nth in (0..post.conflicts().len()).rev() {
            let edits = post.settle(nth, Take::Ours).expect("is there");
            settled = edits.apply(&settled);
        }
        // What is left may look like a conflict again, where a marker stood on a side.
        let ours = Hidden::of(post.conflicts()).left_out(&text);
        prop_assert_eq!(&settled, &ours);
        if find(&ours).is_empty() {
            prop_assert_eq!(reading(&post), reading(&Post::parse(ours)));
        }
        let mut last = 0;
        for (_, entry) in post.entries() {
            prop_assert!(entry.span.start >= last && entry.span.end <= text.len());
            prop_assert!(entry.span.start <= entry.heading.start);
            if entry.answer_span.is_none() {
                prop_assert!(entry.answer.body.span.end <= entry.span.end.max(entry.heading.end + 1), "{:?}", entry);
            }
            last = entry.heading.end;
        }
        let lines = text.lines().count() + 1;
        prop_assert!(post.diagnostics().iter().all(|d| (1..=lines).contains(&d.line)));
    }
}
