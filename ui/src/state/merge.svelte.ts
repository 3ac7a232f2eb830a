// Two texts that the user makes one by hand, in a dialog of its own. Nothing is written before it is
// saved there.

import { closeDialog, openDialog, toastError } from "./ui.svelte";

export interface Merge {
  /** What it is of, such as the question. */
  title: string;
  mine: string;
  theirs: string;
  /** What both come from, if that is known. */
  base: string | null;
  /** What the two texts are called. */
  names: { mine: string; theirs: string };
  /** Takes the merged text. Throws what keeps it from being saved. */
  save(text: string): Promise<void>;
}

interface Merging {
  now: Merge | null;
  /** What the result is at first. */
  proposal: { text: string; open: number };
}

export const merging = $state<{ of: Merging }>({ of: { now: null, proposal: none() } });

function none() {
  return { text: "", open: 0 };
}

/** Results that were left unfinished, by the two texts they are of. */
const unfinished = new Map<string, string>();

function nameOf({ mine, theirs }: Merge): string {
  return JSON.stringify([mine, theirs]);
}

/** Opens the dialog. What was begun with the same two texts before goes on. */
export function openMerge(merge: Merge): void {
  const begun = unfinished.get(nameOf(merge));
  if (begun === undefined && merge.base !== null) {
    void propose(merge, merge.base).catch(toastError);
    return;
  }
  show(merge, { text: begun ?? merge.mine, open: 0 });
}

/** What compares texts is fetched when it is needed: the first page does without. */
async function propose(merge: Merge, base: string): Promise<void> {
  const { threeWay } = await import("../editor/three-way");
  show(merge, threeWay(base, merge.mine, merge.theirs));
}

function show(merge: Merge, proposal: Merging["proposal"]): void {
  merging.of = { now: merge, proposal };
  openDialog("merge");
}

/** The result is now `text`: it is there again when the dialog is. */
export function mergedSoFar(text: string): void {
  const { now } = merging.of;
  if (now) unfinished.set(nameOf(now), text);
}

/** Saves the result and closes the dialog. */
export async function saveMerge(text: string): Promise<void> {
  const { now } = merging.of;
  if (!now) return;
  await now.save(text);
  unfinished.delete(nameOf(now));
  merging.of = { now: null, proposal: none() };
  closeDialog();
}
