//! Writes the front matter of a new post after that of its sibling.

use jiff::civil::Date;

use super::text::with_plain_endings;
use crate::{Post, dates};

/// Keys that say something of the one post they stand in: its address, its changes, its summary.
const OWN_KEYS: [&str; 22] = [
    "permalink",
    "slug",
    "url",
    "id",
    "uid",
    "uuid",
    "guid",
    "redirect_from",
    "redirect_to",
    "last_modified_at",
    "last-modified-at",
    "last_modified",
    "lastmod",
    "modified",
    "modified_date",
    "updated",
    "updated_at",
    "update",
    "description",
    "excerpt",
    "summary",
    "subtitle",
];

/// Title of a first post that is given none.
const USUAL_TITLE: &str = "매일 면접 답변";

/// Returns the text of a new post without entries: the front matter of `sibling`, which should be the
/// newest post beside it, with its keys in their order and style, but for `title` and `date`, and
/// without the keys that belong to that post alone (its address, its changes, its summary).
///
/// Without a title the sibling's stays, a date in it replaced. A time in the sibling's date becomes
/// midnight, in its zone, so that the post never lies in the future. A sibling without front matter
/// gives an empty text; without a sibling there is a front matter of title and date.
pub fn new_post(sibling: Option<&Post>, date: Date, title: Option<&str>) -> String {
    let title = title.map(super::text::one_line).filter(|title| !title.is_empty());
    let Some(sibling) = sibling else {
        let title = title.unwrap_or_else(|| USUAL_TITLE.to_owned());
        return format!("---\ntitle: {}\ndate: {date}\n---\n\n", scalar(&title, None));
    };
    let first_sides = sibling.first_sides();
    let sibling = first_sides.as_ref().unwrap_or(sibling);
    let Some(front) = sibling.front_matter() else { return String::new() };
    let source = with_plain_endings(sibling.text().get(front.span.clone()).unwrap_or_default());
    let mut out = Vec::new();
    let mut skipping = false;
    let lines: Vec<&str> = source.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let is_mark = at == 0 || at + 1 == lines.len();
        let Some(key) = Key::of(line).filter(|_| !is_mark) else {
            // What is indented, or a list, goes with the key above it.
            let belongs = line.starts_with([' ', '\t', '-']) || line.trim().is_empty();
            skipping &= belongs && !is_mark;
            if !skipping {
                out.push((*line).to_owned());
            }
            continue;
        };
        skipping = OWN_KEYS.contains(&key.name.to_lowercase().as_str());
        match key.name {
            _ if skipping => {}
            "title" => {
                let old = front.title.as_deref().unwrap_or_default();
                let new = title.clone().unwrap_or_else(|| dated(old, date));
                out.push(key.with(&scalar(&new, key.value.chars().next())));
                // A value may run over several lines.
                skipping = true;
            }
            "date" => {
                out.push(key.with(&date_like(key.value, date)));
                skipping = true;
            }
            _ => out.push((*line).to_owned()),
        }
    }
    let body = sibling.text().get(front.span.end..).unwrap_or_default();
    let blanks = body.lines().take_while(|line| line.trim().is_empty()).count();
    let blanks = if body.trim().is_empty() { 1 } else { blanks };
    out.extend(std::iter::repeat_n(String::new(), blanks));
    let eol = sibling.line_ending();
    out.iter().map(|line| format!("{line}{eol}")).collect()
}

/// A line `key : value` of the outermost mapping.
struct Key<'a> {
    name: &'a str,
    /// Everything up to the value.
    lead: &'a str,
    value: &'a str,
    /// White space and a comment after the value.
    rest: &'a str,
}

impl<'a> Key<'a> {
    fn of(line: &'a str) -> Option<Self> {
        if line.starts_with([' ', '\t', '#', '-', '"', '\'']) {
            return None;
        }
        let colon = line.find(':')?;
        let (name, after) = line.split_at(colon);
        let text = after.strip_prefix(':')?;
        if !(text.is_empty() || text.starts_with([' ', '\t'])) {
            return None;
        }
        let value = text.trim();
        let comment = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                value.get(1..)?.find(quote).map_or(value.len(), |end| end + 2)
            }
            _ => value.find(" #").unwrap_or(value.len()),
        };
        let start = line.len() - text.trim_start().len();
        let value = value.get(..comment)?.trim_end();
        Some(Self {
            name: name.trim_end(),
            lead: line.get(..start)?,
            value,
            rest: line.get(start + value.len()..)?,
        })
    }

    fn with(&self, value: &str) -> String {
        let space = if self.lead.ends_with(':') { " " } else { "" };
        format!("{}{space}{value}{}", self.lead, self.rest)
    }
}

/// Writes a text as a YAML scalar on one line, in the quotes its predecessor has, or in double quotes
/// where it needs some.
fn scalar(text: &str, like: Option<char>) -> String {
    let double = || format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let plain: Result<serde_yaml::Value, _> = serde_yaml::from_str(&format!("k: {text}"));
    let is_plain = plain.is_ok_and(|v| v.get("k").and_then(|v| v.as_str()) == Some(text));
    match like {
        Some('"') => double(),
        Some('\'') => format!("'{}'", text.replace('\'', "''")),
        _ if is_plain => text.to_owned(),
        _ => double(),
    }
}

/// A title with the date it names replaced by another, in its form.
fn dated(title: &str, date: Date) -> String {
    let starts = title.char_indices().map(|(at, _)| at);
    for at in starts {
        let Some((head, tail)) = title.split_at_checked(at) else { continue };
        if head.ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let Some(rest) = dates::after_date(tail) else { continue };
        let old = tail.get(..tail.len() - rest.len()).unwrap_or_default();
        return format!("{head}{}{rest}", dates::DateStyle::of(old).write(date));
    }
    title.to_owned()
}

/// A front matter's date in the form of another: quotes, separators, time and zone.
fn date_like(old: &str, date: Date) -> String {
    let quote = old.chars().next().filter(|c| matches!(c, '"' | '\''));
    let bare = old.trim_matches(['"', '\'']);
    let written = match dates::after_date(bare) {
        Some(rest) => {
            let of_date = bare.get(..bare.len() - rest.len()).unwrap_or_default();
            let midnight: String = time_at_midnight(rest);
            format!("{}{midnight}", dates::DateStyle::of(of_date).write(date))
        }
        None => date.to_string(),
    };
    match quote {
        Some(quote) => format!("{quote}{written}{quote}"),
        None => written,
    }
}

/// ` 10:30:00 +0900` with zeros for the time.
fn time_at_midnight(rest: &str) -> String {
    let zone = rest.rfind(['+', 'Z']).or_else(|| rest.rfind(" -").map(|at| at + 1));
    let (time, zone) = rest.split_at(zone.unwrap_or(rest.len()));
    let zeros = |c: char| if c.is_ascii_digit() { '0' } else { c };
    format!("{}{zone}", time.chars().map(zeros).collect::<String>())
}
