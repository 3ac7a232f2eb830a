// Search and comparison of the mock: crude, but with every kind of result the views show.

import type {
  CompareRequest,
  CompareView,
  CompletionItem,
  CompletionRequest,
  CompletionView,
  HitView,
  MatchesRequest,
  MatchView,
  Part,
  SearchRequest,
  SearchView,
  TermView,
} from "../src/ipc/types";
import { type MockEntry, stateOf } from "./mock-data";

function places(text: string, word: string): [number, number][] {
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

const consonants: Record<string, string> = { ㅁㄷ: "멱등", ㅈㅅㄷ: "재시도", ㅇㄷㅅ: "인덱스" };

type Texts = ReadonlyMap<string, readonly { title: string; line: number; text: string }[]>;

export function find(
  entries: readonly MockEntry[],
  request: SearchRequest,
  posts: Texts = new Map(),
): SearchView {
  const started = performance.now();
  const query = request.query.trim();
  const post = /post:"?([^"]+)"?/.exec(query)?.[1];
  const word = consonants[query] ?? query.replace(/\S+:("[^"]*"|\S*)/g, "").trim();
  const hits: HitView[] = [];
  let total = 0;
  for (const one of entries) {
    if (post !== undefined && one.path !== post) continue;
    const parts: [Part, string][] = [
      ["question", one.question],
      ["answer", one.answer],
      ...one.variants.map(({ text }): [Part, string] => ["model_answer", text]),
      ["hint", one.hint ?? ""],
      ...one.sections.map(({ text }): [Part, string] => ["section", text]),
    ];
    for (const [part, text] of parts) {
      const first = places(text, word)[0];
      if (!first && !(post !== undefined && word === "" && part === "question")) continue;
      total++;
      if (hits.length >= request.limit) continue;
      const from = Math.max(0, (first?.[0] ?? 0) - 40);
      const snippet = text.slice(from, from + 140).replaceAll("\n", " ");
      hits.push({
        entry: one.id,
        path: one.path,
        line: 10 + one.number,
        date: one.date,
        question: one.question,
        categories: one.categories,
        state: stateOf(one.answer),
        part,
        score: 10 - hits.length / 10,
        snippet,
        highlights: places(snippet, word),
        occurrences: places(text, word).length,
      });
    }
  }
  for (const [path, sections] of posts) {
    if (post !== undefined && path !== post) continue;
    for (const { title, line, text } of sections) {
      if (!places(text, word)[0]) continue;
      total++;
      if (hits.length >= request.limit) continue;
      const snippet = text.replaceAll("\n", " ");
      hits.push({
        entry: null,
        path,
        line,
        date: null,
        question: title,
        categories: [],
        state: null,
        part: "section",
        score: 1,
        snippet,
        highlights: places(snippet, word),
        occurrences: places(text, word).length,
      });
    }
  }
  return {
    query: request.query,
    problems: [],
    interpretations: consonants[query]
      ? [
          {
            id: `initials:${query}`,
            kind: "initials",
            range: [0, query.length],
            from: query,
            to: [consonants[query]],
          },
        ]
      : [],
    total,
    took_us: Math.round((performance.now() - started) * 1000),
    hits,
  };
}

/** Operators, and categories with their counts. */
export function complete(
  entries: readonly MockEntry[],
  { query, cursor }: CompletionRequest,
): CompletionView {
  const word = /-?([^\s"]*)$/.exec(query.slice(0, cursor))?.[1] ?? "";
  const range: [number, number] = [cursor - word.length, cursor];
  const value = /^category:(.*)$/.exec(word)?.[1];
  if (value === undefined) {
    const operators = ["in:", "is:", "category:", "topic:", "date:", "post:"];
    const items = operators
      .filter((operator) => operator.startsWith(word))
      .map((insert): CompletionItem => ({ insert, label: insert, kind: "operator", count: null }));
    return { range, items };
  }
  const counts = new Map<string, number>();
  for (const category of entries.flatMap(({ categories }) => categories)) {
    if (category.toLowerCase().startsWith(value.toLowerCase())) {
      counts.set(category, (counts.get(category) ?? 0) + 1);
    }
  }
  const items = [...counts].map(([label, count]): CompletionItem => {
    const insert = /\s/.test(label) ? `category:"${label}"` : `category:${label}`;
    return { insert, label, kind: "category", count };
  });
  return { range, items };
}

/** Places of the query's words in the texts of an entry. */
export function matches(one: MockEntry | undefined, request: MatchesRequest): MatchView[] {
  if (!one) return [];
  const query = (request.query ?? "").trim();
  const word = consonants[query] ?? query.replace(/\S+:("[^"]*"|\S*)/g, "").trim();
  const parts: [Part, number, string][] = [
    ["question", 0, one.question],
    ["hint", 0, one.hint ?? ""],
    ["answer", 0, request.answer ?? one.answer],
    ...one.variants.map(({ text }, nth): [Part, number, string] => ["model_answer", nth, text]),
    ...one.sections.map(({ text }, nth): [Part, number, string] => ["section", nth, text]),
  ];
  return parts.flatMap(([part, nth, text]) =>
    places(text, word).map((range) => ({ part, nth, range })),
  );
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
