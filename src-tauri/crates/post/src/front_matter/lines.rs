//! Front matter line by line: which keys it has, and why YAML refuses some of them.

use std::collections::HashMap;

use serde_yaml::Value;

use crate::dates;

/// Keys of Jekyll and its themes. A text that has one of them is front matter.
const KNOWN: [&str; 12] = [
    "title",
    "layout",
    "date",
    "tags",
    "tag",
    "categories",
    "category",
    "author",
    "published",
    "permalink",
    "description",
    "last_modified_at",
];

/// Longest key, in characters; a longer one is a sentence with a colon.
const MAX_KEY_CHARS: usize = 40;

/// A key at the left margin with the lines under it.
pub(super) struct Chunk<'t> {
    /// From zero.
    pub(super) line: usize,
    pub(super) text: &'t str,
}

/// A key at the left margin.
pub(super) struct Key<'t> {
    /// Without characters that cannot be seen.
    pub(super) name: String,
    /// From zero.
    pub(super) line: usize,
    /// What follows on its line.
    pub(super) value: &'t str,
    /// Whether there were such characters.
    pub(super) odd: bool,
}

/// Tells whether what stands between two marks is front matter, and not text between two rules.
pub(super) fn is_front_matter(inside: &str) -> bool {
    let (mut keys, mut prose, mut known, mut content) = (0_usize, 0_usize, false, false);
    let mut begins_with_heading = false;
    for line in inside.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        let heading = line.strip_prefix('#');
        if let Some(rest) = heading {
            let is_heading = rest.starts_with('#') || dates::heading_date(rest).is_some();
            begins_with_heading |= keys == 0 && is_heading;
            continue;
        }
        content = true;
        if line.starts_with([' ', '\t', '-', ']', '}']) {
            continue;
        }
        match key_of(line) {
            Some((key, _)) if looks_like_key(key) => {
                keys += 1;
                known |= KNOWN.contains(&clean(key).as_str());
            }
            _ => prose += 1,
        }
    }
    if keys == 0 {
        return !content && !begins_with_heading;
    }
    keys >= prose && (known || !begins_with_heading)
}

/// Tells whether the first line that is not blank is a key and its value.
pub(super) fn begins_with_key(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| {
        key_of(line).is_some_and(|(key, _)| looks_like_key(key))
            || line.split_once('=').is_some_and(|(key, _)| KNOWN.contains(&key.trim()))
    })
}

/// Returns the keys at the left margin. Of two of one name the last one.
pub(super) fn keys(inside: &str) -> HashMap<String, Key<'_>> {
    let lines = inside.lines().enumerate();
    let keys = lines.filter_map(|(line, text)| {
        let (written, value) = key_of(text)?;
        let name = clean(written);
        let odd = name != written.trim_matches([' ', '\t', '"', '\'']);
        Some((name.clone(), Key { name, line, value, odd: odd && looks_like_key(written) }))
    });
    keys.collect()
}

/// Tells whether a key is this name, characters that cannot be seen aside.
pub(super) fn is_key(key: &Value, name: &str) -> bool {
    key.as_str().is_some_and(|key| clean(key) == name)
}

/// Splits at the keys at the left margin.
pub(super) fn chunks(inside: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut starts = vec![(0, 0)];
    let mut at = 0;
    for (line, text) in inside.split_inclusive('\n').enumerate() {
        let inner = text.trim().is_empty() || text.starts_with([' ', '\t', '-', '#', ']', '}']);
        if !inner && at > 0 {
            starts.push((line, at));
        }
        at += text.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(_, at)| *at).chain([inside.len()]).collect();
    starts
        .into_iter()
        .zip(ends)
        .filter_map(|((line, start), end)| Some(Chunk { line, text: inside.get(start..end)? }))
}

/// Returns key and value of a chunk as they are written, for one that YAML refuses.
pub(super) fn raw(chunk: &str) -> Option<(Value, Value)> {
    let mut lines = chunk.lines();
    let (key, value) = loop {
        let line = lines.next()?;
        if !line.trim().is_empty() && !line.starts_with('#') {
            break key_of(line)?;
        }
    };
    let key = Value::String(clean(key));
    if !value.is_empty() {
        return Some((key, Value::String(unquoted(value).to_owned())));
    }
    let items = lines.filter_map(|line| line.trim().strip_prefix("- "));
    let items: Vec<Value> =
        items.map(|item| Value::String(unquoted(item.trim()).to_owned())).collect();
    Some((key, if items.is_empty() { Value::Null } else { Value::Sequence(items) }))
}

/// Counts the aliases there may be, if there is an anchor.
pub(super) fn aliases(inside: &str) -> usize {
    let starts = |mark: char| {
        inside.match_indices(mark).filter(|(at, _)| {
            let before = inside.get(..*at).and_then(|text| text.chars().next_back());
            before.is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ',' | ':'))
        })
    };
    if starts('&').next().is_none() { 0 } else { starts('*').count() }
}

