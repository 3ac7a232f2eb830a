//! The pages that the window shows before a PDF is written.

use std::time::Duration;

use dapanji_api::dto::{
    ExportOptions, ExportRequest, ListFilter, PreviewRequest, SelectionRequest,
};
use dapanji_api::{Language, Progress, Stage};

use crate::stats::{Samples, show, timed};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, say};

const QUESTIONS: u32 = 100;
/// What the window asks for first, and then.
const LOOKS: [u32; 2] = [10, 500];
/// Width of a page in the window, in pixels.
const WIDTH: u32 = 560;
const BAR: Duration = Duration::from_millis(300);

/// Looks at the newest questions as the window does after each change of an option, here of the size
/// of the text, to one that was never seen: the first pages with the picture of one, then all of them.
pub(crate) fn preview(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("looking at pages");
    let notebook = bench.notebook()?;
    let rows = notebook.rows(&ListFilter::default(), 0, QUESTIONS);
    let entries: Vec<String> = rows.into_iter().map(|row| row.id).collect();
    let look = |most, text_size| {
        let export = ExportRequest {
            selection: SelectionRequest { entries: entries.clone(), ..SelectionRequest::default() },
            options: ExportOptions { text_size, ..ExportOptions::default() },
            out: String::new(),
        };
        let preview = notebook.preview(&PreviewRequest { export, most }, Language::Ko, &Unseen)?;
        preview.picture(0, WIDTH)?;
        Outcome::Ok(preview.view().pages.len())
    };
    let mut times = [Samples::default(), Samples::default()];
    let mut pages = 0;
    look(1, 8.0)?; // fonts not read yet
    for text_size in [9.0, 9.25, 9.5, 9.75, 10.0] {
        for (samples, most) in times.iter_mut().zip(LOOKS) {
            let (seen, took) = timed(|| look(most, text_size));
            pages = seen?;
            samples.add(took);
        }
    }
    let [first, all] = times.map(|samples| samples.median());
    table.add(Row {
        what: format!("first pages of {QUESTIONS} questions in the export dialog, drawn"),
        figure: format!("{}; all {pages} pages {}", show(first), show(all)),
        yardstick: String::new(),
        bar: "≤ 300 ms".to_owned(),
        reached: Some(first <= BAR),
    });
    Ok(())
}

struct Unseen;

impl Progress for Unseen {
    fn report(&self, _: Stage, _: usize, _: usize) {}

    fn cancelled(&self) -> bool {
        false
    }
}
