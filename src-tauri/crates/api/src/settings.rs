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
        }
    }
}

impl SettingsView {
    /// How much of the history is kept.
    pub(crate) fn history_limits(&self) -> HistoryLimits {
        HistoryLimits { days: self.history_days, megabytes: self.history_megabytes }
    }
}

/// What the window remembers between two starts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Remembered {
    /// Looks and language.
    pub settings: SettingsView,
    /// Folders opened before, last first.
    pub recent: Vec<String>,
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
        let recent = stored.get("recent").cloned().unwrap_or_default();
        Self {
            settings: serde_json::from_value(settings).unwrap_or_default(),
            recent: serde_json::from_value(recent).unwrap_or_default(),
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
        remembered.store(&places).unwrap();
        assert_eq!(Remembered::load(&places), remembered);
        assert_eq!(remembered.recent, ["가", "나"]);
        let write = |text: &str| {
            Library::write_export(&places.settings_file(), text.as_bytes()).unwrap();
            Remembered::load(&places)
        };
        assert_eq!(write(r#"{"settings": {"theme": "#), Remembered::default());
        let partly = write(r#"{"settings": {"theme": "dark", "motion": 7, "unknown": 1}}"#);
        assert_eq!(partly.settings, SettingsView { theme: Theme::Dark, ..SettingsView::default() });
    }
}
