//! What a query may mean that is not word for word.

use proptest::prelude::*;

use super::fixture::{index, names, search, section};
use crate::{Ask, Found, SearchIndex, parse};

/// Readings as `kind:from=to,to`.
fn readings(found: &Found) -> String {
    let shown: Vec<String> = found
        .interpretations
        .iter()
        .filter(|one| one.kind.code() != "some_words")
        .map(|one| format!("{}={}", one.id, one.to.join(",")))
        .collect();
    shown.join(" ")
}

#[test]
fn what_is_not_there_is_read_as_what_is() {
    let index = index();
    for (query, expect, first) in [
        // As typed, where that is in the notes.
        ("동시성", "", "locking/Question"),
        ("redis", "", "locking/Answer"),
        ("동시", "", "locking/Question"),
        ("없는낱말", "", ""),
        ("ㅁ", "", ""),
        ("ㅏㅏ", "", ""),
        // The last syllable is not finished.
        ("동싯", "unfinished:동싯=동시성", "locking/Question"),
        ("동시ㅅ", "unfinished:동시ㅅ=동시성", "locking/Question"),
        ("동시서", "unfinished:동시서=동시성", "locking/Question"),
        ("트랜잭셔", "unfinished:트랜잭셔=트랜잭션", "consistency/Answer"),
        ("redis 데드라", "unfinished:데드라=데드락", "locking/Answer"),
        ("분산라", "unfinished:분산라=분산락", "locking/"),
        ("동시성ㅇ", "unfinished:동시성ㅇ=동시성", "locking/Question"),
        // Initial consonants.
        ("ㄷㅅㅅ", "initials:ㄷㅅㅅ=동시성", "locking/Question"),
        ("ㄷㄷㄹ", "initials:ㄷㄷㄹ=데드락", "locking/Answer"),
        ("ㅂㅅㄹ", "initials:ㅂㅅㄹ=분산락", "locking/"),
        ("ㅎㅎㅎㅎ", "", ""),
        // The other layout.
        ("ehdtltjd", "layout:ehdtltjd=동시성", "locking/Question"),
        ("ehdtltjddmf", "layout:ehdtltjddmf=동시성", "locking/Question"),
        ("ehdtlt", "layout:ehdtlt=동시성", "locking/Question"),
        ("ㄱㄷ야ㄴ", "layout:ㄱㄷ야ㄴ=redis", "locking/Answer"),
        ("ㄱㄷ야", "layout:ㄱㄷ야=redi", "locking/Answer"),
        ("ㄴㄷ수ㅌ", "layout:ㄴㄷ수ㅌ=setnx", "locking/Answer"),
        // Spaced otherwise.
        ("분산락", "spacing:분산락=분산 락", "locking/"),
        ("deadletterqueue", "spacing:deadletterqueue=dead letter queue", "consistency/Answer"),
        ("dead lock", "spacing:dead lock=deadlock synonym:lock=락", "locking/Answer"),
        // A typo.
        ("동시송", "typo:동시송=동시성", "locking/Question"),
        ("동시송을", "typo:동시송=동시성", "locking/Question"),
        ("redsi", "typo:redsi=redis", "locking/Answer"),
        ("deadlokc", "typo:deadlokc=deadlock", "locking/Answer"),
        // Too short to tell a typo.
        ("큐우", "", ""),
        ("rdis", "", ""),
        // In a choice, and beside what is as typed.
        ("블록체인 OR 동시송", "typo:동시송=동시성", "locking/Question"),
        ("redis 데드랔", "typo:데드랔=데드락", "locking/Answer"),
        // Nothing is guessed in a phrase or of an exclusion.
        ("\"동시송\"", "", ""),
        ("갈등 -동시송", "", "conflict/Question"),
    ] {
        let found = search(&index, query);
        assert_eq!(readings(&found), expect, "{query}");
        let hit = names(&found).into_iter().next().unwrap_or_default();
        assert!(
            if first.is_empty() { hit.is_empty() } else { hit.starts_with(first) },
            "{query}: {hit}"
        );
    }
}

