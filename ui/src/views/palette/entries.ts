import type { AnswerState, EntryRow, HitView } from "../../ipc/client";

/** An entry, or a section of a post without questions, as the quick switch lists it. */
export interface Choice {
  /** The entry's key; of a section, its place. */
  readonly id: string;
  /** Where a section stands; none for an entry. */
  readonly section: { readonly path: string; readonly line: number } | null;
  readonly question: string;
  /** UTF-16 `[start, end)` ranges of the question to mark. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly categories: readonly string[];
  readonly date: string | null;
  readonly state: AnswerState | null;
}

/** One line for each entry or section: those whose question matches before those whose text does. */
export function choicesOfHits(hits: readonly HitView[]): Choice[] {
  const byEntry = new Map<string, { choice: Choice; inQuestion: boolean }>();
  for (const hit of hits) {
    const { entry, path, line } = hit;
    const id = entry ?? `${path}:${line}`;
    const inQuestion = hit.part === "question";
    const known = byEntry.get(id);
    if (known && (known.inQuestion || !inQuestion)) continue;
    const whole = inQuestion && hit.snippet === hit.question;
    byEntry.set(id, {
      inQuestion,
      choice: {
        id,
        section: entry === null ? { path, line } : null,
        question: hit.question === "" ? path : hit.question,
        ranges: whole ? hit.highlights : [],
        categories: hit.categories,
        date: hit.date,
        state: hit.state,
      },
    });
  }
  const all = [...byEntry.values()];
  return [...all.filter((one) => one.inQuestion), ...all.filter((one) => !one.inQuestion)].map(
    (one) => one.choice,
  );
}

/** A line of the day list as a choice. */
export function choiceOfRow(row: EntryRow): Choice {
  const { id, question, categories, date, state } = row;
  return { id, section: null, question, ranges: [], categories, date, state };
}
