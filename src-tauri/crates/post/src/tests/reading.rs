//! What is read from the odd and the rare.

use super::layouts::reading;
use super::*;

/// Compares what is read, `part: text` a line, `⏎` for line ends; the layout is left out.
#[track_caller]
fn check(text: &str, expect: &[&str]) {
    let rows = reading(text).into_iter().filter(|(name, _)| name != "layout");
    let got: Vec<String> = rows
        .map(|(name, text)| {
            let line = format!("{}: {}", name.trim_matches('*'), text.replace('\n', "⏎"));
            line.trim_end().to_owned()
        })
        .collect();
    assert_eq!(got, expect, "{text}");
}

#[test]
fn days_in_every_form() {
    for heading in [
        "# 2025.04.10",
        "#   2025.04.10  ",
        "# 2025-04-10",
        "# 2025/4/10",
        "# 2025년 4월 10일",
        "# 2025. 4. 10. (목)",
        "# 2025.04.10(목) 스터디 세 번째",
        "# 2025년 04월 10일 목요일 #",
        "2025-04-10\n===",
    ] {
        check(
            &format!("{heading}\n## 가?\n나\n"),
            &["day: 2025-04-10", "question: 가?", "answer (written): 나"],
        );
    }
}

#[test]
fn days_may_come_in_any_order_and_again() {
    let text = "# 2025.04.09\n## 가?\n\n# 2025.04.11\n\n# 2025.04.09\n## 가?\n나\n## 다?\n";
    check(
        text,
        &[
            "day: 2025-04-09",
            "question: 가?",
            "answer (empty):",
            "day: 2025-04-11",
            "day: 2025-04-09",
            "question: 가?",
            "answer (written): 나",
            "question: 다?",
            "answer (empty):",
        ],
    );
    let post = Post::parse(text);
    let keys: Vec<String> =
        post.entries().map(|(d, e)| entry_key(d.date, &post.part_text(&e.question))).collect();
    assert_eq!(
        keys[0], keys[1],
        "the same question on the same date is a twin, in whatever heading"
    );
    assert_ne!(keys[1], keys[2]);
    let twins: Vec<usize> = post
        .diagnostics()
        .iter()
        .filter(|d| d.code == DiagnosticCode::SameQuestion)
        .map(|d| d.line)
        .collect();
    assert_eq!(twins, [7], "twins are told of across headings of one date");
}

#[test]
fn days_of_the_second_level_need_something_that_asks() {
    check(
        "# 면접 기록\n\n## 2025.04.10\n### 가?\n나\n\n## 2025.04.09\n### 다\n### 답변\n라\n\n## 마치며\n끝\n",
        &[
            "day: 2025-04-10",
            "question: 가?",
            "answer (written): 나",
            "day: 2025-04-09",
            "question: 다",
            "answer (written): 라",
            "section of level 1, 면접 기록:",
            "section of level 2, 마치며: 끝",
        ],
    );
    check(
        "# 바뀐 점\n\n## 2025-04-10\n### 더한 것\n- 하나\n",
        &[
            "section of level 1, 바뀐 점:",
            "section of level 2, 2025-04-10:",
            "section of level 3, 더한 것: - 하나",
        ],
    );
}

#[test]
fn categories_and_hints_where_they_stand() {
    let read = |head: &str, expect: &[&str]| {
        let text = format!("# 2025.04.10\n## 가?\n{head}\n### 답변\n나\n");
        let mut all = vec!["day: 2025-04-10", "question: 가?"];
        all.extend(expect);
        check(&text, &all);
    };
    let nothing = "answer (written): 나";
    read("{: #id }\n\n> 카테고리: DB\n", &["category: DB", nothing]);
    read("> 카테고리: DB, 색인, 비용\n", &["category: DB", "topic: 색인, 비용", nothing]);
    read("> 카테고리: DB\n> 카테고리: OS, 락\n", &["category: DB, OS", "topic: 락", nothing]);
    read("> **카테고리**: DB\n{: .a }\n> **힌트:** 다\n", &["category: DB", "hint: 다", nothing]);
    read(
        "> 카테고리 ： DB\n> 힌트：다\n> 라\n>\n> 마\n",
        &["category: DB", "hint: 다⏎라⏎⏎마", nothing],
    );
    read(
        "> 힌트: 다\n> ```\n> 카테고리: 코드\n> ```\n",
        &["hint: 다⏎```⏎카테고리: 코드⏎```", nothing],
    );
    read("카테고리: DB\n힌트: 다\n라\n", &["category: DB", "hint: 다⏎라", nothing]);
    read(
        "덧붙이는 글\n\n> 힌트: 다\n",
        &["hint: 다", nothing, "section without title: 덧붙이는 글"],
    );
    check(
        "# 2025.04.10\n## 가?\n### 답변\n나\n\n> ##### 모범 답안\n> 다\n\n> 힌트: 라\n",
        &[
            "day: 2025-04-10",
            "question: 가?",
            "hint: 라",
            "answer (written): 나",
            "model answer: 다",
        ],
    );
}

