// An entry as it is read beside a search: what is shown of it, and what of it was found.

import {
  type EntryPage,
  entry,
  findMatches,
  type MatchView,
  type Part,
  render,
} from "../../ipc/client";
import type { Asked } from "../../state/matches.svelte";
import type { PartMark } from "./mark-html";

export interface ShownEntry {
  readonly page: EntryPage;
  /** The rendered answer; empty where nothing is written. */
  readonly answer: string;
}

export interface Reading extends ShownEntry {
  readonly found: readonly MatchView[];
}

/** Entries kept: going up and down the hits must not fetch the same one again. */
const MOST = 40;

/** Reads entries, each once for as long as it is open. */
export class Reader {
  readonly #entries = new Map<string, Promise<ShownEntry>>();

  /** Reads an entry and finds its matches. Throws `IpcError`. */
  async read(id: string, { query, refused }: Asked): Promise<Reading> {
    const matches = findMatches({
      query,
      refused: [...refused],
      entry: id,
      answer: null,
      post: null,
      line: null,
    });
    // Without marks the entry can be read as well.
    const [shown, found] = await Promise.all([this.#entry(id), matches.catch(() => [])]);
    return { ...shown, found };
  }

  #entry(id: string): Promise<ShownEntry> {
    const known = this.#entries.get(id);
    if (known) return known;
    const oldest = this.#entries.keys().next().value;
    if (oldest !== undefined && this.#entries.size >= MOST) this.#entries.delete(oldest);
    const asked = fetchEntry(id);
    this.#entries.set(id, asked);
    asked.catch(() => this.#entries.delete(id));
    return asked;
  }
}

async function fetchEntry(id: string): Promise<ShownEntry> {
  const page = await entry(id);
  const { text } = page.entry.answer;
  return { page, answer: text.trim() === "" ? "" : await render(text) };
}

/** What was found in a part. */
export function marksIn(found: readonly MatchView[], part: Part, nth = 0): PartMark[] {
  return found.flatMap((one, id) =>
    one.part === part && one.nth === nth ? [{ id, range: one.range }] : [],
  );
}
