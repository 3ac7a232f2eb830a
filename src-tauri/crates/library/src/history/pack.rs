//! A file of records that one process at a time appends to, and any number read.
//!
//! A pack is never changed but at its end. What a crash tore there stays; whoever reads goes on at
//! the next record that is whole.

use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use super::record::{self, CONTENT_HEAD, HEADER, Header, Kind, MARK};
use crate::files::{self, Opened};
use crate::lock::knows_no_locks;

/// Bytes from which no more is appended to a pack. Small enough to be written anew quickly when most
/// of it is out of date.
pub(super) const FULL: u64 = 8 * 1024 * 1024;

/// The number of a pack, which is its name.
pub(super) type Number = u32;

/// Where the packs of a history lie.
pub(super) fn folder(history: &Path) -> PathBuf {
    history.join("packs")
}

pub(super) fn file(history: &Path, number: Number) -> PathBuf {
    folder(history).join(format!("{number:06}.pack"))
}

fn lock_file(history: &Path, number: Number) -> PathBuf {
    folder(history).join(format!("{number:06}.lock"))
}

/// Lists the packs with their sizes in bytes, by number.
pub(super) fn list(history: &Path) -> io::Result<Vec<(Number, u64)>> {
    let mut packs = Vec::new();
    for (number, extension) in names(history)? {
        // One that is gone by now: another process has put its records together elsewhere.
        if extension == "pack"
            && let Ok(metadata) = files::metadata(&file(history, number))
            && metadata.is_file()
        {
            packs.push((number, metadata.len()));
        }
    }
    packs.sort_unstable();
    Ok(packs)
}

/// Lists the numbers that were given, with the extensions of the files called so.
fn names(history: &Path) -> io::Result<Vec<(Number, String)>> {
    let entries = match files::list(&folder(history)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let number = |name: &str| {
        let (number, extension) = name.split_once('.')?;
        Some((number.parse().ok()?, extension.to_owned()))
    };
    Ok(entries.iter().filter_map(|name| number(name)).collect())
}

/// A record that was found.
pub(super) struct Found<'a> {
    pub(super) kind: Kind,
    /// Where it begins, in bytes.
    pub(super) at: u64,
    /// Bytes of its payload.
    pub(super) length: u32,
    /// The payload, or, of a content, its head at the least.
    pub(super) payload: &'a [u8],
}

/// Tells of every record from `from` on, and returns where the first one begins that is not whole
/// yet: the end, if all are.
///
/// The bytes of a content are not checked here, as long as another record follows them: they are
/// when they are read.
pub(super) fn scan(pack: &Path, from: u64, tell: &mut dyn FnMut(Found<'_>)) -> io::Result<u64> {
    let mut reader = Reader::open(pack)?;
    let mut at = from;
    while let Some((header, payload)) = reader.record(at)? {
        match header {
            Some(header) => {
                tell(Found { kind: header.kind, at, length: header.length, payload: &payload });
                at += as_u64(HEADER) + u64::from(header.length);
            }
            None => match reader.resume(at + 1)? {
                Some(next) => at = next,
                None => break,
            },
        }
    }
    Ok(at)
}

/// Reads the record at `at`, its kind and its payload; an error if it is damaged.
pub(super) fn read(pack: &Path, at: u64) -> io::Result<(Kind, Vec<u8>)> {
    let mut reader = Reader::open(pack)?;
    let header = Header::read(&reader.bytes(at, HEADER)?).ok_or_else(record::damaged)?;
    let payload = reader.payload(at, &header)?;
    if header.fits(&payload) { Ok((header.kind, payload)) } else { Err(record::damaged()) }
}

struct Reader {
    file: BufReader<File>,
    at: u64,
    length: u64,
}

impl Reader {
    fn open(pack: &Path) -> io::Result<Self> {
        let file = File::open(pack)?;
        let length = file.metadata()?.len();
        Ok(Self { file: BufReader::with_capacity(4096, file), at: 0, length })
    }

    /// Reads `count` bytes, or as many as there are.
    fn bytes(&mut self, at: u64, count: usize) -> io::Result<Vec<u8>> {
        let count = as_u64(count).min(self.length.saturating_sub(at));
        let mut bytes = vec![0; usize::try_from(count).unwrap_or_default()];
        let step = i64::try_from(at).and_then(|at| Ok(at - i64::try_from(self.at)?));
        match step {
            Ok(step) => self.file.seek_relative(step)?,
            Err(_) => drop(self.file.seek(SeekFrom::Start(at))?),
        }
        self.at = at;
        self.file.read_exact(&mut bytes)?;
        self.at += count;
        Ok(bytes)
    }

    fn payload(&mut self, at: u64, header: &Header) -> io::Result<Vec<u8>> {
        let length = usize::try_from(header.length).unwrap_or(usize::MAX);
        self.bytes(at + as_u64(HEADER), length)
    }

    /// The record at `at` with its payload, or the head of it; no header where there is none, or one
    /// that is damaged; nothing at the end.
    fn record(&mut self, at: u64) -> io::Result<Option<(Option<Header>, Vec<u8>)>> {
        let bytes = self.bytes(at, HEADER + CONTENT_HEAD)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let torn = Ok(Some((None, Vec::new())));
        let Some(header) = Header::read(&bytes) else { return torn };
        let end = at + as_u64(HEADER) + u64::from(header.length);
        if end > self.length {
            return torn;
        }
        if header.kind == Kind::Content && self.bytes(end, MARK.len())? == MARK {
            let length = bytes.len().min(HEADER + usize::try_from(header.length).unwrap_or(0));
            let head = bytes.get(HEADER..length).unwrap_or_default().to_vec();
            return Ok(Some((Some(header), head)));
        }
        let payload = self.payload(at, &header)?;
        if header.fits(&payload) { Ok(Some((Some(header), payload))) } else { torn }
    }

    /// Finds the next record that is whole and not damaged.
    fn resume(&mut self, from: u64) -> io::Result<Option<u64>> {
        let rest = usize::try_from(self.length.saturating_sub(from)).unwrap_or(usize::MAX);
        let bytes = self.bytes(from, rest)?;
        let mut at = 0;
        while let Some(found) = bytes
            .get(at..)
            .and_then(|rest| rest.windows(MARK.len()).position(|window| window == MARK))
        {
            let start = at + found;
            let record = bytes.get(start..).unwrap_or_default();
            let payload = Header::read(record).and_then(|header| {
                let end = HEADER + usize::try_from(header.length).ok()?;
                header.fits(record.get(HEADER..end)?).then_some(())
            });
            if payload.is_some() {
                return Ok(Some(from + as_u64(start)));
            }
            at = start + 1;
        }
        Ok(None)
    }
}

/// The one pack this process appends to.
#[derive(Debug)]
pub(super) struct Writer {
    pub(super) number: Number,
    file: Opened,
    /// Bytes of the pack.
    pub(super) length: u64,
    // Held as long as this process appends; no other one then does.
    _lock: Lock,
}

/// The right to change a pack, until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    held: Option<Opened>,
}

