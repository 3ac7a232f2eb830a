//! Folders and posts that are dragged into the window from another program.
//!
//! The page is told nothing of where a dragged file lies, and Tauri's own handler would take every drag
//! away from the page, those of its own texts included. So it is the webview's widget that is listened
//! to: a drag from another program that brings one folder or one markdown file opens it. What begins in
//! the window itself, such as a link of a post, is never looked at here.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use gtk::prelude::*;
use tauri::{AppHandle, Url};
use webkit2gtk::WebView;

use crate::arriving;
use crate::start::Start;

/// Listens to what is dragged over the window.
pub(crate) fn connect(webview: &WebView, app: AppHandle) {
    let brought: Rc<RefCell<Option<PathBuf>>> = Rc::default();
    let seen = Rc::clone(&brought);
    webview.connect_drag_data_received(move |_, context, _, _, data, _, _| {
        if context.drag_get_source_widget().is_some() {
            return;
        }
        let uris = data.uris();
        if let Some(path) = openable(uris.iter().map(gtk::glib::GString::as_str)) {
            *seen.borrow_mut() = Some(path);
        }
    });
    webview.connect_drag_drop(move |_, context, _, _, time| {
        let Some(folder) = brought.borrow_mut().take() else { return false };
        if context.drag_get_source_widget().is_some() {
            return false;
        }
        context.drop_finish(true, time);
        arriving::ask(&app, Start { folder: Some(folder), ..Start::default() });
        true
    });
}

/// What is dragged, if it is one folder or one markdown file. Anything else, such as a picture, is the
/// page's.
fn openable<'a>(mut uris: impl Iterator<Item = &'a str>) -> Option<PathBuf> {
    let (only, None) = (uris.next()?, uris.next()) else { return None };
    let url = Url::parse(only).ok().filter(|url| url.scheme() == "file")?;
    let path = url.to_file_path().ok()?;
    let is_markdown = path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
    });
    (path.is_dir() || is_markdown && path.is_file()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folder_or_post_is_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("내 노트")).unwrap();
        for name in ["a.MD", "a.png"] {
            std::fs::File::create(at(name)).unwrap();
        }
        let uri = |name: &str| Url::from_file_path(at(name)).unwrap().to_string();
        let check = |uris: &[String], expect: Option<&str>| {
            assert_eq!(openable(uris.iter().map(String::as_str)), expect.map(at), "{uris:?}");
        };
        check(&[uri("내 노트")], Some("내 노트"));
        check(&[uri("a.MD")], Some("a.MD"));
        check(&[uri("a.png")], None);
        check(&[uri("gone.md")], None);
        check(&[uri("내 노트"), uri("a.MD")], None);
        check(&[], None);
        check(&["https://example.com/a.md".to_owned()], None);
        check(&[at("a.MD").display().to_string()], None);
    }
}
