// Goes from place to place: start-up, folders, entries, views.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import { focusMain } from "../a11y/focus";
import { t } from "../i18n";
import type { ArrivalView, Bookmark, OpenedView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { fetchView } from "../views/lazy.svelte";
import { draftsKept, flushDrafts, loadDrafts, openDrafts, unsavedTexts } from "./drafts.svelte";
import { flushAll, flushForGood, postsChanged, unsaved } from "./edited-texts";
import { closeEntry, current, loadEntry } from "./entry.svelte";
import { focusVersions, historyChangedSoon, type Scope } from "./history.svelte";
import { clearNotebook, loadToday, notebook, reload } from "./notebook.svelte";
import { goToSpot, keepPlace } from "./place";
import { forgetPost, loadPost, readAgain, reading } from "./reading.svelte";
import { initSettings, rem } from "./settings.svelte";
import { mark } from "./timing";
import { closeDialog, type SideTab, toast, toastError, ui, type View } from "./ui.svelte";
import { watchingText } from "./watching";

/** Asks the backend how to begin and follows its events. */
export async function start(): Promise<void> {
  try {
    const first = await ipc.startup();
    mark("asked");
    initSettings(first.settings, first.language);
    notebook.recent = first.recent;
    const { arrival } = first;
    // Nothing of it is needed for the first page.
    const listening = listen();
    if (arrival.failed) toastError(arrival.failed);
    if (arrival.opened) await enter(arrival.opened, arrival);
    await listening;
  } catch (error) {
    toastError(error);
  } finally {
    notebook.ready = true;
  }
}

async function listen(): Promise<void> {
  await ipc.onChanged(() => {
    if (leaving) return;
    void Promise.all([reload(), postsChanged(), draftsAnew()]);
    if (ui.view === "post") void readAgain();
    if (ui.view === "today") void loadToday();
    historyChangedSoon();
  });
  await ipc.onWatchingChanged((watching) => {
    if (!notebook.opened) return;
    notebook.opened.watching = watching;
    if (watching.mode !== "events") announce(watchingText(watching));
  });
  await ipc.onFolderThere(folderThere);
  await ipc.onAsked(({ elsewhere }) => void arrive(elsewhere));
  await ipc.onClose(leave);
  // One that came while nobody listened.
  await arrive(false);
}

/** The whole folder went away, or is back. What is written meanwhile is in the drafts. */
function folderThere(there: boolean): void {
  notebook.gone = !there;
  if (!there) return;
  toast(t("folderGone.back"));
  void Promise.all([reload(), loadToday(), flushAll().then(postsChanged)]);
}

/** Goes where another start of the program, a link or a dragged folder leads. */
async function arrive(elsewhere: boolean): Promise<void> {
  if (elsewhere) {
    closeDialog(false);
    await opening(async () => {
      const arrival = await ipc.arrive();
      if (arrival?.failed) toastError(arrival.failed);
      return arrival?.opened ? arrival : null;
    });
    return;
  }
  try {
    const arrival = await ipc.arrive();
    if (!arrival) return;
    closeDialog(false);
    if (arrival.failed) toastError(arrival.failed);
    if (!arrival.opened) return;
    await flushAll();
    // The backend may have opened another one while nobody listened.
    if (notebook.opened?.folder !== arrival.opened.folder) {
      await enter(arrival.opened, arrival);
      return;
    }
    if (arrival.entry !== null) await openEntry(arrival.entry);
    else if (arrival.post !== null) await openPost(arrival.post);
  } catch (error) {
    toastError(error);
  }
}

let warned = false;
/** While the window closes nothing may replace a text: a syllable may still be open in it. */
let leaving = false;

/** Saves before the window closes; warns once if something cannot be saved. */
async function leave(): Promise<boolean> {
  leaving = true;
  await flushForGood();
  await Promise.all([flushDrafts(), keepPlace()]);
  if ((!unsaved() && draftsKept()) || warned) return true;
  leaving = false;
  warned = true;
  toast(t(draftsKept() ? "shell.unsaved" : "shell.unkept"), { tone: "error" });
  return false;
}

type Place = Pick<ArrivalView, "entry" | "post" | "bookmark">;

/** Shows a folder that the backend has opened: what is asked for, else where the user was, else Today. */
async function enter(opened: OpenedView, place: Place): Promise<void> {
  await closeEntry();
  clearNotebook();
  forgetPost();
  notebook.opened = opened;
  notebook.gone = false;
  const drafts = openDrafts(opened.folder);
  notebook.recent = [opened.folder, ...notebook.recent.filter((path) => path !== opened.folder)];
  document.title = `${opened.name} · ${t("app.name")}`;
  show("today");
  const asked = place.entry !== null || place.post !== null;
  if (!asked && place.bookmark === null) {
    await Promise.all([loadToday(), reload()]);
    return;
  }
  const lists = reload();
  await Promise.all([asked ? goTo(place) : goBack(drafts, place.bookmark), lists]);
  await Promise.all([loadToday(), drafts]);
  if (ui.view !== "today") tellOfUnsaved();
}

async function goTo({ entry, post }: Place): Promise<void> {
  if (entry !== null) await openEntry(entry);
  else if (post !== null) await openPost(post);
}

/** Goes where the user was. A text that is in no file comes first: Today offers it. */
async function goBack(drafts: Promise<unknown>, at: Bookmark | null): Promise<void> {
  await drafts;
  if (at === null || unsavedTexts().length > 0) return;
  if (at.view === "post" && at.post !== null) await openPostPage(at.post);
  else if (at.view !== "today" && at.entry !== null && (await openEntry(at.entry))) {
    await goToSpot(at);
    if (at.view === "compare") openCompare();
  }
}

/** Today offers the texts a start before this one left; where something else opens, it is said. */
function tellOfUnsaved(): void {
  const count = unsavedTexts().length;
  if (count === 0) return;
  toast(t("unsaved.told", { count }), { action: { label: t("unsaved.show"), run: goToday } });
}

/** What the posts say beside unsaved texts may be something else now. */
async function draftsAnew(): Promise<void> {
  if (unsavedTexts().length > 0) await loadDrafts();
}

async function opening(
  open: () => Promise<(Place & { opened: OpenedView | null }) | null>,
): Promise<void> {
  notebook.opening = true;
  try {
    await Promise.all([flushAll(), keepPlace()]);
    // A text that cannot be saved belongs to the folder that is open.
    if (unsaved()) {
      toast(t("shell.unsavedHere"), { tone: "error" });
      return;
    }
    const place = await open();
    if (place?.opened) await enter(place.opened, place);
  } catch (error) {
    toastError(error);
  } finally {
    notebook.opening = false;
  }
}

/** Lets the user pick a folder and opens it. */
export async function chooseFolder(): Promise<void> {
  try {
    const folder = await ipc.pickFolder();
    if (folder !== null) await openFolder(folder);
  } catch (error) {
    toastError(error);
  }
}

const whereWeWere = async (opened: OpenedView) => ({
  opened,
  entry: null,
  post: null,
  bookmark: await ipc.bookmark(),
});
export const openFolder = (folder: string) =>
  opening(() => ipc.openFolder(folder).then(whereWeWere));
export const openSample = () => opening(() => ipc.openSample().then(whereWeWere));

export interface OpenOptions {
  /** Puts the cursor into the editor. */
  focus?: boolean;
  /** Stays in the comparison if that is open. */
  stay?: boolean;
}

/** The side column as it was before the comparison folded it. */
let sideBefore: typeof ui.side | null = null;

/** Changes the view. The comparison folds the side column: both texts want the width. */
function show(view: View): void {
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
  show(options.stay && ui.view === "compare" ? "compare" : "entry");
  await tick();
  if (options.focus ?? ui.view === "entry") focusEditor();
  const page = current.page;
  if (page) announce(page.entry.question);
  return true;
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

/** Shows the post that is edited as a text. */
export function showSource(): void {
  show("source");
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

/** Whether the window is too narrow for the side column to stand beside the sheet. */
function sideHidden(): boolean {
  const side = document.querySelector(".side");
  return side !== null && getComputedStyle(side).display === "none";
}

/** Folds or unfolds the side column; in a narrow window it lies over the sheet. */
export function toggleSide(): void {
  if (ui.drawer) closeDrawer();
  else if (ui.side === "open" && sideHidden()) openDrawer();
  else ui.side = ui.side === "open" ? "rail" : "open";
}

/** Brings the list of days or posts into view and puts the focus there. */
export function showList(tab: SideTab): void {
  ui.sideTab = tab;
  ui.side = "open";
  void tick().then(() => {
    if (sideHidden()) openDrawer();
    else focusList();
  });
}

export function openDrawer(): void {
  ui.drawer = true;
  void tick().then(focusList);
}

export function closeDrawer(): void {
  ui.drawer = false;
  void tick().then(focusEditor);
}

function focusList(): void {
  document.querySelector<HTMLElement>(".side [data-region-focus]")?.focus();
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

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(t("common.copied"));
  } catch (error) {
    toastError(error);
  }
}
