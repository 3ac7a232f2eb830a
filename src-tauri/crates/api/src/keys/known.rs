//! What was last seen of each post's entries, kept in the data folder, so that an edit made by
//! another program while this one was closed can be told from a deletion and an addition.
//!
//! The file is a first line and then a record for each post: a line with revision, number of bytes
//! that follow, and path; then a line for each entry. Opening a notebook reads the file once and
//! looks at the first line of each record; the entries are read only where a post has changed.
//! Records are appended, the last one of a path counts, and the file is made anew when most of it is
//! out of date. Whatever is damaged is forgotten, which costs no more than a guess.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use dapanji_post::{Entry, Part, Post};

use super::guess::Seen;
use crate::snapshot::PostSummary;

const HEAD: &[u8] = b"dapanji known 1\n";

/// Bytes that a file may waste before it is made anew.
const WASTE: usize = 1 << 20;

/// Letters a text has at least to tell one entry from another: `모름` is the answer to many.
const TELLING: usize = 12;

/// Letters that a print is made of: as many as tell two texts apart, as a first start makes the prints
/// of all texts there are.
const PRINTED: usize = 80;

/// Prints of an entry's texts; 0 where there is no text to speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Prints {
    pub(crate) answer: u64,
    pub(crate) model: u64,
}

/// The file, read.
#[derive(Debug, Default)]
pub(crate) struct Known {
    bytes: Vec<u8>,
    records: HashMap<String, Record>,
    /// Bytes of records that count.
    live: usize,
    /// Whether all of the file could be read.
    whole: bool,
}

#[derive(Debug, Clone)]
struct Record {
    all: Range<usize>,
    revision: Range<usize>,
    body: Range<usize>,
}

impl Known {
    pub(crate) fn read(bytes: Vec<u8>) -> Self {
        let mut known = Self { whole: bytes.starts_with(HEAD), ..Self::default() };
        let mut at = HEAD.len();
        while known.whole && at < bytes.len() {
            let Some((path, record)) = record_at(&bytes, at) else {
                known.whole = false;
                break;
            };
            at = record.all.end;
            known.live += record.all.len();
            let gone = record.revision.is_empty();
            if gone {
                known.live -= record.all.len();
            }
            let before = if gone {
                known.records.remove(path)
            } else {
                known.records.insert(path.to_owned(), record)
            };
            known.live -= before.map_or(0, |before| before.all.len());
        }
        known.bytes = bytes;
        known
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub(crate) fn revision(&self, path: &str) -> Option<&str> {
        self.text(&self.records.get(path)?.revision)
    }

    /// Paths of all posts that were seen.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.records.keys().map(String::as_str)
    }

    /// The entries of a post, in the order of the file.
    pub(crate) fn entries(&self, path: &str) -> Vec<Seen> {
        let body = self.records.get(path).and_then(|record| self.text(&record.body));
        body.unwrap_or_default().lines().filter_map(seen).collect()
    }

    fn text(&self, range: &Range<usize>) -> Option<&str> {
        std::str::from_utf8(self.bytes.get(range.clone())?).ok()
    }

    /// Whether appending would only make the file worse.
    pub(crate) fn wants_renewal(&self) -> bool {
        !self.whole || self.bytes.len() > self.live * 2 + WASTE
    }

    /// The file made anew, with `appended` records after those that still count.
    pub(crate) fn renewed(&self, appended: &[u8]) -> Vec<u8> {
        let mut bytes = HEAD.to_vec();
        let mut records: Vec<&Record> = self.records.values().collect();
        records.sort_by_key(|record| record.all.start);
        for record in records {
            bytes.extend_from_slice(self.bytes.get(record.all.clone()).unwrap_or_default());
        }
        bytes.extend_from_slice(appended);
        bytes
    }

    /// The record of a post whose prints were made.
    pub(crate) fn record(post: &PostSummary, prints: &[Prints]) -> String {
        let mut body = String::new();
        for (entry, prints) in post.entries.iter().zip(prints) {
            let question = entry.question.split_whitespace().collect::<Vec<_>>().join(" ");
            let Prints { answer, model } = prints;
            // Writing into a text does not fail.
            let _always =
                writeln!(body, "{}\t{}\t{answer:x}\t{model:x}\t{question}", entry.name(), entry.id);
        }
        let revision = post.revision.map(|revision| revision.to_string()).unwrap_or_default();
        format!("{revision} {} {}\n{body}", body.len(), post.path)
    }

    /// The record of a post that is gone.
    pub(crate) fn gone(path: &str) -> String {
        format!(" 0 {path}\n")
    }
}

fn record_at(bytes: &[u8], at: usize) -> Option<(&str, Record)> {
    let rest = bytes.get(at..)?;
    let line = rest.get(..rest.iter().position(|byte| *byte == b'\n')?)?;
    let mut fields = std::str::from_utf8(line).ok()?.splitn(3, ' ');
    let revision = fields.next()?.len();
    let size: usize = fields.next()?.parse().ok()?;
    let path = fields.next()?;
    let start = at + line.len() + 1;
    let end = start.checked_add(size)?;
    bytes.get(start..end)?;
    Some((path, Record { all: at..end, revision: at..at + revision, body: start..end }))
}

