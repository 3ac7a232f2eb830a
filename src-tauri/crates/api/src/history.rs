//! The history as a front end sees it: versions by entry and by post, compared and put back.
//!
//! The library keeps contents of posts and a log of what replaced them; which entry a content is
//! about is read from its text when somebody asks.

mod aside;
mod list;
mod past;
mod restoring;
mod texts;

use std::collections::HashMap;
use std::rc::Rc;

use dapanji_library::{Cause, PostPath, Revision, Version};
use dapanji_post::with_plain_endings;
use jiff::Timestamp;

use self::list::List;
use self::past::{Log, Past};
use self::texts::Texts;
use crate::convert::moment_text;
use crate::dto::{
    CauseView, DiffSpanView, HistoryRequest, HistoryView, PartDiff, PartName, VersionDetail,
    VersionRequest,
};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;
use crate::settings::SettingsView;

/// Digits of the hash that names a version.
const ID_DIGITS: usize = 16;

/// Parts the name of a version from the entry that is meant in it.
const ENTRY_MARK: char = '~';

impl Notebook {
    /// Lists versions that were replaced, the newest first.
    ///
    /// # Errors
    /// `InvalidRequest` for a path that is none; `Unreadable` if the history cannot be read.
    pub fn history(&self, request: &HistoryRequest) -> Result<HistoryView, ApiError> {
        let log = Log::open(self)?;
        let path = request.post.as_deref().map(post_path).transpose()?;
        let limit = usize::try_from(request.limit).unwrap_or(usize::MAX);
        let mut list = List::new(self, &log, limit);
        match (&request.entry, &path) {
            (Some(entry), path) => {
                let id = self.resolve(entry).unwrap_or_else(|_| entry.trim().to_owned());
                list.of_entry(&id, path.as_ref());
            }
            (None, Some(path)) if !request.deleted => list.of_post(path),
            (None, path) => list.of_folder(path.as_ref(), request.deleted),
        }
        Ok(HistoryView { versions: list.versions })
    }

    /// Takes into the history what others have made since of the posts that it knows, for a notebook
    /// that no watch keeps up with them. A failure costs only that.
    pub fn catch_up_history(&self) {
        let known: HashMap<PostPath, Revision> = {
            let snapshot = self.read();
            let posts = snapshot.posts().iter();
            posts.filter_map(|post| Some((post.path.clone(), post.revision?))).collect()
        };
        self.library.catch_up_history(|path| known.get(path).copied());
    }

    /// Sets a version beside what there is now.
    ///
    /// # Errors
    /// `InvalidRequest` if nothing is called so; `Unreadable` if the version is damaged.
    pub fn version(&self, request: &VersionRequest) -> Result<VersionDetail, ApiError> {
        let log = Log::open(self)?;
        let found = self.find_version(&log, &request.id)?;
        let Found { version, past, .. } = &found;
        let differing = |then: &Texts, now: &Texts| -> Vec<PartDiff> {
            let parts = then.differing(now).into_iter();
            parts.map(|part| texts::diff(part, then.get(part), now.get(part))).collect()
        };
        let at = found.at;
        let view = |entry| list::view(version, past, entry, log.after(at));
        if let Some(id) = &found.entry {
            let entry = past.entry(id).ok_or_else(|| unknown_version(&request.id))?;
            let now = self.entry_now(&log, id);
            let texts = now.as_ref().and_then(|now| now.0.entry(id)).map(|now| now.texts.clone());
            let path = now.as_ref().map_or(&version.path, |(_, path)| path);
            return Ok(VersionDetail {
                version: view(Some(entry)),
                exists: texts.is_some(),
                revision: self.revision_of(path),
                parts: differing(&entry.texts, &texts.unwrap_or_default()),
            });
        }
        let now = log.now(&version.path);
        let now_text = now.as_ref().map(|now| with_plain_endings(now.post.text()));
        let then_text = with_plain_endings(past.post.text());
        let same = now_text.as_deref() == Some(then_text.as_str());
        let whole =
            || texts::diff(PartName::Entry, &then_text, now_text.as_deref().unwrap_or_default());
        Ok(VersionDetail {
            version: view(None),
            exists: now.is_some(),
            revision: self.revision_of(&version.path),
            parts: if same { Vec::new() } else { vec![whole()] },
        })
    }

    /// Follows other limits of the history from now on.
    pub fn limit_history(&self, settings: &SettingsView) {
        self.library.limit_history(settings.history_limits());
    }

    fn revision_of(&self, path: &PostPath) -> Option<String> {
        Some(self.read().post(path)?.revision?.to_string())
    }

