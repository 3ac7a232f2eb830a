//! What holds for any two texts.

use std::ops::Range;

use proptest::prelude::*;

use crate::{Comparison, EqualWeights, TermState, Weigh, compare, word_diff};

/// Pieces of markdown that are hard to cut.
const PIECES: &[&str] = &[
    "분산 락",
    "트랜잭션은",
    "Redis를",
    "`SETNX`",
    "**데드락**",
    "(deadlock)",
    "데드락(deadlock)",
    "DLQ(Dead Letter Queue)",
    "\n",
    "\n\n",
    "- ",
    "1) ",
    "> ",
    "# ",
    "```\n",
    "|a|b|\n|-|-|\n",
    ". ",
    "다. ",
    "요.",
    "…",
    "30초",
    "1,000 TPS",
    "99.9%",
    "않습니다",
    "없이",
    "not",
    "비동기",
    "동기",
    " ",
    "&amp;",
    "\\*",
    "<br>",
    "<b>",
    "[가](나)",
    "![그림](x.png)",
    "{: .tip }",
    "\u{1112}\u{1161}\u{11AB}",
    "İ",
    "👩‍👩‍👧",
    "e\u{301}",
    "\u{200B}",
    "\u{FEFF}",
    "\t",
    "\r\n",
    "C++",
    "Node.js",
    "① ",
    "~~",
    "_",
    "::",
];

fn markdown() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// Checks everything that must hold whatever the texts are.
fn check(answer: &str, model: &str, weigh: &dyn Weigh) -> Comparison {
    let found = compare(answer, model, weigh);
    assert!(found.terms.len() <= 12 && found.extra_terms.len() <= 8, "not more than asked for");
    for term in &found.terms {
        assert!(!term.term.is_empty(), "a term has a name");
        assert!(!term.in_model.is_empty(), "{} stands in the model answer", term.term);
        assert_eq!(term.in_answer.is_empty(), term.state == TermState::Missing, "{term:?}");
        ascending(answer, &term.in_answer);
        ascending(model, &term.in_model);
    }
    for pair in &found.sentences {
        ascending(model, std::slice::from_ref(&pair.model));
        ascending(answer, pair.answer.as_slice());
        assert!((0.0..=1.0).contains(&pair.similarity), "{pair:?}");
        assert_eq!(pair.answer.is_none(), pair.similarity == 0.0, "{pair:?}");
    }
    assert_eq!(found, compare(answer, model, weigh), "the same twice");
    found
}

fn ascending(text: &str, ranges: &[Range<usize>]) {
    let mut end = 0;
    for range in ranges {
        assert!(
            text.get(range.clone()).is_some_and(|part| !part.is_empty()),
            "{range:?} of {text:?}"
        );
        assert!(range.start >= end, "{ranges:?} ascend and are disjoint");
        end = range.end;
    }
}

/// Checks what must hold for a text and itself.
fn check_identical(text: &str) {
    let found = check(text, text, &EqualWeights);
    assert!(found.terms.iter().all(|term| term.state == TermState::Said), "{:?}", found.terms);
    assert!(found.sentences.iter().all(|pair| pair.similarity == 1.0), "{:?}", found.sentences);
    assert_eq!(found.flags, [], "a text does not differ from itself");
    assert_eq!(found.extra_terms, [""; 0], "a text lacks nothing of itself");
}

/// Checks what must hold for an answer nobody wrote.
fn check_empty(model: &str) {
    let found = check("", model, &EqualWeights);
    assert!(found.terms.iter().all(|term| term.state == TermState::Missing), "all is missing");
    assert!(found.sentences.iter().all(|pair| pair.answer.is_none()), "nothing to align");
    assert_eq!(found.flags, [], "nothing to contradict");
}

/// Weights that are no numbers to reckon with.
struct OddWeights;

impl Weigh for OddWeights {
    fn weight(&self, term: &str) -> f32 {
        [f32::NAN, f32::INFINITY, -1.0, 0.0, 1e30][term.len() % 5]
    }
}

proptest! {
    #[test]
    fn ranges_are_good_and_the_result_is_the_same_twice(answer in markdown(), model in markdown()) {
        check(&answer, &model, &EqualWeights);
        check(&answer, &model, &OddWeights);
    }

    #[test]
    fn a_text_has_all_of_itself(text in markdown()) {
        check_identical(&text);
    }

    #[test]
    fn an_empty_answer_has_nothing(model in markdown()) {
        check_empty(&model);
    }

    #[test]
    fn a_word_diff_covers_both_versions(old in markdown(), new in markdown()) {
        let spans = word_diff(&old, &new);
        let (mut in_old, mut in_new) = (0, 0);
        for span in &spans {
            prop_assert_eq!(span.old.start, in_old);
            prop_assert_eq!(span.new.start, in_new);
            prop_assert!(old.get(span.old.clone()).is_some() && new.get(span.new.clone()).is_some());
            in_old = span.old.end;
            in_new = span.new.end;
        }
        prop_assert_eq!((in_old, in_new), (old.len(), new.len()));
    }
}

/// Returns the quoted parts of the posts in `DAPANJI_CORPUS`, without the quote marks.
fn quotes() -> Vec<String> {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS") else { return Vec::new() };
    let mut folders = vec![std::path::PathBuf::from(corpus)];
    let mut out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                out.extend(quotes_of(&text));
            }
        }
    }
    out.sort();
    out
}

fn quotes_of(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for line in text.lines() {
        match (line.strip_prefix('>'), out.last_mut()) {
            (Some(quoted), Some(last)) => {
                last.push_str(quoted.strip_prefix(' ').unwrap_or(quoted));
                last.push('\n');
            }
            (None, Some(last)) if !last.is_empty() => out.push(String::new()),
            _ => {}
        }
    }
    out.retain(|quote| quote.len() > 200);
    out
}

#[test]
fn laws_hold_for_real_posts() {
    let quotes = quotes();
    for quote in quotes.iter().take(300) {
        check_identical(quote);
        check_empty(quote);
    }
    for pair in quotes.windows(2).take(300) {
        if let [answer, model] = pair {
            check(answer, model, &EqualWeights);
        }
    }
}
