//! Conflicts that git has left in a post, and questions that are in no post any more.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::entry::EntryRow;

/// A place where git left two versions with its markers around them.
///
/// Until one is chosen the post is read with the first one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MergeConflictView {
    /// Names this conflict as long as it is as it is.
    pub id: String,
    /// Line of its first marker, from 1.
    pub line: u32,
    /// What git calls the first version, such as `HEAD`; may be empty.
    pub ours_label: String,
    /// What git calls the second version, such as a branch; may be empty.
    pub theirs_label: String,
    /// The first version, whole lines as they stand in the file.
    pub ours: String,
    /// What both come from, where git was told to write it down.
    pub base: Option<String>,
    /// The second version.
    pub theirs: String,
}

/// What is to stand where git left two versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TakeView {
    /// The first version.
    Ours,
    /// The second version.
    Theirs,
    /// The first version, then the second one.
    Both,
    /// The text of the request.
    Text,
}

/// What `settle` is asked: to put one text in the place of two versions and git's markers.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SettleRequest {
    /// The post, relative to the folder.
    pub post: String,
    /// Which of its conflicts; none for all of them, which are not settled with a text.
    pub id: Option<String>,
    /// What to put there.
    pub take: TakeView,
    /// With `text`: whole lines.
    pub text: Option<String>,
}

/// What `lost` is asked: where a question is that has the key it had no more.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct LostRequest {
    /// The question.
    pub question: String,
    /// The post it was in.
    pub post: String,
}

/// Answer to `lost`.
#[derive(Debug, Clone, Serialize, Type)]
pub struct LostView {
    /// Whether the post it was in is still there.
    pub post: bool,
    /// Questions it may have become, the likeliest first.
    pub candidates: Vec<EntryRow>,
}
