//! Queries as users type them, and what they are to find first.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use dapanji_api::Notebook;
use dapanji_tests::generate::generate;

use crate::support::{TestLibrary, root, search};

/// Posts, questions of each, and the seed of the generated notebook.
const GENERATED: (usize, usize, u64) = (20, 7, 5);

/// One line of the table.
struct Row<'a> {
    kind: &'a str,
    notebook: &'a str,
    query: &'a str,
    expect: &'a str,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [kind, notebook, query, expect] => Row { kind, notebook, query, expect },
            _ => panic!("four columns: {line}"),
        })
        .collect()
}

/// Returns what the first hit is of: the question, or the title of a section.
fn first(notebook: &Notebook, query: &str) -> Option<String> {
    let found = notebook.search(&search(query)).unwrap();
    found.hits.first().map(|hit| hit.question.clone())
}

#[test]
fn every_query_finds_what_is_meant_first() {
    let sample = TestLibrary::sample();
    let generated = TestLibrary::new(&[]);
    let (posts, questions, seed) = GENERATED;
    generate(&generated.folder(), posts, questions, seed).unwrap();
    let notebooks: BTreeMap<&str, Arc<Notebook>> =
        [("sample", sample.open()), ("generated", generated.open())].into();
    let table = std::fs::read_to_string(root().join("tests/fixtures/queries.tsv")).unwrap();
    let rows = rows(&table);
    assert!(rows.len() >= 200, "{} queries", rows.len());
    let mut wrong = String::new();
    for Row { kind, notebook, query, expect } in &rows {
        let found = first(&notebooks[notebook], query).unwrap_or_default();
        if !found.contains(expect) {
            writeln!(wrong, "{kind}\t{notebook}\t{query}\t{expect}\tfound: {found}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{} of {} queries:\n{wrong}", wrong.lines().count(), rows.len());
}
