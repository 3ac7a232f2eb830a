//! Texts that are being written and are in no post yet.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a draft is a new text of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum DraftPart {
    /// The question of an entry.
    Question,
    /// Its categories on the first line, its topic on the second.
    Category,
    /// Its hint.
    Hint,
    /// Its answer.
    Answer,
    /// Its model answer, or the version of it for the draft's audience.
    ModelAnswer,
    /// A whole post, as a text; there is no entry then, and `path` names the post.
    Source,
    /// Questions that are yet to be added, in the words of the front end that keeps it.
    NewEntry,
}

/// What `keep_draft` is asked: to keep a text as it stands.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct DraftRequest {
    /// The entry's key; none where the entry is yet to be added.
    pub entry: Option<String>,
    /// What the text is of.
    pub part: DraftPart,
    /// Whose version of the model answer.
    #[serde(default)]
    #[specta(optional)]
    pub audience: Option<String>,
    /// The text, source markdown.
    pub text: String,
    /// What the post said when the writing began.
    pub base: String,
    /// Revision of the post then.
    pub revision: Option<String>,
    /// Key of the draft this text goes on from, which then is not needed any more.
    #[serde(default)]
    #[specta(optional)]
    pub replaces: Option<String>,
    /// The entry's question, in case the entry is gone by now.
    #[serde(default)]
    #[specta(optional)]
    pub question: Option<String>,
    /// Its post, in that case, and of a draft of a whole post.
    #[serde(default)]
    #[specta(optional)]
    pub path: Option<String>,
    /// Its day, `YYYY-MM-DD`, in that case.
    #[serde(default)]
    #[specta(optional)]
    pub date: Option<String>,
}

/// Answer to `keep_draft`: the text is on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DraftKept {
    /// Names the draft.
    pub key: String,
}

/// How a draft and the post stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DraftStateView {
    /// The post still says what the text was written against.
    Unsaved,
    /// The post says something else by now: see `now`.
    MovedOn,
    /// The entry, or the part of it, is in no post any more.
    Gone,
    /// The post says just this. Such drafts are dropped and never listed.
    Same,
}

/// A text that is in no post.
#[derive(Debug, Clone, Serialize, Type)]
pub struct DraftView {
    /// The entry's key; none where there is no such entry, or not yet.
    pub entry: Option<String>,
    /// The entry's key when the text was kept, by which the history finds it where it is gone.
    pub kept_for: Option<String>,
    /// Names the draft.
    pub key: String,
    /// What the text is of.
    pub part: DraftPart,
    /// Whose version of the model answer.
    pub audience: Option<String>,
    /// The text, source markdown.
    pub text: String,
    /// What the post said when the writing began.
    pub base: String,
    /// What the post says now, if the part is there.
    pub now: Option<String>,
    /// The entry's question; the last one known if the entry is gone.
    pub question: String,
    /// The entry's post; the last one known if the entry is gone.
    pub path: String,
    /// The entry's day, `YYYY-MM-DD`; the last one known if the entry is gone.
    pub date: Option<String>,
    /// When the text was kept, RFC 3339 in UTC.
    pub at: String,
    /// How it and the post stand to each other.
    pub state: DraftStateView,
}