#[test]
fn of_several_answer_headings_the_first_with_a_text_counts() {
    check(
        "## Q. 가?\n### 답변\n하나\n### 답변\n둘\n",
        &["day: of the post", "question: 가?", "answer (written): 하나", "section 답변: 둘"],
    );
    check(
        "## Q. 가?\n### 답변\n\n### 내 답변\n둘\n\n### 모범 답안\n셋\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (written): 둘",
            "model answer: 셋",
            "section 답변:",
        ],
    );
    check(
        "## Q. 가?\n### 답변\n하나\n#### 답변\n둘\n",
        &["day: of the post", "question: 가?", "answer (written): 하나⏎#### 답변⏎둘"],
    );
}

#[test]
fn folds_beside_answers() {
    let fold = "<details>\n<summary>모범 답안</summary>\n\n다\n\n</details>\n";
    check(
        &format!("## Q. 가?\n### 답변\n나\n\n{fold}"),
        &["day: of the post", "question: 가?", "answer (written): 나", "model answer: 다"],
    );
    check(
        &format!("## Q. 가?\n### 답변\n\n{fold}"),
        &["day: of the post", "question: 가?", "answer (empty):", "model answer: 다"],
    );
    let own = "<details><summary>답변 보기</summary>다</details>\n";
    check(
        &format!("## Q. 가?\n### 답변\n나\n\n{own}"),
        &["day: of the post", "question: 가?", "answer (written): 나", "model answer: 다"],
    );
    check(
        &format!("## Q. 가?\n### 답변\n{own}"),
        &["day: of the post", "question: 가?", "answer (written): 다"],
    );
    check(
        "## Q. 가?\n<details><summary>코드</summary>다</details>\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (written): <details><summary>코드</summary>다</details>",
        ],
    );
}

#[test]
fn model_answers_hold_anything() {
    check(
        "# 2025.04.10\n## 가?\n### 답변\n나\n\n> ##### 모범 답안\n> 첫머리\n>\n> [신입이라면?]  \n> ```sh\n> # 2025.04.11\n> [x]\n> ```\n> > 인용\n>\n> | a | b |\n> |---|---|\n>\n> [신입이라면?]\n> ## 제목 > 끝\n> - 목록\n",
        &[
            "day: 2025-04-10",
            "question: 가?",
            "answer (written): 나",
            "model answer: 첫머리",
            "model answer, 신입이라면?: ```sh⏎# 2025.04.11⏎[x]⏎```⏎> 인용⏎⏎| a | b |⏎|---|---|",
            "model answer, 신입이라면?: ## 제목 > 끝⏎- 목록",
        ],
    );
    for head in
        ["> **모범 답안**\n> 다", "> 모범 답안:\n> 다", "> 모범답안: 다", "> **Model answer:** 다"]
    {
        check(
            &format!("# 2025.04.10\n## 가?\n### 답변\n나\n\n{head}\n"),
            &["day: 2025-04-10", "question: 가?", "answer (written): 나", "model answer: 다"],
        );
    }
}

#[test]
fn notes_in_quotes_are_part_of_the_answer() {
    check(
        "# 2025.04.10\n## 가?\n### 답변\n나\n\n> 모범 답안은 없다.\n{: .block-tip }\n\n> 참고\n\n라\n",
        &[
            "day: 2025-04-10",
            "question: 가?",
            "answer (written): 나⏎⏎> 모범 답안은 없다.⏎{: .block-tip }⏎⏎> 참고⏎⏎라",
        ],
    );
}

