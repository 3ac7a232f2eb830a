//! What the user decided about key terms: which are listed anyhow, which never, and which names of
//! theirs mean one thing.

use std::collections::{HashMap, HashSet};

use crate::lexicon::lexicon;
use crate::squeezed::key;

/// What the user decided about the key terms of an entry, and about names in the library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Listed before all others, in this order, whether or not they would have been found.
    pub pinned: Vec<String>,
    /// Listed behind the pinned ones, in this order, whether or not the model answer has them.
    pub added: Vec<String>,
    /// Never listed, under any name of theirs.
    pub removed: Vec<String>,
    /// Groups of names for one thing, beside the known spellings.
    pub synonyms: Vec<Vec<String>>,
}

/// How a term came into the list, where it was not found there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wish {
    /// The user keeps it at the head of the list.
    Pinned,
    /// The user added it.
    Added,
}

/// Returns the form in which two spellings of a term are the same: without case, spaces, hyphens and
/// the ending of a plural. Empty for a text that can be no term.
pub fn term_key(term: &str) -> String {
    key(term)
}

/// The names that mean one thing, known and the user's.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Keys of the names in the user's group of a key, that key among them.
    groups: HashMap<String, Vec<String>>,
    /// The one key for several that the word lists tell apart.
    one: HashMap<String, String>,
}

impl Names {
    pub(crate) fn of(synonyms: &[Vec<String>]) -> Names {
        let mut names = Names::default();
        for group in synonyms {
            let mut keys: Vec<String> = Vec::new();
            for name in group.iter().map(|name| key(name)).filter(|key| !key.is_empty()) {
                // Groups that share a name are one.
                for key in names.groups.get(&name).cloned().unwrap_or_else(|| vec![name]) {
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
            }
            for key in &keys {
                names.groups.insert(key.clone(), keys.clone());
            }
        }
        // Invariant: what `one` leads to leads no further.
        let mut done: HashSet<&String> = HashSet::new();
        let mut sorted: Vec<&Vec<String>> = names.groups.values().collect();
        sorted.sort_unstable();
        for keys in sorted {
            if keys.iter().any(|key| !done.insert(key)) {
                continue;
            }
            let known: Vec<&str> = keys.iter().map(|key| lexicon().canonical(key)).collect();
            let led = |key: &str| names.one.get(key).map_or(key, String::as_str).to_owned();
            let Some(first) = known.iter().map(|key| led(key)).min() else { continue };
            let joined: HashSet<String> = known.iter().map(|key| led(key)).collect();
            for to in names.one.values_mut().filter(|to| joined.contains(*to)) {
                to.clone_from(&first);
            }
            for key in joined.into_iter().filter(|key| *key != first) {
                names.one.insert(key, first.clone());
            }
        }
        names
    }

    /// Returns the keys of the other names of `key` that the user gave, itself among them.
    pub(crate) fn group(&self, key: &str) -> &[String] {
        self.groups.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns the one key that stands for all names of `key`.
    pub(crate) fn canonical<'a>(&'a self, key: &'a str) -> &'a str {
        let known = lexicon().canonical(key);
        self.one.get(known).map_or(known, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EqualWeights, TermState, compare, compare_with};

    fn wishes(pinned: &[&str], added: &[&str], removed: &[&str], same: &[&[&str]]) -> Wishes {
        let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Wishes {
            pinned: own(pinned),
            added: own(added),
            removed: own(removed),
            synonyms: same.iter().map(|group| own(group)).collect(),
        }
    }

    /// Renders the terms: `^` pinned, `+` added, then `○`, `△` or `×` for the state.
    fn render(answer: &str, model: &str, wishes: &Wishes) -> String {
        let found = compare_with(answer, model, &EqualWeights, wishes);
        let terms = found.terms.iter().map(|term| {
            let wish = match term.wish {
                Some(Wish::Pinned) => "^",
                Some(Wish::Added) => "+",
                None => "",
            };
            let state = match term.state {
                TermState::Said => '○',
                TermState::Partly => '△',
                TermState::Missing => '×',
            };
            format!("{wish}{}{state}", term.term)
        });
        terms.collect::<Vec<_>>().join(" ")
    }

    const MODEL: &str = "트랜잭션은 원자성과 격리성을 지킨다. 데드락은 타임아웃으로 푼다.";
    const ANSWER: &str = "트랜잭션은 원자성이 있다. 교착 상태도 있다.";

    #[test]
    fn terms_are_pinned_added_and_removed() {
        let plain = render(ANSWER, MODEL, &Wishes::default());
        assert!(plain.contains("격리성×") && plain.contains("데드락○"), "{plain}");
        let own = wishes(&["격리성"], &["분산 락", "30초"], &["트랜잭션", "교착상태"], &[]);
        let found = render(ANSWER, MODEL, &own);
        assert!(found.starts_with("^격리성× +분산 락× +30초×"), "{found}");
        assert!(!found.contains("트랜잭션") && !found.contains("데드락"), "{found}");
        assert!(found.contains("원자성○"), "{found}");
    }

    #[test]
    fn an_added_term_is_looked_for_like_any_other() {
        let own = |term: &str| wishes(&[], &[term], &[], &[]);
        let check = |term: &str, answer: &str, state: TermState| {
            let found = compare_with(answer, MODEL, &EqualWeights, &own(term));
            let found = found.terms.into_iter().find(|found| found.term == term).unwrap();
            assert_eq!(found.state, state, "{term} in {answer}");
            assert_eq!(found.wish, Some(Wish::Added), "{term}");
            assert_eq!(found.in_answer.is_empty(), state == TermState::Missing, "{term}");
        };
        check("분산 락", "분산락으로 막는다", TermState::Said);
        check("분산 락", "락을 건다", TermState::Partly);
        check("thread pool", "스레드 풀을 둔다", TermState::Said);
        check("30초", "만료는 0.5분", TermState::Said);
        check("30초", "만료는 3초", TermState::Missing);
        check("원자성", "원자성이 있다", TermState::Said);
    }

    #[test]
    fn names_of_the_user_mean_one_thing() {
        let model = "쓰기 지연 저장소가 SQL을 모은다.";
        let answer = "Write-behind 버퍼가 질의를 모은다.";
        let plain = render(answer, model, &Wishes::default());
        assert!(plain.contains("SQL×"), "{plain}");
        let own = wishes(
            &[],
            &["쓰기 지연 저장소"],
            &[],
            &[&["쓰기 지연 저장소", "write behind 버퍼"], &["SQL", "질의"]],
        );
        let found = render(answer, model, &own);
        assert!(found.starts_with("+쓰기 지연 저장소○") && found.contains("SQL○"), "{found}");
    }

    #[test]
    fn names_join_with_known_spellings_and_with_each_other() {
        let names = |groups: &[&[&str]]| Names::of(&wishes(&[], &[], &[], groups).synonyms);
        let joined = names(&[&["락", "자물쇠"], &["자물쇠", "mutex"]]);
        assert_eq!(joined.canonical("lock"), joined.canonical("mutex"), "over both groups");
        assert_eq!(joined.canonical("자물쇠"), joined.canonical("락"), "a known spelling");
        assert_eq!(joined.canonical("데드락"), lexicon().canonical("데드락"), "no other");
        assert_eq!(names(&[&["", "가"], &[]]).canonical("가"), "가", "an odd group does nothing");
    }

    #[test]
    fn without_wishes_nothing_changes() {
        let own = Wishes::default();
        assert_eq!(
            compare_with(ANSWER, MODEL, &EqualWeights, &own),
            compare(ANSWER, MODEL, &EqualWeights)
        );
    }
}
