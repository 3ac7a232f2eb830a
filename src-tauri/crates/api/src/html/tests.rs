use std::time::{Duration, Instant};

use super::*;

fn check(markdown: &str, expect: &str) {
    assert_eq!(render(markdown).trim(), expect, "{markdown}");
}

#[test]
fn markdown_becomes_html() {
    check("**락**은\n- 하나", "<p><strong>락</strong>은</p>\n<ul>\n<li>하나</li>\n</ul>");
    check("글\n{: .block-tip }", "<p>글</p>");
    check("```\n{: .a }\n```", "<pre><code>{: .a }\n</code></pre>");
    check("- [x] 끝\n- [ ] 남음", "<ul>\n<li>☑ 끝</li>\n<li>☐ 남음</li>\n</ul>");
    check("[글](http://a.b \"다른 곳\")", &link("http://a.b", "글"));
    check("<https://a.b/?x=1&y=2>", &link("https://a.b/?x=1&amp;y=2", "https://a.b/?x=1&amp;y=2"));
    check("[편지](mailto:a@b.c)", &link("mailto:a@b.c", "편지"));
    check("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>");
}

fn link(address: &str, text: &str) -> String {
    format!("<p><a href=\"{address}\" rel=\"noopener noreferrer\">{text}</a></p>")
}

#[test]
fn written_html_keeps_what_is_harmless() {
    check("H<sub>2</sub>O<br/>물", "<p>H<sub>2</sub>O<br>물</p>");
    check(
        "<details>\n<summary>접힘</summary>\n\n**속**\n\n</details>\n\n밖",
        "<details>\n<summary>접힘</summary>\n<p><strong>속</strong></p>\n</details>\n<p>밖</p>",
    );
    check(
        "<table><tr><td colspan='2' onclick=x>가</td><td rowspan=9999>나</td></table>",
        "<table><tbody><tr><td colspan=\"2\">가</td><td>나</td></tr></tbody></table>",
    );
    check("<p>하나<p>둘", "<p>하나</p><p>둘</p>");
    check("<A HREF='http://a.b?x=1&amp;y' TARGET=_top>글</A>", &link("http://a.b?x=1&amp;y", "글"));
    check("<div title=\"a > b\">글</div>", "<div>글</div>");
    check("<!-- 숨김 -->글", "글");
    check("a<b 그리고 c>d", "<p>a&lt;b 그리고 c&gt;d</p>");
    check("<div>\n1 < 2 <3\n</div>", "<div>\n1 &lt; 2 &lt;3\n</div>");
    check("`<b>`", "<p><code>&lt;b&gt;</code></p>");
    check("List<String> 목록", "<p>List 목록</p>");
}

#[test]
fn an_element_ends_where_what_is_around_it_ends() {
    check("- <b>하나\n- 둘", "<ul>\n<li><b>하나</b></li>\n<li>둘</li>\n</ul>");
    check("</div></p>글", "글");
    check("> <div>\n\n글", "<blockquote>\n<div>\n</div></blockquote>\n<p>글</p>");
    check("글 <script>숨김\n\n다음", "<p>글 </p>\n<p>다음</p>");
}

#[test]
fn pictures_are_their_descriptions() {
    check("![그림](a/b.png)", "<p><i data-picture=\"a/b.png\">그림</i></p>");
    check("![](a/b.png?x#y)", "<p><i data-picture=\"a/b.png?x#y\">b.png</i></p>");
    check("![]({{ site.url }}/b.png)", "<p>![]({{ site.url }}/b.png)</p>");
    check("![그림](//a.b/c.png)", "<p><i>그림</i></p>");
    check("![그림](file:///etc/c.png)", "<p><i>그림</i></p>");
    check("![](data:image/png;base64,AAAA)", "<p><i></i></p>");
    check("![그림](http://a.b/c.png)", &link("http://a.b/c.png", "<i>그림</i>"));
    check("[![그림](http://a.b/c.png)](http://d.e)", &link("http://d.e", "<i>그림</i>"));
    check(
        "<img src=x.png alt='가 &lt; 나' onerror=alert(1)>",
        "<i data-picture=\"x.png\">가 &lt; 나</i>",
    );
    check(
        "글 <img src=\"https://a.b/c.png\">",
        &link("https://a.b/c.png", "<i>c.png</i>").replace("<p>", "<p>글 "),
    );
}