#[test]
fn headings_over_questions_gather_them() {
    check(
        "# 2025.04.10\n## 백엔드\n\n### 가?\n### 답변\n나\n\n### 다?\n#### 답변\n라\n\n## 바를 말해주세요.\n사\n",
        &[
            "day: 2025-04-10",
            "question: 가?",
            "answer (written): 나",
            "question: 다?",
            "answer (written): 라",
            "question: 바를 말해주세요.",
            "answer (written): 사",
            "section of level 2, 백엔드:",
        ],
    );
}

#[test]
fn diaries_are_no_questions() {
    check(
        "# 2025.04.10\n## 오늘 한 일\n잠\n\n## 운동\n걷기\n\n# 2025.04.09\n## 운동\n뛰기\n",
        &[
            "day: 2025-04-10",
            "day: 2025-04-09",
            "section of level 2, 오늘 한 일: 잠",
            "section of level 2, 운동: 걷기",
            "section of level 2, 운동: 뛰기",
        ],
    );
    check(
        "# 2025.04.10\n## 자기소개\n> 카테고리: 인성\n\n# 2025.04.09\n## 자기소개\n> 카테고리: 인성\n",
        &[
            "day: 2025-04-10",
            "question: 자기소개",
            "category: 인성",
            "answer (empty):",
            "day: 2025-04-09",
            "question: 자기소개",
            "category: 인성",
            "answer (empty):",
        ],
    );
}

#[test]
fn notes_are_not_torn_into_questions() {
    for text in [
        "# 책\n## 왜 쓰는가?\n글\n## 무엇을 쓰는가?\n글\n## 어떻게?\n글\n",
        "# 회의\n글\n- 언제 낼까?\n- 누가 할까?\n\n글\n",
        "# 차례\n- [왜?](#왜)\n- [무엇?](#무엇)\n\n## 왜\n글\n## 무엇\n글\n",
        "# 링크\n- [왜?](a.md)\n- [무엇?](b.md)\n",
        "# 혈액형\nA: 둘\nB: 셋\n",
        "# 단계\n1. ### 준비\n   글\n2. ### 왜?\n   글\n3. ### 끝\n",
        "# 정렬\n분류: 비교 정렬\n\n글\n",
        "# 댓글 (저자 답변)\n글\n## 1분 답변 템플릿?\n글\n",
        "# 참고\n- 이게 맞나?\n- 저게 맞나?\n",
        "# 코드\n```\nQ: 가?\nA: 나\n```\n",
        "# 장\n### 1. 왜?\n글\n\n[왜?](#1)\n",
    ] {
        let post = Post::parse(text);
        let asked: Vec<_> = post.entries().map(|(_, e)| post.part_text(&e.question)).collect();
        assert!(asked.is_empty(), "{asked:?} in {text}");
        assert!(!post.sections().is_empty());
    }
}

#[test]
fn interview_posts_ask_by_their_headings() {
    check(
        "---\ntitle: 면접 질문 모음\n---\n## 가?\n나\n## 다?\n라\n## 마?\n바\n## 정리\n끝\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (written): 나",
            "question: 다?",
            "answer (written): 라",
            "question: 마?",
            "answer (written): 바",
            "section of level 2, 정리: 끝",
        ],
    );
}

#[test]
fn questions_in_lists() {
    check(
        "## 질문\n\n* 가?\n* 나를 설명해주세요.\n  - 왜?\n* 말해 둘 것\n* 다?\n\n  라\n\n끝으로\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (empty):",
            "question: 나를 설명해주세요.",
            "answer (empty):",
            "section without title: - 왜?",
            "question: 다?",
            "answer (written): 라",
            "section of level 2, 질문:",
            "text of no section: * 말해 둘 것",
            "text of no section: 끝으로",
        ],
    );
    check(
        "## 질문\n1. 가?\n   - 답의 목록\n2. 나?\n\n   ```\n   - 코드?\n   ```\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (written): - 답의 목록",
            "question: 나?",
            "answer (written): ```⏎- 코드?⏎```",
            "section of level 2, 질문:",
        ],
    );
    check(
        "1. ### 가?\n\n   **답변**\n\n   나\n\n   **모범 답안**\n\n   다\n",
        &["day: of the post", "question: 가?", "answer (written): 나", "model answer: 다"],
    );
}

