//! Streak and statistics of practice. Pure: the day it is now is an argument.
//!
//! Scheduling of reviews is not here yet; what counts is the days that have written answers.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, DateTime, Weekday};

/// The hour a practice day starts at: what is written at one in the morning belongs to the evening
/// before.
pub const DAY_STARTS_AT: i8 = 4;

/// Returns the practice day a local time belongs to. `starts_at` is an hour, 0 to 23.
pub fn practice_day(now: DateTime, starts_at: i8) -> Date {
    let date = now.date();
    if now.hour() < starts_at { date.yesterday().unwrap_or(date) } else { date }
}

/// Written answers by day; days without any are absent.
pub type AnswersByDay = BTreeMap<Date, u32>;

/// Counts the days in a row with a written answer that end today, or yesterday while today has none.
pub fn streak(answers: &AnswersByDay, today: Date) -> u32 {
    let mut day = if answers.contains_key(&today) { Some(today) } else { today.yesterday().ok() };
    let mut count = 0;
    while let Some(date) = day.filter(|date| answers.contains_key(date)) {
        count += 1;
        day = date.yesterday().ok();
    }
    count
}

/// Returns the seven days of the week of `today`, from Monday, with their counts.
pub fn week(answers: &AnswersByDay, today: Date) -> Vec<(Date, u32)> {
    let since_monday = i64::from(today.weekday().since(Weekday::Monday));
    (0..7)
        .filter_map(|nth| today.checked_add(Span::new().days(nth - since_monday)).ok())
        .map(|date| (date, answers.get(&date).copied().unwrap_or(0)))
        .collect()
}

/// Returns the days with answers of the 53 weeks that end with the week of `today`, ascending.
pub fn heat(answers: &AnswersByDay, today: Date) -> Vec<(Date, u32)> {
    let since_monday = i64::from(today.weekday().since(Weekday::Monday));
    let first = today.checked_sub(Span::new().days(52 * 7 + since_monday)).unwrap_or(Date::MIN);
    answers.range(first..=today).map(|(date, count)| (*date, *count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn answers(days: &[i8]) -> AnswersByDay {
        days.iter().map(|day| (date(2025, 5, *day), 1)).collect()
    }

    #[test]
    fn streaks_end_today_or_yesterday() {
        let today = date(2025, 5, 22);
        for (days, expect) in [
            (&[][..], 0),
            (&[22][..], 1),
            (&[20, 21, 22][..], 3),
            (&[20, 21][..], 2),
            (&[19, 20][..], 0),
            (&[18, 20, 21, 22][..], 3),
        ] {
            assert_eq!(streak(&answers(days), today), expect, "{days:?}");
        }
    }

    #[test]
    fn a_day_ends_in_the_small_hours() {
        let at = |hour| practice_day(date(2025, 5, 22).at(hour, 0, 0, 0), DAY_STARTS_AT);
        assert_eq!(at(3), date(2025, 5, 21));
        assert_eq!(at(4), date(2025, 5, 22));
    }

    #[test]
    fn weeks_begin_on_monday() {
        let week = week(&answers(&[19, 25]), date(2025, 5, 22));
        assert_eq!(week.first(), Some(&(date(2025, 5, 19), 1)));
        assert_eq!(week.last(), Some(&(date(2025, 5, 25), 1)));
    }

    #[test]
    fn heat_covers_a_year_of_weeks() {
        let mut days = answers(&[22]);
        days.insert(date(2024, 5, 20), 2);
        days.insert(date(2024, 5, 19), 2);
        let heat = heat(&days, date(2025, 5, 22));
        assert_eq!(heat, [(date(2024, 5, 20), 2), (date(2025, 5, 22), 1)]);
    }
}
