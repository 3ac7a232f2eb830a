//! The index follows the posts, whatever happens to its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use dapanji_api::Notebook;

use crate::support::{TestLibrary, answer, search};

/// Far longer than anything takes, so that only what never comes fails.
const PATIENCE: Duration = Duration::from_secs(60);

fn post(number: usize, word: &str) -> String {
    format!("# 2025.05.01\n## {number}번째 질문이란?\n### 답변\n공통낱말 {word}\n")
}

fn name(number: usize) -> String {
    format!("글/{number:04}.md")
}

/// A folder of so many posts, each with a word of its own: `xq0xq`.
fn library(posts: usize) -> TestLibrary {
    let library = TestLibrary::new(&[]);
    for number in 0..posts {
        library.put(&name(number), post(number, &format!("xq{number}xq")).as_bytes());
    }
    library
}

fn total(notebook: &Notebook, query: &str) -> u32 {
    notebook.search(&search(query)).unwrap().total
}

/// The folder with the generations of the one index.
fn index_folder(library: &TestLibrary) -> PathBuf {
    let folder = library.options().places.index_dir("x");
    let mut found = fs::read_dir(folder.parent().unwrap()).unwrap();
    found.next().unwrap().unwrap().path()
}

fn generations(library: &TestLibrary) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(index_folder(library))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Makes as if the index had been made by another version of the program.
fn age(library: &TestLibrary) {
    let folder = index_folder(library);
    let [own] = &*generations(library) else { panic!("one generation") };
    fs::rename(folder.join(own), folder.join("9999-1")).unwrap();
}

#[test]
fn only_what_changed_outside_is_indexed_again() {
    let library = library(30);
    let notebook = library.open();
    let (sender, changes) = mpsc::channel();
    let _watch = notebook.watch(move |change| drop(sender.send(change))).unwrap();
    assert_eq!(total(&notebook, "공통낱말"), 30);
    assert_eq!(notebook.indexed_posts(), 30);
    let mut seen = 30;
    let mut check = |what: &str, read: usize, finds: (&str, &str), misses: &str, all: u32| {
        let (word, path) = finds;
        let is_told = || {
            let hits = notebook.search(&search(word)).unwrap().hits;
            hits.len() == 1
                && hits[0].path == path
                && total(&notebook, misses) == 0
                && total(&notebook, "공통낱말") == all
        };
        let until = Instant::now() + PATIENCE;
        // What is done to several files may be told in several changes.
        while !is_told() {
            changes.recv_timeout(until - Instant::now()).unwrap_or_else(|_| panic!("{what}"));
        }
        assert_eq!(notebook.indexed_posts() - seen, read, "{what}");
        seen += read;
    };
    library.put(&name(3), post(3, "xqchangedxq").as_bytes());
    check("an edit", 1, ("xqchangedxq", &name(3)), "xq3xq", 30);
    library.put("새글.md", post(99, "xqnewxq").as_bytes());
    check("a new post", 1, ("xqnewxq", "새글.md"), "xq3xq", 31);
    fs::remove_file(library.path(&name(4))).unwrap();
    check("a deletion", 0, ("xq5xq", &name(5)), "xq4xq", 30);
    fs::rename(library.path(&name(5)), library.path("딴이름.md")).unwrap();
    check("a new name", 1, ("xq5xq", "딴이름.md"), "xq4xq", 30);
    fs::remove_dir_all(library.path("글")).unwrap();
    check("a folder removed", 0, ("xq5xq", "딴이름.md"), "xq7xq", 2);
}

#[test]
fn a_folder_that_moves_is_found_at_its_new_place_alone() {
    let library = library(12);
    total(&library.open(), "공통낱말");
    fs::rename(library.path("글"), library.path("옮긴 글")).unwrap();
    let notebook = library.open();
    let found = notebook.search(&search("공통낱말")).unwrap();
    assert_eq!(found.total, 12);
    assert!(found.hits.iter().all(|hit| hit.path.starts_with("옮긴 글/")), "{:?}", found.hits);
}

#[test]
fn nothing_is_read_for_the_index_when_nothing_changed() {
    let library = library(12);
    total(&library.open(), "공통낱말");
    let notebook = library.open();
    assert_eq!(total(&notebook, "xq7xq"), 1);
    assert_eq!(notebook.indexed_posts(), 0);
}

#[test]
fn an_index_of_another_version_answers_while_a_new_one_is_built() {
    let library = library(700);
    total(&library.open(), "공통낱말");
    age(&library);
    library.put(&name(3), post(3, "xqchangedxq").as_bytes());
    fs::remove_file(library.path(&name(4))).unwrap();
    let notebook = library.open();
    notebook.keep_indexed();
    let (mut seen_building, until) = (false, Instant::now() + PATIENCE);
    // What is of no use any more is removed when the new one is complete.
    while generations(&library).iter().any(|name| name == "9999-1") {
        let found = notebook.search(&search("xq650xq")).unwrap();
        assert_eq!(found.hits.len(), 1, "at every moment");
        assert!(notebook.search(&search("xq4xq")).unwrap().hits.is_empty(), "it is gone");
        if let Some(progress) = found.indexing {
            seen_building = true;
            assert_eq!(progress.of, 699);
            assert!(progress.done <= progress.of);
        }
        assert!(Instant::now() < until, "{:?}", generations(&library));
    }
    assert!(seen_building, "no search waits for the new index");
    notebook.sync_index().unwrap();
    assert_eq!(notebook.search(&search("xqchangedxq")).unwrap().indexing, None);
    assert_eq!(total(&notebook, "xqchangedxq"), 1);
    assert_eq!(total(&notebook, "공통낱말"), 699);
}

