//! New posts and their names.

use jiff::civil::date;

use crate::{NewEntry, Post, new_post, new_post_name};

#[test]
fn front_matter_follows_the_sibling() {
    let day = date(2025, 5, 19);
    let check = |sibling: &str, title: Option<&str>, wanted: &str| {
        assert_eq!(new_post(Some(&Post::parse(sibling)), day, title), wanted, "{sibling}");
    };
    let own = "---\ntitle: 하루 세 문제\nauthor: 이연습\ndate: 2025-03-03\ncategory: interview\nlayout: post\ntoc:\n    \
               enabled: true\n---  \n\n# 2025.03.03\n## 가?\n";
    check(
        own,
        Some("다시: 시작"),
        "---\ntitle: \"다시: 시작\"\nauthor: 이연습\ndate: 2025-05-19\ncategory: interview\nlayout: post\ntoc:\n    \
         enabled: true\n---  \n\n",
    );
    check(
        own,
        None,
        &own.replace("2025-03-03\nc", "2025-05-19\nc").replace("# 2025.03.03\n## 가?\n", ""),
    );
    check(
        "---\r\nlayout : post\r\ntitle : \"2025.04.09 면접\"  # 제목\r\ndate : 2025-04-09 21:30:00 +0900\r\n\
         last_modified_at : 2025-04-10\r\npermalink: /a/\r\ntags :\r\n  - 면접\r\n---\r\n글\r\n",
        None,
        "---\r\nlayout : post\r\ntitle : \"2025.05.19 면접\"  # 제목\r\ndate : 2025-05-19 00:00:00 +0900\r\n\
         tags :\r\n  - 면접\r\n---\r\n",
    );
    check(
        "---\ntitle: 'a'\ndescription: >\n  여러\n  줄\ndate: '2025-04-09T10:00:00+09:00'\n---\n",
        Some("it's"),
        "---\ntitle: 'it''s'\ndate: '2025-05-19T00:00:00+09:00'\n---\n\n",
    );
    // Not valid YAML, and followed all the same.
    check(
        "---\ntitle: [정보처리] 1장\ndate: 2025-04-09\n---\n\n글\n",
        Some("[정보처리] 2장"),
        "---\ntitle: \"[정보처리] 2장\"\ndate: 2025-05-19\n---\n\n",
    );
    check("# 제목\n글\n", Some("가"), "");
    assert_eq!(new_post(None, day, Some("가 나")), "---\ntitle: 가 나\ndate: 2025-05-19\n---\n\n");
}

#[test]
fn a_new_post_reads_as_what_it_was_made_of() {
    for title in
        ["가", "a: b", "# 제목", "'따옴표'", "\"둘\"", "- 목록", "{{ .Date }}", "`코드`", "true"]
    {
        for sibling in [
            "---\ntitle: 글\ndate: 2025-01-01\n---\n",
            "---\ntitle: \"글\"\n---\n",
            "---\ntitle: '글'\n---\n",
        ] {
            let text = new_post(Some(&Post::parse(sibling)), date(2025, 5, 19), Some(title));
            let post = Post::parse(text.as_str());
            assert_eq!(post.title(), Some(title), "{text}");
            assert!(post.diagnostics().is_empty(), "{text}");
        }
    }
}

#[test]
fn names_are_safe_and_short() {
    let day = date(2025, 5, 19);
    for (title, sibling, name) in [
        (Some("하루 세 문제: REST/HTTP?"), None, "2025-05-19-하루-세-문제-rest-http.md"),
        (Some("../../etc"), None, "2025-05-19-etc.md"),
        (Some("하루 문제"), Some("2025-04-09-daily_interview.md"), "2025-05-19-하루_문제.md"),
        (None, Some("2025-04-09-daily_interview.markdown"), "2025-05-19-daily_interview.markdown"),
        (Some("!?"), None, "2025-05-19-daily-interview.md"),
        (None, None, "2025-05-19-daily-interview.md"),
        (Some("\u{1112}\u{1161}\u{11ab}글"), None, "2025-05-19-한글.md"),
    ] {
        assert_eq!(new_post_name(day, title, sibling), name);
    }
    let long = new_post_name(day, Some(&"가나 ".repeat(200)), None);
    assert!(long.len() <= 200 && long.ends_with("가.md") || long.ends_with("나.md"), "{long}");
}

#[test]
fn the_first_entry_of_a_post_follows_the_sibling() {
    let day = date(2025, 5, 19);
    let new = NewEntry {
        question: "새 질문?".to_owned(),
        category: Some("운영체제".to_owned()),
        ..NewEntry::default()
    };
    let check = |sibling: &str, of_file: Option<_>, wanted: &str| {
        let sibling = Post::parse(sibling);
        let post = Post::parse(new_post(Some(&sibling), day, None));
        let edits = post.add_entry_beside(Some(&sibling), day, of_file, &new).unwrap();
        assert_eq!(edits.apply(post.text()), wanted, "{}", sibling.text());
    };
    let front = |of_day: &str| format!("---\ntitle: 글\ndate: {of_day}\n---\n\n");
    let entry = |number: &str, question: &str, category: &str, answer: &str| {
        format!(
            "## {number}{question}  \n> **카테고리** : {category}\n\n### 내 답변  \n{answer}\n> ##### 모범 답안\n> 추후 작성\n{{: .block-warning }}\n"
        )
    };
    // Days that the front matter dates, and questions counted in each post.
    check(
        &format!(
            "{}{}\n{}",
            front("2025-04-10"),
            entry("Q1. ", "스택이란?", "자료구조, 선형", "\n나중에 넣은 것\n"),
            entry("Q2. ", "큐란?", "자료구조, 선형", "\n먼저 넣은 것\n"),
        ),
        None,
        &format!("{}{}", front("2025-05-19"), entry("Q1. ", "새 질문?", "운영체제", "")),
    );
    // Headed days, questions counted through all posts, CRLF.
    let headed = |day: &str, of_entry: String| {
        format!("---\ntitle: 글\n---\n\n## {day} (월)\n\n{}", of_entry.replacen("##", "###", 2))
            .replace('\n', "\r\n")
    };
    check(
        &headed("2025/04/14", entry("Q41. ", "큐란?", "자료구조, 선형", "")),
        Some(day),
        &headed("2025/05/19", entry("Q42. ", "새 질문?", "운영체제", "")),
    );
}
