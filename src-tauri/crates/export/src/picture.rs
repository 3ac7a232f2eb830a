//! Finds pictures inside the folder and makes sure Typst can show them.

use std::fs;
use std::path::{Path, PathBuf};

use typst::foundations::{Bytes, Content, Derived, NativeElement as _, Smart};
use typst::layout::{Abs, Length, Rel, Sizing};
use typst::loading::{DataSource, LoadSource, Loaded};
use typst::syntax::{Span, Spanned};
use typst::visualize::{
    ExchangeFormat, ImageElem, ImageFit, ImageFormat, RasterFormat, RasterImage, SvgImage,
    VectorFormat,
};

use crate::notes::Omission;

/// A picture that can be shown.
#[derive(Debug)]
pub(crate) struct Picture {
    /// The image element with its description.
    pub(crate) content: Content,
    /// Low enough to stand in a line of text.
    pub(crate) small: bool,
}

/// Why a picture is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Missing,
    Outside,
    Remote,
    Unreadable,
    TooLarge,
}

impl Refusal {
    pub(crate) fn omission(self, target: &str) -> Omission<'_> {
        match self {
            Refusal::Missing => Omission::PictureMissing(target),
            Refusal::Outside => Omission::PictureOutside(target),
            Refusal::Remote => Omission::PictureRemote(target),
            Refusal::Unreadable => Omission::PictureUnreadable(target),
            Refusal::TooLarge => Omission::PictureTooLarge(target),
        }
    }
}

/// The largest file read, in bytes.
const MOST_BYTES: u64 = 32 << 20;
/// The most pixels decoded; each takes four bytes.
const MOST_PIXELS: usize = 48_000_000;
/// Pictures up to this height, in pixels, stand in the line.
const LINE_PIXELS: f64 = 28.0;
/// Pictures higher than this, in points, are made lower.
const MOST_HEIGHT: f64 = 400.0;
/// Typst takes a pixel without a stated resolution for a point.
const POINTS_PER_PIXEL: f64 = 1.0;

/// Loads the picture a post in `folder` names `target`, from inside `root` only. Its place is `room`
/// points wide.
pub(crate) fn load(
    target: &str,
    alt: &str,
    folder: &Path,
    root: &Path,
    room: f64,
) -> Result<Picture, Refusal> {
    let path = locate(target, folder, root)?;
    let facts = fs::metadata(&path).map_err(|_| Refusal::Unreadable)?;
    if !facts.is_file() {
        return Err(Refusal::Unreadable);
    }
    if facts.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let bytes = Bytes::new(fs::read(&path).map_err(|_| Refusal::Unreadable)?);
    let (format, width, height) = examine(&bytes)?;
    let source = Spanned::new(LoadSource::Bytes, Span::detached());
    let loaded = Loaded::new(source, bytes.clone());
    let mut image = ImageElem::new(Derived::new(DataSource::Bytes(bytes), loaded))
        .with_format(Smart::Custom(format))
        .with_alt(Some(alt.into()))
        .with_fit(ImageFit::Contain);
    // One that is wider than its place becomes narrower, and lower with it.
    let part = (room / (width * POINTS_PER_PIXEL).max(1.0)).min(1.0);
    if height * POINTS_PER_PIXEL * part > MOST_HEIGHT {
        let height = Rel::from(Length::from(Abs::pt(MOST_HEIGHT)));
        image = image.with_height(Sizing::Rel(height));
    }
    Ok(Picture { content: image.pack(), small: height <= LINE_PIXELS })
}

/// Finds the file that a post in `folder` means by the address `target`: one inside `root`.
pub fn file_of(target: &str, folder: &Path, root: &Path) -> Option<PathBuf> {
    locate(target, folder, root).ok()
}

