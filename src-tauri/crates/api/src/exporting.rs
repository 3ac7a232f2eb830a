//! Chooses entries and has them typeset.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use dapanji_compare::{TermState, Wishes, compare_with};
use dapanji_export::{
    Answers, Book, BookComparison, BookDay, BookEntry, BookTerm, Columns, Language, Models,
    Options, Paper, Progress, Said,
};
use dapanji_library::{Library, PostPath};
use dapanji_post::AnswerState;
use jiff::civil::Date;

use crate::comparing::ByIndex;
use crate::convert::count;
use crate::dto::{
    AnswersView, ColumnsView, ExportOptions, ExportRequest, ExportView, PaperView, SearchRequest,
    SelectionRequest,
};
use crate::entries::parse_date;
use crate::error::{ApiError, Code};
use crate::notebook::{Notebook, unknown_entry};

mod articles;
mod preview;

pub use preview::Preview;

/// Most parts a search selects entries by.
const SEARCH_LIMIT: u32 = 100_000;

impl Notebook {
    /// Typesets a selection of entries, oldest day first, and writes the PDF.
    ///
    /// # Errors
    /// `NothingSelected`; `UnknownEntry`, `InvalidRequest` for a selection that makes no sense;
    /// `Cancelled`; `WriteFailed` if the file cannot be written. Nothing is written after an error.
    pub fn export(
        &self,
        request: &ExportRequest,
        language: Language,
        progress: &dyn Progress,
    ) -> Result<ExportView, ApiError> {
        let out = Path::new(&request.out);
        check_out(out)?;
        let book = self.book(&request.selection, &request.options, false)?;
        let entries = book.days.iter().map(|day| day.entries.len()).sum();
        let articles = book.articles.len();
        let options = print_options(&request.options, self.library.root(), language);
        let pdf = dapanji_export::typeset(&book, &options, progress)?;
        Library::write_export(out, &pdf.bytes)?;
        Ok(ExportView {
            out: request.out.clone(),
            pages: count(pdf.pages),
            entries: count(entries),
            articles: count(articles),
            bytes: count(pdf.bytes.len()),
            omissions: pdf.omissions,
        })
    }

