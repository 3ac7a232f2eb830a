//! Looks for characters that make a post behave other than it looks.
//!
//! Only what a user would want to know: one diagnostic for each post and kind, at the first place,
//! with the number of places. Not told are characters that do no harm: a no-break space in a
//! sentence, zero-width characters outside headings or joining an emoji, conjoining jamo (questions
//! are matched and searched composed).

use crate::scan::{Block, BlockKind};
use crate::{Diagnostic, DiagnosticCode, Post, Span, dates};

/// Finds what is odd in the characters of a post. Linear in the text.
pub(crate) fn look_over(post: &Post, blocks: &[Block]) -> Vec<Diagnostic> {
    let text = post.text();
    let mut found = Vec::new();
    if may_hold_controls(text) {
        let controls = text.char_indices().filter(|(_, c)| is_control(*c));
        found.extend(told(post, DiagnosticCode::ControlCharacters, controls, |count, c| {
            let code = u32::from(c);
            match count {
                1 => format!("a control character (U+{code:04X}) is in the text; it is kept"),
                _ => {
                    format!(
                        "{count} control characters (U+{code:04X}) are in the text; they are kept"
                    )
                }
            }
        }));
    }
    if text.contains("\u{fffd}") {
        let lost = text.match_indices('\u{fffd}').map(|(at, _)| (at, '\u{fffd}'));
        found.extend(told(post, DiagnosticCode::LostCharacters, lost, |count, _| match count {
            1 => "a character was lost when the text was converted (�)".to_owned(),
            _ => format!("{count} characters were lost when the text was converted (�)"),
        }));
    }
    let unseen = headings(post).into_iter().flat_map(|heading| {
        let line = text.get(heading.clone()).unwrap_or_default();
        line.char_indices().map(move |(at, c)| (heading.start + at, c))
    });
    let unseen = unseen.filter(|(_, c)| is_unseen(*c));
    found.extend(told(post, DiagnosticCode::UnseenCharacters, unseen, |count, c| {
        let code = u32::from(c);
        let them = if count == 1 { "it" } else { "they" };
        format!("{count} × a character that cannot be seen (U+{code:04X}) in a heading; {them} may keep it from being found")
    }));
    let text_blocks = blocks.iter().filter(|block| block.kind == BlockKind::Text);
    let inside = text_blocks.filter_map(|block| {
        let inside = text.get(block.span.clone())?;
        inside.contains('#').then_some((block.span.start, inside))
    });
    let near = inside.flat_map(|(mut at, inside)| {
        inside.split_inclusive('\n').filter_map(move |line| {
            let start = at;
            at += line.len();
            Some((start, near_heading(line)?))
        })
    });
    found.extend(told(post, DiagnosticCode::NotAHeading, near, |count, c| {
        let why = if c.is_whitespace() || is_unseen(c) {
            format!("U+{:04X} stands where a space has to after `#`", u32::from(c))
        } else {
            "a space is missing after `#`".to_owned()
        };
        match count {
            1 => format!("this line looks like a heading and is none: {why}"),
            _ => format!("this line and {} more look like headings and are none: {why}", count - 1),
        }
    }));
    found
}

/// One diagnostic for all places of a kind, none if there is no place.
fn told(
    post: &Post,
    code: DiagnosticCode,
    mut places: impl Iterator<Item = (usize, char)>,
    message: impl Fn(usize, char) -> String,
) -> Option<Diagnostic> {
    let (first, c) = places.next()?;
    let message = message(1 + places.count(), c);
    Some(Diagnostic { line: post.line_of(first), code, message })
}

/// The lines of all headings, in the order of the file.
fn headings(post: &Post) -> Vec<Span> {
    let mut headings: Vec<Span> = post.sections().iter().map(|s| s.heading.clone()).collect();
    for day in post.days() {
        headings.extend(day.heading.clone());
        for entry in &day.entries {
            headings.push(entry.heading.clone());
            headings.extend(entry.sections.iter().map(|section| section.heading.clone()));
        }
    }
    headings.sort_by_key(|heading| heading.start);
    headings.dedup();
    headings
}

