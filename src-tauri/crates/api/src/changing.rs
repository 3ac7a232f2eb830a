//! How every change of a post is made: read, changed, saved on what was read, taken over.

use dapanji_library::{Cause, Encoding, PostPath, Revision, SaveError};
use dapanji_post::{Edits, Entry, Post};

use crate::dto::SavedView;
use crate::error::{ApiError, Code};
use crate::keys::{self, Written};
use crate::notebook::{Located, Notebook};
use crate::snapshot::{PostSummary, post_date, summarise};

/// How often a save is tried again when the file changes between reading and writing it. Two other
/// programs that save the same post without a pause win most of the races.
const SAVE_ATTEMPTS: usize = 50;

/// A new text for a post, and what the change does to its entries.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    /// The entry that is taken out, from zero in the text before.
    pub(crate) removed: Option<usize>,
    /// Where an entry that is put in stood before, if it is no new one.
    pub(crate) moved: Option<(PostPath, usize)>,
    /// What the history says replaced the text before.
    pub(crate) cause: Cause,
}

/// A post that was saved and is not yet taken over.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) path: PostPath,
    pub(crate) revision: Revision,
    written: Written,
}

impl Draft {
    /// A text in which every entry keeps its place, or new ones come in.
    pub(crate) fn of(post: &Post, edits: &Edits) -> Self {
        Self { text: edits.apply(post.text()), ..Self::default() }
    }
}

impl Saved {
    /// Says where the entry that this post has gained stood before.
    pub(crate) fn moving(mut self, from: (PostPath, usize)) -> Self {
        if let Some(origin) = self.written.origins.iter_mut().find(|origin| origin.is_none()) {
            *origin = Some(from);
        }
        self
    }
}

