use super::*;
use jiff::civil::date;
use proptest::prelude::*;

mod laws;
mod layouts;
mod reading;

/// A short post in the layout most notebooks have.
pub(crate) const V1: &str = "---
title: 매일 답하기
date: 2025-05-01
---  

# 2025.05.02  
## 큐와 스택의 차이를 설명해주세요.
> 카테고리: 자료구조, 큐와 스택

> 힌트: 꺼내는 순서를 떠올려 보세요. (예: FIFO)

### 답변  
큐는 먼저 넣은 것을 먼저 꺼냅니다.  
스택은 반대입니다.  

> ##### 모범 답안
>
> [첫 취업 준비생이라면?]  
> 큐는 FIFO입니다. > 스택은 LIFO입니다.
> 
> [현직 개발자로, 이직 면접이라면?]  
> 작업 큐를 씁니다.
{: .block-tip }  

## 해시 충돌은 어떻게 풀까요?
> 카테고리: 자료구조, 해시

### 답변

> ##### 모범 답안
> 
> 어쩌구 저쩌구
{: .block-tip }

---

<br>
<br>

# 2025.05.01
## TCP란 무엇인가요?
> 카테고리: 네트워크, TCP

> 힌트: 연결

### 답변
예를 들면 ??...
";

/// Writes what was read, a line a part.
fn outline(text: &str) -> String {
    let post = Post::parse(text);
    let mut out = Vec::new();
    for day in post.days() {
        out.push(format!("day {}", day.date.map_or("-".to_owned(), |d| d.to_string())));
        for entry in &day.entries {
            let text = |part: &Part| post.part_text(part).replace('\n', "|");
            out.push(format!(" q {}", text(&entry.question)));
            if !entry.categories.is_empty() {
                let topic = entry.topic.as_deref().unwrap_or("-");
                out.push(format!("  category {} / {topic}", entry.categories.join("+")));
            }
            out.extend(entry.hint.as_ref().map(|hint| format!("  hint {}", text(hint))));
            let answer = &entry.answer;
            out.push(format!("  answer {:?} {}", answer.state, text(&answer.body)));
            if let Some(model) = &entry.model_answer {
                out.push(format!("  model {:?}", model.state));
                for v in &model.variants {
                    let audience = v.audience.as_deref().unwrap_or("-");
                    out.push(format!("   {audience}: {}", text(&v.body)));
                }
            }
            for section in &entry.sections {
                out.push(format!("  section {}: {}", section.title, text(&section.body)));
            }
        }
    }
    for section in post.sections() {
        out.push(format!("section {} {}", section.level, section.title));
    }
    out.join("\n")
}

