//! Reads what the lists of a notebook show when it is opened: from the posts themselves, or where
//! nobody has written them since from what was kept of the last reading.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use dapanji_library::{Library, PostPath, Revision, Stamp};
use dapanji_post::{Post, Vocabulary};
use jiff::Timestamp;
use rayon::prelude::*;

use crate::dto::DiagnosticView;
use crate::error::{ApiError, Code};
use crate::keys::{self, Known};
use crate::notebook::Notebook;
use crate::snapshot::{PostSummary, summarise};
use crate::summaries::{self, Summaries};
use crate::watching::unreadable_message;

/// The share of posts, as one in so many, that a start may have to read before they are kept anew:
/// to write what is known of all posts costs about as much as to read a few in a hundred.
const WORTH_KEEPING: usize = 100;

/// Summarises all posts of a folder, with what was known of their entries.
pub(crate) fn read_posts(
    library: &Library,
    vocabulary: &Arc<Vocabulary>,
) -> (Vec<PostSummary>, Known) {
    let looked = now();
    let (scan, (known, kept)) = rayon::join(
        || library.scan(),
        || (keys::read_known_entries(library), Summaries::read(library, vocabulary)),
    );
    let read = |path: &PostPath| {
        let noted = known.revision(path.as_str()).and_then(|noted| noted.parse().ok());
        // Where nothing is noted of the entries, their prints have to be made of the text.
        noted
            .and_then(|noted| kept.get(path, &library.stamp(path)?, noted))
            .unwrap_or_else(|| read_summary(library, vocabulary, path, noted, looked))
    };
    let mut posts: Vec<PostSummary> = scan.posts.par_iter().map(read).collect();
    // A stamp is no proof: a watch looks at the contents by and by.
    let kept = |post: &&PostSummary| post.reading.as_ref().is_some_and(|reading| reading.kept);
    let kept = posts.iter().filter(kept);
    library.take_as_read(kept.filter_map(|post| Some((&post.path, post.revision?))));
    posts.extend(scan.unreadable.iter().filter_map(|unreadable| {
        let path = PostPath::new(unreadable.path.clone()).ok()?;
        let message = unreadable_message(&unreadable.path, &unreadable.reason.to_string());
        Some(unreadable_post(path, "unreadable", message))
    }));
    (posts, known)
}

/// Reads and summarises a post; one that cannot be read is listed with the reason. `noted` is the
/// revision its entries are noted at for the next start, `looked` a moment before now.
pub(crate) fn read_summary(
    library: &Library,
    vocabulary: &Arc<Vocabulary>,
    path: &PostPath,
    noted: Option<Revision>,
    looked: SystemTime,
) -> PostSummary {
    match library.read(path) {
        Ok(text) => {
            let post = Post::parse_with(text.text, vocabulary);
            let mut summary = summarise(path, text.revision, text.encoding, &post);
            summary.prints = (noted != Some(text.revision)).then(|| keys::prints(&post));
            summary.stamped(text.stamp, looked)
        }
        Err(error) => {
            let error = ApiError::from(error);
            let code = match error.code {
                Code::TooLarge => "too-large",
                _ => "unreadable",
            };
            unreadable_post(path.clone(), code, error.message)
        }
    }
}

pub(crate) fn unreadable_post(path: PostPath, code: &str, message: String) -> PostSummary {
    PostSummary {
        diagnostics: vec![DiagnosticView {
            line: 1,
            code: code.to_owned(),
            message: message.clone(),
        }],
        unreadable: Some(message),
        ..PostSummary::empty(path)
    }
}

/// The time by the clock that files are stamped with.
pub(crate) fn now() -> SystemTime {
    SystemTime::from(Timestamp::now())
}

impl Notebook {
    /// Keeps what is known of the posts for the next start, if that start would have to read more than
    /// a few of them. A failure costs only time.
    pub(crate) fn keep_summaries(&self) {
        let words = self.vocabulary();
        let mut posts = 0;
        let mut new = 0;
        let mut unsettled = Vec::new();
        for (path, revision, reading) in self.write().readings() {
            posts += 1;
            new += usize::from(!reading.kept);
            if reading.stamp.is_none() {
                unsettled.push((path.clone(), revision));
            }
        }
        let is_worth = |new: usize| new > 0 && new * WORTH_KEEPING >= posts;
        if !is_worth(new) || !self.library.stamps_tell() {
            return;
        }
        let settled = unsettled.par_iter().filter_map(|(path, revision)| {
            Some((path, (*revision, settled_stamp(&self.library, path, *revision)?)))
        });
        let settled: HashMap<&PostPath, (Revision, Stamp)> = settled.collect();
        if !is_worth(new - (unsettled.len() - settled.len())) {
            return;
        }
        let mut snapshot = self.write();
        for (path, revision, reading) in snapshot.readings() {
            let stamp = settled.get(path).filter(|(read, _)| *read == revision);
            reading.stamp = reading.stamp.or(stamp.map(|(_, stamp)| *stamp));
        }
        let bytes = summaries::to_bytes(&self.library, &words, snapshot.posts());
        for (_, _, reading) in snapshot.readings() {
            reading.kept = reading.stamp.is_some() && *reading.words == *words;
        }
        drop(snapshot);
        summaries::write(&self.library, &bytes);
    }
}

/// What a post is known by that was read or written too short a while after its last change for that:
/// by now it may be told. `None` if not yet, or if it is another post.
fn settled_stamp(library: &Library, path: &PostPath, revision: Revision) -> Option<Stamp> {
    let looked = now();
    // Mostly it is the post that was saved last: no need to read that.
    if !library.stamp(path)?.is_settled(looked) {
        return None;
    }
    let again = library.read(path).ok()?;
    (again.revision == revision && again.stamp.is_settled(looked)).then_some(again.stamp)
}
