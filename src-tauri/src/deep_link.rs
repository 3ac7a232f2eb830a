//! Links to an entry: `dapanji://entry/KEY`, and `dapanji://entry/KEY?folder=FOLDER` where it is in
//! another folder than the one that is open.
//!
//! Anyone can write one, on any page of the web. So one opens nothing but what was open before: FOLDER
//! names one of the recent folders, by its path or by its last part.

use std::path::Path;

use dapanji_api::{ApiError, Code};
use tauri::Url;

/// The scheme of our links.
pub(crate) const SCHEME: &str = "dapanji";

/// Longest key there is room for, in bytes; those that are made are shorter.
const LONGEST_KEY: usize = 128;

/// What a link asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DeepLink {
    /// Key of an entry, or its beginning.
    pub(crate) entry: String,
    /// A recent folder's path, or the last part of it; none is the folder that is open.
    pub(crate) folder: Option<String>,
}

impl DeepLink {
    /// Reads a link. Whatever is not exactly of the form above is refused.
    ///
    /// # Errors
    /// `LinkRefused`.
    pub(crate) fn parse(link: &str) -> Result<Self, ApiError> {
        Self::read(link).ok_or_else(|| {
            let shown: String = link.chars().take(200).collect();
            ApiError::new(Code::LinkRefused, format!("not a link to a question: {shown}"))
        })
    }

    fn read(link: &str) -> Option<Self> {
        let url = Url::parse(link).ok()?;
        let plain = url.username().is_empty()
            && url.password().is_none()
            && url.port().is_none()
            && url.fragment().is_none();
        if url.scheme() != SCHEME || url.host_str() != Some("entry") || !plain {
            return None;
        }
        let entry = url.path().strip_prefix('/')?;
        let is_of_key = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if entry.is_empty() || entry.len() > LONGEST_KEY || !entry.bytes().all(is_of_key) {
            return None;
        }
        // Nothing that was put right on the way, such as `..`.
        let rest = link.split_once(':')?.1.strip_prefix("//entry/")?.strip_prefix(entry)?;
        if !(rest.is_empty() || rest.starts_with('?')) {
            return None;
        }
        let mut folder = None;
        for (name, value) in url.query_pairs() {
            if name != "folder" || folder.is_some() || value.is_empty() {
                return None;
            }
            folder = Some(value.into_owned());
        }
        Some(Self { entry: entry.to_owned(), folder })
    }

    /// Finds the folder it is about among the recent ones, the last opened first.
    ///
    /// # Errors
    /// `LinkRefused`, with the name, if none of them is meant.
    pub(crate) fn folder_among<'a>(
        &self,
        recent: &'a [String],
    ) -> Result<Option<&'a str>, ApiError> {
        let Some(wanted) = &self.folder else { return Ok(None) };
        let by_path = recent.iter().find(|folder| *folder == wanted);
        let has_name = |folder: &&String| {
            Path::new(folder).file_name().is_some_and(|name| name == wanted.as_str())
        };
        let found = by_path.or_else(|| recent.iter().find(has_name));
        found.map(|folder| Some(folder.as_str())).ok_or_else(|| {
            let message = format!("a link is about a folder that was never open here: {wanted}");
            ApiError { path: Some(wanted.clone()), ..ApiError::new(Code::LinkRefused, message) }
        })
    }
}

/// Writes the link to an entry of a folder.
pub(crate) fn link_to(entry: &str, folder: &str) -> Option<String> {
    let mut url = Url::parse(&format!("{SCHEME}://entry/{entry}")).ok()?;
    url.query_pairs_mut().append_pair("folder", folder);
    let link = String::from(url);
    // What could not be read again is no link.
    DeepLink::read(&link).map(|_| link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(entry: &str, folder: Option<&str>) -> DeepLink {
        DeepLink { entry: entry.to_owned(), folder: folder.map(str::to_owned) }
    }

    #[test]
    fn links_of_entries_are_read() {
        let check = |text: &str, expect: DeepLink| {
            assert_eq!(DeepLink::parse(text).unwrap(), expect, "{text}");
        };
        check("dapanji://entry/20250409-abc", link("20250409-abc", None));
        check("DAPANJI://entry/20250409-abc", link("20250409-abc", None));
        check("dapanji://entry/a?folder=notes", link("a", Some("notes")));
        check(
            "dapanji://entry/a?folder=%EB%8B%B5%20%EB%85%B8%ED%8A%B8",
            link("a", Some("답 노트")),
        );
        check("dapanji://entry/a?folder=%2Fhome%2Fa%2Fnotes", link("a", Some("/home/a/notes")));
        let written = link_to("20250409-abc", "/home/나/답 노트&?#").unwrap();
        check(&written, link("20250409-abc", Some("/home/나/답 노트&?#")));
        assert_eq!(link_to("a/b", "c"), None);
    }

    #[test]
    fn whatever_else_is_refused() {
        let long = format!("dapanji://entry/{}", "a".repeat(LONGEST_KEY + 1));
        for text in [
            "",
            "dapanji:",
            "dapanji://",
            "dapanji://entry",
            "dapanji://entry/",
            "dapanji:entry/a",
            "dapanji:///entry/a",
            "dapanji://open/a",
            "dapanji://entry/a/b",
            "dapanji://entry/../a",
            "dapanji://entry/%2e%2e",
            "dapanji://entry/a%2Fb",
            "dapanji://entry/가",
            "dapanji://entry/a b",
            "dapanji://entry/a#b",
            "dapanji://entry:80/a",
            "dapanji://me@entry/a",
            "dapanji://me:pw@entry/a",
            "dapanji://entry/a?path=/etc",
            "dapanji://entry/a?folder=",
            "dapanji://entry/a?folder=b&folder=c",
            "dapanji://entry/a?folder=b&post=c",
            "https://entry/a",
            "file:///etc/passwd",
            long.as_str(),
        ] {
            assert_eq!(DeepLink::parse(text).unwrap_err().code, Code::LinkRefused, "{text}");
        }
    }

    #[test]
    fn a_link_opens_only_what_was_open_before() {
        let recent = ["/home/a/notes", "/srv/notes", "/home/a/blog/_posts"].map(str::to_owned);
        let check = |folder: Option<&str>, expect: Option<Option<&str>>| {
            let found = link("a", folder).folder_among(&recent);
            assert_eq!(found.ok(), expect, "{folder:?}");
        };
        check(None, Some(None));
        check(Some("notes"), Some(Some("/home/a/notes")));
        check(Some("/srv/notes"), Some(Some("/srv/notes")));
        check(Some("_posts"), Some(Some("/home/a/blog/_posts")));
        for other in ["/etc", "/srv", "/srv/notes/..", "/srv/notes/", "blog", "..", "/", "Notes"] {
            check(Some(other), None);
        }
    }
}
