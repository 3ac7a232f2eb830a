//! Posts that are not UTF-8: read like any other, written by none but the user's own wish.

use std::fs;

use dapanji_api::dto::{
    AddDayRequest, AddRequest, ConvertRequest, DeleteRequest, EditRequest, EntryView, ListFilter,
    MoveRequest, SelectionRequest,
};
use dapanji_api::{Code, Language, Notebook};

use crate::support::{TestLibrary, Unseen, answer, compare, export, search};

const NAME: &str = "2019-03-02-옛 글.md";
const OLD: &str = "---\r\ntitle: 옛 글\r\n---\r\n\r\n# 2019.03.02\r\n## 교착 상태란?\r\n> 카테고리: OS, 동시성\r\n\r\n\
                   ### 답변  \r\n서로 기다리는 상태입니다.\r\n\r\n> ##### 모범 답안\r\n> 점유와 대기가 순환합니다.\r\n{: .block-tip }\r\n";

fn cp949(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::EUC_KR.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn only_entry(notebook: &Notebook) -> EntryView {
    let list = notebook.list();
    list.posts.into_iter().flat_map(|post| post.days).flat_map(|day| day.entries).next().unwrap()
}

fn convert(base: Option<&str>) -> ConvertRequest {
    ConvertRequest { path: NAME.to_owned(), base: base.map(str::to_owned) }
}

#[test]
fn a_post_in_another_encoding_is_read_like_any_other() {
    for (bytes, name) in [(cp949(OLD), "CP949"), (utf16(OLD), "UTF-16LE")] {
        let library = TestLibrary::new(&[]);
        library.put(NAME, &bytes);
        let notebook = library.open();
        let list = notebook.list();
        let post = &list.posts[0];
        assert_eq!((post.title.as_str(), post.read_only.as_deref()), ("옛 글", Some(name)));
        let [diagnostic] = post.diagnostics.as_slice() else { panic!("{:?}", post.diagnostics) };
        assert_eq!((diagnostic.line, diagnostic.code.as_str()), (1, "not-utf8"));
        assert!(diagnostic.message.contains(name), "{}", diagnostic.message);
        assert!(diagnostic.message.contains("dapanji convert FOLDER"), "{}", diagnostic.message);

        let entry = only_entry(&notebook);
        assert_eq!(entry.question, "교착 상태란?");
        assert_eq!(entry.answer.text, "서로 기다리는 상태입니다.");
        assert_eq!(entry.read_only.as_deref(), Some(name));
        assert_eq!(notebook.show(&entry.id).unwrap().read_only.as_deref(), Some(name));
        let rows = notebook.rows(&ListFilter::default(), 0, 10);
        assert_eq!(rows[0].read_only.as_deref(), Some(name));

        assert_eq!(notebook.search(&search("순환")).unwrap().hits.len(), 1);
        assert!(!notebook.compare(&compare(&entry.id)).unwrap().terms.is_empty());
        let out = library.path("책.pdf");
        let selection = SelectionRequest { entries: vec![entry.id], ..Default::default() };
        let request = dapanji_api::dto::ExportRequest { selection, ..export(&out) };
        assert_eq!(notebook.export(&request, Language::Ko, &Unseen).unwrap().entries, 1);
        assert_eq!(fs::read(library.path(NAME)).unwrap(), bytes, "reading changes nothing");
    }
}

#[test]
fn a_post_in_another_encoding_is_written_after_it_was_converted() {
    for bytes in [cp949(OLD), utf16(OLD)] {
        let library = TestLibrary::new(&[]);
        library.put(NAME, &bytes);
        let notebook = library.open();
        let id = only_entry(&notebook).id;
        let added = AddRequest { question: "큐란?".to_owned(), ..AddRequest::default() };
        let date = "2019-03-09".to_owned();
        let edited = EditRequest {
            entry: id.clone(),
            question: Some("락이란?".to_owned()),
            ..EditRequest::default()
        };
        let moved = MoveRequest { entry: id.clone(), date: date.clone(), ..MoveRequest::default() };
        let deleted = DeleteRequest { entry: id.clone(), base: None };
        let day = AddDayRequest { post: Some(NAME.to_owned()), date };
        let refusals = [
            notebook.answer(&answer(&id, "새 답변")).unwrap_err(),
            notebook.add(&added).unwrap_err(),
            notebook.writable(&id).unwrap_err(),
            notebook.edit(&edited).unwrap_err(),
            notebook.move_entry(&moved).unwrap_err(),
            notebook.delete(&deleted).unwrap_err(),
            notebook.add_day(&day).unwrap_err(),
        ];
        for error in refusals {
            assert_eq!(error.code, Code::NotUtf8, "{error}");
            assert_eq!(error.path.as_deref(), Some(NAME));
            assert!(error.message.contains("dapanji convert FOLDER"), "{error}");
        }
        assert_eq!(fs::read(library.path(NAME)).unwrap(), bytes);

        let revision = notebook.list().posts[0].revision.clone();
        let saved = notebook.convert(&convert(Some(&revision))).unwrap();
        assert_eq!(library.text(NAME), OLD, "the text is the same to the character");
        let kept = dapanji_library::Library::open_in(&library.folder(), library.options().places);
        let kept = kept.unwrap().version(&revision.parse().unwrap()).unwrap();
        assert_eq!(kept, bytes, "the old bytes are in the history");
        assert_eq!(notebook.list().posts[0].revision, saved.revision);
        assert_eq!(notebook.check().diagnostics.len(), 0);

        assert_eq!(notebook.writable(&id).unwrap(), id, "the key is the same as before");
        notebook.answer(&answer(&id, "새 답변")).unwrap();
        assert_eq!(library.text(NAME), OLD.replace("서로 기다리는 상태입니다.", "새 답변"));
        assert_eq!(notebook.search(&search("순환")).unwrap().hits.len(), 1);
    }
}

#[test]
fn a_post_that_changed_since_it_was_seen_is_not_converted() {
    let library = TestLibrary::new(&[]);
    library.put(NAME, &cp949(OLD));
    let notebook = library.open();
    let seen = notebook.list().posts[0].revision.clone();
    let changed = cp949(&OLD.replace("상태", "형편"));
    library.put(NAME, &changed);
    let error = notebook.convert(&convert(Some(&seen))).unwrap_err();
    assert_eq!(error.code, Code::Conflict, "{error}");
    assert_eq!(fs::read(library.path(NAME)).unwrap(), changed);
    let error = notebook.convert(&convert(Some("무엇"))).unwrap_err();
    assert_eq!(error.code, Code::InvalidRequest, "{error}");
    notebook.convert(&convert(None)).unwrap();
    notebook.convert(&convert(None)).unwrap();
    assert_eq!(library.text(NAME), OLD.replace("상태", "형편"));
}
