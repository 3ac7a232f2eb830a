//! Posts read whole, whether they have questions or not, and days nothing was asked on yet.

use dapanji_api::dto::{AddDayRequest, AddRequest, AnswerFilter, ListFilter, PostPage};
use dapanji_api::{Code, Notebook};

use crate::support::{TestLibrary, search};

const BOOK: &str = "---\ntitle: 읽은 책\ndate: 2025-02-11\n---\n\n책을 덮고 바로 적는다.\n\n## 1장 이름 짓기\n\
                    이름은 **뜻**을 드러내야 한다.<script>alert(1)</script>\n\n### 다시 볼 곳\n- 47쪽\n\n## 2장 함수\n> 한 가지만 한다.\n";
const BOOK_PATH: &str = "책/2025-02-11-읽은 책.md";
const MIXED: &str = "---\ntitle: 매일 답하기\n---\n\n머리말입니다.\n\n# 2025.05.02\n## 큐란 무엇인가요?\n### 답변\n줄입니다.\n\n\
                     ## 락이란 무엇인가요?\n### 답변\n\n# 2025.05.01\n## TCP란 무엇인가요?\n### 답변\n";

fn sections(page: &PostPage) -> Vec<(&str, u8, u32, &str)> {
    let sections = page.sections.iter();
    sections.map(|s| (s.title.as_str(), s.level, s.line, s.text.as_str())).collect()
}

#[test]
fn a_post_without_questions_is_read_section_by_section() {
    let library = TestLibrary::new(&[(BOOK_PATH, BOOK)]);
    let notebook = library.open();
    let page = notebook.post(BOOK_PATH).unwrap();
    assert_eq!((page.title.as_str(), page.date.as_deref()), ("읽은 책", Some("2025-02-11")));
    assert!(page.entries.is_empty() && page.diagnostics.is_empty() && page.read_only.is_none());
    assert_eq!(page.revision, notebook.list().posts[0].revision);
    let expect = [
        ("", 0, 6, "책을 덮고 바로 적는다."),
        ("1장 이름 짓기", 2, 8, "이름은 **뜻**을 드러내야 한다.<script>alert(1)</script>"),
        ("다시 볼 곳", 3, 11, "- 47쪽"),
        ("2장 함수", 2, 14, "> 한 가지만 한다."),
    ];
    assert_eq!(sections(&page), expect);
    assert_eq!(page.sections[1].html.trim(), "<p>이름은 <strong>뜻</strong>을 드러내야 한다.</p>");
}

#[test]
fn a_hit_of_the_search_names_the_line_of_a_section() {
    let library = TestLibrary::new(&[(BOOK_PATH, BOOK)]);
    let notebook = library.open();
    let page = notebook.post(BOOK_PATH).unwrap();
    for (query, title) in [("덮고", ""), ("드러내야", "1장 이름 짓기"), ("47쪽", "다시 볼 곳")]
    {
        let hits = notebook.search(&search(query)).unwrap().hits;
        assert_eq!((hits[0].path.as_str(), &hits[0].entry), (BOOK_PATH, &None), "{query}");
        let section = page.sections.iter().find(|section| section.line == hits[0].line);
        assert_eq!(section.map(|section| section.title.as_str()), Some(title), "{query}");
    }
}

#[test]
fn a_post_with_questions_lists_them_beside_its_sections() {
    let library = TestLibrary::new(&[("가.md", MIXED)]);
    let notebook = library.open();
    let page = notebook.post("가.md").unwrap();
    assert_eq!(sections(&page), [("", 0, 5, "머리말입니다.")]);
    let of_page = |entry: &dapanji_api::dto::PostEntry| {
        (entry.line, entry.row.number, entry.row.question.clone(), entry.row.date.clone())
    };
    let expect = [
        (8, 1, "큐란 무엇인가요?", "2025-05-02"),
        (12, 2, "락이란 무엇인가요?", "2025-05-02"),
        (16, 1, "TCP란 무엇인가요?", "2025-05-01"),
    ];
    let expect =
        expect.map(|(line, number, q, d)| (line, number, q.to_owned(), Some(d.to_owned())));
    assert_eq!(page.entries.iter().map(of_page).collect::<Vec<_>>(), expect);
    for entry in &page.entries {
        assert_eq!(notebook.show(&entry.row.id).unwrap().question, entry.row.question);
    }
}

