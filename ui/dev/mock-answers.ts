// Comparison of the mock: crude, but with every kind of result the view shows.

import type { CompareRequest, CompareView, TermView } from "../src/ipc/types";
import { type MockEntry, stateOf } from "./mock-data";

export function places(text: string, word: string): [number, number][] {
  const found: [number, number][] = [];
  if (word === "") return found;
  const low = text.toLowerCase();
  for (
    let at = low.indexOf(word.toLowerCase());
    at >= 0;
    at = low.indexOf(word.toLowerCase(), at + 1)
  ) {
    found.push([at, at + word.length]);
  }
  return found;
}

function sentences(text: string): { text: string; at: [number, number] }[] {
  const found: { text: string; at: [number, number] }[] = [];
  for (const match of text.matchAll(/[^.!?\n]+[.!?]*/g)) {
    const trimmed = match[0].trim();
    if (trimmed.length < 2) continue;
    const at = match.index + match[0].indexOf(trimmed);
    found.push({ text: trimmed, at: [at, at + trimmed.length] });
  }
  return found;
}

export function compareAnswer(one: MockEntry, request: CompareRequest): CompareView {
  const answer = request.answer ?? one.answer;
  const variant =
    one.variants.find(({ audience }) => audience === request.audience) ?? one.variants[0];
  const model = variant?.text ?? "";
  const base = {
    entry: one.id,
    audience: variant?.audience ?? null,
    model_state: one.modelState,
    answer_state: stateOf(answer),
    answer_text: answer,
    model_text: model,
  };
  if (one.modelState !== "written") {
    return { ...base, terms: [], extra_terms: [], sentences: [], flags: [] };
  }
  const words = [
    "재시도",
    "멱등 키",
    "지수 백오프",
    "지터",
    "5xx",
    "429",
    "타임아웃",
    "인덱스",
    "캐시",
    "기준",
  ];
  const terms = words
    .map((term): TermView => {
      const in_answer = places(answer, term);
      const part = places(answer, term.split(" ").at(-1) ?? "");
      const state = in_answer.length > 0 ? "said" : part.length > 0 ? "partly" : "missing";
      return {
        term,
        aliases: term === "지수 백오프" ? ["exponential backoff"] : [],
        state,
        in_answer: state === "partly" ? part : in_answer,
        in_model: places(model, term),
      };
    })
    .filter(({ in_model }) => in_model.length > 0);
  const mine = sentences(answer);
  return {
    ...base,
    terms,
    extra_terms: ["서킷 브레이커", "배송 알림"].filter((term) => answer.includes(term)),
    sentences: sentences(model).map((sentence, i) => {
      const counterpart = i % 3 === 2 ? undefined : mine[i === 0 ? 1 : i === 1 ? 0 : i];
      return {
        model: sentence.text,
        answer: counterpart?.text ?? null,
        similarity: counterpart ? ([0.82, 0.56, 0.41][i % 3] ?? 0.4) : 0,
        in_model: sentence.at,
        in_answer: counterpart?.at ?? null,
      };
    }),
    flags: answer.includes("10초")
      ? [
          { kind: "number", model: "30초", answer: "10초" },
          { kind: "negation", model: "제외합니다", answer: "보냅니다" },
        ]
      : [],
  };
}
