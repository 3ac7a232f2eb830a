// What the window can do at a key, from a menu or from the palette.

import type { LucideIcon } from "@lucide/svelte";
import type { Key } from "../i18n";
import type { Shortcut } from "./keymap";

export interface AppCommand {
  id: string;
  /** What it is called. */
  title: Key;
  /** Under which heading the palette lists it. */
  group: Key;
  icon: LucideIcon;
  /** Its usual key; the user's own comes from `keysOf`. */
  keys?: Shortcut;
  /** Whether it can run now; always if not given. */
  enabled?: () => boolean;
  /** Whether it stays out of the palette. */
  hidden?: boolean;
  /** Whether it is another's second key, and out of the settings too. */
  second?: boolean;
  run: () => void;
}
