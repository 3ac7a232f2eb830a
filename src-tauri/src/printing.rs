//! The commands that look at pages and write PDFs: one request, one response each, no logic.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dapanji_api::dto::{ExportRequest, ExportView, PreviewRequest, PreviewView};
use dapanji_api::{ApiError, Code, Language, Preview, Progress, Stage};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use tauri_specta::Event as _;

use crate::commands::{Answer, internal, not_opened};
use crate::events::ExportProgress;
use crate::state::{Shell, lock};

/// What is being printed or looked at before.
#[derive(Default)]
pub(crate) struct Printing {
    cancel: Arc<AtomicBool>,
    /// The file the user picked last for an export: the only one the interface may have written.
    picked: Mutex<Option<PathBuf>>,
    /// The file written last: the only one the interface may have opened.
    written: Mutex<Option<PathBuf>>,
    /// The number of the preview asked for last; those before it stop.
    asked: Arc<AtomicU32>,
    /// The pages that are looked at.
    preview: Mutex<Option<(u32, Arc<Preview>)>>,
}

/// Asks where to put a PDF with the system's dialog; none if the user thinks better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_export_path(
    app: AppHandle,
    shell: State<'_, Shell>,
    suggested: String,
) -> Answer<Option<String>> {
    let picked = tauri::async_runtime::spawn_blocking(move || {
        app.dialog()
            .file()
            .set_file_name(suggested)
            .add_filter("PDF", &["pdf"])
            .blocking_save_file()
    });
    let path = picked.await.map_err(internal)?.map(|path| {
        let path = path.to_string();
        if path.to_lowercase().ends_with(".pdf") { path } else { free_name(&path) }
    });
    *lock(&shell.printing.picked) = path.as_ref().map(PathBuf::from);
    Ok(path)
}

/// A name with `.pdf` that no file has: the dialog asked about the name without it.
fn free_name(path: &str) -> String {
    let numbered = (2..).map(|nth| format!("{path} {nth}.pdf"));
    let mut names = std::iter::once(format!("{path}.pdf")).chain(numbered);
    names.find(|name| !Path::new(name).exists()).unwrap_or_else(|| format!("{path}.pdf"))
}

/// Writes a PDF to where the user said; `export-progress` events tell how far it has come.
#[tauri::command]
#[specta::specta]
pub(crate) async fn export_pdf(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: ExportRequest,
    english: bool,
) -> Answer<ExportView> {
    let printing = &shell.printing;
    if lock(&printing.picked).as_deref() != Some(Path::new(&request.out)) {
        let message = format!("not the file that was picked: {}", request.out);
        return Err(ApiError::new(Code::InvalidRequest, message));
    }
    printing.cancel.store(false, Ordering::Release);
    let progress = ToWindow { app, cancel: Arc::clone(&printing.cancel) };
    let notebook = shell.notebook()?;
    let written = beside(move || notebook.export(&request, language(english), &progress)).await?;
    *lock(&printing.written) = Some(PathBuf::from(&written.out));
    Ok(written)
}

/// Does work that takes long on a thread of its own: those that answer commands are as few as the
/// processors, and what is to stop the work must not wait for them.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.map_err(|error| ApiError::new(Code::Internal, format!("printing failed: {error}")))?
}

fn language(english: bool) -> Language {
    if english { Language::En } else { Language::Ko }
}

struct ToWindow {
    app: AppHandle,
    cancel: Arc<AtomicBool>,
}

impl Progress for ToWindow {
    fn report(&self, stage: Stage, done: usize, of: usize) {
        let count = |n| u32::try_from(n).unwrap_or(u32::MAX);
        let progress = ExportProgress { stage: stage.into(), done: count(done), of: count(of) };
        // Progress that is not seen is no reason to stop.
        drop(progress.emit(&self.app));
    }

    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Acquire)
    }
}

/// Stops the export that runs.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn cancel_export(shell: State<'_, Shell>) -> Answer<()> {
    shell.printing.cancel.store(true, Ordering::Release);
    Ok(())
}

/// Pages that can be looked at, and the number to ask for their pictures with.
#[derive(Debug, Serialize, Type)]
pub(crate) struct NumberedPreview {
    number: u32,
    preview: PreviewView,
}

/// Lays pages out to be looked at. The newest call alone goes on; those before it end as cancelled.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_pdf(
    shell: State<'_, Shell>,
    request: PreviewRequest,
    english: bool,
) -> Answer<NumberedPreview> {
    let printing = &shell.printing;
    let number = printing.asked.fetch_add(1, Ordering::AcqRel).wrapping_add(1);
    let progress = Newest { number, asked: Arc::clone(&printing.asked) };
    let notebook = shell.notebook()?;
    let preview = beside(move || notebook.preview(&request, language(english), &progress)).await?;
    let view = preview.view();
    let mut kept = lock(&printing.preview);
    if printing.asked.load(Ordering::Acquire) != number {
        return Err(cancelled());
    }
    *kept = Some((number, Arc::new(preview)));
    Ok(NumberedPreview { number, preview: view })
}

struct Newest {
    number: u32,
    asked: Arc<AtomicU32>,
}

impl Progress for Newest {
    fn report(&self, _: Stage, _: usize, _: usize) {}

    fn cancelled(&self) -> bool {
        self.asked.load(Ordering::Acquire) != self.number
    }
}

fn cancelled() -> ApiError {
    ApiError::new(Code::Cancelled, "other pages are looked at by now")
}

/// Draws a page of a preview, counted from zero, about `width` pixels wide, as a `data:` address.
#[tauri::command]
#[specta::specta]
pub(crate) async fn page_picture(
    shell: State<'_, Shell>,
    number: u32,
    page: u32,
    width: u32,
) -> Answer<String> {
    let kept = lock(&shell.printing.preview).clone();
    let Some((_, preview)) = kept.filter(|(kept, _)| *kept == number) else {
        return Err(cancelled());
    };
    beside(move || {
        let picture = preview.picture(page, width)?;
        let mut address = String::from("data:image/png;base64,");
        BASE64_STANDARD.encode_string(picture, &mut address);
        Ok(address)
    })
    .await
}

/// Stops a preview that is being laid out and lets go of its pages.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn close_preview(shell: State<'_, Shell>) -> Answer<()> {
    let mut kept = lock(&shell.printing.preview);
    shell.printing.asked.fetch_add(1, Ordering::AcqRel);
    *kept = None;
    Ok(())
}

/// Opens the PDF written last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_exported(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> {
    let path = written(&shell)?;
    app.opener().open_path(path.display().to_string(), None::<&str>).map_err(not_opened)
}

/// Shows the PDF written last in its folder.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn show_exported(app: AppHandle, shell: State<'_, Shell>) -> Answer<()> {
    let path = written(&shell)?;
    app.opener().reveal_item_in_dir(path).map_err(not_opened)
}

fn written(shell: &Shell) -> Answer<PathBuf> {
    let path = lock(&shell.printing.written).clone();
    path.ok_or_else(|| ApiError::new(Code::InvalidRequest, "nothing was exported yet"))
}
