use proptest::prelude::*;

use super::*;

fn show(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Word(term) => {
            let noun = term.noun.as_deref().map_or(String::new(), |noun| format!("|{noun}"));
            format!("{}{noun}{}", term.text, if term.prefix { "*" } else { "" })
        }
        Leaf::Phrase { text, open } => format!("\"{text}{}", if *open { "" } else { "\"" }),
    }
}

#[track_caller]
fn check(text: &str, expect: &str) {
    let clauses: Vec<String> = parse(text)
        .clauses
        .iter()
        .map(|clause| match clause {
            Clause::All(leaf) => show(leaf),
            Clause::Any(leaves) => leaves.iter().map(show).collect::<Vec<_>>().join(" OR "),
            Clause::None(leaf) => format!("-{}", show(leaf)),
            Clause::Filter { filter, wanted } => {
                format!("{}{filter:?}", if *wanted { "" } else { "-" })
            }
        })
        .collect();
    assert_eq!(clauses.join(", "), expect, "{text}");
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
    check("OR a OR", "a");
    check("a AND b ", "a, b");
    check("-a b -c", "-a, b, -c");
    check("a - b -- c ", "a, b, c");
    check("utf-8 ", "utf-8");
}

#[test]
fn filters() {
    check("category:Backend", "Category(\"backend\")");
    check("category:\"System Design\" -is:draft", "Category(\"system design\"), -Is(Draft)");
    check("date:2025-04 in:model", "Date { from: 20250401, to: 20250430 }, In(ModelAnswer)");
    check("분류:인성", "Category(\"인성\")");
    check("is:later in: http://a.b ", "is, later, in, http, a.b");
    check(": :a a: ", "a");
}

#[test]
fn long_queries_are_read_from_their_start() {
    let text: String = (0..500).map(|n| format!("w{n} ")).collect();
    let query = parse(&text);
    assert_eq!(query.clauses.len(), 48);
    assert_eq!(query.notes.len(), 1);
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in any::<String>()) {
        parse(&text);
    }
}
