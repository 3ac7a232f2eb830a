//! What to do where a text has two versions: git's conflicts in posts, and questions that others
//! took away while they were being answered.

use dapanji_library::{PostPath, Revision};
use dapanji_post::{MergeConflict, Post, Take, with_plain_endings};

use crate::changing::Draft;
use crate::convert::{count, entry_row};
use crate::dto::{LostRequest, LostView, MergeConflictView, SavedView, SettleRequest, TakeView};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

/// How much a question must resemble a lost one to be shown as what it may have become.
const ALIKE: f64 = 0.6;

/// Most questions that are shown as such.
const MOST_CANDIDATES: usize = 5;

impl Notebook {
    /// Puts one version, both or another text in the place of what git left in a post. The old text
    /// of the post is in the history.
    ///
    /// # Errors
    /// `Conflict` if the post has this conflict no more; `InvalidRequest` if a text is asked for and
    /// not given, or given for all; `Unreadable` if there is no such post; `NotUtf8`, `ReadOnly`,
    /// `WriteFailed`.
    pub fn settle(&self, request: &SettleRequest) -> Result<SavedView, ApiError> {
        let take = take(request)?;
        let path = self.post_path(&request.post)?;
        let saved = self.saving(|| {
            let (post, summary) = self.read_known(&path)?;
            let text = settled(&post, request.id.as_deref(), take).ok_or_else(|| {
                let message = format!("cannot settle a conflict in {path}: it is there no more");
                ApiError::new(Code::Conflict, message).at(&path)
            })?;
            Ok(self.save(&summary, Draft { text, ..Draft::default() }))
        })?;
        Ok(self.answer_saved(String::new(), saved))
    }

    /// Tells what may have become of a question that is in no post any more.
    ///
    /// # Errors
    /// None as yet; a front end is ready for some.
    pub fn lost(&self, request: &LostRequest) -> Result<LostView, ApiError> {
        let snapshot = self.read();
        let likeness = |question: &str| {
            let same = question.trim() == request.question.trim();
            if same { 2.0 } else { dapanji_post::resemblance(&request.question, question) }
        };
        let mut alike: Vec<_> = snapshot
            .entries()
            .map(|(post, entry)| (likeness(&entry.question), post, entry))
            .filter(|(likeness, ..)| *likeness >= ALIKE)
            .collect();
        alike.sort_by(|a, b| b.0.total_cmp(&a.0));
        alike.truncate(MOST_CANDIDATES);
        let post = PostPath::new(request.post.as_str()).ok();
        Ok(LostView {
            post: post.is_some_and(|post| snapshot.post(&post).is_some()),
            candidates: alike.iter().map(|(_, post, entry)| entry_row(post, entry)).collect(),
        })
    }
}

fn take(request: &SettleRequest) -> Result<Take<'_>, ApiError> {
    let invalid = |message: &str| Err(ApiError::new(Code::InvalidRequest, message));
    match (request.take, request.text.as_deref()) {
        (TakeView::Ours, _) => Ok(Take::Ours),
        (TakeView::Theirs, _) => Ok(Take::Theirs),
        (TakeView::Both, _) => Ok(Take::Both),
        (TakeView::Text, Some(_)) if request.id.is_none() => {
            invalid("a text settles one conflict: say which")
        }
        (TakeView::Text, Some(text)) => Ok(Take::Text(text)),
        (TakeView::Text, None) => invalid("nothing to put there: give a text"),
    }
}

/// The text of a post with one conflict settled, or all of them.
fn settled(post: &Post, id: Option<&str>, take: Take<'_>) -> Option<String> {
    let named = |conflict: &MergeConflict| id.is_none_or(|id| id == id_of(post, conflict));
    let mut chosen: Vec<usize> =
        (0..post.conflicts().len()).filter(|nth| named(&post.conflicts()[*nth])).collect();
    if id.is_some() {
        // Two that are alike to the last byte: the first one.
        chosen.truncate(1);
    }
    // From the last one on, so that those before it stay where they are.
    let mut text = (!chosen.is_empty()).then(|| post.text().to_owned())?;
    for nth in chosen.into_iter().rev() {
        text = post.settle(nth, take)?.apply(&text);
    }
    Some(text)
}

fn id_of(post: &Post, conflict: &MergeConflict) -> String {
    let text = post.text().get(conflict.span.clone()).unwrap_or_default();
    Revision::of(text.as_bytes()).to_string()
}

/// The wire form of the conflicts at `places` among those of a post.
pub(crate) fn views(
    post: &Post,
    places: impl IntoIterator<Item = usize>,
) -> Vec<MergeConflictView> {
    let conflicts = places.into_iter().filter_map(|nth| post.conflicts().get(nth));
    let text = |span: &std::ops::Range<usize>| {
        with_plain_endings(post.text().get(span.clone()).unwrap_or_default())
    };
    let view = |conflict: &MergeConflict| MergeConflictView {
        id: id_of(post, conflict),
        line: count(post.line_of(conflict.span.start)),
        ours_label: conflict.ours.label.clone(),
        theirs_label: conflict.theirs.label.clone(),
        ours: text(&conflict.ours.text),
        base: conflict.base.as_ref().map(|base| text(&base.text)),
        theirs: text(&conflict.theirs.text),
    };
    conflicts.map(view).collect()
}
