//! A notebook in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use dapanji_api::dto::{
    Change, CompareRequest, ExportOptions, ExportRequest, SaveAnswerRequest, SearchRequest,
    SelectionRequest,
};
use dapanji_api::{Notebook, NotebookOptions, Places, Progress, Stage, Watch};
use jiff::civil::date;
use tempfile::TempDir;

/// A folder of posts and the places of a user of its own, gone when dropped.
pub(crate) struct TestLibrary {
    temp: TempDir,
}

impl TestLibrary {
    pub(crate) fn new(posts: &[(&str, &str)]) -> Self {
        let library = Self { temp: TempDir::new().unwrap() };
        fs::create_dir_all(library.folder()).unwrap();
        for (path, text) in posts {
            library.put(path, text.as_bytes());
        }
        library
    }

    /// The sample notebook.
    pub(crate) fn sample() -> Self {
        let library = Self::new(&[]);
        let sample = root().join("assets/sample/_posts");
        for file in fs::read_dir(sample).unwrap() {
            let file = file.unwrap();
            let name = format!("_posts/{}", file.file_name().into_string().unwrap());
            library.put(&name, &fs::read(file.path()).unwrap());
        }
        library
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.temp.path().join("글")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file as another program would.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn options(&self) -> NotebookOptions {
        NotebookOptions {
            places: Places::under(&self.temp.path().join("home")),
            today: Some(date(2025, 5, 23)),
            ..NotebookOptions::default()
        }
    }

    pub(crate) fn open(&self) -> Arc<Notebook> {
        Arc::new(Notebook::open(&self.folder(), self.options()).unwrap())
    }
}

/// Far longer than a change takes, so that only a missing one fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Watches a notebook: what others change comes out of the channel, as long as the watch is kept.
pub(crate) fn watched(notebook: &Arc<Notebook>) -> (Watch, Receiver<Change>) {
    let (sender, changes) = mpsc::channel();
    let watch = notebook.watch(move |change| drop(sender.send(change))).unwrap();
    (watch, changes)
}

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The user's own post, where the corpus is at hand.
pub(crate) fn real_post() -> Option<String> {
    let corpus = std::env::var_os("DAPANJI_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    fs::read_to_string(corpus.join("daily-interview/2025-04-09-daily_interview.md")).ok()
}

pub(crate) fn search(query: &str) -> SearchRequest {
    SearchRequest::new(query, 10)
}

pub(crate) fn answer(entry: &str, text: &str) -> SaveAnswerRequest {
    SaveAnswerRequest {
        entry: entry.to_owned(),
        text: text.to_owned(),
        base: None,
        base_answer: None,
    }
}

pub(crate) fn compare(entry: &str) -> CompareRequest {
    CompareRequest { entry: entry.to_owned(), audience: None, answer: None }
}

pub(crate) fn export(out: &Path) -> ExportRequest {
    ExportRequest {
        selection: SelectionRequest::default(),
        options: ExportOptions::default(),
        out: out.display().to_string(),
    }
}

/// Progress nobody looks at.
pub(crate) struct Unseen;

impl Progress for Unseen {
    fn report(&self, _: Stage, _: usize, _: usize) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// Cancelled from the start.
pub(crate) struct Cancelled;

impl Progress for Cancelled {
    fn report(&self, _: Stage, _: usize, _: usize) {}

    fn cancelled(&self) -> bool {
        true
    }
}

/// The text of a PDF without white space, so that line breaks don't matter; none without poppler.
pub(crate) fn pdf_text(path: &Path) -> Option<String> {
    let output = std::process::Command::new("pdftotext").arg(path).arg("-").output().ok()?;
    let text = String::from_utf8(output.stdout).unwrap();
    Some(squeeze(&text))
}

/// Letters and digits alone: marks of markdown and line breaks are gone.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
