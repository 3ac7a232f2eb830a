//! Names new posts.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use crate::dates;

/// Bytes of the longest name: file systems allow 255, and sync tools add to names.
const NAME_MOST: usize = 200;

/// Returns a file name for a post, `2025-04-09-기술-면접.md`: the date and the title's letters and
/// digits, composed (NFC) and in lower case, with hyphens (or, as the sibling's name has them,
/// underscores) for what is between them.
///
/// Without a title, or with one that has no letters, the sibling's words stand for it. The caller
/// sees to it that no post has that name already.
pub fn new_post_name(date: Date, title: Option<&str>, sibling_name: Option<&str>) -> String {
    let (words, ending) = sibling_name.map(split).unwrap_or_default();
    let joint = if words.contains('_') && !words.contains('-') { '_' } else { '-' };
    let ending = if ending.is_empty() { ".md" } else { ending };
    let room = NAME_MOST - "0000-00-00-".len() - ending.len();
    let slug = title.map(|title| slug(title, joint, room)).filter(|slug| !slug.is_empty());
    let of_sibling = || Some(words.nfc().collect::<String>()).filter(|words| !words.is_empty());
    let slug = slug.or_else(of_sibling).unwrap_or_else(|| "daily-interview".to_owned());
    format!("{date}-{slug}{ending}")
}

/// Splits a file name into what follows its date, and its ending.
fn split(name: &str) -> (&str, &str) {
    let (stem, ending) = match name.rfind('.') {
        Some(dot) if matches!(name.get(dot..), Some(".md" | ".markdown")) => name.split_at(dot),
        _ => (name, ""),
    };
    let words = dates::leading(stem).and_then(|_| stem.get("0000-00-00".len()..));
    let words = words.unwrap_or(stem).trim_matches(['-', '_', ' ']);
    (words, ending)
}

/// The letters and digits of a title, at the most `room` bytes.
fn slug(title: &str, joint: char, room: usize) -> String {
    let mut slug = String::new();
    let mut parted = false;
    for c in title.nfc().flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            parted = true;
            continue;
        }
        let gap = if parted && !slug.is_empty() { joint.len_utf8() } else { 0 };
        if slug.len() + gap + c.len_utf8() > room {
            break;
        }
        if gap > 0 {
            slug.push(joint);
        }
        slug.push(c);
        parted = false;
    }
    slug
}
