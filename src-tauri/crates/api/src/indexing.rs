//! Keeps the search index in step with the posts.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Arc, MutexGuard, PoisonError, TryLockError, mpsc};
use std::time::{Duration, Instant};

use dapanji_library::{PostPath, Revision};
use dapanji_post::{AnswerState, Entry, Part, Post};
use dapanji_search::{Document, PartKind, SearchError, SearchIndex};
use rayon::prelude::*;

use crate::convert::count;
use crate::dto::IndexingView;
use crate::error::ApiError;
use crate::notebook::Notebook;

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

/// How long what other processes have removed from the index may stay open here, and so on the disk.
const REFRESH: Duration = Duration::from_secs(60);

/// How often an index that fails is replaced by another before the failure is told.
pub(crate) const REPLACEMENTS: usize = 2;

/// How much of what was stale is indexed now.
enum Synced {
    Whole,
    /// Somebody else has to index, or is just indexing, so many posts.
    Partly(usize),
}

/// What must be done so that the index is in step with the posts.
struct Behind {
    stale: Vec<PostPath>,
    gone: Vec<String>,
    /// Posts that can be read.
    posts: usize,
    /// Posts that an earlier index, which answers for now, knows as they are; none if there is none.
    earlier: Option<usize>,
}

impl Behind {
    fn progress(&self, indexed: usize) -> IndexingView {
        let done = self.posts.saturating_sub(self.stale.len()) + indexed;
        IndexingView { done: count(done), of: count(self.posts) }
    }
}

impl Notebook {
    /// Brings the index up to date unless that takes long enough to be waited for elsewhere.
    pub(crate) fn usable_index(&self) -> Result<(), ApiError> {
        let until = Instant::now() + PATIENCE;
        let kept = self.is_kept_indexed();
        loop {
            if self.index_building.load(Ordering::Acquire) {
                return Ok(());
            }
            match self.indexing.try_lock() {
                Ok(held) => return self.bring_up_to_date(&held, kept),
                Err(TryLockError::Poisoned(held)) => {
                    return self.bring_up_to_date(&held.into_inner(), kept);
                }
                // The thread that keeps the index is at it, and goes on.
                Err(TryLockError::WouldBlock) if kept && Instant::now() >= until => return Ok(()),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            }
        }
    }

    /// Indexes what changed since the index was last written. A post that cannot be indexed now, as
    /// another process holds the index, stays stale until the next call.
    ///
    /// # Errors
    /// `Internal` if no index can be made, not even in memory.
    pub fn sync_index(&self) -> Result<(), ApiError> {
        self.bring_up_to_date(&self.indexing(), false)
    }

