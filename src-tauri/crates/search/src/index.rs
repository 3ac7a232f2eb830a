//! The index on disk or in memory.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::Searcher;

use crate::error::SearchError;
use crate::generation::Generation;
use crate::generations::{self, Place, State};
use crate::records;
use crate::schema::{self, Fields};
use crate::vocabulary::Kept;
use crate::weights::Weights;
use crate::writer::Writer;

/// An index over the parts of posts.
///
/// On disk it is a folder of generations: one that is written, and, until that holds all posts, an
/// earlier one that answers in its place.
pub struct SearchIndex {
    /// What is written.
    current: Arc<Generation>,
    /// What answers as long as it knows more than `current`.
    older: RwLock<Option<Arc<Generation>>>,
    /// None in memory.
    folder: Option<PathBuf>,
    /// Whether what is of no use any more was removed since opening.
    tidied: AtomicBool,
    /// Words and names of the notes, for queries that need to be understood.
    kept: Kept,
}

impl SearchIndex {
    /// Opens the index in folder `dir`, and begins one if there is none of this version that is
    /// whole, which [`indexed`](Self::indexed) shows: whoever calls adds the posts again. If there is
    /// one of another version, it answers until [`set_built`](Self::set_built) or
    /// [`serve_current`](Self::serve_current).
    ///
    /// # Errors
    /// [`SearchError::Locked`] if another process holds the files for too long,
    /// [`SearchError::Folder`] if there is no index and none can be made.
    pub fn open(dir: &Path) -> Result<Self, SearchError> {
        let at = |source| SearchError::Folder { path: dir.to_owned(), source };
        fs::create_dir_all(dir).map_err(at)?;
        let places = generations::list(dir).map_err(at)?;
        let (own, other): (Vec<_>, Vec<_>) =
            places.into_iter().partition(|place| place.version == schema::VERSION);
        let current = match open_best(own)? {
            Some(current) => current,
            None => match Generation::begin(dir) {
                Ok(current) => current,
                // Nothing can be written here; what there is may answer until all is in memory.
                Err(SearchError::Folder { .. } | SearchError::Engine(_)) if !other.is_empty() => {
                    Generation::in_memory()?
                }
                Err(error) => return Err(error),
            },
        };
        let older = if current.is_built() { None } else { open_older(other) };
        Ok(Self {
            current: Arc::new(current),
            older: RwLock::new(older.map(Arc::new)),
            folder: Some(dir.to_owned()),
            tidied: AtomicBool::new(false),
            kept: Kept::default(),
        })
    }

