// Syllables that are open in the editors of texts: while one is, the program leaves the text alone.

/** Texts in whose editors a composition is open. */
const compositions = new Set<string>();
/** Told when the last composition has ended. */
let whenComposed: () => void = () => {};

/** A composition begins or ends in the editor of `text`. */
export function setComposing(text: string, open: boolean): void {
  if (open) compositions.add(text);
  else compositions.delete(text);
  if (compositions.size === 0) whenComposed();
}

/** Most milliseconds that closing waits for an open syllable to end. */
const patience = 250;

/**
 * Resolves when no composition is open. One that stays open is waited for no longer than `patience`:
 * its text is in the editor already.
 */
export function composed(): Promise<void> {
  if (compositions.size === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience);
    whenComposed = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
