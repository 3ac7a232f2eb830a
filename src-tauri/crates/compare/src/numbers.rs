//! Numbers with their units, in digits and in Korean numerals.

use std::ops::Range;

use dapanji_korean::{is_particle, is_syllable};

/// A number with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    /// Bytes of the text, with the unit.
    pub(crate) span: Range<usize>,
    /// In the base unit of `measure`.
    pub(crate) value: f64,
    pub(crate) measure: Measure,
}

/// What is measured. Only numbers of one measure are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Measure {
    /// Nothing that is known: a port, a status, a version.
    Bare,
    /// Milliseconds.
    Time,
    Month,
    Year,
    /// Bytes.
    Bytes,
    Bits,
    Percent,
    Times,
    PerSecond,
    Money,
    /// Pieces of anything, by the place of the counter in [`COUNTERS`].
    Count(usize),
}

impl Measure {
    /// Tells whether a number of this measure says something by itself.
    pub(crate) fn is_technical(self) -> bool {
        matches!(
            self,
            Measure::Time | Measure::Bytes | Measure::Bits | Measure::Percent | Measure::PerSecond
        )
    }
}

const COUNTERS: [&str; 12] =
    ["번", "개", "가지", "명", "대", "단계", "건", "회", "줄", "계층", "차례", "종류"];

/// Units with their size in the base unit. The longest that fits is taken.
const UNITS: &[(&str, Measure, f64)] = &[
    ("ns", Measure::Time, 1e-6),
    ("나노초", Measure::Time, 1e-6),
    ("us", Measure::Time, 1e-3),
    ("μs", Measure::Time, 1e-3),
    ("마이크로초", Measure::Time, 1e-3),
    ("ms", Measure::Time, 1.0),
    ("밀리초", Measure::Time, 1.0),
    ("s", Measure::Time, 1e3),
    ("sec", Measure::Time, 1e3),
    ("second", Measure::Time, 1e3),
    ("seconds", Measure::Time, 1e3),
    ("초", Measure::Time, 1e3),
    ("min", Measure::Time, 6e4),
    ("minute", Measure::Time, 6e4),
    ("minutes", Measure::Time, 6e4),
    ("분", Measure::Time, 6e4),
    ("hour", Measure::Time, 36e5),
    ("hours", Measure::Time, 36e5),
    ("시간", Measure::Time, 36e5),
    ("day", Measure::Time, 864e5),
    ("days", Measure::Time, 864e5),
    ("일", Measure::Time, 864e5),
    ("주", Measure::Time, 6048e5),
    ("주일", Measure::Time, 6048e5),
    ("week", Measure::Time, 6048e5),
    ("weeks", Measure::Time, 6048e5),
    ("개월", Measure::Month, 1.0),
    ("달", Measure::Month, 1.0),
    ("months", Measure::Month, 1.0),
    ("년", Measure::Year, 1.0),
    ("years", Measure::Year, 1.0),
    ("b", Measure::Bytes, 1.0),
    ("byte", Measure::Bytes, 1.0),
    ("bytes", Measure::Bytes, 1.0),
    ("바이트", Measure::Bytes, 1.0),
    ("kb", Measure::Bytes, 1024.0),
    ("kib", Measure::Bytes, 1024.0),
    ("킬로바이트", Measure::Bytes, 1024.0),
    ("mb", Measure::Bytes, 1_048_576.0),
    ("mib", Measure::Bytes, 1_048_576.0),
    ("메가바이트", Measure::Bytes, 1_048_576.0),
    ("gb", Measure::Bytes, 1_073_741_824.0),
    ("gib", Measure::Bytes, 1_073_741_824.0),
    ("기가바이트", Measure::Bytes, 1_073_741_824.0),
    ("tb", Measure::Bytes, 1_099_511_627_776.0),
    ("테라바이트", Measure::Bytes, 1_099_511_627_776.0),
    ("bit", Measure::Bits, 1.0),
    ("bits", Measure::Bits, 1.0),
    ("비트", Measure::Bits, 1.0),
    ("%", Measure::Percent, 1.0),
    ("percent", Measure::Percent, 1.0),
    ("퍼센트", Measure::Percent, 1.0),
    ("배", Measure::Times, 1.0),
    ("x", Measure::Times, 1.0),
    ("times", Measure::Times, 1.0),
    ("tps", Measure::PerSecond, 1.0),
    ("qps", Measure::PerSecond, 1.0),
    ("rps", Measure::PerSecond, 1.0),
    ("원", Measure::Money, 1.0),
];

