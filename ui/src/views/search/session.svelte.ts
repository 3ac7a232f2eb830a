// What is asked in the search window, and what came of it.

import { announce } from "../../a11y/announce.svelte";
import { t } from "../../i18n";
import { asIpcError, type InterpretationView, type SearchView, search } from "../../ipc/client";
import { errorText } from "../../state/errors";
import { groupHits } from "./groups";
import { asTyped, kindText, readAs, stillUndone } from "./interpretations";
import { Latest } from "./latest";
import { stillThere } from "./query";

/**
 * Hits asked for at first, which fill two screens, and at most as one goes down the list. Each takes
 * looking through a part for the best piece of it.
 */
const FIRST = 40;
const LAST = 2560;
/** Milliseconds of quiet after which something is odd that one may still be writing. */
const PATIENCE = 800;
/** Milliseconds of quiet after which the count is said: each key stroke would talk over the last. */
const QUIET = 600;
/** Milliseconds after which a search is repeated while the index is being built. */
const AGAIN = 1000;

export class SearchSession {
  query = $state("");
  found = $state.raw<SearchView | null>(null);
  failed = $state<string | null>(null);
  /** Readings of the query that the user does not want. */
  undone = $state.raw<readonly InterpretationView[]>([]);
  /** Whether typing has paused. */
  #paused = $state(false);
  #limit = FIRST;
  readonly #latest = new Latest(
    (request: { query: string; limit: number; refused: string[] }) =>
      search({ ...request, explain: false }),
    0,
  );
  #pause: ReturnType<typeof setTimeout> | undefined;
  #said: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;

  readonly blank = $derived(this.query.trim() === "");
  readonly groups = $derived(this.found ? groupHits(this.found.hits) : []);
  readonly refused = $derived(stillUndone(this.undone, this.query).map(({ id }) => id));
  /** How far the index is, while it is being built. */
  readonly indexing = $derived(this.found?.indexing ?? null);
  /** How the query was read where that is not word for word. */
  readonly readings = $derived.by(() => {
    const { found } = this;
    return found?.interpretations.map((reading) => asTyped(reading, found.query)) ?? [];
  });
  /** What is odd in the query; at its end, where one may still be writing, after a moment. */
  readonly problems = $derived.by(() => {
    const { found, query } = this;
    if (!found) return [];
    const written = this.#paused ? Number.POSITIVE_INFINITY : query.trimEnd().length;
    return stillThere(found.problems, found.query, query).filter(({ range }) => range[1] < written);
  });
  /** Whether what is shown is the answer to what stands in the field. */
  readonly fresh = $derived(this.found?.query === this.query);

  constructor(query: string) {
    this.query = query;
  }

  /** The query changed: asks for it, and returns whether the answer is there. */
  async ask(options: { readonly atOnce?: boolean } = {}): Promise<boolean> {
    this.#limit = FIRST;
    this.#paused = false;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#paused = true;
    }, PATIENCE);
    this.undone = stillUndone(this.undone, this.query);
    return this.#run(options);
  }

  /** Asks for more of the same where there is more. */
  more(): void {
    const { found } = this;
    const all =
      found === null || found.hits.length >= found.total || found.hits.length < this.#limit;
    if (all || !this.fresh || this.#limit >= LAST) return;
    this.#limit *= 4;
    void this.#run();
  }

  /** Asks once more, as what is searched has changed. */
  again(): void {
    if (this.fresh) void this.#run();
  }

  /** Searches without a reading. */
  undo(reading: InterpretationView): Promise<boolean> {
    const others = this.undone.filter(({ id }) => id !== reading.id);
    this.undone = [...others, reading];
    return this.#run({ atOnce: true });
  }

  /** Searches with a reading again. */
  redo(reading: InterpretationView): Promise<boolean> {
    this.undone = this.undone.filter(({ id }) => id !== reading.id);
    return this.#run({ atOnce: true });
  }

  /** Stops asking and saying. */
  stop(): void {
    clearTimeout(this.#pause);
    this.#hush();
  }

  #hush(): void {
    this.#latest.cancel();
    clearTimeout(this.#said);
    clearTimeout(this.#again);
  }

  async #run(options: { readonly atOnce?: boolean } = {}): Promise<boolean> {
    this.#hush();
    if (this.blank) {
      this.found = null;
      this.failed = null;
      return false;
    }
    const { query, refused } = this;
    const outcome = await this.#latest.put({ query, limit: this.#limit, refused }, options);
    if (outcome.kind === "stale") return false;
    if (outcome.kind === "failure") {
      this.failed = errorText(asIpcError(outcome.error));
      this.found = null;
      return false;
    }
    this.failed = null;
    this.found = outcome.value;
    this.#said = setTimeout(() => announce(this.#summary()), QUIET);
    if (this.indexing) this.#again = setTimeout(() => void this.#run(), AGAIN);
    return true;
  }

  /** The count, and how the query was read. */
  #summary(): string {
    const { found, groups } = this;
    if (!found) return "";
    const { total, hits } = found;
    const count =
      total > hits.length
        ? t("search.announce_many", { total })
        : total > 0
          ? t("search.announce", { total, entries: groups.length })
          : t("search.announce_none");
    const readings = this.readings.map((one) =>
      [
        kindText(one),
        one.kind === "some_words" ? "" : t("search.read.as", { from: one.from, to: readAs(one) }),
      ].join(" "),
    );
    return [count, ...readings].join(". ");
  }
}
