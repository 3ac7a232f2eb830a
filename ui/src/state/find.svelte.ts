// Finding and replacing in the text that is edited: the answer on the sheet, or a whole post. Knows no
// editor: the first page does without it.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import type { Finder, Looked, Wanted } from "../editor/find";
import { t } from "../i18n";
import { ui } from "./ui.svelte";

interface Find extends Wanted, Looked {
  open: boolean;
  /** Whether there is a field for what is put in place of matches. */
  replacing: boolean;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export const find = $state<Writable<Find>>({
  open: false,
  replacing: false,
  search: "",
  replace: "",
  caseSensitive: false,
  wholeWord: false,
  regexp: false,
  at: 0,
  count: 0,
  invalid: false,
});

/** Finders by the view that shows their editors. */
const finders: { entry: Finder | null; source: Finder | null } = { entry: null, source: null };

export function connectFind(place: "entry" | "source", finder: Finder | null): void {
  finders[place] = finder;
}

function shown(): Finder | null {
  return ui.view === "entry" || ui.view === "source" ? finders[ui.view] : null;
}

/** Whether there is a text to find something in. */
export const canFind = () => shown() !== null;
export const canReplace = () => shown()?.readOnly === false;

/** Whether the bar is in the view that is shown. */
export const findShown = () => find.open && (ui.view === "entry" || ui.view === "source");

function wanted(): Wanted {
  const { search, replace, caseSensitive, wholeWord, regexp } = find;
  return { search, replace, caseSensitive, wholeWord, regexp };
}

/** Opens the bar, with the selected words if some are, and puts the cursor into its field. */
export function openFind(replacing: boolean): void {
  const finder = shown();
  if (!finder) return;
  const selected = finder.selected();
  if (selected !== "") find.search = selected;
  find.open = true;
  find.replacing = replacing && !finder.readOnly;
  look();
  void tick().then(() => {
    const field = document.querySelector<HTMLInputElement>('[data-testid="find-input"]');
    field?.focus();
    field?.select();
  });
}

/** Closes the bar and goes back to the text. Returns whether it was open. */
export function closeFind(): boolean {
  if (!find.open) return false;
  find.open = false;
  finders.entry?.clear();
  finders.source?.clear();
  shown()?.focus();
  return true;
}

/** Looks anew: for other words, or in another text. */
export function look(): void {
  const finder = shown();
  if (finder && find.open) Object.assign(find, finder.look(wanted()));
}

/** Words were typed: the first match from the cursor on comes into view. */
export function searchTyped(): void {
  const finder = shown();
  if (finder) Object.assign(find, finder.step(wanted(), 0));
}

/** Goes to the next match (`1`) or the one before (`-1`). */
export function stepFind(step: 1 | -1): void {
  const finder = shown();
  if (!finder || !find.open) return;
  Object.assign(find, finder.step(wanted(), step));
  tell();
}

function tell(): void {
  const { at, count } = find;
  announce(count === 0 ? t("find.none") : t("find.count", { at, count }));
}

/** Replaces the selected match and goes to the next. */
export function replaceNext(): void {
  const finder = shown();
  if (!finder || finder.readOnly) return;
  Object.assign(find, finder.replaceNext(wanted()));
  tell();
}

/** Replaces every match; undone in one step. */
export function replaceAll(): void {
  const finder = shown();
  if (!finder || finder.readOnly) return;
  const count = finder.replaceAll(wanted());
  look();
  announce(t("find.replaced", { count }));
}
