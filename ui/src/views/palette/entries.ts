import type { AnswerState, EntryRow, HitView } from "../../ipc/client";

/** An entry as the quick switch lists it. */
export interface Choice {
  readonly id: string;
  readonly question: string;
  /** UTF-16 `[start, end)` ranges of the question to mark. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly categories: readonly string[];
  readonly date: string | null;
  readonly state: AnswerState | null;
}

/** One line for each entry: those whose question matches before those whose text does. */
export function choicesOfHits(hits: readonly HitView[]): Choice[] {
  const byEntry = new Map<string, { choice: Choice; inQuestion: boolean }>();
  for (const hit of hits) {
    if (hit.entry === null) continue;
    const inQuestion = hit.part === "question";
    const known = byEntry.get(hit.entry);
    if (known && (known.inQuestion || !inQuestion)) continue;
    const whole = inQuestion && hit.snippet === hit.question;
    byEntry.set(hit.entry, {
      inQuestion,
      choice: {
        id: hit.entry,
        question: hit.question,
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
  return { id, question, ranges: [], categories, date, state };
}
