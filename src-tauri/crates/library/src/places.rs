//! Where files that are not posts live: cache, data and settings of the user, outside the folder.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

/// The environment variable that puts all places under one folder.
pub const HOME_VARIABLE: &str = "DAPANJI_HOME";

/// Folders of this user for this program.
///
/// None of them is made before something is kept there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// What can be made again at any time: the search index, what was last read of posts.
    pub cache: PathBuf,
    /// What cannot: history and drafts.
    pub data: PathBuf,
    /// What the user chose.
    pub config: PathBuf,
}

impl Places {
    /// Finds the places of the current user: below `DAPANJI_HOME` if it is set and not empty, else
    /// where the operating system wants them.
    pub fn of_user() -> Places {
        if let Some(home) = std::env::var_os(HOME_VARIABLE).filter(|home| !home.is_empty()) {
            return Places::under(Path::new(&home));
        }
        match etcetera::base_strategy::choose_native_strategy() {
            Ok(system) => Places {
                cache: system.cache_dir().join("dapanji"),
                data: system.data_dir().join("dapanji"),
                config: system.config_dir().join("dapanji"),
            },
            Err(error) => {
                let folder = std::env::temp_dir().join("dapanji");
                tracing::warn!(%error, folder = %folder.display(), "no home folder: using a temporary one");
                Places::under(&folder)
            }
        }
    }

    /// Puts all places below one folder.
    pub fn under(folder: &Path) -> Places {
        Places {
            cache: folder.join("cache"),
            data: folder.join("data"),
            config: folder.join("config"),
        }
    }

    /// The folder of a library's search index. `key` is `Library::key`.
    pub fn index_dir(&self, key: &str) -> PathBuf {
        self.cache.join("index").join(key)
    }

    /// The file of what was last read of a library's posts.
    pub fn summaries_file(&self, key: &str) -> PathBuf {
        self.cache.join("summaries").join(key)
    }

    /// The folder of a library's overwritten versions.
    pub fn history_dir(&self, key: &str) -> PathBuf {
        self.data.join("history").join(key)
    }

    /// The folder of texts that are being written and are in no post of a library yet.
    pub fn drafts_dir(&self, key: &str) -> PathBuf {
        self.data.join("drafts").join(key)
    }

    /// The folder of what is remembered of a library's entries.
    pub fn entries_dir(&self, key: &str) -> PathBuf {
        self.data.join("entries").join(key)
    }

    /// The folder of the locks that keep two processes from writing one post at once.
    pub fn locks_dir(&self) -> PathBuf {
        self.data.join("locks")
    }

    /// The user's settings that belong to no library.
    pub fn settings_file(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// Where the sample notebook is unpacked.
    pub fn sample_dir(&self) -> PathBuf {
        self.data.join("sample")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_libraries_are_apart() {
        let places = Places::under(Path::new("/home/나"));
        let all = [
            places.index_dir("a"),
            places.index_dir("b"),
            places.summaries_file("a"),
            places.history_dir("a"),
            places.drafts_dir("a"),
            places.entries_dir("a"),
            places.locks_dir(),
            places.settings_file(),
            places.sample_dir(),
        ];
        for (at, place) in all.iter().enumerate() {
            assert!(place.starts_with("/home/나"), "{}", place.display());
            assert!(all.iter().skip(at + 1).all(|other| !other.starts_with(place)));
        }
    }
}
