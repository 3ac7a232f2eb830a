//! Adds an entry to a post in the post's own layout, modelled on the entries it has.

use jiff::civil::Date;

use crate::dates::DateStyle;
use crate::edit::{Edits, with_line_endings, without_outer_blank_lines};
use crate::{Day, EditError, Entry, Margin, Post, Span, parts};

/// A question to add. Texts are source markdown; empty ones count as none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEntry {
    /// The question; line breaks in it become spaces.
    pub question: String,
    /// Category.
    pub category: Option<String>,
    /// Topic.
    pub topic: Option<String>,
    /// Hint.
    pub hint: Option<String>,
    /// Model answer; the post's own placeholder if none.
    pub model_answer: Option<String>,
}

/// How the post writes its entries, read off one of them.
struct Style {
    eol: &'static str,
    question_level: usize,
    day_heading: (usize, DateStyle, String),
    /// The line that heads an answer.
    answer_heading: String,
    /// The line that heads a model answer, with its quote prefix.
    model_heading: String,
    /// What a quoted blank line under that heading looks like; none if there is no such line.
    model_blank: Option<String>,
    placeholder: String,
    /// The line under a model answer.
    attributes: Option<String>,
}

impl Post {
    /// Adds an entry at the end of the day of `date`, or as a new day where the order of the post's
    /// days puts it: newest first or oldest first, as they stand; newest first if there is but one.
    ///
    /// `of_file` is the date the post's file name gives, which only the caller knows.
    ///
    /// # Errors
    /// `EmptyQuestion` if there is no question; `NotReadBack` if reading the result would not give the
    /// entries there were and this one.
    pub fn add_entry(
        &self,
        date: Date,
        of_file: Option<Date>,
        new: &NewEntry,
    ) -> Result<Edits, EditError> {
        let question = new.question.split_whitespace().collect::<Vec<_>>().join(" ");
        if question.is_empty() {
            return Err(EditError::EmptyQuestion);
        }
        let edits = self.splice_entry(date, of_file, &question, new);
        let after = Self::parse_with(edits.apply(&self.text), &self.vocabulary);
        let asked = |(day, entry): (&Day, &Entry)| {
            day.date.or(after.date()).or(of_file) == Some(date)
                && after.part_text(&entry.question) == question
        };
        let grown = after.entries().count() == self.entries().count() + 1;
        if grown && after.entries().any(asked) { Ok(edits) } else { Err(EditError::NotReadBack) }
    }

    fn splice_entry(
        &self,
        date: Date,
        of_file: Option<Date>,
        question: &str,
        new: &NewEntry,
    ) -> Edits {
        let style = self.style();
        let eol = style.eol;
        let entry = style.entry(question, new);
        if let Some(day) = self.days().iter().find(|day| self.date_of(day, of_file) == Some(date)) {
            let end = day.entries.last().map_or_else(
                || {
                    day.heading
                        .as_ref()
                        .map_or(day.span.end, |h| parts::whole_lines(&self.text, h).end)
                },
                |last| last.span.end,
            );
            let gap = match day.entries.last() {
                Some(_) => eol.repeat(self.gap_lines(day)),
                None => String::new(),
            };
            return Edits::one(end..end, self.after(end, &format!("{gap}{entry}")));
        }
        let heading = style.day(date);
        let dated: Vec<&Day> = self.days().iter().filter(|day| day.heading.is_some()).collect();
        let ascending = matches!(
            (dated.first().and_then(|d| d.date), dated.last().and_then(|d| d.date)),
            (Some(first), Some(last)) if first < last
        );
        let separator = self.separator(&dated, eol);
        // The first day that must stand below the new one.
        let below = dated.iter().find(|day| match day.date {
            Some(of_day) => (of_day < date) != ascending,
            None => false,
        });
        match below {
            Some(day) => {
                let at = day.span.start;
                Edits::one(at..at, format!("{heading}{entry}{separator}"))
            }
            None => {
                let end = dated.last().map_or(self.text.len(), |day| content_end(day));
                let lead = if dated.is_empty() { self.lead_gap(eol) } else { separator };
                Edits::one(end..end, self.after(end, &format!("{lead}{heading}{entry}")))
            }
        }
    }

    /// The date of a day, by its heading, the front matter or the file name.
    fn date_of(&self, day: &Day, of_file: Option<Date>) -> Option<Date> {
        day.date.or_else(|| self.date()).or(of_file)
    }

    /// What stands between two days: rules, breaks and blank lines.
    fn separator(&self, dated: &[&Day], eol: &str) -> String {
        let between = match dated {
            [upper, lower, ..] => self.text.get(content_end(upper)..lower.span.start),
            _ => None,
        };
        between.filter(|s| s.contains('\n')).map_or_else(|| eol.to_owned(), str::to_owned)
    }

    /// Blank lines between the entries of a day; one if it shows none.
    fn gap_lines(&self, day: &Day) -> usize {
        let all = std::iter::once(day).chain(self.days());
        let pairs = all.flat_map(|day| day.entries.windows(2));
        let gaps = pairs.filter_map(|pair| match pair {
            [a, b] => Some(self.blank_lines_between(a.span.end, b.span.start)),
            _ => None,
        });
        gaps.min().unwrap_or(1)
    }

