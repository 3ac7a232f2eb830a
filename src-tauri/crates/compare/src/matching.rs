//! Which names mean one term, and where a text has it.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::Analysis;
use crate::lexicon::lexicon;
use crate::squeezed::{Fit, key};
use crate::token::{Class, Gap, Token};
use crate::wishes::Names;

/// The `X(Y)` pairs of both texts: two names of one thing.
#[derive(Debug)]
pub(crate) struct Links<'a> {
    /// The user's names.
    names: &'a Names,
    /// Other names, as written, by the key of a name.
    partners: HashMap<String, Vec<String>>,
    pairs: Vec<Pair>,
}

/// A term of the model answer written as `X(Y)`.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    /// The words of `X`, as indices of the model answer's tokens.
    pub(crate) tokens: Range<usize>,
    /// `Y` in the visible text.
    pub(crate) alias: Range<usize>,
}

/// Words of a pair's inside, at most.
const LONGEST_ALIAS: usize = 5;

/// Most names of one term; a text of brackets alone could chain them without end.
const MOST_KEYS: usize = 64;

/// Characters of it, at most.
const LONGEST_INSIDE: usize = 80;

impl Links<'_> {
    pub(crate) fn of<'a>(model: &Analysis, answer: &Analysis, names: &'a Names) -> Links<'a> {
        let mut links = Links { names, partners: HashMap::new(), pairs: Vec::new() };
        links.add(model);
        links.add(answer);
        links.pairs = pairs(model);
        links
    }

    fn add(&mut self, text: &Analysis) {
        for pair in pairs(text) {
            let name = name(text, &pair.tokens);
            let alias = text.visible.slice(&pair.alias).to_owned();
            for (from, to) in [(&name, &alias), (&alias, &name)] {
                let known = self.partners.entry(key(from)).or_default();
                if key(from) != key(to) && !known.iter().any(|known| key(known) == key(to)) {
                    known.push(to.clone());
                }
            }
        }
    }

    /// Returns the pairs of the model answer.
    pub(crate) fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// Returns the other names of the term with `key` that a text gave, as written.
    pub(crate) fn partners(&self, key: &str) -> &[String] {
        self.partners.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns the one key that stands for all names of the term with `key`.
    pub(crate) fn representative(&self, key: &str) -> String {
        if self.partners(key).is_empty()
            && lexicon().spellings(key).is_empty()
            && self.names.group(key).is_empty()
        {
            return key.to_owned();
        }
        self.keys(key).into_iter().min().unwrap_or_default()
    }

    /// Returns the keys of all names of the term with `term`'s key, its own first.
    pub(crate) fn keys(&self, term: &str) -> Vec<String> {
        let mut keys = vec![term.to_owned()];
        let mut at = 0;
        while let Some(name) = keys.get(at).cloned() {
            let known = lexicon().spellings(&name).iter().chain(self.names.group(&name)).cloned();
            let written = self.partners(&name).iter().map(|partner| key(partner));
            for other in written.chain(known) {
                if !keys.contains(&other) && keys.len() < MOST_KEYS {
                    keys.push(other);
                }
            }
            at += 1;
        }
        keys
    }
}

/// Returns the text of a run of tokens without the particles behind it.
pub(crate) fn name(text: &Analysis, tokens: &Range<usize>) -> String {
    let words: Vec<&str> = span(text, tokens)
        .map(|span| text.visible.slice(&span).split_whitespace().collect())
        .unwrap_or_default();
    words.join(" ")
}

/// Returns where a run of tokens stands in the visible text, without the particles behind it.
pub(crate) fn span(text: &Analysis, tokens: &Range<usize>) -> Option<Range<usize>> {
    let run = text.tokens.get(tokens.clone())?;
    Some(run.first()?.span.start..run.last()?.stem.end)
}

/// Finds the `X(Y)` pairs of a text.
fn pairs(text: &Analysis) -> Vec<Pair> {
    let visible = &text.visible.text;
    let mut out = Vec::new();
    for (open, _) in visible.match_indices('(') {
        let near = visible.get(open + 1..).unwrap_or_default().char_indices().take(LONGEST_INSIDE);
        let close = near.take_while(|&(_, c)| c != '\n').find(|&(_, c)| c == ')');
        let Some((length, _)) = close else { continue };
        let inner = open + 1..open + 1 + length;
        let inside = text.visible.slice(&inner);
        let first = text.tokens.partition_point(|token| token.span.start < inner.start);
        let last = text.tokens.partition_point(|token| token.span.start < inner.end);
        let end = first;
        let near = end.checked_sub(1).and_then(|at| text.tokens.get(at)).is_some_and(|token| {
            visible.get(token.span.end..open).is_some_and(|gap| gap.is_empty() || gap == " ")
        });
        let Some(words) = text.tokens.get(first..last).filter(|words| near && is_name(words))
        else {
            continue;
        };
        if inside.contains([',', ':', ';', '/', '>', '=', '"']) {
            continue;
        }
        if let Some(start) = start_of_name(text, end, words) {
            let alias = words.first().map_or(0, |word| word.span.start)
                ..words.last().map_or(0, |word| word.span.end);
            out.push(Pair { tokens: start..end, alias });
        }
    }
    out
}

/// Tells whether `words` can be a name: nouns only, and few.
fn is_name(words: &[Token]) -> bool {
    !words.is_empty()
        && words.len() <= LONGEST_ALIAS
        && words.iter().all(|word| word.is_bare())
        && words.last().is_some_and(|word| word.is_term_part())
        && words.iter().all(|word| word.is_term_part() || is_small_latin(word))
}

/// Tells whether `word` is `of`, `the` and the like.
fn is_small_latin(word: &Token) -> bool {
    word.class == Class::Function && word.key.is_ascii()
}

