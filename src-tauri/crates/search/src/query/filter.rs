//! Filters: `name:value`.

use std::fmt;

use dapanji_korean::fold;
use jiff::civil::Date;

use super::problem::ProblemKind;
use crate::document::{AnswerState, PartKind, date_code, date_from_code};

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
    /// One of them: `is:draft OR is:unanswered`. At least two, none of them this.
    OneOf(Vec<Filter>),
}

/// What a filter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// `category:`
    Category,
    /// `topic:`
    Topic,
    /// `date:`
    Date,
    /// `in:`
    In,
    /// `is:`
    Is,
    /// `post:`
    Post,
}

impl Operator {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::In, Self::Is, Self::Category, Self::Topic, Self::Date, Self::Post];

    /// Returns the names it has in a query, the first being the one that is offered.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::Category => &["category", "카테고리", "분류"],
            Self::Topic => &["topic", "주제"],
            Self::Date => &["date", "날짜"],
            Self::In => &["in", "부분"],
            Self::Is => &["is", "상태"],
            Self::Post => &["post", "글"],
        }
    }

    /// Returns the operator of this name, whatever its case.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = fold(name);
        Self::ALL.into_iter().find(|operator| operator.names().contains(&name.as_str()))
    }
}

/// The values of `in:`, with the part each stands for; the first name of a part is the one offered.
pub(super) const PARTS: &[(&str, PartKind)] = &[
    ("question", PartKind::Question),
    ("질문", PartKind::Question),
    ("문제", PartKind::Question),
    ("answer", PartKind::Answer),
    ("답변", PartKind::Answer),
    ("내답변", PartKind::Answer),
    ("model", PartKind::ModelAnswer),
    ("model_answer", PartKind::ModelAnswer),
    ("모범답안", PartKind::ModelAnswer),
    ("모범", PartKind::ModelAnswer),
    ("hint", PartKind::Hint),
    ("힌트", PartKind::Hint),
    ("section", PartKind::Section),
    ("그밖", PartKind::Section),
];

/// The values of `is:`, with the state each stands for; the first name of a state is the one
/// offered.
pub(super) const STATES: &[(&str, AnswerState)] = &[
    ("unanswered", AnswerState::Empty),
    ("empty", AnswerState::Empty),
    ("미답변", AnswerState::Empty),
    ("draft", AnswerState::Draft),
    ("초안", AnswerState::Draft),
    ("answered", AnswerState::Written),
    ("written", AnswerState::Written),
    ("답변함", AnswerState::Written),
];

/// The values of `is:` that ask for entries to be reviewed.
const DUE: &[&str] = &["due", "복습"];

impl Filter {
    /// Reads the value of an operator.
    pub(super) fn read(operator: Operator, value: &str) -> Result<Self, ProblemKind> {
        let value = value.trim();
        if value.is_empty() {
            return Err(ProblemKind::EmptyOperator);
        }
        let folded = fold(value);
        // `모범 답안` in quotes is `모범답안`.
        let name: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
        match operator {
            Operator::Category => Ok(Self::Category(folded)),
            Operator::Topic => Ok(Self::Topic(value.to_owned())),
            Operator::Post => Ok(Self::Post(folded)),
            Operator::Date => days(value).map(|(from, to)| Self::Date { from, to }),
            Operator::In => named(PARTS, &name).map(Self::In).ok_or(ProblemKind::UnknownValue),
            Operator::Is if DUE.contains(&name.as_str()) => Err(ProblemKind::NothingScheduled),
            Operator::Is => named(STATES, &name).map(Self::Is).ok_or(ProblemKind::UnknownValue),
        }
    }

    /// Adds another one to choose from.
    pub(super) fn or(self, other: Self) -> Self {
        match self {
            Self::OneOf(mut filters) => {
                filters.push(other);
                Self::OneOf(filters)
            }
            only => Self::OneOf(vec![only, other]),
        }
    }

    /// Tells whether it names a part, or parts only.
    pub(crate) fn names_parts(&self) -> bool {
        match self {
            Self::In(_) => true,
            Self::OneOf(filters) => filters.iter().all(Self::names_parts),
            _ => false,
        }
    }

    /// Tells whether `part` is one of those it names; true if it names none.
    pub(crate) fn allows(&self, part: PartKind) -> bool {
        match self {
            Self::In(wanted) => *wanted == part,
            Self::OneOf(filters) => filters.iter().any(|filter| filter.allows(part)),
            _ => true,
        }
    }
}

/// In the words of the query language.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn name<T: PartialEq>(values: &[(&'static str, T)], value: &T) -> &'static str {
            values.iter().find(|(_, other)| other == value).map_or("", |(name, _)| name)
        }
        let day = |code: i64| {
            let shown = date_from_code(code).map(|date| date.to_string());
            shown.unwrap_or_else(|| (code / 10_000).to_string())
        };
        match self {
            Self::Category(start) => write!(f, "category:{start}"),
            Self::Topic(text) => write!(f, "topic:{text}"),
            Self::Post(text) => write!(f, "post:{text}"),
            Self::In(part) => write!(f, "in:{}", name(PARTS, part)),
            Self::Is(state) => write!(f, "is:{}", name(STATES, state)),
            Self::Date { from: i64::MIN, to } => write!(f, "date:..{}", day(*to)),
            Self::Date { from, to: i64::MAX } => write!(f, "date:{}..", day(*from)),
            Self::Date { from, to } => write!(f, "date:{}..{}", day(*from), day(*to)),
            Self::OneOf(filters) => {
                for (nth, filter) in filters.iter().enumerate() {
                    if nth > 0 {
                        f.write_str(" OR ")?;
                    }
                    write!(f, "{filter}")?;
                }
                Ok(())
            }
        }
    }
}

