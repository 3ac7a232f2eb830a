//! Measures Dapanji on a made-up notebook and writes a table, each figure beside its yardstick in the
//! same run: `bench [--posts N] [--update-readme]`.

#![expect(clippy::print_stdout, reason = "its output is the table")]
#![expect(clippy::print_stderr, reason = "says what it is at, as some steps take minutes")]

mod index;
mod keys;
mod machine;
mod open;
mod pdf;
mod preview;
mod queries;
mod search;
mod stats;
mod table;
mod window;

use std::error::Error;
use std::path::{Path, PathBuf};

use dapanji_api::dto::OffsetUnit;
use dapanji_api::{Notebook, NotebookOptions, Places};
use dapanji_tests::generate::{Generated, generate};

use crate::table::Table;

type Outcome<T> = Result<T, Box<dyn Error>>;

const SEED: u64 = 20_250_409;
const POSTS: usize = 10_000;
const QUESTIONS_PER_POST: usize = 7;

fn main() -> Outcome<()> {
    let mut posts = POSTS;
    let mut update_readme = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--posts" => posts = arguments.next().ok_or("--posts wants a number")?.parse()?,
            "--update-readme" => update_readme = true,
            // What this program starts to look at a process that has done nothing before.
            "--probe" => return open::probe(arguments),
            other => return Err(format!("unknown argument `{other}`").into()),
        }
    }
    let dir = tempfile::tempdir()?;
    say("writing the notebook");
    let folder = dir.path().join("notebook");
    let written = generate(&folder, posts, QUESTIONS_PER_POST, SEED)?;
    let bench =
        Bench { folder, home: dir.path().join("home"), dir: dir.path().to_owned(), written };
    let mut table = Table::default();
    open::parse(&bench, &mut table)?;
    open::open(&bench, &mut table)?;
    index::first(&bench, &mut table)?;
    open::reopen(&bench, &mut table)?;
    search::search(&bench, &mut table)?;
    search::save(&bench, &mut table)?;
    pdf::pdf(&bench, &mut table)?;
    pdf::large(&bench, &mut table)?;
    preview::preview(&bench, &mut table)?;
    window::window(&bench, &mut table)?;
    keys::keys(&bench, &mut table)?;
    let text = format!("{}\n\n{}", machine::heading(&written), table.markdown());
    println!("{text}");
    if update_readme {
        table::put_into_readme(&text)?;
    }
    Ok(())
}

/// What all measurements are about.
struct Bench {
    /// For what they need besides; removed at the end.
    dir: PathBuf,
    folder: PathBuf,
    /// Holds the index of `folder` once [`index::first`] was run.
    home: PathBuf,
    written: Generated,
}

impl Bench {
    fn notebook(&self) -> Outcome<Notebook> {
        open_in(&self.folder, &self.home)
    }
}

fn open_in(folder: &Path, home: &Path) -> Outcome<Notebook> {
    let options = NotebookOptions {
        places: Places::under(home),
        unit: OffsetUnit::Utf16,
        ..NotebookOptions::default()
    };
    Ok(Notebook::open(folder, options)?)
}

fn say(what: &str) {
    eprintln!("bench: {what}");
}
