//! A post read whole, section by section, whether it has questions or not.

use dapanji_library::PostPath;

use crate::conflicts;
use crate::convert::{count, date_text, entry_row};
use crate::dto::{PostEntry, PostPage, PostSection};
use crate::error::{ApiError, Code};
use crate::html;
use crate::notebook::Notebook;

impl Notebook {
    /// Tells whether a path, relative to the folder, names a post of this notebook.
    pub fn has_post(&self, path: &str) -> bool {
        self.post_path(path).is_ok()
    }

    /// Returns a post with all that its page shows. `path` is relative to the folder.
    ///
    /// # Errors
    /// `Unreadable` if there is no such post, or it cannot be read; `TooLarge`.
    pub fn post(&self, path: &str) -> Result<PostPage, ApiError> {
        let path = self.post_path(path)?;
        let (post, summary) = self.read_known(&path)?;
        let entries = post.entries().zip(&summary.entries);
        let entries = entries.map(|((_, entry), known)| PostEntry {
            line: count(post.line_of(entry.heading.start)),
            row: entry_row(&summary, known),
        });
        let sections = post.sections().iter().map(|section| {
            let text = post.part_text(&section.body).into_owned();
            PostSection {
                title: section.title.clone(),
                level: section.level,
                line: count(post.line_of(section.heading.start)),
                html: html::render(&text),
                text,
            }
        });
        Ok(PostPage {
            conflicts: conflicts::views(&post, 0..post.conflicts().len()),
            entries: entries.collect(),
            sections: sections.collect(),
            path: path.to_string(),
            date: date_text(summary.date),
            revision: summary.revision.map(|revision| revision.to_string()).unwrap_or_default(),
            read_only: summary.read_only.map(str::to_owned),
            title: summary.title,
            diagnostics: summary.diagnostics,
        })
    }

    /// The post a path names. Only what was found in the folder is one: a path from outside leads
    /// nowhere else.
    ///
    /// # Errors
    /// `Unreadable` if there is none.
    pub(crate) fn post_path(&self, path: &str) -> Result<PostPath, ApiError> {
        let named = PostPath::new(path).ok().filter(|named| self.read().post(named).is_some());
        named.ok_or_else(|| {
            ApiError::new(Code::Unreadable, format!("the folder has no post `{path}`")).at(path)
        })
    }
}