#[test]
fn code_says_its_language_and_a_formula_that_it_is_one() {
    check("```java\nint a;\n```", "<pre><code class=\"language-java\">int a;\n</code></pre>");
    check("```java title=x\na\n```", "<pre><code class=\"language-java\">a\n</code></pre>");
    check("```a\"b onclick=x\na\n```", "<pre><code>a\n</code></pre>");
    check("$O(n^2)$ 시간", "<p><span class=\"math math-inline\">O(n^2)</span> 시간</p>");
    check("$$a < b_1$$", "<p><span class=\"math math-display\">a &lt; b_1</span></p>");
    check("값은 $5이고 $10이다", "<p>값은 $5이고 $10이다</p>");
    check("$HOME/$USER", "<p>$HOME/$USER</p>");
    check("<span class=\"math math-inline\">x</span>", "<p><span>x</span></p>");
    check("<code class=\"language-java\">x</code>", "<p><code>x</code></p>");
    check("<i data-picture=x.png>x</i>", "<p><i>x</i></p>");
}

#[test]
fn nothing_runs_and_nothing_is_fetched() {
    check("<script>alert(1)</script>글", "글");
    check("글<script>alert(1)</script>", "<p>글</p>");
    check("<style>@import url(http://a.b);</style>글", "글");
    check("<p onclick=\"x()\" style=\"background:url(http://a.b)\">글</p>", "<p>글</p>");
    check("[글](javascript:alert(1))", "<p><a rel=\"noopener noreferrer\">글</a></p>");
    for bad in [
        "javascript:x",
        "JaVaScRiPt:x",
        "java&#10;script:x",
        "&#x6A;avascript:x",
        "\u{1}javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "tauri://localhost",
        "ipc://localhost",
        "//a.b/c",
        "/etc/passwd",
        "a.md",
        "#top",
        "intent:x",
    ] {
        for text in [format!("<a href=\"{bad}\">글</a>"), format!("[글](<{bad}>)")] {
            let html = render(&text);
            assert!(!html.contains("href"), "{text}: {html}");
        }
    }
    for gone in [
        "<iframe src=\"http://a.b\"></iframe>",
        "<iframe srcdoc=\"&lt;script>x&lt;/script>\"></iframe>",
        "<object data=\"http://a.b\"></object>",
        "<embed src=\"http://a.b\">",
        "<meta http-equiv=refresh content=\"0;url=http://a.b\">",
        "<base href=\"http://a.b\">",
        "<link rel=stylesheet href=\"http://a.b\">",
        "<form action=\"http://a.b\"><input name=x autofocus onfocus=y><button formaction=z></button></form>",
        "<svg onload=x><use href=\"http://a.b\"/><animate attributeName=href values=javascript:x /></svg>",
        "<math><maction actiontype=statusline xlink:href=javascript:x></maction></math>",
        "<video src=http://a.b poster=http://a.b><source srcset=http://a.b></video>",
        "<audio src=http://a.b autoplay></audio>",
        "<template><script>x</script></template>",
        "<frameset><frame src=http://a.b></frameset>",
        "<portal src=http://a.b></portal><applet code=x></applet><bgsound src=x>",
        "<x-element onclick=y></x-element>",
        "<div><b:script>x</b:script>",
    ] {
        let html = render(gone);
        let kept = html.trim().trim_start_matches('x').trim();
        assert!(matches!(kept, "" | "<p></p>" | "<div>x</div>"), "{gone}: {html}");
    }
}

/// Texts that other sanitizers have let through after parsing twice.
#[test]
fn shapes_that_change_when_they_are_read_again() {
    for text in [
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<svg><desc><noembed><a title=\"</noembed><img src=x onerror=alert(1)>\">",
        "<textarea><img title=\"</textarea><img src onerror=alert(1)>\">",
        "<xmp><a title=\"</xmp><img src onerror=alert(1)>\">",
        "<title><a title=\"</title><img src onerror=alert(1)>\">",
        "<!--><img src onerror=alert(1)>-->",
        "<!-- --!><img src onerror=alert(1)>",
        "<![CDATA[><img src onerror=alert(1)>]]>",
        "<?xml ><img src onerror=alert(1)>",
        "<a href=\"http://a.b/&quot; onclick=&quot;alert(1)\">글</a>",
        "<a href='http://a.b/\" onclick=\"alert(1)'>글</a>",
        "<a href=`http://a.b`onclick=alert(1)>글</a>",
        "<a\u{c}href=http://a.b\u{c}onclick=alert(1)>글</a>",
        "<img alt='\"><script>alert(1)</script>' src=http://a.b/\"onerror=alert(1)>",
        "<table><a href=http://a.b><td><style>*{x:url(http://a.b)}</style></a>",
        "![a\\\"onerror=alert(1)](http://a.b/\\\"onerror=alert(1))",
        "<<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<div\n\n><script>alert(1)</script>",
        "<a title=\"\n\n\"><script>alert(1)</script>",
    ] {
        assert_harmless(text);
    }
}

