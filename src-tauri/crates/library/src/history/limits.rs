//! Forgets what is too old, or too much.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::pack::{self, Number, Writer};
use super::record::{self, ContentHead, Kind, millis};
use super::store::Store;
use super::{After, Version, former, moment};
use crate::library::{Library, lock};
use crate::revision::Revision;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Out of how many bytes of a pack one may be out of date before the pack is written anew.
const WASTE: u64 = 4;

/// How much of a history is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryLimits {
    /// Days that a replaced version is kept.
    pub days: u32,
    /// Most there is of it on the disk, in megabytes of a million bytes.
    pub megabytes: u32,
}

impl Default for HistoryLimits {
    fn default() -> HistoryLimits {
        HistoryLimits { days: 365, megabytes: 512 }
    }
}

impl HistoryLimits {
    /// Most bytes on the disk.
    pub(super) fn bytes(self) -> u64 {
        u64::from(self.megabytes) * 1_000_000
    }
}

impl Library {
    /// Sets how much of the history is kept.
    pub fn limit_history(&self, limits: HistoryLimits) {
        *lock(&self.history_limits) = limits;
    }

    /// Forgets what is beyond the limits as of now, once a day at the most. A failure costs only room.
    pub fn tidy_history(&self) {
        if let Err(error) = self.prune_history(moment()) {
            tracing::warn!(%error, "the history may outgrow its limits");
        }
    }

    /// Forgets the oldest versions beyond the limits, if that was not done for a day; tells whether it
    /// was done. What posts are now is kept, and so is every version younger than a day.
    ///
    /// # Errors
    /// If the history cannot be read or written; then no version is lost that the limits allow.
    pub fn prune_history(&self, now: SystemTime) -> io::Result<bool> {
        let history = self.history_dir();
        if !pack::folder(&history).exists() || !is_due(&history, now) {
            return Ok(false);
        }
        // Held to the end: who replaces a version meanwhile relies on nothing that is kept.
        let Some(turn) = pack::try_lock_all(&history)? else { return Ok(false) };
        let limits = *lock(&self.history_limits);
        let mut store = self.history_store();
        store.close()?;
        store.refresh(&history)?;
        forget_former(&history, limits, now)?;
        let kept = kept(&store, limits, now);
        let live = live(&store, &kept);
        for (number, dead) in wasted(&store, &live, &kept) {
            let file = pack::file(&history, number);
            let length = fs::metadata(&file)?.len();
            if dead * WASTE >= length
                && let Some(lock) = pack::try_lock(&history, number)?
            {
                write_anew(&mut store, &history, number, &live, &kept)?;
                pack::delete(&history, number, &lock)?;
            }
        }
        *store = Store::default();
        drop(turn);
        fs::File::options().create(true).append(true).open(mark(&history))?.set_modified(now)?;
        Ok(true)
    }
}

/// Whether a day has gone by since the last time.
fn is_due(history: &Path, now: SystemTime) -> bool {
    let last = fs::metadata(mark(history)).and_then(|mark| mark.modified());
    !last.is_ok_and(|last| now.duration_since(last).is_ok_and(|age| age < DAY))
}

/// The file whose time is that of the last time.
fn mark(history: &Path) -> PathBuf {
    pack::folder(history).join("pruned")
}

/// The former layout goes as a whole, when nothing in it is young enough or it alone is too much.
fn forget_former(history: &Path, limits: HistoryLimits, now: SystemTime) -> io::Result<()> {
    let versions = former::versions(history)?;
    let Some(newest) = versions.iter().map(|version| version.replaced).max() else { return Ok(()) };
    let age = now.duration_since(newest).unwrap_or_default();
    let too_old = age > days(limits);
    if too_old || age > DAY && former::bytes(history) > limits.bytes() {
        former::delete(history)?;
    }
    Ok(())
}

fn days(limits: HistoryLimits) -> Duration {
    DAY.saturating_mul(limits.days.max(1))
}

/// What names a replaced version.
type Name = (u64, Revision, String);

fn name(version: &Version) -> Name {
    (millis(version.replaced), version.revision, version.path.to_string())
}

