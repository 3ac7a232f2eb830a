//! What each kind of block is cut to.

use proptest::prelude::*;

use super::*;

/// Blocks as `kind first-line`, blanks left out.
fn check(text: &str, expect: &[&str]) {
    let scan = scan(text, 0);
    let joined: String = scan.blocks.iter().map(|b| &text[b.span.clone()]).collect();
    assert_eq!(joined, text, "blocks tile the text");
    let got: Vec<String> = scan
        .blocks
        .iter()
        .filter(|b| b.kind != BlockKind::Blank)
        .map(|b| {
            let text = &text[b.span.clone()];
            let kind = match b.kind {
                BlockKind::Heading { level, .. } => format!("h{level}"),
                kind => format!("{kind:?}").to_lowercase(),
            };
            format!("{kind} {}", text.trim_end().replace('\n', "|"))
        })
        .collect();
    assert_eq!(got, expect);
}

#[test]
fn rule_right_after_text_is_not_a_heading() {
    check("### 답변\n끝.\n---\n", &["h3 ### 답변", "text 끝.", "rule ---"]);
}

#[test]
fn underlined_text_after_a_blank_is_a_heading() {
    check("가.\n---\n\n나\n==\n", &["h2 가.|---", "h1 나|=="]);
}

#[test]
fn marks_inside_a_fence_are_text() {
    check("```sh\n# 3-way\n---\n```\n# 밖\n", &["fence ```sh|# 3-way|---|```", "h1 # 밖"]);
}

#[test]
fn an_open_fence_hides_nothing() {
    check("```\n# 안\n", &["text ```", "h1 # 안"]);
}

#[test]
fn attribute_list_ends_a_quote() {
    check("> 가\n> 나\n{: .tip }\n", &["quote > 가|> 나", "attributelist {: .tip }"]);
}

#[test]
fn heading_directly_under_a_quote_ends_it() {
    check("> 힌트: 가\n### 답변\n", &["quote > 힌트: 가", "h3 ### 답변"]);
}

#[test]
fn date_directly_followed_by_a_question_is_two_headings() {
    check("# 2025.04.09\n## 질문\n", &["h1 # 2025.04.09", "h2 ## 질문"]);
}

#[test]
fn html_blocks_and_comments_hide_headings() {
    check("<!-- a\n# b\n-->\n# c\n", &["html <!-- a|# b|-->", "h1 # c"]);
    check("<div>\n# b\n</div>\n# c\n", &["html <div>|# b|</div>", "h1 # c"]);
    check("<div>\n# b\n", &["text <div>", "h1 # b"]);
}

#[test]
fn breaks_and_rules_are_separators() {
    check("---\n\n<br>\n<br/>\n", &["rule ---", "break <br>", "break <br/>"]);
}

#[test]
fn no_space_after_marks_is_no_heading() {
    check("#태그\n#\n", &["text #태그|#"]);
}

#[test]
fn what_a_fence_holds_is_no_heading() {
    check("~~~\n## 질문\n---\n~~~\n", &["fence ~~~|## 질문|---|~~~"]);
    check("````\n```\n# 안\n```\n````\n", &["fence ````|```|# 안|```|````"]);
    check("   ```\n# 안\n ```\n", &["fence    ```|# 안| ```"]);
    check("``` js title=\"가\"\n# 안\n```\n", &["fence ``` js title=\"가\"|# 안|```"]);
    check("```글자```\n# 밖\n```\n", &["text ```글자```", "h1 # 밖", "text ```"]);
    check("글\n```\n# 안\n```\n글\n", &["text 글", "fence ```|# 안|```", "text 글"]);
}

#[test]
fn fences_that_never_close_are_told() {
    let opened = |text: &str| scan(text, 0).open_fences;
    assert_eq!(opened("```\n# 밖\n"), [0]);
    assert_eq!(opened("글\n\n```js\n글\n"), [5]);
    assert_eq!(opened("- 목록\n  ```\n  글\n"), [9]);
    assert_eq!(opened("- 목록\n\n  ```\n  글\n  ```\n"), []);
    assert_eq!(opened("```\n```\n"), []);
}