impl Notebook {
    /// Makes a change, and makes it again on the new text where somebody has written the file
    /// between reading and saving it: whether that matters is for `attempt` to say.
    pub(crate) fn saving<T>(
        &self,
        mut attempt: impl FnMut() -> Result<Result<T, SaveError>, ApiError>,
    ) -> Result<T, ApiError> {
        let mut attempts = 0;
        loop {
            match attempt()? {
                Ok(saved) => return Ok(saved),
                Err(SaveError::Conflict { .. } | SaveError::Exists { .. })
                    if attempts < SAVE_ATTEMPTS =>
                {
                    attempts += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Saves a draft made of a post as `base` summarises it.
    pub(crate) fn save(&self, base: &PostSummary, draft: Draft) -> Result<Saved, SaveError> {
        let path = base.path.clone();
        let Some(revision) = &base.revision else { return Err(SaveError::Missing { path }) };
        let revision = self.library.save_for(&path, &draft.text, revision, draft.cause)?;
        Ok(self.written(path, revision, base, draft))
    }

    /// Saves a new post.
    pub(crate) fn create(&self, path: &PostPath, text: String) -> Result<Saved, SaveError> {
        let revision = self.library.create(path, &text)?;
        let nothing = PostSummary::empty(path.clone());
        let draft = Draft { text, ..Draft::default() };
        Ok(self.written(path.clone(), revision, &nothing, draft))
    }

    fn written(
        &self,
        path: PostPath,
        revision: Revision,
        base: &PostSummary,
        draft: Draft,
    ) -> Saved {
        let post = self.parse(draft.text);
        let mut summary = summarise(&path, revision, Encoding::Utf8, &post);
        summary.prints = Some(keys::prints(&post));
        let names = |post: &'_ PostSummary| -> Vec<String> {
            post.entries.iter().map(|entry| entry.base_key.clone()).collect()
        };
        let (before, after) = (names(base), names(&summary));
        let origins = keys::origins(&before, &after, draft.removed)
            .into_iter()
            .map(|origin| match origin {
                Some(nth) => Some((path.clone(), nth)),
                None => draft.moved.clone(),
            })
            .collect();
        Saved { path, revision, written: Written { summary, origins } }
    }

    /// Takes over what was saved. Returns the ids of entries that are new.
    pub(crate) fn take_saved(&self, saved: Vec<Saved>) -> Vec<String> {
        let new: Vec<(PostPath, usize)> = saved
            .iter()
            .flat_map(|saved| {
                let origins = saved.written.origins.iter().enumerate();
                let new = origins.filter(|(_, origin)| origin.is_none());
                new.map(|(nth, _)| (saved.path.clone(), nth))
            })
            .collect();
        self.take_own(saved.into_iter().map(|saved| saved.written).collect());
        self.index_changes();
        let snapshot = self.read();
        let id = |(path, nth): (PostPath, usize)| {
            Some(snapshot.post(&path)?.entries.get(nth)?.id.clone())
        };
        new.into_iter().filter_map(id).collect()
    }

    /// Takes over the one post that was saved, for an entry that keeps its id.
    pub(crate) fn answer_saved(&self, entry: String, saved: Saved) -> SavedView {
        let (path, revision) = (saved.path.to_string(), saved.revision.to_string());
        self.take_saved(vec![saved]);
        SavedView { entry, path, revision, also: Vec::new() }
    }

    /// Takes over the one post that was saved, for the entry it has gained.
    pub(crate) fn addition_saved(&self, saved: Saved) -> SavedView {
        let (path, revision) = (saved.path.to_string(), saved.revision.to_string());
        let entry = self.take_saved(vec![saved]).into_iter().next().unwrap_or_default();
        SavedView { entry, path, revision, also: Vec::new() }
    }

    /// Tells whether what a request is about is still as it was when the request was made.
    ///
    /// `base` is the revision the post had then. If that is another one now, `texts` decides: whether
    /// the texts the request gives are still there. Where it gives none, the entry is compared with
    /// the one at `base` by `same`, as long as the history has that version: so what the app itself
    /// saved elsewhere in the post meanwhile is no conflict.
    ///
    /// # Errors
    /// `Conflict`.
    pub(crate) fn check_base(
        &self,
        located: &Located,
        base: Option<&str>,
        texts: Option<bool>,
        same: impl Fn((&Post, usize), (&Post, usize)) -> bool,
    ) -> Result<(), ApiError> {
        let revision = base.and_then(|base| base.parse::<Revision>().ok());
        let unchanged = match (base, texts) {
            (Some(_), _) if revision.is_some() && revision == located.summary.revision => true,
            (_, Some(still_there)) => still_there,
            (None, None) => true,
            (Some(_), None) => revision
                .and_then(|revision| self.entry_at(&revision, located))
                .is_some_and(|(post, nth)| same((&post, nth), (&located.post, located.nth))),
        };
        if unchanged {
            return Ok(());
        }
        let path = &located.path;
        let message = format!("cannot save {path}: it has changed since the text was based on it");
        Err(ApiError::new(Code::Conflict, message).at(path))
    }

    /// An entry as it was in an older version of its post, if that is in the history.
    fn entry_at(&self, revision: &Revision, located: &Located) -> Option<(Post, usize)> {
        let text = String::from_utf8(self.library.version(revision).ok()?).ok()?;
        let post = self.parse(text);
        let is = located.summary.entries.get(located.nth)?;
        let snapshot = self.read();
        let date = post_date(&located.path, &post);
        let mut same: Vec<usize> = Vec::new();
        for (nth, (day, entry)) in post.entries().enumerate() {
            let question = post.part_text(&entry.question);
            let key = dapanji_post::entry_key(day.date.or(date), &question);
            let id = snapshot.aliases().get(&key).map_or(key.as_str(), |alias| &alias.id);
            if key == is.base_key || id == is.id {
                same.push(nth);
            }
        }
        let before = located.summary.entries.iter().take(located.nth);
        let twin = before.filter(|entry| entry.base_key == is.base_key).count();
        let nth = *same.get(twin)?;
        drop(snapshot);
        Some((post, nth))
    }
}

/// The entry at `nth`, from zero in the order of the file.
pub(crate) fn entry_of(post: &Post, nth: usize) -> Option<&Entry> {
    post.entries().nth(nth).map(|(_, entry)| entry)
}
