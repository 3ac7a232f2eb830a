//! Takes a mail's text out of its envelope: headers, forwarding marks, quote marks, signature.

use super::Line;
use super::clean::{unquoted, unquoted_by};
use crate::{Vocabulary, scan};

/// As many times a mail may have been forwarded with quote marks.
const MOST_FORWARDED: usize = 8;
/// A signature has so many lines at the most.
const SIGNATURE_MOST: usize = 12;

const HEADERS: [&str; 33] = [
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "sent",
    "reply-to",
    "return-path",
    "received",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-unsubscribe",
    "x-mailer",
    "importance",
    "attachments",
    "보낸사람",
    "보낸이",
    "발신",
    "발신자",
    "받는사람",
    "받는이",
    "수신",
    "수신자",
    "참조",
    "숨은참조",
    "제목",
    "날짜",
    "보낸날짜",
    "받은날짜",
    "첨부파일",
];

/// Returns the lines of the mail itself, and its subject; all lines if the text is no mail.
pub(super) fn unwrap<'a>(
    mut lines: Vec<Line<'a>>,
    own: &Vocabulary,
) -> (Vec<Line<'a>>, Option<&'a str>) {
    let mut subject = None;
    for _ in 0..MOST_FORWARDED {
        let found = without_envelope(&mut lines);
        subject = found.or(subject);
        let mut texts = lines.iter().filter(|line| !line.is_blank()).peekable();
        let quoted = texts.peek().is_some() && texts.all(|l| scan::quote_prefix(l.text) > 0);
        if !quoted {
            break;
        }
        for line in &mut lines {
            line.text = unquoted_by(line.text, 1);
        }
    }
    without_signature(&mut lines, own);
    (lines, subject.map(without_reply_marks).filter(|s| !s.is_empty()))
}

/// Removes headers and forwarding marks; returns the subject.
fn without_envelope<'a>(lines: &mut Vec<Line<'a>>) -> Option<&'a str> {
    let mut subject = None;
    let mut kept = Vec::with_capacity(lines.len());
    // Headers stand at the beginning, or under a forwarding mark.
    let mut may_head = true;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if may_head && line.is_blank() {
            at += 1;
            continue;
        }
        if is_forward_mark(line.text) {
            may_head = true;
            at += 1;
            continue;
        }
        if std::mem::take(&mut may_head) {
            let rest = lines.get(at..).unwrap_or_default();
            if let Some((len, of_these)) = headers(rest) {
                subject = of_these.or(subject);
                at += len;
                continue;
            }
        }
        kept.push(*line);
        at += 1;
    }
    *lines = kept;
    subject
}

/// Reads a block of headers: how many lines it has, and the subject.
fn headers<'a>(lines: &[Line<'a>]) -> Option<(usize, Option<&'a str>)> {
    let mut subject = None;
    let mut named = 0;
    let mut telling = false;
    let mut len = 0;
    for line in lines {
        if let Some((name, value)) = header(line.text) {
            named += 1;
            if name == "subject" || name == "제목" {
                subject = Some(value);
            }
            telling |= ["from", "subject", "보낸사람", "제목"].contains(&name.as_str());
        } else if named == 0 || line.is_blank() || !line.text.starts_with([' ', '\t']) {
            break;
        }
        len += 1;
    }
    (telling || named >= 2).then_some((len, subject))
}

fn header(line: &str) -> Option<(String, &str)> {
    let line = unquoted(line).1.trim().trim_start_matches('*');
    let colon = line.find([':', '：'])?;
    let name = line.get(..colon).filter(|name| name.len() <= 40)?;
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '*')
        .flat_map(char::to_lowercase)
        .collect();
    let known = HEADERS.contains(&name.as_str());
    let value = line.get(colon..)?.trim_start_matches([':', '：', '*']).trim();
    known.then_some((name, value))
}

/// `-----Original Message-----`, `On Thu, … wrote:`, `2025년 4월 10일 …님이 작성:`.
fn is_forward_mark(line: &str) -> bool {
    let text = unquoted(line).1.trim();
    if text.len() > 300 {
        return false;
    }
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | ':') || c.is_whitespace());
    let folded: String =
        bare.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let dashed = bare.len() + 4 < text.len();
    let marks = [
        "originalmessage",
        "forwardedmessage",
        "원본메시지",
        "원본메세지",
        "전달된메시지",
        "전달된메세지",
        "originalmail",
        "원본메일",
    ];
    dashed && marks.contains(&folded.as_str())
        || folded == "beginforwardedmessage"
        || text.starts_with("On ") && text.ends_with("wrote:")
        || ["님이 작성:", "님이 작성했습니다:", "님이 쓴 글:"].iter().any(|end| text.ends_with(end))
}

/// Removes what follows `-- `, if it is as short as a signature and asks nothing.
fn without_signature(lines: &mut Vec<Line<'_>>, own: &Vocabulary) {
    let Some(at) = lines.iter().rposition(|l| matches!(l.text, "-- " | "--")) else { return };
    let after = lines.get(at + 1..).unwrap_or_default();
    let texts = || after.iter().filter(|line| !line.is_blank());
    let short = texts().count() <= SIGNATURE_MOST
        && texts().all(|l| l.text.chars().count() <= 100 && !l.text.contains(['?', '？']))
        && texts().all(|l| super::mark::read(l.text, own).is_none());
    if short && at > 0 {
        lines.truncate(at);
    }
}

/// A subject without `Re:`, `FW:` and the sender's `[name]`.
fn without_reply_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    loop {
        let before = rest;
        for mark in ["Re:", "RE:", "re:", "Fw:", "FW:", "Fwd:", "FWD:", "fwd:", "답장:", "전달:"]
        {
            rest = rest.strip_prefix(mark).unwrap_or(rest).trim_start();
        }
        if let Some((_, after)) = rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
            rest = if after.trim().is_empty() { rest } else { after.trim_start() };
        }
        if rest == before {
            return rest;
        }
    }
}
