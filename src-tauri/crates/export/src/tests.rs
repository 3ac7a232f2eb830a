//! Whole books, typeset and read back: from the laid-out pages, with lopdf, and with poppler.

mod articles;
mod comparison;
mod corpus;
mod hostile;
mod papers;
mod portions;
mod proof;
mod reader;
mod sample;
mod structure;

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::reader::Lines;
use self::sample::{book, book_of, entry, options};
use crate::world::Press;
use crate::{
    Answers, Book, BookDay, BookEntry, Columns, ExportError, Language, Models, Options, Pdf,
    Progress, Stage, Totals, document, typeset,
};

struct Quiet;

impl Progress for Quiet {
    fn report(&self, _: Stage, _: usize, _: usize) {}

    fn cancelled(&self) -> bool {
        false
    }
}

fn print(book: &Book, options: &Options) -> Pdf {
    typeset(book, options, &Quiet).expect("the book can be typeset")
}

fn nowhere() -> &'static Path {
    Path::new("/nowhere")
}

/// The three layouts of a book.
fn layouts() -> Vec<(&'static str, Options)> {
    let one = options(nowhere());
    let two = Options { columns: Columns::Two, ..one.clone() };
    let sheet = Options { answers: Answers::Ruled(12), models: Models::Left, ..one.clone() };
    vec![("one column", one), ("side by side", two), ("practice sheet", sheet)]
}

