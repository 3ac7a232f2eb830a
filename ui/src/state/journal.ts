// The journal of texts that are being written. Knows no Svelte: texts go in, requests come out.
//
// Invariant: of one subject at most one request is under way, and what is asked last happens last.
// Invariant: a text that is kept reaches the backend within `rhythm`, a very long one within a second,
// however fast it changes.

import type { DraftKept, DraftPart, DraftRequest } from "../ipc/client";

/** What a text is of: a part of an entry, or questions that are yet to be added. */
export interface Subject {
  entry: string | null;
  part: DraftPart;
  audience: string | null;
  /** Path of the post, if the text is a whole one: there is no entry then. */
  post?: string;
}

/** A text as it stands. */
export interface Writing {
  text: string;
  /** What the post said when the writing began. */
  base: string;
  revision: string | null;
  /** Where the entry was found last. */
  question: string;
  path: string;
  date: string | null;
}

export interface JournalDeps {
  keep(request: DraftRequest): Promise<DraftKept>;
  drop(key: string): Promise<void>;
  /** Runs `action` after `ms` milliseconds; the result cancels it. */
  after(ms: number, action: () => void): () => void;
  /** A text is kept now; `before` is the key it had until then. */
  onkept(subject: Subject, writing: Writing, key: string, before: string | null): void;
  /** A draft goes; the backend hears of it next. */
  ondropped(key: string): void;
  /** A text could not be kept; it is tried again. */
  onfail(error: unknown): void;
}

/** Milliseconds between a change and its keeping; typing on does not put it off. */
export const rhythm = 250;
/** UTF-16 units that are kept in that time; a longer text takes longer, up to `slowest`. */
const stride = 100_000;
const slowest = 1000;

/** Milliseconds after which keeping is tried again. */
export const again = 4000;

/** What is to become of a subject's draft: nothing, another text, or that it goes. */
type Wanted = Writing | "gone" | null;

interface Slot {
  subject: Subject;
  /** The draft's key, as soon as there is one. */
  key: string | null;
  wanted: Wanted;
  /** Whether it may not wait any longer. */
  due: boolean;
  cancelTimer: (() => void) | null;
  underWay: Promise<void> | null;
}

export class Journal {
  #deps: JournalDeps;
  #slots = new Map<string, Slot>();

  constructor(deps: JournalDeps) {
    this.#deps = deps;
  }

  /** Goes on with a draft from before: what is kept next takes its place. */
  adopt(subject: Subject, key: string): void {
    this.#slot(subject).key ??= key;
  }

  /** The text of the subject is this now. */
  keep(subject: Subject, writing: Writing): void {
    const slot = this.#slot(subject);
    slot.wanted = writing;
    this.#wait(slot, Math.min(Math.max(1, writing.text.length / stride) * rhythm, slowest));
  }

  /** The subject has no text of its own any more: it is in its post, or nobody wants it. */
  drop(subject: Subject): void {
    const slot = this.#slots.get(name(subject));
    if (!slot) return;
    slot.wanted = "gone";
    slot.due = true;
    // At once, so that nobody takes it up while the backend is told.
    if (slot.key !== null) this.#deps.ondropped(slot.key);
    void this.#work(slot);
  }

  /** Keeps at once what has not been kept; resolves when nothing is under way any more. */
  async flush(): Promise<void> {
    await Promise.all(
      [...this.#slots.values()].map((slot) => {
        if (slot.wanted !== null) slot.due = true;
        return this.#work(slot);
      }),
    );
  }

  /** Whether every text is on the disk. */
  get settled(): boolean {
    return [...this.#slots.values()].every(({ wanted }) => wanted === null || wanted === "gone");
  }

  /** Forgets which drafts there are, as when another folder is opened. They stay where they are. */
  forget(): void {
    for (const slot of this.#slots.values()) slot.cancelTimer?.();
    this.#slots.clear();
  }

  #slot(subject: Subject): Slot {
    let slot = this.#slots.get(name(subject));
    if (!slot) {
      slot = { subject, key: null, wanted: null, due: false, cancelTimer: null, underWay: null };
      this.#slots.set(name(subject), slot);
    }
    return slot;
  }

  #wait(slot: Slot, ms: number): void {
    slot.cancelTimer ??= this.#deps.after(ms, () => {
      slot.cancelTimer = null;
      slot.due = true;
      void this.#work(slot);
    });
  }

  #work(slot: Slot): Promise<void> {
    slot.underWay ??= this.#run(slot).finally(async () => {
      slot.underWay = null;
      // Asked in the moment between the end of the work and this.
      if (slot.due && slot.wanted !== null) await this.#work(slot);
      else this.#tidy(slot);
    });
    return slot.underWay;
  }

  #tidy(slot: Slot): void {
    const idle = slot.key === null && slot.wanted === null;
    if (idle && this.#slots.get(name(slot.subject)) === slot)
      this.#slots.delete(name(slot.subject));
  }

  async #run(slot: Slot): Promise<void> {
    while (slot.due && slot.wanted !== null) {
      const { wanted } = slot;
      slot.wanted = null;
      slot.due = false;
      slot.cancelTimer?.();
      slot.cancelTimer = null;
      if (wanted === "gone") await this.#drop(slot);
      else if (!(await this.#keep(slot, wanted))) return;
    }
  }

  async #drop(slot: Slot): Promise<void> {
    const { key } = slot;
    slot.key = null;
    if (key === null) return;
    // Should it stay there, the next start finds the text in its post and drops it then.
    await this.#deps.drop(key).catch(() => {});
  }

  async #keep(slot: Slot, writing: Writing): Promise<boolean> {
    const before = slot.key;
    try {
      const { entry, part, audience } = slot.subject;
      const subject = { entry, part, audience };
      const { key } = await this.#deps.keep({ ...subject, ...writing, replaces: before });
      slot.key = key;
      if (slot.wanted !== "gone") this.#deps.onkept(slot.subject, writing, key, before);
      return true;
    } catch (error) {
      slot.wanted ??= writing;
      this.#wait(slot, again);
      this.#deps.onfail(error);
      return false;
    }
  }
}

/** Tells subjects apart. */
export function name({ entry, part, audience, post }: Subject): string {
  return JSON.stringify(post === undefined ? [entry, part, audience] : [part, post]);
}
