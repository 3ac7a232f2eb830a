//! What can go wrong, for each kind of request.
//!
//! Messages say what was attempted; the cause is the error's source.

use std::io;
use std::path::PathBuf;

use crate::encoding::{Encoding, NoText};
use crate::library::MAX_POST_BYTES;
use crate::path::PostPath;
use crate::revision::Revision;

/// Tells why a folder or post could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Nothing is there.
    #[error("cannot open {}: there is no such folder or file", path.display())]
    Missing {
        /// As it was given.
        path: PathBuf,
    },
    /// Neither a folder nor a regular file with a post's extension.
    #[error("cannot open {}: it is neither a folder nor a markdown file", path.display())]
    NotAFolderOrPost {
        /// As it was given.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot open {}", path.display())]
    Unreadable {
        /// As it was given.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Tells why a post could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are no text in an encoding that is recognised.
    #[error("cannot read {path}: {reason}")]
    NoText {
        /// The post.
        path: PostPath,
        /// Why not.
        reason: NoText,
    },
    /// Larger than [`MAX_POST_BYTES`].
    #[error("cannot read {path}: {bytes} bytes are more than {MAX_POST_BYTES}")]
    TooLarge {
        /// The post.
        path: PostPath,
        /// Its size in bytes.
        bytes: u64,
    },
    /// The whole folder is gone: deleted, renamed, or on a drive that was taken out.
    #[error("cannot read {path}: the folder {} is gone", root.display())]
    FolderGone {
        /// The post.
        path: PostPath,
        /// The library's root.
        root: PathBuf,
    },
    /// There is no such file.
    #[error("cannot read {path}: there is no such file")]
    Missing {
        /// The post.
        path: PostPath,
    },
    /// The system refused, or it is no regular file.
    #[error("cannot read {path}")]
    Io {
        /// The post.
        path: PostPath,
        /// What the system said.
        source: io::Error,
    },
    /// A symbolic link leads out of the folder, or the library is a single other post.
    #[error("cannot read {path}: it leads out of the folder")]
    Outside {
        /// The post.
        path: PostPath,
    },
}

/// Tells why a post could not be saved. The file on disk is whole and as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The file changed since it was read.
    #[error("cannot save {path}: it has changed on disk to revision {disk}")]
    Conflict {
        /// The post.
        path: PostPath,
        /// What is on disk now.
        disk: Revision,
    },
    /// There is no such file any more; its text can be written anew with `create`.
    #[error("cannot save {path}: the file or its folder is gone")]
    Missing {
        /// The post.
        path: PostPath,
    },
    /// The whole folder is gone: deleted, renamed, or on a drive that was taken out.
    #[error("cannot save {path}: the folder {} is gone", root.display())]
    FolderGone {
        /// The post.
        path: PostPath,
        /// The library's root.
        root: PathBuf,
    },
    /// There is a file of that name already.
    #[error("cannot create {path}: it exists already")]
    Exists {
        /// The post.
        path: PostPath,
    },
    /// The file is marked as not to be written.
    #[error("cannot save {path}: the file is read-only")]
    ReadOnly {
        /// The post.
        path: PostPath,
    },
    /// Nothing may be written in the folder of the file, so it can't be replaced whole.
    #[error("cannot save {path}: the folder {} is read-only", folder.display())]
    ReadOnlyFolder {
        /// The post.
        path: PostPath,
        /// The folder, links resolved.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not UTF-8, and only [`Library::convert`](crate::Library::convert) may change that.
    #[error("cannot save {path}: it is in {encoding}, and a post is only saved in UTF-8")]
    NotUtf8 {
        /// The post.
        path: PostPath,
        /// What it is in.
        encoding: Encoding,
    },
    /// The file's bytes are no text in an encoding that is recognised.
    #[error("cannot save {path}: {reason}")]
    NoText {
        /// The post.
        path: PostPath,
        /// Why not.
        reason: NoText,
    },
    /// Larger than [`MAX_POST_BYTES`], so that it could not be read again.
    #[error("cannot save {path}: {bytes} bytes are more than {MAX_POST_BYTES}")]
    TooLarge {
        /// The post.
        path: PostPath,
        /// Size of the new text, in bytes.
        bytes: u64,
    },
    /// A symbolic link leads out of the folder, or the library is a single other post.
    #[error("cannot save {path}: it leads out of the folder")]
    Outside {
        /// The post.
        path: PostPath,
    },
    /// A new post would not be seen: hidden, or in a folder that a scan leaves out.
    #[error("cannot create {path}: posts are not looked for there")]
    LeftOut {
        /// The post.
        path: PostPath,
    },
    /// The old version or a lock could not be kept outside the folder.
    #[error("cannot save {path}: cannot write {}", place.display())]
    Place {
        /// The post.
        path: PostPath,
        /// What could not be written.
        place: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file that is to be replaced cannot be read.
    #[error("cannot save {path}: cannot read what is there")]
    Unreadable {
        /// The post.
        path: PostPath,
        /// What the system said.
        source: io::Error,
    },
    /// The system refused.
    #[error("cannot save {path}")]
    Io {
        /// The post.
        path: PostPath,
        /// What the system said.
        source: io::Error,
    },
}

/// Tells why an exported file could not be written. A file that was there is as it was.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
pub struct WriteError {
    /// As it was given.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Tells why a library could not be watched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// The folder is gone.
    #[error("cannot watch {}: the folder is gone", root.display())]
    Missing {
        /// The library's root.
        root: PathBuf,
    },
    /// The system gave no thread.
    #[error("cannot watch {}", root.display())]
    Start {
        /// The library's root.
        root: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}
