//! What may stand behind a noun inside one run of Hangul.

use dapanji_korean::is_particle;

/// What the rest of a run makes of the noun before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follow {
    /// The noun ends here: particles, the copula, 하다 and its like, or another noun follow.
    Ends,
    /// A suffix makes another noun of it, as in `확장성`.
    Derives,
    /// It is another word.
    Differs,
}

/// Suffixes that make another noun.
const SUFFIXES: &str = "화자성기체율률량력형제론학소점권값도사식망층법용";

/// First syllables of the verbs that are made of nouns, and of the copula.
const VERBAL: &str = "하해했한할함합되돼됐된될됨됩이였일인입";

/// Suffixes that leave the noun what it is.
const LOOSE: [&str; 15] = [
    "간", "별", "내", "당", "상", "적", "들", "중", "시", "시키", "시킨", "시킬", "시켜", "시킵",
    "씩",
];

/// Tells what `rest`, the Hangul behind `noun`, makes of it. `short` nouns have one syllable and
/// stand close to many other words.
pub(crate) fn follows(noun: &str, rest: &str, short: bool) -> Follow {
    let Some(first) = rest.chars().next() else { return Follow::Ends };
    if fits(noun, rest) {
        return Follow::Ends;
    }
    if short {
        return Follow::Differs;
    }
    let syllables = rest.chars().count();
    let after = rest.get(first.len_utf8()..).unwrap_or_default();
    if SUFFIXES.contains(first) && (after.is_empty() || is_particle(after) || is_verbal(after)) {
        return Follow::Derives;
    }
    if syllables >= 2 || LOOSE.contains(&rest) { Follow::Ends } else { Follow::Differs }
}

/// Tells whether `rest` is a particle or an ending that may follow `noun`.
fn fits(noun: &str, rest: &str) -> bool {
    if LOOSE.iter().any(|&loose| {
        rest.strip_prefix(loose).is_some_and(|rest| rest.is_empty() || is_particle(rest))
    }) {
        return noun.chars().count() > 1 || rest != "시" && rest != "상" && rest != "중";
    }
    is_particle(rest) || is_verbal(rest)
}

/// Tells whether `rest` is a form of 하다, 되다, 시키다 or 이다.
pub(crate) fn is_verbal(rest: &str) -> bool {
    let Some(first) = rest.chars().next() else { return false };
    VERBAL.contains(first)
        || rest.starts_with("시키")
        || rest.starts_with("시켜")
        || rest.starts_with("당하")
        || rest.starts_with("당했")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rest_of_a_run() {
        for (noun, rest, expected) in [
            ("서버", "", Follow::Ends),
            ("서버", "에서는", Follow::Ends),
            ("서버", "입니다", Follow::Ends),
            ("검증", "했습니다", Follow::Ends),
            ("확장", "성을", Follow::Derives),
            ("확장", "성", Follow::Derives),
            ("관리", "자", Follow::Derives),
            ("트랜잭션", "관리를", Follow::Ends),
            ("서비스", "간의", Follow::Ends),
        ] {
            assert_eq!(follows(noun, rest, false), expected, "{noun}+{rest}");
        }
        assert_eq!(follows("락", "커", true), Follow::Differs, "another word");
        assert_eq!(follows("락", "으로", true), Follow::Ends, "a particle");
    }
}
