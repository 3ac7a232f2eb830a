//! The index on disk or in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tantivy::directory::{Directory as _, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{Index, IndexReader, ReloadPolicy, Searcher};

use crate::error::SearchError;
use crate::records;
use crate::schema::{self, Fields};
use crate::vocabulary::Kept;
use crate::weights::Weights;
use crate::writer::Writer;

/// The file that says which version of the schema an index has.
const VERSION_FILE: &str = "dapanji-version";

/// An index over the parts of posts.
pub struct SearchIndex {
    index: Index,
    reader: IndexReader,
    fields: Fields,
    /// None in memory.
    folder: Option<PathBuf>,
    /// Words and names of the notes, for queries that need to be understood.
    kept: Kept,
}

impl SearchIndex {
    /// Opens the index in folder `dir`, and creates it if there is none.
    ///
    /// An index of another version or a damaged one gives way to an empty one, which
    /// [`indexed`](Self::indexed) shows: whoever calls adds the posts again.
    pub fn open(dir: &Path) -> Result<Self, SearchError> {
        let at = |source| SearchError::Folder { path: dir.to_owned(), source };
        fs::create_dir_all(dir).map_err(at)?;
        if version_of(dir) == Some(schema::VERSION) {
            match Self::open_existing(dir) {
                Err(SearchError::Damaged { detail }) => {
                    tracing::warn!(%detail, "the index is damaged and is built anew");
                }
                result => return result,
            }
        }
        Self::create(dir)
    }

    /// Creates an empty index in memory.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = schema::build();
        let index =
            Index::builder().schema(schema).tokenizers(schema::tokenizers()).create_in_ram()?;
        Self::over(index, fields, None)
    }

    /// Returns the posts in the index with the revision each was indexed at.
    pub fn indexed(&self) -> Result<BTreeMap<String, String>, SearchError> {
        self.guarded(|searcher| {
            Ok(records::read(&searcher, self.fields)?
                .into_iter()
                .map(|record| (record.path, record.revision))
                .collect())
        })
    }

    /// Returns the writer. There is one at a time over all processes.
    ///
    /// Keep it as long as posts may change: merging goes on in the background while it lives.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        Writer::new(&self.index, self.reader.clone(), self.fields)
    }

    /// Returns how rare words are in what is indexed now.
    pub fn term_weights(&self) -> Weights {
        Weights::new(self.reader.searcher(), self.fields)
    }

    /// Takes over what another process has committed.
    pub fn reload(&self) -> Result<(), SearchError> {
        Ok(self.reader.reload()?)
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    pub(crate) fn fields(&self) -> Fields {
        self.fields
    }

    fn open_existing(dir: &Path) -> Result<Self, SearchError> {
        let (expected, fields) = schema::build();
        let mut index = quietly(|| Ok(Index::open_in_dir(dir)?))?;
        if index.schema() != expected {
            return Err(SearchError::Damaged { detail: "the schema is another".to_owned() });
        }
        index.set_tokenizers(schema::tokenizers());
        quietly(|| Self::over(index, fields, Some(dir.to_owned())))
    }

    /// Creates an empty index in `dir` in place of whatever is there.
    fn create(dir: &Path) -> Result<Self, SearchError> {
        let at = |source| SearchError::Folder { path: dir.to_owned(), source };
        let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
        let lock =
            directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(tantivy::TantivyError::from)?;
        clear(dir).map_err(at)?;
        let (schema, fields) = schema::build();
        let index =
            Index::builder().schema(schema).tokenizers(schema::tokenizers()).create_in_dir(dir)?;
        let opened = Self::over(index, fields, Some(dir.to_owned()))?;
        // Last, so that an index is not taken for a good one unless it is complete.
        write_version(dir).map_err(at)?;
        drop(lock);
        Ok(opened)
    }

    fn over(index: Index, fields: Fields, folder: Option<PathBuf>) -> Result<Self, SearchError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, reader, fields, folder, kept: Kept::default() })
    }

    /// Runs `read` over the current state. Damage met on the way, which Tantivy may answer with a
    /// panic, makes the next [`open`](Self::open) start anew.
    pub(crate) fn guarded<T>(
        &self,
        read: impl FnOnce(Searcher) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let result = quietly(|| read(self.reader.searcher()));
        if let (Err(SearchError::Damaged { .. }), Some(folder)) = (&result, &self.folder)
            && let Err(error) = fs::remove_file(folder.join(VERSION_FILE))
        {
            tracing::warn!(%error, "cannot mark the index as damaged");
        }
        result
    }
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Runs `work` and turns a panic into [`SearchError::Damaged`].
fn quietly<T>(work: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let detail = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("the search engine gave up");
        Err(SearchError::Damaged { detail: detail.to_owned() })
    })
}

fn version_of(dir: &Path) -> Option<u32> {
    fs::read_to_string(dir.join(VERSION_FILE)).ok()?.trim().parse().ok()
}

fn write_version(dir: &Path) -> io::Result<()> {
    let mut file = File::create(dir.join(VERSION_FILE))?;
    writeln!(file, "{}", schema::VERSION)?;
    file.sync_all()
}

/// Removes the files of an index, its version first.
fn clear(dir: &Path) -> io::Result<()> {
    match fs::remove_file(dir.join(VERSION_FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        // The lock is held; removing its file would let a second writer in.
        if entry.file_type()?.is_file() && !entry.file_name().to_string_lossy().ends_with(".lock") {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
