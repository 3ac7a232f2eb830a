//! What is known of a folder's posts without reading them again: no texts, only what lists show.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::SystemTime;

use dapanji_library::{Encoding, PostPath, Revision, Stamp};
use dapanji_post::{AnswerState, Day, Entry, ModelAnswerState, Post, Vocabulary, entry_key};
use jiff::civil::Date;

use crate::converting;
use crate::dto::DiagnosticView;
use crate::keys::{Alias, Aliases, Known, Prints};

/// An entry without its texts.
#[derive(Debug, Clone)]
pub(crate) struct EntrySummary {
    /// The key its date and question give, shared by entries that ask the same on the same day.
    pub(crate) base_key: String,
    /// Which of the entries with this base key it is, from 1, in the order of paths and files.
    pub(crate) slot: u32,
    /// The key that names this entry alone, and did before it was reworded (ADR 0001).
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

impl EntrySummary {
    /// The key its date, question and place among twins give.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        numbered(&self.base_key, self.slot)
    }
}

fn numbered(base_key: &str, nth: u32) -> Cow<'_, str> {
    if nth <= 1 { Cow::Borrowed(base_key) } else { Cow::Owned(format!("{base_key}-{nth}")) }
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
    /// Days of which there is no more than a dated heading.
    pub(crate) bare_days: Vec<Date>,
    pub(crate) diagnostics: Vec<DiagnosticView>,
    pub(crate) unreadable: Option<String>,
    /// Prints of the entries' texts, until they are noted for the next start; none where what was
    /// noted still holds.
    pub(crate) prints: Option<Vec<Prints>>,
    /// None where it was not read.
    pub(crate) reading: Option<Reading>,
}

/// How a summary was made, for the start that takes it over.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The words it was read by.
    pub(crate) words: Arc<Vocabulary>,
    /// What its file is known by; none as long as a write could leave it as it is.
    pub(crate) stamp: Option<Stamp>,
    /// Whether the cache has the summary with this stamp.
    pub(crate) kept: bool,
}

impl PostSummary {
    /// A post that is not there yet.
    pub(crate) fn empty(path: PostPath) -> Self {
        Self {
            title: file_stem(&path).to_owned(),
            path,
            revision: None,
            read_only: None,
            date: None,
            entries: Vec::new(),
            bare_days: Vec::new(),
            diagnostics: Vec::new(),
            unreadable: None,
            prints: None,
            reading: None,
        }
    }

    /// Notes the stamp of the file it was read from, some time after `looked`.
    pub(crate) fn stamped(mut self, stamp: Stamp, looked: SystemTime) -> Self {
        if let Some(reading) = &mut self.reading {
            reading.stamp = stamp.is_settled(looked).then_some(stamp);
        }
        self
    }

    /// The entries with names that depend on this post alone, so that an index of it stays right
    /// whatever becomes of other posts and of the log of renames.
    pub(crate) fn names_in_post(&self) -> impl Iterator<Item = (&EntrySummary, Cow<'_, str>)> {
        let mut twins: HashMap<&str, u32> = HashMap::new();
        self.entries.iter().map(move |entry| {
            let twin = twins.entry(&entry.base_key).or_default();
            *twin += 1;
            (entry, numbered(&entry.base_key, *twin))
        })
    }
}

/// All posts of a folder.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    /// Invariant: ascending by path.
    posts: Vec<PostSummary>,
    /// Entries as post and entry index: newest day first, inside a day by path and file order.
    order: Vec<(u32, u32)>,
    by_id: HashMap<String, (u32, u32)>,
    aliases: Aliases,
    /// How often posts or ids have changed.
    changes: u64,
}

impl Snapshot {
    pub(crate) fn new(posts: Vec<PostSummary>, aliases: Aliases) -> Self {
        let mut snapshot = Self { posts, aliases, ..Self::default() };
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

    pub(crate) fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// A number that is another one after every change of posts or ids.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// How the posts that could be read were read.
    pub(crate) fn readings(&mut self) -> impl Iterator<Item = (&PostPath, Revision, &mut Reading)> {
        self.posts
            .iter_mut()
            .filter_map(|post| Some((&post.path, post.revision?, post.reading.as_mut()?)))
    }

    pub(crate) fn set_aliases(&mut self, aliases: Aliases) {
        self.aliases = aliases;
        self.arrange();
    }

    /// Takes the prints of posts that were read since the last call, with the posts' records for the
    /// next start.
    pub(crate) fn take_records(&mut self) -> String {
        let mut records = String::new();
        for post in &mut self.posts {
            if let Some(prints) = post.prints.take().filter(|_| post.revision.is_some()) {
                records.push_str(&Known::record(post, &prints));
            }
        }
        records
    }

    /// The id that is meant by a key an entry has or had, if there is such an entry.
    pub(crate) fn id_of<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        let id = |key: &str| self.by_id.get_key_value(key).map(|(id, _)| id.as_str());
        id(key).or_else(|| id(&self.aliases.get(key)?.id))
    }

