//! Follows entries through every change of the posts, whoever makes it.

use std::collections::HashSet;

use dapanji_library::{Library, Local, PostPath};

use super::{
    Aliases, KeyLog, Known, MOST_MISSING, Prints, Rename, Seen, Written, append, append_guesses,
    match_up, take_own,
};
use crate::error::chain;
use crate::notebook::Notebook;
use crate::snapshot::{PostSummary, Snapshot};

/// What is needed to follow entries.
///
/// Locked before the snapshot where both are, and for the whole of a change, so that two changes
/// never guess about each other's entries.
#[derive(Debug, Default)]
pub(crate) struct Tracking {
    pub(crate) log: KeyLog,
    /// Entries that vanished since the notebook was opened, in case they come back reworded: an
    /// editor may save the post that loses an entry long before the one that gets it.
    missing: Vec<Seen>,
    /// Posts that are gone and not yet noted as such.
    gone: Vec<PostPath>,
}

impl Notebook {
    /// Takes over what other programs made of posts, and finds their entries again as well as can be
    /// guessed.
    pub(crate) fn take_outside(&self, changed: Vec<PostSummary>, removed: &[PostPath]) {
        let mut tracking = self.tracking();
        let mut snapshot = self.write();
        let touched: Vec<PostPath> = changed.iter().map(|post| post.path.clone()).collect();
        let posts = touched.iter().chain(removed).filter_map(|path| snapshot.post(path));
        let before: Vec<(PostPath, Seen)> = posts.flat_map(entries_of).collect();
        snapshot.update(changed, removed);
        tracking.gone.extend_from_slice(removed);
        let new = new_entries(&snapshot, &touched, before.iter().map(|(_, seen)| seen));
        let mut vanished: Vec<(PostPath, Seen)> = before;
        vanished.retain(|(_, seen)| has_vanished(&snapshot, seen));
        let Tracking { log, missing, .. } = &mut *tracking;
        missing.retain(|seen| has_vanished(&snapshot, seen));
        if vanished.is_empty() && missing.is_empty() {
            return;
        }
        if !new.is_empty() && !vanished.is_empty() {
            // The file is large, and what it adds is needed this rarely.
            let known = read_known_entries(&self.library);
            // What was read since the start is newer than what was noted then.
            let unread = |seen: &Seen| seen.prints == Prints::default();
            for (path, seen) in vanished.iter_mut().filter(|(_, seen)| unread(seen)) {
                let noted = known.entries(path.as_str());
                if let Some(noted) = noted.iter().find(|noted| noted.id == seen.id) {
                    seen.prints = noted.prints;
                }
            }
        }
        missing.extend(vanished.into_iter().map(|(_, seen)| seen));
        let found = guess(&self.library, log, &mut snapshot, missing, &new);
        let mut nth = 0..;
        missing.retain(|_| nth.next().is_none_or(|nth| !found.contains(&nth)));
        let too_many = missing.len().saturating_sub(MOST_MISSING);
        missing.drain(..too_many);
    }

    /// Takes over posts that the app itself has written, and logs what keeps the ids of their
    /// entries.
    pub(crate) fn take_own(&self, written: Vec<Written>) {
        let mut tracking = self.tracking();
        let reloaded = tracking.log.reload(&self.library);
        let mut snapshot = self.write();
        if let Some(aliases) = reloaded {
            snapshot.set_aliases(aliases);
        }
        let renames = take_own(&mut snapshot, written);
        drop(snapshot);
        if !renames.is_empty() {
            append(&self.library, &mut tracking.log, &renames);
        }
    }

    /// Reads the logs of renames again, and returns the posts in which that gives entries other ids.
    pub(crate) fn reload_keys(&self) -> Vec<PostPath> {
        let mut tracking = self.tracking();
        let Some(aliases) = tracking.log.reload(&self.library) else { return Vec::new() };
        let mut snapshot = self.write();
        let ids = |snapshot: &Snapshot| -> Vec<Vec<String>> {
            let ids = |post: &PostSummary| post.entries.iter().map(|e| e.id.clone()).collect();
            snapshot.posts().iter().map(ids).collect()
        };
        let before = ids(&snapshot);
        snapshot.set_aliases(aliases);
        let after = ids(&snapshot);
        let posts = snapshot.posts().iter().zip(before.iter().zip(&after));
        posts.filter(|(_, (was, is))| was != is).map(|(post, _)| post.path.clone()).collect()
    }

    /// Notes for the next start what entries the posts have, where that has changed.
    pub(crate) fn note_entries(&self) {
        let mut tracking = self.tracking();
        let mut records: String =
            tracking.gone.drain(..).map(|path| Known::gone(path.as_str())).collect();
        records.push_str(&self.write().take_records());
        if records.is_empty() {
            return;
        }
        if let Err(error) = self.library.append_local(Local::Known, &records) {
            tracing::warn!(
                error = chain(&error),
                "edits by others may cost entries their keys at the next start"
            );
        }
    }
}

