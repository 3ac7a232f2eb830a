// The mock's drafts: kept as long as the page is open. `?drafts` begins with some of every kind.

import type { DraftRequest, DraftView } from "../src/ipc/types";
import { entries, query } from "./mock-book";

const kept = new Map<string, DraftRequest & { at: string }>();
let last = 0;

const keyOf = ({ entry, part, audience }: DraftRequest) =>
  [entry ?? "", part, audience ?? ""].join("/");

function keep(request: DraftRequest): { key: string } {
  if (query.get("fail") === "drafts") {
    throw { code: "write_failed", message: "no room", path: "/home/me/.local/share", line: null };
  }
  const key = keyOf(request);
  if (request.replaces && request.replaces !== key) kept.delete(request.replaces);
  const at = new Date(Date.now() + last++).toISOString();
  kept.set(key, { ...request, at });
  return { key };
}

/** What the mock's notebook says of the part. */
function now(request: DraftRequest): string | null {
  const one = entries.find(({ id }) => id === request.entry);
  if (!one) return null;
  switch (request.part) {
    case "question":
      return one.question;
    case "category":
      return `${one.categories.join(", ")}\n${one.topic ?? ""}`;
    case "hint":
      return one.hint ?? "";
    case "answer":
      return one.answer;
    case "model_answer":
      return one.modelState === "written"
        ? (one.variants.find(({ audience }) => audience === (request.audience ?? null))?.text ??
            null)
        : "";
    default:
      return null;
  }
}

function view(key: string, request: DraftRequest & { at: string }): DraftView {
  const { part, text, base, at } = request;
  const one = entries.find(({ id }) => id === request.entry);
  const present = now(request);
  let state: DraftView["state"] = "gone";
  if (request.entry === null) state = "unsaved";
  else if (present === text) state = "same";
  else if (present !== null) state = present === base ? "unsaved" : "moved_on";
  return {
    entry: one?.id ?? null,
    kept_for: request.entry,
    key,
    part,
    audience: request.audience ?? null,
    text,
    base,
    now: present,
    question: one?.question ?? request.question ?? "",
    path: one?.path ?? request.path ?? "",
    date: one?.date ?? request.date ?? null,
    at,
    state,
  };
}

export function keptDrafts(): DraftView[] {
  const views = [...kept].map(([key, request]) => view(key, request));
  for (const { key, state } of views) if (state === "same") kept.delete(key);
  return views.filter(({ state }) => state !== "same").sort((a, b) => b.at.localeCompare(a.at));
}

if (query.has("drafts")) {
  const [first, second, third] = entries;
  const add = (request: Omit<DraftRequest, "revision">) => keep({ ...request, revision: null });
  add({
    entry: "gone",
    part: "answer",
    text: "세마포어는 동시에 들어갈 수 있는 수를 세고, 뮤텍스는 하나만 들여보냅니다.\n\n소유자가 있느냐가 다릅니다.",
    base: "",
    question: "뮤텍스와 세마포어는 어떻게 다른가요?",
    path: first?.path ?? "",
    date: "2025-05-20",
  });
  if (second) {
    add({
      entry: second.id,
      part: "answer",
      text: `${second.answer}\n\n여기까지 쓰다가 꺼졌다.`,
      base: "예전에 파일에 있던 글",
    });
  }
  if (third)
    add({ entry: third.id, part: "hint", text: "무엇을 세는지 떠올", base: third.hint ?? "" });
  const draft = {
    question: "새로 받은 질문을 적던 중",
    category: "",
    topic: "",
    hint: "",
    model: "",
  };
  const text = JSON.stringify({ way: "write", draft, text: "", cards: [] });
  add({ entry: null, part: "new_entry", text, base: "" });
}

// biome-ignore lint/suspicious/noExplicitAny: arguments are as the caller typed them
type Args = any;

/** Commands of the journal. */
export const journal: Record<string, (args: Args) => unknown> = {
  keep_draft: ({ request }) => keep(request),
  drop_draft: ({ key }) => {
    kept.delete(key);
    return null;
  },
  drafts: keptDrafts,
};
