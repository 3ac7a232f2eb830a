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
        // Looking one up unpacks a whole block of them; there are about as many as records.
        let (path_texts, revision_texts) = (texts(&paths)?, texts(&revisions)?);
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) {
                let path = text(&paths, &path_texts, doc);
                let revision = text(&revisions, &revision_texts, doc);
                records.push(Record { path, revision });
            }
            doc = scorer.advance();
        }
    }
    Ok(records)
}

/// Returns all texts of a column, in the order of their numbers.
fn texts(column: &StrColumn) -> Result<Vec<String>, SearchError> {
    let mut texts = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(TantivyError::from)?;
    while stream.advance() {
        texts.push(String::from_utf8_lossy(stream.key()).into_owned());
    }
    Ok(texts)
}

fn text(column: &StrColumn, texts: &[String], doc: u32) -> String {
    let number = column.term_ords(doc).next().and_then(|number| usize::try_from(number).ok());
    number.and_then(|number| texts.get(number)).cloned().unwrap_or_default()
}
