//! Where each kind of block ends.

use super::lines::{
    self, atx_heading, is_attribute_list, is_indented, is_quote, is_rule, unindented,
};
use super::{Scanner, fence_open, fences, html, lists};

impl Scanner<'_> {
    /// The line after the paragraph whose first line is `at`.
    pub(super) fn paragraph_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.lines.len() && !self.ends_paragraph(end) {
            end += 1;
        }
        end
    }

    pub(super) fn ends_paragraph(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return true };
        self.ends_lazily(at)
            || lists::list_start(line.text).is_some()
            || lines::opens_atx_heading(line.text)
            || lists::is_definition(line.text)
            || is_quote(line.text)
            || fences::begins_fence(line.text)
            || self.dialect.interrupts && is_rule(line.text)
    }

    /// Whether a line ends whatever runs on over lines that are not marked as its own.
    pub(super) fn ends_lazily(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return true };
        self.is_blank(at)
            || is_attribute_list(line.text)
            || lines::is_end_of_block(line.text)
            || unindented(line.text).is_some_and(html::begins_block)
            || self.begins_highlight(at)
    }

    /// Whether a line under a quote begins a block of its own all the same.
    pub(super) fn interrupts_quote(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| {
            atx_heading(line).is_some() || fence_open(line.text).is_some() || is_rule(line.text)
        })
    }

    /// A quote runs over lines with the prefix and over text that follows without a blank.
    pub(super) fn quote_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.lines.len()
            && !self.ends_lazily(end)
            && !(self.dialect.interrupts && self.interrupts_quote(end))
        {
            end += 1;
        }
        end
    }

    /// The line after what is indented from line `at` on, or `at` if nothing is: indented lines, the
    /// lines that follow them without a blank, and again after blank lines.
    pub(super) fn code_end_after(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let mut next = end;
            while next < self.lines.len() && self.is_blank(next) {
                next += 1;
            }
            let indented = self.lines.get(next).is_some_and(|line| is_indented(line.text));
            if !indented {
                return end;
            }
            end = next + 1;
            while let Some(line) = self.lines.get(end) {
                let own = is_indented(line.text) && !self.is_blank(end);
                let lazy = !self.ends_lazily(end)
                    && !(self.dialect.interrupts
                        && (self.interrupts_quote(end) || is_quote(line.text)));
                if !own && !lazy {
                    break;
                }
                end += 1;
            }
        }
    }

    /// A line underlined by `===` or `---`.
    pub(super) fn setext_heading(&self, at: usize) -> Option<(u8, (usize, usize))> {
        let level = lines::underline_level(self.lines.get(at + 1)?.text)?;
        let line = self.lines.get(at)?;
        let rest = unindented(line.text)?;
        let content = lines::heading_content(rest);
        let start = line.start + (line.text.len() - rest.len());
        (!content.is_empty()).then(|| (level, lines::outer_trimmed(start, content)))
    }

    /// The line after `$$ … $$` that begins at line `at`; a blank line or nothing must follow it.
    pub(super) fn math_end(&self, at: usize) -> Option<usize> {
        let line = self.lines.get(at)?;
        let rest = unindented(line.text)?.strip_prefix("$$")?;
        let start = line.end - rest.len();
        let close = start + self.text.get(start..)?.find("$$")?;
        let last = self.line_at(close);
        let after = self.text.get(close + 2..self.lines.get(last)?.end)?;
        let boundary = last + 1 >= self.lines.len() || {
            let text = self.lines.get(last + 1).map_or("", |line| line.text);
            self.is_blank(last + 1) || is_attribute_list(text) || lines::is_end_of_block(text)
        };
        (lines::is_blank(after) && boundary).then_some(last + 1)
    }

    /// The line after a table that begins at line `at`.
    pub(super) fn table_end(&self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut rows = false;
        while let Some(line) = self.lines.get(end).filter(|line| lines::has_bar(line.text)) {
            rows |= !lines::parts_table(line.text);
            end += 1;
        }
        if !rows {
            return None;
        }
        let boundary = self.lines.get(end).is_none_or(|line| {
            self.is_blank(end) || is_attribute_list(line.text) || lines::is_end_of_block(line.text)
        });
        boundary.then_some(end)
    }

    /// The line after `{::comment}` … `{:/comment}` or another extension that begins at line `at`.
    pub(super) fn extension_end(&self, at: usize) -> Option<usize> {
        let inner = unindented(self.lines.get(at)?.text)?.strip_prefix("{::")?;
        let inner = inner.trim_end().strip_suffix('}')?;
        let name = inner.split([' ', '\t', '/']).next()?;
        if !["comment", "nomarkdown", "options"].contains(&name) {
            return None;
        }
        if inner.ends_with('/') {
            return Some(at + 1);
        }
        let rest = self.lines.get(at + 1..)?;
        let close = rest.iter().position(|line| {
            let stop = unindented(line.text).and_then(|text| text.strip_prefix("{:/"));
            let stop = stop.and_then(|text| text.trim_end().strip_suffix('}'));
            stop.is_some_and(|stop| stop.is_empty() || stop == name)
        })?;
        Some(at + 1 + close + 1)
    }
}
