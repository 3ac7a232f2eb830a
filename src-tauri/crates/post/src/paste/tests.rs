mod laws;

use std::fs;
use std::path::Path;

use super::read_paste;
use crate::{NewEntry, Vocabulary};

fn read(text: &str) -> Vec<NewEntry> {
    read_paste(text, &Vocabulary::default())
}

/// What the fixtures say of an entry: one line for each field, further lines of it indented.
fn shown(entries: &[NewEntry]) -> String {
    let mut out = String::new();
    for entry in entries {
        let fields = [
            ("question", Some(&entry.question)),
            ("category", entry.category.as_ref()),
            ("topic", entry.topic.as_ref()),
            ("hint", entry.hint.as_ref()),
            ("model", entry.model_answer.as_ref()),
        ];
        for (name, text) in fields {
            let Some(text) = text else { continue };
            out.push_str(name);
            out.push(':');
            for (nth, line) in text.split('\n').enumerate() {
                let lead = match (nth, line.is_empty()) {
                    (0, _) => " ",
                    (_, true) => "\n",
                    (_, false) => "\n  ",
                };
                out.push_str(lead);
                out.push_str(line);
            }
            out.push('\n');
        }
    }
    out
}

/// Reads every case of the fixtures: a title behind `=== `, the paste, `--->`, what is understood.
/// With `UPDATE_EXPECT=1` the files are written anew, to be looked at.
#[test]
fn pastes_are_understood() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/paste");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "there are fixtures");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let mut out = String::new();
        for case in text.split("=== ").skip(1) {
            let (title, rest) = case.split_once('\n').unwrap();
            let (paste, expect) = rest.split_once("--->\n").unwrap_or((rest, ""));
            let got = shown(&read(paste));
            if got.trim_end() != expect.trim_end() {
                wrong.push(format!("{} in {}:\n{got}", title, path.display()));
            }
            out.push_str(&format!("=== {title}\n{paste}--->\n{got}\n"));
        }
        if update {
            #[expect(clippy::disallowed_methods, reason = "fixtures are no posts")]
            fs::write(&path, out.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{}", wrong.join("\n"));
}
