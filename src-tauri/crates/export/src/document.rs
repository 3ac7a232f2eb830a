//! A book as Typst's input, laid out and written.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Array, Datetime, Dict, IntoValue, Smart, Value};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::article;
use crate::body::Converter;
use crate::entry;
use crate::layout;
use crate::notes::{Notes, Omission};
use crate::pages;
use crate::values::{dict, string, text};
use crate::words::{self, Words};
use crate::world::{Press, Stopped};
use crate::{
    Book, BookArticle, BookDay, Columns, ExportError, Options, Pdf, Progress, Stage, Totals,
};

/// Level of the heading of a part, in a book of one post.
const PART_LEVEL: usize = 3;
/// How many previews Typst's memory of earlier layouts lives on, so that a changed option
/// doesn't lay out everything anew.
pub(crate) const REMEMBERED: usize = 2;

pub(crate) fn typeset(
    book: &Book,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Pdf, ExportError> {
    let mut notes = Notes::new(options.language);
    let document = lay_out(book, options, &mut notes, progress)?;
    progress.report(Stage::Write, 0, 1);
    // What layout remembers is as large as its result, and writing needs none of it.
    comemo::evict(0);
    let bytes = write(&document, options.archive, &mut notes)?;
    let pages = document.pages().len();
    drop(document);
    comemo::evict(0);
    progress.report(Stage::Write, 1, 1);
    Ok(Pdf { bytes, pages, omissions: notes.finish() })
}

pub(crate) fn lay_out(
    book: &Book,
    options: &Options,
    notes: &mut Notes,
    progress: &dyn Progress,
) -> Result<PagedDocument, ExportError> {
    let content = convert(book, options, notes, progress)?;
    if progress.cancelled() {
        return Err(ExportError::Cancelled);
    }
    let press = Press::new(content).stopped_by(progress);
    let compiled =
        catch_unwind(AssertUnwindSafe(|| pages::lay_out(&press, options.cover, progress)));
    let done = match compiled {
        Ok(done) => done,
        Err(panic) if panic.is::<Stopped>() => return Err(ExportError::Cancelled),
        Err(panic) => resume_unwind(panic),
    };
    for warning in &done.warnings {
        tracing::debug!(message = %warning.message, "typst warns");
    }
    let document =
        done.output.map_err(|errors| ExportError::Layout { message: messages(&errors) })?;
    if progress.cancelled() {
        return Err(ExportError::Cancelled);
    }
    Ok(document)
}

/// Writes the file as PDF/UA-1, and as PDF/A-2b if it is to be an archive; what keeps a book from
/// one of them is noted, not a reason to fail.
fn write(
    document: &PagedDocument,
    archive: bool,
    notes: &mut Notes,
) -> Result<Vec<u8>, ExportError> {
    let ua = ("PDF/UA-1", PdfStandard::Ua_1);
    let a = ("PDF/A-2b", PdfStandard::A_2b);
    let attempts: &[&[(&str, PdfStandard)]] =
        if archive { &[&[ua, a], &[ua], &[a], &[]] } else { &[&[ua], &[]] };
    let wanted = attempts.first().copied().unwrap_or_default();
    let mut reasons: Option<String> = None;
    for standards in attempts {
        let list: Vec<PdfStandard> = standards.iter().map(|(_, standard)| *standard).collect();
        let standards_of_file = PdfStandards::new(&list)
            .map_err(|error| ExportError::Write { message: error.message().to_string() })?;
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some("Dapanji".to_owned())),
            standards: standards_of_file,
            ..PdfOptions::default()
        };
        match typst_pdf::pdf(document, &options) {
            Ok(bytes) => {
                notes.at(String::new());
                let met = |name: &str| standards.iter().any(|(other, _)| *other == name);
                for (name, _) in wanted.iter().filter(|(name, _)| !met(name)) {
                    notes.add(Omission::Standard(name, reasons.as_deref().unwrap_or_default()));
                }
                return Ok(bytes);
            }
            Err(errors) => reasons = Some(reasons.unwrap_or_else(|| messages(&errors))),
        }
    }
    Err(ExportError::Write { message: reasons.unwrap_or_default() })
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    let texts: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    texts.join("; ")
}

