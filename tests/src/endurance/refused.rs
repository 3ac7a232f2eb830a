//! Has the system refuse one call after the other while `dapanji answer` saves, as seen from outside
//! the program: whatever it asks of the system, not only what it knows to be part of a save.
//!
//! Linux with `strace` only.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{Ground, Outcome, daily, mark};

const POST: &str = "2025-04-09-매일.md";
const HERE: &str = "여기에 답";

/// What can fail on the way of a save, and is followed.
const CALLS: &str = "openat,read,write,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,\
                     unlinkat,mkdir,mkdirat,ftruncate,fchmod,chmod,fchown,flock,statx,newfstatat,fstat,\
                     readlink,lseek,getdents64,pread64,pwrite64,close";

/// Errors a disk gives.
const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EROFS", "EACCES"];

/// What a run has met.
#[derive(Debug, Default, Clone, Copy)]
pub struct Refused {
    /// Runs of the program, each with another call refused.
    pub runs: usize,
    /// Those that ended with an error, with the old file whole.
    pub failed: usize,
    /// Those that said they had saved, with the new file whole.
    pub saved: usize,
    /// Those that had saved and then failed at something else, such as telling so.
    pub later: usize,
}

/// Refuses every call in turn; none if there is no `strace` that may follow a program here.
///
/// # Errors
/// If a file is neither the old nor the new one whole, is the old one after it was told as saved, a
/// version is lost, or anything is left in the folder that is not hidden.
pub fn run(command: &Path) -> Outcome<Option<Refused>> {
    let Some(counts) = counts(command)? else { return Ok(None) };
    let mut met = Refused::default();
    for (call, count) in counts {
        for nth in 1..=count {
            // Every call with one of the errors, the next one with the next.
            let error = ERRORS[(met.runs + nth) % ERRORS.len()];
            let fault = format!("inject={call}:error={error}:when={nth}");
            one(command, &fault, &mut met).map_err(|failed| format!("{fault}: {failed}"))?;
        }
    }
    Ok(Some(met))
}

fn one(command: &Path, fault: &str, met: &mut Refused) -> Outcome<()> {
    let prepared = prepared()?;
    let Prepared { ground, old, new, .. } = &prepared;
    let output = answer(&prepared, command, &["-e", fault])?;
    met.runs += 1;
    let is = fs::read_to_string(ground.folder().join(POST))?;
    match (output.status.success(), is == *old, is == *new) {
        (true, _, true) => met.saved += 1,
        (false, true, _) => met.failed += 1,
        (false, _, true) => met.later += 1,
        (true, true, _) => return Err("told as saved, and is not".into()),
        (_, false, false) => return Err(format!("neither old nor new: {is}").into()),
    }
    for entry in fs::read_dir(ground.folder())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != POST && !name.starts_with('.') {
            return Err(format!("left in the folder: {name}").into());
        }
    }
    // Nothing of it is in the way of the next save.
    let again = answer(&prepared, command, &[])?;
    if !again.status.success() {
        let said = String::from_utf8_lossy(&again.stderr).into_owned();
        return Err(format!("cannot be saved any more: {said}").into());
    }
    let found = ground.found()?;
    match [mark("al", 0), mark("ne", 0)].iter().find(|mark| !found.contains(*mark)) {
        Some(lost) => Err(format!("neither in the file nor in its history: {lost}").into()),
        None => Ok(()),
    }
}

struct Prepared {
    ground: Ground,
    /// The key of the entry that is answered.
    entry: String,
    /// The post as it is.
    old: String,
    /// The post as it is to be.
    new: String,
    /// The new answer.
    text: String,
}

fn prepared() -> Outcome<Prepared> {
    let ground = Ground::new()?;
    let around = daily("2025.04.09", &[("락이란?", "잠금"), ("원자성이란?", HERE)]);
    let old = around.replace(HERE, &format!("{} 먼저 쓴 답", mark("al", 0)));
    let text = format!("{} 새로 쓴 답", mark("ne", 0));
    ground.put(POST, &old)?;
    let rows = ground.open()?.rows(&Default::default(), 0, 2);
    let entry = rows.get(1).ok_or("no such entry")?.id.clone();
    Ok(Prepared { ground, entry, old, new: around.replace(HERE, &text), text })
}

/// How often each call is made in one thread at the most.
fn counts(command: &Path) -> Outcome<Option<BTreeMap<String, usize>>> {
    let prepared = prepared()?;
    let log = prepared.ground.home().with_file_name("calls");
    let name = log.display().to_string();
    let output = match answer(&prepared, command, &["-o", &name, "-e", &format!("trace={CALLS}")]) {
        Ok(output) => output,
        Err(error) => match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            _ => return Err(error),
        },
    };
    if !output.status.success() {
        return Ok(None);
    }
    let mut each: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in fs::read_to_string(&log)?.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        *each.entry((call.to_owned(), thread.to_owned())).or_default() += 1;
    }
    let mut most = BTreeMap::new();
    for ((call, _), count) in each {
        let known: &mut usize = most.entry(call).or_default();
        *known = count.max(*known);
    }
    Ok(Some(most))
}

/// Answers under `strace`, or without it where nothing is asked of it.
fn answer(prepared: &Prepared, command: &Path, strace: &[&str]) -> Outcome<Output> {
    let mut program = if strace.is_empty() {
        Command::new(command)
    } else {
        let mut program = Command::new("strace");
        program.args(["-f", "-qq", "--seccomp-bpf"]);
        if !strace.contains(&"-o") {
            program.args(["-o", "/dev/null"]);
        }
        program.args(strace).arg(command);
        program
    };
    let mut child = program
        .arg("answer")
        .arg(prepared.ground.folder())
        .arg(&prepared.entry)
        .env("DAPANJI_HOME", prepared.ground.home())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    // A program that failed before it read this has closed its end.
    drop(child.stdin.take().ok_or("no input")?.write_all(prepared.text.as_bytes()));
    Ok(child.wait_with_output()?)
}
