//! Compares the scanner with kramdown itself, on posts and on texts made of odd pieces.

#![expect(clippy::print_stderr, reason = "says what it skips")]

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::*;
use crate::front_matter;

/// What kramdown is asked about, in the form both sides are written in.
fn ours(text: &str, dialect: Dialect) -> Vec<String> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let from = front_matter::read(text, start, &mut Vec::new()).map_or(start, |f| f.span.end);
    let line = |offset: usize| text[..offset].matches('\n').count() + 1;
    let blocks = scan_in(text, from, dialect).blocks;
    let found = blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading { level, content } => {
            let title = text[content.0..content.1].trim().replace('\r', " ");
            Some(format!("h {level} {} {title}", line(block.span.start)))
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
                write!(input, "{}\n{text}", text.len()).unwrap();
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
