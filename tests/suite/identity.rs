//! An entry keeps its key, whoever changes what around it or in it (ADR 0001).

use std::fs;
use std::sync::Arc;

use dapanji_api::dto::{DeleteRequest, EditRequest, MoveRequest};
use dapanji_api::{Code, Notebook, NotebookOptions, Places};

use crate::support::{PATIENCE, TestLibrary, answer, search, watched};

const POST: &str = "# 2025.05.02
## 큐와 스택의 차이를 설명해주세요.
### 답변
큐는 먼저 넣은 것을 먼저 꺼내고, 스택은 나중에 넣은 것을 먼저 꺼냅니다.

## 해시 테이블이란 무엇인가요?
### 답변
열쇠를 숫자로 바꿔 그 자리에 넣는 표입니다.

# 2025.05.01
## TCP란 무엇인가요?
### 답변
";

const QUEUE: &str = "큐와 스택의 차이를 설명해주세요.";
const HASH: &str = "해시 테이블이란 무엇인가요?";
const TCP: &str = "TCP란 무엇인가요?";

const LOG: &str = ".dapanji/keys.jsonl";

/// The key of the entry that asks this; its first if several do.
fn key(notebook: &Notebook, question: &str) -> Option<String> {
    let posts = notebook.list().posts;
    let mut entries = posts.into_iter().flat_map(|post| post.days).flat_map(|day| day.entries);
    entries.find(|entry| entry.question == question).map(|entry| entry.id)
}

fn reword(notebook: &Notebook, entry: &str, question: &str) {
    let question = Some(question.to_owned());
    notebook
        .edit(&EditRequest { entry: entry.to_owned(), question, ..EditRequest::default() })
        .unwrap();
}

fn move_to(notebook: &Notebook, entry: &str, date: &str, post: Option<&str>) {
    let (entry, date, post) = (entry.to_owned(), date.to_owned(), post.map(str::to_owned));
    notebook.move_entry(&MoveRequest { entry, date, post, base: None }).unwrap();
}

fn delete(notebook: &Notebook, entry: &str) {
    notebook.delete(&DeleteRequest { entry: entry.to_owned(), base: None }).unwrap();
}

/// What happens to the entry that asks about queue and stack, and what it asks afterwards.
struct Case {
    what: &'static str,
    happens: fn(&TestLibrary, &Notebook, &str),
    asks: &'static str,
}

