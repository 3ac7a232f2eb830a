use proptest::prelude::*;

use super::*;

fn show(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Word(term) => {
            let noun = term.noun.as_deref().map_or(String::new(), |noun| format!("|{noun}"));
            format!("{}{noun}{}", term.text, if term.prefix { "*" } else { "" })
        }
        Leaf::Phrase { text, open, .. } => format!("\"{text}{}", if *open { "" } else { "\"" }),
    }
}

fn show_clause(clause: &Clause) -> String {
    match clause {
        Clause::All(leaf) => show(leaf),
        Clause::Any(leaves) => leaves.iter().map(show).collect::<Vec<_>>().join(" OR "),
        Clause::None(leaf) => format!("-{}", show(leaf)),
        Clause::Filter { filter, wanted, .. } => {
            format!("{}{filter:?}", if *wanted { "" } else { "-" })
        }
    }
}

#[track_caller]
fn check(text: &str, expect: &str) {
    let clauses: Vec<String> = parse(text).clauses.iter().map(show_clause).collect();
    assert_eq!(clauses.join(", "), expect, "{text}");
}

/// Problems as `code=the text at its place`.
#[track_caller]
fn check_problems(text: &str, expect: &str) {
    let query = parse(text);
    let shown: Vec<String> = query
        .problems()
        .iter()
        .map(|problem| {
            format!("{}={}", problem.kind.code(), text.get(problem.span.clone()).unwrap())
        })
        .collect();
    assert_eq!(shown.join(" | "), expect, "{text}");
}

#[test]
fn words_lose_particles_as_in_the_text() {
    check("Redis는 동시성을 ", "redis, 동시성");
    check("Redis는", "redis*");
    check("락이 분산락", "락이|락, 분산락*");
    check("데드락(deadlock)을", "데드락, deadlock*");
    check("동시성 동시성", "동시성*");
    check("CI/CD C++", "ci/cd, c++*");
}

#[test]
fn phrases() {
    check("\"분산 락\" redis ", "\"분산 락\", redis");
    check("“분산 락”", "\"분산 락\"");
    check("\"분산 락", "\"분산 락");
    check("\"\" \"  \" \"?\"", "");
    check("-\"분산 락\"", "-\"분산 락\"");
}

#[test]
fn operators() {
    check("a OR b OR \"c d\" e ", "a OR b OR \"c d\", e");
    check("a | b || c ", "a OR b OR c");
    check("OR a OR", "a");
    check("a AND b && c ", "a, b, c");
    check("-a b -c", "-a, b, -c");
    check("a - b -- c ", "a, b, c");
    check("utf-8 ", "utf-8");
    check("a OR -b c ", "a, -b, c");
}

#[test]
fn filters() {
    check("category:Backend", "Category(\"backend\")");
    check("category:\"System Design\" -is:draft", "Category(\"system design\"), -Is(Draft)");
    check("date:2025-04 in:model", "Date { from: 20250401, to: 20250430 }, In(ModelAnswer)");
    check("분류:인성 주제:\"데이터 일관성\"", "Category(\"인성\"), Topic(\"데이터 일관성\")");
    check("IN:답변 상태:초안 부분:\"모범 답안\"", "In(Answer), Is(Draft), In(ModelAnswer)");
    check("글：book 날짜:2025.4", "Post(\"book\"), Date { from: 20250401, to: 20250430 }");
    check("is:later in: http://a.b ", "http, a.b");
    check(": :a a: ", "a");
}

#[test]
fn filters_may_be_chosen_from() {
    check("is:draft OR is:unanswered", "OneOf([Is(Draft), Is(Empty)])");
    check("in:hint OR in:answer OR in:model", "OneOf([In(Hint), In(Answer), In(ModelAnswer)])");
    check("락 OR is:draft ", "락, Is(Draft)");
    check("is:draft OR 락 ", "Is(Draft), 락");
    check("-is:draft OR is:unanswered", "-Is(Draft), Is(Empty)");
}

