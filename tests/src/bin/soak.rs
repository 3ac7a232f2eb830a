//! Runs for a while what tries to lose a text, and writes a table: `soak [SECONDS]`.
//!
//! Every run has another seed, which is told with what went wrong.

#![expect(clippy::print_stdout, reason = "its output is the table")]
#![expect(clippy::print_stderr, reason = "says what it is at, as it takes minutes")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use dapanji_tests::endurance::{Outcome, indexing, kills, refused, rounds, together};

/// What has to be reached, however long it takes.
const SAVES: usize = 1_000;
const ROUNDS: usize = 10_000;
const INDEX_KILLS: usize = 50;
const TOGETHER: Duration = Duration::from_secs(60);

/// A run of one kind, of which more fit into the time.
const SAVES_AT_A_TIME: usize = 100;
const ROUNDS_AT_A_TIME: usize = 1_000;
const KILLS_AT_A_TIME: usize = 25;
const INDEXED_POSTS: usize = 600;

fn main() -> Outcome<()> {
    let seconds = std::env::args().nth(1).map_or(Ok(600), |seconds| seconds.parse())?;
    let share = Duration::from_secs(seconds) / 3;
    let beside =
        |name: &str| -> Outcome<PathBuf> { Ok(std::env::current_exe()?.with_file_name(name)) };
    let (saver, command) = (beside("saver")?, beside("dapanji")?);
    println!("| what | runs | met | lost |\n|---|---|---|---|");

    let mut met = kills::Kills::default();
    let runs = repeat(share, |seed| {
        let one = kills::run(&saver, SAVES_AT_A_TIME, seed)?;
        met.saves += one.saves;
        met.kills += one.kills;
        met.old += one.old;
        met.new += one.new;
        met.drafts += one.drafts;
        met.leftovers += one.leftovers;
        Ok(met.saves >= SAVES)
    })?;
    println!(
        "| kill -9 during saves | {runs} | {} saves, {} kills: old file {}, new file {}, newest text in its draft \
         alone {}, hidden leftovers {} | 0 |",
        met.saves, met.kills, met.old, met.new, met.drafts, met.leftovers
    );

    match refused::run(&command)? {
        Some(met) => println!(
            "| each call of the system refused in turn | {} | {} failed with the old file whole, {} saved, \
             {} saved and failed later | 0 |",
            met.runs, met.failed, met.saved, met.later
        ),
        None => println!("| each call of the system refused in turn | 0 | no strace here | |"),
    }

    let mut met = rounds::Met::default();
    let runs = repeat(share, |seed| {
        let one = rounds::run(ROUNDS_AT_A_TIME, seed)?;
        met.add(one);
        Ok(met.rounds >= ROUNDS)
    })?;
    println!(
        "| random edits here and outside | {runs} | {} rounds: {} saved here, {} conflicts, {} outside \
         ({} from an old buffer), {} deletions, {} restarts; {} texts looked for, {} given up, {} \
         replaced by the other program unseen | 0 |",
        met.rounds,
        met.saved,
        met.conflicts,
        met.outside,
        met.stale,
        met.deleted,
        met.reopened,
        met.checked,
        met.given_up,
        met.unseen
    );

    let mut met = indexing::Indexed::default();
    let runs = repeat(Duration::ZERO, |seed| {
        met.add(indexing::run(&saver, INDEXED_POSTS, KILLS_AT_A_TIME, seed)?);
        Ok(met.kills >= INDEX_KILLS)
    })?;
    println!(
        "| kill -9 while indexing | {runs} | {} kills: {} in a first index, {} while another version's \
         was replaced, {} after changes; {} done before | 0 |",
        met.kills, met.first, met.replaced, met.changed, met.done
    );

    let time = share.max(TOGETHER);
    eprintln!("three programs for {} seconds", time.as_secs());
    let met = together::run(&saver, &command, time, seed_of_now())?;
    println!(
        "| two notebooks and a loop of commands | 1 | {} s: {} answers from notebooks, {} from commands, \
         {} conflicts, {} searched for at once | 0 |",
        time.as_secs(),
        met.notebooks,
        met.commands,
        met.conflicts,
        met.searched
    );
    Ok(())
}

/// Runs again and again until the time is over and enough is met, and returns how often.
fn repeat(time: Duration, mut run: impl FnMut(u64) -> Outcome<bool>) -> Outcome<usize> {
    let started = Instant::now();
    for runs in 1.. {
        let seed = seed_of_now();
        let enough = run(seed).map_err(|error| format!("seed {seed}: {error}"))?;
        eprintln!("run {runs}, seed {seed}, {} s", started.elapsed().as_secs());
        if enough && started.elapsed() >= time {
            return Ok(runs);
        }
    }
    Ok(0)
}

fn seed_of_now() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_microsecond()).unwrap_or_default()
}
