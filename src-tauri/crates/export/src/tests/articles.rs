//! Posts without questions.

use jiff::civil::date;

use super::reader::{pdftotext, squeezed};
use super::sample::{book, book_of, options};
use super::{Lines, nowhere, print, words};
use crate::{Book, BookArticle, Language, Options};

const OPENING: &str = "\
면접을 마치고 적어 둔 것입니다. 순서는 중요하지 않습니다.

> ##### 들은 말
>
> 표지판을 세우며 말하라고 했습니다.";
const FIRST: &str = "\
지원 동기를 길게 물었습니다.

### 꼬리 질문

- 왜 그 기술을 골랐나요?
- 다시 한다면 무엇을 바꾸겠나요?

#### 더 깊은 질문

트랜잭션 격리 수준을 **그림으로** 설명해 달라고 했습니다.";
const LAST: &str = "다음에는 먼저 되묻고 답하겠습니다.";

pub(super) fn article() -> BookArticle {
    BookArticle {
        title: "가상 면접 후기".to_owned(),
        date: Some(date(2025, 5, 17)),
        sections: vec![
            (String::new(), OPENING.to_owned()),
            ("받은 질문".to_owned(), FIRST.to_owned()),
            ("돌아보기".to_owned(), LAST.to_owned()),
        ],
        folder: "/nowhere".into(),
        post: "2025-05-17-가상-면접-후기.md".to_owned(),
    }
}

pub(super) fn articles() -> Book {
    let undated = BookArticle { title: "책 메모".to_owned(), date: None, ..article() };
    Book { days: Vec::new(), articles: vec![article(), undated], ..book_of(Vec::new()) }
}

#[test]
fn sections_are_printed_with_their_titles_in_the_contents() {
    let pdf = print(&articles(), &options(nowhere()));
    assert_eq!(pdf.omissions, Vec::<String>::new());
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let titles: Vec<_> = file.get_toc().unwrap().toc.into_iter().map(|entry| entry.title).collect();
    let of_one = ["가상 면접 후기", "받은 질문", "돌아보기"];
    let of_other = ["책 메모", "받은 질문", "돌아보기"];
    let outlined: Vec<&str> =
        titles.iter().map(|title| title.trim()).filter(|title| *title != "차례").collect();
    assert_eq!(outlined, [of_one, of_other].concat());
    let Some(text) = pdftotext(&pdf.bytes) else { return };
    let text = squeezed(&text);
    for word in [OPENING, FIRST, LAST].into_iter().flat_map(words) {
        assert!(text.contains(&squeezed(&word)), "{word}");
    }
    assert!(text.contains("글2편") && text.contains("2025.5.17."), "{text}");
}

#[test]
fn articles_follow_days() {
    let with = Book { articles: vec![article()], ..book() };
    let lines = Lines::of(&with, &options(nowhere())).joined();
    let place = |what: &str| lines.rfind(what).unwrap_or_else(|| panic!("{what} in {lines}"));
    assert!(place("돌아보기") > place("첫한달"));
}

#[test]
fn an_untitled_article_has_a_name() {
    let mut book = articles();
    book.articles[0].title = String::new();
    book.articles[0].sections.truncate(1);
    let english = Options { language: Language::En, ..options(nowhere()) };
    let pdf = print(&book, &english);
    let Some(text) = pdftotext(&pdf.bytes) else { return };
    assert!(text.contains("Untitled") && text.contains("2 posts"), "{text}");
}
