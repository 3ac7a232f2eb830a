//! A book as Typst's input, laid out and written.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ecow::EcoString;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Array, Content, Datetime, Dict, IntoValue, Smart, Str, Value};
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;

use crate::body::Converter;
use crate::fonts::printable;
use crate::notes::{Notes, Omission};
use crate::words::{self, Words};
use crate::world::{Press, Stopped};
use crate::{Book, BookEntry, ExportError, Options, Pdf, Preview, Progress, Stage};

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
    let bytes = write(&document, &mut notes)?;
    let pages = document.pages().len();
    drop(document);
    comemo::evict(0);
    progress.report(Stage::Write, 1, 1);
    Ok(Pdf { bytes, pages, omissions: notes.finish() })
}

pub(crate) fn preview(
    book: &Book,
    options: &Options,
    pages: Range<usize>,
    pixels_per_point: f64,
    progress: &dyn Progress,
) -> Result<Preview, ExportError> {
    let mut notes = Notes::new(options.language);
    let document = lay_out(book, options, &mut notes, progress)?;
    let all = document.pages();
    let range = pages.start.min(all.len())..pages.end.min(all.len());
    let chosen = all.get(range).unwrap_or_default();
    let render = RenderOptions {
        pixel_per_pt: Scalar::new(pixels_per_point.clamp(0.05, 8.0)),
        ..RenderOptions::default()
    };
    let mut pictures = Vec::with_capacity(chosen.len());
    for (index, page) in chosen.iter().enumerate() {
        if progress.cancelled() {
            return Err(ExportError::Cancelled);
        }
        progress.report(Stage::Write, index, chosen.len());
        let picture = typst_render::render(page, &render)
            .encode_png()
            .map_err(|error| ExportError::Write { message: error.to_string() })?;
        pictures.push(picture);
    }
    progress.report(Stage::Write, chosen.len(), chosen.len());
    comemo::evict(REMEMBERED);
    Ok(Preview { pages: all.len(), pictures, omissions: notes.finish() })
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
    progress.report(Stage::Layout, 0, 1);
    let press = Press::new(content).stopped_by(progress);
    let compiled = catch_unwind(AssertUnwindSafe(|| typst::compile::<PagedDocument>(&press)));
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
    progress.report(Stage::Layout, 1, 1);
    if progress.cancelled() {
        return Err(ExportError::Cancelled);
    }
    Ok(document)
}

/// Writes the file as PDF/UA-1; what keeps a book from that is noted, not a reason to fail.
fn write(document: &PagedDocument, notes: &mut Notes) -> Result<Vec<u8>, ExportError> {
    let options = |standards| PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Dapanji".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    let failed = |errors: &[SourceDiagnostic]| ExportError::Write { message: messages(errors) };
    let accessible = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| ExportError::Write { message: error.message().to_string() })?;
    match typst_pdf::pdf(document, &options(accessible)) {
        Ok(bytes) => Ok(bytes),
        Err(reasons) => {
            let bytes = typst_pdf::pdf(document, &options(PdfStandards::default()))
                .map_err(|errors| failed(&errors))?;
            notes.at(String::new());
            notes.add(Omission::Standard(&messages(&reasons)));
            Ok(bytes)
        }
    }
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
    if entries == 0 {
        return Err(ExportError::Empty);
    }
    let language = options.language;
    let words = words::words(language);
    let mut converter = Converter::new(&options.root, notes);
    let mut days = Array::new();
    let mut done = 0;
    for day in book.days.iter().filter(|day| !day.entries.is_empty()) {
        let mut list = Array::new();
        for entry in &day.entries {
            if progress.cancelled() {
                return Err(ExportError::Cancelled);
            }
            progress.report(Stage::Convert, done, entries);
            list.push(entry_value(entry, options, words, &mut converter).into_value());
            done += 1;
        }
        converter.notes.at(String::new());
        let long = day.date.map(|date| words::long_date(language, date));
        let short = day.date.map(|date| words::short_date(language, date));
        days.push(
            dict([
                ("label", text(&mut converter, long.as_deref().unwrap_or(words.undated))),
                ("short", text(&mut converter, short.as_deref().unwrap_or(words.undated))),
                ("entries", list.into_value()),
            ])
            .into_value(),
        );
    }
    progress.report(Stage::Convert, entries, entries);

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
        ("side-by-side", options.side_by_side.into_value()),
        ("days", days.into_value()),
    ]))
}

