// Where ranges of a part's source markdown stand in its rendered text.

/** UTF-16 `[start, end)`. */
export type Range = readonly [number, number];

/** Letters and digits compared on each side of a place to tell it from others that read alike. */
const CONTEXT = 12;

/**
 * Finds the ranges of `source` in `shown`, the text of its rendering. Rendering drops marks, targets
 * of links and line ends, so that offsets tell nothing: of the places that read as the range does,
 * the one whose surroundings agree most is taken, of equals the first that is not taken. None for a
 * range that is not shown.
 */
export function locate(source: string, ranges: readonly Range[], shown: string): (Range | null)[] {
  const plain = letters(shown);
  let last = 0;
  return ranges.map(([from, to]) => {
    const wanted = letters(source.slice(from, to)).text;
    if (wanted === "") return null;
    const before = tail(letters(source.slice(Math.max(0, from - 80), from)).text);
    const after = letters(source.slice(to, to + 80)).text.slice(0, CONTEXT);
    let best: { at: number; score: number } | null = null;
    for (let at = plain.text.indexOf(wanted); at >= 0; at = plain.text.indexOf(wanted, at + 1)) {
      const score =
        alikeBackward(before, plain.text.slice(Math.max(0, at - CONTEXT), at)) +
        alikeForward(after, plain.text.slice(at + wanted.length, at + wanted.length + CONTEXT)) +
        (at >= last ? 0.5 : 0);
      if (best === null || score > best.score) best = { at, score };
    }
    if (best === null) return null;
    last = best.at + 1;
    const start = plain.at[best.at] ?? 0;
    const end = (plain.at[best.at + wanted.length - 1] ?? start) + 1;
    return [start, end] as const;
  });
}

const tail = (text: string) => text.slice(-CONTEXT);

/** The letters and digits of a text, in lower case, and where each stands in it. */
function letters(text: string): { text: string; at: number[] } {
  const at: number[] = [];
  let kept = "";
  for (const found of text.matchAll(/[\p{L}\p{N}]/gu)) {
    // Where the case changes the length, the letter stays: offsets must hold.
    const low = found[0].toLowerCase();
    const letter = low.length === found[0].length ? low : found[0];
    for (let unit = 0; unit < letter.length; unit++) at.push(found.index + unit);
    kept += letter;
  }
  return { text: kept, at };
}

function alikeForward(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a[same] === b[same]) same++;
  // Both ending here is as good as going on alike.
  return same === most && a.length === b.length ? CONTEXT : same;
}

function alikeBackward(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a.at(-1 - same) === b.at(-1 - same)) same++;
  return same === most && a.length === b.length ? CONTEXT : same;
}