#[test]
fn what_is_odd_is_told_at_its_place() {
    for (text, expect) in [
        ("동시성 \"분산 락", "unclosed_quote=\"분산 락"),
        ("“분산 락", "unclosed_quote=“분산 락"),
        ("category:\"Back", "unclosed_quote=\"Back"),
        ("category:\"", "unclosed_quote=\""),
        ("\"\" 락", "empty_phrase=\"\""),
        ("락 category: redis", "empty_operator=category:"),
        ("-날짜:", "empty_operator=-날짜:"),
        ("category:\"\" 락", "empty_operator=category:\"\""),
        ("is:later 락", "unknown_value=later"),
        ("in:책 락", "unknown_value=책"),
        ("date:2025-13", "impossible_date=2025-13"),
        ("date:2025-02-30..2025-03", "impossible_date=2025-02-30..2025-03"),
        ("-date:어제 락", "unreadable_date=어제"),
        ("is:due", "nothing_scheduled=due"),
        ("OR 락", "dangling_or=OR"),
        ("락 OR", "dangling_or=OR"),
        ("락 OR OR 큐", "dangling_or=OR"),
        ("락 OR is:draft", "mixed_or=OR"),
        ("락 OR -큐", "mixed_or=OR"),
        ("-락 -\"분산 락\"", "only_exclusions=-락 -\"분산 락\""),
        (" -락 -is:draft ", "only_exclusions=-락 -is:draft"),
        ("-is:draft", ""),
        ("in:answer -락", ""),
        ("*", "nothing_to_find=*"),
        (" (?) ", "nothing_to_find=(?)"),
        ("", ""),
        ("  ", ""),
        ("http://host C++ a:b", ""),
        ("is:later \"락", "unknown_value=later | unclosed_quote=\"락"),
    ] {
        check_problems(text, expect);
    }
}

#[test]
fn long_queries_are_read_from_their_start() {
    let text: String = (0..300).map(|n| format!("w{n} ")).collect();
    let query = parse(&text);
    assert_eq!(query.clauses.len(), 48);
    let kinds: Vec<ProblemKind> = query.problems().iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::TooManyWords]);
    let query = parse(&"동".repeat(10_000));
    let kinds: Vec<ProblemKind> = query.problems().iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::TooLong]);
    assert_eq!(query.problems()[0].span, 6_000..30_000);
    assert_eq!(parse(&"a OR ".repeat(390)).clauses.len(), 1);
}

/// The words of a query as they stand in it.
#[test]
fn words_know_their_place() {
    for (text, expect) in [
        ("Redis는 동시성을 -락", "Redis 동시성 락"),
        ("데드락(deadlock)을", "데드락 deadlock"),
        ("http://Host", "http Host"),
        ("-a:b \"분산 락\"", "a b 분산 락"),
        // Decomposed: the syllables of the particle cannot be told apart from the stem's.
        (
            "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}은 x",
            "\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}은 x",
        ),
    ] {
        let query = parse(text);
        let mut shown = Vec::new();
        for clause in &query.clauses {
            let leaves = match clause {
                Clause::All(leaf) | Clause::None(leaf) => std::slice::from_ref(leaf),
                Clause::Any(leaves) => leaves,
                Clause::Filter { .. } => &[],
            };
            for leaf in leaves {
                let (Leaf::Word(Term { span, .. }) | Leaf::Phrase { span, .. }) = leaf;
                shown.push(text.get(span.clone()).unwrap());
            }
        }
        assert_eq!(shown.join(" "), expect, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in any::<String>()) {
        places_are_in_the_text(&text)?;
    }

    #[test]
    fn any_row_of_pieces_is_a_query(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        places_are_in_the_text(&pieces.concat())?;
    }
}

const PIECES: &[&str] = &[
    "동시성",
    "락이",
    "Redis",
    "\"",
    "“",
    "”",
    "-",
    ":",
    "：",
    " ",
    " OR ",
    " AND ",
    "|",
    "in:",
    "date:",
    "2025-02-30",
    "..",
    "is:due",
    "분류:",
    "(",
    ")",
    "*",
    "ㄷㅅ",
    "\u{1112}\u{1161}",
    "🔥",
    "\u{0}",
    "İ",
    "~",
];

fn places_are_in_the_text(text: &str) -> Result<(), TestCaseError> {
    let query = parse(text);
    for problem in query.problems() {
        prop_assert!(
            text.get(problem.span.clone()).is_some_and(|at| !at.is_empty()),
            "{problem:?}"
        );
    }
    for clause in &query.clauses {
        let leaves = match clause {
            Clause::All(leaf) | Clause::None(leaf) => std::slice::from_ref(leaf),
            Clause::Any(leaves) => leaves,
            Clause::Filter { span, .. } => {
                prop_assert!(text.get(span.clone()).is_some());
                continue;
            }
        };
        for leaf in leaves {
            let (Leaf::Word(Term { span, .. }) | Leaf::Phrase { span, .. }) = leaf;
            prop_assert!(text.get(span.clone()).is_some_and(|at| !at.is_empty()), "{leaf:?}");
        }
    }
    Ok(())
}
