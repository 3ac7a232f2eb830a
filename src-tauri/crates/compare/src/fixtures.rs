//! Pairs of answers as people write them, with what a careful reader would mark.

use crate::{Comparison, EqualWeights, FlagKind, TermState, compare};

/// One pair and what must come out of it.
struct Pair {
    name: &'static str,
    answer: &'static str,
    model: &'static str,
    /// Terms that must be among the dozen, with their states.
    terms: &'static [(&'static str, TermState)],
    /// Words a careful reader would strike out.
    odd: &'static [&'static str],
    flags: &'static [(FlagKind, &'static str, &'static str)],
}

use FlagKind::{Negation, Number, Opposite};
use TermState::{Missing, Partly, Said};

const PAIRS: &[Pair] = &[
    Pair {
        name: "good: processes and threads",
        answer: "프로세스는 운영체제로부터 독립된 메모리 공간을 할당받아 실행되는 단위이고, 쓰레드는 프로세스 안에서 실행되는 흐름입니다.\n\
                 스레드끼리는 힙과 데이터 영역을 공유하지만 스택은 각자 갖습니다. 그래서 컨텍스트 스위칭 비용이 적은 대신 동기화에 신경 써야 합니다.",
        model: "프로세스(Process)는 실행 중인 프로그램으로, 운영체제에서 독립된 메모리 공간을 할당받습니다.\n\
                스레드(Thread)는 프로세스 내부의 실행 흐름이며 코드, 데이터, 힙 영역을 공유하고 스택은 따로 가집니다.\n\
                스레드는 컨텍스트 스위칭 비용이 적지만 공유 자원에 대한 동기화가 필요하고, 한 스레드의 오류가 프로세스 전체에 영향을 줄 수 있습니다.",
        terms: &[
            ("스레드", Said),
            ("프로세스", Said),
            ("컨텍스트 스위칭", Said),
            ("동기화", Said),
            ("운영체제", Said),
            ("스택", Said),
        ],
        odd: &["영향", "오류", "비용"],
        flags: &[],
    },
    Pair {
        name: "partial: database index",
        answer: "인덱스는 테이블에서 원하는 행을 빨리 찾으려고 만드는 자료구조입니다. 책의 목차와 비슷합니다. 조회는 빨라지지만 INSERT가 느려집니다.",
        model: "인덱스는 테이블의 검색 속도를 높이기 위한 **정렬된 자료구조**이며, 대부분 `B+Tree`로 구현됩니다.\n\n\
                - 조회 성능은 좋아지지만 쓰기 작업마다 인덱스를 갱신해야 하고 추가 저장 공간이 듭니다.\n\
                - 카디널리티(Cardinality)가 높은 컬럼에 거는 것이 유리합니다.\n\
                - 복합 인덱스는 컬럼 순서가 중요하고, 커버링 인덱스를 쓰면 테이블 접근을 줄일 수 있습니다.",
        terms: &[
            ("인덱스", Said),
            ("자료구조", Said),
            ("B+Tree", Missing),
            ("카디널리티", Missing),
            ("복합 인덱스", Partly),
            ("커버링 인덱스", Partly),
        ],
        odd: &["작업", "추가"],
        flags: &[],
    },
    Pair {
        name: "wrong: numbers of a cache",
        answer: "상품 조회 API에 Redis 캐시를 적용했습니다. TTL을 1시간으로 설정했고, 그 결과 평균 응답 시간이 500ms에서 80ms로 줄었습니다.",
        model: "상품 조회 API에 Redis 캐시를 적용하고 TTL을 10분으로 설정했습니다. 그 결과 평균 응답 시간이 500ms에서 50ms로 줄었습니다. \
                캐시 무효화는 상품 수정 이벤트를 구독해 처리했습니다.",
        terms: &[
            ("Redis 캐시", Said),
            ("TTL", Said),
            ("캐시 무효화", Partly),
            ("10분", Missing),
            ("500ms", Said),
            ("50ms", Missing),
        ],
        odd: &["결과", "적용"],
        flags: &[(Number, "10분", "1시간"), (Number, "50ms", "80ms")],
    },
    Pair {
        name: "contradicting: optimistic and pessimistic lock",
        answer: "충돌이 자주 발생하는 경우에는 낙관적 락이 적합합니다. 버전 컬럼을 두고 갱신 시점에 비교합니다.",
        model: "충돌이 자주 발생하는 경우에는 비관적 락(Pessimistic Lock)이 적합합니다. `SELECT ... FOR UPDATE`로 레코드를 미리 잠그기 때문입니다. \
                낙관적 락은 버전 컬럼으로 충돌을 감지하며, 충돌이 드물 때 알맞습니다.",
        terms: &[("비관적 락", Partly), ("낙관적 락", Said), ("버전 컬럼", Said), ("충돌", Said)],
        odd: &["경우", "시점"],
        flags: &[(Opposite, "비관적", "낙관적")],
    },
    Pair {
        name: "contradicting: negation",
        answer: "UDP는 패킷의 순서를 보장하고 연결 설정 과정이 없어서 빠릅니다. TCP는 3-way handshake로 연결을 맺습니다.",
        model: "TCP는 3-way handshake로 연결을 맺고 흐름 제어와 혼잡 제어를 제공합니다. UDP는 패킷의 순서를 보장하지 않으며 연결 설정 과정이 없어서 빠릅니다.",
        terms: &[
            ("TCP", Said),
            ("UDP", Said),
            ("3-way handshake", Said),
            ("흐름 제어", Missing),
            ("혼잡 제어", Missing),
        ],
        odd: &["과정", "제공"],
        flags: &[(Negation, "보장하지 않으며", "보장하고")],
    },
    Pair {
        name: "a list of principles",
        answer: "REST는 자원을 URI로 나타내고 GET, POST 같은 HTTP 메소드로 행위를 나타내는 방식입니다. 서버는 클라이언트의 상태를 저장하지 않습니다.",
        model: "REST 설계 원칙은 다음과 같습니다.\n1) 자원은 URI로 식별한다\n2) 행위는 HTTP 메서드(GET, POST, PUT, DELETE)로 표현한다\n\
                3) 무상태성(Stateless): 서버가 세션을 보관하지 않는다\n4) 캐시 가능(Cacheable)\n5) 계층형 시스템(Layered System)\n6) HATEOAS",
        terms: &[("HTTP 메서드", Said), ("URI", Said), ("무상태성", Missing), ("HATEOAS", Missing)],
        odd: &["원칙", "행위"],
        flags: &[],
    },
    Pair {
        name: "off topic",
        answer: "저는 팀 회의에서 의견을 정리하는 역할을 자주 맡았습니다. 덕분에 일정이 밀리지 않았습니다.",
        model: "가비지 컬렉션(Garbage Collection)은 참조되지 않는 객체를 힙에서 회수합니다. Minor GC는 Young 영역에서, Major GC는 Old 영역에서 일어나며 \
                Stop-the-World 동안 애플리케이션 스레드가 멈춥니다. G1 GC는 힙을 리전으로 나누어 멈춤 시간을 줄입니다.",
        terms: &[
            ("가비지 컬렉션", Missing),
            ("Stop-the-World", Missing),
            ("힙", Missing),
            ("G1 GC", Missing),
        ],
        odd: &["동안", "시간"],
        flags: &[],
    },
    Pair {
        name: "code and dependency injection",
        answer: "의존성 주입(DI)은 객체가 쓸 의존 객체를 밖에서 넣어 주는 것입니다. 스프링에서는 `@Autowired`나 생성자로 주입합니다.",
        model: "제어의 역전(IoC)은 객체의 생성과 생명주기를 컨테이너가 맡는 것이고, 의존성 주입(Dependency Injection)은 이를 구현하는 방법입니다. \
                스프링은 `ApplicationContext`가 빈을 관리하며, 생성자 주입을 권장합니다.\n\n```java\npublic OrderService(OrderRepository repository) {}\n```\n",
        terms: &[
            ("의존성 주입", Said),
            ("스프링", Said),
            ("ApplicationContext", Missing),
            ("생성자 주입", Said),
            ("생명주기", Missing),
        ],
        odd: &["public", "방법"],
        flags: &[],
    },
    Pair {
        name: "a soft skill",
        answer: "코드 리뷰에서 동료와 의견이 갈렸을 때 먼저 상대의 근거를 들었습니다. 벤치마크로 두 방식을 비교한 뒤 팀 컨벤션 문서에 남겼습니다.",
        model: "코드 리뷰 중 예외 처리 방식을 두고 동료와 갈등이 있었습니다. 감정적으로 대응하지 않고 두 방식을 벤치마크한 결과를 공유했습니다. \
                합의한 내용은 팀 컨벤션으로 문서화했고, 이후 비슷한 갈등이 줄었습니다.",
        terms: &[("코드 리뷰", Said), ("컨벤션", Said), ("갈등", Missing), ("예외 처리", Missing)],
        odd: &["이후", "내용", "감정적"],
        flags: &[],
    },
    Pair {
        name: "English",
        answer: "A deadlock occurs when two threads wait for each other's locks forever. We can prevent it by acquiring locks in a fixed order.",
        model: "A deadlock is a state where threads wait for each other's locks and never proceed. Four conditions are needed: mutual exclusion, hold and wait, \
                no preemption, and circular wait. A consistent lock ordering breaks the circular wait.",
        terms: &[
            ("deadlock", Said),
            ("threads", Said),
            ("mutual exclusion", Missing),
            ("circular wait", Missing),
            ("preemption", Missing),
        ],
        odd: &["needed", "never", "each"],
        flags: &[],
    },
    Pair {
        name: "distributed transactions",
        answer: "마이크로서비스에서는 2PC 대신 SAGA를 씁니다. 실패하면 보상 트랜잭션을 실행해 되돌립니다. 이벤트 유실은 DLQ로 막습니다.",
        model: "마이크로서비스에서는 데이터 정합성을 위해 Saga 패턴을 씁니다. 각 서비스가 로컬 트랜잭션을 수행하고, 실패하면 보상 트랜잭션으로 되돌립니다. \
                이벤트 발행은 Outbox 패턴으로 보장하고, 처리하지 못한 메시지는 DLQ(Dead Letter Queue)로 보냅니다. 소비자는 멱등성(Idempotency)을 지켜야 하며 최종 일관성을 받아들입니다.",
        terms: &[
            ("마이크로서비스", Said),
            ("보상 트랜잭션", Said),
            ("로컬 트랜잭션", Partly),
            ("DLQ", Said),
            ("멱등성", Missing),
            ("최종 일관성", Missing),
            ("데이터 정합성", Missing),
        ],
        odd: &["수행", "처리"],
        flags: &[],
    },
];

