// The entry on the sheet: its page, the text in the editor, and how far it is saved.

import { type Choice, Saver, type SaverDeps, type SaveState } from "../editor/saver";
import { t } from "../i18n";
import type { EntryPage } from "../ipc/client";
import * as ipc from "../ipc/client";
import { setAside } from "./aside";
import {
  draftsKnown,
  dropDraft,
  flushDrafts,
  keepDraft,
  type Subject,
  takeUpDraft,
} from "./drafts.svelte";
import { openMerge } from "./merge.svelte";
import { toast } from "./ui.svelte";

interface Current {
  page: EntryPage | null;
  /** The answer as it stands in the editor. */
  text: string;
  save: SaveState;
  /** Which variant of the model answer is chosen. */
  audience: number;
  modelOpen: boolean;
  hintOpen: boolean;
  /** Seconds spent writing since the entry was opened first. */
  spent: number;
}

export const current = $state<Current>({
  page: null,
  text: "",
  save: { kind: "saved" },
  audience: 0,
  modelOpen: false,
  hintOpen: false,
  spent: 0,
});

interface Kept {
  saver: Saver;
  /** As it came last. */
  page: EntryPage;
  spent: number;
  modelOpen: boolean;
  hintOpen: boolean;
}

/** Entries opened since the start: what was not saved survives switching. */
const kept = new Map<string, Kept>();
/** How many clean entries are kept. */
const keptMost = 50;

/** Told to show another text than the editor holds, keeping the cursor where it can. */
let replaceInEditor: (id: string, text: string) => void = () => {};
let forgetInEditor: (id: string) => void = () => {};

export function connectEditor(
  replace: typeof replaceInEditor,
  forget: typeof forgetInEditor,
): void {
  replaceInEditor = replace;
  forgetInEditor = forget;
}

/** Whether a text in this state gets into the file only when the user does something. */
function stuck(state: SaveState): boolean {
  return state.kind === "failed" || state.kind === "conflict" || state.kind === "gone";
}

function subjectOf(id: string): Subject {
  return { entry: id, part: "answer", audience: null };
}

/** What is typed is kept outside the folder until it is in the file. */
function note(keep: Kept): void {
  const { saver, page } = keep;
  if (!saver.dirty) {
    dropDraft(subjectOf(saver.id));
    return;
  }
  const { text, base, revision, state } = saver;
  const { question, date } = page.entry;
  const writing = { text, base, revision, question, path: page.path, date };
  keepDraft(subjectOf(saver.id), writing, !stuck(state));
}

let lastOpen = 0;

/** Opens the entry `id`; what was typed in the one before is saved first. Throws `IpcError`. */
export async function loadEntry(id: string): Promise<void> {
  const turn = ++lastOpen;
  const before = active();
  if (before && before.saver.id !== id) {
    remember(before);
    void before.saver.flush();
  }
  const [page] = await Promise.all([ipc.entry(id), draftsKnown()]);
  if (turn !== lastOpen) return;
  let keep = kept.get(page.entry.id);
  if (keep && keep === active()) {
    await keep.saver.refresh();
    return;
  }
  if (keep && !keep.saver.dirty && keep.saver.state.kind === "saved") {
    // Nothing of its own to lose: the fresh page wins; the editor takes it in and keeps its history.
    const { spent, modelOpen, hintOpen } = keep;
    keep.saver.dispose();
    keep = { saver: new Saver(page, deps(page.entry.id)), page, spent, modelOpen, hintOpen };
    takeUp(keep);
  } else if (!keep) {
    keep = {
      saver: new Saver(page, deps(page.entry.id)),
      page,
      spent: 0,
      modelOpen: page.entry.answer.state === "written",
      hintOpen: false,
    };
    takeUp(keep);
  } else {
    void keep.saver.refresh();
  }
  prune(page.entry.id);
  current.page = page;
  current.text = keep.saver.text;
  current.save = keep.saver.state;
  current.spent = keep.spent;
  current.modelOpen = keep.modelOpen;
  current.hintOpen = keep.hintOpen;
  current.audience = audienceOf(page);
}

/** The variant for whom the model answer was looked at last, else the first. */
function audienceOf({ entry, last_audience }: EntryPage): number {
  const { variants } = entry.model_answer;
  const at = variants.findIndex(({ audience }) => audience !== null && audience === last_audience);
  return Math.max(at, 0);
}

