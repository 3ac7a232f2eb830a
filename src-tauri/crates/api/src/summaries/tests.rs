use std::fs;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use dapanji_library::{PostPath, Revision};
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::dto::{Change, SearchRequest};
use crate::opening::now;
use crate::{Notebook, NotebookOptions, Places};

/// Far longer than a change takes, so that only a missing one fails.
const PATIENCE: Duration = Duration::from_secs(30);

const POSTS: [(&str, &str); 5] = [
    (
        "가.md",
        "---\ntitle: 하루\n---\n# 2025.05.01\n## 락이란?\n> 카테고리: OS, 동시성\n### 답변\n잠금.\n",
    ),
    (
        "나/2025-05-02-b.md",
        "## 락이란?\n### 답변\n쓰다 만 ...\n> ##### 모범 답안\n> 어쩌구 저쩌구\n",
    ),
    ("다.md", "# 2025.05.01\n## 락이란?\n### 답변\n\n# 2025.05.03\n"),
    ("라.markdown", "---\ndate: [\n---\n글만 있다.\n```\n"),
    ("마.md", ""),
];

/// A folder of posts, and places of a user of its own.
struct Folder {
    temp: TempDir,
}

impl Folder {
    fn new(posts: &[(&str, &str)]) -> Self {
        let folder = Self { temp: TempDir::new().unwrap() };
        fs::create_dir(folder.root()).unwrap();
        posts.iter().for_each(|(path, text)| folder.put(path, text.as_bytes()));
        folder
    }

    fn root(&self) -> std::path::PathBuf {
        self.temp.path().join("글")
    }

    /// Writes in place, as another program would.
    fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::io::Write::write_all(&mut fs::File::create(file).unwrap(), bytes).unwrap();
    }

    fn places(&self) -> Places {
        Places::under(&self.temp.path().join("home"))
    }

    fn open(&self) -> Arc<Notebook> {
        open(&self.root(), self.places())
    }

    /// Opens with all that is known but the cache.
    fn open_without_cache(&self) -> Arc<Notebook> {
        let home = self.temp.path().join("other");
        if home.exists() {
            fs::remove_dir_all(&home).unwrap();
        }
        let places = Places::under(&home);
        copy(&self.places().data, &places.data);
        open(&self.root(), places)
    }

    fn cached(&self) -> std::path::PathBuf {
        let library = Library::open_in(&self.root(), self.places()).unwrap();
        self.places().summaries_file(&library.key())
    }

    /// Waits until no post can be written any more without getting another stamp.
    fn settle(&self) {
        let library = Library::open_in(&self.root(), self.places()).unwrap();
        for path in library.scan().posts {
            while library.stamp(&path).is_some_and(|stamp| !stamp.is_settled(now())) {
                std::thread::yield_now();
            }
        }
    }

    /// Opens once, so that the next start need not read what is there.
    fn opened_before(self) -> Self {
        self.settle();
        drop(self.open());
        self
    }
}

fn open(root: &Path, places: Places) -> Arc<Notebook> {
    let today = Some("2025-05-23".parse().unwrap());
    let options = NotebookOptions { places, today, ..NotebookOptions::default() };
    Arc::new(Notebook::open(root, options).unwrap())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).into_iter().flatten() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The posts that were not read.
fn kept(notebook: &Notebook) -> Vec<String> {
    let snapshot = notebook.read();
    let kept = |post: &&PostSummary| post.reading.as_ref().is_some_and(|reading| reading.kept);
    snapshot.posts().iter().filter(kept).map(|post| post.path.to_string()).collect()
}

/// What a front end sees before it asks for a text: nothing of this reads a post.
fn lists(notebook: &Notebook) -> Value {
    let filter = Default::default();
    json!([
        notebook.overview(&filter),
        notebook.rows(&filter, 0, u32::MAX),
        notebook.today_view(),
        notebook.check(),
    ])
}

