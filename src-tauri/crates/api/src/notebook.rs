//! An opened folder: what is known of its posts, kept up to date.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, mpsc};

use dapanji_library::{Encoding, FileChange, Library, Places, PostPath, Revision, Watch};
use dapanji_post::Post;
use dapanji_search::SearchIndex;
use jiff::Zoned;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::convert::{count, date_text, entry_view};
use crate::dto::{
    Change, CheckView, DayView, DiagnosticView, EntryView, ListView, OffsetUnit, OpenedView,
    PlacedDiagnosticView, PostView,
};
use crate::error::{ApiError, Code};
use crate::snapshot::{self, EntrySummary, Place, PostSummary, Snapshot, summarise};

/// How a notebook is opened.
#[derive(Debug, Clone)]
pub struct NotebookOptions {
    /// Where index, history and settings are kept.
    pub places: Places,
    /// The unit of offsets in answers.
    pub unit: OffsetUnit,
    /// The practice day it is; the system's clock if none.
    pub today: Option<Date>,
}

impl Default for NotebookOptions {
    fn default() -> Self {
        Self { places: Places::of_user(), unit: OffsetUnit::Chars, today: None }
    }
}

/// An opened folder of posts.
///
/// Every call can be made from any thread.
pub struct Notebook {
    pub(crate) library: Arc<Library>,
    pub(crate) snapshot: RwLock<Snapshot>,
    /// Opened when first needed, and anew after it was found damaged.
    pub(crate) index: RwLock<Option<Arc<SearchIndex>>>,
    /// Wakes the thread that keeps the index up to date, if there is one.
    pub(crate) indexer: Mutex<Option<mpsc::Sender<()>>>,
    /// Held while the index is brought up to date, so that two changes don't write it at once.
    pub(crate) indexing: Mutex<()>,
    /// Whether posts may have changed since the index was last compared with them.
    pub(crate) index_stale: AtomicBool,
    /// Whether so much is being indexed that a search should not wait for it.
    pub(crate) index_building: AtomicBool,
    pub(crate) unit: OffsetUnit,
    today: Option<Date>,
}

impl Notebook {
    /// Opens a folder, or a single post, and reads what its lists show. The search index is opened
    /// when it is first needed.
    ///
    /// # Errors
    /// `FolderMissing`, `FolderUnreadable`, `NotAPost`. Posts that cannot be read are no error: they
    /// are listed as such.
    pub fn open(folder: &Path, options: NotebookOptions) -> Result<Self, ApiError> {
        let library = Arc::new(Library::open_in(folder, options.places)?);
        let scan = library.scan();
        let mut posts: Vec<PostSummary> =
            scan.posts.par_iter().map(|path| read_summary(&library, path)).collect();
        posts.extend(scan.unreadable.iter().filter_map(|unreadable| {
            let path = PostPath::new(unreadable.path.clone()).ok()?;
            Some(unreadable_post(path, "unreadable", unreadable.reason.to_string()))
        }));
        Ok(Self {
            library,
            snapshot: RwLock::new(Snapshot::new(posts)),
            index: RwLock::default(),
            indexer: Mutex::default(),
            indexing: Mutex::new(()),
            index_stale: AtomicBool::new(true),
            index_building: AtomicBool::new(false),
            unit: options.unit,
            today: options.today,
        })
    }

    /// The folder's name and path.
    pub fn opened(&self) -> OpenedView {
        let folder = self.library.root().display().to_string();
        let sample = self.library.places().sample_dir().canonicalize().ok();
        let sample = sample.is_some_and(|sample| sample == self.library.root());
        OpenedView { name: self.library.name().to_owned(), folder, sample }
    }

    /// Returns every post with its entries and their texts.
    pub fn list(&self) -> ListView {
        let paths: Vec<PostPath> =
            self.read().posts().iter().map(|post| post.path.clone()).collect();
        let posts = paths.par_iter().filter_map(|path| self.post_view(path)).collect();
        ListView { posts }
    }

