//! Words of a text with what they are: noun, foreign word, verb made of a noun, or nothing that
//! could be a term.

use std::collections::HashSet;
use std::ops::Range;

use dapanji_korean::{
    Script, Word, fold, has_final, is_particle, is_syllable, possible_noun, strip_particles, words,
};

use crate::ending::is_verbal;
use crate::english;
use crate::lexicon::lexicon;
use crate::predicate::{is_long_form, is_predicate};
use crate::squeezed::key;
use crate::visible::Visible;

/// A word of the visible text.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// All of it, in bytes of the visible text.
    pub(crate) span: Range<usize>,
    /// Without particles and endings.
    pub(crate) stem: Range<usize>,
    /// The stem as it is matched.
    pub(crate) key: String,
    pub(crate) class: Class,
    /// What parts it from the word before.
    pub(crate) gap: Gap,
    pub(crate) reach: Reach,
}

/// How much a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It may be a term by itself.
    Special,
    /// It says little alone and much inside a compound, as `제어` in `흐름 제어`.
    Common,
    /// It belongs to interview prose in general.
    General,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A Korean noun.
    Noun,
    /// A word in other letters, or a code span.
    Latin,
    /// An attribute in `-적`, which is only ever a part of a term.
    Attribute,
    /// The noun inside a verb such as `검증합니다`.
    Verbal,
    /// A verb or adjective.
    Predicate,
    /// Digits.
    Number,
    /// A word with a grammatical job only.
    Function,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing.
    Joined,
    /// White space or a hyphen.
    Space,
    /// Punctuation, or the end of a block.
    Break,
}

impl Token {
    /// Tells whether nothing was taken off the word, so that the next one may go on a compound.
    pub(crate) fn is_bare(&self) -> bool {
        self.stem.end == self.span.end
    }

    /// Tells whether the word says enough to be a term by itself.
    pub(crate) fn is_special(&self) -> bool {
        self.reach == Reach::Special
    }

    /// Tells whether the word belongs to interview prose in general.
    pub(crate) fn is_general(&self) -> bool {
        self.reach == Reach::General
    }

    /// Tells whether the token may be a part of a term.
    pub(crate) fn is_term_part(&self) -> bool {
        matches!(self.class, Class::Noun | Class::Latin | Class::Attribute)
    }
}

/// Longest code span that is one term, in characters.
const LONGEST_CODE: usize = 40;

/// Splits the visible text into tokens.
pub(crate) fn tokens(visible: &Visible) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut code = visible.code.iter().filter(|span| is_whole_term(visible, span)).peekable();
    for word in words(&visible.text) {
        while code.next_if(|span| span.end <= word.span.start).is_some() {}
        let token = match code.peek() {
            Some(span) if span.contains(&word.span.start) => {
                if out.last().is_some_and(|last| last.span == **span) {
                    continue;
                }
                let stem = (*span).clone();
                Token {
                    key: key(visible.slice(&stem)),
                    span: stem.clone(),
                    stem,
                    class: Class::Latin,
                    gap: Gap::Break,
                    reach: Reach::Special,
                }
            }
            _ => classify(&word),
        };
        let from = out.last().map_or(0, |last: &Token| last.span.end);
        let gap = gap(visible.text.get(from..token.span.start).unwrap_or("\n"));
        let token = behind(token, gap, out.last(), &word);
        out.push(Token { gap, ..token });
    }
    shorten(visible, &mut out);
    english::verbs(visible, &mut out);
    out
}

/// Takes 인 off nouns that the text also has without it: `메모리인 힙`.
fn shorten(visible: &Visible, tokens: &mut [Token]) {
    let known: HashSet<String> = tokens.iter().map(|token| token.key.clone()).collect();
    for token in tokens.iter_mut().filter(|token| token.class == Class::Noun) {
        let noun = visible.slice(&token.stem).strip_suffix('인').map(key);
        if let Some(noun) = noun.filter(|noun| known.contains(noun)) {
            token.stem.end -= '인'.len_utf8();
            token.reach = reach(&noun, &noun);
            token.key = noun;
        }
    }
}

/// Tells whether a code span is one term and not the words in it.
fn is_whole_term(visible: &Visible, span: &Range<usize>) -> bool {
    let text = visible.slice(span);
    let mut inside = words(text);
    let one = inside.next().is_some_and(|word| word.text.len() == text.len());
    !one && text.chars().count() <= LONGEST_CODE
        && text.chars().any(|c| c.is_ascii_alphanumeric())
        && !text.chars().any(|c| c == ',' || is_syllable(c))
        && text.split_whitespace().count() <= 4
}

fn gap(between: &str) -> Gap {
    if between.is_empty() {
        Gap::Joined
    } else if between.chars().all(|c| c.is_whitespace() || c == '-') && !between.contains("\n\n") {
        Gap::Space
    } else {
        Gap::Break
    }
}

