//! Pictures in the folder, shown beside posts and added to them.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What `add_picture` is asked.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct AddPictureRequest {
    /// The post it is for, relative to the folder.
    pub post: String,
    /// Its bytes, in base64.
    pub data: String,
}

/// Answer to `add_picture`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PictureAdded {
    /// The new file, relative to the folder.
    pub path: String,
    /// Its address for a link in the post, in the style of the pictures the post has already.
    pub link: String,
}
