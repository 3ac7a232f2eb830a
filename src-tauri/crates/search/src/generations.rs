//! Where the generations of an index lie: a folder for each, `<version>-<number>`.
//!
//! A new generation is built beside the one that answers, and takes its place when it is complete.
//! Who has one open holds a shared lock on a file in it; only what nobody holds is removed.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use crate::error::SearchError;

/// Says how far the generation is; no file is as much as one that says it is being built.
const STATE_FILE: &str = "dapanji-state";
/// Held by everyone who has the generation open.
const LOCK_FILE: &str = "dapanji-lock";
/// Written anew whenever a program of the generation's own version opens it.
const USED_FILE: &str = "dapanji-used";
/// Written once, when the generation begins.
const BEGUN_FILE: &str = "dapanji-begun";
/// What a folder is called until it is a generation.
const NEW: &str = ".new-";

/// After which an index that another version of the program used beside this one is given up.
const UNUSED: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// After which a folder that never became a generation is given up.
const NEVER_FINISHED: Duration = Duration::from_secs(60 * 60);
/// How often a place for a new generation is looked for.
const ATTEMPTS: u32 = 16;

/// How many generations this process has begun: tells apart what it begins at once.
static BEGUN: AtomicU32 = AtomicU32::new(0);

/// How far a generation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It has never held all posts.
    Building,
    /// It has held all posts once, and is kept up to date since.
    Built,
    /// It is not to be opened again.
    Damaged,
}

/// A generation's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// Version of the schema.
    pub(crate) version: u32,
    /// Rises with each generation of a version.
    pub(crate) number: u32,
    pub(crate) path: PathBuf,
}

/// Says that a generation is in use, as long as it lives. None where that cannot be said.
#[derive(Debug)]
pub(crate) struct Held(#[expect(dead_code, reason = "the lock goes with the file")] Option<File>);

impl Place {
    fn new(path: PathBuf) -> Option<Self> {
        let (version, number) = path.file_name().and_then(OsStr::to_str)?.split_once('-')?;
        Some(Self { version: version.parse().ok()?, number: number.parse().ok()?, path })
    }

    pub(crate) fn state(&self) -> State {
        match fs::read_to_string(self.path.join(STATE_FILE)).as_deref().map(str::trim_end) {
            Ok("built") => State::Built,
            Ok("damaged") => State::Damaged,
            _ => State::Building,
        }
    }

    pub(crate) fn set_state(&self, state: State) -> io::Result<()> {
        let text = match state {
            State::Building => "building",
            State::Built => "built",
            State::Damaged => "damaged",
        };
        put(&self.path.join(STATE_FILE), text)
    }

    /// Says that a program of this version uses the generation.
    pub(crate) fn touch(&self) {
        if let Err(error) = put(&self.path.join(USED_FILE), "") {
            tracing::debug!(%error, "the index cannot be written");
        }
    }

    /// Keeps the generation from being removed. None if it is being removed.
    pub(crate) fn hold(&self) -> Option<Held> {
        let Ok(file) = File::open(self.path.join(LOCK_FILE)) else {
            return self.path.exists().then_some(Held(None));
        };
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => None,
            Err(TryLockError::Error(_)) => Some(Held(None)),
            // It may have been removed between opening and locking.
            Ok(()) => self.path.join(LOCK_FILE).exists().then_some(Held(Some(file))),
        }
    }

    fn used(&self) -> Option<SystemTime> {
        fs::metadata(self.path.join(USED_FILE)).and_then(|file| file.modified()).ok()
    }

    fn begun(&self) -> Option<SystemTime> {
        fs::metadata(self.path.join(BEGUN_FILE)).and_then(|file| file.modified()).ok()
    }

    /// Removes the generation; `ResourceBusy` if somebody has it open.
    fn remove(&self) -> io::Result<()> {
        let lock = match OpenOptions::new().write(true).open(self.path.join(LOCK_FILE)) {
            Ok(lock) => match lock.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::ResourceBusy.into()),
                Err(TryLockError::Error(error)) => return Err(error),
                Ok(()) => Some(lock),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // First, so that what an end in between leaves is not taken for a good one.
        self.set_state(State::Damaged)?;
        drop(lock);
        fs::remove_dir_all(&self.path)
    }
}

