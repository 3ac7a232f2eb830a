// Everything the window can do at a key or from the palette, and the keys it has now.

import { settings } from "../state/settings.svelte";
import type { AppCommand } from "./command";
import { editCommands } from "./commands/edit";
import { goCommands } from "./commands/go";
import { notebookCommands } from "./commands/notebook";
import { viewCommands } from "./commands/view";
import { writeCommands } from "./commands/write";
import { ariaShortcut, matches, type Shortcut } from "./keymap";

export type { AppCommand } from "./command";

export const commands: readonly AppCommand[] = [
  ...goCommands,
  ...writeCommands,
  ...editCommands,
  ...viewCommands,
  ...notebookCommands,
];

export function command(id: string): AppCommand | undefined {
  return commands.find((found) => found.id === id);
}

/** The key of a command now: the user's own, else the usual one; none if it has none. */
export function keysOf(id: string): Shortcut | undefined {
  const own = settings.keys[id];
  return own === undefined ? command(id)?.keys : own || undefined;
}

/** The key of a command for `aria-keyshortcuts`. */
export function ariaOf(id: string): string | undefined {
  const keys = keysOf(id);
  return keys && ariaShortcut(keys);
}

/** Whether `event` is the key of a command. */
export function pressed(event: KeyboardEvent, id: string): boolean {
  const keys = keysOf(id);
  return keys !== undefined && matches(event, keys);
}

/** Runs a command if it can run now. Returns whether it ran. */
export function runCommand(id: string): boolean {
  const found = command(id);
  if (!found || found.enabled?.() === false) return false;
  found.run();
  return true;
}

/** Runs the command of a key. Returns whether the key was one. */
export function handleKey(event: KeyboardEvent): boolean {
  const found = commands.find(({ id }) => pressed(event, id));
  if (!found) return false;
  // A key of ours never falls through to the engine: Ctrl+P would print.
  event.preventDefault();
  if (found.enabled?.() !== false) found.run();
  return true;
}
