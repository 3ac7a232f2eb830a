//! Changing what stands in a post beside answers: parts of an entry, its place, days and posts.
//!
//! `base` is the revision of the post that the request was made against; without it nothing is
//! checked. A post that has changed since is no conflict as long as what the request is about is
//! as it was at `base`.

use serde::Deserialize;
use specta::Type;

/// What `edit` is asked: parts that are given are replaced, others stay.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct EditRequest {
    /// The entry's key.
    pub entry: String,
    /// Revision of the post the parts were read at.
    pub base: Option<String>,
    /// The new question.
    pub question: Option<String>,
    /// The new category; an empty one removes it.
    pub category: Option<String>,
    /// The new topic; an empty one removes it.
    pub topic: Option<String>,
    /// The new hint, source markdown; an empty one removes it.
    pub hint: Option<String>,
    /// The new model answer.
    pub model_answer: Option<ModelEdit>,
    /// The parts as they were at `base`. Only needed to tell a change by other programs elsewhere in
    /// the post from one of these parts.
    #[serde(default)]
    #[specta(optional)]
    pub based_on: Option<EditBase>,
}

/// A new text for a model answer.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct ModelEdit {
    /// Whose variant is replaced; none for all of it.
    pub audience: Option<String>,
    /// Source markdown, without quote prefixes.
    pub text: String,
}

/// What an entry's parts were when an edit of them began. What is not there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
pub struct EditBase {
    /// The question.
    pub question: Option<String>,
    /// The first category.
    pub category: Option<String>,
    /// The topic.
    pub topic: Option<String>,
    /// The hint.
    pub hint: Option<String>,
    /// The model answer, or the variant that is edited.
    pub model_answer: Option<String>,
}

/// What `move` is asked: to take an entry to another day, and to another post if one is given.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct MoveRequest {
    /// The entry's key.
    pub entry: String,
    /// The day to move to, `YYYY-MM-DD`.
    pub date: String,
    /// The post to move to; the one it is in if none.
    pub post: Option<String>,
    /// Revision of the post the entry was read at.
    pub base: Option<String>,
}

/// What `delete` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct DeleteRequest {
    /// The entry's key.
    pub entry: String,
    /// Revision of the post the entry was read at.
    pub base: Option<String>,
}

/// What `add_day` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct AddDayRequest {
    /// The post to add to; the newest with questions if none.
    pub post: Option<String>,
    /// `YYYY-MM-DD`.
    pub date: String,
}

/// What `add_post` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct AddPostRequest {
    /// The title; the newest post's own way of naming if none.
    pub title: Option<String>,
    /// `YYYY-MM-DD`; today if none.
    pub date: Option<String>,
}

/// What `convert` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct ConvertRequest {
    /// The post.
    pub path: String,
    /// Revision the post was seen at; unchecked if none.
    pub base: Option<String>,
}