fn entry_value(
    entry: &BookEntry,
    options: &Options,
    words: &Words,
    converter: &mut Converter<'_>,
) -> Dict {
    let number = words::number(options.language, entry.number);
    converter.notes.at(format!("{}, {number}", entry.post));
    let folder = entry.folder.as_path();
    let question = entry.question.trim();
    let question = match question {
        "" => converter.plain(words.untitled),
        _ => converter.inline(question, folder),
    };
    let categories = entry.categories.join(", ");
    let topic = entry.topic.as_deref().map(str::trim).filter(|topic| !topic.is_empty());
    let about = match topic {
        Some(topic) if categories.is_empty() => topic.to_owned(),
        Some(topic) => format!("{categories} · {topic}"),
        None => categories.clone(),
    };
    let hint = entry.hint.as_deref().filter(|_| options.hints);
    let mut variants = Array::new();
    for (audience, body) in entry.variants.iter().filter(|_| options.models) {
        let Some(body) = converter.body(body, folder) else { continue };
        let audience = audience.as_deref().map(|name| name.trim().trim_matches(['[', ']']));
        let audience = audience.map(str::trim).filter(|name| !name.is_empty());
        let audience = audience.map(|name| converter.inline(name, folder));
        variants.push(
            dict([("audience", audience.into_value()), ("body", content(body))]).into_value(),
        );
    }
    let mut sections = Array::new();
    for (title, body) in entry.sections.iter().filter(|_| options.sections) {
        let title = Some(title.trim()).filter(|title| !title.is_empty());
        let title = title.map(|title| converter.inline(title, folder));
        let body = converter.body(body, folder);
        if title.is_some() || body.is_some() {
            sections.push(
                dict([("title", title.into_value()), ("body", body.into_value())]).into_value(),
            );
        }
    }
    let answer = if options.answers { converter.body(&entry.answer, folder) } else { None };
    dict([
        ("number", number.into_value()),
        ("question", content(question)),
        ("category", optional(converter, &categories)),
        ("about", optional(converter, &about)),
        ("hint", hint.and_then(|hint| converter.body(hint, folder)).into_value()),
        ("ruled", (!options.answers).into_value()),
        ("answer", answer.into_value()),
        ("variants", variants.into_value()),
        ("sections", sections.into_value()),
    ])
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
    let days: Vec<_> = book.days.iter().filter(|day| !day.entries.is_empty()).collect();
    let dates = || days.iter().filter_map(|day| day.date);
    if let (Some(first), Some(last)) = (dates().min(), dates().max()) {
        rows.push((words.range, words::date_range(language, first, last)));
    }
    let entries = || days.iter().flat_map(|day| &day.entries);
    let answered = entries().filter(|entry| !entry.answer.trim().is_empty()).count();
    rows.push((words.amount, words::amount(language, days.len(), entries().count(), answered)));
    let mut categories: Vec<&str> = Vec::new();
    for category in entries().flat_map(|entry| &entry.categories) {
        if !categories.contains(&category.as_str()) {
            categories.push(category);
        }
    }
    if !categories.is_empty() {
        rows.push((words.categories, categories.join(", ")));
    }
    rows.push((words.printed, words::short_date(language, book.date)));
    rows
}

fn dict<const N: usize>(pairs: [(&str, Value); N]) -> Dict {
    pairs.into_iter().map(|(key, value)| (Str::from(key), value)).collect()
}

fn content(content: Content) -> Value {
    Value::Content(content)
}

fn text(converter: &mut Converter<'_>, text: &str) -> Value {
    content(converter.plain(text))
}

fn optional(converter: &mut Converter<'_>, value: &str) -> Value {
    if value.is_empty() { Value::None } else { text(converter, value) }
}

/// Text for the metadata, where there are no fonts but the same characters are shown.
fn string(converter: &mut Converter<'_>, text: &str) -> Value {
    let mut text = printable(text, converter.notes);
    text.truncate(text.floor_char_boundary(2000));
    EcoString::from(text).into_value()
}