/// All that a front end sees.
fn everything(notebook: &Notebook) -> Value {
    let lists = lists(notebook);
    let list = json!(notebook.list());
    let request = SearchRequest::new("락", 100);
    let hits = notebook.search(&request).unwrap().hits.into_iter();
    let mut hits: Vec<Value> =
        hits.map(|hit| json!([hit.path, hit.line, hit.entry, hit.snippet])).collect();
    hits.sort_by_key(Value::to_string);
    json!([lists, list, hits])
}

#[test]
fn a_start_reads_what_was_written_since_the_last_one() {
    let folder = Folder::new(&POSTS).opened_before();
    let all: Vec<&str> = POSTS.iter().map(|(path, _)| *path).collect();
    let notebook = folder.open();
    assert_eq!(kept(&notebook), all);
    assert_eq!(everything(&notebook), everything(&folder.open_without_cache()));
    drop(notebook);

    folder.put("다.md", "# 2025.05.01\n## 락이란?\n### 답변\n새 답.\n".as_bytes());
    folder.put("바.md", b"# 2025.05.04\n## new?\n");
    fs::remove_file(folder.root().join("라.markdown")).unwrap();
    fs::rename(folder.root().join("마.md"), folder.root().join("사.md")).unwrap();
    let notebook = folder.open();
    assert_eq!(kept(&notebook), ["가.md", "나/2025-05-02-b.md"]);
    assert_eq!(everything(&notebook), everything(&folder.open_without_cache()));
    folder.settle();
    drop(notebook);
    assert_eq!(kept(&folder.open()).len(), 5);
}

#[test]
fn what_was_written_just_now_is_read_once_more() {
    let folder = Folder::new(&POSTS).opened_before();
    let notebook = folder.open();
    let id = notebook.rows(&Default::default(), 0, 1)[0].id.clone();
    let path = notebook.rows(&Default::default(), 0, 1)[0].path.clone();
    let answer = crate::dto::SaveAnswerRequest {
        entry: id,
        text: "고친 답".to_owned(),
        base: None,
        base_answer: None,
    };
    notebook.answer(&answer).unwrap();
    folder.put("바.md", b"# 2025.05.04\n## new?\n");
    drop(notebook);
    let notebook = folder.open();
    assert!(!kept(&notebook).iter().any(|kept| *kept == path || kept == "바.md"));
    assert_eq!(everything(&notebook), everything(&folder.open_without_cache()));
}

#[test]
fn a_post_that_keeps_size_and_time_is_read() {
    let folder = Folder::new(&POSTS).opened_before();
    let file = folder.root().join("가.md");
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    folder.put("가.md", POSTS[0].1.replace("락이란", "큐이란").as_bytes());
    fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    let notebook = folder.open();
    assert!(!kept(&notebook).contains(&"가.md".to_owned()));
    assert!(lists(&notebook).to_string().contains("큐이란"));
}

/// Makes the cache say of a post as it is now what was true of it before.
fn deceive(folder: &Folder, path: &str, text: &str) {
    let before = open(&folder.root(), folder.places());
    folder.put(path, text.as_bytes());
    folder.settle();
    let post = PostPath::new(path).unwrap();
    let stamp = before.library.stamp(&post);
    let words = before.vocabulary();
    for (other, _, reading) in before.write().readings() {
        if *other == post {
            reading.stamp = stamp;
        }
    }
    let bytes = to_bytes(&before.library, &words, before.read().posts());
    drop(before);
    write(&Library::open_in(&folder.root(), folder.places()).unwrap(), &bytes);
}

#[test]
fn a_content_behind_a_stamp_that_lies_is_found_by_the_watch() {
    let folder = Folder::new(&POSTS).opened_before();
    deceive(&folder, "가.md", &POSTS[0].1.replace("락이란", "큐이란"));
    let notebook = folder.open();
    assert!(kept(&notebook).contains(&"가.md".to_owned()), "the cache is believed first");
    assert!(!lists(&notebook).to_string().contains("큐이란"));
    let (sender, changes) = mpsc::channel();
    let _watch = notebook.watch(move |change| drop(sender.send(change))).unwrap();
    let expect = Change { changed: vec!["가.md".to_owned()], removed: Vec::new() };
    assert_eq!(changes.recv_timeout(PATIENCE).unwrap(), expect);
    assert_eq!(everything(&notebook), everything(&folder.open_without_cache()));
}

