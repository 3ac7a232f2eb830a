// Stands in for `@tauri-apps/api/core` in the mode "mock".
//
// In the address: ?first (no folder), ?missing (the last one is gone), ?empty (no posts), ?big (10,000
// days), ?long (long names), ?theme=dark, ?lang=en, ?scale=1.5,
// ?watching=limit (no events), ?contrast=more, ?entry=e1, ?drafts (unsaved texts), ?fail=breaks_structure (saving fails),
// ?slow, ?gone (the folder is away), ?indexing (the search is behind), ?nopages (no page can be made),
// ?drawings (posts with Mermaid).
// Posts of March are in CP949.

import type {
  AnswerVersionsRequest,
  CompareRequest,
  CompletionRequest,
  EntryPage,
  EntryRow,
  HistoryView,
  ListFilter,
  LostRequest,
  MatchesRequest,
  PlacedDiagnosticView,
  PostPage,
  SearchRequest,
  SettingsView,
  VersionDetail,
  WatchingView,
} from "../src/ipc/types";
import { answerVersions, compareAnswer, decideTerm, setSynonyms } from "./mock-answers";
import {
  addAll,
  added,
  bareDays,
  book,
  byId,
  entries,
  fail,
  query,
  readOnly,
  writes,
  wrote,
} from "./mock-book";
import { conflictsIn, conflictsOf, lost, mustBeSettled, settling } from "./mock-conflicts";
import { bookNote, type MockEntry, stateOf, today } from "./mock-data";
import { journal, keptDrafts } from "./mock-drafts";
import { drawn, drawnKinds } from "./mock-drawings";
import { emit } from "./mock-event";
import { keep, past } from "./mock-history";
import { html } from "./mock-html";
import { readPaste } from "./mock-paste";
import { printing } from "./mock-print";
import { complete, find, findIn } from "./mock-search";
import { sources, writeBelow } from "./mock-source";
import { visits } from "./mock-visits";

function toRow(one: MockEntry): EntryRow {
  const { id, date, number, question, categories, topic, path } = one;
  return {
    id,
    date,
    number,
    question,
    categories,
    topic,
    path,
    state: stateOf(one.answer),
    model_state: one.modelState,
    read_only: readOnly(path),
  };
}

function passes(one: MockEntry, filter: ListFilter): boolean {
  const state = stateOf(one.answer);
  return (
    (filter.state === null ||
      (filter.state === "no_model" ? one.modelState !== "written" : filter.state === state)) &&
    (filter.category === null || one.categories.includes(filter.category))
  );
}

function categories() {
  const counts = new Map<string, { total: number; answered: number }>();
  for (const one of entries) {
    for (const category of one.categories) {
      const at = counts.get(category) ?? { total: 0, answered: 0 };
      at.total++;
      if (stateOf(one.answer) === "written") at.answered++;
      counts.set(category, at);
    }
  }
  return [...counts]
    .map(([category, at]) => ({ category, ...at }))
    .sort((a, b) => b.total - a.total);
}

/** The sections of posts, by path; what is not named has none. */
const texts = new Map<string, { title: string; level: number; line: number; text: string }[]>([
  ["_posts/books/2025-02-11-읽은 책.md", bookNote],
  ["_posts/notes/2025-02-20-그림.md", drawn],
  ["_posts/notes/2025-02-21-그림의 갈래.md", drawnKinds],
]);

function postPage(path: string): PostPage {
  const row = overview({ state: null, category: null }).posts.find((one) => one.path === path);
  if (!row || row.unreadable !== null) fail("unreadable", "not a text", path);
  const own = entries.filter((one) => one.path === path);
  return {
    path,
    title: path.endsWith("읽은 책.md")
      ? "읽은 책: 오래 가는 코드"
      : (path.split("/").at(-1) ?? path),
    date: /\d{4}-\d\d-\d\d/.exec(path)?.[0] ?? null,
    revision: book.revision,
    read_only: readOnly(path),
    diagnostics: oddities().filter((one) => one.path === path),
    ...conflictsIn(path),
    entries: own.map((one, i) => ({ line: 10 + i * 8, row: toRow(one) })),
    sections: (texts.get(path) ?? []).map((one) => ({ ...one, html: html(one.text) })),
  };
}

/** Posts without questions. */
const bare = [
  "README.md",
  "_posts/books/2025-02-11-읽은 책.md",
  "_posts/diary/2024-12-31-한 해.md",
  ...(query.has("drawings") ? [...texts.keys()].filter((path) => path.includes("/notes/")) : []),
];

