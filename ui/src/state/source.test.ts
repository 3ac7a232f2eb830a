import { beforeEach, expect, test, vi } from "vitest";
import type { AsideRequest, DraftRequest, SaveSourceRequest } from "../ipc/client";

/** Texts by path, as the files hold them. */
const files = new Map<string, string>();
const saves: SaveSourceRequest[] = [];
/** Texts that went into the history as they were dropped. */
const asides: AsideRequest[] = [];
/** Drafts by post. */
const drafts = new Map<string, DraftRequest>();
const locked = new Set<string>();

const backend: Record<string, (args: never) => unknown> = {
  source({ path }: { path: string }) {
    const text = files.get(path);
    if (text === undefined) throw { code: "post_gone", message: path, path, line: null };
    const read_only = locked.has(path) ? "CP949" : null;
    return { path, title: path, date: null, revision: text, read_only, text, entries: [] };
  },
  save_source({ request }: { request: SaveSourceRequest }) {
    if (request.base !== files.get(request.path)) {
      throw { code: "conflict", message: "changed", path: request.path, line: null };
    }
    saves.push(request);
    files.set(request.path, request.text);
    return { entry: "", path: request.path, revision: request.text };
  },
  keep_draft({ request }: { request: DraftRequest }) {
    drafts.set(request.path ?? "", request);
    return { key: request.path };
  },
  drop_draft({ key }: { key: string }) {
    drafts.delete(key);
    return null;
  },
  drafts: () =>
    [...drafts].map(([key, request]) => ({ ...request, key, at: "", now: "", state: "unsaved" })),
  keep_aside({ request }: { request: AsideRequest }) {
    asides.push(request);
    return null;
  },
};

vi.mock("@tauri-apps/api/core", () => ({
  invoke: async (command: string, args: never) => backend[command]?.(args),
}));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));
vi.mock("@tauri-apps/api/window", () => ({ getCurrentWindow: vi.fn() }));
vi.mock("../views/lazy.svelte", () => ({ fetchView: async () => {} }));

const { openSource, source, sources } = await import("./source.svelte");
const { closeEntry } = await import("./entry.svelte");
const texts = await import("./edited-texts");
const journal = await import("./drafts.svelte");
const { ui } = await import("./ui.svelte");
const replaced: [string, string][] = [];

beforeEach(async () => {
  await closeEntry();
  files.clear();
  drafts.clear();
  locked.clear();
  await journal.openDrafts(null);
  saves.length = 0;
  asides.length = 0;
  replaced.length = 0;
  ui.toasts = [];
  files.set("a.md", "one\n\ntwo\n\nthree\n");
  sources.connect({ replace: (id, text) => replaced.push([id, text]), forget() {} });
});

test("what is typed is saved whole, every blank of it", async () => {
  await openSource("a.md");
  sources.edited("a.md", "one \n\ntwo\n\nthree\n\n\n");
  await texts.flushAll();
  expect(saves.map(({ text }) => text)).toEqual(["one \n\ntwo\n\nthree\n\n\n"]);
  expect(texts.unsaved()).toBe(false);
});

test("edits of other places, here and elsewhere, are joined", async () => {
  await openSource("a.md");
  sources.edited("a.md", "ONE\n\ntwo\n\nthree\n");
  files.set("a.md", "one\n\ntwo\n\nTHREE\n");
  await texts.postsChanged();
  expect(source.text).toBe("ONE\n\ntwo\n\nTHREE\n");
  expect(replaced).toEqual([["a.md", "ONE\n\ntwo\n\nTHREE\n"]]);
  await texts.flushAll();
  expect(files.get("a.md")).toBe("ONE\n\ntwo\n\nTHREE\n");
});

async function conflict(): Promise<void> {
  await openSource("a.md");
  sources.edited("a.md", "mine\n\ntwo\n\nthree\n");
  files.set("a.md", "theirs\n\ntwo\n\nthree\n");
  await texts.postsChanged();
  expect(source.save.kind).toBe("conflict");
}

test("the own text that goes for the file's is in the history, and comes back", async () => {
  await conflict();
  await sources.resolve("theirs");
  expect(source.text).toBe("theirs\n\ntwo\n\nthree\n");
  expect(asides.map(({ entry, part }) => [entry, part])).toEqual([["a.md", "source"]]);
  ui.toasts.at(-1)?.action?.run();
  expect(source.text).toBe("mine\n\ntwo\n\nthree\n");
});

test("it does not come back over what was written since", async () => {
  await conflict();
  await sources.resolve("theirs");
  sources.edited("a.md", "theirs, and more");
  ui.toasts.at(-1)?.action?.run();
  expect(source.text).toBe("theirs, and more");
  expect(ui.toasts.at(-1)?.tone).toBe("error");
});

test("a post that is gone keeps what is written, as a draft", async () => {
  await openSource("a.md");
  files.delete("a.md");
  sources.edited("a.md", "typed");
  await texts.postsChanged();
  expect(source.save.kind).toBe("gone");
  await texts.flushAll();
  expect(drafts.get("a.md")?.text).toBe("typed");
  expect(texts.unsaved()).toBe(true);
});

test("what a start before this one left is gone on with, but in a post that is only read", async () => {
  await openSource("a.md");
  files.delete("a.md");
  sources.edited("a.md", "typed\n\ntwo\n\nthree\n");
  await texts.flushAll();
  files.set("a.md", "one\n\ntwo\n\nthree\n");
  files.set("b.md", "b");
  await closeEntry();
  await journal.openDrafts(null);
  await openSource("a.md");
  expect(source.text).toBe("typed\n\ntwo\n\nthree\n");
  expect(ui.toasts).toHaveLength(1);

  drafts.set("b.md", { ...(drafts.get("a.md") as DraftRequest), path: "b.md", text: "mine" });
  await closeEntry();
  await journal.openDrafts(null);
  locked.add("b.md");
  await openSource("b.md");
  expect(source.text).toBe("b");
});
