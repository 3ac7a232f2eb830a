//! Headings of Markdown files and the texts under them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Characters of a heading that is asked.
const HEADING: std::ops::Range<usize> = 3..80;
/// Hangul syllables it has at least.
const HEADING_SYLLABLES: usize = 3;
/// Hangul syllables of the text under it, at least.
const TEXT_SYLLABLES: usize = 80;

/// A heading and the text down to the next one.
pub(crate) struct Section {
    pub(crate) heading: String,
    pub(crate) text: String,
    /// In which half of the files it is.
    pub(crate) other_half: bool,
}

/// Returns the sections of all Markdown files under `folders` that are long enough.
pub(crate) fn sections_under(folders: &[PathBuf]) -> Outcome<Vec<Section>> {
    let mut sections = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        for path in markdown_under(folder)? {
            let inside = path.strip_prefix(folder)?.to_string_lossy();
            let other_half = hash(&format!("{name}/{inside}")) % 2 == 1;
            let text = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
            sections.extend(cut(&text).into_iter().map(|(heading, text)| Section {
                heading,
                text,
                other_half,
            }));
        }
    }
    Ok(sections)
}

fn cut(text: &str) -> Vec<(String, String)> {
    let mut sections: Vec<(String, String)> = Vec::new();
    let mut fence = false;
    for line in text.lines() {
        fence ^= line.trim_start().starts_with("```");
        let title = line.trim_start_matches('#');
        let level = line.len() - title.len();
        if !fence && (1..=6).contains(&level) && title.starts_with(' ') {
            let title = title.trim().trim_matches(['#', '*', ' ']);
            sections.push((title.to_owned(), String::new()));
        } else if let Some((_, body)) = sections.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    sections.retain(|(heading, body)| {
        HEADING.contains(&heading.chars().count())
            && syllables(heading) >= HEADING_SYLLABLES
            && syllables(body) >= TEXT_SYLLABLES
    });
    sections
}

fn syllables(text: &str) -> usize {
    text.chars().filter(|c| ('가'..='힣').contains(c)).count()
}

/// All Markdown files under `folder`, in the order of their paths.
fn markdown_under(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// FNV-1a, 64 bits: the same on every machine and in every release of Rust.
fn hash(text: &str) -> u64 {
    let start = 0xCBF2_9CE4_8422_2325;
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
