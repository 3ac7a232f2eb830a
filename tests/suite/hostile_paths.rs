//! No request, post or setting reaches outside the folder, or into what git and we keep there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dapanji_api::dto::{
    AddAllRequest, AddDayRequest, AddPostRequest, AddRequest, ConvertRequest, MoveRequest,
    PastedEntryView, SelectionRequest,
};
use dapanji_api::{ApiError, Code, Language, Notebook};

use crate::support::{TestLibrary, Unseen, export, search};

const POST: &str = "# 2025.05.01\n## 락이란?\n### 답변\n잠금입니다.\n";
const SECRET: &str = "# 2025.05.02\n## 비밀이란?\n### 답변\n감춘 말.\n";

/// Names that lead nowhere a post may be. The folder is `글`, beside it lies `밖`.
fn bad_names(library: &TestLibrary) -> Vec<String> {
    let absolute = library.path("../밖/비밀.md").display().to_string();
    let inside = library.path("a.md").display().to_string();
    let mut names: Vec<String> = [
        "../밖/비밀.md",
        "../밖/새.md",
        "../a.md",
        "_posts/../../밖/비밀.md",
        "./a.md",
        "a.md/../a.md",
        "..",
        ".",
        "/",
        "",
        "\0.md",
        "a.md\0",
        "a\n.md",
        "/etc/passwd.md",
        "//a.md",
        "~/../a.txt",
        "..\\밖\\비밀.md",
        "\\\\?\\C:\\a.md",
        "\\\\server\\share\\a.md",
        "C:\\a.md",
        "C:a.md",
        "file:///a.md",
        "..%2f밖%2f비밀.md",
        ".git/비밀.md",
        ".git/새.md",
        ".GIT/새.md",
        ".dapanji/비밀.md",
        ".dapanji/새.md",
        "밖/비밀.md",
        "밖/새.md",
        "밖.md",
        "git/비밀.md",
        "git/새.md",
        "config.md",
        "고리.md",
        "a.txt",
        ".dapanji/settings.yml",
    ]
    .map(str::to_owned)
    .into();
    names.extend([absolute, inside]);
    names
}

/// A folder with ways out of it, and what lies outside.
fn library() -> TestLibrary {
    let library = TestLibrary::new(&[
        ("a.md", POST),
        ("../밖/비밀.md", SECRET),
        (".git/비밀.md", SECRET),
        (".git/config", "[core]\n"),
        (".dapanji/비밀.md", SECRET),
        (".dapanji/settings.yml", "labels:\n"),
    ]);
    #[cfg(unix)]
    for (to, name) in [
        ("../밖", "밖"),
        ("../밖/비밀.md", "밖.md"),
        (".git", "git"),
        (".git/config", "config.md"),
        ("고리.md", "고리.md"),
    ] {
        std::os::unix::fs::symlink(to, library.path(name)).unwrap();
    }
    library
}

/// Every file below a folder with what is in it, links not followed.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            found.insert(
                path.clone(),
                fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
            );
        } else if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// Everything but the home of the program.
fn around(library: &TestLibrary) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = files(&library.path("../밖"));
    all.extend(files(&library.folder()));
    all
}