/// Makes the template's input; its keys are what `template.typ` reads.
pub(crate) fn convert(
    book: &Book,
    options: &Options,
    notes: &mut Notes,
    progress: &dyn Progress,
) -> Result<Dict, ExportError> {
    let entries: usize = book.days.iter().map(|day| day.entries.len()).sum();
    let steps = entries + book.articles.len();
    if steps == 0 {
        return Err(ExportError::Empty);
    }
    let language = options.language;
    let words = words::words(language);
    // Posts are a level of their own where there are several.
    let offset = usize::from(book.days.iter().any(|day| day.post.is_some()));
    if options.columns == Columns::Two && !layout::is_side_by_side(options) {
        notes.add(Omission::NarrowColumns);
    }
    let mut converter = Converter::new(options, PART_LEVEL + 1 + offset, notes);
    let mut portions = Portions::of(book);
    let mut last_post = None;
    let mut days = Array::new();
    let mut done = 0;
    for day in book.days.iter().filter(|day| !day.entries.is_empty()) {
        let mut list = Array::new();
        for entry in &day.entries {
            if progress.cancelled() {
                return Err(ExportError::Cancelled);
            }
            progress.report(Stage::Convert, done, steps);
            list.push(entry::value(entry, options, words, &mut converter).into_value());
            done += 1;
        }
        converter.notes.at(String::new());
        let same_post = last_post.replace(&day.post) == Some(&day.post);
        let long = day.date.map(|date| words::long_date(language, date));
        let short = day.date.map(|date| words::short_date(language, date));
        days.push(
            dict([
                (
                    "post",
                    match &day.post {
                        Some(title) => text(&mut converter, title),
                        None => Value::None,
                    },
                ),
                ("label", text(&mut converter, long.as_deref().unwrap_or(words.undated))),
                ("short", text(&mut converter, short.as_deref().unwrap_or(words.undated))),
                ("begins-portion", portions.begins(day.bytes(), !same_post).into_value()),
                ("entries", list.into_value()),
                ("sections", Array::new().into_value()),
            ])
            .into_value(),
        );
    }
    for one in &book.articles {
        if progress.cancelled() {
            return Err(ExportError::Cancelled);
        }
        progress.report(Stage::Convert, done, steps);
        let begins = portions.begins(one.bytes(), true);
        days.push(article::value(one, begins, options, words, &mut converter).into_value());
        done += 1;
    }
    progress.report(Stage::Convert, steps, steps);

    let title = if book.title.trim().is_empty() { words.untitled } else { book.title.trim() };
    let author = book.author.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let cover = cover_rows(book, options, words, author);
    let cover: Array = cover
        .into_iter()
        .map(|(label, value)| {
            [text(&mut converter, label), text(&mut converter, &value)]
                .into_iter()
                .collect::<Array>()
        })
        .map(IntoValue::into_value)
        .collect();
    let labels = dict([
        ("contents", text(&mut converter, words.contents)),
        ("answer", text(&mut converter, words.answer)),
        ("model", text(&mut converter, words.model)),
        ("hint", text(&mut converter, words.hint)),
        ("no-answer", text(&mut converter, words.no_answer)),
        ("said", text(&mut converter, words.said)),
        ("partly", text(&mut converter, words.partly)),
        ("missing", text(&mut converter, words.missing)),
        ("differs", text(&mut converter, words.differs)),
        ("wording-only", text(&mut converter, words.wording_only)),
    ]);
    let date = Datetime::from_ymd(
        i32::from(book.date.year()),
        book.date.month().unsigned_abs(),
        book.date.day().unsigned_abs(),
    );
    Ok(dict([
        ("language", words.tag.into_value()),
        ("region", words.region.into_value()),
        ("title", text(&mut converter, title)),
        ("title-text", string(&mut converter, title)),
        ("author-text", author.map_or(Value::None, |name| string(&mut converter, name))),
        ("date", date.map_or(Value::None, IntoValue::into_value)),
        ("cover", cover.into_value()),
        ("labels", labels.into_value()),
        ("offset", i64::try_from(offset).unwrap_or_default().into_value()),
        ("paper", layout::paper_name(options.paper).into_value()),
        ("size", layout::text_size(options).into_value()),
        ("side-by-side", layout::is_side_by_side(options).into_value()),
        ("has-cover", options.cover.into_value()),
        ("has-contents", options.contents.into_value()),
        ("grey", options.grey.into_value()),
        ("days", days.into_value()),
    ]))
}

/// Bytes of markdown from which on a book is laid out in portions.
const LARGE: usize = 600_000;
/// Bytes of markdown after which a portion ends with the next post, and with the next day.
const FULL: (usize, usize) = (150_000, 250_000);

/// Where portions of a book begin.
pub(crate) struct Portions {
    large: bool,
    /// Bytes of the portion so far; none before the first.
    filled: Option<usize>,
}

/// Whether a book is laid out in portions.
pub(crate) fn is_large(book: &Book) -> bool {
    let days = book.days.iter().map(BookDay::bytes);
    days.chain(book.articles.iter().map(BookArticle::bytes)).sum::<usize>() > LARGE
}

impl Portions {
    pub(crate) fn of(book: &Book) -> Self {
        Self { large: is_large(book), filled: None }
    }

    /// Whether a portion begins with what has so many `bytes`, and with which a post begins or not.
    pub(crate) fn begins(&mut self, bytes: usize, post: bool) -> bool {
        let full = if post { FULL.0 } else { FULL.1 };
        let begins = self.filled.is_none_or(|filled| self.large && filled >= full);
        self.filled = Some(bytes + self.filled.filter(|_| !begins).unwrap_or(0));
        begins
    }
}

/// What stands on the cover besides the title: label and value.
fn cover_rows(
    book: &Book,
    options: &Options,
    words: &Words,
    author: Option<&str>,
) -> Vec<(&'static str, String)> {
    let language = options.language;
    let mut rows = Vec::new();
    rows.extend(author.map(|name| (words.author, name.to_owned())));
    let totals = options.totals.clone().unwrap_or_else(|| Totals::of(book));
    if let Some((first, last)) = totals.dates {
        rows.push((words.range, words::date_range(language, first, last)));
    }
    rows.push((words.amount, words::amount(language, &totals)));
    if !totals.categories.is_empty() {
        rows.push((words.categories, totals.categories.join(", ")));
    }
    rows.push((words.printed, words::short_date(language, book.date)));
    rows
}
