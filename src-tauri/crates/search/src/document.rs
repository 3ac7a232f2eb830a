//! What is put into the index.

use jiff::civil::Date;

/// A part of a post, as it is indexed and found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The key of the entry it belongs to; none for a section outside entries.
    pub entry: Option<String>,
    /// Which part it is.
    pub part: PartKind,
    /// The entry's day.
    pub date: Option<Date>,
    /// The entry's question, or the title of a section outside entries.
    pub question: String,
    /// The entry's categories.
    pub categories: Vec<String>,
    /// The entry's topic.
    pub topic: Option<String>,
    /// State of the entry's answer; none outside entries.
    pub answer_state: Option<AnswerState>,
    /// Line of the part in its post, from 1.
    pub line: u32,
    /// The part's markdown, without quote prefixes.
    pub text: String,
}

/// Which part of an entry a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartKind {
    /// The heading.
    Question,
    /// The user's own answer.
    Answer,
    /// The model answer.
    ModelAnswer,
    /// The hint.
    Hint,
    /// Any other headed part, inside an entry or not.
    Section,
}

/// How far the answer of an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// There is none.
    Empty,
    /// It is unfinished.
    Draft,
    /// It is written.
    Written,
}

/// The number a section outside entries is indexed under.
pub(crate) const FREE_SECTION: u64 = 5;
/// The number of the document that records a post and its revision.
pub(crate) const POST_RECORD: u64 = 9;

impl PartKind {
    /// Returns the number this part is indexed under.
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::Question => 0,
            Self::Answer => 1,
            Self::ModelAnswer => 2,
            Self::Hint => 3,
            Self::Section => 4,
        }
    }

    pub(crate) fn from_code(code: u64) -> Option<Self> {
        Some(match code {
            0 => Self::Question,
            1 => Self::Answer,
            2 => Self::ModelAnswer,
            3 => Self::Hint,
            4 | FREE_SECTION => Self::Section,
            _ => return None,
        })
    }
}

impl AnswerState {
    /// Returns the number this state is indexed under.
    pub(crate) fn code(self) -> u64 {
        match self {
            Self::Empty => 0,
            Self::Draft => 1,
            Self::Written => 2,
        }
    }

    pub(crate) fn from_code(code: u64) -> Option<Self> {
        Some(match code {
            0 => Self::Empty,
            1 => Self::Draft,
            2 => Self::Written,
            _ => return None,
        })
    }
}

/// Returns a date as the number `yyyymmdd`.
pub(crate) fn date_code(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

pub(crate) fn date_from_code(code: i64) -> Option<Date> {
    let year = i16::try_from(code.div_euclid(10_000)).ok()?;
    let month = i8::try_from(code.rem_euclid(10_000) / 100).ok()?;
    let day = i8::try_from(code.rem_euclid(100)).ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_survive() {
        for day in [date(2025, 4, 9), date(1999, 12, 31), date(0, 1, 1), date(-1, 2, 3)] {
            assert_eq!(date_from_code(date_code(day)), Some(day));
        }
        assert_eq!(date_from_code(20_251_301), None);
    }
}
