/** Milliseconds without a change before a text is read. */
const PAUSE = 250;

/**
 * Reads a text when it has not changed for a moment. Only the reading of the last text counts, and
 * nothing is read while a composition is open.
 */
export class Reading<T> {
  readonly #read: (text: string) => Promise<T>;
  readonly #done: (result: T) => void;
  readonly #failed: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  constructor(
    read: (text: string) => Promise<T>,
    done: (result: T) => void,
    failed: (error: unknown) => void,
  ) {
    this.#read = read;
    this.#done = done;
    this.#failed = failed;
  }

  /** Takes note of a change; `composing` puts the reading off until the next one. */
  changed(text: string, composing: boolean): void {
    this.stop();
    if (!composing) this.#timer = setTimeout(() => void this.now(text), PAUSE);
  }

  /** Reads a text at once. */
  async now(text: string): Promise<void> {
    this.stop();
    const mine = this.#last;
    try {
      const result = await this.#read(text);
      if (mine === this.#last) this.#done(result);
    } catch (error) {
      if (mine === this.#last) this.#failed(error);
    }
  }

  /** Forgets what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#last++;
  }
}
