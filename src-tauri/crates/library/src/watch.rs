//! Tells what others change in the folder.
//!
//! Events of the system only say where to look. What is reported is the difference between the
//! contents on disk and what this library last read, wrote or reported: so each outside change is
//! told once, whatever the events, and our own saves are never echoed.

mod notifier;
mod stamp;
mod touched;
mod worker;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use crate::error::WatchError;
use crate::library::Library;
use crate::path::PostPath;
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
#[derive(Debug, Default)]
pub(crate) struct Shared {
    pub(crate) stopped: AtomicBool,
    pub(crate) polling: AtomicBool,
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
    /// Between two looks at the root, and at all files' times and sizes where we have to poll.
    pub(crate) poll: Duration,
}

impl Default for Timing {
    fn default() -> Timing {
        Timing {
            quiet: Duration::from_millis(150),
            patience: Duration::from_secs(1),
            settle: Duration::from_millis(150),
            poll: Duration::from_secs(2),
        }
    }
}

impl Library {
    /// Calls `on_change`, from another thread, for each change in the folder that is not our own,
    /// until the result is dropped.
    ///
    /// Everything that happens after this returns is told, and what happened to posts that were
    /// read before. A folder that vanishes altogether is no change: it is waited for.
    pub fn watch(
        self: &Arc<Self>,
        on_change: impl Fn(FileChange) + Send + 'static,
    ) -> Result<Watch, WatchError> {
        self.watch_with(Timing::default(), false, on_change)
    }

    pub(crate) fn watch_with(
        self: &Arc<Self>,
        timing: Timing,
        polling: bool,
        on_change: impl Fn(FileChange) + Send + 'static,
    ) -> Result<Watch, WatchError> {
        let root = || self.root().to_owned();
        if !self.root().is_dir() {
            return Err(WatchError::Missing { root: root() });
        }
        let (messages, inbox) = mpsc::channel();
        let shared = Arc::new(Shared::default());
        let mut worker =
            Worker::new(Arc::clone(self), timing, messages.clone(), Arc::clone(&shared), polling);
        worker.begin();
        thread::Builder::new()
            .name("library-watch".into())
            .spawn(move || worker.run(&inbox, &on_change))
            .map_err(|source| WatchError::Start { root: root(), source })?;
        Ok(Watch { messages, shared })
    }
}

impl Watch {
    /// Compares all posts with the disk now, in case the system kept an event from us: for the
    /// window's focus and a timer. Differences are reported as usual.
    pub fn rescan(&self) {
        // The thread only ends after a drop, and then nobody is here to ask.
        drop(self.messages.send(Message::Rescan));
    }

    /// Tells whether the system's events are not to be had, so that files are looked at every few
    /// seconds.
    pub fn is_polling(&self) -> bool {
        self.shared.polling.load(Ordering::Relaxed)
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
