// What the mock backend makes of a paste: it knows one text, and takes any other for one question.

import type { PastedEntryView, PastedView } from "../src/ipc/bindings";

/** The text that is known; paste it to see two questions. */
const KNOWN = `안녕하세요, 오늘의 질문입니다.

Q1. 낙관적 락과 비관적 락은 무엇이 다른가요?
카테고리: 데이터베이스, 동시성 제어
힌트: 충돌이 얼마나 잦은지
A1. 비관적 락은 먼저 잠그고, 낙관적 락은 고칠 때 버전을 견줍니다.

Q2. 캐시 스탬피드는 어떻게 막나요?
카테고리: Backend, 캐시
`;

const READ: PastedEntryView[] = [
  {
    question: "낙관적 락과 비관적 락은 무엇이 다른가요?",
    category: "데이터베이스",
    topic: "동시성 제어",
    hint: "충돌이 얼마나 잦은지",
    model_answer: "비관적 락은 먼저 잠그고, 낙관적 락은 고칠 때 버전을 견줍니다.",
  },
  {
    question: "캐시 스탬피드는 어떻게 막나요?",
    category: "Backend",
    topic: "캐시",
    hint: null,
    model_answer: null,
  },
];

export function readPaste(text: string): PastedView {
  const pasted = text.trim();
  if (pasted === "") return { entries: [] };
  if (pasted === KNOWN.trim()) return { entries: READ };
  const question = pasted.replace(/\s+/gu, " ");
  return { entries: [{ question, category: null, topic: null, hint: null, model_answer: null }] };
}
