//! Kills a program that indexes, at random moments, and asks what is left.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dapanji_api::Notebook;
use dapanji_api::dto::SearchRequest;

use super::{Ground, Outcome, daily, mark};
use crate::words::Random;

/// A word that stands once in each post.
const COMMON: &str = "공통낱말";
/// Posts that change before a program indexes again.
const CHANGED: usize = 40;

/// What a run of kills has met.
#[derive(Debug, Default, Clone, Copy)]
pub struct Indexed {
    /// Times the program was killed.
    pub kills: usize,
    /// Kills in a first index.
    pub first: usize,
    /// Kills while an index of another version was replaced.
    pub replaced: usize,
    /// Kills while some posts were indexed again.
    pub changed: usize,
    /// Times the program was done before it was to be killed.
    pub done: usize,
}

impl Indexed {
    /// Adds what another run has met.
    pub fn add(&mut self, other: Self) {
        self.kills += other.kills;
        self.first += other.first;
        self.replaced += other.replaced;
        self.changed += other.changed;
        self.done += other.done;
    }
}

/// What a program has to do before it is killed.
#[derive(Clone, Copy)]
enum Work {
    First,
    Replace,
    Changed,
}

/// Has `program` index `posts` posts until it was killed so often; after each kill the next start has
/// to find every post, and nothing that is gone.
///
/// # Errors
/// If something is not found, or found though it is gone.
pub fn run(program: &Path, posts: usize, kills: usize, seed: u64) -> Outcome<Indexed> {
    let mut random = Random::new(seed);
    let mut folder = Folder::new(posts)?;
    let mut met = Indexed::default();
    folder.check()?;
    // How long each kind of work takes when it is left alone.
    let mut whole = [Duration::from_millis(200); 3];
    while met.kills < kills {
        let work = [Work::First, Work::Replace, Work::Changed][met.kills % 3];
        folder.prepare(work, &mut random)?;
        let whole = &mut whole[work as usize];
        let wait = *whole * u32::try_from(random.below(100))? / 100;
        match folder.index(program, Some(wait))? {
            Some(took) => {
                *whole = took;
                met.done += 1;
            }
            None => {
                // It may take longer than was thought.
                *whole = *whole * 21 / 20;
                met.kills += 1;
                match work {
                    Work::First => met.first += 1,
                    Work::Replace => met.replaced += 1,
                    Work::Changed => met.changed += 1,
                }
            }
        }
        folder.check()?;
    }
    Ok(met)
}

/// The folder that is indexed, and what is in it.
struct Folder {
    ground: Ground,
    /// The mark of each post, by its number; none where the post is removed.
    marks: Vec<Option<String>>,
    gone: BTreeSet<String>,
    written: usize,
}

impl Folder {
    fn new(posts: usize) -> Outcome<Self> {
        let ground = Ground::new()?;
        let mut folder =
            Self { ground, marks: vec![None; posts], gone: BTreeSet::new(), written: 0 };
        for post in 0..posts {
            folder.write(post)?;
        }
        Ok(folder)
    }

    fn name(post: usize) -> String {
        format!("글-{post:04}.md")
    }

    /// Writes a post with a new mark.
    fn write(&mut self, post: usize) -> Outcome<()> {
        self.written += 1;
        let mark = mark("in", self.written);
        let answer = format!("{mark} {COMMON} {}", "그리고 다른 이야기를 길게 적었다. ".repeat(20));
        let text = daily("2025.04.09", &[("락이란?", "잠금"), ("색인이란?", &answer)]);
        self.ground.put(&Self::name(post), &text)?;
        self.gone.extend(self.marks[post].replace(mark));
        Ok(())
    }

    fn remove(&mut self, post: usize) -> Outcome<()> {
        if let Some(mark) = self.marks[post].take() {
            fs::remove_file(self.ground.folder().join(Self::name(post)))?;
            self.gone.insert(mark);
        }
        Ok(())
    }

    fn prepare(&mut self, work: Work, random: &mut Random) -> Outcome<()> {
        match work {
            Work::First => fs::remove_dir_all(self.ground.home())?,
            Work::Replace => self.age_index()?,
            Work::Changed => {
                for _ in 0..CHANGED {
                    let post = random.below(self.marks.len());
                    if random.chance(15) { self.remove(post)? } else { self.write(post)? }
                }
            }
        }
        Ok(())
    }

    /// Makes as if the index had been made by another version of the program.
    fn age_index(&self) -> Outcome<()> {
        for index in fs::read_dir(self.ground.home().join("cache/index"))? {
            for generation in fs::read_dir(index?.path())? {
                let path = generation?.path();
                let unfinished =
                    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
                if !unfinished && !path.ends_with("9999-1") {
                    let other: PathBuf = path.with_file_name("9999-1");
                    if other.exists() {
                        fs::remove_dir_all(&other)?;
                    }
                    fs::rename(&path, &other)?;
                }
            }
        }
        Ok(())
    }

    /// Has `program` index, and kills it after a while. Returns how long it took if it was done before.
    fn index(&self, program: &Path, kill_after: Option<Duration>) -> Outcome<Option<Duration>> {
        let mut child = Command::new(program)
            .arg("index")
            .args([self.ground.folder(), self.ground.home()])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let ready = lines.next().ok_or("the program did not begin")??;
        if ready != "ready" {
            return Err(format!("unexpected: {ready}").into());
        }
        let began = Instant::now();
        if let Some(wait) = kill_after {
            // The moment is what is random.
            std::thread::sleep(wait);
            child.kill()?;
        }
        let done = lines.next().transpose()?.is_some();
        let took = began.elapsed();
        child.wait()?;
        Ok(done.then_some(took))
    }

    /// The next start finds every post, and nothing that is gone.
    fn check(&self) -> Outcome<()> {
        let notebook = self.ground.open()?;
        let there = self.marks.iter().flatten().count();
        let found = ask(&notebook, COMMON)?;
        if found.1 as usize != there {
            return Err(format!("{} of {there} posts are found", found.1).into());
        }
        for mark in self.marks.iter().flatten() {
            if !ask(&notebook, mark)?.0 {
                return Err(format!("{mark} is not found").into());
            }
        }
        for mark in self.gone.iter().rev().take(100) {
            if ask(&notebook, mark)?.0 {
                return Err(format!("{mark} is gone, and found").into());
            }
        }
        Ok(())
    }
}

/// Tells whether a search finds the very word, and in how many parts anything is found.
fn ask(notebook: &Notebook, word: &str) -> Outcome<(bool, u32)> {
    let word = word.trim_matches(['«', '»']);
    let found = notebook.search(&SearchRequest::new(format!("\"{word}\""), 3))?;
    Ok((found.hits.iter().any(|hit| hit.snippet.contains(word)), found.total))
}

/// Indexes the folder and says when it is done. The program that is killed.
///
/// # Errors
/// If it cannot be indexed, or nobody listens.
pub fn index(notebook: &Notebook, mut say: impl FnMut(&str) -> std::io::Result<()>) -> Outcome<()> {
    say("ready")?;
    notebook.sync_index()?;
    Ok(say("done")?)
}

/// Says in how many parts a word is found: a search in a process of its own.
///
/// # Errors
/// If the search fails, or nobody listens.
pub fn find(
    notebook: &Notebook,
    word: &str,
    mut say: impl FnMut(&str) -> std::io::Result<()>,
) -> Outcome<()> {
    Ok(say(&ask(notebook, word)?.1.to_string())?)
}
