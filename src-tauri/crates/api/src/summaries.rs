//! What was last read of a notebook's posts, kept in the cache folder so that a start need not read
//! posts that nobody has written since.
//!
//! The file is a first line; a hash of what the summaries depend on besides the posts; a record for
//! each post, in the order of their paths; and a hash of all that. It is used whole or not at all: one
//! that is damaged, or from another version of the program, costs the time it takes to read the posts.
//! Its records are taken one by one, each only for a file with the very stamp that was noted.

mod record;

use std::ops::Range;
use std::sync::Arc;

use dapanji_library::{Cached, Library, PostPath, Revision, Stamp};
use dapanji_post::Vocabulary;

use crate::error::chain;
use crate::snapshot::{PostSummary, Reading};

const HEAD: &[u8] = b"dapanji summaries 1\n";

/// Bytes of a hash.
const HASH: usize = 16;

/// Another one for every program that may read posts differently: made of the sources of all that has
/// a say in a summary.
const PROGRAM: &str = env!("DAPANJI_READING");

/// The file, read.
#[derive(Debug)]
pub(crate) struct Summaries {
    bytes: Vec<u8>,
    /// Where paths and what is kept of them stand. Invariant: ascending by path.
    records: Vec<(Range<usize>, Range<usize>)>,
    words: Arc<Vocabulary>,
}

impl Summaries {
    /// Reads what was kept of posts that were read by these words; nothing if that is not to be had.
    pub(crate) fn read(library: &Library, words: &Arc<Vocabulary>) -> Self {
        let bytes = if library.stamps_tell() { read(library) } else { Vec::new() };
        let records = check(&bytes, key(library, words)).and_then(index).unwrap_or_default();
        Self { records, bytes, words: Arc::clone(words) }
    }

    /// What was kept of a post at `revision`, if its file is known by the same stamp.
    pub(crate) fn get(
        &self,
        path: &PostPath,
        stamp: &Stamp,
        revision: Revision,
    ) -> Option<PostSummary> {
        let name = |at: &Range<usize>| self.bytes.get(at.clone()).unwrap_or_default();
        let at = self.records.binary_search_by(|(at, _)| name(at).cmp(path.as_str().as_bytes()));
        let (_, at) = self.records.get(at.ok()?)?;
        let reading = Reading { words: Arc::clone(&self.words), stamp: Some(*stamp), kept: true };
        let body = self.bytes.get(at.clone())?;
        let body = body.strip_prefix(&stamp.to_bytes())?.strip_prefix(&revision.to_bytes())?;
        record::read(body, path, revision, reading)
    }
}

fn read(library: &Library) -> Vec<u8> {
    let bytes = library.read_cached(Cached::Summaries).unwrap_or_else(|error| {
        tracing::warn!(error = chain(&error), "all posts are read");
        None
    });
    bytes.unwrap_or_default()
}

/// Makes the file of those posts that were read by these words and can be known again.
pub(crate) fn to_bytes(
    library: &Library,
    words: &Arc<Vocabulary>,
    posts: &[PostSummary],
) -> Vec<u8> {
    let mut bytes = HEAD.to_vec();
    bytes.extend(key(library, words).to_bytes());
    for post in posts {
        let reading = post.reading.as_ref().filter(|reading| reading.words == *words);
        let (Some(revision), Some(stamp)) = (post.revision, reading.and_then(|r| r.stamp)) else {
            continue;
        };
        let mut body = Vec::new();
        body.extend(stamp.to_bytes());
        body.extend(revision.to_bytes());
        record::write(&mut body, post);
        record::push_bytes(&mut bytes, post.path.as_str().as_bytes());
        record::push_bytes(&mut bytes, &body);
    }
    let hash = Revision::of(&bytes);
    bytes.extend(hash.to_bytes());
    bytes
}

/// Keeps a file for the next start.
pub(crate) fn write(library: &Library, bytes: &[u8]) {
    if let Err(error) = library.replace_cached(Cached::Summaries, bytes) {
        tracing::warn!(error = chain(&error), "the next start takes longer");
    }
}

/// What summaries depend on besides the posts.
fn key(library: &Library, words: &Vocabulary) -> Revision {
    Revision::of(format!("{PROGRAM} {} {words:?}", library.key()))
}

/// Returns the file without its hash if it is whole and made under this key.
fn check(bytes: &[u8], key: Revision) -> Option<&[u8]> {
    let (rest, hash) = bytes.split_last_chunk::<HASH>()?;
    let begins = rest.strip_prefix(HEAD)?.starts_with(&key.to_bytes());
    (begins && Revision::of(rest).to_bytes() == *hash).then_some(rest)
}

/// Finds the records of a file that is whole.
fn index(bytes: &[u8]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    let mut records: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut rest = bytes.get(HEAD.len() + HASH..)?;
    while !rest.is_empty() {
        let path = record::take_bytes(&mut rest)?;
        let path_end = bytes.len() - rest.len();
        let body = record::take_bytes(&mut rest)?;
        let body_end = bytes.len() - rest.len();
        let at = path_end - path.len()..path_end;
        let ascends =
            records.last().is_none_or(|(before, _)| bytes.get(before.clone()) < Some(path));
        if !ascends {
            return None;
        }
        records.push((at, body_end - body.len()..body_end));
    }
    Some(records)
}

#[cfg(test)]
mod tests;
