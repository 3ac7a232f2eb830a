//! A real post, where `DAPANJI_CORPUS` names a folder that has it.

use std::fs;
use std::path::PathBuf;

use super::fixture::search;
use crate::{Document, PartKind, SearchIndex};

#[test]
fn the_entry_about_concurrency_comes_first() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else { return };
    let Ok(text) = fs::read_to_string(corpus.join("daily-interview/2025-04-09-daily_interview.md"))
    else {
        return;
    };
    let index = SearchIndex::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    writer.replace_post("post.md", "r", &cut(&text));
    writer.commit().unwrap();
    for query in [
        "분산 락",
        "분산락",
        "동시성",
        "동시",
        "Redis는 락",
        "redlock",
        "데드락",
        "setnx",
        "동시성 문제",
    ] {
        let found = search(&index, query);
        let first = found.hits.first().map_or("", |hit| hit.question.as_str());
        assert!(first.starts_with("동시성 문제란"), "{query}: {first}");
    }
}

/// Cuts questions and the text under them, well enough for a test.
fn cut(text: &str) -> Vec<Document> {
    let mut documents = Vec::new();
    for entry in text.split("\n## ").skip(1) {
        let (question, rest) = entry.split_once('\n').unwrap();
        let (about, rest) = rest.split_once("### 답변").unwrap();
        let (answer, model) = rest.split_once("> #####").unwrap();
        let parts = [
            (PartKind::Question, question),
            (PartKind::Hint, about),
            (PartKind::Answer, answer),
            (PartKind::ModelAnswer, model),
        ];
        documents.extend(parts.map(|(part, text)| Document {
            entry: Some(question.to_owned()),
            part,
            date: None,
            question: question.to_owned(),
            categories: Vec::new(),
            topic: None,
            answer_state: None,
            line: 1,
            text: text.to_owned(),
        }));
    }
    documents
}
