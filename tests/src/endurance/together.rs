//! Several programs that write into one folder at once.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dapanji_api::dto::{SaveAnswerRequest, SearchRequest};
use dapanji_api::{Code, Notebook};

use super::{Ground, Outcome, daily, mark, open};
use crate::words::Random;

const POST: &str = "2025-04-09-매일.md";
const QUESTIONS: [&str; 3] = ["락이란?", "원자성이란?", "큐란?"];

/// What the programs have done.
#[derive(Debug, Default, Clone, Copy)]
pub struct Together {
    /// Answers accepted from notebooks with a watch.
    pub notebooks: usize,
    /// Answers accepted from `dapanji answer`.
    pub commands: usize,
    /// Saves that were refused since the same answer had changed.
    pub conflicts: usize,
    /// Answers that were looked for by search right after their save, and found.
    pub searched: usize,
}

/// Has two notebooks in processes of their own and a loop of commands write answers to the same
/// questions. `program` is the one with [`write_answers`], `command` is `dapanji`.
///
/// # Errors
/// If an accepted answer is in no file and not in the history, a program fails, or search does not
/// find the last answer of each.
pub fn run(program: &Path, command: &Path, time: Duration, seed: u64) -> Outcome<Together> {
    let ground = Ground::new()?;
    let answers: Vec<(&str, &str)> = QUESTIONS.iter().map(|question| (*question, "")).collect();
    ground.put(POST, &daily("2025.04.09", &answers))?;
    let mut children = Vec::new();
    for side in ["na", "da"] {
        let child = Command::new(program)
            .args(["answers", side, &time.as_millis().to_string(), &seed.to_string()])
            .args([ground.folder(), ground.home()])
            .stdout(Stdio::piped())
            .spawn()?;
        children.push((side, child));
    }
    let mut met = Together::default();
    let mut accepted = Vec::new();
    let mut last = BTreeMap::new();
    let commands = commands(&ground, command, time, seed)?;
    met.commands = commands.len();
    last.extend(commands.last().map(|word| ("ga", word.clone())));
    accepted.extend(commands);
    for (side, child) in children {
        let told = heard(child)?;
        met.conflicts += told.conflicts;
        met.searched += told.searched;
        met.notebooks += told.accepted.len();
        last.extend(told.accepted.last().map(|word| (side, word.clone())));
        accepted.extend(told.accepted);
    }
    let found = ground.found()?;
    let lost: Vec<&String> = accepted.iter().filter(|word| !found.contains(*word)).collect();
    if !lost.is_empty() {
        return Err(
            format!("accepted, and neither in the file nor in its history: {lost:?}").into()
        );
    }
    check_search(&ground, last.values())?;
    Ok(met)
}

/// Answers by the command line until the time is over, and returns what was accepted.
fn commands(ground: &Ground, command: &Path, time: Duration, seed: u64) -> Outcome<Vec<String>> {
    let entries = entries(&ground.open()?)?;
    let mut random = Random::new(seed);
    let mut accepted = Vec::new();
    let end = Instant::now() + time;
    while Instant::now() < end {
        let word = mark("ga", accepted.len());
        let mut child = Command::new(command)
            .arg("answer")
            .arg(ground.folder())
            .arg(&entries[random.below(entries.len())])
            .env("DAPANJI_HOME", ground.home())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        child.stdin.take().ok_or("no input")?.write_all(format!("{word} 터미널에서").as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("dapanji answer failed with {}: {said}", output.status).into());
        }
        accepted.push(word);
    }
    Ok(accepted)
}

fn entries(notebook: &Notebook) -> Outcome<Vec<String>> {
    let rows = notebook.rows(&Default::default(), 0, 10);
    if rows.len() != QUESTIONS.len() {
        return Err(format!("{} questions", rows.len()).into());
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// What a program has said.
#[derive(Default)]
struct Told {
    accepted: Vec<String>,
    conflicts: usize,
    searched: usize,
}

fn heard(mut child: Child) -> Outcome<Told> {
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let mut told = Told::default();
    for line in lines {
        let line = line?;
        match line.split_once(' ') {
            Some(("saved", word)) => told.accepted.push(word.to_owned()),
            Some(("found", _)) => told.searched += 1,
            Some(("conflict", _)) => told.conflicts += 1,
            _ => return Err(format!("unexpected: {line}").into()),
        }
    }
    let status = child.wait()?;
    if status.success() { Ok(told) } else { Err(format!("a notebook failed: {status}").into()) }
}

/// What is in the post at the end is found by search, and nothing older.
fn check_search<'a>(ground: &Ground, last: impl Iterator<Item = &'a String>) -> Outcome<()> {
    let notebook = ground.open()?;
    let text = std::fs::read_to_string(ground.folder().join(POST))?;
    for word in last {
        let found = finds(&notebook, word)?;
        if found != text.contains(word.as_str()) {
            return Err(format!("search finds {word}: {found}; the file says otherwise").into());
        }
    }
    Ok(())
}

/// Tells whether search finds the answer with this mark.
fn finds(notebook: &Notebook, mark: &str) -> Outcome<bool> {
    let word = mark.trim_matches(['«', '»']);
    let found = notebook.search(&SearchRequest::new(format!("\"{word}\""), 10))?;
    Ok(found.hits.iter().any(|hit| hit.snippet.contains(word)))
}

/// Answers as a window does until the time is over, and says what was accepted. One of the programs.
///
/// # Errors
/// If a save fails for another reason than a conflict, search fails, or nobody listens.
pub fn write_answers(
    folder: &Path,
    home: &Path,
    side: &str,
    time: Duration,
    seed: u64,
    mut say: impl FnMut(&str) -> std::io::Result<()>,
) -> Outcome<()> {
    let notebook = Arc::new(open(folder, home)?);
    notebook.keep_indexed();
    let _watch = notebook.watch(|_| {})?;
    let entries = entries(&notebook)?;
    let mut random = Random::new(seed ^ u64::from(side.as_bytes()[0]));
    let end = Instant::now() + time;
    let mut number = 0;
    while Instant::now() < end {
        let entry = &entries[random.below(entries.len())];
        let page = notebook.page(entry)?;
        let word = mark(side, number);
        let saved = notebook.answer(&SaveAnswerRequest {
            entry: entry.clone(),
            text: format!("{word} 창에서"),
            base: Some(page.revision),
            base_answer: Some(page.entry.answer.text),
        });
        match saved {
            Ok(_) => {
                say(&format!("saved {word}"))?;
                number += 1;
            }
            Err(error) if error.code == Code::Conflict => say(&format!("conflict {word}"))?,
            Err(error) => return Err(error.into()),
        }
        if random.chance(10) && finds(&notebook, &word)? {
            say(&format!("found {word}"))?;
        }
    }
    Ok(())
}
