//! An opened folder: what is known of its posts, kept up to date.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, mpsc};

use dapanji_library::{DraftFolder, FileChange, Library, Places, PostPath};
use dapanji_post::{Post, Vocabulary};
use dapanji_search::SearchIndex;
use jiff::Zoned;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::convert::{count, date_text, entry_view};
use crate::dto::{
    Change, CheckView, DayView, EntryView, IndexingView, ListView, OffsetUnit, OpenedView,
    PlacedDiagnosticView, PostView, WatchingView,
};
use crate::error::{ApiError, Code};
use crate::folder_settings::{self, FolderSettings, Reloaded};
use crate::keys::{self, Tracking};
use crate::opening;
use crate::settings::Remembered;
use crate::snapshot::{EntrySummary, PostSummary, Snapshot, summarise};
use crate::terms::{self, TermLog};

/// How often a list is made anew because posts change while they are read for it.
const LIST_ATTEMPTS: usize = 3;

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
    /// Texts that are being written and are in no post yet.
    pub(crate) drafts: DraftFolder,
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
    /// How far the index is while that is more than a search waits for.
    pub(crate) index_progress: Mutex<Option<IndexingView>>,
    /// Posts read for the index since the notebook was opened.
    pub(crate) indexed_posts: AtomicUsize,
    /// Follows entries through changes.
    tracking: Mutex<Tracking>,
    /// The notebook's own words, and what is odd in the file that says them.
    settings: RwLock<FolderSettings>,
    /// What the user decided about key terms, as last read.
    pub(crate) terms: Mutex<TermLog>,
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
        library.limit_history(Remembered::load(library.places()).settings.history_limits());
        let settings = FolderSettings::read(&library);
        library.set_scan_rules(settings.scan_rules().clone());
        let mut tracking = Tracking::default();
        let aliases = tracking.log.reload(&library).unwrap_or_default();
        let (posts, known) = opening::read_posts(&library, settings.vocabulary());
        let mut snapshot = Snapshot::new(posts, aliases);
        keys::catch_up(&library, &mut snapshot, &mut tracking.log, &known);
        Ok(Self {
            drafts: library.drafts(),
            library,
            snapshot: RwLock::new(snapshot),
            tracking: Mutex::new(tracking),
            settings: RwLock::new(settings),
            terms: Mutex::default(),
            index: RwLock::default(),
            indexer: Mutex::default(),
            indexing: Mutex::new(()),
            index_stale: AtomicBool::new(true),
            index_building: AtomicBool::new(false),
            index_progress: Mutex::default(),
            indexed_posts: AtomicUsize::new(0),
            unit: options.unit,
            today: options.today,
        })
    }

    /// The folder's name and path.
    pub fn opened(&self) -> OpenedView {
        let folder = self.library.root().display().to_string();
        let sample = self.library.places().sample_dir().canonicalize().ok();
        let sample = sample.is_some_and(|sample| sample == self.library.root());
        let watching = WatchingView::none();
        OpenedView { name: self.library.name().to_owned(), folder, sample, watching }
    }

    /// Returns every post with its entries and their texts.
    pub fn list(&self) -> ListView {
        let mut attempts = 0;
        loop {
            let (paths, before) = {
                let snapshot = self.read();
                let paths = snapshot.posts().iter().map(|post| post.path.clone());
                (paths.collect::<Vec<_>>(), snapshot.changes())
            };
            let posts = paths.par_iter().filter_map(|path| self.post_view(path)).collect();
            attempts += 1;
            // A post that is another by now may give the entries of others other ids.
            if self.read().changes() == before || attempts == LIST_ATTEMPTS {
                return ListView { posts };
            }
        }
    }

    pub(crate) fn post_view(&self, path: &PostPath) -> Option<PostView> {
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
        let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner);
        let settings = settings.diagnostics().iter().cloned();
        CheckView {
            posts: count(snapshot.posts().len()),
            diagnostics: settings.chain(self.out_of_reach()).chain(diagnostics).collect(),
        }
    }

    /// Reads the posts that changed on disk, and forgets those that are gone.
    pub(crate) fn take_over(&self, files: &FileChange) -> Change {
        let terms = files.sidecar && self.reload_terms();
        let settings = if files.sidecar { self.reload_settings() } else { Reloaded::Same };
        let mut reread = match settings {
            Reloaded::Words => self.read().posts().iter().map(|post| post.path.clone()).collect(),
            _ => files.changed.clone(),
        };
        reread.retain(|path| !files.removed.contains(path));
        // Renames are logged right after a save: those of another process that has just saved one of
        // these posts must be known before anything is guessed about it.
        let mut changed = self.reload_keys();
        let summaries = reread.par_iter().map(|path| self.read_summary(path)).collect();
        self.take_outside(summaries, &files.removed);
        let (mut unreadable, mut removed) = self.take_unreadable(files);
        self.index_changes();
        changed.append(&mut reread);
        changed.append(&mut unreadable);
        changed.sort_unstable();
        changed.dedup();
        removed.extend_from_slice(&files.removed);
        removed.sort_unstable();
        let names = |paths: &[PostPath]| paths.iter().map(PostPath::to_string).collect();
        let mut change = Change { changed: names(&changed), removed: names(&removed) };
        let no_posts = files.unreadable.iter().filter(|path| PostPath::new(path.as_str()).is_err());
        change.changed.extend(no_posts.cloned());
        if settings != Reloaded::Same {
            change.changed.push(folder_settings::path());
        }
        if terms {
            change.changed.push(terms::path());
        }
        change
    }

    /// Reads one post again.
    pub(crate) fn refresh(&self, path: &PostPath) {
        self.take_outside(vec![self.read_summary(path)], &[]);
    }

    fn read_summary(&self, path: &PostPath) -> PostSummary {
        opening::read_summary(&self.library, &self.vocabulary(), path, None, opening::now())
    }

    fn reload_settings(&self) -> Reloaded {
        let new = FolderSettings::read(&self.library);
        // The watch looks for the posts that come and go by them.
        self.library.set_scan_rules(new.scan_rules().clone());
        let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let reloaded = new.compared_with(&settings);
        *settings = new;
        reloaded
    }

    /// The words by which posts are read.
    pub(crate) fn vocabulary(&self) -> Arc<Vocabulary> {
        let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(settings.vocabulary())
    }

    /// Reads a text as a post of this notebook.
    pub(crate) fn parse(&self, text: impl Into<String>) -> Post {
        Post::parse_with(text, &self.vocabulary())
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

    pub(crate) fn tracking(&self) -> MutexGuard<'_, Tracking> {
        self.tracking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn indexing(&self) -> MutexGuard<'_, ()> {
        self.indexing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a post together with the summary of this very text, whose entries are the post's, in its
    /// order. The summary is made anew where the file has changed and the watcher not yet said so.
    pub(crate) fn read_known(&self, path: &PostPath) -> Result<(Post, PostSummary), ApiError> {
        let looked = opening::now();
        let text = self.library.read(path)?;
        let (revision, encoding, stamp) = (text.revision, text.encoding, text.stamp);
        let post = self.parse(text.text);
        let known = |notebook: &Self| {
            let snapshot = notebook.read();
            let same = snapshot.post(path).filter(|known| known.revision == Some(revision));
            // Read by other words, its entries may be others.
            same.filter(|known| known.entries.len() == post.entries().count()).cloned()
        };
        if let Some(known) = known(self) {
            return Ok((post, known));
        }
        // Another process of ours may have logged what it did.
        self.reload_keys();
        let mut summary = summarise(path, revision, encoding, &post).stamped(stamp, looked);
        summary.prints = Some(keys::prints(&post));
        self.take_outside(vec![summary], &[]);
        let changing = || {
            ApiError::new(Code::Unreadable, format!("cannot read {path}: it keeps changing"))
                .at(path)
        };
        let known = known(self).ok_or_else(changing)?;
        Ok((post, known))
    }

    /// Returns the key an entry is meant by: the key itself, or the beginning of exactly one key or
    /// of its part after the date.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`.
    pub(crate) fn resolve(&self, entry: &str) -> Result<String, ApiError> {
        let snapshot = self.read();
        let entry = entry.trim();
        if let Some(id) = snapshot.id_of(entry) {
            return Ok(id.to_owned());
        }
        match snapshot.ids_with_prefix(entry).as_slice() {
            [id] if !entry.is_empty() => Ok((*id).to_owned()),
            [_, _] if !entry.is_empty() => {
                let message = format!("more than one entry's key begins with `{entry}`");
                Err(ApiError::new(Code::AmbiguousEntry, message))
            }
            _ => Err(unknown_entry(entry)),
        }
    }

    /// Where an entry stands in the text of its post, by the post's own text.
    pub(crate) fn locate(&self, id: &str) -> Result<Located, ApiError> {
        // If the file has changed and the watcher not yet said so, the entry may be found in another
        // post now.
        for _ in 0..2 {
            let Some((at, _)) = self.summary_of(id) else { break };
            let (post, summary) = self.read_known(&at.path)?;
            if let Some(nth) = summary.entries.iter().position(|entry| entry.id == id) {
                return Ok(Located { path: at.path, post, summary, nth });
            }
        }
        Err(unknown_entry(id))
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
    /// Of this text.
    pub(crate) summary: PostSummary,
    /// Among all entries of the post, from zero.
    pub(crate) nth: usize,
}

impl Located {
    /// What keeps this entry's post from being changed, with the post's name.
    pub(crate) fn about(&self, error: impl Into<ApiError>) -> ApiError {
        let error = error.into();
        if error.path.is_some() { error } else { error.at(&self.path) }
    }
}

impl Drop for Notebook {
    fn drop(&mut self) {
        self.note_entries();
        self.keep_summaries();
        self.library.tidy_history();
    }
}

pub(crate) fn unknown_entry(id: &str) -> ApiError {
    ApiError::new(Code::UnknownEntry, format!("no entry has the key `{id}`"))
}
