//! One entry: shown, answered, added.

use dapanji_post::{EditError, NewEntry, Post};
use jiff::civil::Date;

use crate::convert::{date_text, entry_view};
use crate::dto::{AddRequest, EntryPage, EntryView, SaveAnswerRequest, SavedView};
use crate::error::{ApiError, Code};
use crate::html;
use crate::notebook::{Located, Notebook, unknown_entry};
use crate::snapshot::file_date;
use dapanji_library::{PostPath, Revision, SaveError};

/// How often a save is tried again when the file changes between reading and writing it.
const SAVE_ATTEMPTS: usize = 5;

impl Notebook {
    /// Returns an entry with its texts. `entry` is its key or an unambiguous beginning of it.
    ///
    /// # Errors
    /// `UnknownEntry`, `AmbiguousEntry`; `Unreadable` if its post is gone.
    pub fn show(&self, entry: &str) -> Result<EntryView, ApiError> {
        let id = self.resolve(entry)?;
        let located = self.locate(&id)?;
        self.view(&id, &located)
    }

    fn view(&self, id: &str, located: &Located) -> Result<EntryView, ApiError> {
        let (post, summary) = self.summary_of(id).ok_or_else(|| unknown_entry(id))?;
        let (_, entry) =
            located.post.entries().nth(located.nth).ok_or_else(|| unknown_entry(id))?;
        Ok(EntryView {
            read_only: post.read_only.map(str::to_owned),
            ..entry_view(&located.post, entry, id, summary.date)
        })
    }

    /// Returns an entry with all that its page shows.
    ///
    /// # Errors
    /// As [`Self::show`].
    pub fn page(&self, entry: &str) -> Result<EntryPage, ApiError> {
        let id = self.resolve(entry)?;
        let located = self.locate(&id)?;
        let entry = self.view(&id, &located)?;
        let (post, summary) = self.summary_of(&id).ok_or_else(|| unknown_entry(&id))?;
        let (previous, next) = self.read().neighbours(&id);
        Ok(EntryPage {
            hint_html: entry.hint.as_deref().map(html::render),
            model_html: entry.model_answer.variants.iter().map(|v| html::render(&v.text)).collect(),
            sections_html: entry.sections.iter().map(|s| html::render(&s.text)).collect(),
            path: located.path.to_string(),
            post_title: post.title,
            revision: located.revision.to_string(),
            number: summary.number,
            previous,
            next,
            entry,
        })
    }

    /// Renders source markdown as sanitized HTML.
    pub fn render(&self, markdown: &str) -> String {
        html::render(markdown)
    }

