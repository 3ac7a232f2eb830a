//! Laws of reading, over posts made of shuffled lines and, where they are at hand, over real ones.

use super::*;
use crate::scan;

/// Lines of every layout.
fn line() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# 2025.05.01",
        "# 2025-05-02 (금) 회고  ",
        "## 2025/5/3",
        "# 면접 질문",
        "# 제목",
        "## 질문입니까?",
        "## 질문: 가",
        "## Q1. **나**?",
        "## 네트워크",
        "### 소제목?",
        "### 답변",
        "## 답변  ",
        "### 모범 답안",
        "### 꼬리 질문",
        "#### 정리 {#id}",
        "> ##### 모범 답안",
        "> 답변",
        "> 답변: 라",
        "> 꼬리질문",
        "> 배경",
        "> ",
        ">",
        "> [신입이라면?]  ",
        "> 글 > 글",
        "> 카테고리: A, B",
        "> **힌트**: 다",
        "카테고리: 마",
        "힌트: 바",
        "Keyword: 사",
        "Answer: 아",
        "답변 :",
        "**답변**",
        "**모범 답안**",
        "**A.** 자",
        "Q : 차?",
        "A : 카",
        "1. ### 타?",
        "   파",
        "10. ### 하",
        "    들여쓴 글",
        "* 거?",
        "* 너?",
        "  * 더?",
        "- 러",
        "* [머?](#1)",
        "* [버?](#2)",
        "### #1",
        "### 2.",
        "<a name=\"1\"></a>",
        "## Answers",
        "{: .block-tip }",
        "---",
        "***",
        "<br>",
        "```",
        "~~~~",
        "<details><summary>모범 답안</summary>",
        "<details><summary>답변 보기</summary>서</details>",
        "</details>",
        "<!--",
        "-->",
        "===",
        "글입니다.",
        "끝 ??...",
        "",
        "",
        "",
        "\u{feff}",
        "\u{a0}",
        "\u{200b}",
        "가\u{0}나",
        "\t탭",
    ])
}

fn post() -> impl Strategy<Value = String> {
    let eol = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::collection::vec((line(), eol), 0..40), any::<bool>()).prop_map(|(lines, last)| {
        let mut text = String::new();
        let count = lines.len();
        for (at, (line, eol)) in lines.into_iter().enumerate() {
            text.push_str(line);
            text.push_str(if at + 1 < count || last { eol } else { "" });
        }
        text
    })
}

fn parts(entry: &Entry) -> Vec<&Part> {
    let mut parts = vec![&entry.question, &entry.answer.body];
    parts.extend(entry.category_line.as_ref());
    parts.extend(entry.hint.as_ref());
    if let Some(model) = &entry.model_answer {
        parts.extend(model.variants.iter().map(|v| &v.body));
    }
    parts.extend(entry.sections.iter().map(|s| &s.body));
    parts
}

/// Parts lie inside their entry, apart from each other, and their text is that of the post without
/// the margins.
fn check_parts(post: &Post) {
    let text = post.text();
    for (_, entry) in post.entries() {
        let inside = |span: &Span| {
            let within = |of: &Span| span.start >= of.start && span.end <= of.end;
            within(&entry.span) || entry.answer_span.as_ref().is_some_and(within)
        };
        let mut parts = parts(entry);
        parts.sort_by_key(|p| (p.span.start, p.span.end));
        let mut end = 0;
        for part in parts {
            assert!(inside(&part.span), "{part:?} lies inside {entry:?}\n{text}");
            assert!(part.span.start >= end, "{part:?} overlaps in {entry:?}\n{text}");
            end = part.span.end;
            let source = text.get(part.span.clone()).expect("on character bounds");
            let read = post.part_text(part);
            assert_eq!(read.split('\n').count(), source.split('\n').count());
            for (read, source) in read.split('\n').zip(source.split('\n')) {
                let margin = source.strip_suffix(read).expect("a line ends as it stands");
                assert!(margin.bytes().all(|b| b" \t>".contains(&b)), "{margin:?} is margin");
            }
        }
    }
}

