// What of the window is open: view, dialog, columns, notices.

import { tick } from "svelte";
import { rememberFocus, returnFocus } from "../a11y/focus";
import type { IpcError, SelectionRequest } from "../ipc/client";
import { asIpcError } from "../ipc/client";
import { errorText } from "./errors";

export type View = "today" | "entry" | "compare" | "post" | "history" | "source";
/** What the side column lists. */
export type SideTab = "days" | "calendar" | "posts";
export type Dialog =
  | "search"
  | "palette"
  | "quick"
  | "export"
  | "settings"
  | "add"
  | "move"
  | "delete"
  | "day"
  | "post"
  | "merge"
  | "libraries";

export interface Toast {
  id: number;
  text: string;
  tone: "info" | "error";
  action?: { label: string; run: () => void };
}

interface UiState {
  /** Whether the first page is on the screen. */
  begun: boolean;
  view: View;
  dialog: Dialog | null;
  /** The side column: whole, or folded to a rail. */
  side: "open" | "rail";
  sideTab: SideTab;
  /** In a narrow window: whether the side column lies over the sheet. */
  drawer: boolean;
  /** A day the list of days is to show, `YYYY-MM-DD`. */
  reveal: string | null;
  /** Whether the pane at the right is open. */
  pane: boolean;
  /** What the pane shows. */
  paneTab: "model" | "history" | "beside";
  toasts: Toast[];
  /** The query the search dialog starts with. */
  searchQuery: string | null;
  /** What the export dialog starts with. */
  exportSelection: SelectionRequest | null;
  /** Where the questions of the add dialog go at first; its own choice if none. */
  addPlace: AddPlace | null;
}

export interface AddPlace {
  /** `YYYY-MM-DD`; today if none. */
  date: string | null;
  /** Path of the post; the newest if none. */
  post: string | null;
}

export const ui = $state<UiState>({
  begun: false,
  view: "today",
  dialog: null,
  side: "open",
  sideTab: "days",
  drawer: false,
  reveal: null,
  pane: true,
  paneTab: "model",
  toasts: [],
  searchQuery: null,
  exportSelection: null,
  addPlace: null,
});

export function openDialog(dialog: Dialog): void {
  if (ui.dialog === null) rememberFocus();
  ui.dialog = dialog;
}

export function openSearch(query: string | null = null): void {
  ui.searchQuery = query;
  openDialog("search");
}

export function openExport(selection: SelectionRequest | null = null): void {
  ui.exportSelection = selection;
  openDialog("export");
}

export function openAdd(place: AddPlace | null = null): void {
  ui.addPlace = place;
  openDialog("add");
}

/** Closes the dialog. `refocus` is false where the caller puts the focus somewhere itself. */
export function closeDialog(refocus = true): void {
  if (ui.dialog === null) return;
  ui.dialog = null;
  if (refocus) void tick().then(returnFocus);
}

let lastToast = 0;
/** Milliseconds a notice stays; errors stay until they are dismissed. */
const toastTime = 6000;

export function toast(text: string, options: Omit<Partial<Toast>, "id" | "text"> = {}): void {
  const { tone = "info", action } = options;
  ui.toasts = ui.toasts.filter((shown) => shown.text !== text);
  const id = ++lastToast;
  ui.toasts.push({ id, text, tone, ...(action ? { action } : {}) });
  if (tone === "info") setTimeout(() => dismissToast(id), toastTime);
}

export function dismissToast(id: number): void {
  ui.toasts = ui.toasts.filter((shown) => shown.id !== id);
}

/** Shows any thrown value as a notice that says what to do. */
export function toastError(error: unknown): IpcError {
  const ipc = asIpcError(error);
  if (ipc.code !== "cancelled") toast(errorText(ipc), { tone: "error" });
  return ipc;
}
