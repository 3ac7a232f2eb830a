//! Marks of a comparison, carried through markdown as characters that no text has.

use std::ops::Range;

/// What a comparison says of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A term that both texts have.
    Said,
    /// A term of which the answer has a part.
    Partly,
    /// A term that only the model answer has.
    Missing,
    /// A sentence that only the model answer has.
    Unsaid,
}

const ALL: [Verdict; 4] = [Verdict::Said, Verdict::Partly, Verdict::Missing, Verdict::Unsaid];

/// Signs begin here, at the end of the last private plane: two for each verdict.
const FIRST: u32 = 0x10_ff00;

impl Verdict {
    /// The label the template knows it by.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Verdict::Said => "said",
            Verdict::Partly => "partly",
            Verdict::Missing => "missing",
            Verdict::Unsaid => "unsaid",
        }
    }

    fn sign(self, opens: bool) -> char {
        char::from_u32(FIRST + self as u32 * 2 + u32::from(!opens)).unwrap_or_default()
    }
}

/// Returns what a sign stands for and whether it opens; `None` for every other character.
pub(crate) fn read(c: char) -> Option<(Verdict, bool)> {
    let nth = u32::from(c).checked_sub(FIRST)?;
    let verdict = ALL.get(usize::try_from(nth / 2).ok()?)?;
    Some((*verdict, nth.is_multiple_of(2)))
}

pub(crate) fn is_sign(c: char) -> bool {
    read(c).is_some()
}

/// Returns `text` with signs around `ranges` (bytes). Ranges that lie between characters, or
/// that hold nothing but marks of markdown, are left out.
pub(crate) fn marked(text: &str, ranges: &[(Range<usize>, Verdict)]) -> String {
    // Where a range ends and another begins, the end comes first.
    let mut signs: Vec<(usize, bool, Verdict)> = Vec::new();
    for (range, verdict) in ranges {
        if let Some(range) = inside(text, range.clone()) {
            signs.push((range.start, true, *verdict));
            signs.push((range.end, false, *verdict));
        }
    }
    signs.sort_by_key(|(at, opens, _)| (*at, *opens));
    let mut out = String::with_capacity(text.len() + signs.len() * 4);
    let mut from = 0;
    for (at, opens, verdict) in signs {
        out.extend(text.get(from..at).unwrap_or_default().chars().filter(|c| !is_sign(*c)));
        out.push(verdict.sign(opens));
        from = at;
    }
    out.extend(text.get(from..).unwrap_or_default().chars().filter(|c| !is_sign(*c)));
    out
}

/// Narrows a range so that a sign at its ends makes nothing else of the markdown around it.
fn inside(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inner = text.get(range.clone())?;
    let line = text.get(..range.start)?.rsplit('\n').next().unwrap_or_default();
    let at_start = line.chars().all(|c| matches!(c, ' ' | '\t' | '>'));
    let is_mark = |c: char| matches!(c, '*' | '_' | '~' | '`') || c.is_whitespace();
    let rest = if at_start { after_block_marks(inner) } else { inner };
    let rest = rest.trim_start_matches(is_mark);
    let start = range.start + inner.len() - rest.len();
    let rest = rest.trim_end_matches(is_mark);
    (!rest.is_empty()).then(|| start..start + rest.len())
}

/// Returns what follows the signs a line's block begins with.
fn after_block_marks(line: &str) -> &str {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '>', '#', '|']);
        let digits = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = ["- ", "* ", "+ "].iter().find_map(|mark| trimmed.strip_prefix(mark));
        let numbered = (digits.len() < trimmed.len())
            .then(|| digits.strip_prefix(". ").or_else(|| digits.strip_prefix(") ")))
            .flatten();
        match item.or(numbered) {
            Some(after) => rest = after,
            None => return trimmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, part: &str, expect: &str) {
        let start = text.find(part).unwrap();
        let shown: String = marked(text, &[(start..start + part.len(), Verdict::Said)])
            .chars()
            .map(|c| match read(c) {
                Some((_, true)) => '⟨',
                Some((_, false)) => '⟩',
                None => c,
            })
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn signs_stand_inside_the_marks_of_markdown() {
        check("동시성을 본다", "동시성", "⟨동시성⟩을 본다");
        check("- **락**은 비싸다", "- **락**", "- **⟨락⟩**은 비싸다");
        check("> 1. 첫째 문장.\n> 둘째", "1. 첫째 문장.\n", "> 1. ⟨첫째 문장.⟩\n> 둘째");
        check("앞 `코드` 뒤", "`코드`", "앞 `⟨코드⟩` 뒤");
        check("앞 ** 뒤", " ** ", "앞 ** 뒤");
    }

    #[test]
    fn a_range_that_is_none_is_left_out() {
        assert_eq!(marked("동시성", &[(1..3, Verdict::Missing), (0..90, Verdict::Said)]), "동시성");
    }

    #[test]
    fn signs_of_a_text_itself_are_taken_out() {
        assert_eq!(marked("가\u{10ff00}나", &[]), "가나");
    }
}
