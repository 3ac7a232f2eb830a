//! Where a start leads: the folder it names, the one that was open last, a link's entry. The same for
//! the first start and for what later ones hand over to the open window.

use std::path::{Path, PathBuf};

use dapanji_api::dto::{DraftView, EntryPage, OpenedView};
use dapanji_api::{ApiError, Bookmark, PlaceView, sample_notebook};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, Manager as _, State};
use tauri_specta::Event as _;

use crate::commands::Answer;
use crate::deep_link::DeepLink;
use crate::events::Asked;
use crate::start::Start;
use crate::state::{Shell, lock};
use crate::window;

/// Where a start has led.
#[derive(Debug, Clone, Default, Serialize, Type)]
pub(crate) struct ArrivalView {
    /// The folder that is open now; none shows the start page.
    pub(crate) opened: Option<OpenedView>,
    /// Why the folder or link asked for, or the last folder, could not be opened.
    pub(crate) failed: Option<ApiError>,
    /// Key of the entry to show.
    pub(crate) entry: Option<String>,
    /// Path of the post to show.
    pub(crate) post: Option<String>,
    /// Where the user was in the folder, if nothing else was asked for.
    pub(crate) bookmark: Option<Bookmark>,
    /// What the page of the entry shows: of `entry`, or of the one the user was at.
    pub(crate) page: Option<EntryPage>,
    /// Texts of the folder that are in no post; none if it is to be asked for them once more.
    pub(crate) drafts: Option<Vec<DraftView>>,
}

/// What is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Target {
    folder: Option<PathBuf>,
    entry: Option<String>,
    post: Option<String>,
}

impl Target {
    fn of(shell: &Shell, start: Start) -> Result<Self, ApiError> {
        let recent = shell.remembered().recent;
        if let Some(link) = &start.link {
            let link = DeepLink::parse(link)?;
            let folder = link.folder_among(&recent)?.map(PathBuf::from);
            return Ok(Self { folder, entry: Some(link.entry), post: None });
        }
        if start.sample {
            let folder = sample_notebook(&shell.places)?;
            return Ok(Self { folder: Some(folder), entry: start.entry, post: None });
        }
        let Some(folder) = start.folder else { return Ok(Self::default()) };
        let post = folder.is_file().then(|| library_of(&folder, &recent)).flatten();
        Ok(match post {
            Some((library, post)) => {
                Self { folder: Some(library), entry: start.entry, post: Some(post) }
            }
            None => Self { folder: Some(folder), entry: start.entry, post: None },
        })
    }

    /// Tells whether another folder than the open one has to be opened for it.
    fn is_elsewhere(&self, opened: Option<&OpenedView>) -> bool {
        let same = |folder: &Path| {
            opened.is_some_and(|opened| canonical(folder) == canonical(Path::new(&opened.folder)))
        };
        self.folder.as_deref().is_some_and(|folder| !same(folder))
    }
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Finds the recent folder that a file lies in, with the file's path in it.
fn library_of(file: &Path, recent: &[String]) -> Option<(PathBuf, String)> {
    let file = canonical(file);
    recent.iter().find_map(|folder| {
        let below = file.strip_prefix(canonical(Path::new(folder))).ok()?;
        let parts = below.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>()?;
        // A post that was opened by itself is its own folder.
        (!parts.is_empty()).then(|| (PathBuf::from(folder), parts.join("/")))
    })
}

/// Goes where `start` leads; without any wish to the folder that was open last, if `or_last`.
pub(crate) fn go(app: &AppHandle, shell: &Shell, start: Start, or_last: bool) -> ArrivalView {
    let mut view = ArrivalView { opened: shell.opened(), ..ArrivalView::default() };
    let plain = start.is_plain() || start.link.is_some();
    let mut target = match Target::of(shell, start) {
        Ok(target) => target,
        Err(error) => {
            view.failed = Some(error);
            Target::default()
        }
    };
    if target.folder.is_none() && plain && or_last && view.opened.is_none() {
        let recent = shell.remembered().recent;
        target.folder = recent.first().map(PathBuf::from).filter(|folder| folder.exists());
    }
    if let Some(folder) =
        target.folder.as_ref().filter(|_| target.is_elsewhere(view.opened.as_ref()))
    {
        match shell.open(app, folder) {
            Ok(opened) => view.opened = Some(opened),
            Err(error) => view.failed = view.failed.or(Some(error)),
        }
    }
    let Ok(notebook) = shell.notebook() else { return view };
    match target.entry.as_deref().map(|entry| notebook.show(entry)) {
        Some(Ok(entry)) => view.entry = Some(entry.id),
        Some(Err(error)) => view.failed = view.failed.or(Some(error)),
        None => view.post = target.post,
    }
    if view.entry.is_none() && view.post.is_none() {
        view.bookmark = shell.bookmark();
    }
    // All the first page needs comes in one answer: the page is busy drawing when another one comes.
    let entry = view.entry.as_deref().or_else(|| view.bookmark.as_ref().and_then(entry_shown));
    view.page = entry.and_then(|entry| notebook.page(entry).ok());
    view.drafts = notebook.drafts().ok();
    view
}

/// The entry that is shown where the user was, if it was one.
fn entry_shown(at: &Bookmark) -> Option<&str> {
    matches!(at.view, PlaceView::Entry | PlaceView::Compare)
        .then_some(at.entry.as_deref())
        .flatten()
}

/// Hands what a later start was started with to the open window, and brings that to the front.
pub(crate) fn ask(app: &AppHandle, start: Start) {
    if !start.is_plain() {
        let shell = app.state::<Shell>();
        let target = Target::of(&shell, start.clone()).unwrap_or_default();
        let elsewhere = target.is_elsewhere(shell.opened().as_ref());
        *lock(&shell.start) = Some(start);
        if let Err(error) = (Asked { elsewhere }).emit(app) {
            tracing::warn!(%error, "the window did not hear of another start");
        }
    }
    window::raise(app);
}

/// Goes where the last later start wants to; nowhere if another call has done so.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn arrive(app: AppHandle, shell: State<'_, Shell>) -> Answer<Option<ArrivalView>> {
    let start = lock(&shell.start).take();
    Ok(start.map(|start| go(&app, &shell, start, false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_shown_in_the_folder_it_lies_in() {
        let folder = tempfile::tempdir().unwrap();
        let post = folder.path().join("노트/하위/a.md");
        std::fs::create_dir_all(post.parent().unwrap()).unwrap();
        std::fs::File::create(&post).unwrap();
        let notes = folder.path().join("노트").display().to_string();
        let other = folder.path().join("없음").display().to_string();
        let found = library_of(&post, &[other.clone(), notes.clone()]);
        assert_eq!(found, Some((PathBuf::from(&notes), "하위/a.md".to_owned())));
        assert_eq!(library_of(&post, &[other]), None);
        assert_eq!(library_of(&post, &[post.display().to_string()]), None);
    }
}
