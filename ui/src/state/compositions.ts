// Syllables that are open in the editors of texts: while one is, the program leaves the text alone.

/** Texts in whose editors a composition is open. */
const compositions = new Set<string>();
/** Whether a syllable was cut out of a field and is not back yet. */
let away = false;
/** Told when the last composition has ended and no syllable is away. */
let whenComposed: () => void = () => {};

const isComposed = () => compositions.size === 0 && !away;

/** A composition begins or ends in the editor of `text`. */
export function setComposing(text: string, open: boolean): void {
  if (open) compositions.add(text);
  else compositions.delete(text);
  if (isComposed()) whenComposed();
}

/** A syllable is cut out of a field, or is back. */
export function setAway(is: boolean): void {
  away = is;
  if (isComposed()) whenComposed();
}

/** Most milliseconds that closing waits for an open syllable to end. */
const patience = 250;
/** The same for one that is away: it is in no text, and comes back by way of the input method. */
const patienceForAway = 1000;

/**
 * Resolves when no composition is open and no syllable is away. One that stays open is waited for no
 * longer than `patience`: its text is in the editor already.
 */
export function composed(): Promise<void> {
  if (isComposed()) return Promise.resolve();
  return new Promise((resolve) => {
    let timer = setTimeout(() => {
      if (!away) resolve();
      else timer = setTimeout(resolve, patienceForAway - patience);
    }, patience);
    whenComposed = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
