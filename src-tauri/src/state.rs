//! What the shell holds between commands.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use dapanji_api::dto::{OffsetUnit, OpenedView};
use dapanji_api::{
    ApiError, Bookmark, Code, Frame, News, Notebook, NotebookOptions, Places, Remembered, Watch,
};
use tauri::menu::MenuItem;
use tauri::{AppHandle, Wry};
use tauri_specta::Event as _;

use crate::arriving::ArrivalView;
use crate::events::{Changed, FolderThere, WatchingChanged};
use crate::printing::Printing;
use crate::start::Start;

/// The opened notebook, what is remembered, and what runs.
pub(crate) struct Shell {
    /// What the program was started with, or a later start, until somebody goes there.
    pub(crate) start: Mutex<Option<Start>>,
    /// What the first page shows, being made since before it could ask.
    pub(crate) first: Mutex<Option<JoinHandle<ArrivalView>>>,
    /// Where the window stands.
    pub(crate) frame: Mutex<Option<Frame>>,
    /// The commands in the menus of the system.
    pub(crate) menu: Mutex<Vec<MenuItem<Wry>>>,
    pub(crate) places: Places,
    remembered: Mutex<Remembered>,
    opened: Mutex<Option<Opened>>,
    /// The folder the user picked last in the system's dialog.
    pub(crate) picked_folder: Mutex<Option<PathBuf>>,
    /// Files that were dropped on the window last.
    pub(crate) dropped: Mutex<Vec<PathBuf>>,
    pub(crate) printing: Printing,
}

struct Opened {
    /// By what it is remembered: its folder, or the post if only that was opened.
    known_as: String,
    notebook: Arc<Notebook>,
    /// Tells of changes as long as it lives.
    watch: Option<Watch>,
}

impl Opened {
    fn view(&self) -> OpenedView {
        let mut view = self.notebook.opened();
        if let Some(watch) = &self.watch {
            view.watching = watch.watching();
        }
        view
    }
}

impl Shell {
    pub(crate) fn new(start: Start, places: Places) -> Self {
        let remembered = Remembered::load(&places);
        Self {
            start: Mutex::new(Some(start)),
            first: Mutex::default(),
            frame: Mutex::new(remembered.frame),
            menu: Mutex::default(),
            remembered: Mutex::new(remembered),
            places,
            opened: Mutex::new(None),
            picked_folder: Mutex::default(),
            dropped: Mutex::default(),
            printing: Printing::default(),
        }
    }

    /// The opened notebook.
    pub(crate) fn notebook(&self) -> Result<Arc<Notebook>, ApiError> {
        let opened = lock(&self.opened);
        let notebook = opened.as_ref().map(|opened| Arc::clone(&opened.notebook));
        notebook.ok_or_else(|| ApiError::new(Code::InvalidRequest, "no folder is open"))
    }

    /// Opens a folder in place of the one that is open, watches it, and indexes it in the
    /// background.
    pub(crate) fn open(&self, app: &AppHandle, folder: &Path) -> Result<OpenedView, ApiError> {
        let options = NotebookOptions {
            places: self.places.clone(),
            unit: OffsetUnit::Utf16,
            ..NotebookOptions::default()
        };
        let notebook = Arc::new(Notebook::open(folder, options)?);
        let app = app.clone();
        let watch = notebook.watch_news(move |news| {
            let told = match news {
                News::Change(change) => Changed(change).emit(&app),
                News::Watching(watching) => WatchingChanged(watching).emit(&app),
                News::FolderThere(there) => FolderThere(there).emit(&app),
            };
            if let Err(error) = told {
                tracing::warn!(%error, "the window did not hear of a change");
            }
        });
        let watch = watch
            .inspect_err(
                |error| tracing::warn!(%error, "changes by others will not show by themselves"),
            )
            .ok();
        notebook.keep_indexed();
        let only = folder.canonicalize().ok().filter(|only| only.is_file());
        let known_as =
            only.map_or_else(|| notebook.opened().folder, |only| only.display().to_string());
        let opened = Opened { known_as: known_as.clone(), notebook, watch };
        let view = opened.view();
        let before = lock(&self.opened).replace(opened);
        if let Some(before) = before {
            // It may be indexing still, and the folder may be the same.
            before.notebook.leave_drafts();
        }
        self.remember(|remembered| remembered.opened(&known_as));
        Ok(view)
    }

    /// Where the user was in the open folder when it was left. What is no more is left out.
    pub(crate) fn bookmark(&self) -> Option<Bookmark> {
        let (known_as, notebook) = {
            let opened = lock(&self.opened);
            let opened = opened.as_ref()?;
            (opened.known_as.clone(), Arc::clone(&opened.notebook))
        };
        let kept = lock(&self.remembered).bookmarks.get(&known_as).cloned()?;
        let entry = kept.entry.as_deref().and_then(|entry| Some(notebook.show(entry).ok()?.id));
        Some(Bookmark { entry, ..kept })
    }

    /// Keeps where the user is in the open folder.
    pub(crate) fn keep_bookmark(&self, bookmark: Bookmark) {
        let known_as = lock(&self.opened).as_ref().map(|opened| opened.known_as.clone());
        let Some(known_as) = known_as else { return };
        if lock(&self.remembered).bookmarks.get(&known_as) == Some(&bookmark) {
            return;
        }
        self.remember(|remembered| {
            remembered.bookmarks.insert(known_as, bookmark);
        });
    }

    /// Writes where the window stands, if that is another place than is written.
    pub(crate) fn keep_frame(&self) {
        let frame = *lock(&self.frame);
        if lock(&self.remembered).frame != frame {
            self.remember(|remembered| remembered.frame = frame);
        }
    }

    /// Tells whether the interface may open a folder: the user picked it, or had it open before.
    pub(crate) fn may_open(&self, folder: &Path) -> bool {
        let recent = lock(&self.remembered).recent.iter().any(|recent| Path::new(recent) == folder);
        recent || lock(&self.picked_folder).as_deref() == Some(folder)
    }

    /// What is open, if anything is.
    pub(crate) fn opened(&self) -> Option<OpenedView> {
        lock(&self.opened).as_ref().map(Opened::view)
    }

    /// Looks for changes the system did not tell of.
    pub(crate) fn rescan(&self) {
        if let Some(watch) = lock(&self.opened).as_ref().and_then(|opened| opened.watch.as_ref()) {
            watch.rescan();
        }
    }

    pub(crate) fn remembered(&self) -> Remembered {
        lock(&self.remembered).clone()
    }

    /// Changes what is remembered and writes it. A failure to write costs only the memory of it.
    pub(crate) fn remember(&self, change: impl FnOnce(&mut Remembered)) {
        let mut remembered = lock(&self.remembered);
        change(&mut remembered);
        if let Err(error) = remembered.store(&self.places) {
            tracing::warn!(%error, "settings were not kept");
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
