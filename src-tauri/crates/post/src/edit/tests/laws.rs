//! Laws that hold for every post and every text.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::given::{post, text};
use super::refusals::ON_REAL_POSTS;
use crate::edit::place::is_separating;
use crate::edit::reading::{EntryReading, Reading};
use crate::edit::text::{one_line, with_plain_endings, without_outer_blank_lines};
use crate::{DayHeading, EditError, Edits, NewEntry, Post};

/// An edit that a user may ask for.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    Answer(usize, String),
    Model(usize, Option<usize>, String),
    Hint(usize, String),
    Category(usize, String, String),
    Question(usize, String),
    Delete(usize, DayHeading),
    Move(usize, Date),
    Add(Date, NewEntry),
    Day(Date),
}

impl Asked {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Answer(_, text) if text.is_empty() => "clear answer",
            Self::Answer(..) => "answer",
            Self::Model(_, _, text) if text.is_empty() => "remove model answer",
            Self::Model(_, Some(_), _) => "variant",
            Self::Model(..) => "model answer",
            Self::Hint(_, text) if text.is_empty() => "remove hint",
            Self::Hint(..) => "hint",
            Self::Category(_, a, b) if a.is_empty() && b.is_empty() => "remove category",
            Self::Category(..) => "category",
            Self::Question(..) => "question",
            Self::Delete(..) => "delete",
            Self::Move(..) => "move",
            Self::Add(..) => "add entry",
            Self::Day(..) => "add day",
        }
    }

    /// Each edit of an entry, with texts that every place takes.
    pub(super) fn all(nth: usize) -> Vec<Self> {
        let text = || "바꾼 글입니다.  \n둘째 줄\n\n- 목록\n\n```sh\n# 주석\n```".to_owned();
        vec![
            Self::Answer(nth, text()),
            Self::Answer(nth, String::new()),
            Self::Model(nth, None, text()),
            Self::Model(nth, Some(0), "한 줄".to_owned()),
            Self::Model(nth, None, String::new()),
            Self::Hint(nth, "첫 줄\n둘째 줄".to_owned()),
            Self::Hint(nth, String::new()),
            Self::Category(nth, "Backend".to_owned(), "주제, 둘".to_owned()),
            Self::Category(nth, String::new(), "주제".to_owned()),
            Self::Category(nth, String::new(), String::new()),
            Self::Question(nth, "바꾼 질문입니까?".to_owned()),
            Self::Delete(nth, DayHeading::Keep),
            Self::Delete(nth, DayHeading::Drop),
            Self::Move(nth, date(2031, 1, 2)),
        ]
    }

    pub(super) fn of_post(day: Date) -> Vec<Self> {
        let new = NewEntry {
            question: "새 질문입니까?".to_owned(),
            category: Some("공통".to_owned()),
            topic: None,
            hint: Some("첫 줄\n둘째 줄".to_owned()),
            model_answer: Some("[신입이라면?]\n글\n\n[경력이라면?]\n```\n# 코드\n```".to_owned()),
        };
        let bare = NewEntry { question: "새 질문입니까?".to_owned(), ..NewEntry::default() };
        vec![Self::Add(day, new), Self::Add(day, bare), Self::Day(day)]
    }

    fn of(&self, post: &Post) -> Result<Edits, EditError> {
        match self {
            Self::Answer(nth, text) => post.set_answer(*nth, text),
            Self::Model(nth, variant, text) => post.set_model_answer(*nth, *variant, text),
            Self::Hint(nth, text) => post.set_hint(*nth, text),
            Self::Category(nth, category, topic) => post.set_category(*nth, category, topic),
            Self::Question(nth, text) => post.set_question(*nth, text),
            Self::Delete(nth, heading) => post.delete_entry(*nth, *heading),
            Self::Move(nth, day) => post.move_entry(*nth, *day, None),
            Self::Add(day, new) => post.add_entry(*day, None, new),
            Self::Day(day) => post.add_day(*day, None),
        }
    }
}

