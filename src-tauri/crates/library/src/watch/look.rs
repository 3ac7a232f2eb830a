//! A look at the files: what of them is not as it is known.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime};

use rayon::prelude::*;

use super::FileChange;
use super::stamp::RootId;
use super::touched::Touched;
use super::worker::Worker;
use crate::history::Room;
use crate::library::{Seen, lock};
use crate::path::PostPath;
use crate::revision::Revision;
use crate::stamp::Stamp;

static EMPTY: LazyLock<Revision> = LazyLock::new(|| Revision::of(""));

/// How long a stamp must have been the same before a content read then is known by it, whatever the
/// clock of the file system says.
const STEADY: Duration = Duration::from_secs(3);

/// By what a post is known to have the content that the ledger says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note {
    stamp: Stamp,
    since: Instant,
    // Whether every later write leaves another stamp.
    settled: bool,
}

/// What a look at one post showed.
pub(super) struct Sight {
    pub(super) post: PostPath,
    pub(super) seen: Option<Seen>,
    stamp: Option<Stamp>,
    // When the look began, by both clocks.
    began: (Instant, SystemTime),
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
    /// Compares what was touched with what is known, and returns what is to be reported.
    pub(super) fn look(&mut self) -> FileChange {
        let began = Instant::now();
        self.first = None;
        self.due = None;
        let root = RootId::of(self.library.root());
        if root.is_none() {
            // A drive taken out, or a folder about to be made anew: no word about its posts.
            tracing::debug!(root = %self.library.root().display(), "the folder is gone: waiting");
            if self.root.is_some() {
                self.forget_all();
                self.root = None;
            }
            self.suspects.clear();
            self.touched = Touched { all: true, ..Touched::default() };
            self.due = Some(began + self.timing.poll);
            return FileChange::default();
        }
        if root != self.root {
            self.forget_all();
            self.touched.all = true;
            self.root = root;
        }
        let mut out_of_reach = None;
        let listed = self.touched.needs_scan().then(|| {
            let survey = self.survey();
            out_of_reach = Some(survey.scan.unreadable_with_reasons());
            survey.scan.posts.into_iter().collect::<BTreeSet<_>>()
        });
        let candidates = self.candidates(listed.as_ref());
        let is_listed = |post: &PostPath| listed.as_ref().is_none_or(|posts| posts.contains(post));

        let mut different = Vec::new();
        let mut suspects = BTreeSet::new();
        let mut same = Vec::new();
        for sight in self.look_at(&candidates, Some(Room::Spare)) {
            let settled = self.suspects.contains(&sight.post);
            let known = lock(&self.ledger).get(&sight.post).copied();
            match self.verdict(&sight, is_listed(&sight.post), settled) {
                Verdict::Same => {
                    self.note(&sight);
                    same.extend(sight.seen.map(|seen| (sight.post, seen)));
                }
                Verdict::Suspect => {
                    suspects.insert(sight.post);
                }
                Verdict::Changed(_) => {
                    self.keep_sight(&sight, known);
                    different.push(sight.post);
                }
                Verdict::Removed => different.push(sight.post),
            }
        }
        self.library.note_seen(&same, &self.ledger);
        if self.notifier.is_none() {
            self.rest_after(began.elapsed());
        }
        if !suspects.is_empty() && self.suspects.is_empty() {
            // All is looked at again, so that a rename is told as one change.
            self.due = Some(Instant::now() + self.timing.settle);
            self.suspects = suspects;
            return FileChange::default();
        }
        let mut change = FileChange::default();
        if let Some(now) = out_of_reach {
            change.unreadable = different_paths(&self.unreadable, &now);
            self.unreadable = Arc::new(now);
            self.library.set_out_of_reach(&self.unreadable);
        }
        let sidecar = self.sidecar_stamps();
        if sidecar != self.sidecar {
            self.sidecar = sidecar;
            change.sidecar = true;
        }
        for post in different {
            let settled = self.suspects.contains(&post);
            self.confirm(post, is_listed, settled, &mut change, &mut suspects);
        }
        if let Some(listed) = listed.as_ref().filter(|_| !self.looked) {
            self.looked = true;
            self.library.note_gone(listed);
        }
        self.library.sync_history();
        self.touched = Touched { posts: suspects.clone(), ..Touched::default() };
        self.suspects = suspects;
        if !self.touched.is_empty() {
            self.due = Some(Instant::now() + self.timing.settle);
        }
        change
    }

    /// Takes what a look saw into the history at once: before it is confirmed it may be replaced again.
    /// `known` is what was known before the look; if that is no longer so, a save of ours has seen and
    /// kept the same.
    fn keep_sight(&self, sight: &Sight, known: Option<Seen>) {
        let library = Arc::clone(&self.library);
        let _writing = library.writing();
        if lock(&self.ledger).get(&sight.post).copied() == known {
            library.keep_outside(&sight.post, sight.seen);
        }
    }

