//! The tables of particles, endings and words that only look like having one.

use super::{After, Kind, Rule};

const PARTICLES: &str = include_str!("../../../../../assets/korean/particles.txt");
const ENDINGS: &str = include_str!("../../../../../assets/korean/endings.txt");
const WHOLE: &str = include_str!("../../../../../assets/korean/whole.txt");

/// Returns every particle and ending with its rule.
///
/// A line that is none is passed over; a test reads them all.
pub(super) fn rules() -> impl Iterator<Item = Rule> {
    lines(PARTICLES).chain(lines(ENDINGS)).filter_map(read).flat_map(|(rule, forms)| {
        forms.split_whitespace().map(move |ending| Rule { ending, ..rule })
    })
}

/// Returns the words that only look like a noun and an ending.
pub(super) fn whole() -> impl Iterator<Item = &'static str> {
    lines(WHOLE).flat_map(str::split_whitespace).filter(|word| !word.starts_with('~'))
}

/// Returns the ends of compounds that only look like a noun and an ending.
pub(super) fn whole_ends() -> impl Iterator<Item = &'static str> {
    lines(WHOLE).flat_map(str::split_whitespace).filter_map(|word| word.strip_prefix('~'))
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// Reads a line such as `case consonant short: 을`: the rule, without its form, and the forms.
fn read(line: &'static str) -> Option<(Rule, &'static str)> {
    let (head, forms) = line.split_once(':')?;
    let mut head = head.split_whitespace();
    let kind = match head.next()? {
        "case" => Kind::Case,
        "auxiliary" => Kind::Auxiliary,
        "copula" => Kind::Copula,
        "plural" => Kind::Plural,
        "nominal" => Kind::Nominal,
        "verb" => Kind::Verb,
        "helper" => Kind::Helper,
        _ => return None,
    };
    let after = match head.next()? {
        "any" => After::Any,
        "consonant" => After::Consonant,
        "vowel" => After::Vowel,
        "open" => After::Open,
        "rieul" => After::Rieul,
        "not-rieul" => After::NotRieul,
        "jeok" => After::Jeok,
        "joined" => After::Joined,
        _ => return None,
    };
    let single = match head.next() {
        None => false,
        Some("short") => true,
        Some(_) => return None,
    };
    Some((Rule { ending: "", after, kind, single }, forms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_is_read() {
        for line in lines(PARTICLES).chain(lines(ENDINGS)) {
            assert!(read(line).is_some_and(|(_, forms)| !forms.trim().is_empty()), "{line}");
        }
    }

    #[test]
    fn nothing_stands_twice() {
        let mut known = HashSet::new();
        for word in lines(WHOLE).flat_map(str::split_whitespace) {
            assert!(known.insert(word), "{word}");
        }
        for rule in rules() {
            assert!(known.insert(Box::leak(format!("{rule:?}").into_boxed_str())), "{rule:?}");
        }
    }
}