/// Every byte that is not blank belongs to exactly one of: front matter, the heading of a day, an
/// entry, a section, or what separates them.
fn check_tiling(post: &Post) {
    let text = post.text();
    let mut spans: Vec<Span> = Vec::new();
    spans.extend(post.front_matter().map(|f| f.span.clone()));
    for day in post.days() {
        spans.extend(day.heading.clone());
        for entry in &day.entries {
            spans.push(entry.span.clone());
            spans.extend(entry.answer_span.clone());
            assert!(entry.span.start >= day.span.start && entry.span.end <= day.span.end);
        }
    }
    for section in post.sections() {
        spans.push(section.heading.clone());
        spans.push(section.body.span.clone());
    }
    spans.retain(|span| !span.is_empty());
    spans.sort_by_key(|span| (span.start, span.end));
    // Of a conflict only the first side is read.
    let mut shown = text.to_owned();
    for c in post.conflicts() {
        for beside in [c.span.start..c.ours.text.start, c.ours.text.end..c.span.end] {
            shown.replace_range(beside.clone(), &" ".repeat(beside.len()));
        }
    }
    let mut end = 0;
    let mut left = String::new();
    for span in spans {
        assert!(span.start >= end, "{:?} is in two\n{text}", text.get(span));
        left.push_str(shown.get(end..span.start).expect("on character bounds"));
        left.push('\n');
        end = span.end;
    }
    left.push_str(shown.get(end..).expect("on character bounds"));
    for line in left.lines() {
        let line = line.trim_matches(['\u{feff}', ' ', '\t', '\r']);
        let underline = !line.is_empty() && line.bytes().all(|b| b == b'=' || b == b'-');
        let separates = scan::is_rule(line)
            || scan::is_break(line)
            || scan::is_attribute_list(line)
            || underline
            || line.is_empty();
        assert!(separates, "{line:?} belongs to nothing in\n{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn parts_lie_in_their_entry_and_everything_belongs_to_one_thing(text in post()) {
        let post = Post::parse(text);
        check_parts(&post);
        check_tiling(&post);
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that was skipped says so")]
fn laws_hold_for_real_posts() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS") else {
        eprintln!("skipped: DAPANJI_CORPUS names no folder of posts");
        return;
    };
    let mut folders = vec![std::path::PathBuf::from(corpus)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let post = Post::parse(text);
                check_parts(&post);
                check_tiling(&post);
            }
        }
    }
}

/// Inputs that a search from every line or heading on would make quadratic.
#[test]
fn hard_layouts_are_linear() {
    for piece in [
        "* 가?\n",
        "* 가?\n  * 나?\n",
        "1. ### 가?\n   나\n",
        "* [가?](#1)\n",
        "Q: 가?\nA: 나\n\n",
        "Q: 가?\n",
        "A: 나\n",
        "**답변**\n",
        "Keyword: 가\n",
        "<a name=\"1\"></a>\n",
        "## 가\nQ: 나?\n",
        "## 2025.05.01\n",
        "## 2025.05.01\n### 나\n",
        "## 가\n<details><summary>답변</summary>나</details>\n",
        "> 답변\n\n",
        "> 힌트: 가\n",
        "### 답변\n",
        "#### 나\n### 답변\n",
        "### #1\n",
    ] {
        for head in ["", "# 2025.05.01\n", "# 면접 질문\n"] {
            let text = format!("{head}{}", piece.repeat(10_000));
            let post = Post::parse(text);
            assert!(post.text().len() > 50_000);
        }
    }
    let nested: String = (0..3000).map(|at| format!("{}* 가?\n", " ".repeat(at))).collect();
    let numbered: String = (0..30_000).map(|n| format!("* [가?](#{n})\n")).collect();
    let answers: String = (0..30_000).map(|n| format!("### #{n}\n나\n")).collect();
    Post::parse(nested);
    let post = Post::parse(format!("# 질문\n{numbered}\n# 답변\n{answers}"));
    assert_eq!(post.entries().count(), 30_000);
    assert!(post.entries().all(|(_, e)| e.answer_span.is_some()));
    for start in
        ["Answer: ", "* ", "1. ### ", "> 답변: ", "## ", "**", "Q: ", "[", "<details><summary>"]
    {
        Post::parse(format!("# 2025.05.01\n## 가?\n{start}{}", "가 ".repeat(1_000_000)));
    }
}
