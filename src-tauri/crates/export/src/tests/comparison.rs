//! An answer beside its model answer, terms marked.

use std::ops::Range;

use super::reader;
use super::sample::{book_of, entry, options};
use super::{nowhere, print};
use crate::{Answers, Book, BookComparison, BookTerm, Columns, Options, Said};

const ANSWER: &str =
    "- **캐시**를 먼저 읽고 없으면 저장소에서 읽습니다.\n- 만료는 정하지 않았습니다.";
const MODEL: &str =
    "캐시를 먼저 읽고, 없으면 **저장소**를 읽습니다.\n무효화 시점은 이벤트로 알립니다.";

fn place(text: &str, part: &str) -> Range<usize> {
    let start = text.find(part).unwrap();
    start..start + part.len()
}

fn compared() -> Book {
    let term = |term: &str, said, in_answer: &[&str]| BookTerm {
        term: term.to_owned(),
        said,
        in_answer: in_answer.iter().map(|part| place(ANSWER, part)).collect(),
        in_model: vec![place(MODEL, term)],
    };
    let mut one = entry(1, "캐시는 어떻게 쓰나요?", ANSWER);
    one.variants = vec![
        (Some("누구라면?".to_owned()), "다른 모범 답안".to_owned()),
        (Some("아무라면?".to_owned()), MODEL.to_owned()),
    ];
    one.comparison = Some(BookComparison {
        variant: 1,
        terms: vec![
            term("캐시", Said::Said, &["캐시"]),
            term("저장소", Said::Partly, &["저장소"]),
            term("이벤트", Said::Missing, &[]),
        ],
        unsaid: vec![place(MODEL, "무효화 시점은 이벤트로 알립니다.")],
        differences: vec![("알립니다".to_owned(), "않았습니다".to_owned())],
    });
    book_of(vec![one])
}

#[test]
fn terms_are_marked_and_listed() {
    for columns in [Columns::One, Columns::Two] {
        let options = Options { answers: Answers::Compared, columns, ..options(nowhere()) };
        let pdf = print(&compared(), &options);
        let Some(text) = reader::pdftotext(&pdf.bytes) else { return };
        let text = reader::squeezed(&text);
        for expect in [
            "캐시를먼저읽고없으면저장소에서읽습니다.",
            "무효화시점은이벤트로알립니다.",
            "말함캐시",
            "일부저장소",
            "빠짐이벤트",
            "알립니다↔않았습니다",
            "낱말을견준것이지",
            "아무라면?",
        ] {
            assert!(text.contains(expect), "{expect} in {text}");
        }
        assert!(!text.contains("다른모범답안"), "only what was compared");
        assert_eq!(pdf.omissions, Vec::<String>::new());
    }
}

#[test]
fn without_a_comparison_an_entry_is_as_ever() {
    let mut book = compared();
    book.days[0].entries[0].comparison = None;
    let whole = Options { answers: Answers::Compared, ..options(nowhere()) };
    let usual = options(nowhere());
    assert!(print(&book, &whole).bytes == print(&book, &usual).bytes);
}