#[test]
fn elements_hide_headings_up_to_their_end() {
    check(
        "<details>\n<summary>답</summary>\n\n# 안\n</details>\n# 밖\n",
        &["html <details>|<summary>답</summary>||# 안|</details>", "h1 # 밖"],
    );
    // Markdown inside may hold the closing tag as a text.
    check(
        "<div markdown=\"1\">\n```html\n</div>\n```\n# 안\n</div>\n# 밖\n",
        &["html <div markdown=\"1\">|```html|</div>|```|# 안|</div>", "h1 # 밖"],
    );
    check("<div>\n```\n</div>\n```\n# 밖\n", &["html <div>|```|</div>", "text ```", "h1 # 밖"]);
    check("<hr>\n# 밖\n<img src=\"a\">\n", &["html <hr>", "h1 # 밖", "text <img src=\"a\">"]);
    check("<div><div>\n# 안\n</div>\n# 안\n</div>\n", &["html <div><div>|# 안|</div>|# 안|</div>"]);
}

#[test]
fn elements_that_never_close_hide_nothing() {
    check("<예시>\n# 밖\n", &["text <예시>", "h1 # 밖"]);
    check("List<T>\n<T>\n# 밖\n", &["text List<T>|<T>", "h1 # 밖"]);
    check("<div>\n<p>글\n# 안\n</div>\n# 밖\n", &["html <div>|<p>글|# 안|</div>", "h1 # 밖"]);
    check("<div>\n---\n", &["text <div>", "rule ---"]);
    check("<script>\n# 밖\n", &["text <script>", "h1 # 밖"]);
    check("<div markdown=\"1\">\n# 밖\n", &["text <div markdown=\"1\">", "h1 # 밖"]);
    check("<!-- 주석\n# 밖\n", &["text <!-- 주석", "h1 # 밖"]);
}

#[test]
fn liquid_is_no_text_of_its_own() {
    check(
        "{% raw %}\n# 질문\n{% endraw %}\n",
        &["liquid {% raw %}", "h1 # 질문", "liquid {% endraw %}"],
    );
    check(
        "{% highlight rb %}\n# 주석\n\n# 주석\n{% endhighlight %}\n# 밖\n",
        &["liquid {% highlight rb %}|# 주석||# 주석|{% endhighlight %}", "h1 # 밖"],
    );
    check(
        "{% comment %}\n# 안\n{% endcomment %}\n# 밖\n",
        &["liquid {% comment %}|# 안|{% endcomment %}", "h1 # 밖"],
    );
    check(
        "{% include a.html\n   b=\"c\" %}\n---\n",
        &["liquid {% include a.html|   b=\"c\" %}", "rule ---"],
    );
    check("{% comment %}\n# 밖\n", &["liquid {% comment %}", "h1 # 밖"]);
    check("{% highlight %}\n# 밖\n", &["liquid {% highlight %}", "h1 # 밖"]);
    check("글 {% raw %}\n# 밖\n", &["text 글 {% raw %}", "h1 # 밖"]);
    check("{%\n\n# 밖\n\n%}\n", &["text {%", "h1 # 밖", "text %}"]);
}

#[test]
fn what_hides_headings_for_kramdown_alone() {
    check(
        "{::comment}\n# 안\n{:/comment}\n# 밖\n",
        &["html {::comment}|# 안|{:/comment}", "h1 # 밖"],
    );
    check("{::comment}\n# 밖\n", &["text {::comment}", "h1 # 밖"]);
    check("$$\n# 안\n$$\n\n# 밖\n", &["math $$|# 안|$$", "h1 # 밖"]);
    check("$$\n# 밖\n", &["text $$", "h1 # 밖"]);
    check("글\n$$\n# 밖\n$$\n", &["text 글|$$", "h1 # 밖", "text $$"]);
    check("[^1]: 주\n\n    # 안\n# 밖\n", &["footnote [^1]: 주||    # 안", "h1 # 밖"]);
}

