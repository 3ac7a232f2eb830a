//! Pairs of answers as people write them, with what a careful reader would mark.

use std::collections::BTreeSet;

use crate::pairs::{Agreement, pairs, share};
use crate::{EqualWeights, Flag, FlagKind, TermState, compare};

use TermState::{Missing, Partly, Said};

/// Least share of listed terms that a reader accepts.
const PRECISION: f32 = 0.8;
/// Least share of terms that are said or missing as a reader marks them.
const STATES: f32 = 0.9;

#[test]
fn pairs_come_out_as_a_careful_reader_would_mark_them() {
    let mut agreement = Agreement::default();
    let mut told = Vec::new();
    let pairs = pairs();
    assert!(pairs.len() >= 40, "all pairs were read");
    for pair in &pairs {
        let found = compare(pair.answer, pair.model, &EqualWeights);
        let lines = agreement.take(pair, &found).into_iter();
        told.extend(lines.map(|line| format!("{}: {line}", pair.name)));
    }
    assert!(share(agreement.listed) >= PRECISION, "{agreement:?}\n{}", told.join("\n"));
    assert!(share(agreement.clear) >= STATES, "{agreement:?}\n{}", told.join("\n"));
    assert_eq!(agreement.false_flags, (0, 0), "{}", told.join("\n"));
    assert!(share(agreement.flags) >= STATES, "{agreement:?}\n{}", told.join("\n"));
}

#[test]
fn a_copied_answer_lacks_nothing() {
    for pair in pairs() {
        let found = compare(pair.model, pair.model, &EqualWeights);
        assert!(found.terms.iter().all(|term| term.state == Said), "{}", pair.name);
        assert!(found.sentences.iter().all(|pair| pair.similarity == 1.0), "{}", pair.name);
        assert!(found.flags.is_empty() && found.extra_terms.is_empty(), "{}", pair.name);
    }
}

#[test]
fn an_answer_to_another_question_has_little() {
    let pairs = pairs();
    for (pair, other) in pairs.iter().zip(pairs.iter().skip(3)) {
        let found = compare(other.answer, pair.model, &EqualWeights);
        let missing = found.terms.iter().filter(|term| term.state == Missing).count();
        assert!(missing * 2 > found.terms.len(), "{} <> {}: {found:?}", pair.name, other.name);
        assert!(found.flags.is_empty(), "{} <> {}: {found:?}", pair.name, other.name);
    }
}

/// What differs between two texts does not depend on which of them is the model.
#[test]
fn flags_are_the_same_from_both_sides() {
    for pair in pairs() {
        let sides =
            |answer: &str, model: &str, turned: bool| -> BTreeSet<(FlagKind, String, String)> {
                let flags = compare(answer, model, &EqualWeights).flags.into_iter();
                flags
                    .map(|Flag { kind, model, answer }| match turned {
                        true => (kind, answer, model),
                        false => (kind, model, answer),
                    })
                    .collect()
            };
        let there = sides(pair.answer, pair.model, false);
        let back = sides(pair.model, pair.answer, true);
        assert_eq!(there, back, "{}", pair.name);
    }
}

#[track_caller]
fn state(model: &str, answer: &str, term: &str, expected: TermState) {
    let found = compare(answer, model, &EqualWeights);
    let state = found.terms.iter().find(|found| found.term == term).map(|term| term.state);
    assert_eq!(state, Some(expected), "{term} of {model} in {answer}: {:?}", found.terms);
}

#[test]
fn states_of_terms() {
    for (model, answer, term, expected) in [
        ("데드락(deadlock)을 감지합니다.", "교착 상태를 살펴봅니다.", "데드락", Said),
        ("데드락(deadlock)을 감지합니다.", "Deadlocks are found.", "데드락", Said),
        ("분산 락을 씁니다.", "분산락으로 막습니다.", "분산 락", Said),
        ("분산 락을 씁니다.", "락을 겁니다.", "분산 락", Partly),
        ("데이터 정합성을 지킵니다.", "데이터의 정합성이 중요합니다.", "데이터 정합성", Said),
        ("데이터 정합성을 지킵니다.", "데이터를 지웁니다.", "데이터 정합성", Missing),
        ("확장성을 얻습니다.", "확장이 쉽습니다.", "확장성", Partly),
        ("thread pool을 씁니다.", "쓰레드 풀로 처리합니다.", "thread pool", Said),
        ("`SETNX`를 씁니다.", "redis의 setnx 명령", "SETNX", Said),
        ("비동기로 처리합니다.", "동기로 처리합니다.", "비동기", Missing),
        ("만료 시간은 60초입니다.", "1분 뒤에 만료됩니다.", "60초", Said),
        ("CI/CD를 구축했습니다.", "CI를 붙였습니다.", "CI/CD", Partly),
        ("Redis 클러스터를 씁니다.", "REDIS-클러스터", "Redis 클러스터", Said),
        ("멱등성을 지킵니다.", "We keep it idempotent.", "멱등성", Said),
        ("DLQ(Dead Letter Queue)로 보냅니다.", "dead-letter queue에 쌓입니다.", "DLQ", Said),
    ] {
        state(model, answer, term, expected);
    }
}

#[test]
fn ranges_cover_the_term() {
    let model = "**분산 락**은 `SETNX`로 만들고, 데드락(deadlock)은 TTL 30초로 막습니다.";
    let answer = "- 분산락을 setnx로\n- **교착** 상태는 30초 TTL로";
    let found = compare(answer, model, &EqualWeights);
    let texts = |text: &str, ranges: &[std::ops::Range<usize>]| -> String {
        let parts: Vec<&str> =
            ranges.iter().map(|range| text.get(range.clone()).unwrap()).collect();
        parts.join(", ")
    };
    let mut lines: Vec<String> = found
        .terms
        .iter()
        .map(|term| {
            let (theirs, ours) = (texts(model, &term.in_model), texts(answer, &term.in_answer));
            format!("{}: {theirs} <> {ours}", term.term)
        })
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"), @r"
    30초: 30초 <> 30초
    SETNX: SETNX <> setnx
    TTL: TTL <> TTL
    데드락: 데드락, deadlock <> 교착** 상태
    분산 락: 분산 락 <> 분산락
    ");
}
