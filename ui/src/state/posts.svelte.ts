// What is done to whole entries, days and posts.

import { announce } from "../a11y/announce.svelte";
import { t } from "../i18n";
import type { EntryPage, SavedView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { flushAll, postsChanged } from "./edited-texts";
import { dropEdits, follow } from "./edits.svelte";
import { closeEntry, current } from "./entry.svelte";
import { undelete } from "./history.svelte";
import { goToday, openEntry } from "./navigation.svelte";
import { loadToday, reload } from "./notebook.svelte";
import { readAgain } from "./reading.svelte";
import { type AddPlace, openAdd, toast, toastError, ui } from "./ui.svelte";

/** Whether two pages show the same entry in every word but its answer, which is saved by itself. */
function sameEntry(a: EntryPage, b: EntryPage): boolean {
  const shown = ({ entry }: EntryPage) =>
    JSON.stringify({ ...entry, line: 0, answer: null, read_only: null });
  return shown(a) === shown(b);
}

/** How often a request is sent when other parts of the post change meanwhile. */
const turns = 3;

/** Does something to an entry as it is shown; a change of its words from outside is a conflict. */
async function asShown(
  page: EntryPage,
  run: (revision: string) => Promise<SavedView>,
): Promise<SavedView> {
  await flushAll();
  for (let turn = 1; ; turn++) {
    const fresh = await ipc.entry(page.entry.id);
    if (!sameEntry(fresh, page)) {
      await postsChanged();
      const { path } = page;
      throw new ipc.IpcError({ code: "conflict", message: "the entry changed", path, line: null });
    }
    try {
      return await run(fresh.revision);
    } catch (error) {
      if (ipc.asIpcError(error).code !== "conflict" || turn >= turns) throw error;
    }
  }
}

/** Moves the entry of a page to another day; `post` is the path of another post. */
export async function moveEntry(page: EntryPage, date: string, post: string | null): Promise<void> {
  const { id } = page.entry;
  const saved = await asShown(page, (base) => ipc.moveEntry({ entry: id, date, post, base }));
  await follow(id, saved.entry);
  await Promise.all([postsChanged(), reload()]);
  announce(t("move.done"));
}

/** Deletes the entry of a page and goes on to its neighbour. */
export async function deleteEntry(page: EntryPage): Promise<void> {
  const { id } = page.entry;
  await asShown(page, (base) => ipc.deleteEntry({ entry: id, base }));
  dropEdits(id);
  const neighbour = page.next ?? page.previous;
  if (neighbour === null || !(await openEntry(neighbour))) {
    await closeEntry();
    goToday();
  }
  await reload();
  toast(t("delete.done"), { action: { label: t("edit.undo"), run: () => void undelete(id) } });
}

/** Adds a day without questions. */
export async function addDay(date: string, post: string | null): Promise<void> {
  const { path } = await ipc.addDay({ date, post });
  made(t("day.done", { path }), { date, post: path });
}

/** Adds a post without questions. */
export async function addPost(title: string, date: string | null): Promise<void> {
  const { path } = await ipc.addPost({ title: title.trim() === "" ? null : title.trim(), date });
  made(t("post.done", { path }), { date, post: path });
}

/** Says what was made; a question can be put there at once. */
function made(text: string, place: AddPlace): void {
  void loadToday();
  void reload().then(() => {
    ui.reveal = place.date;
  });
  toast(text, { action: { label: t("side.add"), run: () => openAdd(place) } });
}

/** Rewrites a post as UTF-8, so that it can be written. Returns whether it was. */
export async function convertPost(path: string): Promise<boolean> {
  try {
    await ipc.convert({ path, base: null });
    await Promise.all([postsChanged(), readAgain(), reload()]);
    toast(t("locked.done"));
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

/** Whether the entry on the sheet is in a post that may be written. */
export function writable(): boolean {
  return current.page !== null && current.page.entry.read_only === null;
}
