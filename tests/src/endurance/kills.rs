//! Kills a program that keeps a draft and saves it again and again, at random moments, and looks at what
//! is left.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use dapanji_api::Notebook;
use dapanji_api::dto::{DraftPart, DraftRequest, DraftStateView, DraftView, SaveAnswerRequest};

use super::{Ground, Outcome, daily, mark};
use crate::words::Random;

/// The post that is saved.
const POST: &str = "2025-04-09-매일.md";

/// Stands where the answer does in what is around it.
const HERE: &str = "여기에 답";

/// The question whose answer is saved.
const QUESTION: &str = "원자성이란?";

/// Begins a line that tells a draft to be on the disk.
const KEPT: &str = "kept ";

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
    /// Kills after which the text that had been kept before its save was in its draft alone.
    pub drafts: usize,
    /// Kills that left a temporary file under a hidden name.
    pub leftovers: usize,
}

/// Has `program` save until `saves` were told as done, with a kill every few of them. Each time the
/// file is the old or the new one whole, and a text that was kept is in it or in its draft.
///
/// # Errors
/// If a text is not whole or is lost, or the program ends by itself.
pub fn run(program: &Path, saves: usize, seed: u64) -> Outcome<Kills> {
    let ground = Ground::new()?;
    let post = daily("2025.04.09", &[("락이란?", "잠금"), (QUESTION, HERE), ("큐란?", "줄")]);
    ground.put(POST, &post)?;
    let mut random = Random::new(seed);
    let mut met = Kills::default();
    // The text before the first save has the number zero.
    let mut written = 0;
    // Of the last draft that was told as kept; it outlasts further kills.
    let mut kept = 0;
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
        let mut hear = |line: &str| match line.strip_prefix(KEPT) {
            // A line that the kill cut off tells nothing.
            Some(number) => kept = number.parse().unwrap_or(kept).max(kept),
            None => told = line.parse().unwrap_or(told).max(told),
        };
        let ready = lines.next().ok_or("the program did not begin")??;
        if ready != "ready" {
            return Err(format!("unexpected: {ready}").into());
        }
        for line in lines.by_ref().take(before_kill) {
            hear(&line?);
        }
        // The moment is what is random: a save takes a few milliseconds.
        std::thread::sleep(Duration::from_micros(random.next() % 12_000));
        child.kill()?;
        for line in lines {
            hear(&line?);
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
        let drafts = ground.open()?.drafts()?;
        check_drafts(&drafts, now, kept)
            .map_err(|error| format!("after save {told}, the file at {now}: {error}"))?;
        met.kills += 1;
        met.drafts += usize::from(kept > now);
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

/// Checks that all drafts are whole and that one has the text that was kept last, unless the file has
/// it: `now` is the number of the text in the file, `kept` that of the last draft told as kept.
fn check_drafts(drafts: &[DraftView], now: usize, kept: usize) -> Outcome<()> {
    for draft in drafts {
        // One that was on the disk and not told of yet may be there, too.
        let whole = (now..=kept.max(now) + 1).any(|number| draft.text == answer(number));
        if !whole || draft.question != QUESTION || draft.state != DraftStateView::Unsaved {
            return Err(format!("an odd draft: {draft:?}").into());
        }
    }
    if kept > now && drafts.iter().all(|draft| draft.text != answer(kept)) {
        return Err(format!("the draft {kept} is neither in the file nor kept: {drafts:?}").into());
    }
    Ok(())
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

/// Keeps a draft of the answer, saves it and lets the draft go, again and again, and says each time
/// when one of both is done. The program that is killed.
///
/// # Errors
/// If a text cannot be kept or saved, or nobody listens.
pub fn save_for_ever(
    notebook: &Notebook,
    from: usize,
    mut say: impl FnMut(&str) -> std::io::Result<()>,
) -> Outcome<()> {
    let rows = notebook.rows(&Default::default(), 0, 3);
    let entry = rows.iter().find(|row| row.question == QUESTION).ok_or("no such entry")?;
    // Goes on from what the last one left; a kill between two steps may have left it twice.
    let mut left = notebook.drafts()?;
    let replaces = left.pop().map(|draft| draft.key);
    for same in left {
        notebook.drop_draft(&same.key)?;
    }
    let mut request = DraftRequest {
        entry: Some(entry.id.clone()),
        part: DraftPart::Answer,
        audience: None,
        text: String::new(),
        base: notebook.show(&entry.id)?.answer.text,
        revision: None,
        replaces,
        question: None,
        path: None,
        date: None,
    };
    say("ready")?;
    for number in from.. {
        request.text = answer(number);
        let draft = notebook.keep_draft(&request)?.key;
        say(&format!("{KEPT}{number}"))?;
        notebook.answer(&SaveAnswerRequest {
            entry: entry.id.clone(),
            text: request.text.clone(),
            base: None,
            base_answer: None,
        })?;
        say(&number.to_string())?;
        notebook.drop_draft(&draft)?;
        (request.base, request.replaces) = (request.text.clone(), None);
    }
    Ok(())
}