    /// `from` may lie before blank lines that still count to the entry above.
    fn blank_lines_between(&self, from: usize, to: usize) -> usize {
        self.text.get(from..to).unwrap_or_default().matches('\n').count()
    }

    fn lead_gap(&self, eol: &str) -> String {
        if self.text.is_empty() || self.text.ends_with("\n\n") || self.text.ends_with("\r\n\r\n") {
            String::new()
        } else {
            eol.to_owned()
        }
    }

    /// `insert` as it goes in at `at`: on a line of its own, the last line of a file without a final
    /// line ending keeping that.
    fn after(&self, at: usize, insert: &str) -> String {
        let before = self.text.get(..at).unwrap_or_default();
        if before.is_empty() || before.ends_with('\n') {
            return insert.to_owned();
        }
        let eol = self.line_ending();
        let insert = insert.strip_suffix(eol).unwrap_or(insert);
        format!("{eol}{insert}")
    }

    fn style(&self) -> Style {
        let eol = self.line_ending();
        let line = |span: &Span| self.text.get(span.clone()).map(str::to_owned);
        let marks = |text: &str| text.bytes().take_while(|b| *b == b'#').count();
        // The newest entry with an answer heading shows best how this post is written now.
        let days = self.days();
        let mut entries: Vec<&Entry> = days.iter().flat_map(|d| &d.entries).collect();
        if days.first().map(|d| d.date) < days.last().map(|d| d.date) {
            entries.reverse();
        }
        let answer_heading = entries.iter().find_map(|e| line(e.answer.heading.as_ref()?));
        let question_level = entries
            .first()
            .and_then(|e| line(&e.heading))
            .map_or(2, |heading| marks(&heading).clamp(1, 6));
        let day_heading = days.iter().find_map(|d| line(d.heading.as_ref()?)).map(|heading| {
            let level = marks(&heading);
            let text = heading.trim_start_matches('#').trim();
            let trailing: String = heading.chars().rev().take_while(|c| *c == ' ').collect();
            (level, DateStyle::of(text), trailing)
        });
        let model = entries
            .iter()
            .find_map(|e| e.model_answer.as_ref().filter(|m| m.body.margin == Margin::Quote));
        let block = model.and_then(|m| self.text.get(m.span.clone())).unwrap_or_default();
        let mut lines = block.lines();
        let model_heading = lines.next().map(str::to_owned);
        let blank =
            lines.next().filter(|l| l.trim_start().trim_start_matches('>').trim().is_empty());
        let attributes = block.lines().next_back().filter(|l| l.trim_start().starts_with("{:"));
        let placeholder = entries
            .iter()
            .filter_map(|e| e.model_answer.as_ref())
            .find(|m| m.state == crate::ModelAnswerState::Placeholder)
            .map(|m| self.part_text(&m.body).into_owned());
        Style {
            eol,
            question_level,
            day_heading: day_heading.unwrap_or((1, DateStyle::of(""), String::new())),
            answer_heading: answer_heading
                .unwrap_or_else(|| format!("{} 답변", "#".repeat((question_level + 1).min(6)))),
            model_heading: model_heading.unwrap_or_else(|| "> ##### 모범 답안".to_owned()),
            model_blank: if model.is_some() {
                blank.map(str::to_owned)
            } else {
                Some("> ".to_owned())
            },
            placeholder: placeholder.unwrap_or_default(),
            attributes: match model {
                Some(_) => attributes.map(str::to_owned),
                None => Some("{: .block-tip }".to_owned()),
            },
        }
    }
}

impl Style {
    fn day(&self, date: Date) -> String {
        let (level, style, trailing) = &self.day_heading;
        format!("{} {}{trailing}{}", "#".repeat(*level), style.write(date), self.eol)
    }

    /// Writes an entry, line ending included.
    fn entry(&self, question: &str, new: &NewEntry) -> String {
        let mut lines = vec![format!("{} {question}", "#".repeat(self.question_level))];
        let given = |text: &Option<String>| {
            text.as_deref().map(without_outer_blank_lines).filter(|t| !t.trim().is_empty())
        };
        let category = match (given(&new.category), given(&new.topic)) {
            (Some(category), Some(topic)) => Some(format!("{category}, {topic}")),
            (category, topic) => category.or(topic),
        };
        if let Some(category) = category {
            lines.push(format!("> 카테고리: {}", category.replace('\n', " ")));
            lines.push(String::new());
        }
        if let Some(hint) = given(&new.hint) {
            lines.push(format!("> 힌트: {}", with_line_endings(&hint, self.eol, "> ")));
            lines.push(String::new());
        }
        lines.push(self.answer_heading.clone());
        lines.push(String::new());
        lines.push(self.model_heading.clone());
        lines.extend(self.model_blank.clone());
        let model = given(&new.model_answer).unwrap_or_else(|| self.placeholder.clone());
        lines.extend(model.split('\n').map(|line| format!("> {line}")));
        lines.extend(self.attributes.clone());
        let mut text = lines.join(self.eol);
        text.push_str(self.eol);
        text
    }
}

/// Where the last entry of a day ends; separators follow.
fn content_end(day: &Day) -> usize {
    match (day.entries.last(), &day.heading) {
        (Some(entry), _) => entry.span.end,
        (None, Some(heading)) => heading.end,
        (None, None) => day.span.end,
    }
}
