import { beforeEach, expect, test, vi } from "vitest";
import type { EntryRow, ListFilter } from "../ipc/client";

const total = 1000;
const asked: [number, number][] = [];
let version = 1;
let hold: Promise<void> | null = null;

function row(index: number, tag: number): EntryRow {
  return {
    id: `e${index}`,
    date: index < 300 ? "2025-05-22" : "2025-05-21",
    number: index + 1,
    question: `v${tag} ${index}`,
    categories: [],
    topic: null,
    state: "empty",
    model_state: "none",
    path: "a.md",
    read_only: null,
  };
}

vi.mock("@tauri-apps/api/core", () => ({
  invoke: async (command: string, args: { filter: ListFilter; start: number; count: number }) => {
    if (command === "overview") {
      return {
        days: [
          { date: "2025-05-22", shown: 300, total: 300, answered: 0 },
          { date: "2025-05-21", shown: total - 300, total: total - 300, answered: 0 },
        ],
        shown: total,
        total,
        empty: total,
        drafts: 0,
        no_model: total,
        categories: [],
        posts: [],
      };
    }
    const tag = version;
    asked.push([args.start, args.count]);
    if (hold) await hold;
    return Array.from({ length: args.count }, (_, i) => row(args.start + i, tag));
  },
}));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));
vi.mock("@tauri-apps/api/window", () => ({ getCurrentWindow: vi.fn() }));

const state = await import("./notebook.svelte");
/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

beforeEach(async () => {
  hold = null;
  version = 1;
  state.clearNotebook();
  await state.reload();
  asked.length = 0;
});

test("only the chunks in view are asked for, and each once", async () => {
  state.want(150, 210);
  state.want(150, 210);
  await settle();
  state.want(150, 210);
  expect(asked).toEqual([
    [100, 100],
    [200, 100],
  ]);
  expect(state.row(150)?.id).toBe("e150");
  expect(state.row(0)).toBeUndefined();
});

test("nothing is asked for an empty stretch", () => {
  state.want(0, 0);
  expect(asked).toEqual([]);
});

test("after a change old rows stay until the new ones are there", async () => {
  state.want(0, 10);
  await settle();
  version = 2;
  await state.reload();
  expect(state.row(0)?.question).toBe("v1 0");
  state.want(0, 10);
  await settle();
  expect(state.row(0)?.question).toBe("v2 0");
});

test("rows that come after a change of the filter are dropped", async () => {
  let release = () => {};
  hold = new Promise((resolve) => {
    release = resolve;
  });
  state.want(0, 10);
  await state.setFilter({ state: "draft" });
  release();
  await settle();
  expect(state.row(0)).toBeUndefined();
});

test("an entry is found among those of its day alone", async () => {
  expect(await state.indexOf("e320", "2025-05-21")).toBe(320);
  expect(asked).toEqual([[300, 100]]);
  expect(await state.indexOf("e5", "2024-01-01")).toBeNull();
});
