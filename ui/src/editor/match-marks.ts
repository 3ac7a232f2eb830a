// Marks what a search found in the editor, from a layer behind its text: nothing in the text's own
// DOM changes, so that a composition can go on beside a mark.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, layer, RectangleMarker } from "@codemirror/view";

/** A place of the document, in UTF-16 units. */
export interface DocMatch {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

interface Marks {
  readonly all: readonly DocMatch[];
  /** Id of the one that is gone to. */
  readonly current: number | null;
}

const none: Marks = { all: [], current: null };
const setMarks = StateEffect.define<Marks>();

const field = StateField.define<Marks>({
  create: () => none,
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    if (!transaction.docChanged || marks.all.length === 0) return marks;
    const { changes } = transaction;
    // A match whose text is gone is none any more; what is typed at its edge is not part of it.
    const all = marks.all.flatMap(({ id, from, to }) => {
      const [start, end] = [changes.mapPos(from, 1), changes.mapPos(to, -1)];
      return start < end ? [{ id, from: start, to: end }] : [];
    });
    return { all, current: marks.current };
  },
});

const painter = layer({
  above: false,
  class: "match-layer",
  update: (update) =>
    update.docChanged ||
    update.viewportChanged ||
    update.geometryChanged ||
    update.startState.field(field) !== update.state.field(field),
  markers(view) {
    const { all, current } = view.state.field(field);
    const scroller = view.scrollDOM.getBoundingClientRect();
    const left = scroller.left - view.scrollDOM.scrollLeft;
    const top = scroller.top - view.scrollDOM.scrollTop;
    return all.flatMap((match) =>
      boxes(view, match).map((box) => {
        const look = match.id === current ? "match-mark is-current" : "match-mark";
        return new RectangleMarker(look, box.left - left, box.top - top, box.width, box.height);
      }),
    );
  },
});

/** The boxes of a match on the screen, one for each line it runs over; none outside the viewport. */
function boxes(view: EditorView, { from, to }: DocMatch): DOMRect[] {
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

/** `onmove` hears where the matches are after a change of the text. */
export function matchMarks(onmove: (all: readonly DocMatch[]) => void): Extension {
  return [
    field,
    painter,
    EditorView.updateListener.of(({ docChanged, startState, state }) => {
      if (docChanged && startState.field(field).all.length > 0) onmove(state.field(field).all);
    }),
  ];
}

/** The marks as they are. */
export function marksIn(view: EditorView): Marks {
  return view.state.field(field, false) ?? none;
}

/** Draws marks in place of those before. Matches that lie outside the document are left out. */
export function drawMarks(
  view: EditorView,
  all: readonly DocMatch[],
  current: number | null,
): void {
  const before = marksIn(view);
  const { length } = view.state.doc;
  const inside = all.filter(({ from, to }) => from < to && to <= length);
  if (before.current === current && same(before.all, inside)) return;
  view.dispatch({ effects: setMarks.of({ all: inside, current }) });
}

function same(a: readonly DocMatch[], b: readonly DocMatch[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, from, to }, i) => id === b[i]?.id && from === b[i].from && to === b[i].to)
  );
}

/** Brings a match into view, with the cursor behind it. */
export function goToMatch(view: EditorView, { to }: DocMatch): void {
  if (view.composing || to > view.state.doc.length) return;
  view.dispatch({
    selection: { anchor: to },
    effects: EditorView.scrollIntoView(to, { y: "center" }),
  });
}
