// A notebook is opened, followed and left: at the start, by the user, or from outside the window.

import { announce } from "../a11y/announce.svelte";
import { t } from "../i18n";
import type { ArrivalView, Bookmark, EntryPage, OpenedView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { fetchView } from "../views/lazy.svelte";
import { draftsKept, flushDrafts, loadDrafts, openDrafts, unsavedTexts } from "./drafts.svelte";
import { flushAll, flushForGood, postsChanged, unsaved } from "./edited-texts";
import { closeEntry, loadEntry } from "./entry.svelte";
import { facesOf } from "./faces";
import { historyChangedSoon } from "./history.svelte";
import {
  goToday,
  openCompare,
  openEntry,
  openPost,
  openPostPage,
  show,
  showEntry,
} from "./navigation.svelte";
import { clearNotebook, loadToday, notebook, reload } from "./notebook.svelte";
import { dropFromOutside } from "./pictures";
import { goToSpot, keepPlace } from "./place";
import { forgetPost, readAgain } from "./reading.svelte";
import { initSettings } from "./settings.svelte";
import { drawn, mark } from "./timing";
import { closeDialog, toast, toastError, ui } from "./ui.svelte";
import { watchingText } from "./watching";

/** Asks the backend how to begin and follows its events. */
export async function start(): Promise<void> {
  try {
    const first = await ipc.startup();
    mark("asked");
    initSettings(first.settings, first.language);
    notebook.recent = first.recent;
    const { arrival } = first;
    // Nothing of it is needed for the first page, nor is what stands beside what is asked for.
    listen().catch(toastError);
    if (arrival.failed) toastError(arrival.failed);
    if (arrival.opened) (await enter(arrival.opened, arrival)).rest.catch(toastError);
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
  await ipc.onDropped((dropped) => void dropFromOutside(dropped));
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
      await (await enter(arrival.opened, arrival)).rest;
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

type Place = Pick<ArrivalView, "entry" | "post" | "bookmark" | "page" | "drafts">;

/**
 * Shows a folder that the backend has opened: what is asked for, else where the user was, else Today.
 * What it comes back with is there when all that stands beside it is, too.
 */
async function enter(opened: OpenedView, place: Place): Promise<{ rest: Promise<void> }> {
  await closeEntry();
  clearNotebook();
  forgetPost();
  const drafts = openDrafts(place.drafts);
  const page = await pageFirst(place, drafts);
  // Nothing is drawn before it that it would hide.
  if (page) {
    await Promise.all([loadEntry(page.entry.id, page), fetchView("sheet"), facesOf(page)]);
  }
  notebook.opened = opened;
  notebook.gone = false;
  notebook.recent = [opened.folder, ...notebook.recent.filter((path) => path !== opened.folder)];
  document.title = `${opened.name} · ${t("app.name")}`;
  show(page ? "entry" : "today");
  const asked = place.entry !== null || place.post !== null;
  if (!asked && place.bookmark === null) {
    await Promise.all([loadToday(), reload()]);
    return { rest: Promise.resolve() };
  }
  if (page) {
    await showEntry();
    await goToPlace(place.bookmark);
    // The answer about lists is long where there are many days, and would come before the page is
    // drawn. What was changed since the entry's page was made is heard of by nobody: it is read again.
    return { rest: drawn().then(() => around(Promise.all([reload(), postsChanged()]))) };
  }
  const lists = reload();
  await (asked ? goTo(place) : goBack(drafts, place.bookmark));
  return { rest: around(Promise.all([lists, drafts])) };
}

/**
 * The page of the entry that is shown first, if it came along. A text that is in no file comes before
 * where the user was: Today offers it.
 */
async function pageFirst({ entry, page }: Place, drafts: Promise<void>): Promise<EntryPage | null> {
  await drafts;
  return entry !== null || unsavedTexts().length === 0 ? page : null;
}

/** Goes where the user was in the entry that is shown. */
async function goToPlace(at: Bookmark | null): Promise<void> {
  if (at === null) return;
  await goToSpot(at);
  if (at.view === "compare") openCompare();
}

/** Fills in what stands around what was asked for. */
async function around(lists: Promise<unknown>): Promise<void> {
  await Promise.all([lists, loadToday()]);
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
    await goToPlace(at);
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
    if (place?.opened) await (await enter(place.opened, place)).rest;
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
  page: null,
  drafts: null,
});
export const openFolder = (folder: string) =>
  opening(() => ipc.openFolder(folder).then(whereWeWere));
export const openSample = () => opening(() => ipc.openSample().then(whereWeWere));
