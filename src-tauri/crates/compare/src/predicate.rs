//! Tells verbs and adjectives from nouns by their forms.
//!
//! The stems come from `assets/korean/verbs.txt`; their forms are built here. Words made of a noun
//! and 하다, 되다 or 시키다 are recognized by what follows the noun and need no list.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use dapanji_korean::{decompose, is_syllable};

use crate::lexicon::{VERBS, words};

/// Tells whether `word`, a run of Hangul, is a form of a native verb or adjective.
pub(crate) fn is_predicate(word: &str) -> bool {
    let past = word.chars().skip(1).any(|c| matches!(decompose(c), Some((.., SSANG_SIOS))));
    let negative = word.chars().any(|c| matches!(c, '않' | '잃' | '끊' | '끓' | '없' | '있'));
    past || negative || TABLES.ends.iter().any(|end| ends(word, end)) || is_form(word)
}

/// Endings that no noun has.
const ENDS: &str = "니다 니까 어요 아요 해요 네요 군요 데요 지요 하죠 되죠 는다 면서 도록 지만 \
     으며 으면 려고 려면 므로 어서 아서 여서 는데 은데 더라도 자마자 거나 던 롭게 \
     럽게 롭고 럽고 로운 러운 다면 다고 는지";

fn ends(word: &str, end: &str) -> bool {
    word.strip_suffix(end).is_some_and(|rest| !rest.is_empty())
}

/// What may follow one form of a stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    /// The stem itself: an ending must follow.
    Stem,
    /// A stem that lost its ㄹ.
    Dropped,
    /// `ㄴ`, as in `빠른`.
    Nieun,
    /// `ㄹ`, as in `빠를`.
    Rieul,
    /// `ㅁ`, as in `빠름`.
    Mieum,
    /// `ㅂ`, as in `빠릅니다`.
    Bieup,
    /// `ㅓ` or `ㅏ`, as in `빨라`.
    Open,
    /// `ㅆ`, as in `빨랐다`.
    Past,
    /// A stem that lost its `ㅂ`, as in `쉬운`.
    LostBieup,
}

/// Endings behind a stem.
const STEM: &str = "다 고 며 면 는 는데 는지 는다 는다면 는다는 던 게 지 지만 지는 지도 도록 려 \
     려고 려면 려는 므로 거나 든 든지 자 자마자 어 아 어서 아서 어도 아도 어야 \
     아야 은 을 으면 으며 으니 으므로 으려 으려면 으려고 을수록 은지 은데 습니다 \
     다가 다면 다는 다고 더라도 서 고자 고서 기도 기에 기가 기를 기는 기위해 기 \
     기만 기까지 음으로써 네 네요 죠 지요 세요 시오 으로써 서도 서는 서야 도 야 요 \
     자는 자고 자면";

/// Starts of what follows [`After::Open`]: endings and helping verbs.
const OPEN: &str = "서 도 야 요 주 줘 준 줄 줍 보 본 봐 봤 지 진 져 졌 집 질 있 왔 오 온 \
     올 와 가 간 갔 갈 갑 버 두 둔 뒀 놓 내 낸 냈 낼 냅 나 난 났 날 다 라";

/// Last syllables of what follows [`After::Open`]; `커버링` is no form of 크다.
const OPEN_END: &str = "서도야요다라고며면는던게록지만니까든자려기음데주줘준줄본볼봐진질져짐간갈올온와나난날둔두내낸낼린릴려기줌봄짐";

/// Endings that make other nouns of stems of one syllable.
const NOUNS: [&str; 4] = ["고서", "도", "야", "요"];

/// Nouns that look like a verb in `ㅁ`.
const NOMINAL: &str = "흐름 잠금 느낌 모임 움직임 쓰임 알림 멈춤 맞춤 높임 올림 내림 버림 바람 그림 \
     오름 기다림 차림";

