//! The house itself: who may depend on whom, how long files are, what is said in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// A file beyond this many lines is split.
const LONGEST_FILE: usize = 800;

/// The crates of the workspace that each crate may know.
const DIRECTION: [(&str, &[&str]); 11] = [
    ("post", &[]),
    ("korean", &[]),
    ("review", &[]),
    ("library", &["post", "korean"]),
    ("search", &["post", "korean"]),
    ("compare", &["post", "korean"]),
    ("export", &["post", "korean"]),
    ("api", &["post", "korean", "library", "search", "compare", "export", "review"]),
    ("cli", &["api"]),
    ("dapanji", &["api"]),
    ("tests", &["api", "export", "library"]),
];

#[test]
fn crates_know_only_what_lies_below_them() {
    for (name, may) in DIRECTION {
        let manifest = match name {
            "dapanji" => root().join("src-tauri/Cargo.toml"),
            "tests" => root().join("tests/Cargo.toml"),
            name => root().join(format!("src-tauri/crates/{name}/Cargo.toml")),
        };
        let text = fs::read_to_string(&manifest).unwrap();
        let body = text.split_once("[dependencies]").unwrap().1;
        for line in body.lines() {
            let Some(known) = line.strip_prefix("dapanji-") else { continue };
            let known = known.split(['.', ' ']).next().unwrap();
            assert!(may.contains(&known), "{name} must not depend on {known}");
        }
    }
    let crates = fs::read_dir(root().join("src-tauri/crates")).unwrap().count();
    assert_eq!(crates + 2, DIRECTION.len(), "a new crate gets its line above");
}

#[test]
fn tauri_is_known_to_the_shell_alone() {
    for manifest in files("src-tauri/crates", &["toml"]) {
        let text = fs::read_to_string(&manifest).unwrap();
        assert!(!text.lines().any(|l| l.starts_with("tauri")), "{}", manifest.display());
    }
}

#[test]
fn files_are_short_enough_to_be_read() {
    let mut sources = files("src-tauri", &["rs"]);
    sources.extend(files("tests", &["rs", "mjs"]));
    sources.extend(files("ui/src", &["ts", "svelte", "css"]));
    sources.retain(|path| !path.ends_with("ipc/bindings.ts"));
    assert!(sources.len() > 100, "the house was found");
    for path in sources {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= LONGEST_FILE, "{}: {lines} lines, split it", path.display());
    }
}

#[test]
fn everything_is_said_in_both_languages() {
    let keys = |language: &str| -> BTreeSet<(PathBuf, String)> {
        let folder = format!("ui/src/i18n/{language}");
        let base = root().join(&folder);
        files(&folder, &["ts"])
            .into_iter()
            .flat_map(|path| {
                let text = fs::read_to_string(&path).unwrap();
                let name = path.strip_prefix(&base).unwrap().to_owned();
                let keys: Vec<_> =
                    text.lines().filter_map(key).map(|k| (name.clone(), k)).collect();
                keys
            })
            .collect()
    };
    let korean = keys("ko");
    assert!(korean.len() > 100, "the words were found");
    assert_eq!(korean, keys("en"));
}

/// The key of a line such as `"compare.title": "비교",`.
fn key(line: &str) -> Option<String> {
    let rest = line.trim_start().strip_prefix('"')?;
    let (key, rest) = rest.split_once('"')?;
    rest.trim_start().starts_with(':').then(|| key.to_owned())
}

#[test]
fn nothing_unfinished_is_left() {
    let marks = ["todo!(", "unimplemented!(", concat!("FIX", "ME"), "#[ignore"];
    let mut sources = files("src-tauri", &["rs"]);
    sources.extend(files("ui/src", &["ts", "svelte"]));
    // Words of the domain: drafts hold these marks.
    let words = ["post/src/state.rs", "post/src/vocabulary.rs"];
    sources.retain(|path| !words.iter().any(|words| path.ends_with(words)));
    for path in sources {
        let text = fs::read_to_string(&path).unwrap();
        for mark in marks {
            assert!(!text.contains(mark), "{}: {mark}", path.display());
        }
    }
}

/// Files below a folder of the project with one of these extensions.
fn files(folder: &str, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !is_left_out(&path) {
                    folders.push(path);
                }
            } else if path
                .extension()
                .and_then(|e| e.to_str())
                .is_some_and(|e| extensions.contains(&e))
            {
                found.push(path);
            }
        }
    }
    found
}

fn is_left_out(folder: &Path) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    ["node_modules", "dist", "gen", "target"].contains(&name)
}
