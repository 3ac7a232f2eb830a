use proptest::prelude::*;

use super::plain::plain;
use super::*;
use crate::parse;

#[track_caller]
fn check(query: &str, text: &str, expect: &str) {
    let shown = Needles::of(&parse(query)).snippet(text);
    assert_eq!(marked(&shown.text, &shown.highlights), expect, "{query}");
}

#[test]
fn matches_are_marked() {
    check("동시성", "동시성을 다룬다", "[동시성]을 다룬다");
    check("동시", "동시성을 다룬다", "[동시]성을 다룬다");
    check("분산락", "분산 락을 잡는다", "[분산 락]을 잡는다");
    check("분산 락", "분산락, 락의 데드락", "[분산]락, [락]의 데드락");
    check("redis ", "Redis는 REDISSON", "[Redis]는 REDISSON");
    check("redis", "Redis는 REDISSON", "[Redis]는 [REDISSON]");
    check("cd", "CI/CD로", "CI/[CD]로");
    check("\"분산 락\" -redis", "redis 분산락", "redis [분산락]");
    check("동시성", "**아무것도** 없다", "아무것도 없다");
    check("springboot", "[글](https://a.b/springboot)", "[글](https://a.b/[springboot])");
    check("java ", "```java\nint x;\n```", "```[java] int x; ```");
    check("x", "```java\nint x;\n```", "int [x];");
    check("동시성", "", "");
}

#[test]
fn decomposed_and_combined_text_keeps_its_bounds() {
    check(
        "한글",
        "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}을",
        "[\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}]을",
    );
    check("café", "CAFE\u{301}!", "[CAFE\u{301}]!");
    check("한글", "İ한글🔥", "İ[한글]🔥");
    check("🔥", "불🔥", "불[🔥]");
}

#[test]
fn the_window_holds_the_most_words() {
    let filler = "아무 뜻도 없는 말을 길게 적는다. ".repeat(12);
    let text = format!("락 하나. {filler}여기서 분산 락을 다룬다. {filler}");
    let Snippet { text: snippet, highlights, .. } = Needles::of(&parse("분산 락")).snippet(&text);
    let shown = marked(&snippet, &highlights);
    assert!(shown.contains("[분산] [락]을 다룬다."), "{shown}");
    assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    let count = snippet.chars().count();
    assert!((80..=125).contains(&count), "{count}: {snippet}");
}

#[test]
fn places_are_those_of_the_markdown() {
    for (query, markdown, expect) in [
        (
            "동시성",
            "# **동시성**을\n\n> 동시성과 `동시성`",
            "# **[동시성]**을\n\n> [동시성]과 `[동시성]`",
        ),
        ("분산락", "**분산** 락과\n분산\n락", "**[분산** 락]과\n[분산\n락]"),
        (
            "redis",
            "[Redis](https://redis.io)는 \\*redis\\*",
            "[[Redis]](https://redis.io)는 \\*[redis]\\*",
        ),
        (
            "한글",
            "> \u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}을\r\n",
            "> [\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}]을\r\n",
        ),
        ("없음", "글", "글"),
    ] {
        let places = Needles::of(&parse(query)).places(markdown);
        assert_eq!(marked(markdown, &places), expect, "{query}");
    }
}

#[test]
fn markdown_becomes_plain() {
    for (markdown, expect) in [
        ("# 제목\n**굵게** 그리고 `코드`", "제목 굵게 그리고 코드"),
        ("> 인용 1\n> - 항목  \n1. 하나", "인용 1 항목 1. 하나"),
        ("[글](https://a.b/c)과 ![그림](x.png)", "글과 그림"),
        ("a * b * c, 2*3*4, \\*별\\*", "a * b * c, 234, *별*"),
        ("snake_case <br> List<String> <!-- 숨김 --> 끝", "snake_case List<String> 끝"),
        ("```java\nint x = 1;\n```\n{: .block-tip }", "int x = 1;"),
        ("| a | b |\n|---|:-:|\n~~지움~~ ~5", "| a | b | 지움 ~5"),
        ("C# > Java\n#태그", "C# > Java #태그"),
        ("\u{0}줄\t바꿈\r\n", "줄 바꿈"),
    ] {
        assert_eq!(plain(markdown), expect, "{markdown}");
    }
}

#[test]
fn a_line_that_begins_things_without_end_takes_no_time() {
    let needles = Needles::of(&parse("동시성"));
    for piece in ["[", "[a](", "<b", "<!--", "![", "[동시성](", "**", "~", "\\", ">", "("] {
        let line = format!("글{}", piece.repeat(MOST_BYTES / piece.len() - 3));
        let shown = needles.snippet(&line);
        assert!(shown.text.chars().count() <= LENGTH + SLACK + 2, "{piece}");
    }
}

proptest! {
    #[test]
    fn rows_are_found_as_in_words(
        text in text(),
        query in prop::sample::select(vec!["동시성", "가나", "가 나", "분산락 redis", "\u{1112}\u{1161}\u{11AB}글", "ㄷㅅ", "뜻도 없는"]),
    ) {
        let needles = Needles::of(&parse(query));
        prop_assert_eq!(needles.find(&text), needles.find_slowly(&text));
    }

    #[test]
    fn places_are_in_the_markdown(text in text(), query in prop::sample::select(vec!["동시성", "락", "redis", "가나", "e\u{301}"])) {
        let mut end = 0;
        for place in Needles::of(&parse(query)).places(&text) {
            prop_assert!(place.start >= end && place.end > place.start);
            prop_assert!(text.get(place.clone()).is_some());
            end = place.end;
        }
    }

    #[test]
    fn highlights_are_exact(text in text(), query in prop::sample::select(vec!["동시성", "락", "redis", "\"가 나\"", "e\u{301}", "ㄷ"])) {
        let Snippet { text: snippet, highlights, .. } = Needles::of(&parse(query)).snippet(&text);
        let mut end = 0;
        for span in highlights {
            prop_assert!(span.start >= end && span.end > span.start);
            prop_assert!(snippet.get(span.clone()).is_some());
            end = span.end;
        }
        prop_assert!(snippet.chars().count() <= LENGTH + SLACK + 2 || snippet.graphemes(true).any(|g| g.len() > 16));
        prop_assert!(!snippet.contains('\n'));
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "동시성을",
            "분산 락",
            "Redis는",
            "가 나",
            " ",
            "\n",
            "**",
            "`",
            "> ",
            "🔥",
            "\u{1112}\u{1161}\u{11AB}",
            "e\u{301}",
            "아무 뜻도 없는 긴 글이 여기에 이어진다. ",
            "\\",
            "[",
            "](",
            ")",
            "<b>",
            "\u{301}",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}