#[test]
fn a_list_and_a_save_believe_the_disk_alone() {
    let folder = Folder::new(&POSTS).opened_before();
    deceive(&folder, "가.md", &POSTS[0].1.replace("락이란", "큐이란"));
    let list = json!(folder.open().list());
    assert_eq!(list, json!(folder.open_without_cache().list()), "ids of twins included");

    deceive(&folder, "다.md", "# 2025.05.01\n## 락이란?\n### 답변\n남의 답\n");
    let notebook = folder.open();
    let rows = notebook.rows(&Default::default(), 0, u32::MAX);
    let row = rows.iter().find(|row| row.path == "다.md").unwrap();
    let answer = crate::dto::SaveAnswerRequest {
        entry: row.id.clone(),
        text: "내 답".to_owned(),
        base: Some(Revision::of(POSTS[2].1).to_string()),
        base_answer: Some(String::new()),
    };
    let error = notebook.answer(&answer).unwrap_err();
    assert_eq!(error.code, crate::Code::Conflict);
    assert!(fs::read_to_string(folder.root().join("다.md")).unwrap().contains("남의 답"));
}

#[test]
fn other_words_read_all_posts_again() {
    let folder = Folder::new(&POSTS).opened_before();
    folder.put(".dapanji/settings.yml", "draft-marks: [잠금]\n".as_bytes());
    let notebook = folder.open();
    assert_eq!(kept(&notebook), Vec::<String>::new());
    assert_eq!(lists(&notebook), lists(&folder.open_without_cache()));
    drop(notebook);
    assert_eq!(kept(&folder.open()).len(), POSTS.len());
}

#[test]
fn posts_whose_entries_are_not_noted_are_read() {
    let folder = Folder::new(&POSTS).opened_before();
    fs::remove_dir_all(folder.places().data).unwrap();
    assert_eq!(kept(&folder.open()), Vec::<String>::new());
    assert_eq!(kept(&folder.open()).len(), POSTS.len(), "they are now");
}

#[test]
fn a_single_post_and_its_folder_are_kept_apart() {
    let folder = Folder::new(&POSTS).opened_before();
    let one = || open(&folder.root().join("다.md"), folder.places());
    assert_eq!(kept(&one()), Vec::<String>::new());
    assert_eq!(kept(&one()), ["다.md"]);
    assert_eq!(kept(&folder.open()).len(), POSTS.len());
}

#[cfg(unix)]
#[test]
fn a_link_is_known_by_what_it_leads_to() {
    let folder = Folder::new(&POSTS);
    let link = |to: &str| {
        let link = folder.root().join("link.md");
        drop(fs::remove_file(&link));
        std::os::unix::fs::symlink(to, link).unwrap();
    };
    link("가.md");
    let folder = &folder;
    folder.settle();
    drop(folder.open());
    assert_eq!(kept(&folder.open()).len(), POSTS.len() + 1);
    link("다.md");
    let notebook = folder.open();
    assert!(!kept(&notebook).contains(&"link.md".to_owned()));
    assert_eq!(everything(&notebook), everything(&folder.open_without_cache()));
}

#[test]
fn what_makes_no_sense_gives_no_summary() {
    let path = PostPath::new("a.md").unwrap();
    let words: Arc<Vocabulary> = Arc::default();
    let reading = Reading { words, stamp: None, kept: true };
    let long_number = [0xff; 12];
    let huge_list = [0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x7f];
    for bytes in [&[][..], &[9], &[0, 1, 0xff], &[0, 0, 31, 2, 0, 0], &long_number, &huge_list] {
        let read = record::read(bytes, &path, Revision::of(""), reading.clone());
        assert!(read.is_none(), "{bytes:?}");
    }
}

/// What may happen to a file that is kept.
fn damage() -> impl Strategy<Value = (usize, Option<u8>, Option<usize>)> {
    let flip = prop_oneof![3 => any::<u8>().prop_map(Some), 1 => Just(None)];
    let cut = prop_oneof![3 => Just(None), 1 => any::<usize>().prop_map(Some)];
    (any::<usize>(), flip, cut)
}