/// Finds the file `target` names: relative to `folder`, or to `root` if it begins with a slash
/// or is not there.
fn locate(target: &str, folder: &Path, root: &Path) -> Result<PathBuf, Refusal> {
    let target = without_liquid(target);
    let target = target.trim();
    let lower = target.to_ascii_lowercase();
    if lower.starts_with("//") || lower.contains("://") || lower.starts_with("data:") {
        return Err(Refusal::Remote);
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decoded(path);
    if path.contains('\0') || path.trim_matches('/').is_empty() {
        return Err(Refusal::Missing);
    }
    let root = root.canonicalize().map_err(|_| Refusal::Missing)?;
    let relative = path.trim_start_matches('/');
    let at_folder = (!path.starts_with('/')).then(|| folder.join(relative));
    let mut refusal = Refusal::Missing;
    for candidate in at_folder.into_iter().chain([root.join(relative)]) {
        if let Ok(found) = candidate.canonicalize() {
            if found.starts_with(&root) {
                return Ok(found);
            }
            refusal = Refusal::Outside;
        }
    }
    Err(refusal)
}

/// Drops `{{ site.baseurl }}` and the like; what is left begins with a slash.
fn without_liquid(target: &str) -> String {
    let mut out = String::new();
    let mut rest = target;
    while let Some((before, found)) = rest.split_once("{{") {
        out.push_str(before);
        rest = found.split_once("}}").map_or("", |(_, after)| after);
    }
    out + rest
}

fn percent_decoded(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

/// Returns a picture's format, its width and its height in pixels, having made sure that it decodes.
fn examine(bytes: &Bytes) -> Result<(ImageFormat, f64, f64), Refusal> {
    let format = ImageFormat::detect(bytes).or_else(|| {
        let text = bytes.as_str().ok()?;
        text.contains("<svg").then_some(ImageFormat::Vector(VectorFormat::Svg))
    });
    match format {
        Some(ImageFormat::Raster(RasterFormat::Exchange(exchange))) => {
            let size = imagesize::blob_size(bytes).map_err(|_| Refusal::Unreadable)?;
            if size.width.saturating_mul(size.height) > MOST_PIXELS {
                return Err(Refusal::TooLarge);
            }
            let image = raster(bytes, exchange)?;
            let (width, height) = (f64::from(image.width()), f64::from(image.height()));
            Ok((ImageFormat::Raster(exchange.into()), width, height))
        }
        Some(ImageFormat::Vector(VectorFormat::Svg)) => {
            let text = bytes.as_str().map_err(|_| Refusal::Unreadable)?;
            if links_out(text) {
                return Err(Refusal::Unreadable);
            }
            let svg = SvgImage::new(bytes.clone()).map_err(|_| Refusal::Unreadable)?;
            Ok((ImageFormat::Vector(VectorFormat::Svg), svg.width(), svg.height()))
        }
        _ => Err(Refusal::Unreadable),
    }
}

fn raster(bytes: &Bytes, format: ExchangeFormat) -> Result<RasterImage, Refusal> {
    RasterImage::plain(bytes.clone(), format).map_err(|_| Refusal::Unreadable)
}

/// Says whether a drawing includes other files, which Typst would look for and fail. Names may have
/// any prefix, as a drawing can bind its own; and what entities stand for is not looked into.
fn links_out(svg: &str) -> bool {
    let has_entities = svg.contains("<!ENTITY") && svg.to_ascii_lowercase().contains("image");
    has_entities
        || svg.split('<').skip(1).any(|tag| {
            let name = tag.split([' ', '\t', '\n', '\r', '/', '>']).next().unwrap_or_default();
            let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
            matches!(name.as_str(), "image" | "feimage") && leads_out(tag)
        })
}

/// Says whether an element has an address that is more than data of its own.
fn leads_out(tag: &str) -> bool {
    tag.split("href").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('=')).any(|value| {
        let value = value.trim_start().trim_start_matches(['"', '\'']).trim_start();
        !value.starts_with("data:")
    })
}

#[cfg(test)]
mod tests {
    use typst::foundations::Repr as _;

    use super::*;

    const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><path d='M0 0h9v9z'/></svg>";

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            #[expect(clippy::disallowed_methods, reason = "a fixture, not a post")]
            fs::write(path, bytes).unwrap();
        };
        put("root/posts/a.svg", DRAWING.as_bytes());
        put("root/posts/한글 이름.svg", DRAWING.as_bytes());
        put("root/assets/b.svg", DRAWING.as_bytes());
        put("root/posts/fake.png", b"no picture");
        put(
            "root/posts/out.svg",
            DRAWING.replace("<path", "<image href='/etc/passwd'/><path").as_bytes(),
        );
        for (name, image) in [
            ("prefix.svg", "<s:image xmlns:s='http://www.w3.org/2000/svg' href='/etc/passwd'/>"),
            ("link.svg", "<image xmlns:y='http://www.w3.org/1999/xlink' y:href = '/etc/passwd'/>"),
            ("own.svg", "<image href='data:image/png;base64,AAAA'/>"),
        ] {
            put(
                &format!("root/posts/{name}"),
                DRAWING.replace("<path", &format!("{image}<path")).as_bytes(),
            );
        }
        let entity = format!("<!DOCTYPE svg [<!ENTITY i \"<image href='a.svg'/>\">]>{DRAWING}");
        put("root/posts/entity.svg", entity.replace("<path", "&i;<path").as_bytes());
        put("secret.svg", DRAWING.as_bytes());
        folder
    }

    #[test]
    fn pictures_come_from_inside_the_folder() {
        let folder = folder();
        let root = folder.path().join("root");
        let check = |target: &str, expect: Result<(), Refusal>| {
            let found = load(target, "그림", &root.join("posts"), &root, 400.0).map(|_| ());
            assert_eq!(found, expect, "{target}");
        };
        check("a.svg", Ok(()));
        check("./a.svg?x=1#y", Ok(()));
        check("%ED%95%9C%EA%B8%80%20%EC%9D%B4%EB%A6%84.svg", Ok(()));
        check("../assets/b.svg", Ok(()));
        check("/assets/b.svg", Ok(()));
        check("{{ site.baseurl }}/assets/b.svg", Ok(()));
        check("../../secret.svg", Err(Refusal::Outside));
        check("/../secret.svg", Err(Refusal::Outside));
        check("/etc/passwd", Err(Refusal::Missing));
        check("https://example.com/a.svg", Err(Refusal::Remote));
        check("//example.com/a.svg", Err(Refusal::Remote));
        check("none.svg", Err(Refusal::Missing));
        check("", Err(Refusal::Missing));
        check(".", Err(Refusal::Unreadable));
        check("fake.png", Err(Refusal::Unreadable));
        for name in ["out.svg", "prefix.svg", "link.svg", "entity.svg"] {
            check(name, Err(Refusal::Unreadable));
        }
        check("own.svg", Ok(()));
    }

    #[test]
    fn only_what_stays_high_in_its_place_is_made_lower() {
        let folder = tempfile::tempdir().unwrap();
        let check = |width: u32, height: u32, room: f64, is_set: bool| {
            let drawing = DRAWING.replacen("'40'", &format!("'{width}'"), 1);
            let drawing = drawing.replacen("'40'", &format!("'{height}'"), 1);
            #[expect(clippy::disallowed_methods, reason = "a fixture, not a post")]
            fs::write(folder.path().join("a.svg"), drawing).unwrap();
            let picture = load("a.svg", "그림", folder.path(), folder.path(), room).unwrap();
            let shown = picture.content.repr();
            assert_eq!(shown.contains("400pt"), is_set, "{width} × {height}: {shown}");
        };
        check(1600, 700, 445.0, false);
        check(300, 700, 445.0, true);
        check(300, 200, 445.0, false);
    }
}
