//! The menus of the system. What stands in them is the page's: it has the commands, their words and
//! keys, and knows which can run.
//!
//! Keys stay with the page, which hears them by their place on the keyboard and leaves those of an
//! input method alone. Linux and Windows would take an accelerator before the page, so there a key is
//! only written beside its command. A Mac asks the page first, and shows keys in its menus for good.

use std::collections::HashSet;

use serde::Deserialize;
use specta::Type;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Manager as _, State, Wry};
use tauri_specta::Event as _;

use crate::commands::Answer;
use crate::events::MenuChosen;
use crate::state::{Shell, lock};

/// A menu.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct MenuGroup {
    title: String,
    commands: Vec<MenuCommand>,
}

/// A command in a menu.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct MenuCommand {
    id: String,
    title: String,
    /// As it is written on the keys: `Ctrl+Shift+F`.
    label: Option<String>,
    /// As `Mod-Shift-KeyF`.
    keys: Option<String>,
    enabled: bool,
}

/// What the menus of a Mac say beside our commands.
#[derive(Debug, Deserialize, Type)]
pub(crate) struct MenuWords {
    app: String,
    edit: String,
    undo: String,
    redo: String,
    cut: String,
    copy: String,
    paste: String,
    select_all: String,
    hide: String,
    hide_others: String,
    show_all: String,
    quit: String,
}

/// Shows these menus, or none.
#[tauri::command]
#[specta::specta]
pub(crate) fn set_menu(
    app: AppHandle,
    shell: State<'_, Shell>,
    groups: Vec<MenuGroup>,
    words: MenuWords,
    shown: bool,
) -> Answer<()> {
    lock(&shell.menu).clear();
    if let Err(error) = build(&app, &shell, &groups, &words, shown) {
        tracing::warn!(%error, "the menus are not as they should be");
    }
    Ok(())
}

/// Says which commands can run now.
#[tauri::command]
#[specta::specta]
pub(crate) fn enable_commands(shell: State<'_, Shell>, ids: Vec<String>) -> Answer<()> {
    let ids: HashSet<String> = ids.into_iter().collect();
    for item in lock(&shell.menu).iter() {
        if let Err(error) = item.set_enabled(ids.contains(&item.id().0)) {
            tracing::warn!(%error, "a menu shows what cannot run");
        }
    }
    Ok(())
}

/// Tells the page what was chosen.
pub(crate) fn chosen(app: &AppHandle, id: &str) {
    if let Err(error) = MenuChosen(id.to_owned()).emit(app) {
        tracing::warn!(%error, "the window did not hear of a command");
    }
}

fn build(
    app: &AppHandle,
    shell: &Shell,
    groups: &[MenuGroup],
    words: &MenuWords,
    shown: bool,
) -> tauri::Result<()> {
    let window = app.get_webview_window("main").ok_or(tauri::Error::WindowNotFound)?;
    let is_mac = cfg!(target_os = "macos");
    if !shown && !is_mac {
        window.remove_menu()?;
        return Ok(());
    }
    let menu = Menu::new(app)?;
    if is_mac {
        menu.append(&own_menu(app, words)?)?;
    }
    for (nth, group) in groups.iter().enumerate() {
        let mut items = Vec::new();
        for command in &group.commands {
            let (title, keys) = written(command, is_mac);
            items.push(MenuItem::with_id(app, &command.id, title, command.enabled, keys)?);
        }
        let mut of_group: Vec<&dyn IsMenuItem<Wry>> = Vec::new();
        for item in &items {
            of_group.push(item);
        }
        menu.append(&Submenu::with_items(app, &group.title, true, &of_group)?)?;
        if is_mac && nth == 0 {
            menu.append(&edit_menu(app, words)?)?;
        }
        lock(&shell.menu).extend(items);
    }
    if is_mac {
        app.set_menu(menu)?;
    } else {
        window.set_menu(menu)?;
    }
    Ok(())
}

/// A command as it stands in a menu, and the keys that the system is told of.
fn written(command: &MenuCommand, is_mac: bool) -> (String, Option<String>) {
    // The system takes a single `&` for the mark of a letter.
    let title = command.title.replace('&', "&&");
    if is_mac {
        return (title, command.keys.as_deref().map(accelerator));
    }
    match &command.label {
        Some(label) => (format!("{title}\t{label}"), None),
        None => (title, None),
    }
}

/// `Mod-Shift-KeyF` as the system writes it.
fn accelerator(keys: &str) -> String {
    let part = |part: &str| if part == "Mod" { "CmdOrCtrl".to_owned() } else { part.to_owned() };
    keys.split('-').map(part).collect::<Vec<_>>().join("+")
}

fn own_menu(app: &AppHandle, words: &MenuWords) -> tauri::Result<Submenu<Wry>> {
    let line = PredefinedMenuItem::separator(app)?;
    Submenu::with_items(
        app,
        &words.app,
        true,
        &[
            &PredefinedMenuItem::hide(app, Some(words.hide.as_str()))?,
            &PredefinedMenuItem::hide_others(app, Some(words.hide_others.as_str()))?,
            &PredefinedMenuItem::show_all(app, Some(words.show_all.as_str()))?,
            &line,
            &PredefinedMenuItem::quit(app, Some(words.quit.as_str()))?,
        ],
    )
}

fn edit_menu(app: &AppHandle, words: &MenuWords) -> tauri::Result<Submenu<Wry>> {
    let line = PredefinedMenuItem::separator(app)?;
    Submenu::with_items(
        app,
        &words.edit,
        true,
        &[
            &PredefinedMenuItem::undo(app, Some(words.undo.as_str()))?,
            &PredefinedMenuItem::redo(app, Some(words.redo.as_str()))?,
            &line,
            &PredefinedMenuItem::cut(app, Some(words.cut.as_str()))?,
            &PredefinedMenuItem::copy(app, Some(words.copy.as_str()))?,
            &PredefinedMenuItem::paste(app, Some(words.paste.as_str()))?,
            &PredefinedMenuItem::select_all(app, Some(words.select_all.as_str()))?,
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_only_written_where_the_system_would_take_them_first() {
        let command = MenuCommand {
            id: "search".into(),
            title: "찾기 & 바꾸기".into(),
            label: Some("Ctrl+Shift+F".into()),
            keys: Some("Mod-Shift-KeyF".into()),
            enabled: true,
        };
        let elsewhere = ("찾기 && 바꾸기\tCtrl+Shift+F".to_owned(), None);
        assert_eq!(written(&command, false), elsewhere);
        let mac = ("찾기 && 바꾸기".to_owned(), Some("CmdOrCtrl+Shift+KeyF".to_owned()));
        assert_eq!(written(&command, true), mac);
    }
}
