// Texts that are edited and saved by themselves: answers, and whole posts. What is typed in one
// survives looking at another, a save that failed, and the end of the program.

import { type Choice, type Saved, Saver, type SaverDeps, type SaveState } from "../editor/saver";
import { type Key, t } from "../i18n";
import { setAside } from "./aside";
import { composed, setComposing } from "./compositions";
import { dropDraft, flushDrafts, keepDraft, type Subject, takeUpDraft } from "./drafts.svelte";
import { name, type Writing } from "./journal";
import { openMerge } from "./merge.svelte";
import { toast } from "./ui.svelte";

/** What the window shows of the text that is edited now. */
export interface Shown {
  /** As it stands in the editor. */
  text: string;
  save: SaveState;
}

/** An editor of such texts; it holds those that are not shown, too. */
export interface TextsEditor {
  /** Shows another text than it holds, and keeps the cursor where it can. */
  replace(id: string, text: string): void;
  forget(id: string): void;
}

export interface TextsDeps<Page extends Saved>
  extends Pick<SaverDeps<Page>, "save" | "fetch" | "asError" | "same" | "combine"> {
  readonly shown: Shown;
  /** Which of the texts is shown. */
  shownId(): string | undefined;
  /** The text that is shown has a fresh page. */
  onpage(page: Page): void;
  /** No text is to be shown. */
  hide(): void;
  /** A text is kept no longer. */
  onforget?(id: string): void;
  subjectOf(id: string): Subject;
  about(page: Page): Pick<Writing, "question" | "path" | "date">;
  /** What it is called where it is merged. */
  titleOf(page: Page): string;
  /** Whether what was typed before this start cannot be gone on with. */
  isLocked?(page: Page): boolean;
  /** Says that one was gone on with, and drops it again. */
  words: { taken: Key; drop: Key };
  /** How many are kept that have nothing of their own. */
  most: number;
}

interface Kept<Page extends Saved> {
  saver: Saver<Page>;
  /** As it came last. */
  page: Page;
}

/** Whether a text in this state gets into the file only when the user does something. */
function stuck({ kind }: SaveState): boolean {
  return kind === "failed" || kind === "conflict" || kind === "gone";
}

export class EditedTexts<Page extends Saved> {
  readonly #deps: TextsDeps<Page>;
  /** Texts opened since the start. */
  readonly #kept = new Map<string, Kept<Page>>();
  #editor: TextsEditor | null = null;

  constructor(deps: TextsDeps<Page>) {
    this.#deps = deps;
    kinds.push(this);
  }

  connect(editor: TextsEditor | null): void {
    this.#editor = editor;
  }

  saverOf(id: string): Saver<Page> | undefined {
    return this.#kept.get(id)?.saver;
  }

