//! Reads questions out of pasted text: a post, plain text with labels, an e-mail, the text of a web
//! page, a list of questions.
//!
//! What is read is shown before anything is written, so a guess is allowed, but no loss: every word
//! that is neither a label nor noise (headers of a mail, greetings, signatures, navigation) is in some
//! field. What no label claims is the model answer where the entry has none, else part of the hint.
//!
//! An answer label in a pasted question (`A.`, `답변`, `정답`) marks somebody else's answer, so it
//! is read as the model answer. Where a model answer is there as well, it becomes a further version
//! of it, under a line with its label (`[내 답변]`).

mod adding;
mod body;
mod clean;
mod draft;
mod mail;
mod mark;
mod noise;
mod of_post;
mod starts;
mod words;

use crate::{NewEntry, Vocabulary};
use draft::Draft;
use mark::Mark;

/// A line of pasted text.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    /// Without its ending.
    text: &'a str,
    /// Whether it is in a code fence or is one.
    code: bool,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A line, and what it marks.
struct Read<'a> {
    line: Line<'a>,
    mark: Option<Mark>,
}

/// Reads the questions of a pasted text, in its order. Never fails; linear in the text.
///
/// Empty only if the text holds nothing but noise. A question is empty where labels mark its parts
/// and nothing is left to be the question itself.
pub fn read_paste(text: &str, vocabulary: &Vocabulary) -> Vec<NewEntry> {
    let cleaned = clean::clean(text);
    let body = clean::without_front_matter(&cleaned);
    let (lines, subject) = mail::unwrap(clean::lines(body), vocabulary);
    let mut lines = noise::without(&lines, vocabulary);
    clean::mark_fences(&mut lines);
    let text = clean::join_wrapped(&clean::apart(&lines, vocabulary), vocabulary);
    let mut drafts = match of_post::read(&text, vocabulary) {
        Some(drafts) => drafts,
        None => plain(&text, subject, vocabulary),
    };
    draft::give_everyone_a_question(&mut drafts, subject);
    drafts.into_iter().filter_map(|draft| draft.finish(vocabulary)).collect()
}

/// Reads a text that is no post.
fn plain(text: &str, subject: Option<&str>, own: &Vocabulary) -> Vec<Draft> {
    let lines = clean::fenced(text);
    let mut reads: Vec<Read<'_>> = lines
        .into_iter()
        .map(|line| Read { line, mark: if line.code { None } else { mark::read(line.text, own) } })
        .collect();
    mark::settle(&mut reads);
    let starts = starts::find(&reads, subject.is_some_and(noise::asks));
    let mut drafts = Vec::new();
    let first = starts.first().map_or(reads.len(), |start| start.at);
    let lead = reads.get(..first).unwrap_or_default();
    if starts.is_empty() {
        // The question is the subject of the mail, or missing.
        drafts.push(draft::read(None, lead));
        return drafts;
    }
    for (nth, start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).map_or(reads.len(), |next| next.at);
        let own = reads.get(start.at..end).unwrap_or_default();
        drafts.push(draft::read(Some(start), own));
    }
    draft::by_number(&mut drafts);
    draft::lead(&mut drafts, lead);
    drafts
}

#[cfg(test)]
mod tests;