#[test]
fn no_request_with_a_path_leads_out() {
    let library = library();
    let notebook = library.open();
    let before = around(&library);
    let entry = notebook.list().posts[0].days[0].entries[0].id.clone();
    let question = PastedEntryView { question: "질문?".to_owned(), ..Default::default() };
    type Ask = fn(&Notebook, &str, &str, &PastedEntryView) -> Result<(), ApiError>;
    let requests: [(&str, Ask); 6] = [
        ("post", |notebook, name, _, _| notebook.post(name).map(drop)),
        ("convert", |notebook, name, _, _| {
            notebook.convert(&ConvertRequest { path: name.to_owned(), base: None }).map(drop)
        }),
        ("add", |notebook, name, _, _| {
            let question = "질문?".to_owned();
            let post = Some(name.to_owned());
            notebook.add(&AddRequest { question, post, ..Default::default() }).map(drop)
        }),
        ("add_all", |notebook, name, _, question| {
            let post = Some(name.to_owned());
            let entries = vec![question.clone()];
            notebook.add_all(&AddAllRequest { entries, post, date: None }).map(drop)
        }),
        ("add_day", |notebook, name, _, _| {
            let post = Some(name.to_owned());
            notebook.add_day(&AddDayRequest { post, date: "2025-05-03".to_owned() }).map(drop)
        }),
        ("move_entry", |notebook, name, entry, _| {
            let date = "2025-05-03".to_owned();
            let (entry, post) = (entry.to_owned(), Some(name.to_owned()));
            notebook.move_entry(&MoveRequest { entry, date, post, base: None }).map(drop)
        }),
    ];
    for name in bad_names(&library) {
        for (what, request) in requests {
            let error = request(&notebook, &name, &entry, &question)
                .expect_err(&format!("{what} of {name:?}"));
            assert!(
                matches!(
                    error.code,
                    Code::InvalidRequest | Code::Unreadable | Code::WriteFailed | Code::PostGone
                ),
                "{what} of {name:?}: {error}"
            );
        }
        let selection = SelectionRequest { post: Some(name.clone()), ..Default::default() };
        let out = library.path("../밖/책.pdf");
        let request = dapanji_api::dto::ExportRequest { selection, ..export(&out) };
        let error = notebook.export(&request, Language::Ko, &Unseen).expect_err(&name);
        assert_eq!(error.code, Code::NothingSelected, "{name:?}");
        for key in [name.as_str(), "../../../etc/passwd"] {
            assert!(notebook.show(key).is_err() || key.is_empty(), "{key:?}");
        }
    }
    assert_eq!(around(&library), before, "not a byte is another one");
    let post = notebook.post("a.md").unwrap();
    assert_eq!(post.entries.len(), 1);
}

#[test]
fn what_lies_outside_is_in_no_list_and_in_no_search() {
    let library = library();
    let notebook = library.open();
    let list = serde_json::to_string(&notebook.list()).unwrap();
    assert!(!list.contains("비밀이란"), "{list}");
    assert!(!list.contains("[core]"), "{list}");
    assert_eq!(notebook.search(&search("감춘")).unwrap().hits.len(), 0);
}

#[test]
fn a_title_names_a_file_of_the_folder() {
    for title in [
        "../../밖/비밀",
        "/etc/passwd",
        "..",
        ".",
        ".git/config",
        ".git",
        "a/b",
        "a\\b",
        "C:\\a",
        "\0",
        "\n---\n",
        "\u{202e}gpj.exe",
        "CON",
        "-rf",
        "$(id)",
        "<script>",
        &"가".repeat(10_000),
    ] {
        let library = library();
        let notebook = library.open();
        let before = around(&library);
        let request = AddPostRequest { title: Some(title.to_owned()), date: None };
        if let Ok(saved) = notebook.add_post(&request) {
            let path = library.path(&saved.path);
            assert_eq!(
                path.parent(),
                Some(library.folder().as_path()),
                "{title:?}: {}",
                saved.path
            );
            assert!(!saved.path.starts_with('.'), "{title:?}: {}", saved.path);
            fs::remove_file(path).unwrap();
        }
        assert_eq!(around(&library), before, "{title:?}");
    }
}

