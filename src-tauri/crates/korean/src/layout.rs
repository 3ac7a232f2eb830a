//! Texts typed with the keyboard in the wrong language: `ehdtltjd` for `동시성`, `ㄱㄷ야ㄴ` for `redis`.
//!
//! The keyboard is the standard one (두벌식, KS X 5002) on the keys of a US keyboard.

use crate::jamo::compose_letters;
use crate::letters::{initial_of, letters};
use crate::syllable::{is_hangul, is_syllable};

/// The letters on the keys `a` to `z`.
const PLAIN: [char; 26] = [
    'ㅁ', 'ㅠ', 'ㅊ', 'ㅇ', 'ㄷ', 'ㄹ', 'ㅎ', 'ㅗ', 'ㅑ', 'ㅓ', 'ㅏ', 'ㅣ', 'ㅡ', 'ㅜ', 'ㅐ', 'ㅔ',
    'ㅂ', 'ㄱ', 'ㄴ', 'ㅅ', 'ㅕ', 'ㅍ', 'ㅈ', 'ㅌ', 'ㅛ', 'ㅋ',
];

/// The keys that give another letter with the shift key; all others give the same.
const SHIFTED: [(char, char); 7] =
    [('Q', 'ㅃ'), ('W', 'ㅉ'), ('E', 'ㄸ'), ('R', 'ㄲ'), ('T', 'ㅆ'), ('O', 'ㅒ'), ('P', 'ㅖ')];

/// Returns what the keys of a Latin text give on a Korean keyboard: `ehdtltjd` is `동시성`.
///
/// Capitals are keys with shift, so `dlTek` is `있다`. If capitals that make no difference in Korean
/// outnumber such small letters in a word (`EHDTLTJD`), caps lock was on, and shift worked the other
/// way round. Other characters stay.
pub fn to_hangul(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let latin = first.is_ascii_alphabetic();
        let end = rest.find(|c: char| c.is_ascii_alphabetic() != latin).unwrap_or(rest.len());
        let Some((run, tail)) = rest.split_at_checked(end) else { break };
        if latin {
            let caps_lock = has_caps_lock(run);
            let typed = run.chars().filter_map(|key| letter_on(unlocked(key, caps_lock)));
            out.push_str(&compose_letters(typed, run.len() * 2));
        } else {
            out.push_str(run);
        }
        rest = tail;
    }
    out
}

/// Returns the keys of a Korean text as Latin letters: `ㄱㄷ야ㄴ` is `redis`, `동시성` is `ehdtltjd`.
///
/// Letters typed with shift become capitals. Other characters stay.
pub fn to_latin(text: &str) -> String {
    letters(text).map(|letter| key_of(letter).unwrap_or(letter)).collect()
}

/// Tells whether a Latin word looks like Korean typed in the wrong layout: two letters or more, and
/// [`to_hangul`] makes nothing but whole syllables of them.
///
/// English words do so now and then (`go` is `해`), so this is a reason to try, not to replace.
pub fn looks_mistyped_hangul(word: &str) -> bool {
    word.len() >= 2
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && to_hangul(word).chars().all(is_syllable)
}

/// Tells whether a Hangul word looks like Latin letters typed in the wrong layout: two keys or more,
/// and some give no whole syllable.
///
/// A syllable under way at the end (`동시ㅅ`) is no sign of it. Consonants alone (`ㅇㅁㅅㅁ` for
/// `data`, `ㅅㄷㄴㅅ` for `test`) may be initials as well: see [`crate::initials::is_initials`].
pub fn looks_mistyped_latin(word: &str) -> bool {
    if !word.chars().all(is_hangul) || !letters(word).all(|letter| key_of(letter).is_some()) {
        return false;
    }
    let begun = |c: char| initial_of(c).is_some();
    let whole = word.strip_suffix(begun).filter(|whole| !whole.is_empty()).unwrap_or(word);
    letters(word).nth(1).is_some() && whole.chars().any(|c| !is_syllable(c))
}

/// Returns the letter on a key, with shift if the key is a capital.
fn letter_on(key: char) -> Option<char> {
    let shifted = SHIFTED.iter().find(|(capital, _)| *capital == key).map(|&(_, letter)| letter);
    shifted.or_else(|| {
        let place = u32::from(key.to_ascii_lowercase()).checked_sub(u32::from('a'))?;
        PLAIN.get(usize::try_from(place).ok()?).copied()
    })
}

fn key_of(letter: char) -> Option<char> {
    let plain = ('a'..='z').zip(PLAIN).find(|&(_, known)| known == letter).map(|(key, _)| key);
    plain.or_else(|| SHIFTED.iter().find(|(_, known)| *known == letter).map(|&(key, _)| key))
}

