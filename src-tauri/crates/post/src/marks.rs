//! Reads what marks a part inside text: labels at the beginning of lines, list items, folds.

use crate::labels::{HeadLabel, Label};
use crate::vocabulary::{Vocabulary, fold_label, fold_letters};
use crate::{Part, Span, parts};

/// What a line's label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Part(Label),
    Head(HeadLabel),
}

/// A label at the beginning of a line: `Answer: …`, `**답변**`, `**A.** …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineLabel {
    pub(crate) mark: Mark,
    /// Where the label begins and ends in the line (bytes).
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Where the text after it begins in the line (bytes).
    pub(crate) rest: usize,
    /// Whether nothing follows on the line.
    pub(crate) alone: bool,
    /// Whether it is a single letter, as `A` is: too little to say much by itself.
    pub(crate) short: bool,
}

/// Longest beginning of a line that is looked at, in characters.
const LOOKED_AT: usize = 80;

impl Vocabulary {
    /// Reads the label a line begins with.
    pub(crate) fn line_label(&self, line: &str) -> Option<LineLabel> {
        let from = indent_of(line).filter(|indent| *indent <= 3)?;
        let text = line.get(from..)?;
        let (word, to, rest) =
            bold_label(text).or_else(|| self.colon_label(text)).or_else(|| letter_label(text))?;
        let numbered = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let short = numbered.len() == 1;
        let mark = self.mark(if short { numbered } else { &word })?;
        let alone = text.get(rest..)?.trim().is_empty();
        Some(LineLabel { mark, from, to: from + to, rest: from + rest, alone, short })
    }

    fn mark(&self, word: &str) -> Option<Mark> {
        let is = |words: &[String]| words.iter().any(|w| w == word);
        Some(match word {
            _ if is(&self.answer) => Mark::Part(Label::Answer),
            _ if is(&self.model_answer) => Mark::Part(Label::ModelAnswer),
            _ if is(&self.section) => Mark::Part(Label::Section),
            _ if is(&self.category) => Mark::Head(HeadLabel::Category),
            _ if is(&self.hint) => Mark::Head(HeadLabel::Hint),
            _ if is(&self.keyword) => Mark::Head(HeadLabel::Keyword),
            _ => return None,
        })
    }

    /// `Answer: …`; not `**Answer: …**`, where label and text could not be parted without breaking
    /// the emphasis.
    fn colon_label(&self, text: &str) -> Option<(String, usize, usize)> {
        let (word, rest) = self.before_colon(text)?;
        let label = text.get(..rest)?;
        if text.starts_with("**") && label.matches("**").count() == 1 {
            return None;
        }
        let to = text.get(..rest)?.trim_end().len();
        Some((word, to, rest))
    }

    /// Whether a line is a question marked as one, such as `Q : …`; returns where in the line the
    /// question begins (bytes).
    pub(crate) fn question_line(&self, line: &str) -> Option<usize> {
        let indent = indent_of(line).filter(|indent| *indent <= 3)?;
        let text = line.get(indent..)?;
        Some(indent + self.question_mark(text)?)
    }

    /// What a fold's summary marks: a label, perhaps with an invitation to open it.
    pub(crate) fn fold_label(&self, summary: &str) -> Option<Label> {
        let trimmed = summary.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word = fold_label(trimmed, LOOKED_AT)?;
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        self.label(word).or_else(|| {
            let after = ["보기", "확인", "확인하기", "펼치기", "펼쳐보기", "열기"];
            let before = ["show", "view", "see", "clickforthe", "클릭하여"];
            let rest = after.iter().find_map(|w| word.strip_suffix(w));
            let rest = rest.or_else(|| before.iter().find_map(|w| word.strip_prefix(w)))?;
            self.label(rest.strip_prefix("the").unwrap_or(rest))
        })
    }
}