#[test]
fn other_names_are_looked_for_where_they_find_more() {
    let index = index();
    let mut writer = index.writer().unwrap();
    writer.replace_post(
        "a.md",
        "r",
        &[section("하나", "deadlock을 피하는 법"), section("둘", "dead letter queue를 쓴다")],
    );
    writer.commit().unwrap();
    for (query, expect, parts) in [
        ("데드락", "synonym:데드락=deadlock", 2),
        ("deadlock ", "", 2),
        ("DLQ ", "synonym:dlq=Dead Letter Queue", 2),
        ("dead letter queue ", "", 3),
        ("락을", "", 3),
    ] {
        let found = search(&index, query);
        assert_eq!(readings(&found), expect, "{query}");
        assert_eq!(found.total, parts, "{query}: {:?}", names(&found));
    }
    let refused = ["synonym:데드락".to_owned()];
    let found =
        index.ask(&parse("데드락"), Ask { limit: 20, refused: &refused, explain: false }).unwrap();
    assert_eq!((found.total, readings(&found)), (1, String::new()));
}

#[test]
fn every_reading_can_be_undone() {
    let index = index();
    for (query, total) in [
        ("동싯", 0),
        ("ㄷㅅㅅ", 0),
        ("ehdtltjd", 0),
        ("ㄱㄷ야ㄴ", 0),
        ("분산락", 0),
        ("deadletterqueue", 0),
        ("동시송", 0),
        ("redsi", 0),
    ] {
        let mut refused = Vec::new();
        // What is undone may make room for another reading, which is undone too.
        for _ in 0..4 {
            let found = index
                .ask(&parse(query), Ask { limit: 20, refused: &refused, explain: false })
                .unwrap();
            refused.extend(found.interpretations.into_iter().map(|one| one.id));
        }
        let found =
            index.ask(&parse(query), Ask { limit: 20, refused: &refused, explain: false }).unwrap();
        assert!(found.interpretations.is_empty(), "{query}");
        assert_eq!(found.total, total, "{query}: {:?}", names(&found));
    }
}

#[test]
fn what_was_meant_is_marked() {
    let index = index();
    for (query, expect) in [
        ("동시송", "[동시성] 문제란 무엇이며 어떻게 해결하나요?"),
        ("ㄷㅅㅅ", "[동시성] 문제란 무엇이며 어떻게 해결하나요?"),
        ("동싯", "[동시성] 문제란 무엇이며 어떻게 해결하나요?"),
        ("ehdtltjd", "[동시성] 문제란 무엇이며 어떻게 해결하나요?"),
    ] {
        let found = search(&index, query);
        let hit = found.hits.first().unwrap();
        assert_eq!(crate::snippet::marked(&hit.snippet, &hit.highlights), expect, "{query}");
    }
    let query = parse("동시송");
    let matcher = index.matcher(&query, &[]).unwrap();
    let markdown = "**동시성**을";
    let places = matcher.find(markdown);
    assert_eq!(crate::snippet::marked(markdown, &places), "**[동시성]**을");
    assert!(index.matcher(&query, &["typo:동시송".to_owned()]).unwrap().find("동시성").is_empty());
}

#[test]
fn words_are_those_of_the_last_commit() {
    let index = SearchIndex::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.replace_post("a.md", "r1", &[section("하나", "멱등성")]);
    writer.commit().unwrap();
    index.prepare().unwrap();
    assert_eq!(readings(&search(&index, "동시송")), "");
    writer.replace_post("b.md", "r1", &[section("둘", "동시성")]);
    writer.commit().unwrap();
    assert_eq!(readings(&search(&index, "동시송")), "typo:동시송=동시성");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn readings_stand_in_the_query(query in "[ㄱ-ㅣ가-깋동시성분산락redis ()*\"-]{0,24}") {
        thread_local!(static INDEX: SearchIndex = index());
        let found = INDEX.with(|index| search(index, &query));
        for one in &found.interpretations {
            prop_assert!(query.get(one.span.clone()).is_some(), "{one:?}");
            prop_assert!(one.to.iter().all(|to| !to.is_empty()), "{one:?}");
        }
    }
}