impl After {
    /// Tells whether `rest` may follow; `syllables` of the stem decide what is still a noun.
    pub(crate) fn takes(self, rest: &str, syllables: usize) -> bool {
        match self {
            // `크기`, `읽기`, `보고서`, `지도` are nouns of their own.
            // `크기`, `읽기`, `보고서`, `지도` are nouns of their own.
            After::Stem if syllables < 2 && (rest.starts_with('기') || NOUNS.contains(&rest)) => {
                false
            }
            After::Stem => {
                // `풀어보기`, `나누어진다`
                let more = rest.strip_prefix(['어', '아']).filter(|more| !more.is_empty());
                TABLES.stem.contains(rest)
                    || more.is_some_and(|more| After::Open.takes(more, syllables))
            }
            After::Dropped => matches!(rest, "는" | "는데" | "니" | "는지" | "시" | "세요"),
            After::Nieun => {
                matches!(rest, "" | "다" | "다면" | "다는" | "다고" | "지" | "데" | "가")
            }
            After::Rieul => matches!(rest, "" | "수록" | "지" | "까" | "때" | "게"),
            After::Mieum => matches!(rest, "" | "으로써"),
            After::Bieup => matches!(rest, "니다" | "니까" | "니다만"),
            After::Open => {
                let ends = rest.chars().next_back().is_none_or(|last| OPEN_END.contains(last));
                rest.is_empty() || ends && TABLES.open.iter().any(|start| rest.starts_with(start))
            }
            After::Past => true,
            After::LostBieup => {
                ["우", "워", "웠", "운", "울", "움"].iter().any(|start| rest.starts_with(start))
            }
        }
    }
}

const SSANG_SIOS: u8 = 20;
/// The vowel ㅐ.
const AE: u8 = 1;
const FINAL_NIEUN: u8 = 4;
const FINAL_RIEUL: u8 = 8;
const FINAL_MIEUM: u8 = 16;
const FINAL_BIEUP: u8 = 17;

/// The lists above, split.
struct Tables {
    ends: Vec<&'static str>,
    stem: HashSet<&'static str>,
    open: Vec<&'static str>,
    nominal: HashSet<&'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    ends: ENDS.split_whitespace().collect(),
    stem: STEM.split_whitespace().collect(),
    open: OPEN.split_whitespace().collect(),
    nominal: NOMINAL.split_whitespace().collect(),
});

/// Stems by each form they take, with the number of their syllables.
static FORMS: LazyLock<HashMap<String, Vec<(After, usize)>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<(After, usize)>> = HashMap::new();
    for stem in words::<Vec<&str>>(VERBS) {
        let syllables = stem.chars().count();
        for (form, after) in forms(stem) {
            let known = all.entry(form).or_default();
            if !known.contains(&(after, syllables)) {
                known.push((after, syllables));
            }
        }
    }
    all
});

/// Tells whether `word` is a form of a stem with two syllables or more, which is hardly a noun.
pub(crate) fn is_long_form(word: &str) -> bool {
    is_form_of(word, 2)
}

fn is_form(word: &str) -> bool {
    is_form_of(word, 1)
}

/// Syllables of the longest form of a stem.
const LONGEST_FORM: usize = 8;

fn is_form_of(word: &str, least: usize) -> bool {
    if TABLES.nominal.contains(word) {
        return false;
    }
    let whole = word.chars().count();
    word.char_indices().take(LONGEST_FORM).map(|(at, c)| at + c.len_utf8()).any(|end| {
        let (Some(form), Some(rest)) = (word.get(..end), word.get(end..)) else { return false };
        FORMS.get(form).is_some_and(|all| {
            all.iter().any(|&(after, syllables)| {
                // A single syllable such as `준` or `간` says nothing.
                (whole > 1 || syllables > 1) && syllables >= least && after.takes(rest, syllables)
            })
        })
    })
}