/** Chooses a variant of the model answer, and remembers for whom it is. */
export function chooseAudience(index: number): void {
  current.audience = index;
  const audience = current.page?.entry.model_answer.variants[index]?.audience;
  // Nothing is lost if it is forgotten.
  if (audience) ipc.rememberAudience(audience).catch(() => {});
}

/** Goes on with what was typed before this start, if it did not get into the file. */
function takeUp(keep: Kept): void {
  const { saver, page } = keep;
  kept.set(saver.id, keep);
  const draft = takeUpDraft(subjectOf(saver.id));
  if (!draft) return;
  saver.restore(draft.text, draft.base, page);
  if (saver.state.kind !== "dirty") return;
  const { id } = saver;
  const before = page.entry.answer.text;
  const run = () => {
    void setAside({ entry: id, part: "answer", text: saver.text });
    replaceInEditor(id, before);
    edited(id, before);
  };
  toast(t("unsaved.taken"), { action: { label: t("unsaved.revert"), run } });
}

/** What else is edited and saved: a whole post. */
export interface AlsoEdited {
  flush(): Promise<void>;
  /** Saves what is there even though a syllable may be open. */
  flushForGood(): void;
  unsaved(): boolean;
  /** Posts changed. */
  refresh(): Promise<void>;
  /** Forgets all, as another folder is opened. */
  close(): void;
}

const also: AlsoEdited[] = [];

export function editedToo(other: AlsoEdited): void {
  also.push(other);
}

/** Leaves the sheet empty, as when another folder is opened. */
export async function closeEntry(): Promise<void> {
  lastOpen++;
  await flushAll();
  current.page = null;
  current.text = "";
  for (const [id, keep] of kept) {
    keep.saver.dispose();
    forgetInEditor(id);
  }
  kept.clear();
  for (const other of also) other.close();
}

function active(): Kept | undefined {
  return current.page ? kept.get(current.page.entry.id) : undefined;
}

/** Two keystrokes further apart than this many seconds are not one stretch of writing. */
const thinking = 30;
let lastEdit = 0;

/** The text of the entry `id` changed in the editor. */
export function edited(id: string, text: string): void {
  const keep = kept.get(id);
  keep?.saver.edit(text);
  if (keep) note(keep);
  if (keep !== active()) return;
  current.text = text;
  const now = performance.now() / 1000;
  if (now - lastEdit < thinking) current.spent += now - lastEdit;
  lastEdit = now;
}

/** Entries in whose editor a composition is open. */
const compositions = new Set<string>();
/** Told when the last composition has ended. */
let whenComposed: () => void = () => {};

/** A composition begins or ends in the editor of the entry `id`. */
export function composing(id: string, open: boolean): void {
  kept.get(id)?.saver.composing(open);
  if (open) compositions.add(id);
  else compositions.delete(id);
  if (compositions.size === 0) whenComposed();
}

/** Most milliseconds that closing waits for an open syllable to end. */
const patience = 250;

/**
 * Resolves when no composition is open. One that stays open is waited for no longer than `patience`:
 * its text is in the editor already.
 */
