//! The record of each post: its path and revision, in columns for a quick look at all of them.

use tantivy::columnar::StrColumn;
use tantivy::query::{EnableScoring, Query as _, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Searcher, TERMINATED, TantivyError, Term};

use crate::document::POST_RECORD;
use crate::error::SearchError;
use crate::schema::{Fields, column};

/// What is known of a post as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) path: String,
    pub(crate) revision: String,
}

/// Returns the records of all posts.
pub(crate) fn read(searcher: &Searcher, fields: Fields) -> Result<Vec<Record>, SearchError> {
    let term = Term::from_field_u64(fields.part, POST_RECORD);
    let weight = TermQuery::new(term, IndexRecordOption::Basic)
        .weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut records = Vec::new();
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let (Some(paths), Some(revisions)) =
            (columns.str(column::PATH)?, columns.str(column::REVISION)?)
        else {
            continue;
        };
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                records.push(Record { path: text(&paths, doc)?, revision: text(&revisions, doc)? });
            }
            doc = scorer.advance();
        }
    }
    Ok(records)
}

fn text(column: &StrColumn, doc: u32) -> Result<String, SearchError> {
    let mut text = String::new();
    if let Some(ord) = column.term_ords(doc).next() {
        column.ord_to_str(ord, &mut text).map_err(TantivyError::from)?;
    }
    Ok(text)
}
