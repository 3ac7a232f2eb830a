//! Measures how well a heading finds the text that stood under it, in real Korean posts, and writes a
//! table, beside the plainest ways to index Korean: `bench-search [--lost] FOLDER…`.
//!
//! Known-item retrieval: each section of the Markdown files becomes a post without its heading, and
//! the heading is what is asked, through the façade as the window asks it. Without folders, those of
//! `DAPANJI_CORPUS` that are posts about computing are measured. `--lost` lists the headings that do
//! not find their text among the first ten.

#![expect(clippy::print_stdout, reason = "its output is the table")]

mod plain;
mod sections;

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use dapanji_api::dto::{OffsetUnit, SearchRequest};
use dapanji_api::{Notebook, NotebookOptions, Places};

use crate::plain::Plain;
use crate::sections::{Section, sections_under};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Hits asked for, as the window does at first.
const LIMIT: u32 = 40;
/// What comes later is not found.
const MOST: usize = 10;
/// The folders of `DAPANJI_CORPUS` that are measured, by how their names start.
const FOLDERS: [&str; 2] = ["gyoogle", "JaeYeopHan"];

fn main() -> Outcome<()> {
    let mut folders = Vec::new();
    let mut lost = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--lost" => lost = true,
            folder => folders.push(PathBuf::from(folder)),
        }
    }
    if folders.is_empty() {
        folders = corpus_folders()?;
    }
    let sections = sections_under(&folders)?;
    let asked = asked(&sections);
    if asked.is_empty() {
        println!("DAPANJI_CORPUS has no posts to measure with: {folders:?}");
        return Ok(());
    }
    println!(
        "{} sections, {} headings that occur once; MRR@{MOST} / recall@{MOST}. The halves are told \
         apart by a hash of the file's path.\n\n| tokens | whole | one half | other half |\n|---|---|---|---|",
        sections.len(),
        asked.len()
    );
    let yardsticks: [(&str, plain::Cut); 2] = [
        ("white space and punctuation", plain::by_white_space),
        ("syllable bigrams and Latin words", plain::bigrams),
    ];
    for (name, cut) in yardsticks {
        let plain = Plain::new(&sections, cut)?;
        row(name, &sections, &asked, |heading| plain.search(heading, MOST))?;
    }
    let ours = Ours::new(&sections)?;
    let ranks = row("Dapanji", &sections, &asked, |heading| ours.search(heading))?;
    if lost {
        for (section, rank) in
            ranks.into_iter().filter(|(_, rank)| rank.is_none_or(|rank| rank > 0))
        {
            println!(
                "{:>4} {}",
                rank.map_or("-".to_owned(), |rank| (rank + 1).to_string()),
                section.heading
            );
        }
    }
    Ok(())
}

fn corpus_folders() -> Outcome<Vec<PathBuf>> {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS") else { return Ok(Vec::new()) };
    let mut folders = Vec::new();
    for entry in fs::read_dir(corpus)? {
        let entry = entry?;
        let name = entry.file_name();
        if FOLDERS.iter().any(|start| name.to_string_lossy().starts_with(start)) {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// The places of the sections whose heading occurs once.
fn asked(sections: &[Section]) -> Vec<usize> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for section in sections {
        *times.entry(&section.heading).or_default() += 1;
    }
    (0..sections.len())
        .filter(|&at| {
            sections.get(at).is_some_and(|one| times.get(one.heading.as_str()) == Some(&1))
        })
        .collect()
}

/// Asks for every heading, writes a line of the table, and returns where the sections came.
fn row<'a>(
    name: &str,
    sections: &'a [Section],
    asked: &[usize],
    search: impl Fn(&str) -> Outcome<Vec<usize>>,
) -> Outcome<Vec<(&'a Section, Option<usize>)>> {
    let mut ranks = Vec::new();
    for &at in asked {
        let Some(section) = sections.get(at) else { continue };
        let found = search(&section.heading)?;
        ranks.push((section, found.iter().take(MOST).position(|&other| other == at)));
    }
    let figures = |of: &dyn Fn(&Section) -> bool| {
        let ranks: Vec<Option<usize>> =
            ranks.iter().filter(|(section, _)| of(section)).map(|&(_, rank)| rank).collect();
        let count = ranks.len().max(1) as f64;
        let recalled = ranks.iter().flatten().count() as f64 / count;
        let reciprocal = ranks.iter().flatten().map(|&rank| 1.0 / (rank + 1) as f64).sum::<f64>();
        format!("{:.4} / {recalled:.4}", reciprocal / count)
    };
    println!(
        "| {name} | {} | {} | {} |",
        figures(&|_| true),
        figures(&|section| !section.other_half),
        figures(&|section| section.other_half)
    );
    Ok(ranks)
}

/// A notebook with a post for each section.
struct Ours {
    notebook: Notebook,
    _dir: tempfile::TempDir,
}

impl Ours {
    #[expect(
        clippy::disallowed_methods,
        reason = "the posts are nobody's, and atomic saves take long"
    )]
    fn new(sections: &[Section]) -> Outcome<Self> {
        let dir = tempfile::tempdir()?;
        let folder = dir.path().join("notebook");
        fs::create_dir_all(&folder)?;
        for (at, section) in sections.iter().enumerate() {
            // A first line without text, so that a rule at the start of the text is no front matter.
            fs::write(folder.join(format!("{at}.md")), format!("\n{}", section.text))?;
        }
        let options = NotebookOptions {
            places: Places::under(&dir.path().join("home")),
            unit: OffsetUnit::Utf16,
            ..NotebookOptions::default()
        };
        let notebook = Notebook::open(&folder, options)?;
        notebook.sync_index()?;
        Ok(Self { notebook, _dir: dir })
    }

    /// The places of the sections found, best first.
    fn search(&self, query: &str) -> Outcome<Vec<usize>> {
        let request = SearchRequest::new(query, LIMIT);
        let mut found = Vec::new();
        for hit in self.notebook.search(&request)?.hits {
            let at = hit.path.strip_suffix(".md").ok_or("a path that was not written")?.parse()?;
            // Several parts of a post may match; the window shows them together.
            if !found.contains(&at) {
                found.push(at);
            }
        }
        Ok(found)
    }
}