/// Makes the edit and checks what holds of every edit; returns why it was refused, if it was.
pub(super) fn check_laws(post: &Post, asked: &Asked, of: &str) -> Result<(), EditError> {
    let before = Reading::of(post);
    let edits = asked.of(post)?;
    let text = edits.apply(post.text());
    let name = || format!("{asked:?} of {of}");
    check_bytes(post.text(), &edits, &text);
    let after = Post::parse(text.as_str());
    let read = Reading::of(&after);
    let entries = |reading: &Reading| -> Vec<EntryReading> {
        reading.days.iter().flat_map(|day| day.entries.iter().cloned()).collect()
    };
    let (old, new) = (entries(&before), entries(&read));
    let others = |all: &[EntryReading], left_out: usize| -> Vec<EntryReading> {
        let kept = all.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, entry)| entry.clone()).collect()
    };
    check_keys(post, &after, asked, &name());
    if let Asked::Delete(nth, _) | Asked::Move(nth, _) = asked {
        check_lines(post, *nth, &text, &name());
    }
    match asked {
        Asked::Answer(nth, wanted) => {
            assert_eq!(new[*nth].answer, without_outer_blank_lines(wanted), "{}", name());
            assert_eq!(others(&old, *nth), others(&new, *nth), "{}", name());
            // Some texts are an answer only where they stand, such as what follows a comment.
            if let Ok(back) = after.set_answer(*nth, &old[*nth].answer) {
                let back = Post::parse(back.apply(&text));
                assert_eq!(Reading::of(&back), before, "{}", name());
            }
        }
        Asked::Model(nth, None, wanted) => {
            let wanted = without_outer_blank_lines(wanted);
            let read = new[*nth].model_answer.clone();
            if wanted.is_empty() && old[*nth].model_answer.as_deref() != Some("") {
                assert_eq!(read, None, "{}", name());
            }
            assert_eq!(read.unwrap_or_default(), wanted, "{}", name());
            assert_eq!(others(&old, *nth), others(&new, *nth), "{}", name());
        }
        Asked::Model(nth, Some(_), _) => {
            assert_eq!(others(&old, *nth), others(&new, *nth), "{}", name());
            assert_eq!(old[*nth].answer, new[*nth].answer, "{}", name());
        }
        Asked::Hint(nth, wanted) => {
            let wanted = without_outer_blank_lines(wanted).trim().to_owned();
            assert_eq!(new[*nth].hint.clone().unwrap_or_default(), wanted, "{}", name());
            assert_eq!(others(&old, *nth), others(&new, *nth), "{}", name());
        }
        Asked::Category(nth, category, topic) => {
            if !one_line(category).is_empty() {
                assert_eq!(new[*nth].categories[0], one_line(category), "{}", name());
            }
            assert_eq!(new[*nth].topic.clone().unwrap_or_default(), one_line(topic), "{}", name());
            assert_eq!(others(&old, *nth), others(&new, *nth), "{}", name());
        }
        Asked::Question(nth, _) => {
            assert_eq!(others(&old, *nth), others(&new, *nth), "{}", name());
            let mut renamed = new[*nth].clone();
            renamed.question.clone_from(&old[*nth].question);
            assert_eq!(renamed, old[*nth], "{}", name());
        }
        Asked::Delete(nth, _) => assert_eq!(others(&old, *nth), new, "{}", name()),
        Asked::Move(nth, _) => {
            assert_eq!(old.len(), new.len(), "{}", name());
            assert!(new.contains(&old[*nth]), "{}", name());
        }
        Asked::Add(_, wanted) => {
            assert_eq!(old.len() + 1, new.len(), "{}", name());
            let added = new.iter().find(|e| e.question == one_line(&wanted.question)).unwrap();
            let given = |text: &Option<String>| {
                with_plain_endings(text.as_deref().unwrap_or_default()).trim().to_owned()
            };
            assert_eq!(added.answer, "", "{}", name());
            assert_eq!(added.hint.clone().unwrap_or_default(), given(&wanted.hint), "{}", name());
            if wanted.model_answer.is_some() {
                let model = added.model_answer.clone().unwrap_or_default();
                let wanted = wanted.model_answer.as_deref().unwrap_or_default();
                let wanted = without_outer_blank_lines(wanted);
                assert!(wanted.is_empty() || model == wanted, "{model:?} of {}", name());
            }
        }
        Asked::Day(_) => assert_eq!(old, new, "{}", name()),
    }
    Ok(())
}

/// Every line outside the entry is still there, as often as it was; but for the heading of its day,
/// and for blank lines, rules and breaks.
fn check_lines(before: &Post, nth: usize, after: &str, name: &str) {
    let (day, entry) = before.entries().nth(nth).unwrap();
    let own = [Some(&entry.span), entry.answer_span.as_ref(), day.heading.as_ref()];
    let is_own = |at: usize| own.iter().flatten().any(|span| span.contains(&at));
    let mut left: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for line in after.lines() {
        *left.entry(line.trim_end()).or_default() += 1;
    }
    let mut at = 0;
    for line in before.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        if is_own(start) || is_separating(line) {
            continue;
        }
        let count = left.entry(line).or_default();
        assert!(*count > 0, "{line:?} is gone: {name}");
        *count -= 1;
    }
}

