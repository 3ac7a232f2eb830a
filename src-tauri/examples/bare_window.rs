//! The least a window of this kind can be: an empty one with a text field. The benchmarks measure
//! Dapanji's window against it. Writes a line to standard output when the field takes input.

use std::borrow::Cow;
use std::io::Write as _;

use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{App, Assets, WebviewUrl, WebviewWindowBuilder, Wry};

/// Reports like Dapanji's page does: when the first frame with the focused field is on the screen.
const PAGE: &str = "<!doctype html><title>bare</title><textarea></textarea><script>\
    document.querySelector('textarea').focus();\
    requestAnimationFrame(() => requestAnimationFrame(() => \
    window.__TAURI_INTERNALS__.invoke('ready')));</script>";

struct Page;

impl Assets<Wry> for Page {
    fn get(&self, _: &AssetKey) -> Option<Cow<'_, [u8]>> {
        Some(Cow::Borrowed(PAGE.as_bytes()))
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

#[tauri::command]
fn ready() {
    let mut out = std::io::stdout();
    // A reader that is gone wants to know nothing more.
    drop(writeln!(out, "the page takes input"));
    drop(out.flush());
}

fn open(app: &mut App) -> Result<(), Box<dyn std::error::Error>> {
    WebviewWindowBuilder::new(app, "bare", WebviewUrl::App("index.html".into()))
        .inner_size(1280.0, 800.0)
        .build()?;
    Ok(())
}

fn main() {
    let mut context = tauri::generate_context!();
    drop(context.set_assets(Box::new(Page)));
    let config = context.config_mut();
    config.app.windows.clear();
    config.app.security.csp = None;
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![ready])
        .setup(open)
        .run(context)
        .expect("BUG: no window can be opened on this system");
}
