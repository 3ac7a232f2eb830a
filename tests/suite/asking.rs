//! The query language as a front end sees it: problems, readings, completion, places.

use std::time::{Duration, Instant};

use dapanji_api::dto::{CompletionRequest, MatchesRequest, OffsetUnit, PartView, SearchRequest};
use dapanji_api::{Notebook, NotebookOptions};

use crate::support::{TestLibrary, search};

const POST: &str = "\
# 2025.04.09
## 동시성 문제란 🔒 무엇인가요?
> 카테고리: Backend, 동시성
> 힌트: 락(lock)

### 답변
**Redis**의 분산 락으로 동시성을 다룹니다. 데드락(deadlock)도 막습니다.

> ##### 모범 답안
> [신입이라면?]
> 동시성은 공유 자원의 문제입니다.
>
> [경력이라면?]
> 분산 환경의 동시성입니다.
{: .block-tip }

## 인덱스란 무엇인가요?
> 카테고리: System Design, 인덱스

### 답변
좋은 예시로는 ??...

# 2025.04.10
## 쿠키와 세션의 차이는?
> 카테고리: Backend, 웹

### 답변
";

const BOOK: &str = "# 책\n\n## 1장\n동시성을 읽었다.\n\n## 2장\n동시성과 deadlock\n";

fn notebook() -> (TestLibrary, std::sync::Arc<Notebook>) {
    let library = TestLibrary::new(&[("2025-04-09-면접.md", POST), ("book.md", BOOK)]);
    let notebook = library.open();
    (library, notebook)
}

fn cut(text: &str, [start, end]: [u32; 2]) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

#[test]
fn problems_and_readings_know_their_place_in_the_query() {
    let (_library, notebook) = notebook();
    let query = "🔒 동시송 is:later -큐";
    let found = notebook.search(&search(query)).unwrap();
    let problems: Vec<_> =
        found.problems.iter().map(|p| (p.code.as_str(), cut(query, p.range))).collect();
    assert_eq!(problems, [("unknown_value", "later".to_owned())]);
    let read = found.interpretations.iter().find(|one| one.id == "typo:동시송").unwrap();
    assert_eq!((cut(query, read.range), read.to.join(",")), ("동시송".into(), "동시성".into()));
    assert!(found.hits.iter().all(|hit| hit.occurrences > 0));
    assert!(!found.hits.is_empty());

    let refused = found.interpretations.into_iter().map(|one| one.id).collect();
    let request = SearchRequest { refused, ..search(query) };
    let found = notebook.search(&request).unwrap();
    assert!(found.interpretations.is_empty());
    assert!(found.explanation.is_none());
}

#[test]
fn offsets_are_in_the_unit_of_the_front_end() {
    let library = TestLibrary::new(&[("2025-04-09-면접.md", POST)]);
    let options = NotebookOptions { unit: OffsetUnit::Utf16, ..library.options() };
    let notebook = Notebook::open(&library.folder(), options).unwrap();
    let found = notebook.search(&search("🔒 is:later")).unwrap();
    assert_eq!(found.problems[0].range, [6, 11]);
    let request = CompletionRequest { query: "🔒 ca".into(), cursor: 5 };
    assert_eq!(notebook.complete_query(&request).range, [3, 5]);
}

#[test]
fn hits_are_explained() {
    let (_library, notebook) = notebook();
    let request = SearchRequest { explain: true, ..search("동시성 category:back -인덱스") };
    let found = notebook.search(&request).unwrap();
    let explanation = found.explanation.unwrap();
    assert_eq!((explanation.clauses.len(), explanation.hits.len()), (3, found.hits.len()));
    let scoring = &explanation.hits[0];
    assert!((scoring.score - scoring.text_score * scoring.preference).abs() < 0.01);
    assert!(scoring.contributions.iter().any(|one| one.text == "동시성" && one.score > 0.0));
}

/// Items as `insert×count`.
fn completions(notebook: &Notebook, marked: &str) -> String {
    let cursor = marked.chars().position(|c| c == '|').unwrap();
    let query: String = marked.chars().filter(|c| *c != '|').collect();
    let view = notebook.complete_query(&CompletionRequest { query, cursor: cursor as u32 });
    let items = view.items.iter().map(|item| {
        let count = item.count.map_or(String::new(), |count| format!("×{count}"));
        format!("{}{count}", item.insert)
    });
    items.collect::<Vec<_>>().join(" ")
}

#[test]
fn operators_and_their_values_are_completed() {
    let (_library, notebook) = notebook();
    for (marked, expect) in [
        ("|", "in: is: category: topic: date: post:"),
        ("락 ca|", "category:"),
        ("분|", "분류:"),
        ("back|", "category:Backend×2"),
        ("category:|", "category:Backend×2 category:\"System Design\"×1"),
        ("-분류:sys|", "분류:\"System Design\"×1"),
        ("category:end|", "category:Backend×2"),
        ("topic:ㅇㄷㅅ|", "topic:인덱스×1"),
        ("is:|", "is:unanswered×1 is:draft×1 is:answered×1"),
        ("in:m|", "in:model"),
        ("date:|", "date:2025-04×3"),
        ("date:2025-04|", "date:2025-04×3 date:2025-04-10×1 date:2025-04-09×2"),
        ("date:2025-04-09..2025-04-1|", "date:2025-04-09..2025-04-10×1"),
        ("post:boo|", "post:book.md×0"),
        ("\"동시|\"", ""),
        ("category:없음|", ""),
    ] {
        assert_eq!(completions(&notebook, marked), expect, "{marked}");
    }
}

