//! Finds where a day or an entry goes, by the order and the separators a post has.

use jiff::civil::Date;

use super::Edits;
use super::text::{end_of_text, line_end, line_start, with_plain_endings};
use crate::dates::{self, DateStyle};
use crate::{Day, Post, Span, scan};

impl Post {
    /// The first day of a date, by its heading, the front matter or the file name.
    pub(super) fn day_of(&self, date: Date, of_file: Option<Date>) -> Option<&Day> {
        self.days().iter().find(|day| self.date_of(day, of_file) == Some(date))
    }

    pub(super) fn date_of(&self, day: &Day, of_file: Option<Date>) -> Option<Date> {
        day.date.or_else(|| self.date()).or(of_file)
    }

    /// Whether days stand oldest first; a post that shows no order has the newest first.
    pub(super) fn is_ascending(&self) -> bool {
        let dates: Vec<Date> = self.days().iter().filter_map(|day| day.date).collect();
        let rises = dates.windows(2).filter(|pair| matches!(pair, [a, b] if a < b)).count();
        let falls = dates.windows(2).filter(|pair| matches!(pair, [a, b] if a > b)).count();
        rises > falls
    }

    /// The line ending where an entry of `date` goes.
    pub(super) fn ending_of_day(&self, date: Date, of_file: Option<Date>) -> &'static str {
        let day = self.day_of(date, of_file);
        day.map_or_else(|| self.line_ending(), |day| self.line_ending_at(self.content_end(day)))
    }

    /// Puts an entry (`source`, written as it is, without a line ending at the end) at the end of the
    /// day of `date`, which is made where it is missing. Without days here, `like` shows how they are
    /// headed.
    pub(super) fn place_entry(
        &self,
        like: &Self,
        date: Date,
        of_file: Option<Date>,
        source: &str,
    ) -> Edits {
        let Some(day) = self.day_of(date, of_file) else {
            return self.place_day(like, date, of_file, Some(source));
        };
        let end = self.content_end(day);
        let eol = self.line_ending_at(end);
        let gap = match (day.entries.last(), &day.heading) {
            (None, Some(heading)) if heading.end == end => like.gap_under_days(),
            _ => self.gap_between_entries(day),
        };
        Edits::one(end..end, format!("{}{source}", gap.replace('\n', eol)))
    }

    /// Puts a new day where the order of the post's days wants it, with `source` as its entry if
    /// there is one.
    pub(super) fn place_day(
        &self,
        like: &Self,
        date: Date,
        of_file: Option<Date>,
        source: Option<&str>,
    ) -> Edits {
        let heading = like.day_heading(date);
        let day = |eol: &str| match source {
            Some(source) => {
                format!("{heading}{}{source}", like.gap_under_days().replace('\n', eol))
            }
            None => heading.clone(),
        };
        let dated: Vec<&Day> = self.days().iter().filter(|day| day.heading.is_some()).collect();
        let ascending = self.is_ascending();
        // The first day that must stand below the new one.
        let below = dated.iter().position(|other| match other.date {
            Some(of_day) => (of_day < date) != ascending && of_day != date,
            None => false,
        });
        if let Some(at) = below {
            let separator = self.separator(&dated, at);
            let start = dated.get(at).map_or(0, |day| day.span.start);
            let eol = self.line_ending_at(start);
            return Edits::one(
                start..start,
                format!("{}{}", day(eol), separator.replace('\n', eol)),
            );
        }
        if let Some(last) = dated.last() {
            let end = self.content_end(last);
            let eol = self.line_ending_at(end);
            let separator = self.separator(&dated, dated.len());
            return Edits::one(end..end, format!("{}{}", separator.replace('\n', eol), day(eol)));
        }
        let text = self.text();
        let eol = self.line_ending();
        let lead = if text.is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n") {
            ""
        } else if text.ends_with('\n') {
            "\n"
        } else if text == "\u{feff}" {
            ""
        } else {
            "\n\n"
        };
        let end = if text.is_empty() || text.ends_with('\n') { "\n" } else { "" };
        let (lead, end) = (lead.replace('\n', eol), end.replace('\n', eol));
        // Where the front matter or the file's name tells the day, no heading does.
        let day = match source {
            Some(source) if like.heads_no_day() && self.date().or(of_file) == Some(date) => {
                source.to_owned()
            }
            _ => day(eol),
        };
        Edits::one(text.len()..text.len(), format!("{lead}{day}{end}"))
    }

    /// Whether there are entries and none of them stands under the heading of a day.
    fn heads_no_day(&self) -> bool {
        let mut with_entries = self.days().iter().filter(|day| !day.entries.is_empty()).peekable();
        with_entries.peek().is_some() && with_entries.all(|day| day.heading.is_none())
    }

    /// The heading of a day, as the days of the post have it.
    fn day_heading(&self, date: Date) -> String {
        let ascending = self.is_ascending();
        let mut headed = self.days().iter().filter_map(|day| day.heading.clone());
        let like = if ascending { headed.next_back() } else { headed.next() };
        let Some(line) = like.and_then(|span| self.text().get(span)) else {
            return format!("# {}", DateStyle::of("").write(date));
        };
        let marks = line.len() - line.trim_start_matches('#').len();
        let (marks, rest) = line.split_at(marks);
        let space = rest.get(..rest.len() - rest.trim_start().len()).unwrap_or(" ");
        let trail = rest.get(rest.trim_end().len()..).unwrap_or_default();
        let bare = rest.trim();
        let tail = dates::after_date(bare).unwrap_or_default();
        let tail = tail.strip_prefix('.').unwrap_or(tail);
        let of_date = bare.get(..bare.len() - tail.len()).unwrap_or_default();
        let weekday = weekday_like(tail, date).unwrap_or_default();
        format!("{marks}{space}{}{weekday}{trail}", DateStyle::of(of_date).write(date))
    }

    /// What stands between the days above and below the place `at` among `dated`, as `\n`: rules,
    /// breaks and blank lines. Where that is the end of the post, what stands between its neighbours.
    fn separator(&self, dated: &[&Day], at: usize) -> String {
        let between = |upper: usize| -> Option<String> {
            let (upper, lower) = (dated.get(upper)?, dated.get(upper + 1)?);
            let text = self.text().get(self.content_end(upper)..lower.span.start)?;
            let parts = text.lines().all(is_separating);
            (parts && text.contains('\n')).then(|| with_plain_endings(text))
        };
        let order = [at.checked_sub(1), Some(at), at.checked_sub(2)];
        let found = order.into_iter().flatten().find_map(between);
        found.or_else(|| (0..dated.len()).find_map(between)).unwrap_or_else(|| "\n\n".to_owned())
    }

    /// The gap between entries of a day: the one most of its entries have, else most of the post's; a
    /// blank line if none shows one.
    fn gap_between_entries(&self, day: &Day) -> String {
        let gaps = |day: &Day| -> Vec<String> {
            let pairs = day.entries.windows(2);
            let gap = |pair: &[crate::Entry]| match pair {
                [a, b] => self.separating(end_of_text(self.text(), &a.span)..b.span.start),
                _ => None,
            };
            pairs.filter_map(gap).collect()
        };
        most_frequent(gaps(day))
            .or_else(|| most_frequent(self.days().iter().flat_map(gaps).collect()))
            .unwrap_or_else(|| "\n\n".to_owned())
    }

    /// The gap between a day's heading and its first entry.
    fn gap_under_days(&self) -> String {
        let gap = |day: &Day| {
            let (heading, first) = (day.heading.as_ref()?, day.entries.first()?);
            self.separating(heading.end..first.span.start)
        };
        most_frequent(self.days().iter().filter_map(gap).collect())
            .unwrap_or_else(|| "\n".to_owned())
    }

    /// A stretch with `\n` endings, if nothing but blank lines, rules and breaks are in it.
    fn separating(&self, span: Span) -> Option<String> {
        let text = self.text().get(span)?;
        (text.contains('\n') && text.lines().all(is_separating)).then(|| with_plain_endings(text))
    }

    /// Where the content of a day ends (bytes), before the line ending; separators follow.
    pub(super) fn content_end(&self, day: &Day) -> usize {
        let text = self.text();
        let mut at = end_of_text(text, &day.span);
        loop {
            let start = line_start(text, at).max(day.span.start);
            let line = text.get(start..at).unwrap_or_default();
            if start == day.span.start || !is_separating(line) {
                return line_end(text, at).max(day.heading.as_ref().map_or(0, |h| h.end));
            }
            at = line_end(text, start - 1);
        }
    }
}

/// ` (목)` after a date, for another date; other words after a date are of that day alone.
fn weekday_like(tail: &str, date: Date) -> Option<String> {
    const DAYS: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
    let old = tail.trim().strip_prefix('(')?.strip_suffix(')')?;
    let at = usize::try_from(date.weekday().to_monday_zero_offset()).ok()?;
    DAYS.contains(&old).then(|| tail.replace(old, DAYS.get(at).unwrap_or(&old)))
}

/// Whether a line holds nothing but a rule or break, or nothing.
pub(super) fn is_separating(line: &str) -> bool {
    line.trim().is_empty() || scan::is_rule(line) || scan::is_break(line)
}

/// The most frequent of some texts, the first of them at a tie.
fn most_frequent(all: Vec<String>) -> Option<String> {
    let count = |text: &String| all.iter().filter(|other| *other == text).count();
    let most = all.iter().map(count).max()?;
    all.iter().find(|text| count(text) == most).cloned()
}
