//! From the template's content to pages.
//!
//! `typst::compile` lays a document out anew until the page numbers in its contents and heads are
//! right, and keeps the pages of every attempt, and what it remembers of each, until the end. Here a
//! book is cut into stretches first: the cover and contents, the days in portions, and the margins of
//! all pages. A stretch is laid out again only if something it asked for has changed, which for days is
//! hardly ever so; and of a large book nothing but the pages is kept.
//!
//! Invariant: what a stretch asks about the book is true of the pages that come out.

use std::sync::Arc;

use typst::World;
use typst::comemo::{self, Constraint, Track};
use typst::diag::{SourceResult, Warned, warning};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{
    Content, Module, NativeElement as _, SequenceElem, StyleChain, StyledElem, Styles, Target,
    TargetElem,
};
use typst::introspection::{EmptyIntrospector, Introspector, Locator};
use typst::layout::{Frame, PagebreakElem, Point};
use typst::model::{Document as _, DocumentInfo, ParbreakElem};
use typst::syntax::Span;
use typst::text::SpaceElem;
use typst::utils::Protected;
use typst_layout::{Page, PagedDocument, PagedIntrospector, layout_document_for_bundle};

use crate::compact::compact;
use crate::world::Press;
use crate::{Progress, Stage};

/// Layouts after which page numbers are taken as they are, as in Typst itself.
const ATTEMPTS: usize = 5;
/// What the template calls the place where a portion of days begins.
const PORTION: &str = "portion";

/// Lays out what is in the press. The first page has no margins if it is a `cover`.
pub(crate) fn lay_out(
    press: &Press<'_>,
    cover: bool,
    progress: &dyn Progress,
) -> Warned<SourceResult<PagedDocument>> {
    let mut sink = Sink::new();
    let output = evaluate(press, &mut sink)
        .and_then(|content| settle(press, Stretches::cut(&content), cover, progress, &mut sink));
    Warned { output, warnings: sink.warnings() }
}

fn evaluate(press: &Press<'_>, sink: &mut Sink) -> SourceResult<Content> {
    let (world, route, traced): (&dyn World, _, _) = (press, Route::default(), Traced::default());
    let template = press.template();
    let module = typst_eval::eval(
        world.track(),
        world.library(),
        traced.track(),
        sink.track_mut(),
        route.track(),
        template,
    );
    module.map(Module::content)
}

/// Lays out stretches until nothing changes any more.
fn settle(
    press: &Press<'_>,
    mut book: Stretches,
    cover: bool,
    progress: &dyn Progress,
    sink: &mut Sink,
) -> SourceResult<PagedDocument> {
    let large = book.is_large();
    let mut known: Arc<dyn Introspector> = Arc::new(EmptyIntrospector);
    let mut attempt = 1;
    loop {
        let mut nth = 0;
        let mut update = |stretch: &mut Stretch| {
            nth += 1;
            if stretch.fits(&*known) {
                return Ok(());
            }
            let laid = stretch.lay_out(press, nth, &*known);
            if large {
                // What layout remembers is as large as the pages, and of no use to the next stretch.
                comemo::evict(0);
            }
            laid
        };
        let steps = book.portions.len();
        update(&mut book.front)?;
        for (done, portion) in book.portions.iter_mut().enumerate() {
            if attempt == 1 {
                progress.report(Stage::Layout, done, steps);
            }
            update(portion)?;
        }
        let pages = book.texts().map(|stretch| stretch.pages().len()).sum::<usize>();
        let bare = usize::from(cover).min(pages);
        book.set_margins(pages - bare);
        update(&mut book.margins)?;
        let document = book.document(bare);
        known = Arc::<PagedIntrospector>::clone(document.introspector());
        let settled = book.all().all(|stretch| stretch.fits(&*known));
        if !settled && attempt < ATTEMPTS {
            attempt += 1;
            continue;
        }
        for laid in book.into_laid() {
            sink.extend_from_sink(laid.sink);
        }
        if !settled {
            sink.warn(warning!(Span::detached(), "page numbers did not settle"));
        }
        progress.report(Stage::Layout, steps, steps);
        let delayed = sink.delayed();
        return if delayed.is_empty() { Ok(document) } else { Err(delayed) };
    }
}

/// The stretches of a book, in the order of their pages but for the margins.
struct Stretches {
    front: Stretch,
    portions: Vec<Stretch>,
    margins: Stretch,
    /// What stands in the margins of each page, and its styles.
    margin: (Content, Vec<Styles>),
}

