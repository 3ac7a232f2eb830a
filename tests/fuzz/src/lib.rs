//! The laws that hold for any post, as checks that panic.

use dapanji_post::{DayHeading, Edits, Margin, NewEntry, Part, Post, Span};
use jiff::civil::date;

/// Lines posts are made of and lines that are hard on them; a control character stands for one.
const PIECES: [&str; 28] = [
    "\n# 2025.05.01\n",
    "\n## 질문인가요?\n",
    "\n## Q1. 질문?\n",
    "\n### 답변  \n",
    "\n> 카테고리: 가, 나\n",
    "\n> 힌트: 다\n",
    "\n> ##### 모범 답안\n>\n> [신입이라면?]  \n> 글\n{: .block-tip }\n",
    "\n---\n\n<br>\n<br>\n",
    "\n```js\n",
    "\n```\n",
    "\n<details><summary>모범 답안</summary>\n",
    "\n</details>\n",
    "\n<div markdown=\"1\">\n",
    "\n<!--",
    "-->\n",
    "\n$$\n",
    "\n- 목록\n",
    "\n    들여쓴 글\n",
    "\n[^1]: 주\n",
    "\n{% raw %}\n",
    "\n{% endraw %}\n",
    "\n{% highlight rb %}\n",
    "\n===\n",
    "\r\n",
    "\nQ: 무엇인가?\nA: 이것\n",
    "\n10. ### 질문?\n",
    "\u{feff}",
    "\n**답변**\n",
];

/// A text of the input's bytes, with pieces for control characters.
fn text_of(bytes: &[u8]) -> String {
    let mut text = String::new();
    for c in String::from_utf8_lossy(bytes).chars() {
        // Those that are white space stay what they are.
        let piece = match u32::from(c) {
            nth @ 1..=8 => PIECES.get(nth as usize - 1),
            nth @ 11..=12 => PIECES.get(nth as usize - 3),
            nth @ 14..=31 => PIECES.get(nth as usize - 4),
            _ => None,
        };
        match piece {
            Some(piece) => text.push_str(piece),
            None => text.push(c),
        }
    }
    text
}

/// Reads any bytes as a post.
///
/// # Panics
/// If what is read does not lie inside the text.
pub fn parse(bytes: &[u8]) {
    read(&String::from_utf8_lossy(bytes));
    read(&text_of(bytes));
}

fn read(text: &str) {
    let post = Post::parse(text);
    assert_eq!(post.text(), text);
    let lines = text.matches('\n').count() + 1;
    for diagnostic in post.diagnostics() {
        assert!((1..=lines).contains(&diagnostic.line), "{diagnostic:?}");
    }
    if let Some(front) = post.front_matter() {
        slice(text, &front.span);
    }
    let mut end = 0;
    for day in post.days() {
        slice(text, &day.span);
        assert!(day.span.start >= end, "days lie in order");
        end = day.span.end;
        day.heading.iter().for_each(|heading| assert!(!slice(text, heading).contains('\n')));
        for entry in &day.entries {
            slice(text, &entry.span);
            slice(text, &entry.heading);
            let model = entry.model_answer.as_ref();
            let variants = model.iter().flat_map(|model| &model.variants).map(|v| &v.body);
            let parts = [Some(&entry.question), entry.hint.as_ref(), Some(&entry.answer.body)];
            let parts = parts.into_iter().flatten().chain(model.map(|model| &model.body));
            let sections = entry.sections.iter().map(|section| &section.body);
            for part in parts.chain(variants).chain(sections) {
                check_part(&post, part);
            }
        }
    }
    for section in post.sections() {
        slice(text, &section.heading);
        check_part(&post, &section.body);
    }
}

fn slice<'a>(text: &'a str, span: &Span) -> &'a str {
    text.get(span.clone()).unwrap_or_else(|| panic!("{span:?} is no range of the text"))
}

fn check_part(post: &Post, part: &Part) {
    let source = slice(post.text(), &part.span);
    let read = post.part_text(part);
    assert!(read.len() <= source.len(), "margins only go");
    if part.margin == Margin::None {
        assert_eq!(read, source);
    }
}

