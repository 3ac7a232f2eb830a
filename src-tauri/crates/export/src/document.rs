//! A book as Typst's input, laid out and written.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use ecow::EcoString;
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Array, Content, Datetime, Dict, IntoValue, Smart, Str, Value};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::body::Converter;
use crate::fonts::printable;
use crate::notes::{Notes, Omission};
use crate::words::{self, Words};
use crate::world::{Press, Stopped};
use crate::{
    Answers, Book, BookEntry, Columns, ExportError, MOST_RULED_LINES, Models, Options, Paper, Pdf,
    Progress, Stage, TEXT_SIZE, TEXT_SIZES, Totals,
};

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
    if entries == 0 {
        return Err(ExportError::Empty);
    }
    let language = options.language;
    let words = words::words(language);
    let mut converter = Converter::new(options, notes);
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
        ("paper", paper_name(options.paper).into_value()),
        ("size", text_size(options).into_value()),
        ("side-by-side", (options.columns == Columns::Two).into_value()),
        ("has-cover", options.cover.into_value()),
        ("has-contents", options.contents.into_value()),
        ("grey", options.grey.into_value()),
        ("days", days.into_value()),
    ]))
}

/// Typst's name of a paper.
fn paper_name(paper: Paper) -> &'static str {
    match paper {
        Paper::A4 => "a4",
        Paper::Letter => "us-letter",
        Paper::A5 => "a5",
    }
}

/// Size of the text in points; what is no number is as usual.
fn text_size(options: &Options) -> f64 {
    let size = if options.text_size.is_finite() { options.text_size } else { TEXT_SIZE };
    size.clamp(*TEXT_SIZES.start(), *TEXT_SIZES.end())
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
    for (audience, body) in chosen_models(entry, &options.models) {
        let Some(body) = converter.body(body, folder) else { continue };
        let audience = audience_name(audience).map(|name| converter.inline(name, folder));
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
    let (has_answer, ruled) = match options.answers {
        Answers::Printed | Answers::Compared => (true, 0),
        Answers::Ruled(lines) => (false, lines.clamp(1, MOST_RULED_LINES)),
        Answers::Left => (false, 0),
    };
    let answer = if has_answer { converter.body(&entry.answer, folder) } else { None };
    dict([
        ("number", number.into_value()),
        ("question", content(question)),
        ("category", optional(converter, &categories)),
        ("about", optional(converter, &about)),
        ("hint", hint.and_then(|hint| converter.body(hint, folder)).into_value()),
        ("has-answer", (has_answer || ruled > 0).into_value()),
        ("ruled", i64::from(ruled).into_value()),
        ("answer", answer.into_value()),
        ("variants", variants.into_value()),
        ("sections", sections.into_value()),
    ])
}

/// Returns the model answers to print.
fn chosen_models<'a>(entry: &'a BookEntry, models: &Models) -> Vec<(Option<&'a str>, &'a str)> {
    let all = || entry.variants.iter().map(|(name, body)| (name.as_deref(), body.as_str()));
    match models {
        Models::Left => Vec::new(),
        Models::All => all().collect(),
        Models::For(wanted) => {
            let wanted = audience_name(Some(wanted));
            let named = |fits: &dyn Fn(&str, &str) -> bool| -> Vec<_> {
                let fits = |name| wanted.zip(audience_name(name)).is_some_and(|(w, n)| fits(n, w));
                all().filter(|(name, _)| fits(*name)).collect()
            };
            let exact = named(&|name, wanted| name == wanted);
            let found = if exact.is_empty() { named(&|n, w| n.contains(w)) } else { exact };
            if found.is_empty() { all().collect() } else { found }
        }
    }
}

/// Takes the brackets off an audience's name; `None` if nothing is left.
fn audience_name(name: Option<&str>) -> Option<&str> {
    let name = name?.trim().trim_start_matches('[').trim_end_matches(']').trim();
    (!name.is_empty()).then_some(name)
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
    let amount = words::amount(language, totals.days, totals.entries, totals.answered);
    rows.push((words.amount, amount));
    if !totals.categories.is_empty() {
        rows.push((words.categories, totals.categories.join(", ")));
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
