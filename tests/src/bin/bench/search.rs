//! Searching beside `rg`, and how soon a saved answer is found.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dapanji_api::Notebook;
use dapanji_api::dto::{ListFilter, SaveAnswerRequest, SearchRequest};

use crate::queries::{self, Asked};
use crate::stats::{Samples, ratio, show, timed};
use crate::table::{Row, Table};
use crate::{Bench, Outcome, say};

/// Hits asked for, as the window does at first.
const LIMIT: u32 = 40;
const ROUNDS: usize = 10;
const SAVES: u32 = 20;
/// Most that a saved answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Searches for each query in this process, and with `rg -i` for its words.
pub(crate) fn search(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("searching");
    let notebook = bench.notebook()?;
    let mut samples = Samples::default();
    let mut slowest: Vec<(Duration, &str)> = Vec::new();
    for Asked { query, .. } in queries::all() {
        let ask = || notebook.search(&SearchRequest::new(*query, LIMIT));
        ask()?;
        let mut own = Samples::default();
        for _ in 0..ROUNDS {
            let (answer, took) = timed(ask);
            answer?;
            samples.add(took);
            own.add(took);
        }
        slowest.push((own.median(), query));
    }
    slowest.sort();
    let shown: Vec<String> = slowest
        .iter()
        .rev()
        .take(5)
        .map(|(took, query)| format!("{query} {}", show(*took)))
        .collect();
    say(&format!("slowest searches: {}", shown.join(", ")));
    let count = queries::all().count();
    let (p50, p95) = (samples.median(), samples.p95());
    table.add(Row {
        what: format!("search in process, {count} queries, warm: p50"),
        figure: show(p50),
        ..Row::default()
    });
    table.add(Row {
        what: "the same: p95".to_owned(),
        figure: show(p95),
        bar: "≤ 10 ms".to_owned(),
        reached: Some(p95 <= Duration::from_millis(10)),
        ..Row::default()
    });
    say("searching with rg");
    let mut row = Row {
        what: "the same beside `rg -i`".to_owned(),
        bar: "p95 ≤ 1/50 of rg's".to_owned(),
        ..Row::default()
    };
    match with_rg(bench)? {
        Some(rg) => {
            row.figure = format!(
                "1/{:.0} at p50, 1/{:.0} at p95",
                ratio(rg.median(), p50),
                ratio(rg.p95(), p95)
            );
            row.yardstick = format!(
                "{} at p50, {} at p95: `rg -i -F --count`, the same words",
                show(rg.median()),
                show(rg.p95())
            );
            row.reached = Some(ratio(rg.p95(), p95) >= 50.0);
        }
        None => row.yardstick = "rg is not installed here".to_owned(),
    }
    table.add(row);
    table.add(odd(&notebook)?);
    Ok(())
}

/// Asks what nobody means to ask, each for the first time, and tells of the slowest.
fn odd(notebook: &Notebook) -> Outcome<Row> {
    let queries = queries::odd();
    let mut slowest = (Duration::ZERO, String::new());
    for query in &queries {
        let (answer, took) = timed(|| notebook.search(&SearchRequest::new(query.as_str(), LIMIT)));
        answer?;
        if took > slowest.0 {
            let shown: String = query.chars().take(12).collect();
            slowest = (took, format!("`{shown}` of {} characters", query.chars().count()));
        }
    }
    let (took, query) = slowest;
    say(&format!("slowest odd search: {query}"));
    Ok(Row {
        what: format!("slowest of {} odd queries, asked once: {query}", queries.len()),
        figure: show(took),
        bar: "≤ 100 ms".to_owned(),
        reached: Some(took <= Duration::from_millis(100)),
        ..Row::default()
    })
}

/// How long `rg` takes for each query's words; none if it is not there. It counts, as a search does,
/// and is spared writing lines.
fn with_rg(bench: &Bench) -> Outcome<Option<Samples>> {
    let run = |words: &[&str]| {
        let mut command = Command::new("rg");
        command.args(["-i", "-F", "--count"]).stdin(Stdio::null());
        for word in words {
            command.args(["-e", word]);
        }
        command.arg(&bench.folder).output()
    };
    if run(&["동시성"]).is_err() {
        return Ok(None);
    }
    let mut samples = Samples::default();
    for Asked { words, .. } in queries::all() {
        let (output, took) = timed(|| run(words));
        // 1 says that nothing was found.
        if !matches!(output?.status.code(), Some(0 | 1)) {
            return Err(format!("rg failed on {words:?}").into());
        }
        samples.add(took);
    }
    Ok(Some(samples))
}

/// Saves answers with a word that is nowhere else, and searches for it until it is found, with the
/// index kept as the window keeps it.
pub(crate) fn save(bench: &Bench, table: &mut Table) -> Outcome<()> {
    say("saving");
    let notebook = Arc::new(bench.notebook()?);
    notebook.sync_index()?;
    notebook.keep_indexed();
    let filter = ListFilter::default();
    let total = notebook.overview(&filter).total;
    let (mut saves, mut samples) = (Samples::default(), Samples::default());
    for nth in 0..=SAVES {
        let rows = notebook.rows(&filter, nth * (total / (SAVES + 1)), 1);
        let id = rows.into_iter().next().map(|row| row.id).ok_or("no entry to save")?;
        let before = notebook.show(&id)?.answer.text;
        let word = format!("xq{nth}xq");
        let request = SaveAnswerRequest {
            entry: id,
            text: format!("{before}\n이 낱말은 하나뿐입니다: {word}\n"),
            base: None,
            base_answer: None,
        };
        let asked = SearchRequest::new(word, LIMIT);
        let started = Instant::now();
        let saved = notebook.answer(&request)?;
        let written = started.elapsed();
        while notebook.search(&asked)?.hits.iter().all(|hit| hit.path != saved.path) {
            if started.elapsed() > PATIENCE {
                return Err("a saved answer was not found".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        if nth > 0 {
            saves.add(written);
            samples.add(started.elapsed());
        }
    }
    table.add(Row {
        what: "save an answer until a search finds it".to_owned(),
        figure: format!(
            "{}, p95 {}; the save alone {}",
            show(samples.median()),
            show(samples.p95()),
            show(saves.median())
        ),
        bar: "≤ 300 ms".to_owned(),
        reached: Some(samples.p95() <= Duration::from_millis(300)),
        ..Row::default()
    });
    Ok(())
}
