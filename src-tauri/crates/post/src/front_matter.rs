//! Reads the YAML front matter. Never writes it.

use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

use crate::{Diagnostic, DiagnosticCode, Span, dates, scan};

/// What a post says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// From the opening `---` to the end of the closing line, line ending included.
    pub span: Span,
    /// `title`
    pub title: Option<String>,
    /// `author`
    pub author: Option<String>,
    /// `date`, without its time.
    pub date: Option<Date>,
    /// All keys and values; empty if the YAML is not valid.
    pub values: Mapping,
}

/// Reads the front matter a text begins with, after a byte order mark if there is one.
pub(crate) fn read(
    text: &str,
    from: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FrontMatter> {
    let opening = text.get(from..)?;
    if !is_mark(opening.lines().next()?) {
        return None;
    }
    let lines = scan::lines(text, from);
    let Some(close) = lines.iter().skip(1).find(|l| is_mark(l.text) || l.text.trim_end() == "...")
    else {
        diagnostics.push(Diagnostic {
            line: 1,
            code: DiagnosticCode::FrontMatterOpen,
            message: "front matter opens with `---` and is never closed; read as text".to_owned(),
        });
        return None;
    };
    let yaml = text.get(lines.first()?.next..close.start)?;
    let mut front = FrontMatter {
        span: from..close.next,
        title: None,
        author: None,
        date: None,
        values: Mapping::new(),
    };
    match serde_yaml::from_str::<Value>(yaml) {
        Ok(Value::Mapping(values)) => {
            front.title = text_of(&values, "title");
            front.author = text_of(&values, "author");
            front.date = text_of(&values, "date").as_deref().and_then(dates::leading);
            front.values = values;
        }
        Ok(Value::Null) => {}
        Ok(_) => diagnostics.push(invalid(2, "it is no list of keys and values")),
        Err(error) => {
            // The closing line counts from the front matter's first line, which is the file's second.
            let line = error.location().map_or(2, |at| at.line() + 1);
            let reason = error.to_string();
            diagnostics.push(invalid(line, &reason));
            front.title = line_value(yaml, "title");
            front.author = line_value(yaml, "author");
            front.date = line_value(yaml, "date").as_deref().and_then(dates::leading);
        }
    }
    Some(front)
}

fn is_mark(line: &str) -> bool {
    line.trim_end() == "---"
}

fn invalid(line: usize, reason: &str) -> Diagnostic {
    Diagnostic {
        line,
        code: DiagnosticCode::FrontMatter,
        message: format!("front matter is not valid YAML: {reason}"),
    }
}

fn text_of(values: &Mapping, key: &str) -> Option<String> {
    match values.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// What follows `key:` on a line of its own, for front matter that YAML refuses.
fn line_value(yaml: &str, key: &str) -> Option<String> {
    yaml.lines().find_map(|line| {
        let value = line.strip_prefix(key)?.trim_start().strip_prefix(':')?.trim();
        let bare = value.trim_matches(['"', '\'']);
        (!bare.is_empty()).then(|| bare.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(text: &str, title: Option<&str>, day: Option<Date>, diagnostics: &[usize]) {
        let mut found = Vec::new();
        let front = read(text, 0, &mut found);
        assert_eq!(front.as_ref().and_then(|f| f.title.as_deref()), title, "{text}");
        assert_eq!(front.and_then(|f| f.date), day, "{text}");
        assert_eq!(found.iter().map(|d| d.line).collect::<Vec<_>>(), diagnostics, "{text}");
    }

    #[test]
    fn front_matters_in_the_wild() {
        let day = Some(date(2025, 4, 9));
        check("---\ntitle: 가\ndate: 2025-04-09\n---  \n본문", Some("가"), day, &[]);
        check("---\ntitle : 가\ndate : 2025-04-09 10:00:00 +0900\n---\n", Some("가"), day, &[]);
        check("---\r\ntitle: \"가: 나\"\r\n---\r\n", Some("가: 나"), None, &[]);
        check("---\ntitle: [정보] 1단원\ndate: 2025-04-09\n---\n", Some("[정보] 1단원"), day, &[2]);
        check("---\ntitle: 가\nsummary : 결론: 나\n---\n", Some("가"), None, &[3]);
        check("---\n---\n", None, None, &[]);
        check("---\ntitle: 가\n", None, None, &[1]);
        check("본문\n---\n", None, None, &[]);
    }
}