const CASES: [Case; 17] = [
    Case {
        what: "an edit above",
        happens: |library, _, _| {
            library.put("가.md", format!("# 2025.05.03\n## 새 질문?\n\n{POST}").as_bytes());
        },
        asks: QUEUE,
    },
    Case {
        what: "its day is reordered",
        happens: |library, _, _| {
            let (queue, hash) = POST.split_once("## 해시").unwrap();
            let (hash, rest) = hash.split_once("# 2025.05.01").unwrap();
            let (day, queue) = queue.split_once('\n').unwrap();
            let text = format!("# 2025.05.01{rest}\n{day}\n## 해시{hash}{queue}");
            library.put("가.md", text.as_bytes());
        },
        asks: QUEUE,
    },
    Case {
        what: "its post is renamed",
        happens: |library, _, _| {
            fs::rename(library.path("가.md"), library.path("나.md")).unwrap();
        },
        asks: QUEUE,
    },
    Case {
        what: "its post is moved to another folder, and reworded there",
        happens: |library, _, _| {
            fs::remove_file(library.path("가.md")).unwrap();
            library
                .put("폴더/가.md", POST.replace(QUEUE, "큐와 스택은 어떻게 다른가요?").as_bytes());
        },
        asks: "큐와 스택은 어떻게 다른가요?",
    },
    Case {
        what: "the app answers it",
        happens: |_, notebook, id| drop(notebook.answer(&answer(id, "새 답")).unwrap()),
        asks: QUEUE,
    },
    Case {
        what: "the app rewords it",
        happens: |_, notebook, id| reword(notebook, id, "선입선출이란?"),
        asks: "선입선출이란?",
    },
    Case {
        what: "the app rewords it twice",
        happens: |_, notebook, id| {
            reword(notebook, id, "선입선출이란?");
            reword(notebook, id, "후입선출이란?");
        },
        asks: "후입선출이란?",
    },
    Case {
        what: "the app rewords it and back again",
        happens: |_, notebook, id| {
            reword(notebook, id, "선입선출이란?");
            reword(notebook, id, QUEUE);
        },
        asks: QUEUE,
    },
    Case {
        what: "another program rewords it",
        happens: |library, _, _| {
            library.put("가.md", POST.replace(QUEUE, "큐와 스택의 차이는?").as_bytes());
        },
        asks: "큐와 스택의 차이는?",
    },
    Case {
        what: "another program words it anew, and leaves its answer",
        happens: |library, _, _| {
            library.put("가.md", POST.replace(QUEUE, "선입선출과 후입선출?").as_bytes());
        },
        asks: "선입선출과 후입선출?",
    },
    Case {
        what: "the app moves it to another day",
        happens: |_, notebook, id| move_to(notebook, id, "2025-05-09", None),
        asks: QUEUE,
    },
    Case {
        what: "the app moves it to another post",
        happens: |library, notebook, id| {
            library.put("나.md", b"# 2025.04.30\n");
            move_to(notebook, id, "2025-05-02", Some("나.md"));
        },
        asks: QUEUE,
    },
    Case {
        what: "the app moves it to another day of another post, and rewords it there",
        happens: |library, notebook, id| {
            library.put("나.md", b"# 2025.04.30\n");
            move_to(notebook, id, "2025-06-01", Some("나.md"));
            reword(notebook, id, "선입선출이란?");
        },
        asks: "선입선출이란?",
    },
    Case {
        what: "another program moves it to another day",
        happens: |library, _, _| {
            library.put("가.md", POST.replace("# 2025.05.02\n", "# 2025.05.07\n").as_bytes());
        },
        asks: QUEUE,
    },
    Case {
        what: "it is deleted, and added again",
        happens: |_, notebook, id| {
            delete(notebook, id);
            assert_eq!(notebook.show(id).unwrap_err().code, Code::UnknownEntry);
            let request = dapanji_api::dto::AddRequest {
                question: QUEUE.to_owned(),
                date: Some("2025-05-02".to_owned()),
                ..Default::default()
            };
            assert_eq!(notebook.add(&request).unwrap().entry, id);
        },
        asks: QUEUE,
    },
    Case {
        what: "the app rewords it, and another program then",
        happens: |library, notebook, id| {
            reword(notebook, id, "큐와 스택은 무엇이 다른가요?");
            let text = library.text("가.md").replace("무엇이 다른가요", "무엇이 다른지 설명하세요");
            library.put("가.md", text.as_bytes());
        },
        asks: "큐와 스택은 무엇이 다른지 설명하세요?",
    },
    Case {
        what: "a twin comes before it",
        happens: |library, notebook, id| {
            library.put("가가.md", format!("# 2025.05.02\n## {QUEUE}\n").as_bytes());
            fs::rename(library.path("가가.md"), library.path("하.md")).unwrap();
            reword(notebook, id, "선입선출이란?");
        },
        asks: "선입선출이란?",
    },
];

/// A notebook learns of edits by others when it reads the post again, when it is told by its watch,
/// or when it is opened the next time. The key must be the same in each case.
#[test]
fn an_entry_keeps_its_key() {
    for Case { what, happens, asks } in CASES {
        let library = TestLibrary::new(&[("가.md", POST)]);
        let notebook = library.open();
        let id = key(&notebook, QUEUE).unwrap();
        let others = [key(&notebook, HASH).unwrap(), key(&notebook, TCP).unwrap()];
        happens(&library, &notebook, &id);
        drop(notebook);

        let notebook = library.open();
        assert_eq!(key(&notebook, asks).as_ref(), Some(&id), "{what}: after a restart");
        assert_eq!(notebook.show(&id).unwrap().question, asks, "{what}");
        assert_eq!(key(&notebook, HASH).as_ref(), others.first(), "{what}");
        assert_eq!(key(&notebook, TCP).as_ref(), others.get(1), "{what}");
        let found = notebook.search(&search("선입선출 OR 큐 OR 스택")).unwrap();
        let hits: Vec<Option<String>> = found.hits.into_iter().map(|hit| hit.entry).collect();
        assert!(hits.contains(&Some(id.clone())), "{what}: found under its key: {hits:?}");
        drop(notebook);
        assert_eq!(key(&library.open(), asks).as_ref(), Some(&id), "{what}: after two restarts");
    }
}

#[test]
fn watch_follows_an_entry_while_the_notebook_is_open() {
    for Case { what, happens, asks } in CASES {
        let library = TestLibrary::new(&[("가.md", POST)]);
        let notebook = library.open();
        let id = key(&notebook, QUEUE).unwrap();
        let (watch, changes) = watched(&notebook);
        happens(&library, &notebook, &id);
        while notebook.show(&id).map(|entry| entry.question).ok().as_deref() != Some(asks) {
            watch.rescan();
            changes.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what}: never found again"));
        }
        assert_eq!(key(&notebook, asks), Some(id), "{what}");
    }
}

