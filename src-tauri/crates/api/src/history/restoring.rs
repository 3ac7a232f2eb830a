//! Puts older versions back, by the ordinary way of saving: what they replace is in the history.

use dapanji_library::{Cause, PostPath, SaveError};
use dapanji_post::{DayHeading, EditError, Edits, NewEntry, Post};
use jiff::civil::Date;

use super::past::{Log, Past, PastEntry};
use super::texts::{PARTS, Texts};
use super::{Found, unknown_version};
use crate::changing::{Draft, Saved, entry_of};
use crate::dto::{PartName, RestoreRequest, SaveAnswerRequest, SavedView};
use crate::error::{ApiError, Code};
use crate::notebook::{Located, Notebook};
use crate::snapshot::file_date;

impl Notebook {
    /// Puts a version back: an entry's parts, or the one that is asked for; an entry that is gone, at
    /// its day; a post's whole text, or the post itself if it is gone.
    ///
    /// # Errors
    /// `InvalidRequest` if nothing is called so, or the part cannot be put back alone; `Conflict` if
    /// the entry or post has changed since `base`; `BreaksStructure`, `NotUtf8`, `ReadOnly`,
    /// `WriteFailed`. After an error the file is as it was.
    pub fn restore(&self, request: &RestoreRequest) -> Result<SavedView, ApiError> {
        let log = Log::open(self)?;
        let found = self.find_version(&log, &request.id)?;
        let base = request.base.as_deref();
        match &found.entry {
            Some(id) if self.summary_of(id).is_some() => {
                self.put_parts_back(&found, id, base, request.part)
            }
            Some(id) => {
                let nth = found.past.find(id).ok_or_else(|| unknown_version(&request.id))?;
                match request.part {
                    None | Some(PartName::Entry) => self.put_entry_back(&found, nth),
                    Some(_) => Err(no_such_part()),
                }
            }
            None => match request.part {
                None | Some(PartName::Entry) => self.put_post_back(&found, base),
                Some(_) => Err(no_such_part()),
            },
        }
    }

    fn put_parts_back(
        &self,
        found: &Found,
        id: &str,
        base: Option<&str>,
        part: Option<PartName>,
    ) -> Result<SavedView, ApiError> {
        let then = found.past.find(id).ok_or_else(|| unknown_version(id))?;
        let saved = self.saving(|| {
            let located = self.locate(id)?;
            let texts = |(post, nth): (&Post, usize)| Texts::at(post, nth);
            self.check_base(&located, base, None, |was, is| texts(was) == texts(is))?;
            let text = match part {
                None | Some(PartName::Entry) => self.with_entry(&located, &found.past, then),
                Some(part) => self.with_part(&located, &found.past, then, part),
            };
            let text = text.map_err(|error| located.about(error))?;
            Ok(self
                .save(&located.summary, Draft { text, cause: Cause::Restored, ..Draft::default() }))
        })?;
        Ok(self.answer_saved(id.to_owned(), saved))
    }

    /// The text of a post with an entry as it was: its source, or, where it cannot be put in there,
    /// its parts.
    fn with_entry(&self, located: &Located, past: &Past, then: usize) -> Result<String, ApiError> {
        let Located { post, nth, .. } = located;
        let whole = past.post.entry_source(then);
        if let Ok(edits) = whole.and_then(|source| post.replace_entry(*nth, &source)) {
            return Ok(edits.apply(post.text()));
        }
        let parts = PARTS.into_iter().filter(|part| *part != PartName::Section);
        let post = self.with_parts(post, *nth, &past.post, then, parts)?;
        let same = Texts::at(&post, *nth) == Texts::at(&past.post, then);
        if same { Ok(post.text().to_owned()) } else { Err(EditError::NotReadBack.into()) }
    }

    /// The text of a post with one part of an entry as it was.
    fn with_part(
        &self,
        located: &Located,
        past: &Past,
        then: usize,
        part: PartName,
    ) -> Result<String, ApiError> {
        let Located { post, nth, .. } = located;
        if part != PartName::Section {
            let post = self.with_parts(post, *nth, &past.post, then, [part].into_iter())?;
            return Ok(post.text().to_owned());
        }
        // The entry as it was, and then all other parts as they are now.
        let source = past.post.entry_source(then)?;
        let whole = self.parse(post.replace_entry(*nth, &source)?.apply(post.text()));
        let others = PARTS.into_iter().filter(|part| *part != PartName::Section);
        let whole = self.with_parts(&whole, *nth, post, *nth, others)?;
        let (is, was) = (Texts::at(&whole, *nth), Texts::at(post, *nth));
        let kept = |(is, was): (&Texts, &Texts)| {
            is.differing(was).iter().all(|part| *part == PartName::Section)
        };
        if is.as_ref().zip(was.as_ref()).is_some_and(kept) {
            Ok(whole.text().to_owned())
        } else {
            Err(EditError::NotReadBack.into())
        }
    }

