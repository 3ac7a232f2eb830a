//! The measures of the page that the converter has to know. `template.typ` has the same.

use crate::{Columns, Options, Paper, TEXT_SIZE, TEXT_SIZES};

/// Columns narrower than this, in em, hold no text one likes to read.
const NARROWEST: f64 = 11.5;
/// Millimetres in points.
const MM: f64 = 72.0 / 25.4;

/// Widths of text, in em.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Widths {
    /// Under a question.
    pub(crate) page: f64,
    /// Of one of two columns under a question.
    pub(crate) column: f64,
}

pub(crate) fn widths(options: &Options) -> Widths {
    let size = text_size(options);
    let (width, margin, numbers) = match options.paper {
        Paper::A4 => (210.0 * MM, 21.0 * MM, 31.0),
        Paper::Letter => (612.0, 21.0 * MM, 31.0),
        Paper::A5 => (148.0 * MM, 14.0 * MM, 27.0),
    };
    let page = (width - 2.0 * margin - numbers * size / TEXT_SIZE) / size;
    Widths { page, column: (page - 6.5 * MM / size) / 2.0 }
}

/// Says whether own and model answer stand side by side.
pub(crate) fn is_side_by_side(options: &Options) -> bool {
    options.columns == Columns::Two && widths(options).column >= NARROWEST
}

/// Size of the text in points; what is no number is as usual.
pub(crate) fn text_size(options: &Options) -> f64 {
    let size = if options.text_size.is_finite() { options.text_size } else { TEXT_SIZE };
    size.clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end())
}

/// Typst's name of a paper.
pub(crate) fn paper_name(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "a4",
        Paper::Letter => "us-letter",
        Paper::A5 => "a5",
    }
}
