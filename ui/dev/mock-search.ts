// Search of the mock: substrings, but with every kind of reading, problem and completion.

import type {
  CompletionItem,
  CompletionKind,
  CompletionRequest,
  CompletionView,
  HitView,
  InterpretationView,
  MatchesRequest,
  MatchView,
  Part,
  ProblemView,
  SearchRequest,
  SearchView,
} from "../src/ipc/types";
import { places } from "./mock-answers";
import { type MockEntry, stateOf } from "./mock-data";

type Texts = ReadonlyMap<string, readonly { title: string; line: number; text: string }[]>;

/** What stands for what, as in `ㅁㄷ` for `멱등`. */
const readings: [InterpretationView["kind"], string, string[]][] = [
  ["initials", "ㅁㄷ", ["멱등", "만들", "모두", "메모리 단편화", "물들"]],
  ["initials", "ㅈㅅㄷ", ["재시도"]],
  ["initials", "ㅇㄷㅅ", ["인덱스"]],
  ["layout", "wotleh", ["재시도"]],
  ["unfinished", "재싣", ["재시도"]],
  ["typo", "재시두", ["재시도"]],
  ["spacing", "지수백오프", ["지수 백오프"]],
  ["synonym", "idempotency", ["멱등"]],
];

interface Read {
  words: string[][];
  excluded: string[];
  filters: [string, string][];
  problems: ProblemView[];
  interpretations: InterpretationView[];
}

