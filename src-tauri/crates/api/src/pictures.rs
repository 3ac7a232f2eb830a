//! Pictures in the folder: shown beside posts, and added to them.

use std::fs::File;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dapanji_library::{PostPath, Revision, SaveError};
use pulldown_cmark::{Event, Parser, Tag};

use crate::dto::{AddPictureRequest, PictureAdded};
use crate::error::{ApiError, Code};
use crate::notebook::Notebook;

/// The largest picture shown or added, in bytes.
const MOST_BYTES: usize = 12 << 20;

/// How many digits of its hash a picture is called by, and how many at most.
const DIGITS: [usize; 3] = [8, 16, 32];

/// The kinds of pictures: how their files begin, how they end, and what they are called.
const KINDS: [(&[u8], &str, &str); 4] = [
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"RIFF", "webp", "image/webp"),
];

impl Notebook {
    /// Returns a picture of the folder, as the post `post` means it by `address`, as a `data:` URL.
    /// None where there is no such picture, it lies outside, or is too large.
    ///
    /// # Errors
    /// `Unreadable` if there is no such post.
    pub fn picture(&self, post: &str, address: &str) -> Result<Option<String>, ApiError> {
        let post = self.post_path(post)?;
        let (folder, root) = (self.folder_of(&post), self.library.root());
        let Some(file) = dapanji_export::picture_file(address, &folder, root) else {
            return Ok(None);
        };
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let read = File::open(&file).and_then(|file| {
            // A pipe or device would never end, or do something.
            let is_file = file.metadata()?.is_file();
            if is_file { file.take(most + 1).read_to_end(&mut bytes) } else { Ok(0) }
        });
        if read.is_err() || bytes.is_empty() || bytes.len() > MOST_BYTES {
            return Ok(None);
        }
        let kind = kind_of(&bytes).map(|(_, kind)| kind).or_else(|| is_svg(&bytes));
        Ok(kind.map(|kind| format!("data:{kind};base64,{}", STANDARD.encode(&bytes))))
    }

    /// Writes a picture beside the others of a post, and tells how the post links to it. It is called
    /// by the day and by what it holds, so the same picture is one file, and no file is replaced.
    ///
    /// # Errors
    /// `InvalidRequest` if it is no picture, or too large; `Unreadable` if there is no such post;
    /// `WriteFailed` and the other errors of saving.
    pub fn add_picture(&self, request: &AddPictureRequest) -> Result<PictureAdded, ApiError> {
        let post = self.post_path(&request.post)?;
        let invalid = |what: &str| {
            ApiError::new(Code::InvalidRequest, format!("cannot add the picture: {what}")).at(&post)
        };
        // Four letters stand for three bytes.
        if request.data.len() / 4 * 3 > MOST_BYTES + 3 {
            return Err(invalid("it is larger than 12 MB"));
        }
        let bytes = STANDARD.decode(&request.data).map_err(|_| invalid("it is not base64"))?;
        let (ending, _) =
            kind_of(&bytes).ok_or_else(|| invalid("it is no PNG, JPEG, GIF or WebP"))?;
        let place = self.pictures_of(&post)?;
        let hash = Revision::of(&bytes).to_string();
        let today = self.today();
        for digits in DIGITS {
            let name = format!("{today}-{}.{ending}", hash.get(..digits).unwrap_or(&hash));
            let path = format!("{}{name}", place.folder);
            match self.library.add_picture(&post, &path, &bytes) {
                Ok(_) => return Ok(PictureAdded { path, link: format!("{}{name}", place.link) }),
                Err(SaveError::Exists { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(invalid("every name for it is taken"))
    }

    /// Where the pictures of a post are.
    fn pictures_of(&self, post: &PostPath) -> Result<Place, ApiError> {
        let (read, _) = self.read_known(post)?;
        if let Some(place) = last_place(read.text(), post) {
            let inside = self.library.root().join(&place.folder).is_dir();
            if inside {
                return Ok(place);
            }
        }
        let name = post.file_name();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_start_matches('.');
        let root = self.library.root();
        let above = post.as_str().strip_suffix(name).unwrap_or_default();
        // A site has its pictures at its root: a link from a post's own folder leads nowhere there.
        let site = above.starts_with("_posts/") || root.join("_config.yml").is_file();
        let folder =
            if site { format!("assets/{stem}/") } else { format!("{above}assets/{stem}/") };
        let link = if site { format!("/{folder}") } else { format!("assets/{stem}/") };
        Ok(Place { folder, link: encoded(&link) })
    }
}

/// A folder for pictures.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    /// Relative to the library's root, with `/` at the end; empty for the root.
    folder: String,
    /// What a link has before the file's name.
    link: String,
}

/// Where the last local picture that a post shows is.
fn last_place(text: &str, post: &PostPath) -> Option<Place> {
    let pictures = Parser::new(text).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url),
        _ => None,
    });
    let above = post.as_str().strip_suffix(post.file_name()).unwrap_or_default();
    let place = |address: &str| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
        let (link, _) = address.rsplit_once('/')?;
        let link = format!("{link}/");
        // One that is written in another way than it lies on the disk is no example.
        if !link.chars().all(plain) || link.starts_with("//") {
            return None;
        }
        let bare = link.strip_prefix("./").unwrap_or(&link);
        let folder = match bare.strip_prefix('/') {
            Some(from_root) => from_root.to_owned(),
            None => format!("{above}{bare}"),
        };
        let parts = |part: &str| !part.starts_with('.') && !part.is_empty();
        let inside = folder.trim_end_matches('/').split('/').all(parts);
        inside.then_some(Place { folder, link })
    };
    pictures.filter_map(|address| place(&address)).last()
}

/// An address that ends where it should in a markdown link.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        let plain =
            !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~');
        if plain && !c.is_whitespace() {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// How a picture's file ends, and what it is called.
fn kind_of(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let is = |(start, ending, _): &&(&[u8], &str, &str)| {
        bytes.starts_with(start) && (*ending != "webp" || bytes.get(8..12) == Some(b"WEBP"))
    };
    KINDS.iter().find(is).map(|(_, ending, kind)| (*ending, *kind))
}

/// A drawing in a picture element runs nothing and fetches nothing.
fn is_svg(bytes: &[u8]) -> Option<&'static str> {
    let start = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
    (start.starts_with("<svg") || start.starts_with("<?xml") && start.contains("<svg"))
        .then_some("image/svg+xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_go_where_the_others_of_the_post_are() {
        let check = |text: &str, expect: Option<(&str, &str)>| {
            let post = PostPath::new("_posts/a.md").unwrap();
            let place = last_place(text, &post).map(|place| (place.folder, place.link));
            let expect = expect.map(|(folder, link)| (folder.to_owned(), link.to_owned()));
            assert_eq!(place, expect, "{text}");
        };
        check("![](/assets/img/a.png)", Some(("assets/img/", "/assets/img/")));
        check("![](그림/a.png)", Some(("_posts/그림/", "그림/")));
        check("![](./b/a.png)", Some(("_posts/b/", "./b/")));
        check("![](a/1.png)\n\n![](http://a.b/c/d.png)", Some(("_posts/a/", "a/")));
        check("![](../a/1.png)", None);
        check("![](a.png)", None);
        check("![](/../a/b.png)", None);
        check("![](/.git/b.png)", None);
        check("![](a%20b/c.png)", None);
    }

    #[test]
    fn addresses_end_where_they_should() {
        assert_eq!(encoded("/assets/2025-05 [답] (1)/"), "/assets/2025-05%20%5B답%5D%20%281%29/");
    }
}
