//! Tells how much two questions resemble each other, to find one again that was reworded.

use unicode_normalization::UnicodeNormalization as _;

/// How questions end that say nothing of what is asked, folded; longer ones before those they end in.
const ENDINGS: [&str; 27] = [
    "무엇인지설명해주세요",
    "에대해설명해주세요",
    "에대해서설명해주세요",
    "설명해주세요",
    "설명해주십시오",
    "설명해보세요",
    "설명하세요",
    "설명하시오",
    "말씀해주세요",
    "말해주세요",
    "알려주세요",
    "무엇인가요",
    "무엇입니까",
    "무엇일까요",
    "무엇이라고생각하나요",
    "무엇인지",
    "무엇인가",
    "뭔가요",
    "뭐예요",
    "에대해서",
    "에대하여",
    "에대해",
    "이란",
    "란",
    "은",
    "는",
    "을",
];

/// How English questions begin that say nothing of what is asked, folded.
const BEGINNINGS: [&str; 7] =
    ["whatisthe", "whatisa", "whatis", "whatare", "pleaseexplain", "explain", "describe"];

/// Returns how much wording two questions share: 0, nothing, to 1, all of it.
///
/// Dice's coefficient over pairs of neighbouring letters and digits, composed and in lower case,
/// without the formulas that questions begin and end with: `TCP란 무엇인가요?` and
/// `UDP란 무엇인가요?` have nothing in common.
pub fn resemblance(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(&gist(one)), pairs(&gist(other)));
    let total = one.len() + other.len();
    if total == 0 {
        return 0.0;
    }
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0_u32;
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                common += 1;
                left.next();
                right.next();
            }
        }
    }
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    f64::from(common) * 2.0 / f64::from(total)
}

/// The letters and digits of a question without its formulas; all of them where nothing is left.
fn gist(question: &str) -> Vec<char> {
    let letters = question.nfc().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '#'));
    let folded: String = letters.flat_map(char::to_lowercase).collect();
    let mut rest = folded.as_str();
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| rest.strip_suffix(ending)) {
        rest = shorter;
    }
    if let Some(shorter) = BEGINNINGS.iter().find_map(|beginning| rest.strip_prefix(beginning)) {
        rest = shorter;
    }
    if rest.is_empty() { &folded } else { rest }.chars().collect()
}

/// Neighbouring characters, sorted; a single one stands for itself.
fn pairs(chars: &[char]) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = match chars {
        [only] => vec![(*only, *only)],
        chars => chars.windows(2).filter_map(|w| Some((*w.first()?, *w.last()?))).collect(),
    };
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reworded_questions_resemble_each_other() {
        let check = |one: &str, other: &str, resembles: bool| {
            let resemblance = resemblance(one, other);
            assert_eq!(resemblance >= 0.6, resembles, "{one} / {other}: {resemblance}");
        };
        check("동시성 문제란 무엇인가요?", "동시성 문제를 설명해주세요.", true);
        check("동시성 문제란 무엇인가요?", "동시성(Concurrency) 문제란 무엇인가요?", false);
        check("프로세스와 스레드의 차이는?", "프로세스와 쓰레드의 차이는 무엇인가요?", true);
        check("REST API의 특징을 설명해주세요", "REST API의 특징과 장점을 설명해주세요", true);
        check("What is a deadlock?", "Explain deadlocks", true);
        check("TCP란 무엇인가요?", "UDP란 무엇인가요?", false);
        check("큐란 무엇인가요?", "스택이란 무엇인가요?", false);
        check("인덱스를 설명해주세요", "트랜잭션을 설명해주세요", false);
        check("C란?", "C++란?", false);
        check("", "", false);
        check("?", "무엇인가요?", false);
        check("무엇인가요?", "무엇인가요", true);
    }

    proptest! {
        #[test]
        fn is_a_measure(one in "[가-깋a-c란은무엇인가요 ?]{0,20}", other in "[가-깋a-c ?]{0,20}") {
            let resembles = resemblance(&one, &other);
            prop_assert!((0.0..=1.0).contains(&resembles));
            prop_assert_eq!(resembles.to_bits(), resemblance(&other, &one).to_bits());
            if one.chars().any(char::is_alphanumeric) {
                prop_assert!((resemblance(&one, &one) - 1.0).abs() < 1e-9);
            }
        }
    }
}
