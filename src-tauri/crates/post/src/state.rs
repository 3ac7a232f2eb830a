//! Tells from a text how far it has come.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

use crate::vocabulary::{Vocabulary, fold_letters};
use crate::{AnswerState, ModelAnswerState};

/// Tells the state of an answer from its text.
pub(crate) fn answer_state(text: &str, vocabulary: &Vocabulary) -> AnswerState {
    let text = &composed(text);
    if text.trim().is_empty() {
        AnswerState::Empty
    } else if breaks_off(text, vocabulary) || has_mark(text, vocabulary) {
        AnswerState::Draft
    } else {
        AnswerState::Written
    }
}

/// Tells the state of a model answer that is marked, from its text.
pub(crate) fn model_state(text: &str, vocabulary: &Vocabulary) -> ModelAnswerState {
    let placeholders = &vocabulary.placeholders;
    let longest = placeholders.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    // Texts can be long, and one letter more than a placeholder has tells that they are none.
    let folded = fold_letters(text, longest + 1);
    if folded.is_empty() || placeholders.contains(&folded) {
        ModelAnswerState::Placeholder
    } else {
        ModelAnswerState::Written
    }
}

/// The text with Hangul in syllables, as the vocabulary has it.
fn composed(text: &str) -> Cow<'_, str> {
    // The first byte of conjoining jamo; no syllable has it.
    let may_hold_jamo = text.as_bytes().contains(&0xe1);
    if may_hold_jamo && text.contains(|c| matches!(c, '\u{1100}'..='\u{11ff}')) {
        Cow::Owned(text.nfc().collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether the text ends in the middle of a thought: `...`, `…`, `??`.
fn breaks_off(text: &str, vocabulary: &Vocabulary) -> bool {
    let end = text.trim_end().trim_end_matches(['*', '_', ')', '"', '\'']).trim_end();
    vocabulary.draft_endings.iter().any(|mark| end.ends_with(mark.as_str()))
}

/// Whether the text, code aside, holds a mark that something is left to write.
fn has_mark(text: &str, vocabulary: &Vocabulary) -> bool {
    // Hardly any text has one, and telling so takes no look at its lines.
    if !vocabulary.draft_marks.iter().any(|mark| text.contains(mark.as_str())) {
        return false;
    }
    let mut fenced = false;
    text.lines().any(|line| {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            fenced = !fenced;
        }
        !fenced && vocabulary.draft_marks.iter().any(|mark| has_word(line, mark))
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
        let vocabulary = Vocabulary::default();
        for (text, expect) in [
            ("", AnswerState::Empty),
            (" \n ", AnswerState::Empty),
            ("자원을 URL로 나타냅니다.", AnswerState::Written),
            ("첫째는 이렇습니다.\n\n둘째는 ??...", AnswerState::Draft),
            ("TODO: 예시", AnswerState::Draft),
            ("```js\n// TODO\n```\n끝냈습니다.", AnswerState::Written),
            ("TODOS는 표 이름입니다.", AnswerState::Written),
            ("왜일까요?", AnswerState::Written),
            ("아직 작성 중", AnswerState::Draft),
        ] {
            assert_eq!(answer_state(text, &vocabulary), expect, "{text:?}");
            let decomposed: String = text.nfd().collect();
            assert_eq!(answer_state(&decomposed, &vocabulary), expect, "{text:?}, decomposed");
        }
    }

    #[test]
    fn model_answers() {
        let vocabulary = Vocabulary::default();
        for (text, expect) in [
            ("", ModelAnswerState::Placeholder),
            ("어쩌구 저쩌구", ModelAnswerState::Placeholder),
            ("...", ModelAnswerState::Placeholder),
            ("TODO", ModelAnswerState::Placeholder),
            ("어쩌구 저쩌구가 아닙니다", ModelAnswerState::Written),
        ] {
            assert_eq!(model_state(text, &vocabulary), expect, "{text:?}");
        }
    }

    #[test]
    fn own_words_replace_the_usual_ones() {
        let own = Vocabulary::default()
            .with_placeholders(["나중에"])
            .with_draft_endings(["ㅠㅠ"])
            .with_draft_marks(["<미완>"]);
        assert_eq!(answer_state("여기까지 ㅠㅠ", &own), AnswerState::Draft);
        assert_eq!(answer_state("<미완>\n하나", &own), AnswerState::Draft);
        assert_eq!(answer_state("TODO 그리고...", &own), AnswerState::Written);
        assert_eq!(model_state("나중에.", &own), ModelAnswerState::Placeholder);
        assert_eq!(model_state("TODO", &own), ModelAnswerState::Written);
    }
}
