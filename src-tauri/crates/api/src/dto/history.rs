//! The history: versions of posts and entries that something else took the place of.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::DraftPart;

/// What `history` is asked: of an entry, of a post, or, with neither, of the whole folder.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct HistoryRequest {
    /// The entry's key, also one that is in no post any more: then only versions in which its own
    /// text differs from the version after it.
    pub entry: Option<String>,
    /// The post, relative to the folder, also one that is gone.
    pub post: Option<String>,
    /// Only questions and posts that are not in the folder any more, each once, as they were last.
    #[serde(default)]
    #[specta(optional)]
    pub deleted: bool,
    /// Most versions wanted.
    pub limit: u32,
}

/// Answer to `history`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct HistoryView {
    /// Newest first.
    pub versions: Vec<VersionView>,
}

/// What replaced a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CauseView {
    /// An edit made here.
    Saved,
    /// Another program, which may also have removed the post.
    Outside,
    /// A deletion made here.
    Deleted,
    /// An older version that was put back.
    Restored,
    /// The conversion to UTF-8.
    Converted,
    /// What the post said when the user dropped this text, which never was in the post.
    Aside,
}

/// The parts of an entry that can differ.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// The question.
    Question,
    /// Category and topic.
    Category,
    /// The hint.
    Hint,
    /// The user's own answer.
    Answer,
    /// The model answer, for all audiences.
    ModelAnswer,
    /// Any other headed part; of a post, what stands outside its entries.
    Section,
    /// All of it: the entry, or the post where no entry is meant. As a part that differs it says that
    /// what came after has no such entry or post.
    Entry,
}

/// A version of an entry, or of a post, that was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct VersionView {
    /// Names this version, and the entry in it if one is meant. Opaque; stays the same.
    pub id: String,
    /// When it was replaced: RFC 3339, UTC.
    pub at: String,
    /// What replaced it.
    pub cause: CauseView,
    /// The post it was in, relative to the folder.
    pub path: String,
    /// The entry's key; none where the post as a whole is meant.
    pub entry: Option<String>,
    /// The entry's question then; of a post, its title.
    pub question: Option<String>,
    /// What differs from the version after it.
    pub parts: Vec<PartName>,
    /// Characters of the answer then; of a post, of its text.
    pub chars: u32,
    /// How what differs begins, on one line.
    pub excerpt: String,
}

/// What `version` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct VersionRequest {
    /// As [`VersionView::id`], or an unambiguous beginning of it.
    pub id: String,
}

/// Answer to `version`: the version beside what there is now.
#[derive(Debug, Clone, Serialize, Type)]
pub struct VersionDetail {
    /// The version.
    pub version: VersionView,
    /// Whether the entry, or the post, is in the folder now.
    pub exists: bool,
    /// Revision of the post now, to restore on; none where there is no such post.
    pub revision: Option<String>,
    /// The parts that differ from now, in the order of an entry; none if all is as it was. Where the
    /// post as a whole is meant, or a part cannot be told, one named `entry` with all of the source.
    pub parts: Vec<PartDiff>,
}

/// One part then and now.
#[derive(Debug, Clone, Serialize, Type)]
pub struct PartDiff {
    /// Which.
    pub part: PartName,
    /// Source markdown then; empty if there was none.
    pub then: String,
    /// Source markdown now; empty if there is none.
    pub now: String,
    /// Both, word by word. The spans that are not `added` make up `then`, those that are not
    /// `removed` make up `now`.
    pub spans: Vec<DiffSpanView>,
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DiffSpanView {
    /// Whether it is in both, was then, or is now.
    pub kind: DiffKindView,
    /// The words.
    pub text: String,
}

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DiffKindView {
    /// In both.
    Same,
    /// Then and not now.
    Removed,
    /// Now and not then.
    Added,
}

/// What `keep_aside` is asked: to keep a text that the user drops.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct AsideRequest {
    /// The entry's key; of a whole post its path.
    pub entry: String,
    /// What the text is of. There is no post yet for one of a new entry.
    pub part: DraftPart,
    /// Whose version of the model answer.
    #[serde(default)]
    #[specta(optional)]
    pub audience: Option<String>,
    /// The text, as in a draft.
    pub text: String,
}

/// What `restore` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct RestoreRequest {
    /// As [`VersionView::id`], or an unambiguous beginning of it.
    pub id: String,
    /// Revision of the post now, as it was seen; unchecked if none.
    pub base: Option<String>,
    /// The one part to put back; all if none.
    pub part: Option<PartName>,
}