/// Native numerals before a counter. `한` is left out: `한 번에` counts nothing.
const NUMERALS: [(&str, f64); 9] = [
    ("두", 2.0),
    ("세", 3.0),
    ("네", 4.0),
    ("다섯", 5.0),
    ("여섯", 6.0),
    ("일곱", 7.0),
    ("여덟", 8.0),
    ("아홉", 9.0),
    ("열", 10.0),
];

/// Days that have a word of their own. `하루` is left out: it mostly means a day and not one day.
const DAYS: [(&str, f64); 6] =
    [("이틀", 2.0), ("사흘", 3.0), ("나흘", 4.0), ("닷새", 5.0), ("열흘", 10.0), ("보름", 15.0)];

/// Milliseconds of a day.
const DAY: f64 = 864e5;

/// Returns the numbers of `text`, ascending and disjoint.
pub(crate) fn quantities(text: &str) -> Vec<Quantity> {
    let mut out = Vec::new();
    let mut before: Option<char> = None;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let c = rest.chars().next().unwrap_or('\0');
        let found = if c.is_ascii_digit() {
            let length = digits(rest);
            let word = before
                .is_some_and(|c| c.is_alphanumeric() && !is_syllable(c) || "-_./#".contains(c));
            let number = rest.get(..length).unwrap_or_default();
            let value = number.replace(',', "").parse::<f64>().ok().filter(|_| !word);
            let quantity = value.and_then(|value| with_unit(text, at, at + length, value));
            if quantity.is_none() {
                before = number.chars().next_back();
                at += length;
                continue;
            }
            quantity
        } else if is_syllable(c) && !before.is_some_and(is_syllable) {
            numeral(text, at)
        } else {
            None
        };
        match found {
            Some(quantity) => {
                before = text.get(..quantity.span.end).and_then(|text| text.chars().next_back());
                at = quantity.span.end;
                out.push(quantity);
            }
            None => {
                before = Some(c);
                at += c.len_utf8();
            }
        }
    }
    out
}

/// Returns the length of the number at the start of `rest`: digits, `,` in thousands, one `.`.
fn digits(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    let mut point = false;
    loop {
        if digit(at) {
            at += 1;
        } else if bytes.get(at) == Some(&b',')
            && (1..=3).all(|next| digit(at + next))
            && !digit(at + 4)
            && !point
        {
            at += 4;
        } else if bytes.get(at) == Some(&b'.') && digit(at + 1) && !point {
            point = true;
            at += 1;
        } else {
            return at;
        }
    }
}

/// Reads the unit behind a number.
fn with_unit(text: &str, start: usize, end: usize, mut value: f64) -> Option<Quantity> {
    let mut end = end;
    let mut rest = text.get(end..)?;
    for (word, factor) in [("억", 1e8), ("만", 1e4), ("천", 1e3)] {
        if let Some(after) = rest.strip_prefix(word)
            && (after.is_empty() || !after.starts_with(is_syllable) || unit(after).is_some())
        {
            value *= factor;
            end += word.len();
            rest = after;
            break;
        }
    }
    let spaces = usize::from(rest.starts_with(' '));
    let near = rest.get(spaces..)?;
    if let Some((length, measure, factor)) = unit(near) {
        return Some(Quantity {
            span: start..end + spaces + length,
            value: value * factor,
            measure,
        });
    }
    // `2PC`, `3-way` and `2025-04-10` are words, not numbers.
    let next = rest.chars().next();
    let word = next.is_some_and(|c| {
        c.is_alphanumeric() && !is_syllable(c)
            || "-_/.".contains(c) && { rest.chars().nth(1).is_some_and(char::is_alphanumeric) }
    });
    let counted = next.is_some_and(is_syllable) && {
        let run = rest.get(..rest.find(|c| !is_syllable(c)).unwrap_or(rest.len()))?;
        !is_particle(run)
    };
    (!word && !counted).then_some(Quantity { span: start..end, value, measure: Measure::Bare })
}

