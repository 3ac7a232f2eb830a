//! The word lists in `assets/korean`, read once.
//!
//! Each file says in its first lines what belongs into it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::squeezed::key;

const FUNCTION: &str = include_str!("../../../../assets/korean/function.txt");
const GENERAL: &str = include_str!("../../../../assets/korean/general.txt");
const COMMON: &str = include_str!("../../../../assets/korean/common.txt");
const SYNONYMS: &str = include_str!("../../../../assets/korean/synonyms.txt");
pub(crate) const OPPOSITES: &str = include_str!("../../../../assets/korean/opposites.txt");
pub(crate) const VERBS: &str = include_str!("../../../../assets/korean/verbs.txt");

/// Nouns of a single syllable that are terms; all others are too ambiguous to be told apart.
const SHORT: [&str; 18] = [
    "락", "큐", "힙", "키", "값", "빈", "뷰", "맵", "셋", "핀", "핑", "홉", "앱", "웹", "칩", "풀",
    "훅", "돔",
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// What is known about single words.
pub(crate) struct Lexicon {
    function: HashSet<&'static str>,
    general: HashSet<&'static str>,
    common: HashSet<&'static str>,
    /// Group of a spelling, by its key.
    group: HashMap<String, usize>,
    /// Keys of the spellings in each group.
    groups: Vec<Vec<String>>,
}

impl Lexicon {
    fn read() -> Lexicon {
        let mut group = HashMap::new();
        let mut groups = Vec::new();
        for line in lines(SYNONYMS) {
            let keys: Vec<String> = line.split_whitespace().map(spelling).collect();
            for key in &keys {
                group.entry(key.clone()).or_insert(groups.len());
            }
            groups.push(keys);
        }
        Lexicon {
            function: words(FUNCTION),
            general: words(GENERAL),
            common: words(COMMON),
            group,
            groups,
        }
    }

    /// Tells whether `word`, folded, only has a grammatical job.
    pub(crate) fn is_function(&self, word: &str) -> bool {
        self.function.contains(word)
    }

    /// Tells whether `word`, folded, belongs to interview prose in general.
    pub(crate) fn is_general(&self, word: &str) -> bool {
        self.general.contains(word)
    }

    /// Tells whether `word`, folded, names little alone and much inside a compound.
    pub(crate) fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Tells whether `word` is a noun of one syllable that may be a term.
    pub(crate) fn is_short_term(&self, word: &str) -> bool {
        SHORT.contains(&word)
    }

    /// Returns the keys of all known spellings of `key`, itself among them, if it is known.
    pub(crate) fn spellings(&self, key: &str) -> &[String] {
        self.group.get(key).and_then(|&at| self.groups.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Returns the one key that stands for all spellings of `key`.
    pub(crate) fn canonical<'a>(&'a self, key: &'a str) -> &'a str {
        self.spellings(key).first().map_or(key, String::as_str)
    }
}

/// Returns the lines of a list that hold entries.
pub(crate) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// Returns the words of a list.
pub(crate) fn words<C: FromIterator<&'static str>>(list: &'static str) -> C {
    lines(list).flat_map(str::split_whitespace).collect()
}

/// Returns the key of a spelling in a list, where underscores stand for spaces.
pub(crate) fn spelling(word: &str) -> String {
    key(&word.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        let lexicon = lexicon();
        assert!(lexicon.is_function("그리고") && lexicon.is_general("문제"), "both lists");
        assert_eq!(lexicon.canonical("deadlock"), lexicon.canonical("교착상태"), "one term");
        assert_eq!(lexicon.canonical("쿼럼"), "쿼럼", "an unknown word stands for itself");
    }
}
