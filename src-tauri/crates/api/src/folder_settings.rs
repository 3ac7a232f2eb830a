//! What a notebook sets for itself in `.dapanji/settings.yml`: its own words, and which files count
//! as posts.
//!
//! ```yaml
//! labels:                    # added to the usual ones
//!   answer: [내 생각]
//!   model-answer: 정답
//! placeholders: [준비 중]    # in place of the usual ones
//! draft-endings: ["..."]
//! draft-marks: [TODO]
//! include: [_drafts, private/면접]   # folders, whatever leaves them out
//! include-ignored: true      # what .gitignore names
//! include-hidden: true       # what begins with a dot
//! ```
//!
//! The file is the user's and never written. What cannot be read in it is told of with its line; the
//! rest counts.

use std::sync::Arc;

use dapanji_library::{Library, SIDECAR_FOLDER, ScanRules, Sidecar};
use dapanji_post::Vocabulary;
use serde_yaml::{Mapping, Value};

use crate::dto::PlacedDiagnosticView;
use crate::error::chain;

/// The word for programs that a diagnostic about this file has.
const CODE: &str = "settings";

/// A notebook's own settings.
#[derive(Debug, Default)]
pub(crate) struct FolderSettings {
    vocabulary: Arc<Vocabulary>,
    scan_rules: ScanRules,
    diagnostics: Vec<PlacedDiagnosticView>,
}

/// What reading the settings again has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reloaded {
    /// Nothing new.
    Same,
    /// Something else is odd in them.
    Diagnostics,
    /// Posts are to be read by other words.
    Words,
}

/// The file's path, relative to the notebook's folder.
pub(crate) fn path() -> String {
    format!("{SIDECAR_FOLDER}/{}", Sidecar::Settings.file_name())
}

impl FolderSettings {
    /// Reads the settings. There may be none.
    pub(crate) fn read(library: &Library) -> Self {
        match library.read_sidecar(Sidecar::Settings) {
            Ok(None) => Self::default(),
            Ok(Some(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => Self::parse(&text),
                Err(_) => Self::unread("the settings are not UTF-8; the usual words count"),
            },
            Err(error) => Self::unread(&format!("the settings are not read: {}", chain(&error))),
        }
    }

    /// The words by which posts are read.
    pub(crate) fn vocabulary(&self) -> &Arc<Vocabulary> {
        &self.vocabulary
    }

    /// Which files count as posts.
    pub(crate) fn scan_rules(&self) -> &ScanRules {
        &self.scan_rules
    }

    /// What is odd in the file.
    pub(crate) fn diagnostics(&self) -> &[PlacedDiagnosticView] {
        &self.diagnostics
    }

    pub(crate) fn compared_with(&self, before: &Self) -> Reloaded {
        if self.vocabulary != before.vocabulary {
            Reloaded::Words
        } else if self.diagnostics != before.diagnostics {
            Reloaded::Diagnostics
        } else {
            Reloaded::Same
        }
    }

    fn unread(message: &str) -> Self {
        let mut settings = Self::default();
        settings.push(1, message);
        settings
    }

    fn push(&mut self, line: usize, message: &str) {
        self.diagnostics.push(PlacedDiagnosticView {
            path: path(),
            line: u32::try_from(line).unwrap_or(u32::MAX),
            code: CODE.to_owned(),
            message: message.to_owned(),
        });
    }

    fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        if let Some(reason) = dapanji_post::yaml_refusal(text) {
            return Self::unread(&format!("the text {reason}; the usual words count"));
        }
        let top = match serde_yaml::from_str::<Value>(text) {
            Ok(Value::Mapping(top)) => top,
            Ok(Value::Null) => return Self::default(),
            Ok(_) => return Self::unread("the settings are no list of keys and values"),
            Err(error) => {
                let mut settings = Self::default();
                let line = error.location().map_or(1, |location| location.line());
                settings.push(
                    line,
                    &format!("the settings are not valid YAML, the usual words count: {error}"),
                );
                return settings;
            }
        };
        let mut settings = Self::default();
        let mut words = Vocabulary::default();
        let labels = match top.get("labels") {
            None | Some(Value::Null) => Mapping::new(),
            Some(Value::Mapping(labels)) => labels.clone(),
            Some(_) => {
                settings.push(line_of(text, "labels"), "`labels` is no list of labels and words");
                Mapping::new()
            }
        };
        let mut given = |of: &Mapping, key: &str| {
            let (list, odd) = strings(of.get(key)?);
            if odd {
                settings.push(line_of(text, key), &format!("`{key}` is no list of words"));
            }
            Some(list)
        };
        type Add = fn(Vocabulary, Vec<String>) -> Vocabulary;
        let adding: [(&str, Add); 7] = [
            ("question", |words, new| words.with_question(new)),
            ("answer", |words, new| words.with_answer(new)),
            ("model-answer", |words, new| words.with_model_answer(new)),
            ("section", |words, new| words.with_section(new)),
            ("category", |words, new| words.with_category(new)),
            ("hint", |words, new| words.with_hint(new)),
            ("keyword", |words, new| words.with_keyword(new)),
        ];
        for (key, add) in adding {
            if let Some(new) = given(&labels, key) {
                words = add(words, new);
            }
        }
        let replacing: [(&str, Add); 3] = [
            ("placeholders", |words, new| words.with_placeholders(new)),
            ("draft-endings", |words, new| words.with_draft_endings(new)),
            ("draft-marks", |words, new| words.with_draft_marks(new)),
        ];
        for (key, replace) in replacing {
            if let Some(new) = given(&top, key) {
                words = replace(words, new);
            }
        }
        settings.vocabulary = Arc::new(words);
        settings.read_scan_rules(&top, text);
        settings
    }