/// A PDF shows pictures of the folder alone, and what a post says of itself names no file.
#[test]
fn a_pdf_takes_nothing_from_outside() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'>\
                   <text>SECRETDRAWING</text></svg>";
    let includes = |prefix: &str, link: &str| {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:s='http://www.w3.org/2000/svg' \
             xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:y='http://www.w3.org/1999/xlink' \
             width='40' height='40'><{prefix}image width='9' height='9' {link}='../밖/비밀.svg'/></svg>"
        )
    };
    let pictures = [
        "../밖/비밀.svg",
        "밖.svg",
        "/../밖/비밀.svg",
        "%2e%2e/밖/비밀.svg",
        "{{ site.x }}/../밖/비밀.svg",
        "file:///etc/passwd",
        "\\\\server\\a.svg",
        "하나.svg",
        "둘.svg",
        "셋.svg",
        "넷.svg",
        "다섯.svg",
        "http://127.0.0.1:1/a.svg",
    ];
    let body: String = pictures.iter().map(|name| format!("![그림](<{name}>)\n\n")).collect();
    let post = format!(
        "---\ntitle: 책\nimage: ../밖/비밀.svg\nlayout: ../../밖\npermalink: /../밖\n---\n\
         # 2025.05.01\n## 락이란?\n### 답변\n잠금입니다.\n\n{body}<img src=\"../밖/비밀.svg\">\n\
         {{% include ../밖/비밀.md %}}\n"
    );
    let library = TestLibrary::new(&[
        ("a.md", &post),
        ("../밖/비밀.svg", drawing),
        ("../밖/비밀.md", SECRET),
        ("하나.svg", &includes("", "href")),
        ("둘.svg", &includes("s:", "href")),
        ("셋.svg", &includes("", "y:href")),
        (
            "넷.svg",
            "<!DOCTYPE svg [<!ENTITY x SYSTEM \"../밖/비밀.md\">]>\
             <svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&x;</text></svg>",
        ),
        (
            "다섯.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\
             <style>@import url(http://127.0.0.1:1/a.css); *{fill:url(http://127.0.0.1:1/a)}</style>\
             <use href='../밖/비밀.svg#a'/><path d='M0 0h9v9z'/></svg>",
        ),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("../밖/비밀.svg", library.path("밖.svg")).unwrap();
    let before = around(&library);
    let out = library.path("../home/책.pdf");
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    let written = library.open().export(&export(&out), Language::Ko, &Unseen).unwrap();
    assert!(written.omissions.len() >= 9, "{:?}", written.omissions);
    let text = crate::support::pdf_text(&out).unwrap_or_default();
    assert!(!text.contains("SECRETDRAWING") && !text.contains("감춘"), "{text}");
    assert_eq!(around(&library), before);
}

/// Settings and logs of a folder that came from somebody else.
#[test]
fn hostile_settings_cost_a_message_at_most() {
    let laughs = {
        let mut text = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (one, other) in ('b'..='z').zip('a'..='y') {
            text += &format!(
                "{one}: &{one} [*{other}, *{other}, *{other}, *{other}, *{other}, *{other}]\n"
            );
        }
        text + "placeholders: *z\n"
    };
    for settings in [
        laughs,
        "placeholders: ".to_owned() + &"[".repeat(200_000),
        "a: ".to_owned() + &"{a: ".repeat(100_000),
        format!("labels:\n  answer: [{}]\n", "말, ".repeat(200_000)),
        "placeholders: [\"\", \" \", \"\\0\"]\nlabels:\n  answer: [\"\", \"#\", \">\", \"\\n\"]\n"
            .to_owned(),
        "<<: *a\n".to_owned(),
        "!!python/object/apply:os.system [id]\n".to_owned(),
        "include: [\"..\", \"/\", \"../밖\", \".git\", \"밖\"]\ninclude-ignored: true\n".to_owned(),
        "\u{feff}\u{0}".to_owned(),
    ] {
        let library = library();
        library.put(".dapanji/settings.yml", settings.as_bytes());
        library.put(
            ".dapanji/keys.jsonl",
            &b"{\"at\":\"x\",\"from\":\"a\",\"to\":\"a\"}\n".repeat(1_000),
        );
        let notebook = library.open();
        let begun: String = settings.chars().take(30).collect();
        let list = serde_json::to_string(&notebook.list()).unwrap();
        assert!(list.contains("락이란"), "{begun}");
        assert!(!list.contains("비밀이란"), "{begun}: {list}");
    }
}
