//! Puts posts into the index.

use std::fmt;

use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, Term};

use crate::disk::Disk;
use crate::document::{Document, FREE_SECTION, POST_RECORD, PartKind, date_code};
use crate::error::SearchError;
use crate::merging::Merging;
use crate::pairs;
use crate::schema::Fields;

/// Bytes of memory for documents that are not committed yet, over all threads.
const HEAP: usize = 50_000_000;
/// Threads that cut documents into tokens.
const THREADS: usize = 2;

/// The one writer of an index.
///
/// Nothing is found before [`commit`](Self::commit); what is not committed is lost when the writer
/// goes.
pub struct Writer {
    writer: IndexWriter,
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
        let writer: IndexWriter = index.writer_with_num_threads(THREADS, HEAP)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self { writer, reader, fields, disk, failure: None })
    }

    /// Replaces all documents of the post at `path` by `documents`, read at `revision`.
    pub fn replace_post(&mut self, path: &str, revision: &str, documents: &[Document]) {
        self.remove_post(path);
        let mut record = TantivyDocument::new();
        record.add_text(self.fields.path, path);
        record.add_text(self.fields.record_path, path);
        record.add_text(self.fields.revision, revision);
        record.add_u64(self.fields.part, POST_RECORD);
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

    fn add(&mut self, document: TantivyDocument) {
        if let Err(error) = self.writer.add_document(document) {
            self.failure.get_or_insert(error.into());
        }
    }

    fn convert(&self, path: &str, document: &Document) -> TantivyDocument {
        let fields = self.fields;
        let mut out = TantivyDocument::new();
        out.add_text(fields.path, path);
        let free = document.part == PartKind::Section && document.entry.is_none();
        out.add_u64(fields.part, if free { FREE_SECTION } else { document.part.code() });
        out.add_u64(fields.line, u64::from(document.line));
        if let Some(date) = document.date {
            out.add_i64(fields.date, date_code(date));
        }
        if let Some(state) = document.answer_state {
            out.add_u64(fields.state, state.code());
        }
        if let Some(entry) = &document.entry {
            out.add_text(fields.entry, entry);
        }
        out.add_text(fields.question, &document.question);
        out.add_text(fields.text, &document.text);
        out.add_text(fields.bigrams, &document.text);
        out.add_text(fields.words, &document.text);
        pairs::collect(&document.text, &mut |pair| out.add_text(fields.pairs, pair));
        for category in &document.categories {
            out.add_text(fields.category, category);
        }
        if let Some(topic) = &document.topic {
            out.add_text(fields.topic, topic);
        }
        if document.part == PartKind::Question {
            // The question's part is also found by what the entry is about.
            for about in document.categories.iter().chain(&document.topic) {
                out.add_text(fields.bigrams, about);
                out.add_text(fields.words, about);
            }
        } else {
            out.add_text(fields.heading, &document.question);
        }
        out
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("failure", &self.failure).finish_non_exhaustive()
    }
}