/// Finds entries again that other programs reworded or moved since the notebook was last open, and
/// notes what there is now.
pub(crate) fn catch_up(
    library: &Library,
    snapshot: &mut Snapshot,
    log: &mut KeyLog,
    known: &Known,
) {
    let mut records = String::new();
    let mut before = Vec::new();
    if !known.is_empty() {
        let mut paths: Vec<&str> = known.paths().collect();
        paths.sort_unstable();
        for path in paths {
            let post = PostPath::new(path).ok().and_then(|path| snapshot.post(&path));
            match post {
                // Whether it still has its entries cannot be told.
                Some(post) if post.revision.is_none() => {}
                Some(post) if post.prints.is_none() => {}
                Some(_) => before.extend(known.entries(path)),
                None => {
                    before.extend(known.entries(path));
                    records.push_str(&Known::gone(path));
                }
            }
        }
    }
    if !before.is_empty() {
        let posts = snapshot.posts().iter().filter(|post| post.prints.is_some());
        let changed: Vec<PostPath> = posts.map(|post| post.path.clone()).collect();
        let new = new_entries(snapshot, &changed, before.iter());
        before.retain(|seen| has_vanished(snapshot, seen));
        guess(library, log, snapshot, &before, &new);
    }
    records.push_str(&snapshot.take_records());
    let noted = if known.wants_renewal() && !(records.is_empty() && known.is_empty()) {
        library.replace_local(Local::Known, &known.renewed(records.as_bytes()))
    } else if records.is_empty() {
        Ok(())
    } else {
        library.append_local(Local::Known, &records)
    };
    if let Err(error) = noted {
        tracing::warn!(
            error = chain(&error),
            "edits by others may cost entries their keys at the next start"
        );
    }
}

/// What was noted of the posts' entries when they were last seen; nothing if that cannot be read.
pub(crate) fn read_known_entries(library: &Library) -> Known {
    match library.read_local(Local::Known) {
        Ok(bytes) => Known::read(bytes.unwrap_or_default()),
        Err(error) => {
            tracing::warn!(
                error = chain(&error),
                "edits made by others since the last start are not followed"
            );
            Known::default()
        }
    }
}

/// Guesses which of the new entries is which of the vanished ones, and keeps the guesses on this
/// computer: a guess writes nothing into the notebook. Returns the places of those found.
fn guess(
    library: &Library,
    log: &mut KeyLog,
    snapshot: &mut Snapshot,
    vanished: &[Seen],
    new: &[Seen],
) -> HashSet<usize> {
    let pairs = match_up(vanished, new);
    if pairs.is_empty() {
        return HashSet::new();
    }
    let mut aliases: Aliases = snapshot.aliases().clone();
    let mut guesses = Vec::new();
    for (was, is) in pairs.iter().filter_map(|(v, n)| Some((vanished.get(*v)?, new.get(*n)?))) {
        let rename = Rename::now(&aliases, &was.name, &was.id, &is.name);
        aliases.apply(&rename, true);
        guesses.push(rename);
    }
    snapshot.set_aliases(aliases);
    append_guesses(library, log, &guesses);
    pairs.into_iter().map(|(vanished, _)| vanished).collect()
}

/// Whether no entry goes by any of the keys this one had.
fn has_vanished(snapshot: &Snapshot, seen: &Seen) -> bool {
    snapshot.id_of(&seen.id).is_none() && snapshot.id_of(&seen.name).is_none()
}

/// The entries of posts that were none of those before.
fn new_entries<'a>(
    snapshot: &Snapshot,
    posts: &[PostPath],
    before: impl Iterator<Item = &'a Seen>,
) -> Vec<Seen> {
    let before: HashSet<&str> =
        before.flat_map(|seen| [seen.id.as_str(), seen.name.as_str()]).collect();
    let posts = posts.iter().filter_map(|path| snapshot.post(path));
    let entries = posts.flat_map(entries_of).map(|(_, seen)| seen);
    entries.filter(|seen| !before.contains(&*seen.id) && !before.contains(&*seen.name)).collect()
}

fn entries_of(post: &PostSummary) -> impl Iterator<Item = (PostPath, Seen)> {
    let prints = post.prints.clone().unwrap_or_default();
    let prints = prints.into_iter().chain(std::iter::repeat(Prints::default()));
    post.entries.iter().zip(prints).map(|(entry, prints)| {
        let seen = Seen {
            name: entry.name().into_owned(),
            id: entry.id.clone(),
            question: entry.question.clone(),
            prints,
        };
        (post.path.clone(), seen)
    })
}