    /// Reads the texts of the selected entries. Where they are part of a book of several posts, the
    /// book is named and divided as that one.
    fn book(
        &self,
        selection: &SelectionRequest,
        options: &ExportOptions,
        is_part: bool,
    ) -> Result<Book, ApiError> {
        let chosen = self.choose(selection)?;
        let articles = self.choose_articles(selection, &chosen);
        if !articles.is_empty() {
            return self.book_of_articles(&articles, options, is_part);
        }
        if chosen.is_empty() {
            let message = "no entry fits the selection, so there is nothing to export";
            return Err(ApiError::new(Code::NothingSelected, message));
        }
        let mut by_post: BTreeMap<PostPath, Vec<&Chosen>> = BTreeMap::new();
        for entry in &chosen {
            by_post.entry(entry.path.clone()).or_default().push(entry);
        }
        let mut posts = Vec::new();
        let mut author = None;
        let compared = options.answers == AnswersView::Compared;
        let by = if compared { Some((self.weigh()?, self.decided())) } else { None };
        for (path, wanted) in &by_post {
            let (post, summary) = self.read_known(path)?;
            let mut days: BTreeMap<Option<Date>, Vec<BookEntry>> = BTreeMap::new();
            let title = post.title().unwrap_or_else(|| crate::snapshot::file_stem(path)).to_owned();
            author = author.or_else(|| post.front_matter().and_then(|front| front.author.clone()));
            let entries: Vec<_> = post.entries().collect();
            for chosen in wanted {
                // By key: the file may have changed since the entry was chosen.
                let nth = summary.entries.iter().position(|entry| entry.id == chosen.id);
                let Some((_, entry)) = nth.and_then(|nth| entries.get(nth)) else {
                    return Err(unknown_entry(&chosen.id));
                };
                let text = |part| post.part_text(part).into_owned();
                let model = entry.model_answer.as_ref();
                let written = model
                    .filter(|m| m.state == dapanji_post::ModelAnswerState::Written)
                    .map(|m| m.variants.as_slice())
                    .unwrap_or_default();
                let answer = text(&entry.answer.body);
                let variants: Vec<_> =
                    written.iter().map(|v| (v.audience.clone(), text(&v.body))).collect();
                let comparison = by.as_ref().and_then(|(weigh, decided)| {
                    let wishes = decided.of(&chosen.id);
                    comparison(&answer, &variants, options.audience.as_deref(), weigh, &wishes)
                });
                days.entry(chosen.date).or_default().push(BookEntry {
                    number: chosen.number,
                    question: text(&entry.question),
                    categories: entry.categories.clone(),
                    topic: entry.topic.clone(),
                    hint: entry.hint.as_ref().map(text),
                    answer,
                    variants,
                    sections: entry
                        .sections
                        .iter()
                        .map(|section| (section.title.clone(), text(&section.body)))
                        .collect(),
                    comparison,
                    folder: self.folder_of(path),
                    post: path.to_string(),
                });
            }
            posts.push((title, days));
        }
        // Posts in the order of their days; those without any come first, as days without a date do.
        posts.sort_by_key(|(_, days)| days.keys().next().copied().flatten());
        let only = match posts.as_slice() {
            [(only, _)] if !is_part => Some(only.as_str()),
            _ => None,
        };
        let (title, author) = self.names(options, only, author);
        let is_one = posts.len() == 1 && !is_part;
        let days = posts.into_iter().flat_map(|(title, days)| {
            let post = (!is_one).then_some(title);
            days.into_iter().map(move |(date, entries)| BookDay {
                post: post.clone(),
                date,
                entries,
            })
        });
        let days = days.collect();
        Ok(Book { title, author, date: self.today(), days, articles: Vec::new() })
    }

    /// Returns the title and the author of a book: those asked for, else the title of the `only` post
    /// and the `author` a post names.
    fn names(
        &self,
        options: &ExportOptions,
        only: Option<&str>,
        author: Option<String>,
    ) -> (String, Option<String>) {
        let asked = options.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        let title = asked.or(only).unwrap_or_else(|| self.library.name());
        // A blank name is one that was taken out.
        let author = options.author.clone().or(author).filter(|name| !name.trim().is_empty());
        (title.to_owned(), author)
    }

    fn choose(&self, selection: &SelectionRequest) -> Result<Vec<Chosen>, ApiError> {
        let ids: HashSet<String> =
            selection.entries.iter().map(|id| self.resolve(id)).collect::<Result<_, _>>()?;
        let from = selection.from.as_deref().map(parse_date).transpose()?;
        let to = selection.to.as_deref().map(parse_date).transpose()?;
        let found: Option<HashSet<String>> = match &selection.search {
            Some(query) => {
                let request = SearchRequest::new(query.as_str(), SEARCH_LIMIT);
                Some(self.search(&request)?.hits.into_iter().filter_map(|hit| hit.entry).collect())
            }
            None => None,
        };
        let snapshot = self.read();
        let mut chosen = Vec::new();
        for post in snapshot.posts() {
            if selection.post.as_deref().is_some_and(|path| path != post.path.as_str()) {
                continue;
            }
            for entry in &post.entries {
                let fits = (ids.is_empty() || ids.contains(&entry.id))
                    && from.is_none_or(|from| entry.date.is_some_and(|date| date >= from))
                    && to.is_none_or(|to| entry.date.is_some_and(|date| date <= to))
                    && selection.category.as_ref().is_none_or(|c| entry.categories.contains(c))
                    && found.as_ref().is_none_or(|found| found.contains(&entry.id));
                if fits {
                    chosen.push(Chosen {
                        path: post.path.clone(),
                        id: entry.id.clone(),
                        date: entry.date,
                        number: entry.number,
                        categories: entry.categories.clone(),
                        answered: entry.state != AnswerState::Empty,
                    });
                }
            }
        }
        Ok(chosen)
    }
}

