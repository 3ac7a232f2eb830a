//! Finds differences between aligned sentences that change the meaning: numbers, negations,
//! opposites.
//!
//! A false alarm costs more trust than a missed one, so a flag needs two sentences that clearly
//! belong together, and the same word or measure on both sides.

use std::collections::HashSet;

use crate::align::Aligned;
use crate::amounts::amounts;
use crate::analysis::{Analysis, Sentence};
use crate::opposites::{Mark, marks};
use crate::token::{Class, Token};
use crate::wishes::Names;
use crate::{Flag, FlagKind};

/// Least similarity of sentences whose words are compared.
const CLEAR: f32 = 0.5;

/// Returns all flags, each once: numbers first, then those of aligned sentences, both in the order
/// of the model answer.
pub(crate) fn flags(
    model: &Analysis,
    answer: &Analysis,
    aligned: &[Aligned],
    names: &Names,
) -> Vec<Flag> {
    let mut out: Vec<Flag> = amounts(model, answer, aligned, names);
    for pair in aligned.iter().filter(|pair| pair.mutual && pair.similarity >= CLEAR) {
        let (Some(theirs), Some(ours)) =
            (model.sentences.get(pair.model), pair.answer.and_then(|at| answer.sentences.get(at)))
        else {
            continue;
        };
        let sides = [Side::of(model, theirs, names), Side::of(answer, ours, names)];
        out.extend(negations(&sides));
        out.extend(opposites(&sides));
    }
    let mut seen = HashSet::new();
    out.retain(|flag| seen.insert(flag.clone()));
    out
}

/// A sentence with what is compared of it.
struct Side<'a> {
    text: &'a Analysis,
    sentence: &'a Sentence,
    tokens: &'a [Token],
    names: &'a Names,
}

impl<'a> Side<'a> {
    fn of(text: &'a Analysis, sentence: &'a Sentence, names: &'a Names) -> Side<'a> {
        Side { text, sentence, tokens: text.tokens_of(sentence), names }
    }

    fn word(&self, token: &Token) -> &'a str {
        self.text.visible.slice(&token.span)
    }
}

/// Starts of words that deny without a negation.
const DENYING: &str = "방지 예방 회피 금지 불가 제거 차단 실패 부족 제한 생략 배제 제외 불필요 막 피하 피합 피해 피한 \
     어렵 어려 힘들 덜 avoid prevent without fail lack hardly";

/// Flags words that one side denies and the other states.
fn negations(sides: &[Side<'_>; 2]) -> Vec<Flag> {
    let [model, answer] = sides;
    let (theirs, ours) = (denied(model), denied(answer));
    let only = |from: &[Denied], other: &[Denied]| -> Vec<Denied> {
        from.iter().filter(|d| !other.iter().any(|o| o.target == d.target)).cloned().collect()
    };
    let (only_theirs, only_ours) = (only(&theirs, &ours), only(&ours, &theirs));
    let (denying, stating, stated, by_model) = match (&*only_theirs, &*only_ours) {
        ([one, ..], []) => (one, answer, ours.len(), true),
        ([], [one, ..]) => (one, model, theirs.len(), false),
        _ => return Vec::new(),
    };
    // Any other word that denies may say the same in another way.
    let other = stating.tokens.iter().filter(|token| is_negation(stating.word(token))).count();
    if other > stated || stating.tokens.iter().any(|token| is_denying(stating, token)) {
        return Vec::new();
    }
    let found = stating.tokens.iter().enumerate().find(|&(at, token)| {
        let next = stating.tokens.get(at + 1).map_or("", |next| stating.word(next));
        let same = stating.names.canonical(&token.key) == denying.target;
        token.class != Class::Function
            && same
            && denying.kind.is_stated_by(stating.word(token), next)
    });
    let Some((_, token)) = found else { return Vec::new() };
    let stated = stating.word(token).to_owned();
    let denied = denying.text.clone();
    let (model, answer) = if by_model { (denied, stated) } else { (stated, denied) };
    vec![Flag { kind: FlagKind::Negation, model, answer }]
}

fn is_denying(side: &Side<'_>, token: &Token) -> bool {
    let word = side.word(token).to_lowercase();
    DENYING.split_whitespace().any(|start| word.starts_with(start))
}

/// A word with its negation.
#[derive(Debug, Clone)]
struct Denied {
    /// Canonical key of the word.
    target: String,
    /// Both as written.
    text: String,
    kind: Denial,
}

/// How a word is denied, which decides what the opposite statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Denial {
    /// `보장하지 않는다`: whoever says `보장한다` states it.
    Action,
    /// `충돌이 없다`: `충돌이 있다` states it.
    Existence,
    /// `큐가 아니다`: `큐이다` states it.
    Identity,
}

impl Denial {
    fn of(word: &str) -> Denial {
        if word.starts_with('없') && !word.starts_with("없이") {
            Denial::Existence
        } else if word.starts_with('아') {
            Denial::Identity
        } else {
            Denial::Action
        }
    }

