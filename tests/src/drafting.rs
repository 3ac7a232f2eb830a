//! Texts of drafts that tell by themselves whether they are whole.

/// Lines of the longest text.
const MOST_LINES: usize = 400;

/// The text of the draft with this number. Lengths rise and fall, so that a torn one would show.
pub fn text(nth: usize) -> String {
    let lines = nth.wrapping_mul(7919) % MOST_LINES;
    let line = format!("동시에 쓰는 글 {nth}번째\n");
    format!("{nth}\n{}끝 {nth}", line.repeat(lines))
}

/// The number of a draft; none if the text is not whole.
pub fn number(found: &str) -> Option<usize> {
    let nth = found.lines().next()?.parse().ok()?;
    (text(nth) == found).then_some(nth)
}
