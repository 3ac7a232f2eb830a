// What was typed into the dialog for new questions, kept until it is added.

import type { Card, Draft } from "./form";
import { emptyDraft } from "./form";

/** `write`: one question by hand; `paste`: all that a text holds. */
export type Way = "write" | "paste";

export interface Kept {
  way: Way;
  draft: Draft;
  text: string;
  cards: Card[];
}

/** What was typed and not added, and the folder it was typed for: closing must not lose it. */
let typed: { folder: string; kept: Kept } | null = null;

export function rememberTyped(folder: string, kept: Kept): void {
  typed = { folder, kept };
}

export function forgetTyped(): void {
  typed = null;
}

export function typedIn(folder: string): Kept | null {
  return typed?.folder === folder ? typed.kept : null;
}

/** Reads what was kept as a draft; none if it is something else. */
export function readAddDraft(json: string): Kept | null {
  const read = parsed(json);
  if (!isRecord(read)) return null;
  const { way, draft, text, cards } = read;
  const fields = readFields(draft);
  if (!fields) return null;
  return {
    way: way === "paste" ? "paste" : "write",
    draft: fields,
    text: typeof text === "string" ? text : "",
    cards: Array.isArray(cards) ? cards.flatMap(readCard) : [],
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readFields(value: unknown): Draft | null {
  if (!isRecord(value)) return null;
  const draft = emptyDraft();
  for (const field of Object.keys(draft) as (keyof Draft)[]) {
    const text = value[field];
    if (typeof text === "string") draft[field] = text;
  }
  return draft;
}

function readCard(value: unknown): Card[] {
  if (!isRecord(value)) return [];
  const draft = readFields(value.draft);
  const { source } = value;
  return draft && typeof source === "string"
    ? [{ source, draft, removed: value.removed === true }]
    : [];
}
