//! One generation of an index, opened.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::{Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, TantivyError};

use crate::disk::Disk;
use crate::error::SearchError;
use crate::generations::{self, Held, Place, State};
use crate::schema::{self, Fields};
use crate::writer::Writer;

/// How often opening is tried where files go that were there a moment ago: another process has
/// merged them.
const ATTEMPTS: u32 = 3;

/// An index with the fields that are asked for by name.
pub(crate) struct Generation {
    pub(crate) index: Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// None in memory.
    stored: Option<Stored>,
    /// Whether it has held all posts once.
    built: AtomicBool,
    /// Whether damage was met; then it answers no more.
    damaged: AtomicBool,
}

/// Where a generation lies.
struct Stored {
    place: Place,
    disk: Disk,
    /// Keeps others from removing it.
    _held: Held,
}

impl Generation {
    /// Makes an empty one in memory.
    pub(crate) fn in_memory() -> Result<Self, SearchError> {
        let (schema, _) = schema::build();
        let index =
            Index::builder().schema(schema).tokenizers(schema::tokenizers()).create_in_ram()?;
        Self::over(index, None)
    }

    /// Begins an empty one in the folder `dir` of an index.
    pub(crate) fn begin(dir: &Path) -> Result<Self, SearchError> {
        let place = generations::begin(dir, schema::VERSION, |path| {
            let (schema, _) = schema::build();
            Index::builder()
                .schema(schema)
                .tokenizers(schema::tokenizers())
                .create_in_dir(path)
                .map(drop)
                .map_err(SearchError::from)
        })?;
        Self::open(place)
    }

    /// Opens the one at `place`; [`SearchError::Damaged`] also if it is of a version whose fields
    /// are too different to ask it anything.
    pub(crate) fn open(place: Place) -> Result<Self, SearchError> {
        let held = place.hold().ok_or(SearchError::Locked)?;
        let disk = Disk::open(&place.path)?;
        if place.version == schema::VERSION {
            place.touch();
        }
        let mut left = ATTEMPTS;
        let (index, reader, fields) = loop {
            left -= 1;
            let opened = quietly(|| {
                let mut index = Index::open(disk.clone())?;
                index.set_tokenizers(schema::tokenizers());
                open_reader(index)
            });
            match opened {
                Err(SearchError::Damaged { .. }) if left > 0 => {}
                opened => break opened?,
            }
        };
        let built = AtomicBool::new(place.state() == State::Built);
        let stored = Some(Stored { place, disk, _held: held });
        Ok(Self { index, reader, fields, stored, built, damaged: AtomicBool::new(false) })
    }

    fn over(index: Index, stored: Option<Stored>) -> Result<Self, SearchError> {
        let (index, reader, fields) = open_reader(index)?;
        let (built, damaged) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Self { index, reader, fields, stored, built, damaged })
    }

    pub(crate) fn place(&self) -> Option<&Place> {
        self.stored.as_ref().map(|stored| &stored.place)
    }

    /// Whether it has held all posts once; another process may be who saw to it.
    pub(crate) fn is_built(&self) -> bool {
        if !self.built.load(Ordering::Acquire)
            && self.place().is_some_and(|place| place.state() == State::Built)
        {
            self.built.store(true, Ordering::Release);
        }
        self.built.load(Ordering::Acquire)
    }

    pub(crate) fn set_built(&self) {
        self.built.store(true, Ordering::Release);
        if let Some(place) = self.place()
            && let Err(error) = place.set_state(State::Built)
        {
            tracing::warn!(%error, "the index is not known as complete");
        }
    }

    /// Runs `read` over what was committed last. Damage met on the way, which Tantivy may answer with
    /// a panic, makes that this generation is never asked again.
    pub(crate) fn guarded<T>(
        &self,
        read: impl FnOnce(Searcher, Fields) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        if self.damaged.load(Ordering::Acquire) {
            return Err(SearchError::Damaged { detail: "damage was met before".to_owned() });
        }
        self.check_lengths()?;
        let result = quietly(|| read(self.reader.searcher(), self.fields));
        if let Err(SearchError::Damaged { detail }) = &result {
            self.give_up(detail);
        }
        result
    }

    /// Returns the writer; see [`SearchIndex::writer`](crate::SearchIndex::writer).
    pub(crate) fn writer(&self) -> Result<Writer, SearchError> {
        self.check_lengths()?;
        let disk = self.stored.as_ref().map(|stored| stored.disk.clone());
        Writer::new(&self.index, self.reader.clone(), self.fields, disk)
    }

    /// Looks whether it is safe to read.
    fn check_lengths(&self) -> Result<(), SearchError> {
        let Some(stored) = &self.stored else { return Ok(()) };
        stored.disk.check_lengths().inspect_err(|error| self.give_up(&error.to_string()))
    }

    /// Makes that this generation is never asked again, and if it is of this version never opened
    /// again: one of another version may be sound, and only not understood here.
    pub(crate) fn give_up(&self, detail: &str) {
        if self.damaged.swap(true, Ordering::AcqRel) {
            return;
        }
        tracing::warn!(%detail, "an index is damaged");
        if let Some(place) = self.place()
            && place.version == schema::VERSION
            && let Err(error) = place.set_state(State::Damaged)
        {
            tracing::warn!(%error, "cannot mark the index as damaged");
        }
    }

    /// Takes over what another process has committed.
    pub(crate) fn reload(&self) -> Result<(), SearchError> {
        self.check_lengths()?;
        let mut left = ATTEMPTS;
        loop {
            left -= 1;
            match quietly(|| Ok(self.reader.reload()?)) {
                Err(SearchError::Damaged { .. }) if left > 0 => {}
                Err(SearchError::Damaged { detail }) => {
                    self.give_up(&detail);
                    return Err(SearchError::Damaged { detail });
                }
                result => return result,
            }
        }
    }

    /// Takes over what another process has committed or merged, if there is anything: what it has
    /// removed from the disk takes up room as long as it is open here.
    pub(crate) fn refresh(&self) -> Result<(), SearchError> {
        let read = |searcher: Searcher, _| {
            let open: BTreeSet<_> =
                searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
            Ok(open)
        };
        let open = self.guarded(read)?;
        let now: BTreeSet<_> = self.index.searchable_segment_ids()?.into_iter().collect();
        if open == now { Ok(()) } else { self.reload() }
    }

    #[cfg(test)]
    pub(crate) fn disk(&self) -> Option<&Disk> {
        self.stored.as_ref().map(|stored| &stored.disk)
    }
}

fn open_reader(index: Index) -> Result<(Index, IndexReader, Fields), SearchError> {
    let fields = Fields::of(&index.schema())
        .ok_or_else(|| SearchError::Damaged { detail: "the fields are others".to_owned() })?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok((index, reader, fields))
}

/// Runs `work`, which reads, and turns a panic into [`SearchError::Damaged`], and so whatever
/// Tantivy cannot make out in a file.
fn quietly<T>(work: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let detail = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("the search engine gave up");
        Err(SearchError::Damaged { detail: detail.to_owned() })
    });
    result.map_err(|error| match error {
        SearchError::Engine(TantivyError::IoError(failure)) => {
            SearchError::Damaged { detail: failure.to_string() }
        }
        error => error,
    })
}
