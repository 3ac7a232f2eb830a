//! The form in which texts are matched.

use std::char::ToLowercase;

use unicode_normalization::UnicodeNormalization as _;

/// Returns `text` composed (NFC) and in lower case.
///
/// For matching only: lengths change, so offsets into the result are not offsets into `text`.
pub fn fold(text: &str) -> String {
    text.nfc().flat_map(fold_char).nfc().collect()
}

/// Returns the lower case of one character, without regard to its neighbours.
#[inline]
pub fn fold_char(c: char) -> ToLowercase {
    c.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds() {
        for (text, expect) in [
            ("Redis는", "redis는"),
            ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글"),
            ("CAFE\u{301}", "café"),
            ("İ한글", "i\u{307}한글"),
            ("", ""),
        ] {
            assert_eq!(fold(text), expect);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
