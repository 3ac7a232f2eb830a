//! Keeps the search index in step with the posts.

use std::sync::atomic::Ordering;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, PoisonError, mpsc};
use std::time::{Duration, Instant};

use dapanji_library::{PostPath, Revision};
use dapanji_post::{AnswerState, Entry, Part, Post};
use dapanji_search::{Document, PartKind, SearchError, SearchIndex};
use rayon::prelude::*;

use crate::convert::count;
use crate::error::ApiError;
use crate::notebook::Notebook;
use crate::snapshot::PostSummary;

/// Posts read ahead of the index at a time: bounds the memory that texts take.
const BATCH: usize = 256;
/// Posts after which what is indexed so far becomes searchable, so that a first index of a large
/// folder can be searched while it is built.
const COMMIT_EVERY: usize = 4096;

/// How long a search waits for another process that is writing the index, before it searches what
/// there is: a few posts take much less.
const PATIENCE: Duration = Duration::from_millis(300);
/// Between two looks whether the index is free.
const PAUSE: Duration = Duration::from_millis(10);
/// After which the thread that keeps the index up to date tries again where another process held it.
const RETRY: Duration = Duration::from_secs(1);

/// Rises whenever a post is read, or cut into documents, differently than before, so that posts that
/// did not change are indexed again.
const DOCUMENTS_VERSION: u32 = 2;

/// How much of what was stale is indexed now.
enum Synced {
    Whole,
    /// Another process holds the index; so many posts are still to be indexed.
    Partly(usize),
}

impl Notebook {
    /// Brings the index up to date unless that takes long enough to be waited for elsewhere.
    pub(crate) fn usable_index(&self) -> Result<(), ApiError> {
        if self.index_building.load(Ordering::Acquire) {
            return Ok(());
        }
        self.sync_index()
    }

    /// Indexes what changed since the index was last written. A post that cannot be indexed now, as
    /// another process holds the index, stays stale until the next call.
    ///
    /// # Errors
    /// `Internal` if the index cannot be read or written.
    pub fn sync_index(&self) -> Result<(), ApiError> {
        let _one_at_a_time = self.indexing();
        if !self.index_stale.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let until = Instant::now() + PATIENCE;
        let synced = loop {
            match self.index_stale_posts() {
                Ok(Synced::Partly(posts)) if posts <= BATCH && Instant::now() < until => {
                    std::thread::sleep(PAUSE);
                }
                synced => break synced,
            }
        };
        self.index_building.store(false, Ordering::Release);
        if !matches!(synced, Ok(Synced::Whole)) {
            self.index_stale.store(true, Ordering::Release);
        }
        if let Ok(Synced::Partly(posts)) = synced {
            tracing::info!(posts, "another process is indexing; searching what it has");
        }
        synced.map(drop)
    }

    fn index_stale_posts(&self) -> Result<Synced, ApiError> {
        let index = self.index()?;
        // Another process may have indexed some of it.
        index.reload()?;
        let indexed = index.indexed()?;
        let (stale, gone) = {
            let snapshot = self.read();
            let is_stale = |post: &&PostSummary| {
                post.revision.is_some_and(|revision| {
                    indexed.get(post.path.as_str()) != Some(&indexed_revision(revision))
                })
            };
            let stale: Vec<PostPath> =
                snapshot.posts().iter().filter(is_stale).map(|post| post.path.clone()).collect();
            let gone: Vec<String> = indexed
                .keys()
                .filter(|path| {
                    let known = PostPath::new(path.as_str())
                        .ok()
                        .and_then(|path| snapshot.post(&path).map(|post| post.revision.is_some()));
                    known != Some(true)
                })
                .cloned()
                .collect();
            (stale, gone)
        };
        if stale.is_empty() && gone.is_empty() {
            return Ok(Synced::Whole);
        }
        self.index_building.store(stale.len() > BATCH, Ordering::Release);
        let mut writer = match index.writer() {
            Ok(writer) => writer,
            Err(SearchError::Locked) => return Ok(Synced::Partly(stale.len())),
            Err(error) => return Err(error.into()),
        };
        for path in &gone {
            writer.remove_post(path);
        }
        let mut since_commit = 0;
        for batch in stale.chunks(BATCH) {
            let read: Vec<_> = batch.par_iter().map(|path| self.documents(path)).collect();
            for (path, documents) in batch.iter().zip(read) {
                match documents {
                    Ok((revision, documents)) => {
                        writer.replace_post(path.as_str(), &revision, &documents);
                    }
                    Err(error) => tracing::warn!(%path, %error, "not indexed"),
                }
            }
            since_commit += batch.len();
            if since_commit >= COMMIT_EVERY {
                writer.commit()?;
                since_commit = 0;
            }
        }
        writer.finish()?;
        Ok(Synced::Whole)
    }

    /// Has what changed indexed soon.
    pub(crate) fn index_changes(&self) {
        self.index_stale.store(true, Ordering::Release);
        let indexer = self.indexer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(indexer) = indexer.as_ref() {
            // A thread that is gone leaves the work to the next search.
            let _gone = indexer.send(());
        }
    }

