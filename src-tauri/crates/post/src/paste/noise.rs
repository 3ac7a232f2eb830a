//! What people and pages put around a question: greetings, signatures, navigation.
//!
//! Noise is only taken away where it usually stands, above the first or below the last text, so that
//! the same words inside an answer stay.

use super::clean::{is_attributes, is_rule, unquoted};
use super::mark;
use super::{Line, starts};
use crate::{Vocabulary, dates};

/// Returns the lines without the noise above and below the text.
pub(super) fn without<'a>(lines: &[Line<'a>], own: &Vocabulary) -> Vec<Line<'a>> {
    let is_anchor = |line: &Line<'a>| {
        mark::read(line.text, own).is_some()
            || starts::item(line.text).is_some()
            || line.text.trim_start().starts_with("```")
            || asks(line.text) && !is_noise(line.text)
            || is_heading(line.text) && !is_noise(line.text)
    };
    let anchor = lines.iter().position(is_anchor);
    let above = anchor.unwrap_or_else(|| {
        lines
            .iter()
            .position(|line| !line.is_blank() && !is_noise(line.text))
            .unwrap_or(lines.len())
    });
    let (above, rest) = lines.split_at(above);
    let mut kept: Vec<Line<'a>> =
        above.iter().filter(|line| !is_noise(line.text) && !is_rule(line.text)).copied().collect();
    kept.extend(rest.get(..end_of_text(rest, own)).unwrap_or_default());
    kept
}

/// Where the noise below the text begins.
fn end_of_text(lines: &[Line<'_>], own: &Vocabulary) -> usize {
    let mut end = lines.len();
    loop {
        let text = lines.get(..end).unwrap_or_default();
        let Some(last) = text.iter().rposition(|line| !line.is_blank()) else { return 0 };
        let line = text.get(last).map_or("", |line| line.text);
        if is_noise(line) || is_widget(line) {
            end = last;
            continue;
        }
        // A name, a team, an address below `감사합니다.`
        let closing = text
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, line)| !line.is_blank())
            .take(6)
            .take_while(|(_, line)| is_closing(line.text) || is_short(line.text, own))
            .find(|(_, line)| is_closing(line.text));
        match closing {
            Some((at, _)) if at == 0 || text.get(at - 1).is_some_and(Line::is_blank) => end = at,
            _ => return end,
        }
    }
}

/// Whether a line may stand in a signature.
fn is_short(line: &str, own: &Vocabulary) -> bool {
    let text = unquoted(line).1.trim();
    text.chars().count() <= 40
        && !text.ends_with(['?', '？', '.', '다'])
        && mark::read(line, own).is_none()
        && starts::item(line).is_none()
        && !is_heading(line)
        && !text.starts_with("```")
        && !is_attributes(line)
}

fn is_heading(line: &str) -> bool {
    let text = unquoted(line).1.trim_start();
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with(' ')
}

/// Whether a line is a greeting, a closing, a footer, or part of a page around its text.
pub(super) fn is_noise(line: &str) -> bool {
    let text = mark::undecorated(unquoted(line).1);
    let text = text.trim_matches(|c| matches!(c, '*' | '_')).trim();
    if text.is_empty() || text.chars().count() > 200 {
        return false;
    }
    is_greeting(text)
        || is_announcement(text)
        || is_closing(text)
        || is_footer(text)
        || is_hashtags(text)
        || is_page(text)
        || is_crumbs(text)
        || is_date(text)
}

/// Whether a line is a date and no more than a word or two.
pub(super) fn is_date(line: &str) -> bool {
    let text = mark::undecorated(unquoted(line).1);
    let text = ["날짜", "일자", "작성일", "date", "Date"]
        .iter()
        .find_map(|label| Some(text.strip_prefix(label)?.trim_start_matches([':', '：', ' '])))
        .unwrap_or(text);
    text.chars().count() <= 24 && dates::heading_date(text).is_some()
}

fn is_greeting(text: &str) -> bool {
    let short = text.chars().count() <= 60 && !text.contains(['?', '？']);
    let korean = ["안녕하세요", "안녕하십니까", "안녕!", "반갑습니다", "좋은 아침입니다"];
    if short && korean.iter().any(|word| text.starts_with(word)) {
        return true;
    }
    let first = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let english = ["hi", "hello", "dear", "hey"].contains(&first.to_ascii_lowercase().as_str());
    english && short && text.split_whitespace().count() <= 5 && text.ends_with([',', '!', '.'])
}

