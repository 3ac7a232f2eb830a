//! A small library in memory.

use jiff::civil::{Date, date};

use crate::{AnswerState, Document, Found, PartKind, SearchIndex, parse};

/// An entry to be cut into documents.
pub(super) struct Entry {
    pub(super) key: &'static str,
    pub(super) date: Date,
    pub(super) question: &'static str,
    pub(super) category: &'static str,
    pub(super) topic: &'static str,
    pub(super) hint: &'static str,
    pub(super) answer: &'static str,
    pub(super) model: &'static str,
}

pub(super) const ENTRIES: &[Entry] = &[
    Entry {
        key: "consistency",
        date: date(2025, 4, 10),
        question: "여러 서비스로 나뉜 분산 시스템에서 데이터 일관성을 어떻게 지키나요?",
        category: "Backend",
        topic: "데이터 일관성",
        hint: "SAGA 패턴과 이벤트 발행을 떠올려 보세요.",
        answer: "이벤트가 유실되면 다시 발행하고, DLQ(Dead Letter Queue)로 보냅니다. 분산 트랜잭션은 쓰지 않았습니다.",
        model: "",
    },
    Entry {
        key: "locking",
        date: date(2025, 4, 9),
        question: "동시성 문제란 무엇이며 어떻게 해결하나요?",
        category: "Backend",
        topic: "동시성 문제 해결",
        hint: "락(lock), 큐(queue)를 떠올려 보세요.",
        answer: "공유 자원에 동시에 접근할 때 생깁니다. **Redis** 기반의 분산 락(distributed lock)을 썼고, \
                 SETNX 명령으로 락을 잡았습니다. Redis는 빠릅니다. 데드락(deadlock)도 막았습니다.",
        model: "재고가 줄어드는 커머스에서 분산 락(Redlock)으로 동시성을 다룹니다. CI/CD와는 상관없고 C++도 아닙니다.",
    },
    Entry {
        key: "rest",
        date: date(2025, 4, 9),
        question: "RESTful API 설계 원칙을 설명해 주세요.",
        category: "Backend",
        topic: "API 설계",
        hint: "자원과 행위를 생각해 보세요.",
        answer: "자원은 URL로, 행위는 HTTP 메서드로 나타냅니다. 좋은 예시로는 ??...",
        model: "무상태성, 캐시, 계층화된 시스템이 있습니다.",
    },
    Entry {
        key: "conflict",
        date: date(2025, 3, 2),
        question: "협업 중에 갈등을 풀어 본 경험이 있나요?",
        category: "인성",
        topic: "갈등 중재",
        hint: "",
        answer: "",
        model: "의견을 나누고 문서로 남겨 공유했습니다. 스프링부트 프로젝트였습니다.",
    },
];

impl Entry {
    fn state(&self) -> AnswerState {
        match self.answer {
            "" => AnswerState::Empty,
            answer if answer.ends_with("...") => AnswerState::Draft,
            _ => AnswerState::Written,
        }
    }

    pub(super) fn documents(&self) -> Vec<Document> {
        [
            (PartKind::Question, self.question),
            (PartKind::Hint, self.hint),
            (PartKind::Answer, self.answer),
            (PartKind::ModelAnswer, self.model),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .zip(1..)
        .map(|((part, text), line)| Document {
            entry: Some(self.key.to_owned()),
            part,
            date: Some(self.date),
            question: self.question.to_owned(),
            categories: vec![self.category.to_owned()],
            topic: Some(self.topic.to_owned()),
            answer_state: Some(self.state()),
            line,
            text: text.to_owned(),
        })
        .collect()
    }
}

/// Returns an index with all entries, each in a post of its own, and a post without questions.
pub(super) fn index() -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    fill(&index);
    index
}

pub(super) fn fill(index: &SearchIndex) {
    let mut writer = index.writer().unwrap();
    for entry in ENTRIES {
        let path = format!("_posts/{}-{}.md", entry.date, entry.key);
        writer.replace_post(&path, "r1", &entry.documents());
    }
    writer.replace_post(
        "notes/book.md",
        "r1",
        &[section("독서 노트", "이펙티브 자바를 읽고 쓴 글")],
    );
    writer.commit().unwrap();
}

pub(super) fn section(title: &str, text: &str) -> Document {
    Document {
        entry: None,
        part: PartKind::Section,
        date: None,
        question: title.to_owned(),
        categories: Vec::new(),
        topic: None,
        answer_state: None,
        line: 1,
        text: text.to_owned(),
    }
}

pub(super) fn search(index: &SearchIndex, query: &str) -> Found {
    index.search(&parse(query), 20).unwrap()
}

/// Returns the hits as `entry/part`.
pub(super) fn names(found: &Found) -> Vec<String> {
    found
        .hits
        .iter()
        .map(|hit| format!("{}/{:?}", hit.entry.as_deref().unwrap_or(&hit.question), hit.part))
        .collect()
}
