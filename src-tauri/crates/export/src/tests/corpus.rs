//! Real posts, if `DAPANJI_CORPUS` names a folder of them: each whole file as one answer.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::reader::{Lines, is_hangul_end, is_hangul_start, squeezed};
use super::sample::{book_of, entry, options};
use super::{Quiet, typeset};
use crate::Options;

/// Larger files take long in a debug build, in bytes.
const LARGEST: usize = 30_000;
/// Longer words may break: no column is sure to hold them.
const LONGEST_WORD: usize = 14;
/// Every so many files one is tried.
const STEP: usize = 4;

fn posts(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            posts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn real_posts_are_typeset_without_broken_words() {
    let Some(root) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else { return };
    let mut found = Vec::new();
    posts(&root, &mut found);
    found.sort();
    for path in found.iter().step_by(STEP) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        if text.len() > LARGEST {
            continue;
        }
        let name = path.display();
        let mut whole = entry(1, "전체", &text);
        whole.folder = path.parent().unwrap().to_owned();
        let book = book_of(vec![whole]);
        let options = Options { root: root.clone(), ..options(&root) };
        let pdf =
            typeset(&book, &options, &Quiet).unwrap_or_else(|error| panic!("{name}: {error}"));
        let standard = pdf.omissions.iter().find(|note| note.contains("PDF/UA-1"));
        assert_eq!(standard, None, "{name}");
        check_turns(&Lines::of(&book, &options), &text, &name.to_string());
    }
}

/// Two ends of lines that make a word of the text only together are a break inside it.
fn check_turns(lines: &Lines, text: &str, name: &str) {
    let known: HashSet<String> = text.split_whitespace().map(squeezed).collect();
    for (end, start) in lines.turns() {
        let joined = format!("{end}{start}");
        let is_broken = is_hangul_end(&end)
            && is_hangul_start(&start)
            && joined.chars().count() <= LONGEST_WORD
            && known.contains(&joined)
            && !(known.contains(&end) && known.contains(&start));
        assert!(!is_broken, "{end} | {start} in {name}");
    }
}
