//! The window itself: its boundary, and where the platforms differ.

use tauri::webview::{NewWindowResponse, WebviewWindowBuilder};
use tauri::{App, AppHandle, Manager as _, Url, WebviewWindow};

use crate::frame::{self, Area};
use crate::state::Shell;

/// Opens the window, on its own page and none else.
///
/// A link of a post can be clicked with the middle button, dragged into the window or opened from the
/// webview's own menu; none of these asks the page first. So it is here that the window stays where it
/// is, opens no other one and downloads nothing.
///
/// # Errors
/// If the system can open none, or the configuration describes none.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let config = app.config();
    let window = config.app.windows.first().ok_or(tauri::Error::WindowNotFound)?;
    let dev = if tauri::is_dev() { config.build.dev_url.clone() } else { None };
    let kept = app.state::<Shell>().remembered().frame;
    let least = (window.min_width.unwrap_or_default(), window.min_height.unwrap_or_default());
    let mut builder = WebviewWindowBuilder::from_config(app.handle(), window)?;
    if let Some(kept) = kept {
        let areas: Vec<_> = app.available_monitors()?.iter().map(Area::of).collect();
        let (frame, is_placed) = frame::fitting(kept, least, &areas);
        builder = builder.inner_size(frame.width, frame.height).maximized(frame.maximized);
        if is_placed {
            builder = builder.position(frame.x, frame.y);
        }
    }
    let window = builder
        .on_navigation(move |url| {
            let own = is_own(url, dev.as_ref());
            if !own {
                tracing::warn!(%url, "the window does not leave its page");
            }
            own
        })
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    #[cfg(target_os = "linux")]
    set_up_webview(&window, app.handle().clone());
    #[cfg(not(target_os = "linux"))]
    drop::<WebviewWindow>(window);
    Ok(())
}

/// Brings the window to the front.
pub(crate) fn raise(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window stays where it is");
    }
}

/// Tells whether an address is the window's own page: what is bundled, or the server of development.
fn is_own(url: &Url, dev: Option<&Url>) -> bool {
    let bundled = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Where schemes of one's own are none, such as on Windows.
        "http" | "https" => url.host_str() == Some("tauri.localhost") && url.port().is_none(),
        _ => false,
    };
    bundled || dev.is_some_and(|dev| dev.origin() == url.origin())
}

/// Lets an input method show what is being composed inside the page, has the system check the spelling
/// by what dictionaries it has, looks up no names, hears of what is dragged in, and keeps no pages: there
/// is but one.
///
/// wry switches the former off on Linux (its issue 1724), and a Hangul syllable then stays invisible
/// until it is complete. A name looked up ahead of a click would tell whoever runs it that the post was
/// opened.
#[cfg(target_os = "linux")]
fn set_up_webview(window: &WebviewWindow, app: AppHandle) {
    use webkit2gtk::{
        CacheModel, InputMethodContextExt as _, SettingsExt as _, WebContextExt as _, WebViewExt,
    };

    let switched = window.with_webview(|webview| {
        let webview = webview.inner();
        if let Some(context) = webview.input_method_context() {
            context.set_enable_preedit(true);
        }
        if let Some(context) = WebViewExt::context(&webview) {
            context.set_spell_checking_languages(&["ko_KR", "en_US"]);
            context.set_spell_checking_enabled(true);
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        if let Some(settings) = webview.settings() {
            settings.set_enable_dns_prefetching(false);
            settings.set_enable_page_cache(false);
        }
        crate::drops::connect(&webview, app);
    });
    if let Err(error) = switched {
        tracing::warn!(%error, "text being composed will not show");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_pages() {
        let dev: Url = "http://localhost:1420".parse().unwrap();
        let check = |url: &str, own: bool, own_in_development: bool| {
            let url: Url = url.parse().unwrap();
            assert_eq!(is_own(&url, None), own, "{url}");
            assert_eq!(is_own(&url, Some(&dev)), own_in_development, "{url}");
        };
        check("tauri://localhost", true, true);
        check("tauri://localhost/index.html#a", true, true);
        check("http://tauri.localhost/", true, true);
        check("https://tauri.localhost/", true, true);
        check("http://localhost:1420/index.html", false, true);
        check("http://localhost:1421/", false, false);
        check("http://tauri.localhost:8080/", false, false);
        check("http://tauri.localhost.example.com/", false, false);
        check("http://tauri.localhost@example.com/", false, false);
        check("tauri://example.com/", false, false);
        check("https://example.com/", false, false);
        check("file:///etc/passwd", false, false);
        check("data:text/html,x", false, false);
        check("about:blank", false, false);
        check("javascript:x", false, false);
        check("blob:tauri://localhost/x", false, false);
    }
}
