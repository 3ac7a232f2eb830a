import { fuzzy } from "./fuzzy";

/** What can be searched: its name, and the same name in the other language. */
export interface Named {
  readonly name: string;
  readonly otherName: string;
  readonly group: string;
}

/** One that matches, with UTF-16 `[start, end)` ranges of its name. */
export interface Filtered<T> {
  readonly item: T;
  readonly ranges: readonly (readonly [number, number])[];
  readonly index: number;
}

/** A heading and what stands under it. */
export interface Group<T> {
  readonly name: string;
  readonly items: readonly Filtered<T>[];
}

/**
 * The items that match `query`, grouped.
 *
 * Without a query everything in its own order; with one the best group and in it the best item first.
 */
export function filtered<T extends Named>(items: readonly T[], query: string): Group<T>[] {
  const found = items.flatMap((item) => {
    const match = fuzzy(query, item.name);
    if (match) return [{ item, ranges: match.ranges, score: match.score }];
    const other = fuzzy(query, item.otherName);
    return other ? [{ item, ranges: [], score: other.score / 2 }] : [];
  });
  // Sorting is stable: equal ones keep their order.
  found.sort((a, b) => b.score - a.score);
  const groups = new Map<string, typeof found>();
  for (const one of found) {
    const group = groups.get(one.item.group);
    if (group) group.push(one);
    else groups.set(one.item.group, [one]);
  }
  let index = 0;
  return [...groups].map(([name, own]) => ({
    name,
    items: own.map(({ item, ranges }) => ({ item, ranges, index: index++ })),
  }));
}
