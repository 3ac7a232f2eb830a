// Saves one text: an answer, or a whole post. Knows no editor and no Svelte: texts go in, states come out.
//
// Invariant: at most one request is under way; what is typed meanwhile is saved after it.
// Invariant: nothing is sent and no text replaced while a composition is open.

import type { EntryPage, IpcError, SaveAnswerRequest } from "../ipc/client";

export type SaveState =
  | { kind: "saved" }
  /** Typed and not yet sent. */
  | { kind: "dirty" }
  | { kind: "saving" }
  | { kind: "failed"; error: IpcError }
  /** The file's answer is another than the one the text is based on, `base`. */
  | { kind: "conflict"; theirs: string; base: string; revision: string }
  /** The entry is no longer in any file. */
  | { kind: "gone" };

export type Choice = "mine" | "theirs" | "both";

/** What a text comes in: the page of an entry, or of something else with one text to save. */
export interface Saved {
  readonly revision: string;
  readonly entry: { readonly id: string; readonly answer: { readonly text: string } };
}

export interface SaverDeps<Page extends Saved = EntryPage> {
  save(request: SaveAnswerRequest): Promise<{ revision: string }>;
  fetch(id: string): Promise<Page>;
  /** Whether two texts are one to the file; blank lines around do not count if not given. */
  same?(a: string, b: string): boolean;
  /** What both edits of `base` make together; null where they are about the same place. */
  combine?(base: string, mine: string, theirs: string): string | null;
  /** Any thrown value as an `IpcError`. */
  asError(error: unknown): IpcError;
  /** Runs `action` after `ms` milliseconds; the result cancels it. */
  after(ms: number, action: () => void): () => void;
  /** The state changed. */
  onstate(state: SaveState): void;
  /** The file has another text and nothing was typed here: show it. */
  onreplace(text: string): void;
  /** A fresh page came from the backend. */
  onpage(page: Page): void;
}

/** Milliseconds of rest before what was typed is saved. */
export const pause = 600;

/** Saved texts come back without blank lines at the ends and with `\n` alone. */
function alike(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

function normal(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/^(?:[ \t]*\n)+|\s+$/g, "");
}

export class Saver<Page extends Saved = EntryPage> {
  readonly id: string;
  state: SaveState = { kind: "saved" };

  #deps: SaverDeps<Page>;
  /** As it stands in the editor. */
  #text: string;
  /** The text the editor held when it was last equal to the file. */
  #clean: string;
  /** The file's text of the answer that ours is based on. */
  #baseAnswer: string;
  #revision: string;
  #composing = false;
  #cancelTimer: (() => void) | null = null;
  /** Everything that talks to the backend goes through here, one after another. */
  #queue: Promise<void> = Promise.resolve();
  /** What has to wait for the end of a composition. */
  #afterComposition: "save" | "refresh" | null = null;

  constructor(page: Page, deps: SaverDeps<Page>) {
    this.id = page.entry.id;
    this.#deps = deps;
    this.#text = page.entry.answer.text;
    this.#clean = this.#text;
    this.#baseAnswer = this.#text;
    this.#revision = page.revision;
  }

  /** Takes up a text that was written before, against the answer `base`. */
  restore(text: string, base: string, page: Page): void {
    this.#text = text;
    this.#baseAnswer = base;
    this.#set(this.dirty ? { kind: "dirty" } : { kind: "saved" });
    this.#reconcile(page);
  }

  /** The file's answer that the text is based on. */
  get base(): string {
    return this.#baseAnswer;
  }

  /** The post's revision that the text is based on. */
  get revision(): string {
    return this.#revision;
  }

  get text(): string {
    return this.#text;
  }

  get dirty(): boolean {
    return this.#text !== this.#clean;
  }

