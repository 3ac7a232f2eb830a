//! Syllables and the numbers of their parts.

/// The first precomposed syllable, `가`.
pub(crate) const FIRST: u32 = 0xAC00;
/// How many final consonants there are, with "none" as the first.
pub(crate) const FINALS: u32 = 28;
/// How many syllables share an initial consonant.
pub(crate) const PER_INITIAL: u32 = 21 * FINALS;

/// Tells whether `c` is a precomposed Hangul syllable, `가` to `힣`.
#[inline]
pub fn is_syllable(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// Tells whether `c` is a syllable or a jamo, conjoining ones included.
#[inline]
pub fn is_hangul(c: char) -> bool {
    is_syllable(c)
        || matches!(c,
            '\u{1100}'..='\u{11FF}'
            | '\u{3131}'..='\u{318E}'
            | '\u{A960}'..='\u{A97C}'
            | '\u{D7B0}'..='\u{D7FB}')
}

/// Takes a syllable apart: the number of its initial (0 to 18), medial (0 to 20) and final
/// (0 for none, to 27).
pub fn decompose(c: char) -> Option<(u8, u8, u8)> {
    if !is_syllable(c) {
        return None;
    }
    let index = u32::from(c) - FIRST;
    let part = |number: u32| u8::try_from(number).ok();
    Some((part(index / PER_INITIAL)?, part(index % PER_INITIAL / FINALS)?, part(index % FINALS)?))
}

/// Tells whether `c` is a syllable that ends in a consonant (받침).
#[inline]
pub fn has_final(c: char) -> bool {
    is_syllable(c) && !(u32::from(c) - FIRST).is_multiple_of(FINALS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn syllables_come_apart() {
        assert_eq!(decompose('가'), Some((0, 0, 0)));
        assert_eq!(decompose('힣'), Some((18, 20, 27)));
        assert_eq!(decompose('락'), Some((5, 0, 1)));
        assert_eq!(decompose('a'), None);
        assert_eq!(decompose('ㄱ'), None);
    }

    #[test]
    fn finals() {
        for (c, expect) in [('락', true), ('큐', false), ('키', false), ('값', true), ('a', false)]
        {
            assert_eq!(has_final(c), expect, "{c}");
        }
    }

    proptest! {
        #[test]
        fn decomposition_can_be_undone(c in proptest::char::range('가', '힣')) {
            let (initial, medial, last) = decompose(c).unwrap();
            let index = (u32::from(initial) * 21 + u32::from(medial)) * FINALS + u32::from(last);
            prop_assert_eq!(char::from_u32(FIRST + index), Some(c));
            prop_assert_eq!(has_final(c), last > 0);
        }
    }
}
