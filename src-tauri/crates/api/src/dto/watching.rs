//! How changes by others are heard of.

use serde::Serialize;
use specta::Type;

/// How changes by others are heard of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WatchingView {
    /// In which way.
    pub mode: WatchingMode,
    /// Why it is not the system that tells of them; none for events.
    pub reason: Option<WatchingReason>,
    /// The system's name of the file system that tells of no changes, `nfs4` say.
    pub file_system: Option<String>,
    /// Seconds from one look at the files to the next, where they are looked at.
    pub every_seconds: Option<u32>,
    /// The command by which the user can raise the system's limit, where that is the reason.
    pub remedy: Option<String>,
}

/// Ways to hear of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WatchingMode {
    /// The system tells of each at once.
    Events,
    /// Files are looked at again and again.
    Polling,
    /// Not at all.
    None,
}

/// Why the system does not tell of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WatchingReason {
    /// A network file system, or the like.
    FileSystem,
    /// The system's limit of watched folders is reached.
    Limit,
    /// Changes came to light that no event had told of.
    Silent,
    /// The system refused.
    Refused,
}

impl WatchingView {
    /// Changes are not heard of.
    pub fn none() -> Self {
        Self {
            mode: WatchingMode::None,
            reason: None,
            file_system: None,
            every_seconds: None,
            remedy: None,
        }
    }
}
