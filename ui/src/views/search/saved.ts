// Searches kept by name. They are of this computer, as the recent ones are.

const KEY = "dapanji.search.saved";
/** More than anyone looks through. */
const MOST = 100;

export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  /** Pinned ones stand first. */
  readonly pinned: boolean;
}

type Store = Pick<Storage, "getItem" | "setItem">;

/** Pinned ones first, each in the order the user gave them. */
export function savedSearches(store: Store = localStorage): SavedSearch[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isSaved).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

function isSaved(value: unknown): value is SavedSearch {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, query, pinned } = value as Record<string, unknown>;
  return (
    typeof id === "string" &&
    typeof name === "string" &&
    typeof query === "string" &&
    typeof pinned === "boolean"
  );
}

/** Keeps the list, in which pinned ones come first. */
export function keepSaved(all: readonly SavedSearch[], store: Store = localStorage): SavedSearch[] {
  const ordered = [...all.filter((one) => one.pinned), ...all.filter((one) => !one.pinned)];
  try {
    store.setItem(KEY, JSON.stringify(ordered.slice(0, MOST)));
  } catch {
    // A full or forbidden store costs the memory of searches and nothing else.
  }
  return ordered.slice(0, MOST);
}

/** Adds a search in front; one with the same query gets the new name instead. */
export function withSaved(all: readonly SavedSearch[], name: string, query: string): SavedSearch[] {
  const asked = query.trim();
  const known = all.find((one) => one.query === asked);
  const called = name.trim() === "" ? asked : name.trim();
  if (known) return all.map((one) => (one === known ? { ...one, name: called } : one));
  return [{ id: newId(all), name: called, query: asked, pinned: false }, ...all];
}

function newId(all: readonly SavedSearch[]): string {
  const most = all.reduce((found, { id }) => Math.max(found, Number(id) || 0), 0);
  return String(most + 1);
}

/** The list with one search changed. */
export function changed(
  all: readonly SavedSearch[],
  id: string,
  change: Partial<Pick<SavedSearch, "name" | "pinned">>,
): SavedSearch[] {
  return all.map((one) => (one.id === id ? { ...one, ...change } : one));
}

/** The list with one search moved by a place, among the pinned or among the others. */
export function moved(all: readonly SavedSearch[], id: string, step: 1 | -1): SavedSearch[] {
  const from = all.findIndex((one) => one.id === id);
  const one = all[from];
  const other = all[from + step];
  if (!one || !other || one.pinned !== other.pinned) return [...all];
  const list = [...all];
  list[from] = other;
  list[from + step] = one;
  return list;
}
