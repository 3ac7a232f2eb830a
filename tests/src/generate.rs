//! Writes made-up notebooks of any size: Korean interview posts in the layout most users have, from
//! the word lists in `assets/words`. The same seed gives the same bytes.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::ops::AddAssign;
use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::words::{Filler, List, Random};

/// The days of notebooks are this many from 2016 on; larger notebooks have several posts a day.
const DAYS: usize = 3650;

/// What a generated notebook holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Generated {
    /// Files.
    pub posts: usize,
    /// Questions over all posts.
    pub questions: usize,
    /// Questions without an answer.
    pub empty: usize,
    /// Questions whose answer breaks off.
    pub drafts: usize,
    /// Questions with a written model answer.
    pub models: usize,
    /// Variants over all written model answers.
    pub variants: usize,
    /// Questions whose model answer only keeps the place.
    pub placeholders: usize,
    /// Bytes of all files.
    pub bytes: u64,
}

impl AddAssign for Generated {
    fn add_assign(&mut self, other: Self) {
        self.posts += other.posts;
        self.questions += other.questions;
        self.empty += other.empty;
        self.drafts += other.drafts;
        self.models += other.models;
        self.variants += other.variants;
        self.placeholders += other.placeholders;
        self.bytes += other.bytes;
    }
}

/// Writes a notebook into `dir/_posts`. A post depends on its number and the seed alone, so a
/// smaller notebook is the beginning of a larger one.
///
/// # Errors
/// If a file cannot be written.
#[expect(clippy::disallowed_methods, reason = "the posts are nobody's, and atomic saves take long")]
pub fn generate(
    dir: &Path,
    posts: usize,
    questions_per_post: usize,
    seed: u64,
) -> io::Result<Generated> {
    let folder = dir.join("_posts");
    fs::create_dir_all(&folder)?;
    let author = Author::new();
    let mut sum = Generated::default();
    for number in 0..posts {
        let (name, text, counts) = author.post(number, questions_per_post, seed);
        fs::write(folder.join(name), &text)?;
        sum += counts;
    }
    Ok(sum)
}

/// Everything posts are written from.
struct Author {
    filler: Filler,
    questions: List,
    sentences: List,
    hints: List,
    topics: List,
    categories: List,
    audiences: List,
}

impl Author {
    fn new() -> Self {
        Self {
            filler: Filler::new(),
            questions: List::of(include_str!("../../assets/words/questions.txt")),
            sentences: List::of(include_str!("../../assets/words/sentences.txt")),
            hints: List::of(include_str!("../../assets/words/hints.txt")),
            topics: List::of(include_str!("../../assets/words/topics.txt")),
            categories: List::of(include_str!("../../assets/words/categories.txt")),
            audiences: List::of(include_str!("../../assets/words/audiences.txt")),
        }
    }

    /// Returns the file name, the text and the counts of the post with this number.
    fn post(&self, number: usize, questions: usize, seed: u64) -> (String, String, Generated) {
        let mut random = Random::new(seed);
        let mixed = random.next() ^ u64::try_from(number).unwrap_or_default();
        let mut random = Random::new(mixed);
        let older = day(number * 2);
        let newer = day(number * 2 + 1);
        let name = format!("{older}-daily-interview-{number:05}.md");
        let mut text = format!(
            "---\ntitle: 매일 기술 면접 답변하기 {}\nauthor: 답안지\ndate: {older}\n\
             category: interview\nlayout: post\ntoc:\n    enabled: true\n---  \n\n",
            number + 1
        );
        let mut counts = Generated { posts: 1, questions, ..Generated::default() };
        let first = questions / 2;
        self.day(newer, first, &mut random, &mut text, &mut counts);
        if first > 0 {
            text.push_str("---\n\n<br>\n<br>\n<br>\n\n");
        }
        self.day(older, questions - first, &mut random, &mut text, &mut counts);
        counts.bytes = u64::try_from(text.len()).unwrap_or_default();
        (name, text, counts)
    }

    fn day(
        &self,
        date: Date,
        questions: usize,
        random: &mut Random,
        text: &mut String,
        counts: &mut Generated,
    ) {
        if questions == 0 {
            return;
        }
        push(text, format_args!("# {}  \n", date.strftime("%Y.%m.%d")));
        for _ in 0..questions {
            self.entry(random, text, counts);
        }
    }

    fn entry(&self, random: &mut Random, text: &mut String, counts: &mut Generated) {
        text.push_str("## ");
        self.filler.fill(self.questions.pick(random), random, text);
        push(text, format_args!("\n> 카테고리: {}, ", self.categories.pick(random)));
        self.filler.fill(self.topics.pick(random), random, text);
        text.push_str(if random.chance(50) { "  \n\n> 힌트: " } else { "\n\n> 힌트: " });
        self.filler.fill(self.hints.pick(random), random, text);
        text.push_str(if random.chance(50) { "\n\n### 답변  \n" } else { "\n\n### 답변\n" });
        match random.below(10) {
            0 => {
                counts.empty += 1;
                text.push('\n');
            }
            1 => {
                counts.drafts += 1;
                self.answer(random, text);
                text.push_str("좋은 예시로는 ??...\n\n");
            }
            _ => self.answer(random, text),
        }
        self.model_answer(random, text, counts);
    }

