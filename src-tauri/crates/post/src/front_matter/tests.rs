use super::*;

/// Reads a text, and writes what was read and told, a line each.
fn shown(text: &str) -> String {
    let mut found = Vec::new();
    let from = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let front = read(text, from, &mut found);
    let mut lines = Vec::new();
    match front {
        None => lines.push("none".to_owned()),
        Some(front) => {
            let rest = text.get(front.span.end..).unwrap();
            lines.extend(front.title.map(|title| format!("title {title}")));
            lines.extend(front.author.map(|author| format!("author {author}")));
            lines.extend(front.date.map(|date| format!("date {date}")));
            lines.extend((!front.tags.is_empty()).then(|| format!("tags {:?}", front.tags)));
            let categories = &front.categories;
            lines.extend((!categories.is_empty()).then(|| format!("categories {categories:?}")));
            lines.extend((!rest.is_empty()).then(|| format!("rest {rest:?}")));
        }
    }
    for Diagnostic { line, code, message } in found {
        lines.push(format!("{line} {}: {message}", code.as_str()));
    }
    lines.join("\n")
}

#[track_caller]
fn check(text: &str, expect: &str) {
    let expect: Vec<&str> = expect.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(shown(text).lines().collect::<Vec<_>>(), expect, "\n{text}");
    // Line endings change neither what is read nor where.
    if !text.contains('\r') && !text.contains("rest") {
        let crlf = shown(&text.replace('\n', "\r\n")).replace("\\r\\n", "\\n");
        assert_eq!(crlf.lines().collect::<Vec<_>>(), expect, "with CRLF\n{text}");
    }
}

#[test]
fn begins_and_ends() {
    check("---\ntitle: 가\n---\n본문\n", "title 가\nrest \"본문\\n\"");
    check("---\ntitle: 가\n---  \n", "title 가");
    check("---\ntitle: 가\n...\n", "title 가");
    check("---\ntitle: 가\n---", "title 가");
    check("\u{feff}---\ntitle: 가\n---\n", "title 가");
    check("---\n---\n", "");
    check("---\n\n---\n", "");
    check("---\n# layout: post\n---\n", "");
    check("본문\n---\n", "none");
    check("", "none");
    check("----\n가: 나\n----\n", "none");
    check(
        "---\ntitle: 가\n\n# 2025.04.10\n",
        "none\n1 front-matter-open: front matter opens with `---` and is never closed; read as text",
    );
    check("---\n본문만 있는 글\n", "none");
}

#[test]
fn a_rule_at_the_top_is_no_front_matter() {
    let told = "none
        1 front-matter-rule: the `---` at the top is read as a rule, as no `key: value` follows; \
        Jekyll takes what follows for front matter";
    check("---\n# 2025.04.10\n## 락이란?\n### 답변\n잠금이다.\n\n---\n", told);
    check("---\n# 2025.04.10\n## Q. 락이란?\n> 카테고리: OS\n\n---\n", told);
    check("---\n\n오늘의 문제를 적는다.\n\n---\n", told);
    check("---\n- 하나\n- 둘\n---\n", told);
    check("---\n## 락\n답: 잠금이다.\n---\n", told);
    check("---\n## 설정\ntitle: 가\n---\n", "title 가");
}

