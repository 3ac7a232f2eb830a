//! A PDF beside what Typst alone takes for it.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use dapanji_api::dto::{ExportOptions, ExportRequest, ListFilter, SelectionRequest};
use dapanji_api::{Language, Notebook, Progress, Stage};
use dapanji_tests::generate::generate;

use crate::open::run_probe;
use crate::stats::{Samples, megabytes, ratio, show, timed};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, SEED, say};

const QUESTIONS: u32 = 100;
/// A whole notebook that is printed: posts, and questions of each.
const LARGE: (usize, usize) = (125, 8);
/// Most memory that printing it may take, in bytes.
const MOST_MEMORY: u64 = 400_000_000;
/// Names the process that prints it.
pub(crate) const PRINT: &str = "print";

/// Exports the newest questions. Typst alone is the part of the same export between the reports that
/// layout and writing begin and end: compiling the document that was built for it, and its PDF.
pub(crate) fn pdf(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("exporting");
    let notebook = bench.notebook()?;
    let rows = notebook.rows(&ListFilter::default(), 0, QUESTIONS);
    let entries = rows.into_iter().map(|row| row.id).collect();
    let request = ExportRequest {
        selection: SelectionRequest { entries, ..SelectionRequest::default() },
        options: ExportOptions::default(),
        out: bench.dir.join("out.pdf").display().to_string(),
    };
    let (mut whole, mut typst, mut ratios) = (Samples::default(), Samples::default(), Vec::new());
    let mut written = None;
    for warm in 0..6 {
        let clock = Clock::default();
        let (view, took) = timed(|| notebook.export(&request, Language::Ko, &clock));
        written = Some(view?);
        if warm == 0 {
            say(&format!("the first export, fonts not read yet: {}", show(took)));
        } else {
            let alone = clock.in_typst();
            whole.add(took);
            typst.add(alone);
            ratios.push(ratio(took, alone));
        }
    }
    ratios.sort_by(f64::total_cmp);
    let times = ratios.get(ratios.len() / 2).copied().unwrap_or_default();
    let view = written.ok_or("nothing was exported")?;
    if view.entries != QUESTIONS || !view.omissions.is_empty() {
        return Err(format!("{} entries, left out: {:?}", view.entries, view.omissions).into());
    }
    table.add(Row {
        what: format!(
            "PDF of {} questions, {} pages, {:.1} MB, PDF/UA-1",
            view.entries,
            view.pages,
            megabytes(u64::from(view.bytes))
        ),
        figure: format!("{}, × {times:.2}", show(whole.median())),
        yardstick: format!("{}: Typst alone on the document as built", show(typst.median())),
        bar: "≤ 1.3 ×".to_owned(),
        reached: Some(times <= 1.3),
    });
    Ok(())
}

/// Prints a whole notebook in a process that does nothing else.
pub(crate) fn large(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("exporting a whole notebook");
    let folder = bench.dir.join("printed");
    let home = bench.dir.join("printed-home");
    let (posts, each) = LARGE;
    let written = generate(&folder, posts, each, SEED)?;
    let (mut samples, mut memory) = (Samples::default(), 0);
    for _ in 0..3 {
        let probed = run_probe(&folder, PRINT, &home)?;
        samples.add(probed.took);
        memory = memory.max(probed.memory);
    }
    table.add(Row {
        what: format!(
            "PDF of {} questions: a process that opens them and prints all",
            written.questions
        ),
        figure: format!("{}, {:.0} MB at its peak", show(samples.median()), megabytes(memory)),
        bar: "≤ 400 MB".to_owned(),
        reached: Some(memory <= MOST_MEMORY),
        ..Row::default()
    });
    Ok(())
}

/// Prints all questions of a notebook. Fails where one is left out.
pub(crate) fn print_all(notebook: &Notebook, out: &Path) -> Outcome<()> {
    let request = ExportRequest {
        selection: SelectionRequest::default(),
        options: ExportOptions::default(),
        out: out.display().to_string(),
    };
    let total = notebook.overview(&ListFilter::default()).total;
    let written = notebook.export(&request, Language::Ko, &Clock::default())?;
    if written.entries != total || !written.omissions.is_empty() {
        return Err(format!("{} entries of {total}", written.entries).into());
    }
    Ok(())
}

/// Notes how long the stages take that are Typst's.
#[derive(Default)]
struct Clock(Mutex<Times>);

#[derive(Default)]
struct Times {
    began: Option<Instant>,
    sum: Duration,
}

impl Clock {
    fn in_typst(&self) -> Duration {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).sum
    }
}

impl Progress for Clock {
    fn report(&self, stage: Stage, done: usize, _: usize) {
        if stage == Stage::Convert {
            return;
        }
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match times.began.take() {
            Some(began) if done > 0 => times.sum += began.elapsed(),
            _ => times.began = Some(Instant::now()),
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}
