//! How the lines of a file end, while its text is edited without that.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The byte order mark, which some editors write before UTF-8.
const MARK: char = '\u{feff}';

/// A text with plain line endings and without a byte order mark.
pub(super) struct Plain {
    text: String,
    /// First bytes of the text it was made of that it has not, ascending.
    dropped: Vec<usize>,
}

impl Plain {
    pub(super) fn of(text: &str) -> Self {
        let mut plain = String::with_capacity(text.len());
        let mut dropped = Vec::new();
        let mut chars = text.char_indices().peekable();
        if chars.next_if(|(_, c)| *c == MARK).is_some() {
            dropped.extend(0..MARK.len_utf8());
        }
        while let Some((at, c)) = chars.next() {
            match c {
                '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => dropped.push(at),
                '\r' => plain.push('\n'),
                c => plain.push(c),
            }
        }
        Self { text: plain, dropped }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Where an offset of the text it was made of lies in this one (bytes).
    pub(super) fn offset(&self, original: usize) -> usize {
        original - self.dropped.partition_point(|dropped| *dropped < original)
    }

    /// The offset of the text it was made of, before what was dropped there (bytes).
    fn original(&self, offset: usize) -> usize {
        // Every dropped byte before the place moves it by one.
        let moved = self.dropped.iter().enumerate().take_while(|(n, at)| **at - n < offset).count();
        offset + moved
    }
}

/// What a file is to hold for `original` to become `edited`, whose lines end with `\n` alone.
///
/// The result reads as `edited`. Every line that stays keeps its ending and a byte order mark stays;
/// new lines end as most of the others do, and a line that takes the place of another ends like it.
pub(super) fn written(original: &str, edited: &str) -> String {
    let plain = Plain::of(original);
    if plain.text() == edited {
        return original.to_owned();
    }
    let usual = usual_ending(original);
    let uniform = usual == "\n" && !original.contains('\r')
        || usual == "\r\n" && !original.replace("\r\n", "").contains(['\r', '\n']);
    let text =
        if uniform { spliced(original, &plain, edited, usual) } else { by_lines(original, edited) };
    // Where endings of different kinds meet they may make one of two; the text is what counts then.
    if Plain::of(&text).text() == edited { text } else { edited.to_owned() }
}

/// Replaces the smallest stretch.
fn spliced(original: &str, plain: &Plain, edited: &str, ending: &str) -> String {
    let old = plain.text();
    let start = common(old.chars(), edited.chars());
    let rest = |text: &'_ str| text.get(start..).unwrap_or_default().len();
    let most = rest(old).min(rest(edited));
    let mut end = 0;
    for (a, b) in old.chars().rev().zip(edited.chars().rev()) {
        if a != b || end + a.len_utf8() > most {
            break;
        }
        end += a.len_utf8();
    }
    let new = edited.get(start..edited.len() - end).unwrap_or_default();
    let mark = original.starts_with(MARK).then_some(MARK.len_utf8()).unwrap_or_default();
    let from = plain.original(start).max(mark);
    let to = plain.original(old.len() - end).max(mark);
    let before = original.get(..from).unwrap_or_default();
    let after = original.get(to..).unwrap_or_default();
    format!("{before}{}{after}", new.replace('\n', ending))
}

/// How many bytes two texts begin with alike.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// Keeps the bytes of all lines that stay, where they end in different ways.
fn by_lines(original: &str, edited: &str) -> String {
    let usual = usual_ending(original);
    let (mark, body) = match original.strip_prefix(MARK) {
        Some(body) => ("\u{feff}", body),
        None => ("", original),
    };
    let old = lines(body);
    let new = lines(edited);
    let keys = |lines: &[(&'_ str, &'_ str)]| -> Vec<(String, bool)> {
        lines.iter().map(|(text, end)| ((*text).to_owned(), end.is_empty())).collect()
    };
    let mut out = String::from(mark);
    let mut put = |text: &str, ending: &str| {
        out.push_str(text);
        out.push_str(ending);
    };
    for op in capture_diff_slices(Algorithm::Myers, &keys(&old), &keys(&new)) {
        let (before, after) = (op.old_range(), op.new_range());
        let stays = matches!(op, DiffOp::Equal { .. });
        let of_old = old.get(before).unwrap_or_default();
        for (at, (text, ending)) in new.get(after).unwrap_or_default().iter().enumerate() {
            let theirs = of_old.get(at).map(|(_, ending)| *ending).filter(|end| !end.is_empty());
            put(text, if ending.is_empty() { "" } else { theirs.unwrap_or(usual) });
            debug_assert!(!stays || of_old.get(at).is_some_and(|(old, _)| old == text));
        }
    }
    out
}

/// The lines of a text, each with its ending.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        let (line, after) = rest.split_at(at);
        let length = if after.starts_with("\r\n") { 2 } else { 1 };
        let (ending, next) = after.split_at(length);
        lines.push((line, ending));
        rest = next;
    }
    if !rest.is_empty() {
        lines.push((rest, ""));
    }
    lines
}

