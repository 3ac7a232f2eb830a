//! What values mean, in whichever of YAML's forms they are written.

use jiff::civil::Date;
use serde_yaml::Value;

use crate::dates;

/// Returns a value as text: `raw`, its text in the file, where YAML makes something else of it.
pub(super) fn text(value: &Value, raw: &str) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim(),
        // YAML makes 1.1 of 1.10, and of `[정보]` a list.
        Value::Number(_) | Value::Bool(_) | Value::Sequence(_) | Value::Mapping(_) => raw.trim(),
        Value::Tagged(tagged) => return self::text(&tagged.value, raw),
        Value::Null => "",
    };
    (!text.is_empty()).then(|| text.to_owned())
}

/// Tells whether YAML reads a list or a table.
pub(super) fn is_structure(value: &Value) -> bool {
    matches!(value, Value::Sequence(_) | Value::Mapping(_))
}

/// Returns the author: a name, several, or a table with a `name`.
pub(super) fn author(value: &Value) -> Option<String> {
    let names = match value {
        Value::Sequence(authors) => {
            authors.iter().filter_map(author).collect::<Vec<_>>().join(", ")
        }
        Value::Mapping(author) => return self::author(author.get("name")?),
        value => scalar(value)?,
    };
    (!names.is_empty()).then_some(names)
}

/// Returns a list that may be written as one (`[a, b]`), as words (`tags: a b`, `tags: a, b`), or as
/// a single one (`tag: a`).
pub(super) fn list(plural: Option<&Value>, singular: Option<&Value>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |word: &str| {
        let word = word.trim().trim_matches(['"', '\'']).trim();
        if !word.is_empty() && !all.iter().any(|other| other == word) {
            all.push(word.to_owned());
        }
    };
    for (value, is_plural) in [(plural, true), (singular, false)] {
        match value {
            Some(Value::Sequence(items)) => {
                for item in items.iter().filter_map(scalar) {
                    add(&item);
                }
            }
            Some(value) => {
                let text = scalar(value).unwrap_or_default();
                // Left over from a list that YAML refuses.
                let text = text.trim_start_matches('[').trim_end_matches(']');
                if text.contains(',') {
                    text.split(',').for_each(&mut add);
                } else if is_plural {
                    text.split_whitespace().for_each(&mut add);
                } else {
                    add(text);
                }
            }
            None => {}
        }
    }
    all
}

/// Returns the calendar date a value begins with, as it is written there, and what is wrong with it.
pub(super) fn date(value: &Value, raw: &str) -> (Option<Date>, Option<String>) {
    let Some(text) = text(value, raw) else { return (None, None) };
    let Some(date) = dates::leading(&text) else {
        let message = format!("`{text}` is no date; write it as 2025-04-09");
        return (None, Some(message));
    };
    let time = text.split_once(':').map(|(before, after)| {
        let hour = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let mut parts = after.split(':').map(|part| {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            part.get(..digits).unwrap_or_default()
        });
        [Some(hour), parts.next(), parts.next()]
    });
    let within = |part: Option<&str>, most: u32| {
        part.is_none_or(|digits| digits.parse().is_ok_and(|number: u32| number <= most))
    };
    let possible = time.is_none_or(|[hour, minute, second]| {
        within(hour, 23) && within(minute, 59) && within(second, 60)
    });
    let message = format!("`{text}` has no possible time; its date is used");
    (Some(date), (!possible).then_some(message))
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(bool) => Some(bool.to_string()),
        Value::Tagged(tagged) => scalar(&tagged.value),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
    }
}
