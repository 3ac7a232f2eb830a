//! Tells from a text how far it has come.

use crate::{AnswerState, ModelAnswerState};

/// Texts that only keep the place of a model answer, folded as by [`fold`].
const PLACEHOLDERS: [&str; 6] =
    ["어쩌구저쩌구", "어쩌고저쩌고", "todo", "tbd", "작성예정", "추후작성"];

/// Letters of the longest placeholder.
const PLACEHOLDER_MOST: usize = 6;

/// Tells the state of an answer from its text.
pub(crate) fn answer_state(text: &str) -> AnswerState {
    if text.trim().is_empty() {
        AnswerState::Empty
    } else if breaks_off(text) || has_todo(text) {
        AnswerState::Draft
    } else {
        AnswerState::Written
    }
}

/// Tells the state of a model answer that is marked, from its text.
pub(crate) fn model_state(text: &str) -> ModelAnswerState {
    let folded = fold(text);
    if folded.is_empty() || PLACEHOLDERS.contains(&folded.as_str()) {
        ModelAnswerState::Placeholder
    } else {
        ModelAnswerState::Written
    }
}

/// The first letters and digits, lower case: enough to tell a placeholder, as texts can be long.
fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.take(PLACEHOLDER_MOST + 1).collect()
}

/// Whether the text ends in the middle of a thought: `...`, `…`, `??`.
fn breaks_off(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['*', '_', ')', '"', '\'']).trim_end();
    ["...", "…", "??", "..?"].iter().any(|mark| end.ends_with(mark))
}

/// Whether the text, code aside, holds a mark that something is left to write.
fn has_todo(text: &str) -> bool {
    let mut fenced = false;
    text.lines().any(|line| {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
        }
        !fenced && (has_word(line, "TODO") || has_word(line, "FIXME") || line.contains("작성 중"))
    })
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|s| s.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|s| s.chars().next());
        // Hangul may follow directly, as in `TODO는`.
        !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '`')
            && !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '`')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers() {
        for (text, expect) in [
            ("", AnswerState::Empty),
            (" \n ", AnswerState::Empty),
            ("자원을 URL로 나타냅니다.", AnswerState::Written),
            ("첫째는 이렇습니다.\n\n둘째는 ??...", AnswerState::Draft),
            ("TODO: 예시", AnswerState::Draft),
            ("```js\n// TODO\n```\n끝냈습니다.", AnswerState::Written),
            ("TODOS는 표 이름입니다.", AnswerState::Written),
            ("왜일까요?", AnswerState::Written),
        ] {
            assert_eq!(answer_state(text), expect, "{text:?}");
        }
    }

    #[test]
    fn model_answers() {
        for (text, expect) in [
            ("", ModelAnswerState::Placeholder),
            ("어쩌구 저쩌구", ModelAnswerState::Placeholder),
            ("...", ModelAnswerState::Placeholder),
            ("TODO", ModelAnswerState::Placeholder),
            ("어쩌구 저쩌구가 아닙니다", ModelAnswerState::Written),
        ] {
            assert_eq!(model_state(text), expect, "{text:?}");
        }
    }
}
