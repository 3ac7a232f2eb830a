//! Filters: `name:value`.

use dapanji_korean::fold;
use jiff::civil::Date;

use crate::document::{AnswerState, PartKind, date_code};

/// A property to filter by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// The start of a category, folded.
    Category(String),
    Topic(String),
    /// A stretch of the path, folded.
    Post(String),
    In(PartKind),
    Is(AnswerState),
    /// First and last day as `yyyymmdd`.
    Date {
        from: i64,
        to: i64,
    },
}

impl Filter {
    /// Reads a filter; none if there is no such filter or value.
    pub(super) fn read(name: &str, value: &str) -> Option<Self> {
        let value = value.trim();
        if value.is_empty() {
            return None;
        }
        match fold(name).as_str() {
            "category" | "카테고리" | "분류" => Some(Self::Category(fold(value))),
            "topic" | "주제" => Some(Self::Topic(value.to_owned())),
            "post" | "글" => Some(Self::Post(fold(value))),
            "date" | "날짜" => {
                let (from, to) = days(value)?;
                Some(Self::Date { from, to })
            }
            "in" => Some(Self::In(match fold(value).as_str() {
                "question" | "질문" => PartKind::Question,
                "answer" | "답변" => PartKind::Answer,
                "model" | "model_answer" | "모범답안" => PartKind::ModelAnswer,
                "hint" | "힌트" => PartKind::Hint,
                "section" => PartKind::Section,
                _ => return None,
            })),
            "is" => Some(Self::Is(match fold(value).as_str() {
                "unanswered" | "empty" => AnswerState::Empty,
                "draft" => AnswerState::Draft,
                "answered" | "written" => AnswerState::Written,
                _ => return None,
            })),
            _ => None,
        }
    }
}

/// Reads a day, month, year, or a range of them with an open end on either side.
fn days(value: &str) -> Option<(i64, i64)> {
    let (from, to) = match value.split_once("..") {
        Some((from, to)) => (from.trim(), to.trim()),
        None => (value, value),
    };
    let open = |end: &str| end.is_empty();
    if open(from) && open(to) {
        return None;
    }
    let first = if open(from) { i64::MIN } else { span(from)?.0 };
    let last = if open(to) { i64::MAX } else { span(to)?.1 };
    Some((first.min(last), last.max(first)))
}

/// Returns the first and last day of `2025`, `2025-04`, or `2025-04-10`; also with `.` or `/`.
fn span(value: &str) -> Option<(i64, i64)> {
    let mut numbers = value.split(['-', '.', '/']).map(|number| {
        (number.len() <= 4).then(|| number.parse::<i16>().ok()).flatten().filter(|&n| n >= 0)
    });
    let year = numbers.next()??;
    let month = numbers.next();
    let day = numbers.next();
    if numbers.next().is_some() {
        return None;
    }
    let base = i64::from(year) * 10_000;
    let Some(month) = month else { return Some((base, base + 1231)) };
    let month = i8::try_from(month?).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    let Some(day) = day else { return Some((date_code(first), date_code(first.last_of_month()))) };
    let day = Date::new(year, month, i8::try_from(day?).ok()?).ok()?;
    Some((date_code(day), date_code(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (value, expect) in [
            ("2025", Some((20_250_000, 20_251_231))),
            ("2025-04", Some((20_250_401, 20_250_430))),
            ("2025.4.9", Some((20_250_409, 20_250_409))),
            ("2025-04-01..2025-04-10", Some((20_250_401, 20_250_410))),
            ("2025-04-10..2025-04-01", Some((20_250_401, 20_250_410))),
            ("2025-02..", Some((20_250_201, i64::MAX))),
            ("..2025-02", Some((i64::MIN, 20_250_228))),
            ("..", None),
            ("2025-13", None),
            ("2025-02-30", None),
            ("오늘", None),
            ("-1", None),
            ("99999", None),
            ("1-2-3-4", None),
        ] {
            assert_eq!(days(value), expect, "{value}");
        }
    }
}