    fn post_view(&self, path: &PostPath) -> Option<PostView> {
        let (post, summary) = match self.read_known(path) {
            Ok((post, summary)) => (Some(post), summary),
            Err(_) => (None, self.read().post(path)?.clone()),
        };
        let mut view = PostView {
            path: summary.path.to_string(),
            revision: String::new(),
            title: summary.title,
            date: date_text(summary.date),
            days: Vec::new(),
            sections: 0,
            read_only: summary.read_only.map(str::to_owned),
            diagnostics: summary.diagnostics,
        };
        let Some(post) = post else { return Some(view) };
        view.revision = summary.revision.map(|revision| revision.to_string()).unwrap_or_default();
        view.sections = count(post.sections().len());
        let mut ids = summary.entries.iter().map(|entry| entry.id.as_str());
        view.days = post
            .days()
            .iter()
            .map(|day| {
                let date = day.date.or(summary.date);
                let entries = day.entries.iter().map(|entry| EntryView {
                    read_only: view.read_only.clone(),
                    ..entry_view(&post, entry, ids.next().unwrap_or_default(), date)
                });
                DayView { date: date_text(date), entries: entries.collect() }
            })
            .collect();
        Some(view)
    }

    /// Returns what is odd in the posts.
    pub fn check(&self) -> CheckView {
        let snapshot = self.read();
        let diagnostics = snapshot.posts().iter().flat_map(|post| {
            post.diagnostics.iter().map(|diagnostic| PlacedDiagnosticView {
                path: post.path.to_string(),
                line: diagnostic.line,
                code: diagnostic.code.clone(),
                message: diagnostic.message.clone(),
            })
        });
        CheckView { posts: count(snapshot.posts().len()), diagnostics: diagnostics.collect() }
    }

    /// Tells of every change that others make to the posts, after it was taken over here. Stops when
    /// the result is dropped.
    ///
    /// # Errors
    /// `Internal` if the folder cannot be watched.
    pub fn watch(
        self: &Arc<Self>,
        on_change: impl Fn(Change) + Send + 'static,
    ) -> Result<Watch, ApiError> {
        let notebook = Arc::downgrade(self);
        let watch = self.library.watch(move |files: FileChange| {
            if let Some(notebook) = notebook.upgrade() {
                on_change(notebook.take_over(&files));
            }
        })?;
        Ok(watch)
    }

    /// Reads the posts that changed on disk, and forgets those that are gone.
    fn take_over(&self, files: &FileChange) -> Change {
        let changed: Vec<PostSummary> =
            files.changed.par_iter().map(|path| read_summary(&self.library, path)).collect();
        self.write().update(changed, &files.removed);
        self.index_changes();
        let names = |paths: &[PostPath]| paths.iter().map(PostPath::to_string).collect();
        Change { changed: names(&files.changed), removed: names(&files.removed) }
    }

    /// Reads one post again.
    pub(crate) fn refresh(&self, path: &PostPath) {
        let summary = read_summary(&self.library, path);
        self.write().update(vec![summary], &[]);
    }

