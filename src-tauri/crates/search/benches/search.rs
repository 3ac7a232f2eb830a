//! Measures the index at 10,000 posts and 70,000 questions, made of the Markdown under
//! `DAPANJI_CORPUS`: building, searching, reopening.

#![expect(clippy::print_stdout, reason = "its output is the measurement")]
#![expect(clippy::unwrap_used, reason = "a measurement that fails has nothing to say")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dapanji_search::tokenizer::{BigramTokenizer, WordTokenizer};
use dapanji_search::{AnswerState, Document, PartKind, SearchIndex, parse};
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::tokenizer::{SimpleTokenizer, TokenStream as _, Tokenizer};
use tantivy::{Index, TantivyDocument};

const POSTS: usize = 10_000;
const QUESTIONS: usize = 7;

const QUERIES: &[&str] = &[
    "동시성",
    "분산 락",
    "분산락",
    "Redis는 락",
    "데이터 정합성",
    "트랜잭션 격리 수준",
    "red",
    "r",
    "동시",
    "락",
    "api",
    "자바",
    "\"분산 락\"",
    "category:backend 동시성",
    "redis OR kafka",
    "동시성 -락",
    "is:unanswered",
    "date:2025-04",
    "in:answer 스레드",
    "동시성 문제란 무엇이며, 이를 해결하기 위한 기본적인 전략을 설명해주세요.",
    "프로세스와 스레드의 차이",
    "CI/CD",
    "데이터",
    "사용",
    "프로그램을 실행하는 방법",
    "없는낱말",
    "메모리 관리 운영체제",
    "deadlock",
    "HTTP 메서드",
    "객체 지향 설계 원칙",
];

fn main() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else {
        println!("DAPANJI_CORPUS names no folder of Markdown to measure with");
        return;
    };
    let texts = markdown_under(&corpus);
    if texts.is_empty() {
        println!("there is no Markdown under {}", corpus.display());
        return;
    }
    scale(&texts);
}

fn scale(texts: &[(String, String)]) {
    let library = library(texts);
    let count: usize = library.iter().map(|(_, documents)| documents.len()).sum();
    let bytes: usize = library
        .iter()
        .flat_map(|(_, documents)| documents)
        .map(|document| document.text.len())
        .sum();
    println!("{} posts, {count} parts, {} MB of text", library.len(), bytes / 1_000_000);
    tokenizers(&library);
    let plain = default_tokenizer(&library);
    let dir = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let index = SearchIndex::open(dir.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for (path, documents) in &library {
        writer.replace_post(path, "r", documents);
    }
    writer.commit().unwrap();
    let built = started.elapsed();
    println!(
        "build {built:.2?}, default tokenizer {plain:.2?}: × {:.2}",
        built.as_secs_f64() / plain.as_secs_f64()
    );
    let started = Instant::now();
    writer.replace_post("_posts/1.md", "s", &library.first().unwrap().1);
    writer.commit().unwrap();
    println!("save to searchable {:.2?}", started.elapsed());
    writer.finish().unwrap();
    let size: u64 =
        fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    drop(index);
    let started = Instant::now();
    let index = SearchIndex::open(dir.path()).unwrap();
    let known = index.indexed().unwrap().len();
    println!(
        "open and list {known} posts {:.2?}, {} MB on disk",
        started.elapsed(),
        size / 1_000_000
    );
    let mut all = Vec::new();
    for query in QUERIES {
        let mut times: Vec<Duration> = (0..20)
            .map(|_| {
                let started = Instant::now();
                index.search(&parse(query), 20).unwrap();
                started.elapsed()
            })
            .collect();
        times.sort();
        let found = index.search(&parse(query), 20).unwrap();
        println!("{:>10.2?}  {:>7}  {query}", times[10], found.total);
        all.extend(times);
    }
    all.sort();
    let at = |share: usize| all[all.len() * share / 100];
    println!("search p50 {:.2?}, p95 {:.2?}", at(50), at(95));
}

/// Measures cutting alone.
fn tokenizers(library: &[(String, Vec<Document>)]) {
    fn count(mut tokenizer: impl Tokenizer, library: &[(String, Vec<Document>)]) -> usize {
        let mut count = 0;
        for document in library.iter().flat_map(|(_, documents)| documents) {
            tokenizer.token_stream(&document.text).process(&mut |_| count += 1);
        }
        count
    }
    let measure = |name: &str, count: &dyn Fn() -> usize| {
        let started = Instant::now();
        let tokens = count();
        println!("{name}: {tokens} tokens in {:.2?}", started.elapsed());
    };
    measure("default tokenizer", &|| count(SimpleTokenizer::default(), library));
    measure("bigrams", &|| count(BigramTokenizer::default(), library));
    measure("words", &|| count(WordTokenizer::default(), library));
}

/// Builds an index of the same documents with Tantivy's own tokenizer.
fn default_tokenizer(library: &[(String, Vec<Document>)]) -> Duration {
    let dir = tempfile::tempdir().unwrap();
    let mut schema = Schema::builder();
    let path_field = schema.add_text_field("path", STRING | STORED);
    let question = schema.add_text_field("question", TEXT | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_dir(dir.path(), schema.build()).unwrap();
    let started = Instant::now();
    let mut writer = index.writer_with_num_threads(2, 50_000_000).unwrap();
    for (path, documents) in library {
        for document in documents {
            let mut out = TantivyDocument::new();
            out.add_text(path_field, path);
            out.add_text(question, &document.question);
            out.add_text(text, &document.text);
            writer.add_document(out).unwrap();
        }
    }
    writer.commit().unwrap();
    started.elapsed()
}

/// Makes posts out of lines of the corpus.
fn library(texts: &[(String, String)]) -> Vec<(String, Vec<Document>)> {
    let lines: Vec<&str> = texts
        .iter()
        .flat_map(|(_, text)| text.lines())
        .map(str::trim)
        .filter(|line| line.chars().count() > 15)
        .collect();
    let mut random = Random(7);
    let mut pick = |count: usize| {
        let mut text = String::new();
        for _ in 0..count {
            text += lines[random.below(lines.len())];
            text.push('\n');
        }
        text
    };
    (0..POSTS)
        .map(|post| {
            let documents = (0..QUESTIONS).flat_map(|entry| {
                let question = pick(1);
                let day = i8::try_from(post % 28 + 1).unwrap();
                let month = i8::try_from(post / 28 % 12 + 1).unwrap();
                let document = |part, text: String| Document {
                    entry: Some(format!("{post}-{entry}")),
                    part,
                    date: Some(jiff::civil::date(2024, month, day)),
                    question: question.clone(),
                    categories: vec![["Backend", "Frontend", "공통", "인성"][entry % 4].to_owned()],
                    topic: None,
                    answer_state: Some(if entry == 0 {
                        AnswerState::Empty
                    } else {
                        AnswerState::Written
                    }),
                    line: 1,
                    text,
                };
                [
                    document(PartKind::Question, question.clone()),
                    document(PartKind::Hint, pick(1)),
                    document(PartKind::Answer, pick(5)),
                    document(PartKind::ModelAnswer, pick(5)),
                    document(PartKind::Section, pick(2)),
                ]
            });
            (format!("_posts/{post}.md"), documents.collect())
        })
        .collect()
}

/// Returns the path and text of every Markdown file.
fn markdown_under(folder: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                texts.extend(
                    fs::read_to_string(&path).map(|text| (path.display().to_string(), text)),
                );
            }
        }
    }
    texts
}

/// A small generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}
