// Texts that could not be saved, kept over a restart in the page's own storage.
//
// Nothing here touches the folder. A draft is dropped as soon as its text is in the file.

export interface Draft {
  /** As it stood in the editor. */
  text: string;
  /** The file's answer it was written against. */
  base: string;
}

const prefix = "draft:";

/** Storage may be full or forbidden; then the text is in memory only, as before. */
function attempt<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

export function keepDraft(folder: string, id: string, draft: Draft): void {
  attempt(() => localStorage.setItem(key(folder, id), JSON.stringify(draft)));
}

export function dropDraft(folder: string, id: string): void {
  attempt(() => localStorage.removeItem(key(folder, id)));
}

export function findDraft(folder: string, id: string): Draft | null {
  const found: unknown = attempt(() => JSON.parse(localStorage.getItem(key(folder, id)) ?? "null"));
  return isDraft(found) ? found : null;
}

function key(folder: string, id: string): string {
  return `${prefix}${folder}\u0000${id}`;
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { text, base } = value as Partial<Record<keyof Draft, unknown>>;
  return typeof text === "string" && typeof base === "string";
}