/// Words of markdown as they are printed: split at white space, marks of markdown taken away.
fn words(markdown: &str) -> Vec<String> {
    let bare: String = markdown
        .replace("{: .block-tip }", "")
        .replace("```java", "")
        .chars()
        .map(|c| if matches!(c, '*' | '`' | '~' | '|' | '#' | '[' | ']') { ' ' } else { c })
        .collect();
    bare.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

fn prose(entry: &BookEntry) -> Vec<&str> {
    let mut texts = vec![entry.question.as_str(), entry.answer.as_str()];
    texts.extend(entry.hint.as_deref());
    texts.extend(entry.topic.as_deref());
    texts.extend(entry.variants.iter().map(|(_, text)| text.as_str()));
    texts.extend(entry.sections.iter().flat_map(|(title, text)| [title.as_str(), text.as_str()]));
    texts
}

/// Long answers in Korean, of many words and marks in the middle of words.
fn long_book() -> Book {
    let mut entries = Vec::new();
    for number in 1..=6 {
        let mut answer = String::new();
        for step in 0..40 {
            answer.push_str(&format!(
                "{}번째로는 데이터베이스에서 **트랜잭션**을 시작하기 전에 `SELECT ... FOR UPDATE`로 \
                 잠그고, 애플리케이션에서는 Kafka(메시지브로커)를 거쳐 재시도하도록 설계했습니다. ",
                step * number
            ));
            if step % 7 == 0 {
                answer
                    .push_str("\n\n- 항목에서도 마이크로서비스아키텍처가 끊기지 않아야 합니다\n\n");
            }
        }
        let mut one = entry(number, "긴 답안에서도 낱말이 끊기지 않나요?", &answer);
        one.variants = vec![(Some("경력 개발자라면?".to_owned()), answer.clone())];
        entries.push(one);
    }
    book_of(entries)
}

#[test]
fn every_word_is_printed() {
    let book = book();
    for (name, options) in layouts().into_iter().take(2) {
        let text = Lines::of(&book, &options).joined();
        for entry in book.days.iter().flat_map(|day| &day.entries) {
            for part in prose(entry) {
                // Notes, links, HTML and code are looked for in tests of their own.
                let part = part.split("[^1]:").next().unwrap_or_default();
                for word in
                    words(part).iter().filter(|word| !word.contains(['<', '>', '^', '{', '$']))
                {
                    assert!(
                        text.contains(&reader::squeezed(word)) || word.contains("none.png"),
                        "{word} is in the book, {name}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_korean_word_is_broken_at_the_end_of_a_line() {
    for book in [book(), long_book()] {
        for (name, options) in layouts() {
            let lines = Lines::of(&book, &options);
            assert!(lines.count() > 20, "there is something to look at, {name}");
            let known = reader::known_words(&book);
            for (end, start) in lines.turns() {
                let is_broken = reader::is_hangul_end(&end) && !known.contains(&end)
                    || reader::is_hangul_start(&start) && !known.contains(&start);
                assert!(!is_broken, "{end} | {start} is no break inside a word, {name}");
            }
        }
    }
}

#[test]
fn no_heading_stands_at_the_foot_of_a_page() {
    // Answers of growing length bring every part of an entry to the foot of some page.
    let entries = (1..=24).map(|number| {
        let answer = "한 문단은 이만큼 길어서 두 줄이 되기도 하고 한 줄로 끝나기도 합니다. \n\n";
        let text = format!("### 안의 제목\n\n{}", answer.repeat(number as usize % 9 + 1));
        let mut one = entry(number, "이 질문은 답과 함께 있나요?", &text);
        one.topic = Some("주제는이것".to_owned());
        one.hint = Some("힌트는이것".to_owned());
        one.variants = vec![(Some("누구라면".to_owned()), answer.repeat(3))];
        one.sections = vec![("꼬리는이것".to_owned(), answer.to_owned())];
        one
    });
    let book = book_of(entries.collect());
    // A practice sheet has rules under its labels, which are no text.
    for (name, options) in layouts().into_iter().take(2) {
        let lines = Lines::of(&book, &options);
        // The cover, the contents and the last page end where they end.
        let inner = lines.lowest().iter().skip(2);
        assert!(inner.clone().count() > 5, "there are pages to look at, {name}");
        for line in inner {
            let is_heading = [
                "질문은",
                "주제는",
                "힌트는",
                "내답",
                "모범답안",
                "누구라면",
                "꼬리는",
                "안의제목",
            ]
            .iter()
            .any(|heading| line.contains(heading));
            assert!(!is_heading, "{line} has its text with it, {name}");
        }
    }
}

/// Poppler reads the file independently of the code that wrote it.
#[test]
fn poppler_reads_the_words_whole() {
    let book = long_book();
    let known = reader::known_words(&book);
    for (name, options) in layouts().into_iter().take(1) {
        let Some(text) = reader::pdftotext(&print(&book, &options).bytes) else { return };
        let mut looked_at = 0;
        // Poppler takes a line of two or three letters for spaced out.
        for line in text.lines().filter(|line| reader::squeezed(line).chars().count() > 3) {
            for word in line.split_whitespace().filter(|word| word.contains(crate::line::is_hangul))
            {
                let word = reader::squeezed(word);
                assert!(known.contains(&word), "{word} in {line}, {name}");
                looked_at += 1;
            }
        }
        assert!(looked_at > 3000, "{looked_at} words, {name}");
    }
}

#[test]
fn the_file_is_tagged_and_has_language_title_and_outline() {
    let pdf = print(&book(), &options(nowhere()));
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ko-KR");
    assert!(catalog.get(b"StructTreeRoot").is_ok(), "there is a tag tree");
    let metadata = file.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap());
    let metadata = metadata.unwrap().as_stream().unwrap().get_plain_content().unwrap();
    let metadata = String::from_utf8_lossy(&metadata);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "it claims PDF/UA-1");
    assert!(metadata.contains("매일 기술 면접"), "it has its title");
    assert_eq!(file.get_pages().len(), pdf.pages);
    let titles: Vec<String> = file
        .get_toc()
        .unwrap()
        .toc
        .iter()
        .map(|entry| format!("{} {}", entry.level, entry.title))
        .collect();
    assert_eq!(
        titles,
        [
            "1 2025년 5월 21일 수요일",
            "2 문 1 캐시를 도입할 때 무효화 시점을 어떻게 정했나요? 오래된 값이 보여도 되는 범위를 \
             판단한 근거도 설명해주세요.",
            "2 문 2 TCP 대신 UDP를 고르는 서비스에는 무엇이 있고, 잃어버린 패킷은 누가 책임지나요?",
            "1 2025년 5월 19일 월요일",
            "2 문 1 synchronized와 낙관적 락은 무엇이 다른가요?",
            "2 문 2 1. 표와 목록을 섞은 답안도 그대로 나오나요?",
            "2 문 3 새로운 팀에 합류하면 첫 한 달 동안 무엇을 하시겠어요?",
        ]
    );
}

#[test]
fn posts_are_the_first_level_where_there_are_several() {
    let mut several = book();
    for (day, post) in several.days.iter_mut().zip(["첫 주", "다음 주"]) {
        day.post = Some(post.to_owned());
    }
    let pdf = print(&several, &options(nowhere()));
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let outline = file.get_toc().unwrap().toc;
    let titles: Vec<String> = outline
        .iter()
        .filter(|entry| entry.level < 3)
        .map(|entry| format!("{} {}", entry.level, entry.title))
        .collect();
    assert_eq!(
        titles,
        ["1 첫 주", "2 2025년 5월 21일 수요일", "1 다음 주", "2 2025년 5월 19일 월요일"],
    );
    assert_eq!(outline.len(), 4 + 5, "questions are the third level");
}

#[test]
fn every_font_is_embedded_as_a_subset() {
    let pdf = print(&book(), &options(nowhere()));
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let mut names = Vec::new();
    for object in file.objects.values() {
        let Ok(font) = object.as_dict() else { continue };
        if font.get(b"Type").and_then(lopdf::Object::as_name).ok() != Some(b"FontDescriptor") {
            continue;
        }
        let name = font.get(b"FontName").unwrap().as_name().unwrap();
        let name = String::from_utf8_lossy(name).into_owned();
        let embedded = [b"FontFile2".as_slice(), b"FontFile3"].iter().any(|key| font.has(key));
        assert!(embedded, "{name} is embedded");
        assert_eq!(name.find('+'), Some(6), "{name} is a subset");
        names.push(name);
    }
    assert!(names.len() >= 4, "{names:?}");
    assert!(pdf.bytes.len() < 400_000, "{} bytes", pdf.bytes.len());
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    for (name, options) in layouts() {
        let (first, second) = (print(&book(), &options), print(&book(), &options));
        assert!(first.bytes == second.bytes, "{name}");
    }
}

#[test]
fn what_is_left_out_is_named() {
    let answer = "![구조도](img/none.png) ![](https://example.com/a.png)\n\n\
                  {% include ad.html %}\n\n<iframe src=\"x\">안</iframe>\n\n\
                  ```mermaid\ngraph TD\n```\n\n$\\nonsense{x}$\n\n축하 🎉 \u{13000}";
    let pdf = print(&book_of(vec![entry(7, "무엇이 빠졌나요?", answer)]), &options(nowhere()));
    let place = "2025-05-15-매일 답하기.md, 문 7";
    assert_eq!(
        pdf.omissions,
        [
            format!("{place}: Liquid 태그를 뺌: {{% include ad.html %}}"),
            format!("{place}: 그림을 찾을 수 없음: img/none.png"),
            format!("{place}: 인터넷의 그림은 넣지 않음: https://example.com/a.png"),
            format!("{place}: HTML 요소를 뺌: <iframe>"),
            format!("{place}: mermaid 그림을 코드로 넣음"),
            format!("{place}: 읽지 못한 수식을 적힌 대로 넣음: \\nonsense{{x}}"),
            "글꼴에 없어 □로 넣은 글자 1가지: \u{13000} (U+13000)".to_owned(),
        ]
    );
}

#[test]
fn pictures_of_the_folder_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='2000'>\
                   <rect width='300' height='2000' fill='#89a'/><text x='9' y='40'>그림</text></svg>";
    #[expect(clippy::disallowed_methods, reason = "a fixture, not a post")]
    std::fs::write(folder.path().join("a.svg"), drawing).unwrap();
    let mut with_picture = entry(
        1,
        "그림은 나오나요? ![작은](a.svg)",
        "앞 글\n![구조도](a.svg)\n뒤 글\n\n- ![](a.svg)",
    );
    with_picture.folder = folder.path().to_owned();
    let pdf = print(&book_of(vec![with_picture]), &options(folder.path()));
    assert_eq!(pdf.omissions, Vec::<String>::new());
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let alts: Vec<_> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok())
        .filter_map(|alt| lopdf::decode_text_string(alt).ok())
        .collect();
    assert!(alts.iter().any(|alt| alt == "구조도"), "{alts:?}");
    assert!(alts.iter().any(|alt| alt == "a.svg"), "{alts:?}");
}

#[test]
fn a_practice_sheet_has_room_instead_of_answers() {
    let (_, sheet) = layouts().remove(2);
    let text = Lines::of(&book(), &sheet).joined();
    assert!(text.contains("캐시를도입할때"), "the question is there");
    assert!(text.contains("값이바뀌는순간을"), "the hint is there");
    assert!(!text.contains("상품목록은"), "the answer is not");
    assert!(!text.contains("모범답안"), "the model answer is not");
}

#[test]
fn parts_can_be_left_out() {
    let text = |options: &Options| Lines::of(&book(), options).joined();
    let all = options(nowhere());
    assert!(!text(&Options { hints: false, ..all.clone() }).contains("값이바뀌는순간을"));
    assert!(!text(&Options { models: Models::Left, ..all.clone() }).contains("모범답안"));
    assert!(!text(&Options { sections: false, ..all.clone() }).contains("꼬리질문"));
    let english = text(&Options { language: Language::En, ..all });
    assert!(english.contains("Wednesday,21May2025") && english.contains("Modelanswer"));
}

/// Typst lays out until page numbers settle, five times at most.
#[test]
fn page_numbers_and_running_heads_settle() {
    let mut long = book();
    let days = long.days.clone();
    long.days.extend((0..30).flat_map(|_| days.clone()));
    let warnings = crate::on_deep_stack(false, || {
        let mut notes = crate::notes::Notes::new(Language::Ko);
        let content = document::convert(&long, &options(nowhere()), &mut notes, &Quiet)?;
        let done = crate::pages::lay_out(&Press::new(content), true, &Quiet);
        Ok(done.warnings.iter().map(|warning| warning.message.to_string()).collect::<Vec<_>>())
    });
    assert_eq!(warnings.unwrap(), Vec::<String>::new());
}

#[test]
fn an_empty_book_is_refused() {
    let book =
        Book { days: vec![BookDay { post: None, date: None, entries: Vec::new() }], ..book() };
    assert!(matches!(typeset(&book, &options(nowhere()), &Quiet), Err(ExportError::Empty)));
}

#[test]
fn progress_is_told_and_can_cancel() {
    #[derive(Default)]
    struct Recorder {
        stages: Mutex<Vec<(Stage, usize, usize)>>,
        asked: AtomicUsize,
        stop_at: usize,
    }
    impl Progress for Recorder {
        fn report(&self, stage: Stage, done: usize, of: usize) {
            self.stages.lock().unwrap().push((stage, done, of));
        }
        fn cancelled(&self) -> bool {
            self.asked.fetch_add(1, Ordering::Relaxed) >= self.stop_at
        }
    }
    let recorder = Recorder { stop_at: usize::MAX, ..Recorder::default() };
    typeset(&book(), &options(nowhere()), &recorder).unwrap();
    let stages = recorder.stages.into_inner().unwrap();
    assert_eq!(stages.first(), Some(&(Stage::Convert, 0, 5)));
    assert!(stages.contains(&(Stage::Convert, 5, 5)) && stages.contains(&(Stage::Layout, 1, 1)));
    assert_eq!(stages.last(), Some(&(Stage::Write, 1, 1)));
    for stop_at in [0, 3, 6] {
        let recorder = Recorder { stop_at, ..Recorder::default() };
        let result = typeset(&book(), &options(nowhere()), &recorder);
        assert!(matches!(result, Err(ExportError::Cancelled)), "stopped at question {stop_at}");
    }
}