impl Writer {
    /// Takes a pack that nobody appends to, or makes one.
    pub(super) fn open(history: &Path) -> io::Result<Self> {
        files::make_folders(&folder(history))?;
        for (number, _) in list(history)?.into_iter().filter(|(_, length)| *length < FULL) {
            // One of another user, perhaps: there are others.
            if let Ok(Some(lock)) = try_lock(history, number)
                && lock.is_sure()
                && files::metadata(&file(history, number)).is_ok()
                && let Ok(writer) = Self::of(history, number, lock)
            {
                return Ok(writer);
            }
        }
        Self::make(history)
    }

    /// Makes a pack.
    pub(super) fn make(history: &Path) -> io::Result<Self> {
        // A number is never given twice: the locks of packs that are gone stay.
        let mut number = names(history)?.iter().map(|(number, _)| *number).max().unwrap_or(0);
        loop {
            number += 1;
            if let Some(lock) = try_lock(history, number)?
                && files::metadata(&file(history, number)).is_err()
            {
                let writer = Self::of(history, number, lock)?;
                files::sync_folder(&folder(history));
                return Ok(writer);
            }
        }
    }

    fn of(history: &Path, number: Number, lock: Lock) -> io::Result<Self> {
        let file = files::open_log(&file(history, number))?;
        let length = file.metadata()?.len();
        Ok(Self { number, file, length, _lock: lock })
    }

    /// Appends records. After an error none of them is there, as far as that can be had.
    pub(super) fn append(&mut self, records: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(records) {
            // Nobody else appends, so what was written in part can go again.
            if let Err(error) = self.file.truncate(self.length) {
                tracing::debug!(%error, "a part of a record stays in the history");
                self.length = self.file.metadata()?.len();
            }
            return Err(error);
        }
        self.length += as_u64(records.len());
        Ok(())
    }

    /// Tells whether the pack still is what this process wrote: another program may have deleted it,
    /// put another in its place or cut it off, and what is appended then is kept by nobody.
    pub(super) fn is_there(&self, history: &Path) -> bool {
        let there = files::metadata(&file(history, self.number));
        there.is_ok_and(|there| {
            there.len() == self.length
                && self.file.metadata().is_ok_and(|own| is_same_file(&own, &there))
        })
    }

    /// Waits until all is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync()
    }
}

impl Lock {
    /// Whether no other process can have it.
    fn is_sure(&self) -> bool {
        self.held.is_some()
    }
}

/// Takes the right to change a pack, unless a process has it.
pub(super) fn try_lock(history: &Path, number: Number) -> io::Result<Option<Lock>> {
    let lock = files::open_log(&lock_file(history, number))?;
    match lock.try_lock() {
        Ok(true) => Ok(Some(Lock { held: Some(lock) })),
        Ok(false) => Ok(None),
        // Then every process has packs of its own, and none is taken over.
        Err(error) if knows_no_locks(&error) => Ok(Some(Lock { held: None })),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn is_same_file(own: &Metadata, there: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (own.dev(), own.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_same_file(own: &Metadata, there: &Metadata) -> bool {
    own.len() == there.len()
}

fn all_file(history: &Path) -> PathBuf {
    folder(history).join("all.lock")
}

/// Takes the right to delete packs, unless a process has it or relies on what is kept.
pub(super) fn try_lock_all(history: &Path) -> io::Result<Option<Opened>> {
    let lock = files::open_log(&all_file(history))?;
    Ok(lock.try_lock()?.then_some(lock))
}

/// Keeps others from deleting packs until the result is dropped; none if one is just doing that.
pub(super) fn share_all(history: &Path) -> io::Result<Option<Opened>> {
    files::make_folders(&folder(history))?;
    let lock = files::open_log(&all_file(history))?;
    match lock.try_lock_shared() {
        Ok(shared) => Ok(shared.then_some(lock)),
        // Then nobody deletes either.
        Err(error) if knows_no_locks(&error) => Ok(Some(lock)),
        Err(error) => Err(error),
    }
}

/// Deletes a pack whose records are elsewhere.
pub(super) fn delete(history: &Path, number: Number, _lock: &Lock) -> io::Result<()> {
    files::remove(&file(history, number))
}

fn as_u64(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
