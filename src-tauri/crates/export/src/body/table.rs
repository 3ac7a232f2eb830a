//! Tables.

use std::num::NonZeroUsize;

use pulldown_cmark::Alignment as Column;
use typst::foundations::{Content, NativeElement as _, Packed, Smart, Value};
use typst::layout::{Alignment, HAlignment, TrackSizings};
use typst::model::{ParElem, TableCell, TableChild, TableElem, TableHeader, TableItem};
use typst::text::{SpaceElem, TextElem};

use crate::notes::{Notes, Omission};

/// A table with more columns has no place on a page.
const MOST_COLUMNS: usize = 14;

/// A table whose cells are being read.
pub(super) struct Table {
    alignments: Vec<Column>,
    /// The first row is the head.
    rows: Vec<Vec<Content>>,
}

impl Table {
    pub(super) fn new(alignments: &[Column]) -> Self {
        Self { alignments: alignments.to_vec(), rows: Vec::new() }
    }

    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, body: Content) {
        if let Some(row) = self.rows.last_mut() {
            row.push(body);
        }
    }

    pub(super) fn finish(self, notes: &mut Notes) -> Vec<Content> {
        let columns = self.alignments.len();
        if columns > MOST_COLUMNS {
            notes.add(Omission::WideTable(columns));
            return self.rows.into_iter().map(as_text).collect();
        }
        let Some(count) = NonZeroUsize::new(columns) else { return Vec::new() };
        // A cast from a count is the library's own way to that many automatic columns.
        let tracks = Value::Int(i64::try_from(columns).unwrap_or(1))
            .cast::<TrackSizings>()
            .unwrap_or_default();
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
        vec![TableElem::new(children).with_columns(tracks).pack()]
    }
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
