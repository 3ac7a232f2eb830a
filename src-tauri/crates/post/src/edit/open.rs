//! Finds what a text opens and never closes: kramdown would take the rest of the post into it.

use super::text::{line_number, lines_of};
use super::{Breaks, EditError};
use crate::scan::{self, BlockKind};

/// Elements that kramdown reads as blocks, up to the tag that closes them.
const ELEMENTS: [&str; 18] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "figure",
    "form",
    "iframe",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "table",
    "textarea",
    "ul",
    "ol",
];

/// Those whose text holds no other tags.
const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];

/// Refuses `new` if it leaves a fence or an element open and `old` did not: what a post has already
/// must not keep anyone from mending another line of it.
pub(super) fn refuse_open(old: &str, new: &str) -> Result<(), EditError> {
    match left_open(new) {
        Some((line, reason)) if left_open(old).is_none_or(|(_, known)| known != reason) => {
            Err(EditError::BreaksStructure { line, reason })
        }
        _ => Ok(()),
    }
}

/// The line of `text`, from 1, that opens what is never closed.
fn left_open(text: &str) -> Option<(usize, Breaks)> {
    let scan = scan::scan(text, 0);
    if let Some(start) = scan.open_fences.first() {
        return Some((line_number(text, *start), Breaks::OpenFence));
    }
    // Name and line.
    let mut open: Vec<(String, usize)> = Vec::new();
    for block in scan.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Text | BlockKind::Html))
    {
        let source = text.get(block.span.clone()).unwrap_or_default();
        let first = line_number(text, block.span.start);
        let (mut fenced, mut comment) = (false, false);
        for (at, line) in lines_of(source).into_iter().enumerate() {
            fenced ^= scan::fence_open(line).is_some();
            if !fenced {
                read_tags(line, first + at, &mut comment, &mut open);
            }
        }
    }
    open.first().map(|(_, line)| (*line, Breaks::OpenTag))
}

/// Follows the tags of a line. One that opens an element counts where it begins the line or stands
/// inside an element.
fn read_tags(line: &str, number: usize, comment: &mut bool, open: &mut Vec<(String, usize)>) {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut at = 0;
    let mut code = false;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if *comment {
            let Some(end) = rest.find("-->") else { return };
            (*comment, at) = (false, at + end + 3);
            continue;
        }
        let Some(found) = rest.find(['<', '`']) else { return };
        let start = at + found;
        let rest = rest.get(found..).unwrap_or_default();
        at = start + 1;
        if rest.starts_with('`') {
            code = !code && rest.get(1..).is_some_and(|rest| rest.contains('`'));
            continue;
        }
        if code {
            continue;
        }
        if rest.starts_with("<!--") {
            *comment = true;
            continue;
        }
        let closes = rest.starts_with("</");
        let name = rest.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let name = name.to_ascii_lowercase();
        let is_tag = after.is_empty() || after.starts_with(['>', '/', ' ', '\t', '\r']);
        if !is_tag || !ELEMENTS.contains(&name.as_str()) {
            continue;
        }
        let top = open.last().map(|(name, _)| name.as_str());
        if closes {
            if top == Some(name.as_str()) {
                open.pop();
            }
            continue;
        }
        let is_empty =
            after.find('>').and_then(|end| after.get(..end)).is_some_and(|tag| tag.ends_with('/'));
        let begins = start == indent && indent < 4;
        let inside = top.is_some_and(|top| !RAW.contains(&top));
        if !is_empty && (begins && top.is_none() || inside) {
            open.push((name, number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_fences() {
        use Breaks::{OpenFence, OpenTag};
        for (text, expect) in [
            ("글", None),
            ("<details>", Some((1, OpenTag))),
            ("글\n<div class=\"a\">\n글", Some((2, OpenTag))),
            ("글\n\n<table>\n<tr>", Some((3, OpenTag))),
            ("<script>\nlet a = '<div>';", Some((1, OpenTag))),
            ("<script>\nlet a = '<div>';\n</script>", None),
            ("<pre>글", Some((1, OpenTag))),
            ("<P>글", Some((1, OpenTag))),
            ("<p>글</p>", None),
            ("<textarea>\n<p>\n</textarea>", None),
            ("<textarea>", Some((1, OpenTag))),
            ("<div>\n<div>\n</div>", Some((1, OpenTag))),
            ("<div>\n<p>글\n</div>", Some((1, OpenTag))),
            ("<details>\n<summary>답</summary>\n\n```html\n<div>\n```\n\n</details>", None),
            ("<!-- <div> -->", None),
            ("`<div>`로 묶습니다.\n글 속의 <div>와 `<p>`", None),
            ("```html\n<div>\n```", None),
            ("    <div>", None),
            ("<div/>", None),
            ("<picture>", None),
            ("글\n```sh\nls", Some((2, OpenFence))),
            ("글\n~~~\nls\n~~~", None),
        ] {
            assert_eq!(left_open(text), expect, "{text:?}");
        }
        assert!(refuse_open("<div>", "<div>\n글").is_ok(), "what was open before stays as it is");
    }
}
