//! The contents and the log of a history, over its packs.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::pack::{self, Number, Writer};
use super::record::{self, Base, ContentHead, HEADER, Kind, millis};
use super::{After, Cause, Version};
use crate::path::PostPath;
use crate::revision::Revision;

/// Contents that are told as differences one after another, before one is told whole again: so many
/// have to be read for one at the most, and so many are lost with one.
const DEEPEST: u8 = 24;

/// Bytes that are read for one content at the most, whatever its depth.
const LONGEST: usize = 16 * 1024 * 1024;

/// Bytes of contents that are remembered from one reading to the next.
const REMEMBERED: usize = 32 * 1024 * 1024;

/// Bytes below which a content is told whole.
const SMALL: usize = 512;

/// Where a content stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) pack: Number,
    pub(super) at: u64,
    /// Bytes of the record.
    pub(super) bytes: u64,
    pub(super) depth: u8,
    pub(super) base: Option<Revision>,
}

/// What is last known of a post.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Milliseconds since 1970.
    at: u64,
    /// None if it is gone.
    revision: Option<Revision>,
}

/// The history of a library: what its packs hold, and the pack that is appended to.
#[derive(Debug, Default)]
pub(crate) struct Store {
    pub(super) contents: HashMap<Revision, Place>,
    /// In the order of packs and records.
    pub(super) replaced: Vec<(Version, Number)>,
    known: BTreeMap<PostPath, Known>,
    /// How far each pack was read.
    pub(super) covered: BTreeMap<Number, u64>,
    writer: Option<Writer>,
    unsynced: bool,
    decoded: HashMap<Revision, Arc<[u8]>>,
}

/// Records that are to be appended in one piece.
#[derive(Default)]
pub(super) struct Batch {
    bytes: Vec<u8>,
    contents: Vec<(Revision, Place)>,
    replaced: Vec<Version>,
    /// In the order of the records.
    known: Vec<(PostPath, Known)>,
}

impl Store {
    /// Reads what the packs hold that was not read before.
    pub(super) fn refresh(&mut self, history: &Path) -> io::Result<()> {
        self.leave_lost_pack(history);
        let packs: BTreeMap<Number, u64> = pack::list(history)?.into_iter().collect();
        // Another process of ours has put packs together, or another program was at them.
        let is_less = |(number, covered): (&Number, &u64)| packs.get(number) < Some(covered);
        if self.covered.iter().any(is_less) {
            self.forget_all();
        }
        for (number, length) in packs {
            let from = self.covered.get(&number).copied().unwrap_or_default();
            if length <= from {
                continue;
            }
            let file = pack::file(history, number);
            let mut found = Vec::new();
            let until = pack::scan(&file, from, &mut |record| {
                found.push((record.kind, record.at, record.length, record.payload.to_vec()));
            })?;
            for (kind, at, length, payload) in found {
                self.take(number, kind, at, length, &payload);
            }
            self.covered.insert(number, until);
        }
        Ok(())
    }

    /// Goes on in another pack where the one that is appended to is not what it was, and knows nothing
    /// of the history until it is read again.
    pub(super) fn leave_lost_pack(&mut self, history: &Path) {
        if self.writer.as_ref().is_some_and(|writer| !writer.is_there(history)) {
            tracing::warn!(pack = %self.place(history).display(), "another program was at the history");
            self.writer = None;
            self.unsynced = false;
            self.forget_all();
        }
    }

    fn forget_all(&mut self) {
        self.contents.clear();
        self.replaced.clear();
        self.known.clear();
        self.covered.clear();
        self.decoded.clear();
    }

    fn take(&mut self, pack: Number, kind: Kind, at: u64, length: u32, payload: &[u8]) {
        match kind {
            Kind::Content => {
                if let Some((head, _)) = ContentHead::read(payload) {
                    let bytes = u64::from(length) + HEADER as u64;
                    let place = Place { pack, at, bytes, depth: head.depth, base: head.base };
                    self.contents.insert(head.revision, place);
                }
            }
            Kind::Replaced => {
                if let Some(version) = record::read_replaced(payload) {
                    self.take_known(version.path.clone(), Known::after(&version));
                    self.replaced.push((version, pack));
                }
            }
            Kind::Seen => {
                if let Some((path, revision, at)) = record::read_seen(payload) {
                    self.take_known(path, Known { at, revision: Some(revision) });
                }
            }
        }
    }

    fn take_known(&mut self, path: PostPath, now: Known) {
        let known = self.known.entry(path).or_insert(now);
        if now.at >= known.at {
            *known = now;
        }
    }

    /// Reads what the packs hold, if that was not done before.
    pub(super) fn refresh_once(&mut self, history: &Path) -> io::Result<()> {
        self.leave_lost_pack(history);
        if self.covered.is_empty() { self.refresh(history) } else { Ok(()) }
    }

