//! What can go wrong.

use std::io;
use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::LockError;

/// Why the index cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process or another [`Writer`](crate::Writer) writes to the index. Reading works.
    #[error("the index is being written by someone else")]
    Locked,
    /// The index is broken. The next [`SearchIndex::open`](crate::SearchIndex::open) begins an
    /// empty one.
    #[error("the index is damaged: {detail}")]
    Damaged {
        /// What was met.
        detail: String,
    },
    /// The folder of the index cannot be used.
    #[error("cannot use the index folder {path}", path = path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The search engine failed otherwise.
    #[error("the index failed")]
    Engine(#[source] TantivyError),
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Locked,
            TantivyError::DataCorruption(_)
            | TantivyError::OpenReadError(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::SchemaError(_)
            | TantivyError::DeserializeError(_) => Self::Damaged { detail: error.to_string() },
            other => Self::Engine(other),
        }
    }
}
