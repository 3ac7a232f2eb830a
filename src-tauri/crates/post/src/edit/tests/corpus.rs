//! Every edit on every post of the folder that `DAPANJI_CORPUS` names, where there is one.

#![expect(clippy::print_stdout, reason = "the counts are for the reader of the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::date;

use super::laws::{Asked, check_laws, is_explained};
use crate::{DayHeading, Post};

/// Entries of a post that are tried, from both of its ends: the middle of a long post is alike.
const TRIED: usize = 4;

/// A refusal for a reason that [`super::refusals::ON_REAL_POSTS`] does not
/// explain fails the test.
#[test]
fn every_edit_on_the_corpus_keeps_the_laws() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else {
        println!("skipped: DAPANJI_CORPUS is not set");
        return;
    };
    let mut posts = Vec::new();
    collect(&corpus, &mut posts);
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for path in &posts {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let post = Post::parse(text.as_str());
        let layouts: Vec<_> = post.entries().map(|(_, entry)| entry.layout).collect();
        let entries = layouts.len();
        let tried = (0..entries).filter(|nth| *nth < TRIED || nth + TRIED >= entries);
        let of_entries =
            tried.flat_map(|nth| Asked::all(nth).into_iter().map(move |a| (Some(nth), a)));
        let of_post = Asked::of_post(date(2031, 1, 2)).into_iter().map(|asked| (None, asked));
        for (nth, asked) in of_entries.chain(of_post) {
            let layout = nth.and_then(|nth| layouts.get(nth));
            let counted = counts.entry(format!("{} {layout:?}", asked.name())).or_default();
            match check_laws(&post, &asked, &path.display().to_string()) {
                Ok(()) => counted.0 += 1,
                Err(error) => {
                    counted.1 += 1;
                    if !is_explained(&asked, &error) {
                        unexplained.push(format!(
                            "{} {nth:?} {layout:?}: {error}: {}",
                            asked.name(),
                            path.display()
                        ));
                    }
                }
            }
        }
    }
    for (name, (done, refused)) in &counts {
        println!("{name:40} done {done:5}, refused {refused:4}");
    }
    assert!(unexplained.is_empty(), "{}\n{} in all", unexplained.join("\n"), unexplained.len());
}

/// Entries of a post that are taken out, spread over all of it.
const TAKEN: usize = 30;

#[test]
fn what_is_no_entry_stays_on_the_corpus() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else {
        println!("skipped: DAPANJI_CORPUS is not set");
        return;
    };
    let mut posts = Vec::new();
    collect(&corpus, &mut posts);
    let (mut done, mut refused) = (0, 0);
    for path in &posts {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let post = Post::parse(text.as_str());
        let step = post.entries().count().div_ceil(TAKEN).max(1);
        for nth in (0..post.entries().count()).step_by(step) {
            for asked in [
                Asked::Delete(nth, DayHeading::Drop),
                Asked::Delete(nth, DayHeading::Keep),
                Asked::Move(nth, date(2031, 1, 2)),
            ] {
                match check_laws(&post, &asked, &path.display().to_string()) {
                    Ok(()) => done += 1,
                    Err(error) => {
                        refused += 1;
                        println!("{} {nth}: {error}: {}", asked.name(), path.display());
                    }
                }
            }
        }
    }
    println!("done {done}, refused {refused}");
}

fn collect(folder: &Path, posts: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, posts);
        } else if path.extension().is_some_and(|e| e == "md") {
            posts.push(path);
        }
    }
}
