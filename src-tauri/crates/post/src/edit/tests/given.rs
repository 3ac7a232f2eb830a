//! Generated posts.

use proptest::prelude::*;

/// Lines that make posts of every kind when shuffled.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# 2025.05.01",
        "# 2025-05-02  ",
        "## 질문입니까?",
        "## 질문: 가",
        "### 답변",
        "### 답변  ",
        "## 답변",
        "### 모범 답안",
        "> ##### 모범 답안",
        "> ",
        ">",
        "> [신입이라면?]  ",
        "> 글 > 글",
        "{: .block-tip }",
        "---",
        "<br>",
        "```",
        "```js",
        "# 제목",
        "글입니다.",
        "끝 ??...",
        "",
        "",
        "",
        "> 카테고리: A, B",
        "> 힌트: 다",
        "- 목록",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "===",
        "| 표 |",
        "    들여쓴 글",
        "\u{feff}",
        "가\u{0}나",
        "~~~~",
    ])
}

pub(super) fn post() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 0..40), prop::sample::select(vec!["\n", "\r\n"]), any::<bool>())
        .prop_map(|(lines, eol, last)| lines.join(eol) + if last { eol } else { "" })
}

/// Texts, nasty ones among them.
pub(super) fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => "[가-힣a-z]{1,6}",
        2 => line().prop_map(str::to_owned),
        1 => Just(String::new()),
        1 => "[>#`~{:}<|\\[\\] \t-]{0,6}",
        1 => "[가-힣]{1,3}\r[가-힣]{1,3}",
    ];
    let eol = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    (prop::collection::vec(line, 0..6), eol).prop_map(|(lines, eol)| lines.join(eol))
}
