// An entry that is read beside the one on the sheet.

import type { HitView, Part } from "../ipc/client";
import { fetchView } from "../views/lazy.svelte";
import type { Asked } from "./matches.svelte";
import { ui } from "./ui.svelte";

export interface Beside {
  readonly entry: string;
  readonly question: string;
  /** The part that was hit. */
  readonly part: Part;
  readonly asked: Asked;
  readonly hit: HitView;
}

export const beside = $state<{ shown: Beside | null }>({ shown: null });

/** Shows the entry of a hit in the pane; the sheet stays as it is. */
export function openBeside(hit: HitView, asked: Asked): void {
  if (hit.entry === null) return;
  beside.shown = { entry: hit.entry, question: hit.question, part: hit.part, asked, hit };
  ui.view = "entry";
  ui.pane = true;
  ui.paneTab = "beside";
  void fetchView("beside");
}

export function closeBeside(): void {
  beside.shown = null;
  if (ui.paneTab === "beside") ui.paneTab = "model";
}
