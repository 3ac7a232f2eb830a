//! What tells a file from later ones at the same path without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// What of a file changes with almost every write: size and times, and where the system has them the
/// number of the file and the time its content or name was last touched, which no program can set.
///
/// Two files with the same stamp most likely have the same content. It is all but sure if the stamp
/// [`is_settled`](Stamp::is_settled).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    inode: (u64, i64, i64),
}

/// Ticks of a system's clock are at most this long: two writes within one leave the same time.
const TICK: Duration = Duration::from_millis(100);

/// On file systems that count in seconds, or in pairs of them.
const COARSE_TICK: Duration = Duration::from_secs(3);

impl Stamp {
    /// How many bytes [`Stamp::to_bytes`] makes.
    pub const LENGTH: usize = 48;

    pub(crate) fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            inode: {
                use std::os::unix::fs::MetadataExt as _;
                (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
            },
        }
    }

    /// Tells whether every write after `looked` gives the file another stamp, so that a content read
    /// then can be known again by its stamp. `looked` is a moment before the file was read.
    ///
    /// A write may come within the same tick of the clock as the one before it, so the last one has to
    /// be older than a tick. Never the case where the system keeps no time that programs cannot set.
    pub fn is_settled(&self, looked: SystemTime) -> bool {
        self.changed().is_some_and(|(changed, fine)| {
            let tick = if fine { TICK } else { COARSE_TICK };
            looked.duration_since(changed).is_ok_and(|age| age >= tick)
        })
    }

    /// The time of the last change of content or name, and whether it is counted in more than
    /// milliseconds.
    #[cfg(unix)]
    fn changed(&self) -> Option<(SystemTime, bool)> {
        let (_, seconds, nanos) = self.inode;
        let since = Duration::new(u64::try_from(seconds).ok()?, u32::try_from(nanos).ok()?);
        Some((SystemTime::UNIX_EPOCH.checked_add(since)?, nanos % 1_000_000 != 0))
    }

    #[cfg(not(unix))]
    fn changed(&self) -> Option<(SystemTime, bool)> {
        None
    }

    /// As bytes to be kept: the same ones exactly for the same stamp.
    pub fn to_bytes(&self) -> [u8; Stamp::LENGTH] {
        let modified = self.modified.map_or(i128::MIN, nanoseconds);
        #[cfg(unix)]
        let (number, seconds, nanos) = self.inode;
        #[cfg(not(unix))]
        let (number, seconds, nanos) = (0_u64, 0_i64, 0_i64);
        let fields = [
            &self.bytes.to_le_bytes()[..],
            &modified.to_le_bytes(),
            &number.to_le_bytes(),
            &seconds.to_le_bytes(),
            &nanos.to_le_bytes(),
        ];
        let mut bytes = [0; Stamp::LENGTH];
        for (to, from) in bytes.iter_mut().zip(fields.into_iter().flatten()) {
            *to = *from;
        }
        bytes
    }
}

fn nanoseconds(time: SystemTime) -> i128 {
    let count = |duration: Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => count(after),
        Err(before) => -count(before.duration()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    const CHANGED: i64 = 1_745_000_000;

    fn stamp(nanos: i64) -> Stamp {
        Stamp { bytes: 3, modified: None, inode: (7, CHANGED, nanos) }
    }

    #[test]
    fn a_stamp_settles_when_the_clock_has_moved_on() {
        let check = |nanos: i64, later_ms: i64, expect: bool| {
            let changed = CHANGED * 1000 + nanos / 1_000_000;
            let looked = Duration::from_millis(u64::try_from(changed + later_ms).unwrap());
            let settled = stamp(nanos).is_settled(SystemTime::UNIX_EPOCH + looked);
            assert_eq!(settled, expect, "{nanos} ns, {later_ms} ms later");
        };
        check(123_456_789, 0, false);
        check(123_456_789, 50, false);
        check(123_456_789, 102, true);
        // A clock that was set back, or is not that of the file system.
        check(123_456_789, -5000, false);
        // Counted in seconds or milliseconds.
        for nanos in [0, 120_000_000] {
            check(nanos, 2900, false);
            check(nanos, 3000, true);
        }
        let before_all = Stamp { bytes: 0, modified: None, inode: (0, -1, 0) };
        assert!(!before_all.is_settled(SystemTime::UNIX_EPOCH), "a time that makes no sense");
    }

    #[test]
    fn bytes_differ_as_stamps_do() {
        let time = |nanos: u64| Some(SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos));
        let stamps = [
            stamp(0),
            stamp(1),
            Stamp { bytes: 4, ..stamp(0) },
            Stamp { modified: time(0), ..stamp(0) },
            Stamp { modified: time(1), ..stamp(0) },
            Stamp { modified: Some(SystemTime::UNIX_EPOCH - Duration::from_nanos(1)), ..stamp(0) },
            Stamp { inode: (8, CHANGED, 0), ..stamp(0) },
            Stamp { inode: (7, CHANGED + 1, 0), ..stamp(0) },
        ];
        for (one, stamp) in stamps.iter().enumerate() {
            for (other, with) in stamps.iter().enumerate() {
                assert_eq!(stamp.to_bytes() == with.to_bytes(), one == other, "{stamp:?} {with:?}");
            }
        }
    }
}
