// Where the window goes: to an entry, a post, its history, and back.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import { focusMain } from "../a11y/focus";
import { t } from "../i18n";
import { fetchView } from "../views/lazy.svelte";
import { loadDrafts } from "./drafts.svelte";
import { flushAll } from "./edited-texts";
import { current, loadEntry } from "./entry.svelte";
import type { Scope } from "./history.svelte";
import { focusVersions } from "./history.svelte";
import { loadToday } from "./notebook.svelte";
import { loadPost, reading } from "./reading.svelte";
import { rem } from "./settings.svelte";
import type { View } from "./ui.svelte";
import { toastError, ui } from "./ui.svelte";

export interface OpenOptions {
  /** Puts the cursor into the editor. */
  focus?: boolean;
  /** Stays in the comparison if that is open. */
  stay?: boolean;
}

/** The side column as it was before the comparison folded it. */
let sideBefore: typeof ui.side | null = null;

/** Changes the view. The comparison folds the side column: both texts want the width. */
export function show(view: View): void {
  if (view === "compare" && ui.view !== "compare") {
    sideBefore = ui.side;
    ui.side = "rail";
  } else if (view !== "compare" && sideBefore !== null) {
    ui.side = sideBefore;
    sideBefore = null;
  }
  ui.view = view;
}

/** Shows the entry `id` on the sheet. Returns whether that worked. */
export async function openEntry(id: string, options: OpenOptions = {}): Promise<boolean> {
  try {
    await Promise.all([loadEntry(id), fetchView("sheet")]);
  } catch (error) {
    toastError(error);
    return false;
  }
  await showEntry(options);
  return true;
}

/** Shows the entry that was loaded. */
export async function showEntry(options: OpenOptions = {}): Promise<void> {
  show(options.stay && ui.view === "compare" ? "compare" : "entry");
  await tick();
  if (options.focus ?? ui.view === "entry") focusEditor();
  const page = current.page;
  if (page) announce(page.entry.question);
}

/** The view the page of a post goes back to. */
let beforePost: View = "today";

/** Shows a post: at its first question, or whole where it has none. */
export async function openPost(path: string): Promise<void> {
  try {
    await loadPost(path);
  } catch (error) {
    toastError(error);
    return;
  }
  const first = reading.page?.path === path ? reading.page.entries[0] : undefined;
  if (first) await openEntry(first.row.id, { focus: false });
  else await showPost(null);
}

/** Shows a post whole, at the section that holds `line` if given. */
export async function openPostPage(path: string, line: number | null = null): Promise<void> {
  try {
    await loadPost(path);
    await showPost(line);
  } catch (error) {
    toastError(error);
  }
}

async function showPost(line: number | null): Promise<void> {
  void flushAll();
  await fetchView("page");
  if (ui.view !== "post") beforePost = ui.view;
  show("post");
  await tick();
  const page = reading.page;
  if (!page) return;
  const at = line === null ? -1 : page.sections.findLastIndex((section) => section.line <= line);
  focusSection(at);
  const title = page.sections[at]?.title ?? "";
  announce(title === "" ? page.title : `${page.title}: ${title}`);
}

/** Puts the focus on a section of the post that is shown; on its title if there is no such section. */
export function focusSection(index: number): void {
  const scroller = document.querySelector("[data-post]");
  const found = scroller?.querySelector<HTMLElement>(`[data-section="${index}"]`);
  if (found) {
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "start" });
    return;
  }
  scroller?.scrollTo({ top: 0 });
  scroller?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
}

/** Back from the page of a post to where it was opened. */
export function closePost(): void {
  if (beforePost === "today" || !current.page) {
    goToday();
    void tick().then(focusMain);
    return;
  }
  show(beforePost);
  void tick().then(beforePost === "entry" ? focusEditor : focusMain);
}

/** What the page of the history shows. */
export const past = $state<{ scope: Scope | null }>({ scope: null });
/** The view the page of the history goes back to. */
let beforeHistory: View = "today";

/** Shows the history of an entry, a post or the folder as a page. */
export async function openHistory(scope: Scope): Promise<void> {
  void flushAll();
  past.scope = scope;
  await fetchView("past");
  if (ui.view !== "history") beforeHistory = ui.view;
  show("history");
  await focusVersions();
}

/** Back from the history to where it was opened. */
export function closeHistory(): void {
  const back = beforeHistory;
  if ((back === "post" && !reading.page) || (back !== "post" && !current.page)) goToday();
  else if (back === "today") goToday();
  else show(back);
  void tick().then(ui.view === "entry" ? focusEditor : focusMain);
}

/** Widest window, in rem, whose pane lies below the sheet and has no room for the history. */
const lowPane = 56;

/** Shows the history of what is shown: of the entry in the pane, of a post as a page. */
export function toggleHistory(): boolean {
  const page = current.page;
  if (ui.view === "post" && reading.page) {
    void openHistory({ kind: "post", path: reading.page.path });
  } else if (!page) return false;
  else if (innerWidth <= lowPane * rem()) void openHistory({ kind: "entry", id: page.entry.id });
  else if (ui.pane && ui.paneTab === "history") {
    ui.paneTab = "model";
    focusEditor();
  } else {
    ui.pane = true;
    ui.paneTab = "history";
    void fetchView("history").then(focusVersions);
  }
  return true;
}

/** Puts the cursor into the editor, if it is shown. */
export function focusEditor(): void {
  document.querySelector<HTMLElement>(".sheet .cm-content")?.focus({ preventScroll: true });
}

export function goToday(): void {
  void flushAll().then(loadDrafts);
  show("today");
  void loadToday();
}

export function previousEntry(): boolean {
  return step(current.page?.previous);
}

export function nextEntry(): boolean {
  return step(current.page?.next);
}

function step(id: string | null | undefined): boolean {
  if (!id) return false;
  void openEntry(id, { stay: true });
  return true;
}

/** Whether there is a model answer to look at or compare with. */
export function hasModel(): boolean {
  return current.page?.entry.model_answer.state === "written";
}

export function openCompare(): boolean {
  if (!current.page) return false;
  void flushAll();
  current.modelOpen = true;
  show("compare");
  return true;
}

/** Back from the comparison to the sheet. */
export function closeCompare(): void {
  show("entry");
  void tick().then(focusEditor);
}

/** Opens or closes the model answer; the pane opens with it. */
export function toggleModel(): boolean {
  if (!current.page) return false;
  if (!ui.pane || ui.paneTab !== "model") {
    ui.pane = true;
    ui.paneTab = "model";
    if (current.modelOpen) return true;
  }
  if (!hasModel()) return true;
  current.modelOpen = !current.modelOpen;
  announce(t(current.modelOpen ? "model.opened" : "model.closed"));
  return true;
}

export function toggleHint(): boolean {
  if (!current.page?.hint_html) return false;
  current.hintOpen = !current.hintOpen;
  return true;
}