#[test]
fn only_edits_of_the_app_write_into_the_folder() {
    for Case { what, happens, .. } in CASES {
        let library = TestLibrary::new(&[("가.md", POST)]);
        let notebook = library.open();
        let id = key(&notebook, QUEUE).unwrap();
        happens(&library, &notebook, &id);
        drop(notebook);
        drop(library.open());
        let app_renames = what.contains("app rewords")
            || what.contains("app moves it to another day")
            || what.contains("twin");
        assert_eq!(library.path(LOG).exists(), app_renames, "{what}");
    }
}

#[test]
fn any_key_of_the_chain_finds_the_entry() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let id = key(&notebook, QUEUE).unwrap();
    let mut keys = vec![id.clone()];
    for question in ["선입선출이란?", "후입선출이란?", "선입선출과 후입선출?"]
    {
        reword(&notebook, &id, question);
        let other = TestLibrary::new(&[("가.md", &format!("# 2025.05.02\n## {question}\n"))]);
        keys.push(key(&other.open(), question).unwrap());
    }
    for notebook in [notebook, library.open()] {
        for key in &keys {
            assert_eq!(notebook.show(key).unwrap().id, id);
            let beginning = key.get(..16).unwrap();
            assert_eq!(notebook.show(beginning).unwrap().id, id, "a beginning is enough");
        }
    }
    assert_eq!(library.text(LOG).lines().count(), 3);
}

#[test]
fn a_question_that_takes_an_old_key_is_another_entry() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let notebook = library.open();
    let id = key(&notebook, QUEUE).unwrap();
    reword(&notebook, &id, "선입선출이란?");
    let request = dapanji_api::dto::AddRequest {
        question: QUEUE.to_owned(),
        date: Some("2025-05-02".to_owned()),
        ..Default::default()
    };
    let new = notebook.add(&request).unwrap().entry;
    assert_eq!(new, format!("{id}-2"), "the old key is taken");
    reword(&notebook, &new, "후입선출이란?");
    for notebook in [notebook, library.open()] {
        assert_eq!(key(&notebook, "선입선출이란?").unwrap(), id);
        assert_eq!(key(&notebook, "후입선출이란?").unwrap(), new);
    }
}

#[test]
fn twins_keep_their_numbers_through_edits_of_the_app() {
    let twins = format!("# 2025.05.02\n## {QUEUE}\n하나\n\n## {QUEUE}\n둘\n\n## {QUEUE}\n셋\n");
    fn ids(notebook: &Notebook) -> Vec<(String, String)> {
        let posts = notebook.list().posts;
        let entries = posts.into_iter().flat_map(|post| post.days).flat_map(|day| day.entries);
        let mut ids: Vec<_> = entries.map(|entry| (entry.answer.text, entry.id)).collect();
        ids.sort();
        ids
    }
    let check = |happens: fn(&Notebook, &str)| {
        let library = TestLibrary::new(&[("0.md", "# 2025.04.30\n"), ("가.md", &twins)]);
        let notebook = library.open();
        let before = ids(&notebook);
        let id = before.iter().find(|(answer, _)| answer == "둘").unwrap().1.clone();
        happens(&notebook, &id);
        for notebook in [notebook, library.open()] {
            let after = ids(&notebook);
            assert!(after.len() >= 2);
            for entry in after.iter().filter(|(answer, _)| !answer.is_empty()) {
                assert!(before.contains(entry), "{entry:?} of {before:?}");
            }
        }
    };
    check(|notebook, id| reword(notebook, id, "선입선출이란?"));
    check(|notebook, id| move_to(notebook, id, "2025-05-03", None));
    check(|notebook, id| move_to(notebook, id, "2025-05-02", Some("0.md")));
    check(delete);
    check(|notebook, id| {
        reword(notebook, id, "선입선출이란?");
        reword(notebook, id, QUEUE);
    });
    check(|notebook, id| {
        reword(notebook, id, "선입선출이란?");
        delete(notebook, id);
    });
    check(|notebook, id| {
        move_to(notebook, id, "2025-05-03", None);
        delete(notebook, id);
    });
    check(|notebook, _| {
        let first = ids(notebook).into_iter().find(|(answer, _)| answer == "하나").unwrap().1;
        reword(notebook, &first, "선입선출이란?");
        delete(notebook, &first);
    });
    check(|notebook, _| {
        let request = dapanji_api::dto::AddRequest {
            question: QUEUE.to_owned(),
            date: Some("2025-05-02".to_owned()),
            post: Some("0.md".to_owned()),
            ..Default::default()
        };
        notebook.add(&request).unwrap();
    });
}