    /// A post with parts of an entry as they are in another text.
    fn with_parts(
        &self,
        post: &Post,
        nth: usize,
        from: &Post,
        from_nth: usize,
        parts: impl Iterator<Item = PartName>,
    ) -> Result<Post, ApiError> {
        let other = entry_of(from, from_nth).ok_or(EditError::NoEntry)?;
        let texts = Texts::of(from, other);
        let mut post = post.clone();
        for part in parts {
            if Texts::at(&post, nth).is_some_and(|is| is.get(part) == texts.get(part)) {
                continue;
            }
            let text = texts.get(part);
            let edits = match part {
                PartName::Question => post.set_question(nth, text),
                PartName::Category => {
                    let category = other.categories.first().map(String::as_str);
                    let topic = other.topic.as_deref();
                    post.set_category(nth, category.unwrap_or_default(), topic.unwrap_or_default())
                }
                PartName::Hint => post.set_hint(nth, text),
                PartName::Answer => post.set_answer(nth, text),
                PartName::ModelAnswer => post.set_model_answer(nth, None, text),
                PartName::Section | PartName::Entry => return Err(no_such_part()),
            };
            post = self.parse(edits?.apply(post.text()));
        }
        Ok(post)
    }

    /// Puts an entry that is gone back: where it stood, if nothing else has changed since; else at
    /// the end of its day.
    fn put_entry_back(&self, found: &Found, nth: usize) -> Result<SavedView, ApiError> {
        let entry = found.past.entries.get(nth).ok_or(EditError::NoEntry)?;
        let date = entry.date.unwrap_or_else(|| self.today());
        let path = self.home_of(&found.version.path, date);
        if let Ok(source) = found.past.post.entry_source(nth) {
            let saved = self.saving(|| self.put_source_back(found, nth, &path, date, &source))?;
            return Ok(self.addition_saved(saved));
        }
        self.add_again(&found.past, entry, nth, &path, date)
    }

    fn put_source_back(
        &self,
        found: &Found,
        nth: usize,
        path: &PostPath,
        date: Date,
        source: &str,
    ) -> Result<Result<Saved, SaveError>, ApiError> {
        let put = |post: &Post| post.insert_source(date, file_date(path), source);
        if !path.under(self.library.root()).exists() {
            let old = &found.past.post;
            let front = old.front_matter().and_then(|front| old.text().get(..front.span.end));
            let post = self.parse(format!("{}\n", front.unwrap_or_default()));
            let text = put(&post)?.apply(post.text());
            return Ok(self.create(path, text));
        }
        let (post, summary) = self.read_known(path)?;
        let cause = Cause::Restored;
        if *path == found.version.path && is_without(&found.past.post, nth, &post) {
            let text = found.past.post.text().to_owned();
            return Ok(self.save(&summary, Draft { text, cause, ..Draft::default() }));
        }
        let draft = Draft { cause, ..Draft::of(&post, &put(&post)?) };
        Ok(self.save(&summary, draft))
    }

    /// Adds an entry that cannot be put in as it stood, such as one whose answer lay apart from it.
    fn add_again(
        &self,
        past: &Past,
        entry: &PastEntry,
        nth: usize,
        path: &PostPath,
        date: Date,
    ) -> Result<SavedView, ApiError> {
        let old = entry_of(&past.post, nth).ok_or(EditError::NoEntry)?;
        let text =
            |part: PartName| Some(entry.texts.get(part).to_owned()).filter(|text| !text.is_empty());
        let new = NewEntry {
            question: entry.texts.question.clone(),
            category: old.categories.first().cloned(),
            topic: old.topic.clone(),
            hint: text(PartName::Hint),
            model_answer: text(PartName::ModelAnswer),
        };
        let saved = self
            .saving(|| self.grow(path, date, |post| post.add_entry(date, file_date(path), &new)))?;
        let added = self.addition_saved(saved);
        match text(PartName::Answer) {
            Some(text) => self.answer(&SaveAnswerRequest {
                entry: added.entry,
                text,
                base: Some(added.revision),
                base_answer: None,
            }),
            None => Ok(added),
        }
    }

    /// The post an entry goes back to: its own, else the one that has its day, else its own anew.
    fn home_of(&self, own: &PostPath, date: Date) -> PostPath {
        let snapshot = self.read();
        if snapshot.post(own).is_some() {
            return own.clone();
        }
        let mut same_day = snapshot.entries().filter(|(_, entry)| entry.date == Some(date));
        same_day.next().map_or_else(|| own.clone(), |(post, _)| post.path.clone())
    }

    fn put_post_back(&self, found: &Found, base: Option<&str>) -> Result<SavedView, ApiError> {
        let path = &found.version.path;
        let revision = match self.library.read(path) {
            Ok(now) => {
                if base.is_some_and(|base| base != now.revision.to_string()) {
                    let message =
                        format!("cannot put {path} back: it has changed since it was looked at");
                    return Err(ApiError::new(Code::Conflict, message).at(path));
                }
                let text = found.past.post.text();
                self.library.save_for(path, text, &now.revision, Cause::Restored)?
            }
            Err(dapanji_library::ReadError::Missing { .. }) => {
                self.library.put_back(path, &found.version.revision)?
            }
            Err(error) => return Err(error.into()),
        };
        self.saved(path);
        let (path, revision) = (path.to_string(), revision.to_string());
        Ok(SavedView { path, revision, ..SavedView::default() })
    }
}

/// Whether a post is what an older text becomes if an entry is taken out of it.
fn is_without(old: &Post, nth: usize, now: &Post) -> bool {
    [DayHeading::Keep, DayHeading::Drop].into_iter().any(|heading| {
        let taken: Result<Edits, EditError> = old.delete_entry(nth, heading);
        taken.is_ok_and(|edits| edits.apply(old.text()) == now.text())
    })
}

fn no_such_part() -> ApiError {
    ApiError::new(Code::InvalidRequest, "that part cannot be put back alone")
}
