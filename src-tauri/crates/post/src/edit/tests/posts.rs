//! New posts and their names.

use jiff::civil::date;

use crate::{Post, new_post, new_post_name};

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
