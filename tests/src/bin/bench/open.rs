//! Reading: one large post, and the whole folder in a process that has done nothing before.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use dapanji_api::dto::{ListFilter, SearchRequest};
use dapanji_tests::generate::generate;

use crate::machine::peak_memory;
use crate::stats::{Samples, megabytes, show, timed};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, SEED, open_in, pdf, say};

/// Posts above 20 MiB are not read.
const LARGE_POST: usize = 7000;

/// Reads one post of thousands of questions, which no second core can help with.
pub(crate) fn parse(bench: &Bench, table: &mut Table) -> Outcome<()> {
    let folder = bench.dir.join("large");
    let written = generate(&folder, 1, LARGE_POST, SEED)?;
    let mut samples = Samples::default();
    for warm in 0..6 {
        // A home of its own each time: what an earlier opening noted would spare the reading.
        let home = bench.dir.join(format!("large-home-{warm}"));
        let (notebook, took) = timed(|| open_in(&folder, &home));
        let shown = notebook?.overview(&ListFilter::default()).total;
        if shown as usize != written.questions {
            return Err(format!("{shown} of {} questions were read", written.questions).into());
        }
        if warm > 0 {
            samples.add(took);
        }
    }
    let speed = megabytes(written.bytes) / samples.median().as_secs_f64();
    table.add(Row {
        what: format!(
            "parse: a post of {:.0} MB read, hashed, parsed, listed",
            megabytes(written.bytes)
        ),
        figure: format!("{speed:.0} MB/s"),
        ..Row::default()
    });
    Ok(())
}

/// What a fresh process told.
pub(crate) struct Probed {
    /// From its start to its report.
    pub(crate) took: Duration,
    /// Bytes.
    pub(crate) memory: u64,
}

/// Runs this program anew to do one thing, named by `kind`, to a folder.
pub(crate) fn run_probe(folder: &Path, kind: &str, home: &Path) -> Outcome<Probed> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--probe", kind]).arg(folder).arg(home);
    let (output, took) = timed(|| command.output());
    let output = output?;
    if !output.status.success() {
        return Err(format!("{kind}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let memory = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(Probed { took, memory })
}

/// The other side of [`run_probe`]: opens the notebook, shows what the window shows first, or prints
/// it, and reports the most memory it took.
pub(crate) fn probe(mut arguments: impl Iterator<Item = String>) -> Outcome<()> {
    let kind = arguments.next().unwrap_or_default();
    let folder = arguments.next().ok_or("the probe wants a folder")?;
    let home = arguments.next().ok_or("the probe wants a home")?;
    let notebook = open_in(folder.as_ref(), home.as_ref())?;
    let filter = ListFilter::default();
    let shown = notebook.overview(&filter).total;
    let rows = notebook.rows(&filter, 0, 50);
    let today = notebook.today_view();
    if shown == 0 || rows.is_empty() || today.categories.is_empty() {
        return Err("the list is empty".into());
    }
    if kind == pdf::PRINT {
        pdf::print_all(&notebook, &Path::new(&home).with_extension("pdf"))?;
    } else if kind != "open" {
        let request = SearchRequest::new("동시성", 80);
        if notebook.search(&request)?.hits.is_empty() {
            return Err("the search found nothing".into());
        }
    }
    println!("{}", peak_memory().unwrap_or_default());
    Ok(())
}

fn probes(bench: &Bench, kind: &str, home: impl Fn(u32) -> PathBuf) -> Outcome<(Samples, u64)> {
    let mut samples = Samples::default();
    let mut memory = 0;
    for warm in 0..6 {
        let probed = run_probe(&bench.folder, kind, &home(warm))?;
        if warm > 0 {
            samples.add(probed.took);
            memory = memory.max(probed.memory);
        }
    }
    Ok((samples, memory))
}

/// Measures a start up to a usable list.
pub(crate) fn open(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("opening the folder");
    let (first, _) = probes(bench, "open", |round| bench.dir.join(format!("first-home-{round}")))?;
    let (samples, memory) = probes(bench, "open", |_| bench.home.clone())?;
    let speed = megabytes(bench.written.bytes) / first.median().as_secs_f64();
    table.add(Row {
        what: "open the folder for the first time: new process to a usable list".to_owned(),
        figure: format!(
            "{} ({speed:.0} MB/s), slowest {}",
            show(first.median()),
            show(first.largest())
        ),
        ..Row::default()
    });
    table.add(Row {
        what: "open it again, nothing changed".to_owned(),
        figure: format!("{}, slowest {}", show(samples.median()), show(samples.largest())),
        bar: "≤ 1 s".to_owned(),
        reached: Some(samples.median() <= Duration::from_secs(1)),
        ..Row::default()
    });
    table.add(Row {
        what: "memory of that process at its peak, without a window".to_owned(),
        figure: format!("{:.0} MB", megabytes(memory)),
        ..Row::default()
    });
    Ok(())
}

/// Measures a start up to an answered search, the index being there.
pub(crate) fn reopen(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("opening again with the index in place");
    let (samples, memory) = probes(bench, "reopen", |_| bench.home.clone())?;
    table.add(Row {
        what: "open again with the index in place: new process to the first search's hits"
            .to_owned(),
        figure: format!(
            "{}, slowest {}; {:.0} MB at its peak",
            show(samples.median()),
            show(samples.largest()),
            megabytes(memory)
        ),
        ..Row::default()
    });
    Ok(())
}
