//! What can go wrong, as a front end sees it: a code to branch on, and a message to show or log.

use std::{fmt, io};

use dapanji_export::ExportError;
use dapanji_library::{OpenError, ReadError, SaveError, WatchError, WriteError};
use dapanji_post::{Breaks, EditError};
use dapanji_search::SearchError;
use serde::Serialize;
use specta::Type;

use crate::converting;

/// What kind of failure it was. Only what some front end branches on has a code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The folder or post to open does not exist.
    FolderMissing,
    /// It exists and cannot be read.
    FolderUnreadable,
    /// It is neither a folder nor a markdown file.
    NotAPost,
    /// A post cannot be read.
    Unreadable,
    /// A post is not UTF-8: it is shown, and not written before it is converted.
    NotUtf8,
    /// A post is larger than this program reads.
    TooLarge,
    /// No entry has this key.
    UnknownEntry,
    /// More than one entry's key begins like this.
    AmbiguousEntry,
    /// The post changed since the text was based on it.
    Conflict,
    /// Git left a conflict in the entry, or the post, and one side has to be chosen first.
    ConflictMarkers,
    /// The text would be read as other parts than the one it replaces.
    BreaksStructure,
    /// The file cannot be written because of its permissions.
    ReadOnly,
    /// Nothing can be written in the file's folder because of its permissions.
    ReadOnlyFolder,
    /// The disk takes no writing at all.
    ReadOnlyDisk,
    /// The disk is full, or the user's share of it.
    DiskFull,
    /// The program's own data folder cannot be written.
    PlaceUnusable,
    /// The post is in no file any more.
    PostGone,
    /// The whole opened folder is gone.
    FolderGone,
    /// A file cannot be written.
    WriteFailed,
    /// A `dapanji://` link is written wrong, or is about a folder that was never opened here.
    LinkRefused,
    /// The request makes no sense, such as a date that is none.
    InvalidRequest,
    /// The selection holds no entry.
    NothingSelected,
    /// The user cancelled.
    Cancelled,
    /// Anything else; the message says what.
    Internal,
}

/// What in a text makes it break the structure of its post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Breaking {
    /// A heading that would end the part.
    Heading,
    /// A rule or `<br>` at the end, which parts entries.
    Separator,
    /// A code fence that is never closed.
    OpenFence,
    /// A tag or comment that is never closed.
    OpenTag,
    /// A quote that would be read as model answer, hint or category.
    Quote,
    /// An attribute list.
    Attributes,
    /// `[…]` alone on a line, which begins the version for another audience.
    Audience,
    /// Lines like git's conflict markers, which hide the text between them.
    ConflictMarkers,
    /// Anything else that is read as another part, such as a label.
    Other,
}

/// A failed request.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ApiError {
    /// What kind of failure.
    pub code: Code,
    /// What was attempted and why it failed, in English, for logs and terminals.
    pub message: String,
    /// The file it is about, relative to the folder where it is a post.
    pub path: Option<String>,
    /// Line it is about, from 1: of the text sent, or of the file.
    pub line: Option<u32>,
    /// With `breaks_structure`: what stands on that line.
    #[specta(optional)]
    pub breaking: Option<Breaking>,
}

impl ApiError {
    /// Makes an error that is about no file.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: None, line: None, breaking: None }
    }

    pub(crate) fn at(mut self, path: impl fmt::Display) -> Self {
        self.path = Some(path.to_string());
        self
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ApiError {}

/// The message of an error and of its causes.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        message.push_str(": ");
        message.push_str(&cause.to_string());
        source = cause.source();
    }
    message
}

impl From<OpenError> for ApiError {
    fn from(error: OpenError) -> Self {
        let (code, path) = match &error {
            OpenError::Missing { path } => (Code::FolderMissing, path),
            OpenError::NotAFolderOrPost { path } => (Code::NotAPost, path),
            OpenError::Unreadable { path, .. } => (Code::FolderUnreadable, path),
            _ => return Self::new(Code::Internal, chain(&error)),
        };
        let path = path.display().to_string();
        Self::new(code, chain(&error)).at(path)
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        let (code, path) = match &error {
            ReadError::TooLarge { path, .. } => (Code::TooLarge, path),
            ReadError::Missing { path } => (Code::PostGone, path),
            ReadError::FolderGone { root, .. } => {
                return Self::new(Code::FolderGone, chain(&error)).at(root.display());
            }
            ReadError::NoText { path, .. }
            | ReadError::Io { path, .. }
            | ReadError::Outside { path } => (Code::Unreadable, path),
            _ => return Self::new(Code::Internal, chain(&error)),
        };
        let path = path.to_string();
        Self::new(code, chain(&error)).at(path)
    }
}

