//! Takes out of a markdown text what kramdown and Jekyll understand and CommonMark doesn't, and
//! settles the places where they read the same text differently.

use std::borrow::Cow;

use crate::math::is_formula;
use crate::notes::{Notes, Omission};

/// Most quote marks that are read at the beginning of a line: the time for it grows with the square of
/// their number.
const MAX_QUOTES: usize = 64;

/// Returns `text` as CommonMark that reads as kramdown would: attribute lists and Liquid tags are
/// gone, `1)` starts no list, and dashes under a paragraph are a rule, not a heading.
pub(crate) fn prepare(text: &str, notes: &mut Notes) -> String {
    let mut out: Vec<Cow<'_, str>> = Vec::new();
    let mut fence: Option<Fence> = None;
    let mut in_formula = false;
    for line in text.lines() {
        let (prefix, rest) = split_quote(line);
        if let Some((deep, _)) = prefix.match_indices('>').nth(MAX_QUOTES) {
            out.push(format!("{}{rest}", prefix.get(..deep).unwrap_or_default()).into());
            continue;
        }
        if let Some(open) = fence {
            if open.closed_by(rest) {
                fence = None;
            }
            out.push(line.into());
            continue;
        }
        if let Some(open) = Fence::opened_by(rest) {
            fence = Some(open);
            out.push(line.into());
        } else if let Some(attributes) = attribute_list(rest) {
            if attributes.trim() == "toc" && out.last().is_some_and(|line| is_list_item(line)) {
                out.pop();
            }
            out.push(prefix.into());
            if let Some(kind) = box_kind(attributes) {
                // The quote marks of a quote that the list follows are not those of its line.
                out.push(format!("{prefix}<!--{BOX}{kind}-->").into());
                out.push(prefix.into());
            }
        } else if let Some(replacement) = highlight_tag(rest) {
            out.push(format!("{prefix}{replacement}").into());
        } else if is_dashes(rest) && out.last().is_some_and(|line| !split_quote(line).1.is_empty())
        {
            out.push(prefix.into());
            out.push(line.into());
        } else {
            let rest = without_marks(rest, notes);
            let escaped = match money_escaped(&rest, &mut in_formula) {
                Cow::Owned(escaped) => Some(escaped),
                Cow::Borrowed(_) => None,
            };
            let rest = escaped.map_or(rest, Cow::Owned);
            out.push(match parenthesis_of_number(&rest) {
                Some((number, after)) => format!("{prefix}{number}\\{after}").into(),
                None => format!("{prefix}{rest}").into(),
            });
        }
    }
    out.join("\n")
}

/// How a comment begins that stands for an attribute list.
const BOX: &str = "{: ";
/// The classes that make a box of a block, each with the box's name.
const BOXES: [(&str, &str); 3] =
    [(".block-tip", "tip"), (".block-warning", "warning"), (".block-danger", "danger")];

fn box_kind(attributes: &str) -> Option<&'static str> {
    let has = |class: &str| attributes.split_whitespace().any(|word| word == class);
    BOXES.iter().find(|(class, _)| has(class)).map(|(_, kind)| *kind)
}

/// Returns the kind of box a comment that [`prepare`] wrote stands for.
pub(crate) fn kind_of_comment(comment: &str) -> Option<&'static str> {
    let name = comment.strip_prefix(BOX)?;
    BOXES.iter().find(|(_, kind)| *kind == name).map(|(_, kind)| *kind)
}

/// An open code fence.
#[derive(Clone, Copy)]
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Fence> {
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let length = line.len() - info.len();
        (length >= 3 && !(mark == '`' && info.contains('`'))).then_some(Fence { mark, length })
    }

    fn closed_by(self, line: &str) -> bool {
        let rest = line.trim_start_matches(self.mark);
        line.len() - rest.len() >= self.length && rest.trim().is_empty()
    }
}

/// Splits white space and quote marks off the start of `line`.
fn split_quote(line: &str) -> (&str, &str) {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    line.split_at(line.len() - rest.len())
}

/// Returns what stands in a line that is nothing but `{: … }` or `{::…}`.
fn attribute_list(line: &str) -> Option<&str> {
    let inner = line.trim_end().strip_prefix("{:")?.strip_suffix('}')?;
    (!inner.contains(['{', '}'])).then_some(inner)
}

fn is_list_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("* ")
        || line.starts_with("- ")
        || line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
}

/// Turns Jekyll's `{% highlight java %}` and its end into a fence.
fn highlight_tag(line: &str) -> Option<String> {
    let tag = line.trim_end().strip_prefix("{%")?.strip_suffix("%}")?.trim_matches(['-', ' ']);
    let mut words = tag.split_whitespace();
    match words.next()? {
        "highlight" => Some(format!("```{}", words.next().unwrap_or_default())),
        "endhighlight" => Some("```".to_owned()),
        _ => None,
    }
}

fn is_dashes(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && line.chars().all(|c| c == '-')
}

/// Splits `1) text` before the parenthesis.
fn parenthesis_of_number(line: &str) -> Option<(&str, &str)> {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = line.strip_suffix(after)?;
    (!number.is_empty() && number.len() <= 9 && after.starts_with(')')).then_some((number, after))
}

