//! Editing parts of an entry, moving and deleting it, adding days and posts.

use std::ops::Range;

use dapanji_library::{Cause, PostPath, SaveError};
use dapanji_post::{DayHeading, EditError, Edits, Post, with_plain_endings};
use jiff::civil::Date;

use crate::changing::{Draft, entry_of};
use crate::dto::{
    AddDayRequest, AddPostRequest, DeleteRequest, EditBase, EditRequest, ModelEdit, MoveRequest,
    SavedView,
};
use crate::entries::parse_date;
use crate::error::{ApiError, Code};
use crate::notebook::{Located, Notebook};
use crate::snapshot::file_date;

/// Names that are tried for a new post before the folder is taken to be at fault.
const MOST_NAMES: u32 = 1000;

impl Notebook {
    /// Replaces parts of an entry, and nothing else. Its key stays, whatever its question becomes.
    ///
    /// # Errors
    /// `Conflict` if one of these parts has changed since `base`; `BreaksStructure` if a text would be
    /// read as other parts; `InvalidRequest` if nothing is given, or no version of the model answer is
    /// for this audience; `NotUtf8`, `ReadOnly`, `WriteFailed`; errors of [`Self::show`]. After an
    /// error the file is as it was.
    pub fn edit(&self, request: &EditRequest) -> Result<SavedView, ApiError> {
        if !asks_anything(request) {
            let message =
                "nothing to change: give a question, category, topic, hint or model answer";
            return Err(ApiError::new(Code::InvalidRequest, message));
        }
        let id = self.resolve(&request.entry)?;
        let saved = self.saving(|| {
            let located = self.locate(&id)?;
            let parts = |(post, nth): (&Post, usize)| parts(post, nth, request);
            let is = parts((&located.post, located.nth));
            let texts = request.based_on.as_ref().map(|base| same_parts(base, &is, request));
            self.check_base(&located, request.base.as_deref(), texts, |was, is| {
                parts(was) == parts(is)
            })?;
            let text = self.edited(&located, request).map_err(|error| located.about(error))?;
            Ok(self.save(&located.summary, Draft { text, ..Draft::default() }))
        })?;
        Ok(self.answer_saved(id, saved))
    }

    pub(crate) fn edited(
        &self,
        located: &Located,
        request: &EditRequest,
    ) -> Result<String, ApiError> {
        let nth = located.nth;
        let mut post = located.post.clone();
        let mut apply = |edit: &dyn Fn(&Post) -> Result<Edits, ApiError>| -> Result<(), ApiError> {
            let text = edit(&post)?.apply(post.text());
            post = self.parse(text);
            Ok(())
        };
        if let Some(ModelEdit { audience, text }) = &request.model_answer {
            apply(&|post| {
                let variant = variant(post, nth, audience.as_deref())?;
                Ok(post.set_model_answer(nth, variant, text)?)
            })?;
        }
        if let Some(hint) = &request.hint {
            apply(&|post| Ok(post.set_hint(nth, hint)?))?;
        }
        if request.category.is_some() || request.topic.is_some() {
            apply(&|post| {
                let entry = entry_of(post, nth).ok_or(EditError::NoEntry)?;
                let category = request.category.as_ref().or(entry.categories.first());
                let topic = request.topic.as_ref().or(entry.topic.as_ref());
                let text = |part: Option<&String>| part.cloned().unwrap_or_default();
                Ok(post.set_category(nth, &text(category), &text(topic))?)
            })?;
        }
        if let Some(question) = &request.question {
            apply(&|post| Ok(post.set_question(nth, question)?))?;
        }
        Ok(post.text().to_owned())
    }

    /// Moves an entry to another day, and to another post if one is given. Its key stays.
    ///
    /// In another post it is put in first and then taken out here, so that a crash in between leaves
    /// it in both.
    ///
    /// # Errors
    /// As [`Self::edit`]; `Conflict` if anything of the entry has changed since `base`.
    pub fn move_entry(&self, request: &MoveRequest) -> Result<SavedView, ApiError> {
        let date = parse_date(&request.date)?;
        let id = self.resolve(&request.entry)?;
        let from = self.locate(&id)?.path;
        let to = match request.post.as_deref() {
            Some(post) => self.post_to_add_to(Some(post), date)?,
            None => from.clone(),
        };
        if to == from {
            let saved = self.saving(|| {
                let located = self.unchanged(&id, request.base.as_deref())?;
                let Located { path, post, summary, nth } = &located;
                let edits = post.move_entry(*nth, date, file_date(path));
                let edits = edits.map_err(|error| located.about(error))?;
                let moves = !edits.splices().is_empty();
                let draft = Draft {
                    text: edits.apply(post.text()),
                    removed: moves.then_some(*nth),
                    moved: moves.then(|| (path.clone(), *nth)),
                    ..Draft::default()
                };
                Ok(self.save(summary, draft))
            })?;
            return Ok(self.answer_saved(id, saved));
        }
        self.move_between(id, &to, date, request.base.as_deref())
    }