    /// Tells whether `word` with the word behind it states what was denied.
    fn is_stated_by(self, word: &str, next: &str) -> bool {
        let condition = next.ends_with('면') || next.ends_with("때");
        match self {
            Denial::Action => !word.ends_with('면') && !condition,
            Denial::Existence => next.starts_with('있') && !condition,
            Denial::Identity => {
                ["입니다", "이다", "이며", "이고"].iter().any(|end| word.ends_with(end))
            }
        }
    }
}

/// Returns the words that a sentence denies outright: not under a condition, and not as one half
/// of a contrast.
fn denied(side: &Side<'_>) -> Vec<Denied> {
    let mut out = Vec::new();
    for (at, token) in side.tokens.iter().enumerate() {
        let word = side.word(token);
        let target = if is_korean_negation(word) {
            // `변경할 수 없다` denies `변경`; what a native verb denies is not followed up.
            let before = side.tokens.get(..at).unwrap_or_default().iter().rev();
            before.take(3).find(|token| token.class != Class::Function)
        } else if is_english_negation(word) {
            let after = side.tokens.get(at + 1..).unwrap_or_default().iter();
            after.take(3).find(|token| token.class != Class::Function)
        } else {
            None
        };
        let target = target.filter(|token| is_content(token));
        // `변경할 수 없다` is about doing, not about being there.
        let verbal = target.is_some_and(|token| token.class == Class::Verbal);
        let Some(target) = target else { continue };
        let (from, to) =
            (target.span.start.min(token.span.start), target.span.end.max(token.span.end));
        out.push(Denied {
            target: side.names.canonical(&target.key).to_owned(),
            text: side.text.visible.slice(&(from..to)).to_owned(),
            kind: if verbal { Denial::Action } else { Denial::of(word) },
        });
    }
    out
}

fn is_content(token: &Token) -> bool {
    !matches!(token.class, Class::Function | Class::Predicate | Class::Number)
}

fn has_any_negation(side: &Side<'_>) -> bool {
    side.tokens.iter().any(|token| is_negation(side.word(token)))
}

fn is_negation(word: &str) -> bool {
    ["않", "못", "아니", "아닌", "아닙"].iter().any(|start| word.starts_with(start))
        || word == "안"
        || word.contains('없')
        || is_english_negation(word)
}

/// Tells whether `word` denies the word before it as a plain statement.
fn is_korean_negation(word: &str) -> bool {
    let starts = ["않", "못", "없", "아닙", "아니다", "아니에", "아니었", "아니므"];
    // `않으면`, `않아도`, `않도록`, `없으면`: a condition or a purpose states nothing.
    // What stands before a noun, as `없는 경우`, says which one is meant.
    let condition =
        ["면", "도", "도록", "더라도", "려면", "려고", "게", "는", "은", "을", "던", "못한"];
    starts.iter().any(|start| word.starts_with(start))
        && !condition.iter().any(|end| word.ends_with(end))
}

fn is_english_negation(word: &str) -> bool {
    [
        "not", "never", "no", "cannot", "without", "none", "isn", "aren", "doesn", "don", "didn",
        "won",
    ]
    .iter()
    .any(|negation| word.eq_ignore_ascii_case(negation))
}

fn compares(side: &Side<'_>) -> bool {
    side.tokens.iter().any(|token| {
        let word = side.word(token);
        word.ends_with("보다") || word == "than" || word == "반면"
    })
}

