//! How a watch hears of changes: by the system's events, or by looking.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::mounts::silent_file_system;
use super::notifier::{Notifier, is_exhausted};
use super::worker::{Message, Worker};
use crate::library::lock;

/// How a watch hears of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watching {
    /// The system tells of each at once.
    Events,
    /// Files are looked at again and again.
    Polling {
        /// From one look to the next, if a look takes no longer than that.
        every: Duration,
        /// Why there are no events.
        why: WhyPolling,
    },
}

/// Why a watch has to look at the files.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WhyPolling {
    /// The folder, or one in it, lies on a file system to which others write without this system
    /// hearing of it. The name is the system's own, `nfs4` say.
    FileSystem(String),
    /// The system gives no more watches on folders. On Linux `fs.inotify.max_user_watches` and
    /// `fs.inotify.max_user_instances` are the settings to be raised.
    Limit,
    /// Changes have come to light that no event told of.
    Silent,
    /// The system refused to tell of changes; what it said.
    Refused(String),
}

/// So many times changes must have come to light without an event before we poll.
const MISSES: u32 = 2;

impl Worker {
    /// Chooses how to hear of changes, and begins to.
    pub(super) fn choose_mode(&mut self, forced: Option<WhyPolling>) {
        match forced.or_else(|| silent_file_system(self.library.root()).map(WhyPolling::FileSystem))
        {
            Some(why) => self.start_polling(why),
            None => self.start_notifier(),
        }
    }

    pub(super) fn start_notifier(&mut self) {
        match self.new_notifier() {
            Ok(notifier) => {
                self.notifier = Some(notifier);
                self.set_mode(Watching::Events);
            }
            Err(error) => self.poll_after(&error),
        }
    }

    fn new_notifier(&self) -> notify::Result<Notifier> {
        let messages = self.messages.clone();
        Notifier::new(move |event| drop(messages.send(Message::Event(event))))
    }

    /// Goes over to polling as the system says that it won't tell of changes.
    pub(super) fn poll_after(&mut self, error: &notify::Error) {
        self.start_polling(if is_exhausted(error) {
            WhyPolling::Limit
        } else {
            WhyPolling::Refused(error.to_string())
        });
    }

    fn start_polling(&mut self, why: WhyPolling) {
        let every = self.timing.poll;
        tracing::warn!(
            ?why,
            root = %self.library.root().display(),
            ?every,
            "cannot hear of changes, looking at the files instead; if a limit is reached, on Linux \
             raise fs.inotify.max_user_watches and fs.inotify.max_user_instances"
        );
        self.notifier = None;
        self.set_mode(Watching::Polling { every, why });
    }

    /// Tries once more for events where a limit kept us from them, as the user may have raised it.
    pub(super) fn try_events_again(&mut self) {
        let at_limit =
            |mode: &Watching| matches!(mode, Watching::Polling { why: WhyPolling::Limit, .. });
        if !at_limit(&lock(&self.shared.watching)) {
            return;
        }
        let Ok(mut notifier) = self.new_notifier() else { return };
        let folders = crate::scan::survey(&self.library).folders;
        if notifier.add(self.library.root(), &folders).is_ok() {
            self.notifier = Some(notifier);
            self.set_mode(Watching::Events);
            // Whatever happened before the watches were on.
            self.touched.stamps = true;
        }
    }

    /// Counts the times that a change came to light which no event has told of; after some, polls.
    pub(super) fn count_miss(&mut self) {
        self.misses += 1;
        if self.misses >= MISSES && self.notifier.is_some() {
            self.start_polling(WhyPolling::Silent);
        }
    }

    fn set_mode(&self, mode: Watching) {
        let mut known = lock(&self.shared.watching);
        if *known != mode {
            *known = mode;
            self.shared.mode_is_news.store(true, Ordering::Relaxed);
        }
    }
}
