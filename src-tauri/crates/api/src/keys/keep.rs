//! Keeps the ids of entries when the app itself changes a post: which entry is which is known
//! exactly then.

use std::collections::BTreeSet;

use dapanji_library::{Library, Local, PostPath, Sidecar};

use super::aliases::{Aliases, Rename};
use crate::error::chain;
use crate::snapshot::{PostSummary, Snapshot};

/// The logs of renames as they were last read.
#[derive(Debug, Default)]
pub(crate) struct KeyLog {
    log: Vec<u8>,
    guesses: Vec<u8>,
}

impl KeyLog {
    /// Reads both logs. Returns the aliases they give if that is news.
    pub(crate) fn reload(&mut self, library: &Library) -> Option<Aliases> {
        let unread = |error: &dapanji_library::SidecarError| {
            tracing::warn!(error = chain(&error), "keys of reworded entries are not known");
        };
        let log = library.read_sidecar(Sidecar::Keys).inspect_err(unread);
        let guesses = library.read_local(Local::GuessedKeys).inspect_err(unread);
        // What cannot be read now counts as it was read last.
        let log = log.map_or_else(|_| self.log.clone(), Option::unwrap_or_default);
        let guesses = guesses.map_or_else(|_| self.guesses.clone(), Option::unwrap_or_default);
        if (&log, &guesses) == (&self.log, &self.guesses) {
            return None;
        }
        let aliases = Aliases::read(&log, &guesses);
        *self = Self { log, guesses };
        Some(aliases)
    }

    /// Takes in lines that this process has appended, so that reading them again is no news.
    pub(crate) fn appended(&mut self, lines: &str, guessed: bool) {
        let log = if guessed { &mut self.guesses } else { &mut self.log };
        if log.last().is_some_and(|last| *last != b'\n') {
            log.push(b'\n');
        }
        log.extend_from_slice(lines.as_bytes());
    }
}

/// A post as the app has just written it.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) summary: PostSummary,
    /// For each of its entries, in the order of the file, the post and place (from zero) it had
    /// before; none for a new one.
    pub(crate) origins: Vec<Option<(PostPath, usize)>>,
}

/// Tells which entry was which from their names before and after an edit that took out `removed` at
/// the most and put in new ones at one place: for each entry after, its place before.
pub(crate) fn origins<N: PartialEq>(
    before: &[N],
    after: &[N],
    removed: Option<usize>,
) -> Vec<Option<usize>> {
    let stayed: Vec<usize> = (0..before.len()).filter(|nth| Some(*nth) != removed).collect();
    let added = after.len().saturating_sub(stayed.len());
    // As late as names allow: of twins, the new one comes last.
    let same = stayed.iter().zip(after).take_while(|(nth, name)| before.get(**nth) == Some(name));
    let until = if added == 0 { stayed.len() } else { same.count() };
    let mut stayed = stayed.into_iter();
    (0..after.len())
        .map(|nth| if (until..until + added).contains(&nth) { None } else { stayed.next() })
        .collect()
}

/// An entry that has to keep its id.
struct Kept {
    path: PostPath,
    nth: usize,
    name: String,
    id: String,
}

