/** A run of text that is either marked or not. */
export interface Segment {
  readonly text: string;
  readonly marked: boolean;
}

/** Cuts `text` at `ranges` (UTF-16 `[start, end)`), dropping what is out of bounds or overlaps. */
export function segments(text: string, ranges: readonly (readonly [number, number])[]): Segment[] {
  const out: Segment[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end > text.length || start >= end) continue;
    if (start > at) out.push({ text: text.slice(at, start), marked: false });
    out.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) out.push({ text: text.slice(at), marked: false });
  return out;
}

/** A text with its marks, begun later. */
export interface Begun {
  readonly text: string;
  readonly ranges: readonly (readonly [number, number])[];
}

/** Cuts the beginning of `text` off where a line would end before its first mark. */
export function fromFirst(
  text: string,
  ranges: readonly (readonly [number, number])[],
  most: number,
): Begun {
  const first = ranges[0]?.[0] ?? 0;
  if (first <= most) return { text, ranges };
  // At a word's start, so that no syllable or surrogate pair is cut.
  const space = text.slice(0, first).search(new RegExp(`\\s\\S.{0,${most - 1}}$`, "su"));
  if (space < 0) return { text, ranges };
  const cut = space + 1;
  const moved = ranges.map(([from, to]) => [from - cut + 1, to - cut + 1] as const);
  return { text: `…${text.slice(cut)}`, ranges: moved };
}

/** Ranges of every occurrence of any of `words` in `text`, ignoring case; ascending and disjoint. */
export function occurrences(text: string, words: readonly string[]): [number, number][] {
  const wanted = [...new Set(words.filter((word) => word.trim() !== ""))];
  if (wanted.length === 0) return [];
  // Longer words first, so that of two that begin alike the longer one is marked.
  wanted.sort((a, b) => b.length - a.length);
  const any = new RegExp(
    wanted.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"),
    "giu",
  );
  const out: [number, number][] = [];
  for (const found of text.matchAll(any)) out.push([found.index, found.index + found[0].length]);
  return out;
}
