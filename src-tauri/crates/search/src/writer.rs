//! Puts posts into the index.

use std::fmt;

use tantivy::indexer::NoMergePolicy;
use tantivy::schema::OwnedValue;
use tantivy::{Index, IndexReader, IndexWriter, Term};

use crate::disk::Disk;
use crate::document::{Document, FREE_SECTION, POST_RECORD, PartKind, date_code};
use crate::error::SearchError;
use crate::merging::Merging;
use crate::pairs;
use crate::schema::Fields;
use crate::stored::IndexedPart;

/// Bytes of memory for documents that are not committed yet, over all threads.
const HEAP: usize = 50_000_000;
/// Threads that cut documents into tokens.
const THREADS: usize = 2;

/// The one writer of an index.
///
/// Nothing is found before [`commit`](Self::commit); what is not committed is lost when the writer
/// goes.
pub struct Writer {
    writer: IndexWriter<IndexedPart>,
    reader: IndexReader,
    fields: Fields,
    /// None in memory.
    disk: Option<Disk>,
    /// The first failure since the last commit, which the next one reports.
    failure: Option<SearchError>,
}

impl Writer {
    pub(crate) fn new(
        index: &Index,
        reader: IndexReader,
        fields: Fields,
        disk: Option<Disk>,
    ) -> Result<Self, SearchError> {
        let writer = index.writer_with_num_threads(THREADS, HEAP)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self { writer, reader, fields, disk, failure: None })
    }

    /// Replaces all documents of the post at `path` by `documents`, read at `revision`.
    pub fn replace_post(&mut self, path: &str, revision: &str, documents: &[Document]) {
        self.remove_post(path);
        let fields = self.fields;
        let mut record = IndexedPart::default();
        record.add(&[fields.path, fields.record_path], path.to_owned());
        record.add(&[fields.revision], revision.to_owned());
        record.add(&[fields.part], POST_RECORD);
        self.add(record);
        for document in documents {
            let document = self.convert(path, document);
            self.add(document);
        }
    }

    /// Removes the post at `path`.
    pub fn remove_post(&mut self, path: &str) {
        self.writer.delete_term(Term::from_field_text(self.fields.path, path));
    }

    /// Makes everything since the last commit durable and findable.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        if let Some(failure) = self.failure.take() {
            self.writer.rollback()?;
            return Err(failure);
        }
        // Removing reads what is there.
        self.disk.as_ref().map_or(Ok(()), Disk::check_lengths)?;
        // Pieces are merged after a commit, in the background, and not while more are written: a
        // first index would be merged several times over before anyone can search it.
        self.writer.set_merge_policy(Box::new(Merging::default()));
        self.writer.commit()?;
        self.writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(self.reader.reload()?)
    }

    /// Commits and [closes](Self::close).
    pub fn finish(mut self) -> Result<(), SearchError> {
        self.commit()?;
        self.close()
    }

    /// Waits until small pieces of the index are merged into larger ones, and lets go of what is not
    /// needed any more. What is not committed is lost.
    ///
    /// Merges under way are lost with a writer that is not closed.
    pub fn close(self) -> Result<(), SearchError> {
        let reader = self.reader;
        self.writer.wait_merging_threads()?;
        Ok(reader.reload()?)
    }

    fn add(&mut self, document: IndexedPart) {
        if let Err(error) = self.writer.add_document(document) {
            self.failure.get_or_insert(error.into());
        }
    }

    fn convert(&self, path: &str, document: &Document) -> IndexedPart {
        let fields = self.fields;
        let mut out = IndexedPart::default();
        out.add(&[fields.path], path.to_owned());
        let free = document.part == PartKind::Section && document.entry.is_none();
        out.add(&[fields.part], if free { FREE_SECTION } else { document.part.code() });
        out.add(&[fields.line], u64::from(document.line));
        if let Some(date) = document.date {
            out.add(&[fields.date], OwnedValue::I64(date_code(date)));
        }
        if let Some(state) = document.answer_state {
            out.add(&[fields.state], state.code());
        }
        if let Some(entry) = &document.entry {
            out.add(&[fields.entry], entry.clone());
        }
        if document.part == PartKind::Question {
            out.add(&[fields.question], document.question.clone());
        } else {
            out.add(&[fields.question, fields.heading], document.question.clone());
        }
        out.add(&[fields.text, fields.bigrams, fields.words], document.text.clone());
        pairs::collect(&document.text, &mut |pair| out.add(&[fields.pairs], pair.to_owned()));
        for category in &document.categories {
            out.add(&[fields.category], category.clone());
        }
        if let Some(topic) = &document.topic {
            out.add(&[fields.topic], topic.clone());
        }
        if document.part == PartKind::Question {
            // The question's part is also found by what the entry is about.
            for about in document.categories.iter().chain(&document.topic) {
                out.add(&[fields.bigrams, fields.words], about.clone());
            }
        }
        out
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("failure", &self.failure).finish_non_exhaustive()
    }
}
