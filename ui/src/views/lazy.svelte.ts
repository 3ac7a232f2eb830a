// Views that the first page does without: fetched when the window is idle, or when one is asked for.

import type { Component } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { type Dialog, toastError } from "../state/ui.svelte";

const palette = () => import("./Palette.svelte");

/** In the order in which they are likely wanted. */
const fetches = {
  sheet: () => import("./Sheet.svelte"),
  pane: () => import("./Pane.svelte"),
  palette,
  quick: palette,
  search: () => import("./SearchDialog.svelte"),
  page: () => import("./PostPage.svelte"),
  source: () => import("./SourcePage.svelte"),
  history: () => import("./history/HistoryPane.svelte"),
  beside: () => import("./search/BesidePane.svelte"),
  past: () => import("./history/HistoryPage.svelte"),
  compare: () => import("./CompareView.svelte"),
  add: () => import("./AddDialog.svelte"),
  export: () => import("./ExportDialog.svelte"),
  settings: () => import("./SettingsDialog.svelte"),
  move: () => import("./post/MoveDialog.svelte"),
  delete: () => import("./post/DeleteDialog.svelte"),
  day: () => import("./post/DayDialog.svelte"),
  post: () => import("./post/NewPostDialog.svelte"),
  merge: () => import("./MergeDialog.svelte"),
  libraries: () => import("./LibrariesDialog.svelte"),
};

export type LazyView = keyof typeof fetches;
type View<K extends LazyView> = Awaited<ReturnType<(typeof fetches)[K]>>["default"];
/** Dialogs know themselves what to show; only the palette looks at its mode. */
type DialogView = Component<{ mode: "commands" | "quick" }>;

const views = new SvelteMap<LazyView, unknown>();
const underway = new Map<LazyView, Promise<void>>();

/** The view, if it has been fetched. */
export function view<K extends LazyView>(name: K): View<K> | undefined {
  return views.get(name) as View<K> | undefined;
}

/** The dialog, if it has been fetched. */
export function dialogView(name: Dialog): DialogView | undefined {
  return views.get(name) as DialogView | undefined;
}

/** Fetches a view, once. */
export function fetchView(name: LazyView): Promise<void> {
  let fetched = underway.get(name);
  if (!fetched) {
    fetched = fetches[name]().then(
      (module) => {
        views.set(name, module.default);
      },
      (error: unknown) => {
        underway.delete(name);
        toastError(error);
      },
    );
    underway.set(name, fetched);
  }
  return fetched;
}

/** Runs `work` when the window has nothing else to do. WebKit has no call for that. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work, 50);
}

/** Fetches all views one by one, so that what is opened later opens at once. */
export function fetchAllWhenIdle(): void {
  const names = Object.keys(fetches) as LazyView[];
  const next = () => {
    const name = names.shift();
    if (name) void fetchView(name).then(() => whenIdle(next));
  };
  whenIdle(next);
}
