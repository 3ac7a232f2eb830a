/** What came of asking: an answer, a failure, or nothing because a newer question was asked. */
export type Outcome<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "failure"; readonly error: unknown }
  | { readonly kind: "stale" };

/**
 * Asks one question after the other and lets only the newest be answered.
 *
 * Questions that come within `pauseMs` of each other are not asked at all; answers that arrive after
 * a newer question was put are stale, in whatever order they arrive.
 */
export class Latest<Q, A> {
  readonly #ask: (question: Q) => Promise<A>;
  readonly #pauseMs: number;
  #sequence = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drop: (() => void) | undefined;

  constructor(ask: (question: Q) => Promise<A>, pauseMs: number) {
    this.#ask = ask;
    this.#pauseMs = pauseMs;
  }

  /** Puts a question; `at once` skips the pause. */
  put(question: Q, options: { readonly atOnce?: boolean } = {}): Promise<Outcome<A>> {
    this.cancel();
    const mine = this.#sequence;
    return new Promise((resolve) => {
      this.#drop = () => resolve({ kind: "stale" });
      const ask = (): void => {
        this.#drop = undefined;
        this.#ask(question).then(
          (value) =>
            resolve(mine === this.#sequence ? { kind: "answer", value } : { kind: "stale" }),
          (error: unknown) =>
            resolve(mine === this.#sequence ? { kind: "failure", error } : { kind: "stale" }),
        );
      };
      if (options.atOnce === true) ask();
      else this.#timer = setTimeout(ask, this.#pauseMs);
    });
  }

  /** Makes every question put so far stale. */
  cancel(): void {
    this.#sequence += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#drop?.();
    this.#drop = undefined;
  }
}