  get #active(): Kept<Page> | undefined {
    const id = this.#deps.shownId();
    return id === undefined ? undefined : this.#kept.get(id);
  }

  /** The saver of the text that is shown. */
  get active(): Saver<Page> | undefined {
    return this.#active?.saver;
  }

  /** Takes a text that was fetched; one with something of its own to lose stays as it is. */
  open(page: Page): Kept<Page> {
    const { id } = page.entry;
    let keep = this.#kept.get(id);
    if (keep && (keep.saver.dirty || keep.saver.state.kind !== "saved")) {
      void keep.saver.refresh();
    } else {
      // The fresh page wins; the editor takes it in and keeps its history.
      keep?.saver.dispose();
      keep = { saver: new Saver(page, this.#saverDeps(id)), page };
      this.#kept.set(id, keep);
      this.#takeUp(keep);
    }
    this.#prune(id);
    return keep;
  }

  /** Shows the text of `keep` as it stands. */
  show({ saver }: Kept<Page>): void {
    this.#deps.shown.text = saver.text;
    this.#deps.shown.save = saver.state;
  }

  /** The text `id` changed in the editor. */
  edited(id: string, text: string): void {
    const keep = this.#kept.get(id);
    if (!keep) return;
    keep.saver.edit(text);
    this.#note(keep);
    if (keep === this.#active) this.#deps.shown.text = text;
  }

  /** A composition begins or ends in the editor of the text `id`. */
  composing(id: string, open: boolean): void {
    this.saverOf(id)?.composing(open);
    setComposing(name(this.#deps.subjectOf(id)), open);
  }

  /** Saves the text `id` now, as when the editor loses the focus. */
  flush(id: string): void {
    void this.saverOf(id)?.flush();
  }

  /** Saves the text that is shown once more after a failure. */
  retry(): void {
    void this.active?.flush();
  }

  async flushAll(): Promise<void> {
    await Promise.all([...this.#kept.values()].map(({ saver }) => saver.flush()));
  }

  /** Lets the texts be saved even though a syllable may be open. */
  endCompositions(): void {
    for (const id of this.#kept.keys()) this.composing(id, false);
  }

  get unsaved(): boolean {
    return [...this.#kept.values()].some(({ saver }) => saver.dirty);
  }

  /** Posts changed: the text that is shown follows, the rest when opened. */
  async refresh(): Promise<void> {
    await this.active?.refresh();
  }

  /** Ends a conflict of the text that is shown. The own one, where it goes, is in the history then. */
  async resolve(choice: Choice): Promise<void> {
    const saver = this.active;
    if (saver?.state.kind !== "conflict") return;
    const { id, text: mine } = saver;
    const { theirs } = saver.state;
    const safe = choice !== "theirs" || (await this.#setAside(id, mine));
    // The file may have become yet another one meanwhile: that is asked anew.
    const { state } = saver as { state: SaveState };
    if (state.kind !== "conflict" || state.theirs !== theirs) return;
    this.#replace(id, saver.resolve(choice));
    if (choice !== "theirs") return;
    toast(t(safe ? "conflict.tookTheirs" : "conflict.notKept"), {
      // One that is in no history is offered until the user has read so.
      tone: safe ? "info" : "error",
      action: { label: t("conflict.undo"), run: () => this.#takeBack(id, mine, theirs) },
    });
  }

  /** Opens the dialog in which the own text that is shown and the file's are made one. */
  mergeByHand(): void {
    const keep = this.#active;
    if (keep?.saver.state.kind !== "conflict") return;
    const { saver, page } = keep;
    const { theirs, base } = keep.saver.state;
    openMerge({
      title: this.#deps.titleOf(page),
      mine: saver.text,
      theirs,
      base,
      names: { mine: t("conflict.mine"), theirs: t("conflict.theirs") },
      save: async (text) => {
        const mine = saver.text;
        // What was left out of the own text was never saved.
        if (!text.includes(mine)) await this.#setAside(saver.id, mine);
        const ended = saver.merge(text, theirs);
        this.#replace(saver.id, text);
        if (!ended) toast(t("merge.again"), { tone: "error" });
      },
    });
  }

  /**
   * Gives the unsaved text of one that is gone to the one that is shown with `page`, as an edit of
   * what it was based on: where that has another text, both are shown.
   */
  handOver(from: string, page: Page): void {
    const { id } = page.entry;
    const [giver, taker] = [this.saverOf(from), this.saverOf(id)];
    if (!giver || !taker || giver === taker || this.#deps.shownId() !== id || taker.dirty) return;
    const theirs = page.entry.answer.text;
    // Where nothing stands yet there is nothing to choose between.
    taker.restore(giver.text, theirs.trim() === "" ? theirs : giver.base, page);
    this.#forget(from);
    dropDraft(this.#deps.subjectOf(from));
    this.#deps.shown.save = taker.state;
    this.#replace(id, taker.text);
  }

  /** Forgets what was typed in a text, as it was dropped elsewhere. */
  abandon(id: string): void {
    if (!this.saverOf(id)?.dirty) return;
    const shown = this.#deps.shownId() === id;
    this.#forget(id);
    if (shown) this.#deps.hide();
  }

  /** Forgets all, as another folder is opened. */
  close(): void {
    this.#deps.hide();
    this.#deps.shown.text = "";
    for (const id of [...this.#kept.keys()]) this.#forget(id);
  }

  #forget(id: string): void {
    this.saverOf(id)?.dispose();
    this.#kept.delete(id);
    this.#editor?.forget(id);
    this.#deps.onforget?.(id);
  }

  #prune(except: string): void {
    for (const [id, { saver }] of this.#kept) {
      if (this.#kept.size <= this.#deps.most) return;
      if (id !== except && !saver.dirty && saver.state.kind === "saved") this.#forget(id);
    }
  }

  /** Has the editor show another text. */
  #replace(id: string, text: string): void {
    if (this.#deps.shownId() === id) this.#deps.shown.text = text;
    this.#editor?.replace(id, text);
  }

  /** Puts an own text back that was dropped for the file's, unless something was written since. */
  #takeBack(id: string, mine: string, theirs: string): void {
    if (this.saverOf(id)?.text !== theirs) {
      toast(t("conflict.noUndo"), { tone: "error" });
      return;
    }
    this.#replace(id, mine);
    this.edited(id, mine);
  }

  #setAside(id: string, text: string): Promise<boolean> {
    return setAside({ entry: id, part: this.#deps.subjectOf(id).part, text });
  }

  /** What is typed is kept outside the folder until it is in the file. */
  #note({ saver, page }: Kept<Page>): void {
    const subject = this.#deps.subjectOf(saver.id);
    if (!saver.dirty) {
      dropDraft(subject);
      return;
    }
    const { text, base, revision, state } = saver;
    keepDraft(subject, { text, base, revision, ...this.#deps.about(page) }, !stuck(state));
  }

  /** Goes on with what was typed before this start, if it did not get into the file. */
  #takeUp({ saver, page }: Kept<Page>): void {
    const { subjectOf, isLocked, words } = this.#deps;
    const { id } = saver;
    const draft = takeUpDraft(subjectOf(id));
    if (!draft || isLocked?.(page)) return;
    saver.restore(draft.text, draft.base, page);
    if (saver.state.kind !== "dirty") return;
    const before = page.entry.answer.text;
    const run = () => {
      void this.#setAside(id, saver.text);
      this.#editor?.replace(id, before);
      this.edited(id, before);
    };
    toast(t(words.taken), { action: { label: t(words.drop), run } });
  }

  #saverDeps(id: string): SaverDeps<Page> {
    const { shown, shownId, onpage, save, fetch, asError, same, combine } = this.#deps;
    const isShown = () => shownId() === id;
    return {
      save,
      fetch,
      asError,
      ...(same ? { same } : {}),
      ...(combine ? { combine } : {}),
      after(ms, action) {
        const timer = setTimeout(action, ms);
        return () => clearTimeout(timer);
      },
      onstate: (state) => {
        if (isShown()) shown.save = state;
        const keep = this.#kept.get(id);
        if (keep && state.kind !== "saving") this.#note(keep);
      },
      onreplace: (text) => this.#replace(id, text),
      onpage: (page) => {
        const keep = this.#kept.get(id);
        if (keep) keep.page = page;
        if (isShown()) onpage(page);
      },
    };
  }
}

/** All kinds of texts there are. */
const kinds: Pick<
  EditedTexts<never>,
  "flushAll" | "endCompositions" | "unsaved" | "refresh" | "close"
>[] = [];

/** Saves what is typed in any text; for leaving the window and for Ctrl+S. */
export async function flushAll(): Promise<void> {
  await Promise.all([flushDrafts(), ...kinds.map((texts) => texts.flushAll())]);
}

/**
 * Saves what is typed before the window closes. The key that closes it may cut a syllable: the engine
 * takes it out of the text and hands it back a moment later. One that is still open after that goes
 * along as it stands: nobody will be there to end it.
 */
export async function flushForGood(): Promise<void> {
  await composed();
  for (const texts of kinds) texts.endCompositions();
  await flushAll();
}

/** Whether anything typed is not in a file yet. */
export const unsaved = () => kinds.some((texts) => texts.unsaved);

/** Posts changed: the texts that are shown follow, the rest when opened. */
export async function postsChanged(): Promise<void> {
  await Promise.all(kinds.map((texts) => texts.refresh()));
}

/** Forgets every text. */
export function closeTexts(): void {
  for (const texts of kinds) texts.close();
}
