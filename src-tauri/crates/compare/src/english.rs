//! Tells English verbs from nouns by the words around them, without a dictionary.

use dapanji_korean::is_syllable;

use crate::token::{Class, Gap, Token};
use crate::visible::Visible;

/// Words behind which an English verb stands in its bare form.
const MODALS: &str = "can could will would must may might should cannot does did do";

/// Words that begin the object of an English verb.
const OBJECTS: &str = "a an the its their your our this that these those each every all any";

/// Tells English verbs from nouns by what stands around them, in lower-case words: `exceeds a
/// threshold`, `systems offer`, `can provide`.
pub(crate) fn verbs(visible: &Visible, tokens: &mut [Token]) {
    // In a Korean text foreign words are names.
    let hangul = visible.text.chars().filter(|&c| is_syllable(c)).count();
    if hangul * 4 >= visible.text.chars().filter(char::is_ascii_alphabetic).count() {
        return;
    }
    let listed = |list: &'static str, word: &str| list.split(' ').any(|known| known == word);
    let lower = |word: &str| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    let plural = |word: &str| {
        lower(word)
            && word.ends_with('s')
            && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
    };
    for at in 0..tokens.len() {
        let near = |at: usize| tokens.get(at).filter(|token| token.gap == Gap::Space);
        let Some(token) = tokens.get(at).filter(|token| token.class == Class::Latin) else {
            continue;
        };
        let word = visible.slice(&token.span);
        let before =
            at.checked_sub(1).and_then(|at| tokens.get(at)).filter(|_| token.gap == Gap::Space);
        let before_word = before.map_or("", |before| visible.slice(&before.span));
        let object = near(at + 1).is_some_and(|next| listed(OBJECTS, visible.slice(&next.span)));
        // Names such as `DNS` and `Kubernetes` only look like a plural.
        let subject =
            before.is_some_and(|before| before.class == Class::Latin && plural(before_word));
        let verb = lower(word)
            && (listed(MODALS, before_word)
                || object && (plural(word) || before_word == "to" || subject)
                || subject && !plural(word) && near(at + 1).is_some());
        if verb && let Some(token) = tokens.get_mut(at) {
            token.class = Class::Predicate;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;

    #[track_caller]
    fn check(text: &str, verbs: &[&str]) {
        let visible = Visible::of(text);
        let found = tokens(&visible).into_iter().filter(|token| token.class == Class::Predicate);
        let found: Vec<String> = found.map(|token| visible.slice(&token.span).to_owned()).collect();
        assert_eq!(found, verbs, "{text}");
    }

    #[test]
    fn verbs_are_no_nouns() {
        check("The load factor exceeds a threshold", &["exceeds"]);
        check("AP systems offer strong consistency", &["offer"]);
        check("Because threads wait for locks", &["wait"]);
        check("When writers lock to update the index", &["lock", "update"]);
        check("Kubernetes cluster and DNS lookup", &[]);
        check("A leaky bucket smooths traffic", &[]);
        check("keys and the lock table of processes", &[]);
    }

    #[test]
    fn foreign_words_in_korean_are_names() {
        check("잠금과 데이터베이스의 events store a value", &[]);
    }
}