    /// Replaces the text of an answer, and nothing else.
    ///
    /// # Errors
    /// `Conflict` if the post is not at `base` any more, unless `base_answer` is given and is still
    /// the answer; `BreaksStructure` if the text would be read as other parts; `NotUtf8`, `ReadOnly`,
    /// `WriteFailed`; errors of [`Self::show`]. After an error the file is as it was.
    pub fn answer(&self, request: &SaveAnswerRequest) -> Result<SavedView, ApiError> {
        let id = self.resolve(&request.entry)?;
        let mut attempts = 0;
        loop {
            let located = self.locate(&id)?;
            check_base(request, &located)?;
            let edits = located.post.set_answer(located.nth, &request.text)?;
            let text = edits.apply(located.post.text());
            match self.library.save(&located.path, &text, &located.revision) {
                Ok(revision) => {
                    self.saved(&located.path);
                    return Ok(SavedView {
                        entry: id,
                        path: located.path.to_string(),
                        revision: revision.to_string(),
                        also: Vec::new(),
                    });
                }
                // Somebody wrote the file in between: whether that matters is for check_base to say.
                Err(SaveError::Conflict { .. }) if attempts < SAVE_ATTEMPTS => attempts += 1,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Adds a question, in the layout and order of the post it goes to. A post that does not exist
    /// is made.
    ///
    /// # Errors
    /// `InvalidRequest` for an empty question, a date that is none, or a path that leads out of the
    /// folder; `NotUtf8`, `ReadOnly`, `WriteFailed`.
    pub fn add(&self, request: &AddRequest) -> Result<SavedView, ApiError> {
        let date = match request.date.as_deref() {
            Some(date) => parse_date(date)?,
            None => self.today(),
        };
        let new = NewEntry {
            question: request.question.clone(),
            category: request.category.clone(),
            topic: request.topic.clone(),
            hint: request.hint.clone(),
            model_answer: request.model_answer.clone(),
        };
        let path = match request.post.as_deref() {
            Some(path) => PostPath::new(path).map_err(|error| {
                ApiError::new(Code::InvalidRequest, format!("cannot add to `{path}`: {error}"))
            })?,
            None => self.newest_post().unwrap_or_else(|| self.new_post_path(date)),
        };
        let mut attempts = 0;
        let (revision, text) = loop {
            let saved = if path.under(self.library.root()).exists() {
                let (post, revision) = self.read_post(&path)?;
                let text = post.add_entry(date, file_date(&path), &new)?.apply(post.text());
                self.library.save(&path, &text, &revision).map(|revision| (revision, text))
            } else {
                let text = new_post(date, &path, &new)?;
                self.library.create(&path, &text).map(|revision| (revision, text))
            };
            match saved {
                Ok(saved) => break saved,
                Err(SaveError::Conflict { .. } | SaveError::Exists { .. })
                    if attempts < SAVE_ATTEMPTS =>
                {
                    attempts += 1;
                }
                Err(error) => return Err(error.into()),
            }
        };
        self.saved(&path);
        let entry = self.added_entry(&path, &text, date, &new.question).unwrap_or_default();
        Ok(SavedView {
            entry,
            path: path.to_string(),
            revision: revision.to_string(),
            also: Vec::new(),
        })
    }

    /// The key of the entry that asks `question` in a post: its last twin if it is asked twice.
    fn added_entry(
        &self,
        path: &PostPath,
        text: &str,
        date: Date,
        question: &str,
    ) -> Option<String> {
        let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
        let post = Post::parse(text);
        let asked = post.entries().any(|(_, e)| post.part_text(&e.question) == question);
        let snapshot = self.read();
        let summary = snapshot.post(path)?;
        let key = dapanji_post::entry_key(Some(date), &question);
        let same = summary.entries.iter().rfind(|e| e.base_key == key);
        same.filter(|_| asked).map(|e| e.id.clone())
    }

    /// Takes over what this program itself wrote.
    pub(crate) fn saved(&self, path: &PostPath) {
        self.refresh(path);
        self.index_changes();
    }

    /// The post that holds the newest day.
    fn newest_post(&self) -> Option<PostPath> {
        if let Some(only) = self.library.single_post() {
            return Some(only.clone());
        }
        let snapshot = self.read();
        let readable = snapshot.entries().filter(|(post, _)| post.revision.is_some());
        let mut posts = readable.map(|(post, _)| post.path.clone());
        posts.next()
    }

    /// A name for a first post: in `_posts` where there is such a folder.
    fn new_post_path(&self, date: Date) -> PostPath {
        let name = format!("{date}-daily-interview.md");
        let folder = if self.library.root().join("_posts").is_dir() { "_posts/" } else { "" };
        let path = PostPath::new(format!("{folder}{name}"));
        path.expect("BUG: a date and fixed words make a valid path")
    }
}

/// The text of a first post. Jekyll takes no file without front matter for a post.
fn new_post(date: Date, path: &PostPath, new: &NewEntry) -> Result<String, EditError> {
    let text = format!("---\ntitle: 매일 면접 답변\ndate: {date}\n---\n\n");
    // Without a dated heading the first day would be the front matter's; the heading is written so
    // that the next day can follow.
    let post = Post::parse(text.as_str());
    Ok(post.add_entry(date, file_date(path), new)?.apply(&text))
}

fn check_base(request: &SaveAnswerRequest, located: &Located) -> Result<(), ApiError> {
    let conflict = || {
        let path = &located.path;
        let message = format!("cannot save {path}: it has changed since the text was based on it");
        Err(ApiError::new(Code::Conflict, message).at(path))
    };
    let same_revision = match request.base.as_deref() {
        Some(base) => base.parse::<Revision>().ok() == Some(located.revision),
        None => request.base_answer.is_none(),
    };
    if same_revision {
        return Ok(());
    }
    let Some(base_answer) = request.base_answer.as_deref() else { return conflict() };
    let answer = located
        .post
        .entries()
        .nth(located.nth)
        .map(|(_, entry)| located.post.part_text(&entry.answer.body).replace("\r\n", "\n"));
    if answer.as_deref() == Some(base_answer.replace("\r\n", "\n").as_str()) {
        Ok(())
    } else {
        conflict()
    }
}

/// Reads `YYYY-MM-DD`.
pub(crate) fn parse_date(text: &str) -> Result<Date, ApiError> {
    text.trim().parse().map_err(|_| {
        let message = format!("`{text}` is no date; write it as {}", example_date());
        ApiError::new(Code::InvalidRequest, message)
    })
}

fn example_date() -> String {
    date_text(Date::new(2025, 4, 9).ok()).unwrap_or_default()
}
