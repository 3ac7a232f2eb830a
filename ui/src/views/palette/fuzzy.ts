/** A match: UTF-16 `[start, end)` ranges of the text, and how good it is. */
export interface Match {
  readonly score: number;
  readonly ranges: [number, number][];
}

/**
 * Finds the words of `query` in `text`, in any order, each whole or as letters in sequence.
 *
 * An empty query matches everything alike. Spaces inside `text` don't count, since Korean is
 * written both ways: `모범답안` finds `모범 답안`.
 */
export function fuzzy(query: string, text: string): Match | null {
  const words = fold(query)
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (words.length === 0) return { score: 0, ranges: [] };
  const target = fold(text);
  let score = 0;
  const ranges: [number, number][] = [];
  for (const word of words) {
    const found = whole(word, target) ?? scattered(word, target);
    if (!found) return null;
    score += found.score;
    ranges.push(...found.ranges);
  }
  return { score, ranges: merge(ranges) };
}

/** Lower case where that keeps the length, so that offsets stay those of the text. */
function fold(text: string): string {
  const folded = text.normalize("NFC").toLowerCase();
  return folded.length === text.length ? folded : text;
}

/** `word` as it stands, spaces in between allowed; a beginning of a word counts more. */
function whole(word: string, target: string): Match | null {
  let best: Match | null = null;
  for (let start = 0; start < target.length; start += 1) {
    const end = endOf(word, target, start);
    if (end === null) continue;
    const atWord = start === 0 || /[\s,.·()]/u.test(target.charAt(start - 1));
    const score = (atWord ? 120 : 90) + word.length - Math.min(start, 40) / 2;
    if (best === null || score > best.score) best = { score, ranges: [[start, end]] };
  }
  return best;
}

function endOf(word: string, target: string, start: number): number | null {
  let at = start;
  for (const letter of word) {
    while (at > start && target.charAt(at) === " ") at += 1;
    if (!target.startsWith(letter, at)) return null;
    at += letter.length;
  }
  return at;
}

/** The letters of `word` in order with others between them; only for two letters or more. */
function scattered(word: string, target: string): Match | null {
  if ([...word].length < 2) return null;
  const ranges: [number, number][] = [];
  let at = 0;
  for (const letter of word) {
    const found = target.indexOf(letter, at);
    if (found < 0) return null;
    ranges.push([found, found + letter.length]);
    at = found + letter.length;
  }
  const spread = at - (ranges[0]?.[0] ?? 0) - word.length;
  // Letters from all over the text are chance, not an abbreviation.
  return spread > word.length * 4 ? null : { score: 40 - spread, ranges };
}

function merge(ranges: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}