    /// Decides on a post that differs, with no save of ours under way, and notes it as reported.
    fn confirm(
        &mut self,
        post: PostPath,
        is_listed: impl Fn(&PostPath) -> bool,
        settled: bool,
        change: &mut FileChange,
        suspects: &mut BTreeSet<PostPath>,
    ) {
        let library = Arc::clone(&self.library);
        let _writing = library.writing();
        let sight = self.sight(post, Some(Room::Any));
        match self.verdict(&sight, is_listed(&sight.post), settled) {
            Verdict::Same => self.note(&sight),
            Verdict::Suspect => {
                suspects.insert(sight.post);
            }
            Verdict::Changed(seen) => {
                let known = lock(&self.ledger).insert(sight.post.clone(), seen);
                if known.is_some() && !self.is_touched(&sight.post) {
                    self.untold.entry(sight.post.clone()).or_insert_with(Instant::now);
                }
                self.note(&sight);
                self.library.keep_outside(&sight.post, sight.seen);
                change.changed.push(sight.post);
            }
            Verdict::Removed => {
                lock(&self.ledger).remove(&sight.post);
                self.notes.remove(&sight.post);
                // What only is no post of this folder any more has lost nothing.
                if sight.seen.is_none() {
                    self.library.keep_outside(&sight.post, None);
                }
                change.removed.push(sight.post);
            }
        }
    }

    fn verdict(&self, sight: &Sight, listed: bool, settled: bool) -> Verdict {
        let known = lock(&self.ledger).get(&sight.post).copied();
        match (sight.seen, known) {
            (None, None) => Verdict::Same,
            (None, Some(_)) if settled => Verdict::Removed,
            (None, Some(_)) => Verdict::Suspect,
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
            if self.touched.stamps && !self.touched.all {
                let posts: Vec<&PostPath> = listed.iter().collect();
                candidates
                    .par_extend(posts.into_par_iter().filter(|post| !self.is_known(post)).cloned());
            }
        }
        candidates.into_iter().collect()
    }

    /// Tells by its stamp that a post still has the content that the ledger says.
    fn is_known(&self, post: &PostPath) -> bool {
        self.notes
            .get(post)
            .is_some_and(|note| note.settled && self.library.stamp(post) == Some(note.stamp))
    }

    /// Tells whether an event has brought us to this post.
    fn is_touched(&self, post: &PostPath) -> bool {
        let file = post.under(self.library.root());
        self.touched.all
            || self.touched.posts.contains(post)
            || self.touched.folders.iter().any(|folder| file.starts_with(folder))
            || self.linked.contains(post)
            || self.notifier.is_none()
    }

    /// Counts changes whose events have not come by now.
    pub(super) fn judge_untold(&mut self, now: Instant) {
        let patience = self.timing.late;
        let late = |seen: &Instant| now.duration_since(*seen) > patience;
        if self.untold.values().any(late) {
            tracing::debug!(posts = ?self.untold.keys(), "changed without an event");
            self.untold.retain(|_, seen| !late(seen));
            self.count_miss();
        }
    }

    /// Looks at posts; with `room`, keeps in the history what they hold.
    pub(super) fn look_at(&self, posts: &[PostPath], room: Option<Room>) -> Vec<Sight> {
        posts.par_iter().map(|post| self.sight(post.clone(), room)).collect()
    }

    fn sight(&self, post: PostPath, room: Option<Room>) -> Sight {
        let began = (Instant::now(), (self.timing.clock)());
        let loaded = self.library.load(&post);
        let stamp = loaded.as_ref().ok().map(|loaded| loaded.stamp);
        let seen = Seen::of(&loaded);
        if let (Ok(loaded), Some(Seen::Content(revision)), Some(room)) = (&loaded, &seen, room) {
            self.library.keep_content(&post, &loaded.bytes, revision, room);
        }
        Sight { seen, post, stamp, began }
    }

    /// Notes by what stamp a post is known to have the content that the ledger says.
    pub(super) fn note(&mut self, sight: &Sight) {
        let Some(stamp) = sight.stamp else {
            self.notes.remove(&sight.post);
            return;
        };
        let (began, moment) = sight.began;
        let before = self.notes.get(&sight.post).filter(|note| note.stamp == stamp);
        let since = before.map_or(began, |note| note.since);
        let settled = stamp.is_settled(moment) || began.duration_since(since) >= STEADY;
        self.notes.insert(sight.post.clone(), Note { stamp, since, settled });
    }
}

/// The paths that are in one of two lists only, or in both with another reason.
fn different_paths(before: &[(String, String)], now: &[(String, String)]) -> Vec<String> {
    let before: BTreeSet<_> = before.iter().collect();
    let now: BTreeSet<_> = now.iter().collect();
    let paths: BTreeSet<&String> =
        before.symmetric_difference(&now).map(|(path, _)| path).collect();
    paths.into_iter().cloned().collect()
}