/// `오늘의 질문을 보내드립니다.`, `면접 질문 5선`, `Re: 질문`: says that a question follows, and not
/// which.
fn is_announcement(text: &str) -> bool {
    const BEFORE: [&str; 12] = [
        "오늘의",
        "오늘",
        "금일",
        "이번주",
        "이번",
        "매일",
        "새로운",
        "기술",
        "면접",
        "예상",
        "백엔드",
        "프론트엔드",
    ];
    const TELLS: [&str; 16] = [
        "입니다",
        "이에요",
        "예요",
        "을보내드려요",
        "을보내드립니다",
        "를보내드려요",
        "를보내드립니다",
        "을보냅니다",
        "을전해드려요",
        "을전해드립니다",
        "을전달드립니다",
        "이도착했습니다",
        "이도착했어요",
        "모음",
        "모음집",
        "나갑니다",
    ];
    if text.chars().count() > 40 || text.contains(['?', '？']) {
        return false;
    }
    let mut bare = text;
    for reply in ["re:", "fw:", "fwd:", "답장:", "전달:"] {
        let head = bare.get(..reply.len()).filter(|head| head.eq_ignore_ascii_case(reply));
        bare = head.and_then(|_| bare.get(reply.len()..)).unwrap_or(bare);
    }
    let replies = bare.len() < text.len();
    let folded: String =
        bare.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut rest = folded.as_str();
    while let Some(after) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    let Some(rest) = ["질문들", "질문", "문제"].iter().find_map(|w| rest.strip_prefix(w))
    else {
        return false;
    };
    let counted = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = counted.len() < rest.len() && ["선", "개", "가지", "제"].contains(&counted);
    replies && rest.is_empty() || counts || TELLS.contains(&rest)
}

/// `#Spring #AOP`
fn is_hashtags(text: &str) -> bool {
    let is_tag = |word: &str| {
        word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphanumeric))
    };
    text.split_whitespace().count() >= 2 && text.split_whitespace().all(is_tag)
}

/// `답변 확인하기 (https://…)`: a button of a mail, written out.
fn is_button(text: &str) -> bool {
    let Some((name, link)) = text.find("http").and_then(|at| text.split_at_checked(at)) else {
        return false;
    };
    let name: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let shows = ["보기", "보러가기", "확인", "확인하기", "확인하러가기"];
    let said = shows.iter().find_map(|word| name.strip_suffix(word));
    let is_answer = said.is_some_and(|said| {
        [
            "",
            "답변",
            "답",
            "답안",
            "정답",
            "해설",
            "풀이",
            "모범답안",
            "모범답변",
            "전체답변",
            "질문",
        ]
        .contains(&said)
    });
    let english = ["viewanswer", "seeanswer", "viewtheanswer", "seetheanswer", "showanswer"];
    link.contains("://")
        && !link.contains(char::is_whitespace)
        && (is_answer || english.contains(&name.as_str()))
}

fn is_closing(line: &str) -> bool {
    let text = mark::undecorated(unquoted(line).1);
    let len = text.chars().count();
    let bare = text.trim_end_matches(['.', '!', ',', '~', ' ', '^', ')', ':']);
    let thanks = ["감사합니다", "고맙습니다", "감사드립니다", "수고하세요"];
    let wish =
        ["되세요", "보내세요", "되십시오", "보내십시오", "되시길 바랍니다", "되시기 바랍니다"];
    let day = ["하루", "한 주", "주말", "오늘", "저녁", "아침", "시간", "연휴"];
    let english = [
        "best regards",
        "kind regards",
        "warm regards",
        "regards",
        "best",
        "thanks",
        "thank you",
        "cheers",
        "sincerely",
        "many thanks",
    ];
    len <= 40 && thanks.iter().any(|word| bare.starts_with(word))
        || len <= 40
            && wish.iter().any(|w| bare.ends_with(w))
            && day.iter().any(|d| bare.contains(d))
        || len <= 20 && [" 드림", " 올림", " 배상"].iter().any(|w| bare.ends_with(w))
        || len <= 20 && english.contains(&bare.to_ascii_lowercase().as_str())
        || len <= 30 && bare.to_ascii_lowercase().starts_with("see you")
        || len <= 30
            && ["내일", "다음"].iter().any(|w| bare.starts_with(w))
            && ["만나요", "봬요", "뵐게요", "뵙겠습니다"].iter().any(|w| bare.ends_with(w))
}

fn is_footer(text: &str) -> bool {
    let folded: String =
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let words = [
        "수신거부",
        "구독취소",
        "구독해지",
        "구독을취소",
        "발신전용",
        "회신이불가",
        "회신되지않",
        "메일은발송전용",
        "unsubscribe",
        "viewinbrowser",
        "viewthisemail",
        "브라우저에서보기",
        "웹에서보기",
        "allrightsreserved",
        "copyright©",
        "개인정보처리방침",
        "privacypolicy",
        "이용약관",
        "무단전재",
        "sentfrommyi",
        "에서보냄",
    ];
    let boilerplate = words.iter().any(|word| folded.contains(word));
    boilerplate && !text.contains(['?', '？']) || folded.starts_with('©')
}

