//! What is known of a folder's posts without reading them again: no texts, only what lists show.

use std::collections::{HashMap, HashSet};

use dapanji_library::{Encoding, PostPath, Revision};
use dapanji_post::{AnswerState, Entry, ModelAnswerState, Post, entry_key};
use jiff::civil::Date;

use crate::converting;
use crate::dto::DiagnosticView;

/// An entry without its texts.
#[derive(Debug, Clone)]
pub(crate) struct EntrySummary {
    /// The key its date and question give, shared by entries that ask the same on the same day.
    pub(crate) base_key: String,
    /// The key that names this entry alone.
    pub(crate) id: String,
    pub(crate) date: Option<Date>,
    pub(crate) question: String,
    pub(crate) categories: Vec<String>,
    pub(crate) topic: Option<String>,
    pub(crate) state: AnswerState,
    pub(crate) model: ModelAnswerState,
    /// Its place among the entries of its day in this post, from 1.
    pub(crate) number: u32,
}

/// A post without its text.
#[derive(Debug, Clone)]
pub(crate) struct PostSummary {
    pub(crate) path: PostPath,
    /// None where the post cannot be read.
    pub(crate) revision: Option<Revision>,
    /// What the encoding is called in which the post is, where that is not UTF-8.
    pub(crate) read_only: Option<&'static str>,
    pub(crate) title: String,
    pub(crate) date: Option<Date>,
    pub(crate) entries: Vec<EntrySummary>,
    pub(crate) diagnostics: Vec<DiagnosticView>,
    pub(crate) unreadable: Option<String>,
}

/// Where an entry stands.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) path: PostPath,
    pub(crate) base_key: String,
    /// How many entries of the same base key stand before it in its post.
    pub(crate) twin: usize,
}

/// All posts of a folder.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    /// Invariant: ascending by path.
    posts: Vec<PostSummary>,
    /// Entries as post and entry index: newest day first, inside a day by path and file order.
    order: Vec<(u32, u32)>,
    by_id: HashMap<String, (u32, u32)>,
}

impl Snapshot {
    pub(crate) fn new(posts: Vec<PostSummary>) -> Self {
        let mut snapshot = Self { posts, ..Self::default() };
        snapshot.arrange();
        snapshot
    }

    pub(crate) fn posts(&self) -> &[PostSummary] {
        &self.posts
    }

    pub(crate) fn post(&self, path: &PostPath) -> Option<&PostSummary> {
        self.posts
            .binary_search_by(|post| post.path.cmp(path))
            .ok()
            .and_then(|at| self.posts.get(at))
    }

    /// Replaces, adds and removes posts.
    pub(crate) fn update(&mut self, changed: Vec<PostSummary>, removed: &[PostPath]) {
        let replaced: HashSet<&PostPath> =
            changed.iter().map(|post| &post.path).chain(removed).collect();
        self.posts.retain(|post| !replaced.contains(&post.path));
        self.posts.extend(changed);
        self.arrange();
    }

