// The editor of answers: markdown, wrapped lines, the engine's own cursor and selection.
//
// Invariant: no decoration is drawn that a composition could stand beside, and the document is
// never changed by the program while `view.composing`.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { Annotation, EditorState, type Extension, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { smallestChange } from "./change";
import { codeBlocks, markdownHighlight } from "./highlight";
import { takeSyllables } from "./syllables";

takeSyllables((field, text) => {
  const view = EditorView.findFromDOM(field);
  view?.dispatch(view.state.replaceSelection(text), { userEvent: "input.type" });
});

export interface EditorHooks {
  /** The user changed the document. */
  onedit(view: EditorView): void;
  oncomposition(open: boolean, view: EditorView): void;
  onblur(): void;
}

/** Marks a change that came from the file. */
const fromFile = Annotation.define<boolean>();

/** Milliseconds after `compositionend` in which the engine may still change the document. */
const settle = 60;

/** How markdown looks, written or read. */
export const marks: Extension = [
  markdown({ base: markdownLanguage, completeHTMLTags: false, extensions: codeBlocks }),
  markdownHighlight,
];

/** Attributes of the answer's editor. */
const answerAttributes = {
  "aria-labelledby": "answer-label question",
  "data-testid": "editor",
  "data-region-focus": "",
};

/** `attributes` name the text for screen readers and tests. */
export function extensions(
  hooks: EditorHooks,
  attributes: Record<string, string> = answerAttributes,
): Extension {
  return [
    history(),
    // Ctrl+Enter belongs to the model answer; the window hears it first.
    keymap.of([
      ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Mod-\\"),
      ...historyKeymap,
    ]),
    marks,
    EditorView.lineWrapping,
    EditorState.tabSize.of(4),
    EditorView.contentAttributes.of({
      ...attributes,
      spellcheck: "false",
      autocorrect: "off",
      autocapitalize: "off",
    }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      if (update.transactions.every((tr) => tr.annotation(fromFile))) return;
      hooks.onedit(update.view);
    }),
    EditorView.domEventHandlers({
      compositionstart(_event, view) {
        hooks.oncomposition(true, view);
      },
      compositionend(_event, view) {
        setTimeout(() => {
          if (!view.compositionStarted) hooks.oncomposition(false, view);
        }, settle);
      },
      blur() {
        hooks.onblur();
      },
    }),
  ];
}

export function newState(text: string, all: Extension): EditorState {
  return EditorState.create({ doc: text, extensions: all });
}

/** Of a text that can be read, selected and copied, and not be changed. */
export const readOnly: Extension = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.contentAttributes.of({ "aria-readonly": "true", tabindex: "0" }),
];

/** `state` with another text, the cursor kept where the text around it is the same. */
export function replaced(state: EditorState, text: string): Transaction | null {
  const change = smallestChange(state.doc.toString(), text);
  if (!change) return null;
  return state.update({
    changes: change,
    annotations: [fromFile.of(true), Transaction.addToHistory.of(false)],
  });
}
