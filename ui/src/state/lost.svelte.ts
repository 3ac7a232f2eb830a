// An answer whose question is in no file any more: what became of it, and how its text goes on.

import { announce } from "../a11y/announce.svelte";
import { t } from "../i18n";
import type { EntryPage, LostView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { postsChanged } from "./edited-texts";
import { current, handOver } from "./entry.svelte";
import { restoreNewest } from "./history.svelte";
import { openEntry } from "./navigation.svelte";
import { reload } from "./notebook.svelte";
import { toastError } from "./ui.svelte";

/** What may have become of the question of `page`; none while that is not known. */
export async function whereabouts(page: EntryPage): Promise<LostView | null> {
  try {
    return await ipc.lost({ question: page.entry.question, post: page.path });
  } catch {
    return null;
  }
}

/** Goes on with the text at another question, which is what the lost one became. */
export async function followTo(id: string): Promise<void> {
  const from = current.page?.entry.id;
  if (from === undefined || !(await openEntry(id))) return;
  handOver(from, id);
}

/** Puts the question back as the history has it, else as a new one of the same words. */
export async function putBack(page: EntryPage): Promise<void> {
  const { id } = page.entry;
  try {
    const back = (await fromHistory(id)) ?? (await asNew(page));
    await reload();
    if (back === id) await postsChanged();
    else await followTo(back);
    announce(t("gone.back"));
  } catch (error) {
    toastError(error);
  }
}

/** Restores the version of the entry that was there last; returns the key it has now. */
async function fromHistory(id: string): Promise<string | null> {
  try {
    const saved = await restoreNewest(id);
    return saved && (saved.entry || id);
  } catch {
    // What the history has not can still be added anew.
    return null;
  }
}

async function asNew({ entry, path }: EntryPage): Promise<string> {
  const found = await ipc.lost({ question: entry.question, post: path });
  const { question, date, hint, topic } = entry;
  const model = entry.model_answer.state === "written" ? entry.model_answer.variants : [];
  const text = ({ audience, text }: { audience: string | null; text: string }) =>
    audience === null ? text : `[${audience}]\n${text}`;
  const saved = await ipc.addQuestion({
    ...{ question, date, hint, topic, post: found.post ? path : null },
    category: entry.categories[0] ?? null,
    model_answer: model.length > 0 ? model.map(text).join("\n\n") : null,
  });
  return saved.entry;
}