    /// Paragraphs of sentences with hard breaks, at times a list or a piece of code.
    fn answer(&self, random: &mut Random, text: &mut String) {
        for _ in 0..random.between(2, 6) {
            for _ in 0..random.between(2, 4) {
                self.filler.fill(self.sentences.pick(random), random, text);
                text.push_str(if random.chance(40) { "  \n" } else { "\n" });
            }
            text.push('\n');
        }
        if random.chance(25) {
            for _ in 0..random.between(2, 4) {
                text.push_str("- ");
                self.filler.fill(self.sentences.pick(random), random, text);
                text.push('\n');
            }
            text.push('\n');
        }
        if random.chance(8) {
            let number = random.between(2, 99);
            push(
                text,
                format_args!(
                    "```java\nvar lock = locks.of(\"order-{number}\");\n\
                     if (!lock.tryLock({number}, MILLISECONDS)) {{\n    # 다음에 다시\n    \
                     return;\n}}\n```\n\n"
                ),
            );
        }
    }

    /// A model answer with one or two variants, a placeholder, or none.
    fn model_answer(&self, random: &mut Random, text: &mut String, counts: &mut Generated) {
        let kind = random.below(10);
        if kind == 0 {
            return;
        }
        text.push_str("> ##### 모범 답안\n> \n");
        if kind <= 2 {
            counts.placeholders += 1;
            text.push_str("> 어쩌구 저쩌구\n{: .block-tip }  \n\n");
            return;
        }
        counts.models += 1;
        let variants = random.between(1, 2);
        counts.variants += variants;
        let mut audience = self.audiences.pick(random);
        for variant in 0..variants {
            if variants > 1 {
                let before = audience;
                while variant > 0 && audience == before {
                    audience = self.audiences.pick(random);
                }
                push(text, format_args!("> [{audience}]  \n"));
            }
            for _ in 0..random.between(4, 8) {
                text.push_str("> ");
                self.filler.fill(self.sentences.pick(random), random, text);
                text.push_str(if random.chance(40) { "  \n" } else { "\n" });
            }
            if variant + 1 < variants {
                text.push_str("> \n");
            }
        }
        text.push_str("{: .block-tip }  \n\n");
    }
}

fn day(number: usize) -> Date {
    let days = i64::try_from(number % DAYS).unwrap_or_default();
    date(2016, 1, 1).saturating_add(days.days())
}

fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("BUG: writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;
    use dapanji_api::dto::{AnswerStateView, ModelStateView};
    use dapanji_api::{Notebook, NotebookOptions, Places};

    fn bytes(dir: &Path) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(dir.join("_posts"))
            .unwrap()
            .map(|file| {
                let file = file.unwrap();
                let name = file.file_name().into_string().unwrap();
                (name, fs::read(file.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        let dirs: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
        let [one, other, third] = dirs.as_slice() else { panic!() };
        let counts = generate(one.path(), 20, 7, 1).unwrap();
        assert_eq!(generate(other.path(), 20, 7, 1).unwrap(), counts);
        generate(third.path(), 20, 7, 2).unwrap();
        assert_eq!(bytes(one.path()), bytes(other.path()));
        assert_ne!(bytes(one.path()), bytes(third.path()));
    }

    #[test]
    fn a_smaller_notebook_is_the_beginning_of_a_larger_one() {
        let (small, large) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        generate(small.path(), 5, 7, 3).unwrap();
        generate(large.path(), 9, 7, 3).unwrap();
        let (small, large) = (bytes(small.path()), bytes(large.path()));
        assert_eq!(small.len(), 5);
        assert!(small.iter().all(|file| large.contains(file)));
    }

    #[test]
    fn posts_are_read_as_they_are_meant() {
        let dir = tempfile::tempdir().unwrap();
        let home = tempfile::tempdir().unwrap();
        let expect = generate(dir.path(), 60, 7, 7).unwrap();
        let options =
            NotebookOptions { places: Places::under(home.path()), ..NotebookOptions::default() };
        let list = Notebook::open(dir.path(), options).unwrap().list();
        let mut found = Generated { posts: list.posts.len(), ..Generated::default() };
        for post in &list.posts {
            assert!(post.diagnostics.is_empty(), "{}: {:?}", post.path, post.diagnostics);
            assert_eq!(post.days.iter().map(|day| day.entries.len()).collect::<Vec<_>>(), [3, 4]);
            for entry in post.days.iter().flat_map(|day| &day.entries) {
                found.questions += 1;
                found.empty += usize::from(entry.answer.state == AnswerStateView::Empty);
                found.drafts += usize::from(entry.answer.state == AnswerStateView::Draft);
                let model = &entry.model_answer;
                if model.state == ModelStateView::Written {
                    found.models += 1;
                    found.variants += model.variants.len();
                }
                found.placeholders += usize::from(model.state == ModelStateView::Placeholder);
                assert!(entry.hint.is_some() && entry.topic.is_some());
                assert_eq!(entry.categories.len(), 1, "{}", entry.question);
                assert!(!entry.question.contains(['{', '}']), "{}", entry.question);
            }
        }
        let files = bytes(dir.path());
        found.bytes = files.iter().map(|(_, text)| u64::try_from(text.len()).unwrap()).sum();
        assert_eq!(found, expect);
        assert!(expect.empty > 0 && expect.drafts > 0 && expect.placeholders > 0);
        assert!(expect.variants > expect.models);
    }
}
