//! Posts that somebody else wrote, to do harm: what they say is text, and takes no longer than text.

use std::time::{Duration, Instant};

use dapanji_api::{Language, Notebook};
use serde_json::Value;

use crate::support::{TestLibrary, Unseen, answer, compare, export, search};

/// Ways to run or to load something.
const HARM: [&str; 14] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">글</a>",
    "[글](javascript:alert(1))",
    "[글](data:text/html,<script>alert(1)</script>)",
    "<svg onload=alert(1)></svg>",
    "<iframe src=http://127.0.0.1:1></iframe>",
    "<style>@import url(http://127.0.0.1:1);</style>",
    "<p style=\"background:url(http://127.0.0.1:1)\">글</p>",
    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:1\">",
    "![그림](http://127.0.0.1:1/a.png)",
    "<img srcset=\"http://127.0.0.1:1/a.png 2x\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form action=http://127.0.0.1:1><button>글</button></form>",
];

/// A post with the text in all of its parts.
fn post(text: &str) -> String {
    let quoted = text.replace('\n', "\n> ");
    let line = text.replace('\n', " ");
    format!(
        "---\ntitle: {title}\n---\n머리말 {text}\n\n# 2025.05.01\n\n## {line}이란?\n\
         > 카테고리: {line}, {line}\n> 힌트: {quoted}\n\n### 답변\n{text}\n\n### {line}\n{text}\n\n\
         > ##### 모범 답안\n> [{line}이라면?]\n> {quoted}\n{{: .block-tip }}\n",
        title = serde_json::to_string(text).unwrap(),
    )
}

/// Every text of an answer that is HTML, by its field.
fn html_of(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name.ends_with("html") => found.push(text.clone()),
                    Value::Array(texts) if name.ends_with("html") => {
                        found.extend(texts.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    value => html_of(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| html_of(value, found)),
        _ => {}
    }
}

fn pages(notebook: &Notebook) -> Vec<Value> {
    let mut pages = Vec::new();
    for post in &notebook.list().posts {
        pages.push(serde_json::to_value(notebook.post(&post.path).unwrap()).unwrap());
        for entry in post.days.iter().flat_map(|day| &day.entries) {
            pages.push(serde_json::to_value(notebook.page(&entry.id).unwrap()).unwrap());
            let text = notebook.render(&entry.answer.text);
            pages.push(serde_json::json!({ "html": text }));
        }
    }
    pages
}

#[test]
fn the_html_of_every_page_is_harmless() {
    for text in HARM {
        let library = TestLibrary::new(&[("a.md", &post(text))]);
        let notebook = library.open();
        let mut found = Vec::new();
        for page in pages(&notebook) {
            html_of(&page, &mut found);
        }
        assert!(found.len() >= 4, "{text}: {found:?}");
        for html in found {
            let tags = html.to_ascii_lowercase();
            // Inside of tags alone: what is shown may say anything.
            for tag in tags.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default())
            {
                for bad in [
                    "script",
                    "style",
                    "src",
                    "=on",
                    " on",
                    "javascript",
                    "data:",
                    "iframe",
                    "form",
                ] {
                    assert!(!tag.contains(bad), "{bad} in {html}");
                }
            }
        }
    }
}

/// A megabyte is read, found, compared, answered and printed within the time a user waits for it.
#[test]
fn a_megabyte_of_nested_html_is_a_text_like_others() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<div>\n\n", ""),
        ("<b>", "</b>"),
        (">", ""),
        ("<svg><g>", ""),
        ("<a x='", "'>"),
    ] {
        let nested = |length: usize| {
            let count = length / open.len();
            format!("글 {}속말{}", open.repeat(count), close.repeat(count))
        };
        let text = nested(500_000);
        let begin = Instant::now();
        let library = TestLibrary::new(&[
            ("a.md", &post(&text)),
            ("b.md", "# 2025.05.02\n## 큐란?\n### 답변\n줄입니다.\n"),
        ]);
        let notebook = library.open();
        pages(&notebook);
        assert_eq!(notebook.search(&search("줄입니다")).unwrap().hits.len(), 1, "{open}");
        let ids: Vec<String> = notebook
            .list()
            .posts
            .iter()
            .flat_map(|post| post.days.iter().flat_map(|day| &day.entries))
            .map(|entry| entry.id.clone())
            .collect();
        for id in &ids {
            notebook.compare(&compare(id)).unwrap();
        }
        let other = ids.last().unwrap();
        notebook.answer(&answer(other, "새 줄입니다.")).unwrap();
        let body = format!("# 2025.05.01\n## 락이란?\n### 답변\n{}\n", nested(100_000));
        let library = TestLibrary::new(&[("a.md", &body)]);
        let out = library.path("책.pdf");
        library.open().export(&export(&out), Language::Ko, &Unseen).unwrap();
        assert!(begin.elapsed() < Duration::from_secs(120), "{open}: {:?}", begin.elapsed());
    }
}