#[test]
fn a_damaged_file_gives_what_no_file_gives() {
    let folder = Folder::new(&POSTS).opened_before();
    let file = folder.cached();
    let whole = fs::read(&file).unwrap();
    let expect = lists(&folder.open_without_cache());
    let check = |bytes: &[u8]| {
        std::io::Write::write_all(&mut fs::File::create(&file).unwrap(), bytes).unwrap();
        let notebook = folder.open();
        assert_eq!(lists(&notebook), expect);
        kept(&notebook).len()
    };
    assert_eq!(check(&whole), POSTS.len());
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..Default::default() };
    proptest!(config, |((at, flip, cut) in damage())| {
        let mut bytes = whole.clone();
        let at = at % bytes.len();
        match flip {
            Some(with) => bytes[at] ^= with,
            None => bytes.insert(at, 0),
        }
        if let Some(cut) = cut {
            bytes.truncate(cut % bytes.len());
        }
        let intact = bytes == whole;
        prop_assert_eq!(check(&bytes) > 0, intact);
    });
    for foreign in [&b""[..], HEAD, b"{}", &whole.repeat(2), &[0; 4096]] {
        assert_eq!(check(foreign), 0);
    }
}

/// What another program does between two starts.
#[derive(Debug, Clone)]
enum Act {
    Write { post: usize, text: usize },
    Remove { post: usize },
    Rename { post: usize, to: usize },
    Answer { row: usize },
    Words { text: usize },
}

fn acts() -> impl Strategy<Value = Vec<Vec<Act>>> {
    let act = prop_oneof![
        4 => (0..8_usize, 0..8_usize).prop_map(|(post, text)| Act::Write { post, text }),
        1 => (0..8_usize).prop_map(|post| Act::Remove { post }),
        2 => (0..8_usize, 0..8_usize).prop_map(|(post, to)| Act::Rename { post, to }),
        2 => (0..20_usize).prop_map(|row| Act::Answer { row }),
        1 => (0..3_usize).prop_map(|text| Act::Words { text }),
    ];
    prop::collection::vec(prop::collection::vec(act, 0..4), 1..4)
}

fn act(folder: &Folder, act: &Act) {
    let name = |post: usize| format!("d{}/2025-05-0{}-{post}.md", post % 3, post + 1);
    match act {
        Act::Write { post, text } => {
            let (day, question) = (text % 3 + 1, ["락이란?", "큐란?", "락이란요?"][text % 3]);
            let text = format!("# 2025.05.0{day}\n## {question}\n### 답변\n{text}번 답.\n");
            folder.put(&name(*post), text.as_bytes());
        }
        Act::Remove { post } => drop(fs::remove_file(folder.root().join(name(*post)))),
        Act::Rename { post, to } => {
            let to = folder.root().join(name(*to));
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            drop(fs::rename(folder.root().join(name(*post)), to));
        }
        // Through a notebook of another process, which has a cache of its own to keep.
        Act::Answer { row } => {
            let other = folder.open();
            let Some(row) = other.rows(&Default::default(), 0, u32::MAX).into_iter().nth(*row)
            else {
                return;
            };
            let answer = crate::dto::SaveAnswerRequest {
                entry: row.id,
                text: "다른 창의 답".to_owned(),
                base: None,
                base_answer: None,
            };
            other.answer(&answer).unwrap();
        }
        Act::Words { text } => {
            let text = ["", "labels:\n  answer: [내 생각]\n", "draft-marks: [답]\n"][*text];
            folder.put(".dapanji/settings.yml", text.as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_start_with_and_without_a_cache_shows_the_same(rounds in acts()) {
        let folder = Folder::new(&POSTS).opened_before();
        for acts in rounds {
            for one in &acts {
                act(&folder, one);
            }
            let without = folder.open_without_cache();
            let notebook = folder.open();
            prop_assert_eq!(lists(&notebook), lists(&without), "{:?}", acts);
            prop_assert_eq!(everything(&notebook), everything(&without), "{:?}", acts);
            folder.settle();
        }
    }
}