function overview(filter: ListFilter) {
  const days = new Map<string | null, { shown: number; total: number; answered: number }>();
  const posts = new Map<string, number>();
  for (const one of entries) {
    const at = days.get(one.date) ?? { shown: 0, total: 0, answered: 0 };
    at.total++;
    if (passes(one, filter)) at.shown++;
    if (stateOf(one.answer) === "written") at.answered++;
    days.set(one.date, at);
    posts.set(one.path, (posts.get(one.path) ?? 0) + 1);
  }
  return {
    days: [
      ...[...days].map(([date, at]) => ({ date, ...at })),
      ...(filter.state === null && filter.category === null ? [...bareDays] : []).map(
        ([date, path]) => ({ date, shown: 0, total: 0, answered: 0, bare_in: path }),
      ),
    ].sort((a, b) => (b.date ?? "").localeCompare(a.date ?? "")),
    shown: entries.filter((one) => passes(one, filter)).length,
    total: entries.length,
    empty: entries.filter((one) => stateOf(one.answer) === "empty").length,
    drafts: entries.filter((one) => stateOf(one.answer) === "draft").length,
    no_model: entries.filter((one) => one.modelState !== "written").length,
    categories: categories(),
    posts: [...new Set([...posts.keys(), ...added, ...bare])].sort().map((path) => ({
      path,
      title: path.split("/").at(-1) ?? path,
      entries: posts.get(path) ?? 0,
      unreadable: path.includes("/diary/") ? "not a text" : null,
      read_only: readOnly(path),
    })),
  };
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function todayView() {
  const heat = [];
  for (let i = 370; i >= 0; i--) {
    const count = ((i * 37) % 11) - 6 + (i < 60 ? 3 : 0);
    if (count > 0) heat.push({ date: addDays(today, -i), count });
  }
  return {
    today,
    entries: entries.filter((one) => one.date === today).map(toRow),
    entries_date: today,
    drafts: entries
      .filter((one) => stateOf(one.answer) === "draft")
      .slice(0, 5)
      .map(toRow),
    streak_days: 12,
    week: [3, 2, 3, 0, 0, 0, 0].map((count, i) => ({ date: addDays(today, i - 3), count })),
    heat,
    categories: categories(),
  };
}

function page(id: string): EntryPage {
  const one = byId(id);
  const at = entries.indexOf(one);
  return {
    entry: {
      id,
      question: one.question,
      date: one.date,
      categories: one.categories,
      topic: one.topic,
      hint: one.hint,
      line: 10,
      answer: { state: stateOf(one.answer), text: one.answer },
      model_answer: { state: one.modelState, variants: one.variants },
      sections: one.sections,
      read_only: readOnly(one.path),
    },
    path: one.path,
    post_title: "매일 답하기",
    revision: book.revision,
    number: one.number,
    hint_html: one.hint === null ? null : html(one.hint),
    model_html: one.variants.map(({ text }) => html(text)),
    sections_html: one.sections.map(({ text }) => html(text)),
    previous: entries[at - 1]?.id ?? null,
    next: entries[at + 1]?.id ?? null,
    ...conflictsOf(id),
  };
}

/** What is odd in the newest post and in those of March. */
function oddities(): PlacedDiagnosticView[] {
  const path = entries[0]?.path ?? "";
  const found: PlacedDiagnosticView[] = [
    { path, line: 3, code: "front-matter", message: "mapping values are not allowed here" },
    { path, line: 41, code: "mixed-line-endings", message: "lines end in more than one way" },
  ];
  const old = entries.find((one) => readOnly(one.path));
  if (old) found.push({ path: old.path, line: 1, code: "not-utf8", message: "CP949" });
  return found;
}

const settings: SettingsView = {
  theme: (query.get("theme") ?? "system") as SettingsView["theme"],
  contrast: (query.get("contrast") ?? "system") as SettingsView["contrast"],
  motion: "system",
  text_scale: Number(query.get("scale") ?? 1),
  language: (query.get("lang") ?? "system") as SettingsView["language"],
  print_font: true,
  ruling: true,
  history_days: 365,
  history_megabytes: 512,
  keys: {},
  print: {},
  menu_bar: false,
};

/** `?watching=limit`, `file_system`, `silent`, `refused` or `none`. */
function watching(): WatchingView {
  const why = query.get("watching");
  const reason = why === "none" ? null : (why as WatchingView["reason"]);
  return {
    mode: why === null ? "events" : why === "none" ? "none" : "polling",
    reason,
    file_system: reason === "file_system" ? "nfs4" : null,
    every_seconds: reason && 2,
    remedy:
      reason === "limit"
        ? "sudo sysctl fs.inotify.max_user_watches=1048576 fs.inotify.max_user_instances=1024"
        : null,
  };
}

const opened = {
  name: query.has("long")
    ? "날마다 답하는 기술 면접 노트 그리고 그 밖의 모든 것을 모아 둔 폴더"
    : "매일 기술 면접",
  folder: "/home/me/blog/_posts",
  sample: false,
  watching: watching(),
};

// biome-ignore lint/suspicious/noExplicitAny: arguments are as the caller typed them
type Args = any;

const commands: Record<string, (args: Args) => unknown> = {
  startup: () => ({
    arrival: {
      opened: query.has("first") || query.has("missing") ? null : opened,
      failed: query.has("missing")
        ? { code: "folder_missing", message: "no such folder", path: "/home/me/gone", line: null }
        : null,
      entry: query.get("entry"),
      post: null,
      bookmark: null,
      page: query.has("entry") ? page(query.get("entry") ?? "") : null,
      drafts: keptDrafts(),
    },
    settings,
    recent: query.has("first") ? [] : ["/home/me/blog/_posts", "/home/me/notes"],
    language: "ko",
  }),
  open_folder: ({ folder }) => ({
    name: String(folder).split("/").at(-1),
    folder,
    sample: false,
    watching: watching(),
  }),
  ...visits,
  pick_folder: () => "/home/me/blog/_posts",
  open_sample: () => ({
    name: "sample",
    folder: "/home/me/sample",
    sample: true,
    watching: watching(),
  }),
  overview: ({ filter }) => overview(filter),
  rows: ({ filter, start, count }) =>
    entries
      .filter((one) => passes(one, filter))
      .slice(start, start + count)
      .map(toRow),
  today: todayView,
  entry: ({ id }) => page(id),
  post: ({ path }) => postPage(path),
  ...writes,
  ...past,
  ...journal,
  ...sources,
  save_answer: (args) => {
    mustBeSettled(byId(args.request.entry));
    return writes.save_answer?.(args);
  },
  ...settling,
  lost: ({ request }: { request: LostRequest }) => lost(request, toRow),
  read_paste: ({ request }) => readPaste(request.text),
  add_all: ({ request }) => addAll(request),
  render: ({ markdown }) => html(markdown),
  search: ({ request }: { request: SearchRequest }) => find(entries, request, texts),
  complete_query: ({ request }: { request: CompletionRequest }) => complete(entries, request),
  find_matches: ({ request }: { request: MatchesRequest }) => findIn(entries, request, texts),
  compare: ({ request }: { request: CompareRequest }) =>
    compareAnswer(byId(request.entry), request),
  decide_term: ({ request }) => decideTerm(request),
  set_synonyms: ({ request }) => setSynonyms(request),
  terms: () => ({ decisions: [], synonyms: [] }),
  remember_audience: () => null,
  answer_versions: ({ request }: { request: AnswerVersionsRequest }) => {
    const listed = { request: { entry: request.entry, post: null, limit: 50 } };
    const { versions } = (past.history?.(listed) ?? { versions: [] }) as HistoryView;
    const detail = (id: string) => past.version?.({ request: { id } }) as VersionDetail;
    return answerVersions(byId(request.entry), request, versions, detail);
  },
  check: () => ({ posts: 12, diagnostics: oddities() }),
  pick_export_path: ({ suggested }) => `/home/me/${suggested}`,
  ...printing,
  ready: () => {
    if (query.has("gone")) emit("folder-there", false);
    return null;
  },
  open_exported: () => null,
  show_exported: () => null,
  open_link: () => null,
  save_settings: () => null,
};

export async function invoke<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, query.has("slow") ? 400 : 4));
  const run = commands[command];
  if (!run) throw new Error(`no command ${command}`);
  return structuredClone(await run(args)) as T;
}

/** For trying outside changes from the console. */
Object.assign(globalThis, {
  writeBelow,
  outside(id: string, answer: string) {
    const one = byId(id);
    keep("outside", one);
    one.answer = answer;
    wrote(one.id, one.path);
  },
  /** Writes the sections of a post; none removes its file. */
  rewrite(path: string, title: string | null) {
    const sections = texts.get(path);
    if (sections?.[0] && title !== null) sections[0].title = title;
    if (title === null) {
      texts.delete(path);
      bare.splice(bare.indexOf(path), 1);
    }
    wrote("", path);
  },
  remove(id: string) {
    keep("outside", byId(id), true);
    const [one] = entries.splice(entries.indexOf(byId(id)), 1);
    if (one) wrote(one.id, one.path);
  },
});

export class Channel {}
