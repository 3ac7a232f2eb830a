//! Edits from the user's side: a text, what is asked, and the text it becomes.

mod corpus;
mod given;
mod laws;
mod parts;
mod posts;
mod refusals;
mod replay;

use super::*;
use crate::Post;
pub(super) use crate::tests::V1;
use jiff::civil::date;

fn set(text: &str, nth: usize, answer: &str) -> Result<String, EditError> {
    Post::parse(text).set_answer(nth, answer).map(|edits| edits.apply(text))
}

#[test]
fn an_answer_is_replaced_in_place() {
    let old = "큐는 먼저 넣은 것을 먼저 꺼냅니다.  \n스택은 반대입니다.  ";
    assert_eq!(set(V1, 0, "새 답\n\n둘째").unwrap(), V1.replace(old, "새 답\n\n둘째"));
    assert_eq!(set(V1, 0, old).unwrap(), V1, "the same text changes nothing");
    let emptied = set(V1, 0, "").unwrap();
    assert_eq!(emptied, V1.replace(old, ""));
    assert_eq!(set(&emptied, 0, old).unwrap(), V1, "writing again gives the file back");
}

#[test]
fn clearing_and_writing_again_settles() {
    let mut text = "# 2025.05.19\n## 가?\n산문\n".to_owned();
    for _ in 0..3 {
        text = set(&set(&text, 0, "").unwrap(), 0, "산문").unwrap();
        assert_eq!(text, "# 2025.05.19\n## 가?\n\n산문\n");
    }
}

#[test]
fn an_empty_answer_gets_its_place() {
    for (before, after) in [
        (
            "## 가?\n### 답변\n\n> ##### 모범 답안\n> 나\n",
            "## 가?\n### 답변\n답\n\n> ##### 모범 답안\n> 나\n",
        ),
        (
            "## 가?\n### 답변\n> ##### 모범 답안\n> 나\n",
            "## 가?\n### 답변\n답\n\n> ##### 모범 답안\n> 나\n",
        ),
        ("## 가?\n### 답변\n\n\n## Q2. 나?\n", "## 가?\n### 답변\n답\n\n## Q2. 나?\n"),
        ("## 가?\n### 답변", "## 가?\n### 답변\n답"),
        ("## 가?\n### 답변\n", "## 가?\n### 답변\n답\n"),
        (
            "## 가?\r\n### 답변\r\n\r\n> ##### 모범 답안\r\n> 나\r\n",
            "## 가?\r\n### 답변\r\n답\r\n\r\n> ##### 모범 답안\r\n> 나\r\n",
        ),
        ("# 2025.05.01\n## 가\n> 카테고리: 나\n", "# 2025.05.01\n## 가\n> 카테고리: 나\n\n답\n"),
        (
            "## 가?\n### 답변\n  \n\n> ##### 모범 답안\n",
            "## 가?\n### 답변\n답\n\n> ##### 모범 답안\n",
        ),
        ("## 가?\n### 답변\n  ", "## 가?\n### 답변\n답"),
        ("## 가?\n### 답변\n  \n", "## 가?\n### 답변\n답\n"),
        ("# 2025.05.01\n## 가\n\n\n", "# 2025.05.01\n## 가\n\n답\n"),
        (
            "# 2025.05.01\n## 가\n## 나\n### 답변 \n다\n",
            "# 2025.05.01\n## 가\n\n### 답변 \n답\n\n## 나\n### 답변 \n다\n",
        ),
    ] {
        assert_eq!(set(before, 0, "답").as_deref(), Ok(after), "{before:?}");
    }
}

#[test]
fn a_text_that_would_be_read_as_something_else_is_refused() {
    for (answer, line, reason) in [
        ("첫 줄\n## 새 문제\n", 2, Breaks::Heading),
        ("첫 줄\n\n# 2025.05.03\n", 3, Breaks::Heading),
        ("### 정리\n", 1, Breaks::Heading),
        ("글\n> ##### 모범 답안\n> 가로챔\n", 2, Breaks::Quote),
    ] {
        let refused = EditError::BreaksStructure { line, reason };
        assert_eq!(set(V1, 0, answer), Err(refused), "{answer:?}");
    }
    let fenced = V1.replace("예를 들면 ??...", "```sh\nls\n```");
    assert_eq!(
        set(&fenced, 0, "글\n```sh\nls"),
        Err(EditError::BreaksStructure { line: 2, reason: Breaks::OpenFence }),
        "an open fence would pair with a later one"
    );
    assert!(set(V1, 0, "```sh\n# 주석\n```\n#### 작은 제목").is_ok());
}

/// A question as it is added to [`V1`], whether its day is new or not: with the spaces at the ends of
/// lines and the placeholder of the entries there.
const ADDED: &str = "## 새 질문인가요?
> 카테고리: 공통, 새 주제

> 힌트: 첫 줄
> 둘째 줄

### 답변  

> ##### 모범 답안
>
> 어쩌구 저쩌구
{: .block-tip }  

";

#[test]
fn a_question_is_added_as_the_file_writes_its_own() {
    let new = NewEntry {
        question: "새 질문인가요?".to_owned(),
        category: Some("공통".to_owned()),
        topic: Some("새 주제".to_owned()),
        hint: Some("첫 줄\n둘째 줄".to_owned()),
        model_answer: None,
    };
    let add = |text: &str, day| {
        let after = Post::parse(text).add_entry(day, None, &new).unwrap().apply(text);
        let inserted: String = similar_insert(text, &after);
        (after.clone(), inserted)
    };
    let (after, inserted) = add(V1, date(2025, 5, 3));
    assert_eq!(inserted, format!("[3  \n{ADDED}---\n\n<br>\n<br>\n\n# 2025.05.0]"));
    assert_eq!(Post::parse(&after).days().len(), 3);
    let (_, inserted) = add(V1, date(2025, 5, 2));
    assert_eq!(inserted, format!("[{ADDED}]"));
    let (after, _) = add("", date(2025, 5, 2));
    insta::assert_snapshot!(after, @r#"
# 2025.05.02
## 새 질문인가요?
> 카테고리: 공통, 새 주제

> 힌트: 첫 줄
> 둘째 줄

### 답변

> ##### 모범 답안
> 
> 
{: .block-tip }
"#);
}

#[test]
fn a_question_that_would_not_be_one_is_refused() {
    for question in ["답변", "모범 답안:", "참고"] {
        let new = NewEntry { question: question.to_owned(), ..NewEntry::default() };
        let added = Post::parse(V1).add_entry(date(2025, 5, 3), None, &new);
        assert_eq!(added, Err(EditError::NotReadBack), "{question}");
    }
}

/// What `after` has more than `before`, where it is one insertion.
fn similar_insert(before: &str, after: &str) -> String {
    let len = after.len() - before.len();
    let at = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let at = (0..=at)
        .rev()
        .find(|at| after.is_char_boundary(*at) && after.get(at + len..) == before.get(*at..))
        .unwrap();
    format!("[{}]", &after[at..at + len])
}
