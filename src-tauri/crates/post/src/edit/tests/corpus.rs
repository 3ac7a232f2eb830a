//! Every edit on every post of the folder that `DAPANJI_CORPUS` names, where there is one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::date;

use super::laws::{Asked, check_laws};
use crate::Post;

/// Entries of a post that are tried, from both of its ends: the middle of a long post is alike.
const TRIED: usize = 6;

/// Refusals on the corpus, by edit and reason. Each is one that [`super::refusals`] explains; a reason
/// that is not in its table fails the test.
#[test]
fn every_edit_on_the_corpus_keeps_the_laws() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS").map(PathBuf::from) else {
        println!("skipped: DAPANJI_CORPUS is not set");
        return;
    };
    let mut posts = Vec::new();
    collect(&corpus, &mut posts);
    let mut counts: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
    for path in &posts {
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        let post = Post::parse(text.as_str());
        let entries = post.entries().count();
        let tried = (0..entries).filter(|nth| *nth < TRIED || nth + TRIED >= entries);
        for nth in tried {
            for asked in Asked::all(nth) {
                let outcome = check_laws(&post, &asked, path.to_str().unwrap_or_default());
                let layout = post.entries().nth(nth).map(|(_, entry)| entry.layout);
                let key = format!("{} {layout:?}", asked.name());
                let (done, refused, example) = counts.entry(key).or_default();
                match outcome {
                    Ok(()) => *done += 1,
                    Err(error) => {
                        *refused += 1;
                        *example = format!("{error} in {}", path.display());
                    }
                }
            }
        }
        for asked in Asked::of_post(date(2031, 1, 2)) {
            let outcome = check_laws(&post, &asked, path.to_str().unwrap_or_default());
            let (done, refused, example) = counts.entry(asked.name().to_owned()).or_default();
            match outcome {
                Ok(()) => *done += 1,
                Err(error) => {
                    *refused += 1;
                    *example = format!("{error} in {}", path.display());
                }
            }
        }
    }
    for (name, (done, refused, example)) in &counts {
        println!("{name:40} done {done:5}, refused {refused:4}  {example}");
    }
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
