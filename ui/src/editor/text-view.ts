// What the window does with an editor without knowing it.

import { EditorView } from "@codemirror/view";
import type { TextView } from "../state/text-view";
import { fold, unfold } from "./folding";

export function textViewOf(view: EditorView): TextView {
  return {
    fold: () => fold(view),
    unfold: () => unfold(view),
    place: () => ({
      text: view.state.doc.toString(),
      offset: view.state.selection.main.head,
    }),
    goTo(offset) {
      if (view.composing) return;
      const anchor = Math.min(offset, view.state.doc.length);
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
    },
    focus: () => view.focus(),
  };
}