/// The keys of all other entries are the same, and that of an entry whose question and day stay.
fn check_keys(before: &Post, after: &Post, asked: &Asked, name: &str) {
    let keys = |post: &Post| -> Vec<String> {
        let key = |(day, entry): (&crate::Day, &crate::Entry)| {
            crate::entry_key(day.date.or(post.date()), &post.part_text(&entry.question))
        };
        post.entries().map(key).collect()
    };
    let (mut old, mut new) = (keys(before), keys(after));
    match asked {
        Asked::Question(nth, _) => {
            old.remove(*nth);
            new.remove(*nth);
        }
        Asked::Delete(nth, _) | Asked::Move(nth, _) => {
            old.remove(*nth);
        }
        _ => {}
    }
    old.sort();
    new.sort();
    if matches!(asked, Asked::Add(..) | Asked::Move(..)) {
        // One more, and every other one is there.
        let mut left = new.clone();
        for key in &old {
            let at = left.iter().position(|new| new == key);
            left.remove(at.unwrap_or_else(|| panic!("{key} is gone: {name}")));
        }
        assert!(left.len() <= 1, "{name}");
    } else {
        assert_eq!(old, new, "{name}");
    }
}

/// All bytes outside the splices are the same.
fn check_bytes(before: &str, edits: &Edits, after: &str) {
    let (mut from, mut at) = (0, 0);
    for (span, new) in edits.splices() {
        let kept = &before[from..span.start];
        assert_eq!(&after[at..at + kept.len()], kept);
        at += kept.len() + new.len();
        from = span.end;
    }
    assert_eq!(&after[at..], &before[from..]);
}

fn asked() -> impl Strategy<Value = Asked> {
    let nth = || 0..5_usize;
    let day = || (1..4_i8).prop_map(|day| date(2025, 5, day));
    prop_oneof![
        (nth(), text()).prop_map(|(nth, text)| Asked::Answer(nth, text)),
        (nth(), prop::option::of(0..2_usize), text())
            .prop_map(|(nth, variant, text)| Asked::Model(nth, variant, text)),
        (nth(), text()).prop_map(|(nth, text)| Asked::Hint(nth, text)),
        (nth(), text(), text()).prop_map(|(nth, a, b)| Asked::Category(nth, a, b)),
        (nth(), text()).prop_map(|(nth, text)| Asked::Question(nth, text)),
        (nth(), any::<bool>()).prop_map(|(nth, keep)| {
            Asked::Delete(nth, if keep { DayHeading::Keep } else { DayHeading::Drop })
        }),
        (nth(), day()).prop_map(|(nth, day)| Asked::Move(nth, day)),
        (day(), "[가-힣]{1,8}\\?", prop::option::of(text()), prop::option::of(text())).prop_map(
            |(day, question, hint, model_answer)| {
                Asked::Add(day, NewEntry { question, hint, model_answer, ..NewEntry::default() })
            }
        ),
        day().prop_map(Asked::Day),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_edit_changes_what_was_asked_and_nothing_else(text in post(), asked in asked()) {
        let post = Post::parse(text.as_str());
        let _refused = check_laws(&post, &asked, "a generated post");
    }
}

/// Every edit on every entry of a post in each layout.
#[test]
fn every_edit_on_every_layout() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/fixtures/layouts");
    let mut unexplained = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        for text in [text.replace('\n', "\r\n"), text.trim_end().to_owned(), text] {
            let post = Post::parse(text.as_str());
            let entries = (0..post.entries().count()).flat_map(Asked::all);
            for asked in entries.chain(Asked::of_post(date(2031, 1, 2))) {
                if let Err(error) = check_laws(&post, &asked, name)
                    && !is_explained(&asked, &error)
                {
                    unexplained.push(format!("{name}: {asked:?}: {error}"));
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
}

/// Whether [`ON_REAL_POSTS`] has this refusal.
pub(super) fn is_explained(asked: &Asked, error: &EditError) -> bool {
    if matches!(error, EditError::ConflictMarkers { .. }) {
        return true;
    }
    let error = error.to_string();
    ON_REAL_POSTS.iter().any(|(name, why)| *name == asked.name() && error.contains(why))
}
