//! Posts without questions in an export.

use dapanji_export::{Book, BookArticle};
use dapanji_library::PostPath;
use dapanji_post::Post;
use jiff::civil::Date;

use super::Chosen;
use crate::dto::{ExportOptions, SelectionRequest};
use crate::error::ApiError;
use crate::notebook::Notebook;

/// A selected post without questions.
pub(super) struct ChosenArticle {
    path: PostPath,
    pub(super) date: Option<Date>,
}

impl Notebook {
    /// Returns the posts without questions that a selection names: the one it asks for, and all where
    /// it asks for all and there is no question anywhere. `chosen` are its entries.
    pub(super) fn choose_articles(
        &self,
        selection: &SelectionRequest,
        chosen: &[Chosen],
    ) -> Vec<ChosenArticle> {
        let of_entries = !selection.entries.is_empty()
            || selection.from.is_some()
            || selection.to.is_some()
            || selection.category.is_some()
            || selection.search.is_some();
        if of_entries || !chosen.is_empty() {
            return Vec::new();
        }
        let snapshot = self.read();
        let posts = snapshot.posts().iter();
        let mut articles: Vec<_> = posts
            .filter(|post| selection.post.as_deref().is_none_or(|path| path == post.path.as_str()))
            .filter(|post| post.entries.is_empty() && post.unreadable.is_none())
            .map(|post| ChosenArticle { path: post.path.clone(), date: post.date })
            .collect();
        // As days are: those without a date come first.
        articles.sort_by(|one, other| (one.date, &one.path).cmp(&(other.date, &other.path)));
        articles
    }

    /// Reads the texts of posts without questions. Where they are part of a book of several, it is
    /// named as that one.
    pub(super) fn book_of_articles(
        &self,
        chosen: &[ChosenArticle],
        options: &ExportOptions,
        is_part: bool,
    ) -> Result<Book, ApiError> {
        let mut articles = Vec::new();
        let mut author = None;
        for one in chosen {
            let (post, _) = self.read_known(&one.path)?;
            author = author.or_else(|| post.front_matter().and_then(|front| front.author.clone()));
            let title = post.title().unwrap_or_else(|| crate::snapshot::file_stem(&one.path));
            articles.push(BookArticle {
                title: title.to_owned(),
                date: one.date,
                sections: sections(&post, title),
                folder: self.folder_of(&one.path),
                post: one.path.to_string(),
            });
        }
        let only = match articles.as_slice() {
            [only] if !is_part => Some(only.title.as_str()),
            _ => None,
        };
        let (title, author) = self.names(options, only, author);
        Ok(Book { title, author, date: self.today(), days: Vec::new(), articles })
    }
}

/// The sections of a post under its highest headings; lower headings under one become part of its text.
/// A heading that only repeats the title of the post is left out.
fn sections(post: &Post, title: &str) -> Vec<(String, String)> {
    let is_title = |nth: usize| {
        let section = post.sections().get(nth);
        section.is_some_and(|section| section.title.trim() == title.trim())
    };
    let first = post.sections().iter().position(|section| section.level > 0);
    let own_title = first.filter(|&nth| is_title(nth));
    let levels = post.sections().iter().enumerate();
    let levels = levels.filter(|&(nth, one)| one.level > 0 && own_title != Some(nth));
    let highest = levels.map(|(_, section)| section.level).min().unwrap_or_default();
    let mut sections: Vec<(String, String)> = Vec::new();
    for (nth, section) in post.sections().iter().enumerate() {
        let text = post.part_text(&section.body);
        let named = section.level > 0 && own_title != Some(nth);
        match sections.last_mut() {
            Some((above, before)) if named && !above.is_empty() && section.level > highest => {
                let marks = "#".repeat(usize::from(section.level));
                *before = format!("{}\n\n{marks} {}\n\n{text}", before.trim_end(), section.title);
            }
            _ if named => sections.push((section.title.clone(), text.into_owned())),
            _ => sections.push((String::new(), text.into_owned())),
        }
    }
    sections
}
