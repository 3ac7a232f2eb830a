//! Reads dates as people write them in headings, front matter and file names.

use jiff::civil::Date;

use crate::vocabulary::is_invisible;

/// What a heading says of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateHeading {
    /// A date of the calendar.
    Date(Date),
    /// Shaped like a date, and none: `2025.13.40`.
    Impossible,
}

/// Reads a heading's text: a date, alone or followed by other words (`2025.04.10 (목) 회고`).
pub(crate) fn heading_date(text: &str) -> Option<DateHeading> {
    let text = text.trim_matches(|c| is_invisible(c) || matches!(c, '*' | '_'));
    let (parts, rest) = leading_date(text)?;
    // `2025. 4. 10. (목)` ends in a full stop of its own.
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let ends =
        rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '/'));
    ends.then(|| date_of(parts).map_or(DateHeading::Impossible, DateHeading::Date))
}

/// Reads the date a text begins with: `2025-04-09`, `2025-04-09 10:00:00 +0900`, `2025.4.9`.
pub(crate) fn leading(text: &str) -> Option<Date> {
    date_of(leading_date(text.trim())?.0)
}

/// What follows the date a text begins with, if it begins with one.
pub(crate) fn after_date(text: &str) -> Option<&str> {
    let (parts, rest) = leading_date(text)?;
    date_of(parts).map(|_| rest)
}

fn date_of((year, month, day): (i16, i8, i8)) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// Splits `2025.04.10…` and its like into numbers and the rest of the text.
fn leading_date(text: &str) -> Option<((i16, i8, i8), &str)> {
    let (year, rest) = number(text, 4, 4)?;
    let (separators, rest): (&[&str], &str) = if let Some(rest) = rest.strip_prefix('년') {
        (&["월", "일"], rest.trim_start())
    } else {
        let separator = ["-", ".", "/"].into_iter().find(|s| rest.starts_with(s))?;
        let rest = rest.get(separator.len()..)?.trim_start();
        (
            match separator {
                "-" => &["-", ""],
                "." => &[".", ""],
                _ => &["/", ""],
            },
            rest,
        )
    };
    let (month, rest) = number(rest, 1, 2)?;
    let rest = rest.trim_start().strip_prefix(separators.first()?)?.trim_start();
    let (day, rest) = number(rest, 1, 2)?;
    let rest = rest.strip_prefix(separators.get(1)?)?;
    Some(((i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?), rest))
}

/// Splits off a number of `least` to `most` digits.
fn number(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&len) {
        return None;
    }
    Some((text.get(..len)?.parse().ok()?, text.get(len..)?))
}

/// How a heading writes its date, to write the next one alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateStyle {
    separator: char,
    padded: bool,
    /// A space after each separator, as in `2025. 4. 9.`.
    spaced: bool,
    trailing_dot: bool,
}

impl DateStyle {
    /// Reads the style of a heading's text; `2025.04.10` where it shows none.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.trim();
        let separator = text.chars().find(|c| matches!(c, '.' | '-' | '/' | '년')).unwrap_or('.');
        let month = text.split(separator).nth(1).unwrap_or("04").trim();
        let digits = month.bytes().take_while(u8::is_ascii_digit).count();
        // `2025.10.10` shows no padding; padded is what most write.
        let padded = digits == 2 || separator != '년' && digits == 0;
        let spaced =
            separator != '년' && text.split(separator).nth(1).is_some_and(|m| m.starts_with(' '));
        Self { separator, padded, spaced, trailing_dot: separator == '.' && text.ends_with('.') }
    }

    /// Writes a date in this style.
    pub(crate) fn write(&self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let gap = if self.spaced { " " } else { "" };
        let dot = if self.trailing_dot { "." } else { "" };
        match (self.separator, self.padded) {
            ('년', true) => format!("{year}년 {month:02}월 {day:02}일"),
            ('년', false) => format!("{year}년 {month}월 {day}일"),
            (s, true) => format!("{year:04}{s}{gap}{month:02}{s}{gap}{day:02}{dot}"),
            (s, false) => format!("{year:04}{s}{gap}{month}{s}{gap}{day}{dot}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn headings_in_every_form() {
        let day = Some(DateHeading::Date(date(2025, 4, 9)));
        for text in [
            "2025.04.09",
            "2025.4.9",
            "2025-04-09",
            "2025/4/9",
            "2025년 4월 9일",
            "2025년4월9일",
            "2025. 4. 9.",
            " 2025.04.09  ",
            "2025.04.09 (수)",
            "2025.04.09 오늘의 문제",
            "2025.04.09.",
            "2025. 4. 9. (수)",
            "2025.04.09(수)",
            "2025-04-09: 회고",
            "2025년 04월 09일 수요일",
            "\u{200b}2025.04.09\u{a0}",
            "**2025.04.09**",
        ] {
            assert_eq!(heading_date(text), day, "{text}");
        }
        for text in [
            "2025",
            "2025.04",
            "3-way handshake",
            "2025.04.091",
            "v2025.04.09",
            "1.2.3",
            "2025.04.09.1",
        ] {
            assert_eq!(heading_date(text), None, "{text}");
        }
        assert_eq!(heading_date("2025.13.40"), Some(DateHeading::Impossible));
    }

    #[test]
    fn a_style_writes_what_it_read() {
        for text in
            ["2025.04.09", "2025-04-09", "2025/4/9", "2025년 4월 9일", "2025.04.09.", "2025. 4. 9."]
        {
            assert_eq!(DateStyle::of(text).write(date(2025, 4, 9)), text);
        }
        assert_eq!(DateStyle::of("").write(date(2025, 4, 9)), "2025.04.09");
    }
}
