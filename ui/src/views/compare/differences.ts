import type { CompareView } from "../../ipc/client";
import { flagSpans } from "./marks";

/** A sentence of the model answer in which something differs. */
export interface Difference {
  /** Its number, from 1. */
  readonly number: number;
  /** Whether the answer has no counterpart. */
  readonly blank: boolean;
  /** Terms in it that the answer lacks, wholly or in part. */
  readonly lacking: readonly string[];
  /** Indices of the flags in it. */
  readonly flags: readonly number[];
}

/** The sentences in which something differs, in the order of the model answer. */
export function differences(view: CompareView): Difference[] {
  const flags = flagSpans(view, "model");
  return view.sentences.flatMap((sentence, index) => {
    const [start, end] = sentence.in_model;
    const inside = (span: readonly [number, number]): boolean => start <= span[0] && span[0] < end;
    const difference: Difference = {
      number: index + 1,
      blank: sentence.in_answer === null,
      lacking: view.terms
        .filter((term) => term.state !== "said" && term.in_model.some(inside))
        .map((term) => term.term),
      flags: flags.flatMap((span, at) => (span && inside(span) ? [at] : [])),
    };
    const { blank, lacking } = difference;
    return blank || lacking.length > 0 || difference.flags.length > 0 ? [difference] : [];
  });
}

/** The difference after (or before) the sentence `from`; over the end it begins anew. */
export function step(
  all: readonly Difference[],
  from: number | null,
  direction: 1 | -1,
): Difference | undefined {
  if (direction === 1) return all.find(({ number }) => number > (from ?? 0)) ?? all[0];
  const before = all.filter(({ number }) => number < (from ?? Number.POSITIVE_INFINITY));
  return before.at(-1) ?? all.at(-1);
}
