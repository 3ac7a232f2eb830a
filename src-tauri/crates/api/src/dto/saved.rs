//! Answering and adding: what is asked, and what every change of a post is answered with.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What `answer` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct SaveAnswerRequest {
    /// The entry's key.
    pub entry: String,
    /// The new text, source markdown.
    pub text: String,
    /// Revision of the post the text was written against; unchecked if none.
    pub base: Option<String>,
    /// The answer the text was written against. With it, a post that changed elsewhere is no
    /// conflict as long as this answer did not.
    pub base_answer: Option<String>,
}

/// What `add` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct AddRequest {
    /// The question.
    pub question: String,
    /// The post to add to; the newest with questions if none.
    pub post: Option<String>,
    /// `YYYY-MM-DD`; today if none.
    pub date: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Hint.
    pub hint: Option<String>,
    /// Model answer; the file's placeholder if none.
    pub model_answer: Option<String>,
}

/// Answer to everything that writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct SavedView {
    /// The entry's key; empty where no entry is meant, as for a new day.
    pub entry: String,
    /// The post.
    pub path: String,
    /// The post's new revision.
    pub revision: String,
    /// Other posts that changed with it, such as the one an entry was moved out of.
    #[specta(optional)]
    pub also: Vec<String>,
}
