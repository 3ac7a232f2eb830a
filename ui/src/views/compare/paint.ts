// Marks terms in the editor from a layer behind its text.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { layer } from "@codemirror/view";
import { rectangles } from "../../editor/text-boxes";
import type { Mark } from "./marks";
import type { Span } from "./rows";

interface Stroke {
  /** `said`, `partly`, `flag`, or `chosen` for what is chosen in the list. */
  readonly look: "said" | "partly" | "flag" | "chosen";
  readonly span: Span;
}

const setStrokes = StateEffect.define<readonly Stroke[]>();

/** Where the marks stand in the document as it is now. */
const strokes = StateField.define<readonly Stroke[]>({
  create: () => [],
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setStrokes)) return effect.value;
    if (!transaction.docChanged) return value;
    return value.map(({ look, span: [from, to] }) => ({
      look,
      span: [transaction.changes.mapPos(from, 1), transaction.changes.mapPos(to, -1)] as const,
    }));
  },
});

const painter = layer({
  above: false,
  class: "cmp-layer",
  update: (update) =>
    update.docChanged ||
    update.viewportChanged ||
    update.geometryChanged ||
    update.transactions.some((one) => one.effects.some((effect) => effect.is(setStrokes))),
  markers(view) {
    const marker = rectangles(view);
    return view.state
      .field(strokes)
      .flatMap(({ look, span: [from, to] }) => marker(from, to, `cmp-mark cmp-${look}`));
  },
});

/** To be appended to the editor that shows the answer. */
export const painting: Extension = [strokes, painter];

/** Paints the marks of the answer; `chosen` is the index of the chosen term. */
export function paintMarks(
  marks: readonly Mark[],
  chosen: number | null,
): StateEffect<readonly Stroke[]> {
  return setStrokes.of(
    marks.flatMap(({ span, state, term, flag }): Stroke[] => {
      if (flag !== null) return [{ look: "flag", span }];
      if (term === null || term === chosen) return [{ look: "chosen", span }];
      return state === "said" || state === "partly" ? [{ look: state, span }] : [];
    }),
  );
}
