//! The history as a front end sees it: versions by entry and by post, compared and put back.
//!
//! The library keeps contents of posts and a log of what replaced them; which entry a content is
//! about is read from its text when somebody asks.

mod aside;
mod past;
mod restoring;
mod texts;

use std::collections::HashSet;

use dapanji_library::{After, Cause, PostPath, Revision, Version};
use jiff::Timestamp;

use self::past::{Log, Past, PastEntry, Then};
use self::texts::{Texts, excerpt};
use crate::convert::count;
use crate::dto::{
    CauseView, HistoryRequest, HistoryView, PartDiff, PartName, VersionDetail, VersionRequest,
    VersionView,
};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;
use crate::settings::SettingsView;
use crate::snapshot::file_stem;

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
        let mut list = List { notebook: self, log: &log, limit, versions: Vec::new() };
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
        let view = |entry| List::view(version, past, entry, log.after(at));
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
        let now_text = now.as_ref().map(|now| texts::plain(now.post.text()));
        let then_text = texts::plain(past.post.text());
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
    fn entry_now(&self, log: &Log<'_>, id: &str) -> Option<(std::rc::Rc<Past>, PostPath)> {
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

/// A version that was asked for.
struct Found {
    /// Its place in the log.
    at: usize,
    version: Version,
    past: std::rc::Rc<Past>,
    /// The entry that is meant in it.
    entry: Option<String>,
}

/// A list of versions under way.
struct List<'a> {
    notebook: &'a Notebook,
    log: &'a Log<'a>,
    limit: usize,
    versions: Vec<VersionView>,
}

impl List<'_> {
    fn is_full(&self) -> bool {
        self.versions.len() >= self.limit
    }

    /// The versions in which an entry differs from the one after it.
    fn of_entry(&mut self, id: &str, path: Option<&PostPath>) {
        let now = self.notebook.entry_now(self.log, id);
        let place = now.as_ref().map(|(_, path)| path.clone());
        let mut questions: Vec<String> = Vec::new();
        let mut later: Option<Texts> = None;
        let mut source: Option<Stretch> = None;
        if let Some(entry) = now.as_ref().and_then(|(past, _)| past.entry(id)) {
            questions.push(entry.texts.question.clone());
            later = Some(entry.texts.clone());
            source = now.as_ref().and_then(|(past, _)| Stretch::of(past, id));
        }
        for at in (0..self.log.versions.len()).rev() {
            if self.is_full() {
                return;
            }
            let Some(version) = self.log.versions.get(at) else { continue };
            if path.is_some_and(|path| *path != version.path) {
                continue;
            }
            // In another post than its own it is looked for by its question, and where its very source
            // is in the text it is the same: that is cheaper than reading every version there is.
            let elsewhere = place.as_ref().is_some_and(|place| *place != version.path);
            if self.text_of(version).is_none_or(|text| {
                elsewhere && !questions.iter().any(|question| text.contains(question.as_str()))
                    || source.as_ref().is_some_and(|source| source.is_in(&text))
            }) {
                continue;
            }
            let Some(past) = self.log.content(&version.path, &version.revision) else { continue };
            let Some(entry) = past.entry(id) else { continue };
            let after = self.log.after(at);
            let next = match &after {
                Then::Past(next) => next.entry(id).map(|next| next.texts.clone()),
                _ => None,
            };
            let next = next.or_else(|| later.clone());
            if next.as_ref() != Some(&entry.texts) {
                let mut view = Self::view(version, &past, Some(entry), after);
                if let Some(next) = &next {
                    Self::set_parts(&mut view, &entry.texts, next);
                }
                self.versions.push(view);
            }
            // What was set aside came after nothing and before nothing.
            if version.cause == Cause::Aside {
                continue;
            }
            if !questions.contains(&entry.texts.question) {
                questions.push(entry.texts.question.clone());
            }
            later = Some(entry.texts.clone());
            source = Stretch::of(&past, id);
        }
    }

    fn text_of(&self, version: &Version) -> Option<String> {
        self.notebook.library.version_text(&version.revision).ok()
    }

    /// The versions of a post.
    fn of_post(&mut self, path: &PostPath) {
        for at in (0..self.log.versions.len()).rev() {
            let Some(version) = self.log.versions.get(at).filter(|v| v.path == *path) else {
                continue;
            };
            if self.is_full() {
                return;
            }
            if let Some(past) = self.log.content(path, &version.revision) {
                self.versions.push(Self::view(version, &past, None, self.log.after(at)));
            }
        }
    }

    /// What changed in a folder or a post, entry by entry; or only what is gone.
    fn of_folder(&mut self, path: Option<&PostPath>, deleted: bool) {
        let mut told: HashSet<String> = HashSet::new();
        for at in (0..self.log.versions.len()).rev() {
            if self.is_full() {
                return;
            }
            let Some(version) = self.log.versions.get(at) else { continue };
            if path.is_some_and(|path| *path != version.path) {
                continue;
            }
            // Edits here take nothing out, but for moves.
            let may_take_out =
                !matches!(version.cause, Cause::Saved | Cause::Restored | Cause::Aside)
                    || version.after == After::Next
                    || version.after == After::Nothing;
            if deleted && !may_take_out {
                continue;
            }
            let Some(past) = self.log.content(&version.path, &version.revision) else { continue };
            match self.log.after(at) {
                Then::Unknown => {}
                Then::Nothing => {
                    let is_news = !deleted
                        || !self.is_there(version) && told.insert(version.path.to_string());
                    if is_news {
                        self.versions.push(Self::view(version, &past, None, Then::Nothing));
                    }
                }
                Then::Past(next) => {
                    let views = self.differing_entries(version, &past, &next, deleted);
                    for view in views {
                        let entry = view.entry.clone().unwrap_or_default();
                        if !self.is_full() && (!deleted || told.insert(entry)) {
                            self.versions.push(view);
                        }
                    }
                }
            }
        }
    }

    /// Whether a post is in the folder, under its path or, renamed, with the same content.
    fn is_there(&self, version: &Version) -> bool {
        let snapshot = self.notebook.read();
        let renamed = || snapshot.posts().iter().any(|p| p.revision == Some(version.revision));
        snapshot.post(&version.path).is_some() || renamed()
    }

    fn differing_entries(
        &self,
        version: &Version,
        past: &std::rc::Rc<Past>,
        next: &std::rc::Rc<Past>,
        deleted: bool,
    ) -> Vec<VersionView> {
        let mut views = Vec::new();
        let mut moved = false;
        for entry in &past.entries {
            let after = next.entry(&entry.id);
            if after.is_some_and(|after| deleted || after.texts == entry.texts) {
                continue;
            }
            let now = self.notebook.read().entry(&entry.id).map(|(post, _)| post.path.clone());
            if after.is_none() && now.is_some_and(|path| deleted || path != version.path) {
                moved = true;
                continue;
            }
            views.push(Self::view(version, past, Some(entry), Then::Past(next.clone())));
        }
        let elsewhere = past.post.text() != next.post.text()
            && next.entries.iter().all(|entry| past.find(&entry.id).is_some());
        if views.is_empty() && !deleted && !moved && elsewhere {
            views.push(Self::view(version, past, None, Then::Past(next.clone())));
        }
        views
    }

    /// A version as the wire has it.
    fn view(version: &Version, past: &Past, entry: Option<&PastEntry>, after: Then) -> VersionView {
        let digits = version_digits(version);
        let mut view = VersionView {
            id: digits.clone(),
            at: at(version),
            cause: cause(version.cause),
            path: version.path.to_string(),
            entry: entry.map(|entry| entry.id.clone()),
            question: None,
            parts: Vec::new(),
            chars: 0,
            excerpt: String::new(),
        };
        let Some(entry) = entry else {
            let title = past.post.title().unwrap_or_else(|| file_stem(&version.path));
            view.question = Some(title.to_owned());
            view.chars = count(past.post.text().chars().count());
            match after {
                Then::Past(next) => {
                    view.parts = post_parts(past, &next);
                    view.excerpt = excerpt(past.post.text(), next.post.text());
                }
                Then::Nothing => {
                    view.parts = vec![PartName::Entry];
                    let first = past.entries.first().map(|entry| entry.texts.question.as_str());
                    view.excerpt = excerpt(first.unwrap_or_else(|| past.post.text()), "");
                }
                Then::Unknown => {}
            }
            return view;
        };
        view.id = format!("{digits}{ENTRY_MARK}{}", entry.id);
        view.question = Some(entry.texts.question.clone());
        view.chars = count(entry.texts.answer.chars().count());
        match after {
            Then::Past(next) => match next.entry(&entry.id) {
                Some(next) => Self::set_parts(&mut view, &entry.texts, &next.texts),
                None => Self::set_gone(&mut view, &entry.texts),
            },
            Then::Nothing => Self::set_gone(&mut view, &entry.texts),
            Then::Unknown => view.excerpt = excerpt(&entry.texts.answer, ""),
        }
        view
    }

    fn set_parts(view: &mut VersionView, then: &Texts, next: &Texts) {
        view.parts = then.differing(next);
        let telling = view.parts.iter().max_by_key(|part| match part {
            PartName::Answer => 2,
            _ => 1,
        });
        view.excerpt =
            telling.map(|part| excerpt(then.get(*part), next.get(*part))).unwrap_or_default();
    }

    fn set_gone(view: &mut VersionView, then: &Texts) {
        view.parts = vec![PartName::Entry];
        view.excerpt = excerpt(&then.answer, "");
    }
}

