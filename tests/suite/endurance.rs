//! The short forms of the runs that try to lose a text; `make soak` has the long ones.

use std::path::{Path, PathBuf};
use std::time::Duration;

use dapanji_tests::endurance::{indexing, kills, together};

fn saver() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_saver"))
}

/// `dapanji`, which `make test` builds beside the tests' own programs.
fn command() -> PathBuf {
    saver().with_file_name(format!("dapanji{}", std::env::consts::EXE_SUFFIX))
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_or_the_new_file_and_the_draft() {
    let met = kills::run(saver(), 60, 1).unwrap();
    assert!(met.kills > 0, "{met:?}");
}

#[test]
fn three_programs_at_once_lose_no_answer() {
    let met = together::run(saver(), &command(), Duration::from_secs(2), 3).unwrap();
    assert!(met.notebooks > 0 && met.commands > 0, "{met:?}");
}

#[test]
fn a_kill_while_indexing_costs_no_post() {
    let met = indexing::run(saver(), 60, 6, 5).unwrap();
    assert_eq!(met.kills, 6);
}
