//! What the figures were measured on, and what processes take of it.

use std::fs;
use std::path::Path;

use dapanji_tests::generate::Generated;

use crate::stats::megabytes;

/// A sentence that names the machine and the notebook.
pub(crate) fn heading(written: &Generated) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{} posts with {} questions, {:.0} MB of Korean text, made up from word lists. {}, {cores} cores, \
         {} of memory, {}; files in the page cache.",
        written.posts,
        written.questions,
        megabytes(written.bytes),
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        memory(),
        system(),
    )
}

fn memory() -> String {
    let total = field("/proc/meminfo", "MemTotal");
    let kilobytes = total.as_deref().and_then(kilobytes);
    kilobytes
        .map_or_else(|| "unknown".to_owned(), |kb| format!("{} GB", (kb + 524_288) / 1_048_576))
}

fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned())
}

/// The value of the first line `name: value` of a file of the system.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

fn kilobytes(text: &str) -> Option<u64> {
    text.split_whitespace().next()?.parse().ok()
}

/// The most memory this process has held so far, in bytes.
pub(crate) fn peak_memory() -> Option<u64> {
    Some(kilobytes(&field("/proc/self/status", "VmHWM")?)? * 1024)
}

/// Memory of a process and all it started, in bytes: as the sum of what each holds, and with pages
/// that several hold counted once.
pub(crate) fn memory_of_tree(root: u32) -> Option<(u64, u64)> {
    let mut tree = vec![root];
    let mut sum = None;
    while let Some(process) = tree.pop() {
        let children =
            |thread: fs::DirEntry| fs::read_to_string(thread.path().join("children")).ok();
        let threads = fs::read_dir(format!("/proc/{process}/task")).ok();
        for children in threads.into_iter().flatten().flatten().filter_map(children) {
            tree.extend(children.split_whitespace().filter_map(|id| id.parse::<u32>().ok()));
        }
        let rollup = format!("/proc/{process}/smaps_rollup");
        let of = |name| field(&rollup, name).as_deref().and_then(kilobytes).map(|kb| kb * 1024);
        if let (Some(rss), Some(pss)) = (of("Rss"), of("Pss")) {
            let (all_rss, all_pss) = sum.unwrap_or_default();
            sum = Some((all_rss + rss, all_pss + pss));
        }
    }
    sum
}

/// Bytes of all files below a folder.
pub(crate) fn size_of(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => size_of(&entry.path()),
        Ok(metadata) => metadata.len(),
        Err(_) => 0,
    });
    sizes.sum()
}