    /// All entries in the order of the day list.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&PostSummary, &EntrySummary)> {
        self.order.iter().filter_map(|at| self.at(*at))
    }

    pub(crate) fn entry(&self, id: &str) -> Option<(&PostSummary, &EntrySummary)> {
        self.at(*self.by_id.get(id)?)
    }

    /// The keys before and after an entry in the order of the day list.
    pub(crate) fn neighbours(&self, id: &str) -> (Option<String>, Option<String>) {
        let Some(at) = self.by_id.get(id) else { return (None, None) };
        let Some(nth) = self.order.iter().position(|other| other == at) else {
            return (None, None);
        };
        let id_at = |nth: usize| Some(self.at(*self.order.get(nth)?)?.1.id.clone());
        (nth.checked_sub(1).and_then(id_at), id_at(nth + 1))
    }

    /// The keys that begin with `prefix`, or whose part after the date does; two at the most.
    pub(crate) fn ids_with_prefix(&self, prefix: &str) -> Vec<&str> {
        self.entries()
            .map(|(_, entry)| entry.id.as_str())
            .filter(|id| {
                id.starts_with(prefix)
                    || id.split_once('-').is_some_and(|(_, rest)| rest.starts_with(prefix))
            })
            .take(2)
            .collect()
    }

    pub(crate) fn place(&self, id: &str) -> Option<Place> {
        let (post, entry) = self.entry(id)?;
        let twins = post.entries.iter().filter(|e| e.base_key == entry.base_key);
        let twin = twins.take_while(|e| e.id != entry.id).count();
        Some(Place { path: post.path.clone(), base_key: entry.base_key.clone(), twin })
    }

    fn at(&self, (post, entry): (u32, u32)) -> Option<(&PostSummary, &EntrySummary)> {
        let post = self.posts.get(post as usize)?;
        Some((post, post.entries.get(entry as usize)?))
    }

    fn arrange(&mut self) {
        self.posts.sort_by(|a, b| a.path.cmp(&b.path));
        // Entries that ask the same on the same day are told apart by their order; nothing else in
        // the folder could.
        let mut seen: HashMap<String, u32> = HashMap::new();
        self.by_id.clear();
        self.order.clear();
        for (p, post) in self.posts.iter_mut().enumerate() {
            for (e, entry) in post.entries.iter_mut().enumerate() {
                let count = seen.entry(entry.base_key.clone()).or_default();
                *count += 1;
                entry.id = match *count {
                    1 => entry.base_key.clone(),
                    nth => format!("{}-{nth}", entry.base_key),
                };
                let (Ok(p), Ok(e)) = (u32::try_from(p), u32::try_from(e)) else { continue };
                self.by_id.insert(entry.id.clone(), (p, e));
                self.order.push((p, e));
            }
        }
        let date_of = |(p, e): &(u32, u32)| self.posts[*p as usize].entries[*e as usize].date;
        self.order.sort_by_key(|at| std::cmp::Reverse(date_of(at)));
    }
}

/// Summarises a post that was read.
pub(crate) fn summarise(
    path: &PostPath,
    revision: Revision,
    encoding: Encoding,
    post: &Post,
) -> PostSummary {
    let date = post_date(path, post);
    let mut entries: Vec<EntrySummary> = Vec::new();
    for day in post.days() {
        for (nth, entry) in day.entries.iter().enumerate() {
            entries.push(summarise_entry(post, entry, day.date.or(date), nth));
        }
    }
    let foreign = converting::diagnostic(path, encoding).into_iter();
    let diagnostics = foreign.chain(post.diagnostics().iter().map(DiagnosticView::from));
    PostSummary {
        path: path.clone(),
        revision: Some(revision),
        read_only: (encoding != Encoding::Utf8).then(|| encoding.name()),
        title: post.title().map_or_else(|| file_stem(path).to_owned(), str::to_owned),
        date,
        entries,
        diagnostics: diagnostics.collect(),
        unreadable: None,
    }
}

fn summarise_entry(post: &Post, entry: &Entry, date: Option<Date>, nth: usize) -> EntrySummary {
    let question = post.part_text(&entry.question).into_owned();
    let base_key = entry_key(date, &question);
    EntrySummary {
        id: base_key.clone(),
        base_key,
        date,
        question,
        categories: entry.categories.clone(),
        topic: entry.topic.clone(),
        state: entry.answer.state,
        model: entry.model_answer.as_ref().map_or(ModelAnswerState::None, |model| model.state),
        number: u32::try_from(nth + 1).unwrap_or(u32::MAX),
    }
}

/// The date of a post: its front matter's, else the one its file name begins with.
pub(crate) fn post_date(path: &PostPath, post: &Post) -> Option<Date> {
    post.date().or_else(|| file_date(path))
}

/// The date a post's file name begins with.
pub(crate) fn file_date(path: &PostPath) -> Option<Date> {
    path.file_name().get(..10)?.parse().ok()
}

/// A file's name without its extension.
pub(crate) fn file_stem(path: &PostPath) -> &str {
    let name = path.file_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