/// What comes out has known elements and attributes alone, and stays what it is when it is parsed and
/// written once more, as the page does to mark words.
#[track_caller]
fn assert_harmless(text: &str) {
    let html = render(text);
    let mut rest = html.as_str();
    while let Some((_, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or_else(|| panic!("{text}: {html}"));
        rest = after;
        let tag = tag.trim_start_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(raw::ELEMENTS.contains(&name), "{name} in {html}, of {text}");
        for attribute in attributes.split("\" ").filter(|attribute| !attribute.is_empty()) {
            let (name, value) = attribute.split_once("=\"").unwrap_or((attribute, ""));
            let allowed = match name {
                "href" => {
                    let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
                    raw::SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known))
                }
                // Formulas are told by their class, which no text of a post can set.
                "class" => FORMULAS.contains(&value.trim_end_matches('"')),
                // Loads nothing by itself: the file is asked of the backend, which reads inside the folder.
                "data-picture" => !raw::is_remote(value),
                "rel" | "start" | "colspan" | "rowspan" => true,
                _ => false,
            };
            assert!(allowed, "{attribute:?} in {html}, of {text}");
        }
    }
    assert_eq!(SANITIZER.clean(&html).to_string(), html, "{text}");
}

/// A megabyte that takes a naive parser minutes takes this one a moment.
#[test]
fn time_grows_with_the_length_alone() {
    let numbered = |of: fn(usize) -> String| (0..30_000).map(of).collect::<String>();
    let texts = [
        "<div>".repeat(200_000),
        "<div>글".repeat(100_000),
        "<div>\n\n".repeat(100_000),
        format!("글{}", "<b>".repeat(300_000)),
        format!("{}{}", "<div>".repeat(100_000), "</p>".repeat(100_000)),
        format!("<div>{}{}", numbered(|n| format!("<font color={n}>")), "<p>".repeat(100_000)),
        format!("<div {}>", numbered(|n| format!("a{n} "))),
        "<div>\n".to_owned() + &"<a x=\"".repeat(100_000),
        "<div>\n".to_owned() + &"<a ' \"".repeat(100_000),
        ">".repeat(1_000_000),
        "> - ".repeat(200_000),
        "<svg><g>".repeat(100_000),
        "<".repeat(300_000),
    ];
    for text in texts {
        let begin = Instant::now();
        let html = render(&text);
        let begun: String = text.chars().take(20).collect();
        assert!(html.len() < 8 * text.len(), "{begun}: {} bytes", html.len());
        // Half an hour and more without the limits.
        assert!(begin.elapsed() < Duration::from_secs(60), "{begun}: {:?}", begin.elapsed());
    }
}

mod laws {
    use proptest::prelude::*;

    use super::assert_harmless;

    /// Pieces that sanitizers have stumbled over.
    fn piece() -> impl Strategy<Value = String> {
        prop::sample::select(vec![
            "<",
            ">",
            "/",
            "\"",
            "'",
            "=",
            "`",
            " ",
            "\n",
            "\n\n",
            "&",
            "&lt;",
            "&quot;",
            "&#10;",
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "<?",
            "?>",
            "<a href=",
            "http://a.b",
            "javascript:x",
            "<script>",
            "</script>",
            "<style>",
            "</style>",
            "<svg>",
            "<math>",
            "<mtext>",
            "<table>",
            "<td>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<img src=x ",
            "onerror=x",
            "<noscript>",
            "<textarea>",
            "<title>",
            "<details>",
            "<br/>",
            "<iframe ",
            "[글](",
            "![",
            "](",
            ")",
            "**",
            "> ",
            "- ",
            "    ",
            "```",
            "|",
            "|-|\n",
            "글",
            "\u{0}",
            "\u{c}",
            "{: .a }",
            "[^1]",
            ": ",
        ])
        .prop_map(str::to_owned)
    }

    proptest! {
        #[test]
        fn nothing_unknown_comes_out(pieces in prop::collection::vec(piece(), 0..24)) {
            assert_harmless(&pieces.concat());
        }

        #[test]
        fn any_text_is_rendered(text in any::<String>()) {
            assert_harmless(&text);
        }
    }
}