    /// Creates an empty index in memory.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn in_memory() -> Result<Self, SearchError> {
        Ok(Self {
            current: Arc::new(Generation::in_memory()?),
            older: RwLock::default(),
            folder: None,
            tidied: AtomicBool::new(true),
            kept: Kept::default(),
        })
    }

    /// Creates an empty index in memory, in place of this one, which cannot be written; what is in
    /// this one answers until the other knows more.
    ///
    /// # Errors
    /// If the search engine fails.
    pub fn in_memory_instead(&self) -> Result<Self, SearchError> {
        let instead = Self::in_memory()?;
        Ok(Self { older: RwLock::new(Some(self.serving())), ..instead })
    }

    /// Returns the posts in the index with the revision each was indexed at.
    ///
    /// # Errors
    /// [`SearchError::Damaged`]; open it anew then.
    pub fn indexed(&self) -> Result<BTreeMap<String, String>, SearchError> {
        self.current.guarded(read_records)
    }

    /// Returns the posts in the earlier index that answers for now, with the revision each was
    /// indexed at; none if there is no such index, or not any more.
    pub fn indexed_earlier(&self) -> Option<BTreeMap<String, String>> {
        let older = self.older()?;
        older.guarded(read_records).inspect_err(|_| self.serve_current()).ok()
    }

    /// Whether the index has ever held all posts since it was begun.
    pub fn is_built(&self) -> bool {
        self.current.is_built()
    }

    /// Says that the index holds all posts: from now on it answers itself, and what is of no use any
    /// more is removed.
    pub fn set_built(&self) {
        if !self.current.is_built() {
            self.current.set_built();
        }
        self.serve_current();
        self.tidy();
    }

    /// Removes what is of no use any more, unless that is done.
    fn tidy(&self) {
        let (Some(folder), Some(current)) = (&self.folder, self.current.place()) else { return };
        if !self.current.is_built() || self.older().is_some() || self.tidied.load(Ordering::Acquire)
        {
            return;
        }
        match generations::tidy(folder, current) {
            Ok(all) => self.tidied.store(all, Ordering::Release),
            Err(error) => tracing::debug!(%error, "old indexes stay"),
        }
    }

    /// From now on the index answers itself, however much of the posts it holds.
    pub fn serve_current(&self) {
        *self.older.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Says that the index is damaged: what [`open`](Self::open) returns next is another.
    pub fn give_up(&self) {
        self.current.give_up("it failed while it was written");
    }

    /// Returns the writer. There is one at a time over all processes.
    ///
    /// Keep it as long as posts may change: merging goes on in the background while it lives.
    ///
    /// # Errors
    /// [`SearchError::Locked`] if there is one, [`SearchError::Damaged`]; others if nothing can be
    /// written.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        self.current.writer()
    }

    /// Returns how rare words are in what answers now.
    pub fn term_weights(&self) -> Weights {
        let serving = self.serving();
        Weights::new(serving.reader.searcher(), serving.fields)
    }

    /// Takes over what another process has committed.
    ///
    /// # Errors
    /// [`SearchError::Locked`] if another process holds the files for too long; what was known
    /// before stays. [`SearchError::Damaged`]; open it anew then.
    pub fn reload(&self) -> Result<(), SearchError> {
        self.current.reload()?;
        if self.current.is_built() {
            self.serve_current();
        }
        Ok(())
    }

    /// Lets go of what another process has merged and removed.
    ///
    /// # Errors
    /// As [`reload`](Self::reload).
    pub fn refresh(&self) -> Result<(), SearchError> {
        self.current.refresh()?;
        if self.current.is_built() {
            self.serve_current();
        }
        Ok(())
    }

    /// Runs `read` over what answers now, with the fields it has.
    pub(crate) fn guarded<T>(
        &self,
        read: impl Fn(Searcher, Fields) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        if let Some(older) = self.older() {
            let result = older.guarded(&read);
            drop(older);
            match result {
                // What there is of the new one has to do.
                Err(SearchError::Damaged { .. }) => self.serve_current(),
                result => {
                    // It may have been the last to read what the new one has replaced meanwhile.
                    self.tidy();
                    return result;
                }
            }
        }
        self.current.guarded(&read)
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    fn older(&self) -> Option<Arc<Generation>> {
        self.older.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn serving(&self) -> Arc<Generation> {
        self.older().unwrap_or_else(|| Arc::clone(&self.current))
    }

    #[cfg(test)]
    pub(crate) fn current(&self) -> &Generation {
        &self.current
    }
}

impl fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SearchIndex").field("folder", &self.folder).finish_non_exhaustive()
    }
}

fn read_records(
    searcher: Searcher,
    fields: Fields,
) -> Result<BTreeMap<String, String>, SearchError> {
    let records = records::read(&searcher, fields)?.into_iter();
    Ok(records.map(|record| (record.path, record.revision)).collect())
}

/// Opens the best of this version's generations: the last that was built, else the last that was
/// begun. Those that turn out damaged are marked.
fn open_best(own: Vec<Place>) -> Result<Option<Generation>, SearchError> {
    let (built, rest): (Vec<_>, Vec<_>) =
        own.into_iter().partition(|place| place.state() == State::Built);
    let begun = rest.into_iter().filter(|place| place.state() == State::Building);
    for place in built.into_iter().rev().chain(begun.rev()) {
        match Generation::open(place.clone()) {
            Err(SearchError::Damaged { detail }) => {
                tracing::warn!(%detail, "the index is damaged and is built anew");
                if let Err(error) = place.set_state(State::Damaged) {
                    tracing::warn!(%error, "cannot mark the index as damaged");
                }
            }
            opened => return opened.map(Some),
        }
    }
    Ok(None)
}

/// Opens another version's generation that can be asked, the newest version first.
fn open_older(other: Vec<Place>) -> Option<Generation> {
    let built = other.into_iter().rev().filter(|place| place.state() == State::Built);
    built.map(Generation::open).find_map(|opened| {
        opened.inspect_err(|error| tracing::info!(%error, "an older index cannot answer")).ok()
    })
}
