/** What came of asking: an answer, a failure, or nothing because a newer question was asked. */
export type Outcome<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "failure"; readonly error: unknown }
  | { readonly kind: "stale" };

/** Most milliseconds that a question waits for the answer to the one before. */
const PATIENCE = 200;

/**
 * Asks one question after the other and lets only the newest be answered.
 *
 * Questions that come within `pauseMs` of each other are not asked at all, nor are those that come
 * while another is being answered, save the last: typing faster than answers come must not pile
 * questions up. An answer that takes long is not waited for. Answers that arrive after a newer
 * question was put are stale, in whatever order they arrive.
 */
export class Latest<Q, A> {
  readonly #ask: (question: Q) => Promise<A>;
  readonly #pauseMs: number;
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drop: (() => void) | undefined;
  /** The question that is being answered, and what waits for it. */
  #running: symbol | undefined;
  #whenFree: (() => void) | undefined;

  constructor(ask: (question: Q) => Promise<A>, pauseMs: number) {
    this.#ask = ask;
    this.#pauseMs = pauseMs;
  }

  /** Puts a question; `at once` skips the pause and waits for nothing. */
  put(question: Q, options: { readonly atOnce?: boolean } = {}): Promise<Outcome<A>> {
    this.cancel();
    const mine = this.#sequence;
    return new Promise((resolve) => {
      this.#drop = () => resolve({ kind: "stale" });
      const ask = (): void => {
        this.#forget();
        this.#run(question).then(
          (value) =>
            resolve(mine === this.#sequence ? { kind: "answer", value } : { kind: "stale" }),
          (error: unknown) =>
            resolve(mine === this.#sequence ? { kind: "failure", error } : { kind: "stale" }),
        );
      };
      const whenFree = (): void => {
        if (this.#running === undefined) {
          ask();
          return;
        }
        this.#whenFree = ask;
        this.#timer = setTimeout(ask, PATIENCE);
      };
      if (options.atOnce === true) ask();
      else this.#timer = setTimeout(whenFree, this.#pauseMs);
    });
  }

  /** Makes every question put so far stale. */
  cancel(): void {
    this.#sequence += 1;
    const drop = this.#drop;
    this.#forget();
    drop?.();
  }

  /** Nothing waits any more. */
  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drop = undefined;
    this.#whenFree = undefined;
  }

  async #run(question: Q): Promise<A> {
    const mine = Symbol();
    this.#running = mine;
    try {
      return await this.#ask(question);
    } finally {
      if (this.#running === mine) {
        this.#running = undefined;
        this.#whenFree?.();
      }
    }
  }
}
