//! Writes a PDF.

use std::io::IsTerminal as _;
use std::path::Path;

use dapanji_api::dto::{
    AnswersView, ColumnsView, ExportOptions, ExportRequest, PaperView, SelectionRequest,
};
use dapanji_api::{ApiError, Language, Progress, Stage};

use crate::args::{Layout, Selected};
use crate::print;
use crate::run::open;

pub(crate) fn run(
    folder: &Path,
    out: &Path,
    selected: &Selected,
    layout: &Layout,
    json: bool,
) -> Result<(), ApiError> {
    let request = ExportRequest {
        selection: selection(selected),
        options: options(layout),
        out: out.display().to_string(),
    };
    let language = if layout.language == "en" { Language::En } else { Language::Ko };
    let written = open(folder)?.export(&request, language, &OnTerminal)?;
    if json { print::json(&written) } else { print::export(&written) }
}

fn selection(selected: &Selected) -> SelectionRequest {
    SelectionRequest {
        entries: selected.entry.clone(),
        from: selected.from.clone().or_else(|| selected.date.clone()),
        to: selected.to.clone().or_else(|| selected.date.clone()),
        category: selected.category.clone(),
        search: selected.search.clone(),
        post: selected.post.clone(),
    }
}

fn options(layout: &Layout) -> ExportOptions {
    let has = |part: &str| !layout.without.iter().any(|other| other == part);
    let answers = match layout.practice {
        _ if !has("answer") => AnswersView::Left,
        Some(_) => AnswersView::Ruled,
        None if layout.compare => AnswersView::Compared,
        None => AnswersView::Printed,
    };
    let usual = ExportOptions::default();
    ExportOptions {
        paper: match layout.paper.to_ascii_lowercase().as_str() {
            "letter" => PaperView::Letter,
            "a5" => PaperView::A5,
            _ => PaperView::A4,
        },
        columns: if layout.side_by_side { ColumnsView::Two } else { ColumnsView::One },
        text_size: layout.text_size,
        hints: has("hint"),
        answers,
        ruled_lines: layout.practice.unwrap_or(usual.ruled_lines),
        models: has("model") && layout.practice.is_none(),
        audience: layout.audience.clone(),
        sections: has("section"),
        pictures: has("picture"),
        cover: has("cover"),
        contents: has("contents"),
        grey: layout.grey,
        archive: layout.archive,
        title: layout.title.clone(),
        author: layout.author.clone(),
    }
}

/// Progress on standard error, where a person looks.
struct OnTerminal;

impl Progress for OnTerminal {
    fn report(&self, stage: Stage, done: usize, of: usize) {
        if std::io::stderr().is_terminal() && (done == of || done.is_multiple_of(50)) {
            eprint!("\r{stage:?} {done}/{of}   ");
            if done == of {
                eprintln!();
            }
        }
    }

    fn cancelled(&self) -> bool {
        false
    }
}
