//! Replays how a notebook grows: a written history of a post, whose every version the edits must give
//! byte for byte from the one before.

use jiff::civil::{Date, date};

use crate::{NewEntry, Post};

/// What the writer did from one version to the next.
enum Step {
    Answer(usize, &'static str),
    Model(usize, Option<usize>, &'static str),
    /// Date, question, category, topic, hint.
    Add(Date, &'static str, &'static str, &'static str, &'static str),
    Day(Date),
}

impl Step {
    fn make(&self, text: &str) -> String {
        let post = Post::parse(text);
        let edits = match self {
            Self::Answer(nth, answer) => post.set_answer(*nth, answer),
            Self::Model(nth, variant, model) => post.set_model_answer(*nth, *variant, model),
            Self::Day(day) => post.add_day(*day, None),
            Self::Add(day, question, category, topic, hint) => {
                let given = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
                let new = NewEntry {
                    question: (*question).to_owned(),
                    category: given(category),
                    topic: given(topic),
                    hint: given(hint),
                    model_answer: None,
                };
                post.add_entry(*day, None, &new)
            }
        };
        edits.unwrap().apply(text)
    }
}

fn check(before: &str, steps: &[Step], after: &str) {
    let text = steps.iter().fold(before.to_owned(), |text, step| step.make(&text));
    pretty(&text, after);
}

/// Fails with the first line that differs.
fn pretty(text: &str, wanted: &str) {
    let (mut left, mut right) = (text.split('\n'), wanted.split('\n'));
    for line in 1.. {
        match (left.next(), right.next()) {
            (None, None) => return,
            (a, b) => assert_eq!(a, b, "line {line} of\n{text}"),
        }
    }
}

const QUOTED: [&str; 7] = [
    include_str!("history/quoted-1.md"),
    include_str!("history/quoted-2.md"),
    include_str!("history/quoted-3.md"),
    include_str!("history/quoted-4.md"),
    include_str!("history/quoted-5.md"),
    include_str!("history/quoted-6.md"),
    include_str!("history/quoted-7.md"),
];

const PROSE: [&str; 3] = [
    include_str!("history/prose-1.md"),
    include_str!("history/prose-2.md"),
    include_str!("history/prose-3.md"),
];

const FIRST: &str = "프로세스는 메모리를 따로 가지고, 스레드는 힙을 함께 씁니다.  \n  \n";

#[test]
fn first_answers() {
    let draft =
        "프로세스는 메모리를 따로 가지고, 스레드는 힙을 함께 씁니다.  \n  \n좋은 예시로는 ??...";
    check(QUOTED[0], &[Step::Answer(0, draft)], QUOTED[1]);
    let second = "읽기가 많고 고르는 값이 다양할 때 씁니다.    \n- 조건절에 자주 나오는 칼럼\n\
                  - 정렬에 쓰이는 칼럼  \n\n```sql\n# 실행 계획을 봅니다\nEXPLAIN SELECT 1;\n```";
    let model = "[첫 취업 준비생이라면?]  \n프로세스는 자기 주소 공간을 가지고, 스레드는 그것을 나눕니다. \
                 > 과제에서 둘을 견주어 보았습니다.\n\n[현직 개발자로, 이직 면접이라면?]  \n문맥 전환 \
                 비용 때문에 스레드 풀을 썼습니다.";
    check(QUOTED[1], &[Step::Answer(1, second), Step::Model(0, None, model)], QUOTED[2]);
}

fn second_day() -> [Step; 3] {
    let day = date(2025, 3, 4);
    [
        Step::Add(
            day,
            "서비스 사이의 데이터 일관성을 어떻게 지키나요?",
            "Backend",
            "분산 트랜잭션",
            "한 데이터베이스 안의 트랜잭션이 아닙니다.",
        ),
        Step::Add(
            day,
            "새 도구를 들일 때 무엇을 살피나요?",
            "공통",
            "기술 도입",
            "되돌릴 수 있는지도 살펴보세요.",
        ),
        Step::Add(
            day,
            "최근에 실패한 경험을 이야기해 주세요.",
            "인성",
            "실패와 교훈",
            "\"실패\"의 크기는 상관없습니다!",
        ),
    ]
}

/// The writer put rules and breaks between the first two days by hand (from the fourth version to the
/// fifth): a post with one day shows no separator, so a blank line stands there.
#[test]
fn a_second_day() {
    check(QUOTED[2], &second_day(), QUOTED[3]);
}

#[test]
fn a_day_made_first_and_filled_then() {
    let mut steps = vec![Step::Day(date(2025, 3, 4))];
    steps.extend(second_day());
    check(QUOTED[2], &steps, QUOTED[3]);
}

#[test]
fn answers_of_two_days() {
    let first = format!("{FIRST}예를 들면 서버가 그렇습니다.");
    let first: &'static str = first.leak();
    check(
        QUOTED[4],
        &[
            Step::Answer(0, "이벤트를 남기고 다시 보냅니다.\n\n세 번 실패하면 기록합니다."),
            Step::Answer(2, "테스트를 미루다가 배포를 되돌렸습니다.   "),
            Step::Answer(3, first),
            Step::Model(4, Some(0), "읽기와 쓰기의 비율로 정합니다."),
        ],
        QUOTED[5],
    );
}

#[test]
fn a_third_day_with_rules_and_breaks() {
    let day = date(2025, 3, 5);
    let steps = [
        Step::Add(
            day,
            "캐시를 어디에 두나요?",
            "Backend",
            "캐시",
            "지우는 때를 정하는 일이 더 어렵습니다.",
        ),
        Step::Add(
            day,
            "코드 리뷰에서 무엇을 먼저 보나요?",
            "공통",
            "코드 리뷰",
            "읽는 사람을 떠올려 보세요.",
        ),
    ];
    check(QUOTED[5], &steps, QUOTED[6]);
}

#[test]
fn days_without_answer_headings() {
    let day = date(2025, 5, 21);
    let ask = Step::Add(day, "인덱스가 없으면 어떤 일이 생기나요?", "", "", "");
    check(PROSE[0], &[ask], PROSE[1]);
    let answer = "### 전체 훑기\n표를 처음부터 끝까지 읽습니다.";
    check(PROSE[1], &[Step::Answer(0, answer)], PROSE[2]);
}
