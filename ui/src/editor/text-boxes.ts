// Where text stands on the screen, for marks in a layer behind it: nothing in the text's own DOM
// changes, so that a composition can go on beside a mark.

import { type EditorView, RectangleMarker } from "@codemirror/view";

/** Returns what makes the markers of a range of the document (UTF-16 units), one for each line it
 * runs over, with the class `look`; none outside the viewport. For the layer of one update. */
export function rectangles(
  view: EditorView,
): (from: number, to: number, look: string) => RectangleMarker[] {
  const scroller = view.scrollDOM.getBoundingClientRect();
  const left = scroller.left - view.scrollDOM.scrollLeft;
  const top = scroller.top - view.scrollDOM.scrollTop;
  return (from, to, look) =>
    boxes(view, from, to).map(
      (box) => new RectangleMarker(look, box.left - left, box.top - top, box.width, box.height),
    );
}

function boxes(view: EditorView, from: number, to: number): DOMRect[] {
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
