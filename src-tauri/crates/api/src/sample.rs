//! The sample notebook: a copy of its own for each user, to be written in.

use std::fs;
use std::path::PathBuf;

use dapanji_library::{Library, Places};

use crate::error::{ApiError, Code};

/// The files of the sample notebook, by their path in it.
const FILES: [(&str, &str); 4] = [
    ("README.md", include_str!("../../../../assets/sample/README.md")),
    (
        "_posts/2025-05-12-매일-면접-답변-1주차.md",
        include_str!("../../../../assets/sample/_posts/2025-05-12-매일-면접-답변-1주차.md"),
    ),
    (
        "_posts/2025-05-17-가상-면접-후기.md",
        include_str!("../../../../assets/sample/_posts/2025-05-17-가상-면접-후기.md"),
    ),
    (
        "_posts/2025-05-19-매일-면접-답변-2주차.md",
        include_str!("../../../../assets/sample/_posts/2025-05-19-매일-면접-답변-2주차.md"),
    ),
];

/// Returns the folder of the user's sample notebook, made at the first call. What the user wrote in
/// it stays.
///
/// # Errors
/// `WriteFailed` if it cannot be made.
pub fn sample_notebook(places: &Places) -> Result<PathBuf, ApiError> {
    let folder = places.sample_dir();
    if folder.is_dir() {
        return Ok(folder);
    }
    for (path, text) in FILES {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(|error| {
                let message = format!("cannot make {}: {error}", parent.display());
                ApiError::new(Code::WriteFailed, message).at(parent.display())
            })?;
        }
        Library::write_export(&file, text.as_bytes())?;
    }
    Ok(folder)
}
