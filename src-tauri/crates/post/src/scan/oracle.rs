//! Compares the scanner with kramdown itself, on posts and on texts made of odd pieces.

#![expect(clippy::print_stderr, reason = "says what it skips")]

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::*;
use crate::front_matter;

/// Where kramdown begins: behind byte order mark and front matter. Where that ends is neither's
/// business (Jekyll takes a rule at the top for front matter, we do not).
fn body(text: &str) -> usize {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    front_matter::read(text, start, &mut Vec::new()).map_or(start, |front| front.span.end)
}

/// What kramdown is asked about, in the form both sides are written in. Lines count from the body.
fn ours(text: &str, dialect: Dialect) -> Vec<String> {
    let from = body(text);
    let line = |offset: usize| text[from..offset].matches('\n').count() + 1;
    let blocks = scan_in(text, from, dialect).blocks;
    let found = blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level, content } => {
            let title = text[content.0..content.1].replace('\r', " ");
            Some(
                format!("h {level} {} {}", line(block.span.start), title.trim())
                    .trim_end()
                    .to_owned(),
            )
        }
        BlockKind::Quote => {
            Some(format!("q {} {}", line(block.span.start), line(block.span.end - 1)))
        }
        _ => None,
    });
    found.collect()
}

/// What kramdown finds in each text; none where it cannot be asked.
fn theirs(texts: &[String]) -> Option<Vec<Vec<String>>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scan/oracle.rb");
    let probe = Command::new("ruby")
        .args(["-e", "require 'kramdown'; require 'kramdown-parser-gfm'"])
        .stderr(Stdio::null())
        .status();
    if !probe.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut ruby = Command::new("ruby")
        .args(["-W0", "-E", "UTF-8"])
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = ruby.stdin.take().unwrap();
    let mut output = String::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for text in texts {
                let body = &text[body(text)..];
                write!(input, "{}\n{body}", body.len()).unwrap();
            }
        });
        ruby.stdout.take().unwrap().read_to_string(&mut output).unwrap();
    });
    assert!(ruby.wait().unwrap().success());
    let mut all = Vec::new();
    let mut found = Vec::new();
    for line in output.lines() {
        if line == "." {
            all.push(std::mem::take(&mut found));
        } else {
            found.push(line.trim_end().to_owned());
        }
    }
    assert_eq!(all.len(), texts.len());
    Some(all)
}

fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            markdown_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "md" || e == "markdown") {
            found.push(path);
        }
    }
}

fn posts() -> Vec<(String, String)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut files = Vec::new();
    markdown_files(&project.join("tests/fixtures"), &mut files);
    markdown_files(&project.join("assets"), &mut files);
    match std::env::var_os("DAPANJI_CORPUS") {
        Some(corpus) => markdown_files(Path::new(&corpus), &mut files),
        None => eprintln!("skipped: DAPANJI_CORPUS names no folder of real posts"),
    }
    files.sort();
    let read = |path: PathBuf| {
        let text = String::from_utf8(std::fs::read(&path).unwrap()).ok()?;
        Some((path.display().to_string(), text))
    };
    files.into_iter().filter_map(read).collect()
}

fn differences(ours: &[String], theirs: &[String]) -> Vec<String> {
    let missing =
        theirs.iter().filter(|t| !ours.contains(t)).map(|t| format!("kramdown only: {t}"));
    let added = ours.iter().filter(|t| !theirs.contains(t)).map(|t| format!("ours only: {t}"));
    missing.chain(added).collect()
}

