// The entry on the sheet: its page, the text in the editor, and how far it is saved.

import type { SaveState } from "../editor/saver";
import type { EntryPage } from "../ipc/client";
import * as ipc from "../ipc/client";
import { draftsKnown } from "./drafts.svelte";
import { closeTexts, EditedTexts, flushAll } from "./edited-texts";

interface Current extends Looked {
  page: EntryPage | null;
  /** The answer as it stands in the editor. */
  text: string;
  save: SaveState;
  /** Which variant of the model answer is chosen. */
  audience: number;
}

/** How an entry was looked at when it was left. */
interface Looked {
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

/** Of entries opened since the start that are not shown. */
const looked = new Map<string, Looked>();

/** The answers that are edited. */
export const answers = new EditedTexts<EntryPage>({
  shown: current,
  shownId: () => current.page?.entry.id,
  onpage(page) {
    current.page = page;
  },
  hide() {
    current.page = null;
  },
  onforget: (id) => void looked.delete(id),
  save: ipc.saveAnswer,
  fetch: ipc.entry,
  asError: ipc.asIpcError,
  subjectOf: (entry) => ({ entry, part: "answer", audience: null }),
  about: ({ entry: { question, date }, path }) => ({ question, path, date }),
  titleOf: ({ entry }) => entry.question,
  words: { taken: "unsaved.taken", drop: "unsaved.revert" },
  most: 50,
});

let lastOpen = 0;

/**
 * Opens the entry `id`; what was typed in the one before is saved first. `ahead` is its page, if that
 * is known already. Throws `IpcError`.
 */
export async function loadEntry(id: string, ahead?: EntryPage): Promise<void> {
  const turn = ++lastOpen;
  const before = answers.active;
  if (before && before.id !== id) {
    remember(before.id);
    void before.flush();
  }
  const [page] = await Promise.all([ahead ?? ipc.entry(id), draftsKnown()]);
  if (turn !== lastOpen) return;
  const { active } = answers;
  if (active && active.id === page.entry.id) {
    await active.refresh();
    return;
  }
  const keep = answers.open(page);
  current.page = page;
  answers.show(keep);
  const modelOpen = page.entry.answer.state === "written";
  Object.assign(current, looked.get(page.entry.id) ?? { modelOpen, hintOpen: false, spent: 0 });
  current.audience = audienceOf(page);
}

function remember(id: string): void {
  const { spent, modelOpen, hintOpen } = current;
  looked.set(id, { spent, modelOpen, hintOpen });
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

/** Leaves the sheet empty, as when another folder is opened. */
export async function closeEntry(): Promise<void> {
  lastOpen++;
  await flushAll();
  closeTexts();
}

/** Two keystrokes further apart than this many seconds are not one stretch of writing. */
const thinking = 30;
let lastEdit = 0;

/** The text of the entry `id` changed in the editor. */
export function edited(id: string, text: string): void {
  answers.edited(id, text);
  if (answers.active?.id !== id) return;
  const now = performance.now() / 1000;
  if (now - lastEdit < thinking) current.spent += now - lastEdit;
  lastEdit = now;
}

/** Gives the unsaved text of an entry that is gone to the one on the sheet. */
export function handOver(from: string, to: string): void {
  const { page } = current;
  if (page?.entry.id === to) answers.handOver(from, page);
}