/// `**답변**` alone, `**답변:** …`, `**답변**: …`, `**A.** …`; the word, the end of the label, and
/// the beginning of the rest.
fn bold_label(text: &str) -> Option<(String, usize, usize)> {
    let inner = text.strip_prefix("**")?;
    let close = beginning(inner).find("**")?;
    let inside = inner.get(..close)?.trim();
    let word = inside.trim_end_matches(['.', ')', ':', '：']);
    let mut to = close + 4;
    let after = text.get(to..)?;
    let mut marked = word.len() < inside.len();
    if let Some(colon) = after.trim_start().chars().next().filter(|c| matches!(c, ':' | '：')) {
        to += after.len() - after.trim_start().len() + colon.len_utf8();
        marked = true;
    }
    let rest = text.get(to..)?;
    let word = fold_label(word, LOOKED_AT)?;
    let alone = rest.trim().is_empty();
    let counts = marked || alone && word.chars().count() > 1;
    counts.then(|| (word, to, text.len() - rest.trim_start().len()))
}

/// `A. …`, `A) …`
fn letter_label(text: &str) -> Option<(String, usize, usize)> {
    let letter = char::from(*text.as_bytes().first().filter(|b| b.is_ascii_alphabetic())?);
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let rest = text.get(1 + digits..)?;
    let after = rest.strip_prefix(['.', ')'])?;
    if !after.starts_with([' ', '\t']) {
        return None;
    }
    let to = 2 + digits;
    Some((letter.to_lowercase().to_string(), to, text.len() - after.trim_start().len()))
}

/// The first characters of a text: enough for any label.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Spaces a line begins with; none if a tab is among them.
fn indent_of(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(' ');
    (!rest.starts_with('\t')).then_some(line.len() - rest.len())
}

/// The beginning of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Item {
    /// Spaces before the mark.
    pub(crate) indent: usize,
    /// Where the item's text begins in the line (bytes), behind a task's box.
    pub(crate) content: usize,
    /// Where text below the item begins (spaces).
    pub(crate) inner: usize,
    /// Level of the heading that the item's text is, as in `10. ### …`; 0 if it is none.
    pub(crate) heading: u8,
    pub(crate) ordered: bool,
}

/// Reads a line that begins a list item.
pub(crate) fn list_item(line: &str) -> Option<Item> {
    let indent = indent_of(line)?;
    let text = line.get(indent..)?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match digits {
        0 => text.starts_with(['-', '*', '+']).then_some(1)?,
        1..=9 => text.get(digits..)?.starts_with(['.', ')']).then_some(digits + 1)?,
        _ => return None,
    };
    let after = text.get(mark..)?;
    let spaces = after.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let mut content = after.get(spaces..)?;
    if spaces == 0 || content.trim().is_empty() {
        return None;
    }
    for task in ["[ ] ", "[x] ", "[X] "] {
        content = content.strip_prefix(task).unwrap_or(content);
    }
    let marks = content.bytes().take_while(|b| *b == b'#').count();
    let is_heading = (1..=6).contains(&marks)
        && content.get(marks..)?.starts_with([' ', '\t'])
        && !content.get(marks..)?.trim().is_empty();
    if is_heading {
        content = content.get(marks..)?.trim_start();
    }
    Some(Item {
        indent,
        content: line.len() - content.len(),
        inner: indent + mark + spaces.min(4),
        heading: if is_heading { u8::try_from(marks).unwrap_or(6) } else { 0 },
        ordered: digits > 0,
    })
}

/// Whether a text ends in a question mark.
pub(crate) fn is_question(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['*', '_', '`', ')', '"', '\'', '!', '”', '’', '~']);
    end.trim_end().ends_with(['?', '？'])
}

