//! The table of figures.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;

/// Where the table stands in the README.
const BEGIN: &str = "<!-- bench:start -->";
const END: &str = "<!-- bench:end -->";

/// A measured thing.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) figure: String,
    /// What was measured beside it in the same run.
    pub(crate) yardstick: String,
    /// What it must reach.
    pub(crate) bar: String,
    /// Whether it does; none where nothing is demanded or nothing could be measured.
    pub(crate) reached: Option<bool>,
}

/// All figures of a run.
#[derive(Debug, Default)]
pub(crate) struct Table(Vec<Row>);

impl Table {
    pub(crate) fn add(&mut self, row: Row) {
        crate::say(&format!("{}: {} {}", row.what, row.figure, row.yardstick));
        self.0.push(row);
    }

    pub(crate) fn markdown(&self) -> String {
        let mut out =
            String::from("| what | Dapanji | beside it | bar | |\n|---|---|---|---|---|\n");
        for row in &self.0 {
            let reached = match row.reached {
                Some(true) => "reached",
                Some(false) => "**missed**",
                None => "",
            };
            writeln!(
                out,
                "| {} | {} | {} | {} | {reached} |",
                row.what, row.figure, row.yardstick, row.bar
            )
            .expect("BUG: writing to a string cannot fail");
        }
        out
    }
}

/// Replaces what stands between the two marks in the README.
pub(crate) fn put_into_readme(table: &str) -> Outcome<()> {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = fs::read_to_string(&readme)?;
    let marks = || format!("README.md has no {BEGIN} and {END} to put the table between");
    let (before, rest) = text.split_once(BEGIN).ok_or_else(marks)?;
    let (_, after) = rest.split_once(END).ok_or_else(marks)?;
    let new = format!("{before}{BEGIN}\n{}\n{END}{after}", table.trim_end());
    Ok(dapanji_api::write_file(&readme, new.as_bytes())?)
}