#[test]
fn tables_of_contents_are_no_questions() {
    check(
        "# 면접 질문\n\n1. [시험](#t)\n1. [배포](#d)\n\n#### 시험\n<a name=\"t\"></a>\n\n* 가?\n* 나?\n\n<a name=\"d\"></a>\n#### 배포\n\n* 다?\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (empty):",
            "question: 나?",
            "answer (empty):",
            "question: 다?",
            "answer (empty):",
            "section of level 1, 면접 질문: 1. [시험](#t)⏎1. [배포](#d)",
            "section of level 4, 시험: <a name=\"t\"></a>",
            "text of no section: <a name=\"d\"></a>",
            "section of level 4, 배포:",
        ],
    );
}

#[test]
fn requests_ask_as_question_marks_do() {
    let text = "---\ntitle: 면접 질문\n---\n#### 가란 무엇인가요\n나\n#### 다를 설명하시오\n라\n#### 마는? 장단점도 말해주세요\n바\n";
    let post = Post::parse(text);
    assert_eq!(post.entries().count(), 3);
}

#[test]
fn questions_on_lines() {
    check(
        "# 2025.04.10\nQ. 가?\n\nQ. 나?\n",
        &[
            "day: 2025-04-10",
            "question: 가?",
            "answer (empty):",
            "question: 나?",
            "answer (empty):",
        ],
    );
    check(
        "## 모음\n질문: 가?\n답변: 나\n둘째 줄\n모범 답안: 다\n꼬리 질문: 라\n\nQ2) 마?\nA2) 바\n",
        &[
            "day: of the post",
            "question: 가?",
            "answer (written): 나⏎둘째 줄⏎모범 답안: 다⏎꼬리 질문: 라",
            "question: 마?",
            "answer (written): 바",
            "section of level 2, 모음:",
        ],
    );
    check(
        "### Q. 가?\n\nA. 나\n\n다\n",
        &["day: of the post", "question: 가?", "answer (written): 나⏎⏎다"],
    );
}

#[test]
fn marks_around_a_question_are_no_part_of_it() {
    for (heading, question) in [
        ("## **Q1. 가?**", "가?"),
        ("## **Q1.** 가?", "가?"),
        ("## Q1. **가**와 **나**?", "**가**와 **나**?"),
        ("## 질문 2: 가? {#id}", "가?"),
        ("## Q. **가?** ##", "가?"),
        ("## *Question: 값은 `foo`?*", "값은 `foo`?"),
        ("## *Question:* 값은 *무엇*?", "값은 *무엇*?"),
    ] {
        let post = Post::parse(heading);
        let read: Vec<_> = post.entries().map(|(_, e)| post.part_text(&e.question)).collect();
        assert_eq!(read, [question], "{heading}");
    }
}

#[test]
fn own_words_are_read() {
    let words =
        Arc::new(Vocabulary::default().with_answer(["내가 쓴 답"]).with_model_answer(["해설"]));
    let post = Post::parse_with("## 가?\n### 내가 쓴 답:\n나\n### 해설\n다\n", &words);
    let (_, entry) = post.entries().next().expect("an own label marks a question");
    assert_eq!(post.part_text(&entry.answer.body), "나");
    assert_eq!(post.part_text(&entry.model_answer.as_ref().unwrap().body), "다");
    assert!(Post::parse("## 가?\n### 내가 쓴 답:\n나\n### 해설\n다\n").days().is_empty());
}

#[test]
fn odd_characters_hide_nothing() {
    check(
        "# 2025.04.10\u{a0}\r\n## 가\u{0}\u{200b}?\r\n> 카\u{200b}테고리:\u{a0}DB\n\n### 답\u{feff}변\u{a0}\r\n나\u{200b}",
        &[
            "day: 2025-04-10",
            "question: 가\u{0}\u{200b}?",
            "category: DB",
            "answer (written): 나\u{200b}",
        ],
    );
}
