//! Texts that were written to break something: each is text or a note.

use std::fs;
use std::time::{Duration, Instant};

use super::reader::Lines;
use super::sample::{book_of, entry, options};
use super::{layouts, nowhere, print};

#[test]
fn text_is_never_code() {
    let texts = [
        "#import \"@preview/cetz:0.1.0\": *",
        "#read(\"/etc/passwd\")",
        "#panic(1) $ x $ \\ ] [ } { ` ``` @label <label> = no // not /* this */ ~ -- ---",
        "#set page(width: 1pt)",
        "]#eval(\"1\")[",
    ];
    let mut hostile = entry(1, texts[1], &texts.join("\n\n"));
    hostile.hint = Some(texts[0].to_owned());
    hostile.topic = Some(texts[3].to_owned());
    hostile.variants = vec![(Some(texts[4].to_owned()), texts[2].to_owned())];
    let mut book = book_of(vec![hostile]);
    book.title = texts[3].to_owned();
    book.author = Some(texts[1].to_owned());
    let text = Lines::of(&book, &options(nowhere())).joined();
    for expect in [
        "#import\"@preview/cetz:0.1.0\"",
        "#read(\"/etc/passwd\")",
        "#panic(1)",
        "#setpage(width:1pt)",
        "#eval(\"1\")",
        "@label<label>=no//not/*this*/~",
    ] {
        assert!(text.contains(expect), "{expect} in {text}");
    }
    assert!(!text.contains("root:"));
    assert_eq!(print(&book, &options(nowhere())).omissions, Vec::<String>::new());
}

#[test]
fn deep_nesting_is_flattened_not_fatal() {
    let quotes = format!("{} 깊은 인용", ">".repeat(500));
    let lists: String =
        (0..200).map(|depth| format!("{}- 단계{depth}\n", "  ".repeat(depth))).collect();
    let marks = format!("{}굵게{}", "**가 ".repeat(200), " 나**".repeat(200));
    let html = format!("{}속 글{}", "<div><b>".repeat(500), "</b></div>".repeat(500));
    let answer = [quotes, lists, marks, html].join("\n\n");
    let book = book_of(vec![entry(1, "얼마나 깊은가요?", &answer)]);
    for (name, options) in layouts().into_iter().take(2) {
        let pdf = print(&book, &options);
        assert_eq!(pdf.omissions.len(), 1, "{name}: {:?}", pdf.omissions);
        let text = Lines::of(&book, &options).joined();
        for expect in ["깊은인용", "단계0", "단계150", "굵게", "속글"] {
            assert!(text.contains(expect), "{expect}, {name}");
        }
    }
}

#[test]
fn hostile_sizes_are_text_or_a_note() {
    let columns = format!("|{}\n|{}\n", "가|".repeat(10_000), "-|".repeat(10_000));
    let link = format!("[긴 주소](https://example.com/{})", "a".repeat(100_000));
    let word = "가나다라".repeat(5000);
    let code = format!("```\n{}\n```", "x".repeat(20_000));
    let answer = [columns, link, word, code].join("\n\n");
    let pdf = print(&book_of(vec![entry(1, "얼마나 큰가요?", &answer)]), &options(nowhere()));
    assert!(pdf.omissions.iter().any(|note| note.contains("10000개인 표")), "{:?}", pdf.omissions);
}

/// Writes a picture's file.
fn put(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "a fixture, not a post")]
    fs::write(folder.path().join(name), bytes).unwrap();
}

/// The head of a PNG file that says it is so large, in pixels, and holds nothing.
fn png_head(width: u32, height: u32) -> Vec<u8> {
    let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend(b"\x08\x02\0\0\0\0\0\0\0");
    head
}

#[test]
fn pictures_that_are_none_or_too_large_are_named() {
    let folder = tempfile::tempdir().unwrap();
    put(&folder, "none.png", b"\x89PNG\r\n\x1a\nnothing");
    put(&folder, "text.jpg", b"#import \"a.typ\"");
    put(&folder, "wide.png", &png_head(100_000, 100_000));
    put(&folder, "head.png", &png_head(10, 10));
    let large = fs::File::create(folder.path().join("large.png")).unwrap();
    large.set_len(200 << 20).unwrap();
    put(
        &folder,
        "deep.svg",
        format!("<svg xmlns='http://www.w3.org/2000/svg'>{}", "<g>".repeat(5000)).as_bytes(),
    );
    let names = ["none.png", "text.jpg", "wide.png", "head.png", "large.png", "deep.svg"];
    let answer: String = names.iter().map(|name| format!("![그림]({name})\n\n")).collect();
    let mut one = entry(1, "그림인가요?", &answer);
    one.folder = folder.path().to_owned();
    let began = Instant::now();
    let pdf = print(&book_of(vec![one]), &options(folder.path()));
    assert!(began.elapsed() < Duration::from_secs(60), "it takes no time");
    for name in names {
        assert!(
            pdf.omissions.iter().any(|note| note.ends_with(name)),
            "{name}: {:?}",
            pdf.omissions
        );
    }
}

#[test]
fn formulas_run_no_code_and_do_not_hang() {
    let bomb = format!("{}$\\a$", (0..30).map(|_| "$\\def\\a{\\a\\a}$ ").collect::<String>());
    let deep = format!("${}x{}$", "\\sqrt{".repeat(600), "}".repeat(600));
    let long = format!("$${}$$", "x + ".repeat(2000));
    let code = "$#read(\"/etc/passwd\")$ 와 $\\text{#panic(1)}$ 와 $\\href{file:///etc/passwd}{x}$";
    let answer = [bomb.as_str(), &deep, &long, code].join("\n\n");
    let book = book_of(vec![entry(1, "수식인가요?", &answer)]);
    let began = Instant::now();
    let text = Lines::of(&book, &options(nowhere())).joined();
    assert!(began.elapsed() < Duration::from_secs(60), "it takes no time");
    assert!(text.contains("#panic(1)") && !text.contains("root:"), "{text}");
}
