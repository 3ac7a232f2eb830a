//! The words that label parts of a pasted question.
//!
//! A paste comes from anywhere, so more words are known here than in posts; those of posts, with the
//! user's own, are among them.

use super::mark::Kind;
use crate::Vocabulary;

/// More characters than any label has.
pub(super) const LABEL_MOST: usize = 24;

const QUESTION: [&str; 27] = [
    "질문",
    "면접질문",
    "오늘의질문",
    "오늘의면접질문",
    "오늘의문제",
    "예상질문",
    "예상면접질문",
    "기술질문",
    "기술면접질문",
    "메인질문",
    "본질문",
    "질문목록",
    "질문리스트",
    "질문내용",
    "질문들",
    "면접관",
    "interviewer",
    "question",
    "questions",
    "interviewquestion",
    "interviewquestions",
    "questionoftheday",
    "todaysquestion",
    "today'squestion",
    "today’squestion",
    "today'sinterviewquestion",
    "q",
];
/// Words of everyday use, too: labels only in a text that has no other for the question.
const QUESTION_WEAK: [&str; 4] = ["문제", "문항", "문", "problem"];
const MODEL: [&str; 14] = [
    "모범답안",
    "모범답변",
    "모범정답",
    "모범해설",
    "예시답안",
    "예시답변",
    "답변예시",
    "답안예시",
    "추천답변",
    "modelanswer",
    "sampleanswer",
    "exampleanswer",
    "suggestedanswer",
    "bestanswer",
];
const ANSWER: [&str; 18] = [
    "답변",
    "내답변",
    "나의답변",
    "내답",
    "답",
    "답안",
    "정답",
    "해답",
    "해설",
    "풀이",
    "answer",
    "answers",
    "myanswer",
    "solution",
    "지원자",
    "candidate",
    "ans",
    "a",
];
const CATEGORY: [&str; 8] =
    ["카테고리", "분류", "대분류", "분야", "영역", "유형", "category", "categories"];
const TOPIC: [&str; 7] = ["주제", "세부주제", "소주제", "소분류", "토픽", "topic", "subject"];
const HINT: [&str; 3] = ["힌트", "hint", "hints"];
const KEYWORD: [&str; 6] =
    ["키워드", "핵심키워드", "주요키워드", "keyword", "keywords", "keypoints"];
const SECTION: [&str; 17] = [
    "꼬리질문",
    "추가질문",
    "후속질문",
    "관련질문",
    "연관질문",
    "참고",
    "참고자료",
    "참고링크",
    "참고문헌",
    "출처",
    "링크",
    "회고",
    "메모",
    "references",
    "reference",
    "source",
    "follow-up",
];
/// What is said of a question beside its category.
const NOTE: [&str; 9] =
    ["난이도", "중요도", "빈도", "출제기업", "기업", "회사", "직무", "difficulty", "level"];
/// What a page's button to show an answer says behind the label.
const BUTTONS: [&str; 8] =
    ["보기", "보러가기", "확인", "확인하기", "펼치기", "열기", "열어보기", "접기"];

/// A label that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) kind: Kind,
    pub(super) number: Option<u32>,
    /// Whether it is a word of everyday use as well.
    pub(super) weak: bool,
    /// Whether it is a single letter.
    pub(super) letter: bool,
}

/// Reads a label: `모범 답안`, `Q3`, `질문 2`, `2번 질문`, `정답 보기`.
pub(super) fn find(text: &str, own: &Vocabulary) -> Option<Word> {
    let letters = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase);
    let folded: String = letters.take(LABEL_MOST + 1).collect();
    if folded.chars().count() > LABEL_MOST {
        return None;
    }
    let (number, word) = number_of(&folded);
    let (kind, weak) = kind_of(word, own).or_else(|| {
        let shown = BUTTONS.iter().find_map(|button| word.strip_suffix(button))?;
        kind_of(shown, own).filter(|(kind, _)| matches!(kind, Kind::Answer | Kind::Model))
    })?;
    Some(Word { kind, number, weak, letter: matches!(word, "q" | "a") })
}

fn kind_of(word: &str, own: &Vocabulary) -> Option<(Kind, bool)> {
    let is = |words: &[&str]| words.contains(&word);
    let kind = if is(&QUESTION) {
        Kind::Question
    } else if is(&QUESTION_WEAK) {
        return Some((Kind::Question, true));
    } else if is(&MODEL) {
        Kind::Model
    } else if is(&ANSWER) {
        Kind::Answer
    } else if is(&CATEGORY) {
        Kind::Category
    } else if is(&TOPIC) {
        Kind::Topic
    } else if is(&HINT) {
        Kind::Hint
    } else if is(&KEYWORD) {
        Kind::Keyword
    } else if is(&NOTE) {
        Kind::Note
    } else if is(&SECTION) {
        Kind::Section
    } else {
        let has = |words: &[String]| words.iter().any(|own| own == word);
        let kinds = [
            (&own.question, Kind::Question),
            (&own.model_answer, Kind::Model),
            (&own.answer, Kind::Answer),
            (&own.category, Kind::Category),
            (&own.hint, Kind::Hint),
            (&own.keyword, Kind::Keyword),
            (&own.section, Kind::Section),
        ];
        kinds.into_iter().find(|(words, _)| has(words)).map(|(_, kind)| kind)?
    };
    Some((kind, false))
}

/// Splits the number off a folded label.
fn number_of(folded: &str) -> (Option<u32>, &str) {
    let word = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    if word.len() < folded.len() {
        let number = folded.get(word.len()..).and_then(|digits| digits.parse().ok());
        return (number, word.trim_end_matches(['#', '-', '.', '_']));
    }
    let rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < folded.len() {
        let number = folded.get(..folded.len() - rest.len()).and_then(|digits| digits.parse().ok());
        return (number, rest.trim_start_matches(['번', '.', ')']).trim_start_matches("째"));
    }
    (None, folded)
}