#[test]
fn lists_hold_what_is_indented() {
    check("- 하나\n\n  # 안\n- 둘\n# 밖\n", &["text - 하나", "text   # 안|- 둘", "h1 # 밖"]);
    check(
        "1. 하나\n\n   ```\n   # 안\n   ```\n\n   > 안\n\n> 밖\n",
        &["text 1. 하나", "fence    ```|   # 안|   ```", "text    > 안", "quote > 밖"],
    );
    check("- 하나\n> 밖\n", &["text - 하나", "quote > 밖"]);
    check("- 하나\n```\n# 안\n```\n", &["text - 하나", "fence ```|# 안|```"]);
    check("- 하나\n---\n", &["text - 하나", "rule ---"]);
    check("* * *\n- 하나\n* * *\n", &["rule * * *", "text - 하나", "rule * * *"]);
    check("용어\n: 뜻\n\n  # 안\n# 밖\n", &["text 용어|: 뜻", "text   # 안", "h1 # 밖"]);
}

#[test]
fn indented_code_tables_and_definitions_are_text() {
    check("    # 코드\n\n    > 코드\n# 밖\n", &["text     # 코드", "text     > 코드", "h1 # 밖"]);
    check(
        "| # | > |\n|---|---|\n| 가 | 나 |\n\n# 밖\n",
        &["text | # | > |||---|---||| 가 | 나 |", "h1 # 밖"],
    );
    check("[가]: /가\n  \"제목\"\n# 밖\n", &["text [가]: /가|  \"제목\"", "h1 # 밖"]);
}

#[test]
fn titles_are_what_is_between_the_marks() {
    let title = |text: &str| {
        scan(text, 0).blocks.iter().find_map(|block| match block.kind {
            BlockKind::Heading { level, content } => {
                Some((level, text[content.0..content.1].to_owned()))
            }
            _ => None,
        })
    };
    for (text, expect) in [
        ("## 제목 ##\n", Some((2, "제목"))),
        ("## 제목##\n", Some((2, "제목##"))),
        ("## C# ##\n", Some((2, "C#"))),
        ("## 제목 {#id}\n", Some((2, "제목"))),
        ("## 제목 ## {#id}\n", Some((2, "제목"))),
        ("## 제목 {# id}\n", Some((2, "제목 {# id}"))),
        ("## 제목{#id}\n", Some((2, "제목{#id}"))),
        ("제목 {#id}\n---\n", Some((2, "제목"))),
        ("#\t탭\n", Some((1, "탭"))),
        ("#  \t 제목 \t \n", Some((1, "제목"))),
        ("#\u{a0}제목\n", None),
        ("# \u{a0}제목\u{a0}\n", Some((1, "제목"))),
        ("# #\n", Some((1, "#"))),
        ("####### 일곱\n", None),
        (" # 들여쓴\n", None),
        ("# 가\r나\n", Some((1, "가\r나"))),
        ("# 가\u{85}나\u{2028}다\n", Some((1, "가\u{85}나\u{2028}다"))),
        ("# 가\u{c}나\u{c}\n", Some((1, "가\u{c}나"))),
        ("# 가\r\n", Some((1, "가"))),
        ("제목\n=-=\n", Some((1, "제목"))),
    ] {
        assert_eq!(title(text), expect.map(|(level, title)| (level, title.to_owned())), "{text:?}");
    }
}

#[test]
fn a_blank_line_holds_white_space_only() {
    check("글\n\u{c}\n제목\n---\n", &["text 글", "h2 제목|---"]);
    check("글\n\u{a0}\n제목\n---\n", &["text 글|\u{a0}|제목", "rule ---"]);
}

