// A notebook that exists in memory only, for looking at the window in a browser.

import type { AnswerState, ModelState } from "../src/ipc/types";

export interface MockEntry {
  id: string;
  question: string;
  date: string | null;
  categories: string[];
  topic: string | null;
  hint: string | null;
  answer: string;
  modelState: ModelState;
  variants: { audience: string | null; text: string }[];
  sections: { title: string; text: string }[];
  path: string;
  number: number;
}

export const today = "2025-05-22";

interface Seed {
  topic: string;
  category: string;
  question: string;
  hint?: string;
  answer: string;
  model?: { audience: string | null; text: string }[];
  placeholder?: boolean;
  sections?: { title: string; text: string }[];
}

const seeds: Seed[] = [
  {
    topic: "인덱스 원리와 함정",
    category: "Backend",
    question:
      "데이터베이스 인덱스는 어떻게 조회를 빠르게 만드나요? 인덱스를 추가했는데 오히려 느려지는 경우도 함께 설명해주세요.",
    hint: "책의 찾아보기를 떠올려 보세요. 쓰기가 잦은 표라면 무엇이 늘어날까요?",
    answer: "",
    model: [
      {
        audience: null,
        text: "인덱스는 정렬된 B+트리로 찾을 범위를 좁혀 줍니다. 쓰기마다 트리를 고쳐야 하므로 쓰기가 잦은 표에서는 느려질 수 있습니다.",
      },
    ],
  },
  {
    topic: "재시도와 멱등성",
    category: "Backend",
    question:
      "외부 API 호출이 실패했을 때 재시도를 어떻게 설계하나요? 같은 요청이 두 번 처리되지 않게 하는 방법까지 설명해주세요.",
    hint: "실패가 모두 같은 실패는 아닙니다. 다시 보내도 되는 요청과 안 되는 요청을 먼저 나누어 보세요. (예: 타임아웃, 5xx, 멱등 키, 지수 백오프)",
    answer: `먼저 실패를 **다시 보내도 되는 것과 안 되는 것**으로 나눕니다. 연결이 끊기거나 \`503\`처럼 잠깐 바쁜 경우는 다시 보내고, \`400\`이나 \`403\`처럼 요청 자체가 틀린 경우는 바로 멈춥니다.

- 간격은 1초, 2초, 4초로 늘리고 무작위로 조금씩 흩어 놓습니다.
- 횟수는 세 번, 전체 시간은 10초를 넘기지 않습니다.
- 실패가 이어지면 서킷 브레이커를 열어 상대가 회복할 시간을 줍니다.

배송 알림을 맡았을 때 타임아웃이 난 요청을 그대로 다시 보냈다가 같은 알림이 두 번 나간 적이 있습니다. 응답만 늦었을 뿐 상대 쪽에서는 이미 처리가 끝나 있었습니다.

그래서 요청마다 멱등 키를 붙이고, 받는 쪽에서 같은 키가 오면 처음 결과를 그대로 돌려주게 바꾸었습니다. 키를 보관하는 기간은 ...`,
    model: [
      {
        audience: "첫 취업 준비생",
        text: `재시도는 다시 보내면 성공할 가능성이 있는 실패에만 적용합니다. 네트워크 오류와 5xx, 429는 대상이지만 나머지 4xx는 요청을 고치기 전에는 결과가 같으므로 제외합니다.

간격은 **지수 백오프**에 지터를 더해 여러 클라이언트가 한꺼번에 몰리지 않게 하고, 전체 제한 시간을 두어 사용자가 끝없이 기다리지 않게 합니다.

중복 처리는 멱등 키로 막습니다. 클라이언트가 만든 키를 서버가 결과와 함께 보관하고, 같은 키가 다시 오면 저장한 결과를 돌려줍니다. 보관 기간은 재시도가 끝날 때까지 걸리는 시간보다 길어야 합니다.`,
      },
      {
        audience: "현직 개발자, 이직 면접",
        text: `재시도 정책은 호출 경로 전체의 예산에서 시작합니다. 층마다 세 번씩 다시 보내면 요청이 27배로 늘어나므로 재시도는 한 층에서만 합니다.

- 대상: 네트워크 오류, 5xx, 429
- 간격: 지수 백오프와 지터
- 중복: \`Idempotency-Key\` 헤더와 결과 저장`,
      },
    ],
    sections: [
      {
        title: "꼬리 질문",
        text: "- 멱등 키는 누가 만들어야 하나요?\n- 재시도가 장애를 키우는 상황을 설명해 보세요.",
      },
    ],
  },
  {
    topic: "마감과 방향 전환",
    category: "인성",
    question:
      "마감을 이틀 앞두고 기획이 바뀐다면 무엇부터 하시겠어요? 비슷한 경험이 있다면 함께 이야기해주세요.",
    answer: "",
    placeholder: true,
  },
  {
    topic: "캐시 무효화 시점",
    category: "Backend",
    question:
      "캐시를 도입할 때 무효화 시점을 어떻게 정했나요? 오래된 값이 보여도 되는 범위를 판단한 근거도 설명해주세요.",
    hint: "값이 틀렸을 때 누가 손해를 보는지부터 따져 보세요.",
    answer:
      "조회가 쓰기보다 50배 많은 상품 목록에 캐시를 붙였습니다. 가격은 바로 맞아야 해서 쓰는 쪽에서 지우고, 소개 글은 5분 뒤에 저절로 사라지게 했습니다.",
    model: [
      {
        audience: null,
        text: "무효화는 값이 틀렸을 때의 비용으로 정합니다. 결제 금액처럼 틀리면 안 되는 값은 쓰기와 함께 지우고, 나머지는 만료 시간을 둡니다.",
      },
    ],
  },
  {
    topic: "TCP 대신 UDP",
    category: "네트워크",
    question: "TCP 대신 UDP를 고르는 서비스에는 무엇이 있고, 잃어버린 패킷은 누가 책임지나요?",
    answer:
      "실시간 음성과 게임이 대표적입니다. 늦게 온 소리는 쓸모가 없으므로 잃어버린 패킷은 응용 프로그램이 건너뛰거나 메웁니다.",
  },
  {
    topic: "코드 리뷰의 기준",
    category: "공통",
    question: "코드 리뷰에서 반드시 확인하는 것과 일부러 넘어가는 것을 나누어 설명해주세요.",
    answer: "동작이 바뀌는 곳과 되돌리기 어려운 것을 먼저 봅니다. 취향은 넘어가고 도구에 맡깁니다.",
    model: [
      { audience: null, text: "정확성과 되돌리기 어려운 결정을 먼저 보고, 형식은 자동화합니다." },
    ],
  },
  {
    topic: "컨텍스트 스위칭 비용",
    category: "운영체제",
    question: "프로세스와 스레드의 컨텍스트 스위칭 비용은 왜 다른가요?",
    hint: "주소 공간이 바뀌면 무엇을 다시 채워야 할까요?",
    answer:
      "스레드끼리는 주소 공간을 함께 쓰므로 TLB와 캐시를 비우지 않아도 됩니다. 프로세스는 페이지 테이블이 바뀌어 비용이 커집니다.",
    model: [
      {
        audience: null,
        text: "프로세스 전환은 주소 공간을 바꾸므로 TLB가 비워지고 캐시 적중률이 떨어집니다.",
      },
    ],
  },
  {
    topic: "느려진 서비스 진단",
    category: "DevOps",
    question: "서비스가 느려졌다는 제보를 받았습니다. 어떤 지표부터, 어떤 순서로 보시겠어요?",
    answer:
      "먼저 제보가 한 사람의 것인지 모두의 것인지 나눕니다. 응답 시간의 p95와 오류율을 보고, 그다음 포화도를 봅니다.",
  },
  {
    topic: "배포를 되돌린 기준",
    category: "공통",
    question: "배포를 되돌리기로 결정한 기준이 있다면, 그 기준을 어떻게 정했는지 설명해주세요.",
    answer: "되돌리는 기준은 배포 전에 숫자로 적어 둡니다. 오류율이 평소의 두 배를 넘거나 TODO",
    model: [
      {
        audience: null,
        text: "되돌리는 기준은 배포 전에 정하고, 판단을 사람의 기분에 맡기지 않습니다.",
      },
    ],
  },
];

