// The editor of answers: markdown, wrapped lines, the engine's own cursor and selection.
//
// Invariant: no decoration is drawn that a composition could stand beside, and the document is
// never changed by the program while `view.composing`.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import {
  deleteMarkupBackward,
  insertNewlineContinueMarkupCommand,
  markdown,
  markdownLanguage,
} from "@codemirror/lang-markdown";
import { Annotation, EditorState, type Extension, Prec, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { t } from "../i18n";
import { smallestChange } from "./change";
import { finding } from "./find";
import { folding } from "./folding";
import { codeBlocks, markdownHighlight } from "./highlight";
import { frontMatter, kramdown } from "./kramdown";
import { codeLanguage } from "./languages";
import { live, settled } from "./live";
import { pairs } from "./pairs";
import { type KeepPicture, type PictureHooks, pictures } from "./pictures";
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
  /** Puts a picture that is pasted or dropped into the folder; they are not taken if not given. */
  keepPicture?: KeepPicture;
  /** A picture is in the folder, and the text it was for is not shown any more. */
  pictureLost?(link: string): void;
  /** Files are not taken. */
  filesRefused?: PictureHooks["refuse"];
}

/** Marks a change that came from the file. */
const fromFile = Annotation.define<boolean>();

/** Milliseconds after `compositionend` in which the engine may still change the document. */
const settle = 60;

/** How markdown looks, written or read. A whole post may begin with front matter. */
function markdownOf(kind: Kind): Extension {
  const extensions = [codeBlocks, kramdown, ...(kind === "whole" ? [frontMatter] : [])];
  // Code in colours is set in its face by the lines' classes, which merging goes without.
  const codeLanguages = kind === "merge" ? () => null : codeLanguage;
  return [
    markdown({
      base: markdownLanguage,
      completeHTMLTags: false,
      addKeymap: false,
      extensions,
      codeLanguages,
    }),
    markdownHighlight,
  ];
}

export const marks: Extension = markdownOf("merge");

/** Lists and quotes go on at Enter, and end at Enter on an empty item. */
const listKeys = Prec.high(
  keymap.of([
    { key: "Enter", run: insertNewlineContinueMarkupCommand({ nonTightLists: false }) },
    { key: "Backspace", run: deleteMarkupBackward },
  ]),
);

/** What is edited: a part of a post, a whole one, or a text that is made of two. */
export type Kind = "part" | "whole" | "merge";

/** What needs the text as it stands on the page: nothing of it may be hidden while merging. */
const ofPages: Extension = [
  live,
  finding,
  folding({
    folded: () => t("fold.folded"),
    fold: () => t("fold.fold"),
    unfold: () => t("fold.unfold"),
  }),
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
  kind: Kind = "part",
): Extension {
  return [
    history(),
    // Ctrl+Enter belongs to the model answer; the window hears it first.
    keymap.of([
      ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Mod-\\"),
      ...historyKeymap,
    ]),
    markdownOf(kind),
    listKeys,
    pairs,
    kind === "merge" ? [] : ofPages,
    pictures({
      keep: hooks.keepPicture,
      lost: (link) => hooks.pictureLost?.(link),
      refuse: (files, why) => hooks.filesRefused?.(files, why),
    }),
    EditorView.lineWrapping,
    EditorState.tabSize.of(4),
    EditorView.contentAttributes.of({
      ...attributes,
      spellcheck: "true",
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
          if (view.compositionStarted) return;
          hooks.oncomposition(false, view);
          if (view.dom.isConnected) view.dispatch({ effects: settled.of(null) });
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
