//! The words of the notes, kept ready to be compared with a word that is not among them.
//!
//! A segment of the index never changes, so its words are read once; after a save only those of the
//! new, small segment are. Each word is also kept as its letters, one byte each, in the order of
//! these, so that what begins with a run of keys stands in one place.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use dapanji_korean::jamo::letters;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use crate::best::Preferences;
use crate::error::SearchError;
use crate::pairs::{self, Pair};
use crate::schema::Fields;

/// Longer words than this many letters are not compared with.
const LONGEST: usize = 48;
/// The first of the letters that have a byte each, ㄱ, and the last, ㅣ.
const LETTERS: (char, char) = ('\u{3131}', '\u{3163}');

/// What was read of each segment, as long as there is that segment.
pub(crate) struct BySegment<T>(Mutex<HashMap<SegmentId, Arc<T>>>);

impl<T> Default for BySegment<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> BySegment<T> {
    /// Returns what `read` makes of each segment of `searcher`; of most it is known.
    pub(crate) fn of(
        &self,
        searcher: &Searcher,
        read: impl Fn(&SegmentReader) -> Result<T, SearchError>,
    ) -> Result<Vec<Arc<T>>, SearchError> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut segments = HashMap::new();
        let mut all = Vec::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let one = match known.get(&id) {
                Some(one) => Arc::clone(one),
                None => Arc::new(read(segment)?),
            };
            all.push(Arc::clone(&one));
            segments.insert(id, one);
        }
        *known = segments;
        Ok(all)
    }
}

/// What is kept of the index between queries.
#[derive(Default)]
pub(crate) struct Kept {
    words: BySegment<SegmentWords>,
    pairs: BySegment<Vec<Pair>>,
    preferences: BySegment<Preferences>,
}

impl Kept {
    /// Returns the words of `searcher`.
    pub(crate) fn words(
        &self,
        searcher: &Searcher,
        fields: Fields,
    ) -> Result<Vocabulary, SearchError> {
        let read = |segment: &SegmentReader| SegmentWords::read(segment, fields);
        Ok(Vocabulary { segments: self.words.of(searcher, read)? })
    }

    /// Returns what the parts of `searcher` are preferred by, for each segment.
    pub(crate) fn preferences(
        &self,
        searcher: &Searcher,
    ) -> Result<Vec<Arc<Preferences>>, SearchError> {
        self.preferences.of(searcher, |segment| Ok(Preferences::read(segment)))
    }

    /// Returns the pairs of names of `searcher`, for each segment by their key.
    pub(crate) fn pairs(
        &self,
        searcher: &Searcher,
        fields: Fields,
    ) -> Result<Vec<Arc<Vec<Pair>>>, SearchError> {
        self.pairs.of(searcher, |segment| pairs::read(segment, fields))
    }
}

/// Words of all segments as of a searcher.
#[derive(Clone)]
pub(crate) struct Vocabulary {
    segments: Vec<Arc<SegmentWords>>,
}

#[derive(Default)]
struct SegmentWords {
    /// The words' texts, one behind the other.
    texts: String,
    /// Their letters as bytes, one behind the other.
    keys: Vec<u8>,
    /// Invariant: rising by key.
    words: Vec<Entry>,
}

struct Entry {
    text: u32,
    key: u32,
    text_length: u8,
    key_length: u8,
    /// Documents of the segment that have it.
    count: u32,
}

impl SegmentWords {
    fn read(segment: &SegmentReader, fields: Fields) -> Result<Self, SearchError> {
        let mut read = Self::default();
        let inverted = segment.inverted_index(fields.words)?;
        let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
        let mut key = Vec::new();
        while terms.advance() {
            let Ok(text) = std::str::from_utf8(terms.key()) else { continue };
            if !key_of(text, &mut key) {
                continue;
            }
            let at = |length: usize| u32::try_from(length).ok();
            let (Some(text_at), Some(key_at)) = (at(read.texts.len()), at(read.keys.len())) else {
                break;
            };
            let (Ok(text_length), Ok(key_length)) =
                (u8::try_from(text.len()), u8::try_from(key.len()))
            else {
                continue;
            };
            let count = terms.value().doc_freq;
            read.texts.push_str(text);
            read.keys.extend_from_slice(&key);
            read.words.push(Entry { text: text_at, key: key_at, text_length, key_length, count });
        }
        let keys = std::mem::take(&mut read.keys);
        read.words.sort_by(|one, other| one.key(&keys).cmp(other.key(&keys)));
        read.keys = keys;
        Ok(read)
    }

