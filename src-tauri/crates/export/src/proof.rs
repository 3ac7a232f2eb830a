//! A book laid out to be looked at, page by page, before it is printed.

use typst::comemo;
use typst::foundations::{NativeElement as _, Packed};
use typst::introspection::Introspector as _;
use typst::model::HeadingElem;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use crate::document::{REMEMBERED, lay_out};
use crate::notes::Notes;
use crate::{Book, ExportError, Options, Progress, STACK_BYTES, on_deep_stack};

/// Most pixels a picture is wide or high, so that a wrong number cannot ask for gigabytes.
const MOST_PIXELS: f64 = 4096.0;

/// A book laid out. Its pages are those of the file that [`crate::typeset`] makes of the same book
/// and options.
pub struct Proof {
    /// `None` only while it is dropped.
    document: Option<PagedDocument>,
    pages: Vec<ProofPage>,
    omissions: Vec<String>,
}

/// A page that can be looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofPage {
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
    /// The days and questions that begin on it, as plain text.
    pub headings: Vec<String>,
}

/// Lays `book` out so that its pages can be looked at one by one.
pub(crate) fn proof(
    book: &Book,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Proof, ExportError> {
    let mut notes = Notes::new(options.language);
    let document = lay_out(book, options, &mut notes, progress)?;
    comemo::evict(REMEMBERED);
    let pages = pages(&document);
    Ok(Proof { document: Some(document), pages, omissions: notes.finish() })
}

fn pages(document: &PagedDocument) -> Vec<ProofPage> {
    let mut pages: Vec<ProofPage> = document
        .pages()
        .iter()
        .map(|page| ProofPage {
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
            headings: Vec::new(),
        })
        .collect();
    let introspector = document.introspector();
    for element in introspector.query(&HeadingElem::ELEM.select()) {
        let Some(heading) = element.to_packed::<HeadingElem>() else { continue };
        let page = element.location().and_then(|location| introspector.page(location));
        let page = page.and_then(|page| pages.get_mut(page.get() - 1));
        if let (Some(page), true) = (page, names_a_part(heading)) {
            page.headings.push(heading.body.plain_text().trim().to_owned());
        }
    }
    pages
}

/// Posts, days and questions are in the outline; other headings are parts of an entry.
fn names_a_part(heading: &Packed<HeadingElem>) -> bool {
    heading.outlined.get(typst::foundations::StyleChain::default())
}

impl Proof {
    /// The pages in their order.
    pub fn pages(&self) -> &[ProofPage] {
        &self.pages
    }

    /// What could not be shown, as in [`crate::Pdf::omissions`].
    pub fn omissions(&self) -> &[String] {
        &self.omissions
    }

    /// Draws a page, counted from zero, as a PNG file of about `width` pixels; none if there is no
    /// such page.
    pub fn picture(&self, page: usize, width: u32) -> Result<Option<Vec<u8>>, ExportError> {
        let pages = self.document.as_ref().map(PagedDocument::pages).unwrap_or_default();
        let Some(page) = pages.get(page) else { return Ok(None) };
        on_deep_stack(false, || draw(page, width)).map(Some)
    }
}

fn draw(page: &Page, width: u32) -> Result<Vec<u8>, ExportError> {
    let (across, down) = (page.frame.width().to_pt(), page.frame.height().to_pt());
    let scale = (f64::from(width.max(1)) / across).min(MOST_PIXELS / across.max(down));
    let render = RenderOptions { pixel_per_pt: Scalar::new(scale), ..RenderOptions::default() };
    typst_render::render(page, &render)
        .encode_png()
        .map_err(|error| ExportError::Write { message: error.to_string() })
}

impl Drop for Proof {
    fn drop(&mut self) {
        // Deeply nested content needs as deep a stack to go as it needed to come.
        let document = self.document.take();
        let dropper = std::thread::Builder::new().name("export".into()).stack_size(STACK_BYTES);
        if let Err(error) = dropper.spawn(move || drop(document)) {
            tracing::warn!(%error, "no thread to take a preview apart on");
        }
    }
}
