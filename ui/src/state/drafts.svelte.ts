// Texts that are in no post: those being written, and those that a start before this one left.
//
// Every change of a text is kept by the backend, outside the folder (see journal.ts), and dropped as
// soon as the text is in its post. What is left is offered until the user takes it up or drops it.

import { SvelteMap, SvelteSet } from "svelte/reactivity";
import type { DraftView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { Journal, name, type Subject, type Writing } from "./journal";
import { toastError } from "./ui.svelte";

export type { Subject, Writing } from "./journal";

/** Drafts by key. */
const all = new SvelteMap<string, DraftView>();
/** Keys of texts that are on their way into their posts: nobody has to look after them. */
const passing = new SvelteSet<string>();
/** Subjects whose texts are, by name. */
const passingSubjects = new Set<string>();
/** Subjects whose drafts were taken up or replaced: what else there is of them waits to be chosen. */
const taken = new Set<string>();
/** Whether the user was told that texts cannot be kept. */
let told = false;

const journal = new Journal({
  keep: ipc.keepDraft,
  drop: async (key) => {
    await ipc.dropDraft(key);
  },
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  onkept(subject, writing, key, before) {
    told = false;
    if (before !== null && before !== key) forgetKey(before);
    const { text, base, question, path, date } = writing;
    const at = new Date().toISOString();
    const kept = all.get(key);
    all.set(key, { ...fresh(subject), ...kept, key, text, base, question, path, date, at });
    mark(key, subject);
  },
  ondropped: forgetKey,
  onfail(error) {
    if (told) return;
    told = true;
    toastError(error);
  },
});

function fresh({
  entry,
  part,
  audience,
}: Subject): Pick<DraftView, "entry" | "kept_for" | "part" | "audience" | "now" | "state"> {
  return { entry, kept_for: entry, part, audience, now: null, state: "unsaved" };
}

function mark(key: string, subject: Subject): void {
  if (passingSubjects.has(name(subject))) passing.add(key);
  else passing.delete(key);
}

function forgetKey(key: string): void {
  all.delete(key);
  passing.delete(key);
}

/** Texts that wait for the user, the newest first. */
export function unsavedTexts(): DraftView[] {
  const waiting = [...all.values()].filter(({ key }) => !passing.has(key));
  return waiting.sort((a, b) => b.at.localeCompare(a.at));
}

const waitingEntries = $derived(new Set(unsavedTexts().map(({ entry }) => entry)));

/** Whether a text of the entry waits for the user. */
export function hasUnsaved(entry: string): boolean {
  return waitingEntries.has(entry);
}

/** Asks the backend which drafts there are, and how they and their posts stand to each other. */
export async function loadDrafts(): Promise<void> {
  try {
    const found = await ipc.drafts();
    const keys = new Set(found.map(({ key }) => key));
    for (const key of all.keys()) if (!keys.has(key)) forgetKey(key);
    for (const draft of found) all.set(draft.key, draft);
  } catch (error) {
    toastError(error);
  }
}

let opening: Promise<void> = Promise.resolve();

/** Begins with the drafts of a folder that was opened; asks which it has, if they are not known. */
export function openDrafts(known: DraftView[] | null): Promise<void> {
  journal.forget();
  all.clear();
  passing.clear();
  passingSubjects.clear();
  taken.clear();
  for (const draft of known ?? []) all.set(draft.key, draft);
  opening = known ? Promise.resolve() : loadDrafts();
  return opening;
}

/** Resolves when it is known which drafts the folder has. */
export function draftsKnown(): Promise<void> {
  return opening;
}

/**
 * Keeps the text of a subject as it stands. `onItsWay` says that it gets into its post without the
 * user doing anything.
 */
export function keepDraft(subject: Subject, writing: Writing, onItsWay = false): void {
  if (onItsWay) passingSubjects.add(name(subject));
  else passingSubjects.delete(name(subject));
  taken.add(name(subject));
  for (const draft of all.values()) if (isOf(draft, subject)) mark(draft.key, subject);
  journal.keep(subject, writing);
}

/** Forgets the draft of a subject: its text is in the post, or nobody wants it. */
export function dropDraft(subject: Subject): void {
  passingSubjects.delete(name(subject));
  journal.drop(subject);
}

/**
 * The draft of a subject to go on with, the newest if there are several; none if one of them was
 * taken up already.
 */
export function takeUpDraft(subject: Subject): DraftView | null {
  if (taken.has(name(subject))) return null;
  const found = [...all.values()].filter((draft) => isOf(draft, subject));
  const draft = found.sort((a, b) => b.at.localeCompare(a.at))[0];
  if (!draft) return null;
  taken.add(name(subject));
  journal.adopt(subject, draft.key);
  return draft;
}

/** Goes on keeping a text in its own draft, where it was not closed when another folder was opened. */
export function recogniseDraft(subject: Subject, text: string): void {
  for (const draft of all.values()) {
    if (!isOf(draft, subject) || draft.text !== text) continue;
    taken.add(name(subject));
    journal.adopt(subject, draft.key);
  }
}

/** Lets the drafts of a subject be taken up once more. */
export function offerAgain(subject: Subject): void {
  taken.delete(name(subject));
}

function isOf(draft: DraftView, { entry, part, audience, post }: Subject): boolean {
  if (part === "source") return draft.part === part && draft.path === post;
  return draft.entry === entry && draft.part === part && draft.audience === audience;
}

/** Drops a text the user does not want. Returns what gives it back. */
export async function discard(draft: DraftView): Promise<() => Promise<void>> {
  await ipc.dropDraft(draft.key);
  forgetKey(draft.key);
  offerAgain(draft.part === "source" ? { ...draft, post: draft.path } : draft);
  return async () => {
    const { entry, part, audience, text, base, question, path, date } = draft;
    await ipc.keepDraft({
      entry,
      part,
      audience,
      text,
      base,
      revision: null,
      question,
      path,
      date,
    });
    await loadDrafts();
  };
}

/** Whether every text that is not saved is at least kept. */
export function draftsKept(): boolean {
  return journal.settled;
}

/** Keeps at once what has not been kept; for leaving a field or the window. */
export function flushDrafts(): Promise<void> {
  return journal.flush();
}