    /// Bytes of all packs.
    pub(super) fn bytes(&self) -> u64 {
        self.covered.values().sum()
    }

    /// The moment of a change to a post: not before the last one that is known of it, as the clocks
    /// of the system and of its files differ by some milliseconds.
    pub(super) fn not_before(&self, path: &PostPath, now: SystemTime) -> SystemTime {
        let last = self.known.get(path).and_then(|known| record::time(known.at));
        last.map_or(now, |last| last.max(now))
    }

    /// What a post was when it was last written here or looked at; none if it is gone or unknown.
    pub(super) fn known(&self, path: &PostPath) -> Option<Revision> {
        self.known.get(path)?.revision
    }

    /// The posts that are not known to be gone.
    pub(super) fn known_posts(&self) -> impl Iterator<Item = (&PostPath, Revision)> {
        self.known.iter().filter_map(|(path, known)| Some((path, known.revision?)))
    }

    pub(super) fn holds(&self, revision: &Revision) -> bool {
        self.contents.contains_key(revision)
    }

    /// Reads a content; an error if there is none or it is damaged.
    ///
    /// What it is told as a difference from is remembered for a while, as whoever looks at versions
    /// goes from one to the one before it.
    pub(super) fn read(&mut self, history: &Path, revision: &Revision) -> io::Result<Arc<[u8]>> {
        let mut chain = Vec::new();
        let mut next = Some(*revision);
        let mut bytes: Option<Arc<[u8]>> = None;
        while let Some(revision) = next {
            bytes = self.decoded.get(&revision).cloned();
            if bytes.is_some() {
                break;
            }
            let place = *self.contents.get(&revision).ok_or(io::ErrorKind::NotFound)?;
            if chain.len() > usize::from(u8::MAX) {
                return Err(record::damaged());
            }
            chain.push((revision, place));
            next = place.base;
        }
        if self.decoded.values().map(|bytes| bytes.len()).sum::<usize>() > REMEMBERED {
            self.decoded.clear();
        }
        for (revision, place) in chain.into_iter().rev() {
            let (_, payload) = pack::read(&pack::file(history, place.pack), place.at)?;
            let read: Arc<[u8]> = record::expand(&payload, bytes.as_deref())?.into();
            self.decoded.insert(revision, Arc::clone(&read));
            bytes = Some(read);
        }
        bytes.ok_or_else(record::damaged)
    }

    /// Forgets what [`Self::read`] remembers.
    pub(super) fn rest(&mut self) {
        self.decoded.clear();
    }

    /// Forgets a content that turned out to be damaged, so that it is kept again.
    pub(super) fn forget(&mut self, revision: &Revision) {
        self.decoded.remove(revision);
        self.contents.remove(revision);
    }

    /// What the content of a post, of so many bytes, is told as a difference from: what the post was
    /// before, if that stands in the pack that is appended to.
    pub(super) fn base_for(
        &mut self,
        history: &Path,
        path: &PostPath,
        bytes: usize,
    ) -> Option<Base> {
        let before = self.known(path).filter(|_| bytes > SMALL)?;
        let pack = self.writer(history).ok()?.number;
        let place = self.contents.get(&before)?;
        let fits = place.pack == pack && place.depth < DEEPEST;
        let depth = place.depth;
        fits.then(|| self.read(history, &before).ok()).flatten().map(|bytes| Base {
            revision: before,
            depth,
            bytes,
        })
    }

    /// A content as the base of the one that follows it and has so many bytes; none if it stands in
    /// another pack.
    pub(super) fn base_of(
        &mut self,
        batch: &Batch,
        history: &Path,
        (revision, bytes): (&Revision, &[u8]),
        following: usize,
    ) -> Option<Base> {
        let pack = self.writer(history).ok()?.number;
        let added = batch.contents.iter().find(|(other, _)| other == revision);
        let place = added.map(|(_, place)| place).or_else(|| self.contents.get(revision))?;
        let fits = place.pack == pack && following > SMALL && may_follow(place.depth, following);
        fits.then(|| Base { revision: *revision, depth: place.depth, bytes: bytes.into() })
    }

    /// Whether a base still stands in the pack that is appended to.
    pub(super) fn is_base(&mut self, history: &Path, base: &Base) -> bool {
        let Ok(pack) = self.writer(history).map(|writer| writer.number) else { return false };
        self.contents.get(&base.revision).is_some_and(|place| place.pack == pack)
    }

    /// Adds a content to a batch, unless it is kept already.
    pub(super) fn add_content(
        &mut self,
        batch: &mut Batch,
        history: &Path,
        bytes: &[u8],
        base: Option<&Base>,
    ) -> io::Result<Revision> {
        let revision = Revision::of(bytes);
        if !self.holds(&revision) && batch.contents.iter().all(|(other, _)| *other != revision) {
            self.add_payload(batch, history, &record::content(bytes, base)?)?;
        }
        Ok(revision)
    }

