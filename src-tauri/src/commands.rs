//! The commands of the interface: one request, one response each, no logic.
//!
//! All but the dialogs run off the main thread (`command(async)`), so the window never waits.

use std::path::PathBuf;
use std::thread::JoinHandle;

use dapanji_api::dto::{
    AddAllRequest, AddRequest, AddedView, Change, CheckView, CompareRequest, CompareView,
    CompletionRequest, CompletionView, ConvertRequest, EntryPage, EntryRow, ListFilter, MatchView,
    MatchesRequest, OpenedView, Overview, PasteRequest, PastedView, PostPage, SaveAnswerRequest,
    SavedView, SearchRequest, SearchView, TodayView,
};
use dapanji_api::{ApiError, Code, Remembered, SettingsView, sample_notebook};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use tauri_specta::Event as _;

use crate::arriving::{self, ArrivalView};
use crate::events::Changed;
use crate::links;
use crate::start::Start;
use crate::state::{Shell, lock};

pub(crate) type Answer<T> = Result<T, ApiError>;

/// What the interface needs to draw its first page.
#[derive(Debug, Serialize, Type)]
pub(crate) struct StartupView {
    /// What is open, and what of it is to be shown.
    arrival: ArrivalView,
    /// What the user chose.
    settings: SettingsView,
    /// Folders opened before, last first.
    recent: Vec<String>,
    /// The system's language, or English where the window does not speak it.
    language: SystemLanguage,
}

/// Opens what the program was started with, else the last folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn startup(app: AppHandle, shell: State<'_, Shell>) -> Answer<StartupView> {
    let first = lock(&shell.first).take();
    // A page that is loaded again finds the notebook open, and another start may have come meanwhile.
    let mut arrival = match first.map(JoinHandle::join) {
        Some(Ok(arrival)) => arrival,
        _ => arriving::go(&app, &shell, Start::default(), true),
    };
    if let Some(start) = lock(&shell.start).take() {
        arrival = arriving::go(&app, &shell, start, true);
    }
    let Remembered { settings, recent, .. } = shell.remembered();
    Ok(StartupView { arrival, settings, recent, language: system_language() })
}

/// Languages the window speaks.
#[derive(Debug, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SystemLanguage {
    Ko,
    En,
}

fn system_language() -> SystemLanguage {
    let korean = sys_locale::get_locale().is_some_and(|locale| locale.starts_with("ko"));
    if korean { SystemLanguage::Ko } else { SystemLanguage::En }
}

/// Notes that the first page is on the screen and takes input. `DAPANJI_LOG=dapanji_window=info` shows
/// when, and how many milliseconds after the page began its `marks` were passed; nothing else depends
/// on it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn ready(marks: Vec<(String, u32)>) -> Answer<()> {
    tracing::info!(?marks, "the first page takes input");
    Ok(())
}

/// Opens a folder of posts: one the user picked, or one that was open before.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_folder(
    app: AppHandle,
    shell: State<'_, Shell>,
    folder: String,
) -> Answer<OpenedView> {
    let folder = PathBuf::from(folder);
    if !shell.may_open(&folder) {
        let message = format!("not a folder that was picked: {}", folder.display());
        return Err(ApiError::new(Code::InvalidRequest, message));
    }
    shell.open(&app, &folder)
}

/// Asks for a folder with the system's dialog; none if the user thinks better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_folder(app: AppHandle, shell: State<'_, Shell>) -> Answer<Option<String>> {
    let picked =
        tauri::async_runtime::spawn_blocking(move || app.dialog().file().blocking_pick_folder());
    let path = picked.await.map_err(internal)?.map(|path| path.to_string());
    *lock(&shell.picked_folder) = path.as_ref().map(PathBuf::from);
    Ok(path)
}

/// Opens the user's sample notebook.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_sample(app: AppHandle, shell: State<'_, Shell>) -> Answer<OpenedView> {
    let folder = sample_notebook(&shell.places)?;
    shell.open(&app, &folder)
}

/// Keeps what the user chose.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_settings(shell: State<'_, Shell>, settings: SettingsView) -> Answer<()> {
    if let Ok(notebook) = shell.notebook() {
        notebook.limit_history(&settings);
    }
    shell.remember(|remembered| remembered.settings = settings);
    Ok(())
}

