//! The window itself, where the platforms differ.

use tauri::{App, Manager as _};

/// Makes the window ready before its page loads.
pub(crate) fn prepare(app: &App) {
    let Some(window) = app.get_webview_window("main") else { return };
    #[cfg(target_os = "linux")]
    show_compositions(&window);
    #[cfg(not(target_os = "linux"))]
    drop(window);
}

/// Lets an input method show what is being composed inside the page.
///
/// wry switches that off on Linux (its issue 1724), and a Hangul syllable then stays invisible until
/// it is complete.
#[cfg(target_os = "linux")]
fn show_compositions(window: &tauri::WebviewWindow) {
    use webkit2gtk::{InputMethodContextExt as _, WebViewExt as _};

    let switched = window.with_webview(|webview| {
        if let Some(context) = webview.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    });
    if let Err(error) = switched {
        tracing::warn!(%error, "text being composed will not show");
    }
}
