// What git has left in a post, and how it goes: one side, both, or a text merged by hand.

import { announce } from "../a11y/announce.svelte";
import { t } from "../i18n";
import type { MergeConflictView, Take } from "../ipc/client";
import * as ipc from "../ipc/client";
import { postsChanged } from "./edited-texts";
import { openMerge } from "./merge.svelte";
import { reload } from "./notebook.svelte";
import { readAgain } from "./reading.svelte";
import { toastError } from "./ui.svelte";

async function put(post: string, id: string | null, take: Take, text: string | null) {
  await ipc.settle({ post, id, take, text });
  await Promise.all([postsChanged(), readAgain(), reload()]);
  announce(t("markers.done"));
}

/** Puts a side, or both, in the place of a conflict; of all conflicts of the post without an id. */
export async function settle(post: string, id: string | null, take: Take): Promise<void> {
  try {
    await put(post, id, take, null);
  } catch (error) {
    toastError(error);
    // Somebody else has settled it, or the file is another one by now.
    await Promise.all([postsChanged(), readAgain()]);
  }
}

/** Opens the dialog in which both sides are made one text. */
export function mergeSides(post: string, conflict: MergeConflictView): void {
  openMerge({
    title: t("markers.line", { line: conflict.line }),
    mine: conflict.ours,
    theirs: conflict.theirs,
    base: conflict.base,
    names: { mine: nameOf("ours", conflict), theirs: nameOf("theirs", conflict) },
    save: (text) => put(post, conflict.id, "text", text),
  });
}

/** What a side is called: which one, and what git calls it. */
export function nameOf(side: "ours" | "theirs", conflict: MergeConflictView): string {
  const label = side === "ours" ? conflict.ours_label : conflict.theirs_label;
  const name = t(side === "ours" ? "markers.ours" : "markers.theirs");
  return label === "" ? name : `${name} (${label})`;
}