    fn text(&self, entry: &Entry) -> &str {
        let start = entry.text as usize;
        self.texts.get(start..start + usize::from(entry.text_length)).unwrap_or("")
    }

    /// The words whose letters begin with `key`.
    fn starting_with(&self, key: &[u8]) -> &[Entry] {
        let start = self.words.partition_point(|word| word.key(&self.keys) < key);
        let rest = self.words.get(start..).unwrap_or(&[]);
        let count = rest.partition_point(|word| word.key(&self.keys).starts_with(key));
        rest.get(..count).unwrap_or(&[])
    }
}

impl Entry {
    fn key<'a>(&self, keys: &'a [u8]) -> &'a [u8] {
        let start = self.key as usize;
        keys.get(start..start + usize::from(self.key_length)).unwrap_or(&[])
    }
}

impl Vocabulary {
    /// Calls `see` with every word whose letters begin with those of `begun`, and the number of
    /// documents that have it; a word comes once for each segment.
    pub(crate) fn starting_with<'a>(&'a self, begun: &str, see: &mut dyn FnMut(&'a str, u32)) {
        let mut key = Vec::new();
        if !key_of(begun, &mut key) {
            return;
        }
        for segment in &self.segments {
            for word in segment.starting_with(&key) {
                see(segment.text(word), word.count);
            }
        }
    }

    /// As [`Self::starting_with`], for words of about the letters of `typed`: their count differs by
    /// one at most, and they are the same at the start or at the end. Every word within a typo is
    /// among them: an edit, or a swap of neighbours, leaves what is before or behind it as it is.
    pub(crate) fn near<'a>(&'a self, typed: &str, see: &mut dyn FnMut(&'a str, u32)) {
        let mut key = Vec::new();
        if !key_of(typed, &mut key) || key.len() < 4 {
            return;
        }
        let half = key.len() / 2;
        let start = key.get(..half - 1).unwrap_or(&[]);
        let end = key.get(half + 1..).unwrap_or(&[]);
        for segment in &self.segments {
            for word in &segment.words {
                if usize::from(word.key_length).abs_diff(key.len()) > 1 {
                    continue;
                }
                let other = word.key(&segment.keys);
                if other.starts_with(start) || other.ends_with(end) {
                    see(segment.text(word), word.count);
                }
            }
        }
    }

    /// Calls `see` with every word.
    pub(crate) fn each<'a>(&'a self, see: &mut dyn FnMut(&'a str, u32)) {
        for segment in &self.segments {
            for word in &segment.words {
                see(segment.text(word), word.count);
            }
        }
    }

    /// Returns the number of documents that have this very word.
    pub(crate) fn count(&self, word: &str) -> u32 {
        let mut key = Vec::new();
        if !key_of(word, &mut key) {
            return 0;
        }
        let of = |segment: &Arc<SegmentWords>| {
            let alike = segment.starting_with(&key).iter();
            let alike = alike.take_while(|other| usize::from(other.key_length) == key.len());
            alike.filter(|other| segment.text(other) == word).map(|other| other.count).sum::<u32>()
        };
        self.segments.iter().map(of).sum()
    }
}

/// Writes the letters of a word as bytes; false for a word that has others than Hangul and ASCII,
/// none, or too many.
fn key_of(text: &str, key: &mut Vec<u8>) -> bool {
    key.clear();
    for letter in letters(text) {
        let byte = if letter.is_ascii() {
            u8::try_from(letter).ok()
        } else if (LETTERS.0..=LETTERS.1).contains(&letter) {
            u8::try_from(u32::from(letter) - u32::from(LETTERS.0)).ok().map(|nth| 0x80 + nth)
        } else {
            None
        };
        let Some(byte) = byte else { return false };
        key.push(byte);
    }
    (1..=LONGEST).contains(&key.len())
}
