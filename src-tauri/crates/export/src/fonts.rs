//! The fonts in `assets/fonts`, parsed once a process, and what they can show.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontVariant, FontVariations};
use typst::utils::LazyHash;
use unicode_normalization::UnicodeNormalization as _;

use crate::notes::Notes;

/// The bundled fonts.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
    /// One bit for each code point, set where some font has a glyph.
    covered: Vec<u64>,
    /// Advance of each character of the basic plane in the usual font, in thousandths of an em.
    advances: Vec<u16>,
}

/// Invariant: every file parses (a test holds it), and the order is the order of fallback.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let files: [&'static [u8]; 9] = [
        include_bytes!("../../../../assets/fonts/Pretendard-Regular.otf"),
        include_bytes!("../../../../assets/fonts/Pretendard-SemiBold.otf"),
        include_bytes!("../../../../assets/fonts/Pretendard-Bold.otf"),
        include_bytes!("../../../../assets/fonts/NanumMyeongjo.ttf"),
        include_bytes!("../../../../assets/fonts/NanumMyeongjoBold.ttf"),
        include_bytes!("../../../../assets/fonts/D2Coding-Regular.ttf"),
        include_bytes!("../../../../assets/fonts/D2Coding-Bold.ttf"),
        include_bytes!("../../../../assets/fonts/NotoEmoji-Regular.ttf"),
        include_bytes!("../../../../assets/fonts/STIXMath-Regular.otf"),
    ];
    let fonts: Vec<Font> =
        files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    let mut covered = vec![0u64; 0x11_0000 / 64];
    for font in &fonts {
        let face = font.clone().instantiate(
            FontVariant::default(),
            Abs::pt(10.0),
            &FontVariations::default(),
        );
        for point in font.info().coverage.iter() {
            // D2Coding lists characters that it then maps to the glyph for unknown ones.
            let glyph = char::from_u32(point).and_then(|c| face.ttf().glyph_index(c));
            if let (Some(1..), Some(word)) =
                (glyph.map(|glyph| glyph.0), covered.get_mut(point as usize / 64))
            {
                *word |= 1 << (point % 64);
            }
        }
    }
    let advances = advances(fonts.get(1).or(fonts.first()));
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, covered, advances }
});

/// Measures a font; characters it lacks are as wide as an em.
fn advances(font: Option<&Font>) -> Vec<u16> {
    let mut all = vec![EM; 0x1_0000];
    let Some(font) = font else { return all };
    let face =
        font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default());
    let units = u32::from(face.ttf().units_per_em()).max(1);
    for (point, advance) in (0u32..).zip(&mut all) {
        let glyph = char::from_u32(point).and_then(|c| face.ttf().glyph_index(c));
        if let Some(width) = glyph.and_then(|glyph| face.ttf().glyph_hor_advance(glyph)) {
            *advance = u16::try_from(u32::from(width) * u32::from(EM) / units).unwrap_or(EM);
        }
    }
    all
}

/// Thousandths of an em.
const EM: u16 = 1000;

/// Returns the width of `text` in em, as it is in the semibold face.
pub(crate) fn width(text: &str) -> f64 {
    let advance = |c: char| FONTS.advances.get(c as usize).copied().unwrap_or(EM);
    text.chars().map(|c| f64::from(advance(c)) / f64::from(EM)).sum()
}

/// Returns the width of `text` in em of the text around it, as it is in the code face.
pub(crate) fn code_width(text: &str) -> f64 {
    // Half an em for Latin, in letters that are 1.14 times as large.
    text.chars().map(|c| if c.is_ascii() { 0.57 } else { 1.14 }).sum()
}

impl Fonts {
    fn shows(&self, c: char) -> bool {
        self.covered.get(c as usize / 64).is_some_and(|word| word >> (c as u32 % 64) & 1 == 1)
    }
}

/// Stands for a character no font has.
const UNKNOWN: char = '□';

/// Returns `text` as it can be printed: composed, without invisible characters, and with a box
/// for each character no font has, which is noted.
pub(crate) fn printable(text: &str, notes: &mut Notes) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push(' '),
            '\t' | '\n' => out.push(c),
            _ if is_invisible(c) || crate::marking::is_sign(c) => {}
            _ if FONTS.shows(c) => out.push(c),
            _ => {
                notes.glyph(c);
                out.push(UNKNOWN);
            }
        }
    }
    out
}

/// Control characters, marks of direction, joiners and selectors: nothing to print.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    fn check(input: &str, expect: &str) {
        assert_eq!(printable(input, &mut Notes::new(Language::Ko)), expect);
    }

    #[test]
    fn all_files_parse() {
        let families: Vec<_> = FONTS.fonts.iter().map(|font| font.info().family.as_str()).collect();
        assert_eq!(
            families,
            [
                "Pretendard",
                "Pretendard",
                "Pretendard",
                "NanumMyeongjo",
                "NanumMyeongjo",
                "D2Coding",
                "D2Coding",
                "Noto Emoji",
                "STIX Math"
            ],
        );
    }

    #[test]
    fn hangul_latin_hanja_and_common_signs_have_glyphs() {
        let text = "동시성 뷁 Redis ≥ → ✓ • ☐ ☑ ─ ├ 漢字 “따옴표” … · ① 🎉 🚀 ✅ ❌ ⚠ 💡 ∑ ∈";
        check(text, text);
    }

    #[test]
    fn jamo_are_composed() {
        check("\u{1103}\u{1169}\u{11bc}", "동");
    }

    #[test]
    fn the_invisible_is_left_out() {
        check("가\u{200b}나\u{feff}다\u{8}\u{2060}", "가나다");
        check("✓\u{fe0f}", "✓");
    }

    #[test]
    fn the_unknown_is_boxed_and_noted() {
        let mut notes = Notes::new(Language::Ko);
        assert_eq!(printable("끝\u{13000}", &mut notes), "끝□");
        let list = notes.finish();
        assert_eq!(list.len(), 1);
        assert!(list[0].contains("\u{13000} (U+13000)"), "{list:?}");
    }
}
