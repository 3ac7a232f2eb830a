//! Renders a part's markdown as HTML that can do nothing in the window.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};

/// Renders source markdown as sanitized HTML.
///
/// kramdown's attribute lists are left out. Images become their description: the window loads
/// nothing a post names.
pub(crate) fn render(markdown: &str) -> String {
    let mut fenced = false;
    let is_text = |line: &&str| {
        let line = line.trim();
        fenced ^= line.starts_with("```") || line.starts_with("~~~");
        fenced || !(line.starts_with("{:") && line.ends_with('}'))
    };
    let text: String = markdown.split_inclusive('\n').filter(is_text).collect();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES;
    let events = Parser::new_ext(&text, options).map(|event| match event {
        Event::Start(Tag::Image { .. }) => Event::InlineHtml(CowStr::Borrowed("<i>")),
        Event::End(TagEnd::Image) => Event::InlineHtml(CowStr::Borrowed("</i>")),
        event => event,
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events);
    ammonia::Builder::default()
        .rm_tags(["img"])
        .url_relative(ammonia::UrlRelative::Deny)
        .clean(&out)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expect: &str) {
        assert_eq!(render(markdown).trim(), expect, "{markdown}");
    }

    #[test]
    fn markdown_becomes_html() {
        check("**락**은\n- 하나", "<p><strong>락</strong>은</p>\n<ul>\n<li>하나</li>\n</ul>");
        check("글\n{: .block-tip }", "<p>글</p>");
        check("```\n{: .a }\n```", "<pre><code>{: .a }\n</code></pre>");
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        check("<script>alert(1)</script>글", "글");
        check("<p onclick=\"x()\">글</p>", "<p>글</p>");
        check("[글](javascript:alert(1))", "<p><a rel=\"noopener noreferrer\">글</a></p>");
        check("![그림](http://example.com/a.png)", "<p><i>그림</i></p>");
        check("<iframe src=\"http://example.com\"></iframe>", "");
    }
}
