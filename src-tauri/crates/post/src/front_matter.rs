//! Reads the front matter. Never writes it.
//!
//! Valid YAML is read as a whole. What YAML refuses is read key by key instead, so that one wrong
//! line costs no more than itself; what is odd is told with its line and the reason.

mod lines;
#[cfg(test)]
mod tests;
mod values;

use std::collections::HashMap;

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use crate::{Diagnostic, DiagnosticCode, Span};

/// Longest front matter that is given to the YAML parser, in bytes. It takes time that grows faster
/// than the text where a text is made for that; real front matters have a few hundred bytes.
const MAX_YAML_BYTES: usize = 64 * 1024;

/// Most aliases (`*name`) that are followed. Eight that multiply each other expand to some twenty
/// times the text, a few dozen to more than any memory holds.
const MAX_ALIASES: usize = 8;

/// Most lists and tables within one another; the parser's time grows with their square.
const MAX_DEPTH: usize = 100;

/// Most lines of one front matter that are told of singly.
const MAX_PROBLEMS: usize = 10;

/// What a post says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// From the opening `---` to the end of the closing line, line ending included.
    pub span: Span,
    /// `title`
    pub title: Option<String>,
    /// `author`; several are joined by commas.
    pub author: Option<String>,
    /// `date`, without its time, as written: no time zone moves it.
    pub date: Option<Date>,
    /// `tags` and `tag`, in whichever form they are written.
    pub tags: Vec<String>,
    /// `categories` and `category`, in whichever form they are written.
    pub categories: Vec<String>,
    /// All keys and values. Where the YAML is not valid, those that can be read singly; the value of a
    /// wrong line is its text. Empty for TOML.
    pub values: Mapping,
}

/// Something odd: its line in the front matter's text from zero, its kind, and the reason.
type Problem = (usize, DiagnosticCode, String);

/// Reads the front matter a text begins with, after a byte order mark if there is one.
pub(crate) fn read(
    text: &str,
    from: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FrontMatter> {
    let opening = text.get(from..)?.split_inclusive('\n').next()?;
    let mark = opening.trim_end();
    if !matches!(mark, "---" | "+++") {
        return None;
    }
    let start = from + opening.len();
    let rest = text.get(start..)?;
    let mut tell = |line, code, message: String| {
        diagnostics.push(Diagnostic { line, code, message });
    };
    let closes = |line: &str| match line.trim_end() {
        "..." => mark == "---",
        line => line == mark,
    };
    let mut end = start;
    let Some(close) = rest.split_inclusive('\n').find(|line| {
        end += line.len();
        closes(line)
    }) else {
        if lines::begins_with_key(rest) {
            let message =
                format!("front matter opens with `{mark}` and is never closed; read as text");
            tell(1, DiagnosticCode::FrontMatterOpen, message);
        }
        return None;
    };
    let inside = text.get(start..end - close.len())?;
    let mut problems = Vec::new();
    let mut front = if mark == "+++" {
        toml(inside, &mut problems)?
    } else if lines::is_front_matter(inside) {
        yaml(inside, &mut problems)
    } else {
        let message = "the `---` at the top is read as a rule, as no `key: value` follows; Jekyll \
                       takes what follows for front matter";
        tell(1, DiagnosticCode::FrontMatterRule, message.to_owned());
        return None;
    };
    front.span = from..end;
    problems.sort_by_key(|(line, ..)| *line);
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    for (line, code, message) in problems.drain(..problems.len() - more) {
        tell(line + 2, code, message);
    }
    if let Some((line, code, _)) = problems.first() {
        tell(line + 2, *code, format!("{more} more lines of the front matter are odd"));
    }
    Some(front)
}

fn yaml(inside: &str, problems: &mut Vec<Problem>) -> FrontMatter {
    let values = mapping(inside, problems);
    let keys = lines::keys(inside);
    for key in keys.values().filter(|key| key.odd) {
        let message = format!(
            "the key `{}` holds a character that cannot be seen; other programs do not find it",
            key.name
        );
        problems.push((key.line, DiagnosticCode::FrontMatterKey, message));
    }
    let find = |name: &str| {
        let exact = values.get(name);
        exact.or_else(|| values.iter().find(|(key, _)| lines::is_key(key, name)).map(|(_, v)| v))
    };
    let place = |name: &str| keys.get(name).map_or((0, ""), |key| (key.line, key.value));
    let mut front = FrontMatter {
        span: 0..0,
        title: None,
        author: find("author").and_then(values::author),
        date: None,
        tags: values::list(find("tags"), find("tag")),
        categories: values::list(find("categories"), find("category")),
        values: Mapping::new(),
    };
    if let Some(title) = find("title") {
        let (line, raw) = place("title");
        front.title = values::text(title, raw);
        if values::is_structure(title) {
            let message =
                format!("the title `{raw}` is no text to YAML; put it in quotes: title: \"{raw}\"");
            problems.push((line, DiagnosticCode::FrontMatterValue, message));
        }
    }
    if let Some(date) = find("date") {
        let (line, raw) = place("date");
        let (read, problem) = values::date(date, raw);
        front.date = read;
        problems.extend(problem.map(|message| (line, DiagnosticCode::FrontMatterDate, message)));
    }
    front.values = values;
    front
}

/// Tells why a text is not given to the YAML parser, if it would take time or memory without bounds:
/// "is …" or "has …". Holds for any YAML that others may have written.
pub fn yaml_refusal(text: &str) -> Option<&'static str> {
    if text.len() > MAX_YAML_BYTES {
        Some("is too long for YAML")
    } else if lines::aliases(text) > MAX_ALIASES {
        Some("has too many aliases (`*name`)")
    } else if lines::depth(text) > MAX_DEPTH {
        Some("is nested too deeply")
    } else {
        None
    }
}