/// Returns the first token of the name that ends before token `end` and that `alias` renames.
fn start_of_name(text: &Analysis, end: usize, alias: &[Token]) -> Option<usize> {
    let head = text.tokens.get(end.checked_sub(1)?)?;
    if !head.is_term_part() || !head.is_bare() {
        return None;
    }
    let acronym = is_acronym(text, head, alias);
    let back = alias.first().filter(|_| alias.len() == 1);
    let short = back.filter(|word| is_upper(text, word)).map(|word| word.key.chars().count());
    // Two names in the same letters are an example or a remark, unless one shortens the other.
    let same = alias.iter().all(|word| word.key.is_ascii()) == head.key.is_ascii();
    let words = if acronym {
        1
    } else if same {
        short.filter(|_| head.key.is_ascii())?
    } else {
        // `Same-Origin Policy` renames three words.
        let words = alias.iter().filter(|word| word.is_term_part());
        words.map(|word| initials(text, word).count()).sum::<usize>().max(short.unwrap_or(1).min(3))
    };
    let mut start = end - 1;
    // A head such as `패턴` or `구조` is no name by itself.
    let wanted = if head.is_special() { words } else { words.max(3) };
    while end - start < wanted {
        let before = start.checked_sub(1).and_then(|at| text.tokens.get(at));
        let joins = text.tokens.get(start).is_some_and(|token| token.gap != Gap::Break);
        match before {
            Some(before) if joins && before.is_term_part() && before.is_bare() => start -= 1,
            // `제어의 역전(IoC)`
            Some(before) if joins && short.is_some() && is_genitive(text, before) => start -= 1,
            _ => break,
        }
    }
    let named = text.tokens.get(start..end)?;
    if short.is_some() && same && !spells(text, named, alias) {
        return None;
    }
    // `최소 연결` is a name although neither of its words is one.
    (named.len() > 1 || named.iter().any(|token| token.is_special())).then_some(start)
}

fn is_genitive(text: &Analysis, word: &Token) -> bool {
    word.is_term_part() && text.visible.slice(&(word.stem.end..word.span.end)) == "의"
}

fn is_upper(text: &Analysis, word: &Token) -> bool {
    let text = text.visible.slice(&word.span);
    let upper = text.chars().filter(char::is_ascii_uppercase).count();
    let all = text.chars().count();
    // `IoC` is one too.
    upper >= 2 && upper * 2 > all && all <= 6
}

/// Tells whether `head` is made of the first letters of `alias`.
fn is_acronym(text: &Analysis, head: &Token, alias: &[Token]) -> bool {
    head.class == Class::Latin && spells(text, alias, std::slice::from_ref(head))
}

/// Returns the first letters of a word, of which `Cross-Origin` has two.
fn initials<'a>(text: &'a Analysis, word: &Token) -> impl Iterator<Item = char> + 'a {
    let parts = text.visible.slice(&word.span).split(['-', '_']);
    parts.filter_map(|part| part.chars().next()).flat_map(char::to_lowercase)
}

/// Tells whether the first letters of `words` spell the one word of `acronym`.
fn spells(text: &Analysis, words: &[Token], acronym: &[Token]) -> bool {
    let [acronym] = acronym else { return false };
    // Not its key: `CORS` is no plural.
    let acronym = text.visible.slice(&acronym.stem).to_lowercase();
    let of = |word| initials(text, word);
    let all: String = words.iter().flat_map(of).collect();
    let content = words.iter().filter(|word| word.is_term_part());
    let content: String = content.flat_map(of).collect();
    all.chars().count() > 1 && (acronym == all || acronym == content)
}

/// Returns where `text` has any of `keys`, ascending and disjoint, as visible ranges.
pub(crate) fn places(text: &Analysis, keys: &[String], fit: Fit) -> Vec<Range<usize>> {
    let found = keys.iter().flat_map(|key| text.squeezed.find(&text.visible, key));
    disjoint(found.filter(|(_, found)| *found == fit).map(|(span, _)| span).collect())
}

/// Sorts ranges and joins those that overlap.
pub(crate) fn disjoint(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => out.push(span),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[(&str, &str)]) {
        let text = Analysis::of(source);
        let found = pairs(&text);
        let found: Vec<(String, &str)> = found
            .iter()
            .map(|pair| (name(&text, &pair.tokens), text.visible.slice(&pair.alias)))
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(x, y)| (x.as_str(), *y)).collect();
        assert_eq!(found, expected, "{source}");
    }

    #[test]
    fn pairs_of_names() {
        check("데드락(deadlock)도 막는다", &[("데드락", "deadlock")]);
        check("메시지는 DLQ(Dead Letter Queue)로", &[("DLQ", "Dead Letter Queue")]);
        check("그때 분산 락(distributed lock)을", &[("분산 락", "distributed lock")]);
        check("제어의 역전(IoC)이란", &[("제어의 역전", "IoC")]);
        check("분산 락 시스템(Redlock)을", &[("분산 락 시스템", "Redlock")]);
        check("**무상태성**(Stateless)", &[("무상태성", "Stateless")]);
        check(
            "CORS(Cross-Origin Resource Sharing)는",
            &[("CORS", "Cross-Origin Resource Sharing")],
        );
        check("최소 연결(Least Connection)", &[("최소 연결", "Least Connection")]);
        check("Dependency Injection(DI)은", &[("Dependency Injection", "DI")]);
    }

    #[test]
    fn other_brackets() {
        for source in [
            "메서드(GET, POST)로",
            "자원(URI로 자원 표현)을",
            "합니다(예외 있음).",
            "그것은 빠르다 (정말)",
            "GitHub API(Swagger UI)",
            "(시작)",
            "끝(",
        ] {
            check(source, &[]);
        }
    }
}
