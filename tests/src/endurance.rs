//! Runs that try to lose a text: kills in the middle of saves, edits here and outside at once, two
//! programs on one folder.
//!
//! Each has a short form among the tests and a long one in `make soak`; both only differ in numbers.

pub mod indexing;
pub mod kills;
mod outside;
pub mod refused;
pub mod rounds;
pub mod together;

use std::collections::{BTreeSet, HashSet};
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use dapanji_api::{Notebook, NotebookOptions, Places};
use dapanji_library::{Library, Revision};
use tempfile::TempDir;

/// What goes wrong ends the run.
pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// A folder of posts and places beside it, gone when dropped.
#[derive(Debug)]
pub struct Ground {
    temp: TempDir,
}

impl Ground {
    /// Makes an empty folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn new() -> io::Result<Self> {
        let ground = Self { temp: TempDir::new()? };
        fs::create_dir_all(ground.folder())?;
        Ok(ground)
    }

    /// Returns the folder of posts.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.temp.path().join("글 모음")
    }

    /// Returns the folder of the user's places.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.temp.path().join("home")
    }

    /// Writes a post as another program would, in place.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn put(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.folder().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        File::create(path)?.write_all(text.as_bytes())
    }

    /// Opens the folder.
    ///
    /// # Errors
    /// As [`Notebook::open`].
    pub fn open(&self) -> Outcome<Notebook> {
        open(&self.folder(), &self.home())
    }

    /// Collects the marks in all posts and in everything that the history keeps.
    ///
    /// # Errors
    /// If the history or a post cannot be read, or a kept version is damaged.
    pub fn found(&self) -> Outcome<HashSet<String>> {
        let mut found = HashSet::new();
        for name in self.posts()? {
            marks_in(&fs::read_to_string(self.folder().join(name))?, &mut found);
        }
        let library = self.library()?;
        let kept: BTreeSet<String> =
            library.versions()?.iter().map(|version| version.revision.to_string()).collect();
        for revision in kept {
            let bytes = library.version(&revision.parse::<Revision>()?)?;
            marks_in(&String::from_utf8(bytes)?, &mut found);
        }
        Ok(found)
    }

    /// Lists the names of the posts there are.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn posts(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.folder())? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".md") {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn library(&self) -> Outcome<Library> {
        Ok(Library::open_in(&self.folder(), Places::under(&self.home()))?)
    }
}

/// Opens a notebook with the places of the user under `home`.
///
/// # Errors
/// As [`Notebook::open`].
pub fn open(folder: &Path, home: &Path) -> Outcome<Notebook> {
    let options = NotebookOptions { places: Places::under(home), ..NotebookOptions::default() };
    Ok(Notebook::open(folder, options)?)
}

/// A day of questions, each with an answer, as the user's own posts have them.
#[must_use]
pub fn daily(date: &str, answers: &[(&str, &str)]) -> String {
    let mut text = format!("---\ntitle: 매일 면접 {date}\n---\n\n# {date}\n");
    for (question, answer) in answers {
        text.push_str(&format!(
            "\n## {question}\n\n> 카테고리: Backend, 저장\n\n### 답변\n\n{answer}\n\n> ##### 모범 답안\n>\n> \
             어쩌구 저쩌구\n{{: .block-tip }}\n\n---\n"
        ));
    }
    text
}

/// A word that no other text has, of always the same length: `side` is two letters.
#[must_use]
pub fn mark(side: &str, number: usize) -> String {
    format!("«{side}{number:07}»")
}

/// Collects the marks of a text.
pub fn marks_in(text: &str, found: &mut HashSet<String>) {
    for piece in text.split('«').skip(1) {
        if let Some((word, _)) = piece.split_once('»') {
            found.insert(format!("«{word}»"));
        }
    }
}
