//! The words that mark the parts of an entry and tell how far a text has come.

use unicode_normalization::UnicodeNormalization as _;

/// Label words and state words, with those most notebooks use as the default.
///
/// A label matches whole, after trimming, ignoring spaces, emphasis around it, a trailing colon, the
/// case of Latin letters, and how Hangul is composed; so `Q4. 1분 답변 템플릿?` and
/// `댓글 (저자 답변)` are no answer labels.
///
/// The `with_…` methods for labels add words to the usual ones, as one more label takes nothing away.
/// Those for states replace the usual words, so that a word can be given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    // Invariant: all folded, none empty.
    pub(crate) question: Vec<String>,
    pub(crate) answer: Vec<String>,
    pub(crate) model_answer: Vec<String>,
    pub(crate) section: Vec<String>,
    pub(crate) category: Vec<String>,
    pub(crate) hint: Vec<String>,
    pub(crate) keyword: Vec<String>,
    /// Characters of the longest label.
    pub(crate) longest_label: usize,
    /// Folded to letters and digits.
    pub(crate) placeholders: Vec<String>,
    pub(crate) draft_endings: Vec<String>,
    pub(crate) draft_marks: Vec<String>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        let empty = Self {
            question: Vec::new(),
            answer: Vec::new(),
            model_answer: Vec::new(),
            section: Vec::new(),
            category: Vec::new(),
            hint: Vec::new(),
            keyword: Vec::new(),
            longest_label: 0,
            placeholders: Vec::new(),
            draft_endings: Vec::new(),
            draft_marks: Vec::new(),
        };
        empty
            .with_question(["질문", "Q", "Question"])
            .with_answer([
                "답변",
                "내 답변",
                "나의 답변",
                "나의 답",
                "내 답",
                "답",
                "Answer",
                "My answer",
                "A",
            ])
            .with_model_answer([
                "모범 답안",
                "모범 답변",
                "모범 정답",
                "모범 답",
                "예시 답안",
                "예시 답변",
                "Model answer",
                "Sample answer",
            ])
            .with_section([
                "꼬리 질문",
                "꼬리질문들",
                "추가 질문",
                "후속 질문",
                "참고",
                "참고 자료",
                "참고 문헌",
                "참고 링크",
                "출처",
                "회고",
                "메모",
                "References",
                "Reference",
                "Follow-up",
                "Follow-ups",
                "Follow-up questions",
            ])
            .with_category(["카테고리", "분류", "Category"])
            .with_hint(["힌트", "Hint"])
            .with_keyword(["키워드", "Keyword", "Keywords"])
            .with_placeholders([
                "어쩌구 저쩌구",
                "어쩌고 저쩌고",
                "TODO",
                "TBD",
                "작성 예정",
                "추후 작성",
            ])
            .with_draft_endings(["...", "…", "??", "..?"])
            .with_draft_marks(["TODO", "FIXME", "작성 중"])
    }
}

macro_rules! with_labels {
    ($($(#[$doc:meta])* $method:ident => $field:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $method<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
            for word in words {
                let word = fold_label(word.as_ref(), usize::MAX).unwrap_or_default();
                if !word.is_empty() && !self.$field.contains(&word) {
                    self.longest_label = self.longest_label.max(word.chars().count());
                    self.$field.push(word);
                }
            }
            self
        }
    )*};
}

impl Vocabulary {
    with_labels! {
        /// Adds words that begin a question, as in `질문: …` and `Q1. …`.
        with_question => question;
        /// Adds words that mark the user's own answer.
        with_answer => answer;
        /// Adds words that mark a model answer.
        with_model_answer => model_answer;
        /// Adds words that mark a part which is neither, such as 꼬리 질문.
        with_section => section;
        /// Adds words that mark category and topic.
        with_category => category;
        /// Adds words that mark a hint.
        with_hint => hint;
        /// Adds words that mark key words, which are shown as a hint.
        with_keyword => keyword;
    }

    /// Sets the texts that only keep the place of a model answer, compared by letters and digits.
    #[must_use]
    pub fn with_placeholders<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        let folded = words.into_iter().map(|word| fold_letters(word.as_ref(), usize::MAX));
        self.placeholders = folded.filter(|word| !word.is_empty()).collect();
        self
    }

    /// Sets what an unfinished answer ends with, such as `...`.
    #[must_use]
    pub fn with_draft_endings<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.draft_endings = trimmed(words);
        self
    }

    /// Sets the marks in an answer that something is left to write, such as `TODO`, case and all.
    #[must_use]
    pub fn with_draft_marks<W: AsRef<str>>(mut self, words: impl IntoIterator<Item = W>) -> Self {
        self.draft_marks = trimmed(words);
        self
    }
}

fn trimmed<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Vec<String> {
    let words = words.into_iter().map(|word| word.as_ref().trim().nfc().collect::<String>());
    words.filter(|word| !word.is_empty()).collect()
}

/// Folds a text for comparison with labels. None if it has more than `most` characters that show:
/// most texts are no labels but sentences, and this is how they are told at once.
pub(crate) fn fold_label(text: &str, most: usize) -> Option<String> {
    let seen = || text.chars().filter(|c| !is_invisible(*c));
    // A decomposed syllable has up to three characters.
    let looked_at = most.saturating_mul(3).saturating_add(1);
    let mut count = 0;
    let mut composed = true;
    for c in seen().take(looked_at) {
        count += 1;
        composed = composed && is_composed(c);
    }
    if count > most && (composed || count == looked_at) {
        return None;
    }
    let mut folded = String::with_capacity(3 * count);
    let mut push = |c: char| {
        if is_syllable(c) {
            folded.push(c);
        } else if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            folded.extend(c.to_lowercase());
        }
    };
    if composed {
        seen().for_each(&mut push);
    } else {
        seen().nfc().for_each(&mut push);
    }
    let folded = folded.trim_matches(['*', '_', '`']).trim_end_matches([':', '：']);
    Some(folded.trim_matches(['*', '_', '`']).to_owned())
}

/// White space, and characters that show nothing: zero-width ones, marks of direction, control
/// characters.
pub(crate) fn is_invisible(c: char) -> bool {
    if is_syllable(c) || c.is_ascii_graphic() {
        return false;
    }
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// The first letters and digits of a text, composed and in lower case; at most `most` of them.
pub(crate) fn fold_letters(text: &str, most: usize) -> String {
    let mut folded = String::with_capacity(text.len().min(most.saturating_mul(3)));
    let mut left = most;
    // Nearly all texts are composed already, and of syllables and ASCII: these take no tables.
    for c in text.chars() {
        if !is_composed(c) {
            return compose_letters(text, most);
        }
        if left == 0 {
            break;
        }
        if is_syllable(c) {
            folded.push(c);
            left -= 1;
        } else if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase());
                left -= 1;
            }
        } else if c.is_alphanumeric() {
            for lower in c.to_lowercase().take(left) {
                folded.push(lower);
                left -= 1;
            }
        }
    }
    folded
}

fn compose_letters(text: &str, most: usize) -> String {
    let letters = text.nfc().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).take(most).collect()
}

/// Whether a character is composed already and composes with none that are, as nearly all are.
fn is_composed(c: char) -> bool {
    c < '\u{300}'
        || is_syllable(c)
        || matches!(c, '\u{2010}'..='\u{206f}' | '\u{3000}'..='\u{3020}' | '\u{ff01}'..='\u{ff5e}')
}

fn is_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}
