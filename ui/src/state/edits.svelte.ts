// Edits of what is not the answer: the question, category and topic, the hint, the model answer.
//
// Each is begun, written in a field of its own and saved when the user says so. Until then its text
// is kept, whatever else is opened, also over a restart (see drafts.svelte.ts).
//
// Invariant: a save never overwrites a text the user has not seen. What the file says when it is
// saved is compared with what it said when the edit began.

import { tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { announce } from "../a11y/announce.svelte";
import { type Choice, joined } from "../editor/saver";
import { t } from "../i18n";
import type { EditRequest, EntryPage, IpcError } from "../ipc/client";
import * as ipc from "../ipc/client";
import { setAside } from "./aside";
import { draftText, draftValues, type Part, subjectOf, type Values, variantOf } from "./draft-text";
import { dropDraft, keepDraft, recogniseDraft, type Subject, takeUpDraft } from "./drafts.svelte";
import { flushAll, postsChanged } from "./edited-texts";
import { current } from "./entry.svelte";
import { openMerge } from "./merge.svelte";
import { openEntry } from "./navigation.svelte";
import { notebook } from "./notebook.svelte";
import { toast, ui } from "./ui.svelte";

export type { Part, Values } from "./draft-text";

export type EditStatus =
  | { kind: "open" }
  | { kind: "saving" }
  | { kind: "failed"; error: IpcError }
  /** A question must not be empty. */
  | { kind: "empty" }
  /** The answer has to get into the file first. */
  | { kind: "answer" }
  /** The file has another text by now. */
  | { kind: "conflict"; theirs: Values };

export class Edit {
  entry: string;
  /** The entry's page when the edit began. */
  readonly page: EntryPage;
  readonly part: Part;
  /** What the file said when the edit began. */
  base: Values;
  value: Values = $state({ text: "" });
  status: EditStatus = $state.raw({ kind: "open" });

  constructor(page: EntryPage, part: Part, base: Values, value: Values) {
    this.entry = page.entry.id;
    this.page = page;
    this.part = part;
    this.base = base;
    this.value = value;
  }

  get changed(): boolean {
    return !same(this.value, this.base);
  }
}

const parts: readonly Part[] = ["question", "about", "hint"];

/** Line endings and blank space at the ends are the file's business. */
const plain = (text = "") => text.replace(/\r\n?/g, "\n").trim();

function same(a: Values, b: Values): boolean {
  return plain(a.text) === plain(b.text) && plain(a.topic) === plain(b.topic);
}

/** What the file says. The text that only keeps a model answer's place is none. */
export function valuesOf(page: EntryPage, part: Part): Values {
  const { question, categories, topic, hint, model_answer: model } = page.entry;
  if (part === "question") return { text: question };
  if (part === "about") return { text: categories.join(", "), topic: topic ?? "" };
  if (part === "hint") return { text: hint ?? "" };
  return { text: model.state === "written" ? (model.variants[variantOf(part)]?.text ?? "") : "" };
}

function requestOf(edit: Edit, page: EntryPage): EditRequest {
  const request: EditRequest = {
    entry: edit.entry,
    base: page.revision,
    question: null,
    category: null,
    topic: null,
    hint: null,
    model_answer: null,
  };
  const { text, topic = "" } = edit.value;
  if (edit.part === "question") request.question = oneLine(text);
  else if (edit.part === "about") {
    request.category = oneLine(text);
    request.topic = oneLine(topic);
  } else if (edit.part === "hint") request.hint = text;
  else {
    const { variants } = page.entry.model_answer;
    const audience = variants[variantOf(edit.part)]?.audience ?? null;
    request.model_answer = { audience, text };
  }
  return request;
}

/** A heading is one line, however it was pasted. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, " ");
}

/** Edits that are open, by entry and part. */
const open = new SvelteMap<string, Edit>();

const folder = () => notebook.opened?.folder ?? "";
const key = (entry: string, part: Part) => `${folder()}\u0000${entry}\u0000${part}`;

/** What the edit's text is a draft of. */
function subject({ entry, part, page }: Edit): Subject {
  return subjectOf(entry, part, page.entry.model_answer.variants);
}

export function editOf(entry: string, part: Part): Edit | undefined {
  return open.get(key(entry, part));
}

/** What had the focus when an edit began. */
const before = new WeakMap<Edit, HTMLElement>();

/** Opens the field of a part, or goes to it. Returns none where the post may not be written. */
export function beginEdit(page: EntryPage, part: Part): Edit | null {
  if (page.entry.read_only !== null) return null;
  const id = page.entry.id;
  let edit = editOf(id, part);
  if (edit) {
    document.querySelector<HTMLElement>(`[data-edit="${part}"]`)?.focus();
    return edit;
  }
  const base = valuesOf(page, part);
  edit = new Edit(page, part, base, { ...base });
  if (document.activeElement instanceof HTMLElement) before.set(edit, document.activeElement);
  open.set(key(id, part), edit);
  return edit;
}

/** Takes up what was being written when the window went away. */
export function restoreEdits(page: EntryPage): void {
  const id = page.entry.id;
  const all = [...parts, ...page.model_html.map((_, i): Part => `model:${i}`)];
  if (page.model_html.length === 0) all.push("model:0");
  for (const part of all) {
    const edit = editOf(id, part);
    if (edit) {
      recogniseDraft(subject(edit), draftText(part, edit.value));
      continue;
    }
    const draft = takeUpDraft(subjectOf(id, part, page.entry.model_answer.variants));
    if (!draft) continue;
    const [base, value] = [draftValues(part, draft.base), draftValues(part, draft.text)];
    open.set(key(id, part), new Edit(page, part, base, value));
  }
}

/** The fields hold something else. */
export function editTo(edit: Edit, change: Partial<Values>): void {
  Object.assign(edit.value, change);
  if (edit.status.kind === "empty" || edit.status.kind === "failed") edit.status = { kind: "open" };
  if (!edit.changed) {
    dropDraft(subject(edit));
    return;
  }
  const { part, value, page } = edit;
  keepDraft(subject(edit), {
    text: draftText(part, value),
    base: draftText(part, edit.base),
    revision: page.revision,
    question: page.entry.question,
    path: page.path,
    date: page.entry.date,
  });
}

function close(edit: Edit): void {
  open.delete(key(edit.entry, edit.part));
  dropDraft(subject(edit));
}

/** Gives the focus back; to the part's own button where what had it is gone. */
async function refocus(edit: Edit): Promise<void> {
  await tick();
  const old = before.get(edit);
  if (old?.isConnected && old !== document.body && !old.closest("[hidden]")) old.focus();
  else document.querySelector<HTMLElement>(`[data-edits="${edit.part}"]`)?.focus();
}

/** Closes the field without saving. A text that goes with it can be had back. */
export function cancelEdit(edit: Edit): void {
  if (edit.status.kind === "saving") return;
  const { changed } = edit;
  close(edit);
  void refocus(edit);
  if (!changed) return;
  void aside(edit);
  toast(t("edit.dropped"), { action: { label: t("edit.undo"), run: () => reopen(edit, {}) } });
}

/** Keeps the text of a part that is about to be dropped. */
function aside(edit: Edit): Promise<boolean> {
  const { part, audience } = subject(edit);
  return setAside({ entry: edit.entry, part, audience, text: draftText(edit.part, edit.value) });
}

/** Shows the field of a part again, with what was in it or with something else. */
function reopen(edit: Edit, value: Partial<Values>): void {
  edit.status = { kind: "open" };
  open.set(key(edit.entry, edit.part), edit);
  editTo(edit, value);
  if (current.page?.entry.id !== edit.entry) void openEntry(edit.entry, { focus: false });
}

/** How often a save is tried when other parts of the post change meanwhile. */
const turns = 3;

/** Writes the part into the file. Returns whether it is there. */
export async function saveEdit(edit: Edit): Promise<boolean> {
  if (edit.status.kind === "saving" || edit.status.kind === "conflict") return false;
  if (edit.part === "question" && edit.value.text.trim() === "") {
    edit.status = { kind: "empty" };
    return false;
  }
  if (!edit.changed) {
    close(edit);
    void refocus(edit);
    return true;
  }
  edit.status = { kind: "saving" };
  try {
    await flushAll();
    // A reworded question may be another entry: the answer must not stay behind.
    if (edit.part === "question" && answerStuck(edit.entry)) {
      edit.status = { kind: "answer" };
      return false;
    }
    return await write(edit);
  } catch (error) {
    edit.status = { kind: "failed", error: ipc.asIpcError(error) };
    return false;
  }
}

/** Whether the answer of an entry on the sheet cannot get into the file. */
export function answerStuck(entry: string): boolean {
  return current.page?.entry.id === entry && current.save.kind !== "saved";
}

async function write(edit: Edit): Promise<boolean> {
  for (let turn = 1; ; turn++) {
    const page = await ipc.entry(edit.entry);
    const theirs = valuesOf(page, edit.part);
    if (same(theirs, edit.value)) break;
    if (!same(theirs, edit.base)) {
      edit.status = { kind: "conflict", theirs };
      announce(t("edit.conflict"));
      return false;
    }
    try {
      const saved = await ipc.edit(requestOf(edit, page));
      await follow(edit.entry, saved.entry);
      break;
    } catch (error) {
      if (ipc.asIpcError(error).code !== "conflict" || turn >= turns) throw error;
    }
  }
  await postsChanged();
  edit.status = { kind: "open" };
  close(edit);
  announce(t("edit.saved"));
  void refocus(edit);
  return true;
}

/** A reworded or moved entry may have another key: what is open goes along. */
export async function follow(from: string, to: string): Promise<void> {
  if (from === to) return;
  for (const edit of [...open.values()]) {
    if (edit.entry !== from) continue;
    open.delete(key(from, edit.part));
    dropDraft(subject(edit));
    edit.entry = to;
    open.set(key(to, edit.part), edit);
    editTo(edit, {});
  }
  if (current.page?.entry.id !== from) return;
  const { modelOpen, hintOpen } = current;
  await openEntry(to, { focus: false });
  Object.assign(current, { modelOpen, hintOpen });
}

/** Closes the edits of an entry that is no more. What was written in them is offered at the start page. */
export function dropEdits(entry: string): void {
  for (const edit of [...open.values()]) {
    if (edit.entry === entry) open.delete(key(entry, edit.part));
  }
}

/** Closes the edit of a text that was dropped elsewhere. */
export function abandonEdit(dropped: Subject): void {
  for (const edit of [...open.values()]) {
    const { entry, part, audience } = subject(edit);
    const same = entry === dropped.entry && part === dropped.part && audience === dropped.audience;
    if (same) open.delete(key(edit.entry, edit.part));
  }
}

/**
 * Ends a conflict: with the own text or both, to be saved over the file's, or with the file's; then
 * the own one is in the history. Both are for texts of more than one line.
 */
export async function resolveEdit(edit: Edit, choice: Choice): Promise<void> {
  const { status } = edit;
  if (status.kind !== "conflict") return;
  const { theirs } = status;
  const mine = { ...edit.value };
  const safe = choice !== "theirs" || (await aside(edit));
  if (edit.status !== status) return;
  edit.base = theirs;
  edit.status = { kind: "open" };
  if (choice === "theirs") {
    editTo(edit, { ...theirs });
    toast(t(safe ? "conflict.tookTheirs" : "conflict.notKept"), {
      tone: safe ? "info" : "error",
      action: { label: t("conflict.undo"), run: () => reopen(edit, mine) },
    });
    return;
  }
  if (choice === "both") editTo(edit, { text: joined(edit.value.text, theirs.text) });
  void saveEdit(edit);
}

/** Whether a part has a text of several lines, which can be merged. */
export function mergeable({ part }: Edit): boolean {
  return part !== "question" && part !== "about";
}

/** Opens the dialog in which the own text of a part and the file's are made one. */
export function mergeEdit(edit: Edit): void {
  if (edit.status.kind !== "conflict") return;
  const { theirs } = edit.status;
  openMerge({
    title: t(edit.part === "hint" ? "edit.hint" : "edit.model"),
    mine: edit.value.text,
    theirs: theirs.text,
    base: edit.base.text,
    names: { mine: t("conflict.mine"), theirs: t("conflict.theirs") },
    async save(text) {
      // What was left out of the own text was never saved.
      if (!text.includes(edit.value.text)) await aside(edit);
      // Saved over what was merged: had the file changed again, that is a conflict again.
      edit.base = theirs;
      edit.status = { kind: "open" };
      editTo(edit, { text });
      void saveEdit(edit);
    },
  });
}

/** Whether a variant can be told from the others, so that none of them is written over instead. */
export function hasName(page: EntryPage, index: number): boolean {
  const { variants } = page.entry.model_answer;
  const name = variants[index]?.audience ?? null;
  if (variants.length <= 1) return true;
  return name !== null && variants.findIndex(({ audience }) => audience === name) === index;
}

/** Opens the field of a part of the entry on the sheet. */
export function editPart(part: "question" | "about" | "hint" | "model"): void {
  const { page } = current;
  if (!page) return;
  if (part !== "model") {
    if (part === "hint") current.hintOpen = true;
    beginEdit(page, part);
    return;
  }
  const most = Math.max(0, page.entry.model_answer.variants.length - 1);
  const index = Math.min(current.audience, most);
  ui.pane = true;
  ui.paneTab = "model";
  // Who edits it reads it.
  current.modelOpen = true;
  if (hasName(page, index)) beginEdit(page, `model:${index}`);
  else toast(t("edit.modelUnnamed"));
}