/// Returns the length in bytes, measure and size of the unit at the start of `rest`.
fn unit(rest: &str) -> Option<(usize, Measure, f64)> {
    let first = rest.chars().next()?;
    if is_syllable(first) {
        let run = rest.get(..rest.find(|c| !is_syllable(c)).unwrap_or(rest.len()))?;
        let counters =
            COUNTERS.iter().enumerate().map(|(at, &word)| (word, Measure::Count(at), 1.0));
        return UNITS
            .iter()
            .copied()
            .chain(counters)
            .filter(|(word, ..)| run.strip_prefix(word).is_some_and(may_follow_unit))
            .max_by_key(|(word, ..)| word.len())
            .map(|(word, measure, factor)| (word.len(), measure, factor));
    }
    let length = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '%') || is_syllable(c))
        .unwrap_or(rest.len());
    let word = rest.get(..length)?.to_lowercase();
    // A lone `%` may stand before letters of any kind.
    let (length, word) = if word.starts_with('%') { (1, "%".to_owned()) } else { (length, word) };
    let &(_, measure, factor) = UNITS.iter().find(|(name, ..)| *name == word)?;
    Some((length, measure, factor))
}

/// Tells whether `rest`, behind a unit, leaves it one: `30초간` does, `3분할` does not.
fn may_follow_unit(rest: &str) -> bool {
    const AFTER: [&str; 16] = [
        "간", "정도", "이상", "이하", "이내", "미만", "초과", "마다", "씩", "당", "동안", "짜리",
        "만에", "후", "전", "이라",
    ];
    let verbal = rest.starts_with(|c| "하해했한할함합되돼됐된될됨됩".contains(c));
    rest.is_empty()
        || is_particle(rest) && !verbal
        || AFTER.iter().any(|after| rest.starts_with(after))
}

/// Reads a Korean numeral with its counter at `start`.
fn numeral(text: &str, start: usize) -> Option<Quantity> {
    let rest = text.get(start..)?;
    let run = rest.get(..rest.find(|c| !is_syllable(c)).unwrap_or(rest.len()))?;
    let days = |(word, _): &&(&str, f64)| run.strip_prefix(word).is_some_and(may_follow_unit);
    if let Some((word, days)) = DAYS.iter().find(days) {
        let span = start..start + word.len();
        return Some(Quantity { span, value: days * DAY, measure: Measure::Time });
    }
    let (word, value) = NUMERALS
        .iter()
        .find(|(word, _)| rest.strip_prefix(word).is_some_and(|after| after.starts_with(' ')))?;
    let after = rest.get(word.len() + 1..)?;
    let (length, measure, factor) = unit(after).filter(|&(_, measure, _)| {
        matches!(measure, Measure::Count(_) | Measure::Times | Measure::Month)
    })?;
    let end = start + word.len() + 1 + length;
    Some(Quantity { span: start..end, value: value * factor, measure })
}

impl Quantity {
    /// Tells whether two quantities are the same amount of the same thing.
    pub(crate) fn is_same(&self, other: &Quantity) -> bool {
        let close = (self.value - other.value).abs() <= 1e-9 * self.value.abs().max(1.0);
        self.measure == other.measure && close
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, f64, Measure)]) {
        let found = quantities(text);
        let found: Vec<(&str, f64, Measure)> = found
            .iter()
            .map(|quantity| {
                (text.get(quantity.span.clone()).unwrap(), quantity.value, quantity.measure)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn units() {
        check("30초간 1분 이내", &[("30초", 3e4, Measure::Time), ("1분", 6e4, Measure::Time)]);
        check(
            "100ms, 1.5 GB",
            &[("100ms", 100.0, Measure::Time), ("1.5 GB", 1.5 * 1_073_741_824.0, Measure::Bytes)],
        );
        check(
            "99.9%의 1,000 TPS",
            &[("99.9%", 99.9, Measure::Percent), ("1,000 TPS", 1e3, Measure::PerSecond)],
        );
        check("두 번, 2번", &[("두 번", 2.0, Measure::Count(0)), ("2번", 2.0, Measure::Count(0))]);
        check("포트 8080을", &[("8080", 8080.0, Measure::Bare)]);
        check("10만 건", &[("10만 건", 1e5, Measure::Count(6))]);
        check("이틀에서 반나절로", &[("이틀", 1728e5, Measure::Time)]);
    }

    #[test]
    fn words_with_digits() {
        for text in [
            "2PC",
            "A100",
            "HTTP/2",
            "utf-8",
            "3-way",
            "2025-04-10",
            "한 번에",
            "B2B",
            "3분할",
            "v1.2.3",
        ] {
            check(text, &[]);
        }
    }
}