    fn move_between(
        &self,
        id: String,
        to: &PostPath,
        date: Date,
        base: Option<&str>,
    ) -> Result<SavedView, ApiError> {
        let located = self.unchanged(&id, base)?;
        let source = located.post.entry_source(located.nth);
        let source = source.map_err(|error| located.about(error))?;
        // Before anything is written: an entry that cannot be taken out here is not put in there.
        without(&located)?;
        let put = self.saving(|| {
            let put =
                self.grow(to, date, |post| post.insert_source(date, file_date(to), &source))?;
            Ok(put.map(|put| put.moving((located.path.clone(), located.nth))))
        })?;
        let taken = self.saving(|| {
            let located = self.locate(&id)?;
            if located.post.entry_source(located.nth)? != source {
                return Err(conflict(&located));
            }
            Ok(self.save(&located.summary, without(&located)?))
        });
        match taken {
            Ok(taken) => {
                let view = SavedView {
                    entry: id,
                    path: to.to_string(),
                    revision: put.revision.to_string(),
                    also: vec![taken.path.to_string()],
                };
                self.take_saved(vec![put, taken]);
                Ok(view)
            }
            Err(error) => {
                // It is in both posts now: that is told, and nothing is lost.
                self.take_saved(vec![put]);
                let message = format!("{error}; the question is in {to} already");
                Err(ApiError { message, ..error })
            }
        }
    }

    /// Deletes an entry. The old version of its post is in the history. A day that had no other
    /// entry keeps its heading.
    ///
    /// # Errors
    /// As [`Self::move_entry`].
    pub fn delete(&self, request: &DeleteRequest) -> Result<SavedView, ApiError> {
        let id = self.resolve(&request.entry)?;
        let saved = self.saving(|| {
            let located = self.unchanged(&id, request.base.as_deref())?;
            let draft = Draft { cause: Cause::Deleted, ..without(&located)? };
            Ok(self.save(&located.summary, draft))
        })?;
        Ok(self.answer_saved(id, saved))
    }

    /// Adds a day without entries, where the order of the post's days puts it.
    ///
    /// # Errors
    /// `InvalidRequest` for a date that is none, or a path that leads out of the folder; `NotUtf8`,
    /// `ReadOnly`, `WriteFailed`.
    pub fn add_day(&self, request: &AddDayRequest) -> Result<SavedView, ApiError> {
        let date = parse_date(&request.date)?;
        let path = self.post_to_add_to(request.post.as_deref(), date)?;
        let saved =
            self.saving(|| self.grow(&path, date, |post| post.add_day(date, file_date(&path))))?;
        Ok(self.answer_saved(String::new(), saved))
    }

    /// Adds a post without entries, beside the newest one and modelled on it.
    ///
    /// # Errors
    /// As [`Self::add_day`].
    pub fn add_post(&self, request: &AddPostRequest) -> Result<SavedView, ApiError> {
        let date = match request.date.as_deref() {
            Some(date) => parse_date(date)?,
            None => self.today(),
        };
        let title = request.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let sibling = self.newest_post();
        let post = sibling.as_ref().map(|path| self.read_known(path)).transpose()?;
        let text = dapanji_post::new_post(post.as_ref().map(|(post, _)| post), date, title);
        let name = sibling.as_ref().map(PostPath::file_name);
        let name = dapanji_post::new_post_name(date, title, name);
        let folder = match &sibling {
            Some(path) => path.as_str().strip_suffix(path.file_name()).unwrap_or_default(),
            None => self.posts_folder(),
        };
        let mut nth = 0;
        let saved = self.saving(|| {
            loop {
                nth += 1;
                let path = numbered(folder, &name, nth)?;
                match self.create(&path, text.clone()) {
                    Err(SaveError::Exists { .. }) if nth < MOST_NAMES => {}
                    saved => return Ok(saved),
                }
            }
        })?;
        Ok(self.answer_saved(String::new(), saved))
    }

    /// An entry of which nothing has changed since `base`.
    fn unchanged(&self, id: &str, base: Option<&str>) -> Result<Located, ApiError> {
        let located = self.locate(id)?;
        self.check_base(&located, base, None, |was, is| {
            source(was).is_some_and(|was| Some(was) == source(is))
        })?;
        Ok(located)
    }
}

fn asks_anything(request: &EditRequest) -> bool {
    let EditRequest { question, category, topic, hint, model_answer, .. } = request;
    [question, category, topic, hint].into_iter().any(Option::is_some) || model_answer.is_some()
}

