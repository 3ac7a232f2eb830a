//! What stands in a pack: records that describe themselves and are checked by their hash.
//!
//! A record is a mark, a kind, the length of what follows, the beginning of its hash, and then that.
//! So a reader finds the next whole record behind one that a crash has torn.

use std::io;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{After, Cause, Version};
use crate::path::PostPath;
use crate::revision::Revision;

/// Begins every record. No UTF-8 text holds it.
pub(super) const MARK: [u8; 4] = [0xf6, b'D', b'P', b'H'];

/// Bytes before the payload: mark, kind, length, check.
pub(super) const HEADER: usize = 4 + 1 + 4 + 8;

/// Bytes of a content's payload before the compressed text at the most.
pub(super) const CONTENT_HEAD: usize = 16 + 1 + 16 + 4;

/// More than any payload has: a post is smaller, compressed or not.
const MOST_BYTES: u32 = 32 * 1024 * 1024;

/// Compresses four to one and takes a second for 200 MB.
const LEVEL: i32 = 3;

/// The kind of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A content of a post.
    Content = 1,
    /// A version was replaced.
    Replaced = 2,
    /// A post has a content, which is the first one known of it.
    Seen = 3,
}

/// The bytes before a payload, read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) kind: Kind,
    pub(super) length: u32,
    check: [u8; 8],
}

impl Header {
    /// Reads a header; none if these bytes are none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&MARK)?;
        let kind = match rest.first()? {
            1 => Kind::Content,
            2 => Kind::Replaced,
            3 => Kind::Seen,
            _ => return None,
        };
        let length = u32::from_le_bytes(rest.get(1..5)?.try_into().ok()?);
        let check = rest.get(5..13)?.try_into().ok()?;
        (length <= MOST_BYTES).then_some(Self { kind, length, check })
    }

    /// Whether this is the payload that was written under the header.
    pub(super) fn fits(&self, payload: &[u8]) -> bool {
        u32::try_from(payload.len()) == Ok(self.length) && check(self.kind, payload) == self.check
    }
}

/// Appends a record to `out`.
pub(super) fn write(out: &mut Vec<u8>, kind: Kind, payload: &[u8]) -> io::Result<()> {
    let length = u32::try_from(payload.len()).ok().filter(|length| *length <= MOST_BYTES);
    let length = length.ok_or(io::ErrorKind::FileTooLarge)?;
    out.extend_from_slice(&MARK);
    out.push(kind as u8);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&check(kind, payload));
    out.extend_from_slice(payload);
    Ok(())
}

fn check(kind: Kind, payload: &[u8]) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&[kind as u8]);
    hasher.update(payload);
    let mut check = [0; 8];
    for (to, from) in check.iter_mut().zip(hasher.finalize().as_bytes()) {
        *to = *from;
    }
    check
}

/// What a content's record says before the compressed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ContentHead {
    pub(super) revision: Revision,
    /// How many other contents have to be read first.
    pub(super) depth: u8,
    /// The content this one is told as a difference from.
    pub(super) base: Option<Revision>,
    /// Bytes of the content itself.
    pub(super) bytes: u32,
}

impl ContentHead {
    /// Reads the head and returns it with its length in bytes.
    pub(super) fn read(payload: &[u8]) -> Option<(Self, usize)> {
        let revision = Revision::from_bytes(payload.get(..16)?.try_into().ok()?);
        let depth = *payload.get(16)?;
        let (base, at) = match depth {
            0 => (None, 17),
            _ => (Some(Revision::from_bytes(payload.get(17..33)?.try_into().ok()?)), 33),
        };
        let bytes = u32::from_le_bytes(payload.get(at..at + 4)?.try_into().ok()?);
        Some((Self { revision, depth, base, bytes }, at + 4))
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.revision.to_bytes());
        out.push(self.depth);
        if let Some(base) = &self.base {
            out.extend_from_slice(&base.to_bytes());
        }
        out.extend_from_slice(&self.bytes.to_le_bytes());
    }
}

/// A content that another one is told as a difference from.
pub(super) struct Base {
    pub(super) revision: Revision,
    pub(super) depth: u8,
    pub(super) bytes: Arc<[u8]>,
}

/// The payload of a content's record.
pub(super) fn content(bytes: &[u8], base: Option<&Base>) -> io::Result<Vec<u8>> {
    let mut compressor = match base {
        Some(base) => zstd::bulk::Compressor::with_dictionary(LEVEL, &base.bytes)?,
        None => zstd::bulk::Compressor::new(LEVEL)?,
    };
    let head = ContentHead {
        revision: Revision::of(bytes),
        depth: base.map_or(0, |base| base.depth.saturating_add(1)),
        base: base.map(|base| base.revision),
        bytes: u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?,
    };
    let mut payload = Vec::with_capacity(CONTENT_HEAD + bytes.len() / 3);
    head.write(&mut payload);
    payload.append(&mut compressor.compress(bytes)?);
    Ok(payload)
}

