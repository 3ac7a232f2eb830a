// Marks terms in the editor from a layer behind its text: nothing in the text's own DOM changes,
// so that a composition can go on beside a mark.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, layer, RectangleMarker } from "@codemirror/view";
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
    const scroller = view.scrollDOM.getBoundingClientRect();
    const left = scroller.left - view.scrollDOM.scrollLeft;
    const top = scroller.top - view.scrollDOM.scrollTop;
    return view.state
      .field(strokes)
      .flatMap(({ look, span }) =>
        boxes(view, span).map(
          (box) =>
            new RectangleMarker(
              `cmp-mark cmp-${look}`,
              box.left - left,
              box.top - top,
              box.width,
              box.height,
            ),
        ),
      );
  },
});

/** The boxes of a range on the screen, one for each line it runs over; none outside the viewport. */
function boxes(view: EditorView, [from, to]: Span): DOMRect[] {
  const { viewport, state } = view;
  if (from >= to || to > state.doc.length || from < viewport.from || to > viewport.to) return [];
  const start = view.domAtPos(from, 1);
  const end = view.domAtPos(to, -1);
  const range = document.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  const seen = new Set<string>();
  return [...range.getClientRects()].filter(({ left, top, width }) => {
    // An element inside the range has the box of its text once more.
    const key = `${Math.round(left)} ${Math.round(top / 8)}`;
    if (width === 0 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

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