  /** The editor's text is now `text`. */
  edit(text: string): void {
    if (text === this.#text) return;
    this.#text = text;
    if (this.state.kind === "conflict" || this.state.kind === "gone") return;
    this.#set(this.dirty ? { kind: "dirty" } : { kind: "saved" });
    this.#schedule();
  }

  /** A composition begins or ends. */
  composing(open: boolean): void {
    if (this.#composing === open) return;
    this.#composing = open;
    if (open) {
      this.#unschedule();
      return;
    }
    const waiting = this.#afterComposition;
    this.#afterComposition = null;
    if (waiting === "refresh") void this.refresh();
    else if (waiting === "save") void this.flush();
    else this.#schedule();
  }

  /**
   * Saves now what is not saved, and what is typed meanwhile; resolves when nothing is under way any
   * more.
   */
  flush(): Promise<void> {
    this.#unschedule();
    if (this.#composing) {
      this.#afterComposition ??= "save";
      return this.#queue;
    }
    return this.#enqueue(async () => {
      do await this.#save();
      while (this.state.kind === "dirty" && !this.#composing);
    });
  }

  /** The post changed outside, or may have: looks at it again. */
  refresh(): Promise<void> {
    return this.#enqueue(async () => {
      const page = await this.#fetch();
      if (page) this.#reconcile(page);
    });
  }

  /**
   * Ends a conflict with a text that was made of both by hand; returns whether it did. If the file
   * has yet another text by now, the merged one is taken as the own one, and the conflict stays.
   */
  merge(text: string, theirs: string): boolean {
    this.#text = text;
    const { state } = this;
    if (state.kind === "conflict") {
      if (!this.#same(state.theirs, theirs)) {
        this.#deps.onstate(state);
        return false;
      }
      this.#baseAnswer = state.theirs;
      this.#revision = state.revision;
      this.#clean = state.theirs;
    }
    this.#set(this.dirty ? { kind: "dirty" } : { kind: "saved" });
    void this.flush();
    return true;
  }

  /** Ends a conflict; returns the text the editor is to show. */
  resolve(choice: Choice): string {
    if (this.state.kind !== "conflict") return this.#text;
    const { theirs, revision } = this.state;
    this.#baseAnswer = theirs;
    this.#revision = revision;
    if (choice === "theirs") {
      this.#text = theirs;
      this.#clean = theirs;
      this.#set({ kind: "saved" });
      return theirs;
    }
    if (choice === "both") this.#text = joined(this.#text, theirs);
    this.#clean = theirs;
    this.#set({ kind: "dirty" });
    void this.flush();
    return this.#text;
  }

  /** Forgets the timer. */
  dispose(): void {
    this.#unschedule();
  }

  #same(a: string, b: string): boolean {
    return (this.#deps.same ?? alike)(a, b);
  }

  #set(state: SaveState): void {
    this.state = state;
    this.#deps.onstate(state);
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work);
    return this.#queue;
  }

  #schedule(): void {
    this.#unschedule();
    if (!this.dirty || this.#composing) return;
    if (this.state.kind === "conflict" || this.state.kind === "gone") return;
    // What is typed during this save has its own pause.
    this.#cancelTimer = this.#deps.after(pause, () => void this.#enqueue(() => this.#save()));
  }

  #unschedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  async #save(mayRebase = true): Promise<void> {
    if (!this.dirty || this.state.kind === "conflict" || this.state.kind === "gone") return;
    if (this.#composing) {
      this.#afterComposition ??= "save";
      return;
    }
    const sent = this.#text;
    this.#set({ kind: "saving" });
    try {
      const saved = await this.#deps.save({
        entry: this.id,
        text: sent,
        base: this.#revision,
        base_answer: this.#baseAnswer,
      });
      this.#revision = saved.revision;
      this.#baseAnswer = sent;
      this.#clean = sent;
      this.#set(this.dirty ? { kind: "dirty" } : { kind: "saved" });
      this.#schedule();
    } catch (thrown) {
      const error = this.#deps.asError(thrown);
      if (error.code === "unknown_entry") this.#set({ kind: "gone" });
      else if (error.code === "conflict" && mayRebase) await this.#afterConflict(error);
      else this.#set({ kind: "failed", error });
    }
  }

  /** The backend found the answer changed: either only its surroundings are, or it really is. */
  async #afterConflict(error: IpcError): Promise<void> {
    const page = await this.#fetch();
    if (!page) {
      if (this.state.kind !== "gone") this.#set({ kind: "failed", error });
      return;
    }
    this.#reconcile(page);
    if (this.state.kind === "dirty") await this.#save(false);
  }

  async #fetch(): Promise<Page | null> {
    try {
      return await this.#deps.fetch(this.id);
    } catch (thrown) {
      const error = this.#deps.asError(thrown);
      if (error.code === "unknown_entry") this.#set({ kind: "gone" });
      // Any other failure leaves the state: the next change or save tries again.
      return null;
    }
  }

  #reconcile(page: Page): void {
    const theirs = page.entry.answer.text;
    const clean = !this.dirty;
    if (this.#same(theirs, this.#baseAnswer) || (clean && this.#same(theirs, this.#text))) {
      this.#rebase(page, theirs);
      if (this.state.kind === "conflict" || this.state.kind === "gone") {
        this.#set(clean ? { kind: "saved" } : { kind: "dirty" });
      } else if (this.state.kind === "saving") this.#set({ kind: "dirty" });
      this.#schedule();
    } else if (this.#composing) {
      // Showing theirs, or both, would take the editor away under the open syllable.
      this.#afterComposition = "refresh";
      if (this.state.kind === "saving") this.#set({ kind: "dirty" });
    } else if (clean) {
      this.#rebase(page, theirs);
      this.#text = theirs;
      this.#clean = theirs;
      this.#set({ kind: "saved" });
      this.#deps.onreplace(theirs);
    } else if (this.#same(theirs, this.#text)) {
      this.#rebase(page, theirs);
      this.#clean = this.#text;
      this.#set({ kind: "saved" });
    } else {
      const both = this.#deps.combine?.(this.#baseAnswer, this.#text, theirs) ?? null;
      if (both !== null) {
        this.#rebase(page, theirs);
        this.#clean = theirs;
        this.#text = both;
        this.#set(this.dirty ? { kind: "dirty" } : { kind: "saved" });
        this.#deps.onreplace(both);
        this.#schedule();
        return;
      }
      this.#unschedule();
      this.#deps.onpage(page);
      const { revision } = page;
      this.#set({ kind: "conflict", theirs, base: this.#baseAnswer, revision });
    }
  }

  #rebase(page: Page, theirs: string): void {
    this.#revision = page.revision;
    this.#baseAnswer = theirs;
    this.#deps.onpage(page);
  }
}

/** Theirs below mine, with a blank line between. */
export function joined(mine: string, theirs: string): string {
  if (mine.trim() === "") return theirs;
  if (theirs.trim() === "") return mine;
  return `${mine.replace(/\s+$/, "")}\n\n${theirs}`;
}
