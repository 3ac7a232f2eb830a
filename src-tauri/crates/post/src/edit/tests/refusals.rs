//! Why an edit is refused: every reason there is, with the line it names.

use jiff::civil::date;

use super::V1;
use crate::{Breaks, DayHeading, EditError, Edits, NewEntry, Post};

fn check(made: Result<Edits, EditError>, error: &EditError, what: &str) {
    assert_eq!(made.as_ref(), Err(error), "{what}");
}

fn breaks(line: usize, reason: Breaks) -> EditError {
    EditError::BreaksStructure { line, reason }
}

#[test]
fn texts_that_would_be_another_part() {
    use Breaks::{Attributes, Audience, Heading, OpenFence, OpenTag, Quote, Separator};
    let bare = "# 2025.05.01\n## 가?\n### 답변\n글\n\n---\n\n# 2025.04.30\n## 나?\n```\n코드\n```\n-->\n글\n";
    let answers = [
        (bare, "글\n### 정리\n글", breaks(2, Heading)),
        (bare, "글\r\n\r\n# 2025.05.09", breaks(3, Heading)),
        (bare, "글\n\n---", breaks(3, Separator)),
        (bare, "글\r---\r<br>", breaks(2, Separator)),
        (bare, "글\n```\n열림", breaks(2, OpenFence)),
        (bare, "글\n\n<!-- 열림", breaks(3, OpenTag)),
        (bare, "글\n\n> ##### 모범 답안\n> 나", breaks(3, Quote)),
    ];
    for (text, answer, error) in answers {
        check(Post::parse(text).set_answer(0, answer), &error, answer);
    }
    for nth in 0..3 {
        let post = Post::parse(V1);
        for (text, error) in [
            ("글\n\n<details>\n<summary>더</summary>", breaks(3, OpenTag)),
            ("<div>\n글", breaks(1, OpenTag)),
            ("글\n```sh\nls", breaks(2, OpenFence)),
        ] {
            check(post.set_answer(nth, text), &error, text);
            check(post.set_model_answer(nth, None, text), &error, text);
            check(post.set_hint(nth, text), &error, text);
            let question = "새 질문?".to_owned();
            let model_answer = Some(text.to_owned());
            let new = NewEntry { question, model_answer, ..NewEntry::default() };
            check(post.add_entry(date(2025, 5, 3), None, &new), &error, text);
        }
        assert!(
            post.set_answer(nth, "<details>\n<summary>더</summary>\n\n글\n\n</details>").is_ok()
        );
    }
    let models = [("글\n\n{: .x }", None), ("글\n\n[다른 이]\n글", Some((3, Audience)))];
    for (text, error) in models {
        let made = Post::parse(V1).set_model_answer(0, Some(1), text);
        match error {
            Some((line, reason)) => check(made, &breaks(line, reason), text),
            None => assert!(made.is_ok() || made == Err(breaks(3, Attributes)), "{made:?}"),
        }
    }
    let hint = Post::parse(V1).set_hint(0, "글\n카테고리: 다른 것");
    assert!(matches!(hint, Err(EditError::BreaksStructure { line: 2, .. })), "{hint:?}");
}

#[test]
fn what_has_no_text_of_its_own() {
    let post = Post::parse(V1);
    let new = |question: &str, category: &str| NewEntry {
        question: question.to_owned(),
        category: Some(category.to_owned()),
        ..NewEntry::default()
    };
    let bullets =
        Post::parse(include_str!("../../../../../../tests/fixtures/layouts/10-bullets.md"));
    let linked = Post::parse(include_str!("../../../../../../tests/fixtures/layouts/07-linked.md"));
    for (made, error, what) in [
        (post.set_answer(9, "글"), EditError::NoEntry, "no such entry"),
        (post.set_model_answer(2, Some(0), "글"), EditError::NoVariant, "no such version"),
        (post.set_question(0, " \n"), EditError::EmptyQuestion, "an empty question"),
        (post.set_question(0, "답변"), EditError::NotReadBack, "a question that is a label"),
        (post.set_category(0, "A, B", ""), EditError::CommaInCategory, "a comma"),
        (bullets.set_category(0, "A", ""), EditError::NoPlace, "a category of a list item"),
        (bullets.set_hint(0, "글"), EditError::NoPlace, "a hint of a list item"),
        (bullets.set_model_answer(0, None, "글"), EditError::NoPlace, "its model answer"),
        (linked.move_entry(0, date(2025, 6, 1), None), EditError::NotReadBack, "parts apart"),
        (
            post.add_entry(date(2025, 5, 3), None, &new("가?", "A，B")),
            EditError::CommaInCategory,
            "a comma in a new category",
        ),
        (
            post.add_entry(date(2025, 5, 3), None, &new("", "A")),
            EditError::EmptyQuestion,
            "an empty new question",
        ),
    ] {
        check(made, &error, what);
    }
    assert!(post.delete_entry(2, DayHeading::Keep).is_ok());
    // The open fence would pair with that of its copy, and hide all that is between them.
    let open = Post::parse("## 질문입니까?\n### 모범 답안\n```\n### 모범 답안");
    let moved = open.move_entry(0, date(2025, 5, 1), None);
    check(moved, &EditError::NotReadBack, "an entry with an open fence");
}

/// Why a text that every place takes is refused on a real post.
pub(super) const ON_REAL_POSTS: [(&str, &str); 9] = [
    // Key words are one line.
    ("hint", "line 2 of the text would be read as another part than the one it stands in"),
    // A list item with items below it: a list in the answer would take them in.
    ("answer", "would be read as another part than the one it stands in"),
    ("variant", "the model answer has no such version"),
    ("hint", "an entry written like this one has no place for that part"),
    ("category", "an entry written like this one has no place for that part"),
    ("model answer", "an entry written like this one has no place for that part"),
    // Without it other questions would not be told from the text around them, or it alone tells so.
    ("delete", "without this question the post around it would be read differently"),
    ("move", "without this question the post around it would be read differently"),
    ("move", "the post would not be read back with this text in it; word it differently"),
];
