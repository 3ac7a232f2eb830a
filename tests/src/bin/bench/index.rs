//! The first index, beside one of Tantivy's own making over the same parts.

use std::fs;
use std::path::Path;
use std::time::Duration;

use dapanji_api::Notebook;
use tantivy::schema::{STORED, STRING, Schema, TEXT};
use tantivy::{Index, TantivyDocument};

use crate::machine::size_of;
use crate::stats::{Samples, megabytes, ratio, show, timed};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, open_in, say};

const ROUNDS: usize = 3;
/// As many as Dapanji's writer has.
const THREADS: usize = 2;
/// As much memory as Dapanji's writer has, in bytes.
const HEAP: usize = 50_000_000;

/// A part of an entry as the yardstick gets it.
struct Part {
    path: String,
    question: String,
    text: String,
}

/// Builds both indexes in turns, and leaves Dapanji's in the home of `bench`.
pub(crate) fn first(bench: &Bench, table: &mut Table) -> Outcome<()> {
    let parts = parts(&bench.notebook()?);
    let plain_dir = bench.dir.join("plain-index");
    let (mut ours, mut plain) = (Samples::default(), Samples::default());
    for round in 0..ROUNDS {
        say(&format!("first index, round {} of {ROUNDS}", round + 1));
        if bench.home.exists() {
            fs::remove_dir_all(&bench.home)?;
        }
        let notebook = open_in(&bench.folder, &bench.home)?;
        let (synced, took) = timed(|| notebook.sync_index());
        synced?;
        ours.add(took);
        plain.add(default_index(&parts, &plain_dir)?);
    }
    let times = ratio(ours.median(), plain.median());
    table.add(Row {
        what: "first index, posts read from disk".to_owned(),
        figure: format!("{}, × {times:.2}", show(ours.median())),
        yardstick: format!(
            "{}: tantivy's default tokenizer, the same {} parts from memory, as many threads",
            show(plain.median()),
            parts.len()
        ),
        bar: "≤ 2 ×".to_owned(),
        reached: Some(times <= 2.0),
    });
    let index = size_of(&bench.home.join("cache"));
    let share = megabytes(index) / megabytes(bench.written.bytes);
    table.add(Row {
        what: "size of the index, by the text's".to_owned(),
        figure: format!("{:.0} MB, × {share:.2}", megabytes(index)),
        yardstick: format!("{:.0} MB: tantivy's default tokenizer", megabytes(size_of(&plain_dir))),
        ..Row::default()
    });
    fs::remove_dir_all(&plain_dir)?;
    Ok(())
}

/// The parts that Dapanji indexes, as the façade shows them.
fn parts(notebook: &Notebook) -> Vec<Part> {
    let mut parts = Vec::new();
    for post in notebook.list().posts {
        for entry in post.days.into_iter().flat_map(|day| day.entries) {
            let question = entry.question.clone();
            let mut push = |text: String| {
                if !text.trim().is_empty() {
                    parts.push(Part { path: post.path.clone(), question: question.clone(), text });
                }
            };
            push(entry.question);
            push(entry.answer.text);
            let variants = entry.model_answer.variants.into_iter();
            let model: Vec<String> = variants
                .map(|variant| {
                    format!("{}\n{}", variant.audience.unwrap_or_default(), variant.text)
                })
                .collect();
            push(model.join("\n"));
            push(entry.hint.unwrap_or_default());
            entry.sections.into_iter().for_each(|section| push(section.text));
        }
    }
    parts
}

/// Builds an index with Tantivy's default tokenizer: question and text indexed and stored, merged to
/// the end as Dapanji's is.
fn default_index(parts: &[Part], dir: &Path) -> Outcome<Duration> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let question = schema.add_text_field("question", TEXT | STORED);
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_dir(dir, schema.build())?;
    let (built, took) = timed(|| -> Outcome<()> {
        let mut writer = index.writer_with_num_threads(THREADS, HEAP)?;
        for part in parts {
            let mut document = TantivyDocument::new();
            document.add_text(path, &part.path);
            document.add_text(question, &part.question);
            document.add_text(text, &part.text);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(writer.wait_merging_threads()?)
    });
    built.map(|()| took)
}
