//! A post's summary as bytes and back: numbers of seven bits a byte, lowest first, texts behind their
//! lengths. What makes no sense gives no summary.

use dapanji_library::{Encoding, PostPath, Revision};
use dapanji_post::{AnswerState, ModelAnswerState};
use jiff::civil::Date;

use crate::dto::DiagnosticView;
use crate::snapshot::{EntrySummary, PostSummary, Reading};

const READ_ONLY: [Encoding; 3] = [Encoding::Cp949, Encoding::Utf16Le, Encoding::Utf16Be];
const ANSWERS: [AnswerState; 3] = [AnswerState::Empty, AnswerState::Draft, AnswerState::Written];
const MODELS: [ModelAnswerState; 3] =
    [ModelAnswerState::None, ModelAnswerState::Placeholder, ModelAnswerState::Written];

/// Most bytes that a number takes.
const LONGEST_NUMBER: u32 = 10;

/// Items that room is made for before they are read.
const MOST_AT_ONCE: usize = 256;

/// Appends what is kept of a post besides its path, revision and stamp.
pub(super) fn write(bytes: &mut Vec<u8>, post: &PostSummary) {
    // All fields by name: a new one has to be kept, or left out on purpose.
    let PostSummary {
        path: _,
        revision: _,
        read_only,
        title,
        date,
        entries,
        bare_days,
        diagnostics,
        unreadable: _,
        prints: _,
        reading: _,
    } = post;
    let read_only = READ_ONLY.iter().position(|encoding| Some(encoding.name()) == *read_only);
    push_place(bytes, read_only.map_or(0, |at| at + 1));
    push_text(bytes, title);
    push_date(bytes, *date);
    push_place(bytes, entries.len());
    for entry in entries {
        write_entry(bytes, entry);
    }
    push_place(bytes, bare_days.len());
    bare_days.iter().for_each(|date| push_date(bytes, Some(*date)));
    push_place(bytes, diagnostics.len());
    for DiagnosticView { line, code, message } in diagnostics {
        push_number(bytes, u64::from(*line));
        push_text(bytes, code);
        push_text(bytes, message);
    }
}

fn write_entry(bytes: &mut Vec<u8>, entry: &EntrySummary) {
    let EntrySummary {
        base_key,
        // What other posts and the logs of keys have a say in.
        slot: _,
        id: _,
        date,
        question,
        categories,
        topic,
        state,
        model,
        number,
    } = entry;
    push_text(bytes, base_key);
    push_date(bytes, *date);
    push_text(bytes, question);
    push_place(bytes, categories.len());
    categories.iter().for_each(|category| push_text(bytes, category));
    push_place(bytes, usize::from(topic.is_some()));
    topic.iter().for_each(|topic| push_text(bytes, topic));
    push_place(bytes, ANSWERS.iter().position(|other| other == state).unwrap_or_default());
    push_place(bytes, MODELS.iter().position(|other| other == model).unwrap_or_default());
    push_number(bytes, u64::from(*number));
}

/// Reads what [`write()`] made, to the last byte.
pub(super) fn read(
    mut bytes: &[u8],
    path: &PostPath,
    revision: Revision,
    reading: Reading,
) -> Option<PostSummary> {
    let rest = &mut bytes;
    let read_only = match take_place(rest)?.checked_sub(1) {
        Some(at) => Some(READ_ONLY.get(at)?.name()),
        None => None,
    };
    let post = PostSummary {
        path: path.clone(),
        revision: Some(revision),
        read_only,
        title: take_text(rest)?,
        date: take_date(rest)?,
        entries: take_list(rest, read_entry)?,
        bare_days: take_list(rest, |rest| take_date(rest)?)?,
        diagnostics: take_list(rest, |rest| {
            let line = u32::try_from(take_number(rest)?).ok()?;
            Some(DiagnosticView { line, code: take_text(rest)?, message: take_text(rest)? })
        })?,
        unreadable: None,
        prints: None,
        reading: Some(reading),
    };
    rest.is_empty().then_some(post)
}

fn read_entry(rest: &mut &[u8]) -> Option<EntrySummary> {
    Some(EntrySummary {
        base_key: take_text(rest)?,
        slot: 1,
        id: String::new(),
        date: take_date(rest)?,
        question: take_text(rest)?,
        categories: take_list(rest, take_text)?,
        topic: match take_place(rest)? {
            0 => None,
            _ => Some(take_text(rest)?),
        },
        state: *ANSWERS.get(take_place(rest)?)?,
        model: *MODELS.get(take_place(rest)?)?,
        number: u32::try_from(take_number(rest)?).ok()?,
    })
}

pub(super) fn push_bytes(bytes: &mut Vec<u8>, more: &[u8]) {
    push_place(bytes, more.len());
    bytes.extend_from_slice(more);
}

pub(super) fn take_bytes<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = take_place(rest)?;
    let (taken, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(taken)
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_bytes(bytes, text.as_bytes());
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    std::str::from_utf8(take_bytes(rest)?).ok().map(str::to_owned)
}

fn take_list<T>(rest: &mut &[u8], mut take: impl FnMut(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let length = take_place(rest)?;
    // No number claims memory that the file does not back.
    let mut list = Vec::with_capacity(length.min(MOST_AT_ONCE));
    for _ in 0..length {
        list.push(take(rest)?);
    }
    Some(list)
}

/// The year comes last, and is what tells that there is a date: a day of a month is never 0.
fn push_date(bytes: &mut Vec<u8>, date: Option<Date>) {
    let Some(date) = date else { return bytes.push(0) };
    bytes.extend(date.day().to_le_bytes());
    bytes.extend(date.month().to_le_bytes());
    bytes.extend(date.year().to_le_bytes());
}

fn take_date(rest: &mut &[u8]) -> Option<Option<Date>> {
    let (&[day], after) = rest.split_first_chunk()?;
    *rest = after;
    if day == 0 {
        return Some(None);
    }
    let (&[month, low, high], after) = rest.split_first_chunk()?;
    *rest = after;
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    Date::new(i16::from_le_bytes([low, high]), month, day).ok().map(Some)
}

fn push_place(bytes: &mut Vec<u8>, place: usize) {
    push_number(bytes, u64::try_from(place).unwrap_or(u64::MAX));
}

fn take_place(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(take_number(rest)?).ok()
}

fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for nth in 0..LONGEST_NUMBER {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f).checked_shl(7 * nth)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}
