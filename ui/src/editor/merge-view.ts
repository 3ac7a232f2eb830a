// Two texts to be made one: the result, which is edited, beside the other text, or with what the other
// text has instead shown in it where there is no room for two columns.

import {
  type Chunk,
  getChunks,
  goToNextChunk,
  goToPreviousChunk,
  MergeView,
  rejectChunk,
  unifiedMergeView,
} from "@codemirror/merge";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { type EditorHooks, extensions, marks, readOnly } from "./setup";

export interface MergeWords {
  result: string;
  theirs: string;
  /** Of the button that takes over a difference. */
  take: string;
}

export interface MergeHooks extends EditorHooks {
  /** How many differences are left, and which one (from 1) the cursor is in, or 0. */
  ondifferences(left: number, at: number): void;
}

export interface MergeEditors {
  /** Where the result is edited. */
  readonly view: EditorView;
  readonly columns: 1 | 2;
  /** Goes to the next difference (`1`) or the one before (`-1`). */
  go(step: 1 | -1): boolean;
  /** Puts the other text where the cursor's difference is; the first one's if it is in none. */
  take(): boolean;
  destroy(): void;
}

/** A short text may be compared to the last letter. */
const diffConfig = { scanLimit: 5000, timeout: 200 };

/** Opens the editors in `parent`, with `text` as what the result is at first. */
export function openMerge(
  parent: HTMLElement,
  text: string,
  theirs: string,
  columns: 1 | 2,
  words: MergeWords,
  hooks: MergeHooks,
): MergeEditors {
  const attributes = {
    "aria-label": words.result,
    "data-testid": "merge-result",
    "data-merge-result": "",
  };
  const own: Extension[] = [
    Prec.high(
      keymap.of([
        { key: "F7", run: () => editors.go(1), shift: () => editors.go(-1) },
        { key: "Alt-Enter", run: () => editors.take() },
      ]),
    ),
    extensions(hooks, attributes, "merge"),
    EditorView.updateListener.of(() => tell()),
  ];
  let merged: MergeView | undefined;
  let view: EditorView;
  if (columns === 2) {
    merged = new MergeView({
      parent,
      a: { doc: text, extensions: own },
      b: {
        doc: theirs,
        extensions: [
          marks,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({
            "aria-label": words.theirs,
            "data-testid": "merge-theirs",
          }),
          readOnly,
        ],
      },
      revertControls: "b-to-a",
      renderRevertControl: () => takeButton(words.take),
      gutter: false,
      diffConfig,
    });
    view = merged.a;
  } else {
    view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          own,
          unifiedMergeView({
            original: theirs,
            gutter: false,
            syntaxHighlightDeletions: false,
            mergeControls: (type, action) => {
              // Keeping what is there needs no button.
              if (type === "accept") return document.createElement("span");
              const button = takeButton(words.take);
              button.addEventListener("mousedown", action);
              return button;
            },
            diffConfig,
          }),
        ],
      }),
    });
  }

  const chunks = (): readonly Chunk[] => merged?.chunks ?? getChunks(view.state)?.chunks ?? [];
  /** Where a difference is in the result: two columns have that on the left. */
  const range = (chunk: Chunk): [number, number] =>
    merged ? [chunk.fromA, chunk.endA] : [chunk.fromB, chunk.endB];
  const here = (): number => {
    const { head } = view.state.selection.main;
    return chunks().findIndex((chunk) => {
      const [from, to] = range(chunk);
      return head >= from && head <= to;
    });
  };

  let told = "";
  function tell(): void {
    // The first update comes before the views are there.
    if (!view) return;
    const now = [chunks().length, here() + 1] as const;
    if (told === now.join()) return;
    told = now.join();
    hooks.ondifferences(...now);
  }

  const editors: MergeEditors = {
    get view() {
      return view;
    },
    columns,
    go(step) {
      view.focus();
      return (step > 0 ? goToNextChunk : goToPreviousChunk)(view);
    },
    take() {
      if (view.composing) return false;
      const chunk = chunks()[Math.max(0, here())];
      if (!chunk) return false;
      view.focus();
      if (!merged) return rejectChunk(view, chunk.fromB);
      view.dispatch({ ...replacement(chunk, view.state, theirs), userEvent: "revert" });
      return true;
    },
    destroy() {
      if (merged) merged.destroy();
      else view.destroy();
    },
  };
  tell();
  return editors;
}

/** The change that puts the lines of the other text where a difference is in the result. */
function replacement(chunk: Chunk, state: EditorState, theirs: string) {
  let insert = theirs.slice(chunk.fromB, Math.max(chunk.fromB, chunk.toB - 1));
  // Whole lines, so their ending goes or comes with them.
  if (chunk.fromB !== chunk.toB && chunk.toA <= state.doc.length) insert += "\n";
  return {
    changes: { from: chunk.fromA, to: Math.min(state.doc.length, chunk.toA), insert },
    selection: { anchor: chunk.fromA },
  };
}

function takeButton(label: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "merging__take";
  button.textContent = "←";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.tabIndex = -1;
  return button;
}
