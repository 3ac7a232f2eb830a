// The mock's history: what the mock itself replaced, and some of earlier days.

import { presentableDiff } from "@codemirror/merge";
import type {
  AsideRequest,
  Cause,
  DiffSpanView,
  HistoryRequest,
  HistoryView,
  PartDiff,
  PartName,
  RestoreRequest,
  SavedView,
  VersionDetail,
  VersionView,
} from "../src/ipc/types";
import { book, entries, fail, onReplace, query, sortDays, wrote } from "./mock-book";
import type { MockEntry } from "./mock-data";

/** An entry as it was, and since when it is no more. */
interface Kept {
  id: string;
  at: string;
  cause: Cause;
  entry: MockEntry;
  /** Whether the entry was deleted. */
  whole: boolean;
}

/** Newest first. */
const kept: Kept[] = [];
let last = 0;

const copy = (entry: MockEntry): MockEntry => structuredClone(entry);

/** Keeps an entry as it is, before it changes. */
export function keep(cause: Cause, entry: MockEntry, whole = false, at = new Date()): void {
  kept.unshift({ id: `v${++last}`, at: at.toISOString(), cause, entry: copy(entry), whole });
}
onReplace(keep);

/** The parts of an entry and their texts. */
function textsOf(entry: MockEntry): [PartName, string][] {
  return [
    ["question", entry.question],
    ["category", [...entry.categories, entry.topic ?? ""].filter(Boolean).join(", ")],
    ["hint", entry.hint ?? ""],
    ["answer", entry.answer],
    ["model_answer", entry.variants.map(({ text }) => text).join("\n\n")],
  ];
}

const wholeText = (entry: MockEntry) =>
  textsOf(entry)
    .map(([, text]) => text)
    .filter(Boolean)
    .join("\n\n");

/** The entry a version is of, as it is now. */
const now = (version: Kept) => entries.find(({ id }) => id === version.entry.id);

/** The entry as it was after the version was replaced. */
function after(version: Kept): MockEntry | undefined {
  const newer = kept.slice(0, kept.indexOf(version)).reverse();
  const next = newer.find(({ cause, entry }) => cause !== "aside" && entry.id === version.entry.id);
  return next?.entry ?? now(version);
}

function partsOf(version: Kept): PartName[] {
  const next = after(version);
  if (version.whole || !next) return ["entry"];
  const texts = new Map(textsOf(next));
  return textsOf(version.entry)
    .filter(([part, text]) => texts.get(part) !== text)
    .map(([part]) => part);
}

function view(version: Kept): VersionView {
  const { id, at, cause, entry } = version;
  return {
    id,
    at,
    cause,
    path: entry.path,
    entry: entry.id,
    question: entry.question,
    parts: partsOf(version),
    chars: [...entry.answer.replace(/\s/g, "")].length,
    excerpt: entry.answer.slice(0, 120).replace(/\s+/g, " "),
  };
}

function spans(then: string, current: string): DiffSpanView[] {
  const out: DiffSpanView[] = [];
  const push = (kind: DiffSpanView["kind"], text: string) => {
    if (text !== "") out.push({ kind, text });
  };
  let at = 0;
  for (const { fromA, toA, fromB, toB } of presentableDiff(then, current)) {
    push("same", then.slice(at, fromA));
    push("removed", then.slice(fromA, toA));
    push("added", current.slice(fromB, toB));
    at = toA;
  }
  push("same", then.slice(at));
  return out;
}

const diff = (part: PartName, then: string, current: string): PartDiff => ({
  part,
  then,
  now: current,
  spans: spans(then, current),
});

function byVersion(id: string): Kept {
  return kept.find((version) => version.id === id) ?? fail("invalid_request", `no version ${id}`);
}

function detail(id: string): VersionDetail {
  const version = byVersion(id);
  const current = now(version);
  const about = { version: view(version), exists: !!current, revision: book.revision };
  if (!current) return { ...about, parts: [diff("entry", wholeText(version.entry), "")] };
  const texts = new Map(textsOf(current));
  const parts = textsOf(version.entry)
    .map(([part, then]) => diff(part, then, texts.get(part) ?? ""))
    .filter((one) => one.then !== one.now);
  return { ...about, parts };
}

