//! Measures how far comparisons agree with a careful reader, and how long they take.
//!
//! `--all` also prints each disagreement.

#![expect(clippy::print_stdout, reason = "it is what the bench is for")]

#[path = "../../src/pairs.rs"]
mod pairs;

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use dapanji_compare::{
    Comparison, EqualWeights, FlagKind, TermState, Weigh, compare, term_key, word_diff,
};

use self::pairs::{Agreement, Pair, pairs, share};

/// Bytes of each of the two long texts.
const LONG: usize = 20 * 1024;
/// Times a long comparison is made.
const ROUNDS: usize = 40;

fn main() {
    let all = std::env::args().any(|argument| argument == "--all");
    let pairs = pairs();
    let library = Library::of(&pairs);
    println!("{} pairs of answers, written for this project", pairs.len());
    println!();
    println!(
        "| weights | terms a reader accepts | marked terms found | said or missing as marked | all states | flags found | false flags | on good answers |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    row("by the library", &pairs, &library, all);
    row("all equal", &pairs, &EqualWeights, false);
    println!();
    println!(
        "| {LONG} bytes beside {LONG} bytes | processor time, median | by the clock, median of {ROUNDS} |"
    );
    println!("|---|---|---|");
    let model = long(pairs.iter().map(|pair| pair.model));
    let answer = long(pairs.iter().map(|pair| pair.answer));
    time("answers beside model answers", || compare(&answer, &model, &library).terms.len());
    time("model answers beside themselves", || compare(&model, &model, &library).terms.len());
    time("nothing beside model answers", || compare("", &model, &library).terms.len());
    time("word diff of both", || word_diff(&answer, &model).len());
}

/// How rare a word is in the model answers of all pairs, as the index tells it of a notebook.
struct Library {
    texts: Vec<String>,
    /// Weights that were asked for: the index has them at hand, too.
    known: RefCell<HashMap<String, f32>>,
}

impl Library {
    fn of(pairs: &[Pair]) -> Self {
        let texts = pairs.iter().map(|pair| term_key(pair.model)).collect();
        Self { texts, known: RefCell::default() }
    }
}

impl Weigh for Library {
    fn weight(&self, term: &str) -> f32 {
        if let Some(weight) = self.known.borrow().get(term) {
            return *weight;
        }
        let key = term_key(term);
        let occurs = self.texts.iter().filter(|text| text.contains(&key)).count() as f32;
        let all = self.texts.len() as f32;
        let inverse = |occurs: f32| (1.0 + (all - occurs + 0.5) / (occurs + 0.5)).ln();
        let weight = inverse(occurs) / inverse(0.0);
        self.known.borrow_mut().insert(term.to_owned(), weight);
        weight
    }
}

fn row(name: &str, pairs: &[Pair], weigh: &dyn Weigh, all: bool) {
    let mut agreement = Agreement::default();
    let mut told: Vec<String> = Vec::new();
    for pair in pairs {
        let found: Comparison = compare(pair.answer, pair.model, weigh);
        let said = agreement.take(pair, &found);
        told.extend(said.into_iter().map(|line| format!("{}: {line}", pair.name)));
    }
    if all {
        for line in told {
            println!("  {line}");
        }
    }
    let counted =
        |counts: (usize, usize)| format!("{}/{} ({:.2})", counts.1, counts.0, share(counts));
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} |",
        counted(agreement.listed),
        counted(agreement.needed),
        counted(agreement.clear),
        counted(agreement.states),
        counted(agreement.flags),
        agreement.false_flags.0,
        agreement.false_flags.1,
    );
}

/// Joins texts to `LONG` bytes, cut at a character.
fn long<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> String {
    let mut out = String::new();
    for text in texts.filter(|text| !text.is_empty()).cycle() {
        if out.len() >= LONG {
            break;
        }
        out.push_str(text);
        out.push_str("\n\n");
    }
    let end = (0..=LONG).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
    out.truncate(end);
    out
}

fn time(name: &str, work: impl Fn() -> usize) {
    let (mut spent, mut elapsed) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (start, before) = (Instant::now(), processor_time());
        std::hint::black_box(work());
        elapsed.push(start.elapsed());
        spent
            .push(processor_time().zip(before).map(|(after, before)| after.saturating_sub(before)));
    }
    spent.sort_unstable();
    elapsed.sort_unstable();
    let millis = |time: &Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
    let spent = spent.get(ROUNDS / 2).and_then(Option::as_ref).map(millis).unwrap_or_default();
    let elapsed = elapsed.get(ROUNDS / 2).map(millis).unwrap_or_default();
    println!("| {name} | {spent} | {elapsed} |");
}

/// What this thread has had of a processor, which others on the machine do not change; known on
/// Linux only.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
