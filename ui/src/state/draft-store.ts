// Drafts that earlier versions kept in the page's own storage: handed to the backend, once.

import type { DraftRequest } from "../ipc/client";
import * as ipc from "../ipc/client";
import { draftText, type Part, subjectOf, type Values } from "./draft-text";

interface Stored {
  text: string;
  base: string;
}

/** Hands over what is stored of a folder. What cannot be handed over stays stored. */
export async function takeOverStored(folder: string): Promise<void> {
  const prefix = `draft:${folder}\u0000`;
  for (const key of storedKeys(prefix)) {
    try {
      const request = await requestOf(key.slice(prefix.length), localStorage.getItem(key));
      if (!request) continue;
      await ipc.keepDraft(request);
      localStorage.removeItem(key);
    } catch {
      // It is there at the next start.
    }
  }
}

/** Storage may be forbidden; then nothing was stored. */
function storedKeys(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

async function requestOf(name: string, json: string | null): Promise<DraftRequest | null> {
  const stored: unknown = JSON.parse(json ?? "null");
  if (!isStored(stored)) return null;
  const [entry = "", part] = name.split("\u0000");
  if (part === undefined) {
    return { entry, part: "answer", audience: null, ...stored, revision: null };
  }
  const text = draftText(part as Part, JSON.parse(stored.text) as Values);
  const base = draftText(part as Part, JSON.parse(stored.base) as Values);
  const page = await ipc.entry(entry).catch(() => null);
  const subject = subjectOf(entry, part as Part, page?.entry.model_answer.variants ?? []);
  return { ...subject, text, base, revision: null };
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== "object" || value === null) return false;
  const { text, base } = value as Partial<Record<keyof Stored, unknown>>;
  return typeof text === "string" && typeof base === "string";
}
