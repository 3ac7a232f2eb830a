import type { CompareView } from "../../ipc/client";
import { occurrences } from "../search/segments";
import { type Mark, marks } from "./marks";

/** What is chosen in the list of terms or among the flags. */
export interface Chosen {
  /** Index among the terms. */
  readonly term: number | null;
  /** Index among the flags. */
  readonly flag: number | null;
  /** A term that only the answer has. */
  readonly extra: string | null;
}

/** Nothing. */
export const nothing: Chosen = { term: null, flag: null, extra: null };

/** The marks of the answer; a chosen term of the answer's own is marked as long as it is chosen. */
export function answerMarks(view: CompareView, chosen: Chosen): Mark[] {
  const all = marks(view, "answer");
  if (chosen.extra === null) return all;
  const own = occurrences(view.answer_text, [chosen.extra])
    .filter(([from, to]) => all.every(({ span }) => to <= span[0] || span[1] <= from))
    .map((span): Mark => ({ span, state: null, term: null, flag: null }));
  return [...all, ...own].sort((a, b) => a.span[0] - b.span[0]);
}