function read(query: string, refused: readonly string[]): Read {
  const found: Read = { words: [], excluded: [], filters: [], problems: [], interpretations: [] };
  for (const piece of query.matchAll(/-?(?:\p{L}+:)?"[^"]*"?|[^\s"]+/gu)) {
    const text = piece[0];
    const range: [number, number] = [piece.index, piece.index + text.length];
    const odd = (code: string) => found.problems.push({ range, code });
    const [, name, value = ""] = /^-?(category|topic|date|in|is|post):(.*)$/u.exec(text) ?? [];
    const plain = (name ? value : text).replace(/^-|"/gu, "");
    if (/^[^"]*"[^"]*$/u.test(text)) odd("unclosed_quote");
    if (text === "OR") odd("dangling_or");
    else if (name && plain === "") odd("empty_operator");
    else if (name === "date" && !/^\d{4}(-\d\d){0,2}(\.\.\d{4}(-\d\d){0,2})?$/u.test(plain))
      odd("unreadable_date");
    else if (name === "is" && !["answered", "draft", "unanswered"].includes(plain))
      odd("unknown_value");
    else if (name) found.filters.push([name, plain.toLowerCase()]);
    else if (text.startsWith("-")) found.excluded.push(plain.toLowerCase());
    else {
      const own = readings.filter(
        ([kind, from]) => from === plain && !refused.includes(`${kind}:${from}`),
      );
      for (const [kind, from, to] of own)
        found.interpretations.push({ id: `${kind}:${from}`, kind, range, from, to });
      found.words.push([plain, ...own.flatMap(([, , to]) => to)].map((one) => one.toLowerCase()));
    }
  }
  return found;
}

const partNames: Record<string, Part> = {
  answer: "answer",
  model: "model_answer",
  question: "question",
  hint: "hint",
  section: "section",
};

function passes(one: MockEntry, part: Part, filters: readonly [string, string][]): boolean {
  const states = { empty: "unanswered", draft: "draft", written: "answered" };
  return filters.every(([name, value]) => {
    if (name === "category") return one.categories.some((own) => own.toLowerCase().includes(value));
    if (name === "topic") return one.topic?.toLowerCase().includes(value) ?? false;
    if (name === "is") return states[stateOf(one.answer)] === value;
    if (name === "in") return partNames[value] === part;
    if (name === "post") return one.path.toLowerCase() === value;
    const [from = "", to = from] = value.split("..");
    const date = one.date ?? "";
    return date >= from && (date <= to || date.startsWith(to));
  });
}

function partsOf(one: MockEntry, answer = one.answer): [Part, number, string][] {
  return [
    ["question", 0, one.question],
    ["answer", 0, answer],
    ["hint", 0, one.hint ?? ""],
    ...one.variants.map(({ text }, nth): [Part, number, string] => ["model_answer", nth, text]),
    ...one.sections.map(({ text }, nth): [Part, number, string] => ["section", nth, text]),
  ];
}

/** Every place of any of the words, in order and disjoint. */
function placesOf(text: string, words: readonly string[][]): [number, number][] {
  const all = words.flat().flatMap((word) => places(text, word));
  all.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let end = 0;
  return all.filter((place) => {
    if (place[0] < end) return false;
    end = place[1];
    return true;
  });
}

function hitIn(text: string, { words, excluded }: Read): [number, number][] | null {
  const low = text.toLowerCase();
  if (!words.every((forms) => forms.some((form) => low.includes(form)))) return null;
  if (excluded.some((word) => low.includes(word))) return null;
  return placesOf(text, words);
}

export function find(
  entries: readonly MockEntry[],
  request: SearchRequest,
  posts: Texts,
): SearchView {
  const started = performance.now();
  const asked = read(request.query, request.refused ?? []);
  const hits: HitView[] = [];
  let total = 0;
  const add = (
    hit: Omit<HitView, "score" | "snippet" | "highlights" | "occurrences">,
    text: string,
    found: [number, number][],
  ) => {
    total++;
    if (hits.length >= request.limit) return;
    const from = Math.max(0, (found[0]?.[0] ?? 0) - 40);
    const snippet = text.slice(from, from + 140).replaceAll("\n", " ");
    const highlights = placesOf(snippet, asked.words);
    hits.push({ ...hit, score: 10, snippet, highlights, occurrences: found.length });
  };
  for (const one of entries) {
    const { id: entry, path, date, question, categories } = one;
    const head = { entry, path, date, question, categories, state: stateOf(one.answer) };
    for (const [part, , text] of partsOf(one)) {
      const only = asked.words.length === 0 && !asked.filters.some(([name]) => name === "in");
      if (text === "" || (only && part !== "question") || !passes(one, part, asked.filters))
        continue;
      const found = hitIn(text, asked);
      if (found) add({ ...head, line: 10 + one.number, part }, text, found);
    }
  }
  for (const [path, sections] of posts) {
    if (asked.filters.some(([name, value]) => name !== "post" || value !== path.toLowerCase()))
      continue;
    for (const { title, line, text } of sections) {
      const found = hitIn(text, asked);
      const head = { entry: null, path, date: null, question: title, categories: [], state: null };
      if (found) add({ ...head, line, part: "section" }, text, found);
    }
  }
  const behind = new URLSearchParams(location.search).has("indexing");
  const view = {
    query: request.query,
    problems: asked.problems,
    interpretations: asked.interpretations,
    total,
    took_us: Math.round((performance.now() - started) * 1000),
    hits,
    indexing: behind ? { done: 3120, of: 10_000 } : null,
  };
  return view;
}

export function findIn(
  entries: readonly MockEntry[],
  { query, refused, entry, answer, post }: MatchesRequest,
  posts: Texts,
): MatchView[] {
  const { words } = read(query ?? "", refused ?? []);
  const one = entries.find(({ id }) => id === entry);
  const parts: [Part, number, string][] = one
    ? partsOf(one, answer ?? one.answer)
    : (posts.get(post ?? "") ?? []).map(({ text }, nth) => ["section", nth, text]);
  return parts.flatMap(([part, nth, text]) =>
    placesOf(text, words).map((range) => ({ part, nth, range })),
  );
}

const values: Record<string, [CompletionKind, (one: MockEntry) => string[]]> = {
  "category:": ["category", (one) => one.categories],
  "topic:": ["topic", (one) => (one.topic === null ? [] : [one.topic])],
  "is:": [
    "state",
    (one) => [{ empty: "unanswered", draft: "draft", written: "answered" }[stateOf(one.answer)]],
  ],
  "in:": ["part", () => []],
  "date:": ["date", (one) => [one.date?.slice(0, 7) ?? ""]],
  "post:": ["post", (one) => [one.path]],
};

function valuesOf(
  entries: readonly MockEntry[],
  operator: string,
  begun: string,
): CompletionItem[] {
  const [kind, read] = values[operator] ?? ["post", () => []];
  const counts = new Map<string, number | null>();
  if (operator === "in:") for (const part of Object.keys(partNames)) counts.set(part, null);
  for (const one of entries)
    for (const own of read(one)) counts.set(own, (counts.get(own) ?? 0) + 1);
  return [...counts]
    .filter(([label]) => label.toLowerCase().includes(begun.toLowerCase()))
    .sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0))
    .slice(0, 12)
    .map(([label, count]) => ({
      insert: operator + (/\s/u.test(label) ? `"${label}"` : label),
      label,
      kind,
      count,
    }));
}

export function complete(
  entries: readonly MockEntry[],
  { query, cursor }: CompletionRequest,
): CompletionView {
  const before = /(?:[^\s":]+:)?"[^"]*$|[^\s"-][^\s"]*$/u.exec(query.slice(0, cursor))?.[0] ?? "";
  const after = /^[^\s"]*/u.exec(query.slice(cursor))?.[0] ?? "";
  const range: [number, number] = [cursor - before.length, cursor + after.length];
  const [, operator, begun = ""] = /^(\p{L}+:)"?(.*)$/u.exec(before) ?? [];
  if (operator) return { range, items: valuesOf(entries, operator, begun) };
  const operators = Object.keys(values).filter((one) => one.startsWith(before));
  const items = operators.map(
    (insert): CompletionItem => ({ insert, label: insert, kind: "operator", count: null }),
  );
  const more = before.length > 1 ? ["category:", "topic:"] : [];
  return {
    range,
    items: [...items, ...more.flatMap((one) => valuesOf(entries, one, before).slice(0, 3))],
  };
}