export function composed(): Promise<void> {
  if (compositions.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience);
    whenComposed = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Saves the entry `id` now, as when the editor loses the focus. */
export function flushEntry(id: string): void {
  void kept.get(id)?.saver.flush();
}

/** Ends a conflict of the current entry. The own text, where it goes, is in the history then. */
export async function resolveConflict(choice: Choice): Promise<void> {
  const keep = active();
  if (keep?.saver.state.kind !== "conflict") return;
  const { saver } = keep;
  const { id, text: mine } = saver;
  const { theirs } = keep.saver.state;
  const safe = choice !== "theirs" || (await setAside({ entry: id, part: "answer", text: mine }));
  // The file may have become yet another one meanwhile: that is asked anew.
  if (saver.state.kind !== "conflict" || saver.state.theirs !== theirs) return;
  show(id, saver.resolve(choice));
  if (choice !== "theirs") return;
  toast(t(safe ? "conflict.tookTheirs" : "conflict.notKept"), {
    // One that is in no history is offered until the user has read so.
    tone: safe ? "info" : "error",
    action: { label: t("conflict.undo"), run: () => takeBack(id, mine, theirs) },
  });
}

/** Shows another text of an entry. */
function show(id: string, text: string): void {
  if (current.page?.entry.id === id) current.text = text;
  replaceInEditor(id, text);
}

/** Puts an own text back that was dropped for the file's, unless something was written since. */
function takeBack(id: string, mine: string, theirs: string): void {
  if (kept.get(id)?.saver.text !== theirs) {
    toast(t("conflict.noUndo"), { tone: "error" });
    return;
  }
  show(id, mine);
  edited(id, mine);
}

/** Opens the dialog in which the own text of the current entry and the file's are made one. */
export function mergeByHand(): void {
  const keep = active();
  const { page } = current;
  if (!keep || !page || keep.saver.state.kind !== "conflict") return;
  const { saver } = keep;
  const { theirs, base } = keep.saver.state;
  openMerge({
    title: page.entry.question,
    mine: saver.text,
    theirs,
    base,
    names: { mine: t("conflict.mine"), theirs: t("conflict.theirs") },
    async save(text) {
      const mine = saver.text;
      // What was left out of the own text was never saved.
      if (!text.includes(mine)) await setAside({ entry: saver.id, part: "answer", text: mine });
      const ended = saver.merge(text, theirs);
      show(saver.id, text);
      if (!ended) toast(t("merge.again"), { tone: "error" });
    },
  });
}

/**
 * Gives the unsaved text of an entry that is gone to the one on the sheet, as an edit of the answer it
 * was based on: where that has another one, both are shown.
 */
export function handOver(from: string, to: string): void {
  const [giver, taker] = [kept.get(from), kept.get(to)];
  const { page } = current;
  if (!giver || !taker || giver === taker || page?.entry.id !== to || taker.saver.dirty) return;
  const { text, base } = giver.saver;
  const theirs = page.entry.answer.text;
  // Where nothing stands yet there is nothing to choose between.
  taker.saver.restore(text, theirs.trim() === "" ? theirs : base, page);
  giver.saver.dispose();
  forgetInEditor(from);
  kept.delete(from);
  dropDraft(subjectOf(from));
  current.text = taker.saver.text;
  current.save = taker.saver.state;
  replaceInEditor(to, taker.saver.text);
}

/** Saves the current entry once more after a failure. */
export function retrySave(): void {
  void active()?.saver.flush();
}

/** Saves what is typed in any entry; for leaving the window and for Ctrl+S. */
export async function flushAll(): Promise<void> {
  const savers = [...kept.values()].map((keep) => keep.saver.flush());
  await Promise.all([flushDrafts(), ...savers, ...also.map((other) => other.flush())]);
}

/**
 * Saves what is typed before the window closes. The key that closes it may cut a syllable: the engine
 * takes it out of the text and hands it back a moment later. One that is still open after that goes
 * along as it stands: nobody will be there to end it.
 */
export async function flushForGood(): Promise<void> {
  await composed();
  for (const id of kept.keys()) composing(id, false);
  for (const other of also) other.flushForGood();
  await flushAll();
}

/** Whether anything typed is not in a file yet. */
export function unsaved(): boolean {
  const dirty = [...kept.values()].some((keep) => keep.saver.dirty);
  return dirty || also.some((other) => other.unsaved());
}

/** Forgets what was typed for an entry, as its text was dropped elsewhere. */
export function abandonAnswer(id: string): void {
  const keep = kept.get(id);
  if (!keep?.saver.dirty) return;
  keep.saver.dispose();
  kept.delete(id);
  forgetInEditor(id);
  if (current.page?.entry.id === id) current.page = null;
}

/** Posts changed: the current entry follows (its neighbours may be others), the rest when opened. */
export async function postsChanged(): Promise<void> {
  await Promise.all([active()?.saver.refresh(), ...also.map((other) => other.refresh())]);
}

function remember(keep: Kept): void {
  keep.spent = current.spent;
  keep.modelOpen = current.modelOpen;
  keep.hintOpen = current.hintOpen;
}

function prune(except: string): void {
  for (const [id, keep] of kept) {
    if (kept.size <= keptMost) return;
    if (id === except || keep.saver.dirty || keep.saver.state.kind !== "saved") continue;
    keep.saver.dispose();
    forgetInEditor(id);
    kept.delete(id);
  }
}

function deps(id: string): SaverDeps {
  const shown = () => current.page?.entry.id === id;
  return {
    save: ipc.saveAnswer,
    fetch: ipc.entry,
    asError: ipc.asIpcError,
    after(ms, action) {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
    onstate(state) {
      if (shown()) current.save = state;
      const keep = kept.get(id);
      if (keep && state.kind !== "saving") note(keep);
    },
    onreplace(text) {
      replaceInEditor(id, text);
      if (shown()) current.text = text;
    },
    onpage(page) {
      const keep = kept.get(id);
      if (keep) keep.page = page;
      if (shown()) current.page = page;
    },
  };
}
