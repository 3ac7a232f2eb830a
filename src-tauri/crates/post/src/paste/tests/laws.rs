//! Laws of reading a paste: nothing is lost, nothing panics, time grows with the text.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{read, shown};

/// Lines of every kind; `@` stands for words that occur nowhere else.
const LINES: [&str; 58] = [
    "",
    "",
    "",
    "@",
    "@ @",
    "@?",
    "@ @ 주세요.",
    "질문: @?",
    "질문",
    "[질문] @",
    "Q. @",
    "Q1. @?",
    "Q2) @",
    "A. @",
    "A2. @",
    "B. @",
    "답변: @",
    "답변",
    "### 답변",
    "내 답변: @",
    "카테고리: @, @",
    "> 카테고리: @",
    "분류",
    "힌트: @",
    "> 힌트: @",
    "힌트",
    "모범 답안: @",
    "> ##### 모범 답안",
    "## 모범 답안",
    "> @",
    "> > @",
    "[@?]",
    "정답 보기",
    "주제: @",
    "키워드: @",
    "난이도: @",
    "참고: @",
    "## 꼬리 질문",
    "문제: @",
    "# @",
    "## @?",
    "### @",
    "1. @?",
    "2. @",
    "3) @?",
    "① @?",
    "- @?",
    "• @",
    "**@**",
    "**Q3. @?** @",
    "```",
    "    @",
    "---",
    "{: .block-tip }",
    "<details>",
    "<summary>@</summary>",
    "질문: @ / 카테고리: @ / 힌트: @",
    "2025.04.10 @ @ @ @",
];

/// A paste made of such lines, and its words.
fn pastes() -> impl Strategy<Value = (String, Vec<String>)> {
    vec(0..LINES.len(), 1..24).prop_map(|chosen| {
        let mut words = Vec::new();
        let mut text = String::new();
        for at in chosen {
            for (nth, piece) in LINES[at].split('@').enumerate() {
                if nth > 0 {
                    let word = format!("낱말{}끝", words.len());
                    text.push_str(&word);
                    words.push(word);
                }
                text.push_str(piece);
            }
            text.push('\n');
        }
        (text, words)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_word_is_lost((text, words) in pastes()) {
        let read = shown(&read(&text));
        for word in &words {
            prop_assert!(read.contains(word), "{word} is in no field of\n{text}\n--->\n{read}");
        }
    }

    #[test]
    fn quote_marks_and_line_endings_change_nothing((text, words) in pastes()) {
        let quoted: String = text.lines().map(|line| format!("> {line}\r\n")).collect();
        let read = shown(&read(&format!("\u{feff}{quoted}")));
        for word in &words {
            prop_assert!(read.contains(word), "{word} is in no field of\n{quoted}\n--->\n{read}");
        }
    }

    #[test]
    fn any_text_is_read(text in "(?s).{0,200}", (marked, _) in pastes()) {
        read(&text);
        read(&format!("{marked}{text}"));
        read(&format!("{text}\r{marked}"));
    }

    #[test]
    fn a_question_is_one_line((text, _) in pastes()) {
        for entry in read(&text) {
            prop_assert!(!entry.question.contains('\n'));
            prop_assert!(!entry.category.unwrap_or_default().contains('\n'));
            prop_assert!(!entry.topic.unwrap_or_default().contains('\n'));
        }
    }
}

/// A megabyte of each is read in a moment; what takes the square of it would take minutes.
#[test]
fn time_grows_with_the_text() {
    for piece in [
        "> ",
        "a",
        "가",
        "질문: ",
        "Q. ",
        "Q1.\nA2.\n",
        "A. B. ",
        "1. 가?\n",
        "1. 가\n",
        "- - ",
        "**",
        "[",
        "(",
        "```\n",
        "~~~~",
        "> > >\n",
        "\n",
        " / ",
        "질문: 가 / ",
        "가?\n",
        "## 가?\n",
        "---\n",
        "<details>",
        "From: ",
        "From: a\n",
        " > ",
        "감사합니다\n",
        "\u{301}",
        "가 ",
        "# ",
        "안녕하세요\n\n",
        "2025.04.10\n",
        "[답변] ",
        "카테고리: ,",
    ] {
        // One that took long would run into the limit of .config/nextest.toml.
        read(&piece.repeat(1_000_000 / piece.len()));
    }
}
