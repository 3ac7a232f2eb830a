// Brackets and quotes come in pairs, where that helps: never right before a letter, Hangul included,
// and never while a syllable is composed.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { EditorSelection, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

const brackets = ["(", "[", "{", "'", '"', "`", "「", "『", "《", "“", "‘"];

/** A closing mark that an input method hands over together with the syllable it ends. */
const syllableAndMark = /^([\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+)([)\]}'"`」』》”’])$/;

const openingOf: Record<string, string> = {
  ")": "(",
  "]": "[",
  "}": "{",
  "」": "「",
  "』": "『",
  "》": "《",
  "”": "“",
  "’": "‘",
};

/** What the document becomes where `text` is typed over its own closing mark; none elsewhere. */
export function overClosing(state: EditorState, from: number, to: number, text: string) {
  const parts = syllableAndMark.exec(text);
  const [, syllables = "", mark = ""] = parts ?? [];
  if (!parts || state.sliceDoc(to, to + 1) !== mark) return null;
  const line = state.doc.lineAt(from);
  if (to > line.to || !line.text.slice(0, from - line.from).includes(openingOf[mark] ?? mark)) {
    return null;
  }
  return state.update({
    changes: { from, to, insert: syllables },
    selection: EditorSelection.cursor(from + syllables.length + 1),
    userEvent: "input.type",
    scrollIntoView: true,
  });
}

/** A third backtick makes a fence, not a pair. */
function isFence(state: EditorState, from: number, text: string): boolean {
  return text === "`" && state.sliceDoc(Math.max(0, from - 1), from) === "`";
}

const input = EditorView.inputHandler.of((view, from, to, text) => {
  if (view.compositionStarted || view.state.readOnly) return false;
  const { main } = view.state.selection;
  const over = overClosing(view.state, from, to, text);
  if (over) {
    view.dispatch(over);
    return true;
  }
  const next = view.state.sliceDoc(to, to + 1);
  if (!main.empty || from !== to || next === "`" || !isFence(view.state, from, text)) return false;
  view.dispatch(view.state.replaceSelection(text), { userEvent: "input.type" });
  return true;
});

export const pairs: Extension = [
  EditorState.languageData.of(() => [{ closeBrackets: { brackets } }]),
  Prec.high(input),
  closeBrackets(),
  Prec.high(keymap.of(closeBracketsKeymap)),
];