impl From<SaveError> for ApiError {
    fn from(error: SaveError) -> Self {
        let (code, about) = match &error {
            SaveError::Conflict { path, .. } => (Code::Conflict, path.to_string()),
            SaveError::NotUtf8 { path, .. } => (Code::NotUtf8, path.to_string()),
            SaveError::NoText { path, .. } | SaveError::Unreadable { path, .. } => {
                (Code::Unreadable, path.to_string())
            }
            SaveError::ReadOnly { path } => (Code::ReadOnly, path.to_string()),
            SaveError::ReadOnlyFolder { folder, .. } => {
                (Code::ReadOnlyFolder, folder.display().to_string())
            }
            SaveError::Missing { path } => (Code::PostGone, path.to_string()),
            SaveError::FolderGone { root, .. } => (Code::FolderGone, root.display().to_string()),
            SaveError::Exists { path }
            | SaveError::TooLarge { path, .. }
            | SaveError::Outside { path }
            | SaveError::LeftOut { path } => (Code::WriteFailed, path.to_string()),
            SaveError::Place { place, source, .. } => {
                (of_disk(source).unwrap_or(Code::PlaceUnusable), place.display().to_string())
            }
            SaveError::Io { path, source } => {
                (of_disk(source).unwrap_or(Code::WriteFailed), path.to_string())
            }
            _ => return Self::new(Code::Internal, chain(&error)),
        };
        let mut message = chain(&error);
        if code == Code::NotUtf8 {
            message = format!("{message}; {}", converting::way_out(&about));
        }
        Self::new(code, message).at(about)
    }
}

/// What is wrong with the disk, if it is that.
fn of_disk(error: &io::Error) -> Option<Code> {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Code::DiskFull),
        io::ErrorKind::ReadOnlyFilesystem => Some(Code::ReadOnlyDisk),
        _ => None,
    }
}

impl From<WriteError> for ApiError {
    fn from(error: WriteError) -> Self {
        let code = of_disk(&error.source).unwrap_or(Code::WriteFailed);
        Self::new(code, chain(&error)).at(error.path.display())
    }
}

impl From<WatchError> for ApiError {
    fn from(error: WatchError) -> Self {
        Self::new(Code::Internal, chain(&error))
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        Self::new(Code::Internal, chain(&error))
    }
}

impl From<ExportError> for ApiError {
    fn from(error: ExportError) -> Self {
        let code =
            if matches!(error, ExportError::Cancelled) { Code::Cancelled } else { Code::Internal };
        Self::new(code, chain(&error))
    }
}

impl From<EditError> for ApiError {
    fn from(error: EditError) -> Self {
        let message = error.to_string();
        match error {
            EditError::NoEntry => Self::new(Code::UnknownEntry, message),
            EditError::EmptyQuestion
            | EditError::NotReadBack
            | EditError::HoldsOthers
            | EditError::NoVariant
            | EditError::NoPlace
            | EditError::CommaInCategory => Self::new(Code::InvalidRequest, message),
            EditError::ConflictMarkers { line } => {
                Self { line: u32::try_from(line).ok(), ..Self::new(Code::ConflictMarkers, message) }
            }
            EditError::BreaksStructure { line, reason } => Self {
                line: u32::try_from(line).ok(),
                breaking: Some(reason.into()),
                ..Self::new(Code::BreaksStructure, message)
            },
        }
    }
}

impl From<Breaks> for Breaking {
    fn from(reason: Breaks) -> Self {
        match reason {
            Breaks::Heading => Self::Heading,
            Breaks::Separator => Self::Separator,
            Breaks::OpenFence => Self::OpenFence,
            Breaks::OpenTag => Self::OpenTag,
            Breaks::Quote => Self::Quote,
            Breaks::Attributes => Self::Attributes,
            Breaks::Audience => Self::Audience,
            Breaks::ConflictMarkers => Self::ConflictMarkers,
            Breaks::Other => Self::Other,
        }
    }
}
