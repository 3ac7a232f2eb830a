//! A book in the layout of a daily-interview post, with everything markdown has.

use std::path::Path;

use super::{Book, BookDay, BookEntry, Options};
use jiff::civil::date;

/// All options on, one column.
pub(super) fn options(root: &Path) -> Options {
    Options::new(root)
}

/// An entry with a question and an answer and nothing else.
pub(super) fn entry(number: u32, question: &str, answer: &str) -> BookEntry {
    BookEntry {
        number,
        question: question.to_owned(),
        categories: vec!["Backend".to_owned()],
        topic: None,
        hint: None,
        answer: answer.to_owned(),
        variants: Vec::new(),
        sections: Vec::new(),
        comparison: None,
        folder: "/nowhere".into(),
        post: "2025-05-15-매일 답하기.md".to_owned(),
    }
}

/// A book of one day.
pub(super) fn book_of(entries: Vec<BookEntry>) -> Book {
    Book {
        title: "매일 기술 면접".to_owned(),
        author: Some("김하루".to_owned()),
        date: date(2025, 5, 23),
        days: vec![BookDay { post: None, date: Some(date(2025, 5, 21)), entries }],
        articles: Vec::new(),
    }
}

/// Two days, five questions.
pub(super) fn book() -> Book {
    let mut cache = entry(
        1,
        "캐시를 도입할 때 무효화 시점을 어떻게 정했나요? 오래된 값이 보여도 되는 범위를 판단한 \
         근거도 설명해주세요.",
        CACHE_ANSWER,
    );
    cache.topic = Some("캐시 무효화 시점".to_owned());
    cache.hint = Some(
        "값이 바뀌는 순간을 누가 아는지, 늦게 알아도 되는지를 나누어 생각해 보세요. \
         (예: TTL, Write-Through, 이벤트 발행)"
            .to_owned(),
    );
    cache.variants = vec![
        (Some("[첫 취업 준비생이라면?]".to_owned()), CACHE_MODEL_FIRST.to_owned()),
        (Some("[경력 개발자라면?]".to_owned()), CACHE_MODEL_SENIOR.to_owned()),
    ];
    let mut udp = entry(
        2,
        "TCP 대신 UDP를 고르는 서비스에는 무엇이 있고, 잃어버린 패킷은 누가 책임지나요?",
        UDP_ANSWER,
    );
    udp.categories = vec!["네트워크".to_owned()];
    udp.topic = Some("TCP 대신 UDP".to_owned());
    udp.variants = vec![(None, UDP_MODEL.to_owned())];
    udp.sections = vec![("꼬리 질문".to_owned(), UDP_FOLLOW_UP.to_owned())];
    let mut lock = entry(1, "`synchronized`와 **낙관적 락**은 무엇이 다른가요?", LOCK_ANSWER);
    lock.topic = Some("락의 두 방식".to_owned());
    let mut everything = entry(2, "1. 표와 목록을 섞은 답안도 그대로 나오나요?", EVERYTHING);
    everything.categories = vec!["공통".to_owned()];
    let mut empty = entry(3, "새로운 팀에 합류하면 첫 한 달 동안 무엇을 하시겠어요?", "");
    empty.categories = vec!["인성".to_owned()];
    empty.hint = Some("사람, 코드, 서비스 가운데 무엇부터 볼지 정해 보세요.".to_owned());
    let mut book = book_of(vec![cache, udp]);
    book.days.push(BookDay {
        post: None,
        date: Some(date(2025, 5, 19)),
        entries: vec![lock, everything, empty],
    });
    book
}

const CACHE_ANSWER: &str = "\
상품 목록은 몇 초 늦어도 괜찮지만 남은 수량은 늦으면 안 된다고 보고 둘을 다르게 다루었습니다.

목록은 만료 시간을 60초로 두어 저절로 지워지게 하고, 수량은 값을 바꾸는 쪽에서 캐시를 함께
지우도록 했습니다. 지우다가 실패하면 만료 시간이 마지막 안전망이 됩니다.

한 번은 두 서버가 거의 동시에 값을 바꾸면서 옛 값이 다시 올라간 적이 있어, **판 번호**를 함께 넣어
더 새로운 값만 덮어쓰게 고쳤습니다. 이때 `Redis`의 `SETNX`와 `WATCH`를 비교했고, 재시도는 DLQ(Dead
Letter Queue)로 넘겼습니다.";

const CACHE_MODEL_FIRST: &str = "\
먼저 데이터마다 허용할 수 있는 지연을 정합니다. 잔액이나 재고처럼 지연이 곧 손해인 값은
쓰는 시점에 무효화하고, 추천 목록처럼 지연이 문제되지 않는 값은 TTL에 맡깁니다.

쓰기 경로에서는 DB를 먼저 바꾸고 캐시를 지우는 순서를 지키며, 지우기가 실패할 때를 대비해
짧은 TTL을 함께 둡니다. 인기 키가 한꺼번에 만료되면 DB로 요청이 몰리므로 만료 시각을
흩뜨립니다.";

const CACHE_MODEL_SENIOR: &str = "\
무효화는 **누가 바뀐 사실을 아는가**의 문제입니다.
1) 쓰는 쪽이 아는 경우: 커밋 뒤에 이벤트를 발행합니다.
2) 모르는 경우: TTL과 판 번호로 막습니다.

