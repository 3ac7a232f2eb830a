//! Splits a text into words where the script changes.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::syllable::is_hangul;

/// What a [`Word`] is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Syllables and jamo.
    Hangul,
    /// Letters of any other script, with the digits and signs of a technical word
    /// (`C++`, `Node.js`, `HTTP/2`, `2PC`).
    Latin,
    /// Digits alone, with the signs inside (`3.14`, `2025-04-10`).
    Digit,
    /// Pictographs.
    Other,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word as it stands in the text.
    pub text: &'a str,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// What it is written in.
    pub script: Script,
}

/// Splits `text` at white space, at punctuation, and where the script changes: `Redis는` is
/// `Redis` and `는`.
///
/// A run of letters and digits stays whole over the signs inside it.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The iterator of [`words`].
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    // Invariant: on a character boundary of `text`.
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        loop {
            let rest = self.text.get(self.at..)?;
            let first = rest.chars().next()?;
            let (length, script) = match class(first) {
                Class::Hangul => (run(rest, Class::Hangul), Script::Hangul),
                Class::Pictograph => (run(rest, Class::Pictograph), Script::Other),
                Class::Letter | Class::Digit => technical(rest),
                Class::Mark | Class::Break => {
                    self.at += first.len_utf8();
                    continue;
                }
            };
            let span = self.at..self.at + length;
            self.at = span.end;
            let text = self.text.get(span.clone())?;
            return Some(Word { text, span, script });
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Hangul,
    Letter,
    Digit,
    Pictograph,
    /// Belongs to whatever precedes it.
    Mark,
    Break,
}

#[inline]
fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphabetic() {
            Class::Letter
        } else if c.is_ascii_digit() {
            Class::Digit
        } else {
            Class::Break
        };
    }
    if is_hangul(c) {
        Class::Hangul
    } else if joins(c) {
        Class::Mark
    } else if c.is_alphabetic() {
        Class::Letter
    } else if c.is_numeric() {
        Class::Digit
    } else if matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}') {
        Class::Pictograph
    } else {
        Class::Break
    }
}

/// Tells whether `c` belongs to the character before it: a combining mark, a joiner, a skin tone.
pub fn joins(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// Returns the length in bytes of the characters at the start of `rest` that are of `kind`.
fn run(rest: &str, kind: Class) -> usize {
    rest.char_indices()
        .find(|&(_, c)| {
            let class = class(c);
            class != kind && class != Class::Mark
        })
        .map_or(rest.len(), |(at, _)| at)
}

/// Returns the length in bytes of the technical word at the start of `rest`, and whether it is
/// more than a number.
fn technical(rest: &str) -> (usize, Script) {
    let mut script = Script::Digit;
    let mut end = 0;
    let mut letter = false;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match class(c) {
            Class::Letter => {
                script = Script::Latin;
                letter = true;
            }
            Class::Digit => letter = false,
            Class::Mark => {}
            Class::Break => match c {
                // `C++` and `C#`, whatever follows.
                '+' if letter && chars.next_if(|&(_, next)| next == '+').is_some() => {
                    end = at + 2;
                    continue;
                }
                '#' if letter => letter = false,
                '.' | '-' | '_' | '/' if chars.peek().is_some_and(|&(_, next)| goes_on(next)) => {}
                _ => break,
            },
            Class::Hangul | Class::Pictograph => break,
        }
        end = at + c.len_utf8();
    }
    (end, script)
}

/// Tells whether a sign before `next` is inside a technical word.
fn goes_on(next: char) -> bool {
    matches!(class(next), Class::Letter | Class::Digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let found: Vec<String> = words(text)
            .map(|word| {
                let mark = match word.script {
                    Script::Hangul => 'h',
                    Script::Latin => 'l',
                    Script::Digit => 'd',
                    Script::Other => 'o',
                };
                format!("{mark}:{}", word.text)
            })
            .collect();
        assert_eq!(found.join(" "), expect, "{text}");
    }

    #[test]
    fn splits_where_the_script_changes() {
        check("Redis는 빠르다.", "l:Redis h:는 h:빠르다");
        check("데드락(deadlock)도", "h:데드락 l:deadlock h:도");
        check("3가지 5년간", "d:3 h:가지 d:5 h:년간");
        check("ㄷㅅㅅ ㅋㅋ", "h:ㄷㅅㅅ h:ㅋㅋ");
    }

    #[test]
    fn technical_words_stay_whole() {
        check("C++과 C#은 C.", "l:C++ h:과 l:C# h:은 l:C");
        check("Node.js, HTTP/2, utf-8.", "l:Node.js l:HTTP/2 l:utf-8");
        check("SETNX/2PC/CI/CD", "l:SETNX/2PC/CI/CD");
        check("a+b C++17 g++-12", "l:a l:b l:C++17 l:g++-12");
        check("2025-04-10 3.14% 1,000", "d:2025-04-10 d:3.14 d:1 d:000");
        check("snake_case_ -flag --", "l:snake_case l:flag");
        check("Read Committed → Repeatable", "l:Read l:Committed l:Repeatable");
    }

    #[test]
    fn other_scripts_and_marks() {
        check("cafe\u{301} naïve", "l:cafe\u{301} l:naïve");
        check("🔥불👩‍👩‍👧‍👦", "o:🔥 h:불 o:👩‍👩‍👧‍👦");
        check("", "");
        check("…「」!?", "");
        check("\u{301}가", "h:가");
    }

    proptest! {
        #[test]
        fn words_rise_and_are_what_the_text_holds(text in any::<String>()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.span.start >= end && word.span.end > word.span.start);
                prop_assert_eq!(text.get(word.span.clone()), Some(word.text));
                end = word.span.end;
            }
        }

        #[test]
        fn no_letter_is_lost(text in "[가-힣a-zA-Z0-9 .,+#/_-]{0,40}") {
            let kept: usize = words(&text)
                .map(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count())
                .sum();
            prop_assert_eq!(kept, text.chars().filter(|c| c.is_alphanumeric()).count());
        }
    }
}