/// Corrects what `token` is by the foreign word or number it stands directly behind.
fn behind(token: Token, gap: Gap, last: Option<&Token>, word: &Word<'_>) -> Token {
    let Some(last) = last.filter(|_| gap == Gap::Joined && word.script == Script::Hangul) else {
        return token;
    };
    let ending = is_particle(word.text) || is_verbal(word.text) || last.class == Class::Number;
    if ending { Token { class: Class::Function, ..token } } else { token }
}

/// Longest word that can be a term, in bytes: longer runs are data.
const LONGEST_WORD: usize = 120;

fn classify(word: &Word<'_>) -> Token {
    let (class, length) = match word.script {
        _ if word.text.len() > LONGEST_WORD => (Class::Function, word.text.len()),
        Script::Hangul => hangul(word.text),
        Script::Latin => (latin(word.text), word.text.len()),
        Script::Digit => (Class::Number, word.text.len()),
        Script::Other => (Class::Function, word.text.len()),
    };
    let stem = word.span.start..word.span.start + length;
    let text = word.text.get(..length).unwrap_or(word.text);
    let key = key(text);
    let reach = reach(&fold(text), &key);
    Token { span: word.span.clone(), stem, key, class, gap: Gap::Break, reach }
}

fn reach(folded: &str, key: &str) -> Reach {
    let lexicon = lexicon();
    if lexicon.is_general(folded) || lexicon.is_general(key) {
        Reach::General
    } else if lexicon.is_common(folded) {
        Reach::Common
    } else {
        Reach::Special
    }
}

fn latin(word: &str) -> Class {
    let folded = fold(word);
    // Placeholders such as `A` and `B`; the language C is named by a single letter.
    let letter = word.chars().count() == 1 && word != "C";
    if letter || lexicon().is_function(&folded) { Class::Function } else { Class::Latin }
}

/// Returns what a run of Hangul is, and the length of its stem in bytes.
fn hangul(word: &str) -> (Class, usize) {
    let lexicon = lexicon();
    let stem = strip(word);
    let whole = word.len();
    if lexicon.is_function(word) || lexicon.is_function(stem) || is_particle(word) {
        return (Class::Function, whole);
    }
    if stem.chars().count() < 2 {
        return match lexicon.is_short_term(stem) {
            true => (Class::Noun, stem.len()),
            false => (Class::Function, whole),
        };
    }
    let short = possible_noun(word);
    if let Some(short) = short.filter(|short| lexicon.is_short_term(short)) {
        return (Class::Noun, short.len());
    }
    // `양이` is a noun too short to be a term, or too rare a word to be one.
    if short.is_some_and(|short| lexicon.is_function(short) || word.chars().count() == 2) {
        return (Class::Function, whole);
    }
    // `만족하는지에`: a verb may take a particle in its turn.
    let root = root_of_verb(word, stem).or_else(|| {
        root_of_verb(stem, strip_particles(stem)).filter(|root| root.len() < stem.len())
    });
    if let Some(root) = root {
        let general_word = lexicon.is_function(root) || root.chars().count() < 2;
        return match general_word || is_predicate(root) {
            true => (Class::Predicate, whole),
            false => (Class::Verbal, root.len()),
        };
    }
    if is_attribute(word, stem) {
        return (Class::Attribute, stem.len());
    }
    if is_predicate(word) && !is_nominal(word, stem) || is_long_form(stem) {
        return (Class::Predicate, whole);
    }
    let syllables = stem.chars().count();
    if stem.ends_with('히') && syllables >= 3 || stem.ends_with("없이") {
        return (Class::Function, whole);
    }
    (Class::Noun, stem.len())
}

/// Takes off particles, also those that people write where the rules want another form:
/// `자료구조이며` for `자료구조며`.
fn strip(word: &str) -> &str {
    const LOOSE: [&str; 8] =
        ["이며", "이고", "이라는", "이라고", "이지만", "이므로", "이란", "이다"];
    let stem = strip_particles(word);
    let loose = LOOSE.iter().find_map(|end| word.strip_suffix(end));
    let stem = match loose.filter(|loose| stem == word && loose.chars().count() >= 2) {
        Some(loose) => strip_particles(loose),
        None => stem,
    };
    // `핵심인`, but not `디자인`
    let known = |noun: &str| {
        let lexicon = lexicon();
        lexicon.is_general(noun) || lexicon.is_common(noun) || lexicon.is_function(noun)
    };
    if let Some(noun) = stem.strip_suffix('인').filter(|noun| known(noun)) {
        return noun;
    }
    let loose = stem.strip_suffix("끼리").or_else(|| stem.strip_suffix("중인")).or_else(|| {
        // `함수나 변수`, after a vowel only.
        stem.strip_suffix('나').filter(|stem| !stem.chars().next_back().is_some_and(has_final))
    });
    loose.filter(|stem| stem.chars().count() >= 2).unwrap_or(stem)
}

