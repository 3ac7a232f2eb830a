//! One entry: shown, answered, added.

use dapanji_library::{PostPath, SaveError};
use dapanji_post::{EditError, Edits, NewEntry, Post, with_plain_endings};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use crate::changing::{Draft, Saved, entry_of};
use crate::conflicts;
use crate::convert::{date_text, entry_view};
use crate::dto::{AddRequest, EntryPage, EntryView, SaveAnswerRequest, SavedView};
use crate::error::{ApiError, Code};
use crate::html;
use crate::notebook::{Located, Notebook, unknown_entry};
use crate::snapshot::file_date;

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
        let (post, summary) = (&located.post, &located.summary);
        let entry = entry_of(post, located.nth).ok_or_else(|| unknown_entry(id))?;
        let date = summary.entries.get(located.nth).and_then(|entry| entry.date);
        Ok(EntryView {
            read_only: summary.read_only.map(str::to_owned),
            ..entry_view(post, entry, id, date)
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
        let number = located.summary.entries.get(located.nth).map_or(0, |entry| entry.number);
        let (previous, next) = self.read().neighbours(&id);
        Ok(EntryPage {
            hint_html: entry.hint.as_deref().map(html::render),
            model_html: entry.model_answer.variants.iter().map(|v| html::render(&v.text)).collect(),
            sections_html: entry.sections.iter().map(|s| html::render(&s.text)).collect(),
            path: located.path.to_string(),
            post_title: located.summary.title,
            revision: located.summary.revision.map(|r| r.to_string()).unwrap_or_default(),
            number,
            previous,
            next,
            last_audience: self.last_audience(),
            conflicts: conflicts::views(&located.post, located.post.conflicts_of(located.nth)),
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
        let saved = self.saving(|| {
            let located = self.locate(&id)?;
            let answer = |(post, nth): (&Post, usize)| {
                let body = entry_of(post, nth).map(|entry| &entry.answer.body);
                body.map(|body| with_plain_endings(&post.part_text(body)))
            };
            let is = answer((&located.post, located.nth));
            let base_answer = request.base_answer.as_deref().map(with_plain_endings);
            let texts = base_answer.map(|base| is == Some(base));
            self.check_base(&located, request.base.as_deref(), texts, |was, is| {
                answer(was) == answer(is)
            })?;
            let edits = located.post.set_answer(located.nth, &request.text);
            let edits = edits.map_err(|error| located.about(error))?;
            Ok(self.save(&located.summary, Draft::of(&located.post, &edits)))
        })?;
        Ok(self.answer_saved(id, saved))
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
        let path = self.post_to_add_to(request.post.as_deref(), date)?;
        let sibling = self.sibling_of(&path);
        let saved = self.saving(|| {
            self.grow(&path, date, |post| {
                post.add_entry_beside(sibling.as_ref(), date, file_date(&path), &new)
            })
        })?;
        Ok(self.addition_saved(saved))
    }

    /// The post that shows how entries are written, for one that has none yet: the newest other one.
    pub(crate) fn sibling_of(&self, path: &PostPath) -> Option<Post> {
        let is_empty = self.read().post(path).is_none_or(|post| post.entries.is_empty());
        let newest = self.newest_post().filter(|newest| is_empty && newest != path)?;
        self.read_known(&newest).map(|(post, _)| post).ok()
    }

    /// The post a request names, else the newest one, else a first one. A name is one of the folder's
    /// in whichever way its Hangul is composed; one that is none of them is refused, as it is most
    /// likely misspelt.
    pub(crate) fn post_to_add_to(
        &self,
        post: Option<&str>,
        date: Date,
    ) -> Result<PostPath, ApiError> {
        match post {
            Some(path) => {
                let named = PostPath::new(path).map_err(|error| {
                    ApiError::new(Code::InvalidRequest, format!("cannot add to `{path}`: {error}"))
                })?;
                let known = self.read();
                // One that others have just made counts, too, if it would be found.
                let is_new = || {
                    !self.library.scan_rules().leaves_out(&named)
                        && named.under(self.library.root()).exists()
                };
                if known.post(&named).is_some() || is_new() {
                    return Ok(named);
                }
                let composed = |path: &str| path.nfc().collect::<String>();
                let wanted = composed(path);
                let mut posts = known.posts().iter().map(|post| &post.path);
                posts.find(|post| composed(post.as_str()) == wanted).cloned().ok_or_else(|| {
                    let message =
                        format!("cannot add to `{path}`: there is no such post in the folder");
                    ApiError::new(Code::InvalidRequest, message)
                })
            }
            None => Ok(self.newest_post().unwrap_or_else(|| self.new_post_path(date))),
        }
    }

    /// Puts something into a post, which is made if there is none.
    pub(crate) fn grow(
        &self,
        path: &PostPath,
        date: Date,
        put: impl FnOnce(&Post) -> Result<Edits, EditError>,
    ) -> Result<Result<Saved, SaveError>, ApiError> {
        if path.under(self.library.root()).exists() {
            let (post, summary) = self.read_known(path)?;
            let edits = put(&post)?;
            return Ok(self.save(&summary, Draft::of(&post, &edits)));
        }
        let post = self.parse(first_post(date));
        let edits = put(&post)?;
        Ok(self.create(path, edits.apply(post.text())))
    }

    /// Takes over what this program itself wrote.
    pub(crate) fn saved(&self, path: &PostPath) {
        self.refresh(path);
        self.index_changes();
    }

    /// The post that holds the newest day.
    pub(crate) fn newest_post(&self) -> Option<PostPath> {
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
        let path = PostPath::new(format!("{}{date}-daily-interview.md", self.posts_folder()));
        path.expect("BUG: a date and fixed words make a valid path")
    }

    /// Where a first post goes, with a `/` at the end if that is a folder.
    pub(crate) fn posts_folder(&self) -> &'static str {
        if self.library.root().join("_posts").is_dir() { "_posts/" } else { "" }
    }
}

/// The text of a first post, without entries. Jekyll takes no file without front matter for a post.
fn first_post(date: Date) -> String {
    format!("---\ntitle: 매일 면접 답변\ndate: {date}\n---\n\n")
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
