// Marks what a search found in the editor, from a layer behind its text.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, layer } from "@codemirror/view";
import { rectangles } from "./text-boxes";

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
    const marker = rectangles(view);
    return all.flatMap(({ from, to, id }) =>
      marker(from, to, id === current ? "match-mark is-current" : "match-mark"),
    );
  },
});

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