    /// How far the index is, while more is being indexed than a search waits for.
    pub(crate) fn index_progress(&self) -> Option<IndexingView> {
        *self.index_progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_progress(&self, progress: Option<IndexingView>) {
        *self.index_progress.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }

    /// Indexes what changed; much of it is left to the thread that keeps the index if `leave_much`.
    fn bring_up_to_date(
        &self,
        _one_at_a_time: &MutexGuard<'_, ()>,
        leave_much: bool,
    ) -> Result<(), ApiError> {
        if !self.index_stale.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        let until = Instant::now() + PATIENCE;
        let mut failures = 0;
        let synced = loop {
            let index = self.index()?;
            match self.index_stale_posts(&index, leave_much) {
                Ok(Synced::Partly(posts)) if posts <= BATCH && Instant::now() < until => {
                    std::thread::sleep(PAUSE);
                }
                Err(error) if failures < REPLACEMENTS => {
                    if let Err(error) = self.replace_index(&index, &error, failures) {
                        break Err(error);
                    }
                    failures += 1;
                }
                synced => break synced,
            }
        };
        self.index_building.store(false, Ordering::Release);
        if !matches!(synced, Ok(Synced::Whole)) {
            self.index_stale.store(true, Ordering::Release);
        }
        match synced {
            Ok(Synced::Partly(posts)) => {
                tracing::info!(posts, "indexed elsewhere; searching what is there");
                if leave_much {
                    self.index_changes();
                }
            }
            _ => self.note_progress(None),
        }
        Ok(synced.map(drop)?)
    }

    fn index_stale_posts(
        &self,
        index: &SearchIndex,
        leave_much: bool,
    ) -> Result<Synced, SearchError> {
        // Another process may have indexed some of it.
        match index.reload() {
            Ok(()) | Err(SearchError::Locked) => {}
            Err(error) => return Err(error),
        }
        let behind = self.behind(index)?;
        if behind.stale.is_empty() && behind.gone.is_empty() {
            index.set_built();
            return Ok(Synced::Whole);
        }
        let much = behind.stale.len() > BATCH;
        if much {
            self.note_progress(Some(behind.progress(0)));
            if leave_much {
                return Ok(Synced::Partly(behind.stale.len()));
            }
        }
        let mut writer = match index.writer() {
            Ok(writer) => writer,
            Err(SearchError::Locked) => return Ok(Synced::Partly(behind.stale.len())),
            Err(error) => return Err(error),
        };
        self.index_building.store(much, Ordering::Release);
        for path in &behind.gone {
            writer.remove_post(path);
        }
        let (mut done, mut since_commit) = (0, 0);
        for batch in behind.stale.chunks(BATCH) {
            let read: Vec<_> = batch.par_iter().map(|path| self.documents(path)).collect();
            for (path, documents) in batch.iter().zip(read) {
                match documents {
                    Ok((revision, documents)) => {
                        writer.replace_post(path.as_str(), &revision, &documents);
                    }
                    Err(error) => tracing::warn!(%path, %error, "not indexed"),
                }
            }
            done += batch.len();
            since_commit += batch.len();
            if since_commit >= COMMIT_EVERY {
                writer.commit()?;
                since_commit = 0;
                let known = behind.posts.saturating_sub(behind.stale.len()) + done;
                if behind.earlier.is_some_and(|earlier| known >= earlier) {
                    index.serve_current();
                }
            }
            if much {
                self.note_progress(Some(behind.progress(done)));
            }
        }
        writer.commit()?;
        index.set_built();
        tracing::debug!(posts = done, gone = behind.gone.len(), "indexed");
        self.indexed_posts.fetch_add(done, Ordering::Relaxed);
        // What follows only tidies; nobody waits for it.
        self.index_building.store(false, Ordering::Release);
        self.note_progress(None);
        if let Err(error) = writer.close() {
            tracing::warn!(%error, "pieces of the index stay apart");
        }
        Ok(Synced::Whole)
    }

    /// Compares the index with the posts as they are known.
    fn behind(&self, index: &SearchIndex) -> Result<Behind, SearchError> {
        let indexed = index.indexed()?;
        let earlier = index.indexed_earlier();
        let snapshot = self.read();
        let readable = || snapshot.posts().iter().filter_map(|post| Some((post, post.revision?)));
        let knows = |indexed: &BTreeMap<String, String>, path: &PostPath, revision: &str| {
            indexed.get(path.as_str()).is_some_and(|known| known == revision)
        };
        let stale = readable()
            .filter(|(post, revision)| !knows(&indexed, &post.path, &indexed_revision(*revision)))
            .map(|(post, _)| post.path.clone());
        let is_gone = |path: &&String| {
            let path = PostPath::new(path.as_str()).ok();
            let known = path.and_then(|path| snapshot.post(&path).map(|post| post.revision));
            known.flatten().is_none()
        };
        Ok(Behind {
            stale: stale.collect(),
            gone: indexed.keys().filter(is_gone).cloned().collect(),
            posts: readable().count(),
            earlier: earlier.map(|earlier| {
                // Documents may be cut otherwise there; what counts is which text they are of.
                let texts: BTreeMap<_, _> = earlier
                    .into_iter()
                    .map(|(path, known)| (path, text_revision(&known).to_owned()))
                    .collect();
                readable()
                    .filter(|(post, revision)| knows(&texts, &post.path, &revision.to_string()))
                    .count()
            }),
        })
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

    fn is_kept_indexed(&self) -> bool {
        self.indexer.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Starts a thread that keeps the index up to date for as long as the notebook lives, so that
    /// neither a save nor a search waits for it. Without one, each search brings it up to date.
    pub fn keep_indexed(self: &Arc<Self>) {
        let (sender, wakes) = mpsc::channel();
        *self.indexer.lock().unwrap_or_else(PoisonError::into_inner) = Some(sender);
        let notebook = Arc::downgrade(self);
        std::thread::spawn(move || {
            loop {
                let Some(kept) = notebook.upgrade() else { return };
                // What woke it is done now.
                while wakes.try_recv().is_ok() {}
                let synced = kept.sync_index();
                if let Err(error) = &synced {
                    tracing::warn!(%error, "search index is behind the posts");
                }
                kept.note_entries();
                kept.keep_summaries();
                kept.prepare_words();
                // After a failure it is tried again at the next change or search, not before.
                let again = synced.is_ok() && kept.index_stale.load(Ordering::Acquire);
                drop(kept);
                let mut wait = if again { RETRY } else { REFRESH };
                loop {
                    match wakes.recv_timeout(wait) {
                        Ok(()) => break,
                        Err(RecvTimeoutError::Disconnected) => return,
                        Err(RecvTimeoutError::Timeout) if again => break,
                        Err(RecvTimeoutError::Timeout) => {
                            let Some(kept) = notebook.upgrade() else { return };
                            kept.refresh_index();
                            wait = REFRESH;
                        }
                    }
                }
            }
        });
    }

    /// Lets go of what other processes have removed from the index.
    fn refresh_index(&self) {
        let opened = self.index.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(Err(error)) = opened.map(|index| index.refresh()) {
            tracing::debug!(%error, "the index stays as it was open");
        }
    }

    /// The search index, opened at the first call.
    pub(crate) fn index(&self) -> Result<Arc<SearchIndex>, SearchError> {
        let mut opened = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = opened.as_ref() {
            return Ok(Arc::clone(index));
        }
        let folder = self.library.places().index_dir(&self.library.key());
        // An index folder that cannot be used must not cost the search: it is made anew in memory.
        let until = Instant::now() + PATIENCE;
        let index = loop {
            match SearchIndex::open(&folder) {
                // Another process is just tidying it.
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

    /// Puts another index in the place of one that failed, after so many earlier failures: one that
    /// is damaged is opened anew, which begins an empty one; one that cannot be written goes on in
    /// memory.
    pub(crate) fn replace_index(
        &self,
        failed: &Arc<SearchIndex>,
        error: &SearchError,
        failures: usize,
    ) -> Result<(), SearchError> {
        let mut opened = self.index.write().unwrap_or_else(PoisonError::into_inner);
        if !opened.as_ref().is_some_and(|opened| Arc::ptr_eq(opened, failed)) {
            // Another call met the same.
            return Ok(());
        }
        if matches!(error, SearchError::Damaged { .. }) && failures == 0 {
            tracing::warn!(%error, "search index is made anew");
            failed.give_up();
            *opened = None;
        } else {
            tracing::warn!(%error, "search index goes on in memory");
            *opened = Some(Arc::new(failed.in_memory_instead()?));
        }
        self.index_stale.store(true, Ordering::Release);
        Ok(())
    }

    /// Posts read for the index since the notebook was opened, each time it was read.
    pub fn indexed_posts(&self) -> usize {
        self.indexed_posts.load(Ordering::Relaxed)
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

/// The revision of the text that [`indexed_revision`] was made of, by whichever version.
fn text_revision(indexed: &str) -> &str {
    indexed.split_once('-').map_or(indexed, |(_, revision)| revision)
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
