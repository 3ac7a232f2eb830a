//! Names entries so that the name outlives edits around them. See ADR 0001.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

/// Digits of the fingerprint: five bits each.
const FINGERPRINT_CHARS: usize = 10;
/// Crockford's base 32, lower case: no `i`, `l`, `o`, `u`, so that a key can be read aloud.
const DIGITS: [u8; 32] = *b"0123456789abcdefghjkmnpqrstvwxyz";

/// Returns the key of a question asked on a day, such as `20250409-3k9x2m7qpa`.
///
/// It depends on the date and the question's letters and digits (with `+` and `#`, which tell C, C++
/// and C# apart) alone: not on the post, the place in it, spaces, punctuation, case, or how Hangul is
/// composed. Two entries of one day with the same
/// question get the same key; the caller tells them apart.
pub fn entry_key(date: Option<Date>, question: &str) -> String {
    // Nearly all questions are composed already; telling so is much cheaper than composing.
    let is_composed = question.chars().all(|c| c < '\u{300}' || is_syllable(c));
    let folded = if is_composed { fold(question.chars()) } else { fold(question.nfc()) };
    let hash = blake3::hash(folded.as_bytes());
    let mut bits = u64::from_be_bytes(first_eight(hash.as_bytes()));
    let mut key = match date {
        Some(date) => format!("{:04}{:02}{:02}-", date.year(), date.month(), date.day()),
        None => "undated-".to_owned(),
    };
    for _ in 0..FINGERPRINT_CHARS {
        key.push(char::from(DIGITS[(bits >> 59) as usize]));
        bits <<= 5;
    }
    key
}

/// The letters and digits in lower case, with `+` and `#`.
fn fold(chars: impl Iterator<Item = char>) -> String {
    let mut folded = String::new();
    for c in chars {
        if is_syllable(c) {
            folded.push(c);
        } else if c.is_alphanumeric() || matches!(c, '+' | '#') {
            folded.extend(c.to_lowercase());
        }
    }
    folded
}

/// Hangul in composed form: a letter without case.
fn is_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}

fn first_eight(bytes: &[u8; 32]) -> [u8; 8] {
    let mut first = [0; 8];
    first.copy_from_slice(&bytes[..8]);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn same_question_same_key() {
        let day = Some(date(2025, 4, 9));
        let key = entry_key(day, "동시성 문제란 무엇인가요?");
        assert!(key.starts_with("20250409-") && key.len() == 19, "{key}");
        let decomposed: String = "동시성 문제란 무엇인가요?".nfd().collect();
        for same in ["동시성  문제란 무엇인가요", "**동시성** 문제란 무엇인가요?", &decomposed]
        {
            assert_eq!(entry_key(day, same), key, "{same}");
        }
        assert_ne!(entry_key(day, "동시성 문제란 무엇입니까?"), key);
        assert_ne!(entry_key(None, "동시성 문제란 무엇인가요?"), key);
        assert_ne!(entry_key(day, "C란?"), entry_key(day, "C++란?"));
    }
}
