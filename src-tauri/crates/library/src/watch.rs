//! Tells what others change in the folder.
//!
//! Events of the system only say where to look. What is reported is the difference between the
//! contents on disk and what this library last read, wrote or reported: so each outside change is
//! told once, whatever the events, and our own saves are never echoed.

mod events;
mod git;
mod look;
mod mode;
mod mounts;
mod notifier;
mod stamp;
mod touched;
mod worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use crate::error::WatchError;
use crate::library::{Library, lock};
use crate::path::PostPath;
pub use mode::{Watching, WhyPolling};
pub(crate) use mounts::silent_file_system;
use worker::{Message, Worker};

/// What others changed, at one time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileChange {
    /// New posts and those with another content, in the order of their paths.
    pub changed: Vec<PostPath>,
    /// Posts that are gone, in the order of their paths; a renamed one is here with its old path.
    pub removed: Vec<PostPath>,
    /// Whether a file of the hidden folder may have changed, by whomever.
    pub sidecar: bool,
    /// Files and folders that can be looked at no more, or can again, or cannot for another reason;
    /// as in [`Library::out_of_reach`].
    pub unreadable: Vec<String>,
}

impl FileChange {
    /// Tells whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        *self == FileChange::default()
    }
}

/// What a watch has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Others changed something.
    Change(FileChange),
    /// From now on it hears of changes in another way.
    Watching(Watching),
    /// The whole folder is gone, as when a drive is taken out, or is back.
    Folder(Presence),
}

/// Whether the folder itself is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    There,
    /// It is not. It is waited for.
    Gone,
}

/// Keeps a library watched until it is dropped.
///
/// A call of the handler that has begun may still run when the drop returns; no other one follows.
#[derive(Debug)]
pub struct Watch {
    messages: Sender<Message>,
    shared: Arc<Shared>,
}

/// What a watch and its thread both see.
#[derive(Debug)]
pub(crate) struct Shared {
    stopped: AtomicBool,
    watching: Mutex<Watching>,
    // Whether `watching` is another than the owner was last told.
    mode_is_news: AtomicBool,
}

/// How long a watch waits for what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    /// From the last event to a look at the files.
    pub(crate) quiet: Duration,
    /// From the first event to a look at the files, if events keep coming.
    pub(crate) patience: Duration,
    /// From a post found missing or emptied to the second look that decides.
    pub(crate) settle: Duration,
    /// Between two looks at the root, and at all files' stamps where we have to poll.
    pub(crate) poll: Duration,
    /// Between two looks at all files' stamps where there are events.
    pub(crate) stamps: Duration,
    /// Between two comparisons of all contents.
    pub(crate) comparison: Duration,
    /// For git to come to an end.
    pub(crate) git: Duration,
    /// For the event of a change that has been seen already.
    pub(crate) late: Duration,
    /// The clock by which files are dated.
    pub(crate) clock: fn() -> SystemTime,
}

#[expect(clippy::disallowed_methods, reason = "the clock that others are given")]
const SYSTEM_CLOCK: fn() -> SystemTime = SystemTime::now;

impl Default for Timing {
    fn default() -> Timing {
        Timing {
            quiet: Duration::from_millis(150),
            patience: Duration::from_secs(1),
            settle: Duration::from_millis(150),
            poll: Duration::from_secs(2),
            stamps: Duration::from_secs(5 * 60),
            comparison: Duration::from_secs(15 * 60),
            git: Duration::from_secs(10),
            late: Duration::from_secs(3),
            clock: SYSTEM_CLOCK,
        }
    }
}

impl Library {
    /// Calls `on_news`, from another thread, for each change in the folder that is not our own, and when
    /// changes are heard of in another way, until the result is dropped.
    ///
    /// Everything that happens after this returns is told, and what happened to posts that were
    /// read before. A folder that vanishes altogether is no change: that is told, and it is waited for.
    ///
    /// # Errors
    /// If the folder is gone, or the system gives no thread.
    pub fn watch(
        self: &Arc<Self>,
        on_news: impl Fn(News) + Send + 'static,
    ) -> Result<Watch, WatchError> {
        self.watch_with(Timing::default(), None, on_news)
    }

    pub(crate) fn watch_with(
        self: &Arc<Self>,
        timing: Timing,
        forced: Option<WhyPolling>,
        on_news: impl Fn(News) + Send + 'static,
    ) -> Result<Watch, WatchError> {
        let root = || self.root().to_owned();
        if !self.root().is_dir() {
            return Err(WatchError::Missing { root: root() });
        }
        let (messages, inbox) = mpsc::channel();
        let shared = Arc::new(Shared {
            stopped: AtomicBool::new(false),
            watching: Mutex::new(Watching::Events),
            mode_is_news: AtomicBool::new(false),
        });
        let mut worker =
            Worker::new(Arc::clone(self), timing, messages.clone(), Arc::clone(&shared), forced);
        worker.begin();
        // The owner can ask.
        shared.mode_is_news.store(false, Ordering::Relaxed);
        thread::Builder::new()
            .name("library-watch".into())
            .spawn(move || worker.run(&inbox, &on_news))
            .map_err(|source| WatchError::Start { root: root(), source })?;
        Ok(Watch { messages, shared })
    }
}

impl Watch {
    /// Compares the stamps of all posts with the disk now, in case the system kept an event from us:
    /// for the window's focus. Differences are reported as usual.
    pub fn rescan(&self) {
        // The thread only ends after a drop, and then nobody is here to ask.
        drop(self.messages.send(Message::Rescan));
    }

    /// Tells how changes are heard of now.
    pub fn watching(&self) -> Watching {
        lock(&self.shared.watching).clone()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        // Not joined: the handler may wait for a lock that our caller holds.
        drop(self.messages.send(Message::Stop));
    }
}

#[cfg(test)]
mod tests;