/// All bytes of an entry but for how its lines end and blank space at its ends: its block, and its
/// answer's where that lies apart.
fn source((post, nth): (&Post, usize)) -> Option<[String; 2]> {
    let entry = entry_of(post, nth)?;
    let text = |span: Range<usize>| {
        let text = post.text().get(span).unwrap_or_default();
        with_plain_endings(text).trim().to_owned()
    };
    Some([text(entry.span.clone()), entry.answer_span.clone().map(text).unwrap_or_default()])
}

/// The text of a post without an entry.
fn without(located: &Located) -> Result<Draft, ApiError> {
    let edits = located.post.delete_entry(located.nth, DayHeading::Keep);
    let edits = edits.map_err(|error| located.about(error))?;
    let text = edits.apply(located.post.text());
    Ok(Draft { text, removed: Some(located.nth), ..Draft::default() })
}

fn conflict(located: &Located) -> ApiError {
    let path = &located.path;
    let message = format!("cannot take the question out of {path}: it has just changed");
    ApiError::new(Code::Conflict, message).at(path)
}

/// The parts of an entry that a request replaces; none stands for those it leaves.
fn parts(post: &Post, nth: usize, request: &EditRequest) -> EditBase {
    let Some(entry) = entry_of(post, nth) else { return EditBase::default() };
    let text = |part| with_plain_endings(&post.part_text(part));
    let model = request.model_answer.as_ref().and_then(|edit| {
        let model = entry.model_answer.as_ref()?;
        match variant(post, nth, edit.audience.as_deref()).ok()? {
            Some(variant) => model.variants.get(variant).map(|variant| text(&variant.body)),
            None => Some(text(&model.body)),
        }
    });
    let categories = request.category.as_ref().and(entry.categories.first());
    EditBase {
        question: request.question.as_ref().map(|_| text(&entry.question)),
        category: categories.cloned(),
        topic: request.topic.as_ref().and(entry.topic.clone()),
        hint: request.hint.as_ref().and(entry.hint.as_ref()).map(text),
        model_answer: model,
    }
}

/// Whether the parts that a request replaces are those it was based on.
fn same_parts(base: &EditBase, is: &EditBase, request: &EditRequest) -> bool {
    let same = |asked: bool, base: &Option<String>, is: &Option<String>| {
        let base = with_plain_endings(base.as_deref().unwrap_or_default());
        !asked || base == is.as_deref().unwrap_or_default()
    };
    same(request.question.is_some(), &base.question, &is.question)
        && same(request.category.is_some(), &base.category, &is.category)
        && same(request.topic.is_some(), &base.topic, &is.topic)
        && same(request.hint.is_some(), &base.hint, &is.hint)
        && same(request.model_answer.is_some(), &base.model_answer, &is.model_answer)
}

/// Which version of the model answer is for an audience: named whole, or by a part that fits one
/// version alone; none for all of the model answer.
fn variant(post: &Post, nth: usize, audience: Option<&str>) -> Result<Option<usize>, ApiError> {
    let Some(wanted) = audience.map(str::trim) else { return Ok(None) };
    let model = entry_of(post, nth).and_then(|entry| entry.model_answer.as_ref());
    let variants = model.map(|model| model.variants.as_slice()).unwrap_or_default();
    let audiences = || variants.iter().map(|variant| variant.audience.as_deref());
    let fitting: Vec<usize> = audiences()
        .enumerate()
        .filter(|(_, audience)| {
            audience.is_some_and(|audience| !wanted.is_empty() && audience.contains(wanted))
        })
        .map(|(at, _)| at)
        .collect();
    let whole = audiences().position(|audience| audience == Some(wanted));
    match (whole, fitting.as_slice()) {
        (Some(whole), _) => Ok(Some(whole)),
        (None, [only]) => Ok(Some(*only)),
        (None, _) => {
            let names: Vec<&str> = audiences().flatten().collect();
            let message = if names.is_empty() {
                format!(
                    "the model answer has no version for `{wanted}`, nor for any other audience"
                )
            } else {
                format!("`{wanted}` names no one version of the model answer: {}", names.join(", "))
            };
            Err(ApiError::new(Code::InvalidRequest, message))
        }
    }
}

/// A path for a new post, with a number before the extension from the second on.
fn numbered(folder: &str, name: &str, nth: u32) -> Result<PostPath, ApiError> {
    let name = match (nth, name.rsplit_once('.')) {
        (2.., Some((stem, extension))) => format!("{stem}-{nth}.{extension}"),
        _ => name.to_owned(),
    };
    PostPath::new(format!("{folder}{name}"))
        .map_err(|error| ApiError::new(Code::InvalidRequest, format!("cannot add a post: {error}")))
}