/// Tokens of which the hardest texts are made.
fn token() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "# ",
        "## 가",
        "- ",
        "1. ",
        "> ",
        "```",
        "~~~",
        "$$",
        "    ",
        "\t",
        "글",
        "---",
        "===",
        "<div>",
        "</div>",
        "<div markdown=\"1\">",
        "<script>",
        "<!--",
        "-->",
        "<?",
        "<b",
        "=\"",
        "{%",
        "%}",
        "{% raw %}",
        "{% endraw %}",
        "{% comment %}",
        "{% endcomment %}",
        "{% highlight a %}",
        "{% endhighlight %}",
        "{: .a }",
        "{::comment}",
        "{:/}",
        "[^1]: ",
        "[a]: ",
        "*[a]: ",
        ": ",
        "|",
        "^",
        "<br>",
        "\u{a0}",
        "\u{c}",
        "\0",
        "\u{2028}",
        "가",
    ])
}

proptest! {
    #[test]
    fn blocks_tile_any_text(tokens in prop::collection::vec(token(), 0..60), from in 0..8_usize) {
        let text = tokens.concat();
        let from = text.char_indices().map(|(at, _)| at).nth(from).unwrap_or(0);
        let scan = scan(&text, from);
        let mut end = from;
        for block in &scan.blocks {
            prop_assert_eq!(block.span.start, end);
            prop_assert!(block.span.end > end && text.is_char_boundary(block.span.end));
            prop_assert!(block.span.end == text.len() || text[..block.span.end].ends_with('\n'));
            if let BlockKind::Heading { content, .. } = block.kind {
                prop_assert!(block.span.contains(&content.0) && content.1 <= block.span.end);
                prop_assert!(!text[content.0..content.1].is_empty());
            }
            end = block.span.end;
        }
        prop_assert_eq!(end, text.len());
    }
}

/// The least time of three to scan `text`, in microseconds.
fn micros(text: &str) -> u128 {
    let time = || {
        let start = std::time::Instant::now();
        assert!(!scan(text, 0).blocks.is_empty());
        start.elapsed().as_micros()
    };
    (0..3).map(|_| time()).min().unwrap()
}

#[test]
fn four_times_the_text_takes_no_more_than_four_times_as_long() {
    let units = [
        ">",
        "> ",
        "> > ",
        "# 가\n",
        "<div>",
        "<div>\n",
        "<div markdown=\"1\">\n",
        "</div>\n",
        "<p>\n</div>\n",
        "```\n",
        "```a\n",
        "````\n```\n",
        "``` a\n~~~~ b\n",
        "[",
        "[a]: b\n",
        "[^1]: 가\n    나\n\n",
        "{% raw %}",
        "{% raw %}\n",
        "{% comment %}\n",
        "{%",
        "{% highlight a %}\n",
        "$$",
        "$$\n",
        "$$\n\n",
        "<!--\n",
        "가 <!--\n<x>\n-->\n",
        "<a b=\"",
        "<a b='<a b=\"",
        "<x><y>\n</x>\n",
        "가 <r>\n<x>\n</r>\n",
        "<script>\n",
        "<?\n",
        "{::comment}\n",
        "{: .a }\n",
        "{:",
        "- 가\n",
        "- ",
        "  - 가\n\n",
        "    가\n\n",
        "    가\n나\n\n",
        "| a |\n",
        "| a |\n|-\n",
        "가\n: 나\n\n",
        "가\n",
        "가",
        "\n",
        " ",
        "\t",
        "가\n---\n",
        "***",
        "^\n",
        "<",
        "<div\n",
        "<b>\n",
        "1. 가\n\n   나\n",
    ];
    for unit in units {
        let text = |bytes: usize| unit.repeat(bytes / unit.len());
        let (small, large) = (text(1 << 17), text(1 << 19));
        // Work that grows with the square takes sixteen times as long, each time; a busy machine does
        // not stay so.
        let linear = (0..8).any(|_| micros(&large) < 8 * micros(&small) + 20_000);
        assert!(linear, "{unit:?}: {} µs, then {} µs", micros(&small), micros(&large));
    }
}

#[test]
fn a_line_of_ten_megabytes_is_one_block() {
    let text = "가".repeat(10 << 18);
    assert_eq!(scan(&text, 0).blocks.len(), 1);
    let text = format!("> {text}\n# {text}\n");
    assert_eq!(scan(&text, 0).blocks.len(), 2);
}