    /// Adds a content that was made ready elsewhere.
    pub(super) fn add_payload(
        &mut self,
        batch: &mut Batch,
        history: &Path,
        payload: &[u8],
    ) -> io::Result<()> {
        let writer = self.writer(history)?;
        let (head, _) = ContentHead::read(payload).ok_or_else(record::damaged)?;
        let start = batch.bytes.len();
        record::write(&mut batch.bytes, Kind::Content, payload)?;
        let place = Place {
            pack: writer.number,
            at: writer.length + start as u64,
            bytes: (batch.bytes.len() - start) as u64,
            depth: head.depth,
            base: head.base,
        };
        batch.contents.push((head.revision, place));
        Ok(())
    }

    /// Appends a batch in one piece.
    pub(super) fn append(&mut self, history: &Path, batch: Batch) -> io::Result<()> {
        if batch.bytes.is_empty() {
            return Ok(());
        }
        let writer = self.writer(history)?;
        let (number, from) = (writer.number, writer.length);
        writer.append(&batch.bytes)?;
        let full = writer.length >= pack::FULL;
        let length = writer.length;
        self.unsynced = true;
        // What others appended before this process took the pack over may not have been read yet.
        let covered = self.covered.entry(number).or_default();
        if *covered == from {
            *covered = length;
            self.contents.extend(batch.contents);
            self.replaced.extend(batch.replaced.into_iter().map(|version| (version, number)));
            for (path, known) in batch.known {
                self.take_known(path, known);
            }
        } else {
            self.refresh(history)?;
        }
        if full {
            self.sync()?;
            self.writer = None;
        }
        Ok(())
    }

    /// Waits until all that was appended is on the disk.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        if let Some(writer) = self.writer.as_ref().filter(|_| self.unsynced) {
            writer.sync()?;
        }
        self.unsynced = false;
        Ok(())
    }

    /// Lets go of the pack that is appended to.
    pub(super) fn close(&mut self) -> io::Result<()> {
        self.sync()?;
        self.writer = None;
        Ok(())
    }

    fn writer(&mut self, history: &Path) -> io::Result<&mut Writer> {
        if self.writer.is_none() {
            self.writer = Some(Writer::open(history)?);
            // Another process may have appended to it before.
            self.refresh(history)?;
        }
        self.writer.as_mut().ok_or_else(|| io::ErrorKind::Other.into())
    }

    /// The pack that is appended to, for messages.
    pub(super) fn place(&self, history: &Path) -> PathBuf {
        match &self.writer {
            Some(writer) => pack::file(history, writer.number),
            None => pack::folder(history),
        }
    }
}

/// Whether a content of so many bytes may be told as a difference from one of this depth.
fn may_follow(depth: u8, bytes: usize) -> bool {
    depth < DEEPEST && (usize::from(depth) + 2).saturating_mul(bytes) <= LONGEST
}

impl Batch {
    /// Notes that a version was replaced.
    pub(super) fn replaced(&mut self, version: Version) -> io::Result<()> {
        record::write(&mut self.bytes, Kind::Replaced, &record::replaced(&version))?;
        self.known.push((version.path.clone(), Known::after(&version)));
        self.replaced.push(version);
        Ok(())
    }

    /// Notes what a post is, of which nothing was known.
    pub(super) fn seen(
        &mut self,
        path: &PostPath,
        revision: Revision,
        now: SystemTime,
    ) -> io::Result<()> {
        record::write(&mut self.bytes, Kind::Seen, &record::seen(path, &revision, now))?;
        let known = Known { at: millis(now), revision: Some(revision) };
        self.known.push((path.clone(), known));
        Ok(())
    }

    /// Notes that a post is another one now than it was, if that is so. The content is kept already.
    pub(super) fn observed(
        &mut self,
        store: &Store,
        path: &PostPath,
        is: Option<Revision>,
        now: SystemTime,
    ) -> io::Result<()> {
        let was = store.known(path);
        match (was, is) {
            (was, is) if was == is => Ok(()),
            (Some(was), is) if store.holds(&was) => self.replaced(Version {
                path: path.clone(),
                revision: was,
                replaced: now,
                cause: Cause::Outside,
                after: is.map_or(After::Nothing, After::Content),
            }),
            (_, Some(is)) => self.seen(path, is, now),
            (_, None) => Ok(()),
        }
    }
}

impl Known {
    fn after(version: &Version) -> Self {
        let revision = match version.after {
            After::Content(revision) => Some(revision),
            After::Nothing | After::Next => None,
        };
        Self { at: millis(version.replaced), revision }
    }
}
