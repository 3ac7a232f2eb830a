//! The thread of a watch: waits for events and for its clock, looks at the files, reports
//! differences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::git::GitLock;
use super::look::Note;
use super::mode::WhyPolling;
use super::notifier::Notifier;
use super::stamp::RootId;
use super::touched::Touched;
use super::{News, Presence, Shared, Timing};
use crate::library::{Ledger, Library, lock};
use crate::path::PostPath;
use crate::rules::ScanRules;
use crate::scan::{self, Survey};
use crate::sidecar::Sidecar;
use crate::stamp::Stamp;

/// What the thread is told.
#[derive(Debug)]
pub(crate) enum Message {
    /// By the system.
    Event(notify::Result<notify::Event>),
    /// By the watch's owner.
    Rescan,
    /// By the watch's end.
    Stop,
}

/// What a look costs may be at most this part of the time from one poll to the next.
const REST: u32 = 20;

/// The longest time from one poll to the next, however long a look takes.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

pub(crate) struct Worker {
    pub(super) library: Arc<Library>,
    // What the owner of the watch knows of each post. Own saves are written into it by the library.
    pub(super) ledger: Arc<Ledger>,
    pub(super) timing: Timing,
    pub(super) messages: Sender<Message>,
    pub(super) shared: Arc<Shared>,
    // Invariant: `None` exactly if we poll.
    pub(super) notifier: Option<Notifier>,
    // For tests: a reason to poll that stays.
    forced: Option<WhyPolling>,
    pub(super) root: Option<RootId>,
    rules: Arc<ScanRules>,
    git: GitLock,
    pub(super) linked: BTreeSet<PostPath>,
    pub(super) touched: Touched,
    // When the first event of `touched` came, and when to look.
    pub(super) first: Option<Instant>,
    pub(super) due: Option<Instant>,
    // Since when a look waits for git.
    git_since: Option<Instant>,
    // Posts that the last look found missing or emptied.
    pub(super) suspects: BTreeSet<PostPath>,
    // By which stamp a post was found to have the content that the ledger says.
    pub(super) notes: BTreeMap<PostPath, Note>,
    // Posts that were found changed without an event, which may still be on its way.
    pub(super) untold: BTreeMap<PostPath, Instant>,
    pub(super) misses: u32,
    // Of the files in the hidden folder, in the order of `Sidecar::ALL`. Looked at every few seconds
    // and whenever posts are: nothing that is being written there is waited for.
    pub(super) sidecar: [Option<Stamp>; Sidecar::ALL.len()],
    // What could not be looked at, with the reason, at the last scan.
    pub(super) unreadable: Arc<Vec<(String, String)>>,
    // From one heartbeat to the next; longer than `timing.poll` where looking takes long.
    pub(super) pause: Duration,
    beat: Instant,
    next_stamps: Instant,
    next_comparison: Instant,
    // Whether all posts were looked at once.
    pub(super) looked: bool,
    // What the owner was told last.
    presence: Presence,
}

impl Worker {
    pub(crate) fn new(
        library: Arc<Library>,
        timing: Timing,
        messages: Sender<Message>,
        shared: Arc<Shared>,
        forced: Option<WhyPolling>,
    ) -> Worker {
        let ledger = library.new_ledger();
        let now = Instant::now();
        let mut worker = Worker {
            ledger,
            messages,
            shared,
            notifier: None,
            root: None,
            rules: library.scan_rules(),
            git: GitLock::around(library.root()),
            linked: BTreeSet::new(),
            touched: Touched::default(),
            first: None,
            due: None,
            git_since: None,
            suspects: BTreeSet::new(),
            notes: BTreeMap::new(),
            untold: BTreeMap::new(),
            misses: 0,
            sidecar: Default::default(),
            unreadable: Arc::default(),
            pause: timing.poll,
            beat: now + timing.poll,
            next_stamps: now + timing.stamps,
            next_comparison: now + timing.comparison,
            looked: false,
            presence: Presence::There,
            forced,
            timing,
            library,
        };
        worker.sidecar = worker.sidecar_stamps();
        worker.choose_mode(worker.forced.clone());
        worker
    }

    /// Installs the watches and notes the present state of what nobody has read yet, so that every
    /// later change shows. What has been read or scanned before is compared by the thread.
    pub(crate) fn begin(&mut self) {
        self.root = RootId::of(self.library.root());
        let scanned = self.library.last_scan();
        let survey = self.survey();
        self.unreadable = match &scanned {
            Some(_) => self.library.out_of_reach(),
            None => Arc::new(survey.scan.unreadable_with_reasons()),
        };
        self.library.set_out_of_reach(&self.unreadable);
        let is_new = |post: &PostPath| scanned.as_ref().is_some_and(|old| !old.contains(post));
        let unread: Vec<PostPath> = {
            let ledger = lock(&self.ledger);
            self.touched.posts = ledger.keys().cloned().collect();
            let posts = survey.scan.posts.iter();
            posts.filter(|post| !ledger.contains_key(*post) && !is_new(post)).cloned().collect()
        };
        // Looked at again by the thread, which also keeps what they hold: that takes its time.
        self.touched.posts.extend(unread.iter().cloned());
        for sight in self.look_at(&unread, None) {
            if let Some(seen) = sight.seen {
                // A save of ours may have come first.
                lock(&self.ledger).entry(sight.post.clone()).or_insert(seen);
                self.note(&sight);
            }
        }
        self.touched.scan = true;
        self.expect_more();
    }

