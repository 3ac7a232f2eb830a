// Source mode: a whole post edited as a text, with the same saving, drafts and conflicts as an answer.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import type { Saved, SaveState } from "../editor/saver";
import { toAnswer, toSource } from "../editor/source-place";
import { threeWay } from "../editor/three-way";
import { t } from "../i18n";
import type { SourceView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { fetchView } from "../views/lazy.svelte";
import { composed } from "./compositions";
import { draftsKnown } from "./drafts.svelte";
import { EditedTexts, flushAll } from "./edited-texts";
import { current } from "./entry.svelte";
import { openEntry, openPostPage, show } from "./navigation.svelte";
import { reading } from "./reading.svelte";
import { textView } from "./text-view";
import { toastError, ui } from "./ui.svelte";

/** A post as the saver takes it: its whole text is what is saved. */
interface Page extends Saved {
  readonly view: SourceView;
}

interface Source {
  view: SourceView | null;
  /** As it stands in the editor. */
  text: string;
  save: SaveState;
}

export const source = $state<Source>({ view: null, text: "", save: { kind: "saved" } });

function pageOf(view: SourceView): Page {
  const { path, revision, text } = view;
  return { revision, entry: { id: path, answer: { text } }, view };
}

/** The posts that are edited whole. */
export const sources = new EditedTexts<Page>({
  shown: source,
  shownId: () => source.view?.path,
  onpage({ view }) {
    source.view = view;
  },
  hide() {
    source.view = null;
  },
  save: ({ entry: path, text, base }) => ipc.saveSource({ path, text, base }),
  fetch: async (path) => pageOf(await ipc.source(path)),
  asError(error) {
    const found = ipc.asIpcError(error);
    // A post that is gone is to a saver what an entry is that is.
    return found.code === "unreadable" || found.code === "post_gone"
      ? new ipc.IpcError({ ...found, code: "unknown_entry", message: found.message })
      : found;
  },
  // Every blank counts here.
  same: (a, b) => a === b,
  combine(base, mine, theirs) {
    const both = threeWay(base, mine, theirs);
    return both.open === 0 ? both.text : null;
  },
  subjectOf: (post) => ({ entry: null, part: "source", audience: null, post }),
  about: ({ view: { title: question, path, date } }) => ({ question, path, date }),
  titleOf: ({ view }) => view.title,
  isLocked: ({ view }) => view.read_only !== null,
  words: { taken: "source.taken", drop: "source.drop" },
  most: 8,
});

/** Fetches a post as a text. Throws `IpcError`. */
async function load(path: string): Promise<void> {
  const [view] = await Promise.all([ipc.source(path), draftsKnown()]);
  const keep = sources.open(pageOf(view));
  source.view = keep.page.view;
  sources.show(keep);
}

/** The view that source mode goes back to. */
let before: "entry" | "post" = "entry";

/** Goes from what is shown to its source, or back, to the same place of the text. */
export async function toggleSource(): Promise<void> {
  if (ui.view === "source") return closeSource();
  const path = ui.view === "post" ? reading.page?.path : current.page?.path;
  if (path !== undefined) await openSource(path);
}

let turn = 0;

/** Opens a post as a text; at the cursor of the answer that is shown, if it is one of this post. */
export async function openSource(path: string): Promise<void> {
  const mine = ++turn;
  const entry = ui.view === "entry" && current.page?.path === path ? current.page.entry.id : null;
  try {
    // An open syllable ends, and what was typed gets into the file first: here it is read from there.
    await composed();
    const from = entry === null ? null : (textView("entry")?.place() ?? null);
    await flushAll();
    await Promise.all([load(path), fetchView("source")]);
    if (mine !== turn) return;
    before = ui.view === "post" ? "post" : "entry";
    show("source");
    await tick();
    const { view } = source;
    const found = view?.entries.find(({ id }) => id === entry);
    const text = textView("source");
    if (view && found && from && text) {
      const [start, end] = found.answer;
      const stretch = { source: view.text, from: start, to: end, answer: from.text };
      text.goTo(toSource(stretch, from.offset));
    }
    text?.focus();
    announce(t("source.editor", { file: path }));
  } catch (error) {
    toastError(error);
  }
}

/** Back to the answer the cursor is in, or to the page of the post. */
export async function closeSource(): Promise<void> {
  const mine = ++turn;
  const path = source.view?.path;
  if (path === undefined) return;
  try {
    await composed();
    const place = textView("source")?.place();
    await flushAll();
    const now = await ipc.source(path).catch(() => null);
    if (mine !== turn) return;
    const offset = place?.offset ?? 0;
    const at = now?.entries.find(({ span: [from, to] }) => offset >= from && offset < to);
    const known = now?.entries.find(({ id }) => id === current.page?.entry.id);
    const entry = at ?? (before === "entry" ? (known ?? now?.entries[0]) : undefined);
    if (!now || !entry) {
      await openPostPage(path);
      return;
    }
    if (!(await openEntry(entry.id, { focus: false }))) return;
    await tick();
    const text = textView("entry");
    const [from, to] = entry.answer;
    const stretch = { source: now.text, from, to, answer: text?.place().text ?? "" };
    const inAnswer = at ? toAnswer(stretch, offset) : null;
    if (inAnswer !== null) text?.goTo(inAnswer);
    text?.focus();
  } catch (error) {
    toastError(error);
  }
}

/** Puts the cursor into the text. */
export function focusSource(): void {
  textView("source")?.focus();
}
