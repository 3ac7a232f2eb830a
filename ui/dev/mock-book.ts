// The mock's notebook, and everything that changes it.

import type {
  AddAllRequest,
  AddDayRequest,
  AddedView,
  AddPostRequest,
  AddRequest,
  ApiError,
  Cause,
  ConvertRequest,
  DeleteRequest,
  EditRequest,
  ErrorCode,
  MoveRequest,
  SaveAnswerRequest,
  SavedView,
} from "../src/ipc/types";
import { type MockEntry, makeEntries, today } from "./mock-data";
import { emit } from "./mock-event";

export const query = new URLSearchParams(location.search);
export const entries = query.has("big")
  ? makeEntries(10_000, 7)
  : query.has("empty")
    ? []
    : makeEntries(60, 3);
if (query.has("long")) for (const one of entries) lengthen(one);

/** Names as long as people make them, with and without blanks. */
function lengthen(one: MockEntry): void {
  one.topic = `${one.topic ?? "주제 없음"}과 그 밖에 함께 알아 두어야 하는 여러 가지 것들을 아우르는 긴 주제`;
  one.categories = one.categories.map((name) => `${name}WithAVeryLongNameThatHasNoBlanksAtAll`);
  one.question = `${one.question} ${one.question} ${"아주긴낱말이띄어쓰기없이이어집니다".repeat(4)}?`;
  one.path = `_posts/${"아주 긴 폴더 이름/".repeat(3)}${one.path
    .split("/")
    .at(-1)
    ?.replace(".md", `-${"길고도 긴 글 이름".repeat(4)}.md`)}`;
}
/** Counts the writes. */
let count = 1;
export const book = {
  get revision(): string {
    return `r${count}`;
  },
};

export const fail = (code: ErrorCode, message: string, path: string | null = null): never => {
  const breaks = code === "breaks_structure";
  const error: ApiError = { code, message, path, line: breaks ? 3 : null };
  if (breaks) error.breaking = "heading";
  throw error;
};

export function byId(id: string): MockEntry {
  return entries.find((one) => one.id === id) ?? fail("unknown_entry", `no entry ${id}`);
}

/** Days without questions, and the posts they are in. */
export const bareDays = new Map<string, string>();

/** Posts with their own file, added in this session. */
export const added: string[] = [];
const converted = new Set<string>();

/** Posts of March are in an old encoding until they are converted. */
export function readOnly(path: string): string | null {
  return path.includes("2025-03") && !converted.has(path) ? "CP949" : null;
}

/** A write is through: the window hears of it, and is answered. */
export function wrote(entry: string, path: string): SavedView {
  count++;
  queueMicrotask(() => emit("changed", { changed: [path], removed: [] }));
  return { entry, path, revision: book.revision };
}

/** Fails as the address says, or where a post may not be written. */
function mayWrite(path: string): void {
  const failing = query.get("fail") as ErrorCode | null;
  if (failing) fail(failing, "made to fail", path);
  if (readOnly(path)) fail("not_utf8", "not UTF-8", path);
}

/** Told before an entry changes or goes. */
let replacing: (cause: Cause, entry: MockEntry, whole?: boolean) => void = () => {};

export function onReplace(tell: typeof replacing): void {
  replacing = tell;
}

function edit(request: EditRequest): SavedView {
  const one = byId(request.entry);
  mayWrite(one.path);
  const { question, category, topic, hint, model_answer: model } = request;
  const structure = /^(?:#{1,2} |```)/m.exec(hint ?? model?.text ?? "");
  if (structure) fail("breaks_structure", "would be a heading", one.path);
  replacing("saved", one);
  if (question !== null) one.question = question;
  if (category !== null) one.categories = category === "" ? [] : [category];
  if (topic !== null) one.topic = topic === "" ? null : topic;
  if (hint !== null) one.hint = hint === "" ? null : hint;
  if (model) {
    const found = one.variants.find(({ audience }) => audience === model.audience);
    if (found) found.text = model.text;
    else one.variants = [{ audience: model.audience, text: model.text }];
    one.modelState = model.text.trim() === "" ? "placeholder" : "written";
  }
  return wrote(one.id, one.path);
}

export function sortDays(): void {
  // Newest first; inside a day the order stays.
  entries.sort((a, b) => (b.date ?? "").localeCompare(a.date ?? ""));
  let day: string | null = null;
  let number = 0;
  for (const one of entries) {
    number = one.date === day ? number + 1 : 1;
    day = one.date;
    one.number = number;
  }
}

function move(request: MoveRequest): SavedView {
  const one = byId(request.entry);
  mayWrite(one.path);
  one.date = request.date;
  one.path = request.post ?? one.path;
  one.id = `${one.id}m`;
  sortDays();
  return wrote(one.id, one.path);
}

function remove(request: DeleteRequest): SavedView {
  const one = byId(request.entry);
  mayWrite(one.path);
  replacing("deleted", one, true);
  entries.splice(entries.indexOf(one), 1);
  sortDays();
  return wrote("", one.path);
}

function addPost(request: AddPostRequest): SavedView {
  const slug = (request.title ?? "매일 답하기").replaceAll(" ", "-");
  const path = `_posts/interview/${request.date ?? today}-${slug}.md`;
  added.push(path);
  return wrote("", path);
}

function save(request: SaveAnswerRequest) {
  const one = byId(request.entry);
  mayWrite(one.path);
  if (request.base_answer !== null && request.base_answer.trim() !== one.answer.trim()) {
    fail("conflict", "the answer changed", one.path);
  }
  if (one.answer !== request.text) replacing("saved", one);
  one.answer = request.text;
  return wrote(one.id, one.path);
}

function addQuestion(request: AddRequest): SavedView {
  const made: MockEntry = {
    ...(entries[0] as MockEntry),
    id: `n${entries.length}`,
    question: request.question,
    categories: request.category ? [request.category] : [],
    topic: request.topic,
    hint: request.hint,
    answer: "",
    date: request.date ?? today,
    number: 4,
    sections: [],
    modelState: request.model_answer ? "written" : "placeholder",
    variants: [{ audience: null, text: request.model_answer ?? "어쩌구 저쩌구" }],
  };
  made.path = request.post ?? made.path;
  if (request.date !== null && bareDays.delete(request.date)) {
    entries.push(made);
    sortDays();
  } else entries.splice(3, 0, made);
  return wrote(made.id, made.path);
}

/** Adds several questions in their order. */
export function addAll({ entries: all, post, date }: AddAllRequest): AddedView {
  const saved = [...all].reverse().map((one) => addQuestion({ ...one, post, date }));
  const { path = "", revision = book.revision } = saved[0] ?? {};
  return { entries: saved.map(({ entry }) => entry).reverse(), path, revision };
}

// biome-ignore lint/suspicious/noExplicitAny: arguments are as the caller typed them
type Args = any;

/** Commands that change the notebook. */
export const writes: Record<string, (args: Args) => SavedView> = {
  save_answer: ({ request }) => save(request),
  add_question: ({ request }) => addQuestion(request),
  edit: ({ request }) => edit(request),
  move_entry: ({ request }) => move(request),
  delete_entry: ({ request }) => remove(request),
  add_day: ({ request }: { request: AddDayRequest }) => {
    const path = request.post ?? entries[0]?.path ?? "";
    if (!entries.some(({ date }) => date === request.date)) bareDays.set(request.date, path);
    return wrote("", path);
  },
  add_post: ({ request }) => addPost(request),
  convert: ({ request }: { request: ConvertRequest }) => {
    converted.add(request.path);
    return wrote("", request.path);
  },
};
