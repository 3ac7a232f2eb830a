//! What the user chose for the window, kept in the system's configuration folder.

use std::collections::BTreeMap;
use std::fs;

use dapanji_library::{HistoryLimits, Library, Places};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use crate::dto::ExportOptions;
use crate::error::ApiError;

/// Most folders the list of recent ones holds.
const RECENT_FOLDERS: usize = 8;

/// Which colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How strongly colours differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// As the system has it.
    #[default]
    System,
    /// The usual.
    Normal,
    /// Text 7:1 and edges 4.5:1 at the least.
    More,
}

/// Whether things move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system has it.
    #[default]
    System,
    /// Things move.
    Full,
    /// Nothing moves.
    Reduced,
}

/// The language of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LanguageChoice {
    /// As the system has it.
    #[default]
    System,
    /// Korean.
    Ko,
    /// English.
    En,
}

/// Looks and language of the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct SettingsView {
    /// Which colours.
    pub theme: Theme,
    /// How strongly they differ.
    pub contrast: Contrast,
    /// Whether things move.
    pub motion: Motion,
    /// 1 is the usual size of text. Always finite.
    #[specta(type = u32)]
    pub text_scale: f32,
    /// The language.
    pub language: LanguageChoice,
    /// Questions and dates in a Myeongjo face.
    pub print_font: bool,
    /// Ruled lines behind the answer.
    pub ruling: bool,
    /// Days that the history keeps a replaced version; 1 at the least.
    pub history_days: u32,
    /// Most room the history of a notebook takes, in megabytes of a million bytes. Versions younger
    /// than a day are kept all the same.
    pub history_megabytes: u32,
    /// Keys of commands that are not the usual ones, by the command's name: `Mod-Shift-KeyF`, or
    /// nothing for a command without a key.
    pub keys: BTreeMap<String, String>,
    /// How books were printed last.
    pub print: ExportOptions,
    /// Whether the window has a menu bar. A Mac always has one.
    pub menu_bar: bool,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            contrast: Contrast::default(),
            motion: Motion::default(),
            text_scale: 1.0,
            language: LanguageChoice::default(),
            print_font: true,
            ruling: true,
            history_days: HistoryLimits::default().days,
            history_megabytes: HistoryLimits::default().megabytes,
            keys: BTreeMap::new(),
            print: ExportOptions::default(),
            menu_bar: false,
        }
    }
}

impl SettingsView {
    /// How much of the history is kept.
    pub(crate) fn history_limits(&self) -> HistoryLimits {
        HistoryLimits { days: self.history_days, megabytes: self.history_megabytes }
    }
}

/// Where the window stood, in pixels that do not know the screen's scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// From the left of all screens to the window's outer edge.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Inner width.
    pub width: f64,
    /// Inner height.
    pub height: f64,
    /// Whether it filled its screen; the other values are those it goes back to.
    pub maximized: bool,
}

/// What a notebook showed last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PlaceView {
    /// The start page.
    #[default]
    Today,
    /// An entry on its sheet.
    Entry,
    /// An entry beside its model answer.
    Compare,
    /// A post whole.
    Post,
}

/// Where someone was in a notebook when it was left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Bookmark {
    /// What was shown.
    pub view: PlaceView,
    /// Key of the entry that was open last, if one was.
    pub entry: Option<String>,
    /// Path of the post that was read whole, if one was.
    pub post: Option<String>,
    /// Where the selection in the answer began, in the window's unit of offsets.
    pub anchor: u32,
    /// Where the cursor was.
    pub head: u32,
    /// How far the sheet was scrolled, in pixels.
    pub scroll: u32,
}

/// What the window remembers between two starts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// Looks and language.
    pub settings: SettingsView,
    /// Folders opened before, last first.
    pub recent: Vec<String>,
    /// Where the window stood; none before it was closed once.
    pub frame: Option<Frame>,
    /// Where someone was in each of the recent folders.
    pub bookmarks: BTreeMap<String, Bookmark>,
}

