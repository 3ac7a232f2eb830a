//! Pictures that come into the folder beside posts: made once, never replaced.

use std::io;

use super::{folder_of, refused, stage};
use crate::error::SaveError;
use crate::files;
use crate::library::Library;
use crate::path::PostPath;

/// How a picture's file may end.
const ENDINGS: [&str; 5] = [".png", ".jpg", ".gif", ".webp", ".svg"];

impl Library {
    /// Writes a picture for a post as a new file. `path` is relative to the folder, its parts
    /// separated by `/`. Returns whether it was written: a file with just these bytes may be there
    /// already.
    ///
    /// # Errors
    /// `Exists` if the name belongs to another file, `Outside` if it would not lie below the folder;
    /// else as [`Library::create`]. Errors name the post.
    pub fn add_picture(
        &self,
        post: &PostPath,
        path: &str,
        bytes: &[u8],
    ) -> Result<bool, SaveError> {
        let outside = || SaveError::Outside { path: post.clone() };
        let is_part = |part: &str| {
            let wrong = |c: char| c.is_control() || matches!(c, '\\' | ':');
            !part.is_empty() && !part.starts_with('.') && !part.contains(wrong)
        };
        let named = ENDINGS.iter().any(|ending| path.ends_with(ending));
        if !named || !path.split('/').all(is_part) {
            return Err(outside());
        }
        let _writing = self.writing();
        let io = |source| SaveError::Io { path: post.clone(), source };
        let file = self.root().join(path.split('/').collect::<std::path::PathBuf>());
        self.check_new(post, &file)?;
        let _lock = self.lock_file(post, &file)?;
        match files::link_metadata(&file) {
            Ok(facts) if facts.is_file() => {
                let limit = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_add(1);
                let there = files::open(&file).and_then(|mut file| file.read_to_end(limit));
                return match there {
                    Ok(there) if there == bytes => Ok(false),
                    _ => Err(SaveError::Exists { path: post.clone() }),
                };
            }
            Ok(_) => return Err(SaveError::Exists { path: post.clone() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(io(source)),
        }
        let folder = folder_of(&file).map_err(io)?;
        let made = files::make_folders(folder).map_err(|error| refused(post, folder, error))?;
        let created = stage(post, folder, bytes, None).and_then(|staged| {
            staged.persist_noclobber(&file).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => SaveError::Exists { path: post.clone() },
                _ => refused(post, folder, error),
            })
        });
        if let Err(error) = created {
            files::remove_folders(&made);
            return Err(error);
        }
        files::sync_folder(folder);
        Ok(true)
    }
}
