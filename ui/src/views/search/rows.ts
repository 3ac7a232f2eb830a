// The list of hits as rows of known heights, so that only those in view are drawn.

import type { HitView } from "../../ipc/client";
import type { HitGroup } from "./groups";

/** Hits beside the best one that are listed without unfolding. */
const BESIDE = 2;

/** Heights in pixels. */
export interface Heights {
  readonly head: number;
  /** The best hit of a group, in one line or two. */
  readonly best: readonly [number, number];
  /** Any other hit: one line. */
  readonly other: number;
  /** The line that unfolds the rest. */
  readonly more: number;
  /** Width of a line of a snippet, in ems. */
  readonly line: number;
}

/**
 * How wide a text may be, in ems. Rather too much than too little: where a second line turns out not
 * to be needed some space is left, where it is missing words are.
 */
export function widthOf(text: string): number {
  let ems = 0;
  for (const letter of text) {
    if (/[\s.,:;'"()[\]!|il]/u.test(letter)) ems += 0.34;
    else ems += (letter.codePointAt(0) ?? 0) < 0x1100 ? 0.66 : 0.95;
  }
  return ems;
}

interface Box {
  readonly top: number;
  readonly height: number;
  readonly group: HitGroup;
  /** Place of the group among the groups. */
  readonly at: number;
}

/** A place the arrows stop at has the number `stop`; the head of a group has none. */
export type HitRow = Box &
  (
    | { readonly kind: "head" }
    | { readonly kind: "hit"; readonly hit: HitView; readonly best: boolean; readonly stop: number }
    | { readonly kind: "more"; readonly hidden: readonly HitView[]; readonly stop: number }
  );

export type Stop = Exclude<HitRow, { kind: "head" }>;

export interface HitRows {
  readonly rows: readonly HitRow[];
  readonly stops: readonly Stop[];
  /** Pixels of all rows. */
  readonly height: number;
}

/** Lays the groups out; those in `unfolded` (by key) show all their hits. */
export function layOut(
  groups: readonly HitGroup[],
  unfolded: ReadonlySet<string>,
  heights: Heights,
): HitRows {
  const rows: HitRow[] = [];
  const stops: Stop[] = [];
  let top = 0;
  const add = (row: HitRow) => {
    rows.push(row);
    if (row.kind !== "head") stops.push(row);
    top += row.height;
  };
  groups.forEach((group, at) => {
    const box = (height: number): Box => ({ top, height, group, at });
    add({ ...box(heights.head), kind: "head" });
    // One line to unfold a single hit would be no shorter than the hit.
    const all = unfolded.has(group.key) || group.hits.length <= BESIDE + 2;
    const shown = all ? group.hits : group.hits.slice(0, BESIDE + 1);
    shown.forEach((hit, index) => {
      const best = index === 0;
      const [one, two] = heights.best;
      const height = !best ? heights.other : widthOf(hit.snippet) <= heights.line ? one : two;
      add({ ...box(height), kind: "hit", hit, best, stop: stops.length });
    });
    if (all) return;
    const hidden = group.hits.slice(BESIDE + 1);
    add({ ...box(heights.more), kind: "more", hidden, stop: stops.length });
  });
  return { rows, stops, height: top };
}

/** The rows that lie between two heights, both in pixels from the top. */
export function between({ rows }: HitRows, from: number, to: number): readonly HitRow[] {
  const start = firstFrom(rows, (row) => row.top + row.height > from);
  const end = firstFrom(rows, (row) => row.top >= to);
  return rows.slice(start, end);
}

/** The index of the first row that passes; rows that pass stand after those that don't. */
function firstFrom(rows: readonly HitRow[], passes: (row: HitRow) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && passes(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The row that shows what `row` of an earlier layout did. */
export function rowLike({ rows }: HitRows, row: HitRow): HitRow | undefined {
  const same = (one: HitView, other: HitView) =>
    one.part === other.part && one.line === other.line && one.snippet === other.snippet;
  return rows.find(
    (other) =>
      other.group.key === row.group.key &&
      other.kind === row.kind &&
      (row.kind !== "hit" || other.kind !== "hit" || same(row.hit, other.hit)),
  );
}

/** The first stop of the next group (`1`), or of this or the one before (`-1`); none at the ends. */
export function nextGroup({ stops }: HitRows, from: number, step: 1 | -1): number | null {
  const here = stops[from];
  if (!here) return null;
  const firstOf = (at: number) => stops.find((stop) => stop.at === at)?.stop ?? null;
  if (step === 1) return firstOf(here.at + 1);
  const own = firstOf(here.at);
  return own !== null && own < from ? own : firstOf(here.at - 1);
}