/// Looks at the bytes alone, which is much faster than the characters, and finds nothing as a rule.
fn may_hold_controls(text: &str) -> bool {
    let low = |byte: u8| byte == 0x7f || byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Many bytes at a time, which a search that ends at the first one found does not do. Controls
    // above ASCII begin with this byte, and so do some signs.
    let suspicious = |chunk: &[u8]| chunk.iter().fold(false, |any, b| any | low(*b) | (*b == 0xc2));
    if !text.as_bytes().chunks(1024).any(suspicious) {
        return false;
    }
    let mut before = 0;
    text.bytes().any(|byte| {
        let high = before == 0xc2 && byte < 0xa0;
        before = byte;
        high || low(byte)
    })
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Tells zero-width characters from others; not the joiners, which emoji and some scripts need.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Returns what stands after the marks of a line that looks like a heading and is none.
///
/// `#태그` is a tag, and `#2025.04.10` meant as a day.
fn near_heading(line: &str) -> Option<char> {
    let content = line.trim_start_matches(' ');
    let after = content.trim_start_matches('#');
    let level = content.len() - after.len();
    if line.len() - content.len() > 3 || !(1..=6).contains(&level) {
        return None;
    }
    let c = after.chars().next()?;
    if is_unseen(c) || c.is_whitespace() && !c.is_ascii() {
        return (!after.trim().is_empty()).then_some(c);
    }
    let is_word = c.is_alphanumeric() || c == '[' || c == '<';
    let is_meant = level > 1 && is_word || dates::heading_date(after.trim_end()).is_some();
    is_meant.then_some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(usize, &str)]) {
        let post = Post::parse(text);
        let told: Vec<(usize, &str)> =
            post.diagnostics().iter().map(|d| (d.line, d.code.as_str())).collect();
        assert_eq!(told, expect, "{text:?}: {:?}", post.diagnostics());
    }

    #[test]
    fn what_does_no_harm_is_not_told() {
        check("# 2025.04.10\n## 락이란?\n### 답변\n잠금\u{a0}이다.\u{200b}\t끝\r\n".trim(), &[]);
        check("## 👩\u{200d}💻 자기소개를 해주세요?\n", &[]);
        check("## \u{1103}\u{1166}드락이란?\n", &[]);
        check("#태그 #스프링\n\n#!/bin/sh\n\n#### \n\n####\n\n########\n", &[]);
        check("```\n##제목\n#\u{a0}제목\n```\n\n    ##제목\n\n> ##제목\n", &[]);
        check("---\ntitle: 가\n---\n본문\n", &[]);
    }

    #[test]
    fn controls_and_lost_characters() {
        check("가\n나\u{8}\u{1b}다\n\0\n", &[(2, "control-characters")]);
        check("가\u{97}\n", &[(1, "control-characters")]);
        check("가\u{7f}\n\u{a0}나\n", &[(1, "control-characters")]);
        check("가\n\u{fffd}\u{fffd}나\n", &[(2, "lost-characters")]);
        let post = Post::parse("가\n나\u{8}\u{1b}다\n\0\n");
        let message = "3 control characters (U+0008) are in the text; they are kept";
        assert_eq!(post.diagnostics()[0].message, message);
    }

    #[test]
    fn unseen_characters_in_headings() {
        check("# 2025.04.10\n## 데드\u{200b}락이란?\n### 답변\n가\n", &[(2, "unseen-characters")]);
        check("# \u{feff}2025.04.10\n## 락이란?\n", &[(1, "unseen-characters")]);
        check("## 락\u{2060}이란?\n## 큐\u{ad}란?\n", &[(1, "unseen-characters")]);
    }

    #[test]
    fn lines_that_look_like_headings() {
        check("# 2025.04.10\n##\u{a0}락이란?\n", &[(2, "not-a-heading")]);
        check("##\u{3000}락이란?\n", &[(1, "not-a-heading")]);
        check("#\u{200b} 2025.04.10\n", &[(1, "not-a-heading")]);
        check("# 2025.04.10\n##락이란?\n###답변\n", &[(2, "not-a-heading")]);
        check("#2025.04.10\n## 락이란?\n", &[(1, "not-a-heading")]);
        let post = Post::parse("##락이란?\n###답변\n");
        let message =
            "this line and 1 more look like headings and are none: a space is missing after `#`";
        assert_eq!(post.diagnostics()[0].message, message);
    }
}