/// Whether a text ends like a question or a request: a question mark, `…설명하시오`, `…무엇인가요`.
pub(crate) fn ends_asking(text: &str) -> bool {
    const ENDINGS: [&str; 11] = [
        "주세요",
        "보세요",
        "하세요",
        "시오",
        "하라",
        "해라",
        "해줘",
        "나요",
        "까요",
        "는지요",
        "무엇인가",
    ];
    if is_question(text) {
        return true;
    }
    // The last letters are enough, and composed only here.
    let trimmed = text.trim_end();
    let last = trimmed.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
    let end = fold_letters(trimmed.get(last..).unwrap_or(trimmed), 20);
    // `…다릅니까`, but no `…하니까`; `…인가요`, but no `…노래가요`.
    let ends_in = |ending: &str, last: u32| {
        let before = end.strip_suffix(ending).and_then(|rest| rest.chars().next_back());
        before.is_some_and(|c| last_of_syllable(c) == Some(last))
    };
    ENDINGS.iter().any(|ending| end.ends_with(ending))
        || ends_in("니까", FINAL_BIEUP)
        || ends_in("가요", FINAL_NIEUN)
}

const FINAL_NIEUN: u32 = 4;
const FINAL_BIEUP: u32 = 17;

/// The number of the consonant a syllable of Hangul ends in, 0 for none.
fn last_of_syllable(c: char) -> Option<u32> {
    ('가'..='힣').contains(&c).then(|| (u32::from(c) - u32::from('가')) % 28)
}

/// Whether a text asks for something: by its ending, or by the verb it begins with.
pub(crate) fn asks(text: &str) -> bool {
    const VERBS: [&str; 9] =
        ["describe", "explain", "discuss", "compare", "define", "talk", "tell", "name", "list"];
    if ends_asking(text) {
        return true;
    }
    let first = text.trim_start_matches(|c: char| !c.is_alphanumeric()).split(' ').next();
    let first = first.filter(|word| word.len() <= 8).unwrap_or_default().to_ascii_lowercase();
    text.trim().contains(' ') && VERBS.contains(&first.as_str())
}

/// A `<details>` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fold {
    /// The summary's text, tags left out.
    pub(crate) summary: String,
    /// From the opening tag to the end of the summary.
    pub(crate) head: Span,
    /// What is folded.
    pub(crate) body: Part,
}

/// Reads a block of HTML that is a fold with a summary.
pub(crate) fn fold(text: &str, span: &Span) -> Option<Fold> {
    let source = text.get(span.clone())?;
    let lower = source.to_ascii_lowercase();
    let indent = lower.len() - lower.trim_start().len();
    if !lower.get(indent..)?.starts_with("<details") {
        return None;
    }
    let summary = lower.find("<summary")?;
    let open = summary + lower.get(summary..)?.find('>')? + 1;
    let close = open + lower.get(open..)?.find("</summary")?;
    let start = close + lower.get(close..)?.find('>')? + 1;
    let end = lower.rfind("</details").filter(|end| *end >= start)?;
    let body = unwrapped(text, span.start + start, span.start + end);
    Some(Fold {
        summary: without_tags(source.get(open..close)?),
        head: span.start + indent..span.start + start,
        body,
    })
}

/// A fold's text without the breaks around it and the `<div markdown="1">` it may be wrapped in.
fn unwrapped(text: &str, start: usize, end: usize) -> Part {
    let lines = parts::lines_between(text, start, end);
    let is_wrap = |line: &str| {
        let line = line.trim();
        line.starts_with("<div") && line.ends_with('>') && !line.contains("</")
    };
    let skips = |line: &str| {
        let line = line.trim();
        line.is_empty() || crate::scan::is_break(line)
    };
    let mut from = lines.iter().position(|l| !skips(l.text)).unwrap_or(lines.len());
    let mut to = lines.iter().rposition(|l| !skips(l.text)).map_or(from, |at| at + 1);
    if let (Some(first), Some(last)) =
        (lines.get(from), to.checked_sub(1).and_then(|at| lines.get(at)))
        && to - from >= 2
        && is_wrap(first.text)
        && last.text.trim() == "</div>"
    {
        (from, to) = (from + 1, to - 1);
    }
    let place = lines.get(from).map_or(end, |l| l.start).max(start);
    match (lines.get(from), to.checked_sub(1).and_then(|at| lines.get(at))) {
        (Some(first), Some(last)) if from < to => parts::inline(text, first.start, last.end),
        _ => Part { span: place..place, ..parts::plain(text, start, start) },
    }
}