#[test]
fn a_first_index_is_searched_as_it_is_built() {
    let library = library(600);
    let notebook = library.open();
    notebook.keep_indexed();
    let until = Instant::now() + PATIENCE;
    let mut seen_building = false;
    loop {
        let found = notebook.search(&search("공통낱말")).unwrap();
        seen_building |= found.indexing.is_some();
        if found.indexing.is_none() && found.total == 600 {
            break;
        }
        assert!(Instant::now() < until);
    }
    assert!(seen_building, "no search waits for the index");
}

/// Waits until a save is found, with the index kept as a window keeps it.
fn found_after_save(notebook: &Arc<Notebook>, id: &str, word: &str) {
    notebook.answer(&answer(id, &format!("공통낱말 {word}"))).unwrap();
    let until = Instant::now() + PATIENCE;
    while total(notebook, word) != 1 {
        assert!(Instant::now() < until, "{word}");
    }
}

/// What becomes of a file of the index.
type Breakage = fn(&Path);

#[test]
fn damage_while_searching_costs_no_answer() {
    let breakages: [(&str, Breakage); 4] = [
        ("cut", |path| fs::File::options().write(true).open(path).unwrap().set_len(7).unwrap()),
        ("emptied", |path| fs::write(path, b"").unwrap()),
        ("flipped", |path| {
            let bytes: Vec<u8> = fs::read(path).unwrap().iter().map(|byte| !byte).collect();
            fs::write(path, bytes).unwrap();
        }),
        ("removed", |path| fs::remove_file(path).unwrap()),
    ];
    for (what, breakage) in breakages {
        for kept in [false, true] {
            let library = library(20);
            let notebook = library.open();
            assert_eq!(total(&notebook, "공통낱말"), 20);
            if kept {
                notebook.keep_indexed();
            }
            let [generation] = &*generations(&library) else { panic!("one generation") };
            for file in fs::read_dir(index_folder(&library).join(generation)).unwrap() {
                breakage(&file.unwrap().path());
            }
            let id = notebook.rows(&Default::default(), 0, 1)[0].id.clone();
            for nth in 0..3 {
                found_after_save(&notebook, &id, &format!("xqsaved{nth}xq"));
            }
            assert_eq!(total(&notebook, "공통낱말"), 20, "{what}");
            assert_eq!(total(&library.open(), "공통낱말"), 20, "{what}, at the next start");
        }
    }
}

#[test]
fn a_file_in_the_place_of_the_folder_costs_no_search() {
    let library = library(5);
    let places = library.options().places;
    let folder = places.index_dir("x");
    fs::create_dir_all(folder.parent().unwrap().parent().unwrap()).unwrap();
    fs::write(folder.parent().unwrap(), b"").unwrap();
    assert_eq!(total(&library.open(), "공통낱말"), 5);
}

/// Runs a search in a process of its own, after `prepare` in a shell where it may mount what it
/// likes; `$0` is the folder of the index. None where that is not possible.
#[cfg(target_os = "linux")]
fn search_where(library: &TestLibrary, prepare: &str, word: &str) -> Option<String> {
    let places = library.options().places;
    let cache = places.index_dir("x").parent().unwrap().to_owned();
    fs::create_dir_all(&cache).unwrap();
    let run = |command: &str| {
        let home = cache.parent().unwrap().parent().unwrap();
        let mut unshare = Command::new("unshare");
        unshare.args(["-rm", "sh", "-c", command]).arg(&cache);
        unshare.arg(env!("CARGO_BIN_EXE_saver")).args(["find", word]);
        unshare.arg(library.folder()).arg(home).output().ok()
    };
    if !run(prepare)?.status.success() {
        return None;
    }
    let output = run(&format!("{prepare} && exec \"$@\""))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().trim().to_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_costs_no_search() {
    for kilobytes in [4, 16, 64, 256, 1024] {
        let library = library(60);
        let prepare = format!("mount -t tmpfs -o size={kilobytes}k tmpfs \"$0\"");
        let Some(found) = search_where(&library, &prepare, "공통낱말") else { return };
        assert_eq!(found, "60", "with {kilobytes} KB");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_read_only_costs_no_search() {
    let library = library(30);
    let read_only = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"";
    let Some(found) = search_where(&library, read_only, "공통낱말") else { return };
    assert_eq!(found, "30", "nothing there");
    total(&library.open(), "공통낱말");
    assert_eq!(search_where(&library, read_only, "공통낱말").unwrap(), "30", "an index is there");
    library.put(&name(3), post(3, "xqchangedxq").as_bytes());
    assert_eq!(search_where(&library, read_only, "xqchangedxq").unwrap(), "1", "and is behind");
    age(&library);
    assert_eq!(
        search_where(&library, read_only, "xqchangedxq").unwrap(),
        "1",
        "and is of another version"
    );
}
