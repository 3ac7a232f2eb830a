//! What the user chose for the window, kept in the system's configuration folder.

use std::fs;

use dapanji_library::{Library, Places};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::error::ApiError;

/// Most folders the list of recent ones holds.
const RECENT_FOLDERS: usize = 8;

/// Looks and language of the window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct SettingsView {
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// `system`, `normal` or `more`.
    pub contrast: String,
    /// `system`, `full` or `reduced`.
    pub motion: String,
    /// 1 is the usual size of text.
    pub text_scale: f32,
    /// `system`, `ko` or `en`.
    pub language: String,
    /// Questions and dates in a Myeongjo face.
    pub print_font: bool,
    /// Ruled lines behind the answer.
    pub ruling: bool,
}

impl Default for SettingsView {
    fn default() -> Self {
        let system = || "system".to_owned();
        Self {
            theme: system(),
            contrast: system(),
            motion: system(),
            text_scale: 1.0,
            language: system(),
            print_font: true,
            ruling: true,
        }
    }
}

/// What the window remembers between two starts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// Looks and language.
    pub settings: SettingsView,
    /// Folders opened before, last first.
    pub recent: Vec<String>,
}

impl Remembered {
    /// Reads what was remembered. A file that is missing or damaged counts as none: settings must
    /// never keep the window from opening.
    pub fn load(places: &Places) -> Self {
        let file = places.settings_file();
        let Ok(text) = fs::read_to_string(&file) else { return Self::default() };
        serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!(file = %file.display(), %error, "settings are not readable; using defaults");
            Self::default()
        })
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
        remembered.settings.theme = "dark".to_owned();
        remembered.opened("가");
        remembered.opened("나");
        remembered.opened("가");
        remembered.store(&places).unwrap();
        assert_eq!(Remembered::load(&places), remembered);
        assert_eq!(remembered.recent, ["가", "나"]);
        Library::write_export(&places.settings_file(), b"{\"settings\": {\"theme\": ").unwrap();
        assert_eq!(Remembered::load(&places), Remembered::default());
    }
}
