//! A folder of posts: scan, watch, read, save.
//!
//! The folder is shared with git, Jekyll and other editors, so nothing is believed for long: every
//! text comes with the [`Revision`] it was read at, every save is checked against the disk, and
//! every overwritten version is kept in a local history.
//! Knows nothing of what stands in a post.
//!
//! Invariant: [`Library::save`], [`Library::create`] and [`Library::convert`] are the only ways a post
//! is written, and only the last of them changes the encoding of one.
//! Beside posts, logs in the notebook's hidden folder are appended to, and nothing else.

mod cached;
mod drafts;
mod encoding;
mod error;
mod files;
mod history;
mod library;
mod lock;
mod path;
pub mod places;
mod revision;
mod rules;
mod save;
mod scan;
mod sidecar;
mod stamp;
mod watch;

#[cfg(test)]
mod testing;

pub use cached::Cached;
pub use drafts::{DraftError, DraftFolder, DraftName, KeptDraft};
pub use encoding::{Encoding, NoText};
pub use error::{OpenError, ReadError, SaveError, WatchError, WriteError};
pub use history::{After, Cause, HistoryLimits, Version};
pub use library::{Library, MAX_POST_BYTES, PostText};
pub use path::{PathError, PostPath};
pub use places::Places;
pub use revision::{ParseRevisionError, Revision};
pub use rules::{IncludeError, ScanRules};
pub use scan::{Reason, Scan, Unreadable};
pub use sidecar::{Local, SIDECAR_FOLDER, Sidecar, SidecarError};
pub use stamp::Stamp;
pub use watch::{FileChange, News, Presence, Watch, Watching, WhyPolling};