    /// Starts a thread that keeps the index up to date for as long as the notebook lives, so that
    /// neither a save nor a search waits for it. Without one, each search brings it up to date.
    pub fn keep_indexed(self: &Arc<Self>) {
        let (sender, wakes) = mpsc::channel();
        *self.indexer.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        let notebook = Arc::downgrade(self);
        let behind = notebook.clone();
        // After a failure it is tried again at the next change or search, not before.
        let sync = move || {
            let Some(notebook) = notebook.upgrade() else { return false };
            let synced = notebook.sync_index();
            if let Err(error) = &synced {
                tracing::warn!(%error, "search index is behind the posts");
            }
            notebook.note_entries();
            notebook.keep_summaries();
            synced.is_ok()
        };
        let is_behind = move || {
            let notebook = behind.upgrade();
            notebook.is_some_and(|notebook| notebook.index_stale.load(Ordering::Acquire))
        };
        std::thread::spawn(move || {
            loop {
                let synced = sync();
                let woken = if synced && is_behind() {
                    wakes.recv_timeout(RETRY)
                } else {
                    wakes.recv().map_err(|_| RecvTimeoutError::Disconnected)
                };
                if woken == Err(RecvTimeoutError::Disconnected) {
                    return;
                }
            }
        });
    }

    /// The search index, opened at the first call.
    pub(crate) fn index(&self) -> Result<Arc<SearchIndex>, ApiError> {
        let mut opened = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = opened.as_ref() {
            return Ok(Arc::clone(index));
        }
        let folder = self.library.places().index_dir(&self.library.key());
        // An index folder that cannot be used must not cost the search: it is made anew in memory.
        let until = Instant::now() + PATIENCE;
        let index = loop {
            match SearchIndex::open(&folder) {
                // Another process is just making it.
                Err(SearchError::Locked) if Instant::now() < until => std::thread::sleep(PAUSE),
                Err(error) => {
                    tracing::warn!(%error, "search index kept in memory only");
                    break SearchIndex::in_memory()?;
                }
                Ok(index) => break index,
            }
        };
        Ok(Arc::clone(opened.insert(Arc::new(index))))
    }

    /// Drops a damaged index; opening it again starts an empty one.
    pub(crate) fn forget_index(&self) {
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.index_stale.store(true, Ordering::Release);
    }

    /// A post's revision and the documents it is searched by.
    fn documents(&self, path: &PostPath) -> Result<(String, Vec<Document>), ApiError> {
        let (post, summary) = self.read_known(path)?;
        let mut documents = Vec::new();
        for ((_, entry), (known, name)) in post.entries().zip(summary.names_in_post()) {
            entry_documents(&post, entry, &name, known.date, &mut documents);
        }
        for section in post.sections() {
            let title = if section.title.is_empty() { post.title() } else { Some(&*section.title) };
            documents.push(Document {
                entry: None,
                part: PartKind::Section,
                date: summary.date,
                question: title.unwrap_or_default().to_owned(),
                categories: Vec::new(),
                topic: None,
                answer_state: None,
                line: count(post.line_of(section.heading.start)),
                text: post.part_text(&section.body).into_owned(),
            });
        }
        Ok((summary.revision.map(indexed_revision).unwrap_or_default(), documents))
    }
}

/// What the index remembers of a post, to know later whether it must be indexed again.
fn indexed_revision(revision: Revision) -> String {
    format!("{DOCUMENTS_VERSION}-{revision}")
}

fn entry_documents(
    post: &Post,
    entry: &Entry,
    name: &str,
    date: Option<jiff::civil::Date>,
    documents: &mut Vec<Document>,
) {
    let question = post.part_text(&entry.question).into_owned();
    let mut push = |part: PartKind, body: &Part, title: Option<&str>| {
        let mut text = post.part_text(body).into_owned();
        if let Some(title) = title {
            text = format!("{title}\n{text}");
        }
        if text.trim().is_empty() {
            return;
        }
        documents.push(Document {
            entry: Some(name.to_owned()),
            part,
            date,
            question: question.clone(),
            categories: entry.categories.clone(),
            topic: entry.topic.clone(),
            answer_state: Some(match entry.answer.state {
                AnswerState::Empty => dapanji_search::AnswerState::Empty,
                AnswerState::Draft => dapanji_search::AnswerState::Draft,
                AnswerState::Written => dapanji_search::AnswerState::Written,
            }),
            line: count(post.line_of(body.span.start)),
            text,
        });
    };
    push(PartKind::Question, &entry.question, None);
    push(PartKind::Answer, &entry.answer.body, None);
    if let Some(model) = &entry.model_answer {
        push(PartKind::ModelAnswer, &model.body, None);
    }
    if let Some(hint) = &entry.hint {
        push(PartKind::Hint, hint, None);
    }
    for section in &entry.sections {
        push(PartKind::Section, &section.body, Some(&section.title));
    }
}
