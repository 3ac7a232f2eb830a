use proptest::prelude::*;

use super::*;
use crate::syllable::has_final;

#[track_caller]
fn check(word: &str, expect: &str) {
    assert_eq!(strip_particles(word), expect, "{word}");
}

#[test]
fn particles_that_fit_go() {
    for word in [
        "동시성을",
        "동시성은",
        "동시성이",
        "동시성과",
        "동시성의",
        "동시성에",
        "동시성에서",
        "동시성에서는",
        "동시성으로",
        "동시성까지",
        "동시성부터",
        "동시성처럼",
        "동시성보다",
        "동시성마다",
        "동시성조차",
        "동시성이라는",
        "동시성이란",
        "동시성입니다",
        "동시성입니까",
        "동시성이며",
        "동시성이고",
        "동시성만",
        "동시성도",
        "동시성에서의",
        "동시성",
    ] {
        check(word, "동시성");
    }
    for word in [
        "서버를",
        "서버는",
        "서버가",
        "서버와",
        "서버로",
        "서버라는",
        "서버들이",
        "서버들에서는",
        "서버였습니다",
    ] {
        check(word, "서버");
    }
    check("스레드들로부터", "스레드");
    check("커널로", "커널");
    check("효율적인", "효율적");
    check("효율적으로", "효율적");
}

#[test]
fn endings_of_verbs_from_nouns_go() {
    for word in [
        "사용하는",
        "사용하여",
        "사용해서",
        "사용합니다",
        "사용했습니다",
        "사용한",
        "사용할",
        "사용되는",
        "사용됩니다",
        "사용하면서",
        "사용하도록",
        "사용하기",
    ] {
        check(word, "사용");
    }
    check("향상시키는", "향상");
}

#[test]
fn further_forms_of_nouns_and_verbs_go() {
    for (word, expect) in [
        ("프로세스나", "프로세스"),
        ("스레드끼리", "스레드"),
        ("메모리에선", "메모리"),
        ("물리적으론", "물리적"),
        ("효율적일", "효율적"),
        ("자료구조이다", "자료구조"),
        ("함수이기도", "함수"),
        ("실행중인", "실행"),
        ("실행중이라면", "실행"),
        ("사용하는가", "사용"),
        ("사용하나요", "사용"),
        ("사용하더라도", "사용"),
        ("사용하기를", "사용"),
        ("사용함과", "사용"),
        ("사용하는지를", "사용"),
        ("사용하면서도", "사용"),
        ("활용했다면", "활용"),
        ("종료되었다고", "종료"),
        ("향상됨을", "향상"),
        ("전달받아", "전달"),
    ] {
        check(word, expect);
    }
}

#[test]
fn second_verbs_go_with_the_first() {
    for (word, expect) in [
        ("구현해보자", "구현"),
        ("구현해보기를", "구현"),
        ("저장해두고", "저장"),
        ("제공해주는", "제공"),
        ("복잡해질수록", "복잡"),
        ("구성되어있는", "구성"),
        ("증가시켜주면", "증가"),
        ("사용해야한다", "사용"),
        ("사용하다보면", "사용"),
    ] {
        check(word, expect);
    }
    // Behind no ending that joins, they are part of the word, or a verb of their own.
    for word in ["알아보자", "보여준다", "이루어진다", "비어있는", "데이터보기"]
    {
        check(word, word);
    }
}

#[test]
fn particles_that_do_not_fit_stay() {
    for word in ["서버을", "동시성를", "동시성가", "서버과", "동시성로", "서버으로"]
    {
        check(word, word);
    }
}

#[test]
fn words_that_only_look_like_one_stay() {
    for word in [
        "복잡도",
        "시간복잡도",
        "정확도",
        "매크로",
        "접근제한",
        "권한",
        "역할",
        "정의",
        "차이",
        "추가",
        "평가",
        "결과",
        "효과",
        "같은",
        "만드는",
        "데이터",
        "메시지",
        "페이지",
        "로그인",
        "디자인",
        "마을",
        "가을",
        "혼란",
        "높이",
        "길이",
        "속도",
        "웹페이지",
        "얼마나",
        "그러나",
        "읽거나",
        "일어나",
        "좋으나",
        "사용자집중",
        "사용권한",
    ] {
        check(word, word);
    }
    check("복잡도를", "복잡도");
    check("정의는", "정의");
    check("과정의", "과정");
    check("문제도", "문제");
    check("삭제한", "삭제");
}

#[test]
fn a_noun_of_one_syllable() {
    for word in ["락을", "락은", "락에서", "락으로", "락까지", "락이란", "락입니다", "락에는"]
    {
        check(word, "락");
    }
    check("큐를", "큐");
    check("큐는", "큐");
    for (word, noun) in
        [("락이", "락"), ("락의", "락"), ("큐가", "큐"), ("큐로", "큐"), ("큐와", "큐")]
    {
        check(word, word);
        assert_eq!(possible_noun(word), Some(noun), "{word}");
    }
    for word in ["정의", "차이", "락가", "데이터", "통한", "락", "서버가"] {
        assert_eq!(possible_noun(word), None, "{word}");
    }
}

#[test]
fn odd_words() {
    for word in ["", "는", "을", "a", "ㄱㄴ", "🔥", "입니다", "ㅕ에", "동ㅅ은"] {
        check(word, word);
    }
    check("Redis는", "Redis");
    check("C를", "C");
}

#[test]
fn particles_alone() {
    for word in ["는", "을", "에서", "에서는", "입니다", "이라는", "으로"] {
        assert!(is_particle(word), "{word}");
    }
    for word in ["서버", "동시성", "는데요구", "커널"] {
        assert!(!is_particle(word), "{word}");
    }
}

proptest! {
    #[test]
    fn what_stays_is_the_start(word in "[가-힣]{0,8}") {
        let stem = strip_particles(&word);
        prop_assert!(word.starts_with(stem));
        prop_assert_eq!(stem.is_empty(), word.is_empty());
    }

    #[test]
    fn two_syllables_stay_unless_the_ending_is_sure(word in "[가-힣]{0,3}(을|에서|으로|이|가|의|들이|하는|해보자|중인|이나|입니다){1,2}") {
        let stem = strip_particles(&word);
        if stem != word && stem.chars().count() < 2 {
            let ending = word.strip_prefix(stem).unwrap();
            prop_assert!(!stem.is_empty() && is_particle(ending), "{} {}", stem, ending);
        }
    }

    #[test]
    fn what_was_stripped_is_not_stripped_again_beyond_a_syllable(word in "[가-힣]{1,6}") {
        let stem = strip_particles(&word);
        prop_assert!(!stem.is_empty());
        prop_assert!(word.starts_with(strip_particles(stem)));
    }

    #[test]
    fn any_text_is_taken(word in any::<String>()) {
        prop_assert!(word.starts_with(strip_particles(&word)));
        if let Some(noun) = possible_noun(&word) {
            prop_assert!(word.starts_with(noun));
        }
        is_particle(&word);
    }

    #[test]
    fn a_noun_is_found_under_every_particle_that_fits(
        noun in prop::sample::select(vec!["동시성", "트랜잭션", "서버", "캐시", "커널", "데이터베이스", "스레드"]),
        (consonant, vowel) in prop::sample::select(vec![
            ("을", "를"), ("은", "는"), ("이", "가"), ("과", "와"), ("이라는", "라는"), ("에서", "에서"), ("까지", "까지"),
        ]),
    ) {
        let particle = if noun.chars().next_back().is_some_and(has_final) { consonant } else { vowel };
        let word = format!("{noun}{particle}");
        prop_assert_eq!(strip_particles(&word), noun);
    }
}
