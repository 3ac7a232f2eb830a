// The opened folder: counts, the day list and its rows, fetched as they come into view.

import { SvelteMap } from "svelte/reactivity";
import type { EntryRow, ListFilter, OpenedView, Overview, TodayView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { toastError } from "./ui.svelte";

interface Notebook {
  /** Whether start-up is over. */
  ready: boolean;
  /** Whether a folder is being opened. */
  opening: boolean;
  opened: OpenedView | null;
  /** Whether the whole folder has gone away since. */
  gone: boolean;
  recent: string[];
  overview: Overview | null;
  today: TodayView | null;
  filter: ListFilter;
}

export const notebook = $state<Notebook>({
  ready: false,
  opening: false,
  opened: null,
  gone: false,
  recent: [],
  overview: null,
  today: null,
  filter: { state: null, category: null },
});

/** Rows are fetched in chunks of this many entries. */
export const chunkSize = 100;
/** Chunks kept when the list is scrolled on. */
const chunksMost = 60;

/** Chunk number → its rows. */
const chunks = new SvelteMap<number, EntryRow[]>();
const underway = new Set<number>();
/** Chunks from before the last change: shown until the new ones are there. */
const stale = new Set<number>();
/** Answers to requests of an older generation are dropped. */
let generation = 0;

export function clearNotebook(): void {
  generation++;
  chunks.clear();
  underway.clear();
  stale.clear();
  notebook.overview = null;
  notebook.today = null;
  notebook.filter = { state: null, category: null };
}

/** Fetches the overview anew; rows that are shown follow. */
export async function reload(): Promise<void> {
  const turn = ++generation;
  underway.clear();
  for (const chunk of chunks.keys()) stale.add(chunk);
  try {
    const overview = await ipc.overview($state.snapshot(notebook.filter));
    if (turn === generation) notebook.overview = overview;
  } catch (error) {
    toastError(error);
  }
}

export async function setFilter(change: Partial<ListFilter>): Promise<void> {
  Object.assign(notebook.filter, change);
  chunks.clear();
  stale.clear();
  await reload();
}

export async function loadToday(): Promise<void> {
  try {
    notebook.today = await ipc.today();
  } catch (error) {
    toastError(error);
  }
}

/** The row at a flat index of the filtered list, if it has been fetched. */
export function row(index: number): EntryRow | undefined {
  return chunks.get(Math.floor(index / chunkSize))?.[index % chunkSize];
}

/** Sees to it that the rows `from..to` (flat indices) are there or on their way. */
export function want(from: number, to: number): void {
  if (to <= from) return;
  for (let chunk = Math.floor(from / chunkSize); chunk * chunkSize < to; chunk++) {
    if ((chunks.has(chunk) && !stale.has(chunk)) || underway.has(chunk)) continue;
    void fetchChunk(chunk);
  }
}

async function fetchChunk(chunk: number): Promise<EntryRow[]> {
  const turn = generation;
  underway.add(chunk);
  try {
    const filter = $state.snapshot(notebook.filter);
    const rows = await ipc.rows(filter, chunk * chunkSize, chunkSize);
    if (turn !== generation) return rows;
    stale.delete(chunk);
    chunks.set(chunk, rows);
    for (const old of chunks.keys()) {
      if (chunks.size <= chunksMost) break;
      if (Math.abs(old - chunk) > chunksMost / 2) chunks.delete(old);
    }
    return rows;
  } catch (error) {
    toastError(error);
    return [];
  } finally {
    if (turn === generation) underway.delete(chunk);
  }
}

/** The row at a flat index, fetched if it has to be. */
export async function rowAt(index: number): Promise<EntryRow | undefined> {
  const chunk = Math.floor(index / chunkSize);
  const have = stale.has(chunk) ? undefined : chunks.get(chunk);
  return (have ?? (await fetchChunk(chunk)))[index % chunkSize];
}

/** The flat index of an entry of the filtered list, looked up among the entries of its day. */
export async function indexOf(id: string, date: string | null): Promise<number | null> {
  let first = 0;
  for (const day of notebook.overview?.days ?? []) {
    if (day.date === date) {
      const from = Math.floor(first / chunkSize);
      for (let chunk = from; chunk * chunkSize < first + day.shown; chunk++) {
        const have = stale.has(chunk) ? undefined : chunks.get(chunk);
        const rows = have ?? (await fetchChunk(chunk));
        const at = rows.findIndex((found) => found.id === id);
        if (at >= 0) return chunk * chunkSize + at;
      }
      return null;
    }
    first += day.shown;
  }
  return null;
}
