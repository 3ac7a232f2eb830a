//! Writes answers for people and for programs.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};

use dapanji_api::dto::{
    AddedView, AnswerStateView, CheckView, EntryView, ExportView, ListView, ModelStateView,
    PastedView, PostPage, WatchingMode, WatchingReason, WatchingView,
};
use dapanji_api::{ApiError, Code};

/// Prints a line. A reader that went away is no failure: what it did not want need not be said.
pub(crate) fn line(text: &str) -> Result<(), ApiError> {
    let mut out = io::stdout().lock();
    let text = if out.is_terminal() { harmless(text) } else { Cow::Borrowed(text) };
    match writeln!(out, "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(ApiError::new(
            Code::WriteFailed,
            format!("cannot write to standard output: {error}"),
        )),
        _ => Ok(()),
    }
}

/// Says something on standard error. Where it cannot be said, as on a full disk, what is done is done
/// all the same.
pub(crate) fn message(text: &str) {
    let mut out = io::stderr().lock();
    let text = if out.is_terminal() { harmless(text) } else { Cow::Borrowed(text) };
    drop(writeln!(out, "{text}"));
}

/// A text without what a terminal would obey: a post or a name may be anybody's.
fn harmless(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(obeyed) {
        Cow::Owned(text.replace("\r\n", "\n").replace(obeyed, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Prints a document as indented JSON.
pub(crate) fn json(document: &impl serde::Serialize) -> Result<(), ApiError> {
    line(&serde_json::to_string_pretty(document).map_err(not_json)?)
}

/// Prints a document as JSON on one line.
pub(crate) fn json_line(document: &impl serde::Serialize) -> Result<(), ApiError> {
    line(&serde_json::to_string(document).map_err(not_json)?)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn not_json(error: serde_json::Error) -> ApiError {
    ApiError::new(Code::Internal, format!("cannot write JSON: {error}"))
}

/// Says on standard error how changes are heard of, where it is not by the system's events.
pub(crate) fn watching(watching: &WatchingView) {
    let every = watching.every_seconds.unwrap_or_default();
    let why = match (watching.mode, watching.reason) {
        (WatchingMode::Events, _) => return,
        (WatchingMode::None, _) => {
            message("dapanji: changes are not heard of");
            return;
        }
        (WatchingMode::Polling, Some(WatchingReason::FileSystem)) => {
            let name = watching.file_system.as_deref().unwrap_or("the file system");
            format!("{name} does not tell of changes by others")
        }
        (WatchingMode::Polling, Some(WatchingReason::Limit)) => {
            "the system watches no more folders".to_owned()
        }
        (WatchingMode::Polling, Some(WatchingReason::Silent)) => {
            "the system did not tell of changes".to_owned()
        }
        (WatchingMode::Polling, _) => "the system refuses to tell of changes".to_owned(),
    };
    message(&format!("dapanji: {why}: looking at the files every {every} seconds"));
    if let Some(remedy) = &watching.remedy {
        message(&format!("  to be told at once: {remedy}"));
    }
}

pub(crate) fn list(list: &ListView) -> Result<(), ApiError> {
    for post in &list.posts {
        line(&format!("{}  {}", post.path, post.title))?;
        for day in &post.days {
            line(&format!("  {}", day.date.as_deref().unwrap_or("(no date)")))?;
            for entry in &day.entries {
                let category = entry.categories.join(", ");
                line(&format!(
                    "    {} {}  {}  {}",
                    bubble(entry.answer.state),
                    entry.id,
                    category,
                    entry.question
                ))?;
            }
        }
    }
    Ok(())
}

/// The bubble of an answer card: open, half, filled.
pub(crate) fn bubble(state: AnswerStateView) -> char {
    match state {
        AnswerStateView::Empty => '○',
        AnswerStateView::Draft => '◐',
        AnswerStateView::Written => '●',
    }
}

pub(crate) fn entry(entry: &EntryView) -> Result<(), ApiError> {
    line(&entry.question)?;
    let head = [entry.date.clone(), Some(entry.categories.join(", ")), entry.topic.clone()];
    let head: Vec<String> = head.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    line(&head.join(" · "))?;
    if let Some(hint) = &entry.hint {
        line(&format!("\n[힌트]\n{hint}"))?;
    }
    line(&format!("\n[답변] {}\n{}", bubble(entry.answer.state), entry.answer.text))?;
    if entry.model_answer.state == ModelStateView::Written {
        for variant in &entry.model_answer.variants {
            let audience = variant.audience.as_deref().map(|a| format!(" {a}")).unwrap_or_default();
            line(&format!("\n[모범 답안]{audience}\n{}", variant.text))?;
        }
    }
    for section in &entry.sections {
        line(&format!("\n[{}]\n{}", section.title, section.text))?;
    }
    Ok(())
}

/// A post: its sections with their text, its questions with their keys, in the order of the file.
pub(crate) fn post(page: &PostPage) -> Result<(), ApiError> {
    line(&page.title)?;
    line(
        &[page.date.as_deref(), Some(&page.path)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
    )?;
    let sections = page.sections.iter().map(|section| {
        let marks = "#".repeat(section.level.into());
        let heading = format!("{marks} {}", section.title);
        let parts = [heading.trim(), section.text.trim_end()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        (section.line, format!("\n{}", parts.join("\n")))
    });
    let entries = page.entries.iter().map(|entry| {
        let row = &entry.row;
        (entry.line, format!("  {} {}  {}", bubble(row.state), row.id, row.question))
    });
    let mut parts: Vec<(u32, String)> = sections.chain(entries).collect();
    parts.sort_by_key(|(at, _)| *at);
    parts.iter().try_for_each(|(_, part)| line(part))
}

/// What was understood of a pasted text.
pub(crate) fn pasted(read: &PastedView) -> Result<(), ApiError> {
    for (nth, entry) in read.entries.iter().enumerate() {
        let question = if entry.question.is_empty() { "(질문 없음)" } else { &entry.question };
        line(&format!("{}. {question}", nth + 1))?;
        let parts = [
            ("분류", &entry.category),
            ("주제", &entry.topic),
            ("힌트", &entry.hint),
            ("모범 답안", &entry.model_answer),
        ];
        for (name, text) in parts {
            let Some(text) = text else { continue };
            let text = text.replace('\n', "\n     ");
            line(&format!("   {name}: {text}"))?;
        }
    }
    line(&format!("문제 {}개로 읽었습니다. 아무것도 쓰지 않았습니다.", read.entries.len()))
}

/// The entries that were added, with their keys.
pub(crate) fn added(read: &PastedView, added: &AddedView) -> Result<(), ApiError> {
    for (id, entry) in added.entries.iter().zip(&read.entries) {
        line(&format!("{id}  {}  {}", added.path, entry.question))?;
    }
    Ok(())
}

pub(crate) fn export(written: &ExportView) -> Result<(), ApiError> {
    for omission in &written.omissions {
        line(&format!("빠진 것: {omission}"))?;
    }
    let held = match (written.entries, written.articles) {
        (0, articles) => format!("글 {articles}편"),
        (entries, _) => format!("문제 {entries}개"),
    };
    line(&format!(
        "{}  {held} · {}쪽 · {} KB",
        written.out,
        written.pages,
        written.bytes.div_ceil(1024)
    ))
}

pub(crate) fn check(checked: &CheckView) -> Result<(), ApiError> {
    for diagnostic in &checked.diagnostics {
        line(&format!(
            "{}:{}: {} [{}]",
            diagnostic.path, diagnostic.line, diagnostic.message, diagnostic.code
        ))?;
    }
    line(&format!("글 {}개, 알릴 것 {}개", checked.posts, checked.diagnostics.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_commands_no_terminal() {
        let check = |text: &str, expect: &str| assert_eq!(harmless(text), expect);
        check("락이란?\n\t- 가 ~ “나”", "락이란?\n\t- 가 ~ “나”");
        check("한 줄\r\n두 줄", "한 줄\n두 줄");
        check("\u{1b}]0;제목\u{7}\u{1b}[2J", "\u{fffd}]0;제목\u{fffd}\u{fffd}[2J");
        check("a\rb\u{9b}31m\u{7f}", "a\u{fffd}b\u{fffd}31m\u{fffd}");
    }
}
