//! What each kind of block is cut to.

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
