//! The layouts: a fixture for each, and the document that shows what is read from it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::*;

/// Number, name in fixture files, and what a reader of the document should know.
const LAYOUTS: [(u8, &str, &str); 12] = [
    (
        1,
        "quoted",
        "Days as level-1 headings, questions below, all that is not the answer in quotes. \
         An attribute list is decoration: a model answer is one by its heading alone.",
    ),
    (2, "level", "Question and answer are headings of one level."),
    (
        3,
        "prose",
        "Under a date, nothing marks the answer: all prose of the question is the answer, its \
         headings and notes included.",
    ),
    (
        4,
        "headed",
        "Answer and model answer have headings of their own. Without a date, something must \
         speak for a question: here its number, or the answer's heading.",
    ),
    (
        5,
        "labelled",
        "Labels at the beginning of lines, with a colon, or bold. Key words are shown as the hint. \
         `A` and `Q` alone count together only. A heading over such questions gathers them.",
    ),
    (
        6,
        "folded",
        "A fold whose summary is a label, perhaps with an invitation to open it. An answer's fold \
         holds the answer where the entry has no other one, else it is a model answer.",
    ),
    (
        7,
        "linked",
        "A list of links to answers under headings that are no more than a number or an anchor. \
         A table of contents, which points to headings with words, is none.",
    ),
    (
        8,
        "numbered",
        "Items of a numbered list that are headings, at least half of which ask; the answer stands \
         below.",
    ),
    (
        9,
        "quote-labelled",
        "A quote that is or begins with a label. Other short quotes of one line head sections in \
         such an entry.",
    ),
    (
        10,
        "bullets",
        "A list of questions: at least half of its items end in a question mark, and either the \
         post or the heading speaks of questions, or the text is such a list alone. Nested \
         questions are a section.",
    ),
    (11, "mixed", "Every entry is read by itself, so that layouts may be mixed."),
    (
        12,
        "notes",
        "No layout: headings and bullets that happen to ask, with nothing beside that, are read as \
         sections.",
    ),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/layouts")
}

/// What is read from a text, as rows of name and text.
pub(super) fn reading(text: &str) -> Vec<(String, String)> {
    let post = Post::parse(text);
    let mut rows = Vec::new();
    let mut row = |name: &str, text: &str| rows.push((name.to_owned(), text.to_owned()));
    let state = |state: AnswerState| match state {
        AnswerState::Empty => "answer (empty)",
        AnswerState::Draft => "answer (draft)",
        AnswerState::Written => "answer (written)",
    };
    for day in post.days() {
        row("**day**", &day.date.map_or_else(|| "of the post".to_owned(), |d| d.to_string()));
        for entry in &day.entries {
            row("**question**", &post.part_text(&entry.question));
            row("layout", &format!("{:?}", entry.layout));
            if !entry.categories.is_empty() {
                row("category", &entry.categories.join(", "));
            }
            if let Some(topic) = &entry.topic {
                row("topic", topic);
            }
            if let Some(hint) = &entry.hint {
                row("hint", &post.part_text(hint));
            }
            row(state(entry.answer.state), &post.part_text(&entry.answer.body));
            if let Some(model) = &entry.model_answer {
                let placeholder = match model.state {
                    ModelAnswerState::Placeholder => " (placeholder)",
                    _ => "",
                };
                for variant in &model.variants {
                    let name = variant.audience.as_ref().map_or_else(
                        || format!("model answer{placeholder}"),
                        |audience| format!("model answer, {audience}"),
                    );
                    row(&name, &post.part_text(&variant.body));
                }
            }
            for section in &entry.sections {
                let title = match section.title.as_str() {
                    "" => "section without title".to_owned(),
                    title => format!("section {title}"),
                };
                row(&title, &post.part_text(&section.body));
            }
        }
    }
    for section in post.sections() {
        let title = match section.level {
            0 => "text of no section".to_owned(),
            level => format!("section of level {level}, {}", section.title),
        };
        row(&format!("**{title}**"), &post.part_text(&section.body));
    }
    rows
}

fn document() -> String {
    let mut out = String::from(
        "# Layouts\n\n\
         What is read from a post, one layout after the other.\n\
         This document is written by `make docs` from `tests/fixtures/layouts`, and a test fails if \
         it is not what would be written; change the fixtures or the reading, not this file.\n\n\
         An entry's layout is told from the entry alone, without settings.\n\
         Labels match whole, ignoring spaces, emphasis around them, a trailing colon, case, and how \
         Hangul is composed; a user's own labels join the usual ones (`Vocabulary`).\n\
         In the tables, `⏎` stands for the end of a line.\n",
    );
    for (number, name, about) in LAYOUTS {
        let title = match number {
            11 => "Mixed".to_owned(),
            12 => "Posts without questions".to_owned(),
            number => format!("{number}. {}", name.replace('-', " ")),
        };
        let _ = write!(out, "\n## {title}\n\n{about}\n");
        let mut variants = vec![format!("{number:02}-{name}.md")];
        let english = format!("{number:02}-{name}.en.md");
        variants.extend(fixtures().join(&english).exists().then_some(english));
        for file in variants {
            let text = std::fs::read_to_string(fixtures().join(file)).unwrap();
            let _ = write!(out, "\n~~~~markdown\n{text}~~~~\n\n| part | text |\n|---|---|\n");
            for (name, text) in reading(&text) {
                let text = text.trim_end().replace('|', "\\|").replace('\n', " ⏎ ");
                let code = if text.contains('`') || text.contains('<') {
                    format!("`` {text} ``")
                } else {
                    text
                };
                let _ = writeln!(out, "| {name} | {code} |");
            }
        }
    }
    out
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a document of the project is no post")]
fn layouts_document_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/layouts.md");
    let document = document();
    if std::env::var_os("DAPANJI_DOCS").is_some_and(|how| how == "write") {
        std::fs::write(&path, &document).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(there == document, "docs/layouts.md is not what `make docs` would write");
}

#[test]
fn every_fixture_is_in_the_document() {
    let mut names: Vec<String> = std::fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        let stem = name.trim_end_matches(".md").trim_end_matches(".en");
        let known = LAYOUTS.iter().any(|(number, name, _)| format!("{number:02}-{name}") == stem);
        assert!(known, "{name} is of no layout");
    }
}

/// Line endings, a missing last one, a byte order mark and decomposed Hangul change nothing.
#[test]
fn layouts_are_read_in_every_encoding_of_lines_and_letters() {
    use unicode_normalization::UnicodeNormalization as _;
    for (number, name, _) in LAYOUTS {
        let path = fixtures().join(format!("{number:02}-{name}.md"));
        let text = std::fs::read_to_string(path).unwrap();
        let plain = |text: &str| -> Vec<(String, String)> {
            let compose = |s: String| s.replace('\r', "").nfc().collect::<String>();
            reading(text).into_iter().map(|(n, t)| (compose(n), compose(t))).collect()
        };
        let expect = plain(&text);
        for other in [
            text.replace('\n', "\r\n"),
            text.trim_end().to_owned(),
            format!("\u{feff}{text}"),
            text.nfd().collect(),
        ] {
            assert_eq!(plain(&other), expect, "{name}: {:?}", other.get(..20));
        }
    }
}