fn seen(line: &str) -> Option<Seen> {
    let mut fields = line.splitn(5, '\t');
    let (name, id) = (fields.next()?.to_owned(), fields.next()?.to_owned());
    let mut print = || u64::from_str_radix(fields.next()?, 16).ok();
    let prints = Prints { answer: print()?, model: print()? };
    Some(Seen { name, id, prints, question: fields.next()?.to_owned() })
}

/// Makes the prints of a post's entries, in the order of the file.
pub(crate) fn prints(post: &Post) -> Vec<Prints> {
    post.entries().map(|(_, entry)| prints_of(post, entry)).collect()
}

fn prints_of(post: &Post, entry: &Entry) -> Prints {
    let print = |part: &Part| match post.conflicts() {
        [] => print(post.text().get(part.span.clone()).unwrap_or_default()),
        _ => print(&post.part_text(part)),
    };
    let model = entry.model_answer.as_ref();
    Prints { answer: print(&entry.answer.body), model: model.map_or(0, |model| print(&model.body)) }
}

/// A number that texts which begin alike share and others most likely don't: FNV-1a over letters, as
/// it must stay the same from one version of the program to the next, and nobody gains by a clash.
fn print(text: &str) -> u64 {
    let mut letters = 0;
    let mut print = 0xcbf2_9ce4_8422_2325_u64;
    let is_letter = |c: &char| matches!(c, '가'..='힣') || c.is_alphanumeric();
    for c in text.chars().filter(is_letter).take(PRINTED) {
        letters += 1;
        print = (print ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    }
    if letters < TELLING { 0 } else { print.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(path: &str, revision: &str, entries: &str) -> String {
        format!("{revision} {} {path}\n{entries}", entries.len())
    }

    fn known(records: &[String]) -> Known {
        Known::read([HEAD, records.concat().as_bytes()].concat())
    }

    const ENTRY: &str = "20250501-abc\t20250430-abc\tff\t0\t락이란 무엇인가요?\n";

    #[test]
    fn the_last_record_of_a_path_counts() {
        let known = known(&[
            record("a b.md", "1", ENTRY),
            record("b.md", "2", ""),
            record("a b.md", "3", &ENTRY.repeat(2)),
            Known::gone("b.md"),
        ]);
        assert_eq!(known.revision("a b.md"), Some("3"));
        assert_eq!(known.revision("b.md"), None);
        assert_eq!(known.paths().collect::<Vec<_>>(), ["a b.md"]);
        let entries = known.entries("a b.md");
        assert_eq!(entries.len(), 2);
        let expect = Seen {
            name: "20250501-abc".to_owned(),
            id: "20250430-abc".to_owned(),
            question: "락이란 무엇인가요?".to_owned(),
            prints: Prints { answer: 0xff, model: 0 },
        };
        assert_eq!(entries[0], expect);
        let renewed = Known::read(known.renewed(record("c.md", "4", ENTRY).as_bytes()));
        assert_eq!(renewed.bytes.len(), HEAD.len() + renewed.live);
        assert_eq!((renewed.revision("a b.md"), renewed.revision("c.md")), (Some("3"), Some("4")));
        assert!(!renewed.wants_renewal());
    }

    #[test]
    fn what_is_damaged_is_forgotten() {
        let whole = [HEAD, record("a.md", "1", ENTRY).as_bytes()].concat();
        for end in 0..=whole.len() {
            let known = Known::read(whole[..end].to_vec());
            assert_eq!(known.revision("a.md"), (end == whole.len()).then_some("1"), "{end}");
            assert_eq!(known.wants_renewal(), end != whole.len() && end != HEAD.len(), "{end}");
        }
        assert!(Known::read(b"something else\n".to_vec()).is_empty());
        for odd in ["1 99999999999999999999 a.md\n", "1 7 a.md\nx", "\u{ff}", "\n\n", "1 1\n"] {
            assert!(Known::read([HEAD, odd.as_bytes()].concat()).is_empty(), "{odd}");
        }
        let odd_lines = record("a.md", "1", &format!("x\ty\n{ENTRY}\t\t\t\t\n"));
        assert_eq!(known(&[odd_lines]).entries("a.md").len(), 1);
    }

    #[test]
    fn short_texts_have_no_print() {
        assert_eq!(print("모름"), 0);
        assert_eq!(print("* - > ** `!!!!!!!!!!!!!!!!!`"), 0);
        let long = "큐는 먼저 넣은 것을 먼저 꺼냅니다.";
        assert_ne!(print(long), 0);
        assert_eq!(print(long), print("큐는 먼저\n> 넣은 것을 먼저 꺼냅니다"));
    }
}
