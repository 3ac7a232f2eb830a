//! The thread of a watch: collects events, looks at the files, reports differences.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, LazyLock};
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, EventKind};
use rayon::prelude::*;

use super::notifier::{Notifier, is_exhausted};
use super::stamp::RootId;
use super::touched::Touched;
use super::{FileChange, Shared, Timing};
use crate::library::{Ledger, Library, Seen, lock};
use crate::path::{PostPath, has_post_extension, is_left_out_folder};
use crate::revision::Revision;
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

/// Every so many polls all contents are compared, not only times and sizes.
const POLLS_PER_COMPARISON: u32 = 30;

static EMPTY: LazyLock<Revision> = LazyLock::new(|| Revision::of(""));

pub(crate) struct Worker {
    library: Arc<Library>,
    // What the owner of the watch knows of each post. Own saves are written into it by the library.
    ledger: Arc<Ledger>,
    timing: Timing,
    messages: Sender<Message>,
    shared: Arc<Shared>,
    // Invariant: `None` exactly if we poll.
    notifier: Option<Notifier>,
    root: Option<RootId>,
    linked: Vec<PostPath>,
    touched: Touched,
    // When the first event of `touched` came, and when to look.
    first: Option<Instant>,
    due: Option<Instant>,
    // Posts that the last look found missing or emptied.
    suspects: BTreeSet<PostPath>,
    stamps: BTreeMap<PostPath, Stamp>,
    // Of the files in the hidden folder, in the order of `Sidecar::ALL`. Looked at every few seconds
    // and whenever posts are: nothing that is being written there is waited for.
    sidecar: [Option<Stamp>; Sidecar::ALL.len()],
    polls: u32,
}

/// What a look at one post says.
enum Verdict {
    Same,
    Changed(Seen),
    Removed,
    /// Missing or emptied: perhaps an editor is just replacing it.
    Suspect,
}

impl Worker {
    pub(crate) fn new(
        library: Arc<Library>,
        timing: Timing,
        messages: Sender<Message>,
        shared: Arc<Shared>,
        polling: bool,
    ) -> Worker {
        let ledger = library.new_ledger();
        let mut worker = Worker {
            library,
            ledger,
            timing,
            messages,
            shared,
            notifier: None,
            root: None,
            linked: Vec::new(),
            touched: Touched::default(),
            first: None,
            due: None,
            suspects: BTreeSet::new(),
            stamps: BTreeMap::new(),
            sidecar: Default::default(),
            polls: 0,
        };
        worker.sidecar = worker.sidecar_stamps();
        if polling {
            worker.shared.polling.store(true, Ordering::Relaxed);
        } else {
            worker.start_notifier();
        }
        worker
    }

    /// Installs the watches and notes the present state of what nobody has read yet, so that every
    /// later change shows. What has been read or scanned before is compared by the thread.
    pub(crate) fn begin(&mut self) {
        self.root = RootId::of(self.library.root());
        let survey = self.survey();
        let scanned = self.library.last_scan();
        let is_new = |post: &PostPath| scanned.as_ref().is_some_and(|old| !old.contains(post));
        let unread: Vec<PostPath> = {
            let ledger = lock(&self.ledger);
            self.touched.posts = ledger.keys().cloned().collect();
            let posts = survey.scan.posts.iter();
            posts.filter(|post| !ledger.contains_key(*post) && !is_new(post)).cloned().collect()
        };
        for (post, seen) in self.look_at(&unread) {
            if let Some(seen) = seen {
                // A save of ours may have come first.
                lock(&self.ledger).entry(post).or_insert(seen);
            }
        }
        self.stamps = self.stamps_of(&survey);
        self.touched.scan = true;
        self.expect_more();
    }

