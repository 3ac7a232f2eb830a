// Where the user is: kept when a notebook or the window is left, gone back to when it is opened again.

import { tick } from "svelte";
import type { Bookmark } from "../ipc/client";
import * as ipc from "../ipc/client";
import { current } from "./entry.svelte";
import { notebook } from "./notebook.svelte";
import { reading } from "./reading.svelte";
import { ui } from "./ui.svelte";

/** Cursor and scroll of the sheet. Offsets are UTF-16 units, the scroll is in pixels. */
export type Spot = Pick<Bookmark, "anchor" | "head" | "scroll">;

const start: Spot = { anchor: 0, head: 0, scroll: 0 };
let read: () => Spot = () => start;
let put: (spot: Spot) => void = () => {};

/** The editor tells where its cursor is, and takes one. */
export function connectSpot(reader: typeof read, putter: typeof put): void {
  read = reader;
  put = putter;
}

/** Puts the cursor of the entry on the sheet where it was. */
export async function goToSpot(spot: Spot): Promise<void> {
  await tick();
  put(spot);
}

/** What the history or a whole post's source was opened from. */
function openedFrom(entry: string | null): Bookmark["view"] {
  if (entry !== null) return "entry";
  return reading.page ? "post" : "today";
}

/** What is shown now; history and source are left for what they were opened from. */
export function bookmarkNow(): Bookmark {
  const entry = current.page?.entry.id ?? null;
  const view = ui.view === "history" || ui.view === "source" ? openedFrom(entry) : ui.view;
  const post = view === "post" ? (reading.page?.path ?? null) : null;
  return { view, entry, post, ...(entry === null ? start : read()) };
}

/** Keeps where the user is in the open notebook. Losing it is no harm. */
export async function keepPlace(): Promise<void> {
  if (!notebook.opened) return;
  await ipc.keepBookmark(bookmarkNow()).catch(() => {});
}
