//! Finds the words of a [`Vocabulary`] in headings and lines.

use crate::vocabulary::{Vocabulary, fold_label};

/// What a heading's text, or a line's before the colon, marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Answer,
    ModelAnswer,
    /// A part that is known to be neither, such as 꼬리 질문.
    Section,
}

/// What a line at the head of an entry says of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadLabel {
    Category,
    Hint,
    Keyword,
}

/// Emphasis and a colon that a label's text may have besides its letters.
const MARKS: usize = 8;

impl Vocabulary {
    /// Reads a heading's text.
    pub(crate) fn label(&self, text: &str) -> Option<Label> {
        let folded = fold_label(without_id(text), self.longest_label + MARKS)?;
        // A single letter, as in `A: …`, marks a line; as a heading it parts an alphabet.
        let is = |words: &[String]| words.contains(&folded) && folded.len() > 1;
        if is(&self.answer) {
            Some(Label::Answer)
        } else if is(&self.model_answer) {
            Some(Label::ModelAnswer)
        } else if is(&self.section) {
            Some(Label::Section)
        } else {
            None
        }
    }

    /// Splits `카테고리: …` or `**힌트**: …` into its label and the byte offset of what follows.
    pub(crate) fn head_label(&self, text: &str) -> Option<(HeadLabel, usize)> {
        let (folded, rest) = self.before_colon(text)?;
        let label = if self.category.contains(&folded) {
            HeadLabel::Category
        } else if self.hint.contains(&folded) {
            HeadLabel::Hint
        } else if self.keyword.contains(&folded) {
            HeadLabel::Keyword
        } else {
            return None;
        };
        Some((label, rest))
    }

    /// Splits a text at the colon of a label: the folded text before it, and the byte offset of what
    /// follows, emphasis that ends there left out.
    pub(crate) fn before_colon(&self, text: &str) -> Option<(String, usize)> {
        let mut chars = text.char_indices().take(2 * (self.longest_label + MARKS));
        let (colon, c) = chars.find(|(_, c)| matches!(c, ':' | '：'))?;
        let before = text.get(..colon)?;
        let mut at = colon + c.len_utf8();
        for mark in ["**", "__", "*", "_"] {
            let opens = before.trim_start().starts_with(mark);
            let closed = before.trim_end().len() > mark.len() && before.trim_end().ends_with(mark);
            if opens && !closed && text.get(at..)?.starts_with(mark) {
                at += mark.len();
                break;
            }
        }
        let rest = text.get(at..)?;
        Some((
            fold_label(before, self.longest_label + MARKS)?,
            text.len() - rest.trim_start().len(),
        ))
    }

    /// Splits the mark off a question: `질문: …`, `Q1. …`, `Q. …`, `Q : …`, `**Q1.** …`. Returns the
    /// byte offset of the question.
    pub(crate) fn question_mark(&self, text: &str) -> Option<usize> {
        let mut chars = text.char_indices().take(2 * (self.longest_label + MARKS));
        let (end, c) = chars.find(|(_, c)| matches!(c, '.' | ':' | ')' | '：'))?;
        let before = text.get(..end)?;
        let folded = fold_label(before, self.longest_label + MARKS)?;
        let word = folded.trim_end_matches(|c: char| c.is_ascii_digit());
        if !self.question.iter().any(|q| q == word) {
            return None;
        }
        let rest = text.get(end + c.len_utf8()..)?;
        let mark = ["**", "*"].into_iter().find(|mark| before.trim_start().starts_with(mark));
        let opened = mark.filter(|mark| !before.trim_end().ends_with(mark));
        let rest = opened.and_then(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
        let question = rest.trim_start();
        (!question.is_empty()).then(|| text.len() - question.len())
    }
}

/// A heading's text without kramdown's `{#id}` at its end.
pub(crate) fn without_id(text: &str) -> &str {
    let trimmed = text.trim_end();
    if !trimmed.ends_with('}') {
        return text;
    }
    match trimmed.rfind("{#").or_else(|| trimmed.rfind("{:")) {
        Some(at) if at > 0 => trimmed.get(..at).unwrap_or(trimmed).trim_end(),
        _ => text,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization as _;

    #[test]
    fn labels_match_whole() {
        let vocabulary = Vocabulary::default();
        for (text, expect) in [
            ("답변", Some(Label::Answer)),
            ("  내 답변 : ", Some(Label::Answer)),
            ("답변：", Some(Label::Answer)),
            ("**답변**", Some(Label::Answer)),
            ("**답변:**", Some(Label::Answer)),
            ("답변 {#a-1}", Some(Label::Answer)),
            ("답\u{200b}변\u{a0}", Some(Label::Answer)),
            ("My answer", Some(Label::Answer)),
            ("모범 답안", Some(Label::ModelAnswer)),
            ("모범답안", Some(Label::ModelAnswer)),
            ("꼬리 질문", Some(Label::Section)),
            ("Follow-up questions:", Some(Label::Section)),
            ("Q4. 1분 답변 템플릿?", None),
            ("댓글 (저자 답변)", None),
            ("답변 방법", None),
            ("A", None),
            ("", None),
        ] {
            assert_eq!(vocabulary.label(text), expect, "{text}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(vocabulary.label(&decomposed), expect, "{text}, decomposed");
        }
    }

    #[test]
    fn own_labels_join_the_usual_ones() {
        let own = Vocabulary::default().with_answer(["내가 면접에서 말할 아주 긴 이름의 답"]);
        assert_eq!(own.label("내가 면접에서 말할 아주 긴 이름의 답:"), Some(Label::Answer));
        assert_eq!(own.label("답변"), Some(Label::Answer));
    }

    #[test]
    fn question_marks_are_split_off() {
        let vocabulary = Vocabulary::default();
        for (text, expect) in [
            ("질문: 가", Some("가")),
            ("질문 3) 가", Some("가")),
            ("Q1. 가?", Some("가?")),
            ("Q : 가", Some("가")),
            ("**Q1.** 가", Some("가")),
            ("**Q1**: 가", Some("가")),
            ("Question 2: 가", Some("가")),
            ("Queue란?", None),
            ("질문이 많다", None),
            ("Q2 전략", None),
            ("Q.", None),
        ] {
            let at = vocabulary.question_mark(text);
            assert_eq!(at.map(|at| &text[at..]), expect, "{text}");
        }
    }

    #[test]
    fn head_labels() {
        let vocabulary = Vocabulary::default();
        for (text, expect) in [
            ("카테고리: A, B", Some((HeadLabel::Category, "A, B"))),
            ("힌트 : 가", Some((HeadLabel::Hint, "가"))),
            ("힌트：가", Some((HeadLabel::Hint, "가"))),
            ("**힌트**: 가", Some((HeadLabel::Hint, "가"))),
            ("**힌트:** 가", Some((HeadLabel::Hint, "가"))),
            ("Keyword: TCP", Some((HeadLabel::Keyword, "TCP"))),
            ("힌트: **강조** 가", Some((HeadLabel::Hint, "**강조** 가"))),
            ("힌트: https://a.b", Some((HeadLabel::Hint, "https://a.b"))),
            ("시간: 10분", None),
            ("힌트", None),
        ] {
            let got = vocabulary.head_label(text).map(|(label, at)| (label, &text[at..]));
            assert_eq!(got, expect, "{text}");
        }
    }
}