/// A text without HTML tags, its white space single.
fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(rest.get(..open).unwrap_or_default());
        let Some(close) = rest.get(open..).and_then(|s| s.find('>')) else { break };
        rest = rest.get(open + close + 1..).unwrap_or_default();
    }
    if !rest.contains('<') {
        out.push_str(rest);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn labels_at_the_beginning_of_lines() {
        let words = Vocabulary::default();
        let answer = Mark::Part(Label::Answer);
        for (line, expect) in [
            ("Answer: 줄", Some((answer, "Answer:", "줄"))),
            ("답변 : 줄", Some((answer, "답변 :", "줄"))),
            ("A : 줄", Some((answer, "A :", "줄"))),
            ("A1. 줄", Some((answer, "A1.", "줄"))),
            ("A) 줄", Some((answer, "A)", "줄"))),
            ("**A.** 줄", Some((answer, "**A.**", "줄"))),
            ("**답변**", Some((answer, "**답변**", ""))),
            ("**답변:** 줄", Some((answer, "**답변:**", "줄"))),
            ("**답변** : 줄", Some((answer, "**답변** :", "줄"))),
            ("**답변: 줄** 뒤", None),
            ("Keyword: 가", Some((Mark::Head(HeadLabel::Keyword), "Keyword:", "가"))),
            ("**모범 답안**", Some((Mark::Part(Label::ModelAnswer), "**모범 답안**", ""))),
            ("**답변**은 줄입니다", None),
            ("**A**", None),
            ("A형 간염: 병", None),
            ("B. 줄", None),
            ("    Answer: 줄", None),
            ("답변", None),
        ] {
            let got = words.line_label(line);
            let got = got.map(|l| (l.mark, &line[l.from..l.to], &line[l.rest..]));
            assert_eq!(got, expect, "{line}");
        }
    }

    #[test]
    fn items_of_lists() {
        for (line, expect) in [
            ("* 가?", Some((0, "가?", 2, 0))),
            ("  - [ ] 가", Some((2, "가", 4, 0))),
            ("10. ### 가?", Some((0, "가?", 4, 3))),
            ("1) 가", Some((0, "가", 3, 0))),
            ("*가*", None),
            ("2025.04.10", None),
            ("-", None),
        ] {
            let got = list_item(line).map(|i| (i.indent, &line[i.content..], i.inner, i.heading));
            assert_eq!(got, expect, "{line}");
        }
    }

    #[test]
    fn what_asks() {
        for (text, expect) in [
            ("큐란?", true),
            ("**큐란?**", true),
            ("큐를 설명해주세요.", true),
            ("OSI 7계층을 설명하시오", true),
            ("장점을 서술하시오.", true),
            ("큐의 장단점도 말해주세요", true),
            ("큐의 장단점도 말해 주세요.", true),
            ("이해하기 쉽도록 설명해주세요", true),
            ("**큐란 무엇인가요**", true),
            ("큐란 무엇인가", true),
            ("큐와 스택은 어떻게 다릅니까", true),
            ("빠르니까", false),
            ("Explain how queues work.", true),
            ("List", false),
            ("큐는 줄이다.", false),
            ("큐", false),
        ] {
            assert_eq!(asks(text), expect, "{text}");
        }
    }

    #[test]
    fn folds() {
        let words = Vocabulary::default();
        for (html, label, body) in [
            (
                "<details><summary>모범 답안</summary>\n\n글\n\n</details>\n",
                Some(Label::ModelAnswer),
                "글",
            ),
            (
                "<details>\n<summary><b>답변 보기</b></summary>\n<div markdown=\"1\">\n\n글\n\n</div>\n</details>",
                Some(Label::Answer),
                "글",
            ),
            ("<details><summary>💡 Show answer</summary> 글</details>", Some(Label::Answer), "글"),
            ("<details><summary>코드</summary>\n</details>", None, ""),
        ] {
            let fold = fold(html, &(0..html.len())).unwrap();
            assert_eq!(words.fold_label(&fold.summary), label, "{html}");
            assert_eq!(&html[fold.body.span.clone()], body, "{html}");
        }
    }
}