/// Compares an answer with the model answer for `audience`, else the first.
fn comparison(
    answer: &str,
    variants: &[(Option<String>, String)],
    audience: Option<&str>,
    weigh: &ByIndex,
    wishes: &Wishes,
) -> Option<BookComparison> {
    let wanted = audience.map(str::trim).filter(|name| !name.is_empty());
    let is_for = |name: &Option<String>| {
        wanted.is_some_and(|wanted| name.as_deref().is_some_and(|name| name.contains(wanted)))
    };
    let variant = variants.iter().position(|(name, _)| is_for(name)).unwrap_or_default();
    let (_, model) = variants.get(variant).filter(|_| !answer.trim().is_empty())?;
    let compared = compare_with(answer, model, weigh, wishes);
    let terms = compared.terms.into_iter().map(|term| BookTerm {
        term: term.term,
        said: match term.state {
            TermState::Said => Said::Said,
            TermState::Partly => Said::Partly,
            TermState::Missing => Said::Missing,
        },
        in_answer: term.in_answer,
        in_model: term.in_model,
    });
    let unsaid = compared.sentences.into_iter().filter(|pair| pair.answer.is_none());
    Some(BookComparison {
        variant,
        terms: terms.collect(),
        unsaid: unsaid.map(|pair| pair.model).collect(),
        differences: compared.flags.into_iter().map(|flag| (flag.model, flag.answer)).collect(),
    })
}

/// Reads the options of a request; `root` is the folder pictures may come from.
fn print_options(options: &ExportOptions, root: &Path, language: Language) -> Options {
    Options {
        language,
        paper: match options.paper {
            PaperView::A4 => Paper::A4,
            PaperView::Letter => Paper::Letter,
            PaperView::A5 => Paper::A5,
        },
        columns: match options.columns {
            ColumnsView::One => Columns::One,
            ColumnsView::Two => Columns::Two,
        },
        text_size: f64::from(options.text_size),
        hints: options.hints,
        answers: match options.answers {
            AnswersView::Printed => Answers::Printed,
            AnswersView::Ruled => Answers::Ruled(options.ruled_lines),
            AnswersView::Left => Answers::Left,
            AnswersView::Compared => Answers::Compared,
        },
        models: match &options.audience {
            _ if !options.models => Models::Left,
            Some(audience) if !audience.trim().is_empty() => Models::For(audience.clone()),
            _ => Models::All,
        },
        sections: options.sections,
        pictures: options.pictures,
        cover: options.cover,
        contents: options.contents,
        grey: options.grey,
        archive: options.archive,
        ..Options::new(root)
    }
}

/// A selected entry: where it stands, and what the book prints of its place.
struct Chosen {
    path: PostPath,
    id: String,
    date: Option<Date>,
    number: u32,
    categories: Vec<String>,
    answered: bool,
}

fn is_post(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| PostPath::new(name).is_ok())
}

/// Fails before the pages are laid out where the file could not be written afterwards.
fn check_out(out: &Path) -> Result<(), ApiError> {
    let refuse = |reason: &str| {
        let message = format!("cannot write {}: {reason}", out.display());
        Err(ApiError::new(Code::WriteFailed, message).at(out.display()))
    };
    if out.as_os_str().is_empty() || out.is_dir() {
        return refuse("it is not the name of a file");
    }
    // A link stands for the file it leads to.
    let target = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    if is_post(out) || is_post(&target) {
        return refuse("a post must not be replaced by a PDF; name it .pdf");
    }
    match out.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            refuse("its folder does not exist")
        }
        _ => Ok(()),
    }
}