fn run(pair: &Pair) -> Comparison {
    compare(pair.answer, pair.model, &EqualWeights)
}

#[test]
fn pairs_come_out_as_a_careful_reader_would_mark_them() {
    for pair in PAIRS {
        let found = run(pair);
        let seen: Vec<(&str, TermState)> =
            found.terms.iter().map(|term| (term.term.as_str(), term.state)).collect();
        for wanted in pair.terms {
            assert!(seen.contains(wanted), "{}: {wanted:?} is not in {seen:?}", pair.name);
        }
        for odd in pair.odd {
            assert!(seen.iter().all(|(term, _)| term != odd), "{}: {odd} is no term", pair.name);
        }
        let flags: Vec<(FlagKind, &str, &str)> =
            found.flags.iter().map(|flag| (flag.kind, &*flag.model, &*flag.answer)).collect();
        assert_eq!(flags, pair.flags, "{}", pair.name);
    }
}

#[test]
fn a_copied_answer_lacks_nothing() {
    for pair in PAIRS {
        let found = compare(pair.model, pair.model, &EqualWeights);
        assert!(found.terms.iter().all(|term| term.state == Said), "{}", pair.name);
        assert!(found.sentences.iter().all(|pair| pair.similarity == 1.0), "{}", pair.name);
        assert!(found.flags.is_empty() && found.extra_terms.is_empty(), "{}", pair.name);
    }
}