/** A post without questions. */
export const bookNote = [
  {
    title: "",
    level: 0,
    line: 6,
    text: "두 번째 읽고 나서 적는다. 처음에는 규칙을 외우려 했고, 이번에는 **왜 그런 규칙이 생겼는지**를 보았다.",
  },
  {
    title: "1장 이름 짓기",
    level: 2,
    line: 9,
    text: "이름은 무엇을 하는지보다 무엇인지를 말해야 한다. `data`나 `info`처럼 아무 데나 붙는 말은 뜻을 지운다.\n\n줄여 쓴 이름은 쓴 사람만 읽는다. 소리 내어 읽을 수 있는 이름이 토론에서 살아남는다.",
  },
  {
    title: "다시 볼 곳",
    level: 3,
    line: 15,
    text: "- 47쪽: 맥락이 있는 이름\n- 52쪽: 한 낱말에는 한 뜻만",
  },
  {
    title: "2장 함수",
    level: 2,
    line: 20,
    text: "함수는 한 가지만 한다. 한 가지인지 아닌지는 **더 나눌 이름이 떠오르는지**로 가린다.\n\n인자가 셋을 넘으면 묶을 말이 빠진 것이다.",
  },
  {
    title: "3장 오류 다루기",
    level: 2,
    line: 27,
    text: "오류는 값으로 돌려주고, 부른 쪽이 무엇을 할지 정한다.\n\n삼킨 오류는 반드시 다른 곳에서 터진다.",
  },
];

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function stateOf(answer: string): AnswerState {
  const text = answer.trim();
  if (text === "") return "empty";
  return /(\.\.\.|TODO)$/.test(text) ? "draft" : "written";
}

export function makeEntries(days: number, perDay: number): MockEntry[] {
  const all: MockEntry[] = [];
  let seed = 0;
  for (let day = 0; day < days; day++) {
    const date = addDays(
      today,
      -day - (day > 0 && day % 5 === 0 ? 2 : 0) - Math.floor(day / 5) * 2,
    );
    const count = day === 0 ? 3 : perDay > 3 ? perDay : 2 + ((day * 7) % 3);
    for (let i = 0; i < count; i++) {
      const { topic, category, question, hint, answer, model, placeholder, sections } = seeds[
        seed % seeds.length
      ] as Seed;
      const old = seed >= seeds.length;
      all.push({
        id: `e${seed}`,
        question,
        date,
        categories: [category],
        topic: old && seed % 4 === 3 ? null : topic,
        hint: hint ?? null,
        answer:
          old && seed % 9 < 2 && seed % 2 === 0
            ? "예전에 쓴 답입니다. 다시 읽으면 고치고 싶은 곳이 보입니다."
            : answer,
        modelState: model ? "written" : placeholder ? "placeholder" : "none",
        variants: model ?? (placeholder ? [{ audience: null, text: "어쩌구 저쩌구" }] : []),
        sections: sections ?? [],
        path: `_posts/interview/${date.slice(0, 7)}-매일 답하기.md`,
        number: i + 1,
      });
      seed++;
    }
  }
  return all;
}
