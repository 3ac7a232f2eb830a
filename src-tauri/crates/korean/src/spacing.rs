//! Compounds however they are spaced: `분산락` is `분산 락`.
//!
//! Korean leaves it to the writer whether the nouns of a compound are spaced, so words are compared
//! here without white space, and a compound is taken apart where its parts are known. Characters
//! are compared as they are: fold texts first.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

/// Longer words than this many syllables are not taken apart: they are no compounds, and the time
/// that takes grows with the square of the length.
const LONGEST: usize = 24;

/// Tells whether two texts are the same but for white space.
pub fn same(one: &str, other: &str) -> bool {
    written(one).eq(written(other))
}

/// Finds `wanted` in `text`, whatever the white space in both, and returns its bytes in `text`.
///
/// The first place is returned; it begins and ends with a written character. A text of white space
/// alone is nowhere. Nothing is allocated.
pub fn find(text: &str, wanted: &str) -> Option<Range<usize>> {
    let first = written(wanted).next()?;
    text.char_indices().filter(|&(_, c)| c == first).find_map(|(start, _)| {
        let mut found = text.get(start..)?.char_indices().filter(|(_, c)| !c.is_whitespace());
        let mut end = start;
        for c in written(wanted) {
            let (at, _) = found.next().filter(|&(_, other)| other == c)?;
            end = start + at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// Returns the ways to write `word` as two, the shortest first part first: `분 산락`, `분산 락`.
///
/// It is cut between graphemes only, so decomposed syllables stay whole.
pub fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    word.grapheme_indices(true).skip(1).filter_map(|(at, _)| word.split_at_checked(at))
}

/// Takes a compound apart into words that `known` knows, in the order they stand in: the fewest, and
/// of these the ones with the longest shortest part. None if there is no such way with two parts or
/// more.
///
/// A whole that is itself known is taken apart nevertheless. `known` is asked for each stretch of
/// the word once at most.
pub fn split_known(word: &str, mut known: impl FnMut(&str) -> bool) -> Option<Vec<&str>> {
    let mut bounds: Vec<usize> = word.grapheme_indices(true).map(|(at, _)| at).collect();
    if !(2..=LONGEST).contains(&bounds.len()) {
        return None;
    }
    bounds.push(word.len());
    // For each bound the best way to get there.
    let mut ways: Vec<Option<Way>> = vec![None; bounds.len()];
    if let Some(start) = ways.first_mut() {
        *start = Some(Way { parts: 0, shortest: usize::MAX, from: 0 });
    }
    for to in 1..bounds.len() {
        for from in 0..to {
            let Some(Some(before)) = ways.get(from).copied() else { continue };
            let part = bounds.get(from).zip(bounds.get(to)).and_then(|(&a, &b)| word.get(a..b));
            if part.is_none_or(|part| part.len() == word.len() || !known(part)) {
                continue;
            }
            let shortest = before.shortest.min(to - from);
            let way = Way { parts: before.parts + 1, shortest, from };
            if let Some(best) = ways.get_mut(to)
                && best.is_none_or(|best| way.is_better_than(best))
            {
                *best = Some(way);
            }
        }
    }
    let mut parts = Vec::new();
    let mut to = bounds.len() - 1;
    while to > 0 {
        let from = ways.get(to).copied().flatten()?.from;
        parts.push(word.get(*bounds.get(from)?..*bounds.get(to)?)?);
        to = from;
    }
    parts.reverse();
    Some(parts)
}

/// How a bound is reached by known words.
#[derive(Debug, Clone, Copy)]
struct Way {
    parts: usize,
    /// Graphemes of the shortest part.
    shortest: usize,
    /// The bound at which the last part starts.
    from: usize,
}

impl Way {
    fn is_better_than(self, other: Self) -> bool {
        (self.parts, other.shortest) < (other.parts, self.shortest)
    }
}

fn written(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_makes_no_difference() {
        for (one, other, expect) in [
            ("분산락", "분산 락", true),
            (" 분 산\u{3000}락", "분산락\n", true),
            ("분산락", "분산 락을", false),
            ("", " ", true),
        ] {
            assert_eq!(same(one, other), expect, "{one} {other}");
        }
        for (text, wanted, expect) in [
            ("그래서 분산 락을", "분산락", Some("분산 락")),
            ("그래서 분산락을", "분산 락", Some("분산락")),
            ("분분산 락", "분산락", Some("분산 락")),
            ("분산", "분산락", None),
            ("분산", " ", None),
            ("", "락", None),
        ] {
            assert_eq!(
                find(text, wanted).and_then(|span| text.get(span)),
                expect,
                "{wanted} in {text}"
            );
        }
    }

    #[test]
    fn words_in_two() {
        let found: Vec<_> = splits("분산락").collect();
        assert_eq!(found, [("분", "산락"), ("분산", "락")]);
        assert_eq!(splits("락").count() + splits("").count(), 0);
        assert_eq!(splits("\u{1112}\u{1161}\u{11AB}글").count(), 1);
    }

    #[test]
    fn compounds_come_apart_into_known_words() {
        let known = [
            "분산",
            "락",
            "데이터",
            "베이스",
            "데이터베이스",
            "이스",
            "베",
            "격리",
            "수준",
            "리수",
        ];
        for (word, expect) in [
            ("분산락", Some("분산 락")),
            ("데이터베이스", Some("데이터 베이스")),
            ("데이터베이스분산락", Some("데이터베이스 분산 락")),
            ("격리수준", Some("격리 수준")),
            ("분산격", None),
            ("분산", None),
            ("락", None),
            ("", None),
        ] {
            let parts = split_known(word, |part| known.contains(&part));
            assert_eq!(parts.map(|parts| parts.join(" ")).as_deref(), expect, "{word}");
        }
        assert_eq!(split_known(&"가".repeat(1000), |_| true), None);
        assert_eq!(split_known("가나다라", |part| part.len() > 3), Some(vec!["가나", "다라"]));
    }

    proptest! {
        #[test]
        fn parts_make_the_word(word in "[가-힣a-z]{0,12}", length in 1_usize..5) {
            if let Some(parts) = split_known(&word, |part| part.chars().count() <= length) {
                prop_assert!(parts.len() > 1);
                prop_assert_eq!(parts.concat(), word);
            }
        }

        #[test]
        fn what_is_found_is_the_same(text in "[가나 ]{0,10}", wanted in "[가나 ]{0,3}") {
            let squeezed = |text: &str| written(text).collect::<String>();
            match find(&text, &wanted) {
                Some(span) => prop_assert!(same(text.get(span).unwrap(), &wanted)),
                None => prop_assert!(
                    squeezed(&wanted).is_empty() || !squeezed(&text).contains(&squeezed(&wanted))
                ),
            }
        }

        #[test]
        fn any_text_is_taken(text in any::<String>(), wanted in any::<String>()) {
            find(&text, &wanted);
            prop_assert!(same(&text, &text));
            prop_assert!(splits(&text).all(|(one, other)| [one, other].concat() == text));
        }
    }
}