    fn read_scan_rules(&mut self, top: &Mapping, text: &str) {
        let mut flag = |key: &str| match top.get(key) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(set)) => *set,
            Some(_) => {
                self.push(line_of(text, key), &format!("`{key}` is neither `true` nor `false`"));
                false
            }
        };
        let (ignored, hidden) = (flag("include-ignored"), flag("include-hidden"));
        let mut rules = ScanRules::default().with_ignored(ignored).with_hidden(hidden);
        let key = "include";
        let (folders, odd) = top.get(key).map(strings).unwrap_or_default();
        if odd {
            self.push(line_of(text, key), &format!("`{key}` is no list of folders"));
        }
        for folder in folders {
            match rules.clone().including(&folder) {
                Ok(more) => rules = more,
                Err(error) => self.push(line_of(text, key), &error.to_string()),
            }
        }
        self.scan_rules = rules;
    }
}

/// The words of a value, a single one or a list, and whether anything else is in it.
fn strings(value: &Value) -> (Vec<String>, bool) {
    let word = |value: &Value| match value {
        Value::String(word) => Some(word.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Value::Null => (Vec::new(), false),
        Value::Sequence(list) => {
            let words: Vec<String> = list.iter().filter_map(word).collect();
            let odd = words.len() < list.len();
            (words, odd)
        }
        other => word(other).map_or((Vec::new(), true), |word| (vec![word], false)),
    }
}

/// The line, from 1, on which a key stands.
fn line_of(text: &str, key: &str) -> usize {
    let is_key = |line: &str| {
        let rest = line.trim_start().trim_start_matches(['"', '\'']).strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
    };
    text.lines().position(is_key).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, vocabulary: &Vocabulary, diagnostics: &[(u32, &str)]) {
        let settings = FolderSettings::parse(text);
        assert_eq!(**settings.vocabulary(), *vocabulary, "{text}");
        let found = settings.diagnostics().iter();
        let found: Vec<(u32, &str)> = found.map(|d| (d.line, d.message.as_str())).collect();
        assert_eq!(found.len(), diagnostics.len(), "{found:?}");
        for ((line, message), (expect_line, says)) in found.iter().zip(diagnostics) {
            assert_eq!(line, expect_line, "{message}");
            assert!(message.contains(says), "{message}");
        }
        assert!(settings.diagnostics().iter().all(|d| d.path == ".dapanji/settings.yml"));
    }

    #[test]
    fn own_words() {
        let usual = Vocabulary::default;
        check("", &usual(), &[]);
        check("# 아직 없음\n", &usual(), &[]);
        check(
            "\u{feff}labels:\r\n  answer: [내 생각, My take]\r\n  model-answer: 정답\r\n",
            &usual().with_answer(["내 생각", "My take"]).with_model_answer(["정답"]),
            &[],
        );
        check(
            "theme: dark\nlabels:\n  colour: [파랑]\n  hint:\nplaceholders:\n  - 준비 중\ndraft-marks: []\n",
            &usual().with_placeholders(["준비 중"]).with_draft_marks(Vec::<String>::new()),
            &[],
        );
    }

    #[test]
    fn which_files_count() {
        let check = |text: &str, expect: ScanRules, odd: &[(u32, &str)]| {
            let settings = FolderSettings::parse(text);
            assert_eq!(*settings.scan_rules(), expect, "{text}");
            let found = settings.diagnostics().iter();
            let found: Vec<(u32, &str)> = found.map(|d| (d.line, d.message.as_str())).collect();
            assert_eq!(found, odd, "{text}");
        };
        let usual = ScanRules::default;
        let including = |folders: &[&str]| {
            folders.iter().fold(usual(), |rules, folder| rules.including(folder).unwrap())
        };
        check("", usual(), &[]);
        check("include-ignored: true\n", usual().with_ignored(true), &[]);
        check("include-hidden: true\ninclude-ignored: false\n", usual().with_hidden(true), &[]);
        check("include: _drafts\n", including(&["_drafts"]), &[]);
        check(
            "include:\n  - _drafts/\n  - 비공개/면접\n",
            including(&["_drafts", "비공개/면접"]),
            &[],
        );
        check("include:\n", usual(), &[]);
        check(
            "# 더\ninclude-ignored: 예\n",
            usual(),
            &[(2, "`include-ignored` is neither `true` nor `false`")],
        );
        check(
            "include: [../밖, _drafts, /etc, .git, {a: b}]\n",
            including(&["_drafts"]),
            &[
                (1, "`include` is no list of folders"),
                (1, "`../밖` is not a folder below the notebook's"),
                (1, "`/etc` is not a folder below the notebook's"),
                (1, "`.git` never holds posts"),
            ],
        );
    }

    #[test]
    fn what_is_odd_is_told_with_its_line() {
        let usual = Vocabulary::default;
        check("labels: [\n", &usual(), &[(2, "not valid YAML")]);
        check("답변", &usual(), &[(1, "no list of keys")]);
        check(&format!("a: {}", "[".repeat(100_000)), &usual(), &[(1, "is too long")]);
        check(&format!("a: {}", "[".repeat(1_000)), &usual(), &[(1, "is nested too deeply")]);
        check(
            &format!("a: &a [x, x]\nb: [{}]\n", "*a, ".repeat(20)),
            &usual(),
            &[(1, "too many aliases")],
        );
        check("\nlabels: 답변\n", &usual(), &[(2, "`labels`")]);
        check(
            "labels:\n  hint: {a: b}\n  answer: [내 생각, [x]]\n",
            &usual().with_answer(["내 생각"]),
            &[(3, "`answer`"), (2, "`hint`")],
        );
    }
}