/// The days and counts of the day list.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn overview(shell: State<'_, Shell>, filter: ListFilter) -> Answer<Overview> {
    Ok(shell.notebook()?.overview(&filter))
}

/// A stretch of the day list.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rows(
    shell: State<'_, Shell>,
    filter: ListFilter,
    start: u32,
    count: u32,
) -> Answer<Vec<EntryRow>> {
    Ok(shell.notebook()?.rows(&filter, start, count))
}

/// The start page.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn today(shell: State<'_, Shell>) -> Answer<TodayView> {
    Ok(shell.notebook()?.today_view())
}

/// An entry's page.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn entry(shell: State<'_, Shell>, id: String) -> Answer<EntryPage> {
    shell.notebook()?.page(&id)
}

/// A post's page. `path` is relative to the folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn post(shell: State<'_, Shell>, path: String) -> Answer<PostPage> {
    shell.notebook()?.post(&path)
}

/// Replaces an answer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_answer(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: SaveAnswerRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.answer(&request)?))
}

/// Rewrites a post that is not UTF-8 as UTF-8.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn convert(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: ConvertRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.convert(&request)?))
}

/// Adds a question.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_question(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: AddRequest,
) -> Answer<SavedView> {
    Ok(told(&app, shell.notebook()?.add(&request)?))
}

/// Reads the questions of a pasted text.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn read_paste(shell: State<'_, Shell>, request: PasteRequest) -> Answer<PastedView> {
    Ok(shell.notebook()?.read_paste(&request))
}

/// Adds several questions, all of them or none.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_all(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: AddAllRequest,
) -> Answer<AddedView> {
    let added = shell.notebook()?.add_all(&request)?;
    told(&app, SavedView { path: added.path.clone(), ..SavedView::default() });
    Ok(added)
}

/// Hands on what was saved, and tells the page of it: lists and counts follow what the window itself
/// wrote, while the watch is silent on it.
pub(crate) fn told(app: &AppHandle, saved: SavedView) -> SavedView {
    let posts = std::iter::once(&saved.path).chain(&saved.also);
    let change = Change { changed: posts.cloned().collect(), removed: Vec::new() };
    if let Err(error) = Changed(change).emit(app) {
        tracing::warn!(%error, "the window did not hear of a change");
    }
    saved
}

/// Renders markdown as sanitized HTML.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn render(shell: State<'_, Shell>, markdown: String) -> Answer<String> {
    Ok(shell.notebook()?.render(&markdown))
}

/// Finds parts of entries.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn search(shell: State<'_, Shell>, request: SearchRequest) -> Answer<SearchView> {
    shell.notebook()?.search(&request)
}

/// Completes the operator or value of a query at the caret.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn complete_query(
    shell: State<'_, Shell>,
    request: CompletionRequest,
) -> Answer<CompletionView> {
    Ok(shell.notebook()?.complete_query(&request))
}

/// Finds the places of a query in the texts of an entry or a post.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn find_matches(
    shell: State<'_, Shell>,
    request: MatchesRequest,
) -> Answer<Vec<MatchView>> {
    shell.notebook()?.find_matches(&request)
}

/// Sets an answer beside a model answer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn compare(shell: State<'_, Shell>, request: CompareRequest) -> Answer<CompareView> {
    shell.notebook()?.compare(&request)
}

/// Names what is odd in the posts.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check(shell: State<'_, Shell>) -> Answer<CheckView> {
    Ok(shell.notebook()?.check())
}

pub(crate) fn internal(error: tauri::Error) -> ApiError {
    ApiError::new(Code::Internal, format!("the dialog failed: {error}"))
}

/// Opens a link of a post in the browser. Only web and mail addresses.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_link(app: AppHandle, url: String) -> Answer<()> {
    let Some(address) = links::address(&url) else {
        let message = format!("not a web or mail address: {url}");
        return Err(ApiError::new(Code::InvalidRequest, message));
    };
    app.opener().open_url(address, None::<&str>).map_err(not_opened)
}

pub(crate) fn not_opened(error: tauri_plugin_opener::Error) -> ApiError {
    ApiError::new(Code::Internal, format!("the system did not open it: {error}"))
}
