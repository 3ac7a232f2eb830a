//! What is not as it should be costs a message, never a text.

use std::fs;

use dapanji_api::dto::SelectionRequest;
use dapanji_api::{Code, Language, Notebook};

use crate::support::{Cancelled, TestLibrary, Unseen, export, search};

#[test]
fn a_folder_that_is_none() {
    let library = TestLibrary::new(&[("그림.png", "")]);
    let open = |name: &str| {
        Notebook::open(&library.path(name), library.options()).map(|_| ()).unwrap_err()
    };
    let missing = open("없음");
    assert_eq!(missing.code, Code::FolderMissing);
    assert!(missing.message.contains("없음"), "{missing}");
    assert_eq!(open("그림.png").code, Code::NotAPost);
}

#[test]
fn posts_that_cannot_be_read_are_listed_with_the_reason() {
    let library = TestLibrary::new(&[
        ("2025-05-01-좋음.md", "# 2025.05.01\n## 락이란?\n### 답변\n잠금입니다.\n"),
        ("빈 글.md", ""),
        ("머리.md", "---\ntitle: [정보] 1단원\n---\n# 2025.05.02\n## 큐란?\n"),
    ]);
    library.put("남의 글.md", b"caf\xe9\n");
    library.put("큰 글.md", &vec![b'a'; 50 << 20]);
    let notebook = library.open();
    let check = notebook.check();
    let found: Vec<_> =
        check.diagnostics.iter().map(|d| (d.path.as_str(), d.line, d.code.as_str())).collect();
    assert_eq!(
        found,
        [
            ("남의 글.md", 1, "unreadable"),
            ("머리.md", 2, "front-matter"),
            ("큰 글.md", 1, "too-large"),
        ]
    );
    let list = notebook.list();
    assert_eq!(list.posts.len(), 5, "all are listed");
    assert_eq!(list.posts.iter().flat_map(|p| &p.days).count(), 2, "and what can be read is");
    assert_eq!(notebook.search(&search("잠금")).unwrap().hits.len(), 1);
    assert_eq!(fs::read(library.path("남의 글.md")).unwrap(), b"caf\xe9\n");
}

#[test]
fn a_pdf_that_cannot_be_written() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    for out in [library.path("없는 폴더/책.pdf"), library.folder(), "/dev/full/책.pdf".into()]
    {
        let error = notebook.export(&export(&out), Language::Ko, &Unseen).unwrap_err();
        assert_eq!(error.code, Code::WriteFailed, "{error}");
        assert_eq!(error.path, Some(out.display().to_string()));
    }
    #[cfg(unix)]
    {
        let post = library.path(&notebook.list().posts[0].path);
        let link = library.path("../link.pdf");
        std::os::unix::fs::symlink(&post, &link).unwrap();
        for out in [&post, &link] {
            let error = notebook.export(&export(out), Language::Ko, &Unseen).unwrap_err();
            assert_eq!(error.code, Code::WriteFailed, "a post is never replaced");
        }
    }
    let out = library.path("책.pdf");
    let error = notebook.export(&export(&out), Language::Ko, &Cancelled).unwrap_err();
    assert_eq!(error.code, Code::Cancelled);
    let selection = SelectionRequest { category: Some("없음".to_owned()), ..Default::default() };
    let request = dapanji_api::dto::ExportRequest { selection, ..export(&out) };
    let error = notebook.export(&request, Language::Ko, &Unseen).unwrap_err();
    assert_eq!(error.code, Code::NothingSelected);
    assert!(!out.exists(), "nothing was written");
}

#[test]
fn any_query_has_an_answer() {
    let library = TestLibrary::sample();
    let notebook = library.open();
    let long = "가".repeat(10_000);
    for query in [
        "",
        "\"",
        "-",
        "OR",
        "category:",
        "을",
        "ㄱ",
        "😀",
        "*",
        "a AND (b",
        "[x TO y]",
        "\0",
        &long,
    ] {
        notebook.search(&search(query)).unwrap();
    }
}

#[test]
fn a_damaged_index_is_made_anew() {
    let library = TestLibrary::sample();
    let find = || library.open().search(&search("멱등")).unwrap().hits.len();
    let hits = find();
    assert!(hits > 0);
    let index = library.options().places.cache.join("index");
    for folder in fs::read_dir(index).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let file = file.unwrap().path();
            if file.is_file() {
                fs::write(file, b"broken").unwrap();
            }
        }
    }
    assert_eq!(find(), hits);
}
