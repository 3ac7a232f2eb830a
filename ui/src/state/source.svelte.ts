// Source mode: a whole post edited as a text, with the same saving, drafts and conflicts as an answer.

import { tick } from "svelte";
import { announce } from "../a11y/announce.svelte";
import { type Choice, type Saved, Saver, type SaverDeps, type SaveState } from "../editor/saver";
import { toAnswer, toSource } from "../editor/source-place";
import { threeWay } from "../editor/three-way";
import { t } from "../i18n";
import type { SourceView } from "../ipc/client";
import * as ipc from "../ipc/client";
import { fetchView } from "../views/lazy.svelte";
import { setAside } from "./aside";
import { draftsKnown, dropDraft, keepDraft, type Subject, takeUpDraft } from "./drafts.svelte";
import { composed, composing, current, editedToo, flushAll } from "./entry.svelte";
import { openMerge } from "./merge.svelte";
import { openEntry, openPostPage, showSource } from "./navigation.svelte";
import { reading } from "./reading.svelte";
import { textView } from "./text-view";
import { toast, toastError, ui } from "./ui.svelte";

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

interface Kept {
  saver: Saver<Page>;
  view: SourceView;
}

/** Posts opened since the start: what was not saved survives leaving them. */
const kept = new Map<string, Kept>();
/** How many posts are kept that have nothing of their own. */
const keptMost = 8;

let replaceInEditor: (path: string, text: string) => void = () => {};
let forgetInEditor: (path: string) => void = () => {};

export function connectSource(
  replace: typeof replaceInEditor,
  forget: typeof forgetInEditor,
): void {
  replaceInEditor = replace;
  forgetInEditor = forget;
}

function pageOf(view: SourceView): Page {
  const { path, revision, text } = view;
  return { revision, entry: { id: path, answer: { text } }, view };
}

const subjectOf = (path: string): Subject => ({
  entry: null,
  part: "source",
  audience: null,
  post: path,
});

const stuck = ({ kind }: SaveState) => kind === "failed" || kind === "conflict" || kind === "gone";

/** What is typed is kept outside the folder until it is in the file. */
function note({ saver, view }: Kept): void {
  if (!saver.dirty) {
    dropDraft(subjectOf(saver.id));
    return;
  }
  const { text, base, revision, state } = saver;
  const { title: question, path, date } = view;
  keepDraft(subjectOf(saver.id), { text, base, revision, question, path, date }, !stuck(state));
}

function deps(path: string): SaverDeps<Page> {
  const shown = () => source.view?.path === path;
  return {
    save: ({ text, base }) => ipc.saveSource({ path, text, base }),
    fetch: async (id) => pageOf(await ipc.source(id)),
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
    after(ms, action) {
      const timer = setTimeout(action, ms);
      return () => clearTimeout(timer);
    },
    onstate(state) {
      if (shown()) source.save = state;
      const keep = kept.get(path);
      if (keep && state.kind !== "saving") note(keep);
    },
    onreplace(text) {
      replaceInEditor(path, text);
      if (shown()) source.text = text;
    },
    onpage({ view }) {
      const keep = kept.get(path);
      if (keep) keep.view = view;
      if (shown()) source.view = view;
    },
  };
}

const active = () => (source.view ? kept.get(source.view.path) : undefined);

/** Fetches a post as a text. Throws `IpcError`. */
async function load(path: string): Promise<void> {
  const [view] = await Promise.all([ipc.source(path), draftsKnown()]);
  let keep = kept.get(path);
  if (keep && (keep.saver.dirty || keep.saver.state.kind !== "saved")) {
    void keep.saver.refresh();
  } else {
    keep?.saver.dispose();
    keep = { saver: new Saver(pageOf(view), deps(path)), view };
    kept.set(path, keep);
    takeUp(keep);
  }
  prune(path);
  source.view = keep.view;
  source.text = keep.saver.text;
  source.save = keep.saver.state;
}

