//! Changes by others: heard of, taken over, and told.

use std::sync::Arc;

use dapanji_library::{FileChange, PostPath, Presence, WhyPolling};

use crate::dto::{Change, PlacedDiagnosticView, WatchingMode, WatchingReason, WatchingView};
use crate::error::ApiError;
use crate::notebook::Notebook;

/// What lets Linux watch more folders.
const RAISE_LIMITS: &str =
    "sudo sysctl fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=1024";

/// Keeps a notebook watched until it is dropped.
#[derive(Debug)]
pub struct Watch(dapanji_library::Watch);

/// What a watch has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Others changed posts, and the notebook has taken it over.
    Change(Change),
    /// From now on changes are heard of in another way.
    Watching(WatchingView),
    /// The whole folder is gone, or (`true`) is there again. What was read of it stays known.
    FolderThere(bool),
}

impl Watch {
    /// Looks for changes the system did not tell of.
    pub fn rescan(&self) {
        self.0.rescan();
    }

    /// How changes are heard of now.
    pub fn watching(&self) -> WatchingView {
        view(&self.0.watching())
    }
}

impl Notebook {
    /// Tells of every change that others make to the posts, after it was taken over here. Stops when
    /// the result is dropped.
    ///
    /// # Errors
    /// `Internal` if the folder cannot be watched.
    pub fn watch(
        self: &Arc<Self>,
        on_change: impl Fn(Change) + Send + 'static,
    ) -> Result<Watch, ApiError> {
        self.watch_news(move |news| {
            if let News::Change(change) = news {
                on_change(change);
            }
        })
    }

    /// Watches like [`Notebook::watch`], and also tells when changes are heard of in another way.
    ///
    /// # Errors
    /// As there.
    pub fn watch_news(
        self: &Arc<Self>,
        on_news: impl Fn(News) + Send + 'static,
    ) -> Result<Watch, ApiError> {
        let notebook = Arc::downgrade(self);
        let watch = self.library.watch(move |news| match news {
            dapanji_library::News::Change(files) => {
                let Some(notebook) = notebook.upgrade() else { return };
                let change = notebook.take_over(&files);
                // What this program itself has logged is no news.
                if change != Change::default() {
                    on_news(News::Change(change));
                }
            }
            dapanji_library::News::Watching(watching) => on_news(News::Watching(view(&watching))),
            dapanji_library::News::Folder(presence) => {
                on_news(News::FolderThere(presence == Presence::There));
            }
        })?;
        Ok(Watch(watch))
    }

    /// What is in the folder, is no post by its name, and cannot be looked at: folders, and files whose
    /// names no post can have.
    pub(crate) fn out_of_reach(&self) -> Vec<PlacedDiagnosticView> {
        let unreadable = self.library.out_of_reach();
        let no_posts = unreadable.iter().filter(|(path, _)| PostPath::new(path.as_str()).is_err());
        let told = no_posts.map(|(path, reason)| PlacedDiagnosticView {
            path: path.clone(),
            line: 1,
            code: "unreadable".to_owned(),
            message: unreadable_message(path, reason),
        });
        told.collect()
    }

    /// Lists the posts anew that a scan could not look at, or can again. Returns those that show
    /// something else now, and those that are gone.
    pub(crate) fn take_unreadable(&self, files: &FileChange) -> (Vec<PostPath>, Vec<PostPath>) {
        let unreadable = self.library.out_of_reach();
        let (mut summaries, mut gone) = (Vec::new(), Vec::new());
        for path in &files.unreadable {
            let Ok(post) = PostPath::new(path.as_str()) else { continue };
            if let Some((path, reason)) = unreadable.iter().find(|(other, _)| other == path) {
                let message = unreadable_message(path, reason);
                summaries.push(crate::opening::unreadable_post(post, "unreadable", message));
            } else if !files.changed.contains(&post)
                && self.read().post(&post).is_some_and(|known| known.unreadable.is_some())
            {
                gone.push(post);
            }
        }
        let changed = summaries.iter().map(|summary| summary.path.clone()).collect();
        self.take_outside(summaries, &gone);
        (changed, gone)
    }
}

/// A sentence about a file or folder that a scan could not look at.
pub(crate) fn unreadable_message(path: &str, reason: &str) -> String {
    format!("cannot read {path}: {reason}")
}

fn view(watching: &dapanji_library::Watching) -> WatchingView {
    let dapanji_library::Watching::Polling { every, why } = watching else {
        return WatchingView { mode: WatchingMode::Events, ..WatchingView::none() };
    };
    let (reason, file_system) = match why {
        WhyPolling::FileSystem(name) => (WatchingReason::FileSystem, Some(name.clone())),
        WhyPolling::Limit => (WatchingReason::Limit, None),
        WhyPolling::Silent => (WatchingReason::Silent, None),
        _ => (WatchingReason::Refused, None),
    };
    let at_limit = reason == WatchingReason::Limit && cfg!(target_os = "linux");
    WatchingView {
        mode: WatchingMode::Polling,
        reason: Some(reason),
        file_system,
        every_seconds: Some(u32::try_from(every.as_secs()).unwrap_or(u32::MAX)),
        remedy: at_limit.then(|| RAISE_LIMITS.to_owned()),
    }
}
