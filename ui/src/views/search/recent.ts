const KEY = "dapanji.search.recent";
const MOST = 8;

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Searches that led somewhere, newest first. */
export function recentSearches(store: Store = localStorage): string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(KEY) ?? "[]");
    return Array.isArray(kept)
      ? kept.filter((one): one is string => typeof one === "string").slice(0, MOST)
      : [];
  } catch {
    return [];
  }
}

/** Puts `query` first among the recent searches. */
export function rememberSearch(query: string, store: Store = localStorage): string[] {
  const asked = query.trim();
  if (asked === "") return recentSearches(store);
  const kept = [asked, ...recentSearches(store).filter((one) => one !== asked)].slice(0, MOST);
  try {
    store.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A full or forbidden store costs the memory of searches and nothing else.
  }
  return kept;
}

/** Forgets them all. */
export function forgetSearches(store: Store = localStorage): void {
  store.removeItem(KEY);
}
