//! Older versions of posts, read.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use dapanji_library::{After, Cause, PostPath, Revision, Version};
use dapanji_post::Post;
use jiff::civil::Date;

use super::texts::Texts;
use crate::error::{ApiError, Code, chain};
use crate::notebook::Notebook;
use crate::snapshot::post_date;

/// Contents kept at once while a list is made: neighbours share theirs.
const CACHED: usize = 64;

/// A content of a post, read.
pub(super) struct Past {
    pub(super) post: Post,
    /// In the order of the file.
    pub(super) entries: Vec<PastEntry>,
}

/// An entry of an older version.
pub(super) struct PastEntry {
    /// The key it goes by now, as far as that is known.
    pub(super) id: String,
    base_key: String,
    pub(super) date: Option<Date>,
    pub(super) texts: Texts,
}

impl Past {
    /// The place of an entry, from zero.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        let exact = self.entries.iter().position(|entry| entry.id == id);
        exact.or_else(|| {
            // Its twin may be in another post, so that here it has no number.
            let base = id.match_indices('-').nth(1).and_then(|(end, _)| id.get(..end))?;
            let mut twins = self.entries.iter().enumerate().filter(|(_, e)| e.base_key == base);
            let (at, _) = twins.next()?;
            twins.next().is_none().then_some(at)
        })
    }

    pub(super) fn entry(&self, id: &str) -> Option<&PastEntry> {
        self.entries.get(self.find(id)?)
    }
}

/// What took the place of a version.
pub(super) enum Then {
    /// A content.
    Past(Rc<Past>),
    /// The post was removed.
    Nothing,
    /// It is not kept.
    Unknown,
}

/// The log of the history with what it takes to read it.
pub(super) struct Log<'a> {
    notebook: &'a Notebook,
    /// By time, the oldest first.
    pub(super) versions: Vec<Version>,
    /// For each version the next one of its post.
    next: Vec<Option<usize>>,
    read: RefCell<Contents>,
}

/// Contents of posts as they were; none for one that is kept nowhere.
type Contents = HashMap<(PostPath, Revision), Option<Rc<Past>>>;

impl<'a> Log<'a> {
    pub(super) fn open(notebook: &'a Notebook) -> Result<Self, ApiError> {
        let versions = notebook.library.versions().map_err(|error| {
            let message = format!("cannot read the history: {}", chain(&error));
            ApiError::new(Code::Unreadable, message)
        })?;
        let mut next = vec![None; versions.len()];
        let mut later: HashMap<&PostPath, usize> = HashMap::new();
        for (at, version) in versions.iter().enumerate().rev() {
            if let Some(place) = next.get_mut(at) {
                // What was set aside never was in the post.
                *place = match version.cause {
                    Cause::Aside => later.get(&version.path).copied(),
                    _ => later.insert(&version.path, at),
                };
            }
        }
        drop(later);
        Ok(Self { notebook, versions, next, read: RefCell::default() })
    }

    /// The content of a post at a revision; none if it is kept nowhere or is no text.
    pub(super) fn content(&self, path: &PostPath, revision: &Revision) -> Option<Rc<Past>> {
        let key = (path.clone(), *revision);
        if let Some(known) = self.read.borrow().get(&key) {
            return known.clone();
        }
        let past = self.load(path, revision).map(Rc::new);
        let mut read = self.read.borrow_mut();
        if read.len() >= CACHED {
            read.clear();
        }
        read.insert(key, past.clone());
        past
    }

    fn load(&self, path: &PostPath, revision: &Revision) -> Option<Past> {
        let library = &self.notebook.library;
        let text = library.version_text(revision).ok().or_else(|| {
            let now = library.read(path).ok()?;
            (now.revision == *revision).then_some(now.text)
        })?;
        Some(self.notebook.past(path, text))
    }

    /// What took the place of the version at `at`.
    pub(super) fn after(&self, at: usize) -> Then {
        let Some(version) = self.versions.get(at) else { return Then::Unknown };
        let noted = match version.after {
            After::Nothing => return Then::Nothing,
            After::Content(revision) => self.content(&version.path, &revision),
            After::Next => None,
        };
        if let Some(past) = noted {
            return Then::Past(past);
        }
        let next = self.next.get(at).copied().flatten().and_then(|next| self.versions.get(next));
        if let Some(next) = next {
            let past = self.content(&next.path, &next.revision);
            return past.map_or(Then::Unknown, Then::Past);
        }
        match self.now(&version.path) {
            Some(past) => Then::Past(past),
            None => Then::Nothing,
        }
    }

    /// A post as it is now.
    pub(super) fn now(&self, path: &PostPath) -> Option<Rc<Past>> {
        let revision = self.notebook.read().post(path)?.revision?;
        self.content(path, &revision)
    }
}

impl Drop for Log<'_> {
    fn drop(&mut self) {
        self.notebook.library.rest_history();
    }
}

impl Notebook {
    /// Reads an older text of a post.
    pub(super) fn past(&self, path: &PostPath, text: String) -> Past {
        let post = self.parse(text);
        let of_file = post_date(path, &post);
        let mut twins: HashMap<String, u32> = HashMap::new();
        let mut entries: Vec<PastEntry> = post
            .entries()
            .map(|(day, entry)| {
                let date = day.date.or(of_file);
                let base_key = dapanji_post::entry_key(date, &post.part_text(&entry.question));
                let twin = twins.entry(base_key.clone()).or_default();
                *twin += 1;
                let id = match *twin {
                    1 => base_key.clone(),
                    twin => format!("{base_key}-{twin}"),
                };
                PastEntry { id, base_key, date, texts: Texts::of(&post, entry) }
            })
            .collect();
        let snapshot = self.read();
        for entry in &mut entries {
            if let Some(alias) = snapshot.aliases().get(&entry.id) {
                entry.id.clone_from(&alias.id);
            }
        }
        drop(snapshot);
        Past { post, entries }
    }
}
