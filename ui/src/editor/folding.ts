// Folding of what is under a heading and inside a fence. A fold opens before anything can be composed
// beside it.

import {
  codeFolding,
  foldable,
  foldEffect,
  foldedRanges,
  foldGutter,
  unfoldEffect,
} from "@codemirror/language";
import { EditorState, type Extension, type StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

export interface FoldWords {
  /** Of the mark that stands for what is folded. */
  folded(): string;
  fold(): string;
  unfold(): string;
}

/** What folds at a line, with the cursor's place: the line's own block, or the one around it. */
function around(state: EditorState, pos: number): { from: number; to: number } | null {
  for (let at = state.doc.lineAt(pos); ; at = state.doc.line(at.number - 1)) {
    const range = foldable(state, at.from, at.to);
    if (range && range.to >= pos) return range;
    if (at.number === 1) return null;
  }
}

/** Folds the block the cursor is in. */
export function fold(view: EditorView): boolean {
  if (view.composing) return false;
  const range = around(view.state, view.state.selection.main.head);
  if (!range) return false;
  view.dispatch({ effects: foldEffect.of(range) });
  return true;
}

/** Unfolds what begins on the cursor's line. */
export function unfold(view: EditorView): boolean {
  if (view.composing) return false;
  const line = view.state.doc.lineAt(view.state.selection.main.head);
  const effects: StateEffect<unknown>[] = [];
  foldedRanges(view.state).between(line.from, line.to, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }));
  });
  if (effects.length === 0) return false;
  view.dispatch({ effects });
  return true;
}

/** A fold that the cursor comes to is no more: what is typed there would stand beside it. */
const opens = EditorState.transactionExtender.of(({ startState, changes, newSelection }) => {
  const folded = foldedRanges(startState);
  if (folded.size === 0) return null;
  const effects: StateEffect<unknown>[] = [];
  const now = folded.map(changes);
  for (const { from: start, to: end } of newSelection.ranges) {
    now.between(start, end, (from, to) => {
      effects.push(unfoldEffect.of({ from, to }));
    });
  }
  return effects.length > 0 ? { effects } : null;
});

/** What folds over the cursor sends it to the beginning of the line that stays. */
const leaves = EditorState.transactionFilter.of((transaction) => {
  const { head } = transaction.newSelection.main;
  for (const effect of transaction.effects) {
    if (!effect.is(foldEffect) || head < effect.value.from || head > effect.value.to) continue;
    const anchor = transaction.newDoc.lineAt(effect.value.from).from;
    return [transaction, { selection: { anchor }, sequential: true }];
  }
  return transaction;
});

export function folding(words: FoldWords): Extension {
  return [
    codeFolding({
      placeholderDOM(_view, onclick) {
        const mark = document.createElement("span");
        mark.setAttribute("role", "button");
        mark.className = "cm-folded";
        mark.textContent = "⋯";
        mark.title = words.unfold();
        mark.setAttribute("aria-label", words.folded());
        mark.addEventListener("click", onclick);
        return mark;
      },
    }),
    foldGutter({
      markerDOM(open) {
        const mark = document.createElement("span");
        mark.className = open ? "cm-fold-mark" : "cm-fold-mark is-folded";
        mark.title = open ? words.fold() : words.unfold();
        return mark;
      },
    }),
    leaves,
    opens,
  ];
}
