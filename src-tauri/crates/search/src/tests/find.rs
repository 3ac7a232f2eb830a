//! Queries and what they find.

use proptest::prelude::*;

use super::fixture::{index, names, search};
use crate::{Ask, Found, InterpretationKind, SearchIndex, parse};

/// What comes first, down to the part where it is clear which.
#[test]
fn the_best_part_comes_first() {
    let index = index();
    for (query, expect) in [
        ("동시성", "locking/Question"),
        ("동시성을", "locking/Question"),
        ("동시", "locking/Question"),
        ("분산 락", "locking/"),
        ("분산락", "locking/"),
        ("분산 락이", "locking/"),
        ("\"분산 락\"", "locking/"),
        ("\"분산락\"", "locking/"),
        ("\"락을 잡았습니다\"", "locking/Answer"),
        ("\"Redis 기반\"", "locking/Answer"),
        ("Redis는 락", "locking/Answer"),
        ("redis", "locking/Answer"),
        ("REDIS를", "locking/Answer"),
        ("red", "locking/Answer"),
        ("setn", "locking/Answer"),
        ("deadlock", "locking/Answer"),
        ("데드락", "locking/Answer"),
        ("redlock", "locking/ModelAnswer"),
        ("ci/cd", "locking/ModelAnswer"),
        ("cd", "locking/ModelAnswer"),
        ("c++", "locking/ModelAnswer"),
        ("DLQ", "consistency/Answer"),
        ("Dead Letter Queue", "consistency/Answer"),
        ("데이터 일관성", "consistency/Question"),
        ("일관성을 지키는", "consistency/Question"),
        ("restful api", "rest/Question"),
        ("스프링 부트", "conflict/ModelAnswer"),
        ("스프링부트는", "conflict/ModelAnswer"),
        ("갈등", "conflict/Question"),
        ("이펙티브", "독서 노트/Section"),
        ("redis OR 갈등 -분산", "conflict/Question"),
        ("락 in:hint", "locking/Hint"),
        ("락 in:model", "locking/ModelAnswer"),
        ("category:인성", "conflict/Question"),
        ("topic:중재", "conflict/Question"),
        ("is:unanswered", "conflict/Question"),
        ("is:draft", "rest/Question"),
        ("date:2025-03", "conflict/Question"),
        ("post:book", "독서 노트/Section"),
        ("post:2025-03-02", "conflict/Question"),
        ("분산 date:2025-04-10..", "consistency/"),
    ] {
        let found = search(&index, query);
        let first = names(&found).into_iter().next().unwrap_or_default();
        assert!(first.starts_with(expect), "{query}: {first}");
    }
}

#[test]
fn all_that_match_and_no_other() {
    let index = index();
    for (query, expect) in [
        ("\"분산 락\"", "locking/ModelAnswer locking/Answer"),
        ("락 in:hint", "locking/Hint"),
        ("redis -락을", ""),
        ("in:answer redis", "locking/Answer"),
        ("is:unanswered -category:인성", ""),
        ("category:back is:answered", "consistency/Question locking/Question"),
        ("category:backend date:..2025-04-09 -is:draft", "locking/Question"),
        ("is:draft in:answer", "rest/Answer"),
        ("없는낱말", ""),
        ("산분", ""),
        ("성동", ""),
        ("", ""),
        ("   ", ""),
        ("- OR \"\" : -", ""),
        ("🔥", ""),
        ("ㄷㅅㅅ", "locking/Question locking/ModelAnswer"),
        ("ㄷ", ""),
    ] {
        let found = search(&index, query);
        assert_eq!(names(&found).join(" "), expect, "{query}");
        assert_eq!(found.total, found.hits.len(), "{query}");
    }
}

#[test]
fn words_are_relaxed_with_a_note_behind_what_has_them_all() {
    let index = index();
    let relaxed = |found: &Found| {
        found.interpretations.iter().any(|one| one.kind == InterpretationKind::SomeWords)
    };
    let found = search(&index, "데드락 블록체인");
    assert!(relaxed(&found));
    assert_eq!(names(&found), ["locking/Answer"]);
    let found = search(&index, "분산 락");
    assert!(relaxed(&found));
    assert!(names(&found).iter().take(2).all(|name| name.starts_with("locking/")));
    assert!(names(&found).iter().any(|name| name.starts_with("consistency/")));
    assert!(!relaxed(&search(&index, "데드락")));
}

#[test]
fn relaxing_can_be_undone() {
    let index = index();
    let refused = ["some_words".to_owned()];
    let found = index
        .ask(&parse("데드락 블록체인"), Ask { limit: 20, refused: &refused, explain: false })
        .unwrap();
    assert_eq!((found.total, found.hits.len(), found.interpretations.len()), (0, 0, 0));
}

#[test]
fn a_sentence_finds_what_it_is_about() {
    let index = index();
    let found = search(&index, "동시에 접근하는 공유 자원을 다루는 전략을 설명해주세요");
    assert_eq!(names(&found).first().map(String::as_str), Some("locking/Answer"));
}

#[test]
fn a_word_may_match_in_the_question_above() {
    let index = index();
    let found = search(&index, "일관성 이벤트");
    let names = names(&found);
    assert_eq!(names[..2], ["consistency/Hint", "consistency/Answer"]);
}

#[test]
fn newer_and_own_come_first_at_equal_score() {
    use crate::tests::fixture::ENTRIES;
    let index = SearchIndex::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let mut own = ENTRIES.first().unwrap().documents();
    own.retain(|document| document.part == crate::PartKind::Answer);
    let mut model = own.clone();
    model.iter_mut().for_each(|document| document.part = crate::PartKind::ModelAnswer);
    let mut older = own.clone();
    older.iter_mut().for_each(|document| {
        document.date = Some(jiff::civil::date(2025, 4, 9));
        document.entry = Some("older".to_owned());
    });
    writer.replace_post("older.md", "r", &older);
    writer.replace_post("model.md", "r", &model);
    writer.replace_post("own.md", "r", &own);
    writer.commit().unwrap();
    assert_eq!(
        names(&search(&index, "유실")),
        ["consistency/Answer", "older/Answer", "consistency/ModelAnswer"]
    );
}