/// The content of a record's payload; `base` is that of its base, if it has one.
pub(super) fn expand(payload: &[u8], base: Option<&[u8]>) -> io::Result<Vec<u8>> {
    let (head, at) = ContentHead::read(payload).ok_or_else(damaged)?;
    if u64::from(head.bytes) > crate::library::MAX_POST_BYTES {
        return Err(damaged());
    }
    let mut decompressor = match base {
        Some(base) => zstd::bulk::Decompressor::with_dictionary(base)?,
        None => zstd::bulk::Decompressor::new()?,
    };
    let capacity = usize::try_from(head.bytes).unwrap_or_default();
    let bytes = decompressor.decompress(payload.get(at..).unwrap_or_default(), capacity)?;
    if Revision::of(&bytes) == head.revision { Ok(bytes) } else { Err(damaged()) }
}

/// What is said of a version that does not hash to its own name.
pub(super) fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the kept version is damaged")
}

/// The payload of a replacement: milliseconds since 1970, cause, revision, what came after (a
/// revision, `-` for nothing, `?` if not known) and path, separated by tabs.
pub(super) fn replaced(version: &Version) -> Vec<u8> {
    let after = match version.after {
        After::Next => "?".to_owned(),
        After::Nothing => "-".to_owned(),
        After::Content(revision) => revision.to_string(),
    };
    let Version { path, revision, replaced, cause, .. } = version;
    format!("{}\t{}\t{revision}\t{after}\t{path}", millis(*replaced), cause.word()).into_bytes()
}

/// Reads the payload of a replacement; none if it makes no sense.
pub(super) fn read_replaced(payload: &[u8]) -> Option<Version> {
    let text = std::str::from_utf8(payload).ok()?;
    let mut fields = text.splitn(5, '\t');
    let replaced = time(fields.next()?.parse().ok()?)?;
    let cause = Cause::of_word(fields.next()?);
    let revision = fields.next()?.parse().ok()?;
    let after = match fields.next()? {
        "-" => After::Nothing,
        other => other.parse().map_or(After::Next, After::Content),
    };
    let path = PostPath::new(fields.next()?).ok()?;
    Some(Version { path, revision, replaced, cause, after })
}

/// The payload of a first sight: milliseconds since 1970, revision and path, separated by tabs.
pub(super) fn seen(path: &PostPath, revision: &Revision, at: SystemTime) -> Vec<u8> {
    format!("{}\t{revision}\t{path}", millis(at)).into_bytes()
}

/// Reads the payload of a first sight; none if it makes no sense.
pub(super) fn read_seen(payload: &[u8]) -> Option<(PostPath, Revision, u64)> {
    let text = std::str::from_utf8(payload).ok()?;
    let mut fields = text.splitn(3, '\t');
    let at = fields.next()?.parse().ok()?;
    let revision = fields.next()?.parse().ok()?;
    Some((PostPath::new(fields.next()?).ok()?, revision, at))
}

/// Milliseconds since 1970.
pub(super) fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn time(millis: u64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_difference_is_small_and_reads_back() {
        let old = (0..4000).map(|n| format!("{n}번째 답변: {}\n", n * 7919)).collect::<String>();
        let new = old.replace("2000번째", "이천 번째");
        let base = Base { revision: Revision::of(&old), depth: 0, bytes: old.as_bytes().into() };
        let whole = content(new.as_bytes(), None).unwrap();
        let difference = content(new.as_bytes(), Some(&base)).unwrap();
        assert!(difference.len() * 20 < whole.len(), "{} of {}", difference.len(), whole.len());
        assert_eq!(expand(&whole, None).unwrap(), new.as_bytes());
        assert_eq!(expand(&difference, Some(old.as_bytes())).unwrap(), new.as_bytes());
        assert!(expand(&difference, Some(b"another base")).is_err());
        let (head, _) = ContentHead::read(&difference).unwrap();
        assert_eq!((head.depth, head.base), (1, Some(Revision::of(&old))));
    }

    #[test]
    fn a_replacement_reads_back() {
        for after in [After::Next, After::Nothing, After::Content(Revision::of("새 글"))] {
            for cause in
                [Cause::Saved, Cause::Outside, Cause::Deleted, Cause::Converted, Cause::Aside]
            {
                let version = Version {
                    path: PostPath::new("글/a\u{3000}b [1].md").unwrap(),
                    revision: Revision::of("옛 글"),
                    replaced: time(1_700_000_000_123).unwrap(),
                    cause,
                    after,
                };
                assert_eq!(read_replaced(&replaced(&version)), Some(version));
            }
        }
    }

    proptest! {
        #[test]
        fn no_flipped_byte_passes(text in ".{0,60}", at in 0usize..200, bit in 0u8..8) {
            let mut record = Vec::new();
            write(&mut record, Kind::Content, &content(text.as_bytes(), None).unwrap()).unwrap();
            let at = at % record.len();
            record[at] ^= 1 << bit;
            let passes = Header::read(&record).is_some_and(|header| {
                record.get(HEADER..).is_some_and(|payload| header.fits(payload))
            });
            prop_assert!(!passes, "byte {at}");
        }
    }
}
