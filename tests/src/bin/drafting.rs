//! Keeps drafts of one answer, each longer or shorter than the one before, until it is killed.
//!
//! `drafting FOLDER HOME ENTRY` says the number of each draft on standard output as soon as it is
//! acknowledged. A test kills it and looks for the last one.

use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use dapanji_api::dto::{DraftPart, DraftRequest};
use dapanji_api::{Notebook, NotebookOptions, Places};
use dapanji_tests::drafting;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("drafting FOLDER HOME ENTRY");
    let (folder, home, entry) = (next()?, next()?, next()?);
    let places = Places::under(Path::new(&home));
    let options = NotebookOptions { places, ..NotebookOptions::default() };
    let notebook = Notebook::open(Path::new(&folder), options)?;
    let mut request = DraftRequest {
        entry: Some(entry),
        part: DraftPart::Answer,
        audience: None,
        text: String::new(),
        base: String::new(),
        revision: None,
        replaces: None,
        question: None,
        path: None,
        date: None,
    };
    let mut out = std::io::stdout().lock();
    for nth in 1.. {
        request.text = drafting::text(nth);
        request.replaces = Some(notebook.keep_draft(&request)?.key);
        writeln!(out, "{nth}")?;
        out.flush()?;
    }
    Ok(())
}
