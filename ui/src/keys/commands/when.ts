// When commands can run, and what they are about.

import { current } from "../../state/entry.svelte";
import { findShown, stepFind } from "../../state/find.svelte";
import { matchesShown, stepMatch } from "../../state/matches.svelte";
import { notebook } from "../../state/notebook.svelte";
import { writable } from "../../state/posts.svelte";
import { reading } from "../../state/reading.svelte";
import { ui } from "../../state/ui.svelte";

export const opened = () => notebook.opened !== null;
export const onSheet = () => opened() && ui.view === "entry" && current.page !== null;
export const canWrite = () => onSheet() && writable();
export const onPost = () => opened() && ui.view === "post" && reading.page !== null;
/** Path of the post that is shown, whole or one question of it. */
export const shownPost = () => (onPost() ? reading.page?.path : current.page?.path) ?? "";
/** What the keys for matches step through: those of the bar, or of the search. */
export const canStep = () => findShown() || matchesShown();
export const step = (by: 1 | -1) => void (findShown() ? stepFind(by) : stepMatch(by));
export const onSource = () => opened() && ui.view === "source";
export const hasEntry = () =>
  opened() && current.page !== null && (ui.view === "entry" || ui.view === "compare");
