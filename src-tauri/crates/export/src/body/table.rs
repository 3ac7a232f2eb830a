//! Tables.

use std::num::NonZeroUsize;

use pulldown_cmark::Alignment as Column;
use typst::foundations::{
    Array, Content, IntoValue as _, NativeElement as _, Packed, Smart, Value,
};
use typst::layout::{Alignment, Em, HAlignment, Length, TrackSizings};
use typst::model::{ParElem, TableCell, TableChild, TableElem, TableHeader, TableItem};
use typst::text::{SpaceElem, TextElem, TextSize};

use crate::line::Extent;
use crate::notes::{Notes, Omission};

/// A table with more columns has no place on a page.
const MOST_COLUMNS: usize = 24;
/// Size of the text in a table, by that around it, as in the template.
const TABLE_SIZE: f64 = 0.94;
/// White space beside the text of a cell, both sides together, in em; as in the template.
const INSETS: f64 = 1.2;
/// The text of a table may become so small, by the usual size.
const SMALLEST: f64 = 0.66;

/// A table whose cells are being read.
pub(super) struct Table {
    alignments: Vec<Column>,
    /// The first row is the head.
    rows: Vec<Vec<Content>>,
    /// The widest extents of each column, in em.
    extents: Vec<Extent>,
}

impl Table {
    pub(super) fn new(alignments: &[Column]) -> Self {
        let extents = vec![Extent::default(); alignments.len()];
        Self { alignments: alignments.to_vec(), rows: Vec::new(), extents }
    }

    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, body: Content, extent: Extent) {
        if let Some(row) = self.rows.last_mut() {
            if let Some(column) = self.extents.get_mut(row.len()) {
                column.word = column.word.max(extent.word);
                column.line = column.line.max(extent.line);
            }
            row.push(body);
        }
    }

    /// Returns the table for a place of `room` em.
    pub(super) fn finish(self, room: f64, notes: &mut Notes) -> Vec<Content> {
        let columns = self.alignments.len();
        let Some(count) = NonZeroUsize::new(columns) else { return Vec::new() };
        let fitted = if columns > MOST_COLUMNS { None } else { fit(&self.extents, room) };
        let Some((scale, tracks)) = fitted else {
            notes.add(Omission::WideTable(columns));
            return self.rows.into_iter().map(as_text).collect();
        };
        let mut children = Vec::new();
        for (index, mut row) in self.rows.into_iter().enumerate() {
            row.resize(count.get(), Content::empty());
            let cells = row.into_iter().zip(&self.alignments).map(|(body, column)| {
                let cell = TableCell::new(body).with_align(alignment(*column));
                TableItem::Cell(Packed::new(cell))
            });
            if index == 0 {
                let head = TableHeader::new(cells.collect());
                children.push(TableChild::Header(Packed::new(head)));
            } else {
                children.extend(cells.map(TableChild::Item));
            }
        }
        let table = TableElem::new(children).with_columns(tracks).pack();
        if scale < 1.0 {
            let size = TextSize(Length::from(Em::new(scale)));
            return vec![table.set(TextElem::size, size)];
        }
        vec![table]
    }
}

/// Finds a size of the text, by the usual one, and widths of columns such that no word breaks;
/// `None` if the text would become too small. Columns with room to spare are left to Typst.
fn fit(extents: &[Extent], room: f64) -> Option<(f64, TrackSizings)> {
    let room = room / TABLE_SIZE * 0.99;
    // Letters of a table's head are bold, and Typst rounds.
    let word = |extent: &Extent| extent.word * 1.02 + INSETS + 0.1;
    let line = |extent: &Extent| extent.line * 1.02 + INSETS + 0.1;
    let words: f64 = extents.iter().map(word).sum();
    let lines: f64 = extents.iter().map(line).sum();
    if lines <= room {
        let count = Value::Int(i64::try_from(extents.len()).ok()?);
        // A cast from a count is the library's own way to that many automatic columns.
        return Some((1.0, count.cast().ok()?));
    }
    let scale = (room / words).min(1.0);
    if scale < SMALLEST {
        return None;
    }
    // Each column has its widest word; what is left goes to all alike, until their longest line fits.
    let mut wishes: Vec<f64> = extents.iter().map(|extent| line(extent) - word(extent)).collect();
    wishes.sort_by(f64::total_cmp);
    let (mut spare, mut most) = ((room / scale - words).max(0.0), 0.0);
    for (index, wish) in wishes.iter().enumerate() {
        let left = u32::try_from(wishes.len() - index).unwrap_or(u32::MAX);
        let share = spare / f64::from(left);
        most = share.min(*wish);
        if share < *wish {
            break;
        }
        spare -= wish;
    }
    let widths: Array = extents
        .iter()
        .map(|extent| word(extent) + (line(extent) - word(extent)).min(most))
        .map(|width| Length::from(Em::new(width)).into_value())
        .collect();
    Some((scale, widths.into_value().cast().ok()?))
}

fn alignment(column: Column) -> Smart<Alignment> {
    match column {
        Column::None => Smart::Auto,
        Column::Left => Smart::Custom(Alignment::H(HAlignment::Left)),
        Column::Center => Smart::Custom(Alignment::H(HAlignment::Center)),
        Column::Right => Smart::Custom(Alignment::H(HAlignment::Right)),
    }
}

/// A row as a line: `a | b | c`.
fn as_text(row: Vec<Content>) -> Content {
    let mut parts = Vec::new();
    for (index, cell) in row.into_iter().enumerate() {
        if index > 0 {
            parts.extend([SpaceElem::shared().clone(), TextElem::packed("|")]);
            parts.push(SpaceElem::shared().clone());
        }
        parts.push(cell);
    }
    ParElem::new(Content::sequence(parts)).pack()
}
