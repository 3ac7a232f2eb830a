//! The words that mark the parts of an entry.
//!
//! A label matches whole, after trimming, ignoring inner spaces, a trailing colon and the case of
//! Latin letters; so `Q4. 1분 답변 템플릿?` and `댓글 (저자 답변)` are no answer headings.

/// What a heading's text marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Answer,
    ModelAnswer,
    /// A part that is known to be neither, such as 꼬리 질문.
    Section,
}

const ANSWER: [&str; 6] = ["답변", "내답변", "나의답변", "내답", "answer", "myanswer"];
const MODEL: [&str; 5] = ["모범답안", "모범답변", "모범정답", "modelanswer", "sampleanswer"];
const SECTION: [&str; 12] = [
    "꼬리질문",
    "추가질문",
    "후속질문",
    "참고",
    "참고자료",
    "참고링크",
    "출처",
    "회고",
    "메모",
    "references",
    "reference",
    "follow-up",
];

/// More characters than any label has with its colon.
const LABEL_MOST: usize = 20;

/// Reads a heading's text.
pub(crate) fn label(text: &str) -> Option<Label> {
    let folded = fold(text);
    let is = |words: &[&str]| words.contains(&folded.as_str());
    if is(&ANSWER) {
        Some(Label::Answer)
    } else if is(&MODEL) {
        Some(Label::ModelAnswer)
    } else if is(&SECTION) {
        Some(Label::Section)
    } else {
        None
    }
}

fn fold(text: &str) -> String {
    // Most texts are no label but sentences, and told apart by their beginning.
    let letters = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    let text: String = letters.take(LABEL_MOST).collect();
    text.trim_end_matches([':', '：']).to_owned()
}

/// What a quoted line at the head of an entry says of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadLabel {
    Category,
    Hint,
}

/// Splits `카테고리: …` or `힌트: …` into its label and the byte offset of what follows.
pub(crate) fn head_label(text: &str) -> Option<(HeadLabel, usize)> {
    let colon = text.find([':', '：'])?;
    let label = match fold(text.get(..colon)?).as_str() {
        "카테고리" | "분류" | "category" => HeadLabel::Category,
        "힌트" | "hint" => HeadLabel::Hint,
        _ => return None,
    };
    let colon_len = text.get(colon..)?.chars().next()?.len_utf8();
    let rest = text.get(colon + colon_len..)?;
    Some((label, text.len() - rest.trim_start().len()))
}

/// Splits the mark off a question: `질문: …`, `Q1. …`, `Q. …`, `Q : …`. Returns the byte offset of
/// the question.
pub(crate) fn question_mark(text: &str) -> Option<usize> {
    let rest = if let Some(rest) = text.strip_prefix("질문") {
        rest
    } else {
        let rest = text.strip_prefix(['Q', 'q'])?;
        rest.trim_start_matches(|c: char| c.is_ascii_digit())
    };
    let numbered = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let after = numbered.strip_prefix(['.', ':', ')', '：'])?;
    let question = after.trim_start();
    (!question.is_empty()).then(|| text.len() - question.len())
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn labels_match_whole() {
        for (text, expect) in [
            ("답변", Some(Label::Answer)),
            ("  내 답변 : ", Some(Label::Answer)),
            ("My answer", Some(Label::Answer)),
            ("모범 답안", Some(Label::ModelAnswer)),
            ("모범답안", Some(Label::ModelAnswer)),
            ("꼬리 질문", Some(Label::Section)),
            ("Q4. 1분 답변 템플릿?", None),
            ("댓글 (저자 답변)", None),
            ("답변 방법", None),
        ] {
            assert_eq!(label(text), expect, "{text}");
        }
    }

    #[test]
    fn question_marks_are_split_off() {
        for (text, expect) in [
            ("질문: 가", Some("가")),
            ("Q1. 가?", Some("가?")),
            ("Q : 가", Some("가")),
            ("Queue란?", None),
            ("질문이 많다", None),
            ("Q2 전략", None),
        ] {
            assert_eq!(question_mark(text).map(|at| &text[at..]), expect, "{text}");
        }
    }

    #[test]
    fn head_labels() {
        assert_eq!(head_label("카테고리: A, B"), Some((HeadLabel::Category, "카테고리: ".len())));
        assert_eq!(head_label("힌트 : 가"), Some((HeadLabel::Hint, "힌트 : ".len())));
        assert_eq!(head_label("시간: 10분"), None);
    }
}
