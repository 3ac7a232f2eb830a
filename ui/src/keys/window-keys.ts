// Keys of the whole window. Heard before anything else, so that CodeMirror's own Ctrl+Enter waits.

import { closeDrawer } from "../state/columns";
import { closeFind, findShown } from "../state/find.svelte";
import { clearMatches } from "../state/matches.svelte";
import { closeCompare, closeHistory, closePost, focusEditor } from "../state/navigation.svelte";
import { focusSource } from "../state/source.svelte";
import { closeDialog, ui } from "../state/ui.svelte";
import { commands, handleKey, pressed } from "./commands";
import { composing, matches, type Shortcut } from "./keymap";

/** Keys that a field marked `data-own-keys` hears itself: they end its edit. */
const ownKeys: readonly Shortcut[] = ["Escape", "Mod-Enter"];

export function onKeydown(event: KeyboardEvent): void {
  if (composing(event) || event.defaultPrevented) return;
  if (ui.dialog !== null) {
    // One that is still being fetched has no keys of its own yet.
    if (matches(event, "Escape") && !document.querySelector('[role$="dialog"]')) closeDialog();
    // The dialog has the keys; of ours only the engine's own meaning is kept away.
    if (commands.some(({ id }) => pressed(event, id))) {
      event.preventDefault();
    }
    return;
  }
  const own = ownKeys.some((key) => matches(event, key)) || pressed(event, "save");
  if (own && inField(event.target)) return;
  if (matches(event, "Escape")) {
    if (document.querySelector('[role="menu"]')) return;
    leave(event);
  } else if (handleKey(event)) {
    event.stopPropagation();
  }
}

/** Closes the topmost, else goes back to the editor. */
function leave(event: KeyboardEvent): void {
  if (ui.drawer) closeDrawer();
  else if (findShown()) closeFind();
  else if (clearMatches()) {
    if (ui.view === "entry") focusEditor();
  } else if (ui.view === "source") {
    if (inEditor(event.target)) return;
    focusSource();
  } else if (ui.view === "compare") closeCompare();
  else if (ui.view === "post") closePost();
  else if (ui.view === "history") closeHistory();
  else if (ui.view === "entry" && !inEditor(event.target)) focusEditor();
  else return;
  event.preventDefault();
}

function inEditor(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".cm-editor") !== null;
}

function inField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-own-keys]") !== null;
}
