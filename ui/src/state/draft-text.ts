// A draft's text, and what the fields of a part hold.

import type { DraftPart, EntryPage } from "../ipc/client";
import type { Subject } from "./journal";

/** The parts that have a form; a model answer is edited by variant, `model:0` being the first. */
export type Part = "question" | "about" | "hint" | `model:${number}`;

/** What the fields of a part hold. Only `about` has a second one: category, then topic. */
export interface Values {
  text: string;
  topic?: string;
}

/** The number of a variant, from 0. */
export function variantOf(part: `model:${number}`): number {
  return Number(part.slice("model:".length));
}

function wordOf(part: Part): DraftPart {
  if (part === "about") return "category";
  return part === "question" || part === "hint" ? part : "model_answer";
}

/** What a text of the part is a draft of. `variants` are those of the entry's model answer. */
export function subjectOf(
  entry: string,
  part: Part,
  variants: EntryPage["entry"]["model_answer"]["variants"],
): Subject {
  const isModel = part !== "question" && part !== "about" && part !== "hint";
  const audience = isModel ? (variants[variantOf(part)]?.audience ?? null) : null;
  return { entry, part: wordOf(part), audience };
}

/** What the fields hold as one text: category and topic on a line each. */
export function draftText(part: Part, { text, topic = "" }: Values): string {
  return part === "about" ? `${text}\n${topic}` : text;
}

/** What the fields held whose text this is. */
export function draftValues(part: Part, text: string): Values {
  if (part !== "about") return { text };
  const [category = "", topic = ""] = text.split("\n");
  return { text: category, topic };
}