/// Tells whether the ending of `word` is one that only nouns take.
fn is_nominal(word: &str, stem: &str) -> bool {
    let tail = word.get(stem.len()..).unwrap_or_default();
    let copula = tail.starts_with("입니") || tail.starts_with('이') && tail.chars().count() > 1;
    copula && !is_predicate(stem)
}

/// Forms of 받다 that the table of endings lacks.
const RECEIVED: [&str; 5] = ["받아", "받아서", "받았습니다", "받았고", "받지"];

/// Returns the noun that `word` makes a verb of, as `검증` in `검증했습니다`.
fn root_of_verb<'a>(word: &'a str, stem: &'a str) -> Option<&'a str> {
    if let Some(root) = RECEIVED.iter().find_map(|end| word.strip_suffix(end)) {
        return Some(root);
    }
    let tail = word.get(stem.len()..).unwrap_or_default();
    let first = tail.chars().next();
    if first.is_some_and(|first| "하해했한할함합되돼됐된될됨됩".contains(first))
        || [
            "시키", "시킨", "시킬", "시킴", "시켜", "시켰", "시킵", "당하", "당한", "받는", "받은",
            "받을", "받고", "받으", "받습", "받아", "받았",
        ]
        .iter()
        .any(|start| tail.starts_with(start))
    {
        return Some(stem);
    }
    // Endings of verbs that a noun never takes, behind a form of 하다 or 되다.
    let last = word.chars().next_back()?;
    let verbal = "다요고며면서도지는던게록만니까든자려음데본준줄볼둔낸진질".contains(last);
    let mut at = 0;
    for (syllables, c) in word.chars().enumerate() {
        if syllables >= 2 && helps(c, word.get(at + c.len_utf8()..).unwrap_or_default()) {
            return word.get(..at);
        }
        if syllables >= 2 && verbal && "하해했되돼됐".contains(c) && at + c.len_utf8() < word.len()
        {
            let rest = word.get(at + c.len_utf8()..).unwrap_or_default();
            let particle = is_particle(rest) && !matches!(rest, "는" | "고" | "지" | "도");
            return if particle { None } else { word.get(..at) };
        }
        at += c.len_utf8();
    }
    None
}

/// Tells whether `c` is 해 with a helping verb behind it, as in `전송해줘야`.
fn helps(c: char, rest: &str) -> bool {
    const HELPING: &str = "주줘줌줍준줄보봐봤본야지진질져졌내낸낼둔두";
    c == '해' && rest.starts_with(|first| HELPING.contains(first))
}

/// Tells whether `stem` is an attribute in `-적`.
fn is_attribute(word: &str, stem: &str) -> bool {
    let tail = word.get(stem.len()..).unwrap_or_default();
    let syllables = stem.chars().count();
    let attributive = tail.starts_with('인') || tail.starts_with("으로");
    const NOUNS: [&str; 6] = ["목적", "누적", "추적", "축적", "실적", "면적"];
    let noun = NOUNS.iter().any(|noun| stem.ends_with(noun));
    stem.ends_with('적') && !noun && (syllables >= 3 || attributive || tail.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let visible = Visible::of(text);
        let found: Vec<String> = tokens(&visible)
            .into_iter()
            .filter(|token| token.class != Class::Function)
            .map(|token| format!("{}:{:?}", visible.slice(&token.stem), token.class))
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn nouns_and_foreign_words() {
        check("Redis는 분산 락을 씁니다.", "Redis:Latin 분산:Noun 락:Noun 씁니다:Predicate");
        check("데이터베이스의 트랜잭션이란", "데이터베이스:Noun 트랜잭션:Noun");
        check("`SELECT FOR UPDATE`를 쓴다", "SELECT FOR UPDATE:Latin 쓴다:Predicate");
        check("API입니다. 3가지", "API:Latin 3:Number");
    }

    #[test]
    fn verbs_are_no_nouns() {
        check("문제를 해결했습니다.", "문제:Noun 해결:Verbal");
        check("메모리인 힙은 메모리이다", "메모리:Noun 힙:Noun 메모리:Noun");
        check("조건을 만족하는지에 따라 전송해줘야", "조건:Noun 만족:Verbal 전송:Verbal");
        check("많은 요청이 있었습니다.", "많은:Predicate 요청:Noun 있었습니다:Predicate");
        check("예를 들어 빠르게 처리하더라도", "들어:Predicate 빠르게:Predicate 처리:Verbal");
        check("낙관적 락과 효율적인 방법", "낙관적:Attribute 락:Noun 효율적:Attribute 방법:Noun");
        check("서버 부하가 떨어지는 것", "서버:Noun 부하:Noun 떨어지는:Predicate");
    }
}