/// Reads keys and values, as a whole or else singly.
fn mapping(inside: &str, problems: &mut Vec<Problem>) -> Mapping {
    if let Some(reason) = yaml_refusal(inside) {
        let message = format!("front matter {reason}; only values on a line of their own are read");
        problems.push((0, DiagnosticCode::FrontMatter, message));
        return lines::chunks(inside).filter_map(|chunk| lines::raw(chunk.text)).collect();
    }
    let mut invalid = |line, reason: &str| {
        let message = format!("front matter is not valid YAML: {reason}");
        problems.push((line, DiagnosticCode::FrontMatter, message));
    };
    let error = match serde_yaml::from_str::<Value>(inside) {
        Ok(Value::Mapping(values)) => return values,
        Ok(Value::Null) => return Mapping::new(),
        Ok(_) => None,
        Err(error) => Some(error),
    };
    let mut values = Mapping::new();
    let mut found: HashMap<Value, usize> = HashMap::new();
    let mut told = false;
    for chunk in lines::chunks(inside) {
        let read: Vec<(Value, Value)> = match serde_yaml::from_str::<Value>(chunk.text) {
            Ok(Value::Mapping(read)) => read.into_iter().collect(),
            Ok(Value::Null) => continue,
            read => {
                let (line, reason) = lines::reason(chunk.text, read.err().as_ref());
                invalid(chunk.line + line, &reason);
                told = true;
                lines::raw(chunk.text).into_iter().collect()
            }
        };
        for (key, value) in read {
            if let Some(first) = found.insert(key.clone(), chunk.line) {
                let name = key.as_str().unwrap_or("?");
                let first = first + 2;
                invalid(
                    chunk.line,
                    &format!(
                        "the key `{name}` stands in line {first} already; the last one counts, as \
                         in Jekyll"
                    ),
                );
                told = true;
            }
            values.insert(key, value);
        }
    }
    if !told {
        // Each key is right by itself, and all together are not.
        let line = error.as_ref().and_then(serde_yaml::Error::location).map_or(1, |at| at.line());
        let reason = error.map_or_else(
            || "it is no list of keys and values".to_owned(),
            |error| lines::without_place(&error.to_string()),
        );
        invalid(line.saturating_sub(1), &reason);
    }
    values
}

/// Reads what can be read of front matter in TOML, which only Hugo and Zola take; none if it is not
/// that either.
fn toml(inside: &str, problems: &mut Vec<Problem>) -> Option<FrontMatter> {
    let pairs: HashMap<&str, (usize, &str)> = inside
        .lines()
        .enumerate()
        .filter_map(|(line, text)| {
            let (key, value) = text.split_once('=')?;
            let key = key.trim();
            let bare = !key.is_empty()
                && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
            bare.then_some((key, (line, value.trim())))
        })
        .collect();
    if pairs.is_empty() && !inside.trim().is_empty() {
        return None;
    }
    let message = "front matter is TOML, which Jekyll does not read; only title, author, date, tags \
                   and categories are taken from it";
    problems.push((0, DiagnosticCode::FrontMatterToml, message.to_owned()));
    // Strings and lists on one line are the same in both.
    let find = |name: &str| {
        let (_, value) = pairs.get(name).filter(|(_, value)| yaml_refusal(value).is_none())?;
        serde_yaml::from_str::<Value>(value).ok()
    };
    let raw = |name: &str| pairs.get(name).copied().unwrap_or_default();
    let mut front = FrontMatter {
        span: 0..0,
        title: find("title").and_then(|title| values::text(&title, raw("title").1)),
        author: find("author").as_ref().and_then(values::author),
        date: None,
        tags: values::list(find("tags").as_ref(), find("tag").as_ref()),
        categories: values::list(find("categories").as_ref(), find("category").as_ref()),
        values: Mapping::new(),
    };
    if let Some(date) = find("date") {
        let (line, written) = raw("date");
        let (read, problem) = values::date(&date, written);
        front.date = read;
        problems.extend(problem.map(|message| (line, DiagnosticCode::FrontMatterDate, message)));
    }
    Some(front)
}
