import { beforeEach, expect, test, vi } from "vitest";
import { pageOf } from "../../dev/test-page";
import type { AsideRequest, DraftRequest, EntryPage, SaveAnswerRequest } from "../ipc/client";

/** Answers by entry, as the files hold them. */
const files = new Map<string, string>();
const saves: SaveAnswerRequest[] = [];
/** Texts that went into the history as they were dropped. */
const asides: AsideRequest[] = [];
/** Fails the next saves with this code. */
let failing: string | null = null;
/** Entries whose pages come only when the test says so. */
const slow = new Map<string, () => void>();

function page(id: string): EntryPage {
  const model = { state: "written" as const, variants: [{ audience: null, text: "model" }] };
  return pageOf(
    files.get(id) ?? "",
    { id, question: id, model_answer: model },
    { revision: `r${saves.length}`, model_html: ["<p>model</p>"] },
  );
}

/** Drafts by entry. */
const drafts = new Map<string, DraftRequest>();

const backend: Record<string, (args: never) => unknown> = {
  keep_draft({ request }: { request: DraftRequest }) {
    drafts.set(request.entry ?? "", request);
    return { key: request.entry };
  },
  drop_draft({ key }: { key: string }) {
    drafts.delete(key);
    return null;
  },
  drafts: () =>
    [...drafts].map(([key, request]) => ({ ...request, key, at: "", now: "", state: "unsaved" })),
  entry: async ({ id }: { id: string }) => {
    if (!files.has(id)) throw { code: "unknown_entry", message: id, path: null, line: null };
    if (slow.has(id)) await new Promise<void>((resolve) => slow.set(id, resolve));
    return page(id);
  },
  keep_aside: async ({ request }: { request: AsideRequest }) => {
    if (failing) throw { code: failing, message: failing, path: "a.md", line: 1 };
    asides.push(request);
    if (slow.has("aside")) await new Promise<void>((resolve) => slow.set("aside", resolve));
    return null;
  },
  save_answer: async ({ request }: { request: SaveAnswerRequest }) => {
    if (failing) throw { code: failing, message: failing, path: "a.md", line: 1 };
    saves.push(request);
    if (slow.has("save")) await new Promise<void>((resolve) => slow.set("save", resolve));
    files.set(request.entry, request.text);
    return { entry: request.entry, path: "a.md", revision: `r${saves.length}` };
  },
};

vi.mock("@tauri-apps/api/core", () => ({
  invoke: async (command: string, args: never) => backend[command]?.(args),
}));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));
vi.mock("@tauri-apps/api/window", () => ({ getCurrentWindow: vi.fn() }));

const state = await import("./entry.svelte");
const texts = await import("./edited-texts");
const { setAway } = await import("./compositions");
const journal = await import("./drafts.svelte");
const { ui } = await import("./ui.svelte");
const { current } = state;
const replaced: [string, string][] = [];

beforeEach(async () => {
  failing = null;
  slow.clear();
  localStorage.clear();
  drafts.clear();
  await journal.openDrafts(null);
  await state.closeEntry();
  files.clear();
  saves.length = 0;
  asides.length = 0;
  ui.toasts = [];
  replaced.length = 0;
  files.set("a", "answer a");
  files.set("b", "");
  state.answers.connect({
    replace: (id, text) => replaced.push([id, text]),
    forget() {},
  });
});

test("an answered entry shows its model answer, an empty one does not", async () => {
  await state.loadEntry("a");
  expect(current.modelOpen).toBe(true);
  await state.loadEntry("b");
  expect(current.modelOpen).toBe(false);
});

test("switching saves what was typed, at once", async () => {
  await state.loadEntry("a");
  state.edited("a", "typed");
  await state.loadEntry("b");
  await texts.flushAll();
  expect(saves.map(({ entry, text }) => [entry, text])).toEqual([["a", "typed"]]);
  expect(current.text).toBe("");
});

test("of two entries opened in a row the later stays, however late its page comes", async () => {
  slow.set("a", () => {});
  const first = state.loadEntry("a");
  await state.loadEntry("b");
  slow.get("a")?.();
  await first;
  expect(current.page?.entry.id).toBe("b");
});

test("text that could not be saved is there after switching back", async () => {
  await state.loadEntry("a");
  failing = "write_failed";
  state.edited("a", "typed");
  await state.loadEntry("b");
  await texts.flushAll();
  expect(texts.unsaved()).toBe(true);
  await state.loadEntry("a");
  expect(current.text).toBe("typed");
  expect(current.save.kind).toBe("failed");
});

/** What a start after this one does. */
async function restart(): Promise<void> {
  await state.closeEntry();
  await journal.openDrafts(null);
}

test("text that could not be saved is there after a restart, and is saved then", async () => {
  await state.loadEntry("a");
  failing = "write_failed";
  state.edited("a", "typed");
  await restart();
  failing = null;
  await state.loadEntry("a");
  expect(current.text).toBe("typed");
  await texts.flushAll();
  expect(files.get("a")).toBe("typed");
  await journal.flushDrafts();
  expect(drafts.size).toBe(0);
});

test("what is typed is kept while it waits to be saved, also during a composition", async () => {
  await state.loadEntry("b");
  state.answers.composing("b", true);
  state.edited("b", "동시ㅅ");
  await journal.flushDrafts();
  expect(drafts.get("b")).toMatchObject({ text: "동시ㅅ", base: "", part: "answer" });
  expect(saves).toEqual([]);
  expect(journal.hasUnsaved("b"), "it is on its way into the file").toBe(false);
});

