//! Kills a program that saves again and again, at random moments, and looks at what is left.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use dapanji_api::Notebook;
use dapanji_api::dto::SaveAnswerRequest;

use super::{Ground, Outcome, daily, mark};
use crate::words::Random;

/// The post that is saved.
const POST: &str = "2025-04-09-매일.md";

/// Stands where the answer does in what is around it.
const HERE: &str = "여기에 답";

/// What a run of kills has met.
#[derive(Debug, Default, Clone, Copy)]
pub struct Kills {
    /// Saves that the program said were done.
    pub saves: usize,
    /// Times it was killed.
    pub kills: usize,
    /// Kills after which the file had the text of the last save that was told as done.
    pub old: usize,
    /// Kills after which the file had the text whose save was under way.
    pub new: usize,
    /// Kills that left a temporary file under a hidden name.
    pub leftovers: usize,
}

/// Has `program` save until `saves` were told as done, with a kill every few of them.
///
/// # Errors
/// If a text is not whole or is lost, or the program ends by itself.
pub fn run(program: &Path, saves: usize, seed: u64) -> Outcome<Kills> {
    let ground = Ground::new()?;
    let post = daily("2025.04.09", &[("락이란?", "잠금"), ("원자성이란?", HERE), ("큐란?", "줄")]);
    ground.put(POST, &post)?;
    let mut random = Random::new(seed);
    let mut met = Kills::default();
    // The text before the first save has the number zero.
    let mut written = 0;
    while met.saves < saves {
        let before_kill = random.between(0, 40);
        let mut child = Command::new(program)
            .args(["saves", &(written + 1).to_string()])
            .args([ground.folder(), ground.home()])
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = child.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(lines).lines();
        let mut told = written;
        let ready = lines.next().ok_or("the program did not begin")??;
        if ready != "ready" {
            return Err(format!("unexpected: {ready}").into());
        }
        for line in lines.by_ref().take(before_kill) {
            told = line?.parse()?;
        }
        // The moment is what is random: a save takes a few milliseconds.
        std::thread::sleep(Duration::from_micros(random.next() % 12_000));
        child.kill()?;
        for line in lines {
            // A line that the kill cut off tells nothing.
            told = line?.parse().unwrap_or(told).max(told);
        }
        if child.wait()?.success() {
            return Err("the program ended by itself".into());
        }
        let text = fs::read_to_string(ground.folder().join(POST))?;
        let now = (told..=told + 1)
            .find(|&number| {
                text == post.replace(HERE, &if number == 0 { HERE.into() } else { answer(number) })
            })
            .ok_or_else(|| format!("after save {told} the file is neither old nor new:\n{text}"))?;
        met.kills += 1;
        met.saves += told - written;
        met.old += usize::from(now == told);
        met.new += usize::from(now != told);
        met.leftovers += usize::from(leftover(&ground)?);
        written = now;
    }
    let found = ground.found()?;
    let lost: Vec<String> = (1..=written)
        .map(|number| mark("an", number))
        .filter(|mark| !found.contains(mark))
        .collect();
    if !lost.is_empty() {
        return Err(format!("neither in the file nor in its history: {lost:?}").into());
    }
    Ok(met)
}

/// Tells whether there is a temporary file; anything else beside the post is an error.
fn leftover(ground: &Ground) -> Outcome<bool> {
    let mut found = false;
    for entry in fs::read_dir(ground.folder())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        match name.as_str() {
            POST => {}
            name if name.starts_with(".dapanji-") && name.ends_with(".tmp") => found = true,
            name => return Err(format!("left in the folder: {name}").into()),
        }
    }
    Ok(found)
}

/// The text of a save: from a line to a few hundred kilobytes, which take a while to write.
fn answer(number: usize) -> String {
    let mut random = Random::new(u64::try_from(number).unwrap_or_default());
    let lines = if random.chance(10) { random.between(500, 5000) } else { random.between(1, 20) };
    let mut text = mark("an", number);
    for line in 0..lines {
        text.push_str(&format!("\n{number}번째로 저장한 답의 {line}번째 줄이다."));
    }
    text
}

/// Saves the answer again and again, and says each time when it is done. The program that is killed.
///
/// # Errors
/// If a save fails, or nobody listens.
pub fn save_for_ever(
    notebook: &Notebook,
    from: usize,
    mut say: impl FnMut(&str) -> std::io::Result<()>,
) -> Outcome<()> {
    let rows = notebook.rows(&Default::default(), 0, 3);
    let entry = rows.iter().find(|row| row.question == "원자성이란?").ok_or("no such entry")?;
    say("ready")?;
    for number in from.. {
        let text = answer(number);
        notebook.answer(&SaveAnswerRequest {
            entry: entry.id.clone(),
            text,
            base: None,
            base_answer: None,
        })?;
        say(&number.to_string())?;
    }
    Ok(())
}