/// How most lines end; `\n` where there are none.
fn usual_ending(text: &str) -> &'static str {
    let crlf = text.matches("\r\n").count();
    let lf = text.matches('\n').count() - crlf;
    let cr = text.matches('\r').count() - crlf;
    if crlf > lf && crlf >= cr {
        "\r\n"
    } else if cr > lf {
        "\r"
    } else {
        "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bytes_that_nobody_edited_stay() {
        for (original, edited, expect) in [
            ("가\n나  \n", "가\n나  \n", "가\n나  \n"),
            ("가\n나  \n다", "가\n나나  \n다", "가\n나나  \n다"),
            ("가\r\n나\r\n", "가\n나\n다\n", "가\r\n나\r\n다\r\n"),
            ("가\r\n나\r\n", "나\n", "나\r\n"),
            ("\u{feff}가\r\n나", "새\n가\n나", "\u{feff}새\r\n가\r\n나"),
            ("\u{feff}가", "", "\u{feff}"),
            ("\u{feff}", "가", "\u{feff}가"),
            // Different endings: each line that stays keeps its own.
            ("가\r\n나\n다\r\n라\n", "가\n나\n새\n다\n라!\n", "가\r\n나\n새\n다\r\n라!\n"),
            ("가\r\n나\n다\r\n", "가1\n나\n다2\n", "가1\r\n나\n다2\r\n"),
            ("가\r나\r다", "가\n나나\n다", "가\r나나\r다"),
            // A letter of two units, and halves that look alike.
            ("🔒", "🔓", "🔓"),
            ("각", "간", "간"),
            ("aa", "a", "a"),
            ("\r\n", "\n\n", "\r\n\r\n"),
        ] {
            assert_eq!(written(original, edited), expect, "{original:?} → {edited:?}");
        }
    }

    #[test]
    fn offsets_lead_there_and_back() {
        let text = "\u{feff}가\r\n나\r다";
        let plain = Plain::of(text);
        assert_eq!(plain.text(), "가\n나\n다");
        let at = text.find('다').unwrap_or_default();
        assert_eq!(plain.text().get(plain.offset(at)..), Some("다"));
        assert_eq!(plain.original(plain.offset(at)), at);
    }

    fn some_text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "가", "나 ", "\n", "\r\n", "\r", "  ", "# 다", "> ", "🔒", "a", "\u{feff}", "\t",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_saved_text_reads_as_it_was_edited(original in some_text(), edited in some_text()) {
            let edited = Plain::of(&edited).into_text();
            let saved = written(&original, &edited);
            let mark = if original.starts_with(MARK) { "" } else { &edited };
            // A mark that is typed at the very beginning is one from then on.
            if !mark.starts_with(MARK) {
                prop_assert_eq!(Plain::of(&saved).into_text(), edited);
            }
        }

        #[test]
        fn an_insertion_changes_nothing_else(original in some_text(), at in 0_usize..64, new in "[가-나a]{1,3}") {
            let plain = Plain::of(&original).into_text();
            let at = plain.char_indices().map(|(at, _)| at).nth(at).unwrap_or(plain.len());
            let (before, after) = plain.split_at(at);
            let saved = written(&original, &format!("{before}{new}{after}"));
            prop_assert_eq!(saved.len(), original.len() + new.len());
            let ends = |text: &str| text.matches(['\r', '\n']).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(ends(&saved), ends(&original));
        }
    }
}