impl Remembered {
    /// Reads what was remembered. Each setting that is missing or makes no sense counts as not set,
    /// and so does a damaged file: settings must never keep the window from opening.
    pub fn load(places: &Places) -> Self {
        let stored = fs::read_to_string(places.settings_file()).unwrap_or_default();
        let Ok(stored) = serde_json::from_str::<Value>(&stored) else { return Self::default() };
        let mut settings = serde_json::to_value(SettingsView::default()).unwrap_or_default();
        for (key, value) in stored.get("settings").and_then(Value::as_object).into_iter().flatten()
        {
            let mut with = settings.clone();
            if let Some(place) = with.get_mut(key) {
                *place = value.clone();
                if serde_json::from_value::<SettingsView>(with.clone()).is_ok() {
                    settings = with;
                }
            }
        }
        let part = |name: &str| stored.get(name).cloned().unwrap_or_default();
        let bookmarks = part("bookmarks").as_object().cloned().unwrap_or_default();
        Self {
            settings: serde_json::from_value(settings).unwrap_or_default(),
            recent: serde_json::from_value(part("recent")).unwrap_or_default(),
            frame: serde_json::from_value(part("frame")).unwrap_or_default(),
            bookmarks: bookmarks
                .into_iter()
                .filter_map(|(folder, at)| Some((folder, serde_json::from_value(at).ok()?)))
                .collect(),
        }
    }

    /// Writes what is to be remembered.
    ///
    /// # Errors
    /// `WriteFailed`.
    pub fn store(&self, places: &Places) -> Result<(), ApiError> {
        let file = places.settings_file();
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| {
                let message = format!("cannot make {}: {error}", folder.display());
                ApiError::new(crate::Code::WriteFailed, message).at(folder.display())
            })?;
        }
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        Ok(Library::write_export(&file, text.as_bytes())?)
    }

    /// Puts a folder at the head of the recent ones.
    pub fn opened(&mut self, folder: &str) {
        self.recent.retain(|other| other != folder);
        self.recent.insert(0, folder.to_owned());
        self.recent.truncate(RECENT_FOLDERS);
        self.bookmarks.retain(|folder, _| self.recent.contains(folder));
    }

    /// Takes a folder off the list of recent ones, with all that is remembered of it.
    pub fn forget(&mut self, folder: &str) {
        self.recent.retain(|other| other != folder);
        self.bookmarks.remove(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_loaded_and_damage_is_forgiven() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::under(folder.path());
        assert_eq!(Remembered::load(&places), Remembered::default());
        let mut remembered = Remembered::default();
        remembered.settings.theme = Theme::Dark;
        remembered.settings.keys.insert("today".to_owned(), "Mod-KeyT".to_owned());
        remembered.opened("가");
        remembered.opened("나");
        remembered.opened("가");
        remembered.frame =
            Some(Frame { x: -8.0, y: 0.5, width: 900.0, height: 700.0, maximized: true });
        let at = Bookmark {
            view: PlaceView::Entry,
            entry: Some("a".into()),
            head: 7,
            ..Bookmark::default()
        };
        remembered.bookmarks.insert("가".into(), at.clone());
        remembered.bookmarks.insert("나".into(), at);
        remembered.store(&places).unwrap();
        assert_eq!(Remembered::load(&places), remembered);
        assert_eq!(remembered.recent, ["가", "나"]);
        remembered.forget("나");
        assert_eq!(remembered.recent, ["가"]);
        assert_eq!(remembered.bookmarks.keys().collect::<Vec<_>>(), ["가"]);
        let write = |text: &str| {
            Library::write_export(&places.settings_file(), text.as_bytes()).unwrap();
            Remembered::load(&places)
        };
        assert_eq!(write(r#"{"settings": {"theme": "#), Remembered::default());
        let partly = write(r#"{"settings": {"theme": "dark", "motion": 7, "unknown": 1}}"#);
        assert_eq!(partly.settings, SettingsView { theme: Theme::Dark, ..SettingsView::default() });
        let partly = write(
            r#"{"recent": ["가"], "frame": {"x": "left"}, "bookmarks": {"가": {"head": 3}, "나": {
                "view": "post", "entry": null, "post": "a.md", "anchor": 0, "head": 0, "scroll": 7}}}"#,
        );
        assert_eq!((partly.frame, partly.recent.len()), (None, 1));
        let post = Some("a.md".to_owned());
        let read = Bookmark { view: PlaceView::Post, post, scroll: 7, ..Bookmark::default() };
        assert_eq!(partly.bookmarks, BTreeMap::from([("나".to_owned(), read)]));
    }
}
