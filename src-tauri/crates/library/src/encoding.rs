//! Recognises what the bytes of a post are.
//!
//! UTF-8 is what posts are in. Old ones of Korean systems are in CP949, the superset of EUC-KR that
//! Windows writes; some editors write UTF-16, which is recognised by its mark alone.
//! CP949 gives nearly any pair of high bytes a character, so decoding proves little: what was decoded
//! must also look like Korean, or else other people's text would be shown as Hangul.

use std::fmt;

use encoding_rs::{EUC_KR, UTF_16BE, UTF_16LE};

/// The encodings of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The only one that is written.
    Utf8,
    /// Korean Windows' code page 949, EUC-KR included.
    Cp949,
    /// UTF-16, lower byte first, with its mark.
    Utf16Le,
    /// UTF-16, higher byte first, with its mark.
    Utf16Be,
}

impl Encoding {
    /// Returns the name people know it by, such as `CP949`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Cp949 => "CP949",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Tells why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoText {
    /// Not UTF-8, without the mark of UTF-16, and not CP949.
    #[error("it is not UTF-8 from byte {valid_up_to} on, and not CP949 or UTF-16 either")]
    Unknown {
        /// Offset of the first byte that is not UTF-8, from zero.
        valid_up_to: usize,
    },
    /// It could be CP949, and would hardly be Korean then.
    #[error("it is not UTF-8 from byte {valid_up_to} on, and read as CP949 it is no Korean")]
    NotKorean {
        /// Offset of the first byte that is not UTF-8, from zero.
        valid_up_to: usize,
    },
    /// It begins with the mark of UTF-16 and breaks its rules.
    #[error("it begins with the mark of UTF-16 and is none")]
    BrokenUtf16,
    /// Not UTF-8, and with zero bytes as no text has them.
    #[error("it is not UTF-8 but binary data")]
    Binary,
}

/// Reads a post's bytes. Nothing is replaced: all of them are text in the encoding told.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), NoText> {
    let not_utf8 = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Encoding::Utf8)),
        Err(error) => error,
    };
    let valid_up_to = not_utf8.utf8_error().valid_up_to();
    let bytes = not_utf8.as_bytes();
    let utf16 =
        [(b"\xff\xfe", UTF_16LE, Encoding::Utf16Le), (b"\xfe\xff", UTF_16BE, Encoding::Utf16Be)];
    for (mark, decoder, encoding) in utf16 {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let text = decoder.decode_without_bom_handling_and_without_replacement(rest);
            // The mark of UTF-32 begins like that of UTF-16; what follows then has zeros in it.
            let text = text.filter(|text| !text.contains('\0')).ok_or(NoText::BrokenUtf16)?;
            return Ok((text.into_owned(), encoding));
        }
    }
    if bytes.contains(&0) {
        return Err(NoText::Binary);
    }
    let text = EUC_KR
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(NoText::Unknown { valid_up_to })?;
    if is_korean(&text) {
        Ok((text.into_owned(), Encoding::Cp949))
    } else {
        Err(NoText::NotKorean { valid_up_to })
    }
}

/// Tells what a post's bytes are, as [`decode`] does.
pub(crate) fn recognise(bytes: &[u8]) -> Result<Encoding, NoText> {
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(Encoding::Utf8);
    }
    decode(bytes.to_vec()).map(|(_, encoding)| encoding)
}

/// The syllables that Korean is full of: endings, particles, and the commonest parts of words.
const FREQUENT: &str = "이다는하로에가을를의한스서해지수리기고어있용정은터인자트사드시할제으성도적면데프되만나문라상때\
                        모보장대요일위들그것과게입니습와아안주전부답변질";

/// Tells whether a text decoded as CP949 looks like Korean.
///
/// Latin text with accents becomes rare syllables and Chinese characters, Chinese and Japanese text
/// becomes syllables that no Korean word has. In Korean notes, by contrast, nearly all letters are
/// Hangul, and of those the frequent syllables are a sixth at the very least, half as a rule; a text
/// that is all code and has three Korean words in its comments has such syllables too.
fn is_korean(text: &str) -> bool {
    let (mut letters, mut hangul, mut frequent) = (0_usize, 0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()) {
        letters += 1;
        hangul += usize::from(('가'..='힣').contains(&c));
        frequent += usize::from(FREQUENT.contains(c));
    }
    // Half, as some set Chinese characters beside the Hangul, and a tenth.
    letters > 0 && hangul * 2 >= letters && frequent * 10 >= letters
}

#[cfg(test)]
mod tests;