/// Returns all generations in the folder `dir` of an index, those of one version together, older
/// ones first.
pub(crate) fn list(dir: &Path) -> io::Result<Vec<Place>> {
    let mut places = Vec::new();
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            places.extend(Place::new(entry.path()));
        }
    }
    places.sort_by_key(|place| (place.version, place.number));
    Ok(places)
}

/// Begins a generation: `make` puts an empty index into the folder it is given.
///
/// What `make` does is seen whole or not at all. If another process begins one at the same time,
/// both get the same.
pub(crate) fn begin(
    dir: &Path,
    version: u32,
    make: impl FnOnce(&Path) -> Result<(), SearchError>,
) -> Result<Place, SearchError> {
    let at = |source| SearchError::Folder { path: dir.to_owned(), source };
    let nth = BEGUN.fetch_add(1, Ordering::Relaxed);
    let new = dir.join(format!("{NEW}{}-{nth}", process::id()));
    if new.exists() {
        // Left by a process that had the same number.
        fs::remove_dir_all(&new).map_err(at)?;
    }
    fs::create_dir(&new).map_err(at)?;
    let made = make(&new).and_then(|()| {
        for file in [LOCK_FILE, BEGUN_FILE, USED_FILE] {
            put(&new.join(file), "").map_err(at)?;
        }
        settle(dir, &new, version).map_err(at)
    });
    if made.is_err() {
        let _only_tidying = fs::remove_dir_all(&new);
    }
    made
}

/// Gives the folder `new` the next free name.
fn settle(dir: &Path, new: &Path, version: u32) -> io::Result<Place> {
    for _ in 0..ATTEMPTS {
        let before = list(dir)?.into_iter().rfind(|place| place.version == version);
        if let Some(other) = before.as_ref().filter(|place| place.state() == State::Building) {
            // Another process was quicker.
            fs::remove_dir_all(new)?;
            return Ok(other.clone());
        }
        let number = before.map_or(1, |place| place.number.saturating_add(1));
        let path = dir.join(format!("{version}-{number}"));
        match fs::rename(new, &path) {
            Ok(()) => return Ok(Place { version, number, path }),
            Err(error) if !path.exists() => return Err(error),
            Err(_) => {}
        }
    }
    Err(io::Error::other("no free name for a new index"))
}

/// Removes what is of no use any more now that `current` holds all posts: earlier generations of
/// its version, damaged ones, and those of other versions of the program, unless one was used since
/// `current` was begun. Two versions that are used in turns keep both theirs.
///
/// Returns whether nothing stayed that is of no use: what somebody still reads does.
pub(crate) fn tidy(dir: &Path, current: &Place) -> io::Result<bool> {
    let mut all = true;
    let (begun, now) = (current.begun(), current.used());
    let unused_for = |time: Option<SystemTime>, limit: Duration| {
        let since = now.zip(time).and_then(|(now, time)| now.duration_since(time).ok());
        since.is_some_and(|since| since > limit)
    };
    for place in list(dir)? {
        let useless = if place.path == current.path {
            false
        } else if place.state() == State::Damaged {
            true
        } else if place.version == current.version {
            place.number < current.number
        } else {
            place.used() < begun || unused_for(place.used(), UNUSED)
        };
        if useless && let Err(error) = place.remove() {
            tracing::debug!(%error, path = %place.path.display(), "an old index stays");
            all = false;
        }
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let modified = || entry.metadata().and_then(|folder| folder.modified()).ok();
        if entry.file_type()?.is_file() {
            // Before there were generations, the one index lay here.
            fs::remove_file(entry.path())?;
        } else if entry.file_name().to_string_lossy().starts_with(NEW)
            && unused_for(modified(), NEVER_FINISHED)
        {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(all)
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