#[test]
fn posts_are_cut_as_kramdown_cuts_them() {
    let posts = posts();
    let texts: Vec<String> = posts.iter().map(|(_, text)| text.clone()).collect();
    let Some(theirs) = theirs(&texts) else {
        eprintln!("skipped: ruby or kramdown-parser-gfm is not installed");
        return;
    };
    let mut report = String::new();
    for ((name, text), theirs) in posts.iter().zip(&theirs) {
        for line in differences(&ours(text, Dialect::KRAMDOWN), theirs) {
            report += &format!("{name}: {line}\n");
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// Lines of which texts are made that no one would write.
const PIECES: [&str; 108] = [
    "",
    "",
    "",
    "",
    "",
    " ",
    "\t",
    "글",
    "글",
    "글",
    "둘째 글  ",
    "# 제목",
    "## 제목 ##",
    "### 제목 {#id}",
    "#제목",
    "# ",
    "#\t탭",
    "#\u{a0}붙은",
    "####### 일곱",
    "###### 여섯 #",
    "## \\#",
    "# \u{a0}",
    " # 들여쓴",
    "    # 코드",
    "\t# 탭 코드",
    "\t글",
    "    글",
    "  글",
    "---",
    "---  ",
    "===",
    "-=-",
    "***",
    "* * *",
    "___",
    "-- -",
    "> 인용",
    ">인용",
    "> # 안 제목",
    ">",
    "> ",
    "   > 인용",
    "    > 코드",
    "> > 겹",
    "> - 목록",
    "> ```",
    "- 목록",
    "-목록",
    "* 목록",
    "+ 목록",
    "  - 안 목록",
    "    - 깊은 목록",
    "1. 하나",
    "10. 열",
    "1) 하나",
    "-\t탭 목록",
    "-",
    "- ",
    "- ```",
    "  ```",
    "   # 셋",
    "  # 둘",
    "      # 여섯",
    "-|a",
    "1.",
    "- # 제목",
    "- > 인용",
    ": 뜻",
    ":   뜻",
    "```",
    "```",
    "```js",
    "``` a b",
    "````",
    "~~~",
    "~~~~ rb",
    "```a```",
    "``",
    "{: .tip }",
    "{: .tip}  ",
    "{:.a}",
    "{:name: .b}",
    "{::comment}",
    "{:/comment}",
    "{:/}",
    "{: a\\} }",
    "{:}",
    "^",
    "$$",
    "$$ a $$",
    "$$ a",
    "\\$$ a $$",
    "[a]: /b",
    "[a]: /b \"c\"",
    "\"제목\"",
    "[^1]: 주",
    "*[HTML]: 글",
    "| a | b |",
    "|---|---|",
    "a | b",
    "\\| a",
    "{% raw %}",
    "{% endraw %}",
    "{% include a.html %}",
    "{% comment %}",
    "{% endcomment %}",
    "{% highlight rb %}",
    "{% endhighlight %}",
];

/// The same for HTML, which swallows so much that it drowns everything else.
const HTML_PIECES: [&str; 40] = [
    "<div>",
    "<div>",
    "</div>",
    "</div>",
    "<div markdown=\"1\">",
    "<div markdown=\"1\">",
    "<p>",
    "</p>",
    "<br>",
    "<br/>",
    "<hr>",
    "<b>",
    "</b>",
    "<!-- 주석 -->",
    "<!--",
    "-->",
    " <!-- a -->",
    "<details>",
    "<details markdown=\"1\"><summary>요약</summary>",
    "</details>",
    "<summary>요약</summary>",
    "<script>",
    "</script>",
    "<style>a</style>",
    "<img src=\"a\">",
    "<예시>",
    "<T>",
    "<K, V>",
    "<a href='#'>",
    "<td width=50%>",
    "  <div>",
    "    </div>",
    "</div> 뒤",
    "<div></div> 뒤",
    "<p markdown=\"1\">",
    "<div\n  class='a'>",
    "> <div>",
    "<section><div>",
    "</div></section>",
    "글 <div>",
];

/// Texts of up to 16 lines, always the same ones; `DAPANJI_ODD_TEXTS` says how many.
fn odd_texts(html: bool) -> Vec<String> {
    let count = std::env::var("DAPANJI_ODD_TEXTS").ok().and_then(|n| n.parse().ok());
    // Xorshift, so that a failure comes again.
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut text = || {
        let lines = 1 + random(16);
        let mut text = String::new();
        for _ in 0..lines {
            let piece = match html && random(3) == 0 {
                true => HTML_PIECES[random(HTML_PIECES.len())],
                false => PIECES[random(PIECES.len())],
            };
            text.push_str(piece);
            text.push('\n');
        }
        text
    };
    (0..count.unwrap_or(1500)).map(|_| text()).collect()
}

/// The shortest text of those that come from leaving lines out and still differ.
fn shrunk(mut text: String) -> (String, Vec<String>) {
    loop {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut shorter: Vec<String> =
            (0..lines.len()).map(|at| [&lines[..at], &lines[at + 1..]].concat().concat()).collect();
        shorter.push(text.clone());
        let theirs = theirs(&shorter).unwrap();
        let odd = shorter.iter().zip(&theirs).find_map(|(shorter, theirs)| {
            let found = differences(&ours(shorter, Dialect::KRAMDOWN), theirs);
            (!found.is_empty()).then(|| (shorter.clone(), found))
        });
        match odd {
            Some((shorter, found)) if shorter == text => return (text, found),
            Some((shorter, _)) => text = shorter,
            None => return (text, Vec::new()),
        }
    }
}

fn check_odd_texts(texts: &[String]) {
    let Some(theirs) = theirs(texts) else {
        eprintln!("skipped: ruby or kramdown-parser-gfm is not installed");
        return;
    };
    let odd: Vec<&String> = texts
        .iter()
        .zip(&theirs)
        .filter(|(text, theirs)| !differences(&ours(text, Dialect::KRAMDOWN), theirs).is_empty())
        .map(|(text, _)| text)
        .collect();
    let shown: BTreeMap<_, _> = odd.iter().take(12).map(|text| shrunk((*text).clone())).collect();
    assert!(odd.is_empty(), "{} of {}: {shown:#?}", odd.len(), texts.len());
}

#[test]
fn odd_texts_are_cut_as_kramdown_cuts_them() {
    check_odd_texts(&odd_texts(false));
}

#[test]
fn odd_html_is_cut_as_kramdown_cuts_it() {
    check_odd_texts(&odd_texts(true));
}

/// Where we leave kramdown: the rule, a text, what we find in it, what kramdown finds.
type Deviation =
    (&'static str, Dialect, &'static str, &'static [&'static str], &'static [&'static str]);

/// All of them; docs/scanning.md says why. Nothing else may differ, on any text.
const DEVIATIONS: [Deviation; 7] = [
    (
        "a heading under a quote",
        INTERRUPTS,
        "> 힌트\n### 답변\n",
        &["q 1 1", "h 3 2 답변"],
        &["q 1 2"],
    ),
    (
        "a fence under a quote",
        INTERRUPTS,
        "> 힌트\n```\n글\n\n# 글\n```\n",
        &["q 1 1"],
        &["q 1 3", "h 1 5 글"],
    ),
    ("a rule under a quote", INTERRUPTS, "> 힌트\n---\n글\n", &["q 1 1"], &["q 1 3"]),
    ("a heading under a list", INTERRUPTS, "- 글\n## 질문\n", &["h 2 2 질문"], &[]),
    ("a quote under a list", INTERRUPTS, "- 글\n> 힌트\n", &["q 2 2"], &[]),
    ("an element that is never closed", CLOSES_HTML, "<예시>\n## 질문\n", &["h 2 2 질문"], &[]),
    ("a fence that says several words", FENCES, "``` js a\n# 글\n```\n", &[], &["h 1 2 글"]),
];

const INTERRUPTS: Dialect = Dialect { interrupts: true, ..Dialect::KRAMDOWN };
const CLOSES_HTML: Dialect = Dialect { closes_html: true, ..Dialect::KRAMDOWN };
const FENCES: Dialect = Dialect { fences_like_github: true, ..Dialect::KRAMDOWN };

#[test]
fn what_differs_is_listed() {
    let texts: Vec<String> = DEVIATIONS.iter().map(|(_, _, text, ..)| (*text).to_owned()).collect();
    let asked = theirs(&texts);
    for (nth, (rule, dialect, text, found, in_kramdown)) in DEVIATIONS.iter().enumerate() {
        assert_eq!(ours(text, *dialect), *found, "{rule}");
        assert_eq!(ours(text, Dialect::OURS), *found, "{rule}");
        assert_eq!(ours(text, Dialect::KRAMDOWN), *in_kramdown, "{rule}");
        if let Some(asked) = &asked {
            assert_eq!(asked[nth], *in_kramdown, "{rule}");
        }
    }
    let posts = posts();
    for (rule, dialect) in
        [("interrupts", INTERRUPTS), ("closes_html", CLOSES_HTML), ("fences_like_github", FENCES)]
    {
        let differs = |text: &&str| ours(text, dialect) != ours(text, Dialect::KRAMDOWN);
        let count = posts.iter().map(|(_, text)| text.as_str()).filter(differs).count();
        eprintln!("{rule}: {count} of {} posts are cut in another way", posts.len());
    }
}