/// Returns the forms a stem takes before its endings.
pub(crate) fn forms(stem: &str) -> Vec<(String, After)> {
    let mut out = vec![(stem.to_owned(), After::Stem)];
    let mut chars = stem.chars();
    let Some(last) = chars.next_back().filter(|&c| is_syllable(c)) else { return out };
    let head = chars.as_str();
    let Some((initial, medial, end)) = decompose(last) else { return out };
    let mut put = |medial: u8, end: u8, after: After| {
        out.push((format!("{head}{}", compose(initial, medial, end)), after));
    };
    match end {
        0 => {
            put(medial, FINAL_NIEUN, After::Nieun);
            put(medial, FINAL_RIEUL, After::Rieul);
            put(medial, FINAL_MIEUM, After::Mieum);
            put(medial, FINAL_BIEUP, After::Bieup);
            for open in contracted(medial) {
                // `쪼개` and `쪼개어` are one; `내` alone is rather a noun.
                if *open != medial || medial == AE && !head.is_empty() {
                    put(*open, 0, After::Open);
                }
                put(*open, SSANG_SIOS, After::Past);
            }
            // `정해` of `정하`
            if last == '하' && !head.is_empty() {
                out.push((format!("{head}해"), After::Open));
            }
            if last == '르' {
                out.extend(doubled(head));
            }
        }
        FINAL_RIEUL => {
            put(medial, 0, After::Dropped);
            put(medial, FINAL_NIEUN, After::Nieun);
            put(medial, FINAL_BIEUP, After::Bieup);
            put(medial, FINAL_RIEUL, After::Rieul);
        }
        FINAL_BIEUP => put(medial, 0, After::LostBieup),
        _ => {}
    }
    out
}

/// Returns the vowels that `medial` becomes before `ㅓ` or `ㅏ`.
fn contracted(medial: u8) -> &'static [u8] {
    // In the order of Unicode: ㅏ0 ㅐ1 ㅑ2 ㅒ3 ㅓ4 ㅔ5 ㅕ6 ㅖ7 ㅗ8 ㅘ9 ㅙ10 ㅚ11 ㅛ12 ㅜ13 ㅝ14 ㅞ15 ㅟ16 ㅠ17 ㅡ18 ㅢ19 ㅣ20
    match medial {
        0 => &[0],
        1 => &[1],
        4 => &[4],
        5 => &[5],
        6 => &[6],
        8 => &[9],
        11 => &[10],
        13 => &[14],
        18 => &[4, 0],
        20 => &[6],
        _ => &[],
    }
}

/// Returns the forms of a stem in `르` that double their `ㄹ`: `빨라` for `빠르`.
fn doubled(head: &str) -> Vec<(String, After)> {
    let mut chars = head.chars();
    let Some((initial, medial, 0)) = chars.next_back().and_then(decompose) else {
        return Vec::new();
    };
    let head = chars.as_str();
    let open = compose(initial, medial, FINAL_RIEUL);
    [("라", After::Open), ("러", After::Open), ("랐", After::Past), ("렀", After::Past)]
        .into_iter()
        .map(|(end, after)| (format!("{head}{open}{end}"), after))
        .collect()
}

fn compose(initial: u8, medial: u8, end: u8) -> char {
    let code = (u32::from(initial) * 21 + u32::from(medial)) * 28 + u32::from(end);
    char::from_u32(0xAC00 + code).expect("BUG: jamo of a syllable make a syllable")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_adjectives() {
        for word in [
            "있었습니다",
            "떨어지는",
            "정해",
            "쪼개",
            "떨어져",
            "줄이고",
            "줄였습니다",
            "빠른",
            "빨라집니다",
            "쉬운",
            "쉽게",
            "높아졌습니다",
            "만드는",
            "만들어",
            "만든",
            "나눠서",
            "나누어",
            "느려서",
            "보내는",
            "커지는",
            "이루어졌고",
            "않는",
            "새로운",
            "모르면",
            "보여주는",
            "써서",
            "다름",
            "풀어보기",
            "나누어진다",
            "커져서",
            "쓰는",
            "씁니다",
            "줍니다",
            "가져오는",
            "늘리면",
            "막는",
            "생기는",
        ] {
            assert!(is_predicate(word), "{word} is a predicate");
        }
    }

    #[test]
    fn nouns() {
        for word in [
            "서버",
            "트랜잭션",
            "주기",
            "크기",
            "읽기",
            "보안",
            "이벤트",
            "나무",
            "주문",
            "가상",
            "지연",
            "트리",
            "정합성",
            "동시성",
            "재고",
            "빈은",
            "락",
            "보고서",
            "사용자",
            "가비지",
            "메모리",
            "리소스",
            "커버링",
            "흐름",
            "잠금",
            "이미지",
            "두께",
            "지도",
            "주소",
        ] {
            assert!(!is_predicate(word), "{word} is no predicate");
        }
    }
}