/** Goes on with what was typed before this start, if it did not get into the file. */
function takeUp({ saver, view }: Kept): void {
  const draft = takeUpDraft(subjectOf(saver.id));
  if (!draft || view.read_only !== null) return;
  const before = view.text;
  saver.restore(draft.text, draft.base, pageOf(view));
  if (saver.state.kind !== "dirty") return;
  const { id } = saver;
  const run = () => {
    void setAside({ entry: id, part: "source", text: saver.text });
    replaceInEditor(id, before);
    sourceEdited(id, before);
  };
  toast(t("source.taken"), { action: { label: t("source.drop"), run } });
}

function prune(except: string): void {
  for (const [path, keep] of kept) {
    if (kept.size <= keptMost) return;
    if (path === except || keep.saver.dirty || keep.saver.state.kind !== "saved") continue;
    keep.saver.dispose();
    forgetInEditor(path);
    kept.delete(path);
  }
}

/** The text of a post changed in the editor. */
export function sourceEdited(path: string, text: string): void {
  const keep = kept.get(path);
  if (!keep) return;
  keep.saver.edit(text);
  note(keep);
  if (keep === active()) source.text = text;
}

/** A composition begins or ends in the editor of a post. */
export function sourceComposing(path: string, open: boolean): void {
  kept.get(path)?.saver.composing(open);
  composing(`source ${path}`, open);
}

export function flushSource(path: string): void {
  void kept.get(path)?.saver.flush();
}

export function retrySource(): void {
  void active()?.saver.flush();
}

/** Saves all that is typed, here and in answers. */
export const saveAll = () => flushAll();

editedToo({
  async flush() {
    await Promise.all([...kept.values()].map(({ saver }) => saver.flush()));
  },
  flushForGood() {
    for (const path of kept.keys()) sourceComposing(path, false);
  },
  unsaved: () => [...kept.values()].some(({ saver }) => saver.dirty),
  async refresh() {
    const { view } = source;
    if (view) await kept.get(view.path)?.saver.refresh();
  },
  close() {
    for (const [path, { saver }] of kept) {
      saver.dispose();
      forgetInEditor(path);
    }
    kept.clear();
    source.view = null;
    source.text = "";
  },
});

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
    showSource();
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

/** Ends a conflict. The own text, where it goes, is in the history then. */
export async function resolveSource(choice: Choice): Promise<void> {
  const keep = active();
  if (keep?.saver.state.kind !== "conflict") return;
  const { saver } = keep;
  const { id, text: mine } = saver;
  const { theirs } = saver.state as { theirs: string };
  const safe = choice !== "theirs" || (await setAside({ entry: id, part: "source", text: mine }));
  // The file may have become yet another one meanwhile: that is asked anew.
  const { state } = saver;
  if (state.kind !== "conflict" || state.theirs !== theirs) return;
  show(id, saver.resolve(choice));
  if (choice !== "theirs") return;
  toast(t(safe ? "conflict.tookTheirs" : "conflict.notKept"), {
    tone: safe ? "info" : "error",
    action: {
      label: t("conflict.undo"),
      run() {
        show(id, mine);
        sourceEdited(id, mine);
      },
    },
  });
}

function show(path: string, text: string): void {
  if (source.view?.path === path) source.text = text;
  replaceInEditor(path, text);
}

/** Opens the dialog in which the own text and the file's are made one. */
export function mergeSource(): void {
  const keep = active();
  if (keep?.saver.state.kind !== "conflict") return;
  const { saver, view } = keep;
  const { theirs, base } = keep.saver.state;
  openMerge({
    title: view.title,
    mine: saver.text,
    theirs,
    base,
    names: { mine: t("conflict.mine"), theirs: t("conflict.theirs") },
    async save(text) {
      const mine = saver.text;
      if (text !== mine) await setAside({ entry: saver.id, part: "source", text: mine });
      const ended = saver.merge(text, theirs);
      show(saver.id, text);
      if (!ended) toast(t("merge.again"), { tone: "error" });
    },
  });
}

/** Forgets what was typed in a post, as its text was dropped elsewhere. */
export function abandonSource(path: string): void {
  const keep = kept.get(path);
  if (!keep?.saver.dirty) return;
  keep.saver.dispose();
  kept.delete(path);
  forgetInEditor(path);
  if (source.view?.path === path) source.view = null;
}
