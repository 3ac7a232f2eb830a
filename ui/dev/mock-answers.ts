// Comparison of the mock: crude, but with every kind of result the view shows.

import type {
  AnswerVersionsRequest,
  AnswerVersionsView,
  CompareRequest,
  CompareView,
  Coverage,
  SynonymsRequest,
  TermRequest,
  TermView,
  VersionDetail,
  VersionView,
} from "../src/ipc/types";
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

const decisions = new Map<string, Map<string, TermRequest["decision"]>>();
const synonyms: string[][] = [];

function decided(entry: string, decision: TermRequest["decision"]): string[] {
  const all = [...(decisions.get(entry) ?? [])];
  return all.filter(([, other]) => other === decision).map(([term]) => term);
}

export function decideTerm({ entry, term, decision }: TermRequest): null {
  const own = decisions.get(entry) ?? new Map<string, TermRequest["decision"]>();
  own.delete(term);
  if (decision !== "reset") own.set(term, decision);
  decisions.set(entry, own);
  return null;
}

export function setSynonyms({ names, same }: SynonymsRequest): null {
  if (same) synonyms.push(names);
  else for (const group of synonyms) group.splice(0, group.length, ...group.slice(0, 1));
  return null;
}

/** The answer beside its versions, as the history of the mock has them. */
export function answerVersions(
  one: MockEntry,
  request: AnswerVersionsRequest,
  list: readonly VersionView[],
  detail: (id: string) => VersionDetail,
): AnswerVersionsView {
  const now = request.answer ?? one.answer;
  const coverage = (answer: string): Coverage | null => {
    const view = compareAnswer(one, { entry: one.id, audience: request.audience, answer });
    const of = (state: string) => view.terms.filter((term) => term.state === state).length;
    if (view.model_state !== "written") return null;
    return { said: of("said"), partly: of("partly"), missing: of("missing") };
  };
  const past = list
    .filter(({ parts }) => parts.includes("answer"))
    .map((version) => {
      const part = detail(version.id).parts.find((other) => other.part === "answer");
      return { version, text: part?.then ?? now, spans: part?.spans ?? [] };
    });
  const index = Math.max(
    past.findIndex(({ version }) => version.id === request.older),
    0,
  );
  const older = past[index];
  const states = (answer: string) =>
    new Map(
      compareAnswer(one, { entry: one.id, audience: request.audience, answer }).terms.map(
        (term) => [term.term, term.state] as const,
      ),
    );
  const [then, newer] = [states(older?.text ?? now), states(now)];
  return {
    versions: [
      {
        id: null,
        since: past[0]?.version.at ?? null,
        until: null,
        cause: null,
        state: stateOf(now),
        chars: [...now].length,
        coverage: coverage(now),
      },
      ...past.map(({ version, text }, at) => ({
        id: version.id,
        since: past[at + 1]?.version.at ?? null,
        until: version.at,
        cause: version.cause,
        state: stateOf(text),
        chars: [...text].length,
        coverage: coverage(text),
      })),
    ],
    older: older ? index + 1 : null,
    newer: 0,
    spans: older?.spans ?? [],
    changes: [...newer].flatMap(([term, state]) => {
      const before = then.get(term);
      return before && before !== state ? [{ term, older: before, newer: state }] : [];
    }),
  };
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
    removed_terms: decided(one.id, "remove"),
    audiences: one.variants.flatMap(({ audience }) => (audience === null ? [] : [audience])),
  };
  if (one.modelState !== "written") {
    return { ...base, terms: [], extra_terms: [], sentences: [], flags: [] };
  }
  const [pinned, added] = [decided(one.id, "pin"), decided(one.id, "add")];
  const words = [
    ...pinned,
    ...added,
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
  const terms = [...new Set(words)]
    .filter((term) => !base.removed_terms.includes(term))
    .map((term): TermView => {
      const own = synonyms.find((group) => group.includes(term)) ?? [];
      const in_answer = [term, ...own.filter((name) => name !== term)].flatMap((name) =>
        places(answer, name),
      );
      const part = places(answer, term.split(" ").at(-1) ?? "");
      const state = in_answer.length > 0 ? "said" : part.length > 0 ? "partly" : "missing";
      return {
        term,
        aliases: term === "지수 백오프" ? ["exponential backoff"] : [],
        state,
        in_answer: state === "partly" ? part : in_answer,
        in_model: places(model, term),
        wish: pinned.includes(term) ? "pinned" : added.includes(term) ? "added" : null,
        own_names: own.filter((name) => name !== term),
      };
    })
    .filter(({ in_model, wish }) => in_model.length > 0 || wish !== null);
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