impl Stretches {
    /// Cuts what the template makes: styles one in the other, in the innermost but one the book with
    /// the places of portions, in the innermost what is for the margins.
    fn cut(content: &Content) -> Self {
        let (mut styles, mut parts, mut rest) = (Vec::new(), Vec::new(), content.clone());
        loop {
            if let Some(styled) = rest.to_packed::<StyledElem>() {
                styles.push(styled.styles.clone());
                rest = styled.child.clone();
                continue;
            }
            let Some(sequence) = rest.to_packed::<SequenceElem>() else { break };
            let Some((last, before)) = sequence.children.split_last() else { break };
            if !last.is::<StyledElem>() && !last.is::<SequenceElem>() {
                break;
            }
            for child in before {
                child.sequence_recursive_for_each(&mut |part| parts.push(part.clone()));
            }
            rest = last.clone();
        }
        let margin = (rest, styles.clone());
        styles.pop();
        let begins =
            |part: &Content| part.label().is_some_and(|label| label.resolve().as_str() == PORTION);
        let mut stretches = vec![Vec::new()];
        for part in parts {
            if begins(&part) {
                stretches.push(Vec::new());
            } else if let Some(stretch) = stretches.last_mut() {
                stretch.push(part);
            }
        }
        let mut stretches = stretches.into_iter().map(|parts| {
            // Between the lines of the template there is nothing but space.
            let empty =
                parts.iter().all(|part| part.is::<SpaceElem>() || part.is::<ParbreakElem>());
            Stretch::new(if empty {
                Content::empty()
            } else {
                styled(Content::sequence(parts), &styles)
            })
        });
        let front = stretches.next().unwrap_or_default();
        Self { front, portions: stretches.collect(), margins: Stretch::default(), margin }
    }

    fn is_large(&self) -> bool {
        self.portions.len() > 1
    }

    /// Sees to it that there are margins for so many pages.
    fn set_margins(&mut self, pages: usize) {
        let (margin, styles) = &self.margin;
        let breaks = std::iter::repeat_n(PagebreakElem::new().pack(), pages.saturating_sub(1));
        let all = Content::sequence(std::iter::once(margin.clone()).chain(breaks));
        let content = if pages == 0 { Content::empty() } else { styled(all, styles) };
        if content != self.margins.content {
            self.margins = Stretch::new(content);
        }
    }

    /// Puts together what is laid out. The first pages, so many as are `bare`, have no margins.
    fn document(&self, bare: usize) -> PagedDocument {
        let mut pages: Vec<Page> = self.texts().flat_map(Stretch::pages).cloned().collect();
        for (page, margins) in pages.iter_mut().skip(bare).zip(self.margins.pages()) {
            // Beside the text, which is not copied for it.
            let mut whole = Frame::hard(page.frame.size());
            whole.push_frame(Point::zero(), page.frame.clone());
            whole.push_frame(Point::zero(), margins.frame.clone());
            page.frame = whole;
        }
        for (number, page) in (1..).zip(&mut pages) {
            page.number = number;
        }
        let info = self.texts().find_map(|stretch| Some(stretch.laid.as_ref()?.info.clone()));
        PagedDocument::new(pages.into(), info.unwrap_or_default())
    }

    /// Those that make the pages.
    fn texts(&self) -> impl Iterator<Item = &Stretch> {
        std::iter::once(&self.front).chain(&self.portions)
    }

    fn all(&self) -> impl Iterator<Item = &Stretch> {
        self.texts().chain(std::iter::once(&self.margins))
    }

    fn into_laid(self) -> impl Iterator<Item = Laid> {
        let stretches = std::iter::once(self.front).chain(self.portions);
        stretches.chain(std::iter::once(self.margins)).filter_map(|stretch| stretch.laid)
    }
}

fn styled(content: Content, styles: &[Styles]) -> Content {
    let inwards = styles.iter().rev();
    inwards.fold(content, |content, styles| content.styled_with_map(styles.clone()))
}

/// What is laid out as one.
#[derive(Default)]
struct Stretch {
    content: Content,
    laid: Option<Laid>,
}

/// A stretch laid out.
struct Laid {
    pages: Vec<Page>,
    info: DocumentInfo,
    /// What it asked about the book as a whole, and was told.
    asked: Constraint<<dyn Introspector as Track>::Call>,
    sink: Sink,
}

impl Stretch {
    fn new(content: Content) -> Self {
        Self { content, laid: None }
    }

    /// Whether nothing is to be laid out anew where `known` is what is known of the book.
    fn fits(&self, known: &dyn Introspector) -> bool {
        self.content.is_empty() || self.laid.as_ref().is_some_and(|laid| laid.asked.validate(known))
    }

    fn pages(&self) -> &[Page] {
        self.laid.as_ref().map_or(&[], |laid| &laid.pages)
    }

    /// Lays it out; `nth` tells its places from those of the other stretches.
    fn lay_out(
        &mut self,
        press: &Press<'_>,
        nth: usize,
        known: &dyn Introspector,
    ) -> SourceResult<()> {
        // Gone before the next ones come.
        self.laid = None;
        let world: &dyn World = press;
        let library = world.library();
        let base = StyleChain::new(&library.styles);
        let target = TargetElem::target.set(Target::Paged).wrap();
        let (asked, traced, mut sink) = (Constraint::new(), Traced::default(), Sink::new());
        let mut engine = Engine {
            library,
            world: world.track(),
            introspector: Protected::new(known.track_with(&asked)),
            traced: traced.track(),
            sink: sink.track_mut(),
            route: Route::default(),
        };
        let place = Locator::root().split().next(&nth);
        let document =
            layout_document_for_bundle(&mut engine, &self.content, place, base.chain(&target))?;
        let info = document.info().clone();
        let mut pages = document.pages().to_vec();
        for page in &mut pages {
            page.frame = compact(&page.frame);
        }
        self.laid = Some(Laid { pages, info, asked, sink });
        Ok(())
    }
}