#[test]
fn hits_are_marked() {
    let index = index();
    for (query, expect) in [
        ("동시성", "[동시성] 문제란 무엇이며 어떻게 해결하나요?"),
        (
            "분산락 in:model",
            "재고가 줄어드는 커머스에서 [분산 락](Redlock)으로 동시성을 다룹니다. CI/CD와는 상관없고 C++도 아닙니다.",
        ),
        (
            "cd c++",
            "재고가 줄어드는 커머스에서 분산 락(Redlock)으로 동시성을 다룹니다. CI/[CD]와는 상관없고 [C++]도 아닙니다.",
        ),
    ] {
        let found = search(&index, query);
        let hit = found.hits.first().unwrap();
        assert_eq!(crate::snippet::marked(&hit.snippet, &hit.highlights), expect, "{query}");
    }
}

#[test]
fn scores_are_explained() {
    let index = index();
    let ask = Ask { limit: 20, refused: &[], explain: true };
    let found = index.ask(&parse("동시송 redis category:back -락"), ask).unwrap();
    let explanation = found.explanation.unwrap();
    let shown = format!("{:?}", explanation.clauses);
    assert!(shown.contains("동시성") && shown.contains("category:back"), "{shown}");
    for query in [
        "동시성",
        "분산 락",
        "\"분산 락\"",
        "데드락 블록체인",
        "is:draft",
        "동시에 접근하는 공유 자원을",
    ] {
        let found = index.ask(&parse(query), ask).unwrap();
        let explanation = found.explanation.unwrap();
        assert_eq!(explanation.hits.len(), found.hits.len(), "{query}");
        for (hit, scoring) in found.hits.iter().zip(&explanation.hits) {
            let factor = hit.score / scoring.text_score;
            assert!((0.5..2.0).contains(&factor), "{query}: {} {scoring:?}", hit.score);
            let words = scoring.contributions.iter().filter(|one| !one.text.is_empty());
            for one in words {
                assert!(!one.field.is_empty() && one.score > 0.0, "{query}: {one:?}");
            }
            if query != "is:draft" {
                assert!(!scoring.contributions.is_empty(), "{query}");
            }
        }
    }
}

#[test]
fn values_that_nothing_has_are_told() {
    let index = index();
    for (query, expect) in [
        ("category:back topic:일관성 post:book", ""),
        ("락 category:bakend", "bakend"),
        ("락 -topic:\"없는 주제\"", "없는 주제"),
        ("post:none.md", "none.md"),
        ("category:none OR category:인성", ""),
        ("category:none OR post:none", "none OR post:none"),
    ] {
        let found = search(&index, query);
        let shown: Vec<&str> =
            found.problems.iter().map(|one| query.get(one.span.clone()).unwrap()).collect();
        assert_eq!(shown.join(" | "), expect, "{query}");
    }
}

#[test]
fn limits() {
    let index = index();
    let found = index.search(&parse("분산"), 1).unwrap();
    assert_eq!((found.hits.len(), found.total), (1, 4));
    assert_eq!(index.search(&parse("분산"), 0).unwrap().hits.len(), 0);
    assert!(index.search(&parse("분산"), usize::MAX).is_ok());
}

#[test]
fn long_queries_get_an_answer() {
    let index = index();
    for query in [
        "동시성 ".repeat(2_000),
        "가".repeat(10_000),
        "a b ".repeat(2_500),
        "\"가나다 ".repeat(2_000),
    ] {
        assert!(index.search(&parse(&query), 20).is_ok());
    }
}

#[test]
fn weights_rise_with_rarity() {
    let weights = index().term_weights();
    let of = |term: &str| weights.weight(term);
    assert!(of("분산") < of("데드락"), "{} {}", of("분산"), of("데드락"));
    assert!(of("데드락") < of("블록체인"));
    assert!((of("블록체인") - 1.0).abs() < f32::EPSILON);
    assert!((of("") - 1.0).abs() < f32::EPSILON);
    assert!((of("분산을") - of("분산")).abs() < f32::EPSILON);
    assert!(of("분산 락") > 0.0 && of("분산 락") < 1.0);
    let empty = SearchIndex::in_memory().unwrap().term_weights();
    assert!((empty.weight("분산") - 1.0).abs() < f32::EPSILON);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_query_is_answered(query in query()) {
        thread_local!(static INDEX: SearchIndex = index());
        let found = INDEX.with(|index| search(index, &query));
        for hit in &found.hits {
            let mut end = 0;
            for span in &hit.highlights {
                prop_assert!(span.start >= end && span.end > span.start);
                prop_assert!(hit.snippet.get(span.clone()).is_some());
                end = span.end;
            }
        }
        prop_assert!(found.total >= found.hits.len());
    }
}

fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "동시성",
            "락",
            "Redis는",
            "분산락",
            "OR",
            "-",
            "\"",
            "AND",
            ":",
            "category:",
            "is:draft",
            "in:answer",
            "date:2025",
            "date:..",
            "post:",
            "C++",
            "CI/CD",
            "ㄷㅅ",
            "🔥",
            "\u{1112}\u{1161}",
            "e\u{301}",
            "(",
            ")",
            "*",
            "\\",
            " ",
            "-\"",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec((piece, prop::sample::select(vec!["", " "])), 0..8)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| piece + gap).collect())
}