    /// The id of the entry that is indexed by this name of its post.
    pub(crate) fn id_of_indexed(&self, path: &str, name: String) -> String {
        let post = PostPath::new(path).ok().and_then(|path| self.post(&path));
        let id = post.and_then(|post| {
            let mut names = post.names_in_post();
            names.find(|(_, other)| *other == name).map(|(entry, _)| entry.id.clone())
        });
        // The post has changed since: the entry may be found under this name elsewhere.
        id.or_else(|| self.id_of(&name).map(str::to_owned)).unwrap_or(name)
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

    /// The ids of entries with a key that begins with `prefix`, or whose part after the date does: the
    /// key they have first, else one they had. Two at the most.
    pub(crate) fn ids_with_prefix(&self, prefix: &str) -> Vec<&str> {
        let begins = |id: &&str| {
            id.starts_with(prefix)
                || id.split_once('-').is_some_and(|(_, rest)| rest.starts_with(prefix))
        };
        let ids = self.entries().map(|(_, entry)| entry.id.as_str());
        let ids: Vec<&str> = ids.filter(begins).take(2).collect();
        if !ids.is_empty() {
            return ids;
        }
        let former = self.aliases.ids_with_prefix(prefix);
        former.into_iter().filter_map(|id| self.id_of(id)).take(2).collect()
    }

    fn at(&self, (post, entry): (u32, u32)) -> Option<(&PostSummary, &EntrySummary)> {
        let post = self.posts.get(post as usize)?;
        Some((post, post.entries.get(entry as usize)?))
    }

    fn arrange(&mut self) {
        self.changes += 1;
        self.posts.sort_by(|a, b| a.path.cmp(&b.path));
        self.by_id.clear();
        self.order.clear();
        let ids = self.ids();
        let mut ids = ids.into_iter();
        for (p, post) in self.posts.iter_mut().enumerate() {
            for (e, entry) in post.entries.iter_mut().enumerate() {
                let (Some((slot, id)), Ok(p), Ok(e)) =
                    (ids.next(), u32::try_from(p), u32::try_from(e))
                else {
                    continue;
                };
                entry.slot = slot;
                self.by_id.insert(id.clone(), (p, e));
                entry.id = id;
                self.order.push((p, e));
            }
        }
        let date_of = |(p, e): &(u32, u32)| self.posts[*p as usize].entries[*e as usize].date;
        self.order.sort_by_key(|at| std::cmp::Reverse(date_of(at)));
    }

    /// Decides on the slot and id of every entry, in the order of posts and files.
    ///
    /// Entries that ask the same on the same day are told apart by their order; nothing else in the
    /// folder could. Then ids are given out, each to one entry: first to those the log names, of two
    /// that claim one id the one named last; then names to those who have them, numbered anew among
    /// twins that are left; then to those a guess names, as a name that is there proves it wrong.
    fn ids(&self) -> Vec<(u32, String)> {
        let entries: Vec<&EntrySummary> =
            self.posts.iter().flat_map(|post| &post.entries).collect();
        let mut twins: HashMap<&str, u32> = HashMap::with_capacity(entries.len());
        let slots: Vec<u32> = entries
            .iter()
            .map(|entry| {
                let slot = twins.entry(&entry.base_key).or_default();
                *slot += 1;
                *slot
            })
            .collect();
        let named =
            entries.iter().zip(&slots).map(|(entry, slot)| numbered(&entry.base_key, *slot));
        if self.aliases.is_empty() {
            let named = named.map(Cow::into_owned);
            return slots.iter().copied().zip(named).collect();
        }
        let claims: Vec<Option<&Alias>> = named.map(|name| self.aliases.get(&name)).collect();
        let mut ids: Vec<Option<String>> = vec![None; entries.len()];
        let mut taken: HashSet<String> = HashSet::with_capacity(entries.len());
        let by_claim = |guessed: bool, ids: &mut [Option<String>], taken: &mut HashSet<String>| {
            let fitting = claims.iter().enumerate();
            let mut fitting: Vec<(&Alias, usize)> = fitting
                .filter_map(|(at, claim)| claim.filter(|c| c.guessed == guessed).map(|c| (c, at)))
                .collect();
            fitting.sort_by_key(|(claim, _)| std::cmp::Reverse(claim.rank));
            for (claim, at) in fitting {
                if taken.insert(claim.id.clone()) {
                    ids[at] = Some(claim.id.clone());
                }
            }
        };
        let mut next: HashMap<&str, u32> = HashMap::new();
        let mut by_name = |at: usize, ids: &mut [Option<String>], taken: &mut HashSet<String>| {
            let base_key = &entries[at].base_key;
            let next = next.entry(base_key).or_default();
            while ids[at].is_none() {
                *next += 1;
                let name = numbered(base_key, *next).into_owned();
                if taken.insert(name.clone()) {
                    ids[at] = Some(name);
                }
            }
        };
        by_claim(false, &mut ids, &mut taken);
        for (at, claim) in claims.iter().enumerate() {
            if claim.is_none_or(|claim| !claim.guessed) {
                by_name(at, &mut ids, &mut taken);
            }
        }
        by_claim(true, &mut ids, &mut taken);
        (0..entries.len()).for_each(|at| by_name(at, &mut ids, &mut taken));
        slots.into_iter().zip(ids.into_iter().map(Option::unwrap_or_default)).collect()
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
        bare_days: bare_days(post),
        diagnostics: diagnostics.collect(),
        unreadable: None,
        prints: None,
        reading: Some(Reading { words: Arc::clone(post.vocabulary()), stamp: None, kept: false }),
    }
}

/// Days with neither question nor text: a day of a diary is read as a section and is none of these.
fn bare_days(post: &Post) -> Vec<Date> {
    let has_text = |day: &Day| {
        let first = post.sections().partition_point(|s| s.heading.start < day.span.start);
        post.sections().get(first).is_some_and(|s| s.heading.start < day.span.end)
    };
    let bare = post.days().iter().filter(|day| day.entries.is_empty() && !has_text(day));
    bare.filter_map(|day| day.date).collect()
}

fn summarise_entry(post: &Post, entry: &Entry, date: Option<Date>, nth: usize) -> EntrySummary {
    let question = post.part_text(&entry.question).into_owned();
    let base_key = entry_key(date, &question);
    EntrySummary {
        id: String::new(),
        slot: 1,
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
