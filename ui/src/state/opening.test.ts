import { afterEach, expect, test, vi } from "vitest";
import { pageOf } from "../../dev/test-page";
import type { ArrivalView, DraftView, EntryPage } from "../ipc/client";

/** The entry as the backend has it when it is asked. */
let later: EntryPage;
/** Commands that were called, in order. */
let called: string[] = [];
let arrival: ArrivalView;

const opened = {
  name: "notes",
  folder: "/notes",
  sample: false,
  watching: {
    mode: "events" as const,
    reason: null,
    file_system: null,
    every_seconds: null,
    remedy: null,
  },
};
const page = pageOf("쓴 답", { id: "e7", question: "스레드는 무엇인가요?" });
later = page;
const nothing: ArrivalView = {
  opened,
  failed: null,
  entry: null,
  post: null,
  bookmark: null,
  page: null,
  drafts: [],
};
const bookmark = { view: "entry", entry: "e7", post: null, anchor: 2, head: 2, scroll: 0 } as const;
const draft: DraftView = {
  entry: "e1",
  kept_for: "e1",
  key: "d1",
  part: "answer",
  audience: null,
  text: "쓰던 답",
  base: "",
  now: "",
  question: "프로세스는 무엇인가요?",
  path: "a.md",
  date: null,
  at: "2025-05-22T00:00:00Z",
  state: "unsaved",
};

const overview = {
  days: [],
  shown: 0,
  total: 0,
  empty: 0,
  drafts: 0,
  no_model: 0,
  categories: [],
  posts: [],
};

vi.mock("@tauri-apps/api/core", () => ({
  invoke: async (command: string) => {
    called.push(command);
    if (command === "startup") return { arrival, settings: {}, recent: [], language: "ko" };
    if (command === "overview") return overview;
    if (command === "entry") return later;
    if (command === "drafts") return [draft];
    return null;
  },
}));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));
vi.mock("@tauri-apps/api/window", () => ({
  getCurrentWindow: () => ({ onCloseRequested: vi.fn(), setTheme: vi.fn() }),
}));
vi.mock("../views/lazy.svelte", () => ({ fetchView: vi.fn(async () => {}) }));
vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));

const { start } = await import("./opening");
const { current } = await import("./entry.svelte");
const { notebook } = await import("./notebook.svelte");
const { ui } = await import("./ui.svelte");

afterEach(async () => {
  // What stands beside the first page is asked for when that is drawn.
  await vi.waitFor(() => expect(called).toContain("today"));
  await new Promise((resolve) => setTimeout(resolve));
  called = [];
  later = page;
});

test.each<[name: string, arrival: ArrivalView, view: string, asks: string[]]>([
  ["an entry that is asked for", { ...nothing, entry: "e7", page }, "entry", []],
  ["the entry the user was at", { ...nothing, bookmark, page }, "entry", []],
  [
    "its comparison",
    { ...nothing, bookmark: { ...bookmark, view: "compare" }, page },
    "compare",
    [],
  ],
  ["an entry whose page did not come along", { ...nothing, entry: "e7" }, "entry", ["entry"]],
  [
    "unsaved texts before where the user was",
    { ...nothing, bookmark, page, drafts: [draft] },
    "today",
    [],
  ],
  [
    "what is asked for before unsaved texts",
    { ...nothing, entry: "e7", page, drafts: [draft] },
    "entry",
    [],
  ],
  [
    "unsaved texts that are not known yet",
    { ...nothing, bookmark, page, drafts: null },
    "today",
    ["drafts"],
  ],
  ["Today where nobody has been yet", nothing, "today", []],
])("a start shows %s", async (_, arriving, view, asks) => {
  arrival = arriving;
  await start();
  expect(ui.view).toBe(view);
  expect(notebook.opened?.folder).toBe("/notes");
  expect(current.page?.entry.id).toBe(view === "today" ? undefined : "e7");
  expect(called.filter((command) => command === "entry" || command === "drafts")).toEqual(asks);
});

test("what changed while the window was being made shows when the entry does", async () => {
  arrival = { ...nothing, entry: "e7", page };
  later = pageOf("그사이 밖에서 고친 답", { id: "e7" }, { revision: "r2" });
  await start();
  expect(current.text).toBe("쓴 답");
  await vi.waitFor(() => expect(current.text).toBe("그사이 밖에서 고친 답"));
});