function restore({ id, base, part }: RestoreRequest): SavedView {
  const version = byVersion(id);
  const current = now(version);
  if (base !== null && base !== book.revision) fail("conflict", "the post changed");
  const then = copy(version.entry);
  if (!current) {
    entries.unshift(then);
    sortDays();
    return wrote(then.id, then.path);
  }
  keep("restored", current);
  const all = part === null || part === "entry";
  if (all || part === "question") current.question = then.question;
  if (all || part === "category") {
    current.categories = then.categories;
    current.topic = then.topic;
  }
  if (all || part === "hint") current.hint = then.hint;
  if (all || part === "answer") current.answer = then.answer;
  if (all || part === "model_answer") current.variants = then.variants;
  return wrote(current.id, current.path);
}

/** Keeps a text that is dropped, as a version of its entry. */
function keepAside({ entry: id, part, audience = null, text }: AsideRequest): null {
  const now = entries.find((one) => one.id === id) ?? fail("unknown_entry", `no entry ${id}`);
  if (text.trim() === "") return null;
  const entry = copy(now);
  if (part === "answer") entry.answer = text;
  else if (part === "hint") entry.hint = text;
  else if (part === "question") entry.question = text;
  else {
    const variant = entry.variants.find((one) => one.audience === audience);
    if (part === "model_answer" && variant) variant.text = text;
  }
  keep("aside", entry);
  return null;
}

function list({ entry, post, deleted = false, limit }: HistoryRequest): HistoryView {
  const failing = query.get("fail") === "history";
  if (failing) fail("unreadable", "made to fail", "history");
  const versions = kept
    .filter((version) => entry === null || version.entry.id === entry)
    .filter((version) => post === null || version.entry.path === post)
    .filter((version) => !deleted || (version.whole && !now(version)))
    .slice(0, limit)
    .map(view);
  return { versions };
}

/** Versions of the second entry over some days, and an entry that was deleted. */
function seed(): void {
  const [, entry, , , , gone] = entries;
  if (!entry || !gone) return;
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  // Whatever the time is now, the sitting lies within one day.
  const lastEvening = new Date();
  lastEvening.setDate(lastEvening.getDate() - 1);
  lastEvening.setHours(20, 0, 0, 0);
  const before = (change: Partial<MockEntry>): MockEntry => ({ ...copy(entry), ...change });
  const paragraphs = entry.answer.split("\n\n");
  const day = 24 * 60;
  keep("saved", before({ answer: "", hint: null }), false, minutesAgo(9 * day));
  keep(
    "saved",
    before({ answer: "재시도는 세 번까지 합니다.", hint: null }),
    false,
    minutesAgo(8 * day),
  );
  const told = paragraphs[0]?.replace("다시 보내도 되는 것과 안 되는 것", "되는 것과 안 되는 것");
  keep("outside", before({ answer: told ?? "", hint: "멱등 키" }), false, minutesAgo(2 * day));
  keep(
    "deleted",
    { ...copy(gone), id: "gone1", question: "지난주에 지운 질문은 무엇이었나요?" },
    true,
    minutesAgo(30 * 60),
  );
  for (let i = 0; i < 8; i++) {
    const answer = [told, ...paragraphs.slice(1, 1 + Math.ceil(i / 2))].join("\n\n");
    const part = answer.slice(0, answer.length - (i % 2) * 9 - 3);
    keep(
      "saved",
      before({ answer: part, question: "외부 API 호출이 실패하면 어떻게 하나요?" }),
      false,
      new Date(lastEvening.getTime() + i * 3 * 60_000),
    );
  }
}
if (!query.has("bare")) seed();

// biome-ignore lint/suspicious/noExplicitAny: arguments are as the caller typed them
type Args = any;

export const past: Record<string, (args: Args) => unknown> = {
  history: ({ request }) => list(request),
  version: ({ request }) => detail(request.id),
  restore: ({ request }) => restore(request),
  keep_aside: ({ request }) => keepAside(request),
};
