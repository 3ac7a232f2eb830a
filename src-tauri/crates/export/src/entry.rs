//! An entry as the template's input.

use typst::foundations::{Array, Dict, IntoValue as _, Value};

use crate::body::Converter;
use crate::layout;
use crate::marking::{Verdict, marked};
use crate::values::{content, dict, optional, text};
use crate::words::{self, Words};
use crate::{
    Answers, BookComparison, BookEntry, BookTerm, MOST_RULED_LINES, Models, Options, Said,
};

/// Makes the template's input for an entry.
pub(crate) fn value(
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
    let hint = hint.and_then(|hint| converter.body(hint, folder));
    let widths = layout::widths(options);
    let compared = compared(entry, options);
    let chosen = match &compared {
        Some(compared) => vec![(compared.audience, compared.model.as_str())],
        None => chosen_models(entry, &options.models),
    };
    let has_beside = options.answers != Answers::Left && !chosen.is_empty();
    if layout::is_side_by_side(options) && has_beside {
        converter.room = widths.column;
    }
    let mut variants = Array::new();
    for (audience, body) in chosen {
        let Some(body) = converter.body(body, folder) else { continue };
        let audience = audience_name(audience).map(|name| converter.inline(name, folder));
        variants.push(
            dict([("audience", audience.into_value()), ("body", content(body))]).into_value(),
        );
    }
    let (has_answer, ruled) = match options.answers {
        Answers::Printed | Answers::Compared => (true, 0),
        Answers::Ruled(lines) => (false, lines.clamp(1, MOST_RULED_LINES)),
        Answers::Left => (false, 0),
    };
    let source =
        compared.as_ref().map_or(entry.answer.as_str(), |compared| compared.answer.as_str());
    let answer = if has_answer { converter.body(source, folder) } else { None };
    converter.room = widths.page;
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
    let comparison = compared.map(|compared| outcome(compared.comparison, converter));
    dict([
        ("number", number.into_value()),
        ("question", content(question)),
        ("category", optional(converter, &categories)),
        ("about", optional(converter, &about)),
        ("hint", hint.into_value()),
        ("has-answer", (has_answer || ruled > 0).into_value()),
        ("ruled", i64::from(ruled).into_value()),
        ("answer", answer.into_value()),
        ("variants", variants.into_value()),
        ("sections", sections.into_value()),
        ("comparison", comparison.into_value()),
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

/// An answer and a model answer with the signs of their comparison in them.
struct Compared<'a> {
    audience: Option<&'a str>,
    answer: String,
    model: String,
    comparison: &'a BookComparison,
}

fn compared<'a>(entry: &'a BookEntry, options: &Options) -> Option<Compared<'a>> {
    let comparison = entry.comparison.as_ref().filter(|_| options.answers == Answers::Compared)?;
    let (audience, model) = entry.variants.get(comparison.variant)?;
    let verdict = |term: &BookTerm| match term.said {
        Said::Said => Verdict::Said,
        Said::Partly => Verdict::Partly,
        Said::Missing => Verdict::Missing,
    };
    let mut in_answer = Vec::new();
    let mut in_model = Vec::new();
    for term in &comparison.terms {
        in_answer.extend(term.in_answer.iter().map(|range| (range.clone(), verdict(term))));
        in_model.extend(term.in_model.iter().map(|range| (range.clone(), verdict(term))));
    }
    in_model.extend(comparison.unsaid.iter().map(|range| (range.clone(), Verdict::Unsaid)));
    Some(Compared {
        audience: audience.as_deref(),
        answer: marked(&entry.answer, &in_answer),
        model: marked(model, &in_model),
        comparison,
    })
}

/// The lists under a comparison.
fn outcome(comparison: &BookComparison, converter: &mut Converter<'_>) -> Dict {
    let mut terms = |said: Said| -> Value {
        let named = comparison.terms.iter().filter(|term| term.said == said);
        named.map(|term| text(converter, &term.term)).collect::<Array>().into_value()
    };
    let (said, partly, missing) = (terms(Said::Said), terms(Said::Partly), terms(Said::Missing));
    let differences: Array = comparison
        .differences
        .iter()
        .map(|(model, answer)| {
            let pair = [text(converter, model), text(converter, answer)];
            pair.into_iter().collect::<Array>().into_value()
        })
        .collect();
    dict([
        ("said", said),
        ("partly", partly),
        ("missing", missing),
        ("differences", differences.into_value()),
    ])
}
