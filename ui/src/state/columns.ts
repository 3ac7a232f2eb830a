// The side column: folded to a rail, whole, or over the sheet where the window is narrow.

import { tick } from "svelte";
import { focusEditor } from "./navigation.svelte";
import type { SideTab } from "./ui.svelte";
import { ui } from "./ui.svelte";

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