/// The versions that stay: the newest ones that fit, and behind all others those that are ahead of `now`.
fn kept(store: &Store, limits: HistoryLimits, now: SystemTime) -> HashSet<Name> {
    let mut versions: Vec<&Version> = store.replaced.iter().map(|(version, _)| version).collect();
    let age = |version: &Version| now.duration_since(version.replaced).unwrap_or_default();
    // The clock was wrong then, or is now.
    let is_ahead =
        |version: &Version| version.replaced.duration_since(now).is_ok_and(|ahead| ahead > DAY);
    versions.sort_by_key(|version| (is_ahead(version), std::cmp::Reverse(version.replaced)));
    // What posts are now is never in question.
    let mut counted: HashSet<Revision> = HashSet::new();
    let mut bytes = 0;
    for (_, revision) in store.known_posts() {
        bytes += added(store, &mut counted, revision);
    }
    let mut kept = HashSet::new();
    for version in versions {
        // How old one is that is ahead nobody knows, so only the room counts.
        let age = if is_ahead(version) { DAY } else { age(version) };
        if age > days(limits) {
            continue;
        }
        let more = added(store, &mut counted, version.revision);
        if age >= DAY && bytes + more > limits.bytes() {
            break;
        }
        bytes += more;
        kept.insert(name(version));
    }
    kept
}

/// Bytes that a content takes, if it is not counted yet.
fn added(store: &Store, counted: &mut HashSet<Revision>, revision: Revision) -> u64 {
    let place = store.contents.get(&revision).filter(|_| counted.insert(revision));
    place.map_or(0, |place| place.bytes)
}

/// The contents that are needed: those of versions that stay and of posts as they are.
fn live(store: &Store, kept: &HashSet<Name>) -> HashSet<Revision> {
    let mut live = HashSet::new();
    let stays = store.replaced.iter().map(|(version, _)| version);
    for version in stays.filter(|version| kept.contains(&name(version))) {
        added(store, &mut live, version.revision);
    }
    for (_, revision) in store.known_posts() {
        added(store, &mut live, revision);
    }
    live
}

/// How many bytes of each pack are out of date.
fn wasted(store: &Store, live: &HashSet<Revision>, kept: &HashSet<Name>) -> BTreeMap<Number, u64> {
    let mut wasted: BTreeMap<Number, u64> =
        store.covered.iter().map(|(number, covered)| (*number, *covered)).collect();
    let needed = live.iter().filter_map(|revision| store.contents.get(revision));
    for place in needed {
        if let Some(dead) = wasted.get_mut(&place.pack) {
            *dead = dead.saturating_sub(place.bytes);
        }
    }
    // Records of replacements are a hundred bytes or two.
    for (version, pack) in store.replaced.iter().filter(|(v, _)| kept.contains(&name(v))) {
        if let Some(dead) = wasted.get_mut(pack) {
            *dead = dead.saturating_sub(150 + version.path.as_str().len() as u64);
        }
    }
    wasted
}

/// Writes what is needed of a pack into a new one.
fn write_anew(
    store: &mut Store,
    history: &Path,
    number: Number,
    live: &HashSet<Revision>,
    kept: &HashSet<Name>,
) -> io::Result<()> {
    let old = pack::file(history, number);
    let mut records = Vec::new();
    let mut copied: BTreeSet<u64> = BTreeSet::new();
    let mut known = Vec::new();
    pack::scan(&old, 0, &mut |found| {
        let stays = match found.kind {
            Kind::Content => ContentHead::read(found.payload).is_some_and(|(head, _)| {
                let place = store.contents.get(&head.revision);
                let is_it =
                    |place: &super::store::Place| (place.pack, place.at) == (number, found.at);
                live.contains(&head.revision) && place.is_some_and(is_it)
            }),
            Kind::Replaced => record::read_replaced(found.payload).is_some_and(|version| {
                let stays = kept.contains(&name(&version));
                // What it says of the post as it is now outlasts it.
                if let (false, After::Content(revision)) = (stays, version.after)
                    && store.known(&version.path) == Some(revision)
                {
                    known.push((version.path, revision, version.replaced));
                }
                stays
            }),
            Kind::Seen => record::read_seen(found.payload)
                .is_some_and(|(path, revision, _)| store.known(&path) == Some(revision)),
        };
        if stays {
            copied.insert(found.at);
        }
    })?;
    for at in copied {
        // What is damaged is of no use in the new pack either.
        let Ok((kind, payload)) = pack::read(&old, at) else { continue };
        let head = ContentHead::read(&payload).filter(|_| kind == Kind::Content);
        // What it is told as a difference from goes: it is told whole.
        let alone = head.and_then(|(head, _)| {
            head.base.filter(|base| !live.contains(base)).map(|_| head.revision)
        });
        match alone {
            None => record::write(&mut records, kind, &payload)?,
            Some(revision) => {
                let Ok(bytes) = store.read(history, &revision) else { continue };
                record::write(&mut records, kind, &record::content(&bytes, None)?)?;
            }
        }
    }
    for (path, revision, at) in known {
        record::write(&mut records, Kind::Seen, &record::seen(&path, &revision, at))?;
    }
    if records.is_empty() {
        return Ok(());
    }
    let mut writer = Writer::make(history)?;
    writer.append(&records)?;
    writer.sync()?;
    Ok(())
}
