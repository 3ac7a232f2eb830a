//! Takes questions out of pasted markdown that is written as a post.

use std::collections::HashSet;
use std::sync::Arc;

use super::Line;
use super::body::Body;
use super::clean::{self, is_attributes, is_rule};
use super::draft::{Answer, Draft};
use super::mark::{self, Kind};
use super::noise;
use crate::{Entry, ModelAnswer, ModelAnswerState, Post, Span, Vocabulary};

/// Reads the entries of a post; none where the text is none, or is marked in ways only the reader of
/// plain text knows.
pub(super) fn read(text: &str, own: &Vocabulary) -> Option<Vec<Draft>> {
    let post = Post::parse_with(text, &Arc::new(own.clone()));
    let entries: Vec<&Entry> = post.entries().map(|(_, entry)| entry).collect();
    let dated = post.days().iter().any(|day| day.date.is_some() && !day.entries.is_empty());
    if !dated && !entries.iter().any(|entry| is_evident(entry)) {
        return None;
    }
    let lines = clean::fenced(text);
    let mut starts = Vec::with_capacity(lines.len());
    let mut at = 0;
    for line in &lines {
        starts.push(at);
        at += line.text.len() + 1;
    }
    let line_of =
        |offset: usize| starts.partition_point(|start| *start <= offset).saturating_sub(1);
    let headed: HashSet<usize> = entries.iter().map(|entry| line_of(entry.heading.start)).collect();
    // Questions the post's reader does not see, or a heading that is only a label.
    let unseen = lines.iter().enumerate().any(|(at, line)| {
        let mark = if line.code { None } else { mark::read(line.text, own) };
        mark.is_some_and(|mark| {
            mark.kind == Kind::Question
                && !mark.weak
                && (mark.rest.is_empty() || !headed.contains(&at))
        })
    });
    let plain = |entry: &&Entry| {
        let heading = text.get(entry.heading.clone()).unwrap_or_default();
        !heading.trim_start().starts_with('#')
    };
    if unseen || entries.iter().any(plain) {
        return None;
    }
    let mut drafts: Vec<Draft> = entries.iter().map(|entry| draft(&post, entry, own)).collect();
    let mut taken = vec![None; lines.len()];
    for (nth, entry) in entries.iter().enumerate() {
        for span in parts(entry) {
            for line in taken.get_mut(line_of(span.start)..=line_of(span.end)).unwrap_or_default() {
                *line = Some(nth);
            }
        }
    }
    give_the_rest(&lines, &taken, &mut drafts, own);
    Some(drafts)
}

/// Whether something but a heading says that this is a question.
fn is_evident(entry: &Entry) -> bool {
    !entry.categories.is_empty()
        || entry.topic.is_some()
        || entry.hint.is_some()
        || entry.answer.heading.is_some()
        || entry.model_answer.is_some()
}

/// The ranges of an entry that a draft takes over.
fn parts(entry: &Entry) -> Vec<Span> {
    let mut parts = vec![entry.heading.clone(), entry.question.span.clone()];
    parts.extend(entry.hint.as_ref().map(|hint| hint.span.clone()));
    parts.extend(entry.answer.heading.clone());
    parts.push(entry.answer.body.span.clone());
    if let Some(model) = &entry.model_answer {
        parts.push(model.body.span.clone());
    }
    for section in &entry.sections {
        parts.push(section.heading.clone());
        parts.push(section.body.span.clone());
    }
    parts.retain(|span| !span.is_empty());
    parts
}

fn draft(post: &Post, entry: &Entry, own: &Vocabulary) -> Draft {
    let mut draft = Draft {
        question: vec![post.part_text(&entry.question).into_owned()],
        category: (!entry.categories.is_empty()).then(|| entry.categories.join(", ")),
        topic: entry.topic.clone(),
        ..Draft::default()
    };
    draft.hints.extend(entry.hint.as_ref().map(|hint| body(&post.part_text(hint))));
    // One that only keeps its place is none, but an audience named in it is somebody's word.
    let says = |m: &&ModelAnswer| {
        m.state == ModelAnswerState::Written || m.variants.iter().any(|v| v.audience.is_some())
    };
    if let Some(model) = entry.model_answer.as_ref().filter(says) {
        draft.answers.push(Answer {
            is_model: true,
            number: None,
            name: "모범 답안".to_owned(),
            body: body(&post.part_text(&model.body)),
        });
    }
    let heading = entry.answer.heading.as_ref().and_then(|span| post.text().get(span.clone()));
    let label = heading.and_then(|line| mark::read(line, own)).map(|mark| mark.name);
    draft.answers.push(Answer {
        is_model: false,
        number: None,
        name: label.unwrap_or_else(|| "답변".to_owned()),
        body: body(&post.part_text(&entry.answer.body)),
    });
    for section in &entry.sections {
        let heading = post.text().get(section.heading.clone()).unwrap_or_default();
        draft.extra.say("");
        for line in [heading, ""].into_iter().chain(post.part_text(&section.body).split('\n')) {
            draft.extra.say(line);
        }
    }
    draft
}

fn body(text: &str) -> Body {
    let mut body = Body::default();
    for line in clean::fenced(text) {
        body.push(line.text, 0, line.code);
    }
    body
}

/// Gives lines that are in no part of an entry to the entry above them, or those above the first to
/// its hint.
fn give_the_rest(
    lines: &[Line<'_>],
    taken: &[Option<usize>],
    drafts: &mut [Draft],
    own: &Vocabulary,
) {
    let mut owner = None;
    let mut lead = Body::default();
    for (line, of) in lines.iter().zip(taken) {
        if of.is_some() {
            owner = *of;
            continue;
        }
        let mark = mark::read(line.text, own).filter(|_| !line.code);
        let marks_only =
            mark.as_ref().is_some_and(|mark| mark.rest.is_empty() && mark.kind != Kind::Section);
        if line.is_blank()
            || marks_only
            || is_attributes(line.text)
            || is_rule(line.text)
            || noise::is_date(line.text)
        {
            continue;
        }
        let draft = owner.and_then(|nth: usize| drafts.get_mut(nth));
        match draft {
            Some(draft) => {
                let is_category = |mark: &mark::Mark| {
                    let is = |field: &Option<String>| {
                        field.as_ref().is_some_and(|field| mark.rest.contains(field.as_str()))
                    };
                    mark.kind == Kind::Category && (is(&draft.category) || is(&draft.topic))
                };
                if !mark.as_ref().is_some_and(is_category) {
                    draft.extra.push(line.text, 1, line.code);
                }
            }
            None if noise::is_noise(line.text) => {}
            None => lead.push(line.text, 0, line.code),
        }
    }
    if let (Some(first), false) = (drafts.first_mut(), lead.is_empty()) {
        first.hints.insert(0, lead);
    }
}
