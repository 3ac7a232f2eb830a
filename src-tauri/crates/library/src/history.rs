//! The local history: what saves and other programs replaced, outside the folder.
//!
//! `packs/` holds files of records (`record`): contents of posts under their [`Revision`], each kept
//! once, and a record for each version that was replaced, with time, cause, path and what came after.
//! A pack is appended to by one process at a time (`pack`), so nothing is ever in two states. A
//! content that follows another one of the same post is kept as a difference from it.
//!
//! What others replace is gone by the time it is noticed. So what posts hold is kept beforehand: the
//! watch looks at all of them once, and keeps what it sees from then on. What changed while nobody
//! watched shows at the next look.
//!
//! What earlier versions of this program kept (`former`) is still read.

mod former;
mod limits;
mod pack;
mod record;
mod store;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::MutexGuard;
use std::time::SystemTime;

pub use limits::HistoryLimits;

use crate::encoding;
use crate::error::ReadError;
use crate::library::{Ledger, Library, Seen, lock};
use crate::path::PostPath;
use crate::revision::Revision;
use store::Batch;
pub(crate) use store::Store;

/// A replaced version of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The post it was the content of.
    pub path: PostPath,
    /// Its content's hash.
    pub revision: Revision,
    /// When it was replaced, to the millisecond.
    pub replaced: SystemTime,
    /// What replaced it.
    pub cause: Cause,
    /// What took its place.
    pub after: After,
}

/// What replaced a version of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cause {
    /// An edit made with this program.
    #[default]
    Saved,
    /// Another program.
    Outside,
    /// A deletion made with this program.
    Deleted,
    /// An older version that was put back.
    Restored,
    /// The conversion to UTF-8.
    Converted,
    /// The content it was set aside for: it was never in the file, but a text in it was written by
    /// the user.
    Aside,
}

impl Cause {
    fn word(self) -> &'static str {
        match self {
            Cause::Saved => "saved",
            Cause::Outside => "outside",
            Cause::Deleted => "deleted",
            Cause::Restored => "restored",
            Cause::Converted => "converted",
            Cause::Aside => "aside",
        }
    }

    /// Of a word that a later version of this program may have written, too.
    fn of_word(word: &str) -> Cause {
        let all = [Cause::Outside, Cause::Deleted, Cause::Restored, Cause::Converted, Cause::Aside];
        all.into_iter().find(|cause| cause.word() == word).unwrap_or_default()
    }
}

/// What took the place of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Not noted: the next version of the post, or what it is now.
    Next,
    /// Nothing: the post was removed.
    Nothing,
    /// This content.
    Content(Revision),
}

impl Library {
    /// Lists the versions of a post that were replaced, the oldest first.
    pub fn history(&self, path: &PostPath) -> io::Result<Vec<Version>> {
        let mut versions = self.versions()?;
        versions.retain(|version| version.path == *path);
        Ok(versions)
    }

    /// Lists all versions of posts that were replaced and are kept, the oldest first.
    pub fn versions(&self) -> io::Result<Vec<Version>> {
        let history = self.history_dir();
        let mut versions = former::versions(&history)?;
        let mut store = self.history_store();
        store.refresh(&history)?;
        let kept = store.replaced.iter().map(|(version, _)| version);
        versions.extend(kept.filter(|version| store.holds(&version.revision)).cloned());
        drop(store);
        versions.sort_by_key(|version| version.replaced);
        // Packs that a crash left half put together tell some twice.
        versions.dedup();
        Ok(versions)
    }

