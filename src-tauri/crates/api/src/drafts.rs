//! Texts that are being written: kept as they stand, and set beside what the posts say by now.
//!
//! A draft is called by the file it is kept in and belongs to an entry by the entry's key, so that it
//! follows the entry through rewordings and moves (ADR 0001). Where the entry is gone it still says
//! which one it was.

use dapanji_library::{DraftError, DraftName, KeptDraft};
use dapanji_post::with_plain_endings;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::convert::{date_text, moment_text};
use crate::dto::{
    DraftKept, DraftPart, DraftRequest, DraftStateView, DraftView, EntryView, ModelStateView,
};
use crate::error::{ApiError, Code, chain};
use crate::notebook::Notebook;

/// The content of a draft's file. Fields are only added; what lacks one that is needed is no draft.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    entry: Option<String>,
    part: DraftPart,
    audience: Option<String>,
    text: String,
    base: String,
    revision: Option<String>,
    /// In UTC, to the millisecond.
    at: String,
    question: String,
    path: String,
    date: Option<String>,
}

/// What an entry says of the part a draft is of.
struct Present {
    view: EntryView,
    path: String,
    text: Option<String>,
}

impl Notebook {
    /// Keeps a text outside the folder, in the place of the one kept of the same part before, and
    /// returns when it is on the disk. The post is not touched.
    ///
    /// # Errors
    /// `WriteFailed`; then what was kept before still is. `InvalidRequest` if `replaces` names no
    /// draft.
    pub fn keep_draft(&self, request: &DraftRequest) -> Result<DraftKept, ApiError> {
        let replaces = request.replaces.as_deref().map(named).transpose()?;
        let stored = self.stored(request);
        let post = Some(stored.path.as_str()).filter(|_| stored.part == DraftPart::Source);
        let subject = [
            post.or(stored.entry.as_deref()).unwrap_or_default(),
            &format!("{:?}", stored.part),
            stored.audience.as_deref().unwrap_or_default(),
        ];
        // Texts and numbers alone cannot fail to be written.
        let bytes = serde_json::to_vec(&stored).unwrap_or_default();
        let name = self.drafts.keep(&subject.join("\0"), &bytes)?;
        if let Some(replaced) = replaces.filter(|replaced| *replaced != name) {
            self.drafts.drop_draft(&replaced)?;
        }
        Ok(DraftKept { key: name.as_str().to_owned() })
    }

    /// Forgets a draft, by its key. One that is gone already is no error.
    ///
    /// # Errors
    /// `WriteFailed`; `InvalidRequest` if no draft can have this key.
    pub fn drop_draft(&self, key: &str) -> Result<(), ApiError> {
        Ok(self.drafts.drop_draft(&named(key)?)?)
    }

    /// Gives the drafts of this notebook away to the one that opens the folder next, however long this
    /// one lives on.
    pub fn leave_drafts(&self) {
        self.drafts.leave();
    }