/// Counts how deep lists and tables may lie within one another: more than they do where brackets are
/// text.
pub(super) fn depth(inside: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0_usize);
    for byte in inside.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    let marks =
        |line: &str| line.split_whitespace().take_while(|w| matches!(*w, "-" | "?")).count();
    deepest.max(inside.lines().map(marks).max().unwrap_or_default())
}

/// Tells why YAML refuses a chunk, and in which of its lines.
pub(super) fn reason(chunk: &str, error: Option<&serde_yaml::Error>) -> (usize, String) {
    for (line, text) in chunk.lines().enumerate() {
        if let Some(reason) = reason_of_line(text) {
            return (line, reason);
        }
    }
    let last = chunk.lines().count().saturating_sub(1);
    let first = chunk.lines().position(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let first = first.unwrap_or(0);
    match error {
        Some(error) => {
            let line = error.location().map_or(first, |at| at.line().saturating_sub(1));
            (line.clamp(first, last.max(first)), without_place(&error.to_string()))
        }
        None => (first, "this line is no `key: value`".to_owned()),
    }
}

fn reason_of_line(line: &str) -> Option<String> {
    let content = line.trim_start();
    if content.is_empty() || content.starts_with('#') {
        return None;
    }
    let indent = line.get(..line.len() - content.len())?;
    if indent.contains('\t') {
        return Some("a tab indents this line; YAML takes only spaces".to_owned());
    }
    if let Some(c) = line.chars().find(|c| c.is_control() && *c != '\t') {
        return Some(format!("this line holds a control character (U+{:04X})", u32::from(c)));
    }
    let item = content.strip_prefix("- ").map(str::trim_start);
    let (key, value) = match (item, key_of(content)) {
        (Some(item), _) => ("", item),
        (None, Some((key, value))) => (key.trim(), value),
        (None, None) => {
            let (key, value) = content.split_once(':')?;
            let known = KNOWN.contains(&clean(key).as_str());
            return known.then(|| format!("a space is missing after the colon of `{key}:{value}`"));
        }
    };
    if line.contains(is_blank_look_alike) && content.split_once(": ").is_none() {
        let message = "a no-break space (U+00A0) or another blank stands where a space has to";
        return Some(message.to_owned());
    }
    let quotes = "put the value in quotes";
    let mut chars = value.chars();
    let first = chars.next()?;
    match first {
        '`' | '@' | '%' => {
            return Some(format!("a value cannot begin with `{first}`; {quotes}"));
        }
        '*' | '&' | '!' | '?' | '|' | '>' => {
            return Some(format!(
                "`{first}` at the start of a value means something else; {quotes}"
            ));
        }
        '{' => {
            return Some(format!("a value that begins with `{{` is a table to YAML; {quotes}"));
        }
        '[' if value.trim_end().ends_with(']') => {}
        '[' => {
            return Some(format!(
                "a value that begins with `[` is a list to YAML and ends with `]`; {quotes}"
            ));
        }
        '"' | '\'' => {
            let closes = chars.as_str().trim_end().find(first);
            let whole = closes.is_some_and(|at| at + 1 == chars.as_str().trim_end().len());
            return (!whole)
                .then(|| format!("the quote `{first}` does not close at the end of the value"));
        }
        _ => {}
    }
    let colon = value.contains(": ") || value.trim_end().ends_with(':');
    // In a list item, what stands before a colon is a key of its own.
    (colon && !key.is_empty()).then(|| format!("`: ` inside a value begins another one; {quotes}"))
}

/// Cuts ` at line 3 column 5` and the parser's own context off a message.
pub(super) fn without_place(message: &str) -> String {
    let context = message.split(", while").next().unwrap_or(message);
    context.split(" at line").next().unwrap_or(context).trim().to_owned()
}

/// Splits `key: value` at the left margin.
fn key_of(line: &str) -> Option<(&str, &str)> {
    if line.starts_with([' ', '\t', '#']) || line.starts_with("- ") {
        return None;
    }
    let space = |c: char| c.is_whitespace() || is_blank_look_alike(c);
    let at = line.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = line.get(at + 1..).and_then(|rest| rest.chars().next());
        after.is_none_or(space)
    })?;
    let (key, value) = (line.get(..at)?, line.get(at + 1..)?);
    (!clean(key).is_empty()).then_some((key, value.trim_matches(space)))
}

fn looks_like_key(key: &str) -> bool {
    let key = clean(key);
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ' | '/');
    key.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
        && key.chars().count() <= MAX_KEY_CHARS
        && key.chars().all(plain)
}

/// A key without quotes, outer blanks, and characters that cannot be seen.
fn clean(key: &str) -> String {
    let key: String = key.chars().filter(|c| !is_unseen(*c)).collect();
    key.trim().trim_matches(['"', '\'']).to_owned()
}

fn unquoted(value: &str) -> &str {
    let inner = ['"', '\''].iter().find_map(|quote| {
        value.strip_prefix(*quote).map(|rest| rest.strip_suffix(*quote).unwrap_or(rest))
    });
    inner.unwrap_or(value).trim()
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Blanks that YAML takes for letters.
fn is_blank_look_alike(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}') || is_unseen(c)
}