/// What buttons and counters of a page say.
const WIDGETS: [&str; 74] = [
    "공유하기",
    "공유",
    "좋아요",
    "댓글",
    "댓글쓰기",
    "댓글달기",
    "목록",
    "목록으로",
    "목록보기",
    "이전글",
    "다음글",
    "이전",
    "다음",
    "url복사",
    "주소복사",
    "링크복사",
    "복사",
    "복사하기",
    "스크랩",
    "북마크",
    "저장",
    "저장하기",
    "구독",
    "구독하기",
    "팔로우",
    "로그인",
    "로그아웃",
    "회원가입",
    "홈",
    "메뉴",
    "전체메뉴",
    "검색",
    "본문바로가기",
    "메뉴바로가기",
    "맨위로",
    "top",
    "더보기",
    "인쇄",
    "신고",
    "신고하기",
    "카카오톡",
    "페이스북",
    "트위터",
    "네이버",
    "밴드",
    "관리",
    "통계",
    "수정",
    "삭제",
    "나에게",
    "tome",
    "share",
    "like",
    "likes",
    "comment",
    "comments",
    "copylink",
    "copy",
    "subscribe",
    "follow",
    "login",
    "signin",
    "signup",
    "menu",
    "home",
    "search",
    "previous",
    "next",
    "backtotop",
    "skiptocontent",
    "print",
    "facebook",
    "twitter",
    "readmore",
];

/// Words of a page that say something only there; not taken away inside a text.
fn is_page(text: &str) -> bool {
    let address = text.ends_with('>') && text.contains('@') && text.contains('<');
    let counter = ["조회", "작성일", "등록일", "수정일", "입력", "읽는 시간", "작성자", "글쓴이"];
    let counts = text.chars().count() <= 40
        && counter.iter().any(|word| text.starts_with(word))
        && text.contains(|c: char| c.is_ascii_digit());
    is_widget(text)
        || is_button(text)
        || address
        || counts
        || text.ends_with("분 읽기")
        || text.ends_with("min read")
}

fn is_widget(line: &str) -> bool {
    let text = mark::undecorated(unquoted(line).1);
    if text.chars().count() > 60 {
        return false;
    }
    let mut said = text.split(['|', '·', '/', '•']).map(|part| {
        let letters = part.chars().filter(|c| !c.is_whitespace() && !mark::is_ornament(*c));
        let folded: String = letters.flat_map(char::to_lowercase).collect();
        folded
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '(' | ')' | ':'))
            .to_owned()
    });
    let all = said.all(|word| word.is_empty() || WIDGETS.contains(&word.as_str()));
    all && text.contains(char::is_alphabetic)
}

/// `홈 > 면접 > 백엔드`
fn is_crumbs(text: &str) -> bool {
    let short = text.chars().count() <= 80 && !text.ends_with(['?', '？', '.']);
    let parts = [" > ", " › ", " » ", " / "].iter().map(|s| text.matches(s).count()).max();
    let home = ["홈 >", "홈 ›", "홈>", "Home >", "Home ›", "HOME >", "홈 /", "Home /", "홈 »"];
    short
        && (parts >= Some(2) || home.iter().any(|h| text.starts_with(h)))
        && !text.contains([':', '：'])
}

/// Whether a line asks something or asks to do something.
pub(super) fn asks(line: &str) -> bool {
    ends_asking(line) || {
        let text = bare_end(line).trim_end_matches(['.', '!', '。']);
        let requests = ["세요", "십시오", "시오", "해줘", "해라", "하라", "해봐", "해보자"];
        let english = [
            "explain ",
            "describe ",
            "compare ",
            "define ",
            "discuss ",
            "tell me ",
            "what ",
            "why ",
            "how ",
            "when ",
            "which ",
            "walk me ",
        ];
        let lower: String = text.chars().take(12).flat_map(char::to_lowercase).collect();
        !is_greeting(text)
            && !is_closing(text)
            && (requests.iter().any(|end| text.ends_with(end))
                || english.iter().any(|start| lower.starts_with(start)))
    }
}

/// Whether a line ends with a question mark.
pub(super) fn ends_asking(line: &str) -> bool {
    let text = bare_end(line);
    // `…인가요? (예: …)`
    let aside = line.trim_end().ends_with(')').then(|| text.rsplit_once('(')).flatten();
    let asks = |text: &str| text.trim_end().ends_with(['?', '？']);
    (asks(text) || aside.is_some_and(|(text, _)| asks(text))) && !line.trim_start().starts_with('[')
}

/// A line without closing marks behind its last character.
fn bare_end(line: &str) -> &str {
    let closing = ['*', '_', '"', '\'', ')', '”', '’', '」', '』', '`', '#', ' ', '\t'];
    line.trim().trim_end_matches(closing)
}