test("a text that cannot be saved waits for the user, one that was saved does not", async () => {
  await state.loadEntry("a");
  failing = "write_failed";
  state.edited("a", "typed");
  await texts.flushAll();
  await journal.flushDrafts();
  expect(journal.unsavedTexts().map(({ text }) => text)).toEqual(["typed"]);
  expect(journal.hasUnsaved("a")).toBe(true);
  failing = null;
  state.answers.retry();
  await texts.flushAll();
  expect(journal.unsavedTexts()).toEqual([]);
});

test("an outside change of a clean answer reaches the editor", async () => {
  await state.loadEntry("a");
  files.set("a", "changed outside");
  await texts.postsChanged();
  expect(replaced).toEqual([["a", "changed outside"]]);
  expect(current.text).toBe("changed outside");
  expect(current.page?.entry.answer.text).toBe("changed outside");
});

test("a conflict is shown and ends with both texts in editor and file", async () => {
  await state.loadEntry("a");
  state.edited("a", "mine");
  files.set("a", "theirs");
  await texts.postsChanged();
  expect(current.save).toMatchObject({ kind: "conflict", theirs: "theirs" });
  await state.answers.resolve("both");
  await texts.flushAll();
  expect(replaced).toEqual([["a", "mine\n\ntheirs"]]);
  expect(files.get("a")).toBe("mine\n\ntheirs");
});

async function intoConflict(): Promise<void> {
  await state.loadEntry("a");
  state.edited("a", "mine");
  files.set("a", "theirs");
  await texts.postsChanged();
  expect(current.save.kind).toBe("conflict");
}

/** The notice shown last. */
const notice = () => ui.toasts.at(-1);

test("an own text that goes for the file's is kept first, and can be had back", async () => {
  await intoConflict();
  await state.answers.resolve("theirs");
  expect(asides).toEqual([{ entry: "a", part: "answer", text: "mine" }]);
  expect([current.text, current.save.kind, saves.length]).toEqual(["theirs", "saved", 0]);
  expect(notice()?.tone).toBe("info");
  notice()?.action?.run();
  await texts.flushAll();
  expect([current.text, files.get("a")]).toEqual(["mine", "mine"]);
});

test("an own text is not put back over what was written since", async () => {
  await intoConflict();
  await state.answers.resolve("theirs");
  const undo = notice()?.action;
  state.edited("a", "theirs, and more");
  undo?.run();
  await texts.flushAll();
  expect(files.get("a")).toBe("theirs, and more");
});

test("an own text that no history takes is offered until the notice is dismissed", async () => {
  await intoConflict();
  failing = "breaks_structure";
  await state.answers.resolve("theirs");
  expect(current.text).toBe("theirs");
  expect(notice()?.tone).toBe("error");
  failing = null;
  notice()?.action?.run();
  await texts.flushAll();
  expect(files.get("a")).toBe("mine");
});

test("a file that changes again while the own text is kept is asked about anew", async () => {
  await intoConflict();
  slow.set("aside", () => {});
  const chosen = state.answers.resolve("theirs");
  files.set("a", "theirs again");
  await texts.postsChanged();
  slow.get("aside")?.();
  await chosen;
  expect(current.save).toMatchObject({ kind: "conflict", theirs: "theirs again" });
  expect(current.text).toBe("mine");
});

test("an entry deleted outside keeps its text", async () => {
  await state.loadEntry("a");
  state.edited("a", "mine");
  files.delete("a");
  await texts.postsChanged();
  expect(current.save.kind).toBe("gone");
  expect(current.text).toBe("mine");
});

test("nothing is saved while composing, and then all of it", async () => {
  await state.loadEntry("b");
  state.answers.composing("b", true);
  state.edited("b", "동시ㅅ");
  await texts.flushAll();
  expect(saves).toEqual([]);
  state.edited("b", "동시성");
  state.answers.composing("b", false);
  await texts.flushAll();
  expect(saves.map(({ text }) => text)).toEqual(["동시성"]);
});

test("what is composed when the window closes is saved as it stands", async () => {
  await state.loadEntry("b");
  state.answers.composing("b", true);
  state.edited("b", "동시서");
  await texts.flushForGood();
  expect(saves.map(({ text }) => text)).toEqual(["동시서"]);
  expect(texts.unsaved()).toBe(false);
});

test("a syllable that closing the window cuts is waited for", async () => {
  await state.loadEntry("b");
  state.answers.composing("b", true);
  state.edited("b", "동시");
  const closing = texts.flushForGood();
  state.edited("b", "동시성");
  state.answers.composing("b", false);
  await closing;
  expect(saves.at(-1)?.text).toBe("동시성");
  expect(texts.unsaved()).toBe(false);
});

test("a syllable that comes back while its text is saved is saved, too", async () => {
  await state.loadEntry("b");
  state.answers.composing("b", true);
  state.edited("b", "동시");
  state.answers.composing("b", false);
  slow.set("save", () => {});
  const closing = texts.flushForGood();
  await vi.waitFor(() => expect(saves).toHaveLength(1));
  state.edited("b", "동시성");
  slow.get("save")?.();
  slow.delete("save");
  await closing;
  expect(saves.map(({ text }) => text)).toEqual(["동시", "동시성"]);
  expect(texts.unsaved()).toBe(false);
});

test("a first syllable that is cut is waited for", async () => {
  await state.loadEntry("b");
  setAway(true);
  state.answers.composing("b", true);
  state.answers.composing("b", false);
  const closing = texts.flushForGood();
  await vi.waitFor(() => expect(texts.unsaved()).toBe(false));
  state.edited("b", "동");
  setAway(false);
  await closing;
  expect(saves.map(({ text }) => text)).toEqual(["동"]);
});
