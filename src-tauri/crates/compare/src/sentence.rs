//! Cuts a block into sentences, Korean and English.

use std::ops::Range;

use dapanji_korean::is_syllable;

/// Returns the sentences of `text`, the visible text of one block: ascending, disjoint, in bytes,
/// without white space around them.
///
/// None begins or ends inside `whole`, ranges such as code spans, ascending, in bytes of `text`.
pub(crate) fn sentences(text: &str, whole: &[Range<usize>]) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut closed = brackets(&chars);
    for span in whole {
        let first = chars.partition_point(|&(at, _)| at < span.start);
        let last = chars.partition_point(|&(at, _)| at < span.end);
        if let Some(slot) = closed.get_mut(first).filter(|_| last > first) {
            *slot = Some(last - 1);
        }
    }
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = closed.get(at).copied().flatten() {
            at = end + 1;
            continue;
        }
        if let Some(end) = end_of_sentence(text, &chars, at) {
            push(&mut out, text, &chars, start, end);
            start = end;
            at = end;
        } else if starts_item(&chars, at) && at > start {
            push(&mut out, text, &chars, start, at);
            start = at;
            at += 1;
        } else {
            at += 1;
        }
    }
    push(&mut out, text, &chars, start, chars.len());
    out
}

/// Bytes of the longest bracket that a sentence does not end in; longer ones are likely unclosed.
const LONGEST_BRACKET: usize = 300;

/// Returns, for each opening bracket, the index of the one that closes it.
fn brackets(chars: &[(usize, char)]) -> Vec<Option<usize>> {
    let mut closed = vec![None; chars.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, &(byte, c)) in chars.iter().enumerate() {
        if matches!(c, '(' | '[' | '（' | '「' | '『' | '“') {
            open.push(at);
        } else if matches!(c, ')' | ']' | '）' | '」' | '』' | '”')
            && let Some(&start) = open.last()
            && chars.get(start).is_some_and(|&(_, open)| closes(open, c))
        {
            open.pop();
            let near = chars.get(start).is_some_and(|&(from, _)| byte - from <= LONGEST_BRACKET);
            if near && let Some(slot) = closed.get_mut(start) {
                *slot = Some(at);
            }
        }
    }
    closed
}

fn closes(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('(', ')') | ('[', ']') | ('（', '）') | ('「', '」') | ('『', '』') | ('“', '”')
    )
}

/// Returns the index behind the sentence that ends at `at`, if one does.
fn end_of_sentence(text: &str, chars: &[(usize, char)], at: usize) -> Option<usize> {
    let c = chars.get(at)?.1;
    let before = at.checked_sub(1).and_then(|at| chars.get(at)).map(|&(_, c)| c);
    if c == '\n' {
        // Korean lines often end a sentence without a full stop, and often in mid-sentence.
        return before
            .is_some_and(|c| matches!(c, '다' | '요' | '음' | '함' | '됨' | '임'))
            .then_some(at + 1);
    }
    if !matches!(c, '.' | '?' | '!' | '…' | '。') {
        return None;
    }
    let mut end = at + 1;
    while chars.get(end).is_some_and(|&(_, c)| matches!(c, '.' | '?' | '!' | '…' | '。')) {
        end += 1;
    }
    let marks = end - at;
    while chars.get(end).is_some_and(|&(_, c)| matches!(c, '"' | '\'' | '’' | ')' | '*')) {
        end += 1;
    }
    let Some(&(_, next)) = chars.get(end) else { return Some(end) };
    if c == '.' && marks == 1 && is_abbreviation(text, chars, at) {
        return None;
    }
    if next.is_whitespace() {
        return Some(end);
    }
    // `…합니다.그리고`: only where the word before can end a sentence.
    let glued = end == at + marks
        && is_syllable(next)
        && before.is_some_and(|c| matches!(c, '다' | '요' | '까' | '죠'));
    glued.then_some(end)
}

const ABBREVIATIONS: [&str; 16] = [
    "e.g", "i.e", "etc", "vs", "mr", "ms", "dr", "cf", "no", "fig", "al", "approx", "a.m", "p.m",
    "eg", "ie",
];

/// Characters before the full stop that are looked at.
const LONGEST_ABBREVIATION: usize = 16;