    /// Works until the watch is dropped.
    pub(crate) fn run(mut self, inbox: &Receiver<Message>, on_change: &impl Fn(FileChange)) {
        loop {
            let now = Instant::now();
            let wait = self.due.map_or(self.timing.poll, |due| due.saturating_duration_since(now));
            match inbox.recv_timeout(wait.min(self.timing.poll)) {
                Ok(Message::Event(Ok(event))) => self.note(&event),
                Ok(Message::Event(Err(error))) => {
                    if is_exhausted(&error) {
                        self.start_polling(&error);
                    }
                    self.all_touched();
                }
                Ok(Message::Rescan) => {
                    self.all_touched();
                    if self.suspects.is_empty() {
                        self.due = Some(Instant::now());
                    }
                }
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    if self.due.is_none() {
                        self.heartbeat();
                    }
                }
            }
            if self.due.is_some_and(|due| due <= Instant::now()) {
                let change = self.look();
                if self.shared.stopped.load(Ordering::Relaxed) {
                    return;
                }
                if change != FileChange::default() {
                    on_change(change);
                }
            }
        }
    }

    /// Notes where to look after an event.
    fn note(&mut self, event: &notify::Event) {
        if event.need_rescan() {
            self.all_touched();
            return;
        }
        // Reading is no change, and we read ourselves.
        if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
        {
            return;
        }
        for path in &event.paths {
            self.note_path(path);
        }
    }

    fn note_path(&mut self, path: &Path) {
        let root = self.library.root();
        if root.starts_with(path) {
            self.forget(path);
            self.all_touched();
            return;
        }
        let Ok(below) = path.strip_prefix(root) else { return };
        let watched =
            |folder: &Path| self.notifier.as_ref().is_some_and(|notifier| notifier.watches(folder));
        let left_out = |name: &std::ffi::OsStr| name.to_str().is_some_and(is_left_out_folder);
        if below == Path::new(".gitignore") || below.ends_with(".gitignore") {
            self.touched.scan = true;
        } else if watched(path) || path.is_dir() && !below.iter().any(left_out) {
            self.forget(path);
            self.touched.folders.insert(path.to_owned());
        } else if below.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b".")) {
            // Hidden, our own temporary files among them.
            return;
        } else if !path.parent().is_some_and(watched) && below.iter().any(left_out) {
            return;
        } else if has_post_extension(path) {
            let Some(Ok(post)) = PostPath::relative(root, path) else { return };
            if !lock(&self.ledger).contains_key(&post) {
                self.touched.scan = true;
            }
            self.touched.posts.insert(post);
        } else if self.knows_posts_below(below) {
            self.forget(path);
            self.touched.folders.insert(path.to_owned());
        } else {
            return;
        }
        self.expect_more();
    }

    fn knows_posts_below(&self, folder: &Path) -> bool {
        folder.to_str().is_some_and(|folder| {
            let below = format!("{}/", folder.replace(std::path::MAIN_SEPARATOR, "/"));
            lock(&self.ledger).keys().any(|post| post.as_str().starts_with(&below))
        })
    }

    fn all_touched(&mut self) {
        self.touched.all = true;
        self.expect_more();
    }

    /// Puts the look off until events pause, but not for ever.
    fn expect_more(&mut self) {
        let now = Instant::now();
        let first = *self.first.get_or_insert(now);
        self.due = Some((now + self.timing.quiet).min(first + self.timing.patience));
    }

    /// Notices what no event tells: that the root was moved or made anew, and, when polling, files
    /// with another time or size.
    fn heartbeat(&mut self) {
        let root = RootId::of(self.library.root());
        if root.is_some() && root != self.root {
            self.forget_all();
            self.touched.all = true;
        } else if self.notifier.is_none() && root.is_some() {
            self.polls = self.polls.wrapping_add(1);
            let survey = self.survey();
            let stamps = self.stamps_of(&survey);
            let changed =
                |(post, stamp): &(&PostPath, &Stamp)| self.stamps.get(post) != Some(stamp);
            self.touched.posts =
                stamps.iter().filter(changed).map(|(post, _)| post.clone()).collect();
            let gone = self.stamps.keys().filter(|post| !stamps.contains_key(*post));
            self.touched.posts.extend(gone.cloned());
            self.touched.scan = !self.touched.posts.is_empty();
            self.touched.all = self.polls.is_multiple_of(POLLS_PER_COMPARISON);
            self.stamps = stamps;
        }
        if !self.touched.is_empty() || root.is_some() && self.sidecar_stamps() != self.sidecar {
            self.due = Some(Instant::now());
        }
    }

    fn sidecar_stamps(&self) -> [Option<Stamp>; Sidecar::ALL.len()] {
        Sidecar::ALL.map(|which| {
            let metadata = fs::metadata(self.library.sidecar_file(which)).ok()?;
            Some(Stamp::of(&metadata))
        })
    }

    /// Compares what was touched with what is known, and returns what is to be reported.
    fn look(&mut self) -> FileChange {
        self.first = None;
        self.due = None;
        let root = RootId::of(self.library.root());
        if root.is_none() {
            // A drive taken out, or a folder about to be made anew: no word about its posts.
            tracing::debug!(root = %self.library.root().display(), "the folder is gone: waiting");
            self.forget_all();
            self.root = None;
            self.suspects.clear();
            self.touched = Touched { all: true, ..Touched::default() };
            self.due = Some(Instant::now() + self.timing.poll);
            return FileChange::default();
        }
        if root != self.root {
            self.forget_all();
            self.touched.all = true;
            self.root = root;
        }
        let listed = self.touched.needs_scan().then(|| {
            let survey = self.survey();
            survey.scan.posts.into_iter().collect::<BTreeSet<_>>()
        });
        let candidates = self.candidates(listed.as_ref());
        let is_listed = |post: &PostPath| listed.as_ref().is_none_or(|posts| posts.contains(post));

        let mut different = Vec::new();
        let mut suspects = BTreeSet::new();
        for (post, seen) in self.look_at(&candidates) {
            let settled = self.suspects.contains(&post);
            match self.verdict(&post, seen, is_listed(&post), settled) {
                Verdict::Same => {}
                Verdict::Suspect => {
                    suspects.insert(post);
                }
                Verdict::Changed(_) | Verdict::Removed => different.push(post),
            }
        }
        if !suspects.is_empty() {
            self.due = Some(Instant::now() + self.timing.settle);
            if self.suspects.is_empty() {
                // All is looked at again, so that a rename is told as one change.
                self.suspects = suspects;
                return FileChange::default();
            }
        }
        let mut change = FileChange::default();
        let sidecar = self.sidecar_stamps();
        if sidecar != self.sidecar {
            self.sidecar = sidecar;
            change.sidecar = true;
        }
        for post in different {
            let settled = self.suspects.contains(&post);
            self.confirm(post, is_listed, settled, &mut change, &mut suspects);
        }
        self.touched = Touched { posts: suspects.clone(), ..Touched::default() };
        self.suspects = suspects;
        if !self.touched.is_empty() {
            self.due = Some(Instant::now() + self.timing.settle);
        }
        change
    }

    /// Decides on a post that differs, with no save of ours under way, and notes it as reported.
    fn confirm(
        &self,
        post: PostPath,
        is_listed: impl Fn(&PostPath) -> bool,
        settled: bool,
        change: &mut FileChange,
        suspects: &mut BTreeSet<PostPath>,
    ) {
        let _writing = self.library.writing();
        let seen = Seen::of(&self.library.load(&post));
        match self.verdict(&post, seen, is_listed(&post), settled) {
            Verdict::Same => {}
            Verdict::Suspect => {
                suspects.insert(post);
            }
            Verdict::Changed(seen) => {
                lock(&self.ledger).insert(post.clone(), seen);
                change.changed.push(post);
            }
            Verdict::Removed => {
                lock(&self.ledger).remove(&post);
                change.removed.push(post);
            }
        }
    }

    fn verdict(&self, post: &PostPath, seen: Option<Seen>, listed: bool, settled: bool) -> Verdict {
        let known = lock(&self.ledger).get(post).copied();
        match (seen, known) {
            (None, None) => Verdict::Same,
            (None, Some(_)) if settled => Verdict::Removed,
            (None, Some(_)) => Verdict::Suspect,
            (Some(seen), Some(known)) if seen == known && listed => Verdict::Same,
            // Still there, but no post of this folder: ignored by git from now on, say.
            (Some(Seen::Content(_)), Some(_)) if !listed => Verdict::Removed,
            (Some(_), None) if !listed => Verdict::Same,
            (Some(seen), Some(known)) if seen == known => Verdict::Same,
            (Some(Seen::Content(now)), Some(_)) if now == *EMPTY && !settled => Verdict::Suspect,
            (Some(seen), _) => Verdict::Changed(seen),
        }
    }

    /// Lists the posts to be read, in the order of their paths.
    fn candidates(&self, listed: Option<&BTreeSet<PostPath>>) -> Vec<PostPath> {
        let mut candidates = self.touched.posts.clone();
        candidates.extend(self.linked.iter().cloned());
        candidates.extend(self.suspects.iter().cloned());
        if let Some(listed) = listed {
            let ledger = lock(&self.ledger);
            let root = self.library.root();
            for post in listed.iter().chain(ledger.keys()) {
                let file = post.under(root);
                if self.touched.all
                    || listed.contains(post) != ledger.contains_key(post)
                    || self.touched.folders.iter().any(|folder| file.starts_with(folder))
                {
                    candidates.insert(post.clone());
                }
            }
        }
        candidates.into_iter().collect()
    }

    fn look_at(&self, posts: &[PostPath]) -> Vec<(PostPath, Option<Seen>)> {
        let look = |post: &PostPath| (post.clone(), Seen::of(&self.library.load(post)));
        posts.par_iter().map(look).collect()
    }

    /// Scans the folder, after watches are on all of its folders.
    fn survey(&mut self) -> Survey {
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
                    self.linked.clone_from(&survey.linked);
                    return survey;
                }
                Err(error) => self.start_polling(&error.0),
            }
        }
    }

    fn start_notifier(&mut self) {
        let messages = self.messages.clone();
        match Notifier::new(move |event| drop(messages.send(Message::Event(event)))) {
            Ok(notifier) => self.notifier = Some(notifier),
            Err(error) => self.start_polling(&error),
        }
    }

    fn start_polling(&mut self, error: &notify::Error) {
        tracing::warn!(
            %error,
            root = %self.library.root().display(),
            every = ?self.timing.poll,
            "cannot watch all folders, looking at the files instead; on Linux, raise \
             fs.inotify.max_user_watches and fs.inotify.max_user_instances"
        );
        self.notifier = None;
        self.shared.polling.store(true, Ordering::Relaxed);
    }

    fn forget(&mut self, folder: &Path) {
        if let Some(notifier) = &mut self.notifier {
            notifier.forget(folder);
        }
    }

    /// Lets go of all watches, for the system's are bound to the folders that are gone.
    fn forget_all(&mut self) {
        if self.notifier.take().is_some() {
            self.start_notifier();
        }
    }

    /// Notes times and sizes where we poll.
    fn stamps_of(&self, survey: &Survey) -> BTreeMap<PostPath, Stamp> {
        if self.notifier.is_some() {
            return BTreeMap::new();
        }
        let root = self.library.root();
        let stamp = |post: &PostPath| {
            Some((post.clone(), Stamp::of(&fs::metadata(post.under(root)).ok()?)))
        };
        survey.scan.posts.iter().filter_map(stamp).collect()
    }
}