    /// Reads the content of a kept version; a damaged one is an error.
    pub fn version(&self, revision: &Revision) -> io::Result<Vec<u8>> {
        let history = self.history_dir();
        let mut store = self.history_store();
        if !store.holds(revision) {
            store.refresh(&history)?;
        }
        let mut found = store.read(&history, revision);
        if found.is_err() && store.holds(revision) {
            // Put together with others by another process, or damaged.
            store.refresh(&history)?;
            found = store.read(&history, revision);
        }
        drop(store);
        match found {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                former::content(&history, revision)
            }
            found => found.map(|bytes| bytes.to_vec()),
        }
    }

    /// Lets go of what was remembered to read versions one after another.
    pub fn rest_history(&self) {
        self.history_store().rest();
    }

    /// Reads the text of a kept version, decoded; a damaged one is an error.
    pub fn version_text(&self, revision: &Revision) -> io::Result<String> {
        let (text, _) = encoding::decode(self.version(revision)?)
            .map_err(|reason| io::Error::new(io::ErrorKind::InvalidData, reason.to_string()))?;
        Ok(text)
    }

    pub(crate) fn history_dir(&self) -> PathBuf {
        self.places().history_dir(&self.key())
    }

    fn history_store(&self) -> MutexGuard<'_, Store> {
        lock(&self.history)
    }

    /// Keeps a version that is about to be replaced, with what replaces it, and waits until both are
    /// on the disk. On an error, tells which file it was.
    ///
    /// Invariant: called with [`Library::writing`] held.
    pub(crate) fn keep_replaced(
        &self,
        path: &PostPath,
        old: &[u8],
        new: &[u8],
        now: SystemTime,
        cause: Cause,
    ) -> Result<(), (PathBuf, io::Error)> {
        let history = self.history_dir();
        let mut store = self.history_store();
        let mut keep = || {
            // What is kept stays so until this is noted.
            let shared = pack::share_all(&history)?;
            store.refresh(&history)?;
            let revision = Revision::of(old);
            if shared.is_none() {
                store.forget(&revision);
            }
            if store.holds(&revision) && store.read(&history, &revision).is_err() {
                store.forget(&revision);
            }
            let now = store.not_before(path, now);
            let mut batch = Batch::default();
            if !store.holds(&revision) {
                let base = store.base_for(&history, path, old.len());
                store.add_content(&mut batch, &history, old, base.as_ref())?;
            }
            // That is news if nobody saw how it became what it is.
            batch.observed(&store, path, Some(revision), now)?;
            let base = store.base_of(&batch, &history, (&revision, old), new.len());
            let after = store.add_content(&mut batch, &history, new, base.as_ref())?;
            batch.replaced(Version {
                path: path.clone(),
                revision,
                replaced: now,
                cause,
                after: After::Content(after),
            })?;
            store.append(&history, batch)?;
            store.rest();
            store.sync()
        };
        keep().map_err(|error| (store.place(&history), error))
    }

    /// Keeps a content that a post never had beside the one it has, and waits until both are on the
    /// disk. On an error, tells which file it was.
    ///
    /// Invariant: called with [`Library::writing`] held, on what the file is now.
    pub(crate) fn keep_beside(
        &self,
        path: &PostPath,
        held: &[u8],
        aside: &[u8],
    ) -> Result<(), (PathBuf, io::Error)> {
        let history = self.history_dir();
        let mut store = self.history_store();
        let mut keep = || {
            // What is kept stays so until this is noted.
            let _shared = pack::share_all(&history)?;
            store.refresh(&history)?;
            let is = Revision::of(held);
            let now = store.not_before(path, moment());
            let mut batch = Batch::default();
            let base = store.base_for(&history, path, held.len());
            store.add_content(&mut batch, &history, held, base.as_ref())?;
            // That is news if nobody saw how it became what it is.
            batch.observed(&store, path, Some(is), now)?;
            let base = store.base_of(&batch, &history, (&is, held), aside.len());
            let revision = store.add_content(&mut batch, &history, aside, base.as_ref())?;
            batch.replaced(Version {
                path: path.clone(),
                revision,
                replaced: now,
                cause: Cause::Aside,
                after: After::Content(is),
            })?;
            store.append(&history, batch)?;
            store.rest();
            store.sync()
        };
        keep().map_err(|error| (store.place(&history), error))
    }

    /// Keeps what a post was made with, in case another program replaces it before it is looked at.
    ///
    /// Invariant: called with [`Library::writing`] held.
    pub(crate) fn keep_made(&self, path: &PostPath, bytes: &[u8]) {
        let revision = Revision::of(bytes);
        self.keep_content(path, bytes, &revision, Room::Any);
        if let Err(error) = self.observe(path, Some(revision), moment()) {
            tracing::warn!(%error, %path, "a new post is not in the history");
        }
        self.sync_history();
    }

    /// Takes a change by others into the history: what the post is now, which is kept already, or
    /// none if it is gone. What it was before is a replaced version then.
    /// [`Library::sync_history`] waits until it is on the disk.
    ///
    /// Invariant: called with [`Library::writing`] held, on what the file is now.
    pub(crate) fn keep_outside(&self, path: &PostPath, is: Option<Seen>) {
        let is = match is {
            Some(Seen::Content(revision)) => Some(revision),
            // What it was is not replaced by something that can't be read: it may come back.
            Some(Seen::Unreadable) => return,
            None => None,
        };
        if let Err(error) = self.observe(path, is, moment()) {
            tracing::warn!(%error, %path, "a change by others is not in the history");
        }
    }

    fn observe(&self, path: &PostPath, is: Option<Revision>, now: SystemTime) -> io::Result<()> {
        let history = self.history_dir();
        let mut store = self.history_store();
        // Another process of ours may have told it already.
        store.refresh(&history)?;
        let now = store.not_before(path, now);
        let mut batch = Batch::default();
        batch.observed(&store, path, is, now)?;
        store.append(&history, batch)
    }

    /// Keeps what a post holds before anything replaces it. Cheap if it is kept already; made ready
    /// with no lock on the history held.
    pub(crate) fn keep_content(
        &self,
        path: &PostPath,
        bytes: &[u8],
        revision: &Revision,
        room: Room,
    ) {
        let keep = || {
            let history = self.history_dir();
            let limit = lock(&self.history_limits).bytes() / 2;
            let base = {
                let mut store = self.history_store();
                store.refresh_once(&history)?;
                if store.holds(revision) || room == Room::Spare && store.bytes() > limit {
                    return Ok(());
                }
                store.base_for(&history, path, bytes.len())
            };
            let payload = record::content(bytes, base.as_ref())?;
            let mut store = self.history_store();
            let mut batch = Batch::default();
            if !store.holds(revision) {
                let fits = base.is_none_or(|base| store.is_base(&history, &base));
                let payload = if fits { payload } else { record::content(bytes, None)? };
                store.add_payload(&mut batch, &history, &payload)?;
                // It may be replaced before the look is over.
                if store.known(path).is_none() {
                    batch.observed(
                        &store,
                        path,
                        Some(*revision),
                        store.not_before(path, moment()),
                    )?;
                }
                store.append(&history, batch)?;
            }
            Ok::<(), io::Error>(())
        };
        if let Err(error) = keep() {
            tracing::warn!(%error, %path, "what a post holds is not in the history");
        }
    }

    /// Notes what posts were found to be, as far as that is news: what they were when they were last
    /// looked at, perhaps by an earlier process, is a replaced version then.
    pub(crate) fn note_seen(&self, posts: &[(PostPath, Seen)], ledger: &Ledger) {
        let _writing = self.writing();
        let note = || {
            let history = self.history_dir();
            let now = moment();
            let mut store = self.history_store();
            store.refresh(&history)?;
            let mut batch = Batch::default();
            for (path, seen) in posts {
                let Seen::Content(revision) = seen else { continue };
                // A save of ours may have come in between.
                let is_now = || lock(ledger).get(path) == Some(seen);
                if store.known(path) != Some(*revision) && store.holds(revision) && is_now() {
                    let now = store.not_before(path, now);
                    batch.observed(&store, path, Some(*revision), now)?;
                }
            }
            store.append(&history, batch)
        };
        if let Err(error) = note() {
            tracing::warn!(%error, "what posts hold is not noted in the history");
        }
    }

    /// Notes which posts have gone since they were last looked at, perhaps by an earlier process;
    /// `listed` are those there are.
    pub(crate) fn note_gone(&self, listed: &BTreeSet<PostPath>) {
        let _writing = self.writing();
        let gone: Vec<PostPath> = {
            let store = self.history_store();
            let posts = store.known_posts().map(|(path, _)| path);
            posts.filter(|path| !listed.contains(*path)).cloned().collect()
        };
        // One that is left out of the list only, as by a rule for git, is still there.
        for path in gone.iter().filter(|path| !path.under(self.root()).exists()) {
            self.keep_outside(path, None);
        }
    }

    /// Takes into the history what others have made of the posts it knows, where nothing watches.
    /// `is` tells what a post was when it was read last.
    pub fn catch_up_history(&self, is: impl Fn(&PostPath) -> Option<Revision>) {
        let _writing = self.writing();
        let behind: Vec<PostPath> = {
            let mut store = self.history_store();
            if let Err(error) = store.refresh(&self.history_dir()) {
                tracing::warn!(%error, "changes by others are not in the history");
            }
            let posts = store.known_posts().filter(|(path, known)| is(path) != Some(*known));
            posts.map(|(path, _)| path.clone()).collect()
        };
        for path in &behind {
            let loaded = self.load(path);
            match (&loaded, Seen::of(&loaded)) {
                (Ok(loaded), Some(seen @ Seen::Content(revision))) => {
                    self.keep_content(path, &loaded.bytes, &revision, Room::Any);
                    self.keep_outside(path, Some(seen));
                }
                (Err(ReadError::Missing { .. }), _) => self.keep_outside(path, None),
                // A drive that comes back, perhaps, or one that cannot be read just now.
                _ => {}
            }
        }
        if !behind.is_empty() {
            self.sync_history();
        }
    }

    /// Waits until what was kept is on the disk.
    pub(crate) fn sync_history(&self) {
        if let Err(error) = self.history_store().sync() {
            tracing::warn!(%error, "the history may not outlast a power cut");
        }
    }
}

/// How much room a content may take in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// Any: it is new.
    Any,
    /// Half of the limit: it is there, and perhaps nobody ever replaces it.
    Spare,
}

/// When a change is noticed: there is nobody above who could know.
#[expect(clippy::disallowed_methods, reason = "the moment is that of the look at the files")]
fn moment() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests;