    /// Lists the texts that are in no post, the newest first: those kept by this process and by those
    /// that have ended. A text that its post has by now is dropped instead.
    ///
    /// # Errors
    /// `Unreadable` if the place of drafts cannot be read. A draft that cannot be is passed over.
    pub fn drafts(&self) -> Result<Vec<DraftView>, ApiError> {
        let kept = self
            .drafts
            .list()
            .map_err(|error| ApiError { code: Code::Unreadable, ..ApiError::from(error) })?;
        let mut views = Vec::new();
        for draft in &kept {
            let Some(view) = self.draft_view(draft) else { continue };
            if view.state != DraftStateView::Same {
                views.push(view);
            // Not what may have been typed on since it was read.
            } else if let Err(error) = self.drafts.drop_read(draft) {
                tracing::warn!(%error, "a draft that is saved is left over");
            }
        }
        views.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.key.cmp(&b.key)));
        Ok(views)
    }

    fn stored(&self, request: &DraftRequest) -> Stored {
        let given = request.entry.as_deref();
        let mut stored = Stored {
            entry: given.map(str::to_owned),
            part: request.part,
            audience: request.audience.clone(),
            text: request.text.clone(),
            base: request.base.clone(),
            revision: request.revision.clone(),
            at: moment_text(Timestamp::now()),
            question: request.question.clone().unwrap_or_default(),
            path: request.path.clone().unwrap_or_default(),
            date: request.date.clone(),
        };
        let snapshot = self.read();
        let found = given.and_then(|entry| snapshot.entry(snapshot.id_of(entry)?));
        if let Some((post, entry)) = found {
            stored.entry = Some(entry.id.clone());
            stored.question.clone_from(&entry.question);
            stored.path = post.path.to_string();
            stored.date = date_text(entry.date);
        }
        stored
    }

    fn draft_view(&self, draft: &KeptDraft) -> Option<DraftView> {
        let stored: Stored = serde_json::from_slice(&draft.bytes)
            .inspect_err(|error| {
                tracing::warn!(%error, draft = draft.name.as_str(), "this is no draft");
            })
            .ok()?;
        let mut view = DraftView {
            entry: None,
            kept_for: stored.entry,
            key: draft.name.as_str().to_owned(),
            part: stored.part,
            audience: stored.audience,
            text: stored.text,
            base: stored.base,
            now: None,
            question: stored.question,
            path: stored.path,
            date: stored.date,
            at: stored.at,
            state: DraftStateView::Gone,
        };
        if view.part == DraftPart::Source {
            self.beside_source(&mut view);
            return Some(view);
        }
        let Some(key) = view.kept_for.clone() else {
            view.state = DraftStateView::Unsaved;
            return Some(view);
        };
        if let Some(present) = self.present(&key, view.part, view.audience.as_deref()) {
            view.state = match &present.text {
                None => DraftStateView::Gone,
                Some(now) if same(now, &view.text) => DraftStateView::Same,
                Some(now) if same(now, &view.base) => DraftStateView::Unsaved,
                Some(_) => DraftStateView::MovedOn,
            };
            view.entry = Some(present.view.id);
            view.now = present.text;
            view.question = present.view.question;
            view.date = present.view.date;
            view.path = present.path;
        }
        Some(view)
    }

    /// Sets a text of a whole post beside what the post says now. Here blank space counts.
    fn beside_source(&self, view: &mut DraftView) {
        let Ok(source) = self.source(&view.path) else { return };
        view.state = if source.text == view.text {
            DraftStateView::Same
        } else if source.text == view.base {
            DraftStateView::Unsaved
        } else {
            DraftStateView::MovedOn
        };
        view.now = Some(source.text);
        view.question = source.title;
        view.date = source.date;
    }

    /// What the posts say of an entry's part; none if the entry is in no post, or not to be read.
    fn present(&self, key: &str, part: DraftPart, audience: Option<&str>) -> Option<Present> {
        let id = self.read().id_of(key)?.to_owned();
        let view = self.show(&id).ok()?;
        let path = self.summary_of(&id)?.0.path.to_string();
        let text = part_of(&view, part, audience);
        Some(Present { view, path, text })
    }
}

fn part_of(view: &EntryView, part: DraftPart, audience: Option<&str>) -> Option<String> {
    match part {
        DraftPart::Question => Some(view.question.clone()),
        DraftPart::Category => {
            let topic = view.topic.as_deref().unwrap_or_default();
            Some(format!("{}\n{topic}", view.categories.join(", ")))
        }
        DraftPart::Hint => Some(view.hint.clone().unwrap_or_default()),
        DraftPart::Answer => Some(view.answer.text.clone()),
        DraftPart::ModelAnswer => {
            let model = &view.model_answer;
            let variant = model.variants.iter().find(|one| one.audience.as_deref() == audience);
            match variant {
                // What only keeps the place is no text of anybody's.
                Some(_) if model.state != ModelStateView::Written => Some(String::new()),
                Some(variant) => Some(variant.text.clone()),
                None if audience.is_none() && model.variants.is_empty() => Some(String::new()),
                None => None,
            }
        }
        DraftPart::Source | DraftPart::NewEntry => None,
    }
}

/// Whether two texts differ in nothing but line ends and blank space around them.
fn same(a: &str, b: &str) -> bool {
    let plain = |text: &str| with_plain_endings(text).trim().to_owned();
    plain(a) == plain(b)
}

fn named(key: &str) -> Result<DraftName, ApiError> {
    let error = || ApiError::new(Code::InvalidRequest, format!("no draft is called `{key}`"));
    DraftName::parse(key).ok_or_else(error)
}

impl From<DraftError> for ApiError {
    fn from(error: DraftError) -> Self {
        Self::new(Code::WriteFailed, chain(&error)).at(error.file.display())
    }
}
