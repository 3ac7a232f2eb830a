//! What may be completed at a place of a query.

use std::ops::Range;

use dapanji_korean::{fold, initials};

use super::Operator;
use super::token::tokens;

/// What stands at a place of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completing<'a> {
    /// Bytes of the query that a completion replaces: the word without its sign, or nothing.
    pub span: Range<usize>,
    /// Before the place: the start of the word, or of the operator's value.
    pub start: &'a str,
    /// The operator whose value it is, with its name as typed.
    pub operator: Option<(Operator, &'a str)>,
}

/// Returns what may be completed at byte `cursor` of a query; none inside a phrase, where nothing
/// can be guessed.
pub fn completing(query: &str, cursor: usize) -> Option<Completing<'_>> {
    query.get(..cursor)?;
    let token = tokens(query).find(|token| {
        let within = token.span.start < cursor && cursor <= token.span.end;
        // A quote that is closed has nothing behind it.
        within && !(token.quoted && !token.open && cursor == token.span.end)
    });
    let Some(token) = token else {
        return Some(Completing { span: cursor..cursor, start: "", operator: None });
    };
    let span = token.body()..token.span.end;
    if let Some(name) = token.name
        && let Some(operator) = Operator::of(name)
    {
        // In the name of an operator that has its value there is nothing to choose.
        let start = query.get(token.value_span.start..cursor.min(token.value_span.end));
        let start = start.or((cursor == token.value_start).then_some(""))?;
        return Some(Completing { span, start, operator: Some((operator, name)) });
    }
    if token.quoted {
        return None;
    }
    let start = query.get(token.body()..cursor).unwrap_or("");
    Some(Completing { span, start, operator: None })
}

/// What was typed of a value, to choose from the values there are.
#[derive(Debug, Clone)]
pub struct Begun {
    folded: String,
    initials: bool,
}

impl Begun {
    /// Takes what was typed.
    pub fn new(start: &str) -> Self {
        let folded = fold(start);
        let initials = !folded.is_empty() && folded.chars().all(|c| matches!(c, 'ㄱ'..='ㅎ'));
        Self { folded, initials }
    }

    /// Returns how well `text` fits: 0 if it begins so, 1 if it holds it, 2 if its initial
    /// consonants do; none if it does not.
    pub fn rank(&self, text: &str) -> Option<u8> {
        let text = fold(text);
        if text.starts_with(&self.folded) {
            Some(0)
        } else if text.contains(&self.folded) {
            Some(1)
        } else {
            (self.initials && initials::matches(&self.folded, &text).is_some()).then_some(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `|` is the cursor; shows what is replaced, and what was typed of it.
    #[track_caller]
    fn check(marked: &str, expect: &str) {
        let cursor = marked.find('|').unwrap();
        let query = marked.replace('|', "");
        let shown = completing(&query, cursor).map_or("none".to_owned(), |at| {
            let operator =
                at.operator.map_or(String::new(), |(operator, _)| format!("{operator:?} "));
            format!("{operator}{}<{}", query.get(at.span.clone()).unwrap(), at.start)
        });
        assert_eq!(shown, expect, "{marked}");
    }

    #[test]
    fn what_is_at_the_cursor() {
        check("|", "<");
        check("락 |", "<");
        check("락 |락", "<");
        check("락 ca|", "ca<ca");
        check("락 c|at", "cat<c");
        check("-ca|", "ca<ca");
        check("category:|", "Category category:<");
        check("분류:백|엔드 락", "Category 분류:백엔드<백");
        check("category:\"Sys De|", "Category category:\"Sys De<Sys De");
        check("category:\"Sys De|s\" x", "Category category:\"Sys Des\"<Sys De");
        check("category:\"Sys\"|", "<");
        check("-is:d|", "Is is:d<d");
        check("cat|egory:a", "none");
        check("date:2025-04-01..2025|", "Date date:2025-04-01..2025<2025-04-01..2025");
        check("\"분산 |락\"", "none");
        check("http:|", "http:<http:");
    }

    #[test]
    fn values_fit_by_their_start_first() {
        for (start, text, expect) in [
            ("", "Backend", Some(0)),
            ("BACK", "backend", Some(0)),
            ("end", "Backend", Some(1)),
            ("ㅇㅅ", "운영 체제", None),
            ("ㅇㅊ", "운영 체제", Some(2)),
            ("ㄷㅇㅌ", "Data 데이터", Some(2)),
            ("데이터", "자료", None),
        ] {
            assert_eq!(Begun::new(start).rank(text), expect, "{start} {text}");
        }
    }

    proptest! {
        #[test]
        fn any_place_of_any_query(query in any::<String>(), cursor in 0_usize..40) {
            if let Some(at) = completing(&query, cursor) {
                prop_assert!(query.get(at.span).is_some());
            }
        }
    }
}
