//! Pictures in the folder: shown, added, and never replaced or read from elsewhere.

use std::fs;

use dapanji_api::Code;
use dapanji_api::dto::AddPictureRequest;

use crate::support::TestLibrary;

/// One pixel.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn request(post: &str, data: &str) -> AddPictureRequest {
    AddPictureRequest { post: post.to_owned(), data: data.to_owned() }
}

#[test]
fn a_picture_is_written_once_and_shown() {
    let library = TestLibrary::new(&[("글 하나.md", "## 큐란?\n### 답변\n줄\n")]);
    let notebook = library.open();
    let added = notebook.add_picture(&request("글 하나.md", PNG)).unwrap();
    assert!(added.path.starts_with("assets/글 하나/2025-05-23-"), "{}", added.path);
    assert!(added.link.starts_with("assets/글%20하나/2025-05-23-"), "{}", added.link);
    let bytes = fs::read(library.path(&added.path)).unwrap();
    assert_eq!(notebook.add_picture(&request("글 하나.md", PNG)).unwrap(), added);
    assert_eq!(fs::read_dir(library.path("assets/글 하나")).unwrap().count(), 1);

    let shown = notebook.picture("글 하나.md", &added.link).unwrap();
    assert_eq!(shown, Some(format!("data:image/png;base64,{PNG}")));

    // Another file of that name stays as it is.
    fs::remove_file(library.path(&added.path)).unwrap();
    library.put(&added.path, b"other");
    let other = notebook.add_picture(&request("글 하나.md", PNG)).unwrap();
    assert_ne!(other.path, added.path);
    assert_eq!(fs::read(library.path(&added.path)).unwrap(), b"other");
    assert_eq!(fs::read(library.path(&other.path)).unwrap(), bytes);
}

#[test]
fn pictures_of_a_site_are_at_its_root() {
    let library = TestLibrary::new(&[("_posts/2025-05-02-daily.md", "## 큐란?\n### 답변\n줄\n")]);
    let notebook = library.open();
    let added = notebook.add_picture(&request("_posts/2025-05-02-daily.md", PNG)).unwrap();
    assert_eq!(added.link, format!("/{}", added.path));
    assert!(added.path.starts_with("assets/2025-05-02-daily/"));
}

#[test]
fn what_is_no_picture_or_lies_elsewhere_is_refused() {
    let library = TestLibrary::new(&[("글.md", "## 큐란?\n### 답변\n줄\n")]);
    library.put("비밀.txt", b"secret");
    fs::write(library.folder().parent().unwrap().join("밖.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let notebook = library.open();
    for (post, data) in [("글.md", "????"), ("글.md", "AAAA"), ("글.md", "")] {
        let error = notebook.add_picture(&request(post, data)).unwrap_err();
        assert_eq!(error.code, Code::InvalidRequest, "{data}");
    }
    let error = notebook.add_picture(&request("../밖.md", PNG)).unwrap_err();
    assert_eq!(error.code, Code::Unreadable);
    for address in
        ["비밀.txt", "../밖.png", "/etc/passwd", "file:///etc/passwd", "http://a.b/c.png", ""]
    {
        assert_eq!(notebook.picture("글.md", address).unwrap(), None, "{address}");
    }
}
