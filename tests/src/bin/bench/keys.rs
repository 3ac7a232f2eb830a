//! How long keys take in the real window until their effect shows.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::stats::{ratio, show};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, say};

/// Types into the window and goes from entry to entry, in a post of 500 KB.
pub(crate) fn keys(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("typing into a window");
    let programs = std::env::current_exe()?.parent().map(Path::to_owned).unwrap_or_default();
    let drive = Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e/run.sh");
    let figures = bench.dir.join("keys.json");
    let driven = Command::new(drive)
        .arg("measure")
        .arg(&figures)
        .env("DAPANJI_WINDOW", programs.join("dapanji-window"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()?;
    if !driven.status.success() {
        let words = String::from_utf8_lossy(&driven.stderr);
        let why = words.lines().find(|line| line.contains("tests/e2e:") || line.contains("Error:"));
        table.add(Row {
            what: "window: key until its effect shows".to_owned(),
            figure: "not measured".to_owned(),
            yardstick: why.unwrap_or("the window could not be driven").trim().to_owned(),
            ..Row::default()
        });
        return Ok(());
    }
    let figures: Value = serde_json::from_slice(&std::fs::read(figures)?)?;
    let bare = Took::of(&figures, "bare")?;
    let plain = Took::of(&figures, "plain")?;
    let beside = format!(
        "{}, p95 {}: an empty plain field in the same window; {} with the post's text in it",
        show(bare.median),
        show(bare.p95),
        show(plain.median),
    );
    for (name, what, limit) in [
        ("answer", "window: letter until it shows, in an answer of a post of 500 KB", 16),
        ("source", "the same in the source of the post", 16),
        ("entry", "window: key until the next entry shows, in the same post", 50),
    ] {
        let took = Took::of(&figures, name)?;
        table.add(Row {
            what: what.to_owned(),
            figure: format!(
                "{}, p95 {}, × {:.2}",
                show(took.median),
                show(took.p95),
                ratio(took.median, bare.median)
            ),
            yardstick: beside.clone(),
            bar: format!("≤ {limit} ms"),
            reached: Some(took.median <= Duration::from_millis(limit)),
        });
    }
    Ok(())
}

/// How long the keys of one measurement took.
struct Took {
    median: Duration,
    p95: Duration,
}

impl Took {
    fn of(figures: &Value, name: &str) -> Outcome<Self> {
        let milliseconds = |what: &str| {
            let number = figures[name][what].as_f64();
            let seconds = number.ok_or_else(|| format!("no figure {what} of {name}"))? / 1e3;
            Outcome::Ok(Duration::try_from_secs_f64(seconds)?)
        };
        Ok(Self { median: milliseconds("p50")?, p95: milliseconds("p95")? })
    }
}
