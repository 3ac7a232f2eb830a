// Where days and entries stand in the day list. All heights are CSS pixels, all indices from 0.

export interface Sizes {
  head: number;
  row: number;
}

export interface DayBox {
  /** Index into the days. */
  day: number;
  /** Distance of the day's head from the top of the list. */
  top: number;
  /** Height of the day with its head. */
  height: number;
  /** Index of its first entry in the flat list of entries. */
  first: number;
  /** Number of its entries. */
  count: number;
}

/** A stretch of one day that is on the screen. */
export interface Slice extends DayBox {
  /** Index of the first shown entry inside the day. */
  from: number;
  /** Index behind the last shown entry inside the day. */
  to: number;
}

/** Where the keys can stop: at an entry, by its flat index, or at a day without any. */
export type Stop = { kind: "entry"; index: number } | { kind: "bare"; day: number };

export interface Geometry {
  height: number;
  entries: number;
  /** The days in view between `top` and `bottom`, with the entries of each. */
  slices(top: number, bottom: number): Slice[];
  /** The day of a flat index; none outside the list. */
  dayOf(index: number): DayBox | undefined;
  /** Top and bottom of an entry; none outside the list. */
  entryBox(index: number): { top: number; bottom: number } | undefined;
  day(day: number): DayBox | undefined;
  /** The stop below (`1`) or above (`-1`) another; the first of all from none. */
  step(from: Stop | null, by: 1 | -1): Stop | undefined;
}

/**
 * Lays out days with `shown` entries each. One without any takes no room, unless it is `bare`: it has
 * none to show, and a line in their place says so.
 */
export function geometry(
  days: readonly { shown: number; bare?: boolean }[],
  sizes: Sizes,
): Geometry {
  const boxes: DayBox[] = [];
  const byDay = new Map<number, DayBox>();
  let top = 0;
  let first = 0;
  for (const [day, { shown: count, bare = false }] of days.entries()) {
    if (count === 0 && !bare) continue;
    const lines = Math.max(1, count);
    const box = { day, top, height: sizes.head + lines * sizes.row, first, count };
    boxes.push(box);
    byDay.set(day, box);
    top += box.height;
    first += count;
  }

  /** Index of the last box for which `key(box) <= at`; -1 if there is none. */
  function last(key: (box: DayBox) => number, at: number): number {
    let low = 0;
    let high = boxes.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      const box = boxes[mid];
      if (box && key(box) <= at) low = mid + 1;
      else high = mid;
    }
    return low - 1;
  }

  function dayOf(index: number): DayBox | undefined {
    if (index < 0 || index >= first) return undefined;
    return boxes[last((box) => box.first, index)];
  }

  function boxOf(stop: Stop): number {
    if (stop.kind === "bare") return boxes.findIndex(({ day }) => day === stop.day);
    return last((box) => box.first, stop.index);
  }

  function step(from: Stop | null, by: 1 | -1): Stop | undefined {
    if (from === null) return step({ kind: "entry", index: -1 }, 1);
    const at = boxOf(from);
    const here = boxes[at];
    if (here && from.kind === "entry") {
      const index = from.index + by;
      if (index >= here.first && index < here.first + here.count) return { kind: "entry", index };
    }
    const next = boxes[at + by];
    if (!next) return undefined;
    if (next.count === 0) return { kind: "bare", day: next.day };
    return { kind: "entry", index: by > 0 ? next.first : next.first + next.count - 1 };
  }

  return {
    step,
    height: top,
    entries: first,
    dayOf,
    day: (day) => byDay.get(day),
    entryBox(index) {
      const box = dayOf(index);
      if (!box) return undefined;
      const entryTop = box.top + sizes.head + (index - box.first) * sizes.row;
      return { top: entryTop, bottom: entryTop + sizes.row };
    },
    slices(from, to) {
      const result: Slice[] = [];
      for (
        let i = Math.max(
          0,
          last((box) => box.top, from),
        );
        i < boxes.length;
        i++
      ) {
        const box = boxes[i];
        if (!box || box.top >= to) break;
        if (box.top + box.height <= from) continue;
        const start = Math.floor((from - box.top - sizes.head) / sizes.row);
        const end = Math.ceil((to - box.top - sizes.head) / sizes.row);
        result.push({
          ...box,
          from: Math.min(box.count, Math.max(0, start)),
          to: Math.min(box.count, Math.max(0, end)),
        });
      }
      return result;
    },
  };
}
