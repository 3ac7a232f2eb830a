//! Pages to be looked at before they are exported.

use std::collections::{BTreeMap, BTreeSet};

use dapanji_export::{Book, Language, Options, Progress, Proof, Totals};
use jiff::civil::Date;

use super::{Chosen, print_options};
use crate::convert::count;
use crate::dto::{PreviewPage, PreviewRequest, PreviewView, SelectionRequest};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

/// Pages laid out, of which pictures can be asked.
pub struct Preview {
    proof: Proof,
    shown: usize,
    entries: usize,
    articles: usize,
    audiences: Vec<String>,
}

impl Notebook {
    /// Lays out the beginning of what [`Notebook::export`] would write. Where that is all of it, the
    /// pages are those of the file; else the cover is, and what follows lacks the rest of the contents.
    ///
    /// # Errors
    /// `NothingSelected`; `UnknownEntry`, `InvalidRequest` for a selection that makes no sense;
    /// `Cancelled`, also in the middle of the layout.
    pub fn preview(
        &self,
        request: &PreviewRequest,
        language: Language,
        progress: &dyn Progress,
    ) -> Result<Preview, ApiError> {
        let export = &request.export;
        let mut chosen = self.choose(&export.selection)?;
        let articles = self.choose_articles(&export.selection, &chosen);
        let entries = chosen.len();
        let most = usize::try_from(request.most.max(1)).unwrap_or(usize::MAX);
        let options = print_options(&export.options, self.library.root(), language);
        if !articles.is_empty() {
            let shown = articles.len().min(most);
            let first = articles.get(..shown).unwrap_or_default();
            let book = self.book_of_articles(first, &export.options, articles.len() > 1)?;
            let mut totals = Totals::default();
            articles.iter().for_each(|article| totals.add_article(article.date));
            let options = Options { totals: Some(totals), ..options };
            let proof = dapanji_export::proof(&book, &options, progress)?;
            let articles = articles.len();
            return Ok(Preview { proof, shown, entries, articles, audiences: Vec::new() });
        }
        let shown = entries.min(most);
        let (book, options) = if shown < entries {
            let mut posts: BTreeMap<_, Option<Date>> = BTreeMap::new();
            for entry in &chosen {
                let first = posts.entry(entry.path.clone()).or_insert(entry.date);
                *first = entry.date.min(*first);
            }
            // As the book has them.
            chosen.sort_by_cached_key(|entry| {
                (posts.get(&entry.path).copied().flatten(), entry.path.clone(), entry.date)
            });
            let first = chosen.iter().take(shown).map(|entry| entry.id.clone()).collect();
            let beginning = SelectionRequest { entries: first, ..SelectionRequest::default() };
            let book = self.book(&beginning, &export.options, posts.len() > 1)?;
            (book, Options { totals: Some(totals(&chosen)), ..options })
        } else {
            (self.book(&export.selection, &export.options, false)?, options)
        };
        let proof = dapanji_export::proof(&book, &options, progress)?;
        Ok(Preview { proof, shown, entries, articles: 0, audiences: audiences(&book) })
    }
}

/// Counts entries that are in the order of the book.
fn totals(chosen: &[Chosen]) -> Totals {
    let days: BTreeSet<_> = chosen.iter().map(|entry| entry.date).collect();
    let mut totals = Totals { days: days.len(), ..Totals::default() };
    for entry in chosen {
        totals.add(entry.date, &entry.categories, entry.answered);
    }
    totals
}

fn audiences(book: &Book) -> Vec<String> {
    let mut audiences = Vec::new();
    let entries = book.days.iter().flat_map(|day| &day.entries);
    for audience in entries.flat_map(|entry| &entry.variants).filter_map(|(name, _)| name.as_ref())
    {
        if !audiences.contains(audience) {
            audiences.push(audience.clone());
        }
    }
    audiences
}

impl Preview {
    /// What can be told of the pages without drawing them.
    pub fn view(&self) -> PreviewView {
        let points = |length: f64| length.round() as u32;
        let pages = self.proof.pages().iter().map(|page| PreviewPage {
            width: points(page.width),
            height: points(page.height),
            headings: page.headings.clone(),
        });
        PreviewView {
            pages: pages.collect(),
            shown: count(self.shown),
            entries: count(self.entries),
            articles: count(self.articles),
            audiences: self.audiences.clone(),
            omissions: self.proof.omissions().to_vec(),
        }
    }

    /// Draws a page, counted from zero, as a PNG file of about `width` pixels.
    ///
    /// # Errors
    /// `InvalidRequest` if there is no such page.
    pub fn picture(&self, page: u32, width: u32) -> Result<Vec<u8>, ApiError> {
        let nth = usize::try_from(page).unwrap_or(usize::MAX);
        self.proof.picture(nth, width)?.ok_or_else(|| {
            ApiError::new(Code::InvalidRequest, format!("there is no page {}", u64::from(page) + 1))
        })
    }
}
