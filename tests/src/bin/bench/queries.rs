//! What is searched for: words that the generated notebooks are made of, and some that they aren't.

/// A query, and the words `rg` is asked for in its place; any of them is a match there.
pub(crate) struct Asked {
    pub(crate) query: &'static str,
    pub(crate) words: &'static [&'static str],
}

macro_rules! words {
    ($($word:literal),* $(,)?) => { [$(Asked { query: $word, words: &[$word] }),*] };
}

macro_rules! several {
    ($($query:literal: $($word:literal)+),* $(,)?) => {
        [$(Asked { query: $query, words: &[$($word),+] }),*]
    };
}

/// Nouns, alone and under a particle; Latin words; beginnings; what is nowhere.
const WORDS: &[Asked] = &words![
    "동시성",
    "병렬성",
    "비동기",
    "동기화",
    "뮤텍스",
    "세마포어",
    "데드락",
    "스핀락",
    "원자성",
    "가시성",
    "프로세스",
    "스레드",
    "코루틴",
    "스케줄러",
    "인터럽트",
    "소켓",
    "설계",
    "데이터",
    "락",
    "서비스",
    "동시성을",
    "데드락이",
    "스레드는",
    "프로세스와",
    "세마포어를",
    "소켓으로",
    "비동기로",
    "원자성이란",
    "Redis",
    "Kafka",
    "Docker",
    "Kubernetes",
    "Nginx",
    "PostgreSQL",
    "MongoDB",
    "redis",
    "sqlite",
    "Redis는",
    "Kafka를",
    "Docker로",
    "동시",
    "데드",
    "스케",
    "프로",
    "red",
    "kub",
    "post",
    "r",
    "없는낱말",
    "뷁뛟",
    "zzqqxx",
    "양자얽힘",
];

/// Two words and more, and phrases.
const SEVERAL: &[Asked] = &several![
    "분산 락": "분산 락",
    "분산락": "분산락",
    "임계 구역": "임계 구역",
    "가상 메모리": "가상 메모리",
    "컨텍스트 스위칭": "컨텍스트 스위칭",
    "동시성 데드락": "동시성" "데드락",
    "Redis 동시성": "Redis" "동시성",
    "Kafka 비동기 서비스": "Kafka" "비동기" "서비스",
    "Redis는 락": "Redis" "락",
    "응답이 느려진": "응답이" "느려진",
    "원인을 찾기 위해": "원인을" "찾기" "위해",
    "프로세스와 스레드의 차이": "프로세스" "스레드" "차이",
    "동시성 문제란 무엇이며, 이를 해결하기 위한 전략을 설명해주세요.": "동시성" "문제" "무엇" "해결" "전략" "설명",
    "데이터 없는낱말": "데이터" "없는낱말",
    "\"분산 락\"": "분산 락",
    "\"함께 이해해야 하는 개념\"": "함께 이해해야 하는 개념",
    "\"새로운 병목이\"": "새로운 병목이",
    "동시성 -데드락": "동시성",
    "redis OR kafka": "redis" "kafka",
    "in:answer 스레드": "스레드",
    "category:backend 동시성": "동시성",
    "date:2020-04 비동기": "비동기",
];

pub(crate) fn all() -> impl Iterator<Item = &'static Asked> {
    WORDS.iter().chain(SEVERAL)
}

/// What nobody means to ask, and everybody types some day.
pub(crate) fn odd() -> Vec<String> {
    let short = [
        "\"",
        "\"동시성",
        "\"a\" \"\"\"",
        "-",
        "- - -",
        "OR",
        "OR OR 동시성 OR",
        "category: topic: date: in: is: post:",
        "date:2025-99..x",
        "은 는 이 가 을 를",
        "ㄱ",
        "ㄱㄴㄷㄹ",
        "ㅏㅏㅏ",
        "하",
        "👨‍👩‍👧‍👦 🎉",
        "\u{0}\u{1}\u{7f}\u{200b}",
        "*",
        "동*",
        ".*(?:a+)+$[^",
        "text:동시성 AND (title:\"x\"~3 OR *:*) +a -b^2 [a TO z]",
        "\\\\\\",
        "../../etc/passwd",
    ];
    let long = [
        "동시성".repeat(3_334),
        "동시성 ".repeat(2_500),
        "a ".repeat(5_000),
        "\"".repeat(10_000),
        "-".repeat(10_000),
        "ㅎ".repeat(10_000),
        "(a OR ".repeat(1_700),
        "aB가1".repeat(2_500),
    ];
    short.into_iter().map(str::to_owned).chain(long).collect()
}
