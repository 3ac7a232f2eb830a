//! Pasted questions: what is understood of a text, and several questions to add.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What `read_paste` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct PasteRequest {
    /// As pasted.
    pub text: String,
}

/// A question as it was understood, or as it is to be added. Texts are source markdown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PastedEntryView {
    /// The question; empty where only its parts were found.
    pub question: String,
    /// Category.
    pub category: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Hint.
    pub hint: Option<String>,
    /// Model answer; when added, the file's placeholder if none.
    pub model_answer: Option<String>,
}

/// Answer to `read_paste`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct PastedView {
    /// In the order of the text; none if it holds nothing but greetings and the like.
    pub entries: Vec<PastedEntryView>,
}

/// What `add_all` is asked.
#[derive(Debug, Clone, Default, Deserialize, Type)]
pub struct AddAllRequest {
    /// The questions, in the order they are to stand in.
    pub entries: Vec<PastedEntryView>,
    /// The post to add to; the newest with questions if none.
    pub post: Option<String>,
    /// `YYYY-MM-DD`; today if none.
    pub date: Option<String>,
}

/// Answer to `add_all`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct AddedView {
    /// Keys of the new entries, in their order.
    pub entries: Vec<String>,
    /// The post.
    pub path: String,
    /// The post's new revision.
    pub revision: String,
}
