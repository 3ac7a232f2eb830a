//! Two names of one thing, as notes give them: `데드락(deadlock)`, `DLQ(Dead Letter Queue)`.
//!
//! They are collected when a part is indexed, as terms of a field of their own, so that a query
//! finds them without a look at the texts.

use dapanji_korean::{Script, fold, is_syllable, strip_particles, words};
use tantivy::{SegmentReader, TantivyError};

use crate::error::SearchError;
use crate::schema::Fields;

/// Stands between the two names in the index.
const BETWEEN: char = '\u{1}';
/// A name in brackets is no longer than this many bytes, and has no more words than this.
const LONGEST: usize = 60;
const MOST_WORDS: usize = 4;
/// Pairs that are taken from a part at most.
const MOST_OF_A_PART: usize = 64;
/// A single Hangul word behind another one is taken as a name of its own from so many syllables on:
/// the `상태` of `교착 상태(deadlock)` is none.
const NAME_SYLLABLES: usize = 3;

/// A name and another one for the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// What the name is found by.
    pub(crate) key: String,
    /// The other name as it is written.
    pub(crate) other: String,
    /// Parts that pair the two.
    pub(crate) count: u32,
}

/// Returns what a name is found by: its words without particles, in lower case, without spaces.
pub(crate) fn name_key(name: &str) -> String {
    let mut key = String::new();
    for word in words(name) {
        let folded = fold(word.text);
        let stem = if word.script == Script::Hangul { strip_particles(&folded) } else { &folded };
        key.push_str(stem);
    }
    key
}

