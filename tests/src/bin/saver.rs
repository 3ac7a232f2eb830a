//! The program that is killed, or that writes beside others, in the runs that try to lose a text:
//! `saver saves FROM FOLDER HOME`, `saver answers SIDE MILLISECONDS SEED FOLDER HOME`,
//! `saver index FOLDER HOME`, `saver find WORD FOLDER HOME`.
//!
//! It says on standard output what was accepted, a line each, as soon as it is.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use dapanji_tests::endurance::{Outcome, indexing, kills, open, together};

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let say = |line: &str| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush())
    };
    match arguments.as_slice() {
        ["saves", from, folder, home] => {
            let notebook = open(Path::new(folder), Path::new(home))?;
            kills::save_for_ever(&notebook, from.parse()?, say)
        }
        ["answers", side, time, seed, folder, home] => together::write_answers(
            Path::new(folder),
            Path::new(home),
            side,
            Duration::from_millis(time.parse()?),
            seed.parse()?,
            say,
        ),
        ["index", folder, home] => indexing::index(&open(Path::new(folder), Path::new(home))?, say),
        ["find", word, folder, home] => {
            indexing::find(&open(Path::new(folder), Path::new(home))?, word, say)
        }
        _ => Err("saver saves FROM FOLDER HOME | answers SIDE MILLISECONDS SEED FOLDER HOME | \
                  index FOLDER HOME | find WORD FOLDER HOME"
            .into()),
    }
}
