//! Pages to be looked at before they are exported.

use dapanji_export::{Language, Progress, Proof};

use crate::convert::count;
use crate::dto::{PreviewPage, PreviewRequest, PreviewView, SelectionRequest};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

/// Pages laid out, of which pictures can be asked.
pub struct Preview {
    proof: Proof,
    shown: usize,
    entries: usize,
}

impl Notebook {
    /// Lays out the beginning of what [`Notebook::export`] would write. Where that is all of it, the
    /// pages are those of the file.
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
        let entries = chosen.len();
        let most = usize::try_from(request.most.max(1)).unwrap_or(usize::MAX);
        let shown = entries.min(most);
        let book = if shown < entries {
            // As the book has them; what stands on one day keeps the order of the posts.
            chosen.sort_by_key(|entry| entry.date);
            let first = chosen.into_iter().take(shown).map(|entry| entry.id).collect();
            self.book(&SelectionRequest { entries: first, ..export.selection.clone() })?
        } else {
            self.book(&export.selection)?
        };
        let options = self.print_options(export, language);
        let proof = dapanji_export::proof(&book, &options, progress)?;
        Ok(Preview { proof, shown, entries })
    }
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
            ApiError::new(
                Code::InvalidRequest,
                format!("there is no page {}", nth.saturating_add(1)),
            )
        })
    }
}
