// The text that is edited: the answer on the sheet, or a whole post. Knows no editor.

import { ui } from "./ui.svelte";

export interface TextView {
  /** Folds at the cursor; says whether there was anything to fold. */
  fold(): boolean;
  unfold(): boolean;
  /** The text as it stands, and the cursor's place in it (UTF-16 units). */
  place(): { text: string; offset: number };
  /** Puts the cursor at a place and brings it into view. */
  goTo(offset: number): void;
  focus(): void;
}

type Place = "entry" | "source";

const all: Record<Place, TextView | null> = { entry: null, source: null };

export function connectText(place: Place, view: TextView | null): void {
  all[place] = view;
}

export const textView = (place: Place) => all[place];

/** The one that is shown. */
export function textShown(): TextView | null {
  return ui.view === "entry" || ui.view === "source" ? all[ui.view] : null;
}
