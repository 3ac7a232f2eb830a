// A post with drawings: such as can be drawn, one that cannot, and one that tries what it may not.

const block = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\``;

export const flowchart = `flowchart LR
  accTitle: 주문이 지나는 길
  accDescr: 주문은 검증을 거쳐 저장되고, 실패하면 다시 대기열로 간다.
  A[주문 받기] --> B{재고가 있나요?}
  B -->|있음| C[(주문 저장)]
  B -->|없음| D[대기열에 넣기]
  D -.->|지수 백오프| A
  subgraph 저장소
    C --> E[[이벤트 발행]]
  end`;

const sequence = `sequenceDiagram
  autonumber
  actor 손님
  participant 서버 as API 서버
  participant 저장 as 결과 저장소
  손님->>+서버: 결제 요청 (멱등 키)
  서버->>저장: 같은 키가 있나요?
  alt 처음 온 키
    저장-->>서버: 없음
    서버->>저장: 결과와 함께 보관
  else 다시 온 키
    저장-->>서버: 보관한 결과
  end
  서버-->>-손님: 결과
  Note over 서버,저장: 보관 기간은 재시도보다 길게`;

export const broken = `flowchart TD
  A[시작] --> B[끝
  B --> C`;

/** What others might write to get out of a drawing. */
export const hostile = `---
config:
  securityLevel: loose
  htmlLabels: true
  themeCSS: "body{display:none}"
---
flowchart LR
  A["<img src=x onerror=alert(1)><b>글</b>"] --> B[누르기]
  click B href "https://example.com" _top
  B --> C[[셋]]:::own --> D[넷]
  style A fill:#fffbe0
  style D fill:navy,color:yellow
  classDef own fill:lightyellow,stroke:#333
  subgraph 묶음
    D
  end
  style 묶음 fill:#eef`;

const wide = `flowchart LR
${Array.from({ length: 16 }, (_, i) => `  n${i}[단계 ${i + 1}: 요청을 다음으로 넘기기] --> n${i + 1}`).join("\n")}`;

/** Every other kind, a section each. */
const kinds: Record<string, string> = {
  상태: `stateDiagram-v2
  [*] --> 닫힘
  닫힘 --> 열림: 실패가 이어짐
  열림 --> 반열림: 시간이 지남
  반열림 --> 닫힘: 성공
  반열림 --> 열림: 실패`,
  클래스: `classDiagram
  class Order["주문"] {
    +Long id
    +담기(상품) void
  }
  class Item["상품"]
  Order "1" *-- "many" Item : 담는다`,
  개체: `erDiagram
  CUSTOMER ||--o{ ORDER : "주문한다"
  CUSTOMER {
    string name "이름"
    int id PK
  }
  ORDER {
    int id PK
    date at "언제"
  }`,
  일정: `gantt
  title 배포 일정
  dateFormat YYYY-MM-DD
  todayMarker off
  section 준비
  설계 :done, a, 2025-05-01, 5d
  구현 :active, b, after a, 7d
  section 배포
  점검 :crit, c, after b, 3d`,
  비율: `pie showData
  title 오류의 종류
  "타임아웃" : 45
  "5xx" : 30
  "4xx" : 15
  "기타" : 10`,
  가지: `gitGraph
  commit id: "처음"
  branch "기능"
  commit id: "작업"
  checkout main
  merge "기능" tag: "v1"`,
  생각: `mindmap
  root((캐시))
    무효화
      만료 시간
      쓰기와 함께
    저장 위치
      로컬
      원격
    [네모 이름표]
    (둥근 이름표)
    )구름 이름표(
    ))터짐 이름표((
    {{여섯 모 이름표}}`,
  흐름: `timeline
  title 서비스의 한 해
  1월 : 시작
  6월 : 캐시 도입 : 부하 시험
  12월 : 정리`,
};

const section = (title: string, line: number, text: string) => ({ title, level: 2, line, text });

export const drawn = [
  section(
    "흐름도",
    6,
    `주문은 이렇게 흐른다.\n\n${block(flowchart)}\n\n그림 뒤에도 글이 이어진다.`,
  ),
  section("차례", 24, block(sequence)),
  section("그릴 수 없는 것", 44, block(broken)),
  section("넓은 것", 52, block(wide)),
  section("남이 쓴 것", 74, block(hostile)),
];

export const drawnKinds = Object.entries(kinds).map(([title, source], i) =>
  section(title, 6 + i * 14, block(source)),
);