fn named<T: Copy>(values: &[(&str, T)], name: &str) -> Option<T> {
    values.iter().find(|(other, _)| *other == name).map(|&(_, value)| value)
}

/// Reads a day, month, year, or a range of them with an open end on either side.
fn days(value: &str) -> Result<(i64, i64), ProblemKind> {
    let (from, to) = match value.split_once("..").or_else(|| value.split_once('~')) {
        Some((from, to)) => (from.trim(), to.trim()),
        None => (value, value),
    };
    let open = |end: &str| end.is_empty();
    if open(from) && open(to) {
        return Err(ProblemKind::UnreadableDate);
    }
    let first = if open(from) { i64::MIN } else { span(from)?.0 };
    let last = if open(to) { i64::MAX } else { span(to)?.1 };
    if first <= last {
        return Ok((first, last));
    }
    // The wrong way round, so by the outer days of both.
    Ok((span(to)?.0, span(from)?.1))
}

/// Returns the first and last day of `2025`, `2025-04`, or `2025-04-10`; also with `.` or `/`.
fn span(value: &str) -> Result<(i64, i64), ProblemKind> {
    let numbers: Vec<&str> =
        value.trim_end_matches(['-', '.', '/']).split(['-', '.', '/']).collect();
    let readable = |number: &&str| {
        (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    if numbers.len() > 3 || !numbers.iter().all(readable) {
        return Err(ProblemKind::UnreadableDate);
    }
    let mut numbers = numbers.iter().map(|number| number.parse::<i16>().unwrap_or(0));
    let year = numbers.next().unwrap_or(0);
    let small = |number: i16| i8::try_from(number).map_err(|_| ProblemKind::ImpossibleDate);
    let Some(month) = numbers.next() else {
        let base = i64::from(year) * 10_000;
        return Ok((base, base + 1231));
    };
    let impossible = |_| ProblemKind::ImpossibleDate;
    let month = small(month)?;
    let first = Date::new(year, month, 1).map_err(impossible)?;
    let Some(day) = numbers.next() else {
        return Ok((date_code(first), date_code(first.last_of_month())));
    };
    let day = Date::new(year, month, small(day)?).map_err(impossible)?;
    Ok((date_code(day), date_code(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_shown_as_they_are_asked_for() {
        for (operator, value, expect) in [
            (Operator::Category, "Backend", "category:backend"),
            (Operator::In, "모범 답안", "in:model"),
            (Operator::Is, "초안", "is:draft"),
            (Operator::Date, "2025-04", "date:2025-04-01..2025-04-30"),
            (Operator::Date, "2025", "date:2025..2025-12-31"),
            (Operator::Date, "..2025.4.9", "date:..2025-04-09"),
            (Operator::Date, "2025-04-09..", "date:2025-04-09.."),
        ] {
            assert_eq!(Filter::read(operator, value).unwrap().to_string(), expect);
        }
        let either = Filter::Is(AnswerState::Draft).or(Filter::Is(AnswerState::Empty));
        assert_eq!(either.to_string(), "is:draft OR is:unanswered");
    }

    #[test]
    fn dates() {
        let unreadable = Err(ProblemKind::UnreadableDate);
        let impossible = Err(ProblemKind::ImpossibleDate);
        for (value, expect) in [
            ("2025", Ok((20_250_000, 20_251_231))),
            ("2025-04", Ok((20_250_401, 20_250_430))),
            ("2025-04-", Ok((20_250_401, 20_250_430))),
            ("2025.4.9", Ok((20_250_409, 20_250_409))),
            ("2025-04-01..2025-04-10", Ok((20_250_401, 20_250_410))),
            ("2025-04-01~2025-04-10", Ok((20_250_401, 20_250_410))),
            ("2025-04-10..2025-04-01", Ok((20_250_401, 20_250_410))),
            ("2025-04..2025-03", Ok((20_250_301, 20_250_430))),
            ("2025-02..", Ok((20_250_201, i64::MAX))),
            ("..2025-02", Ok((i64::MIN, 20_250_228))),
            ("..", unreadable),
            ("2025-13", impossible),
            ("2025-1000", impossible),
            ("2025-02-30", impossible),
            ("2025-02-30..2025-03", impossible),
            ("오늘", unreadable),
            ("-1", unreadable),
            ("+1", unreadable),
            ("99999", unreadable),
            ("1-2-3-4", unreadable),
            ("２０２５", unreadable),
        ] {
            assert_eq!(days(value), expect, "{value}");
        }
    }
}