/// Flags pairs of opposites of which each side has one word only.
fn opposites(sides: &[Side<'_>; 2]) -> Vec<Flag> {
    let [model, answer] = sides;
    // A negation turns the word around: `증가하지 않는다` and `감소한다` may agree.
    if has_any_negation(model) != has_any_negation(answer) {
        return Vec::new();
    }
    // `캐시는 디스크보다 빠르다` and `디스크는 캐시보다 느리다` agree.
    if compares(model) || compares(answer) {
        return Vec::new();
    }
    let (theirs, ours) = (marks(model.text, model.sentence), marks(answer.text, answer.sentence));
    let lone = |marks: &[Mark], pair: usize| -> Option<Mark> {
        let of_pair = || marks.iter().filter(|mark| mark.pair == pair);
        let first = of_pair().next()?;
        of_pair().all(|mark| mark.side == first.side).then(|| first.clone())
    };
    let mut out = Vec::new();
    for pair in theirs.iter().map(|mark| mark.pair) {
        if let (Some(one), Some(other)) = (lone(&theirs, pair), lone(&ours, pair))
            && one.side != other.side
        {
            out.push(Flag {
                kind: FlagKind::Opposite,
                model: model.text.visible.slice(&one.span).to_owned(),
                answer: answer.text.visible.slice(&other.span).to_owned(),
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::FlagKind::{self, Negation, Number, Opposite};
    use crate::{EqualWeights, compare};

    #[track_caller]
    fn check(model: &str, answer: &str, expected: &[(FlagKind, &str, &str)]) {
        let found = compare(answer, model, &EqualWeights).flags;
        let found: Vec<(FlagKind, &str, &str)> =
            found.iter().map(|flag| (flag.kind, &*flag.model, &*flag.answer)).collect();
        assert_eq!(found, expected, "{model} <> {answer}");
    }

    #[test]
    fn numbers_that_differ() {
        check(
            "토큰의 유효 시간은 30분입니다.",
            "토큰의 유효 시간은 2시간입니다.",
            &[(Number, "30분", "2시간")],
        );
        check("기본 포트는 6379입니다.", "기본 포트는 3306입니다.", &[(Number, "6379", "3306")]);
        check(
            "실패하면 최대 3번 재시도합니다.",
            "실패하면 최대 다섯 번 재시도합니다.",
            &[(Number, "3번", "다섯 번")],
        );
        check(
            "The cache keeps entries for 10 minutes.",
            "The cache keeps entries for 5 minutes.",
            &[(Number, "10 minutes", "5 minutes")],
        );
    }

    #[test]
    fn numbers_that_agree() {
        for (model, answer) in [
            ("응답 시간을 200ms에서 50ms로 줄였습니다.", "응답 시간이 50ms까지 줄었습니다."),
            ("최대 3번 재시도합니다.", "세 번까지 재시도합니다."),
            ("토큰은 60초 뒤에 만료됩니다.", "토큰은 1분이 지나면 만료됩니다."),
            ("서버 3대로 운영했습니다.", "캐시를 5분 동안 유지했습니다."),
            ("전략은 3가지입니다.", "팀원 4명과 전략을 정했습니다."),
        ] {
            check(model, answer, &[]);
        }
    }

    #[test]
    fn negations_that_differ() {
        check(
            "HTTP는 상태를 저장하지 않습니다.",
            "HTTP는 상태를 저장합니다.",
            &[(Negation, "저장하지 않습니다", "저장합니다")],
        );
        check(
            "인덱스는 중복을 허용합니다.",
            "인덱스는 중복을 허용하지 않습니다.",
            &[(Negation, "허용합니다", "허용하지 않습니다")],
        );
        check(
            "불변 객체는 생성 후 변경할 수 없습니다.",
            "불변 객체는 생성 후 변경할 수 있습니다.",
            &[(Negation, "변경할 수 없습니다", "변경할")],
        );
        check(
            "Threads share the heap memory.",
            "Threads do not share the heap memory.",
            &[(Negation, "share", "not share")],
        );
    }

    #[test]
    fn negations_that_agree() {
        for (model, answer) in [
            (
                "동시성을 제어하지 않으면 데이터가 깨집니다.",
                "동시성을 제어해야 데이터가 깨지지 않습니다.",
            ),
            ("락 없이 처리하면 재고가 맞지 않습니다.", "락을 걸지 않으면 재고가 어긋납니다."),
            ("UDP는 신뢰성을 보장하지 않습니다.", "UDP는 신뢰성 보장이 없습니다."),
            ("프로세스가 아니라 스레드가 힙을 공유합니다.", "스레드는 프로세스의 힙을 공유합니다."),
            ("메시지가 유실되지 않도록 저장합니다.", "메시지 유실을 막으려고 저장합니다."),
            ("서버는 세션을 저장하지 않습니다.", "서버가 세션을 저장하는 것을 피합니다."),
        ] {
            check(model, answer, &[]);
        }
    }

    #[test]
    fn opposites_that_differ() {
        check(
            "충돌이 드물면 낙관적 락이 적합합니다.",
            "충돌이 드물면 비관적 락이 적합합니다.",
            &[(Opposite, "낙관적", "비관적")],
        );
        check(
            "정규화는 데이터 중복을 줄입니다.",
            "정규화는 데이터 중복을 늘립니다.",
            &[(Opposite, "줄입니다", "늘립니다")],
        );
        check(
            "The HTTP call is synchronous in this client.",
            "The HTTP call is asynchronous in this client.",
            &[(Opposite, "synchronous", "asynchronous")],
        );
        check(
            "REST 서버는 stateless하게 설계합니다.",
            "REST 서버는 stateful하게 설계합니다.",
            &[(Opposite, "stateless", "stateful")],
        );
    }

    #[test]
    fn opposites_that_agree() {
        for (model, answer) in [
            ("캐시는 디스크보다 빠릅니다.", "디스크는 캐시보다 느립니다."),
            (
                "메모리 사용량을 줄이고 처리량을 늘립니다.",
                "처리량을 늘리고 메모리 사용량을 줄입니다.",
            ),
            ("요청을 비동기로 처리합니다.", "요청 처리를 비동기로 바꿉니다."),
            ("동기 호출은 결과를 기다립니다.", "비동기 호출과 달리 동기 호출은 결과를 기다립니다."),
        ] {
            check(model, answer, &[]);
        }
    }
}
