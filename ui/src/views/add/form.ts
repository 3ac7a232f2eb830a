import type { AddAllRequest, AddRequest, PastedEntry } from "../../ipc/client";
import { readDay } from "../export/day";

/** The fields of one question. */
export interface Draft {
  question: string;
  category: string;
  topic: string;
  hint: string;
  model: string;
}

/** Where questions go. */
export interface Place {
  /** As typed. */
  date: string;
  /** Path of the post; empty for the newest. */
  post: string;
}

/** A question of a pasted text, as it is edited before it is added. */
export interface Card {
  /** What was read, to find the card again when the text is read once more. */
  readonly source: string;
  draft: Draft;
  removed: boolean;
}

/** Fields that can be filled from a pasted text. */
export type Field = keyof Draft;

export function emptyDraft(): Draft {
  return { question: "", category: "", topic: "", hint: "", model: "" };
}

/** Whether anything is in it that would be a pity to lose. */
export function worthKeeping(draft: Draft): boolean {
  return Object.values(draft).some((text) => text.trim() !== "");
}

/** Whether a question may be added as it is. */
export function isAsked(draft: Draft): boolean {
  return draft.question.trim() !== "";
}

/** Whether a date is none; without one it is today. */
export function isNoDay(date: string): boolean {
  return date.trim() !== "" && readDay(date) === null;
}

export function draftOf(read: PastedEntry): Draft {
  return {
    question: read.question,
    category: read.category ?? "",
    topic: read.topic ?? "",
    hint: read.hint ?? "",
    model: read.model_answer ?? "",
  };
}

/** Fills what is still empty from a question that was read; says which fields that were. */
export function fill(draft: Draft, read: PastedEntry): { draft: Draft; taken: Field[] } {
  const given = draftOf(read);
  const fields = Object.keys(given) as Field[];
  const taken = fields.filter((field) => given[field] !== "" && draft[field].trim() === "");
  const changes = Object.fromEntries(taken.map((field) => [field, given[field]]));
  return { draft: { ...draft, ...changes }, taken };
}

/**
 * The cards for what was read of a text. What is read as before keeps its card, with what was
 * edited in it, and stays away if it was removed.
 */
export function cardsOf(read: readonly PastedEntry[], before: readonly Card[]): Card[] {
  const left = [...before];
  return read.map((entry) => {
    const source = JSON.stringify(entry);
    const at = left.findIndex((card) => card.source === source);
    const [kept] = at < 0 ? [] : left.splice(at, 1);
    return kept ?? { source, draft: draftOf(entry), removed: false };
  });
}

/** The request for one question; a question is one line however it was pasted. */
export function request(draft: Draft, place: Place): AddRequest {
  return { ...entryOf(draft), post: orNull(place.post), date: readDay(place.date) };
}

/** The request for several. */
export function requestAll(drafts: readonly Draft[], place: Place): AddAllRequest {
  return { entries: drafts.map(entryOf), post: orNull(place.post), date: readDay(place.date) };
}

function entryOf(draft: Draft): PastedEntry {
  return {
    question: draft.question.trim().replace(/\s*\n\s*/gu, " "),
    category: orNull(draft.category),
    topic: orNull(draft.topic),
    hint: orNull(draft.hint),
    model_answer: orNull(draft.model),
  };
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
