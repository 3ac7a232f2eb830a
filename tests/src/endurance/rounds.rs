//! Random edits here and outside, with an edit open: what was typed on either side is in a file or in
//! the history at any time.
//!
//! Two kinds of texts nobody can keep, and they are counted instead: those that another program
//! replaced before a look at the file was possible, and those that the user here gave up in a conflict.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dapanji_api::dto::SaveAnswerRequest;
use dapanji_api::{Code, Notebook, Watch};
use dapanji_library::{Library, Revision};

use super::outside::{self, WAYS};
use super::{Ground, Outcome, daily, mark, marks_in};
use crate::words::Random;

/// Far longer than a look at the files takes, so that only a missing one fails.
const PATIENCE: Duration = Duration::from_secs(30);

const POSTS: usize = 3;
const QUESTIONS: [&str; 4] = ["락이란?", "원자성이란?", "큐란?", "해시란?"];

/// What a run has met.
#[derive(Debug, Default, Clone, Copy)]
pub struct Met {
    /// Edits on either side.
    pub rounds: usize,
    /// Answers that were accepted here.
    pub saved: usize,
    /// Saves refused as the same answer had changed outside.
    pub conflicts: usize,
    /// Edits by the other program.
    pub outside: usize,
    /// Edits by the other program with a text it had read long before.
    pub stale: usize,
    /// Posts that were deleted under an open edit or not.
    pub deleted: usize,
    /// Texts that the other program replaced itself before anybody could look.
    pub unseen: usize,
    /// Texts that were given up here in a conflict.
    pub given_up: usize,
    /// Times the notebook was closed and opened again.
    pub reopened: usize,
    /// Texts that must be somewhere and were looked for at the end.
    pub checked: usize,
}

impl Met {
    /// Adds what another run has met.
    pub fn add(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.saved += other.saved;
        self.conflicts += other.conflicts;
        self.outside += other.outside;
        self.stale += other.stale;
        self.deleted += other.deleted;
        self.unseen += other.unseen;
        self.given_up += other.given_up;
        self.reopened += other.reopened;
        self.checked += other.checked;
    }
}

/// A notebook with an edit open, beside another program on the same folder.
struct Run {
    ground: Ground,
    library: Library,
    notebook: Arc<Notebook>,
    watch: Option<Watch>,
    random: Random,
    open: Open,
    /// Texts that must be in a file or in the history from now on.
    owed: BTreeSet<String>,
    /// Texts of the other program that stand in a post and may not have been looked at.
    fresh: BTreeMap<String, BTreeSet<String>>,
    /// What the other program read of a post some time ago.
    old_reads: BTreeMap<String, String>,
    next: usize,
    met: Met,
}

/// The edit that is open here.
struct Open {
    entry: String,
    path: String,
    revision: Option<String>,
    answer: String,
}

/// Makes `rounds` random edits.
///
/// # Errors
/// If a text is lost, or something fails that should not.
pub fn run(rounds: usize, seed: u64) -> Outcome<Met> {
    let mut run = Run::new(seed)?;
    for round in 0..rounds {
        run.met.rounds += 1;
        match run.random.below(1000) {
            0..500 => run.here()?,
            500..990 => run.outside()?,
            990..997 => run.delete()?,
            _ => run.reopen()?,
        }
        if round % 500 == 499 {
            run.check()?;
        }
    }
    run.check()?;
    Ok(run.met)
}

fn post_name(number: usize) -> String {
    format!("2025-04-{:02}-매일 면접.md", number + 10)
}

impl Run {
    fn new(seed: u64) -> Outcome<Self> {
        let ground = Ground::new()?;
        let mut owed = BTreeSet::new();
        for post in 0..POSTS {
            let answers: Vec<String> =
                (0..QUESTIONS.len()).map(|nth| mark("st", post * QUESTIONS.len() + nth)).collect();
            ground.put(&post_name(post), &text_of(post, &answers))?;
            owed.extend(answers);
        }
        let library = ground.library()?;
        let notebook = Arc::new(ground.open()?);
        let watch = notebook.watch(|_| {})?;
        let mut run = Self {
            ground,
            library,
            notebook,
            watch: Some(watch),
            random: Random::new(seed),
            open: Open {
                entry: String::new(),
                path: String::new(),
                revision: None,
                answer: String::new(),
            },
            owed,
            fresh: BTreeMap::new(),
            old_reads: BTreeMap::new(),
            next: 0,
            met: Met::default(),
        };
        for post in 0..POSTS {
            run.wait_for_look(&post_name(post))?;
        }
        run.open_another()?;
        Ok(run)
    }