/// Calls `see` with the term of every pair in `markdown`.
pub(crate) fn collect(markdown: &str, see: &mut dyn FnMut(&str)) {
    let mut left = MOST_OF_A_PART;
    let mut from = 0;
    while let Some(open) = markdown.get(from..).and_then(|rest| rest.find('(')).map(|at| from + at)
    {
        from = open + 1;
        let Some(rest) = markdown.get(from..) else { break };
        let Some(close) = rest.as_bytes().iter().take(LONGEST).position(|byte| *byte == b')')
        else {
            continue;
        };
        let inside = rest.get(..close).unwrap_or("");
        let line = markdown.get(..open).map_or("", |before| {
            // A name is short; a long line need not be looked through.
            let mut start = before.len().saturating_sub(4 * LONGEST);
            while !before.is_char_boundary(start) {
                start += 1;
            }
            let near = before.get(start..).unwrap_or("");
            near.rfind('\n').map_or(near, |at| near.get(at + 1..).unwrap_or(""))
        });
        for name in names(line, inside) {
            see(&format!("{name}{BETWEEN}{}", plain(inside)));
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
}

/// Returns what `inside` of brackets is another name for, of the words before these.
fn names(line: &str, inside: &str) -> Vec<String> {
    let Some(second) = name_words(inside) else { return Vec::new() };
    let line = line.trim_end_matches(is_mark);
    // Something stands between a word and the brackets, so these are a remark.
    if line.ends_with(|c: char| !c.is_alphanumeric() && c != '+' && c != '#') {
        return Vec::new();
    }
    let before: Vec<&str> = line.rsplit(is_break).next().unwrap_or("").split_whitespace().collect();
    let first = |count: usize| {
        let name = before.get(before.len().checked_sub(count)?..)?.join(" ");
        name_words(&name).map(|words| (plain(&name), words))
    };
    let mut found = Vec::new();
    for count in 1..=MOST_WORDS {
        let Some((name, words)) = first(count) else { break };
        if is_acronym(&words, &second) || is_acronym(&second, &words) {
            return vec![name];
        }
    }
    if script(&second).is_none() {
        return found;
    }
    let Some((last, words)) = first(1) else { return found };
    if script(&words).is_none() || script(&words) == script(&second) {
        return found;
    }
    let two = first(2).filter(|(_, two)| script(two) == script(&words) && continues(two));
    let syllables = last.chars().filter(|c| is_syllable(*c)).count();
    if two.is_none() || syllables == 0 || syllables >= NAME_SYLLABLES {
        found.push(last);
    }
    found.extend(two.map(|(name, _)| name));
    found
}

/// Returns the words of what may be a name; none of a sentence, a call, a number or an address.
fn name_words(text: &str) -> Option<Vec<String>> {
    let named = |c: char| {
        c.is_alphanumeric()
            || c.is_whitespace()
            || is_mark(c)
            || matches!(c, '-' | '_' | '.' | '/' | '+' | '#' | '&')
    };
    if !text.chars().all(named) || text.contains("//") {
        return None;
    }
    let found: Vec<String> = words(text).map(|word| fold(word.text)).collect();
    let letters = found.iter().any(|word| {
        word.chars().any(is_syllable) || word.chars().filter(|c| c.is_alphabetic()).count() > 1
    });
    (letters && found.len() <= MOST_WORDS).then_some(found)
}

/// Returns the script all words are in, of Hangul and Latin.
fn script(words: &[String]) -> Option<Script> {
    let of = |word: &String| {
        if word.chars().all(is_syllable) {
            Some(Script::Hangul)
        } else {
            word.chars().all(|c| c.is_ascii_graphic()).then_some(Script::Latin)
        }
    };
    let first = of(words.first()?)?;
    words.iter().all(|word| of(word) == Some(first)).then_some(first)
}

/// Tells whether the first of two words leads on to the second, and is not the end of a phrase.
fn continues(words: &[String]) -> bool {
    words.first().is_some_and(|first| strip_particles(first) == first)
}

/// Tells whether `short` is made of the first letters of `long`: `DLQ`, `Dead Letter Queue`.
fn is_acronym(short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    let apart = long.iter().flat_map(|word| word.split(['-', '_', '.', '/']));
    let firsts: String = apart.filter_map(|word| word.chars().next()).collect();
    firsts.chars().count() > 1 && *short == firsts && short.is_ascii()
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '`' | '~')
}

fn is_break(c: char) -> bool {
    matches!(
        c,
        ',' | '.'
            | ':'
            | ';'
            | '!'
            | '?'
            | '('
            | ')'
            | '['
            | ']'
            | '|'
            | '"'
            | '\''
            | '='
            | '>'
            | '<'
    )
}

/// Returns a name without marks and with single spaces.
fn plain(name: &str) -> String {
    let unmarked: String = name.chars().filter(|c| !is_mark(*c)).collect();
    unmarked.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the pairs of a segment, both ways, by their key.
pub(crate) fn read(segment: &SegmentReader, fields: Fields) -> Result<Vec<Pair>, SearchError> {
    let inverted = segment.inverted_index(fields.pairs)?;
    let mut terms = inverted.terms().stream().map_err(TantivyError::from)?;
    let mut pairs = Vec::new();
    while terms.advance() {
        let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
        let Some((one, other)) = term.split_once(BETWEEN) else { continue };
        let count = terms.value().doc_freq;
        for (one, other) in [(one, other), (other, one)] {
            pairs.push(Pair { key: name_key(one), other: other.to_owned(), count });
        }
    }
    pairs.sort();
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut found = Vec::new();
        collect(text, &mut |pair| found.push(pair.replace(BETWEEN, "=")));
        assert_eq!(found.join(" | "), expect, "{text}");
    }

    #[test]
    fn names_beside_brackets() {
        check("데드락(deadlock)도 막았다", "데드락=deadlock");
        check("**데드락**(`deadlock`)", "데드락=deadlock");
        check("DLQ(Dead Letter Queue)로", "DLQ=Dead Letter Queue");
        check("Dead Letter Queue(DLQ)로", "Dead Letter Queue=DLQ");
        check("그래서 멱등성(idempotency)은", "멱등성=idempotency | 그래서 멱등성=idempotency");
        check("이 글은 교착 상태(deadlock)를", "교착 상태=deadlock");
        check("큐, 락(lock)", "락=lock");
        check("mutex(뮤텍스)", "mutex=뮤텍스");
        check("여러 서버의 분산 락(distributed lock)을", "분산 락=distributed lock");
    }

    #[test]
    fn brackets_that_name_nothing() {
        for text in [
            "find(key)",
            "함수()",
            "서버(2025)",
            "이것은 (참고)",
            "링크(https://a.b)",
            "서버(한 대면 충분하다고 생각하는 사람이 많다)",
            "[글](../post.md)",
            "(",
            "끝나지 않는(lock",
            "",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn keys_forget_particles_spaces_and_case() {
        for (name, expect) in [
            ("Dead Letter Queue", "deadletterqueue"),
            ("분산 락을", "분산락"),
            ("CI/CD", "ci/cd"),
            ("?", ""),
        ] {
            assert_eq!(name_key(name), expect, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_through(text in any::<String>()) {
            collect(&text, &mut |_| ());
        }

        #[test]
        fn brackets_in_any_order(text in "[가-나a-c ()*\\n]{0,30}") {
            collect(&text, &mut |pair| assert!(pair.contains(BETWEEN)));
        }
    }
}
