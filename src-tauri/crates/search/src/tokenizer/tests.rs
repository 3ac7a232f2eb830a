use proptest::prelude::*;
use tantivy_tokenizer_api::{TokenStream as _, Tokenizer};

use super::*;

/// Returns the tokens as `text@position[from..to]`, one a line.
fn tokens(mut tokenizer: impl Tokenizer, text: &str) -> String {
    let mut stream = tokenizer.token_stream(text);
    let mut out = String::new();
    while stream.advance() {
        let token = stream.token();
        out += &format!(
            "{}@{}[{}..{}] ",
            token.text, token.position, token.offset_from, token.offset_to
        );
    }
    out.trim_end().to_owned()
}

fn bigrams(text: &str) -> String {
    tokens(BigramTokenizer::default(), text)
}

fn words(text: &str) -> String {
    tokens(WordTokenizer::default(), text)
}

#[test]
fn bigrams_rise_and_reach_over_spaces() {
    assert_eq!(bigrams("동시성을"), "동시@0[0..6] 시성@1[3..9] 성을@2[6..12]");
    assert_eq!(bigrams("분산 락"), "분산@0[0..6] 산락@1[3..10] 락@2[7..10]");
    assert_eq!(bigrams("큐, 락"), "큐@0[0..3] 락@1[5..8]");
    assert_eq!(bigrams("큐 락"), "큐@0[0..3] 큐락@0[0..7] 락@1[4..7]");
    assert_eq!(bigrams("Redis는 빨라"), "redis@0[0..5] 는@1[5..8] 빨라@2[9..15]");
    assert_eq!(bigrams(""), "");
}

#[test]
fn technical_words_have_parts() {
    assert_eq!(bigrams("CI/CD로"), "ci/cd@0[0..5] ci@0[0..2] cd@1[3..5] 로@2[5..8]");
    assert_eq!(bigrams("C++ 2PC"), "c++@0[0..3] 2pc@1[4..7]");
    assert_eq!(words("Node.js는"), "node.js@0[0..7] node@0[0..4] js@1[5..7]");
}

#[test]
fn words_lose_their_particles() {
    assert_eq!(
        words("동시성을 해결하는 락이"),
        "동시성@0[0..9] 해결@1[13..19] 락이@2[26..32] 락@2[26..29]"
    );
    assert_eq!(words("Redis는 **동시성**을"), "redis@0[0..5] 동시성@1[11..20]");
    assert_eq!(words("는 을"), "는@0[0..3] 을@1[4..7]");
}

#[test]
fn offsets_are_those_of_the_text_as_given() {
    // Decomposed, as file names on macOS.
    let text = "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF} x";
    assert_eq!(bigrams(text), "한글@0[0..18] x@2[19..20]");
    assert_eq!(words(text), "한글@0[0..18] x@1[19..20]");
    assert_eq!(bigrams("İ한글 CAFE\u{301}"), "i\u{307}@0[0..2] 한글@1[2..8] café@3[9..15]");
    assert_eq!(bigrams("🔥불👍🏽"), "🔥@0[0..4] 불@1[4..7] 👍🏽@2[7..15]");
}

#[test]
fn data_is_no_word() {
    assert_eq!(words(&"a".repeat(256)), "");
    assert_eq!(words(&format!("{} b", "a".repeat(300))), "b@1[301..302]");
}

#[test]
fn values_stay_whole() {
    assert_eq!(tokens(WholeTokenizer::default(), " System Design "), "system design@0[0..15]");
    assert_eq!(tokens(WholeTokenizer::default(), " "), "");
}

proptest! {
    #[test]
    fn offsets_are_char_bounds_and_positions_rise(text in any::<String>()) {
        check(BigramTokenizer::default(), &text)?;
        check(WordTokenizer::default(), &text)?;
        check(WholeTokenizer::default(), &text)?;
    }

    #[test]
    fn hangul_too(text in "[가-힣ᄀ-하-ᅵᆨ-ᇂㄱ-ㅣ\u{301} a-c/.]{0,20}") {
        check(BigramTokenizer::default(), &text)?;
        check(WordTokenizer::default(), &text)?;
    }
}

fn check(mut tokenizer: impl Tokenizer, text: &str) -> Result<(), TestCaseError> {
    let mut stream = tokenizer.token_stream(text);
    let mut position = 0;
    while stream.advance() {
        let token = stream.token();
        prop_assert!(text.get(token.offset_from..token.offset_to).is_some());
        prop_assert!(token.offset_from < token.offset_to);
        prop_assert!(token.position >= position);
        prop_assert!(!token.text.is_empty());
        position = token.position;
    }
    Ok(())
}
