//! Content hashes.

use std::fmt;
use std::str::FromStr;

/// Identifies the content a post was read at or written with: 128 bits of the BLAKE3 hash of its
/// bytes, shown as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision([u8; 16]);

/// Says that a text is not 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a revision: 32 hexadecimal digits are needed")]
pub struct ParseRevisionError {
    /// As it was given.
    pub text: String,
}

impl Revision {
    /// Hashes the whole content of a file.
    pub fn of(bytes: impl AsRef<[u8]>) -> Revision {
        let mut short = [0; 16];
        for (to, from) in short.iter_mut().zip(blake3::hash(bytes.as_ref()).as_bytes()) {
            *to = *from;
        }
        Revision(short)
    }

    /// Takes the bytes that [`Revision::to_bytes`] gave.
    pub fn from_bytes(bytes: [u8; 16]) -> Revision {
        Revision(bytes)
    }

    /// Returns it as bytes.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Revision({self})")
    }
}

impl FromStr for Revision {
    type Err = ParseRevisionError;

    fn from_str(text: &str) -> Result<Revision, ParseRevisionError> {
        let error = || ParseRevisionError { text: text.to_owned() };
        let digits: Vec<u8> = text
            .chars()
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or_else(error)?;
        if digits.len() != 32 {
            return Err(error());
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair.iter().fold(0, |high, low| high << 4 | low);
        }
        Ok(Revision(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_shows() {
        let revision = Revision::of("동시성");
        assert_eq!(revision.to_string().parse(), Ok(revision));
        assert_eq!(revision.to_string().to_uppercase().parse(), Ok(revision));
        assert_eq!(Revision::from_bytes(revision.to_bytes()), revision);
        assert_eq!(Revision::of("").to_string(), "af1349b9f5f9a1a6a0404dea36dcc949");
    }

    #[test]
    fn differs_with_one_byte() {
        assert_ne!(Revision::of("a"), Revision::of("a\n"));
        assert_ne!(Revision::of("\u{feff}a"), Revision::of("a"), "a byte order mark is content");
    }

    #[test]
    fn refuses_what_is_no_revision() {
        for text in ["", "af13", "zf1349b9f5f9a1a6a0404dea36dcc949", "가"] {
            assert!(text.parse::<Revision>().is_err(), "{text:?}");
        }
    }
}