#[test]
fn a_page_shows_the_file_as_it_is_now() {
    let library = TestLibrary::new(&[(BOOK_PATH, BOOK)]);
    let notebook = library.open();
    notebook.post(BOOK_PATH).unwrap();
    library.put(BOOK_PATH, BOOK.replace("2장 함수", "2장 형식").as_bytes());
    assert_eq!(notebook.post(BOOK_PATH).unwrap().sections[3].title, "2장 형식");
    std::fs::remove_file(library.path(BOOK_PATH)).unwrap();
    assert_eq!(notebook.post(BOOK_PATH).unwrap_err().code, Code::PostGone);
}

#[test]
fn only_posts_of_the_notebook_are_read() {
    let library = TestLibrary::new(&[(BOOK_PATH, BOOK)]);
    library.put("../밖.md", BOOK.as_bytes());
    library.put("_site/나온 것.md", BOOK.as_bytes());
    library.put("메모.txt", BOOK.as_bytes());
    let notebook = library.open();
    assert!(notebook.has_post(BOOK_PATH));
    for path in ["", "../밖.md", "_site/나온 것.md", "메모.txt", "없는 글.md", "/etc/passwd"]
    {
        assert!(!notebook.has_post(path), "{path}");
        assert_eq!(notebook.post(path).unwrap_err().code, Code::Unreadable, "{path}");
    }
}

/// Days of the day list: date, number of entries, and the post of a day without any.
fn days(notebook: &Notebook, filter: &ListFilter) -> Vec<(String, u32, Option<String>)> {
    let days = notebook.overview(filter).days.into_iter();
    days.map(|day| (day.date.unwrap_or_default(), day.total, day.bare_in)).collect()
}

#[test]
fn a_day_is_listed_before_anything_is_asked_on_it() {
    let library = TestLibrary::new(&[("가.md", MIXED)]);
    let notebook = library.open();
    let new_day = |date: &str| {
        let request = AddDayRequest { post: Some("가.md".to_owned()), date: date.to_owned() };
        notebook.add_day(&request).unwrap();
    };
    new_day("2025-05-04");
    new_day("2025-04-30");
    let bare = |date: &str| (date.to_owned(), 0, Some("가.md".to_owned()));
    let full = |date: &str, total| (date.to_owned(), total, None);
    let all = ListFilter::default();
    let expect =
        [bare("2025-05-04"), full("2025-05-02", 2), full("2025-05-01", 1), bare("2025-04-30")];
    assert_eq!(days(&notebook, &all), expect);
    assert_eq!(days(&library.open(), &all), expect, "as after another start");
    let unanswered = ListFilter { state: Some(AnswerFilter::Empty), category: None };
    assert_eq!(days(&notebook, &unanswered), [full("2025-05-02", 2), full("2025-05-01", 1)]);

    let request = AddRequest {
        question: "힙이란 무엇인가요?".to_owned(),
        date: Some("2025-05-04".to_owned()),
        post: Some("가.md".to_owned()),
        ..AddRequest::default()
    };
    notebook.add(&request).unwrap();
    assert_eq!(days(&notebook, &all)[0], full("2025-05-04", 1));
    assert_eq!(notebook.overview(&all).days.len(), 4);
}

#[test]
fn the_days_of_a_diary_are_no_days_without_questions() {
    let diary = "---\ntitle: 일기\n---\n\n# 2025.05.02\n비가 왔다.\n\n# 2025.05.01\n밥을 먹었다.\n";
    let library = TestLibrary::new(&[("일기.md", diary)]);
    let notebook = library.open();
    assert_eq!(days(&notebook, &ListFilter::default()), []);
    assert!(!notebook.post("일기.md").unwrap().sections.is_empty());
}