#[test]
fn an_answer_to_another_question_has_little() {
    for (pair, other) in PAIRS.iter().zip(PAIRS.iter().skip(3)) {
        let found = compare(other.answer, pair.model, &EqualWeights);
        let missing = found.terms.iter().filter(|term| term.state == Missing).count();
        assert!(missing * 2 > found.terms.len(), "{} <> {}: {found:?}", pair.name, other.name);
        assert!(found.flags.is_empty(), "{} <> {}", pair.name, other.name);
    }
}

#[track_caller]
fn state(model: &str, answer: &str, term: &str, expected: TermState) {
    let found = compare(answer, model, &EqualWeights);
    let state = found.terms.iter().find(|found| found.term == term).map(|term| term.state);
    assert_eq!(state, Some(expected), "{term} of {model} in {answer}: {:?}", found.terms);
}

#[test]
fn states_of_terms() {
    for (model, answer, term, expected) in [
        ("데드락(deadlock)을 감지합니다.", "교착 상태를 살펴봅니다.", "데드락", Said),
        ("데드락(deadlock)을 감지합니다.", "Deadlocks are found.", "데드락", Said),
        ("분산 락을 씁니다.", "분산락으로 막습니다.", "분산 락", Said),
        ("분산 락을 씁니다.", "락을 겁니다.", "분산 락", Partly),
        ("데이터 정합성을 지킵니다.", "데이터의 정합성이 중요합니다.", "데이터 정합성", Said),
        ("데이터 정합성을 지킵니다.", "데이터를 지웁니다.", "데이터 정합성", Missing),
        ("확장성을 얻습니다.", "확장이 쉽습니다.", "확장성", Partly),
        ("thread pool을 씁니다.", "쓰레드 풀로 처리합니다.", "thread pool", Said),
        ("`SETNX`를 씁니다.", "redis의 setnx 명령", "SETNX", Said),
        ("비동기로 처리합니다.", "동기로 처리합니다.", "비동기", Missing),
        ("만료 시간은 60초입니다.", "1분 뒤에 만료됩니다.", "60초", Said),
        ("CI/CD를 구축했습니다.", "CI를 붙였습니다.", "CI/CD", Partly),
        ("Redis 클러스터를 씁니다.", "REDIS-클러스터", "Redis 클러스터", Said),
        ("멱등성을 지킵니다.", "We keep it idempotent.", "멱등성", Said),
        ("DLQ(Dead Letter Queue)로 보냅니다.", "dead-letter queue에 쌓입니다.", "DLQ", Said),
    ] {
        state(model, answer, term, expected);
    }
}

#[test]
fn ranges_cover_the_term() {
    let model = "**분산 락**은 `SETNX`로 만들고, 데드락(deadlock)은 TTL 30초로 막습니다.";
    let answer = "- 분산락을 setnx로\n- **교착** 상태는 30초 TTL로";
    let found = compare(answer, model, &EqualWeights);
    let texts = |text: &str, ranges: &[std::ops::Range<usize>]| -> String {
        let parts: Vec<&str> =
            ranges.iter().map(|range| text.get(range.clone()).unwrap()).collect();
        parts.join(", ")
    };
    let mut lines: Vec<String> = found
        .terms
        .iter()
        .map(|term| {
            let (theirs, ours) = (texts(model, &term.in_model), texts(answer, &term.in_answer));
            format!("{}: {theirs} <> {ours}", term.term)
        })
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"), @r"
    30초: 30초 <> 30초
    SETNX: SETNX <> setnx
    TTL: TTL <> TTL
    데드락: 데드락, deadlock <> 교착** 상태
    분산 락: 분산 락 <> 분산락
    ");
}