    /// The post that holds an entry now.
    fn entry_now(&self, log: &Log<'_>, id: &str) -> Option<(Rc<Past>, PostPath)> {
        let path = self.summary_of(id)?.0.path;
        Some((log.now(&path)?, path))
    }

    fn find_version(&self, log: &Log<'_>, id: &str) -> Result<Found, ApiError> {
        let (digits, entry) = match id.trim().split_once(ENTRY_MARK) {
            Some((digits, entry)) => (digits, Some(entry)),
            None => (id.trim(), None),
        };
        let named = |(at, version): (usize, &Version)| {
            version_digits(version).starts_with(digits).then_some(at)
        };
        let mut fitting = log.versions.iter().enumerate().filter_map(named);
        let (at, other) = (fitting.next(), fitting.next());
        let at = match (at, other) {
            (Some(at), None) if !digits.is_empty() => at,
            _ => return Err(unknown_version(id)),
        };
        let version = log.versions.get(at).cloned().ok_or_else(|| unknown_version(id))?;
        let past = log.content(&version.path, &version.revision).ok_or_else(|| {
            let message = format!("the kept version of {} is damaged or gone", version.path);
            ApiError::new(Code::Unreadable, message).at(&version.path)
        })?;
        let entry = entry.map(|entry| self.resolve(entry).unwrap_or_else(|_| entry.to_owned()));
        if entry.as_ref().is_some_and(|entry| past.find(entry).is_none()) {
            return Err(unknown_version(id));
        }
        Ok(Found { at, version, past, entry })
    }
}

/// The answer of an entry as it was once.
pub(crate) struct PastAnswer {
    /// As in the history.
    pub(crate) id: String,
    /// When something else took its place: RFC 3339, UTC.
    pub(crate) until: String,
    pub(crate) cause: CauseView,
    pub(crate) text: String,
}

/// Two texts word by word.
pub(crate) fn word_spans(then: &str, now: &str) -> Vec<DiffSpanView> {
    texts::spans(then, now)
}

impl Notebook {
    /// The answers that an entry had before `now`, the newest first: each that differs from the one
    /// after it.
    ///
    /// # Errors
    /// `Unreadable` if the history cannot be read.
    pub(crate) fn past_answers(
        &self,
        id: &str,
        now: &str,
        most: usize,
    ) -> Result<Vec<PastAnswer>, ApiError> {
        let log = Log::open(self)?;
        // Other parts change too, so more are read than are wanted.
        let mut list = List::new(self, &log, most.saturating_mul(4));
        list.of_entry(id, None);
        let mut after = with_plain_endings(now);
        let mut out: Vec<PastAnswer> = Vec::new();
        for (version, text) in list.versions.into_iter().zip(list.answers) {
            if text == after || out.len() >= most {
                continue;
            }
            // What was set aside was no version of the answer that another one took the place of.
            if version.cause != CauseView::Aside {
                after.clone_from(&text);
            }
            let (id, until, cause) = (version.id, version.at, version.cause);
            out.push(PastAnswer { id, until, cause, text });
        }
        Ok(out)
    }
}

/// A version that was asked for.
struct Found {
    /// Its place in the log.
    at: usize,
    version: Version,
    past: Rc<Past>,
    /// The entry that is meant in it.
    entry: Option<String>,
}

fn version_digits(version: &Version) -> String {
    let Version { path, revision, .. } = version;
    let named = format!("{}\t{revision}\t{path}", millis(version));
    let mut digits = Revision::of(named).to_string();
    digits.truncate(ID_DIGITS);
    digits
}

fn millis(version: &Version) -> u128 {
    let since = version.replaced.duration_since(std::time::SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_millis()
}

fn at(version: &Version) -> String {
    let millis = i64::try_from(millis(version)).unwrap_or_default();
    moment_text(Timestamp::from_millisecond(millis).unwrap_or_default())
}

fn cause(cause: Cause) -> CauseView {
    match cause {
        Cause::Saved => CauseView::Saved,
        Cause::Outside => CauseView::Outside,
        Cause::Deleted => CauseView::Deleted,
        Cause::Restored => CauseView::Restored,
        Cause::Converted => CauseView::Converted,
        Cause::Aside => CauseView::Aside,
    }
}

fn post_path(path: &str) -> Result<PostPath, ApiError> {
    PostPath::new(path).map_err(|error| {
        ApiError::new(Code::InvalidRequest, format!("`{path}` is no post: {error}"))
    })
}

fn unknown_version(id: &str) -> ApiError {
    ApiError::new(Code::InvalidRequest, format!("the history has no version `{id}`"))
}