/// Takes posts over into the snapshot that the app has written, and returns the renames by which
/// every entry keeps its id: that of an entry that was reworded or moved, and of those whose number
/// among twins it changes.
pub(crate) fn take_own(snapshot: &mut Snapshot, written: Vec<Written>) -> Vec<Rename> {
    let names_of = |post: &PostSummary| -> Vec<String> {
        post.entries.iter().map(|entry| entry.base_key.clone()).collect()
    };
    let mut touched = BTreeSet::new();
    let mut kept = Vec::new();
    for post in &written {
        let old = snapshot.post(&post.summary.path).map(names_of).unwrap_or_default();
        let new = names_of(&post.summary);
        if old != new {
            touched.extend(old.into_iter().chain(new));
            // The numbers of twins also depend on an id that stays with one that was reworded.
            let entries = snapshot.post(&post.summary.path).map_or(&[][..], |post| &post.entries);
            touched.extend(entries.iter().map(|entry| base_of(&entry.id).to_owned()));
        }
        for (nth, origin) in post.origins.iter().enumerate() {
            let was =
                origin.as_ref().and_then(|(path, nth)| snapshot.post(path)?.entries.get(*nth));
            if let Some(was) = was {
                let (name, id) = (was.name().into_owned(), was.id.clone());
                kept.push(Kept { path: post.summary.path.clone(), nth, name, id });
            }
        }
    }
    if touched.is_empty() {
        snapshot.update(written.into_iter().map(|post| post.summary).collect(), &[]);
        return Vec::new();
    }
    // Those that became another name themselves go first: theirs is the better claim.
    kept.sort_by_key(|kept| {
        let post = written.iter().find(|post| post.summary.path == kept.path);
        let is = post.and_then(|post| post.summary.entries.get(kept.nth));
        is.is_some_and(|is| kept.name.starts_with(&is.base_key))
    });
    let is_written = |path: &PostPath| written.iter().any(|post| post.summary.path == *path);
    for post in snapshot.posts().iter().filter(|post| !is_written(&post.path)) {
        let entries = post.entries.iter().enumerate();
        for (nth, entry) in entries.filter(|(_, entry)| touched.contains(&entry.base_key)) {
            let (name, id) = (entry.name().into_owned(), entry.id.clone());
            kept.push(Kept { path: post.path.clone(), nth, name, id });
        }
    }
    snapshot.update(written.into_iter().map(|post| post.summary).collect(), &[]);
    let mut renames = Vec::new();
    for Kept { path, nth, name, id } in kept {
        let Some(is) = snapshot.post(&path).and_then(|post| post.entries.get(nth)) else {
            continue;
        };
        if is.id != id {
            let rename = Rename::now(snapshot.aliases(), &name, &id, &is.name());
            let mut aliases = snapshot.aliases().clone();
            aliases.apply(&rename, false);
            snapshot.set_aliases(aliases);
            renames.push(rename);
        }
    }
    renames
}

/// An id without its number among twins.
fn base_of(id: &str) -> &str {
    id.match_indices('-').nth(1).map_or(id, |(end, _)| id.get(..end).unwrap_or(id))
}

/// Appends renames to the notebook's log; to that of this computer where the notebook's can't be
/// written. A save that was made is never called failed for it.
pub(crate) fn append(library: &Library, log: &mut KeyLog, renames: &[Rename]) {
    let lines: String = renames.iter().map(Rename::line).collect();
    match library.append_sidecar(Sidecar::Keys, &lines) {
        Ok(()) => log.appended(&lines, false),
        Err(error) => {
            tracing::warn!(
                error = chain(&error),
                "the new key of an entry is known on this computer only"
            );
            append_guesses(library, log, renames);
        }
    }
}

/// Appends renames to the log of this computer.
pub(crate) fn append_guesses(library: &Library, log: &mut KeyLog, renames: &[Rename]) {
    let lines: String = renames.iter().map(Rename::line).collect();
    match library.append_local(Local::GuessedKeys, &lines) {
        Ok(()) => log.appended(&lines, true),
        Err(error) => {
            tracing::warn!(error = chain(&error), "the new key of an entry will be forgotten");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_which_entry_was_which() {
        let check = |before: &'static str,
                     after: &'static str,
                     removed: Option<usize>,
                     expect: &[Option<usize>]| {
            let names =
                |text: &'static str| -> Vec<&str> { text.split_terminator("").skip(1).collect() };
            assert_eq!(origins(&names(before), &names(after), removed), expect, "{before} {after}");
        };
        check("abc", "abc", None, &[Some(0), Some(1), Some(2)]);
        check("abc", "axc", None, &[Some(0), Some(1), Some(2)]);
        check("abc", "ac", Some(1), &[Some(0), Some(2)]);
        check("abc", "abxc", None, &[Some(0), Some(1), None, Some(2)]);
        check("ab", "aab", None, &[Some(0), None, Some(1)]);
        check("abc", "bca", Some(0), &[Some(1), Some(2), None]);
        check("abc", "cab", Some(2), &[None, Some(0), Some(1)]);
        check("", "ab", None, &[None, None]);
        check("ab", "axyb", None, &[Some(0), None, None, Some(1)]);
    }
}
