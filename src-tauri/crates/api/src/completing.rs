//! Completes a query with what there is in the notebook.

use std::collections::BTreeMap;

use dapanji_search::{Begun, Completing, Operator};

use crate::convert::{Offsets, count};
use crate::dto::{
    AnswerStateView, CompletionItem, CompletionKind, CompletionRequest, CompletionView,
};
use crate::notebook::Notebook;
use crate::snapshot::Snapshot;

/// Items offered at most.
const MOST: usize = 12;
/// Categories and topics that are offered for a word without an operator, at most of each.
const MOST_UNASKED: usize = 3;

/// The values of `in:`, as they are offered.
const PARTS: [&str; 5] = ["answer", "model", "question", "hint", "section"];

impl Notebook {
    /// Returns ways to complete the operator or value at the caret; none inside a phrase.
    pub fn complete_query(&self, request: &CompletionRequest) -> CompletionView {
        let offsets = Offsets::of(&request.query, self.unit);
        let cursor = offsets.byte(request.cursor);
        let Some(at) = dapanji_search::completing(&request.query, cursor) else {
            return CompletionView { range: [request.cursor; 2], items: Vec::new() };
        };
        let snapshot = self.read();
        let mut items = match at.operator {
            None => words(&at, &snapshot),
            Some((operator, name)) => {
                let values = values(operator, at.start, &snapshot);
                let kind = kind_of(operator);
                values.into_iter().map(|value| value.item(name, kind)).collect()
            }
        };
        items.truncate(MOST);
        CompletionView { range: offsets.range(&at.span), items }
    }
}

/// A value of an operator and how many entries have it.
struct Value {
    text: String,
    count: Option<u32>,
}

impl Value {
    fn item(self, name: &str, kind: CompletionKind) -> CompletionItem {
        let quoted = self.text.contains(|c: char| c.is_whitespace() || c == '"');
        let value =
            if quoted { format!("\"{}\"", self.text.replace('"', " ")) } else { self.text.clone() };
        CompletionItem {
            insert: format!("{name}:{value}"),
            label: self.text,
            kind,
            count: self.count,
        }
    }
}

fn kind_of(operator: Operator) -> CompletionKind {
    match operator {
        Operator::Category => CompletionKind::Category,
        Operator::Topic => CompletionKind::Topic,
        Operator::Date => CompletionKind::Date,
        Operator::In => CompletionKind::Part,
        Operator::Is => CompletionKind::State,
        Operator::Post => CompletionKind::Post,
    }
}

/// Completes a word to operators that begin so, and to categories and topics that do.
fn words(at: &Completing<'_>, snapshot: &Snapshot) -> Vec<CompletionItem> {
    let start = at.start.to_lowercase();
    let operators = Operator::ALL.into_iter().filter_map(|operator| {
        let names = operator.names();
        let name = names.iter().find(|name| name.starts_with(&start))?;
        let insert = format!("{name}:");
        Some(CompletionItem {
            label: insert.clone(),
            insert,
            kind: CompletionKind::Operator,
            count: None,
        })
    });
    let mut items: Vec<CompletionItem> = operators.collect();
    // A letter begins too many of them.
    if start.chars().count() > 1 {
        for operator in [Operator::Category, Operator::Topic] {
            let name = operator.names().first().copied().unwrap_or_default();
            let values = values(operator, at.start, snapshot).into_iter().take(MOST_UNASKED);
            items.extend(values.map(|value| value.item(name, kind_of(operator))));
        }
    }
    items
}

/// The values of an operator for which `start` was typed, the likeliest first.
fn values(operator: Operator, start: &str, snapshot: &Snapshot) -> Vec<Value> {
    let entries = || snapshot.entries().map(|(_, entry)| entry);
    match operator {
        Operator::Category => {
            counted(entries().flat_map(|entry| entry.categories.iter().map(String::as_str)), start)
        }
        Operator::Topic => counted(entries().filter_map(|entry| entry.topic.as_deref()), start),
        Operator::Date => dates(snapshot, start),
        Operator::In => {
            let parts = PARTS.iter().filter(|part| part.starts_with(&start.to_lowercase()));
            parts.map(|part| Value { text: (*part).to_owned(), count: None }).collect()
        }
        Operator::Is => {
            let states = [
                ("unanswered", AnswerStateView::Empty),
                ("draft", AnswerStateView::Draft),
                ("answered", AnswerStateView::Written),
            ];
            let begin =
                states.into_iter().filter(|(name, _)| name.starts_with(&start.to_lowercase()));
            let value = |(name, state): (&str, AnswerStateView)| {
                let of = entries().filter(|entry| AnswerStateView::from(entry.state) == state);
                Value { text: name.to_owned(), count: Some(count(of.count())) }
            };
            begin.map(value).collect()
        }
        Operator::Post => posts(snapshot, start),
    }
}

/// Counts texts and returns those that begin with `start`, then those that hold it, then those whose
/// initial consonants do; of each the most frequent first.
fn counted<'a>(texts: impl Iterator<Item = &'a str>, start: &str) -> Vec<Value> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let begun = Begun::new(start);
    let mut found: Vec<(u8, &str, u32)> = counts
        .into_iter()
        .filter_map(|(text, count)| Some((begun.rank(text)?, text, count)))
        .collect();
    found.sort_by_key(|&(rank, _, count)| (rank, std::cmp::Reverse(count)));
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(_, text, count)| Value { text: text.to_owned(), count: Some(count) })
        .collect()
}

/// The months in which there are entries, or the days of the month that is typed; newest first. What
/// stands before the `..` of a range is kept.
fn dates(snapshot: &Snapshot, start: &str) -> Vec<Value> {
    let (before, typed) = match start.rfind("..") {
        Some(at) => start.split_at(at + 2),
        None => ("", start),
    };
    let typed: String =
        typed.chars().map(|c| if matches!(c, '.' | '/') { '-' } else { c }).collect();
    // `2025-04` may be the month or the start of its days.
    let days_too = typed.len() >= "2025-04".len();
    let (mut months, mut days) = (BTreeMap::new(), BTreeMap::new());
    for date in snapshot.entries().filter_map(|(_, entry)| entry.date) {
        let day = date.to_string();
        let month = day.get(..day.len().saturating_sub(3)).unwrap_or_default();
        if month.starts_with(&typed) {
            *months.entry(month.to_owned()).or_default() += 1_u32;
        }
        if days_too && day.starts_with(&typed) {
            *days.entry(day).or_default() += 1_u32;
        }
    }
    let newest = months.into_iter().rev().chain(days.into_iter().rev());
    let value = |(date, count)| Value { text: format!("{before}{date}"), count: Some(count) };
    newest.take(MOST).map(value).collect()
}

/// The posts whose path or title fits, the newest first.
fn posts(snapshot: &Snapshot, start: &str) -> Vec<Value> {
    let begun = Begun::new(start);
    let mut found: Vec<(u8, &str, u32)> = Vec::new();
    for post in snapshot.posts().iter().rev() {
        let path = post.path.as_str();
        let file = path.rsplit('/').next().unwrap_or(path);
        let ranks = [file, path, &post.title].map(|text| begun.rank(text));
        if let Some(rank) = ranks.into_iter().flatten().min() {
            found.push((rank, path, count(post.entries.len())));
        }
    }
    found.sort_by_key(|&(rank, ..)| rank);
    found.truncate(MOST);
    found
        .into_iter()
        .map(|(_, path, count)| Value { text: path.to_owned(), count: Some(count) })
        .collect()
}