    /// Works until the watch is dropped.
    pub(crate) fn run(mut self, inbox: &Receiver<Message>, on_news: &impl Fn(News)) {
        loop {
            let next = self.due.map_or(self.beat, |due| due.min(self.beat));
            match inbox.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(Message::Event(event)) => self.hear(event),
                Ok(Message::Rescan) => {
                    self.touch_all();
                    if self.suspects.is_empty() {
                        self.due = Some(Instant::now());
                    }
                }
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.beat <= Instant::now() {
                if self.due.is_none() {
                    self.heartbeat();
                }
                self.beat = Instant::now() + self.pause;
            }
            if self.due.is_some_and(|due| due <= Instant::now()) && !self.waits_for_git() {
                let change = self.look();
                if self.shared.stopped.load(Ordering::Relaxed) {
                    return;
                }
                if let Some(presence) = self.other_presence() {
                    on_news(News::Folder(presence));
                }
                if !change.is_empty() {
                    on_news(News::Change(change));
                }
                self.library.tidy_history();
                self.follow_rules();
            }
            if self.shared.mode_is_news.swap(false, Ordering::Relaxed) {
                on_news(News::Watching(lock(&self.shared.watching).clone()));
            }
        }
    }

    /// Has everything looked at that another stamp shows to be written, and where stamps tell little,
    /// everything.
    pub(super) fn touch_all(&mut self) {
        self.touched.stamps = true;
        self.touched.all |= cfg!(not(unix));
        self.expect_more();
    }

    /// Puts the look off until events pause, but not for ever.
    pub(super) fn expect_more(&mut self) {
        let now = Instant::now();
        let first = *self.first.get_or_insert(now);
        self.due = Some((now + self.timing.quiet).min(first + self.timing.patience));
    }

    /// Puts the look off while git is at work, so that a checkout is one change.
    fn waits_for_git(&mut self) -> bool {
        let now = Instant::now();
        if !self.git.is_held() {
            self.git_since = None;
            return false;
        }
        if now.duration_since(*self.git_since.get_or_insert(now)) > self.timing.git {
            self.git.give_up();
            return false;
        }
        self.due = Some(now + self.timing.quiet);
        true
    }

    /// Notices what no event tells: that the root was moved or made anew, files with another stamp,
    /// and every now and then files with another content.
    fn heartbeat(&mut self) {
        let now = Instant::now();
        let root = RootId::of(self.library.root());
        if root.is_some() && root != self.root {
            self.forget_all();
            self.touched.all = true;
        } else if root.is_some() {
            self.judge_untold(now);
            if self.next_comparison <= now {
                self.next_comparison = now + self.timing.comparison;
                self.touched.all = true;
            }
            if self.notifier.is_none() || self.next_stamps <= now {
                self.touched.stamps = true;
            }
            if self.next_stamps <= now {
                self.next_stamps = now + self.timing.stamps;
                self.try_events_again();
            }
            self.follow_rules();
        }
        let vanished = root.is_none() && self.root.is_some();
        let sidecar = || root.is_some() && self.sidecar_stamps() != self.sidecar;
        if vanished || !self.touched.is_empty() || sidecar() {
            self.due = Some(now);
        }
    }

    /// Whether the folder is there, if the owner knows it otherwise.
    fn other_presence(&mut self) -> Option<Presence> {
        let now = if self.root.is_some() { Presence::There } else { Presence::Gone };
        (std::mem::replace(&mut self.presence, now) != now).then_some(now)
    }

    /// Looks for posts that came or went by another setting.
    fn follow_rules(&mut self) {
        let rules = self.library.scan_rules();
        if !Arc::ptr_eq(&rules, &self.rules) {
            self.rules = rules;
            self.touched.scan = true;
            self.due = Some(Instant::now());
        }
    }

    pub(super) fn sidecar_stamps(&self) -> [Option<Stamp>; Sidecar::ALL.len()] {
        Sidecar::ALL.map(|which| {
            let metadata = fs::metadata(self.library.sidecar_file(which)).ok()?;
            Some(Stamp::of(&metadata))
        })
    }

    /// Scans the folder, after watches are on all of its folders.
    pub(super) fn survey(&mut self) -> Survey {
        let root = self.library.root().to_owned();
        loop {
            let survey = scan::survey(&self.library);
            let added = match &mut self.notifier {
                Some(notifier) => notifier.add(&root, &survey.folders),
                None => Ok(false),
            };
            match added {
                // What came into a new folder before its watch did shows in the next scan.
                Ok(true) => {}
                Ok(false) => {
                    self.linked = survey.linked.iter().cloned().collect();
                    return survey;
                }
                Err(error) => self.poll_after(&error.0),
            }
        }
    }

    /// Makes the time to the next poll longer where looking takes long.
    pub(super) fn rest_after(&mut self, look: Duration) {
        self.pause = (look * REST).clamp(self.timing.poll, LONGEST_PAUSE.max(self.timing.poll));
    }

    pub(super) fn forget(&mut self, folder: &std::path::Path) {
        if let Some(notifier) = &mut self.notifier {
            notifier.forget(folder);
        }
    }

    /// Lets go of all watches, for the system's are bound to the folders that are gone. What is made
    /// anew may lie on another file system.
    pub(super) fn forget_all(&mut self) {
        self.notifier = None;
        self.notes.clear();
        self.git = GitLock::around(self.library.root());
        self.choose_mode(self.forced.clone());
    }
}
