//! The printed words and dates in both languages.

use jiff::civil::{Date, Weekday};

use crate::{Language, Totals};

/// The labels the template prints.
pub(crate) struct Words {
    /// The language tag of the document.
    pub(crate) tag: &'static str,
    pub(crate) region: &'static str,
    pub(crate) contents: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) model: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) no_answer: &'static str,
    pub(crate) said: &'static str,
    pub(crate) partly: &'static str,
    pub(crate) missing: &'static str,
    pub(crate) differs: &'static str,
    pub(crate) wording_only: &'static str,
    pub(crate) undated: &'static str,
    pub(crate) untitled: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) printed: &'static str,
    pub(crate) range: &'static str,
    pub(crate) author: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) categories: &'static str,
}

pub(crate) fn words(language: Language) -> &'static Words {
    match language {
        Language::Ko => &Words {
            tag: "ko",
            region: "KR",
            contents: "차례",
            answer: "내 답",
            model: "모범 답안",
            hint: "힌트",
            no_answer: "아직 쓰지 않았습니다.",
            said: "말함",
            partly: "일부",
            missing: "빠짐",
            differs: "다르게 말함",
            wording_only: "낱말을 견준 것이지 뜻을 견준 것이 아닙니다.",
            undated: "날짜 없음",
            untitled: "제목 없음",
            picture: "그림",
            printed: "뽑은 날",
            range: "기간",
            author: "이름",
            amount: "분량",
            categories: "분류",
        },
        Language::En => &Words {
            tag: "en",
            region: "US",
            contents: "Contents",
            answer: "My answer",
            model: "Model answer",
            hint: "Hint",
            no_answer: "Not written yet.",
            said: "Said",
            partly: "In part",
            missing: "Missing",
            differs: "Said differently",
            wording_only: "Wording is compared, not meaning.",
            undated: "Undated",
            untitled: "Untitled",
            picture: "picture",
            printed: "Printed",
            range: "Days",
            author: "Name",
            amount: "Amount",
            categories: "Categories",
        },
    }
}

/// The label before a question.
pub(crate) fn number(language: Language, number: u32) -> String {
    match language {
        Language::Ko => format!("문 {number}"),
        Language::En => format!("Q {number}"),
    }
}

/// A day as a heading: `2025년 5월 21일 수요일`.
pub(crate) fn long_date(language: Language, date: Date) -> String {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match language {
        Language::Ko => {
            let weekday = match date.weekday() {
                Weekday::Monday => "월요일",
                Weekday::Tuesday => "화요일",
                Weekday::Wednesday => "수요일",
                Weekday::Thursday => "목요일",
                Weekday::Friday => "금요일",
                Weekday::Saturday => "토요일",
                Weekday::Sunday => "일요일",
            };
            format!("{year}년 {month}월 {day}일 {weekday}")
        }
        Language::En => date.strftime("%A, %-d %B %Y").to_string(),
    }
}

/// A day in a running text: `2025. 5. 21.`
pub(crate) fn short_date(language: Language, date: Date) -> String {
    match language {
        Language::Ko => format!("{}. {}. {}.", date.year(), date.month(), date.day()),
        Language::En => date.strftime("%-d %b %Y").to_string(),
    }
}

/// A range of days, the second without what it shares with the first.
pub(crate) fn date_range(language: Language, first: Date, last: Date) -> String {
    if first == last {
        return short_date(language, first);
    }
    match language {
        Language::Ko if first.year() == last.year() => {
            format!("{} – {}. {}.", short_date(language, first), last.month(), last.day())
        }
        Language::En if first.year() == last.year() => {
            format!("{} – {}", first.strftime("%-d %b"), short_date(language, last))
        }
        _ => format!("{} – {}", short_date(language, first), short_date(language, last)),
    }
}

/// What a book holds: `6일 · 20문제 · 답 18개`, `글 2편`.
pub(crate) fn amount(language: Language, totals: &Totals) -> String {
    let Totals { days, entries, answered, articles, .. } = *totals;
    let questions = match language {
        Language::Ko => format!("{days}일 · {entries}문제 · 답 {answered}개"),
        Language::En => format!(
            "{days} {} · {entries} {} · {answered} answered",
            plural(days, "day", "days"),
            plural(entries, "question", "questions"),
        ),
    };
    let articles = match language {
        _ if articles == 0 => return questions,
        Language::Ko => format!("글 {articles}편"),
        Language::En => format!("{articles} {}", plural(articles, "post", "posts")),
    };
    if entries == 0 { articles } else { format!("{questions} · {articles}") }
}

fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn ranges_name_what_differs() {
        let check = |language, first, last, expect: &str| {
            assert_eq!(date_range(language, first, last), expect);
        };
        let (a, b) = (date(2025, 4, 9), date(2025, 4, 14));
        check(Language::Ko, a, b, "2025. 4. 9. – 4. 14.");
        check(Language::Ko, a, a, "2025. 4. 9.");
        check(Language::Ko, date(2024, 12, 30), b, "2024. 12. 30. – 2025. 4. 14.");
        check(Language::En, a, b, "9 Apr – 14 Apr 2025");
    }

    #[test]
    fn headings_name_the_weekday() {
        let day = date(2025, 5, 21);
        assert_eq!(long_date(Language::Ko, day), "2025년 5월 21일 수요일");
        assert_eq!(long_date(Language::En, day), "Wednesday, 21 May 2025");
    }

    #[test]
    fn counts_are_plural_in_english_only() {
        let check = |days, entries, articles, ko: &str, en: &str| {
            let totals = Totals { days, entries, articles, ..Totals::default() };
            assert_eq!(amount(Language::Ko, &totals), ko);
            assert_eq!(amount(Language::En, &totals), en);
        };
        check(1, 2, 0, "1일 · 2문제 · 답 0개", "1 day · 2 questions · 0 answered");
        check(0, 0, 1, "글 1편", "1 post");
        check(
            2,
            1,
            3,
            "2일 · 1문제 · 답 0개 · 글 3편",
            "2 days · 1 question · 0 answered · 3 posts",
        );
    }
}
