//! Files and folders that are dragged into the window from another program.
//!
//! WebKitGTK hands the page the addresses of such files as text and nothing of what is in them, and
//! Tauri's own handler would take every drag away from the page, those of its own texts included. So it
//! is the webview's widget that is listened to: a drag from another program that brings one folder or one
//! markdown file opens it, and any other files are dropped on the page as they are elsewhere. What begins
//! in the window itself, such as a link of a post, is never looked at here.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gtk::prelude::*;
use tauri::{AppHandle, Manager as _, Url};
use tauri_specta::Event as _;
use webkit2gtk::WebView;

use crate::arriving;
use crate::events::{Dropped, DroppedFile};
use crate::start::Start;
use crate::state::{Shell, lock};

/// What a drag brings.
#[derive(Debug, PartialEq)]
enum Brought {
    /// One folder, or one markdown file.
    ToOpen(PathBuf),
    /// Other files, or several.
    Files(Vec<PathBuf>),
}

/// Listens to what is dragged over the window.
pub(crate) fn connect(webview: &WebView, app: AppHandle) {
    let brought: Rc<RefCell<Option<Brought>>> = Rc::default();
    let seen = Rc::clone(&brought);
    webview.connect_drag_data_received(move |_, context, _, _, data, _, _| {
        if context.drag_get_source_widget().is_some() {
            return;
        }
        let uris = data.uris();
        if let Some(found) = Brought::by(uris.iter().map(gtk::glib::GString::as_str)) {
            *seen.borrow_mut() = Some(found);
        }
    });
    webview.connect_drag_drop(move |_, context, x, y, time| {
        let Some(brought) = brought.borrow_mut().take() else { return false };
        if context.drag_get_source_widget().is_some() {
            return false;
        }
        context.drop_finish(true, time);
        match brought {
            Brought::ToOpen(folder) => {
                arriving::ask(&app, Start { folder: Some(folder), ..Start::default() });
            }
            Brought::Files(paths) => {
                let files = paths.iter().map(|path| described(path)).collect();
                *lock(&app.state::<Shell>().dropped) = paths;
                if let Err(error) = (Dropped { x, y, files }).emit(&app) {
                    tracing::warn!(%error, "the page did not hear of files that were dropped");
                }
            }
        }
        true
    });
}

fn described(path: &Path) -> DroppedFile {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let picture = match ending.as_deref() {
        Some("png") => Some("image/png"),
        Some("jpg" | "jpeg") => Some("image/jpeg"),
        Some("gif") => Some("image/gif"),
        Some("webp") => Some("image/webp"),
        _ => None,
    };
    let size = path.metadata().map_or(0, |about| about.len().try_into().unwrap_or(u32::MAX));
    DroppedFile { name, picture: picture.map(str::to_owned), size }
}

impl Brought {
    /// What a drag of these addresses brings; none if they are not of files, such as links of a browser.
    fn by<'a>(uris: impl Iterator<Item = &'a str>) -> Option<Self> {
        let path = |uri| {
            let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
            url.to_file_path().ok().filter(|path| path.exists())
        };
        let paths = uris.map(path).collect::<Option<Vec<_>>>()?;
        match paths.as_slice() {
            [] => None,
            [only] if is_openable(only) => Some(Self::ToOpen(only.clone())),
            _ => Some(Self::Files(paths)),
        }
    }
}

fn is_openable(path: &Path) -> bool {
    let is_markdown = path.extension().is_some_and(|ending| {
        ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
    });
    path.is_dir() || is_markdown && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folder_or_post_is_opened_and_other_files_are_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("내 노트")).unwrap();
        for name in ["a.MD", "a.png"] {
            std::fs::File::create(at(name)).unwrap();
        }
        let uri = |name: &str| Url::from_file_path(at(name)).unwrap().to_string();
        let check = |uris: &[String], expect: Option<Brought>| {
            assert_eq!(Brought::by(uris.iter().map(String::as_str)), expect, "{uris:?}");
        };
        let files =
            |names: &[&str]| Some(Brought::Files(names.iter().map(|name| at(name)).collect()));
        check(&[uri("내 노트")], Some(Brought::ToOpen(at("내 노트"))));
        check(&[uri("a.MD")], Some(Brought::ToOpen(at("a.MD"))));
        check(&[uri("a.png")], files(&["a.png"]));
        check(&[uri("내 노트"), uri("a.MD")], files(&["내 노트", "a.MD"]));
        check(&[uri("gone.md")], None);
        check(&[uri("a.png"), "https://example.com/a.md".to_owned()], None);
        check(&[], None);
        check(&["https://example.com/a.md".to_owned()], None);
        check(&[at("a.MD").display().to_string()], None);
    }

    #[test]
    fn pictures_are_told_by_their_names() {
        let check = |name: &str, expect: Option<&str>| {
            let told = described(Path::new(name));
            assert_eq!((told.name.as_str(), told.picture.as_deref()), (name, expect));
        };
        check("그림.PNG", Some("image/png"));
        check("a.b.jpeg", Some("image/jpeg"));
        check("a.webp", Some("image/webp"));
        check("메모.txt", None);
        check("png", None);
    }
}