    fn new_mark(&mut self, side: &str) -> String {
        self.next += 1;
        mark(side, self.next)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.ground.folder().join(name)
    }

    /// Types into the open edit and saves it, as the window does.
    fn here(&mut self) -> Outcome<()> {
        if self.random.chance(20) {
            self.open_another()?;
        }
        let typed = self.new_mark("an");
        let mut text = format!("{typed} 여기서 쓴 답.");
        loop {
            let outcome = self.notebook.answer(&SaveAnswerRequest {
                entry: self.open.entry.clone(),
                text: text.clone(),
                base: self.open.revision.clone(),
                base_answer: Some(self.open.answer.clone()),
            });
            match outcome {
                Ok(saved) => {
                    // What was there before is in the history now, whoever wrote it.
                    let seen = self.fresh.remove(&saved.path).unwrap_or_default();
                    self.owed.extend(seen);
                    let mut marks = HashSet::new();
                    marks_in(&text, &mut marks);
                    self.owed.extend(marks);
                    self.open.path = saved.path;
                    self.open.revision = Some(saved.revision);
                    self.open.answer = text;
                    self.met.saved += 1;
                    return Ok(());
                }
                Err(error) if error.code == Code::Conflict => {
                    self.met.conflicts += 1;
                    let Ok(page) = self.notebook.page(&self.open.entry) else {
                        self.open_another()?;
                        continue;
                    };
                    let theirs = page.entry.answer.text;
                    self.open.revision = Some(page.revision);
                    self.open.answer.clone_from(&theirs);
                    match self.random.below(3) {
                        0 => {
                            self.met.given_up += 1;
                            return Ok(());
                        }
                        1 => {}
                        _ => text = format!("{theirs}\n\n{text}"),
                    }
                }
                // The text is still on the screen: it is taken to another question.
                Err(error) if matches!(error.code, Code::UnknownEntry | Code::PostGone) => {
                    self.open_another()?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn open_another(&mut self) -> Outcome<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let rows = self.notebook.rows(&Default::default(), 0, 100);
            if !rows.is_empty() {
                let entry = rows[self.random.below(rows.len())].id.clone();
                if let Ok(page) = self.notebook.page(&entry) {
                    self.open = Open {
                        entry: page.entry.id,
                        path: page.path,
                        revision: Some(page.revision),
                        answer: page.entry.answer.text,
                    };
                    return Ok(());
                }
            }
            if Instant::now() > deadline {
                return Err("no question can be opened".into());
            }
        }
    }

    /// The other program changes one answer of a post.
    fn outside(&mut self) -> Outcome<()> {
        let name = post_name(self.random.below(POSTS));
        let read = fs::read_to_string(self.file(&name)).ok();
        let stale = self.random.chance(15);
        let text = match self.old_reads.get(&name).filter(|_| stale) {
            Some(old) => {
                self.met.stale += 1;
                Some(old.clone())
            }
            None => read.clone(),
        };
        let new = self.new_mark("ba");
        let text = match text {
            Some(text) => changed(&text, &new, &mut self.random),
            // Deleted before: made anew.
            None => {
                let answers: Vec<String> = QUESTIONS.iter().map(|_| self.new_mark("ba")).collect();
                let post = (0..POSTS).find(|post| post_name(*post) == name).unwrap_or_default();
                changed(&text_of(post, &answers), &new, &mut self.random)
            }
        };
        let way = WAYS[self.random.below(WAYS.len())];
        self.replaced_outside(&name, read.as_deref().unwrap_or_default(), &text);
        outside::write(way, &self.file(&name), &text)?;
        self.met.outside += 1;
        if self.random.chance(5) {
            self.old_reads.insert(name.clone(), text);
        }
        if self.random.chance(15) { self.wait_for_look(&name) } else { Ok(()) }
    }

    fn delete(&mut self) -> Outcome<()> {
        let name = if self.random.chance(50) {
            self.open.path.clone()
        } else {
            post_name(self.random.below(POSTS))
        };
        let Ok(read) = fs::read_to_string(self.file(&name)) else { return Ok(()) };
        self.replaced_outside(&name, &read, "");
        fs::remove_file(self.file(&name))?;
        self.met.deleted += 1;
        Ok(())
    }

    /// Closes the notebook and opens it again, with edits by others in between.
    fn reopen(&mut self) -> Outcome<()> {
        for post in 0..POSTS {
            self.wait_for_look(&post_name(post))?;
        }
        self.watch = None;
        self.outside_while_closed()?;
        self.notebook = Arc::new(self.ground.open()?);
        self.watch = Some(self.notebook.watch(|_| {})?);
        self.met.reopened += 1;
        Ok(())
    }

    fn outside_while_closed(&mut self) -> Outcome<()> {
        let name = post_name(self.random.below(POSTS));
        let Ok(read) = fs::read_to_string(self.file(&name)) else { return Ok(()) };
        let new = self.new_mark("ba");
        let text = changed(&read, &new, &mut self.random);
        self.replaced_outside(&name, &read, &text);
        outside::write(WAYS[0], &self.file(&name), &text)?;
        Ok(())
    }

    /// Notes what the other program is about to take out of a post and to put in.
    fn replaced_outside(&mut self, name: &str, before: &str, after: &str) {
        let (mut gone, mut is) = (HashSet::new(), HashSet::new());
        marks_in(before, &mut gone);
        marks_in(after, &mut is);
        let fresh = self.fresh.entry(name.to_owned()).or_default();
        let unseen: Vec<String> =
            fresh.iter().filter(|mark| !is.contains(*mark)).cloned().collect();
        for mark in unseen {
            fresh.remove(&mark);
            self.met.unseen += 1;
        }
        fresh.extend(
            is.into_iter().filter(|mark| !gone.contains(mark) && !self.owed.contains(mark)),
        );
    }

    /// Waits until what stands in a post is in the history too.
    fn wait_for_look(&mut self, name: &str) -> Outcome<()> {
        let Ok(text) = fs::read(self.file(name)) else { return Ok(()) };
        let revision = Revision::of(&text);
        let kept = || self.library.version(&revision);
        if wait(|| Ok(kept().err()))?.is_some() {
            return Err(format!("the history has not taken over what stands in {name}").into());
        }
        let seen = self.fresh.remove(name).unwrap_or_default();
        self.owed.extend(seen);
        Ok(())
    }

    /// Looks for every text that is owed. What another program has just replaced or deleted is listed
    /// in the history with the next look at the files, so that is waited for.
    fn check(&mut self) -> Outcome<()> {
        self.met.checked = self.owed.len();
        let lost = wait(|| {
            let found = self.ground.found()?;
            let lost: Vec<&String> =
                self.owed.iter().filter(|mark| !found.contains(*mark)).collect();
            Ok((!lost.is_empty()).then_some(lost))
        })?;
        let Some(lost) = lost else { return Ok(()) };
        let (number, some) = (lost.len(), lost.iter().take(20).collect::<Vec<_>>());
        Err(format!("{number} texts are in no file and not in the history: {some:?}").into())
    }
}

/// Asks what is missing until that is nothing, or returns it when patience ends. A watch tells of
/// changes and not of looks, which keep contents before there is a change, so none can be waited for.
fn wait<T>(mut missing: impl FnMut() -> Outcome<Option<T>>) -> Outcome<Option<T>> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let missing = missing()?;
        if missing.is_none() || Instant::now() > deadline {
            return Ok(missing);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn text_of(post: usize, answers: &[String]) -> String {
    let answers: Vec<(&str, &str)> =
        QUESTIONS.iter().copied().zip(answers.iter().map(String::as_str)).collect();
    daily(&format!("2025.04.{:02}", post + 10), &answers)
}

/// Puts a new mark in the place of another one: the length stays.
fn changed(text: &str, new: &str, random: &mut Random) -> String {
    let mut marks = HashSet::new();
    marks_in(text, &mut marks);
    let mut marks: Vec<String> = marks.into_iter().collect();
    marks.sort();
    match marks.len() {
        0 => format!("{text}\n{new}\n"),
        count => text.replace(&marks[random.below(count)], new),
    }
}
