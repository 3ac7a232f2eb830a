//! Lists of versions: of an entry, of a post, of the folder.

use std::collections::HashSet;
use std::rc::Rc;

use dapanji_library::{After, Cause, PostPath, Version};

use super::past::{Log, Past, PastEntry, Then};
use super::texts::{Texts, excerpt};
use super::{ENTRY_MARK, at, cause, version_digits};
use crate::convert::count;
use crate::dto::{PartName, VersionView};
use crate::notebook::Notebook;
use crate::snapshot::file_stem;

/// A list of versions under way.
pub(super) struct List<'a> {
    notebook: &'a Notebook,
    log: &'a Log<'a>,
    limit: usize,
    pub(super) versions: Vec<VersionView>,
    /// For each version of an entry, the text of its answer then.
    pub(super) answers: Vec<String>,
}

impl<'a> List<'a> {
    pub(super) fn new(notebook: &'a Notebook, log: &'a Log<'a>, limit: usize) -> Self {
        Self { notebook, log, limit, versions: Vec::new(), answers: Vec::new() }
    }

    fn is_full(&self) -> bool {
        self.versions.len() >= self.limit
    }

    /// The versions in which an entry differs from the one after it.
    pub(super) fn of_entry(&mut self, id: &str, path: Option<&PostPath>) {
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
        for (at, version) in newest_first(self.log, path) {
            if self.is_full() {
                return;
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
                let mut view = view(version, &past, Some(entry), after);
                if let Some(next) = &next {
                    set_parts(&mut view, &entry.texts, next);
                }
                self.answers.push(entry.texts.answer.clone());
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
    pub(super) fn of_post(&mut self, path: &PostPath) {
        for (at, version) in newest_first(self.log, Some(path)) {
            if self.is_full() {
                return;
            }
            if let Some(past) = self.log.content(path, &version.revision) {
                self.versions.push(view(version, &past, None, self.log.after(at)));
            }
        }
    }

    /// What changed in a folder or a post, entry by entry; or only what is gone.
    pub(super) fn of_folder(&mut self, path: Option<&PostPath>, deleted: bool) {
        let mut told: HashSet<String> = HashSet::new();
        for (at, version) in newest_first(self.log, path) {
            if self.is_full() {
                return;
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
                        self.versions.push(view(version, &past, None, Then::Nothing));
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
        past: &Rc<Past>,
        next: &Rc<Past>,
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
            views.push(view(version, past, Some(entry), Then::Past(next.clone())));
        }
        let elsewhere = past.post.text() != next.post.text()
            && next.entries.iter().all(|entry| past.find(&entry.id).is_some());
        if views.is_empty() && !deleted && !moved && elsewhere {
            views.push(view(version, past, None, Then::Past(next.clone())));
        }
        views
    }
}

/// The versions of a post, or of all, with their places in the log, the newest first.
fn newest_first<'a>(
    log: &'a Log<'_>,
    path: Option<&'a PostPath>,
) -> impl Iterator<Item = (usize, &'a Version)> {
    let all = log.versions.iter().enumerate().rev();
    all.filter(move |(_, version)| path.is_none_or(|path| *path == version.path))
}

/// A version as the wire has it.
pub(super) fn view(
    version: &Version,
    past: &Past,
    entry: Option<&PastEntry>,
    after: Then,
) -> VersionView {
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
            Some(next) => set_parts(&mut view, &entry.texts, &next.texts),
            None => set_gone(&mut view, &entry.texts),
        },
        Then::Nothing => set_gone(&mut view, &entry.texts),
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