/// Tells whether the full stop at `at` belongs to the word before it.
fn is_abbreviation(text: &str, chars: &[(usize, char)], at: usize) -> bool {
    // Abbreviations are short; a long run of dots must not be read again from each of them.
    let from = at.saturating_sub(LONGEST_ABBREVIATION);
    let word_start = chars
        .get(from..at)
        .and_then(|before| {
            before.iter().rposition(|&(_, c)| c.is_whitespace() || "([\"'“".contains(c))
        })
        .map_or(from, |space| from + space + 1);
    let byte = |at: usize| chars.get(at).map_or(text.len(), |&(byte, _)| byte);
    let word = text.get(byte(word_start)..byte(at)).unwrap_or_default();
    let next = chars.get(at + 1..).and_then(|rest| rest.iter().find(|(_, c)| !c.is_whitespace()));
    // `etc.` ends a sentence where the next word begins one.
    let goes_on = next.is_some_and(|(_, c)| !c.is_uppercase());
    let initial = word.chars().count() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    let known = ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known));
    // `1. …` at the start of a line is an item's number.
    let number = !word.is_empty()
        && word.chars().count() <= 3
        && word.chars().all(|c| c.is_ascii_digit())
        && (word_start == 0 || chars.get(word_start - 1).is_some_and(|&(_, c)| c == '\n'));
    initial || number || (known && (goes_on || !word.eq_ignore_ascii_case("etc")))
}

/// Tells whether an item of an enumeration inside the text starts at `at`: `2) …`, `② …`, or a
/// line with a bullet.
fn starts_item(chars: &[(usize, char)], at: usize) -> bool {
    let get = |at: usize| chars.get(at).map(|&(_, c)| c);
    let Some(before) = at.checked_sub(1).and_then(get) else { return false };
    if !before.is_whitespace() {
        return false;
    }
    let Some(c) = get(at) else { return false };
    if matches!(c, '①'..='⑳') {
        return true;
    }
    if before == '\n' && matches!(c, '•' | '-' | '·' | '※' | '*') {
        return get(at + 1).is_some_and(char::is_whitespace);
    }
    if !c.is_ascii_digit() {
        return false;
    }
    let digits = (at..at + 2).take_while(|&at| get(at).is_some_and(|c| c.is_ascii_digit())).count();
    let sign = get(at + digits);
    (sign == Some(')') || (sign == Some('.') && before == '\n'))
        && get(at + digits + 1).is_some_and(char::is_whitespace)
}

fn push(out: &mut Vec<Range<usize>>, text: &str, chars: &[(usize, char)], from: usize, to: usize) {
    let Some(part) = chars.get(from..to) else { return };
    // A stray quote mark in mid-line is no text.
    let skip = |c: char| c.is_whitespace() || c == '>';
    let (Some(first), Some(last)) =
        (part.iter().find(|&&(_, c)| !skip(c)), part.iter().rev().find(|&&(_, c)| !skip(c)))
    else {
        return;
    };
    let span = first.0..last.0 + last.1.len_utf8();
    if text.get(span.clone()).is_some_and(|text| text.chars().any(char::is_alphanumeric)) {
        out.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            sentences(text, &[]).into_iter().map(|span| text.get(span).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn korean_and_english_sentences() {
        check(
            "락을 씁니다. 느려요! 왜죠? 그래서…",
            &["락을 씁니다.", "느려요!", "왜죠?", "그래서…"],
        );
        check("락을 씁니다.그리고 큐를 씁니다.", &["락을 씁니다.", "그리고 큐를 씁니다."]);
        check("A lock is held. It is freed.", &["A lock is held.", "It is freed."]);
        check("그는 “됩니다. 아마도.”라고 했다. 끝", &["그는 “됩니다. 아마도.”라고 했다.", "끝"]);
        check("왜 그럴까...? 모른다.", &["왜 그럴까...?", "모른다."]);
    }

    #[test]
    fn full_stops_inside_words() {
        check("Node.js 1.5 버전은 e.g. 빠르다.", &["Node.js 1.5 버전은 e.g. 빠르다."]);
        check("v2.0.1을 씁니다. i.e. 최신.", &["v2.0.1을 씁니다.", "i.e. 최신."]);
        check("(예: A. B 등. C) 그렇다.", &["(예: A. B 등. C) 그렇다."]);
        check("Locks, queues, etc. are used.", &["Locks, queues, etc. are used."]);
        check("1. 첫째 항목", &["1. 첫째 항목"]);
    }

    #[test]
    fn lines_and_items() {
        check(
            "구조였고,\n두 시스템은 다르다\n그래서 느리다",
            &["구조였고,\n두 시스템은 다르다", "그래서 느리다"],
        );
        check(
            "원칙은 1) 자원, 2) 행위, 3) 표현입니다.",
            &["원칙은", "1) 자원,", "2) 행위,", "3) 표현입니다."],
        );
        check("있습니다. > 어떤 팀원은", &["있습니다.", "어떤 팀원은"]);
        check("", &[]);
        check(" .. ", &[]);
    }
}