fn unlocked(key: char, caps_lock: bool) -> char {
    match caps_lock {
        false => key,
        true if key.is_ascii_uppercase() => key.to_ascii_lowercase(),
        true => key.to_ascii_uppercase(),
    }
}

/// Tells whether a word was typed with caps lock on, by the keys that nobody shifts in Korean.
fn has_caps_lock(word: &str) -> bool {
    let is_shifted = |key: u8| SHIFTED.iter().any(|(known, _)| u32::from(*known) == u32::from(key));
    let plain = || word.bytes().filter(|key| !is_shifted(key.to_ascii_uppercase()));
    let capitals = plain().filter(u8::is_ascii_uppercase).count();
    capitals * 2 > plain().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    #[track_caller]
    fn check(latin: &str, hangul: &str) {
        assert_eq!(to_hangul(latin), hangul, "{latin}");
        assert_eq!(to_latin(hangul), latin, "{hangul}");
    }

    #[test]
    fn words_typed_in_the_wrong_layout() {
        check("ehdtltjd", "동시성");
        check("redis", "ㄱㄷ얀");
        check("xmfoswortus", "트랜잭션");
        check("rhksfl", "관리");
        check("dmldmldhkdnjdnpdnldhldho", "의의와워웨위외왜");
        check("Rkr Wkr EksQkf dlTek", "깍 짝 딴빨 있다");
        check("OP", "ㅒㅖ");
        check("ahrt", "몫");
        check("diffjqt", "얄럾");
        check("ekfrrhk", "닭과");
        check("test", "ㅅㄷㄴㅅ");
        check("docker", "애찯ㄱ");
        check("ehdtltjd 2qjs", "동시성 2번");
        check("", "");
        check("1 + 2 = 3 🔥", "1 + 2 = 3 🔥");
    }

    #[test]
    fn one_way_only() {
        assert_eq!(to_latin("ㄱㄷ야ㄴ"), "redis");
        assert_eq!(to_latin("Redis는"), "Redissms");
        assert_eq!(to_latin("ㄳㅘㄻ"), "rthkfa");
        assert_eq!(to_latin(&"동시성".nfd().to_string()), "ehdtltjd");
        assert_eq!(to_hangul("동시tjd"), "동시성");
    }

    #[test]
    fn caps_lock_turns_shift_round() {
        for (keys, expect) in [
            ("EHDTLTJD", "동시성"),
            ("DLtEK", "있다"),
            ("RHKSFL", "관리"),
            // A capital at the start is one key with shift.
            ("Gksrmf", "한글"),
            // Nothing says that this was not typed with shift.
            ("RP", "꼐"),
            ("EHDTLTJD dlTek", "동시성 있다"),
        ] {
            assert_eq!(to_hangul(keys), expect, "{keys}");
        }
    }

    #[test]
    fn what_looks_mistyped() {
        for word in ["ehdtltjd", "xmfoswortus", "zotl", "gkrtod", "go"] {
            assert!(looks_mistyped_hangul(word), "{word}");
        }
        for word in ["redis", "kafka", "docker", "spring", "test", "a", "", "동시", "zotl1"] {
            assert!(!looks_mistyped_hangul(word), "{word}");
        }
        for word in ["ㄱㄷ야ㄴ", "ㄱㄷ얀", "ㅏㅁ람", "ㅅㄷㄴㅅ", "네갸ㅜㅎ", "ㅣㅐ차", "ㅓㅁㅍㅁ"]
        {
            assert!(looks_mistyped_latin(word), "{word}");
        }
        for word in ["동시성", "동시ㅅ", "ㄱ", "", "redis", "동시성을", "ㆍㆍ"] {
            assert!(!looks_mistyped_latin(word), "{word}");
        }
    }

    #[test]
    fn every_syllable_comes_back() {
        for c in '가'..='힣' {
            assert_eq!(to_hangul(&to_latin(&c.to_string())), c.to_string());
        }
    }

    proptest! {
        #[test]
        fn korean_comes_back(text in "[가-힣 ,0-9]{0,12}") {
            prop_assert_eq!(to_hangul(&to_latin(&text)), text);
        }

        #[test]
        fn keys_come_back(keys in "[a-zQWERTOP ]{0,12}") {
            prop_assert_eq!(to_latin(&to_hangul(&keys)), keys);
        }

        #[test]
        fn any_text_is_taken(text in any::<String>()) {
            to_hangul(&text);
            to_latin(&text);
            looks_mistyped_hangul(&text);
            looks_mistyped_latin(&text);
        }
    }
}