#[test]
fn places_are_those_of_the_source_of_each_part() {
    let (_library, notebook) = notebook();
    let found = notebook.search(&search("동시성 문제")).unwrap();
    let entry = found.hits[0].entry.clone().unwrap();
    let view = notebook.show(&entry).unwrap();
    let matches = |request: &MatchesRequest| -> String {
        let found = notebook.find_matches(request).unwrap();
        let shown = found.iter().map(|one| {
            let text = match one.part {
                PartView::Question => &view.question,
                PartView::Hint => view.hint.as_ref().unwrap(),
                PartView::Answer => request.answer.as_ref().unwrap_or(&view.answer.text),
                PartView::ModelAnswer => &view.model_answer.variants[one.nth as usize].text,
                PartView::Section => &view.sections[one.nth as usize].text,
            };
            format!("{:?}{}={}", one.part, one.nth, cut(text, one.range))
        });
        shown.collect::<Vec<_>>().join(" ")
    };
    let ask = |query: &str| MatchesRequest {
        query: query.to_owned(),
        entry: Some(entry.clone()),
        ..MatchesRequest::default()
    };
    assert_eq!(
        matches(&ask("동시송")),
        "Question0=동시성 Answer0=동시성 ModelAnswer0=동시성 ModelAnswer1=동시성"
    );
    assert_eq!(matches(&ask("동시성 in:answer")), "Answer0=동시성");
    assert_eq!(matches(&ask("\"redis의 분산\"")), "Answer0=Redis Answer0=의 분산");
    let unsaved = MatchesRequest {
        answer: Some("새 동시성, 동시성".into()),
        ..ask("동시성 in:answer")
    };
    assert_eq!(matches(&unsaved), "Answer0=동시성 Answer0=동시성");
    let refused = MatchesRequest { refused: vec!["typo:동시송".into()], ..ask("동시송") };
    assert_eq!(matches(&refused), "");

    let in_book = |line| {
        let post = Some("book.md".to_owned());
        let request =
            MatchesRequest { query: "동시성".into(), post, line, ..Default::default() };
        notebook.find_matches(&request).unwrap().len()
    };
    let hit = notebook.search(&search("post:book 동시성")).unwrap().hits.remove(0);
    assert_eq!((in_book(None), in_book(Some(hit.line)), in_book(Some(999))), (2, 1, 0));
    assert!(notebook.find_matches(&MatchesRequest::default()).is_err());
}

#[test]
fn no_query_takes_long_or_fails() {
    let (_library, notebook) = notebook();
    notebook.search(&search("동시성")).unwrap();
    let mut queries: Vec<String> = [
        "\"",
        "\"\"\"",
        "category:\"",
        "-",
        "--",
        "- -",
        "OR OR",
        "OR",
        "in: is: date:",
        "-a -b",
        "은 는 이 가 을 를",
        "ㅏ",
        "ㄱ",
        "ㅋㅋㅋㅋㅋㅋ",
        "ㅂㅈㄷㄱ쇼ㅕㅑㅐㅔ",
        "🔥👨‍👩‍👧‍👦",
        "\u{0}\u{1}\u{7}",
        "\u{202E}abc",
        "*",
        "?",
        "동시*",
        "[a-z]+",
        "(a|b)",
        "^$",
        "\\",
        "a\\:b",
        "+a -b ~c^2",
        "text:[a TO z]",
        "bigrams:동시",
        "path:/etc/passwd",
        "{",
        "<script>",
        "a/b/c/../..",
        "date:9999-99",
        "date:..",
        "date:-1..1",
        "category:*",
        "topic:\"\"",
        "post:../..",
        "is:is:is:",
        "AND AND",
        "NOT a",
        "(((((",
    ]
    .map(str::to_owned)
    .into();
    queries.extend([
        "동".repeat(10_000),
        "a".repeat(10_000),
        "동시성 ".repeat(2_500),
        "\"가나다 ".repeat(2_500),
        "a OR ".repeat(2_500),
        "-a ".repeat(5_000),
        "ㄷㅅㅅ ehdtltjd 동시송 ".repeat(700),
        "category:a ".repeat(1_000),
        format!("\"{}\"", "가나 ".repeat(4_000)),
        "(".repeat(10_000),
        "\u{1112}\u{1161}\u{11AB}".repeat(3_000),
    ]);
    for query in queries {
        let shown: String = query.chars().take(40).collect();
        let started = Instant::now();
        let found = notebook.search(&search(&query)).unwrap();
        let took = started.elapsed();
        // Ten times what it may take, as tests run unoptimized and side by side.
        assert!(took < Duration::from_secs(1), "{shown}: {took:?}");
        assert!(
            found.problems.iter().all(|problem| problem.range[0] < problem.range[1]),
            "{shown}"
        );
        for cursor in [0, 1, 40] {
            notebook.complete_query(&CompletionRequest { query: query.clone(), cursor });
        }
    }
}