#[test]
fn values_in_every_form() {
    check("---\ntitle : 가\ndate : 2025-04-09\n---\n", "title 가\ndate 2025-04-09");
    check("---\ntitle: \"가: 나\"\n---\n", "title 가: 나");
    check("---\ntitle: >\n  긴\n  제목\n---\n", "title 긴 제목");
    check("---\ntitle: 1.10\n---\n", "title 1.10");
    check("---\ntitle:\nauthor: ''\ndate:\ntags:\n---\n", "");
    check("---\nauthor: [가, 나]\n---\n", "author 가, 나");
    check("---\nauthor:\n  name: 가\n---\n", "author 가");
    for tags in [
        "tags: [가, 나]",
        "tags: 가 나",
        "tags: 가, 나",
        "tags:\n  - 가\n  - 나\n  - 가",
        "tags:\n- 가\n- 나",
        "tag: 가\ntags: 나\n#",
    ] {
        let expect = if tags.starts_with("tag:") {
            r#"tags ["나", "가"]"#
        } else {
            r#"tags ["가", "나"]"#
        };
        check(&format!("---\n{tags}\n---\n"), expect);
    }
    check("---\ntag: 동시성 제어\n---\n", "tags [\"동시성 제어\"]");
    check("---\ntags: null\ncategories: ~\n---\n", "");
    check("---\ntags: [2025, c++, null]\n---\n", r#"tags ["2025", "c++"]"#);
    check("---\ncategory: 면접\ncategories: [CS, 면접]\n---\n", r#"categories ["CS", "면접"]"#);
    check(
        "---\nlayout: post\ntitle: [정보처리기사]\n---\n",
        "title [정보처리기사]
        3 front-matter-value: the title `[정보처리기사]` is no text to YAML; put it in quotes: title: \"[정보처리기사]\"",
    );
}

#[test]
fn dates_in_every_form() {
    for written in [
        "2025-04-09",
        "2025-4-9",
        "\"2025-04-09\"",
        "'2025-04-09 10:00'",
        "2025-04-09 10:00:00 +0900",
        "2025-04-09 23:59:59.5 +09:00",
        "2025-04-09 10:00 +09:30",
        "2025-04-09T10:00:00Z",
        "2025-04-09T10:00:00+09:00",
        "2025-04-09 10:00:00 KST",
        "2025.04.09",
        "2025/04/09",
        "2025년 4월 9일",
        "2025-04-09 # 수요일",
    ] {
        check(&format!("---\ndate: {written}\n---\n"), "date 2025-04-09");
    }
    let no_date = |written: &str, told: &str| {
        let told = format!("3 front-matter-date: `{told}` is no date; write it as 2025-04-09");
        check(&format!("---\nlayout: post\ndate: {written}\n---\n"), &told);
    };
    no_date("2025-13-40", "2025-13-40");
    no_date("2025-02-29", "2025-02-29");
    no_date("2025-04-091", "2025-04-091");
    no_date("어제", "어제");
    no_date("20250409", "20250409");
    no_date("{{ .Date }}", "{{ .Date }}");
    no_date("[2025-04-09]", "[2025-04-09]");
    check(
        "---\ndate: 2025-04-09 25:00:00\n---\n",
        "date 2025-04-09
        2 front-matter-date: `2025-04-09 25:00:00` has no possible time; its date is used",
    );
}

#[test]
fn one_wrong_line_costs_only_itself() {
    let around = |line: &str, reason: &str, reads: &str| {
        let text = format!(
            "---\nlayout: post\nauthor: 나\n{line}\ndate: 2025-04-09\ntags: [가, 나]\ncategories:\n  - CS\n---\n"
        );
        let title = if reads.is_empty() { String::new() } else { format!("title {reads}\n") };
        let at = 4 + line.lines().count() - 1;
        let expect = format!(
            "{title}author 나\ndate 2025-04-09\ntags [\"가\", \"나\"]\ncategories [\"CS\"]\n\
             {at} front-matter: front matter is not valid YAML: {reason}"
        );
        check(&text, &expect);
    };
    let quotes = "put the value in quotes";
    around(
        "title: [정보처리기사] 1단원 - 소프트웨어",
        &format!("a value that begins with `[` is a list to YAML and ends with `]`; {quotes}"),
        "[정보처리기사] 1단원 - 소프트웨어",
    );
    around("summary : 결론: 나", &format!("`: ` inside a value begins another one; {quotes}"), "");
    around(
        "title: `let`과 `const`",
        &format!("a value cannot begin with ```; {quotes}"),
        "`let`과 `const`",
    );
    around(
        "title: @Transactional",
        &format!("a value cannot begin with `@`; {quotes}"),
        "@Transactional",
    );
    around("title: %d 서식", &format!("a value cannot begin with `%`; {quotes}"), "%d 서식");
    around(
        "title: *args란",
        &format!("`*` at the start of a value means something else; {quotes}"),
        "*args란",
    );
    around(
        "title: {{ .Name }} 님",
        &format!("a value that begins with `{{` is a table to YAML; {quotes}"),
        "{{ .Name }} 님",
    );
    around("title: \"가\" 나", "the quote `\"` does not close at the end of the value", "가\" 나");
    around("title: '가", "the quote `'` does not close at the end of the value", "가");
    around("title:가", "a space is missing after the colon of `title:가`", "");
    around(
        "title:\u{a0}가",
        "a no-break space (U+00A0) or another blank stands where a space has to",
        "가",
    );
    around("title: 가\u{8}나", "this line holds a control character (U+0008)", "가\u{8}나");
    around("그냥 쓴 줄", "this line is no `key: value`", "");
    around("meta:\n\tname: 가", "a tab indents this line; YAML takes only spaces", "");
    around("meta:\n  - a: 1\n  - @b", &format!("a value cannot begin with `@`; {quotes}"), "");
}

#[test]
fn several_wrong_lines_are_all_told() {
    check(
        "---\ntitle: [가] 나\ndate: 2025-04-09\nsummary: 가: 나\ntags: [가, 나\n---\n",
        "title [가] 나
        date 2025-04-09
        tags [\"가\", \"나\"]
        2 front-matter: front matter is not valid YAML: a value that begins with `[` is a list to YAML and ends with `]`; put the value in quotes
        4 front-matter: front matter is not valid YAML: `: ` inside a value begins another one; put the value in quotes
        5 front-matter: front matter is not valid YAML: a value that begins with `[` is a list to YAML and ends with `]`; put the value in quotes",
    );
    let many = shown(&format!("---\ntitle: 가\n{}---\n", "x: @a\ny: @b\n".repeat(9)));
    assert_eq!(many.lines().count(), 1 + MAX_PROBLEMS + 1, "{many}");
    assert!(many.ends_with("more lines of the front matter are odd"), "{many}");
}

#[test]
fn keys_that_stand_twice_or_cannot_be_seen() {
    check(
        "---\ntitle: 가\nlayout: post\ntitle: 나\n---\n",
        "title 나
        4 front-matter: front matter is not valid YAML: the key `title` stands in line 2 already; the last one counts, as in Jekyll",
    );
    check(
        "---\nlayout: post\nti\u{200b}tle: 가\ndate\u{a0}: 2025-04-09\n---\n",
        "title 가
        date 2025-04-09
        3 front-matter-key: the key `title` holds a character that cannot be seen; other programs do not find it
        4 front-matter-key: the key `date` holds a character that cannot be seen; other programs do not find it",
    );
}

#[test]
fn unknown_keys_are_kept() {
    let text = "---\nmermaid: true\n나만의 키: {가: 1}\ntitle: [가] 나\n---\n";
    let front = read(text, 0, &mut Vec::new()).unwrap();
    assert_eq!(front.values.get("mermaid"), Some(&Value::Bool(true)));
    assert!(front.values.get("나만의 키").unwrap().is_mapping());
    assert_eq!(front.values.get("title").unwrap().as_str(), Some("[가] 나"));
}

#[test]
fn toml_is_told_and_skipped() {
    check(
        "+++\ntitle = \"가\"\ndate = 2025-04-09T10:00:00+09:00\ntags = [\"나\", \"다\"]\ndraft = false\n+++\n본문",
        "title 가
        date 2025-04-09
        tags [\"나\", \"다\"]
        rest \"본문\"
        2 front-matter-toml: front matter is TOML, which Jekyll does not read; only title, author, date, tags and categories are taken from it",
    );
    check("+++\n글\n+++\n", "none");
    check("+++\n", "none");
}

#[test]
fn no_text_takes_long_or_panics() {
    let deep = |open: &str, close: &str| {
        format!("---\ntitle: 가\nx: {}{}\n---\n", open.repeat(30_000), close.repeat(30_000))
    };
    let laughs: String = (1..30)
        .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", ")))
        .collect();
    let doubled: String =
        (1..9).map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1)).collect();
    let list = format!("a: &a [{}]\n", "1,".repeat(15_000));
    for text in [
        deep("[", "]"),
        deep("{a: ", "}"),
        deep("- ", ""),
        deep("[", ""),
        format!("---\ntitle: 가\na0: &a0 [x, y]\n{laughs}---\n"),
        format!("---\ntitle: 가\na0: &a0 [x, y]\n{doubled}---\n"),
        format!("---\ntitle: 가\n{list}b: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c]\n---\n"),
        format!("---\ntitle: 가\n{list}b: [{}]\n---\n", "*a,".repeat(9_000)),
        format!("---\ntitle: 가\n{}---\n", "x: @\n".repeat(500_000)),
        format!("---\ntitle: 가\n{}---\n", "x: @\n".repeat(10_000)),
        format!("---\ntitle: 가\nx: {}\n---\n", "가".repeat(3_000_000)),
        format!("---\ntitle: 가\nx: \"{}\n---\n", ": ".repeat(3_000_000)),
        format!("---\ntitle: 가\n{}---\n", "? ".repeat(30_000)),
        format!("---\ntitle: 가\n{}---\n", "k: v\n".repeat(12_000)),
        format!("---\ntitle: 가\n{}", "k: v\n".repeat(500_000)),
        format!("---\ntitle: 가\nx: {}\n---\n", "&a ".repeat(20_000)),
    ] {
        // One that took long would run into the limit of .config/nextest.toml.
        if let Some(front) = read(&text, 0, &mut Vec::new()) {
            let begins: String = text.chars().take(60).collect();
            assert_eq!(front.title.as_deref(), Some("가"), "{begins:?}");
        }
    }
}

proptest::proptest! {
    /// Whatever stands between the marks, it is read, its lines are those of the file, and it ends where a mark is.
    #[test]
    fn any_text_is_read(text in "(---|\\+\\+\\+)\n([a-z가: \t\\[\\]{}'\"#&*!|>@`%,\\-\u{a0}\u{200b}\r\u{85}\u{2028}=.0-9]{0,12}\n){0,12}(---|\\.\\.\\.|\\+\\+\\+)?\n?.*") {
        let mut found = Vec::new();
        let front = read(&text, 0, &mut found);
        let lines = text.split('\n').count();
        for diagnostic in found {
            proptest::prop_assert!((1..=lines).contains(&diagnostic.line));
        }
        if let Some(front) = front {
            let inside = text.get(front.span).unwrap();
            let last = inside.trim_end_matches('\n').rsplit('\n').next().unwrap().trim_end();
            proptest::prop_assert!(["---", "...", "+++"].contains(&last));
        }
    }
}
