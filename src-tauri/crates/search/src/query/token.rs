//! Cuts a query into tokens: stretches up to white space outside quotes.

use std::ops::Range;

/// A stretch of a query: `[-][name:]value` or `[-][name:]"value"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// Bytes of the query, sign and quotes included.
    pub(super) span: Range<usize>,
    /// Whether it is excluded.
    pub(super) not: bool,
    /// What is before the colon, if there is one.
    pub(super) name: Option<&'a str>,
    /// What is after the colon, without quotes.
    pub(super) value: &'a str,
    /// Bytes of the query, without quotes.
    pub(super) value_span: Range<usize>,
    pub(super) quoted: bool,
    /// Where the value begins, with its quote.
    pub(super) value_start: usize,
    /// The closing quote is missing.
    pub(super) open: bool,
}

impl Token<'_> {
    /// Where the token begins behind its sign.
    pub(super) fn body(&self) -> usize {
        self.span.start + usize::from(self.not)
    }
}

/// Tells whether `c` opens or closes a phrase.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}')
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '\u{FF1A}')
}

/// Returns the tokens of `text` in order.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// The iterator of [`tokens`].
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    // Invariant: on a character boundary of `text`.
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.text.get(self.at..)?;
        let trimmed = rest.trim_start();
        if trimmed.is_empty() {
            return None;
        }
        let start = self.text.len() - trimmed.len();
        let mut at = trimmed;
        let not = at
            .strip_prefix('-')
            .filter(|tail| tail.starts_with(|c: char| !c.is_whitespace() && c != '-'));
        at = not.unwrap_or(at);
        let mut name = None;
        let letters = at.find(|c: char| !c.is_alphabetic()).unwrap_or(at.len());
        if let Some((before, after)) = at.split_at_checked(letters)
            && !before.is_empty()
            && let Some(tail) = after.strip_prefix(is_colon)
        {
            name = Some(before);
            at = tail;
        }
        let outer = self.text.len() - at.len();
        let (value, inner, end, quoted, open) = match at.strip_prefix(is_quote) {
            Some(inside) => {
                let inner = self.text.len() - inside.len();
                match inside.split_once(is_quote) {
                    Some((value, tail)) => {
                        (value, inner, self.text.len() - tail.len(), true, false)
                    }
                    None => (inside, inner, self.text.len(), true, true),
                }
            }
            None => {
                let end = at.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(at.len());
                let value = at.get(..end).unwrap_or(at);
                (value, outer, outer + value.len(), false, false)
            }
        };
        self.at = end;
        Some(Token {
            span: start..end,
            not: not.is_some(),
            name,
            value,
            value_span: inner..inner + value.len(),
            quoted,
            value_start: outer,
            open,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let shown: Vec<String> = tokens(text)
            .map(|token| {
                let not = if token.not { "-" } else { "" };
                let name = token.name.map_or(String::new(), |name| format!("{name}="));
                let quoted = match (token.quoted, token.open) {
                    (true, true) => "?",
                    (true, false) => "!",
                    _ => "",
                };
                assert_eq!(text.get(token.value_span.clone()), Some(token.value));
                format!(
                    "{not}{name}{}{quoted}@{}..{}",
                    token.value, token.span.start, token.span.end
                )
            })
            .collect();
        assert_eq!(shown.join(" "), expect, "{text}");
    }

    #[test]
    fn tokens_know_their_place() {
        check("락 -redis", "락@0..3 -redis@4..10");
        check("-category:\"System Design\" x", "-category=System Design!@0..25 x@26..27");
        check("\"분산 락", "분산 락?@0..11");
        check("in: a:b", "in=@0..3 a=b@4..7");
        check("분류：DB http://a", "분류=DB@0..11 http=//a@12..20");
        check("a\"b c\"d", "a@0..1 b c!@1..6 d@6..7");
        check("- -- a", "-@0..1 --@2..4 a@5..6");
        check("-\"a\" :x", "-a!@0..4 :x@5..7");
        check("  ", "");
    }

    proptest! {
        #[test]
        fn tokens_rise_and_hold_all_that_is_no_space(text in any::<String>()) {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= end && token.span.end > token.span.start);
                let gap = text.get(end..token.span.start).unwrap();
                prop_assert!(gap.chars().all(char::is_whitespace));
                prop_assert_eq!(text.get(token.value_span.clone()), Some(token.value));
                end = token.span.end;
            }
            prop_assert!(text.get(end..).unwrap().trim().is_empty());
        }
    }
}