> 지운 뒤에 다시 올라오는 옛 값은 순서 문제이므로, 지우기만으로는 해결되지 않습니다.
{: .block-tip }";

const UDP_ANSWER: &str = "\
음성 통화나 게임처럼 늦게 온 데이터가 쓸모없는 서비스는 다시 보내기를 기다리지 않는 편이 낫습니다.
책임은 애플리케이션으로 옮겨 갑니다.

잃어버려도 되는 것은 버리고, 꼭 필요한 것만 번호를 붙여 다시 요청합니다.";

const UDP_MODEL: &str = "\
실시간 스트리밍, 게임, DNS 조회처럼 지연이 손실보다 나쁜 경우에 UDP를 씁니다. 순서와 재전송은
애플리케이션이나 QUIC 같은 상위 프로토콜이 맡습니다.";

const UDP_FOLLOW_UP: &str = "\
- QUIC은 왜 UDP 위에서 시작했나요?
- 혼잡 제어를 애플리케이션이 직접 하면 어떤 문제가 생기나요?
    - 공정성은 누가 지키나요?
    - 커널과 사용자 공간 가운데 어디에 두나요?";

const LOCK_ANSWER: &str = "\
`synchronized`는 들어오는 문을 잠그고, 낙관적 락은 나갈 때 확인합니다.[^1] 충돌이 드물면 기다림이
없는 낙관적 락이 낫고, 잦으면 **비관적 락**이 *재시도 비용*을 아낍니다.

```java
// 판 번호가 같을 때만 값을 바꾼다. 긴 주석도 낱말 가운데에서 끊기지 않고 다음 줄로 넘어가야 한다.
@Version
private Long version;

public synchronized void decrease(long quantity) {
    if (this.quantity < quantity) throw new IllegalStateException(\"재고가 부족합니다: \" + quantity);
    this.quantity -= quantity;
}
```

[^1]: 커밋할 때 판 번호를 비교한다는 뜻입니다. 자세한 설명은 [공식 문서](https://example.com/lock)에 있습니다.";

const EVERYTHING: &str = "\
## 큰 제목이 있는 답
첫 줄은 여기에서 끝나고  
둘째 줄은 새 줄에서 시작합니다. 중간의 > 부호와 a < b 와 List<String> 은 글자입니다.<br>셋째 줄도 있습니다.

| 방식 | 지연 | 설명 |
|:-----|----:|:---:|
| Write-Through | 3 ms | 쓰기마다 캐시와 저장소를 함께 바꿉니다 |
| Write-Back | 0.2 ms | 캐시만 바꾸고 나중에 저장소에 씁니다 |
| Cache-Aside | 1.5 ms | 읽을 때 없으면 채우고, 쓸 때는 지웁니다 |

### 할 일
- [x] 만료 시간을 정한다
- [ ] 부하를 잰다

1. 첫째 항목
   이어지는 줄
2. 둘째 항목
   - 속한 항목 하나
   - 속한 항목 둘

> 인용 안에
>
> > 인용이 또 있습니다.
>
> 그리고 돌아옵니다.

<details><summary>펼친 부분</summary>

숨어 있던 글도 보입니다.

</details>

~~지운 글~~과 H<sub>2</sub>O와 x<sup>2</sup>와 <kbd>Ctrl</kbd> 글쇠, 수식 $E = mc^2$, 값은 $5와 $6입니다.

![구조도](img/none.png)

---

기호 → ≥ ✓ • … “따옴표” 漢字 🎉 끝.";

/// One entry with everything a text can have.
pub(super) fn everything() -> Book {
    let mut one = entry(1, "모든 것이 들어 있나요?", EVERYTHING);
    one.hint = Some("`코드`와 **굵은 글**이 있는 힌트".to_owned());
    one.sections = vec![("더 볼 것".to_owned(), MORE.to_owned())];
    one.variants = vec![(Some("누구라면?".to_owned()), LOCK_ANSWER.to_owned())];
    book_of(vec![one])
}

const MORE: &str = "\
복잡도는 $O(n \\log n)$이고, 값이 맞을 확률은 $p$ 입니다.

$$
\\sum_{i=1}^{n} \\frac{x_i^2}{\\sqrt{n}} = \\begin{cases} 1 & n > 0 \\\\ 0 & \\text{그 밖} \\end{cases}
$$

> 도움이 되는 글입니다. 긴 글이어서 다음 줄로 넘어가도 낱말은 그대로입니다.
{: .block-tip }

> 조심할 글입니다.
{: .block-warning }

> 위험한 글입니다.
{: .block-danger }

<https://example.com/a/very/long/address/that/has/no/blank/and/does/not/end/before/the/line/does?and=more&or=less>

`averyveryverylongidentifierthatgoesonandonwithoutanyplacetobreakitinthemiddleofthelinebecauseitissolong`

| 하나 | 둘 | 셋 | 넷 | 다섯 | 여섯 |
|---|---|---|---|---|---|
| 애플리케이션에서는 | 데이터베이스에서는 | 메시지브로커에서는 | 마이크로서비스에서는 | 트랜잭션에서는 | 쿠버네티스에서는 |
";