#[test]
fn two_people_merge_their_logs() {
    let mine = TestLibrary::new(&[("가.md", POST)]);
    let notebook = mine.open();
    let (queue, hash) = (key(&notebook, QUEUE).unwrap(), key(&notebook, HASH).unwrap());
    reword(&notebook, &queue, "선입선출이란?");
    drop(notebook);
    let theirs = TestLibrary::new(&[("가.md", POST)]);
    let notebook = theirs.open();
    reword(&notebook, &hash, "해시 충돌이란?");
    drop(notebook);

    let (ours, other) = (mine.text(LOG), theirs.text(LOG));
    let merged = mine.text("가.md").replace(HASH, "해시 충돌이란?");
    for log in [
        format!("{ours}{other}"),
        format!("{other}{ours}"),
        format!("<<<<<<< HEAD\n{ours}=======\n{other}>>>>>>> theirs\n{{\"at\":\"2025"),
    ] {
        let both = TestLibrary::new(&[("가.md", &merged), (LOG, &log)]);
        let notebook = both.open();
        assert_eq!(key(&notebook, "선입선출이란?"), Some(queue.clone()), "{log}");
        assert_eq!(key(&notebook, "해시 충돌이란?"), Some(hash.clone()), "{log}");
        reword(&notebook, &hash, "해시 함수란?");
        assert_eq!(key(&both.open(), "해시 함수란?"), Some(hash.clone()), "{log}");
        assert!(both.text(LOG).starts_with(&log), "the log only grows");
    }
}

#[test]
fn watch_takes_over_keys_that_arrive_in_the_log() {
    let mine = TestLibrary::new(&[("가.md", POST)]);
    let notebook = mine.open();
    let queue = key(&notebook, QUEUE).unwrap();
    reword(&notebook, &queue, "선입선출이란?");
    drop(notebook);

    let theirs = TestLibrary::new(&[("가.md", &mine.text("가.md"))]);
    let notebook = theirs.open();
    assert_ne!(key(&notebook, "선입선출이란?"), Some(queue.clone()));
    let (_watch, changes) = watched(&notebook);
    theirs.put(LOG, mine.text(LOG).as_bytes());
    let change = changes.recv_timeout(PATIENCE).unwrap();
    assert_eq!(change.changed, ["가.md"]);
    assert_eq!(key(&notebook, "선입선출이란?"), Some(queue));
}

#[test]
fn another_copy_of_the_program_follows_what_one_rewords() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let (one, other) = (library.open(), library.open());
    let id = key(&one, QUEUE).unwrap();
    reword(&one, &id, "선입선출이란?");
    assert_eq!(other.show(&id).unwrap().question, "선입선출이란?");
    reword(&other, &id, "후입선출이란?");
    assert_eq!(one.show(&id).unwrap().question, "후입선출이란?");
}

#[test]
fn a_log_that_cannot_be_written_costs_no_save() {
    let library = TestLibrary::new(&[("가.md", POST), (".dapanji", "이것은 폴더가 아니다")]);
    let notebook = library.open();
    let id = key(&notebook, QUEUE).unwrap();
    reword(&notebook, &id, "선입선출이란?");
    assert_eq!(key(&notebook, "선입선출이란?"), Some(id.clone()));
    assert_eq!(key(&library.open(), "선입선출이란?"), Some(id), "known on this computer");
    assert_eq!(library.text(".dapanji"), "이것은 폴더가 아니다");
}

#[test]
fn a_guess_that_proves_wrong_is_taken_back() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let id = key(&library.open(), QUEUE).unwrap();
    library.put("가.md", POST.replace(QUEUE, "큐와 스택의 차이는?").as_bytes());
    assert_eq!(key(&library.open(), "큐와 스택의 차이는?"), Some(id.clone()));
    let both = POST.replace("## 해시", "## 큐와 스택의 차이는?\n## 해시");
    library.put("가.md", both.as_bytes());
    let notebook = library.open();
    assert_eq!(key(&notebook, QUEUE), Some(id.clone()));
    assert_ne!(key(&notebook, "큐와 스택의 차이는?"), Some(id));
}

#[test]
fn a_post_that_cannot_be_read_for_a_while_loses_nothing() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let id = key(&library.open(), QUEUE).unwrap();
    let large = fs::File::create(library.path("가.md")).unwrap();
    large.set_len(30 * 1024 * 1024).unwrap();
    drop(large);
    assert_eq!(key(&library.open(), QUEUE), None);
    library.put("가.md", POST.replace(QUEUE, "큐와 스택의 차이는?").as_bytes());
    assert_eq!(key(&library.open(), "큐와 스택의 차이는?"), Some(id));
}

#[test]
fn keys_of_one_computer_need_no_place_to_be_kept() {
    let library = TestLibrary::new(&[("가.md", POST)]);
    let nowhere = library.path("가.md");
    let options = || NotebookOptions { places: Places::under(&nowhere), ..library.options() };
    let notebook = Arc::new(Notebook::open(&library.folder(), options()).unwrap());
    let id = key(&notebook, QUEUE).unwrap();
    assert_eq!(notebook.show(&id).unwrap().question, QUEUE);
}
