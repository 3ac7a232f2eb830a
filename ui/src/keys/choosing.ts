// Choosing other keys for commands: what can be a key, whose it is already, and keeping the choice.

import { changeSettings, settings } from "../state/settings.svelte";
import { type AppCommand, command, commands, keysOf } from "./commands";
import { composing, isMac, type Shortcut } from "./keymap";

/** What pressing a key gave: a shortcut, or why it can be none. */
export type Recorded =
  | { kind: "keys"; keys: Shortcut }
  /** Nothing yet: a modifier alone. */
  | { kind: "waiting" }
  /** The input method's own: 한/영, 한자, or a key while it composes. */
  | { kind: "ime" }
  /** A letter, a digit or a sign without Ctrl or Command is for typing. */
  | { kind: "typing" }
  /** Copying, going back and moving about have these keys everywhere. */
  | { kind: "taken" };

const modifiers = /^(?:Control|Shift|Alt|Meta|OS)(?:Left|Right)?$/;
const inputMethod = /^(?:Lang\d|Convert|NonConvert|KanaMode|HangulMode|Hanja|Process)$/;
const functionKey = /^F(?:[1-9]|1\d|2[0-4])$/;

/** Keys that mean the same in every field and list; with Ctrl or Command the editor's own. */
const everywhere = new Set([
  "Mod-KeyA",
  "Mod-KeyC",
  "Mod-KeyV",
  "Mod-KeyX",
  "Mod-KeyY",
  "Mod-KeyZ",
  "Mod-Shift-KeyZ",
  "Mod-Shift-KeyV",
  "Mod-Backspace",
  "Mod-Delete",
  "Mod-Home",
  "Mod-End",
  "Mod-Shift-Home",
  "Mod-Shift-End",
]);

/** What a key would be as a shortcut. It goes by the key's place, so that 한글 layouts change nothing. */
export function record(event: KeyboardEvent, mac = isMac): Recorded {
  const { code, key } = event;
  if (modifiers.test(code) || ["Control", "Shift", "Alt", "Meta", "AltGraph"].includes(key)) {
    // The right Alt of a Korean keyboard is 한/영 where the system says so.
    return inputMethod.test(key) ? { kind: "ime" } : { kind: "waiting" };
  }
  if (composing(event) || inputMethod.test(code) || inputMethod.test(key)) return { kind: "ime" };
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (other || event.getModifierState("AltGraph")) return { kind: "taken" };
  const place = code === "NumpadEnter" ? "Enter" : code;
  const parts = [mod && "Mod", event.shiftKey && "Shift", event.altKey && "Alt", place];
  const keys = parts.filter(Boolean).join("-");
  if (!functionKey.test(place) && !mod) {
    return /^(?:Key|Digit|Numpad|Bracket|Minus|Equal|Semicolon|Quote|Comma|Period|Slash|Back|Intl)/.test(
      place,
    )
      ? { kind: "typing" }
      : { kind: "taken" };
  }
  const moving = /^(?:Arrow|Page|Tab$|Escape$|Space$|CapsLock$)/.test(place);
  if (place === "" || moving || everywhere.has(keys)) return { kind: "taken" };
  return { kind: "keys", keys };
}

/** The other command that has these keys now. */
export function ownerOf(keys: Shortcut, but: string): AppCommand | undefined {
  return commands.find(({ id }) => id !== but && keysOf(id) === keys);
}

/** Whether a command has another key than the usual one, or none where it has one usually. */
export function isChanged(id: string): boolean {
  return keysOf(id) !== command(id)?.keys;
}

export const anyChanged = (): boolean => commands.some(({ id }) => isChanged(id));

/** Gives a command a key, or none. Whoever had it goes without. */
export function chooseKeys(id: string, keys: Shortcut | null): void {
  const own = { ...settings.keys };
  const before = keys === null ? undefined : ownerOf(keys, id);
  if (before) own[before.id] = "";
  own[id] = keys ?? "";
  keep(own);
}

/** Gives a command its usual key again. Another that has it now goes without. */
export function resetKeys(id: string): void {
  const usual = command(id)?.keys;
  if (usual) chooseKeys(id, usual);
  else chooseKeys(id, null);
}

export function resetAllKeys(): void {
  keep({});
}

/** Keeps only what differs from the usual. */
function keep(own: Record<string, string>): void {
  const keys = Object.fromEntries(
    Object.entries(own).filter(([id, value]) => value !== (command(id)?.keys ?? "")),
  );
  changeSettings({ keys });
}