/// A stretch of a post's text that no other version holds in which an entry differs.
struct Stretch {
    text: String,
    /// Whether the post ends with it.
    is_last: bool,
}

impl Stretch {
    /// The source of an entry with the line above it and the next line with text, where the entry
    /// ends; none where its answer lies apart.
    fn of(past: &Past, id: &str) -> Option<Self> {
        let source = past.post.entry_source(past.find(id)?).ok()?;
        let text = past.post.text();
        let start = text.find(&source)?;
        let above = text.get(..start)?.trim_end_matches('\n').rfind('\n').unwrap_or(0);
        let mut end = start + source.len();
        let mut is_last = true;
        for line in text.get(end..)?.split_inclusive('\n') {
            end += line.len();
            if !line.trim().is_empty() {
                is_last = false;
                break;
            }
        }
        Some(Self { text: text.get(above..end)?.to_owned(), is_last })
    }

    fn is_in(&self, text: &str) -> bool {
        if self.is_last { text.ends_with(&self.text) } else { text.contains(&self.text) }
    }
}

/// In what two contents of a post differ.
fn post_parts(past: &Past, next: &Past) -> Vec<PartName> {
    let mut parts: HashSet<PartName> = HashSet::new();
    for entry in &past.entries {
        match next.entry(&entry.id) {
            Some(next) => parts.extend(entry.texts.differing(&next.texts)),
            None => {
                parts.insert(PartName::Entry);
            }
        }
    }
    let gained = next.entries.iter().any(|entry| past.find(&entry.id).is_none());
    if parts.is_empty() && !gained && past.post.text() != next.post.text() {
        parts.insert(PartName::Section);
    }
    let mut parts: Vec<PartName> = parts.into_iter().collect();
    parts.sort_unstable();
    parts
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
    let at = Timestamp::from_millisecond(millis).unwrap_or_default();
    // Always as long, so that moments sort as texts.
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
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