/// Makes a post and a change to it of the input: which change, to which entry, the length of the new
/// text, that text, the post.
///
/// # Panics
/// If a change that is accepted touches other bytes than its own or is not read back.
pub fn edit(bytes: &[u8]) {
    let [kind, nth, len, rest @ ..] = bytes else { return };
    let (new, post) = rest.split_at(usize::from(*len).min(rest.len()));
    let (new, text) = (text_of(new), text_of(post));
    let post = Post::parse(text.as_str());
    let nth = usize::from(*nth) % post.entries().count().max(1);
    let day = date(2025, 5, 2);
    let of_file = Some(date(2025, 4, 30));
    let count = post.entries().count();
    let mut words = new.split('/').map(str::to_owned);
    // The changes that are read back by themselves: what is left to check is that they are splices.
    let edits = match kind % 12 {
        2 => post.set_model_answer(nth, None, &new),
        3 => post.set_model_answer(nth, Some(usize::from(kind / 12) % 3), &new),
        4 => post.set_hint(nth, &new),
        5 => {
            let category = words.next().unwrap_or_default();
            post.set_category(nth, &category, &words.next().unwrap_or_default())
        }
        6 => post.set_question(nth, &new),
        7 => post.add_day(day, of_file),
        8 if kind / 12 % 2 == 0 => post.delete_entry(nth, DayHeading::Keep),
        8 => post.delete_entry(nth, DayHeading::Drop),
        9 => post.move_entry(nth, day, of_file),
        10 => post.insert_source(day, of_file, &new),
        11 => {
            let sibling = Post::parse(new.as_str());
            let entry = NewEntry { question: "무엇인가요?".to_owned(), ..NewEntry::default() };
            post.add_entry_beside(Some(&sibling), day, of_file, &entry)
        }
        _ => Ok(Edits::default()),
    };
    if let Ok(edits) = edits {
        let after = applied(&post, edits.splices(), &edits.apply(&text));
        let gone = usize::from(kind % 12 == 8);
        let new = usize::from(kind % 12 > 9);
        assert_eq!(after.entries().count() + gone, count + new);
    }
    match kind % 12 {
        0 => {
            let Ok(edits) = post.set_answer(nth, &new) else { return };
            let after = applied(&post, edits.splices(), &edits.apply(&text));
            let (_, entry) = after.entries().nth(nth).expect("the entry is still there");
            // A lone CR in a new text ends a line; one that stood there already is kept as it is.
            let plain = |text: &str| {
                without_outer_blank_lines(&text.replace("\r\n", "\n").replace('\r', "\n"))
            };
            assert_eq!(plain(&after.part_text(&entry.answer.body)), plain(&new));
            let again = after.set_answer(nth, &new).expect("what was written can be written");
            assert!(again.splices().is_empty(), "the same text changes nothing");
        }
        1 => {
            let question = words.next().unwrap_or_default();
            let entry = NewEntry {
                question: question.clone(),
                category: words.next(),
                topic: words.next(),
                hint: words.next(),
                model_answer: words.next(),
            };
            let Ok(edits) = post.add_entry(day, of_file, &entry) else { return };
            let after = applied(&post, edits.splices(), &edits.apply(&text));
            let asked = question.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(after.entries().count(), count + 1);
            assert!(
                after
                    .entries()
                    .any(|(_, entry)| asked.ends_with(&*after.part_text(&entry.question)))
            );
        }
        _ => {}
    }
}

/// Checks that a change touched its own bytes only, and reads what came of it.
fn applied(post: &Post, splices: &[(Span, String)], after: &str) -> Post {
    let text = post.text();
    let mut expected = String::new();
    let mut at = 0;
    for (span, new) in splices {
        expected.push_str(slice(text, &(at..span.start)));
        slice(text, span);
        expected.push_str(new);
        at = span.end;
    }
    expected.push_str(slice(text, &(at..text.len())));
    assert_eq!(after, expected);
    read(after);
    Post::parse_with(after, post.vocabulary())
}

fn without_outer_blank_lines(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let is_text = |line: &&str| !line.trim_matches([' ', '\t']).is_empty();
    match (lines.iter().position(is_text), lines.iter().rposition(is_text)) {
        (Some(first), Some(last)) => lines[first..=last].join("\n"),
        _ => String::new(),
    }
}
