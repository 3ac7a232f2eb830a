//! Just enough HTML to show what a post writes in it: tags, attributes, entities.

/// A piece of an HTML text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text with its entities as they stand.
    Text(&'a str),
    /// A start or end tag.
    Tag(Tag<'a>),
    /// What stands in a comment: never shown.
    Comment(&'a str),
    /// A declaration: never shown.
    Nothing,
}

/// A start or end tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// In lower case.
    pub(crate) name: String,
    pub(crate) closing: bool,
    /// The tag as it is written.
    pub(crate) raw: &'a str,
}

impl Tag<'_> {
    /// Returns an attribute's value, entities decoded.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.raw.trim_start_matches('<').get(self.name.len()..)?;
        loop {
            rest = rest.trim_start_matches([' ', '\t', '\n', '\r', '/']);
            let end = rest.find(['=', ' ', '\t', '\n', '\r', '>', '/'])?;
            let (found, after) = rest.split_at(end);
            let after = after.trim_start();
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => attribute_value(after.trim_start()),
                None => ("", after),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(decode(value));
            }
            if found.is_empty() && after.len() == rest.len() {
                return None;
            }
            rest = after;
        }
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find([' ', '\t', '\n', '\r', '>']).unwrap_or(text.len()))
}

/// Splits `text` at its tags. What is no tag is text.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find('<')) {
        let at = from + at;
        let Some((before, found)) = rest.split_at_checked(at) else { break };
        match token(found) {
            Some((token, after)) => {
                if !before.is_empty() {
                    out.push(Token::Text(before));
                }
                out.push(token);
                rest = after;
                from = 0;
            }
            None => from = at + 1,
        }
    }
    if !rest.is_empty() {
        out.push(Token::Text(rest));
    }
    out
}

fn token(text: &str) -> Option<(Token<'_>, &str)> {
    if let Some(inner) = text.strip_prefix("<!--") {
        let (comment, after) = inner.split_once("-->").unwrap_or((inner, ""));
        return Some((Token::Comment(comment), after));
    }
    let inner = text.strip_prefix('<')?;
    if inner.starts_with(['!', '?']) {
        return Some((Token::Nothing, inner.split_once('>')?.1));
    }
    let name = inner.strip_prefix('/').unwrap_or(inner);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
    let (raw, after) = text.split_at(tag_end(text)?);
    let tag = Tag {
        name: name.get(..length)?.to_ascii_lowercase(),
        closing: inner.starts_with('/'),
        raw,
    };
    Some((Token::Tag(tag), after))
}

/// Returns where the tag that starts `text` ends, in bytes; quoted values may hold `>`.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// Replaces the entities HTML writers use by what they stand for.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, found)) = rest.split_once('&') {
        out.push_str(before);
        let entity = found.split_once(';').filter(|(name, _)| name.len() <= 8);
        match entity.and_then(|(name, after)| Some((entity_char(name)?, after))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = found;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity_char(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let point = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(point);
    }
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "middot" => '·',
        "hellip" => '…',
        "rarr" => '→',
        "larr" => '←',
        "times" => '×',
        "copy" => '©',
        "mdash" => '—',
        "ndash" => '–',
        _ => return None,
    })
}

/// Says whether an element only groups or sounds different, so that its text is all there is to
/// print. Others in prose (`<label>`, `List<String>`) are most likely meant to be read.
pub(crate) fn is_plain(name: &str) -> bool {
    matches!(
        name,
        "abbr"
            | "bdi"
            | "bdo"
            | "big"
            | "col"
            | "colgroup"
            | "data"
            | "font"
            | "hgroup"
            | "picture"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "small"
            | "span"
            | "td"
            | "th"
            | "time"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        tokens(text)
            .into_iter()
            .map(|token| match token {
                Token::Text(text) => text.to_owned(),
                Token::Tag(tag) => format!("[{}{}]", if tag.closing { "/" } else { "" }, tag.name),
                Token::Comment(_) | Token::Nothing => "-".to_owned(),
            })
            .collect()
    }

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(shown("가<br/>나"), ["가", "[br]", "나"]);
        assert_eq!(shown("a < b <3 <!-- c --> </p>"), ["a < b <3 ", "-", " ", "[/p]"]);
        assert_eq!(shown("<a title='x>y'>z"), ["[a]", "z"]);
        assert_eq!(shown("<open"), ["<open"]);
    }

    #[test]
    fn attributes_are_read() {
        let check = |html: &str, name: &str, expect: Option<&str>| {
            let Some(Token::Tag(tag)) = tokens(html).into_iter().next() else { panic!("{html}") };
            assert_eq!(tag.attribute(name).as_deref(), expect, "{name} of {html}");
        };
        check("<img src=\"a b.png\" alt='그림' width=40/>", "alt", Some("그림"));
        check("<img src=\"a b.png\" alt='그림' width=40/>", "src", Some("a b.png"));
        check("<img src=\"a b.png\" alt='그림' width=40/>", "width", Some("40/"));
        check("<a HREF=x&amp;y>", "href", Some("x&y"));
        check("<a hidden>", "href", None);
        check("<a ==>", "href", None);
    }

    #[test]
    fn entities_are_decoded() {
        assert_eq!(
            decode("a &lt; b &amp;&amp; c&#41; &#x2192; &nope; &"),
            "a < b && c) → &nope; &"
        );
    }
}
