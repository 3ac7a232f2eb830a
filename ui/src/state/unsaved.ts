// What can be done with a text that is in no post: read, gone on with, put back with its question.

import { t } from "../i18n";
import type { DraftView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { forgetTyped, readAddDraft } from "../views/add/kept";
import { setAside } from "./aside";
import { discard, loadDrafts, offerAgain, unsavedTexts } from "./drafts.svelte";
import { abandonEdit } from "./edits.svelte";
import { answers } from "./entry.svelte";
import { restoreNewest } from "./history.svelte";
import { openEntry } from "./navigation.svelte";
import { notebook } from "./notebook.svelte";
import { openSource, sources } from "./source.svelte";
import { openAdd, toast, ui } from "./ui.svelte";

/** The question it is about. */
export function titleOf(draft: DraftView): string {
  if (draft.part !== "new_entry") return draft.question;
  const question = readAddDraft(draft.text)?.draft.question.trim();
  return question || t("unsaved.new");
}

/** The text whole, as it is read and copied. */
export function fullText(draft: DraftView): string {
  if (draft.part === "category") return draft.text.split("\n").filter(Boolean).join(", ");
  if (draft.part !== "new_entry") return draft.text;
  const kept = readAddDraft(draft.text);
  if (!kept) return draft.text;
  const { question, category, topic, hint, model } = kept.draft;
  const cards = kept.cards.filter((card) => !card.removed).map((card) => card.draft.question);
  const texts = kept.way === "paste" && kept.text !== "" ? [kept.text] : cards;
  return [question, category, topic, hint, model, ...texts].filter(Boolean).join("\n\n");
}

/** Its beginning, in a line or two. */
export function excerpt(draft: DraftView): string {
  const most = 240;
  const text = fullText(draft).trim().replace(/\s+/gu, " ");
  if (text === "") return t("conflict.blank");
  return text.length > most ? `${[...text.slice(0, most)].slice(0, -1).join("")}…` : text;
}

/** Opens what the text is of, with the text in its field. */
export async function goOn(draft: DraftView): Promise<void> {
  if (draft.part === "new_entry") {
    openAdd();
    return;
  }
  if (draft.part === "source") {
    offerAgain({ ...draft, post: draft.path });
    await openSource(draft.path);
    return;
  }
  if (draft.entry === null) return;
  offerAgain(draft);
  if (draft.part === "model_answer") ui.pane = true;
  await openEntry(draft.entry, { focus: draft.part === "answer" });
}

/**
 * Puts the question of a text back that is in no post any more, and goes on with the text: whole as the
 * history has it, else as a new question of the same words.
 */
export async function putBack(draft: DraftView): Promise<void> {
  const entry = (await fromHistory(draft)) ?? (await asNew(draft));
  toast(t("unsaved.back"));
  await openEntry(entry, { focus: draft.part === "answer" });
}

/** Other texts of the entry are back with it, as it has the key it had. */
async function fromHistory({ key, kept_for: was }: DraftView): Promise<string | null> {
  if (was === null) return null;
  try {
    if (!(await restoreNewest(was))) return null;
    await loadDrafts();
    const found = unsavedTexts().find((one) => one.key === key)?.entry ?? null;
    if (found !== null) for (const one of unsavedTexts()) if (one.entry === found) offerAgain(one);
    return found;
  } catch {
    // What is not in the history can still be added anew.
    return null;
  }
}

async function asNew(draft: DraftView): Promise<string> {
  const posts = notebook.overview?.posts ?? [];
  const there = posts.some(({ path, unreadable }) => path === draft.path && unreadable === null);
  const { entry } = await ipc.addQuestion({
    question: draft.question,
    post: there ? draft.path : null,
    date: draft.date,
    category: null,
    topic: null,
    hint: null,
    model_answer: null,
  });
  abandon(draft);
  await rebase(draft, entry);
  await loadDrafts();
  // With its day and its words the question has the key it had: other texts of it are back with it.
  for (const other of unsavedTexts()) if (other.entry === entry) await rebase(other, entry);
  await loadDrafts();
  return entry;
}

/** Drops a text the user does not want; the history has it then. Returns what gives it back. */
export async function drop(draft: DraftView): Promise<() => Promise<void>> {
  const { entry, part, audience, text } = draft;
  const of = part === "source" ? draft.path : entry;
  if (of !== null && part !== "new_entry") await setAside({ entry: of, part, audience, text });
  const giveBack = await discard(draft);
  abandon(draft);
  return giveBack;
}

/** Whoever still shows the text forgets it. */
function abandon(draft: DraftView): void {
  if (draft.part === "source") {
    sources.abandon(draft.path);
    return;
  }
  const entry = draft.entry ?? draft.kept_for;
  if (entry === null) forgetTyped();
  else if (draft.part === "answer") answers.abandon(entry);
  else abandonEdit({ ...draft, entry });
}

/** Keeps a text as one of an entry that has nothing to lose there yet. */
async function rebase(draft: DraftView, entry: string): Promise<void> {
  const { part, text, question, path, date } = draft;
  const bases: Partial<Record<DraftView["part"], string>> = { question, category: "\n" };
  const base = bases[part] ?? "";
  offerAgain({ entry, part, audience: null });
  await ipc.keepDraft({
    ...{ entry, part, audience: null, text, base, revision: null, question, path, date },
    replaces: draft.key,
  });
}
