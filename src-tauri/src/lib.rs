//! The shell: the only code that knows Tauri.
//!
//! It holds no logic of its own: each command passes one request to [`dapanji_api`] and its answer
//! back. The interface's types and functions for these commands are generated from here.

mod arriving;
mod commands;
mod comparing;
mod deep_link;
mod drafts;
#[cfg(target_os = "linux")]
mod drops;
mod editing;
mod events;
mod frame;
mod history;
mod instance;
mod libraries;
mod links;
mod menu;
mod pictures;
mod printing;
mod source;
mod start;
mod state;
mod window;

use dapanji_api::Places;
use tauri::Manager as _;
use tauri_specta::{Builder, collect_commands, collect_events};

use crate::instance::Role;
use crate::start::Start;
use crate::state::{Shell, lock};

/// Opens the window and runs until it is closed.
///
/// # Panics
/// If the system can open no window at all.
pub fn run() {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DAPANJI_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .init();
    let interface = interface();
    let from = std::env::current_dir().unwrap_or_default();
    let start = Start::from_args(std::env::args_os().skip(1), &from);
    let places = Places::of_user();
    let door = match instance::enter(&places, &start) {
        Role::First(door) => door,
        Role::Later => return,
    };
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(Shell::new(start, places))
        .invoke_handler(interface.invoke_handler())
        .setup(move |app| {
            interface.mount_events(app);
            go_ahead(app.handle());
            window::open(app)?;
            let app = app.handle().clone();
            door.keep(move |start| arriving::ask(&app, start));
            Ok(())
        })
        .on_menu_event(|app, event| menu::chosen(app, &event.id().0))
        .on_window_event(|window, event| {
            frame::follow(window, event);
            // Network folders and full watch lists lose events; a look costs little.
            if let tauri::WindowEvent::Focused(true) = event {
                window.state::<Shell>().rescan();
            }
        })
        .build(tauri::generate_context!())
        .expect("BUG: no window can be opened on this system")
        .run(|_app, _event| {
            #[cfg(target_os = "macos")]
            if let tauri::RunEvent::Opened { urls } = &_event {
                for url in urls {
                    arriving::ask(_app, Start::from_url(url));
                }
            }
        });
}

/// Opens the first folder while the window is being made: the page finds it open when it asks.
fn go_ahead(app: &tauri::AppHandle) {
    let shell = app.state::<Shell>();
    let Some(start) = lock(&shell.start).take() else { return };
    let ahead = app.clone();
    let go = move || arriving::go(&ahead, &ahead.state::<Shell>(), start, true);
    match std::thread::Builder::new().name("first-folder".into()).spawn(go) {
        Ok(thread) => *lock(&shell.first) = Some(thread),
        Err(error) => tracing::warn!(%error, "the first folder is opened when the page asks"),
    }
}

/// The commands and events of the interface, from which its bindings are generated.
pub fn interface() -> Builder<tauri::Wry> {
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::startup,
            commands::ready,
            commands::open_folder,
            commands::pick_folder,
            commands::open_sample,
            commands::save_settings,
            arriving::arrive,
            libraries::libraries,
            libraries::forget_library,
            libraries::keep_bookmark,
            libraries::bookmark,
            libraries::entry_link,
            menu::set_menu,
            menu::enable_commands,
            commands::overview,
            commands::rows,
            commands::today,
            commands::entry,
            commands::post,
            commands::save_answer,
            commands::add_question,
            drafts::keep_draft,
            drafts::drop_draft,
            drafts::drafts,
            editing::edit,
            editing::move_entry,
            editing::delete_entry,
            editing::add_day,
            editing::add_post,
            editing::settle,
            editing::lost,
            pictures::picture,
            pictures::add_picture,
            pictures::dropped_file,
            source::source,
            source::save_source,
            history::history,
            history::version,
            history::restore,
            history::keep_aside,
            commands::read_paste,
            commands::add_all,
            commands::convert,
            commands::render,
            commands::search,
            commands::complete_query,
            commands::find_matches,
            commands::compare,
            comparing::answer_versions,
            comparing::decide_term,
            comparing::set_synonyms,
            comparing::terms,
            comparing::remember_audience,
            commands::check,
            printing::pick_export_path,
            printing::export_pdf,
            printing::cancel_export,
            printing::preview_pdf,
            printing::page_picture,
            printing::close_preview,
            printing::open_exported,
            printing::show_exported,
            commands::open_link,
        ])
        .events(collect_events![
            events::Changed,
            events::WatchingChanged,
            events::FolderThere,
            events::Asked,
            events::Dropped,
            events::MenuChosen,
            events::ExportProgress,
        ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use specta_typescript::Typescript;
    use std::path::Path;

    /// Writes the bindings with `DAPANJI_BINDINGS=write`; else compares them with the committed ones.
    #[test]
    fn bindings_are_up_to_date() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
        let language = Typescript::default()
            .header("// Generated from the commands of the shell. Do not edit; `make bindings` writes it.\n");
        let generated =
            std::env::temp_dir().join(format!("dapanji-bindings-{}.ts", std::process::id()));
        interface().export(language, &generated).unwrap();
        let text = std::fs::read_to_string(&generated).unwrap();
        std::fs::remove_file(&generated).unwrap();
        if std::env::var("DAPANJI_BINDINGS").is_ok_and(|value| value == "write") {
            dapanji_api::write_file(&committed, text.as_bytes()).unwrap();
        }
        let committed = std::fs::read_to_string(&committed).unwrap_or_default();
        assert_eq!(committed, text, "run `make bindings` and commit what it writes");
    }
}
