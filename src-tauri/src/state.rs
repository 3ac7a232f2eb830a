//! What the shell holds between commands.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dapanji_api::dto::{OffsetUnit, OpenedView};
use dapanji_api::{ApiError, Code, News, Notebook, NotebookOptions, Places, Remembered, Watch};
use tauri::AppHandle;
use tauri_specta::Event as _;

use crate::events::{Changed, WatchingChanged};
use crate::printing::Printing;
use crate::start::Start;

/// The opened notebook, what is remembered, and what runs.
pub(crate) struct Shell {
    pub(crate) start: Mutex<Option<Start>>,
    pub(crate) places: Places,
    remembered: Mutex<Remembered>,
    opened: Mutex<Option<Opened>>,
    /// The folder the user picked last in the system's dialog.
    pub(crate) picked_folder: Mutex<Option<PathBuf>>,
    pub(crate) printing: Printing,
}

struct Opened {
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
    pub(crate) fn new(start: Start) -> Self {
        let places = Places::of_user();
        Self {
            start: Mutex::new(Some(start)),
            remembered: Mutex::new(Remembered::load(&places)),
            places,
            opened: Mutex::new(None),
            picked_folder: Mutex::default(),
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
        let opened = Opened { notebook, watch };
        let view = opened.view();
        let before = lock(&self.opened).replace(opened);
        if let Some(before) = before {
            // It may be indexing still, and the folder may be the same.
            before.notebook.leave_drafts();
        }
        self.remember(|remembered| remembered.opened(&view.folder));
        Ok(view)
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