#[test]
fn layout_with_quotes_and_answer_headings() {
    insta::assert_snapshot!(outline(V1), @r#"
day 2025-05-02
 q 큐와 스택의 차이를 설명해주세요.
  category 자료구조 / 큐와 스택
  hint 꺼내는 순서를 떠올려 보세요. (예: FIFO)
  answer Written 큐는 먼저 넣은 것을 먼저 꺼냅니다.  |스택은 반대입니다.  
  model Written
   첫 취업 준비생이라면?: 큐는 FIFO입니다. > 스택은 LIFO입니다.
   현직 개발자로, 이직 면접이라면?: 작업 큐를 씁니다.
 q 해시 충돌은 어떻게 풀까요?
  category 자료구조 / 해시
  answer Empty 
  model Placeholder
   -: 어쩌구 저쩌구
day 2025-05-01
 q TCP란 무엇인가요?
  category 네트워크 / TCP
  hint 연결
  answer Draft 예를 들면 ??...
"#);
}

#[test]
fn layout_with_question_marks_on_one_level() {
    insta::assert_snapshot!(outline("---\ndate: 2025-04-09\n---\n## 질문: 큐란?\n\n## 답변\n줄입니다.\n\n## 질문: 스택이란?\n## 답변\n"), @r#"
day -
 q 큐란?
  answer Written 줄입니다.
 q 스택이란?
  answer Empty
"#);
}

#[test]
fn layout_with_free_headings_and_notes() {
    insta::assert_snapshot!(outline("# 2025.05.19\n## 큐란?\n### 정의\n줄입니다.\n\n> 메모\n{: .block-tip }\n\n### 쓰임\n작업.\n\n## 스택이란?\n쌓기.\n\n---\n<br>\n"), @r#"
day 2025-05-19
 q 큐란?
  answer Written ### 정의|줄입니다.||> 메모|{: .block-tip }||### 쓰임|작업.
 q 스택이란?
  answer Written 쌓기.
"#);
}

#[test]
fn layout_with_numbered_questions() {
    insta::assert_snapshot!(outline("# 면접\n\n들머리\n\n## Q1. 큐란?\n### 내 답변\n줄.\n### 모범답안\n> 선입선출\n\n글\n### 꼬리 질문\n- 왜?\n\n## Q2. 스택이란?\n\n## 마치며\n끝.\n"), @r#"
day -
 q 큐란?
  answer Written 줄.
  model Written
   -: > 선입선출||글
  section 꼬리 질문: - 왜?
 q 스택이란?
  answer Empty 
section 1 면접
section 2 마치며
"#);
}

#[test]
fn posts_without_questions_have_sections() {
    insta::assert_snapshot!(outline("# 책\n\n글\n\n## 1장\n내용\n"), @r#"
section 1 책
section 2 1장
"#);
}

#[test]
fn headings_inside_an_answer_are_no_questions() {
    let text = "## 가?\n> 카테고리: 나\n\n### 답변\n#### 장점\n빠름\n\n> ##### 모범 답안\n> 다\n";
    insta::assert_snapshot!(outline(text), @r#"
day -
 q 가?
  category 나 / -
  answer Written #### 장점|빠름
  model Written
   -: 다
"#);
    insta::assert_snapshot!(outline("## 가?\n{: #id }\n> 카테고리: 나\n\n### 답변\n하나\n### 답변\n둘\n"), @r#"
day -
 q 가?
  category 나 / -
  answer Written 하나
  section 답변: 둘
"#);
}

/// Lines that make posts of every kind when shuffled.
pub(crate) fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# 2025.05.01",
        "# 2025-05-02  ",
        "## 질문입니까?",
        "## 질문: 가",
        "### 답변",
        "### 답변  ",
        "## 답변",
        "### 모범 답안",
        "> ##### 모범 답안",
        "> ",
        ">",
        "> [신입이라면?]  ",
        "> 글 > 글",
        "{: .block-tip }",
        "---",
        "<br>",
        "```",
        "```js",
        "# 제목",
        "글입니다.",
        "끝 ??...",
        "",
        "",
        "",
        "> 카테고리: A, B",
        "> 힌트: 다",
        "- 목록",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "===",
        "| 표 |",
        "    들여쓴 글",
        "\u{feff}",
        "가\u{0}나",
        "~~~~",
    ])
}

pub(crate) fn post() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 0..40), prop::sample::select(vec!["\n", "\r\n"]), any::<bool>())
        .prop_map(|(lines, eol, last)| lines.join(eol) + if last { eol } else { "" })
}

proptest! {
    #[test]
    fn parts_lie_in_order_inside_the_text(text in post()) {
        let post = Post::parse(text.as_str());
        let mut end = 0;
        for day in post.days() {
            prop_assert!(day.span.start >= end);
            end = day.span.start;
            for entry in &day.entries {
                prop_assert!(entry.span.start >= end && entry.span.end <= day.span.end);
                end = entry.span.end;
                let parts = [Some(&entry.question), entry.hint.as_ref(), Some(&entry.answer.body)];
                for part in parts.into_iter().flatten() {
                    prop_assert!(text.get(part.span.clone()).is_some(), "on character bounds");
                    prop_assert!(part.span.start >= entry.span.start && part.span.end <= entry.span.end);
                }
            }
            end = day.span.end;
        }
    }
}

#[test]
fn hard_inputs_are_linear() {
    let nested: String = ">".repeat(1 << 20);
    let headings = "# 2025.05.01\n".repeat(100_000);
    let divs = "<div>\n".repeat(100_000);
    let fences = "```a\n~~~~b\n".repeat(50_000);
    let long = "가".repeat(3_000_000);
    let questions = "## Q1. 가?\n### 답변\n".repeat(50_000);
    for text in [nested, headings, divs, fences, long, questions] {
        let post = Post::parse(text);
        assert!(post.text().len() > 100_000);
    }
}

/// The user's own post, where it is at hand; nothing of it stands here.
#[test]
fn the_real_post_reads_as_counted() {
    let corpus = std::env::var_os("DAPANJI_CORPUS").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus"),
        std::path::PathBuf::from,
    );
    let Ok(text) =
        std::fs::read_to_string(corpus.join("daily-interview/2025-04-09-daily_interview.md"))
    else {
        return;
    };
    let post = Post::parse(text.as_str());
    let counts: Vec<_> = post.days().iter().map(|d| (d.date, d.entries.len())).collect();
    assert_eq!(counts, [(Some(date(2025, 4, 10)), 3), (Some(date(2025, 4, 9)), 4)]);
    let models: Vec<_> = post
        .entries()
        .map(|(_, e)| e.model_answer.as_ref().map(|m| (m.state, m.variants.len())).unwrap())
        .collect();
    use ModelAnswerState::{Placeholder, Written};
    assert_eq!(
        models,
        [
            (Placeholder, 1),
            (Placeholder, 1),
            (Placeholder, 1),
            (Written, 1),
            (Written, 2),
            (Written, 2),
            (Written, 2),
        ]
    );
    assert!(
        post.entries()
            .all(|(_, e)| e.hint.is_some() && e.categories.len() == 1 && e.topic.is_some())
    );
    let states: Vec<_> = post.entries().map(|(_, e)| e.answer.state).collect();
    assert_eq!(states.iter().filter(|s| **s == AnswerState::Draft).count(), 1, "{states:?}");
    assert!(post.diagnostics().is_empty() && post.sections().is_empty());
}
