//! Gathers the lines of one pasted question into its parts.

use std::collections::HashMap;

use super::Read;
use super::body::Body;
use super::clean::{is_attributes, is_rule};
use super::mark::{Kind, Mark};
use super::noise::{asks, ends_asking, is_date, is_noise};
use super::starts::Start;
use crate::{ModelAnswerState, NewEntry, Vocabulary, state};

/// What is known of a question so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) number: Option<u32>,
    pub(super) question: Vec<String>,
    pub(super) category: Option<String>,
    pub(super) topic: Option<String>,
    /// Hints and what stands above the question.
    pub(super) hints: Vec<Body>,
    /// What no label claims.
    pub(super) loose: Body,
    pub(super) answers: Vec<Answer>,
    /// What belongs to the question and has no field.
    pub(super) extra: Body,
}

/// An answer with its label.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) is_model: bool,
    /// `3` of `A3.`
    pub(super) number: Option<u32>,
    pub(super) name: String,
    pub(super) body: Body,
}

/// The part the next line goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Question,
    Category,
    Topic,
    /// `whole`: to the next label, not only to a blank line.
    Hint {
        whole: bool,
    },
    Loose,
    Answer,
    Extra,
}

/// Reads the lines of one question, from the line it begins in.
pub(super) fn read(start: Option<&Start>, reads: &[Read<'_>]) -> Draft {
    let mut reader = Reader {
        draft: Draft { number: start.and_then(|start| start.number), ..Draft::default() },
        at: if start.is_some() { At::Question } else { At::Loose },
        quotes: 0,
        answered: reads.iter().filter_map(|read| read.mark.as_ref()).any(is_answer),
        one_line: start.is_some_and(|start| start.one_line),
    };
    let mut rest = reads;
    if let (Some(start), [first, others @ ..]) = (start, reads)
        && let Some(question) = &start.question
    {
        rest = others;
        reader.quotes = super::clean::unquoted(first.line.text).0;
        reader.question(question);
        if let Some(behind) = &start.behind {
            reader.at = At::Loose;
            reader.draft.loose.say(behind);
        }
    }
    for read in rest {
        match &read.mark {
            Some(mark) if reader.takes(mark) => reader.mark(mark),
            _ => reader.line(read),
        }
    }
    reader.draft
}

fn is_answer(mark: &Mark) -> bool {
    matches!(mark.kind, Kind::Answer | Kind::Model)
}

struct Reader {
    draft: Draft,
    at: At,
    /// Quote prefixes of the label that opened the part.
    quotes: usize,
    /// Whether a label marks an answer.
    answered: bool,
    one_line: bool,
}

impl Reader {
    /// Whether a label is one here: inside an answer most are its own words.
    fn takes(&self, mark: &Mark) -> bool {
        let in_answer = self.at == At::Answer;
        match mark.kind {
            Kind::Question | Kind::Model | Kind::Answer => true,
            Kind::Category => self.draft.category.is_none(),
            Kind::Hint => !in_answer || self.draft.hints.is_empty(),
            Kind::Topic => !in_answer && self.draft.topic.is_none(),
            Kind::Keyword => !in_answer,
            Kind::Note => !in_answer && !mark.rest.is_empty(),
            Kind::Section => !in_answer,
        }
    }

    fn mark(&mut self, mark: &Mark) {
        self.quotes = mark.quotes;
        match mark.kind {
            Kind::Question => {
                self.draft.number = mark.number;
                self.at = At::Question;
                self.question(&mark.rest);
            }
            Kind::Category => {
                self.at = At::Category;
                self.category(&mark.rest);
            }
            Kind::Topic => {
                self.at = At::Topic;
                self.topic(&mark.rest);
            }
            Kind::Hint | Kind::Keyword => {
                self.at = At::Hint { whole: mark.rest.is_empty() };
                self.draft.hints.push(Body::behind(&mark.rest));
            }
            Kind::Model | Kind::Answer => {
                self.at = At::Answer;
                self.draft.answers.push(Answer {
                    is_model: mark.kind == Kind::Model,
                    number: mark.number,
                    name: mark.name.clone(),
                    body: Body::behind(&mark.rest),
                });
            }
            Kind::Note => {
                self.at = At::Hint { whole: false };
                self.draft.hints.push(Body::behind(&format!("{}: {}", mark.name, mark.rest)));
            }
            Kind::Section => {
                self.at = At::Extra;
                let line = match mark.rest.as_str() {
                    "" => mark.name.clone(),
                    rest => format!("{}: {rest}", mark.name),
                };
                self.draft.extra.say("");
                self.draft.extra.say(&line);
            }
        }
    }

    fn line(&mut self, read: &Read<'_>) {
        let (text, code) = (read.line.text, read.line.code);
        if read.line.is_blank() {
            self.blank();
            return;
        }
        if !code && (is_attributes(text) || is_heading_date(text)) {
            return;
        }
        // A quote that ends takes the part it holds along; what follows has no label.
        let left_quote = self.quotes > 0 && super::clean::unquoted(text).0 < self.quotes;
        if left_quote && !matches!(self.at, At::Question | At::Extra) {
            self.at = self.loose();
            self.quotes = 0;
        }
        let bare = super::clean::unquoted_by(text, self.quotes);
        if !code && bare.trim().is_empty() {
            self.blank();
            return;
        }
        // The date and the buttons of a page below the question's title.
        let below_question = match self.at {
            At::Question => !self.draft.question.is_empty(),
            At::Loose => self.draft.loose.is_empty() && !self.draft.question.is_empty(),
            _ => false,
        };
        if below_question && !code && is_noise(bare) {
            return;
        }
        match self.at {
            At::Question if code || is_rule(bare) || !self.goes_on(bare) => {
                self.at = At::Loose;
                self.draft.loose.push(bare, 0, code);
            }
            At::Question => self.question(bare),
            At::Category if !code => self.category(bare),
            At::Topic if !code => self.topic(bare),
            At::Hint { .. } => {
                self.draft.hints.last_mut().unwrap_or(&mut self.draft.loose).push(bare, 0, code);
            }
            At::Answer => self.answer().push(bare, 0, code),
            At::Extra => self.draft.extra.push(bare, 0, code),
            At::Loose | At::Category | At::Topic => {
                self.at = At::Loose;
                self.draft.loose.push(bare, 0, code);
            }
        }
    }

    fn blank(&mut self) {
        match self.at {
            At::Question if !self.draft.question.is_empty() => self.at = At::Loose,
            At::Category if self.draft.category.is_some() => self.at = self.loose(),
            At::Topic if self.draft.topic.is_some() => self.at = self.loose(),
            At::Hint { whole: false } => self.at = self.loose(),
            At::Hint { whole: true } => {
                if let Some(hint) = self.draft.hints.last_mut() {
                    hint.say("");
                }
            }
            At::Answer => self.answer().say(""),
            At::Extra => self.draft.extra.say(""),
            At::Loose => self.draft.loose.say(""),
            At::Question | At::Category | At::Topic => {}
        }
    }

    /// Where text without a label goes now.
    fn loose(&mut self) -> At {
        let below_answer = self.draft.answers.iter().any(|answer| !answer.body.is_empty());
        let (at, body) = if below_answer {
            (At::Extra, &mut self.draft.extra)
        } else {
            (At::Loose, &mut self.draft.loose)
        };
        body.say("");
        at
    }

    fn answer(&mut self) -> &mut Body {
        match self.draft.answers.last_mut() {
            Some(answer) => &mut answer.body,
            None => &mut self.draft.loose,
        }
    }

    /// Whether a line right below the question is still the question.
    fn goes_on(&self, line: &str) -> bool {
        let Some(last) = self.draft.question.last() else { return true };
        if self.answered {
            return !last.is_empty();
        }
        if self.one_line {
            return ends_asking(line) && !last.ends_with(['.', '!']) && !asks(last);
        }
        !asks(last) || asks(line)
    }

    fn question(&mut self, text: &str) {
        let text = super::mark::undecorated(text);
        // A bold question comes without its marks; a single bold word in it keeps them.
        let bare = ["**", "__"].iter().find_map(|b| text.strip_prefix(b)?.strip_suffix(b));
        let text = bare.filter(|inner| !inner.contains("**")).unwrap_or(text).trim();
        // A mark that was opened before the item's number.
        let text = match text.strip_suffix("**") {
            Some(open) if text.matches("**").count() == 1 => open.trim_end(),
            _ => text,
        };
        if !text.is_empty() {
            self.draft.question.push(text.to_owned());
        }
    }

    /// Reads a category line as in a post: up to the first comma, the rest is the topic.
    fn category(&mut self, text: &str) {
        let text = super::mark::undecorated(text);
        if text.is_empty() {
            return;
        }
        let (category, topic) = match text.split_once([',', '，']) {
            Some((category, topic)) if self.draft.category.is_none() => {
                (category.trim(), topic.trim())
            }
            _ if self.draft.category.is_none() => (text, ""),
            _ => ("", text),
        };
        if !category.is_empty() {
            self.draft.category = Some(category.to_owned());
        }
        self.topic(topic);
    }

    fn topic(&mut self, text: &str) {
        let text = super::mark::undecorated(text);
        if text.is_empty() {
            return;
        }
        self.draft.topic = Some(match self.draft.topic.take() {
            Some(topic) => format!("{topic}, {text}"),
            None => text.to_owned(),
        });
    }
}

fn asks_to_choose(question: &str) -> bool {
    let question = question.to_lowercase();
    ["다음 중", "다음 가운데", "보기 중", "고르세요", "고르시오", "which of the following"]
        .iter()
        .any(|words| question.contains(words))
}

fn is_heading_date(line: &str) -> bool {
    line.trim_start().starts_with('#') && is_date(line)
}

/// Gives answers that stand apart from their questions to those whose numbers they have:
/// `Q1. … Q2. … A1. … A2. …`
pub(super) fn by_number(drafts: &mut [Draft]) {
    let mut of_number = HashMap::new();
    for (nth, draft) in drafts.iter().enumerate() {
        if let Some(number) = draft.number {
            of_number.entry(number).or_insert(nth);
        }
    }
    for nth in 0..drafts.len() {
        let Some(draft) = drafts.get_mut(nth) else { continue };
        let own = draft.number;
        let answers = std::mem::take(&mut draft.answers);
        for answer in answers {
            let owner = answer.number.filter(|number| own != Some(*number));
            let owner = owner.and_then(|number| of_number.get(&number)).unwrap_or(&nth);
            if let Some(owner) = drafts.get_mut(*owner) {
                owner.answers.push(answer);
            }
        }
    }
}

/// Puts what stands above the first question into its hint; labels above it are its own.
pub(super) fn lead(drafts: &mut [Draft], lead: &[Read<'_>]) {
    let Some(first) = drafts.first_mut() else { return };
    let above = read(None, lead);
    let mut topics: Vec<String> = first.topic.take().into_iter().collect();
    match &first.category {
        Some(_) => topics.extend(above.category),
        None => first.category = above.category,
    }
    topics.extend(above.topic);
    first.topic = (!topics.is_empty()).then(|| topics.join(", "));
    let mut hints = Vec::new();
    // What stands between a label and the list it heads.
    hints.extend(above.question.iter().map(|text| Body::behind(text)));
    if !above.loose.is_empty() {
        hints.push(above.loose);
    }
    hints.extend(above.hints);
    hints.append(&mut first.hints);
    first.hints = hints;
    first.answers.extend(above.answers);
    if !above.extra.is_empty() {
        first.extra.say("");
        for line in above.extra.text().unwrap_or_default().split('\n') {
            first.extra.say(line);
        }
    }
}

/// Gives a question to drafts that have none: the subject of the mail, or their first line without a
/// label.
pub(super) fn give_everyone_a_question(drafts: &mut [Draft], subject: Option<&str>) {
    for draft in drafts.iter_mut().filter(|draft| draft.question.is_empty()) {
        let line = || draft.loose.take_first_line().or_else(|| draft.extra.take_first_line());
        draft.question.extend(subject.map(str::to_owned).or_else(line));
    }
}

impl Draft {
    /// Decides which part each text is. None if there is no text at all.
    pub(super) fn finish(self, own: &Vocabulary) -> Option<NewEntry> {
        let question = self.question.join(" ");
        let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
        let answers = self.answers.into_iter().filter_map(|answer| {
            let text = answer.body.text()?;
            let kept = state::model_state(&text, own) == ModelAnswerState::Written;
            kept.then_some((answer.is_model, answer.name, text))
        });
        let (model, others): (Vec<_>, Vec<_>) = answers.partition(|(is_model, ..)| *is_model);
        let mut versions = Vec::new();
        for (nth, (_, name, text)) in model.into_iter().chain(others).enumerate() {
            versions.push(if nth == 0 { text } else { format!("[{name}]\n{text}") });
        }
        let mut hints: Vec<String> = self.hints.into_iter().filter_map(Body::text).collect();
        match self.loose.text() {
            // What there is to choose from is no answer.
            Some(loose) if asks_to_choose(&question) => hints.push(loose),
            Some(loose) if versions.is_empty() => versions.push(loose),
            loose => hints.extend(loose),
        }
        match self.extra.text() {
            Some(extra) if versions.is_empty() => hints.push(extra),
            extra => versions.extend(extra),
        }
        let joined = |texts: Vec<String>| (!texts.is_empty()).then(|| texts.join("\n\n"));
        let entry = NewEntry {
            question,
            category: self.category,
            topic: self.topic,
            hint: joined(hints),
            model_answer: joined(versions),
        };
        (entry != NewEntry::default()).then_some(entry)
    }
}
