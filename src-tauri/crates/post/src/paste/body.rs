//! Lines of a pasted part as source markdown.

use super::clean::{is_attributes, is_rule, unquoted_by};

/// Lines of a part that is being read.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    /// A label's own line, behind the label; has no margin.
    first: Option<String>,
    /// The lines below, with whether they are code.
    lines: Vec<(String, bool)>,
    /// Whether a line below says something.
    says: bool,
}

impl Body {
    /// A body that begins behind a label.
    pub(super) fn behind(text: &str) -> Self {
        let first = (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Self { first, ..Self::default() }
    }

    /// Adds a line, without as many quote prefixes as its label had.
    pub(super) fn push(&mut self, line: &str, quotes: usize, code: bool) {
        let line = unquoted_by(line, quotes);
        self.says |= !is_nothing(line);
        self.lines.push((line.to_owned(), code));
    }

    /// Adds a line of text.
    pub(super) fn say(&mut self, text: &str) {
        self.push(text, 0, false);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.is_none() && !self.says
    }

    /// Takes its first line that says something out of it.
    pub(super) fn take_first_line(&mut self) -> Option<String> {
        self.first.take().or_else(|| {
            let at = self.lines.iter().position(|(line, code)| !code && !is_nothing(line))?;
            Some(self.lines.remove(at).0)
        })
    }

    /// Returns the text: without the margin all lines share, without rules and blank lines around
    /// it, with bullets that markdown knows. None if nothing is left.
    pub(super) fn text(self) -> Option<String> {
        let lines: Vec<(String, bool)> = self
            .lines
            .into_iter()
            .filter(|(line, code)| *code || !is_attributes(line) && !is_fold_tag(line))
            .collect();
        let indent = lines
            .iter()
            .filter(|(line, _)| !line.trim().is_empty())
            .map(|(line, _)| line.len() - line.trim_start_matches(' ').len())
            .min()
            .unwrap_or(0);
        let mut out: Vec<String> =
            self.first.into_iter().map(|first| tidy(&first, false)).collect();
        out.extend(
            lines
                .into_iter()
                .map(|(line, code)| tidy(line.get(indent..).unwrap_or_default(), code)),
        );
        let from = out.iter().position(|line| !is_nothing(line))?;
        let to = out.iter().rposition(|line| !is_nothing(line))?;
        let text = out.get(from..=to)?.join("\n");
        // The first line's indent would make it code.
        let text = text.trim_end();
        Some(text.trim_start_matches(' ').to_owned()).filter(|text| !text.is_empty())
    }
}

/// Whether a line says nothing at the edge of a text.
fn is_nothing(line: &str) -> bool {
    line.trim().trim_start_matches('>').trim().is_empty() || is_rule(line)
}

/// A line of a fold that is only its tags.
fn is_fold_tag(line: &str) -> bool {
    let mut rest = line.trim();
    let mut tags = 0;
    while let Some(after) = ["<details>", "</details>", "<details open>", "<summary>", "</summary>"]
        .iter()
        .find_map(|tag| rest.strip_prefix(tag))
    {
        rest = after.trim_start();
        tags += 1;
    }
    tags > 0 && rest.is_empty()
}

/// A line as markdown: bullets of a page become `-`, blanks at its end a hard break or nothing.
fn tidy(line: &str, code: bool) -> String {
    if code {
        return line.trim_end().to_owned();
    }
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let bullet = text.chars().next().filter(|c| matches!(c, '•' | '‣' | '◦' | '▪' | '·' | '∙'));
    let text =
        bullet.and_then(|c| text.strip_prefix(c)).filter(|rest| rest.starts_with([' ', '\t']));
    let line = match text {
        Some(rest) => {
            format!("{}- {}", line.get(..indent).unwrap_or_default(), rest.trim_start())
        }
        None => line.to_owned(),
    };
    let end = line.trim_end();
    let hard_break = !end.is_empty() && line.get(end.len()..).is_some_and(|w| w.starts_with("  "));
    if hard_break { format!("{end}  ") } else { end.to_owned() }
}