    /// The practice day it is.
    pub(crate) fn today(&self) -> Date {
        self.today.unwrap_or_else(|| {
            let now = Zoned::now().datetime();
            dapanji_review::practice_day(now, dapanji_review::DAY_STARTS_AT)
        })
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> std::sync::RwLockWriteGuard<'_, Snapshot> {
        self.snapshot.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn indexing(&self) -> MutexGuard<'_, ()> {
        self.indexing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads and parses a post as it is on disk now.
    pub(crate) fn read_post(&self, path: &PostPath) -> Result<(Post, Revision), ApiError> {
        self.read_encoded(path).map(|(post, revision, _)| (post, revision))
    }

    fn read_encoded(&self, path: &PostPath) -> Result<(Post, Revision, Encoding), ApiError> {
        let text = self.library.read(path)?;
        Ok((Post::parse(text.text), text.revision, text.encoding))
    }

    /// Reads a post together with the summary of this very text, whose entries are the post's, in its
    /// order. The summary is made anew where the file has changed and the watcher not yet said so.
    pub(crate) fn read_known(&self, path: &PostPath) -> Result<(Post, PostSummary), ApiError> {
        let (post, revision, encoding) = self.read_encoded(path)?;
        let known =
            self.read().post(path).filter(|known| known.revision == Some(revision)).cloned();
        if let Some(known) = known {
            return Ok((post, known));
        }
        self.write().update(vec![summarise(path, revision, encoding, &post)], &[]);
        let known =
            self.read().post(path).filter(|known| known.revision == Some(revision)).cloned();
        let changing = || {
            ApiError::new(Code::Unreadable, format!("cannot read {path}: it keeps changing"))
                .at(path)
        };
        Ok((post, known.ok_or_else(changing)?))
    }

    /// Returns the key an entry is meant by: the key itself, or the beginning of exactly one key or
    /// of its part after the date.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`.
    pub(crate) fn resolve(&self, entry: &str) -> Result<String, ApiError> {
        let snapshot = self.read();
        if snapshot.entry(entry).is_some() {
            return Ok(entry.to_owned());
        }
        match snapshot.ids_with_prefix(entry.trim()).as_slice() {
            [id] if !entry.trim().is_empty() => Ok((*id).to_owned()),
            [_, _] if !entry.trim().is_empty() => {
                let message = format!("more than one entry's key begins with `{entry}`");
                Err(ApiError::new(Code::AmbiguousEntry, message))
            }
            _ => Err(unknown_entry(entry)),
        }
    }

    /// Where an entry stands in the text of its post, by the post's own text.
    pub(crate) fn locate(&self, id: &str) -> Result<Located, ApiError> {
        let mut place = self.read().place(id).ok_or_else(|| unknown_entry(id))?;
        let (mut post, mut revision) = self.read_post(&place.path)?;
        if nth_of(&place, &post).is_none() {
            // The file changed and the watcher has not said so yet.
            self.refresh(&place.path);
            place = self.read().place(id).ok_or_else(|| unknown_entry(id))?;
            (post, revision) = self.read_post(&place.path)?;
        }
        let nth = nth_of(&place, &post).ok_or_else(|| unknown_entry(id))?;
        Ok(Located { path: place.path, post, revision, nth })
    }

    pub(crate) fn summary_of(&self, id: &str) -> Option<(PostSummary, EntrySummary)> {
        self.read().entry(id).map(|(post, entry)| (post.clone(), entry.clone()))
    }

    /// The folder a post's links start from.
    pub(crate) fn folder_of(&self, path: &PostPath) -> PathBuf {
        let file = path.under(self.library.root());
        file.parent().map_or_else(|| self.library.root().to_owned(), Path::to_owned)
    }
}

/// An entry found in its post's text as it is on disk.
pub(crate) struct Located {
    pub(crate) path: PostPath,
    pub(crate) post: Post,
    pub(crate) revision: Revision,
    /// Among all entries of the post, from zero.
    pub(crate) nth: usize,
}

fn nth_of(place: &Place, post: &Post) -> Option<usize> {
    let date = snapshot::post_date(&place.path, post);
    let same = post.entries().enumerate().filter(|(_, (day, entry))| {
        let question = post.part_text(&entry.question);
        dapanji_post::entry_key(day.date.or(date), &question) == place.base_key
    });
    same.map(|(nth, _)| nth).nth(place.twin)
}

pub(crate) fn unknown_entry(id: &str) -> ApiError {
    ApiError::new(Code::UnknownEntry, format!("no entry has the key `{id}`"))
}

/// Reads and summarises a post; one that cannot be read is listed with the reason.
fn read_summary(library: &Library, path: &PostPath) -> PostSummary {
    match library.read(path) {
        Ok(text) => summarise(path, text.revision, text.encoding, &Post::parse(text.text)),
        Err(error) => {
            let error = ApiError::from(error);
            let code = match error.code {
                Code::TooLarge => "too-large",
                _ => "unreadable",
            };
            unreadable_post(path.clone(), code, error.message)
        }
    }
}

fn unreadable_post(path: PostPath, code: &str, message: String) -> PostSummary {
    PostSummary {
        title: snapshot::file_stem(&path).to_owned(),
        path,
        revision: None,
        read_only: None,
        date: None,
        entries: Vec::new(),
        diagnostics: vec![DiagnosticView {
            line: 1,
            code: code.to_owned(),
            message: message.clone(),
        }],
        unreadable: Some(message),
    }
}