/// Returns `line` without attribute lists and Liquid tags, leaving inline code alone.
fn without_marks<'a>(line: &'a str, notes: &mut Notes) -> Cow<'a, str> {
    if !line.contains("{:") && !line.contains("{%") {
        return line.into();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['`', '{']) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let taken = if found.starts_with('`') {
            let code = code_span(found);
            out.push_str(code);
            code.len()
        } else if let Some(tag) = until(found, "{%", "%}") {
            let name = tag.trim_start_matches(['{', '%', '-', ' ']);
            if !(name.starts_with("raw") || name.starts_with("endraw")) {
                notes.add(Omission::Liquid(tag));
            }
            tag.len()
        } else if let Some(list) = until(found, "{:", "}")
            && out.ends_with([')', '*', '_', ']'])
        {
            list.len()
        } else {
            out.push('{');
            1
        };
        rest = found.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    out.into()
}

/// Returns `line` with a backslash before each dollar that begins no formula: the parser would take
/// `$5와 $6` for one, and code between for a part of it. `in_formula` says whether a formula between
/// two dollars each is open, and is kept up to date.
fn money_escaped<'a>(line: &'a str, in_formula: &mut bool) -> Cow<'a, str> {
    if !line.contains('$') {
        return line.into();
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(at) = rest.find(['`', '$', '\\']) {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let taken = if *in_formula && !found.starts_with("$$") {
            found.chars().next().map_or(0, char::len_utf8)
        } else if found.starts_with('`') {
            code_span(found).len()
        } else if found.starts_with('\\') {
            found.chars().take(2).map(char::len_utf8).sum::<usize>()
        } else if found.starts_with("$$") {
            *in_formula = !*in_formula;
            2
        } else if let Some(formula) = formula(found) {
            formula.len()
        } else {
            out.push('\\');
            1
        };
        out.push_str(found.get(..taken).unwrap_or_default());
        rest = found.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    out.into()
}

/// Returns the formula `text` begins with, dollars included.
fn formula(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('$')?;
    let mut from = 0;
    let end = loop {
        let at = from + inner.get(from..)?.find('$')?;
        if !inner.get(..at)?.ends_with('\\') {
            break at;
        }
        from = at + 1;
    };
    let content = inner.get(..end)?;
    let is_tight = !content.is_empty() && content.trim() == content;
    (is_tight && !content.contains('`') && is_formula(content)).then(|| text.get(..end + 2))?
}

/// Returns the inline code `text` begins with, or only its back-ticks if they close nowhere.
fn code_span(text: &str) -> &str {
    let after = text.trim_start_matches('`');
    let ticks = text.strip_suffix(after).unwrap_or_default();
    let mut from = ticks.len();
    while let Some(at) = text.get(from..).and_then(|rest| rest.find('`')) {
        let run = text.get(from + at..).unwrap_or_default();
        let length = run.len() - run.trim_start_matches('`').len();
        from += at + length;
        if length == ticks.len() {
            return text.get(..from).unwrap_or(ticks);
        }
    }
    ticks
}

/// Returns the start of `text` from `open` to the first `close`, both included.
fn until<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let inner = text.strip_prefix(open)?;
    let end = open.len() + inner.find(close)? + close.len();
    text.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn check(input: &str, expect: &str) {
        assert_eq!(prepare(input, &mut Notes::new(Language::En)), expect);
    }

    #[test]
    fn attribute_lists_go() {
        check("> 글\n{: .other }  \n\n끝", "> 글\n\n\n끝");
        check("> 글\n{: .block-tip }  \n\n끝", "> 글\n\n<!--{: tip-->\n\n\n끝");
        check("![가](a.png){: width=\"50%\" } 뒤", "![가](a.png) 뒤");
        check("* 목차\n{:toc}", "");
        check("`{: .block-tip }` 표시", "`{: .block-tip }` 표시");
        check("{: 이건 아님", "{: 이건 아님");
    }

    #[test]
    fn liquid_goes_with_a_note() {
        let mut notes = Notes::new(Language::En);
        let text =
            prepare("앞 {% include x.html %}뒤\n{% raw %}`{% keep %}`{% endraw %}", &mut notes);
        assert_eq!(text, "앞 뒤\n`{% keep %}`");
        assert_eq!(notes.finish(), ["Liquid tag left out: {% include x.html %}"]);
        check("{% highlight java linenos %}\nint a;\n{% endhighlight %}", "```java\nint a;\n```");
    }

    #[test]
    fn dollars_of_money_are_escaped() {
        check("$5와 $6 사이, `$HOME`과 $x^2$", "\\$5와 \\$6 사이, `$HOME`과 $x^2$");
        check("$$\na + $b$\n$$\n$3", "$$\na + $b$\n$$\n\\$3");
        check("\\$1 과 $O(n)$ 과 $", "\\$1 과 $O(n)$ 과 \\$");
        check("$a\\$b_1$", "$a\\$b_1$");
    }

    #[test]
    fn fences_are_left_alone() {
        check("```\n{: .x }\n1) 가\n---\n```\n2) 나", "```\n{: .x }\n1) 가\n---\n```\n2\\) 나");
        check("> ~~~\n> {% x %}\n> ~~~", "> ~~~\n> {% x %}\n> ~~~");
    }

    #[test]
    fn quotes_have_a_deepest() {
        check(&format!("{} 글", ">".repeat(1000)), &format!("{}글", ">".repeat(MAX_QUOTES)));
        check(&format!("{} 글", ">".repeat(64)), &format!("{} 글", ">".repeat(64)));
    }

    #[test]
    fn dashes_under_text_are_a_rule() {
        check("글\n---  \n뒤", "글\n\n---  \n뒤");
        check("글\n\n---", "글\n\n---");
        check("가 | 나\n---|---", "가 | 나\n---|---");
    }

    #[test]
    fn a_number_with_parenthesis_is_no_list() {
        check("> 1) 자원  \n> 2) 행위", "> 1\\) 자원  \n> 2\\) 행위");
    }
}
